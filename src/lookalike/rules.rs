//! What a likeness weighs: false alarms cost more than the last attack, so
//! the less a name says by itself, the more must stand beside it.

use super::keys::{Key, Strength};
use super::keywords::Beside;
use super::reading::{Reading, Token, letters_of, sign};
use super::{Index, sought};
use crate::directory::{Directory, VendorId};
use crate::host::Host;
use crate::verdict::Level;

/// A likeness that was found.
pub(super) struct Likeness {
    pub(super) vendor: VendorId,
    pub(super) class: &'static str,
    pub(super) level: Level,
    /// The host it imitates, where that is known.
    pub(super) real: Option<String>,
    /// Whether a word about logging in, paying or securing stands by.
    pub(super) presses: bool,
}

impl Likeness {
    fn new(key: &Key, class: &'static str, level: Level) -> Self {
        let vendor = key.vendor;
        Self { vendor, class, level, real: None, presses: false }
    }
}

/// The weightiest likeness of a host.
pub(super) fn judge(
    index: &Index,
    directory: &Directory,
    reading: &Reading,
    host: &Host,
) -> Option<Likeness> {
    let mut best: Option<Likeness> = None;
    let mut offer = |likeness: Option<Likeness>| {
        if let Some(likeness) = likeness
            && best.as_ref().is_none_or(|b| b.level < likeness.level)
        {
            best = Some(likeness);
        }
    };
    offer(whole_name(index, reading, host));
    offer(whole_domain(index, directory, reading, host));
    offer(typing_error(index, directory, reading, host));
    offer(inside(index, reading, host));
    best
}

/// The label of the registrable domain reads as a name.
fn whole_name(
    index: &Index,
    reading: &Reading,
    host: &Host,
) -> Option<Likeness> {
    let key = index.named(reading.name_letters())?;
    let whole = Token { start: reading.name, end: reading.letters().len() };
    let label = host.label();
    let differs = label.replace('-', "") != *key.name;
    let class = if reading.has(whole, sign::FOREIGN) {
        "confusable"
    } else if differs {
        "homoglyph"
    } else if label.contains('-') {
        "hyphens-moved"
    } else {
        "other-suffix"
    };
    let likely = class == "confusable" || reading.has(whole, sign::DIGIT);
    let level = match key.strength {
        Strength::Sought if host.suffix().contains("gov") => Level::Note,
        Strength::Sought => Level::Caution,
        Strength::SoughtWord if differs || key.is_rare() => Level::Caution,
        Strength::SoughtWord if key.name.len() < 6 && is_odd_suffix(host) => {
            Level::Caution
        }
        Strength::Known if differs && likely && key.name.len() >= 8 => {
            Level::Caution
        }
        _ => Level::Note,
    };
    Some(Likeness::new(key, class, level))
}

/// A vendor's whole domain stands in the host.
fn whole_domain(
    index: &Index,
    directory: &Directory,
    reading: &Reading,
    host: &Host,
) -> Option<Likeness> {
    let found = index.domains.find(directory, reading, host)?;
    let label = found.real.split('.').next().unwrap_or_default();
    let label = label.bytes().filter(|b| *b != b'-');
    let letters: Vec<u8> = letters_of(label).collect();
    let sought = index
        .named(&letters)
        .is_some_and(|key| key.strength >= Strength::SoughtWord);
    let level = if found.cut || sought { Level::Caution } else { Level::Note };
    Some(Likeness {
        vendor: found.vendor,
        class: found.class,
        level,
        real: Some(found.real),
        presses: true,
    })
}

/// Names inside the host's labels; the weightiest.
fn inside(index: &Index, reading: &Reading, host: &Host) -> Option<Likeness> {
    let mut best: Option<(Likeness, Strength)> = None;
    let mut offer = |key: &Key, at: Token| {
        let found = one_inside(index, key, reading, at, host);
        if let Some(found) = found
            && best.as_ref().is_none_or(|(b, strength)| {
                (b.level, *strength) < (found.level, key.strength)
            })
        {
            best = Some((found, key.strength));
        }
    };
    index.inside.each(&index.keys, reading, |number, at| {
        offer(&index.keys[number], at);
    });
    for token in reading.tokens() {
        if token.end - token.start < 4
            && let Some(key) =
                index.named(&reading.letters()[token.start..token.end])
        {
            offer(key, *token);
        }
    }
    best.map(|(found, _)| found)
}

fn one_inside(
    index: &Index,
    key: &Key,
    reading: &Reading,
    at: Token,
    host: &Host,
) -> Option<Likeness> {
    if key.strength <= Strength::Further {
        return None;
    }
    let label = reading.label_around(at.start);
    let edges = (reading.is_edge(at.start), reading.is_edge(at.end));
    let aligned = edges == (true, true);
    let crosses = reading.inner_has(at, sign::EDGE);
    let is_name =
        (label.start, label.end) == (reading.name, reading.letters().len());
    let is_label = (label.start, label.end) == (at.start, at.end);
    let split = crosses && !aligned && key.strength != Strength::Sought;
    if at.end > label.end || split || is_name && is_label {
        return None;
    }
    let words = &index.keywords;
    let before_it = Token { start: label.start, end: at.start };
    let after_it = Token { start: at.end, end: label.end };
    let before = words.beside(reading, before_it);
    let after = words.beside(reading, after_it);
    let beside = before.max(after);
    let known = before.min(after) != Beside::Unknown;
    // Whole parts of its own label count too: `citi-x7-login`.
    let elsewhere = words.elsewhere(reading, if aligned { at } else { label });
    let presses = beside.max(elsewhere) >= Beside::Telling;
    let place = Surroundings {
        aligned,
        starts: edges.0,
        ends: edges.1,
        literal: host.ascii().contains(&*key.name)
            || reading.has(at, sign::FOREIGN),
        hyphen: aligned && !is_label && !is_other_trade(host.suffix()),
        beside,
        known,
        // Only long sought words ask for it.
        holds: known
            || key.strength == Strength::SoughtWord
                && key.name.len() + 1 >= LONG
                && (words.holds(reading, before_it)
                    || words.holds(reading, after_it)),
        presses,
        pressed: beside.max(elsewhere) == Beside::Pressing,
        tenant: host.is_tenant(),
        in_country: !host.is_tenant() && is_national(host),
        in_name: is_name,
    };
    if !aligned && sought::is_within_word(host.ascii(), &key.name) {
        return None;
    }
    let level = weigh(key, &place)?;
    let class = if presses {
        "keyword"
    } else if is_label {
        "subdomain"
    } else if place.tenant {
        "tenant"
    } else if known {
        "keyword"
    } else {
        "glued"
    };
    let mut found = Likeness::new(key, class, level);
    found.presses = presses;
    Some(found)
}

/// What stands around a name inside a label.
#[expect(
    clippy::struct_excessive_bools,
    reason = "each is one observation, and any may hold beside any"
)]
struct Surroundings {
    /// Dots or hyphens, or the label's ends, stand on both sides.
    aligned: bool,
    /// They stand before it.
    starts: bool,
    /// They stand behind it.
    ends: bool,
    /// It is written as it is, not in letters that look alike.
    literal: bool,
    /// Other parts of the label stand beside it, by hyphen.
    hyphen: bool,
    /// What the rest of the label says.
    beside: Beside,
    /// Whether all of the rest is words and numbers of the lists.
    known: bool,
    /// Whether a word of the lists stands in the rest, whatever else does.
    holds: bool,
    /// Whether a telling word stands anywhere in the host.
    presses: bool,
    /// Whether a pressing word stands anywhere in the host.
    pressed: bool,
    /// Whether it is a tenant of a hosting service.
    tenant: bool,
    /// Under a country's suffix or an office's, where a name shared by
    /// hundreds (Santander, the savings banks) belongs to places and
    /// members.
    in_country: bool,
    /// Whether the name stands in the label of the registrable domain.
    in_name: bool,
}

/// A sought word of so many letters is no part of other words.
const LONG: usize = 9;

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

/// What a name inside a longer label weighs.
fn weigh(key: &Key, at: &Surroundings) -> Option<Level> {
    let telling = at.beside >= Beside::Telling;
    let pressing = at.beside == Beside::Pressing;
    let long = key.name.len() >= 6;
    let alarms = match key.strength {
        Strength::Sought if at.aligned || at.presses || at.tenant => true,
        Strength::Sought => at.literal && (long || at.starts || at.known),
        Strength::SoughtWord if at.aligned => {
            let spoken = at.presses && (!key.is_word || long)
                || at.pressed
                || at.hyphen && long && !at.in_country;
            let rare = sought::is_rare_part(&key.name)
                || key.name.len() >= LONG && !at.in_name;
            spoken || at.tenant && long || rare && !at.in_country
        }
        Strength::SoughtWord => {
            let spoken = at.known && (pressing || telling && long);
            at.tenant && long
                || at.starts && spoken && key.name.len() >= 5
                || (at.starts || at.ends) && !key.is_sayable()
                || at.ends && at.known && pressing && key.name.len() >= 5
                || key.name.len() + 1 >= LONG
                    && (at.holds || at.starts && !sought::is_place(&key.name))
                    && !at.in_country
        }
        Strength::Slip => at.tenant && at.literal || at.pressed,
        Strength::Known => at.aligned && pressing && at.known,
        Strength::Further | Strength::Word => return None,
    };
    match alarms {
        true => Some(Level::Caution),
        false if at.aligned && key.strength >= Strength::Known => {
            Some(Level::Note)
        }
        false => None,
    }
}

/// The label of the registrable domain is a typing error of a name.
fn typing_error(
    index: &Index,
    directory: &Directory,
    reading: &Reading,
    host: &Host,
) -> Option<Likeness> {
    let (number, class) =
        index.typos.find(&index.keys, reading.name_letters())?;
    if sought::is_ordinary(host.label()) {
        return None;
    }
    let key = &index.keys[number];
    let home = directory.vendor(key.vendor).home();
    let suffix = host.suffix();
    let near = suffix == "com"
        || home.split_once('.').is_some_and(|(_, s)| s == suffix)
        || host.is_tenant()
        || key.name.len() >= 8;
    let level = if near { Level::Caution } else { Level::Note };
    Some(Likeness::new(key, class, level))
}

/// Whether a suffix says that a host is about something else than money.
fn is_other_trade(suffix: &str) -> bool {
    OTHER_TRADES.contains(&suffix)
}

fn is_national(host: &Host) -> bool {
    let last = host.suffix().rsplit('.').next().unwrap_or_default();
    last.len() == 2 || ["gov", "edu", "mil"].contains(&last)
}

/// A suffix that a company would hardly choose for its home: none of the
/// old ones and no country's.
fn is_odd_suffix(host: &Host) -> bool {
    let last = host.suffix().rsplit('.').next().unwrap_or_default();
    let old = ["com", "net", "org", "info", "biz"];
    host.is_tenant() || !is_national(host) && !old.contains(&last)
}
