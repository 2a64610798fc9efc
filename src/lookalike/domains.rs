//! A vendor's whole domain inside somebody else's host:
//! `acmepay.example.evil.test`, `acmepay-example.test`,
//! `acme.pay.example`, `wwwacmepayexample.test`.

use super::hashes::{Hashes, Rolling, hash};
use super::reading::{self, Joiner, Reading, Token};
use super::sought;
use crate::directory::{Directory, VendorId};
use crate::host::Host;

/// No vendor's domain has more parts.
const MOST_PARTS: usize = 5;
const SHORTEST: usize = 6;

/// The vendors' domains, by the letters they read as.
#[derive(Clone, Debug)]
pub(super) struct Domains {
    /// By parts, whatever stands between them.
    parts: Hashes,
    /// Run together.
    flat: Hashes,
    /// Whose the domains are, and which of the vendor's.
    places: Vec<(VendorId, u32)>,
}

/// A vendor's domain that was found.
pub(super) struct Found {
    pub(super) vendor: VendorId,
    pub(super) real: String,
    pub(super) class: &'static str,
    /// Whether dots or hyphens stand where the domain's dots are.
    pub(super) cut: bool,
}

impl Domains {
    pub(super) fn new(directory: &Directory) -> Self {
        let (mut parts, mut flat) = (Vec::new(), Vec::new());
        let mut places = Vec::new();
        for (vendor, table) in directory.vendors() {
            for (place, domain) in (0..).zip(&table.domains) {
                if domain.len() > SHORTEST {
                    let number =
                        u32::try_from(places.len()).unwrap_or(u32::MAX);
                    let read = Letters::of(domain);
                    parts.push((hash_of(read.parts()), number));
                    flat.push((hash_of(read.flat()), number));
                    places.push((vendor, place));
                }
            }
        }
        let (parts, flat) = (Hashes::new(&parts), Hashes::new(&flat));
        Self { parts, flat, places }
    }

    /// The vendor's domain that a host holds as parts of its own, or that
    /// it is but for dots and hyphens.
    pub(super) fn find(
        &self,
        directory: &Directory,
        reading: &Reading,
        host: &Host,
    ) -> Option<Found> {
        self.by_parts(directory, reading)
            .or_else(|| self.run_together(directory, reading, host))
    }

    fn by_parts(
        &self,
        directory: &Directory,
        reading: &Reading,
    ) -> Option<Found> {
        let tokens = reading.tokens();
        for first in 0..tokens.len().saturating_sub(1) {
            let mut rolling = Rolling::new();
            let last = tokens.len().min(first + MOST_PARTS);
            for (i, token) in (first..).zip(&tokens[first..last]) {
                if i > first {
                    rolling.push(b'.');
                }
                let letters = &reading.letters()[token.start..token.end];
                for letter in letters {
                    rolling.push(*letter);
                }
                if i == first {
                    continue;
                }
                let range =
                    Token { start: tokens[first].start, end: token.end };
                let found = self.parts.get(rolling.finish());
                let found = found
                    .map(|number| self.domain(directory, number))
                    .find(|(_, real)| {
                        let written = parts_read(reading, &tokens[first..=i]);
                        written.eq(Letters::of(real).parts().iter().copied())
                    });
                if let Some((vendor, real)) = found
                    && is_telling(reading, range, real)
                {
                    let (real, class) = (real.to_owned(), "embedded-domain");
                    return Some(Found { vendor, real, class, cut: true });
                }
            }
        }
        None
    }

    fn run_together(
        &self,
        directory: &Directory,
        reading: &Reading,
        host: &Host,
    ) -> Option<Found> {
        let start = if reading.letters().starts_with(b"www") { 3 } else { 0 };
        let letters = &reading.letters()[start..];
        let suffix = || {
            let bytes = host.suffix().bytes().filter(|b| *b != b'.');
            bytes.map(reading::looks_like)
        };
        let mut moved = Rolling::new();
        for letter in letters {
            moved.push(*letter);
        }
        let glued = moved;
        suffix().for_each(|l| moved.push(l));
        let dots = letters.len() > reading.name_letters().len()
            && reading.name > start;
        if dots {
            let written = || letters.iter().copied().chain(suffix());
            let found = self
                .flat
                .get(moved.finish())
                .map(|number| self.domain(directory, number))
                .find(|(_, real)| {
                    written().eq(Letters::of(real).flat().iter().copied())
                });
            if let Some((vendor, real)) = found {
                let (real, class) = (real.to_owned(), "dots-moved");
                return Some(Found { vendor, real, class, cut: false });
            }
        }
        let (vendor, real) = self
            .flat
            .get(glued.finish())
            .map(|number| self.domain(directory, number))
            .find(|(_, real)| Letters::of(real).flat() == letters)?;
        // `youtube` is not `youtu.be` with its dot left out.
        let cut = start > 0 && real.rsplit('.').next()?.len() > 2;
        let (real, class) = (real.to_owned(), "missing-dot");
        Some(Found { vendor, real, class, cut })
    }

    fn domain<'d>(
        &self,
        directory: &'d Directory,
        number: u32,
    ) -> (VendorId, &'d str) {
        let (vendor, place) = self.places[number as usize];
        (vendor, &directory.vendor(vendor).domains[place as usize])
    }
}

/// Whether a vendor's domain stands there to be read as one: a short one
/// (`t.co`) only with its own dots.
fn is_telling(reading: &Reading, range: Token, domain: &str) -> bool {
    let (name, suffix) = domain.split_once('.').unwrap_or_default();
    let hyphens = reading.inner_has(range, reading::sign::HYPHEN);
    let whole = suffix == "com" || suffix.contains('.');
    if hyphens && !whole && !sought::is_name(name) {
        return false;
    }
    name.len() >= 4
        || name.len() >= 2
            && reading.inner_has(range, reading::sign::DOT)
            && domain.len() >= 6
}

/// What some parts of a host read as, a dot between them.
fn parts_read(
    reading: &Reading,
    tokens: &[Token],
) -> impl Iterator<Item = u8> {
    tokens.iter().enumerate().flat_map(|(i, token)| {
        let dot = (i > 0).then_some(b'.');
        let letters = &reading.letters()[token.start..token.end];
        dot.into_iter().chain(letters.iter().copied())
    })
}

fn hash_of(letters: &[u8]) -> u32 {
    hash(letters.iter().copied())
}

/// No host name is longer (RFC 1035).
const MAX: usize = 256;

/// What a domain reads as.
struct Letters {
    parts: [u8; MAX],
    parts_length: usize,
    flat: [u8; MAX],
    flat_length: usize,
}

impl Letters {
    fn of(domain: &str) -> Self {
        let mut read = Self {
            parts: [0; MAX],
            parts_length: 0,
            flat: [0; MAX],
            flat_length: 0,
        };
        let (mut in_part, mut in_name) =
            (Joiner::default(), Joiner::default());
        let mut suffix = false;
        for byte in domain.bytes().take(MAX - 2) {
            match byte {
                b'.' | b'-' => {
                    read.push_part(in_part.finish());
                    read.push_part(Some(b'.'));
                }
                byte => read.push_part(in_part.push(byte)),
            }
            match byte {
                b'.' if !suffix => {
                    read.push_flat(in_name.finish());
                    suffix = true;
                }
                b'.' | b'-' => {}
                byte if suffix => {
                    read.push_flat(Some(reading::looks_like(byte)));
                }
                byte => read.push_flat(in_name.push(byte)),
            }
        }
        read.push_part(in_part.finish());
        read.push_flat(in_name.finish());
        read
    }

    fn push_part(&mut self, letter: Option<u8>) {
        if let Some(letter) = letter {
            self.parts[self.parts_length] = letter;
            self.parts_length += 1;
        }
    }

    fn push_flat(&mut self, letter: Option<u8>) {
        if let Some(letter) = letter {
            self.flat[self.flat_length] = letter;
            self.flat_length += 1;
        }
    }

    /// Part by part, a dot between them.
    fn parts(&self) -> &[u8] {
        &self.parts[..self.parts_length]
    }

    /// Without dots and hyphens.
    fn flat(&self) -> &[u8] {
        &self.flat[..self.flat_length]
    }
}
