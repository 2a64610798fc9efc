//! What an administrator sets: one format for Chromium's managed storage,
//! Firefox's 3rdparty policy and the command line's `--policy`.

use serde::{Deserialize, Serialize};

/// A policy. Every key may be absent.
#[derive(Clone, Debug, Default, Deserialize, PartialEq, Serialize)]
#[serde(default, rename_all = "camelCase")]
pub struct Policy {
    /// The organisation's own vendors.
    pub vendors: Vec<PolicyVendor>,
    /// The organisation itself.
    pub organisation: Organisation,
    /// Webmail hosts of the organisation.
    pub webmail: Vec<PolicyWebmail>,
    /// Domains whose senders are never warned about.
    pub trusted_domains: Vec<String>,
}

/// A vendor that the administrator adds.
#[derive(Clone, Debug, Default, Deserialize, PartialEq, Serialize)]
#[serde(default, rename_all = "camelCase")]
pub struct PolicyVendor {
    /// A slug; made from the name where it is absent.
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
    /// The address to open instead of clicking.
    pub open: String,
    /// Where to report.
    pub report: String,
}

/// The reader's own organisation.
#[derive(Clone, Debug, Default, Deserialize, PartialEq, Serialize)]
#[serde(default)]
pub struct Organisation {
    /// Its name.
    pub name: String,
    /// Its domains.
    pub domains: Vec<String>,
}

/// A webmail host and the recipe to read it with.
#[derive(Clone, Debug, Default, Deserialize, PartialEq, Serialize)]
#[serde(default)]
pub struct PolicyWebmail {
    /// `host` or `host:port`.
    pub host: String,
    /// A recipe's name; the generic one where it is absent.
    pub recipe: String,
}

impl Policy {
    /// The vendors it adds, as the directory takes them.
    pub fn vendors(&self) -> impl Iterator<Item = crate::directory::Vendor> {
        self.vendors.iter().map(|v| crate::directory::Vendor {
            id: match v.id.as_str() {
                "" => crate::fold::text(&v.name).replace(' ', "-"),
                id => id.to_owned(),
            },
            name: v.name.clone(),
            kind: "own".to_owned(),
            aliases: v.aliases.clone(),
            words: v.words.clone(),
            domains: v.domains.clone(),
            sends: v.sends.clone(),
            open: v.open.clone(),
            report: v.report.clone(),
            ..Default::default()
        })
    }
}
