//! What the engine knows before it sees a message: the vendors, indexes of
//! their names, what an administrator set, the day.

use std::sync::OnceLock;

use crate::claims::names;
use crate::directory::{Directory, Incident, VendorId};
use crate::host::Host;
use crate::link::service_of_tenant;
use crate::lookalike::{self, Lookalike};
use crate::policy::Policy;
use crate::verdict::{Code, Finding, Place};

/// Everything that does not change from message to message.
pub(crate) struct Knowledge {
    directory: Directory,
    lookalikes: lookalike::Index,
    /// Built when the first message is judged: hosts need none of it.
    names: OnceLock<names::Index>,
    policy: Policy,
    /// The day as `YYYY-MM-DD`; empty where nobody said.
    today: String,
}

/// Whose host it is.
pub(crate) enum Identity {
    /// A vendor's own.
    Owned(VendorId),
    /// Somebody's who imitates a vendor.
    Imitates(Lookalike),
    /// Anybody's.
    Unknown,
}

impl Knowledge {
    /// What a directory and a policy tell.
    pub(crate) fn new(directory: Directory, policy: Policy) -> Self {
        let lookalikes = lookalike::Index::new(&directory);
        let (names, today) = (OnceLock::new(), String::new());
        Self { directory, lookalikes, names, policy, today }
    }

    /// Tells it the day, `YYYY-MM-DD`.
    pub(crate) fn set_today(&mut self, today: &str) {
        today.clone_into(&mut self.today);
    }

    /// The vendors.
    pub(crate) fn directory(&self) -> &Directory {
        &self.directory
    }

    /// The host as a service's tenant, where it is one: whoever owns the
    /// service does not speak there. What the directory names is none.
    fn as_tenant(&self, host: &Host) -> Option<Host> {
        let service = service_of_tenant(host)?;
        let named = self.directory.names_below(host, service);
        if named { None } else { host.as_tenant_of(service) }
    }

    /// The vendor that owns a host, or the one that it imitates.
    pub(crate) fn identify(&self, host: &Host) -> Identity {
        if let Some(tenant) = self.as_tenant(host) {
            return self.imitated(&tenant);
        }
        match self.directory.link_target(host) {
            Some(vendor) => Identity::Owned(vendor),
            None => self.imitated(host),
        }
    }

    fn imitated(&self, host: &Host) -> Identity {
        let found = self.lookalikes.judge(&self.directory, host);
        found.map_or(Identity::Unknown, Identity::Imitates)
    }

    /// The vendor that a host imitates; none for a host that the directory
    /// knows.
    pub(crate) fn lookalike_of(&self, host: &Host) -> Option<Lookalike> {
        match self.identify(host) {
            Identity::Imitates(found) => Some(found),
            Identity::Owned(_) | Identity::Unknown => None,
        }
    }

    /// The finding that tells of a lookalike.
    pub(crate) fn lookalike_finding(
        &self,
        host: &Host,
        found: &Lookalike,
        place: Place,
    ) -> Finding {
        let finding = Finding::new(Code::LookalikeHost, found.level, place)
            .about(&self.directory.vendor(found.vendor).id)
            .with("host", host.ascii())
            .with("registrable", host.registrable())
            .with("real", &found.real)
            .with("class", found.class)
            .with_ranges("marks", found.marks.clone());
        match host.unicode() {
            unicode if unicode != host.ascii() => {
                finding.with("unicode", &unicode)
            }
            _ => finding,
        }
    }

    /// The names of all vendors.
    pub(crate) fn names(&self) -> &names::Index {
        self.names.get_or_init(|| names::Index::new(&self.directory))
    }

    /// The names that hosts are compared with.
    pub(crate) fn lookalikes(&self) -> &lookalike::Index {
        &self.lookalikes
    }

    /// Whether the administrator trusts senders at a host.
    pub(crate) fn trusts(&self, host: &Host) -> bool {
        let organisation = &self.policy.organisation.domains;
        let trusted = self.policy.trusted_domains.iter();
        trusted.chain(organisation).any(|domain| host.is_within(domain))
    }

    /// Whether an incident is still worth a note.
    pub(crate) fn is_current(&self, incident: &Incident) -> bool {
        self.today.is_empty() || self.today.as_str() <= incident.until
    }
}
