//! Amazon SES: `/L0/<URL>/<number>/<message>/<signature>`, and `/CL0/` on
//! the hosts of its customers.

use crate::link::parts::Parts;
use crate::link::{Step, decode};

pub(in crate::link) fn read(parts: &Parts) -> Option<Step> {
    let mut segments = parts.segments();
    let kind = segments.next()?;
    if !matches!(kind, "L0" | "CL0") {
        return (kind == "CI0").then_some(Step::Hidden("tracker"));
    }
    decode::url(segments.next()?).map(Step::Leads)
}
