//! A vendor's name inside a longer label: `acmepay-login`, `loginacmepay`,
//! `my.acmepay.example`.
//!
//! The index holds the first letters of every name, so that each place of a
//! host costs one look however many vendors there are.

use super::hashes::{Hashes, hash_start};
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
        for start in 0..letters.len().saturating_sub(SHORT - 1) {
            let rest = &letters[start..];
            let mut look = |hashes: &Hashes, hash: u32| {
                for number in hashes.get(hash) {
                    let number = number as usize;
                    let name = &keys[number].letters;
                    if rest.starts_with(name) {
                        let end = start + name.len();
                        each(number, Token { start, end });
                    }
                }
            };
            look(&self.short, hash_start(&rest[..SHORT]));
            if rest.len() >= LONG {
                look(&self.long, hash_start(&rest[..LONG]));
            }
        }
    }
}
