//! A vendor, as the directory knows it.

use serde::Serialize;

/// One vendor: a company, a scheme, a bank, an office that people are told
/// to pay or to log in to.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct Vendor {
    /// A lower-case slug.
    pub id: String,
    /// The name as people read it.
    pub name: String,
    /// What it does: `ai`, `bank`, `wallet` …
    pub kind: String,
    /// Names that can only mean this vendor.
    pub aliases: Vec<String>,
    /// Names that are ordinary words too and need an anchor beside them.
    pub words: Vec<String>,
    /// Words that make such a name mean the vendor.
    pub anchors: Vec<String>,
    /// Further host labels that attackers imitate.
    pub labels: Vec<String>,
    /// The address to open by hand instead of clicking.
    pub open: String,
    /// Where to report an impersonation; empty where it is not known.
    pub report: String,
    /// What it never asks for by mail.
    pub never_asks: Vec<String>,
    /// Host patterns of genuine members, where hundreds share the name.
    pub family: Vec<String>,
    /// Hosts it owns, with everything below them.
    pub domains: Vec<String>,
    /// Hosts of others that send only its mail.
    pub sends: Vec<String>,
    /// Hosts its genuine mail links through, exactly.
    pub links: Vec<String>,
    /// Hosts of companies that rightly send mail naming it.
    pub partners: Vec<String>,
}

impl Vendor {
    /// Whether the vendor's own name is an ordinary word too.
    #[must_use]
    pub fn is_word(&self) -> bool {
        self.words.contains(&self.name)
    }

    /// Whether its name, in a sender's name, is seldom anything but a claim:
    /// it takes money or keeps it. A platform's or an office's name stands
    /// in many harmless names and needs something beside it.
    #[must_use]
    pub fn takes_money(&self) -> bool {
        !matches!(
            self.kind.as_str(),
            "billing"
                | "e-signature"
                | "hosting"
                | "parcel"
                | "partner"
                | "platform"
                | "security"
                | "tax"
        )
    }

    /// Whether people pay others with it, who then speak of it, too.
    #[must_use]
    pub fn is_paid_with(&self) -> bool {
        matches!(
            self.kind.as_str(),
            "bnpl" | "card-scheme" | "payment-scheme" | "psp" | "wallet"
        )
    }

    /// The host to show beside a false one.
    #[must_use]
    pub fn home(&self) -> &str {
        self.domains.first().map_or("", String::as_str)
    }
}
