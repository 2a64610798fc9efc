//! Reads a policy leniently: what is bad is left out and named.
//!
//! Chromium checks managed values against a schema and drops a bad key
//! without a word; Firefox checks nothing. Both, and `--policy`, come here.

use std::error::Error;
use std::fmt;

use serde::Serialize;
use serde_json::{Map, Value};

use super::{Organisation, Policy, PolicyVendor, PolicyWebmail, Support};
use crate::{fold, host::Host};

/// The keys of a policy, and of the objects in it.
pub mod keys {
    /// The policy's own.
    pub const POLICY: [&str; 10] = [
        "vendors",
        "organisation",
        "webmail",
        "trustedDomains",
        "recipes",
        "support",
        "language",
        "disablePause",
        "disableTrustSenders",
        "disableFamiliarity",
    ];
    /// A vendor's.
    pub const VENDOR: [&str; 10] = [
        "id", "name", "aliases", "words", "domains", "sends", "links",
        "partners", "open", "report",
    ];
    /// The organisation's.
    pub const ORGANISATION: [&str; 2] = ["name", "domains"];
    /// A webmail's.
    pub const WEBMAIL: [&str; 2] = ["host", "recipe"];
    /// The support contact's.
    pub const SUPPORT: [&str; 3] = ["text", "url", "email"];
    /// The languages there are texts in.
    pub const LANGUAGES: [&str; 8] =
        ["de", "en", "es", "fr", "it", "nl", "pl", "pt"];
}

/// An entry of a policy that takes no effect, and why.
#[derive(Clone, Debug, Eq, PartialEq, Serialize)]
pub struct PolicyError {
    /// Where it stands: `vendors[0].domains[1]`; empty for the whole.
    pub key: String,
    /// What is wrong, and what is expected.
    pub reason: String,
}

impl PolicyError {
    pub(super) fn not_json(error: &serde_json::Error) -> Self {
        Self { key: String::new(), reason: format!("no JSON: {error}") }
    }
}

impl fmt::Display for PolicyError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if !self.key.is_empty() {
            write!(f, "{}: ", self.key)?;
        }
        f.write_str(&self.reason)
    }
}

impl Error for PolicyError {}

pub(super) fn policy(value: &Value) -> (Policy, Vec<PolicyError>) {
    let mut reader = Reader::default();
    let (path, value) = unwrap(value);
    let policy = reader.policy(&path, value);
    (policy, reader.errors)
}

/// Takes the policy out of the file that a browser reads it from; gives
/// where it stands in it.
fn unwrap(value: &Value) -> (String, &Value) {
    for (path, wrapped) in [
        ("3rdparty.extensions", value.pointer("/3rdparty/extensions")),
        (
            "policies.3rdparty.Extensions",
            value.pointer("/policies/3rdparty/Extensions"),
        ),
    ] {
        let Some(Value::Object(all)) = wrapped else { continue };
        let ours = |policy: &Value| {
            keys::POLICY.iter().any(|key| policy.get(key).is_some())
        };
        let found = all.iter().find(|(_, policy)| ours(policy));
        if let Some((id, policy)) = found.or(all.iter().next()) {
            return (format!("{path}.{id}"), policy);
        }
    }
    (String::new(), value)
}

#[derive(Default)]
struct Reader {
    errors: Vec<PolicyError>,
}

impl Reader {
    fn refuse(&mut self, key: &str, reason: impl Into<String>) {
        self.errors
            .push(PolicyError { key: key.to_owned(), reason: reason.into() });
    }

    fn policy(&mut self, path: &str, value: &Value) -> Policy {
        let mut policy = Policy::default();
        let object = self.object(path, value, &keys::POLICY);
        for (name, value) in object.into_iter().flatten() {
            let key = &join(path, name);
            match name.as_str() {
                "vendors" => policy.vendors = self.vendors(key, value),
                "organisation" => {
                    policy.organisation = self.organisation(key, value);
                }
                "webmail" => {
                    policy.webmail = self.list(key, value, Self::webmail);
                }
                "trustedDomains" => {
                    policy.trusted_domains = self.list(key, value, Self::host);
                }
                "recipes" => {
                    policy.recipes = self.list(key, value, Self::recipe);
                }
                "support" => policy.support = self.support(key, value),
                "language" => policy.language = self.language(key, value),
                "disablePause" => {
                    policy.disable_pause = self.flag(key, value);
                }
                "disableTrustSenders" => {
                    policy.disable_trust_senders = self.flag(key, value);
                }
                "disableFamiliarity" => {
                    policy.disable_familiarity = self.flag(key, value);
                }
                _ => {}
            }
        }
        policy
    }

    fn vendors(&mut self, key: &str, value: &Value) -> Vec<PolicyVendor> {
        let mut ids = Vec::new();
        self.list(key, value, |reader, key, value| {
            let vendor = reader.vendor(key, value)?;
            if ids.contains(&vendor.id) {
                reader.refuse(
                    &join(key, "id"),
                    format!("“{}” stands here twice", vendor.id),
                );
                return None;
            }
            ids.push(vendor.id.clone());
            Some(vendor)
        })
    }

    fn vendor(&mut self, key: &str, value: &Value) -> Option<PolicyVendor> {
        let mut vendor = PolicyVendor::default();
        for (name, value) in self.object(key, value, &keys::VENDOR)? {
            let key = &join(key, name);
            match name.as_str() {
                "id" => vendor.id = self.id(key, value),
                "name" => vendor.name = self.text(key, value),
                "aliases" => vendor.aliases = self.texts(key, value),
                "words" => vendor.words = self.texts(key, value),
                "domains" => {
                    vendor.domains = self.list(key, value, Self::host);
                }
                "sends" => vendor.sends = self.list(key, value, Self::host),
                "links" => vendor.links = self.list(key, value, Self::host),
                "partners" => {
                    vendor.partners = self.list(key, value, Self::host);
                }
                "open" => vendor.open = self.text(key, value),
                "report" => vendor.report = self.text(key, value),
                _ => {}
            }
        }
        if vendor.id.is_empty() {
            vendor.id = fold::text(&vendor.name).replace(' ', "-");
        }
        if vendor.id.is_empty() {
            self.refuse(&join(key, "name"), "a vendor needs a name");
            return None;
        }
        if vendor.name.is_empty() {
            self.refuse(&join(key, "name"), "a vendor needs a name");
            return None;
        }
        if vendor.domains.is_empty() {
            self.refuse(
                &join(key, "domains"),
                "a vendor needs at least one host that it owns",
            );
            return None;
        }
        Some(vendor)
    }

    fn organisation(&mut self, key: &str, value: &Value) -> Organisation {
        let mut organisation = Organisation::default();
        let object = self.object(key, value, &keys::ORGANISATION);
        for (name, value) in object.into_iter().flatten() {
            let key = &join(key, name);
            match name.as_str() {
                "name" => organisation.name = self.text(key, value),
                "domains" => {
                    organisation.domains = self.list(key, value, Self::host);
                }
                _ => {}
            }
        }
        organisation
    }

    fn webmail(&mut self, key: &str, value: &Value) -> Option<PolicyWebmail> {
        let mut webmail = PolicyWebmail::default();
        for (name, value) in self.object(key, value, &keys::WEBMAIL)? {
            let key = &join(key, name);
            match name.as_str() {
                "host" => webmail.host = self.site(key, value)?,
                "recipe" => webmail.recipe = self.text(key, value),
                _ => {}
            }
        }
        if webmail.host.is_empty() {
            self.refuse(
                &join(key, "host"),
                "a webmail needs its host, such as “mail.corp.example”",
            );
            return None;
        }
        Some(webmail)
    }

    fn support(&mut self, key: &str, value: &Value) -> Support {
        let mut support = Support::default();
        let object = self.object(key, value, &keys::SUPPORT);
        for (name, value) in object.into_iter().flatten() {
            let key = &join(key, name);
            match name.as_str() {
                "text" => support.text = self.text(key, value),
                "url" => support.url = self.web_address(key, value),
                "email" => support.email = self.mailbox(key, value),
                _ => {}
            }
        }
        support
    }

    /// A recipe, as an object or as the text of one.
    fn recipe(&mut self, key: &str, value: &Value) -> Option<Value> {
        if value.is_object() || value.is_string() {
            return Some(value.clone());
        }
        self.refuse(key, expected("a recipe (an object)", value));
        None
    }

    fn language(&mut self, key: &str, value: &Value) -> String {
        let language = self.text(key, value);
        if language.is_empty() || keys::LANGUAGES.contains(&&*language) {
            return language;
        }
        let known = keys::LANGUAGES.join(", ");
        self.refuse(
            key,
            format!("there is no language “{language}”; one of {known}"),
        );
        String::new()
    }

    fn id(&mut self, key: &str, value: &Value) -> String {
        let id = self.text(key, value);
        let is_slug = id.bytes().all(|b| {
            b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-'
        });
        if is_slug {
            return id;
        }
        self.refuse(
            key,
            format!(
                "“{id}” is no id: lower-case letters, digits and hyphens; \
                 the name's own is taken"
            ),
        );
        String::new()
    }

    fn web_address(&mut self, key: &str, value: &Value) -> String {
        let text = self.text(key, value);
        let is_web = url::Url::parse(&text)
            .is_ok_and(|url| matches!(url.scheme(), "https" | "http"));
        if text.is_empty() || is_web {
            return text;
        }
        self.refuse(key, format!("“{text}” is no https:// address"));
        String::new()
    }

    fn mailbox(&mut self, key: &str, value: &Value) -> String {
        let text = self.text(key, value);
        let host = text.rsplit_once('@').filter(|(local, _)| {
            !local.is_empty() && !local.contains(char::is_whitespace)
        });
        if text.is_empty() || host.is_some_and(|h| Host::parse(h.1).is_ok()) {
            return text;
        }
        self.refuse(key, format!("“{text}” is no mail address"));
        String::new()
    }

    /// `host` or `host:port`.
    fn site(&mut self, key: &str, value: &Value) -> Option<String> {
        let text = self.text(key, value);
        let url = url::Url::parse(&format!("https://{text}/")).ok();
        let site = url.as_ref().filter(|url| {
            !text.contains(['/', '@', '?', '#', '*'])
                && url.host_str().is_some_and(|host| !host.is_empty())
        });
        if let Some(url) = site {
            let host = url.host_str().unwrap_or_default();
            return Some(match url.port() {
                Some(port) => format!("{host}:{port}"),
                None => host.to_owned(),
            });
        }
        self.refuse(
            key,
            format!(
                "“{text}” is no site; a host alone, or with its port: \
                 “mail.corp.example:8443”"
            ),
        );
        None
    }

    /// A host's name, in ASCII.
    fn host(&mut self, key: &str, value: &Value) -> Option<String> {
        let Value::String(text) = value else {
            self.refuse(key, expected("a host", value));
            return None;
        };
        if let Some(host) = text.strip_prefix("*.") {
            self.refuse(
                key,
                format!(
                    "“{text}” holds a star; “{host}” stands for every host \
                     below it"
                ),
            );
            return None;
        }
        if text.contains(['/', ':', '@']) {
            self.refuse(
                key,
                format!("“{text}” is more than a host; as “acme.example”"),
            );
            return None;
        }
        match Host::parse(text) {
            Ok(host) if host.is_ip() || !host.label().is_empty() => {
                Some(host.ascii().to_owned())
            }
            Ok(host) => {
                self.refuse(
                    key,
                    format!("“{host}” is a public suffix: it is everybody's"),
                );
                None
            }
            Err(error) => {
                self.refuse(key, error.to_string());
                None
            }
        }
    }

    fn object<'v>(
        &mut self,
        key: &str,
        value: &'v Value,
        known: &[&str],
    ) -> Option<&'v Map<String, Value>> {
        let Value::Object(object) = value else {
            self.refuse(key, expected("an object", value));
            return None;
        };
        for name in object.keys().filter(|n| !known.contains(&n.as_str())) {
            let reason = if let Some(near) = nearest(name, known) {
                format!("there is no such key; did you mean “{near}”?")
            } else {
                let known = known.join(", ");
                format!("there is no such key; there are {known}")
            };
            self.refuse(&join(key, name), reason);
        }
        Some(object)
    }

    fn list<T>(
        &mut self,
        key: &str,
        value: &Value,
        mut item: impl FnMut(&mut Self, &str, &Value) -> Option<T>,
    ) -> Vec<T> {
        let Value::Array(values) = value else {
            self.refuse(key, expected("a list", value));
            return Vec::new();
        };
        let mut items = Vec::new();
        for (index, value) in values.iter().enumerate() {
            items.extend(item(self, &format!("{key}[{index}]"), value));
        }
        items
    }

    fn texts(&mut self, key: &str, value: &Value) -> Vec<String> {
        self.list(key, value, |reader, key, value| {
            let text = reader.text(key, value);
            (!text.is_empty()).then_some(text)
        })
    }

    fn text(&mut self, key: &str, value: &Value) -> String {
        if let Value::String(text) = value {
            return text.trim().to_owned();
        }
        self.refuse(key, expected("a text", value));
        String::new()
    }

    fn flag(&mut self, key: &str, value: &Value) -> bool {
        // Windows' registry has no true and false.
        match value {
            Value::Bool(flag) => *flag,
            Value::Number(n) if n.as_u64() == Some(0) => false,
            Value::Number(n) if n.as_u64() == Some(1) => true,
            _ => {
                self.refuse(key, expected("true or false", value));
                false
            }
        }
    }
}

fn join(path: &str, name: &str) -> String {
    if path.is_empty() { name.to_owned() } else { format!("{path}.{name}") }
}

fn expected(what: &str, value: &Value) -> String {
    let kind = match value {
        Value::Null => "null",
        Value::Bool(_) => "true or false",
        Value::Number(_) => "a number",
        Value::String(_) => "a text",
        Value::Array(_) => "a list",
        Value::Object(_) => "an object",
    };
    format!("expected {what}, found {kind}")
}

/// The known key that a misspelt one was meant to be.
fn nearest<'k>(name: &str, known: &[&'k str]) -> Option<&'k str> {
    let lower = name.to_lowercase();
    let far = |key: &&str| distance(&lower, &key.to_lowercase());
    let near = known.iter().min_by_key(|key| far(key))?;
    (far(near) <= 1 + name.len() / 4).then_some(*near)
}

/// Levenshtein's distance.
fn distance(a: &str, b: &str) -> usize {
    let b: Vec<char> = b.chars().collect();
    let mut row: Vec<usize> = (0..=b.len()).collect();
    for (i, from) in a.chars().enumerate() {
        let mut diagonal = row[0];
        row[0] = i + 1;
        for (j, to) in b.iter().enumerate() {
            let replaced = diagonal + usize::from(from != *to);
            diagonal = row[j + 1];
            row[j + 1] = replaced.min(diagonal + 1).min(row[j] + 1);
        }
    }
    row[b.len()]
}

#[cfg(test)]
mod tests;
