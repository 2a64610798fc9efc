//! The directory as one small text: `build.rs` writes it, the engine reads
//! it. Here stands what both know of it.
//!
//! The first three lines are tables, their items divided by spaces: the
//! kinds, the secrets that vendors never ask for, and the commonest endings
//! of hosts (`com`, `co.uk`). An item is named by a character: the first
//! kind or secret by `a`, the second by `b`; the endings by [`CODES`].
//!
//! Every further line is a vendor, its fields divided by tabs, empty ones at
//! the end left out. Texts in a list are divided by U+001F.
//!
//! 1. its kind, then the secrets
//! 2. its id, empty where it is the [`slug`] of the name, `=` where it is
//!    the first label of the first host
//! 3. its name
//! 4. the address to open: empty for `https://www.` and the first host it
//!    owns, `.` for `https://` and that host, `-` for none
//! 5. the hosts it owns
//! 6. aliases, words, anchors, labels, report and family, a field each
//! 7. the hosts that send for it, those it links through, its partners'
//!
//! A host is its first label and its ending. The label is left out where it
//! is that of the host before, the ending is a code, which ends the host, or
//! a dot, the ending itself and a space: `amazon`, the codes of `com`, `de`
//! and `fr`, then `.co.za ` are four hosts.
//!
//! What repeats the vendor's name is left out: [`NAME`] and [`FIRST_WORD`]
//! stand for it in hosts and labels as [`squashed`], elsewhere as it is.
//!
//! Vendors of one kind stand together, and a vendor's hosts are
//! [grouped](group_hosts), which compresses better.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use super::vendor::Vendor;

/// The characters that name endings: none that a host or a divider uses.
const CODES: &str =
    "ABCDEFGHIJKLMNOPQRSTUVWXYZ!\"#$%&'()*+,/:;<=>?@[\\]^`{|}~";

/// What divides the texts of a list.
const DIVIDER: char = '\u{1f}';

/// Stands for the vendor's name.
const NAME: char = '\u{1}';

/// Stands for the first word of the vendor's name.
const FIRST_WORD: char = '\u{2}';

/// What is shorter than this is not worth a sign that stands for it.
const MIN_SHORTENED: usize = 3;

/// What the characters stand for that are the same for all vendors.
struct Tables<'a> {
    kinds: Vec<&'a str>,
    secrets: Vec<&'a str>,
    endings: Vec<&'a str>,
}

/// Reads all vendors, in the order in which they were written.
pub fn read(packed: &str) -> Vec<Vendor> {
    let mut lines = packed.lines();
    let mut table = || -> Vec<&str> {
        lines.next().unwrap_or_default().split(' ').collect()
    };
    let tables = Tables { kinds: table(), secrets: table(), endings: table() };
    lines.map(|line| tables.read_vendor(line)).collect()
}

/// Writes all vendors, those of one kind together.
pub fn write(vendors: &[Vendor]) -> String {
    let kinds = sorted(vendors.iter().map(|v| v.kind.as_str()));
    let secrets = vendors.iter().flat_map(|v| &v.never_asks);
    let secrets = sorted(secrets.map(String::as_str));
    let mut endings = endings(vendors);
    endings.truncate(CODES.len());
    let mut packed = String::new();
    for table in [&kinds, &secrets, &endings] {
        packed.push_str(&table.join(" "));
        packed.push('\n');
    }
    let tables = Tables { kinds, secrets, endings };
    let mut lines: Vec<String> =
        vendors.iter().map(|vendor| tables.write_vendor(vendor)).collect();
    lines.sort();
    for line in lines {
        packed.push_str(&line);
        packed.push('\n');
    }
    packed
}

/// Puts every vendor's hosts into the order that packs best: the first host
/// stays, as the one that people know; behind it those of one label stand
/// together, common endings before rare ones.
pub fn group_hosts(vendors: &mut [Vendor]) {
    let endings = endings(vendors).into_iter().map(str::to_owned);
    let ranks: BTreeMap<String, usize> = endings.zip(0..).collect();
    for vendor in vendors {
        let lists = [&mut vendor.domains, &mut vendor.sends];
        let others = [&mut vendor.links, &mut vendor.partners];
        for hosts in lists.into_iter().chain(others) {
            let labels = hosts.iter().map(|host| parts(host).0.to_owned());
            let labels: Vec<String> = labels.collect();
            let place = |host: &String| {
                let (label, ending) = parts(host);
                let label = labels.iter().position(|known| known == label);
                (label, ranks.get(ending).copied())
            };
            if let Some((_, rest)) = hosts.split_first_mut() {
                rest.sort_by_cached_key(place);
            }
        }
    }
}

/// A vendor's name as it stands in its other texts, and a sign for it.
struct Shorthand([(char, String); 2]);

impl Shorthand {
    /// For texts that people read.
    fn of_texts(name: &str) -> Self {
        let first = name.split(' ').next().unwrap_or_default();
        Self([(NAME, name.to_owned()), (FIRST_WORD, first.to_owned())])
    }

    /// For hosts and labels.
    fn of_labels(name: &str) -> Self {
        let Self(parts) = Self::of_texts(name);
        Self(parts.map(|(sign, part)| (sign, squashed(&part))))
    }

    fn shorten(&self, text: &str) -> String {
        let fits = |(_, part): &&(char, String)| {
            part.len() >= MIN_SHORTENED && text.contains(part)
        };
        match self.0.iter().find(fits) {
            Some((sign, part)) => text.replacen(part, &sign.to_string(), 1),
            None => text.to_owned(),
        }
    }

    fn write_out(&self, text: &str) -> String {
        let mut written = self.0.iter().filter_map(|(sign, part)| {
            let at = text.bytes().position(|b| char::from(b) == *sign)?;
            Some([&text[..at], part, &text[at + 1..]].concat())
        });
        written.next().unwrap_or_else(|| text.to_owned())
    }
}

impl<'a> Tables<'a> {
    fn read_vendor(&self, line: &str) -> Vendor {
        let mut fields = line.split('\t');
        let mut next = || fields.next().unwrap_or_default();
        let mut letters = next().bytes();
        let kind = item(&self.kinds, letters.next());
        let secrets = letters.map(|letter| item(&self.secrets, Some(letter)));
        let never_asks = secrets.collect();
        let (id, name, open) = (next(), next(), next());
        let (as_text, as_label) =
            (Shorthand::of_texts(name), Shorthand::of_labels(name));
        let domains = self.read_hosts(next(), &as_label);
        let list = |field: &str, shorthand: &Shorthand| -> Vec<String> {
            let items = field.split(DIVIDER).filter(|item| !item.is_empty());
            items.map(|item| shorthand.write_out(item)).collect()
        };
        Vendor {
            id: read_id(id, name, &domains),
            name: name.to_owned(),
            kind,
            open: read_open(open, &domains),
            never_asks,
            domains,
            aliases: list(next(), &as_text),
            words: list(next(), &as_text),
            anchors: list(next(), &as_text),
            labels: list(next(), &as_label),
            report: next().to_owned(),
            family: list(next(), &as_label),
            sends: self.read_hosts(next(), &as_label),
            links: self.read_hosts(next(), &as_label),
            partners: self.read_hosts(next(), &as_label),
        }
    }

    fn write_vendor(&self, vendor: &Vendor) -> String {
        let mut letters = String::from(letter(&self.kinds, &vendor.kind));
        let secrets = vendor.never_asks.iter();
        letters.extend(secrets.map(|secret| letter(&self.secrets, secret)));
        let (as_text, as_label) = (
            Shorthand::of_texts(&vendor.name),
            Shorthand::of_labels(&vendor.name),
        );
        let list = |items: &[String], shorthand: &Shorthand| {
            let items = items.iter().map(|item| shorthand.shorten(item));
            items.collect::<Vec<_>>().join(&DIVIDER.to_string())
        };
        let hosts = |hosts: &[String]| self.write_hosts(hosts, &as_label);
        let fields = [
            letters,
            write_id(vendor),
            vendor.name.clone(),
            write_open(vendor),
            hosts(&vendor.domains),
            list(&vendor.aliases, &as_text),
            list(&vendor.words, &as_text),
            list(&vendor.anchors, &as_text),
            list(&vendor.labels, &as_label),
            vendor.report.clone(),
            list(&vendor.family, &as_label),
            hosts(&vendor.sends),
            hosts(&vendor.links),
            hosts(&vendor.partners),
        ];
        fields.join("\t").trim_end_matches('\t').to_owned()
    }

    fn read_hosts(&self, field: &str, shorthand: &Shorthand) -> Vec<String> {
        let mut hosts = Vec::new();
        let (mut label, mut rest) = (String::new(), field);
        let ends_label = |byte: u8| {
            !(byte.is_ascii_lowercase()
                || byte.is_ascii_digit()
                || matches!(char::from(byte), '-' | '_' | NAME | FIRST_WORD))
        };
        while let Some(at) = rest.bytes().position(ends_label) {
            if at > 0 {
                label = shorthand.write_out(&rest[..at]);
            }
            let (sign, after) = (rest.as_bytes()[at], &rest[at + 1..]);
            let ending;
            (ending, rest) = match CODES.bytes().position(|c| c == sign) {
                Some(code) => (self.ending(code), after),
                None => after.split_once(' ').unwrap_or((after, "")),
            };
            let mut host =
                String::with_capacity(label.len() + 1 + ending.len());
            host.push_str(&label);
            host.push('.');
            host.push_str(ending);
            hosts.push(host);
        }
        hosts
    }

    fn write_hosts(&self, hosts: &[String], shorthand: &Shorthand) -> String {
        let mut field = String::new();
        let mut last = "";
        for host in hosts {
            let (label, ending) = parts(host);
            if label != last {
                field.push_str(&shorthand.shorten(label));
            }
            last = label;
            let code = self.endings.iter().position(|known| *known == ending);
            match code.and_then(|code| CODES.chars().nth(code)) {
                Some(code) => field.push(code),
                None => {
                    let _ = write!(field, ".{ending} ");
                }
            }
        }
        field
    }

    fn ending(&self, code: usize) -> &'a str {
        self.endings.get(code).copied().unwrap_or_default()
    }
}

/// The id that most names give: lower case, a hyphen for every run of what
/// is no ASCII letter or digit.
fn slug(name: &str) -> String {
    let parts = name.split(|c: char| !c.is_ascii_alphanumeric());
    let parts: Vec<&str> = parts.filter(|part| !part.is_empty()).collect();
    parts.join("-").to_ascii_lowercase()
}

/// A name as hosts hold it: its ASCII letters and digits, lower case.
fn squashed(name: &str) -> String {
    let kept = name.chars().filter(char::is_ascii_alphanumeric);
    kept.map(|c| c.to_ascii_lowercase()).collect()
}

/// The label and the ending of a host.
fn parts(host: &str) -> (&str, &str) {
    host.split_once('.').unwrap_or((host, ""))
}

fn first_label(domains: &[String]) -> &str {
    domains.first().map_or("", |host| parts(host).0)
}

fn read_id(id: &str, name: &str, domains: &[String]) -> String {
    match id {
        "" => slug(name),
        "=" => first_label(domains).to_owned(),
        id => id.to_owned(),
    }
}

fn write_id(vendor: &Vendor) -> String {
    let short = ["", "="].into_iter().find(|short| {
        read_id(short, &vendor.name, &vendor.domains) == vendor.id
    });
    short.unwrap_or(&vendor.id).to_owned()
}

fn read_open(open: &str, domains: &[String]) -> String {
    let first = domains.first().map_or("", String::as_str);
    match open {
        "" => ["https://www.", first].concat(),
        "." => ["https://", first].concat(),
        "-" => String::new(),
        open => open.to_owned(),
    }
}

fn write_open(vendor: &Vendor) -> String {
    if vendor.open.is_empty() {
        return "-".to_owned();
    }
    let short = ["", "."]
        .into_iter()
        .find(|short| read_open(short, &vendor.domains) == vendor.open);
    short.unwrap_or(&vendor.open).to_owned()
}

fn item(table: &[&str], letter: Option<u8>) -> String {
    let place = letter.map(|letter| usize::from(letter.wrapping_sub(b'a')));
    let item = place.and_then(|place| table.get(place));
    item.copied().unwrap_or_default().to_owned()
}

fn letter(table: &[&str], item: &str) -> char {
    let place = table.iter().position(|known| *known == item);
    ('a'..='z').nth(place.unwrap_or(0)).unwrap_or('a')
}

fn sorted<'a>(items: impl Iterator<Item = &'a str>) -> Vec<&'a str> {
    let mut items: Vec<&str> = items.collect();
    items.sort_unstable();
    items.dedup();
    items
}

/// What hosts end in, commonest first.
fn endings(vendors: &[Vendor]) -> Vec<&str> {
    let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
    for vendor in vendors {
        let lists = [&vendor.domains, &vendor.sends, &vendor.links];
        for host in lists.into_iter().chain([&vendor.partners]).flatten() {
            *counts.entry(parts(host).1).or_default() += 1;
        }
    }
    let mut endings: Vec<(&str, usize)> = counts.into_iter().collect();
    endings.sort_by_key(|(_, count)| std::cmp::Reverse(*count));
    endings.into_iter().map(|(ending, _)| ending).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::directory::Directory;

    fn read_sorted(packed: &str) -> Vec<Vendor> {
        let mut vendors = read(packed);
        vendors.sort_by(|one, other| one.id.cmp(&other.id));
        vendors
    }

    fn owned(texts: &[&str]) -> Vec<String> {
        texts.iter().map(|text| (*text).to_owned()).collect()
    }

    #[test]
    fn hosts_share_labels_and_endings() {
        let endings = vec!["com", "de", "co.uk"];
        let tables = Tables { kinds: vec![], secrets: vec![], endings };
        let shorthand = Shorthand::of_labels("Ama Zon");
        let hosts = owned(&[
            "my-amazon.com",
            "my-amazon.de",
            "my-amazon.co.za",
            "my-amazon.co.uk",
            "aws.amazon.com",
            "a-b_ama.de",
        ]);
        let field = tables.write_hosts(&hosts, &shorthand);
        assert_eq!(field, "my-\u{1}AB.co.za Caws.amazon.com a-b_\u{2}B");
        assert_eq!(tables.read_hosts(&field, &shorthand), hosts);
    }

    #[test]
    fn hosts_of_one_label_stand_together_behind_the_first() {
        let hosts = ["b.de", "a.fr", "b.com", "c.com", "a.com", "b.fr"];
        let vendor = Vendor { domains: owned(&hosts), ..Vendor::default() };
        let mut vendors = vec![vendor];
        group_hosts(&mut vendors);
        let grouped = ["b.de", "b.com", "b.fr", "a.com", "a.fr", "c.com"];
        assert_eq!(vendors[0].domains, grouped);
    }

    #[test]
    fn what_is_written_is_read() {
        let plain = Vendor {
            id: "acme-bank".to_owned(),
            name: "Acme Bank".to_owned(),
            kind: "bank".to_owned(),
            open: "https://www.acme.example".to_owned(),
            domains: owned(&["acme.example"]),
            ..Vendor::default()
        };
        let full = Vendor {
            id: "zenith".to_owned(),
            name: "Zénith Pay".to_owned(),
            kind: "wallet".to_owned(),
            aliases: owned(&["支付", "Z Pay"]),
            words: owned(&["Zenith"]),
            anchors: owned(&["pay", "card"]),
            labels: owned(&["zenithpay"]),
            open: "https://my.zenith.example/login".to_owned(),
            report: "abuse@zenith.example".to_owned(),
            never_asks: owned(&["password", "api-key"]),
            family: owned(&["zenith-*.example"]),
            domains: owned(&["zenith.example", "zenith.co.uk"]),
            sends: owned(&["z.mail.example"]),
            links: owned(&["u1.ct.mail.example"]),
            partners: owned(&["partner.example", "partner.example.org"]),
        };
        let bare = Vendor { open: String::new(), ..plain.clone() };
        let bare = Vendor { id: "bare".to_owned(), ..bare };
        let vendors = vec![plain, bare, full];
        assert_eq!(read_sorted(&write(&vendors)), vendors);
    }

    #[test]
    fn the_whole_directory_comes_back() {
        let directory = Directory::builtin();
        let vendors: Vec<Vendor> =
            directory.vendors().map(|(_, vendor)| vendor.clone()).collect();
        assert!(vendors.len() > 250);
        assert!(vendors.is_sorted_by(|one, other| one.id < other.id));
        assert_eq!(read_sorted(&write(&vendors)), vendors);
    }
}
