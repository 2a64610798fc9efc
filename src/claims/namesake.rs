//! Namesakes: senders that are called what a vendor is called too.
//!
//! Names of a few letters, and names that are words, belong to many: a
//! library, a newspaper and a bank share the same three letters, each under
//! its country's suffix; a travel agency is called “Discover the World”.

use super::names::{Hit, Index, Meaning};
use super::{Claim, is_impersonal};
use crate::host::Host;
use crate::lookalike::{self, Lookalike};
use crate::verdict::Level;

/// A distinct name of so many letters is an abbreviation that others have.
const SHORT: usize = 4;

/// A sender that may bear a vendor's name by its own right.
pub(super) struct Namesake<'a> {
    /// The sender's host.
    pub(super) host: &'a Host,
    /// Whose host it is like.
    pub(super) lookalike: Option<&'a Lookalike>,
    /// The sender's name, folded.
    pub(super) name: &'a str,
}

impl Namesake<'_> {
    /// Drops the claims that only repeat the sender's own name.
    pub(super) fn excuse(&self, names: &Index, claims: &mut Vec<Claim>) {
        if claims.is_empty()
            || self.lookalike.is_some_and(|l| l.level > Level::Note)
        {
            return;
        }
        let label = self.host.label().replace('-', " ");
        for hit in names.find(&label) {
            if is_shared(&label, &hit) && self.bears(&label, &hit) {
                claims.retain(|claim| {
                    claim.vendor != hit.vendor || claim.disguised
                });
            }
        }
    }

    /// Whether the sender bears a name that stands in its host's label. The
    /// name alone counts where everybody would look for a firm of that name:
    /// there, others had it long before an attacker came. In a longer one,
    /// the sender must call itself that, and nothing speak of the vendor.
    fn bears(&self, label: &str, hit: &Hit) -> bool {
        if hit.end - hit.start == label.len() {
            return !lookalike::has_odd_suffix(self.host);
        }
        self.lookalike.is_none() && self.is_spelt(label, hit)
    }

    /// Whether the sender's name, without what only says an office, is its
    /// host's label or short for it ("Frost" at `frost-heating.example`), in
    /// which more stands than a vendor's name and offices.
    fn is_spelt(&self, label: &str, hit: &Hit) -> bool {
        let rest = format!("{} {}", &label[..hit.start], &label[hit.end..]);
        let own = [joined(label), joined(&label[hit.start..hit.end])];
        let words: Vec<&str> = self.name.split_whitespace().collect();
        !is_impersonal(&rest)
            && (1..=words.len()).any(|n| {
                own.contains(&joined(&words[..n].join(" ")))
                    && is_impersonal(&words[n..].join(" "))
            })
    }
}

/// Whether others may well bear a vendor's name.
fn is_shared(text: &str, hit: &Hit) -> bool {
    hit.meaning == Meaning::Word
        || joined(&text[hit.start..hit.end]).len() <= SHORT
}

fn joined(text: &str) -> String {
    text.replace(' ', "")
}
