//! How a host is like a name, one rule after another; what each likeness
//! weighs.

use super::keys::{Key, Strength};
use super::keywords::Beside;
use super::reading::{Reading, Token, letters, sign};
use super::weight::{LONG, Surroundings, weigh};
use super::{Index, keywords, sought, suffixes};
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
    let rules: [&dyn Fn() -> Option<Likeness>; 6] = [
        &|| whole_name(index, reading, host),
        &|| whole_domain(index, directory, reading, host),
        &|| numbered_domain(index, reading),
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
        Strength::Sought if sought::is_native(&key.name, host.suffix()) => {
            Level::Note
        }
        Strength::Sought => Level::Caution,
        Strength::SoughtWord if differs || key.is_rare() => Level::Caution,
        // `kraken.com.example` is read as `kraken.com`.
        Strength::SoughtWord
            if host.suffix().starts_with("com.")
                && key.name.len() >= 6
                && !sought::is_place(&key.name) =>
        {
            Level::Caution
        }
        Strength::SoughtWord
            if suffixes::is_odd(host)
                && (key.name.len() < 6 || !sought::is_shared(&key.name)) =>
        {
            Level::Caution
        }
        // A long name cut short is nobody else's.
        Strength::Slip if key.name.len() >= LONG => Level::Caution,
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
    let mut offer = |reading: &Reading, key: &Key, at: Token| {
        let found = one_inside(index, directory, key, reading, at, host);
        if let Some(found) = found
            && best.as_ref().is_none_or(|(b, strength)| {
                (b.level, *strength) < (found.level, key.strength)
            })
        {
            best = Some((found, key.strength));
        }
    };
    let seam = index.inside.may_meet_a_seam(reading);
    let apart = seam.then(|| reading.apart()).flatten();
    for reading in [Some(reading), apart.as_ref()].into_iter().flatten() {
        index.inside.each(&index.keys, reading, |number, at| {
            offer(reading, &index.keys[number], at);
        });
    }
    for token in reading.tokens() {
        if token.end - token.start < 4
            && let Some(key) =
                index.named(&reading.letters()[token.start..token.end])
        {
            offer(reading, key, *token);
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
    // `capital-onehelp`
    let nearly = key.name.len() >= LONG && edges.0 && !key.is_word;
    let split = crosses && !aligned && !sought && !nearly;
    // `american.express.example.net`
    let dotted = at.end > label.end;
    let scattered = dotted && !(aligned && sought && key.name.len() >= LONG);
    if scattered || split || is_name && is_label {
        return None;
    }
    label.end = label.end.max(at.end);
    let place = surroundings(index, directory, key, reading, host, at, label);
    let level = weigh(key, &place)?;
    let behind = &reading.letters()[at.end..label.end];
    if !aligned && sought::is_within_word(host.ascii(), &key.name)
        || !place.presses && keywords::is_venue(behind)
    {
        return None;
    }
    let class = if place.presses {
        "keyword"
    } else if is_label {
        "subdomain"
    } else if place.tenant {
        "tenant"
    } else if place.known {
        "keyword"
    } else {
        "glued"
    };
    let mut found = Likeness::new(key, class, level);
    found.presses = place.presses;
    Some(found)
}

/// What stands around a name in its label and its host.
fn surroundings(
    index: &Index,
    directory: &Directory,
    key: &Key,
    reading: &Reading,
    host: &Host,
    at: Token,
    label: Token,
) -> Surroundings {
    let words = &index.keywords;
    let (starts, ends) = (reading.is_edge(at.start), reading.is_edge(at.end));
    let aligned = starts && ends;
    let is_word = key.strength == Strength::SoughtWord;
    let is_label = (label.start, label.end) == (at.start, at.end);
    let before_it = Token { start: label.start, end: at.start };
    let after_it = Token { start: at.end, end: label.end };
    let before = words.beside(reading, before_it);
    let after = words.beside(reading, after_it);
    let beside = before.max(after);
    let known = before.min(after) != Beside::Unknown;
    let literal = is_literal(key, reading, host, at);
    // Whole parts of its own label count too: `citi-x7-login`.
    let elsewhere = words.elsewhere(reading, if aligned { at } else { label });
    Surroundings {
        aligned,
        starts,
        ends,
        literal,
        disguised: !literal && !reading.has(at, sign::JOINED),
        hyphen: aligned && !is_label && !suffixes::is_other_trade(host),
        beside,
        known,
        // Only sought words ask for it, and only long ones.
        holds: known
            || is_word
                && key.name.len() + 1 >= LONG
                && (words.holds(reading, before_it)
                    || words.holds(reading, after_it)),
        tells: (is_word && key.name.len() >= 7
            || key.strength == Strength::Slip)
            && (words.tells(reading, before_it)
                || words.tells(reading, after_it)),
        presses: beside.max(elsewhere) >= Beside::Telling,
        pressed: beside.max(elsewhere) == Beside::Pressing,
        tenant: host.is_tenant(),
        in_country: !host.is_tenant() && suffixes::is_national(host),
        in_name: (label.start, label.end)
            == (reading.name, reading.letters().len()),
        numbered: reading.touches_number(at),
        after_www: reading.letters()[label.start..at.start] == *b"www",
        below_www: is_label && reading.letters()[..label.start] == *b"www",
        hinted: aligned
            && is_word
            && words.hint(reading, at)
            && !(sought::is_card(&key.name) && words.is_office(reading, at)),
        rest: label.end - label.start - (at.end - at.start),
        ground: suffixes::Ground::below(directory, key, host),
        beside_bank: aligned
            && sought::is_card(&key.name)
            && is_beside_bank(index, directory, key, reading),
        tempts: aligned
            && sought::is_craze(&key.name)
            && keywords::tempts(reading),
        between: before == Beside::Unknown && after > Beside::Nothing,
        twice: reading.letters()[at.end..label.end]
            .windows(key.letters.len())
            .any(|again| *again == *key.letters),
        before_country: after > Beside::Unknown
            && keywords::ends_in_country(
                &reading.letters()[at.end..label.end],
            ),
    }
}

/// Whether a part of a host is the name of another vendor, a bank.
fn is_beside_bank(
    index: &Index,
    directory: &Directory,
    key: &Key,
    reading: &Reading,
) -> bool {
    reading.tokens().iter().any(|part| {
        let letters = &reading.letters()[part.start..part.end];
        let is_word =
            letters.len() < 3 || index.keywords.word(letters).is_some();
        let other = index.named(letters).filter(|_| !is_word);
        other.is_some_and(|other| {
            let vendor = directory.vendor(other.vendor);
            other.vendor != key.vendor
                && !other.is_word
                && vendor.kind == "bank"
        })
    })
}

/// Whether a name is written as it is, but for hyphens, or in foreign
/// letters, which nobody takes by chance.
fn is_literal(key: &Key, reading: &Reading, host: &Host, at: Token) -> bool {
    let ascii = host.ascii();
    ascii.contains(&*key.name)
        || reading.has(at, sign::FOREIGN)
        || reading.inner_has(at, sign::EDGE)
            && ascii.replace('-', "").contains(&*key.name)
}

/// A name and its suffix, where a number follows:
/// `acmepay.com52617.example`.
fn numbered_domain(index: &Index, reading: &Reading) -> Option<Likeness> {
    const SUFFIX: &[u8] = b"com";
    reading.tokens().windows(2).find_map(|pair| {
        let [name, next] = pair else { return None };
        let letters = |at: &Token| &reading.letters()[at.start..at.end];
        let number = Token { start: next.start + SUFFIX.len(), ..*next };
        let follows = letters(next).starts_with(SUFFIX)
            && number.start < number.end
            && reading.is_number(number)
            && reading.has(Token { end: number.start, ..*next }, sign::DOT);
        if !follows {
            return None;
        }
        let key = index.named(letters(name))?;
        (key.strength >= Strength::SoughtWord)
            .then(|| Likeness::new(key, "embedded-domain", Level::Caution))
    })
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
        || suffixes::is_odd(host) && suffix.len() > 2 && class != "typo-pair"
        || key.name.len() >= 8
        || key.is_alone() && SLIPS.contains(&class);
    let level = if near { Level::Caution } else { Level::Note };
    Some(Likeness::new(key, class, level))
}

/// Errors that leave nearly all of a name standing.
const SLIPS: &[&str] = &[
    "typo-omitted",
    "typo-doubled",
    "typo-inserted",
    "typo-swapped",
    "typo-vowel",
    "sounds-alike",
];

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
