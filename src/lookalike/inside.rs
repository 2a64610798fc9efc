//! A vendor's name inside a longer label: `acmepay-login`, `loginacmepay`,
//! `my.acmepay.example`.
//!
//! The index holds the first letters of every name, so that each place of a
//! host costs one look however many vendors there are.

use super::hashes::{Hashes, hash_start, spread};
use super::keys::Key;
use super::reading::{Reading, Token};

const LONG: usize = 6;
const SHORT: usize = 4;

/// Names by their first letters.
#[derive(Clone, Debug)]
pub(super) struct Inside {
    long: Hashes,
    short: Hashes,
}

impl Inside {
    pub(super) fn new(keys: &[Key]) -> Self {
        let rows = |lengths: std::ops::Range<usize>, first: usize| {
            let fitting = (0..)
                .zip(keys)
                .filter(|(_, key)| lengths.contains(&key.letters.len()));
            let rows: Vec<(u32, u32)> = fitting
                .map(|(number, key)| {
                    (hash_start(&key.letters[..first]), number)
                })
                .collect();
            Hashes::new(&rows)
        };
        Self { long: rows(LONG..64, LONG), short: rows(SHORT..LONG, SHORT) }
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
        for (letter, end) in letters.iter().zip(1..) {
            window = window << 8 | u64::from(*letter);
            if end >= SHORT {
                let short = window & last_bytes(SHORT);
                look(&self.short, spread(short), end - SHORT);
            }
            if end >= LONG {
                let long = window & last_bytes(LONG);
                look(&self.long, spread(long), end - LONG);
            }
        }
    }
}

/// A mask of so many bytes.
const fn last_bytes(count: usize) -> u64 {
    (1 << (8 * count)) - 1
}
