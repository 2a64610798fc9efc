//! Lookalike hosts: which vendor's name a host imitates, and how.

use crate::directory::{Directory, VendorId};
use crate::host::Host;
use crate::verdict::Level;

/// A host that imitates a vendor's.
#[derive(Clone, Debug, PartialEq)]
pub struct Lookalike {
    /// Whose name it imitates.
    pub vendor: VendorId,
    /// How: `homoglyph`, `typo`, `combosquat`, `embedded`, `other-suffix` …
    pub class: &'static str,
    /// What the likeness weighs when the host is judged alone; never danger.
    pub level: Level,
    /// The vendor's host to compare it with.
    pub real: String,
    /// The character ranges of [`Host::unicode`] that differ.
    pub marks: Vec<u32>,
}

/// Finds lookalikes at a cost that does not grow with the directory.
#[derive(Clone, Debug)]
pub struct Index {
    names: rustc_hash::FxHashMap<String, VendorId>,
}

impl Index {
    /// Indexes the names and hosts of all vendors.
    #[must_use]
    pub fn new(directory: &Directory) -> Self {
        let names = directory
            .vendors()
            .map(|(id, v)| (crate::fold::text(&v.name).replace(' ', ""), id))
            .collect();
        Self { names }
    }

    /// The vendor that `host` imitates. A host that the directory knows is
    /// nobody's lookalike: call this for the others.
    #[must_use]
    pub fn judge(
        &self,
        directory: &Directory,
        host: &Host,
    ) -> Option<Lookalike> {
        let part =
            |part: &str| self.names.get(&part.replace('1', "l")).copied();
        let unicode = host.unicode().into_owned();
        let folded = crate::fold::text(&unicode);
        let vendor = folded.split(' ').find_map(part)?;
        Some(Lookalike {
            vendor,
            class: "combosquat",
            level: Level::Caution,
            real: directory.vendor(vendor).home().to_owned(),
            marks: Vec::new(),
        })
    }
}
