//! A compact index from hashes to small numbers: a filter of bits that
//! answers nearly every miss, and sorted rows for the rest.
//!
//! Rows are verified by the caller: two texts may share a hash. The filter
//! grows with the rows, so that a miss costs the same however many there
//! are.

const BITS_A_ROW: usize = 16;

/// Rows of hash and number.
#[derive(Clone, Debug, Default)]
pub(super) struct Hashes {
    filter: Vec<u64>,
    rows: Vec<(u32, u32)>,
}

impl Hashes {
    /// Builds the index.
    pub(super) fn new(mut rows: Vec<(u32, u32)>) -> Self {
        rows.sort_unstable();
        rows.dedup();
        let words = (rows.len() * BITS_A_ROW / 64).next_power_of_two();
        let mut filter = vec![0; words];
        for (hash, _) in &rows {
            let (word, bit) = place(*hash, words);
            filter[word] |= bit;
        }
        Self { filter, rows }
    }

    /// The numbers stored under a hash.
    #[inline]
    pub(super) fn get(&self, hash: u32) -> impl Iterator<Item = u32> {
        let (word, bit) = place(hash, self.filter.len());
        let start = if self.filter.get(word).is_some_and(|w| w & bit != 0) {
            self.rows.partition_point(|(h, _)| *h < hash)
        } else {
            self.rows.len()
        };
        let same = self.rows[start..].iter();
        same.take_while(move |(h, _)| *h == hash).map(|(_, number)| *number)
    }
}

/// Which bit of the filter belongs to a hash.
fn place(hash: u32, words: usize) -> (usize, u64) {
    let bit = hash as usize & (words * 64).wrapping_sub(1);
    (bit / 64, 1 << (bit % 64))
}

/// A hash that is built byte by byte.
#[derive(Clone, Copy)]
pub(super) struct Rolling(u64);

impl Rolling {
    pub(super) fn new() -> Self {
        Self(0x9e37_79b9_7f4a_7c15)
    }

    #[inline]
    pub(super) fn push(&mut self, byte: u8) {
        self.0 = (self.0.rotate_left(5) ^ u64::from(byte))
            .wrapping_mul(0x517c_c1b7_2722_0a95);
    }

    #[inline]
    pub(super) fn finish(self) -> u32 {
        let [a, b, c, d, ..] = (self.0 ^ (self.0 >> 32)).to_le_bytes();
        u32::from_le_bytes([a, b, c, d])
    }
}

/// The hash of some bytes.
#[inline]
pub(super) fn hash(bytes: impl IntoIterator<Item = u8>) -> u32 {
    let mut rolling = Rolling::new();
    for byte in bytes {
        rolling.push(byte);
    }
    rolling.finish()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rows_are_found_by_hash_and_nothing_else_is() {
        let key = |text: &str| hash(text.bytes());
        let index =
            Hashes::new(vec![(key("a"), 1), (key("b"), 2), (key("a"), 3)]);
        assert_eq!(index.get(key("a")).collect::<Vec<_>>(), [1, 3]);
        assert_eq!(index.get(key("c")).count(), 0);
        assert_eq!(Hashes::default().get(key("a")).count(), 0);
        assert_eq!(Hashes::new(Vec::new()).get(key("a")).count(), 0);
    }
}
