//! A case: everything known about one message before it is judged.

use std::borrow::Cow;
use std::cell::OnceCell;

use crate::claims::{self, Claim, Collector, Strength, reported};
use crate::directory::{Directory, VendorId};
use crate::fold;
use crate::host::Host;
use crate::knowledge::Knowledge;
use crate::link::{self, Target};
use crate::lookalike::Lookalike;
use crate::pressure::{self, Pressure};
use crate::sender::{self, Kind, Sender};
use crate::verdict::Place;
use crate::{AuthResult, Familiarity, LinkKind, Message};

/// How much of a text is searched for pressure, in bytes.
const TEXT_LIMIT: usize = 64 * 1024;

/// A message with its claims, identities and what presses in it.
pub(crate) struct Case<'a> {
    pub(crate) message: &'a Message,
    pub(crate) directory: &'a Directory,
    pub(crate) knowledge: &'a Knowledge,
    pub(crate) sender: Option<Sender>,
    /// Whose name the sender's host imitates.
    pub(crate) sender_lookalike: Option<Lookalike>,
    pub(crate) claims: Vec<Claim>,
    /// The targets of the links, in the order of the message.
    pub(crate) targets: Vec<Target>,
    /// Whose names the links' hosts imitate, by index of the link.
    pub(crate) link_lookalikes: Vec<(usize, Lookalike)>,
    /// The folded subject and text, where pressure is looked for.
    folded: String,
    pressure: OnceCell<Vec<Pressure>>,
}

impl<'a> Case<'a> {
    pub(crate) fn new(knowledge: &'a Knowledge, message: &'a Message) -> Self {
        let directory = knowledge.directory();
        let sender = Sender::of(message, directory);
        let name = message.from.first().map_or("", |m| &m.name);
        let name = fold::text(name);
        let subject = fold::text(&message.subject);
        let written = claims::cut(&message.text, TEXT_LIMIT);
        let mut text = fold::text(written);
        if let Cow::Owned(unquoted) = reported::without_quotations(written)
            && reported::warns(&text)
        {
            text = fold::text(&unquoted);
        }
        let sender_lookalike = sender
            .as_ref()
            .filter(|s| s.identity.is_none() && s.kind != Kind::FreeMail)
            .and_then(|s| knowledge.lookalike_of(&s.host));
        let collected = Collector {
            directory,
            names: knowledge.names(),
            lookalikes: knowledge.lookalikes(),
            message,
            sender: sender.as_ref(),
            sender_lookalike: sender_lookalike.as_ref(),
            name: &name,
            subject: &subject,
            text: &text,
        }
        .collect();
        let targets: Vec<Target> = message
            .links
            .iter()
            .map(|link| Target::new(&link.href, directory))
            .collect();
        let mut case = Self {
            message,
            directory,
            knowledge,
            sender,
            sender_lookalike,
            claims: collected,
            link_lookalikes: Vec::new(),
            targets,
            folded: subject + " " + &text,
            pressure: OnceCell::new(),
        };
        case.link_lookalikes = case.find_link_lookalikes();
        case
    }

    fn find_link_lookalikes(&self) -> Vec<(usize, Lookalike)> {
        let mut seen = rustc_hash::FxHashMap::default();
        let mut found = Vec::new();
        for (index, target) in self.targets.iter().enumerate() {
            let Some(host) = &target.host else { continue };
            if target.identity.is_some() {
                continue;
            }
            let lookalike = seen
                .entry(host.ascii())
                .or_insert_with(|| self.knowledge.lookalike_of(host));
            found.extend(lookalike.clone().map(|l| (index, l)));
        }
        found
    }

    /// Whether a claim of this vendor needs no warning: the sender's host is
    /// the vendor's, a partner's, a family member's or one that is trusted,
    /// or another vendor carries it.
    pub(crate) fn is_backed(&self, vendor: VendorId) -> bool {
        if self.is_forged() {
            return false;
        }
        let Some(sender) = &self.sender else {
            return self.is_backed_by_links(vendor);
        };
        self.knowledge.trusts(&sender.host)
            || sender.identity == Some(vendor)
            || self.directory.is_partner(&sender.host, vendor)
            || self.directory.is_in_family(&sender.host, vendor)
            || self.is_carried(sender, vendor)
            || self.is_served(sender, vendor)
    }

    /// Whether a service rightly sends in this vendor's name, or in its own
    /// from a customer's host, and nothing in that presses: "OpenAI Hiring"
    /// through a service for applicants, "Jira" at `acme.atlassian.net`,
    /// "GMX" as `mailings@gmx.de`.
    fn is_served(&self, sender: &Sender, vendor: VendorId) -> bool {
        let own = || {
            (sender.kind == Kind::Shared || sender.is_free_mails_own())
                && self.directory.owner(&sender.host) == Some(vendor)
        };
        (sender::is_customer_named(&sender.host) || own())
            && !self.threatens()
            && !self.has_form()
    }

    /// Whether a message that shows no address, as messengers do, leads to the
    /// vendor alone and wants nothing that harms: a name is all that any
    /// genuine message has there.
    fn is_backed_by_links(&self, vendor: VendorId) -> bool {
        self.message.from.iter().all(|from| from.address.is_empty())
            && self.leads_home(vendor)
            && !self.has_form()
            && !self.threatens()
    }

    /// Whether another vendor rightly sends mail that names this one:
    /// merchants' and people's names stand in genuine mail of payment and
    /// document services. Not so where users name themselves or customers
    /// are served (`is_served` looks at these), and not where the mail is
    /// unconfirmed, presses or promises a prize, and leads to neither.
    fn is_carried(&self, sender: &Sender, vendor: VendorId) -> bool {
        let Some(carrier) = sender.identity else { return false };
        if sender::is_customer_named(&sender.host) {
            return false;
        }
        let named = self.claims.iter().any(|claim| {
            claim.vendor == vendor
                && claim.place == Place::DisplayName
                && claim.strength == Strength::Strong
        });
        if !named {
            return true;
        }
        if sender::is_user_named(&sender.host) {
            return !self.directory.vendor(vendor).takes_money();
        }
        let lures = self.pressure().iter().any(|p| p.kind == "reward");
        self.message.authentication.dmarc == AuthResult::Pass
            || !(self.threatens() || lures)
            || !self.leads_elsewhere(vendor)
            || !self.leads_elsewhere(carrier)
    }

    /// Whether the receiving server found the sender's address forged.
    pub(crate) fn is_forged(&self) -> bool {
        let auth = &self.message.authentication;
        auth.dmarc == AuthResult::Fail
            || (auth.dmarc != AuthResult::Pass
                && auth.spf == AuthResult::Fail
                && auth.dkim != AuthResult::Pass)
    }

    /// The strength of a vendor's claims: the strongest of each place, and
    /// each way in which the text speaks as the vendor, added up (strong 4,
    /// medium 2, weak 1).
    pub(crate) fn weight(&self, vendor: VendorId) -> u32 {
        let mut places = Vec::new();
        for claim in self.claims.iter().filter(|c| c.vendor == vendor) {
            let weight = match claim.strength {
                Strength::Strong => 4,
                Strength::Medium => 2,
                Strength::Weak => 1,
            };
            match places.iter_mut().find(|(p, _)| *p == claim.place) {
                Some((Place::Body, known)) => *known += weight,
                Some((_, known)) => *known = weight.max(*known),
                None => places.push((claim.place, weight)),
            }
        }
        places.iter().map(|(_, weight)| weight).sum()
    }

    /// How the message presses. Looked for when it is asked for: most
    /// messages claim nothing, and pressure never warns alone.
    pub(crate) fn pressure(&self) -> &[Pressure] {
        self.pressure.get_or_init(|| pressure::find(&self.folded))
    }

    /// Whether the text asks for secrets or threatens, which honest
    /// advertising does not.
    pub(crate) fn threatens(&self) -> bool {
        self.pressure().iter().any(|p| {
            !matches!(
                p.kind,
                "urgency" | "reward" | "payment" | "card" | "delivery"
            )
        })
    }

    /// Whether the mailbox has known the sender long and often.
    pub(crate) fn is_familiar(&self) -> bool {
        matches!(self.message.familiarity,
            Familiarity::Seen { days, count } if days >= 30 && count >= 5)
    }

    /// Whether this is the first message from the sender's domain.
    pub(crate) fn is_new(&self) -> bool {
        self.message.familiarity == Familiarity::New
    }

    /// Whether what a reader would click leads away from the vendor: no
    /// link reaches a host of its own.
    pub(crate) fn leads_elsewhere(&self, vendor: VendorId) -> bool {
        let mut any = false;
        for (link, target) in self.message.links.iter().zip(&self.targets) {
            if link.quoted || !target.is_web() {
                continue;
            }
            if target.identity == Some(vendor) {
                return false;
            }
            any = true;
        }
        any
    }

    /// Whether every link that is not quoted leads to the vendor.
    pub(crate) fn leads_home(&self, vendor: VendorId) -> bool {
        let mut any = false;
        for (link, target) in self.message.links.iter().zip(&self.targets) {
            if link.quoted || !target.is_web() {
                continue;
            }
            if target.identity != Some(vendor) {
                return false;
            }
            any = true;
        }
        any
    }

    /// Whether a form in the message sends what is typed away.
    pub(crate) fn has_form(&self) -> bool {
        self.message
            .links
            .iter()
            .any(|l| l.kind == LinkKind::Form && !l.quoted)
    }

    /// The host that answers go to, where it is not the sender's.
    pub(crate) fn reply_elsewhere(&self) -> Option<Host> {
        let sender = self.sender.as_ref()?;
        self.message.reply_to.iter().find_map(|mailbox| {
            let (_, host) = mailbox.address.rsplit_once('@')?;
            let host = Host::parse(host).ok()?;
            let same = host.registrable() == sender.host.registrable()
                || (sender.identity.is_some()
                    && self.directory.sender(&host) == sender.identity);
            (!same).then_some(host)
        })
    }

    /// Whether a link goes through a free hosting tenant or a shortener.
    pub(crate) fn hides_destination(&self) -> bool {
        self.message.links.iter().zip(&self.targets).any(|(link, target)| {
            !link.quoted
                && target.identity.is_none()
                && (target.unwrapped.hidden == Some("shortener")
                    || target
                        .host
                        .as_ref()
                        .is_some_and(|h| link::is_free_hosting(h).is_some()))
        })
    }
}
