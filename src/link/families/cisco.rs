//! Cisco Secure Email: `/<token>/<the whole URL, percent-encoded>`.

use crate::link::parts::Parts;
use crate::link::{Step, decode};

pub(in crate::link) fn read(parts: &Parts) -> Option<Step> {
    let (_, target) = parts.path.trim_start_matches('/').split_once('/')?;
    decode::url(target).map(Step::Leads)
}
