//! The checks that look at one link at a time, together.

use rustc_hash::FxHashSet;

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
    let links = case.message.links.iter().zip(&case.targets).enumerate();
    for (index, (link, target)) in links {
        if link.quoted || !seen.insert((&link.href, &link.text)) {
            continue;
        }
        for mut finding in check_one(link, target, case.directory) {
            if names_own_site(case, &finding) {
                continue;
            }
            if is_advertised(case, target, &finding) {
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

/// Whether a mismatch looks like a newsletter's: it leads to the sender's
/// own site or to a click tracker, and nothing else in the message speaks
/// for the site that the text names.
fn is_advertised(case: &Case, target: &Target, finding: &Finding) -> bool {
    let leads_to_sender = case.sender.as_ref().is_some_and(|sender| {
        let host = target.host.as_ref().map(Host::registrable);
        host == Some(sender.host.registrable())
    });
    let claimed = case.claims.iter().any(|claim| {
        let vendor = &case.directory.vendor(claim.vendor).id;
        finding.vendor.as_ref() == Some(vendor)
            && !matches!(claim.place, Place::LinkText | Place::LinkHost)
    });
    finding.code == Code::LinkMismatch
        && (leads_to_sender || link_mismatch::is_tracker_like(target))
        && !claimed
}
