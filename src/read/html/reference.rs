//! Character references: `&nbsp;`, `&#8364;`, `&#x20ac;`.

use std::borrow::Cow;
use std::sync::LazyLock;

use rustc_hash::FxHashMap;

use crate::compressed::{self, include_table};

/// The names of the HTML standard, a line for all of the same characters: how
/// far the first character stands behind that of the line before (nothing for
/// 1); the names, each with `;`, or with `&` where it may stand without its
/// semicolon; further characters.
static ROWS: LazyLock<String> =
    LazyLock::new(|| compressed::text(include_table!("references")));

/// What a name stands for, and whether it may stand without its semicolon.
static NAMES: LazyLock<FxHashMap<&str, (String, bool)>> =
    LazyLock::new(|| {
        let mut all = FxHashMap::default();
        let mut first = 0;
        for row in ROWS.lines() {
            let digits = row.bytes().take_while(u8::is_ascii_digit).count();
            let (step, row) = row.split_at(digits);
            first += step.parse().unwrap_or(1);
            let end = row.rfind([';', '&']).map_or(0, |sign| sign + 1);
            let (names, others) = row.split_at(end);
            let characters: String = char::from_u32(first)
                .into_iter()
                .chain(others.chars())
                .collect();
            for name in names.split_inclusive([';', '&']) {
                let (name, sign) = name.split_at(name.len() - 1);
                all.insert(name, (characters.clone(), sign == "&"));
            }
        }
        all
    });

/// No name is longer.
const LONGEST: usize = 31;
/// Nor is one that may stand without its semicolon.
const LONGEST_BARE: usize = 6;

/// What the references 128 to 159 stand for: Windows-1252, where it has a
/// character (0 where not).
const WINDOWS: [u16; 32] = [
    0x20ac, 0, 0x201a, 0x0192, 0x201e, 0x2026, 0x2020, 0x2021, 0x02c6, 0x2030,
    0x0160, 0x2039, 0x0152, 0, 0x017d, 0, 0, 0x2018, 0x2019, 0x201c, 0x201d,
    0x2022, 0x2013, 0x2014, 0x02dc, 0x2122, 0x0161, 0x203a, 0x0153, 0, 0x017e,
    0x0178,
];

/// A text with its references decoded.
pub(super) fn in_text(text: &str) -> Cow<'_, str> {
    decoded(text, false)
}

/// An attribute's value with its references decoded.
pub(super) fn in_value(value: &str) -> Cow<'_, str> {
    decoded(value, true)
}

fn decoded(text: &str, in_value: bool) -> Cow<'_, str> {
    let Some(mut at) = text.find('&') else { return Cow::Borrowed(text) };
    let mut decoded = String::with_capacity(text.len());
    let mut rest = text;
    loop {
        decoded.push_str(&rest[..at]);
        rest = &rest[at..];
        let (characters, length) =
            at_start(rest, in_value).unwrap_or((Cow::Borrowed("&"), 1));
        decoded.push_str(&characters);
        rest = &rest[length..];
        let Some(next) = rest.find('&') else { break };
        at = next;
    }
    decoded.push_str(rest);
    Cow::Owned(decoded)
}

/// The reference at the start of a text: its characters, and how long it is.
/// In an attribute's value a name without its semicolon is none where it
/// goes on (`?a=1&copy=2`).
pub(super) fn at_start(
    text: &str,
    in_value: bool,
) -> Option<(Cow<'static, str>, usize)> {
    let name = text.strip_prefix('&')?;
    if let Some(number) = name.strip_prefix('#') {
        let (character, length) = numeric(number)?;
        return Some((Cow::Owned(character.into()), length + 2));
    }
    let bytes = name.bytes().take(LONGEST + 1);
    let length = bytes.take_while(u8::is_ascii_alphanumeric).count();
    if name[length..].starts_with(';')
        && let Some((characters, _)) = NAMES.get(&name[..length])
    {
        return Some((Cow::Borrowed(characters), length + 2));
    }
    let (characters, bare) =
        (2..=length.min(LONGEST_BARE)).rev().find_map(|end| {
            let (characters, bare) = NAMES.get(&name[..end])?;
            bare.then_some((characters, end))
        })?;
    let goes_on = name[bare..]
        .starts_with(|c: char| c == '=' || c.is_ascii_alphanumeric());
    (!(in_value && goes_on)).then_some((Cow::Borrowed(characters), bare + 1))
}

/// The character of a number, and how long the number is.
fn numeric(text: &str) -> Option<(char, usize)> {
    let (digits, radix, sign) = match text.strip_prefix(['x', 'X']) {
        Some(digits) => (digits, 16, 1),
        None => (text, 10, 0),
    };
    let length =
        digits.find(|c: char| !c.is_digit(radix)).unwrap_or(digits.len());
    if length == 0 {
        return None;
    }
    // Too large for 32 bits is too large for a character.
    let code = u32::from_str_radix(&digits[..length], radix);
    let semicolon = usize::from(digits[length..].starts_with(';'));
    let character = code.ok().and_then(character);
    let character = character.unwrap_or(char::REPLACEMENT_CHARACTER);
    Some((character, sign + length + semicolon))
}

fn character(code: u32) -> Option<char> {
    let windows = code
        .checked_sub(0x80)
        .and_then(|place| WINDOWS.get(usize::try_from(place).ok()?))
        .filter(|written| **written > 0);
    char::from_u32(windows.map_or(code, |written| u32::from(*written)))
        .filter(|c| *c != '\0')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn references_stand_for_their_characters() {
        for (written, text, value) in [
            ("a&nbsp;b", "a\u{a0}b", "a\u{a0}b"),
            ("&euro;&#8364;&#x20AC;&#128;", "€€€€", "€€€€"),
            ("&amp;amp;&lt", "&amp;<", "&amp;<"),
            ("?a=1&copy=2&reg", "?a=1©=2®", "?a=1&copy=2®"),
            ("&notit; &notin;", "¬it; ∉", "&notit; ∉"),
            (
                "&#0;&#xd800;&#99999999999;",
                "\u{fffd}\u{fffd}\u{fffd}",
                "\u{fffd}\u{fffd}\u{fffd}",
            ),
            (
                "& &; &# &#x; &rhubarb; &",
                "& &; &# &#x; &rhubarb; &",
                "& &; &# &#x; &rhubarb; &",
            ),
            ("&NotEqualTilde;", "≂̸", "≂̸"),
        ] {
            assert_eq!(in_text(written), text, "{written}");
            assert_eq!(in_value(written), value, "{written}");
        }
    }

    #[test]
    fn every_name_of_the_standard_stands_for_its_characters() {
        for entity in &entities::ENTITIES {
            assert_eq!(in_text(entity.entity), entity.characters);
        }
    }

    #[test]
    fn the_bounds_are_those_of_the_names() {
        let longest = NAMES.keys().map(|name| name.len()).max();
        assert_eq!(longest, Some(LONGEST));
        let bare = NAMES.iter().filter(|(_, (_, bare))| *bare);
        assert_eq!(bare.map(|(n, _)| n.len()).max(), Some(LONGEST_BARE));
    }
}
