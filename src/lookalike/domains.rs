//! A vendor's whole domain inside somebody else's host:
//! `acmepay.example.evil.test`, `acmepay-example.test`,
//! `acme.pay.example`, `wwwacmepayexample.test`.

use super::hashes::{Hashes, Rolling};
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
    vendors: Vec<VendorId>,
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
        let mut vendors = Vec::new();
        for (number, (id, vendor)) in (0..).zip(directory.vendors()) {
            vendors.push(id);
            for domain in &vendor.domains {
                if domain.len() > SHORTEST {
                    parts.push((parts_hash(domain), number));
                    flat.push((flat_hash(domain), number));
                }
            }
        }
        Self { parts: Hashes::new(parts), flat: Hashes::new(flat), vendors }
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
                let hash = rolling.finish();
                let known = |domain: &str| parts_hash(domain) == hash;
                let range =
                    Token { start: tokens[first].start, end: token.end };
                let found = self.parts.get(hash).find_map(|number| {
                    self.domain_of(directory, number, known)
                });
                if let Some((vendor, real)) = found
                    && is_telling(reading, range, &real)
                {
                    let class = "embedded-domain";
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
        let suffix = host.suffix().bytes().filter(|b| *b != b'.');
        let suffix = suffix.map(reading::looks_like);
        let mut moved = Rolling::new();
        for letter in letters {
            moved.push(*letter);
        }
        let glued = moved;
        suffix.for_each(|l| moved.push(l));
        let dots = letters.len() > reading.name_letters().len()
            && reading.name > start;
        let look = |rolling: Rolling| {
            let hash = rolling.finish();
            let known = |domain: &str| flat_hash(domain) == hash;
            self.flat
                .get(hash)
                .find_map(|number| self.domain_of(directory, number, known))
        };
        if dots && let Some((vendor, real)) = look(moved) {
            let class = "dots-moved";
            return Some(Found { vendor, real, class, cut: false });
        }
        let (vendor, real) = look(glued)?;
        // `youtube` is not `youtu.be` with its dot left out.
        let cut = start > 0 && real.rsplit('.').next()?.len() > 2;
        Some(Found { vendor, real, class: "missing-dot", cut })
    }

    fn domain_of(
        &self,
        directory: &Directory,
        number: u32,
        known: impl Fn(&str) -> bool,
    ) -> Option<(VendorId, String)> {
        let id = *self.vendors.get(number as usize)?;
        let domains = &directory.vendor(id).domains;
        let domain = domains.iter().find(|d| known(d))?;
        Some((id, domain.clone()))
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

fn parts_hash(domain: &str) -> u32 {
    let mut rolling = Rolling::new();
    for (i, part) in domain.split(['.', '-']).enumerate() {
        if i > 0 {
            rolling.push(b'.');
        }
        for letter in Reading::letters_of(part) {
            rolling.push(letter);
        }
    }
    rolling.finish()
}

fn flat_hash(domain: &str) -> u32 {
    let (name, suffix) = domain.split_once('.').unwrap_or((domain, ""));
    let mut rolling = Rolling::new();
    for letter in Reading::letters_of(&name.replace('-', "")) {
        rolling.push(letter);
    }
    for byte in suffix.bytes().filter(|b| *b != b'.') {
        rolling.push(reading::looks_like(byte));
    }
    rolling.finish()
}
