//! Lets through the words that may stand in a list, so that most words of a
//! text cost no look-up.

/// Bits, by the first eight bytes of a word.
const BITS: usize = 1 << 17;

/// What is left of a word's first bytes for the sieve: eight of them, fewer
/// where the word is shorter.
#[derive(Clone, Copy, Debug, Eq, Hash, PartialEq)]
pub(crate) struct Start(u64);

const SPACES: u64 = u64::from_ne_bytes([b' '; 8]);
const LOW: u64 = u64::from_ne_bytes([1; 8]);
const HIGH: u64 = LOW << 7;

impl Start {
    /// The start of a word.
    pub(crate) fn of(word: &str) -> Self {
        Self::read(word.as_bytes()).0
    }

    /// The start of the word at the beginning of a text, which ends at a
    /// space, and how many of its bytes were looked at; none where a
    /// character outside ASCII may stand among them.
    #[inline]
    pub(crate) fn of_ascii(text: &[u8]) -> Option<(Self, usize)> {
        let (Self(start), length) = Self::read(text);
        (start & HIGH == 0).then_some((Self(start), length))
    }

    /// The start of the word that a folded text begins with, and its length.
    #[inline]
    pub(crate) fn of_folded(text: &str) -> (Self, usize) {
        let bytes = text.as_bytes();
        let start = Self::of_ascii(bytes);
        if let Some((start, length @ ..8)) = start {
            return (start, length);
        }
        let length = memchr::memchr(b' ', bytes).unwrap_or(bytes.len());
        let start = start.map(|(start, _)| start);
        (start.unwrap_or_else(|| Self::of(&text[..length])), length)
    }

    /// The first eight bytes of a text, whatever words they are.
    #[inline]
    pub(crate) fn of_words(text: &[u8]) -> Option<Self> {
        text.first_chunk().map(|bytes| Self(u64::from_le_bytes(*bytes)))
    }

    /// What is left of it where only so many bytes count, fewer than eight.
    #[inline]
    pub(crate) fn first(self, bytes: usize) -> Self {
        Self(self.0 & ((1 << (8 * bytes)) - 1))
    }

    #[inline]
    fn read(text: &[u8]) -> (Self, usize) {
        let bytes = if let Some(bytes) = text.first_chunk() {
            u64::from_le_bytes(*bytes)
        } else {
            let mut bytes = [b' '; 8];
            bytes[..text.len()].copy_from_slice(text);
            u64::from_le_bytes(bytes)
        };
        // The highest bit of a byte is set where a space stands, and perhaps
        // where something follows one.
        let spaces = bytes ^ SPACES;
        let spaces = spaces.wrapping_sub(LOW) & !spaces & HIGH;
        let length = spaces.trailing_zeros() / 8;
        let mask = 1_u64.checked_shl(8 * length).map_or(u64::MAX, |b| b - 1);
        (Self(bytes & mask), length as usize)
    }
}

/// The words of a folded text, each with its start.
pub(crate) fn words(text: &str) -> impl Iterator<Item = (Start, &str)> {
    let mut next = Some(text);
    std::iter::from_fn(move || {
        let rest = next?;
        let (start, length) = Start::of_folded(rest);
        next = rest.get(length + 1..);
        Some((start, &rest[..length]))
    })
}

/// The words that were added, and some others.
#[derive(Clone, Debug)]
pub(crate) struct Sieve(Box<[u64; BITS / 64]>);

impl Default for Sieve {
    fn default() -> Self {
        Self(Box::new([0; BITS / 64]))
    }
}

impl Sieve {
    /// Adds a word.
    pub(crate) fn add(&mut self, start: Start) {
        let (place, bit) = place(start);
        self.0[place] |= bit;
    }

    /// Whether a word may be one of those that were added; never false for
    /// one that was.
    #[inline]
    pub(crate) fn lets_through(&self, start: Start) -> bool {
        let (place, bit) = place(start);
        self.0[place] & bit != 0
    }
}

#[inline]
fn place(start: Start) -> (usize, u64) {
    let mixed = start.0.wrapping_mul(0x9e37_79b9_7f4a_7c15);
    let bit = usize::try_from(mixed >> 47).unwrap_or(0);
    (bit / 64, 1 << (bit % 64))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_added_comes_through_and_most_others_do_not() {
        let mut sieve = Sieve::default();
        let words = ["", "a", "ing", "acme", "acmepay", "rhubarbs", "支付宝"];
        for word in words {
            sieve.add(Start::of(word));
        }
        assert!(words.iter().all(|word| sieve.lets_through(Start::of(word))));
        let others = (0..1000).map(|n| Start::of(&n.to_string()));
        assert!(
            others.filter(|other| sieve.lets_through(*other)).count() < 10
        );
    }

    #[test]
    fn a_word_in_a_text_starts_as_it_does_alone() {
        for (text, word, length) in [
            ("acme pay now", "acme", 4),
            ("acme", "acme", 4),
            ("rhubarbs and quinces", "rhubarbs", 8),
            ("rhubarb! and quinces", "rhubarb!", 8),
            (" acme", "", 0),
            ("", "", 0),
        ] {
            let found = Start::of_ascii(text.as_bytes());
            assert_eq!(found, Some((Start::of(word), length)), "{text}");
        }
        assert_eq!(Start::of("rhubarb").first(3), Start::of("rhu"));
        assert_eq!(Start::of("rh").first(3), Start::of("rh"));
        let long = Start::of_ascii(b"rhubarbs0and more");
        assert_eq!(long, Some((Start::of("rhubarbs1"), 8)));
        assert_eq!(Start::of_ascii("pаypal".as_bytes()), None); // Cyrillic а
    }
}
