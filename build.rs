//! Compiles the vendor directory, the Public Suffix rules and the rows of
//! the confusables table into compact tables for the engine.

#[path = "src/directory/schema.rs"]
#[allow(dead_code, missing_docs)]
mod schema;

#[path = "src/directory/vendor.rs"]
#[allow(dead_code)]
mod vendor;

#[path = "src/directory/packed.rs"]
#[allow(dead_code)]
mod packed;

#[path = "build/compress.rs"]
mod compress;

use std::collections::BTreeMap;
use std::error::Error;
use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::{env, fs};

use unicode_normalization::UnicodeNormalization as _;
use unicode_normalization::char::is_combining_mark;

const PSL: &str = "src/host/public_suffix_list.dat";
const VENDORS: &str = "src/vendors";
const PRESSURE_LANGUAGES: [&str; 8] =
    ["en", "de", "fr", "es", "it", "pt", "nl", "pl"];

fn main() -> Result<(), Box<dyn Error>> {
    println!("cargo::rerun-if-changed=build.rs");
    println!("cargo::rerun-if-changed=build/compress.rs");
    println!("cargo::rerun-if-changed={PSL}");
    println!("cargo::rerun-if-changed={VENDORS}");
    for module in ["schema", "vendor", "packed"] {
        println!("cargo::rerun-if-changed=src/directory/{module}.rs");
    }
    let out = PathBuf::from(env::var("OUT_DIR")?);
    let suffixes = suffix_rules(&fs::read_to_string(PSL)?)?;
    let compressed = |name: &str, text: &str| -> Result<(), Box<dyn Error>> {
        let path = out.join(name).with_extension("lzma");
        Ok(fs::write(path, compress::compress(text)?)?)
    };
    compressed("suffixes", &suffix_lines(&suffixes))?;
    compressed("pressure", &pressure_phrases()?)?;
    for table in ["hidden", "hosting", "wrappers"] {
        compressed(table, &rows(&format!("src/link/{table}.tsv"))?)?;
    }
    let vendors = load_vendors(&suffixes).unwrap_or_else(|bad| {
        eprintln!("error: the vendor directory holds a bad table: {bad}");
        std::process::exit(1);
    });
    let mut entries: Vec<_> = vendors.iter().map(vendor).collect();
    packed::group_hosts(&mut entries);
    let packed = packed::write(&entries);
    let mut read = packed::read(&packed);
    read.sort_by(|one, other| one.id.cmp(&other.id));
    if read != entries {
        return Err("src/directory/packed.rs reads not what it wrote".into());
    }
    compressed("vendors", &packed)?;
    fs::write(out.join("evidence.txt"), evidence_lines(&vendors)?)?;
    fs::write(out.join("incidents.txt"), incident_lines(&vendors)?)?;
    compressed("folds", &fold_rows())?;
    compressed("references", &reference_rows())?;
    Ok(())
}

/// The rules of the Public Suffix List, labels reversed, in ASCII.
///
/// The value says what the rule does: 1 a plain rule, 2 a wildcard (`*.ck`),
/// 3 an exception (`!www.ck`); 4 is added for the private section.
fn suffix_rules(text: &str) -> Result<BTreeMap<String, u64>, Box<dyn Error>> {
    let mut rules = BTreeMap::new();
    let mut private = 0;
    for line in text.lines().map(str::trim) {
        if line.contains("===BEGIN PRIVATE DOMAINS===") {
            private = 4;
        }
        if line.is_empty() || line.starts_with("//") {
            continue;
        }
        let (name, kind) =
            match (line.strip_prefix("*."), line.strip_prefix('!')) {
                (Some(rest), _) => (rest, 2),
                (_, Some(rest)) => (rest, 3),
                _ => (line, 1),
            };
        let ascii = idna::domain_to_ascii(name)
            .map_err(|e| format!("{PSL}: rule “{line}”: {e}"))?;
        let labels: Vec<&str> = ascii.rsplit('.').collect();
        // A name may be both a rule and the parent of a wildcard.
        let value = rules.entry(labels.join(".")).or_insert(0);
        *value = if *value == 0 || *value & 3 == kind {
            kind | private
        } else {
            8 | private
        };
    }
    Ok(rules)
}

/// The rules as `host::suffix` reads them: a line for every parent. Parents
/// below the same name stand together, similar ones beside each other.
fn suffix_lines(rules: &BTreeMap<String, u64>) -> String {
    let mut parents: BTreeMap<String, BTreeMap<u64, Vec<&str>>> =
        BTreeMap::new();
    for (rule, value) in rules {
        let (parent, label) = rule.rsplit_once('.').unwrap_or(("", rule));
        let parent: Vec<&str> = parent.rsplit('.').collect();
        let kinds = parents.entry(parent.join(".")).or_default();
        kinds.entry(*value).or_default().push(label);
    }
    let mut lines: Vec<(String, String)> = Vec::new();
    for (parent, kinds) in parents {
        let of_kind = |(kind, labels): (&u64, &Vec<&str>)| {
            // The signs from the blank on, in the order of the values.
            let sign =
                u8::try_from(u64::from(b' ') - 1 + kind).map(char::from);
            [sign.unwrap_or(' ').to_string(), front_coded(labels)].concat()
        };
        lines.push((parent, kinds.iter().map(of_kind).collect()));
    }
    let place = |(parent, labels): &(String, String)| {
        let above = parent.split_once('.').map(|(_, above)| above.to_owned());
        (above, labels.clone())
    };
    lines.sort_by_key(place);
    let lines = lines.into_iter().map(|(parent, labels)| parent + &labels);
    lines.collect::<Vec<_>>().join("\n")
}

/// Sorted labels, each as a capital letter for how much of its start is that
/// of the label before it (`A` for nothing), and the rest.
fn front_coded(labels: &[&str]) -> String {
    let mut coded = String::new();
    let mut last = "";
    for label in labels {
        let pairs = label.bytes().zip(last.bytes());
        let shared = pairs.take_while(|(one, other)| one == other).count();
        let (shared, letter) =
            (0..).zip('A'..='Z').take(shared + 1).last().unwrap_or((0, 'A'));
        coded.push(letter);
        coded.push_str(&label[shared..]);
        last = label;
    }
    coded
}

/// A table's rows, without the comments.
fn rows(path: &str) -> Result<String, Box<dyn Error>> {
    println!("cargo::rerun-if-changed={path}");
    let text = fs::read_to_string(path).map_err(|e| format!("{path}: {e}"))?;
    let rows = text.lines().filter(|row| !row.starts_with('#'));
    Ok(rows.collect::<Vec<_>>().join("\n"))
}

/// The phrases of pressure, all languages one after the other.
fn pressure_phrases() -> Result<String, Box<dyn Error>> {
    let mut phrases = String::new();
    for language in PRESSURE_LANGUAGES {
        let path = format!("src/pressure/{language}.txt");
        println!("cargo::rerun-if-changed={path}");
        let text =
            fs::read_to_string(&path).map_err(|e| format!("{path}: {e}"))?;
        phrases.push_str(&text);
        phrases.push('\u{c}');
    }
    Ok(phrases)
}

/// All files under `src/vendors/` but the incidents, in order.
fn vendor_files() -> Result<Vec<PathBuf>, std::io::Error> {
    let mut files: Vec<PathBuf> = fs::read_dir(VENDORS)?
        .map(|entry| entry.map(|e| e.path()))
        .collect::<Result<_, _>>()?;
    files.retain(|f| {
        f.extension().is_some_and(|e| e == "toml")
            && f.file_name().is_some_and(|n| n != "incidents.toml")
    });
    files.sort();
    Ok(files)
}

fn load_vendors(
    suffixes: &BTreeMap<String, u64>,
) -> Result<schema::Vendors, Box<dyn Error>> {
    let mut vendors = schema::Vendors::new();
    for path in vendor_files()? {
        let text = fs::read_to_string(&path)?;
        schema::parse_file(&path.display().to_string(), &text, &mut vendors)
            .map_err(|bad| bad.to_string())?;
    }
    schema::check_together(&vendors).map_err(|bad| bad.to_string())?;
    for (id, (file, table)) in &vendors {
        for name in table.hosts.iter().flat_map(|h| &h.names) {
            let reversed: Vec<&str> = name.rsplit('.').collect();
            if suffixes
                .get(&reversed.join("."))
                .is_some_and(|value| value & 3 != 3)
            {
                let reason = format!("{name} is a public suffix");
                return Err(format!("{file}: {id}.hosts: {reason}").into());
            }
        }
    }
    Ok(vendors)
}

/// A table as the engine knows the vendor: without evidence, which only the
/// command line shows.
fn vendor(
    (id, (_, table)): (&String, &(String, schema::VendorTable)),
) -> vendor::Vendor {
    let hosts = |role: &str| {
        let of = table.hosts.iter().filter(|h| h.role == role);
        of.flat_map(|h| h.names.clone()).collect()
    };
    vendor::Vendor {
        id: id.clone(),
        name: table.name.clone(),
        kind: table.kind.clone(),
        aliases: table.aliases.clone(),
        words: table.words.clone(),
        anchors: table.anchors.clone(),
        labels: table.labels.clone(),
        open: table.open.clone().unwrap_or_default(),
        report: table.report.clone().unwrap_or_default(),
        never_asks: table.never_asks.clone(),
        family: table.family.clone(),
        domains: hosts("owned"),
        sends: hosts("sends"),
        links: hosts("links"),
        partners: hosts("partner"),
    }
}

/// One line for hosts of one role with one source, fields by tabs, hosts by
/// U+001F.
fn evidence_lines(
    vendors: &schema::Vendors,
) -> Result<String, std::fmt::Error> {
    let mut lines = String::new();
    for (id, (_, table)) in vendors {
        for hosts in &table.hosts {
            let names = hosts.names.join("\u{1f}");
            let (role, evidence) = (&hosts.role, &hosts.evidence);
            writeln!(lines, "{id}\t{role}\t{evidence}\t{names}")?;
        }
    }
    Ok(lines)
}

/// The named characters of HTML, as `src/read/html/reference.rs` reads them:
/// a line for all names of the same characters.
fn reference_rows() -> String {
    let mut characters: BTreeMap<&str, BTreeMap<&str, char>> = BTreeMap::new();
    for entity in &entities::ENTITIES {
        let name = entity.entity.trim_start_matches('&');
        let bare = name.trim_end_matches(';');
        let names = characters.entry(entity.characters).or_default();
        let sign = names.entry(bare).or_insert(';');
        if bare == name {
            *sign = '&';
        }
    }
    let mut rows = String::new();
    let mut last = 0;
    for (characters, names) in characters {
        let mut others = characters.chars();
        let first = others.next().map_or(0, u32::from);
        if first != last + 1 {
            rows.push_str(&(first - last).to_string());
        }
        last = first;
        for (name, sign) in names {
            rows.push_str(name);
            rows.push(sign);
        }
        rows.push_str(others.as_str());
        rows.push('\n');
    }
    rows
}

/// One line an incident, the latest first: a person is told of that one.
fn incident_lines(
    vendors: &schema::Vendors,
) -> Result<String, Box<dyn Error>> {
    let path = Path::new(VENDORS).join("incidents.toml");
    let tables: BTreeMap<String, schema::IncidentTable> =
        toml::from_str(&fs::read_to_string(&path)?)
            .map_err(|e| format!("{}: {e}", path.display()))?;
    let mut tables: Vec<_> = tables.iter().collect();
    tables.sort_by(|(_, one), (_, other)| other.date.cmp(&one.date));
    let mut lines = String::new();
    for (id, incident) in tables {
        let bad = |reason: &str| format!("{}: {id}{reason}", path.display());
        schema::check_incident(incident)
            .map_err(|(key, reason)| bad(&format!(".{key}: {reason}")))?;
        for affected in incident.affects.iter().chain([&incident.at]) {
            if !vendors.contains_key(affected) {
                let reason = format!("“{affected}” is not in the directory");
                return Err(bad(&format!(": {reason}")).into());
            }
        }
        let list = |items: &[String]| items.join("\u{1f}");
        let fields = [
            id.as_str(),
            &incident.date,
            &incident.until,
            &incident.at,
            &list(&incident.affects),
            &list(&incident.leaked),
            &list(&incident.not_leaked),
            &list(&incident.enables),
            &incident.source,
        ];
        writeln!(lines, "{}", fields.join("\t"))?;
    }
    Ok(lines)
}

/// What the characters outside ASCII fold to, one after the other: how far
/// the character stands behind the last one, a sign, then ASCII letters and
/// digits. The step is left out where it is 1, else hexadecimal with `A` for
/// 0 up to `P` for 15. The sign `=` is the same letter in another form (é,
/// ａ, 𝐚), `~` another one that looks alike (UTS 39: Cyrillic а).
fn fold_rows() -> String {
    let mut rows = String::new();
    let mut last = 0x7f;
    let mut push = |c: char, row: String| {
        let step = u32::from(c) - last;
        last = u32::from(c);
        if step > 1 {
            let digits = format!("{step:x}").into_bytes();
            let digits = digits.iter().map(|b| char::from(*b).to_digit(16));
            let letters = digits
                .flatten()
                .filter_map(|digit| char::from_u32(u32::from('A') + digit));
            rows.extend(letters);
        }
        rows.push_str(&row);
    };
    for c in ('\u{80}'..=char::MAX).filter(|c| c.is_alphanumeric()) {
        let same: String = std::iter::once(c)
            .nfkd()
            .filter(|c| !is_combining_mark(*c))
            .flat_map(char::to_lowercase)
            .collect();
        if is_ascii_word(&same) {
            push(c, format!("={same}"));
            continue;
        }
        let mut buffer = [0; 4];
        let alike: String =
            unicode_security::skeleton(c.encode_utf8(&mut buffer))
                .nfkd()
                .filter(|c| !is_combining_mark(*c))
                .flat_map(char::to_lowercase)
                .collect();
        if is_ascii_word(&alike) {
            // UTS 39 takes rn as the prototype of m.
            let alike = alike.replace("rn", "m");
            push(c, format!("~{alike}"));
        }
    }
    rows
}

fn is_ascii_word(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|b| b.is_ascii_alphanumeric())
}
