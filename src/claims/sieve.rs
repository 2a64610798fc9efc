//! Lets through the words that may stand in a list, so that most words of a
//! text cost no look-up.

/// Bits, by a word's first letters and its length.
const BITS: usize = 1 << 15;

/// The words that were added, and some others.
#[derive(Clone, Debug)]
pub(crate) struct Sieve(Box<[u64]>);

impl Default for Sieve {
    fn default() -> Self {
        Self(vec![0; BITS / 64].into())
    }
}

impl Sieve {
    /// Adds a word.
    pub(crate) fn add(&mut self, word: &str) {
        let (place, bit) = place(word);
        self.0[place] |= bit;
    }

    /// Whether a word may be one of those that were added; never false for
    /// one that was.
    #[inline]
    pub(crate) fn lets_through(&self, word: &str) -> bool {
        let (place, bit) = place(word);
        self.0[place] & bit != 0
    }
}

/// Where the bit of a word is: by its first four bytes, its last, and how
/// many it has.
#[inline]
fn place(word: &str) -> (usize, u64) {
    let bytes = word.as_bytes();
    let mut start = 0;
    for byte in &bytes[..bytes.len().min(4)] {
        start = start << 8 | u64::from(*byte);
    }
    let last = bytes.last().map_or(0, |byte| u64::from(*byte));
    let length = bytes.len() as u64 & 0xff;
    let mixed =
        (start << 16 | last << 8 | length).wrapping_mul(0x9e37_79b9_7f4a_7c15);
    let bit = usize::try_from(mixed >> 49).unwrap_or(0);
    (bit / 64, 1 << (bit % 64))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_added_comes_through_and_most_others_do_not() {
        let mut sieve = Sieve::default();
        let words = ["", "a", "ing", "acme", "acmepay", "rhubarb", "支付宝"];
        for word in words {
            sieve.add(word);
        }
        assert!(words.iter().all(|word| sieve.lets_through(word)));
        let others = (0..1000).filter(|n| sieve.lets_through(&n.to_string()));
        assert!(others.count() < 10);
    }
}
