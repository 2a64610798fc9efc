//! A compact index from hashes to small numbers: a filter of bits that
//! answers nearly every miss, and rows in buckets for the rest.
//!
//! Rows are verified by the caller: two texts may share a hash. Filter and
//! buckets grow with the rows, so that a look costs the same however many
//! there are. Rows are put into their buckets by counting, which costs a
//! third of sorting them.

const BITS_A_ROW: usize = 16;

/// Rows of hash and number.
#[derive(Clone, Debug, Default)]
pub(super) struct Hashes {
    filter: Vec<u64>,
    /// Where each bucket's rows begin, and the end of the last.
    buckets: Vec<u32>,
    rows: Vec<(u32, u32)>,
}

impl Hashes {
    /// Builds the index; rows of one hash keep their order.
    pub(super) fn new(unsorted: &[(u32, u32)]) -> Self {
        let words = (unsorted.len() * BITS_A_ROW / 64).next_power_of_two();
        let mut filter = vec![0; words];
        // A bucket for every word of the filter: four rows each.
        let mut buckets = vec![0_u32; words + 1];
        for (hash, _) in unsorted {
            let (word, bit) = place(*hash, words);
            filter[word] |= bit;
            buckets[word + 1] += 1;
        }
        for bucket in 1..buckets.len() {
            buckets[bucket] += buckets[bucket - 1];
        }
        let mut next = buckets.clone();
        let mut rows = vec![(0, 0); unsorted.len()];
        for row in unsorted {
            let (word, _) = place(row.0, words);
            rows[next[word] as usize] = *row;
            next[word] += 1;
        }
        Self { filter, buckets, rows }
    }

    /// The numbers stored under a hash.
    #[inline]
    pub(super) fn get(&self, hash: u32) -> impl Iterator<Item = u32> {
        let (word, bit) = place(hash, self.filter.len());
        let bucket = match self.filter.get(word) {
            Some(bits) if bits & bit != 0 => {
                let start = self.buckets[word] as usize;
                start..self.buckets[word + 1] as usize
            }
            _ => 0..0,
        };
        let rows = self.rows[bucket].iter();
        rows.filter(move |(h, _)| *h == hash).map(|(_, number)| *number)
    }
}

/// Which bit of the filter belongs to a hash.
#[inline]
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

/// The hash of up to eight bytes, in one multiplication.
#[inline]
pub(super) fn hash_start(bytes: &[u8]) -> u32 {
    let mut start = 0;
    for byte in bytes {
        start = start << 8 | u64::from(*byte);
    }
    spread(start)
}

/// Spreads what bits say over those that are kept.
#[inline]
pub(super) fn spread(bits: u64) -> u32 {
    let spread = bits.wrapping_mul(0x9e37_79b9_7f4a_7c15);
    let [.., a, b, c, d] = spread.to_le_bytes();
    u32::from_le_bytes([a, b, c, d])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rows_are_found_by_hash_and_nothing_else_is() {
        let key = |text: &str| hash(text.bytes());
        let index =
            Hashes::new(&[(key("a"), 1), (key("b"), 2), (key("a"), 3)]);
        assert_eq!(index.get(key("a")).collect::<Vec<_>>(), [1, 3]);
        assert_eq!(index.get(key("c")).count(), 0);
        assert_eq!(Hashes::default().get(key("a")).count(), 0);
        assert_eq!(Hashes::new(&[]).get(key("a")).count(), 0);
    }
}
