//! Bing: `/ck/a?…&u=a1<base64>`, and advertisements with a percent-encoded
//! URL in base64.

use crate::link::parts::Parts;
use crate::link::{Step, decode};

pub(in crate::link) fn read(parts: &Parts) -> Option<Step> {
    let value = parts.param(&["u"])?;
    let decoded = value
        .strip_prefix("a1")
        .and_then(decode::base64)
        .or_else(|| decode::base64(value));
    decode::url(&decoded?).map(Step::Leads)
}
