//! The engine: everything that is built once and judges many messages.

use std::sync::OnceLock;

use crate::case::Case;
use crate::claims::{Strength, names};
use crate::deceptive;
use crate::directory::{Directory, Incident, VendorId};
use crate::host::{Host, HostError};
use crate::link::{Target, service_of_tenant};
use crate::lookalike::Lookalike;
use crate::verdict::{Code, Finding, HostVerdict, Level, LinkVerdict, Place};
use crate::{Link, Message, Verdict, checks, lookalike, policy, read};

/// Judges messages, hosts and links. Building one takes some milliseconds;
/// judging changes nothing in it.
pub struct Engine {
    directory: Directory,
    lookalikes: lookalike::Index,
    /// Built when the first message is judged: hosts need none of it.
    names: OnceLock<names::Index>,
    policy: policy::Policy,
    /// The day as `YYYY-MM-DD`; empty where nobody said.
    today: String,
}

impl Default for Engine {
    fn default() -> Self {
        Self::new()
    }
}

impl Engine {
    /// An engine with the built-in directory.
    #[must_use]
    pub fn new() -> Self {
        Self::with_policy(policy::Policy::default())
    }

    /// An engine with the built-in directory and what an administrator set.
    #[must_use]
    pub fn with_policy(policy: policy::Policy) -> Self {
        Self::with_directory(Directory::builtin(), policy)
    }

    /// An engine with a directory of your own and what an administrator
    /// set.
    #[must_use]
    pub fn with_directory(
        mut directory: Directory,
        policy: policy::Policy,
    ) -> Self {
        for vendor in policy.vendors() {
            directory.add(vendor);
        }
        directory.add_organisation(&policy.organisation);
        let lookalikes = lookalike::Index::new(&directory);
        let (names, today) = (OnceLock::new(), String::new());
        Self { directory, lookalikes, names, policy, today }
    }

    /// Tells the engine the day, `YYYY-MM-DD`, so that it keeps silent about
    /// incidents of long ago.
    #[must_use]
    pub fn on(mut self, today: &str) -> Self {
        today.clone_into(&mut self.today);
        self
    }

    /// The vendors it knows.
    #[must_use]
    pub fn directory(&self) -> &Directory {
        &self.directory
    }

    /// Judges a message.
    #[must_use]
    pub fn check_message(&self, message: &Message) -> Verdict {
        self.judge(message).0
    }

    /// Judges a message, and gives where its links lead, in their order.
    pub(crate) fn judge(&self, message: &Message) -> (Verdict, Vec<Target>) {
        let case = Case::new(self, message);
        let verdict = Verdict::of(checks::run(&case));
        (verdict, case.targets)
    }

    /// Judges who a text alone says it is, as somebody pasted it; not its
    /// links, each of which [`Engine::check_link`] judges.
    ///
    /// Nobody knows where it comes from, and honest texts name vendors: it
    /// warns only of a text that presses and leads to none of the vendor's
    /// hosts, and of danger only where it begins with the vendor's name.
    #[must_use]
    pub fn check_text(&self, text: &str) -> Verdict {
        let message = read::text::read(text);
        let case = Case::new(self, &message);
        let mut findings = checks::run_on_claims(&case);
        let vendor = Verdict::of(findings.clone()).vendor;
        let vendor = vendor.and_then(|id| self.directory.find(&id));
        if !vendor.is_some_and(|vendor| case.leads_elsewhere(vendor))
            || !case.threatens()
        {
            return Verdict::default();
        }
        let begins =
            case.claims.iter().any(|c| c.strength == Strength::Strong);
        for finding in &mut findings {
            // To whoever pasted it, its beginning is no subject.
            if finding.code == Code::Subject {
                (finding.code, finding.place) = (Code::Body, Place::Body);
            }
            if !begins {
                finding.level = finding.level.min(Level::Caution);
            }
        }
        Verdict::of(findings)
    }

    /// Judges a host alone.
    ///
    /// # Errors
    ///
    /// When the text is no host.
    pub fn check_host(&self, text: &str) -> Result<HostVerdict, HostError> {
        let host = Host::parse(text)?;
        let tenant = self.as_tenant(&host);
        let identity = match tenant {
            Some(_) => None,
            None => self.directory.link_target(&host),
        };
        let findings = if identity.is_some() {
            Vec::new()
        } else {
            let judged = tenant.as_ref().unwrap_or(&host);
            let found = self.lookalikes.judge(&self.directory, judged);
            self.host_findings(&host, found, Place::Host)
        };
        let verdict = Verdict::of(findings);
        Ok(HostVerdict {
            host: text.to_owned(),
            level: verdict.level,
            vendor: verdict.vendor,
            identity: identity.map(|id| self.name(id)),
            findings: verdict.findings,
        })
    }

    /// Judges a link alone; `text` is what a person reads on it.
    #[must_use]
    pub fn check_link(&self, url: &str, text: &str) -> LinkVerdict {
        let link = Link {
            href: url.to_owned(),
            text: text.to_owned(),
            ..Link::default()
        };
        let target = Target::new(url, &self.directory);
        let found = checks::links::check_one(&link, &target, &self.directory);
        let mut findings: Vec<Finding> = found.collect();
        if let (None, Some(host)) = (target.identity, &target.host)
            && target.is_web()
        {
            let found = self.lookalike_of(host);
            findings.extend(self.host_findings(host, found, Place::LinkHost));
        }
        let verdict = Verdict::of(findings);
        LinkVerdict {
            url: link.href,
            destination: target.unwrapped.destination,
            level: verdict.level,
            vendor: verdict.vendor,
            findings: verdict.findings,
        }
    }

    /// What a host that no vendor owns says by itself.
    fn host_findings(
        &self,
        host: &Host,
        lookalike: Option<Lookalike>,
        place: Place,
    ) -> Vec<Finding> {
        lookalike
            .map(|found| self.lookalike_finding(host, &found, place))
            .into_iter()
            .chain(deceptive_finding(host, place))
            .collect()
    }

    /// The host as a service's tenant, where it is one: whoever owns the
    /// service does not speak there. What the directory names is none.
    fn as_tenant(&self, host: &Host) -> Option<Host> {
        let service = service_of_tenant(host)?;
        let named = self.directory.names_below(host, service);
        if named { None } else { host.as_tenant_of(service) }
    }

    /// The vendor that a host imitates; none for a host that the directory
    /// knows.
    pub(crate) fn lookalike_of(&self, host: &Host) -> Option<Lookalike> {
        if let Some(tenant) = self.as_tenant(host) {
            return self.lookalikes.judge(&self.directory, &tenant);
        }
        if self.directory.link_target(host).is_some() {
            return None;
        }
        self.lookalikes.judge(&self.directory, host)
    }

    /// The finding that tells of a lookalike.
    pub(crate) fn lookalike_finding(
        &self,
        host: &Host,
        found: &Lookalike,
        place: Place,
    ) -> Finding {
        let finding = Finding::new(Code::LookalikeHost, found.level, place)
            .about(&self.name(found.vendor))
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

    fn name(&self, id: VendorId) -> String {
        self.directory.vendor(id).id.clone()
    }
}

/// The finding that tells of a host's deceptive characters.
pub(crate) fn deceptive_finding(host: &Host, place: Place) -> Option<Finding> {
    let found = deceptive::judge(host)?;
    Some(
        Finding::new(Code::DeceptiveHost, found.level, place)
            .with("host", host.ascii())
            .with("unicode", &host.unicode())
            .with("registrable", host.registrable())
            .with("class", found.class),
    )
}
