//! What the engine says: a level, and a finding for everything that led to
//! it. Codes and evidence only; the sentences live in `_locales`.

use std::collections::BTreeMap;

use serde::Serialize;

use crate::order;

/// How much a finding, and so a verdict, weighs.
#[derive(
    Clone,
    Copy,
    Debug,
    Default,
    Eq,
    Hash,
    Ord,
    PartialEq,
    PartialOrd,
    Serialize,
)]
#[serde(rename_all = "lowercase")]
pub enum Level {
    /// Nothing to say. Never the same as "safe".
    #[default]
    None,
    /// Worth knowing; never interrupts.
    Note,
    /// A claim without backing, or a deception without a vendor.
    Caution,
    /// It poses as a vendor and something else fits an attack.
    Danger,
}

/// Where in the message a finding stands.
#[derive(Clone, Copy, Debug, Eq, Hash, PartialEq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Place {
    /// The sender's display name.
    DisplayName,
    /// The part of the sender's address before the `@`.
    LocalPart,
    /// The host of the sender's address.
    SenderHost,
    /// A `Reply-To` address.
    ReplyTo,
    /// The subject.
    Subject,
    /// The text of the message.
    Body,
    /// The alternative text of an image.
    ImageText,
    /// The text of a link or button.
    LinkText,
    /// The host a link leads to.
    LinkHost,
    /// A link's target other than its host.
    Link,
    /// The receiving server's results.
    Authentication,
    /// A host judged alone.
    Host,
}

/// What a finding says. Each code has its sentences in `_locales`.
#[derive(
    Clone, Copy, Debug, Eq, Hash, Ord, PartialEq, PartialOrd, Serialize,
)]
#[serde(rename_all = "kebab-case")]
pub enum Code {
    /// The sender's name claims a vendor; the sender's host is not theirs.
    DisplayName,
    /// The sender's name holds an address or host that is not the sender's.
    AddressInName,
    /// The local part claims a vendor on somebody else's host.
    LocalPart,
    /// The subject claims a vendor that is not behind the message.
    Subject,
    /// The text or signature claims a vendor that is not behind the message.
    Body,
    /// An image's text claims a vendor that is not behind the message.
    ImageText,
    /// A link's text names a vendor and leads elsewhere.
    LinkText,
    /// A host imitates a vendor's.
    LookalikeHost,
    /// A host mixes scripts or characters so that it reads as another.
    DeceptiveHost,
    /// A link's text names one site and leads to another.
    LinkMismatch,
    /// A name stands before an `@` ahead of the real host.
    LinkUserinfo,
    /// A link leads to a bare IP address.
    LinkIp,
    /// A link runs code or carries its own page (`javascript:`, `data:`).
    LinkScheme,
    /// A shortener or tracker hides where a link leads.
    LinkHidden,
    /// A link leads to a tenant of a free hosting service.
    FreeHosting,
    /// Answers go to a host other than the sender's.
    ReplyToElsewhere,
    /// Invisible or reordering characters stand in a name or host.
    InvisibleCharacters,
    /// The receiving server could not confirm a vendor's own domain.
    AuthenticationFailed,
    /// The message poses as the reader's own organisation.
    OwnOrganisation,
    /// A mail asks for data in a form of its own.
    FormInMail,
    /// The text presses: urgency, a request for secrets, a call-back number.
    Pressure,
    /// A vendor's data leaked lately.
    Incident,
}

/// One piece of evidence.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(untagged)]
pub enum Value {
    /// A text: a host, an address, a name, a code.
    Text(String),
    /// A number: a link's index in the message.
    Number(u32),
    /// Character ranges `[start, end, start, end …]` that differ.
    Ranges(Vec<u32>),
}

/// What a finding rests on, by name.
///
/// | key | content |
/// |---|---|
/// | `host` | the offending host, in ASCII |
/// | `unicode` | the same as a person sees it, where that differs |
/// | `registrable` | its registrable domain |
/// | `real` | the vendor's host to compare it with |
/// | `marks` | the character ranges in `unicode` (or `host`) that differ |
/// | `class` | the kind of likeness or of pressure |
/// | `text` | the words that claim or press |
/// | `address` | an address |
/// | `link` | the index of the link in the message |
/// | `destination` | where the link leads after unwrapping |
/// | `incident` | the incident's id |
pub type Evidence = BTreeMap<&'static str, Value>;

/// Something that does not fit.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Finding {
    /// What it says.
    pub code: Code,
    /// How much it weighs.
    pub level: Level,
    /// The vendor it is about, by id.
    pub vendor: Option<String>,
    /// Where it stands.
    pub place: Place,
    /// What it rests on.
    pub evidence: Evidence,
}

impl Finding {
    /// A finding without evidence yet.
    #[must_use]
    pub fn new(code: Code, level: Level, place: Place) -> Self {
        Self { code, level, vendor: None, place, evidence: Evidence::new() }
    }

    /// Names the vendor it is about.
    #[must_use]
    pub fn about(mut self, vendor: &str) -> Self {
        self.vendor = Some(vendor.to_owned());
        self
    }

    /// Adds a text as evidence.
    #[must_use]
    pub fn with(mut self, key: &'static str, text: &str) -> Self {
        self.evidence.insert(key, Value::Text(text.to_owned()));
        self
    }

    /// Adds a number as evidence.
    #[must_use]
    pub fn with_number(mut self, key: &'static str, number: usize) -> Self {
        let number = u32::try_from(number).unwrap_or(u32::MAX);
        self.evidence.insert(key, Value::Number(number));
        self
    }

    /// Adds character ranges as evidence.
    #[must_use]
    pub fn with_ranges(mut self, key: &'static str, ranges: Vec<u32>) -> Self {
        self.evidence.insert(key, Value::Ranges(ranges));
        self
    }
}

/// The strongest level over all findings of a message, and the findings,
/// most telling first.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct Verdict {
    /// The strongest level.
    pub level: Level,
    /// The vendor the message poses as, by id.
    pub vendor: Option<String>,
    /// Everything found, most telling first.
    pub findings: Vec<Finding>,
}

impl Verdict {
    /// Sorts the findings, most telling first, and takes the level and the
    /// vendor from them.
    #[must_use]
    pub fn of(mut findings: Vec<Finding>) -> Self {
        order::sort_by(&mut findings, |one, other| {
            other.level.cmp(&one.level).then(one.code.cmp(&other.code))
        });
        let level = findings.first().map_or(Level::None, |f| f.level);
        let vendor = findings
            .iter()
            .filter(|f| f.level >= Level::Caution)
            .find_map(|f| f.vendor.clone());
        Self { level, vendor, findings }
    }
}

/// A host judged alone.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct HostVerdict {
    /// The host as given.
    pub host: String,
    /// The strongest level.
    pub level: Level,
    /// The vendor it poses as, by id.
    pub vendor: Option<String>,
    /// The vendor whose host it is, by id.
    pub identity: Option<String>,
    /// Everything found.
    pub findings: Vec<Finding>,
}

/// A link judged alone.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct LinkVerdict {
    /// The link as given.
    pub url: String,
    /// Where it leads after unwrapping; none where a wrapper is opaque.
    pub destination: Option<String>,
    /// The strongest level.
    pub level: Level,
    /// The vendor it poses as, by id.
    pub vendor: Option<String>,
    /// Everything found.
    pub findings: Vec<Finding>,
}
