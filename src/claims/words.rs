//! Words that tell a claim from a mention, in the languages of the mails.

use std::sync::LazyLock;

use rustc_hash::FxHashSet;

use crate::sieve::{self, Sieve, Start};

/// Folded words that are looked up one by one.
pub(super) type Words = LazyLock<FxHashSet<&'static str>>;

/// Folded words that whole texts are searched for.
#[derive(Default)]
pub(super) struct Sought {
    words: FxHashSet<&'static str>,
    starts: Sieve,
}

impl Sought {
    pub(super) fn of(words: impl Iterator<Item = &'static str>) -> Self {
        let mut sought = Self::default();
        for word in words {
            sought.starts.add(Start::of(word));
            sought.words.insert(word);
        }
        sought
    }

    /// Whether a word is one of them.
    pub(super) fn contains(&self, word: &str) -> bool {
        self.words.contains(word)
    }

    /// Whether one of them stands in a folded text.
    pub(super) fn stand_in(&self, folded: &str) -> bool {
        sieve::words(folded).any(|(start, word)| {
            self.starts.lets_through(start) && self.contains(word)
        })
    }
}

/// Words that stand around a vendor's name in a sender's name without making
/// it another name.
pub(super) static ROLES: Words =
    LazyLock::new(|| words(include_str!("roles.txt")));

/// Words that make an ambiguous name mean a vendor: money, accounts, keys.
pub(super) static ANCHORS: LazyLock<Sought> = LazyLock::new(|| {
    Sought::of(include_str!("anchors.txt").split_whitespace())
});

/// Words around a name in a subject that speak to a customer.
pub(super) static ADDRESSING: Words =
    LazyLock::new(|| words(include_str!("addressing.txt")));

fn words(text: &'static str) -> FxHashSet<&'static str> {
    text.split_whitespace().collect()
}
