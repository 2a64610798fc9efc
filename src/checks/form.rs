//! A form in a suspicious mail: what is typed goes to the attacker.

use crate::LinkKind;
use crate::case::Case;
use crate::verdict::{Code, Finding, Level, Place};

/// One finding a form, as heavy as what stands beside it.
pub(super) fn check(case: &Case, found: &[Finding]) -> Vec<Finding> {
    let level = found.iter().map(|f| f.level).max().unwrap_or(Level::Note);
    let forms = case.message.links.iter().zip(&case.targets).enumerate();
    forms
        .filter(|(_, (link, target))| {
            link.kind == LinkKind::Form
                && !link.quoted
                && target.identity.is_none()
        })
        .map(|(index, (_, target))| {
            let host = target.host.as_ref().map_or("", |h| h.ascii());
            Finding::new(Code::FormInMail, level, Place::Link)
                .with("host", host)
                .with_number("link", index)
        })
        .collect()
}
