//! The sender: which host a message really comes from, and what kind of
//! host that is.

use crate::directory::{Directory, VendorId};
use crate::host::{self, Host};
use crate::{Mailbox, Message};

/// Where a message comes from.
#[derive(Clone, Debug)]
pub struct Sender {
    /// The part of the address before the `@`.
    pub local: String,
    /// The host of the address.
    pub host: Host,
    /// The vendor whose mail alone comes from that host.
    pub identity: Option<VendorId>,
    /// What kind of host it is.
    pub kind: Kind,
}

/// What a sender's host says about who may use it.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum Kind {
    /// Somebody's own.
    Own,
    /// Anyone can get an address there: free mail.
    FreeMail,
    /// Anyone can send from there under a host of the platform's.
    Shared,
}

/// Hosts where anyone can get an address, among them those that a carrier
/// gives to its customers and does not write from itself.
const FREE_MAIL: &[&str] = &[
    "126.com",
    "163.com",
    "alice.it",
    "aliyun.com",
    "aol.com",
    "aon.at",
    "arcor.de",
    "att.net",
    "bbox.fr",
    "bell.net",
    "bellsouth.net",
    "bigpond.com",
    "bigpond.net.au",
    "bluewin.ch",
    "bol.com.br",
    "btconnect.com",
    "btinternet.com",
    "btopenworld.com",
    "centurylink.net",
    "charter.net",
    "chello.at",
    "club-internet.fr",
    "comcast.net",
    "cox.net",
    "daum.net",
    "earthlink.net",
    "email.com",
    "ezweb.ne.jp",
    "fastmail.com",
    "fastmail.fm",
    "fastwebnet.it",
    "foxmail.com",
    "free.fr",
    "freemail.hu",
    "freenet.de",
    "gmail.com",
    "gmx.at",
    "gmx.ch",
    "gmx.com",
    "gmx.de",
    "gmx.net",
    "googlemail.com",
    "hanmail.net",
    "hetnet.nl",
    "home.nl",
    "hotmail.co.uk",
    "hotmail.com",
    "hotmail.com.br",
    "hotmail.de",
    "hotmail.es",
    "hotmail.fr",
    "hotmail.it",
    "i.softbank.jp",
    "icloud.com",
    "ig.com.br",
    "inbox.lv",
    "inbox.ru",
    "interia.pl",
    "kabelmail.de",
    "kpnmail.nl",
    "laposte.net",
    "libero.it",
    "list.ru",
    "live.co.uk",
    "live.com",
    "live.de",
    "live.fr",
    "live.nl",
    "mac.com",
    "mail.com",
    "mail.ru",
    "mailbox.org",
    "me.com",
    "msn.com",
    "naver.com",
    "neuf.fr",
    "ntlworld.com",
    "numericable.fr",
    "o2.pl",
    "onet.pl",
    "online.de",
    "optonline.net",
    "optusnet.com.au",
    "orange.fr",
    "outlook.com",
    "outlook.com.br",
    "outlook.de",
    "outlook.es",
    "outlook.fr",
    "outlook.it",
    "planet.nl",
    "pm.me",
    "posteo.de",
    "proton.me",
    "protonmail.com",
    "qq.com",
    "rambler.ru",
    "rediffmail.com",
    "rocketmail.com",
    "sapo.pt",
    "sbcglobal.net",
    "seznam.cz",
    "sfr.fr",
    "shaw.ca",
    "sina.com",
    "sky.com",
    "skynet.be",
    "softbank.ne.jp",
    "sympatico.ca",
    "t-online.de",
    "talktalk.net",
    "telus.net",
    "terra.com.br",
    "terra.es",
    "tin.it",
    "tiscali.co.uk",
    "tiscali.it",
    "tuta.com",
    "tuta.io",
    "tutanota.com",
    "uol.com.br",
    "verizon.net",
    "virgilio.it",
    "virginmedia.com",
    "vodafonemail.de",
    "wanadoo.fr",
    "web.de",
    "wp.pl",
    "xs4all.nl",
    "xtra.co.nz",
    "ya.ru",
    "yahoo.ca",
    "yahoo.co.id",
    "yahoo.co.in",
    "yahoo.co.jp",
    "yahoo.co.uk",
    "yahoo.com",
    "yahoo.com.ar",
    "yahoo.com.au",
    "yahoo.com.br",
    "yahoo.com.mx",
    "yahoo.de",
    "yahoo.es",
    "yahoo.fr",
    "yahoo.in",
    "yahoo.it",
    "yandex.com",
    "yandex.ru",
    "ymail.com",
    "zoho.com",
    "zohomail.com",
];

/// Names of mailboxes that a mail service keeps for itself: those of
/// RFC 2142, and what services write their own notices from.
const OFFICES: &[&str] = &[
    "abuse",
    "billing",
    "hello",
    "info",
    "keineantwort",
    "keineantwortadresse",
    "kundenservice",
    "mailings",
    "newsletter",
    "no-reply",
    "noreply",
    "postmaster",
    "security",
    "service",
    "support",
    "webmaster",
];

/// Free mail services that never write from the hosts of their users.
const WRITES_FROM_ELSEWHERE: &[&str] = &[
    "aol",
    "gmail",
    "googlemail",
    "hotmail",
    "icloud",
    "live",
    "mac",
    "me",
    "msn",
    "outlook",
    "yahoo",
    "ymail",
];

/// Hosts below which anyone can send: tenants of mail, help-desk, form and
/// hosting platforms.
const SHARED: &[&str] = &[
    "amazonses.com",
    "appspotmail.com",
    "atlassian.net",
    "azurecomm.net",
    "bubbleapps.io",
    "cloudapp.net",
    "cloudwaysapps.com",
    "constantcontact.com",
    "convertkit.com",
    "createsend.com",
    "desk-mail.com",
    "firebaseapp.com",
    "forms-noreply.com",
    "formspree.io",
    "freshdesk.com",
    "freshemail.io",
    "gappssmtp.com",
    "helpscoutemail.com",
    "herokuapp.com",
    "hubspotemail.net",
    "hubspotstarter.net",
    "intercom-mail.com",
    "klaviyomail.com",
    "list-manage.com",
    "mailchimpapp.net",
    "mailgun.org",
    "mailjet.com",
    "mandrillapp.com",
    "mcdlv.net",
    "mcsv.net",
    "netlify.app",
    "onmicrosoft.com",
    "powerappsportals.com",
    "rsgsv.net",
    "sendgrid.net",
    "sendinblue.com",
    "servicenow.com",
    "sibmail.com",
    "vercel.app",
    "web.app",
    "wixsite.com",
    "wordpress.com",
    "zendesk.com",
    "zohodesk.com",
];

/// Vendors' own hosts that send mail under whatever name their users give
/// themselves.
const USER_NAMED: &[&str] = &[
    "allegromail.pl",
    "calendly.com",
    "canva.com",
    "eventbrite.com",
    "github.com",
    "gitlab.com",
    "medium.com",
    "meetup.com",
    "patreon.com",
    "substack.com",
    "surveymonkey.com",
    "surveymonkeyuser.com",
    "typeform.com",
];

/// Services that send in their customers' names: to applicants, about
/// disruptions, from forums, to guests of events, for opinions.
const CUSTOMER_NAMED: &[&str] = &[
    "ashbyhq.com",
    "avature.net",
    "bamboohr.com",
    "breezy.hr",
    "credly.com",
    "cvent-planner.com",
    "discoursemail.com",
    "eightfold.ai",
    "greenhouse-jobs.com",
    "greenhouse-mail.io",
    "hire.lever.co",
    "icims.com",
    "incident.io",
    "jobvite.com",
    "luma-mail.com",
    "myworkday.com",
    "qemailserver.com",
    "qualtrics-survey.com",
    "recruitee.com",
    "smartrecruiters.com",
    "statuspage.io",
    "successfactors.com",
    "successfactors.eu",
    "taleo.net",
    "teams-events.com",
    "teamtailor-mail.com",
    "trustpilotmail.com",
    "workablemail.com",
];

/// Services that rewrite `From` and keep the original address in the local
/// part or the display name.
const ALIAS_SERVICES: &[&str] = &[
    "8alias.com",
    "addy.io",
    "aleeas.com",
    "anonaddy.com",
    "anonaddy.me",
    "duck.com",
    "mozmail.com",
    "passmail.net",
    "privaterelay.appleid.com",
    "simplelogin.co",
    "simplelogin.com",
    "simplelogin.fr",
    "slmail.me",
    "slmails.com",
];

impl Sender {
    /// The sender of a message; none where it has no readable address.
    #[must_use]
    pub fn of(message: &Message, directory: &Directory) -> Option<Self> {
        let mailbox = message.from.first()?;
        let (local, name) = mailbox.address.rsplit_once('@')?;
        let mut sender = Self {
            local: local.to_owned(),
            host: Host::parse(name).ok()?,
            identity: None,
            kind: Kind::Own,
        };
        if is_listed(&sender.host, ALIAS_SERVICES)
            && let Some((local, host)) = behind_alias(mailbox, directory)
        {
            (sender.local, sender.host) = (local, host);
        }
        sender.kind = kind_of(&sender.host);
        if sender.kind == Kind::Own
            || sender.kind == Kind::Shared
                && directory.names_below(&sender.host, service(&sender.host))
        {
            sender.identity = directory.sender(&sender.host);
        }
        Some(sender)
    }

    /// Whether a free mail service itself writes, from one of the addresses
    /// that it gives to nobody.
    pub(crate) fn is_free_mails_own(&self) -> bool {
        let local = self.local.to_ascii_lowercase();
        self.kind == Kind::FreeMail
            && OFFICES.binary_search(&local.as_str()).is_ok()
            && !WRITES_FROM_ELSEWHERE.contains(&self.host.label())
    }
}

/// The platform below which a shared host stands.
fn service(host: &Host) -> &str {
    host.parents()
        .find(|name| SHARED.binary_search(name).is_ok())
        .unwrap_or_else(|| host.suffix())
}

/// Whether anyone can have an address at a host.
pub(crate) fn is_open_to_anyone(host: &Host) -> bool {
    kind_of(host) != Kind::Own
}

fn kind_of(host: &Host) -> Kind {
    if FREE_MAIL.binary_search(&host.ascii()).is_ok() {
        Kind::FreeMail
    } else if host.is_tenant() || is_listed(host, SHARED) {
        Kind::Shared
    } else {
        Kind::Own
    }
}

/// Whether a vendor's host sends mail under names that its users chose.
pub(crate) fn is_user_named(host: &Host) -> bool {
    is_listed(host, USER_NAMED)
}

/// Whether a service's host sends mail in its customers' names.
pub(crate) fn is_customer_named(host: &Host) -> bool {
    is_listed(host, CUSTOMER_NAMED)
}

fn is_listed(host: &Host, list: &[&str]) -> bool {
    host::parents(host.ascii()).any(|name| list.binary_search(&name).is_ok())
}

/// The address that an alias service rewrote: `a_at_b.com_x@duck.com`,
/// `a_at_b_com_x@privaterelay.appleid.com`, or an address in the name.
fn behind_alias(
    mailbox: &Mailbox,
    directory: &Directory,
) -> Option<(String, Host)> {
    let (local, _) = mailbox.address.rsplit_once('@')?;
    if let Some((original, rest)) = local.rsplit_once("_at_") {
        return Some((original.to_owned(), embedded_host(rest, directory)?));
    }
    let name = mailbox.name.replace("(at)", "@").replace("(a)", "@");
    let name = name.replace(" at ", "@");
    let address = name
        .split([' ', '(', ')', '[', ']', '<', '>', '"', '\''])
        .find(|word| word.contains('@'))?;
    let (local, host) = address.rsplit_once('@')?;
    Some((local.to_owned(), Host::parse(host).ok()?))
}

/// The host at the start of what follows `_at_`: dots kept, or turned into
/// underscores with the service's own id behind.
fn embedded_host(rest: &str, directory: &Directory) -> Option<Host> {
    let first = rest.split('_').next()?;
    if first.contains('.') {
        return Host::parse(first).ok();
    }
    let labels: Vec<&str> = rest.split('_').collect();
    let candidates = (2..=labels.len().min(6))
        .rev()
        .filter_map(|n| Host::parse(&labels[..n].join(".")).ok());
    let mut first = None;
    for host in candidates {
        if directory.owner(&host).is_some() {
            return Some(host);
        }
        first = Some(host);
    }
    first
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sender(name: &str, address: &str) -> Sender {
        let mailbox =
            Mailbox { name: name.to_owned(), address: address.to_owned() };
        let message = Message { from: vec![mailbox], ..Message::default() };
        Sender::of(&message, &Directory::builtin()).unwrap()
    }

    #[test]
    fn the_address_behind_an_alias_is_judged() {
        for (name, address) in [
            ("OpenAI", "noreply_at_tm.openai.com_me@duck.com"),
            ("OpenAI", "noreply_at_openai_com_x1@privaterelay.appleid.com"),
            ("noreply@openai.com [via Relay]", "a1b2@mozmail.com"),
            ("OpenAI - noreply(a)openai.com", "x.y@simplelogin.co"),
        ] {
            let sender = sender(name, address);
            assert_eq!(sender.host.registrable(), "openai.com", "{address}");
            assert!(sender.identity.is_some());
        }
    }

    #[test]
    fn the_lists_are_in_order() {
        let lists = [
            FREE_MAIL,
            OFFICES,
            SHARED,
            USER_NAMED,
            CUSTOMER_NAMED,
            ALIAS_SERVICES,
        ];
        for list in lists {
            assert!(list.is_sorted());
        }
    }

    #[test]
    fn free_mail_is_nobodys_identity() {
        let sender = sender("Google", "google.support@gmail.com");
        assert_eq!((sender.kind, sender.identity), (Kind::FreeMail, None));
    }

    #[test]
    fn a_carriers_customers_are_not_the_carrier() {
        for address in ["invoice1@kpnmail.nl", "billing.team@bigpond.com"] {
            let sender = sender("Billing", address);
            assert!(Directory::builtin().owner(&sender.host).is_some());
            assert_eq!(sender.identity, None, "{address}");
        }
    }
}
