//! The vendor directory: who there is, and whose hosts are whose.

mod hosts;
#[allow(dead_code, reason = "build.rs writes what the engine reads")]
mod packed;
mod vendor;

use rustc_hash::FxHashMap;
use serde::Serialize;

pub use self::vendor::Vendor;
use crate::compressed::{self, include_table};
use crate::host::{self, Host};
use crate::order;
use crate::policy::Organisation;

static VENDORS: &[u8] = include_table!("vendors");
static INCIDENTS: &str =
    include_str!(concat!(env!("OUT_DIR"), "/incidents.txt"));
#[cfg(feature = "cli")]
static EVIDENCE: &str =
    include_str!(concat!(env!("OUT_DIR"), "/evidence.txt"));

/// What a host is to a vendor.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum Role {
    /// The vendor owns it, and everything below it.
    Owned,
    /// It sends only this vendor's mail.
    Sends,
    /// This vendor's genuine mail links through exactly this host.
    Links,
    /// It rightly sends mail naming this vendor.
    Partner,
}

/// A vendor's place in its [`Directory`].
#[derive(
    Clone, Copy, Debug, Default, Eq, Hash, Ord, PartialEq, PartialOrd,
)]
pub struct VendorId(u32);

/// A dated note that a vendor's data leaked. Codes; the words live in
/// `_locales`.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Incident {
    /// A lower-case slug.
    pub id: &'static str,
    /// The day it became known, `YYYY-MM-DD`.
    pub date: &'static str,
    /// The last day it is worth a note, `YYYY-MM-DD`.
    pub until: &'static str,
    /// Whose systems it happened on, by vendor id.
    pub at: &'static str,
    /// Whose customers were hit, by vendor id.
    pub affects: Vec<&'static str>,
    /// What leaked.
    pub leaked: Vec<&'static str>,
    /// What did not.
    pub not_leaked: Vec<&'static str>,
    /// What attackers can do with it.
    pub enables: Vec<&'static str>,
    /// Where it was told.
    pub source: &'static str,
}

/// All vendors, and whose hosts are whose.
#[derive(Clone, Debug, Default)]
pub struct Directory {
    vendors: Vec<Vendor>,
    ids: FxHashMap<String, VendorId>,
    hosts: hosts::Hosts,
    incidents: Vec<Incident>,
}

impl Directory {
    /// The directory that the engine was built with.
    #[must_use]
    pub fn builtin() -> Self {
        let mut directory = Self::default();
        let mut vendors = packed::read(&compressed::text(VENDORS));
        order::sort_by(&mut vendors, |one, other| one.id.cmp(&other.id));
        for vendor in vendors {
            directory.add(vendor);
        }
        directory.incidents = INCIDENTS.lines().map(incident).collect();
        directory
    }

    /// Adds a vendor; one with the same id takes the place of the first,
    /// and a host goes to whoever came last.
    pub fn add(&mut self, vendor: Vendor) -> VendorId {
        let next = u32::try_from(self.vendors.len()).unwrap_or(u32::MAX);
        let id = *self.ids.entry(vendor.id.clone()).or_insert(VendorId(next));
        for (hosts, role) in [
            (&vendor.domains, Role::Owned),
            (&vendor.sends, Role::Sends),
            (&vendor.links, Role::Links),
            (&vendor.partners, Role::Partner),
        ] {
            for host in hosts {
                self.hosts.add(host, id, role);
            }
        }
        match self.vendors.get_mut(id.0 as usize) {
            Some(known) => *known = vendor,
            None => self.vendors.push(vendor),
        }
        id
    }

    /// Adds the reader's own organisation, so that a message which poses as
    /// it is found like any other; nothing where it has no name or domain.
    pub fn add_organisation(&mut self, organisation: &Organisation) {
        if organisation.name.is_empty() || organisation.domains.is_empty() {
            return;
        }
        self.add(Vendor {
            id: "own-organisation".to_owned(),
            name: organisation.name.clone(),
            kind: "organisation".to_owned(),
            domains: organisation.domains.clone(),
            ..Vendor::default()
        });
    }

    /// The vendor at a place.
    #[must_use]
    pub fn vendor(&self, id: VendorId) -> &Vendor {
        &self.vendors[id.0 as usize]
    }

    /// All vendors with their places.
    pub fn vendors(&self) -> impl Iterator<Item = (VendorId, &Vendor)> {
        (0..).map(VendorId).zip(&self.vendors)
    }

    /// The vendor with this id.
    #[must_use]
    pub fn find(&self, id: &str) -> Option<VendorId> {
        self.ids.get(id).copied()
    }

    /// The vendor that owns a host, by labels.
    #[must_use]
    pub fn owner(&self, host: &Host) -> Option<VendorId> {
        host.parents().find_map(|name| self.with_role(name, Role::Owned))
    }

    /// The vendor for which alone a host sends mail: its owner, or the one
    /// that another's host sends for.
    #[must_use]
    pub fn sender(&self, host: &Host) -> Option<VendorId> {
        host.parents().find_map(|name| {
            self.with_role(name, Role::Sends)
                .or_else(|| self.with_role(name, Role::Owned))
        })
    }

    /// The vendor whose genuine mail links through exactly this host, or
    /// that owns it.
    #[must_use]
    pub fn link_target(&self, host: &Host) -> Option<VendorId> {
        self.with_role(host.ascii(), Role::Links).or_else(|| self.owner(host))
    }

    /// Whether the directory names a host, or one above it that still
    /// stands below `service`.
    pub(crate) fn names_below(&self, host: &Host, service: &str) -> bool {
        let mut below = host.parents().take_while(|name| *name != service);
        below.any(|name| self.hosts.get(name).next().is_some())
    }

    /// Whether mail from a host may rightly name a vendor that it is not.
    #[must_use]
    pub fn is_partner(&self, host: &Host, vendor: VendorId) -> bool {
        host.parents().any(|name| {
            self.hosts.get(name).any(|is| is == (vendor, Role::Partner))
        })
    }

    /// Whether a host looks like a member of a vendor's family. Families may
    /// share a pattern: a Raiffeisenbank in Germany is one of the Volksbanken.
    #[must_use]
    pub fn is_in_family(&self, host: &Host, vendor: VendorId) -> bool {
        let name = host.registrable();
        let mut patterns = self.vendor(vendor).family.iter();
        patterns.any(|pattern| matches_pattern(name, pattern))
    }

    /// The incidents that concern a vendor.
    pub fn incidents(&self, id: &str) -> impl Iterator<Item = &Incident> {
        let id = id.to_owned();
        self.incidents.iter().filter(move |i| i.affects.contains(&&*id))
    }

    fn with_role(&self, name: &str, role: Role) -> Option<VendorId> {
        let mut found = self.hosts.get(name);
        found.find(|(_, r)| *r == role).map(|(id, _)| id)
    }
}

/// Where the hosts of the built-in vendor with this id are known from:
/// role, evidence and hosts.
#[cfg(feature = "cli")]
pub fn evidence(
    id: &str,
) -> impl Iterator<Item = (&'static str, &'static str, Vec<&'static str>)> {
    let id = id.to_owned();
    EVIDENCE.lines().filter_map(move |line| {
        let mut fields = line.split('\t');
        (fields.next()? == id).then_some(())?;
        let (role, evidence) = (fields.next()?, fields.next()?);
        Some((role, evidence, fields.next()?.split('\u{1f}').collect()))
    })
}

fn incident(line: &'static str) -> Incident {
    let mut fields = line.split('\t');
    let mut text = || fields.next().unwrap_or_default();
    let list = |field: &'static str| -> Vec<&'static str> {
        field.split('\u{1f}').filter(|item| !item.is_empty()).collect()
    };
    Incident {
        id: text(),
        date: text(),
        until: text(),
        at: text(),
        affects: list(text()),
        leaked: list(text()),
        not_leaked: list(text()),
        enables: list(text()),
        source: text(),
    }
}

/// Whether a host is within a pattern such as `sparkasse-*.de`: label by
/// label from the right, one `*` a label.
fn matches_pattern(host: &str, pattern: &str) -> bool {
    let fixed = pattern.rfind('*').map_or(pattern, |at| &pattern[at + 1..]);
    if !host.ends_with(fixed) {
        return false;
    }
    let label = |name: &str, pattern: &str| match pattern.split_once('*') {
        None => name == pattern,
        Some((start, end)) => {
            name.len() > start.len() + end.len()
                && name.starts_with(start)
                && name.ends_with(end)
        }
    };
    let (mut names, mut patterns) = (host.rsplit('.'), pattern.rsplit('.'));
    patterns.all(|p| names.next().is_some_and(|n| label(n, p)))
        && host::parents(host).next().is_some()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn host(name: &str) -> Host {
        Host::parse(name).unwrap()
    }

    #[test]
    fn a_host_belongs_to_whom_the_directory_says() {
        let directory = Directory::builtin();
        let openai = directory.find("openai").unwrap();
        assert_eq!(directory.owner(&host("tm.openai.com")), Some(openai));
        assert_eq!(directory.owner(&host("notopenai.com")), None);
        assert_eq!(directory.owner(&host("openai.com.evil.example")), None);
        let tracker = host("u20216706.ct.sendgrid.net");
        assert_eq!(directory.link_target(&tracker), Some(openai));
        assert_ne!(directory.owner(&tracker), Some(openai));
    }

    #[test]
    fn family_patterns_match_by_label() {
        for (name, pattern, is) in [
            ("sparkasse-bonn.de", "sparkasse-*.de", true),
            ("www.sparkasse-bonn.de", "sparkasse-*.de", true),
            ("sparkasse-bonn.com", "sparkasse-*.de", false),
            ("sparkasse-.de", "sparkasse-*.de", false),
        ] {
            assert_eq!(matches_pattern(name, pattern), is, "{name}");
        }
    }
    #[test]
    fn two_vendors_may_share_a_family() {
        let directory = Directory::builtin();
        let host = Host::parse("rb-musterstadt.de").unwrap();
        for id in ["volksbank", "raiffeisen"] {
            let vendor = directory.find(id).unwrap();
            assert!(directory.is_in_family(&host, vendor), "{id}");
        }
    }
}
