//! A note beside a warning about a vendor whose data leaked lately: it
//! explains why the message may know so much about its reader.

use crate::case::Case;
use crate::verdict::{Code, Finding, Level, Place};

/// One note an incident of the vendors warned about.
pub(super) fn check(case: &Case, found: &[Finding]) -> Vec<Finding> {
    let mut notes: Vec<Finding> = Vec::new();
    let warned = found.iter().filter(|f| f.level >= Level::Caution);
    for id in warned.filter_map(|f| f.vendor.as_deref()) {
        for incident in case.directory.incidents(id) {
            let current = case.knowledge.is_current(incident);
            let known = notes.iter().any(|n| {
                n.evidence.get("incident").is_some_and(
                    |v| matches!(v, crate::Value::Text(t) if t == incident.id),
                )
            });
            if current && !known {
                notes.push(
                    Finding::new(Code::Incident, Level::Note, Place::Body)
                        .about(id)
                        .with("incident", incident.id)
                        .with("date", incident.date),
                );
            }
        }
    }
    notes
}
