//! A host that imitates a vendor's.
//!
//! The attack: `paypa1-support.com`, `openai.com.account-verify.example`.
//! Likeness alone is never danger: a claim of the same vendor, or pressure
//! beside a sender's lookalike, makes it so.

use crate::case::Case;
use crate::lookalike::Lookalike;
use crate::verdict::{Finding, Level, Place};

/// The sender's host.
pub(super) fn check_sender(case: &Case) -> Vec<Finding> {
    let (Some(sender), Some(found)) = (&case.sender, &case.sender_lookalike)
    else {
        return Vec::new();
    };
    if case.knowledge.trusts(&sender.host) {
        return Vec::new();
    }
    let mut finding = case.knowledge.lookalike_finding(
        &sender.host,
        found,
        Place::SenderHost,
    );
    finding.level = raised(case, found, true);
    if let Some(mailbox) = case.message.from.first() {
        finding = finding.with("address", &mailbox.address);
    }
    vec![finding]
}

/// The host that answers go to, where it is not the sender's.
pub(super) fn check_reply(case: &Case) -> Vec<Finding> {
    let Some(host) = case.reply_elsewhere() else { return Vec::new() };
    let found = case.knowledge.lookalike_of(&host);
    let Some(found) = found.filter(|_| !case.knowledge.trusts(&host)) else {
        return Vec::new();
    };
    let mut finding =
        case.knowledge.lookalike_finding(&host, &found, Place::ReplyTo);
    finding.level = raised(case, &found, true);
    vec![finding]
}

/// The hosts that the links lead to; one finding a link, so that each can be
/// guarded.
pub(super) fn check_links(case: &Case) -> Vec<Finding> {
    let mut findings = Vec::new();
    for (index, found) in &case.link_lookalikes {
        let target = &case.targets[*index];
        let Some(host) = &target.host else { continue };
        let own = case.sender.as_ref().is_some_and(|s| {
            s.host.registrable() == host.registrable()
                && case.sender_lookalike.is_none()
        });
        if own || case.knowledge.trusts(host) {
            continue;
        }
        let mut finding =
            case.knowledge.lookalike_finding(host, found, Place::LinkHost);
        finding.level = raised(case, found, false);
        findings.push(finding.with_number("link", *index));
    }
    findings
}

/// The level of a likeness in this case; pressure raises that of a sender.
/// The likeness of a platform's or an
/// office's name, which stands in many harmless hosts, needs a claim or
/// pressure beside it.
fn raised(case: &Case, found: &Lookalike, sender: bool) -> Level {
    let weight = case.weight(found.vendor);
    let claimed = weight >= 2 && !case.is_backed(found.vendor);
    if found.level < Level::Caution {
        return found.level;
    }
    if claimed || sender && case.threatens() {
        return Level::Danger;
    }
    if weight > 0 || case.threatens() {
        return found.level;
    }
    // One letter off, among the links of a mail that says nothing of the
    // vendor, is chance more often than not.
    let vendor = case.directory.vendor(found.vendor);
    let fuzzy = found.class.starts_with("typo") || found.class == "tenant";
    if vendor.takes_money() && !fuzzy { found.level } else { Level::Note }
}
