//! Asks ICU for what IDNA needs to know of every character and writes it
//! into one table; `src/tables.rs` reads it.

#[path = "../build/compress.rs"]
mod compress;

use std::error::Error;
use std::path::PathBuf;
use std::{env, fs, iter};

use icu_normalizer::properties::{
    CanonicalCombiningClassMapBorrowed, CanonicalDecompositionBorrowed,
    Decomposed,
};
use icu_normalizer::uts46::Uts46MapperBorrowed;
use icu_properties::CodePointMapData;
use icu_properties::props::{BidiClass, GeneralCategory, JoiningType};

/// Syllables are composed by arithmetic.
const HANGUL: std::ops::RangeInclusive<char> = '\u{ac00}'..='\u{d7a3}';

/// The bidi classes that IDNA tells apart, as `src/lib.rs` numbers them from
/// 1 on; the others are 0.
const BIDI_CLASSES: [BidiClass; 11] = [
    BidiClass::LeftToRight,
    BidiClass::RightToLeft,
    BidiClass::ArabicLetter,
    BidiClass::EuropeanNumber,
    BidiClass::ArabicNumber,
    BidiClass::NonspacingMark,
    BidiClass::EuropeanSeparator,
    BidiClass::EuropeanTerminator,
    BidiClass::CommonSeparator,
    BidiClass::OtherNeutral,
    BidiClass::BoundaryNeutral,
];

/// The joining types that IDNA tells apart, likewise.
const JOINING_TYPES: [JoiningType; 4] = [
    JoiningType::DualJoining,
    JoiningType::LeftJoining,
    JoiningType::RightJoining,
    JoiningType::Transparent,
];

fn main() -> Result<(), Box<dyn Error>> {
    println!("cargo::rerun-if-changed=build.rs");
    println!("cargo::rerun-if-changed=../build/compress.rs");
    let mut table = String::new();
    runs(&mut table, mapping);
    composites(&mut table);
    runs(&mut table, properties);
    let path = PathBuf::from(env::var("OUT_DIR")?).join("unicode.lzma");
    Ok(fs::write(path, compress::compress(&table)?)?)
}

/// Writes a number with six bits a sign, the lowest first; a seventh says
/// that more follow.
fn number(table: &mut String, mut value: u32) {
    while value > 0x3f {
        table.extend(char::from_u32(0x40 | value & 0x3f));
        value >>= 6;
    }
    table.extend(char::from_u32(value));
}

/// Small numbers for small steps up and down.
fn zigzag(from: char, to: char) -> u32 {
    let (from, to) = (u32::from(from), u32::from(to));
    if to >= from { (to - from) << 1 } else { (from - to) << 1 | 1 }
}

/// Writes what `of` says of each character: how many say the same, and what.
fn runs(table: &mut String, of: impl Fn(char) -> Vec<u32>) {
    let mut characters = ('\0'..=char::MAX).map(of).peekable();
    while let Some(what) = characters.next() {
        let same = iter::from_fn(|| characters.next_if_eq(&what)).count();
        number(table, u32::try_from(same).unwrap_or(u32::MAX));
        for value in what {
            number(table, value);
        }
    }
}

/// What UTS 46 makes of a character: itself (0), an error (1), nothing (2),
/// others (3, how many, which) or one that stands so far away (from 4 on).
fn mapping(c: char) -> Vec<u32> {
    let icu = Uts46MapperBorrowed::new();
    let mapped: Vec<char> = icu.map_normalize(iter::once(c)).collect();
    match mapped[..] {
        [same] if same == c => vec![0],
        ['\u{fffd}'] => vec![1],
        [] => vec![2],
        [other] => vec![4 + zigzag(c, other)],
        _ => {
            let count = u32::try_from(mapped.len()).unwrap_or(u32::MAX);
            let others = mapped.into_iter().map(u32::from);
            [3, count].into_iter().chain(others).collect()
        }
    }
}

/// Writes the characters that stay themselves and are made of two others:
/// how many, then how far each stands behind the last one, and the two.
fn composites(table: &mut String) {
    let decompositions = CanonicalDecompositionBorrowed::new();
    let made_of = |c| match decompositions.decompose(c) {
        Decomposed::Expansion(first, second) => Some((c, first, second)),
        _ => None,
    };
    let composites: Vec<_> = ('\u{80}'..=char::MAX)
        .filter(|c| !HANGUL.contains(c) && mapping(*c) == [0])
        .filter_map(made_of)
        .collect();
    number(table, u32::try_from(composites.len()).unwrap_or(u32::MAX));
    let mut last = '\0';
    for (composite, first, second) in composites {
        number(table, u32::from(composite) - u32::from(last));
        number(table, zigzag(composite, first));
        number(table, u32::from(second));
        last = composite;
    }
}

/// Bidi class, joining type, whether it is a mark, and the class by which
/// marks are ordered.
fn properties(c: char) -> Vec<u32> {
    let bidi = CodePointMapData::<BidiClass>::new().get(c);
    let joining = CodePointMapData::<JoiningType>::new().get(c);
    let category = CodePointMapData::<GeneralCategory>::new().get(c);
    let order = CanonicalCombiningClassMapBorrowed::new().get_u8(c);
    let is_mark = matches!(
        category,
        GeneralCategory::NonspacingMark
            | GeneralCategory::SpacingMark
            | GeneralCategory::EnclosingMark
    );
    vec![
        number_of(&BIDI_CLASSES, &bidi)
            | number_of(&JOINING_TYPES, &joining) << 4
            | u32::from(is_mark) << 7
            | u32::from(order) << 8,
    ]
}

/// The place of a value in a list, from 1 on; 0 where it is not in it.
fn number_of<T: PartialEq>(list: &[T], value: &T) -> u32 {
    (1..).zip(list).find(|(_, one)| *one == value).map_or(0, |(n, _)| n)
}
