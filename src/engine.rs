//! The engine: everything that is built once and judges many messages.

use crate::directory::{Directory, VendorId};
use crate::host::{Host, HostError};
use crate::verdict::{Code, Finding, HostVerdict, Level, LinkVerdict, Place};
use crate::{Message, Verdict, link, lookalike, policy};

/// Judges messages, hosts and links. Building one takes about a
/// millisecond; judging changes nothing in it.
#[derive(Clone, Debug)]
pub struct Engine {
    directory: Directory,
    lookalikes: lookalike::Index,
    policy: policy::Policy,
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
        let mut directory = Directory::builtin();
        for vendor in policy.vendors() {
            directory.add(vendor);
        }
        let lookalikes = lookalike::Index::new(&directory);
        Self { directory, lookalikes, policy }
    }

    /// The vendors it knows.
    #[must_use]
    pub fn directory(&self) -> &Directory {
        &self.directory
    }

    /// Judges a message.
    #[must_use]
    pub fn check_message(&self, message: &Message) -> Verdict {
        let mut findings = Vec::new();
        let name = crate::fold::text(
            message.from.first().map_or("", |m| m.name.as_str()),
        );
        for (id, vendor) in self.directory.vendors() {
            let host = message
                .from
                .first()
                .and_then(|m| m.address.rsplit_once('@'))
                .and_then(|(_, host)| Host::parse(host).ok());
            let owner = host.and_then(|h| self.directory.owner(&h));
            if name.contains(&crate::fold::text(&vendor.name))
                && owner != Some(id)
            {
                findings.push(
                    Finding::new(
                        Code::DisplayName,
                        Level::Caution,
                        Place::DisplayName,
                    )
                    .about(&vendor.id)
                    .with("text", &name)
                    .with("real", vendor.home()),
                );
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
        let identity = self.directory.link_target(&host);
        let finding = match identity {
            Some(_) => None,
            None => self.lookalike(&host, Place::Host),
        };
        let verdict = Verdict::of(finding.into_iter().collect());
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
        let _ = text;
        let target = link::unwrap(url);
        let host = target
            .destination
            .as_deref()
            .and_then(|d| url::Url::parse(d).ok())
            .and_then(|u| Host::of_url(&u));
        let finding = host
            .filter(|h| self.directory.link_target(h).is_none())
            .and_then(|h| self.lookalike(&h, Place::LinkHost));
        let verdict = Verdict::of(finding.into_iter().collect());
        LinkVerdict {
            url: url.to_owned(),
            destination: target.destination,
            level: verdict.level,
            vendor: verdict.vendor,
            findings: verdict.findings,
        }
    }

    fn lookalike(&self, host: &Host, place: Place) -> Option<Finding> {
        let found = self.lookalikes.judge(&self.directory, host)?;
        Some(
            Finding::new(Code::LookalikeHost, found.level, place)
                .about(&self.name(found.vendor))
                .with("host", host.ascii())
                .with("unicode", &host.unicode())
                .with("registrable", host.registrable())
                .with("real", &found.real)
                .with("class", found.class)
                .with_ranges("marks", found.marks),
        )
    }

    fn name(&self, id: VendorId) -> String {
        self.directory.vendor(id).id.clone()
    }
}
