//! A host written with characters that deceive.
//!
//! The attack: `rhubаrb.example` with a Cyrillic а. Whoever is meant, no
//! honest owner mixes scripts in a name.

use crate::case::Case;
use crate::deceptive;
use crate::verdict::{Finding, Place};

/// The sender's host.
pub(super) fn check_sender(case: &Case) -> Vec<Finding> {
    let strangers = case.sender.iter().filter(|sender| {
        sender.identity.is_none() && !case.knowledge.trusts(&sender.host)
    });
    strangers
        .filter_map(|s| deceptive::finding(&s.host, Place::SenderHost))
        .collect()
}

/// The hosts that the links lead to; one finding a host.
pub(super) fn check_links(case: &Case) -> Vec<Finding> {
    let mut hosts: Vec<&str> = Vec::new();
    let mut findings = Vec::new();
    for (index, target) in case.targets.iter().enumerate() {
        let Some(host) = &target.host else { continue };
        let known = target.identity.is_some() || case.knowledge.trusts(host);
        if known || !target.is_web() || hosts.contains(&host.ascii()) {
            continue;
        }
        if let Some(found) = deceptive::finding(host, Place::LinkHost) {
            hosts.push(host.ascii());
            findings.push(found.with_number("link", index));
        }
    }
    findings
}
