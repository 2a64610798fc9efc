//! Words that tell a claim from a mention, in the languages of the mails.

use std::sync::LazyLock;

use rustc_hash::FxHashSet;

/// Folded words that are looked up one by one.
pub(super) type Words = LazyLock<FxHashSet<&'static str>>;

/// Words that stand around a vendor's name in a sender's name without making
/// it another name.
pub(super) static ROLES: Words =
    LazyLock::new(|| words(include_str!("roles.txt")));

/// Words that make an ambiguous name mean a vendor: money, accounts, keys.
pub(super) static ANCHORS: Words =
    LazyLock::new(|| words(include_str!("anchors.txt")));

/// Words around a name in a subject that speak to a customer.
pub(super) static ADDRESSING: Words =
    LazyLock::new(|| words(include_str!("addressing.txt")));

fn words(text: &'static str) -> FxHashSet<&'static str> {
    text.split_whitespace().collect()
}
