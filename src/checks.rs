//! Checks: what does not fit, one file each.
//!
//! A new check is one file and one line in [`ALL`].

mod authentication;
mod claim;
mod deceptive;
mod form;
mod incident;
mod invisible;
mod link_hidden;
mod link_hosting;
mod link_ip;
mod link_mismatch;
mod link_scheme;
mod link_userinfo;
pub(crate) mod links;
mod lookalike;
mod pressure;
mod reply_to;

use crate::case::Case;
use crate::verdict::{Finding, Level};

/// Looks at a case and says what does not fit.
pub(crate) type Check = fn(&Case) -> Vec<Finding>;

/// Looks at a case beside what was found in it.
pub(crate) type CheckBeside = fn(&Case, &[Finding]) -> Vec<Finding>;

/// Every check. The first ones find; [`pressure`], [`form`] and
/// [`incident`] only stand beside what was found.
pub(crate) const ALL: &[Check] = &[
    claim::check,
    lookalike::check_sender,
    lookalike::check_reply,
    lookalike::check_links,
    deceptive::check_sender,
    deceptive::check_links,
    authentication::check,
    invisible::check,
    reply_to::check,
    links::check,
];

/// Checks whose findings count only beside a warning.
pub(crate) const BESIDE: &[CheckBeside] =
    &[pressure::check, form::check, incident::check];

/// Runs all checks.
pub(crate) fn run(case: &Case) -> Vec<Finding> {
    with_beside(case, ALL.iter().flat_map(|check| check(case)).collect())
}

/// Looks only at who a text says it is.
pub(crate) fn run_on_claims(case: &Case) -> Vec<Finding> {
    with_beside(case, claim::check(case))
}

fn with_beside(case: &Case, mut findings: Vec<Finding>) -> Vec<Finding> {
    if findings.iter().any(|f| f.level >= Level::Caution) {
        let beside: Vec<Finding> =
            BESIDE.iter().flat_map(|check| check(case, &findings)).collect();
        findings.extend(beside);
    }
    findings
}
