//! Yahoo: `r.search.yahoo.com/…/RU=<URL>/RK=…`, and the older form with the
//! URL behind an asterisk.

use crate::link::parts::Parts;
use crate::link::{Step, decode};

pub(in crate::link) fn read(parts: &Parts) -> Option<Step> {
    let target = parts.segments().find_map(|s| s.strip_prefix("RU="));
    match target {
        Some(target) => decode::url(target).map(Step::Leads),
        None => starred(parts),
    }
}

/// Reads `rd.yahoo.com/…/*http://…` and `/**http%3a//…`.
pub(in crate::link) fn starred(parts: &Parts) -> Option<Step> {
    let (_, target) = parts.url.split_once('*')?;
    let target = target.trim_start_matches(['*', '-']);
    target.starts_with("http").then_some(())?;
    decode::url(target).map(Step::Leads)
}
