//! Mail services whose click trackers carry the destination.

use crate::link::parts::Parts;
use crate::link::{Step, decode};

/// Postmark: `/3s/<host and path, percent-encoded>/…`.
pub(in crate::link) fn postmark(parts: &Parts) -> Option<Step> {
    let mut segments = parts.segments();
    let version = segments.next()?;
    version.starts_with(['2', '3']).then_some(())?;
    let target = decode::percent(segments.next()?);
    let scheme = if version.contains('s') { "https" } else { "http" };
    decode::url(&format!("{scheme}://{target}")).map(Step::Leads)
}

/// Mandrill: `?p=<JSON in base64, with JSON in it>`, and the older `url=`.
pub(in crate::link) fn mandrill(parts: &Parts) -> Option<Step> {
    if let Some(value) = parts.param(&["url"]) {
        return decode::url(value).map(Step::Leads);
    }
    let target = parts.param(&["p"]).and_then(|value| {
        let outer = decode::base64(value)?;
        decode::json_text(&decode::json_text(&outer, "p")?, "url")
    });
    match target {
        Some(target) => decode::url(&target).map(Step::Leads),
        None => Some(Step::Hidden("tracker")),
    }
}

/// Mailjet and Kit: the last segment of the path is the URL in base64.
pub(in crate::link) fn last_segment(parts: &Parts) -> Option<Step> {
    let target = parts.segments().last().and_then(decode::base64);
    match target.and_then(|target| decode::url(&target)) {
        Some(target) => Some(Step::Leads(target)),
        None => (parts.path.len() > 1).then_some(Step::Hidden("tracker")),
    }
}

/// Customer.io and Substack: a segment is JSON in base64, with a signature
/// behind a dot.
pub(in crate::link) fn json(parts: &Parts) -> Option<Step> {
    // `eyJ` is `{"` in base64.
    let segment = parts.segments().find(|s| s.starts_with("eyJ"));
    let segment = segment.and_then(|s| s.split('.').next());
    let target = segment.and_then(decode::base64).and_then(|json| {
        decode::json_text(&json, "href")
            .or_else(|| decode::json_text(&json, "e"))
    });
    match target {
        Some(target) => decode::url(&target).map(Step::Leads),
        None => Some(Step::Hidden("tracker")),
    }
}
