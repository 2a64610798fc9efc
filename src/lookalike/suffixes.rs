//! What the end of a host says of who stands there.

use super::keys::{Key, Strength};
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

/// Suffixes that are bought by the thousand for a day.
const THROWAWAY: &[&str] = &[
    "bond", "buzz", "cc", "cfd", "cyou", "icu", "lol", "monster", "quest",
    "sbs", "top", "vip", "win", "xyz",
];

/// Suffixes of stalls that anybody puts up.
const STALLS: &[&str] = &["online", "shop", "site", "store"];

/// What the end of a host says of who stands there.
#[expect(
    clippy::struct_excessive_bools,
    reason = "each is one observation, and any may hold beside any"
)]
pub(super) struct Ground {
    /// Under the suffix that the vendor's own home has.
    pub(super) at_home: bool,
    /// Under a suffix that a company would hardly choose for its home.
    pub(super) odd: bool,
    /// Under one of the oldest suffixes.
    pub(super) old: bool,
    /// Under a country's suffix that everybody buys.
    pub(super) sold: bool,
    /// Under a suffix that is bought by the thousand.
    pub(super) throwaway: bool,
    /// Under a suffix of stalls that anybody puts up.
    pub(super) stall: bool,
    /// Whether a program made the domain up; only asked for names that are
    /// words.
    pub(super) made_up: bool,
}

impl Ground {
    pub(super) fn below(
        directory: &Directory,
        key: &Key,
        host: &Host,
    ) -> Self {
        let holds = |list: &[&str]| list.contains(&host.suffix());
        Self {
            at_home: is_home(directory, key, host),
            odd: is_odd(host),
            old: holds(OLD),
            sold: holds(FOR_SALE),
            throwaway: holds(THROWAWAY),
            stall: holds(STALLS),
            made_up: key.strength == Strength::SoughtWord && is_made_up(host),
        }
    }
}

/// Whether a host stands under the suffix of a vendor's own home.
fn is_home(directory: &Directory, key: &Key, host: &Host) -> bool {
    let home = directory.vendor(key.vendor).home();
    let label = home.strip_suffix(host.suffix());
    label.is_some_and(|label| label.ends_with('.'))
}

/// Whether a suffix says that a host is about something else than money.
pub(super) fn is_other_trade(host: &Host) -> bool {
    OTHER_TRADES.contains(&host.suffix())
}

/// Pairs of consonants that stand in short words.
const SAYABLE: &str = "
    bb bl br bs cc ch ck cl cr ct dd dr ds ff fl fr ft gg gh gl gn gr gs ht
    kl kn kr ks lb ld lf lg lk ll lm ln lp ls lt mb mm mp ms nc nd ng nk nn
    ns nt ph pl pp pr ps pt rb rc rd rf rg rk rl rm rn rp rr rs rt rv rz sc
    sh sk sl sm sn sp sr ss st sw tc th tr ts tt tw tz vr wh wl wn wr ws zz
";

/// Whether the label of a registrable domain was made up by a program, as
/// those that are bought by the thousand: a few letters that nobody can say,
/// with or without a number. A country's offices go by such letters too
///, so that its suffix must not be theirs.
fn is_made_up(host: &Host) -> bool {
    let label = host.label();
    let letters = label.trim_end_matches(|c: char| c.is_ascii_digit());
    let is_vowel = |byte: &u8| b"aeiouy".contains(byte);
    let numbered = letters.len() < label.len();
    let mut pairs = letters.as_bytes().windows(2);
    let sayable = pairs.all(|pair| {
        pair.iter().any(is_vowel)
            || SAYABLE.split_whitespace().any(|known| known.as_bytes() == pair)
    });
    let short = (4 - usize::from(numbered)..=6).contains(&letters.len());
    let counted = letters.len() < 3 && label.len() >= letters.len() + 4;
    let said = letters.len() < 5 || letters.bytes().any(|b| is_vowel(&b));
    (host.suffix() == "cn" || !is_national(host))
        && (short && !sayable || !said || counted)
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_that_nobody_can_say_is_made_up() {
        let is_made_up = |name: &str| is_made_up(&Host::parse(name).unwrap());
        for made_up in [
            "qzfk7.com",
            "xdqv.cn",
            "bcdfghk.com",
            "7263541.info",
            "k9172.top",
        ] {
            assert!(is_made_up(made_up), "{made_up}");
        }
        for said in [
            "quince.com",
            "plum24.com",
            "bls.com",
            "trip7.com",
            "kdmqd.ru",
            "wholesalefruitbasket.com",
        ] {
            assert!(!is_made_up(said), "{said}");
        }
    }
}
