//! A vendor's whole domain inside somebody else's host:
//! `acmepay.example.evil.test`, `acmepay-example.test`,
//! `acme.pay.example`, `wwwacmepayexample.test`.

use super::hashes::{Hashes, Rolling, hash};
use super::reading::{self, Reading, Token};
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
                    parts.push((hash(parts_of(domain)), number));
                    flat.push((hash(flat_of(domain)), number));
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
                        parts_of(real)
                            .eq(parts_read(reading, &tokens[first..=i]))
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
                .find(|(_, real)| flat_of(real).eq(written()));
            if let Some((vendor, real)) = found {
                let (real, class) = (real.to_owned(), "dots-moved");
                return Some(Found { vendor, real, class, cut: false });
            }
        }
        let (vendor, real) = self
            .flat
            .get(glued.finish())
            .map(|number| self.domain(directory, number))
            .find(|(_, real)| flat_of(real).eq(letters.iter().copied()))?;
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
    if hyphens && suffix != "com" && !sought::is_name(name) {
        return false;
    }
    name.len() >= 4
        || name.len() >= 2
            && reading.inner_has(range, reading::sign::DOT)
            && domain.len() >= 6
}

/// What the parts of a domain read as, a dot between them.
fn parts_of(domain: &str) -> impl Iterator<Item = u8> {
    let parts = domain.split(['.', '-']).enumerate();
    parts.flat_map(|(i, part)| {
        let dot = (i > 0).then_some(b'.');
        dot.into_iter().chain(reading::letters(part))
    })
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

/// What a domain reads as without its dots and hyphens.
fn flat_of(domain: &str) -> impl Iterator<Item = u8> {
    let (name, suffix) = domain.split_once('.').unwrap_or((domain, ""));
    let suffix = suffix.bytes().filter(|b| *b != b'.');
    let name = name.bytes().filter(|b| *b != b'-');
    reading::letters_of(name).chain(suffix.map(reading::looks_like))
}
