//! Names written as they sound: `koinbase`, `peypal`, `docusine`, and with
//! numbers for words: `capital1`, `pay1er`.
//!
//! The index holds every sought name as it sounds. A label that sounds the
//! same finds it with one look, however many names there are. The rules are
//! those of English, which attackers write their hosts for, and coarse: what
//! sounds the same in most mouths is the same.

use super::hashes::{Hashes, hash};
use super::keys::{Key, Strength};
use super::sought;

/// Shorter names sound like too many words.
const SHORTEST: usize = 6;
/// Longer names have too many sounds to be mistaken for another's.
const LONGEST: usize = 14;

/// Names by how they sound.
#[derive(Clone, Debug)]
pub(super) struct Sounds {
    names: Hashes,
    /// What they begin with: for each first letter a bit for each second.
    begin: [u32; 32],
}

impl Sounds {
    pub(super) fn new(keys: &[Key]) -> Self {
        let mut rows = Vec::new();
        let mut begin = [0; 32];
        for (number, key) in (0..).zip(keys) {
            if is_looked_for(key)
                && let Some(sound) = Sound::of(&key.name, |_, _| true)
            {
                rows.push((hash(sound.letters().iter().copied()), number));
                let [first, second] = [0, 1].map(|at| sound.letters[at] & 31);
                begin[usize::from(first)] |= 1 << second;
            }
        }
        Self { names: Hashes::new(&rows), begin }
    }

    /// The number of the name that a label sounds like.
    pub(super) fn find(&self, keys: &[Key], label: &str) -> Option<usize> {
        let begins = |first: u8, second: u8| {
            self.begin[usize::from(first & 31)] & 1 << (second & 31) != 0
        };
        let sound = Sound::of(label, begins)?;
        let found = self.names.get(hash(sound.letters().iter().copied()));
        found.map(|number| number as usize).find(|number| {
            Sound::of(&keys[*number].name, |_, _| true)
                .is_some_and(|name| name.letters() == sound.letters())
        })
    }
}

fn is_looked_for(key: &Key) -> bool {
    let sought = match key.strength {
        Strength::Sought => !sought::begins_or_ends(&key.name),
        Strength::SoughtWord => key.name.len() >= SHORTEST + 2,
        _ => false,
    };
    sought && key.name.len() >= SHORTEST
}

/// How a name sounds.
struct Sound {
    letters: [u8; 2 * LONGEST],
    length: usize,
}

impl Sound {
    /// The sound of ASCII letters and digits; none of a label that is too
    /// short or too long, or made of parts, or whose first two sounds do not
    /// fit.
    fn of(name: &str, fits: impl Fn(u8, u8) -> bool) -> Option<Self> {
        let long = (SHORTEST - 1..=LONGEST).contains(&name.len());
        if !long || name.bytes().any(|b| b == b'-') {
            return None;
        }
        let mut sound = Self { letters: [0; 2 * LONGEST], length: 0 };
        let mut rest = name.as_bytes();
        let mut begun = false;
        while let [first, after @ ..] = rest {
            rest = if let Some((said, length)) = said(rest) {
                sound.say(said.as_bytes());
                &rest[length..]
            } else {
                sound.say(&[*first]);
                after
            };
            if !begun && sound.length > 1 {
                begun = true;
                if !fits(sound.letters[0], sound.letters[1]) {
                    return None;
                }
            }
        }
        // A last e is not said: `coinbase` ends as `coinbas` does.
        if sound.length > SHORTEST && sound.letters().ends_with(b"e") {
            sound.length -= 1;
        }
        Some(sound)
    }

    /// Adds what is said; the same twice is said once.
    fn say(&mut self, said: &[u8]) {
        for letter in said {
            let last = self.length.checked_sub(1);
            let again = last.is_some_and(|at| self.letters[at] == *letter);
            if !again && self.length < self.letters.len() {
                self.letters[self.length] = *letter;
                self.length += 1;
            }
        }
    }

    fn letters(&self) -> &[u8] {
        &self.letters[..self.length]
    }
}

/// What the first letters are said as, where that is not as they are
/// written, and how many letters that takes.
fn said(written: &[u8]) -> Option<(&'static str, usize)> {
    Some(match written {
        [b'1', ..] => ("wun", 1),
        [b'o', b'n', b'e', ..] => ("wun", 3),
        [b'2', ..] => ("tu", 1),
        [b't', b'w' | b'o', b'o', ..] => ("tu", 3),
        [b't', b'o', ..] => ("tu", 2),
        [b'4', ..] => ("for", 1),
        [b'f', b'o', b'u', b'r', ..] => ("for", 4),
        [b'8', ..] => ("at", 1),
        [b'a', b't', b'e', ..] => ("at", 3),
        [b's', b'c', b'h', ..] => ("sh", 3),
        [b't', b'c', b'h', ..] => ("ch", 3),
        [b'c', b'h', ..] => ("ch", 2),
        [b'c', b'q', b'u', ..] => ("kw", 3),
        [b'q', b'u', ..] => ("kw", 2),
        [b'c', b'k', ..] => ("k", 2),
        [b'c', b'e' | b'i' | b'y', ..] | [b'z', ..] => ("s", 1),
        [b'c' | b'q', ..] => ("k", 1),
        [b'g', b'h', ..] => ("g", 2),
        [b'g' | b'k', b'n', ..] => ("n", 2),
        [b'i', b'g', b'n', ..] | [b'i', b'n', b'e', ..] => ("in", 3),
        [b'p', b'h', ..] => ("f", 2),
        [b't', b'h', ..] => ("t", 2),
        [b'w', b'h', ..] => ("w", 2),
        [b'w', b'r', ..] => ("r", 2),
        [b'x', ..] => ("ks", 1),
        [b'a' | b'e', b'i' | b'y', ..] => ("e", 2),
        [b'e', b'a' | b'e', ..] | [b'i', b'e', ..] => ("i", 2),
        [b'o', b'y', ..] => ("oi", 2),
        [b'o', b'o' | b'u', ..] => ("u", 2),
        [b'y', ..] => ("i", 1),
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::directory::VendorId;

    fn said(name: &str) -> String {
        let sound = Sound::of(name, |_, _| true).unwrap();
        String::from_utf8(sound.letters().to_vec()).unwrap()
    }

    #[test]
    fn what_sounds_alike_is_said_alike() {
        for (one, other) in [
            ("coinbase", "koinbase"),
            ("coinbase", "coynbass"),
            ("paypal", "peypal"),
            ("docusign", "docusine"),
            ("docusign", "dokusign"),
            ("capitalone", "capital1"),
            ("payoneer", "pay1er"),
            ("anthropic", "antropick"),
            ("metamask", "mettamasc"),
        ] {
            assert_eq!(said(one), said(other), "{one} {other}");
        }
        for (one, other) in
            [("binance", "finance"), ("stripe", "strip"), ("klarna", "clara")]
        {
            assert_ne!(said(one), said(other), "{one} {other}");
        }
    }

    #[test]
    fn only_long_sought_names_are_looked_for() {
        let key = |name: &str, strength| Key {
            name: name.into(),
            letters: name.bytes().collect(),
            unjoined: None,
            vendor: VendorId::default(),
            strength,
            is_word: false,
            is_worldwide: false,
        };
        let keys = [
            key("acmepay", Strength::Sought),
            key("quince", Strength::Known),
            key("acme", Strength::Sought),
        ];
        let sounds = Sounds::new(&keys);
        assert_eq!(sounds.find(&keys, "ackmepey"), Some(0));
        assert_eq!(sounds.find(&keys, "quinse"), None);
        assert_eq!(sounds.find(&keys, "akme"), None);
    }
}
