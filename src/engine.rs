//! The engine: everything that is built once and judges many messages.

use crate::case::Case;
use crate::claims::Strength;
use crate::directory::Directory;
use crate::host::{Host, HostError};
use crate::knowledge::{Identity, Knowledge};
use crate::link::Target;
use crate::lookalike::Lookalike;
use crate::verdict::{Code, Finding, HostVerdict, Level, LinkVerdict, Place};
use crate::{Link, Message, Verdict, checks, deceptive, policy, read};

/// Judges messages, hosts and links. Building one takes some milliseconds;
/// judging changes nothing in it.
pub struct Engine {
    knowledge: Knowledge,
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
        Self { knowledge: Knowledge::new(directory, policy) }
    }

    /// Tells the engine the day, `YYYY-MM-DD`, so that it keeps silent about
    /// incidents of long ago.
    #[must_use]
    pub fn on(mut self, today: &str) -> Self {
        self.knowledge.set_today(today);
        self
    }

    /// The vendors it knows.
    #[must_use]
    pub fn directory(&self) -> &Directory {
        self.knowledge.directory()
    }

    /// Judges a message.
    #[must_use]
    pub fn check_message(&self, message: &Message) -> Verdict {
        self.judge(message).0
    }

    /// Judges a message, and gives where its links lead, in their order.
    pub(crate) fn judge(&self, message: &Message) -> (Verdict, Vec<Target>) {
        let case = Case::new(&self.knowledge, message);
        let verdict = Verdict::of(checks::run(&case));
        (verdict, case.targets)
    }

    /// Judges who a text alone says it is, as somebody pasted it; not its
    /// links, each of which [`Engine::check_link`] judges.
    ///
    /// Nobody knows where it comes from, and honest texts name vendors: it
    /// warns only of a text that leads to none of the vendor's hosts and
    /// threatens, or presses at all where it begins with the vendor's name,
    /// and of danger only there.
    #[must_use]
    pub fn check_text(&self, text: &str) -> Verdict {
        let message = read::text::read(text);
        let case = Case::new(&self.knowledge, &message);
        let mut findings = checks::run_on_claims(&case);
        let vendor = Verdict::of(findings.clone()).vendor;
        let vendor = vendor.and_then(|id| self.directory().find(&id));
        let begins =
            case.claims.iter().any(|c| c.strength == Strength::Strong);
        let presses =
            case.threatens() || begins && !case.pressure().is_empty();
        if !vendor.is_some_and(|vendor| case.leads_elsewhere(vendor))
            || !presses
        {
            return Verdict::default();
        }
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
        let (identity, lookalike) = match self.knowledge.identify(&host) {
            Identity::Owned(vendor) => (Some(vendor), None),
            Identity::Imitates(found) => (None, Some(found)),
            Identity::Unknown => (None, None),
        };
        let findings = match identity {
            Some(_) => Vec::new(),
            None => self.host_findings(&host, lookalike, Place::Host),
        };
        let verdict = Verdict::of(findings);
        Ok(HostVerdict {
            host: text.to_owned(),
            level: verdict.level,
            vendor: verdict.vendor,
            identity: identity
                .map(|id| self.directory().vendor(id).id.clone()),
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
        let directory = self.directory();
        let target = Target::new(url, directory);
        let found = checks::links::check_one(&link, &target, directory);
        let mut findings: Vec<Finding> = found.collect();
        if let (None, Some(host)) = (target.identity, &target.host)
            && target.is_web()
        {
            let found = self.knowledge.lookalike_of(host);
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
            .map(|found| self.knowledge.lookalike_finding(host, &found, place))
            .into_iter()
            .chain(deceptive::finding(host, place))
            .collect()
    }
}
