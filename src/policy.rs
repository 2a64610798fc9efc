//! What an administrator sets: one format for Chromium's managed storage,
//! Firefox's 3rdparty policy and the command line's `--policy`.

mod read;

use serde::Serialize;
use serde_json::Value;

pub use self::read::{PolicyError, keys};

/// A policy. Every key may be absent.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Policy {
    /// The organisation's own vendors.
    pub vendors: Vec<PolicyVendor>,
    /// The organisation itself.
    pub organisation: Organisation,
    /// Webmail hosts of the organisation.
    pub webmail: Vec<PolicyWebmail>,
    /// Domains whose senders are never warned about.
    pub trusted_domains: Vec<String>,
    /// Recipes for webmails that are not built in, or that changed: objects,
    /// or such objects as JSON text. The extension reads them.
    pub recipes: Vec<Value>,
    /// Whom a person asks who is not sure.
    pub support: Support,
    /// The language of all texts; the browser's where it is empty.
    pub language: String,
    /// Nobody may pause the extension on a site.
    pub disable_pause: bool,
    /// Nobody may trust a sender for good.
    pub disable_trust_senders: bool,
    /// No sender's domain is remembered.
    pub disable_familiarity: bool,
}

/// A vendor that the administrator adds.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct PolicyVendor {
    /// A slug; made from the name where the policy has none.
    pub id: String,
    /// The name as people read it.
    pub name: String,
    /// Names that can only mean this vendor.
    pub aliases: Vec<String>,
    /// Names that are ordinary words too.
    pub words: Vec<String>,
    /// Hosts it owns.
    pub domains: Vec<String>,
    /// Hosts of others that send only its mail.
    pub sends: Vec<String>,
    /// Hosts its genuine mail links through, exactly.
    pub links: Vec<String>,
    /// Hosts of companies that rightly send mail naming it.
    pub partners: Vec<String>,
    /// The address to open instead of clicking.
    pub open: String,
    /// Where to report.
    pub report: String,
}

/// The reader's own organisation.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct Organisation {
    /// Its name.
    pub name: String,
    /// Its domains.
    pub domains: Vec<String>,
}

/// A webmail host and the recipe to read it with.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct PolicyWebmail {
    /// `host` or `host:port`.
    pub host: String,
    /// A recipe's name; the generic one where it is absent.
    pub recipe: String,
}

/// The organisation's own help.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct Support {
    /// What a person reads: "Ask the service desk, extension 100".
    pub text: String,
    /// A page of the organisation.
    pub url: String,
    /// A mailbox to forward suspicious mail to.
    pub email: String,
}

impl Policy {
    /// Reads a policy: the object itself, a Chromium policy file or a
    /// Firefox `policies.json`. A bad entry is left out and named; the rest
    /// takes effect.
    #[must_use]
    pub fn from_value(value: &Value) -> (Self, Vec<PolicyError>) {
        read::policy(value)
    }

    /// The same from JSON text.
    #[must_use]
    pub fn from_json(text: &str) -> (Self, Vec<PolicyError>) {
        match serde_json::from_str(text) {
            Ok(value) => Self::from_value(&value),
            Err(e) => (Self::default(), vec![PolicyError::not_json(&e)]),
        }
    }

    /// The vendors it adds, as the directory takes them.
    pub fn vendors(&self) -> impl Iterator<Item = crate::directory::Vendor> {
        self.vendors.iter().map(|v| crate::directory::Vendor {
            id: v.id.clone(),
            name: v.name.clone(),
            kind: "own".to_owned(),
            aliases: v.aliases.clone(),
            words: v.words.clone(),
            domains: v.domains.clone(),
            sends: v.sends.clone(),
            links: v.links.clone(),
            partners: v.partners.clone(),
            open: v.open.clone(),
            report: v.report.clone(),
            ..Default::default()
        })
    }
}
