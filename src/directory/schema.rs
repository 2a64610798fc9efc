//! The form of the tables under `src/vendors/`, and what makes one bad.
//!
//! `build.rs` includes this file: a bad table stops the build with its file,
//! key and reason.

use std::collections::{BTreeMap, HashMap};
use std::fmt;

use serde::Deserialize;

/// One `[vendor]` table.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct VendorTable {
    pub name: String,
    pub kind: String,
    #[serde(default)]
    pub aliases: Vec<String>,
    #[serde(default)]
    pub words: Vec<String>,
    #[serde(default)]
    pub anchors: Vec<String>,
    #[serde(default)]
    pub labels: Vec<String>,
    pub open: Option<String>,
    pub report: Option<String>,
    #[serde(default)]
    pub never_asks: Vec<String>,
    #[serde(default)]
    pub family: Vec<String>,
    pub hosts: Vec<HostsTable>,
}

/// One `[[vendor.hosts]]` table: hosts of one role with one source.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct HostsTable {
    pub role: String,
    pub evidence: String,
    pub names: Vec<String>,
}

/// One `[incident]` table of `incidents.toml`.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct IncidentTable {
    pub date: String,
    pub until: String,
    pub at: String,
    pub affects: Vec<String>,
    pub leaked: Vec<String>,
    pub not_leaked: Vec<String>,
    pub enables: Vec<String>,
    pub source: String,
}

pub const KINDS: &[&str] = &[
    "ai",
    "bank",
    "billing",
    "bnpl",
    "card-scheme",
    "crypto-exchange",
    "crypto-wallet",
    "e-signature",
    "hosting",
    "parcel",
    "partner",
    "payment-scheme",
    "platform",
    "psp",
    "remittance",
    "security",
    "tax",
    "wallet",
];

pub const ROLES: &[&str] = &["owned", "sends", "links", "partner"];

pub const SECRETS: &[&str] = &[
    "api-key",
    "bank-details",
    "card-number",
    "card-pin",
    "gift-card",
    "id-document",
    "one-time-code",
    "password",
    "remote-access",
    "seed-phrase",
];

/// What an incident may have let out, and what it did not.
pub const LEAKED: &[&str] = &[
    "account-id",
    "api-key",
    "balance",
    "bank-account",
    "birth-date",
    "browser",
    "chat",
    "contract",
    "email",
    "id-document",
    "ip-address",
    "location",
    "name",
    "one-time-code",
    "orders",
    "password",
    "payment",
    "phone",
    "postal-address",
    "seed-phrase",
    "social-security-number",
    "support-messages",
];

/// What attackers can do with it.
pub const ENABLES: &[&str] =
    &["credible-call", "credible-letter", "credible-mail", "direct-debit"];

/// A bad table: where, what and why.
#[derive(Debug)]
pub struct BadTable {
    pub file: String,
    pub key: String,
    pub reason: String,
}

impl fmt::Display for BadTable {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}: {}", self.file, self.key, self.reason)
    }
}

/// All vendors with the file each comes from, by id.
pub type Vendors = BTreeMap<String, (String, VendorTable)>;

/// Parses one file's tables and adds them to `vendors`.
pub fn parse_file(
    file: &str,
    text: &str,
    vendors: &mut Vendors,
) -> Result<(), BadTable> {
    let bad = |key: &str, reason: String| BadTable {
        file: file.to_owned(),
        key: key.to_owned(),
        reason,
    };
    let tables: toml::Table = text
        .parse()
        .map_err(|e: toml::de::Error| bad("(file)", e.to_string()))?;
    for (id, value) in tables {
        let table: VendorTable = value
            .try_into()
            .map_err(|e: toml::de::Error| bad(&id, e.to_string()))?;
        check_table(&id, &table)
            .map_err(|(key, reason)| bad(&format!("{id}.{key}"), reason))?;
        if let Some((first, _)) =
            vendors.insert(id.clone(), (file.to_owned(), table))
        {
            return Err(bad(&id, format!("stands in {first} already")));
        }
    }
    Ok(())
}

/// Checks one table by itself.
fn check_table(id: &str, table: &VendorTable) -> Result<(), (String, String)> {
    let slug = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit();
    if id.is_empty() || !id.chars().all(|c| slug(c) || c == '-') {
        let reason = "an id is a lower-case slug: letters, digits, hyphens";
        return Err(("(id)".to_owned(), reason.to_owned()));
    }
    if table.name.trim().is_empty() {
        return Err(("name".to_owned(), "is empty".to_owned()));
    }
    one_of("kind", &table.kind, KINDS)?;
    for secret in &table.never_asks {
        one_of("never_asks", secret, SECRETS)?;
    }
    if let Some(report) = &table.report {
        check_report(report)
            .map_err(|reason| ("report".to_owned(), reason))?;
    }
    for label in &table.labels {
        if label.len() < 4 || !label.chars().all(slug) {
            let reason = format!(
                "“{label}”: a label has at least 4 lower-case ASCII letters or digits"
            );
            return Err(("labels".to_owned(), reason));
        }
    }
    for hosts in &table.hosts {
        one_of("hosts.role", &hosts.role, ROLES)?;
        if hosts.evidence.trim().is_empty() {
            let reason = "says where the hosts are known from; it is empty";
            return Err(("hosts.evidence".to_owned(), reason.to_owned()));
        }
        for name in &hosts.names {
            check_host_name(name)
                .map_err(|reason| ("hosts.names".to_owned(), reason))?;
        }
    }
    for pattern in &table.family {
        check_host_name(&pattern.replace('*', "x"))
            .map_err(|reason| ("family".to_owned(), reason))?;
    }
    if !table.hosts.iter().any(|h| h.role == "owned" && !h.names.is_empty()) {
        return Err(("hosts".to_owned(), "no owned host".to_owned()));
    }
    Ok(())
}

fn one_of(
    key: &str,
    value: &str,
    known: &[&str],
) -> Result<(), (String, String)> {
    if known.contains(&value) {
        return Ok(());
    }
    let reason = format!("“{value}” is not one of {}", known.join(", "));
    Err((key.to_owned(), reason))
}

/// A host name as the directory wants it: lower-case ASCII with a dot.
fn check_host_name(name: &str) -> Result<(), String> {
    let label = |l: &str| {
        !l.is_empty()
            && l.len() <= 63
            && !l.starts_with('-')
            && !l.ends_with('-')
            && l.bytes().all(|b| {
                b.is_ascii_lowercase()
                    || b.is_ascii_digit()
                    || b == b'-'
                    || b == b'_'
            })
    };
    if name.contains('.') && name.split('.').all(label) {
        return Ok(());
    }
    Err(format!(
        "“{name}” is not a host name in lower-case ASCII (no scheme, no path)"
    ))
}

/// Where a forged mail goes: a mail address or an https page, for the banner
/// makes a link of it.
fn check_report(report: &str) -> Result<(), String> {
    let host = match report.strip_prefix("https://") {
        Some(page) => page.split('/').next(),
        None => report.split_once('@').map(|(_, host)| host),
    };
    if report.contains(char::is_whitespace) {
        return Err(format!("“{report}” has white space in it"));
    }
    check_host_name(host.unwrap_or_default()).map_err(|_| {
        format!("“{report}” is neither a mail address nor an https page")
    })
}

/// Checks one incident by itself: days, known words and a source.
pub fn check_incident(
    incident: &IncidentTable,
) -> Result<(), (String, String)> {
    for (key, day) in [("date", &incident.date), ("until", &incident.until)] {
        if !is_day(day) {
            let reason = format!("“{day}” is not a day as 2025-11-26");
            return Err((key.to_owned(), reason));
        }
    }
    if incident.until <= incident.date {
        let reason = "ends before it begins";
        return Err(("until".to_owned(), reason.to_owned()));
    }
    for (key, words, known) in [
        ("leaked", &incident.leaked, LEAKED),
        ("not_leaked", &incident.not_leaked, LEAKED),
        ("enables", &incident.enables, ENABLES),
    ] {
        for word in words {
            one_of(key, word, known)?;
        }
    }
    let both = |word: &&String| incident.not_leaked.contains(word);
    if let Some(word) = incident.leaked.iter().find(both) {
        let reason = format!("“{word}” leaked and did not");
        return Err(("leaked".to_owned(), reason));
    }
    if !incident.source.starts_with("https://") {
        let reason = "is no https page";
        return Err(("source".to_owned(), reason.to_owned()));
    }
    Ok(())
}

/// Whether a text is a day as `2025-11-26`.
fn is_day(text: &str) -> bool {
    let shape =
        text.bytes().map(|b| if b.is_ascii_digit() { b'0' } else { b });
    shape.eq(*b"0000-00-00")
}

/// Checks what only shows between tables: hosts and aliases claimed twice.
pub fn check_together(vendors: &Vendors) -> Result<(), BadTable> {
    let mut hosts: HashMap<&str, &str> = HashMap::new();
    let mut names: HashMap<String, &str> = HashMap::new();
    for (id, (file, table)) in vendors {
        let bad = |key: &str, reason: String| BadTable {
            file: file.clone(),
            key: format!("{id}.{key}"),
            reason,
        };
        let exclusive = table.hosts.iter().filter(|h| h.role != "partner");
        for name in exclusive.flat_map(|h| &h.names) {
            if let Some(other) = hosts.insert(name, id) {
                let reason = format!("{name} is claimed by {other} already");
                return Err(bad("hosts.names", reason));
            }
        }
        for alias in table.aliases.iter().chain([&table.name]) {
            let folded: String =
                alias.to_lowercase().split_whitespace().collect();
            match names.insert(folded, id) {
                Some(other) if other != id => {
                    let reason = format!("“{alias}” is {other}'s already");
                    return Err(bad("aliases", reason));
                }
                _ => {}
            }
        }
    }
    Ok(())
}
