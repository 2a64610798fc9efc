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
    println!("cargo::rerun-if-changed={PSL}");
    println!("cargo::rerun-if-changed={VENDORS}");
    for module in ["schema", "vendor", "packed"] {
        println!("cargo::rerun-if-changed=src/directory/{module}.rs");
    }
    let out = PathBuf::from(env::var("OUT_DIR")?);
    let suffixes = suffix_rules(&fs::read_to_string(PSL)?)?;
    fs::write(
        out.join("suffixes.deflate"),
        deflate(&suffix_lines(&suffixes)),
    )?;
    fs::write(out.join("pressure.deflate"), deflate(&pressure_phrases()?))?;
    let vendors = load_vendors(&suffixes).unwrap_or_else(|bad| {
        eprintln!("error: the vendor directory holds a bad table: {bad}");
        std::process::exit(1);
    });
    let entries: Vec<_> = vendors.iter().map(vendor).collect();
    let packed = packed::write(&entries);
    if packed::read(&packed) != entries {
        return Err("src/directory/packed.rs reads not what it wrote".into());
    }
    fs::write(out.join("vendors.deflate"), deflate(&packed))?;
    fs::write(out.join("evidence.txt"), evidence_lines(&vendors)?)?;
    fs::write(out.join("incidents.txt"), incident_lines(&vendors)?)?;
    fs::write(out.join("folds.deflate"), deflate(&fold_rows()))?;
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

/// The rules as `host::suffix` reads them: a line for every parent.
fn suffix_lines(rules: &BTreeMap<String, u64>) -> String {
    let mut lines: BTreeMap<String, String> = BTreeMap::new();
    for (rule, value) in rules {
        let (parent, label) = rule.rsplit_once('.').unwrap_or(("", rule));
        let parent: Vec<&str> = parent.rsplit('.').collect();
        let line = lines.entry(parent.join(".")).or_default();
        let letters = "ABCDEFGHIJKL".chars();
        let kind = letters.zip(1..).find(|(_, kind)| kind == value);
        let kind = kind.filter(|_| *value != 1).map(|(letter, _)| letter);
        let _ = write!(line, " {label}");
        line.extend(kind);
    }
    let mut text = String::new();
    for (parent, line) in lines {
        let _ = writeln!(text, "{parent}{line}");
    }
    text
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

/// Compresses a text as much as deflate can.
fn deflate(text: &str) -> Vec<u8> {
    miniz_oxide::deflate::compress_to_vec(text.as_bytes(), 10)
}

fn incident_lines(
    vendors: &schema::Vendors,
) -> Result<String, Box<dyn Error>> {
    let path = Path::new(VENDORS).join("incidents.toml");
    let tables: BTreeMap<String, schema::IncidentTable> =
        toml::from_str(&fs::read_to_string(&path)?)
            .map_err(|e| format!("{}: {e}", path.display()))?;
    let mut lines = String::new();
    for (id, incident) in &tables {
        for affected in incident.affects.iter().chain([&incident.at]) {
            if !vendors.contains_key(affected) {
                let path = path.display();
                let reason = format!("“{affected}” is not in the directory");
                return Err(format!("{path}: {id}: {reason}").into());
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

/// What the characters outside ASCII fold to, one row each: the character, a
/// sign, then ASCII letters and digits. `=` is the same letter in another
/// form (é, ａ, 𝐚), `~` another one that looks alike (UTS 39: Cyrillic а).
fn fold_rows() -> String {
    let mut rows = String::new();
    for c in ('\u{80}'..=char::MAX).filter(|c| c.is_alphanumeric()) {
        let same: String = std::iter::once(c)
            .nfkd()
            .filter(|c| !is_combining_mark(*c))
            .flat_map(char::to_lowercase)
            .collect();
        if is_ascii_word(&same) {
            let _ = writeln!(rows, "{c}={same}");
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
            let _ = writeln!(rows, "{c}~{alike}");
        }
    }
    rows
}

fn is_ascii_word(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|b| b.is_ascii_alphanumeric())
}
