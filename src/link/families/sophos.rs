//! Sophos Email: `?d=<domain>&u=<URL in base64>`; without `u` the URL is
//! kept on their server.

use crate::link::parts::Parts;
use crate::link::{Step, decode};

pub(in crate::link) fn read(parts: &Parts) -> Option<Step> {
    let Some(value) = parts.param(&["u"]) else {
        return parts.param(&["d"]).map(|_| Step::Hidden("opaque"));
    };
    let decoded = decode::base64(value).unwrap_or_else(|| value.to_owned());
    decode::url(&decoded).map(Step::Leads)
}
