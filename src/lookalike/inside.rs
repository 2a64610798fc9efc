//! A vendor's name inside a longer label: `acmepay-login`, `loginacmepay`,
//! `my.acmepay.example`.
//!
//! The index holds the first letters of every name, so that each place of a
//! host costs one look however many vendors there are.

use super::hashes::{Hashes, hash_start, spread};
use super::keys::{Key, Strength};
use super::reading::{Reading, Token};

const LONG: usize = 6;
const SHORT: usize = 4;

/// Names by their first letters.
#[derive(Clone, Debug)]
pub(super) struct Inside {
    long: Hashes,
    short: Hashes,
    /// The first letters of all, so that most places of a host need no look.
    starts: Box<[u64; STARTS / 64]>,
    /// The last letters of all.
    ends: Box<[u64; STARTS / 64]>,
}

/// Bits of what names start with.
const STARTS: usize = 1 << 16;

impl Inside {
    pub(super) fn new(keys: &[Key]) -> Self {
        let mut starts = Box::new([0; STARTS / 64]);
        let mut ends = Box::new([0; STARTS / 64]);
        let (mut long, mut short) = (Vec::new(), Vec::new());
        // Words and further names say nothing inside others.
        let keys = (0..).zip(keys);
        for (number, key) in
            keys.filter(|(_, k)| k.strength > Strength::Further)
        {
            let Some(first) = key.letters.get(..SHORT) else { continue };
            let (word, bit) = place(hash_start(first));
            starts[word] |= bit;
            let last = &key.letters[key.letters.len() - SHORT..];
            let (word, bit) = place(hash_start(last));
            ends[word] |= bit;
            match key.letters.get(..LONG) {
                Some(start) => long.push((hash_start(start), number)),
                None => short.push((hash_start(first), number)),
            }
        }
        let (long, short) = (Hashes::new(&long), Hashes::new(&short));
        Self { long, short, starts, ends }
    }

    /// Whether a name may end or begin between two letters that were read
    /// as one: only then is it worth the cost to read them apart.
    pub(super) fn may_meet_a_seam(&self, reading: &Reading) -> bool {
        let letters = reading.letters();
        let holds = |bits: &[u64], hash| {
            let (word, bit) = place(hash);
            bits[word] & bit != 0
        };
        reading.seams().any(|(at, [first, second])| {
            let before = match letters[..at] {
                [.., a, b, c] => Some([a, b, c, first]),
                _ => None,
            };
            let after = match letters[at + 1..] {
                [a, b, c, ..] => Some([second, a, b, c]),
                _ => None,
            };
            before.is_some_and(|four| holds(&*self.ends, hash_start(&four)))
                || after.is_some_and(|four| {
                    holds(&*self.starts, hash_start(&four))
                })
        })
    }

    /// Calls `each` with every name that stands in the host, and where.
    pub(super) fn each(
        &self,
        keys: &[Key],
        reading: &Reading,
        mut each: impl FnMut(usize, Token),
    ) {
        let letters = reading.letters();
        let mut look = |hashes: &Hashes, hash: u32, start: usize| {
            for number in hashes.get(hash) {
                let number = number as usize;
                let name = &keys[number].letters;
                if letters[start..].starts_with(name) {
                    let end = start + name.len();
                    each(number, Token { start, end });
                }
            }
        };
        // The last eight letters, the last of them in the lowest byte.
        let mut window = 0_u64;
        // Whether a name may start where the last short ones do, the last of
        // them in the lowest bit.
        let mut starts = 0_u32;
        for (letter, end) in letters.iter().zip(1..) {
            window = window << 8 | u64::from(*letter);
            starts <<= 1;
            if end >= SHORT {
                let short = spread(window & last_bytes(SHORT));
                let (word, bit) = place(short);
                if self.starts[word] & bit != 0 {
                    starts |= 1;
                    look(&self.short, short, end - SHORT);
                }
            }
            if end >= LONG && starts & 1 << (LONG - SHORT) != 0 {
                let long = window & last_bytes(LONG);
                look(&self.long, spread(long), end - LONG);
            }
        }
    }
}

/// Which bit of the starts belongs to a hash.
#[inline]
fn place(hash: u32) -> (usize, u64) {
    let bit = hash as usize % STARTS;
    (bit / 64, 1 << (bit % 64))
}

/// A mask of so many bytes.
const fn last_bytes(count: usize) -> u64 {
    (1 << (8 * count)) - 1
}
