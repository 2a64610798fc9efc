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
//! 2. its id, empty where it is the [`slug`] of the name
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
//! Vendors of one kind stand together, which compresses better; reading puts
//! them back into the order of their ids.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use super::vendor::Vendor;

/// The characters that name endings: none that a host or a divider uses.
const CODES: &str =
    "ABCDEFGHIJKLMNOPQRSTUVWXYZ!\"#$%&'()*+,/:;<=>?@[\\]^`{|}~";

/// What divides the texts of a list.
const DIVIDER: char = '\u{1f}';

/// What the characters stand for.
struct Tables<'a> {
    kinds: Vec<&'a str>,
    secrets: Vec<&'a str>,
    endings: Vec<&'a str>,
}

/// Reads all vendors, in the order of their ids.
pub fn read(packed: &str) -> Vec<Vendor> {
    let mut lines = packed.lines();
    let mut table = || -> Vec<&str> {
        lines.next().unwrap_or_default().split(' ').collect()
    };
    let tables = Tables { kinds: table(), secrets: table(), endings: table() };
    let mut vendors: Vec<Vendor> =
        lines.map(|line| tables.read_vendor(line)).collect();
    vendors.sort_by(|one, other| one.id.cmp(&other.id));
    vendors
}

/// Writes all vendors.
pub fn write(vendors: &[Vendor]) -> String {
    let kinds = sorted(vendors.iter().map(|v| v.kind.as_str()));
    let secrets = vendors.iter().flat_map(|v| &v.never_asks);
    let secrets = sorted(secrets.map(String::as_str));
    let endings = common_endings(vendors);
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

impl<'a> Tables<'a> {
    fn read_vendor(&self, line: &str) -> Vendor {
        let mut fields = line.split('\t');
        let mut next = || fields.next().unwrap_or_default();
        let mut letters = next().bytes();
        let kind = item(&self.kinds, letters.next());
        let secrets = letters.map(|letter| item(&self.secrets, Some(letter)));
        let never_asks = secrets.collect();
        let (id, name, open) = (next(), next(), next());
        let domains = self.read_hosts(next());
        let list = |field: &str| -> Vec<String> {
            let items = field.split(DIVIDER).filter(|item| !item.is_empty());
            items.map(str::to_owned).collect()
        };
        Vendor {
            id: if id.is_empty() { slug(name) } else { id.to_owned() },
            name: name.to_owned(),
            kind,
            open: read_open(open, &domains),
            never_asks,
            domains,
            aliases: list(next()),
            words: list(next()),
            anchors: list(next()),
            labels: list(next()),
            report: next().to_owned(),
            family: list(next()),
            sends: self.read_hosts(next()),
            links: self.read_hosts(next()),
            partners: self.read_hosts(next()),
        }
    }

    fn write_vendor(&self, vendor: &Vendor) -> String {
        let mut letters = String::from(letter(&self.kinds, &vendor.kind));
        let secrets = vendor.never_asks.iter();
        letters.extend(secrets.map(|secret| letter(&self.secrets, secret)));
        let id = match &vendor.id {
            id if *id == slug(&vendor.name) => "",
            id => id,
        };
        let list = |items: &[String]| items.join(&DIVIDER.to_string());
        let fields = [
            letters,
            id.to_owned(),
            vendor.name.clone(),
            write_open(vendor),
            self.write_hosts(&vendor.domains),
            list(&vendor.aliases),
            list(&vendor.words),
            list(&vendor.anchors),
            list(&vendor.labels),
            vendor.report.clone(),
            list(&vendor.family),
            self.write_hosts(&vendor.sends),
            self.write_hosts(&vendor.links),
            self.write_hosts(&vendor.partners),
        ];
        fields.join("\t").trim_end_matches('\t').to_owned()
    }

    fn read_hosts(&self, field: &str) -> Vec<String> {
        let mut hosts = Vec::new();
        let (mut label, mut rest) = ("", field);
        let ends_label = |c: char| {
            !(c.is_ascii_lowercase()
                || c.is_ascii_digit()
                || matches!(c, '-' | '_'))
        };
        while let Some(at) = rest.find(ends_label) {
            if at > 0 {
                label = &rest[..at];
            }
            let (sign, after) = rest[at..].split_at(1);
            let ending;
            (ending, rest) = match CODES.find(sign) {
                Some(code) => (self.ending(code), after),
                None => after.split_once(' ').unwrap_or((after, "")),
            };
            hosts.push([label, ".", ending].concat());
        }
        hosts
    }

    fn write_hosts(&self, hosts: &[String]) -> String {
        let mut field = String::new();
        let mut last = "";
        for host in hosts {
            let (label, ending) =
                host.split_once('.').unwrap_or((host.as_str(), ""));
            if label != last {
                field.push_str(label);
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

/// What most hosts end in, commonest first.
fn common_endings(vendors: &[Vendor]) -> Vec<&str> {
    let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
    for vendor in vendors {
        let lists = [&vendor.domains, &vendor.sends, &vendor.links];
        for host in lists.into_iter().chain([&vendor.partners]).flatten() {
            if let Some((_, ending)) = host.split_once('.') {
                *counts.entry(ending).or_default() += 1;
            }
        }
    }
    let mut endings: Vec<(&str, usize)> = counts.into_iter().collect();
    endings.sort_by_key(|(_, count)| std::cmp::Reverse(*count));
    let endings = endings.into_iter().map(|(ending, _)| ending);
    endings.take(CODES.len()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::directory::Directory;

    fn owned(texts: &[&str]) -> Vec<String> {
        texts.iter().map(|text| (*text).to_owned()).collect()
    }

    #[test]
    fn hosts_share_labels_and_endings() {
        let endings = vec!["com", "de", "co.uk"];
        let tables = Tables { kinds: vec![], secrets: vec![], endings };
        let hosts = owned(&[
            "amazon.com",
            "amazon.de",
            "amazon.co.za",
            "amazon.co.uk",
            "aws.amazon.com",
            "a-b_c.de",
        ]);
        let field = tables.write_hosts(&hosts);
        assert_eq!(field, "amazonAB.co.za Caws.amazon.com a-b_cB");
        assert_eq!(tables.read_hosts(&field), hosts);
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
        assert_eq!(read(&write(&vendors)), vendors);
    }

    #[test]
    fn the_whole_directory_comes_back() {
        let directory = Directory::builtin();
        let vendors: Vec<Vendor> =
            directory.vendors().map(|(_, vendor)| vendor.clone()).collect();
        assert!(vendors.len() > 250);
        assert!(vendors.is_sorted_by(|one, other| one.id < other.id));
        assert_eq!(read(&write(&vendors)), vendors);
    }
}
