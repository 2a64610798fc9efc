//! A claim that no identity backs.
//!
//! The attack: "OpenAI Billing" as the sender's name, or "your PayPal
//! account" in subject and text, sent from anywhere. Nearly all real attacks
//! look like this; few use a lookalike sender.

use crate::case::Case;
use crate::claims::Strength;
use crate::directory::VendorId;
use crate::sender::Kind;
use crate::verdict::{Code, Finding, Level, Place};

/// Findings for the claims of every vendor that is not behind the message.
pub(super) fn check(case: &Case) -> Vec<Finding> {
    let mut findings = Vec::new();
    for vendor in claimed(case) {
        if case.is_backed(vendor) {
            continue;
        }
        let level = level(case, vendor);
        if level < Level::Caution {
            continue;
        }
        findings.extend(findings_of(case, vendor, level));
    }
    findings
}

/// The vendors claimed, in the order of their claims.
fn claimed(case: &Case) -> Vec<VendorId> {
    let mut vendors = Vec::new();
    for claim in &case.claims {
        if !vendors.contains(&claim.vendor) {
            vendors.push(claim.vendor);
        }
    }
    vendors
}

/// What the claims of one vendor weigh together.
fn level(case: &Case, vendor: VendorId) -> Level {
    let weight = case.weight(vendor);
    let strong = case
        .claims
        .iter()
        .any(|c| c.vendor == vendor && c.strength == Strength::Strong);
    let together = !case.message.list
        && !case.is_familiar()
        && (weight >= 5 || (weight >= 2 && case.threatens()));
    if !strong && !together {
        return Level::None;
    }
    if fits_an_attack(case, vendor, weight) {
        Level::Danger
    } else {
        Level::Caution
    }
}

/// Whether something beside the claim fits an attack.
fn fits_an_attack(case: &Case, vendor: VendorId, weight: u32) -> bool {
    let disguised =
        case.claims.iter().any(|c| c.vendor == vendor && c.disguised);
    let anonymous = case.sender.as_ref().is_none_or(|sender| {
        sender.kind != Kind::Own || !sender.host.ascii().contains('.')
    });
    let imitates = case
        .link_lookalikes
        .iter()
        .map(|(_, l)| l)
        .chain(&case.sender_lookalike)
        .any(|l| l.vendor == vendor);
    if disguised || imitates || case.is_forged() {
        return true;
    }
    if case.leads_home(vendor) && !case.has_form() {
        return false;
    }
    anonymous
        || case.threatens()
        || case.has_form()
        || case.hides_destination()
        || case.reply_elsewhere().is_some()
        || (case.leads_elsewhere(vendor)
            && (weight > 4 || !case.pressure.is_empty()))
}

/// One finding for each place that claims the vendor.
fn findings_of(case: &Case, vendor: VendorId, level: Level) -> Vec<Finding> {
    let mut places: Vec<Place> = Vec::new();
    let mut findings = Vec::new();
    let table = case.directory.vendor(vendor);
    for claim in case.claims.iter().filter(|c| c.vendor == vendor) {
        let target = claim.link.map(|index| &case.targets[index]);
        let leads_home = target.is_some_and(|t| t.identity == Some(vendor));
        if leads_home || places.contains(&claim.place) {
            continue;
        }
        places.push(claim.place);
        let own = table.kind == "organisation";
        let code = match claim.place {
            Place::DisplayName if own => Code::OwnOrganisation,
            Place::DisplayName if claim.text.contains(['@', '.']) => {
                Code::AddressInName
            }
            Place::DisplayName => Code::DisplayName,
            Place::LocalPart => Code::LocalPart,
            Place::Subject => Code::Subject,
            Place::ImageText => Code::ImageText,
            Place::LinkText => Code::LinkText,
            _ => Code::Body,
        };
        // What only supports the others explains, but does not accuse.
        let level = match claim.strength {
            Strength::Weak => Level::Note,
            _ => level,
        };
        let mut finding = Finding::new(code, level, claim.place)
            .about(&table.id)
            .with("text", &claim.text)
            .with("real", table.home());
        let host = match target {
            Some(target) => target.host.as_ref(),
            None => case.sender.as_ref().map(|sender| &sender.host),
        };
        if let Some(host) = host {
            finding = finding
                .with("host", host.ascii())
                .with("registrable", host.registrable());
            if host.unicode() != host.ascii() {
                finding = finding.with("unicode", &host.unicode());
            }
        }
        if let Some(index) = claim.link {
            finding = finding.with_number("link", index);
        } else if let Some(mailbox) = case.message.from.first() {
            finding = finding.with("address", &mailbox.address);
        }
        findings.push(finding);
    }
    if findings.iter().all(|f| f.level < level)
        && let Some(first) = findings.first_mut()
    {
        first.level = level;
    }
    findings
}
