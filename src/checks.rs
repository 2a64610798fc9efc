//! Checks: what does not fit, one file each.
