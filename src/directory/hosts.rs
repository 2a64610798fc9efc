//! Which vendors' hosts are which: one look-up a name, however many there
//! are.

use std::hash::BuildHasher as _;

use rustc_hash::FxBuildHasher;

use super::{Role, VendorId};

/// A name and what it is to a vendor.
#[derive(Clone, Debug)]
struct Row {
    /// Where the name begins in the text of all names.
    start: u32,
    length: u16,
    /// None once the host went to somebody else.
    role: Option<Role>,
    vendor: VendorId,
    hash: u32,
}

/// Hosts by name: an open hash table over one text of all names.
#[derive(Clone, Debug, Default)]
pub(super) struct Hosts {
    names: String,
    rows: Vec<Row>,
    /// A row's number and one, or nothing; their count is a power of two.
    slots: Vec<u32>,
    /// Bits that answer most misses without a look at the slots, which are
    /// too many for a processor's nearest memory.
    filter: Vec<u64>,
}

/// How many bits of the filter there are for a slot.
const BITS_A_SLOT: usize = 4;

impl Hosts {
    /// Adds what a host is to a vendor. A host goes to whoever came last;
    /// partners of several vendors may share one.
    pub(super) fn add(&mut self, name: &str, vendor: VendorId, role: Role) {
        let (Ok(start), Ok(length)) =
            (u32::try_from(self.names.len()), u16::try_from(name.len()))
        else {
            return;
        };
        let hash = hash(name);
        if role != Role::Partner {
            let found: Vec<usize> = self.numbers(name, hash).collect();
            for at in found {
                let role = &mut self.rows[at].role;
                *role = role.filter(|role| *role == Role::Partner);
            }
        }
        self.names.push_str(name);
        self.rows.push(Row { start, length, role: Some(role), vendor, hash });
        if self.rows.len() * 2 > self.slots.len() {
            self.grow();
        } else {
            self.place(self.rows.len() - 1);
        }
    }

    /// What a host is, and to whom, in the order in which it was added.
    pub(super) fn get(
        &self,
        name: &str,
    ) -> impl Iterator<Item = (VendorId, Role)> {
        let rows = self.numbers(name, hash(name)).map(|at| &self.rows[at]);
        rows.filter_map(|row| Some((row.vendor, row.role?)))
    }

    /// The numbers of a name's rows.
    fn numbers(&self, name: &str, hash: u32) -> impl Iterator<Item = usize> {
        let mask = self.slots.len().wrapping_sub(1);
        let first = hash as usize & mask;
        let (word, bit) = self.bit(hash);
        let known = self.filter.get(word).is_some_and(|w| w & bit != 0);
        let count = if known { self.slots.len() } else { 0 };
        (0..count)
            .map(move |i| (first + i) & mask)
            .map(|slot| self.slots[slot] as usize)
            .take_while(|number| *number > 0)
            .map(|number| number - 1)
            .filter(move |at| {
                let row = &self.rows[*at];
                let start = row.start as usize;
                row.hash == hash
                    && self.names[start..start + usize::from(row.length)]
                        == *name
            })
    }

    /// Which bit of the filter belongs to a hash.
    fn bit(&self, hash: u32) -> (usize, u64) {
        let bit = hash as usize & (self.filter.len() * 64).wrapping_sub(1);
        (bit / 64, 1 << (bit % 64))
    }

    fn grow(&mut self) {
        let size = (self.rows.len() * 2).next_power_of_two().max(64);
        self.slots = vec![0; size];
        self.filter = vec![0; size * BITS_A_SLOT / 64];
        for row in 0..self.rows.len() {
            self.place(row);
        }
    }

    /// Puts a row into the first free slot from its own on.
    fn place(&mut self, row: usize) {
        let mask = self.slots.len() - 1;
        let hash = self.rows[row].hash;
        let (word, bit) = self.bit(hash);
        self.filter[word] |= bit;
        let mut slot = hash as usize & mask;
        while self.slots[slot] > 0 {
            slot = (slot + 1) & mask;
        }
        self.slots[slot] = u32::try_from(row + 1).unwrap_or(0);
    }
}

/// Both halves of the bits: in WebAssembly, where the hasher counts with 32
/// bits, one of them is empty.
fn hash(name: &str) -> u32 {
    let hash = FxBuildHasher.hash_one(name);
    let both = (hash ^ hash >> 32) & u64::from(u32::MAX);
    u32::try_from(both).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_host_goes_to_whoever_came_last() {
        let (one, two) = (VendorId(1), VendorId(2));
        let mut hosts = Hosts::default();
        hosts.add("a.example", one, Role::Partner);
        hosts.add("a.example", one, Role::Owned);
        hosts.add("a.example", two, Role::Links);
        hosts.add("a.example", two, Role::Partner);
        let found: Vec<_> = hosts.get("a.example").collect();
        let expected =
            [(one, Role::Partner), (two, Role::Links), (two, Role::Partner)];
        assert_eq!(found, expected);
        assert_eq!(hosts.get("b.example").count(), 0);
        assert_eq!(Hosts::default().get("a.example").count(), 0);
    }

    #[test]
    fn all_of_many_hosts_are_found() {
        let mut hosts = Hosts::default();
        let name = |n: u32| format!("host-{n}.example");
        for n in 0..5_000 {
            hosts.add(&name(n), VendorId(n), Role::Owned);
        }
        for n in 0..5_000 {
            let found: Vec<_> = hosts.get(&name(n)).collect();
            assert_eq!(found, [(VendorId(n), Role::Owned)]);
        }
    }
}
