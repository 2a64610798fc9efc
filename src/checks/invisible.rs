//! Invisible and reordering characters in the sender's name.
//!
//! The attack: `V\u{200d}enmo`, so that filters do not see the name, or a
//! right-to-left override that turns a name around.

use crate::case::Case;
use crate::fold;
use crate::verdict::{Code, Finding, Level, Place};

/// Joiners inside emoji and letters of scripts that need them are honest.
pub(super) fn check(case: &Case) -> Vec<Finding> {
    let Some(mailbox) = case.message.from.first() else { return Vec::new() };
    let name = mailbox.name.trim();
    let (turned, hidden) = (is_turned(name), hides_between_letters(name));
    if !turned && !hidden {
        return Vec::new();
    }
    let claimed = case.claims.iter().any(|c| c.disguised);
    let level = if turned || claimed { Level::Caution } else { Level::Note };
    let class = if turned { "reordering" } else { "invisible" };
    vec![
        Finding::new(Code::InvisibleCharacters, level, Place::DisplayName)
            .with("text", name)
            .with("class", class),
    ]
}

fn is_turned(name: &str) -> bool {
    name.contains(['\u{202d}', '\u{202e}'])
}

/// Whether something invisible stands between two Latin, Greek or Cyrillic
/// letters or digits.
fn hides_between_letters(name: &str) -> bool {
    let mut before = false;
    let mut hidden = false;
    for c in name.chars() {
        if fold::is_invisible(c) {
            hidden = before;
            continue;
        }
        let letter = c.is_alphanumeric() && c < '\u{530}';
        if letter && hidden {
            return true;
        }
        (before, hidden) = (letter, false);
    }
    false
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_hides_between_letters_counts() {
        assert!(hides_between_letters("V\u{200d}enmo"));
        assert!(hides_between_letters("Co\u{e0139}inbase"));
        assert!(!hides_between_letters("Family 👨\u{200d}👩\u{200d}👧"));
        assert!(!hides_between_letters("\u{200f}Ana"));
        assert!(!hides_between_letters("می\u{200c}خواهم"));
    }
}
