//! Answers that go elsewhere.
//!
//! The attack: the sender's address looks right or harmless, and the answer
//! with the secrets goes to another. Newsletters do the same, so alone it is
//! a note.

use crate::case::Case;
use crate::verdict::{Code, Finding, Level, Place};

/// A note, which a claim turns into a sign of attack.
pub(super) fn check(case: &Case) -> Vec<Finding> {
    let Some(host) = case.reply_elsewhere() else { return Vec::new() };
    if case.message.list {
        return Vec::new();
    }
    let sender = case.sender.as_ref().map_or("", |s| s.host.ascii());
    vec![
        Finding::new(Code::ReplyToElsewhere, Level::Note, Place::ReplyTo)
            .with("host", host.ascii())
            .with("registrable", host.registrable())
            .with("real", sender),
    ]
}
