//! What a likeness weighs: false alarms cost more than the last attack, so
//! the less a name says by itself, the more must stand beside it.

use super::keys::{Key, Strength};
use super::keywords::Beside;
use super::reading::{Reading, Token, letters, sign};
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
    let rules: [&dyn Fn() -> Option<Likeness>; 5] = [
        &|| whole_name(index, reading, host),
        &|| whole_domain(index, directory, reading, host),
        &|| typing_error(index, directory, reading, host),
        &|| inside(index, directory, reading, host),
        &|| misspelt_part(index, reading, host),
    ];
    let mut best: Option<Likeness> = None;
    for find in rules {
        if let Some(likeness) = find()
            && best.as_ref().is_none_or(|b| b.level < likeness.level)
        {
            best = Some(likeness);
        }
        // No likeness weighs more.
        if best.as_ref().is_some_and(|b| b.level == Level::Caution) {
            break;
        }
    }
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
        Strength::SoughtWord
            if is_odd_suffix(host)
                && (key.name.len() < 6 || !sought::is_shared(&key.name)) =>
        {
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
    let letters: Vec<u8> = letters(&label.replace('-', "")).collect();
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
fn inside(
    index: &Index,
    directory: &Directory,
    reading: &Reading,
    host: &Host,
) -> Option<Likeness> {
    let mut best: Option<(Likeness, Strength)> = None;
    let mut offer = |key: &Key, at: Token| {
        let found = one_inside(index, directory, key, reading, at, host);
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
    directory: &Directory,
    key: &Key,
    reading: &Reading,
    at: Token,
    host: &Host,
) -> Option<Likeness> {
    if key.strength <= Strength::Further {
        return None;
    }
    let mut label = reading.label_around(at.start);
    let edges = (reading.is_edge(at.start), reading.is_edge(at.end));
    let aligned = edges == (true, true);
    let crosses = reading.inner_has(at, sign::EDGE);
    let is_name =
        (label.start, label.end) == (reading.name, reading.letters().len());
    let is_label = (label.start, label.end) == (at.start, at.end);
    let sought = key.strength == Strength::Sought;
    let split = crosses && !aligned && !sought;
    // `american.express.example.net`
    let dotted = at.end > label.end;
    let scattered = dotted && !(aligned && sought && key.name.len() >= LONG);
    if scattered || split || is_name && is_label {
        return None;
    }
    label.end = label.end.max(at.end);
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
        numbered: reading.touches_number(at),
        rest: label.end - label.start - (at.end - at.start),
        at_home: is_home_suffix(directory, key, host),
        odd: is_odd_suffix(host),
        old: OLD_SUFFIXES.contains(&host.suffix()),
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
    /// Whether a digit stands right before or behind it.
    numbered: bool,
    /// How many letters the rest of the label has.
    rest: usize,
    /// Under the suffix that the vendor's own home has.
    at_home: bool,
    /// Under a suffix that a company would hardly choose for its home.
    odd: bool,
    /// Under one of the oldest suffixes.
    old: bool,
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

impl Surroundings {
    /// Whether a digit and so many letters follow the name that no shop and
    /// no fan puts there: a copy of an onion service's address.
    fn is_gibberish(&self) -> bool {
        self.starts && self.rest >= 20 && self.numbered && !self.known
    }
}

/// What a name inside a longer label weighs.
fn weigh(key: &Key, at: &Surroundings) -> Option<Level> {
    let telling = at.beside >= Beside::Telling;
    let long = key.name.len() >= 6;
    let alarms = match key.strength {
        Strength::Sought if at.aligned || at.presses || at.tenant => true,
        Strength::Sought => {
            at.literal && (long || at.starts || at.known)
                || at.starts && at.odd
        }
        Strength::SoughtWord if long && at.is_gibberish() => true,
        Strength::SoughtWord if at.aligned => part_alarms(key, at),
        Strength::SoughtWord => {
            glued_word_alarms(key, at) || glued_number_alarms(key, at)
        }
        Strength::Slip if key.name.len() >= LONG => {
            at.literal && (at.starts || at.tenant) || at.pressed
        }
        Strength::Slip => {
            at.tenant && at.literal
                || at.pressed
                || telling && at.known && at.starts
        }
        Strength::Known => {
            at.aligned && at.beside == Beside::Pressing && at.known
        }
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

/// Whether a sought word alarms as a part of its own.
fn part_alarms(key: &Key, at: &Surroundings) -> bool {
    let long = key.name.len() >= 6;
    let local = at.in_country && !key.is_worldwide;
    let rare = sought::is_rare_part(&key.name);
    let spoken = at.presses && (!key.is_word || long) || at.pressed;
    let at_home = at.at_home && at.known && (key.name.len() >= 5 || rare);
    let stands_out = rare || key.name.len() >= LONG && !at.in_name;
    spoken
        || at.hyphen && (long && !local || at_home)
        || at.tenant && (long || at.presses)
        || stands_out && !at.in_country
}

/// Whether a sought word alarms with other letters glued to it.
fn glued_word_alarms(key: &Key, at: &Surroundings) -> bool {
    let length = key.name.len();
    let telling = at.beside >= Beside::Telling;
    let pressing = at.beside == Beside::Pressing;
    let edge = at.starts || at.ends;
    let place = sought::is_place(&key.name);
    let own = !sought::is_shared(&key.name);
    // What of the words around it must be known, and where it must stand,
    // by how many letters it has.
    let with_words = at.known
        && (length >= 5 && edge && pressing
            || length >= 6 && (pressing || at.starts && telling)
            || length >= 6 && at.starts && at.odd && own
            || length >= 7 && at.ends && telling);
    let begins = at.starts && length >= LONG && (at.odd || at.rest <= 3);
    let nearly_long = length + 1 >= LONG
        && (at.holds || at.starts && !place)
        && !at.in_country;
    let unsayable = !key.is_sayable() && (edge || at.known && pressing);
    at.tenant && length >= 6
        || with_words
        || begins && !at.in_country
        || nearly_long
        || unsayable
}

/// Whether a sought word alarms with a number glued to it: nobody's branch,
/// but one of a hundred copies.
fn glued_number_alarms(key: &Key, at: &Surroundings) -> bool {
    let own = !sought::is_shared(&key.name);
    let rare = sought::is_rare_part(&key.name) && key.is_sayable();
    let suffix = at.at_home || at.old || at.odd && own;
    let long = at.known && key.name.len() >= 6 && suffix;
    at.numbered && (long || rare && at.starts)
}

/// The label of the registrable domain is a typing error of a name, or
/// sounds like one.
fn typing_error(
    index: &Index,
    directory: &Directory,
    reading: &Reading,
    host: &Host,
) -> Option<Likeness> {
    let (number, class) = index
        .typos
        .find(&index.keys, reading.name_letters())
        .or_else(|| {
            let number = index.sounds.find(&index.keys, host.label())?;
            Some((number, "sounds-alike"))
        })?;
    if sought::is_ordinary(host.label()) {
        return None;
    }
    let key = &index.keys[number];
    let home = directory.vendor(key.vendor).home();
    let suffix = host.suffix();
    let near = suffix == "com"
        || home.split_once('.').is_some_and(|(_, s)| s == suffix)
        || is_odd_suffix(host) && suffix.len() > 2 && class != "typo-pair"
        || key.name.len() >= 8;
    let level = if near { Level::Caution } else { Level::Note };
    Some(Likeness::new(key, class, level))
}

/// A part of the host is a typing error of a sought name, and another part
/// presses: `update-account.acmepya.example.net`.
fn misspelt_part(
    index: &Index,
    reading: &Reading,
    host: &Host,
) -> Option<Likeness> {
    let words = &index.keywords;
    let tokens = reading.tokens();
    if tokens.len() < 2 {
        return None;
    }
    let letters = |token: &Token| &reading.letters()[token.start..token.end];
    let presses = tokens.iter().position(|token| {
        words.word(letters(token)) == Some(Beside::Pressing)
    })?;
    let found = tokens
        .iter()
        .enumerate()
        .filter(|(place, token)| {
            *place != presses && token.end - token.start >= 5
        })
        .find_map(|(_, token)| {
            let part = letters(token);
            let (number, class) = index.typos.find(&index.keys, part)?;
            let ordinary =
                host.ascii().split(['.', '-']).any(sought::is_ordinary);
            let known = words.word(part).is_some() || ordinary;
            (!known).then_some((number, class))
        });
    let (number, class) = found?;
    let mut likeness =
        Likeness::new(&index.keys[number], class, Level::Caution);
    likeness.presses = true;
    Some(likeness)
}

/// Whether a host stands under the suffix of a vendor's own home.
fn is_home_suffix(directory: &Directory, key: &Key, host: &Host) -> bool {
    let home = directory.vendor(key.vendor).home();
    let label = home.strip_suffix(host.suffix());
    label.is_some_and(|label| label.ends_with('.'))
}

/// Whether a suffix says that a host is about something else than money.
fn is_other_trade(suffix: &str) -> bool {
    OTHER_TRADES.contains(&suffix)
}

/// Suffixes of all trades, from the times before there were hundreds.
const OLD_SUFFIXES: &[&str] = &["com", "net", "org", "info", "biz"];

fn is_national(host: &Host) -> bool {
    let last = host.suffix().rsplit('.').next().unwrap_or_default();
    last.len() == 2 && !FOR_SALE.contains(&last)
        || ["gov", "edu", "mil"].contains(&last)
}

/// Countries' suffixes that are sold to everybody, or were given away: they
/// say nothing of where somebody is.
const FOR_SALE: &[&str] = &[
    "ai", "cc", "cf", "cm", "co", "ga", "gq", "io", "la", "me", "ml", "nu",
    "pw", "sh", "st", "su", "tk", "to", "tv", "vc", "ws",
];

/// A suffix that a company would hardly choose for its home: none of the
/// old ones and no country's.
fn is_odd_suffix(host: &Host) -> bool {
    let last = host.suffix().rsplit('.').next().unwrap_or_default();
    host.is_tenant() || !is_national(host) && !OLD_SUFFIXES.contains(&last)
}
