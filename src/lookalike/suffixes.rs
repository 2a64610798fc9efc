//! What the end of a host says of who stands there.

use super::keys::Key;
use crate::directory::Directory;
use crate::host::Host;

/// Suffixes of trades, and of associations, where a word is a word.
const OTHER_TRADES: &[&str] = &[
    "beer",
    "church",
    "dental",
    "energy",
    "farm",
    "fishing",
    "fitness",
    "football",
    "garden",
    "golf",
    "horse",
    "kitchen",
    "org",
    "pizza",
    "pub",
    "racing",
    "restaurant",
    "school",
    "ski",
    "solar",
    "surf",
    "wedding",
    "wine",
    "yoga",
];

/// Suffixes of all trades, from the times before there were hundreds.
const OLD: &[&str] = &["com", "net", "org", "info", "biz"];

/// Countries' suffixes that are sold to everybody, or were given away: they
/// say nothing of where somebody is.
const FOR_SALE: &[&str] = &[
    "ai", "cc", "cf", "cm", "co", "ga", "gq", "io", "la", "me", "ml", "nu",
    "pw", "sh", "st", "su", "tk", "to", "tv", "vc", "ws",
];

/// Whether a host stands under the suffix of a vendor's own home.
pub(super) fn is_home(directory: &Directory, key: &Key, host: &Host) -> bool {
    let home = directory.vendor(key.vendor).home();
    let label = home.strip_suffix(host.suffix());
    label.is_some_and(|label| label.ends_with('.'))
}

/// Whether a suffix says that a host is about something else than money.
pub(super) fn is_other_trade(host: &Host) -> bool {
    OTHER_TRADES.contains(&host.suffix())
}

/// Whether a host stands under one of the oldest suffixes.
pub(super) fn is_old(host: &Host) -> bool {
    OLD.contains(&host.suffix())
}

/// Whether a host stands under a country's suffix that everybody buys.
pub(super) fn is_for_sale(host: &Host) -> bool {
    FOR_SALE.contains(&host.suffix())
}

/// Whether a host stands under a country's suffix, or an office's.
pub(super) fn is_national(host: &Host) -> bool {
    let last = host.suffix().rsplit('.').next().unwrap_or_default();
    last.len() == 2 && !FOR_SALE.contains(&last)
        || ["gov", "edu", "mil"].contains(&last)
}

/// A suffix that a company would hardly choose for its home: none of the
/// old ones and no country's.
pub(super) fn is_odd(host: &Host) -> bool {
    let last = host.suffix().rsplit('.').next().unwrap_or_default();
    host.is_tenant() || !is_national(host) && !OLD.contains(&last)
}
