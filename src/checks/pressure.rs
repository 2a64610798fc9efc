//! Pressure beside a warning.
//!
//! Urgency and requests for secrets explain a warning; they never make one.

use crate::case::Case;
use crate::verdict::{Code, Finding, Level, Place};

/// One note a kind of pressure.
pub(super) fn check(case: &Case, _: &[Finding]) -> Vec<Finding> {
    let note = |pressure: &crate::pressure::Pressure| {
        Finding::new(Code::Pressure, Level::Note, Place::Body)
            .with("class", pressure.kind)
            .with("text", &pressure.phrase)
    };
    case.pressure().iter().map(note).collect()
}
