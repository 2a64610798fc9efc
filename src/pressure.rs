//! Pressure: what a text does to make its reader act.
//!
//! Attackers vary their wording from mail to mail, so a phrase is a pattern:
//! groups of words that all stand close together, in any order. "Konto" and
//! "gesperrt" within a few words is a threat, whatever stands between.
//! Pressure never warns alone; it raises what other checks found.

mod pattern;

use std::sync::LazyLock;

use pattern::Patterns;

use crate::compressed::{self, include_table};

/// The phrases, one file a language, each ended by a form feed. All are
/// searched at once: a mail may mix languages, and guessing its language
/// would be one more thing to fool.
static PHRASES: &[u8] = include_table!("pressure");

/// Every kind of pressure.
pub const KINDS: &[&str] = &[
    "urgency",
    "suspension",
    "payment",
    "password",
    "api-key",
    "one-time-code",
    "seed-phrase",
    "card",
    "gift-card",
    "call-back",
    "bank-change",
    "reward",
    "remote-access",
    "crypto-transfer",
    "delivery",
];

static PATTERNS: LazyLock<Patterns> = LazyLock::new(|| {
    let mut patterns = Patterns::default();
    for language in compressed::text(PHRASES).split_terminator('\u{c}') {
        patterns.add(language);
    }
    patterns
});

/// One way in which a text presses.
#[derive(Clone, Debug, PartialEq)]
pub struct Pressure {
    /// One of [`KINDS`].
    pub kind: &'static str,
    /// The words, as they stand in the folded text.
    pub phrase: String,
}

/// Finds pressure in a text folded by [`crate::fold::text`]; each kind once,
/// in the order of the text.
#[must_use]
pub fn find(folded: &str) -> Vec<Pressure> {
    PATTERNS.find(folded)
}

#[cfg(test)]
mod tests;
