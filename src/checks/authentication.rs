//! A vendor's own address that the receiving server could not confirm.
//!
//! The attack: `From: service@paypal.com`, exactly, sent by somebody else.
//! What is absent is unknown and says nothing (RFC 8601, RFC 7489).

use crate::AuthResult;
use crate::case::Case;
use crate::verdict::{Code, Finding, Level, Place};

/// DMARC failed: danger. Only SPF failed and no signature passed: caution,
/// since forwarding breaks SPF.
pub(super) fn check(case: &Case) -> Vec<Finding> {
    let Some(sender) = &case.sender else { return Vec::new() };
    let Some(vendor) = sender.identity else { return Vec::new() };
    // Lists break signatures; nobody but an attacker presses over one.
    if !case.is_forged() || (case.message.list && !case.threatens()) {
        return Vec::new();
    }
    let dmarc = case.message.authentication.dmarc == AuthResult::Fail;
    let level =
        if dmarc || case.threatens() { Level::Danger } else { Level::Caution };
    let table = case.directory.vendor(vendor);
    let class = if dmarc { "dmarc" } else { "spf" };
    vec![
        Finding::new(Code::AuthenticationFailed, level, Place::Authentication)
            .about(&table.id)
            .with("host", sender.host.ascii())
            .with("real", table.home())
            .with("class", class),
    ]
}
