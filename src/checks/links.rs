//! The checks that look at one link at a time, together.

use std::cell::LazyCell;

use rustc_hash::{FxHashMap, FxHashSet};

use super::{
    link_hidden, link_hosting, link_ip, link_mismatch, link_scheme,
    link_userinfo,
};
use crate::case::Case;
use crate::directory::Directory;
use crate::host::Host;
use crate::link::Target;
use crate::verdict::{Code, Finding, Level, Place, Value};
use crate::{AuthResult, Link};

type LinkCheck = fn(&Link, &Target, &Directory) -> Option<Finding>;

/// Every check of one link.
const ALL: &[LinkCheck] = &[
    link_mismatch::check,
    link_userinfo::check,
    link_ip::check,
    link_scheme::check,
    link_hidden::check,
    link_hosting::check,
];

/// Checks one link.
pub(crate) fn check_one<'a>(
    link: &'a Link,
    target: &'a Target,
    directory: &'a Directory,
) -> impl Iterator<Item = Finding> {
    ALL.iter().filter_map(move |check| check(link, target, directory))
}

/// Checks the links of a message: each target and text once, each note once
/// a host.
pub(super) fn check(case: &Case) -> Vec<Finding> {
    let mut seen = FxHashSet::default();
    let mut noted = FxHashSet::default();
    let mut findings = Vec::new();
    let redirectors = LazyCell::new(|| redirectors(case));
    let links = case.message.links.iter().zip(&case.targets).enumerate();
    for (index, (link, target)) in links {
        if link.quoted || !seen.insert((&link.href, &link.text)) {
            continue;
        }
        for mut finding in check_one(link, target, case.directory) {
            if names_own_site(case, &finding) {
                continue;
            }
            let redirects = |host: &Host| redirectors.contains(host.ascii());
            if is_advertised(case, target, &finding, redirects) {
                finding.level = Level::Note;
            }
            let host = target.host.as_ref().map(Host::ascii);
            if finding.level <= Level::Note
                && !noted.insert((finding.code, host))
            {
                continue;
            }
            findings.push(finding.with_number("link", index));
        }
    }
    findings
}

/// Whether a mismatch only shows that the sender's own newsletter goes
/// through a mail service: the text names the sender's site. A vendor's own
/// name needs the receiving server's word for it.
fn names_own_site(case: &Case, finding: &Finding) -> bool {
    let (Some(sender), Some(Value::Text(named))) =
        (&case.sender, finding.evidence.get("text"))
    else {
        return false;
    };
    finding.code == Code::LinkMismatch
        && crate::host::is_within(named, sender.host.registrable())
        && !case.is_forged()
        && (finding.vendor.is_none()
            || case.message.authentication.dmarc == AuthResult::Pass)
}

/// Hosts that links naming different sites lead to: a newsletter's own click
/// tracker. An attack imitates one site.
fn redirectors(case: &Case) -> FxHashSet<String> {
    let mut named: FxHashMap<&str, String> = FxHashMap::default();
    let mut redirectors = FxHashSet::default();
    for (link, target) in case.message.links.iter().zip(&case.targets) {
        let Some(host) = &target.host else { continue };
        let Some(site) = link_mismatch::named_site(&link.text) else {
            continue;
        };
        let first = named.entry(host.ascii()).or_insert_with(|| site.clone());
        if *first != site {
            redirectors.insert(host.ascii().to_owned());
        }
    }
    redirectors
}

/// Whether a mismatch looks like a newsletter's: it leads to the sender's
/// own site or to a click tracker, and nothing else in the message speaks
/// for the site that the text names.
fn is_advertised(
    case: &Case,
    target: &Target,
    finding: &Finding,
    redirectors: impl Fn(&Host) -> bool,
) -> bool {
    if finding.code != Code::LinkMismatch {
        return false;
    }
    let leads_to_sender = case.sender.as_ref().is_some_and(|sender| {
        let host = target.host.as_ref().map(Host::registrable);
        host == Some(sender.host.registrable())
    });
    let claimed = case.claims.iter().any(|claim| {
        let vendor = &case.directory.vendor(claim.vendor).id;
        finding.vendor.as_ref() == Some(vendor)
            && !matches!(claim.place, Place::LinkText | Place::LinkHost)
    });
    let redirects = || target.host.as_ref().is_some_and(redirectors);
    !claimed
        && (leads_to_sender
            || link_mismatch::is_tracker_like(target)
            || redirects())
}

#[cfg(test)]
mod tests {
    use crate::{Code, Engine, Level, Link, Mailbox, Message};

    fn mismatches(sender: &str, links: &[(&str, &str)]) -> Vec<Level> {
        let link = |(text, href): &(&str, &str)| Link {
            href: (*href).to_owned(),
            text: (*text).to_owned(),
            ..Link::default()
        };
        let message = Message {
            from: vec![Mailbox {
                name: String::new(),
                address: sender.to_owned(),
            }],
            links: links.iter().map(link).collect(),
            ..Message::default()
        };
        let findings = Engine::new().check_message(&message).findings;
        let mismatch =
            findings.iter().filter(|f| f.code == Code::LinkMismatch);
        mismatch.map(|f| f.level).collect()
    }

    #[test]
    fn a_lone_mismatch_is_a_caution_and_counts_once() {
        let link = ("www.shop-eins.de", "https://other.example/a");
        let levels = mismatches("a@sender.example", &[link, link]);
        assert_eq!(levels, [Level::Caution]);
    }

    #[test]
    fn newsletters_may_count_their_clicks() {
        let own = ("www.shop-eins.de", "https://mailer.example/c/1");
        assert!(mismatches("news@shop-eins.de", &[own]).is_empty());
        for links in [
            [own, ("www.shop-zwei.de", "https://mailer.example/c/2")],
            [("www.shop-drei.de", "https://sender.example/go"); 2],
        ] {
            let levels = mismatches("news@sender.example", &links);
            assert!(!levels.contains(&Level::Caution), "{links:?}");
        }
    }
}
