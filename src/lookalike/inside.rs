//! A vendor's name inside a longer label: `acmepay-login`, `loginacmepay`,
//! `my.acmepay.example`.
//!
//! The index holds the first letters of every name, so that each place of a
//! host costs one look however many vendors there are.

use super::hashes::{Hashes, Rolling, hash};
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
            let rows = fitting.map(|(number, key)| {
                (hash(key.letters[..first].iter().copied()), number)
            });
            Hashes::new(rows.collect())
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
            let mut rolling = Rolling::new();
            for letter in &rest[..SHORT] {
                rolling.push(*letter);
            }
            look(&self.short, rolling.finish());
            if rest.len() >= LONG {
                for letter in &rest[SHORT..LONG] {
                    rolling.push(*letter);
                }
                look(&self.long, rolling.finish());
            }
        }
    }
}
