//! The packed tables of `idna_adapter` against ICU's, which they replace.

use std::iter;

use icu_normalizer::properties::CanonicalDecompositionBorrowed;
use icu_normalizer::properties::Decomposed;
use icu_normalizer::uts46::Uts46MapperBorrowed;
use icu_properties::CodePointMapData;
use icu_properties::props::{BidiClass, GeneralCategory, JoiningType};
use idna_adapter::{
    Adapter, FIRST_BC_MASK, LAST_LTR_MASK, LAST_RTL_MASK,
    LEFT_OR_DUAL_JOINING_MASK, MIDDLE_LTR_MASK, MIDDLE_RTL_MASK,
    RIGHT_OR_DUAL_JOINING_MASK, RTL_MASK,
};

fn every_character() -> impl Iterator<Item = char> {
    '\0'..=char::MAX
}

/// Fails unless both give the same for a text.
fn same(text: &[char]) {
    let icu = Uts46MapperBorrowed::new();
    let ours = Adapter::new();
    let given = || text.iter().copied();
    assert!(
        ours.map_normalize(given()).eq(icu.map_normalize(given())),
        "{text:x?} is mapped to {:x?} instead of {:x?}",
        ours.map_normalize(given()).collect::<Vec<_>>(),
        icu.map_normalize(given()).collect::<Vec<_>>(),
    );
    assert!(
        ours.normalize_validate(given()).eq(icu.normalize_validate(given())),
        "{text:x?} is validated as {:x?} instead of {:x?}",
        ours.normalize_validate(given()).collect::<Vec<_>>(),
        icu.normalize_validate(given()).collect::<Vec<_>>(),
    );
}

#[test]
fn every_character_is_mapped_as_icu_maps_it() {
    every_character().for_each(|c| same(&[c]));
}

#[test]
fn every_decomposition_is_put_together_as_icu_does() {
    let decompositions = CanonicalDecompositionBorrowed::new();
    for c in every_character() {
        match decompositions.decompose(c) {
            Decomposed::Default => {}
            Decomposed::Singleton(other) => same(&[other]),
            Decomposed::Expansion(first, second) => {
                same(&[first, second]);
                // A mark between, and one that stands in the wrong order.
                same(&[first, '\u{323}', second]);
                same(&[first, '\u{308}', second, '\u{327}']);
                same(&[first, 'a', second]);
                same(&[first, '\u{ad}', second]);
                same(&[first, second, second]);
            }
        }
    }
}

#[test]
fn long_texts_of_marks_and_syllables_are_put_together_as_icu_does() {
    let kinds = [
        "aeiouAEn".chars().collect::<Vec<_>>(),
        ('\u{300}'..'\u{370}').collect(),
        ('\u{5b0}'..'\u{5f0}').collect(),
        ('\u{900}'..'\u{a00}').collect(),
        ('\u{1100}'..'\u{1200}').collect(),
        ('\u{ac00}'..'\u{ac40}').collect(),
        ('\u{1dc0}'..'\u{1e80}').collect(),
        ('\u{3040}'..'\u{30ff}').collect(),
        ('\u{1d150}'..'\u{1d190}').collect(),
        vec!['.', '-', '\u{ad}', '\u{200d}', '\u{200b}', '\u{fffd}'],
    ];
    let mut state = 1_u32;
    let mut below = |bound: usize| {
        // A linear congruential generator: the same texts in every run.
        state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
        (state >> 8) as usize % bound
    };
    for _ in 0..100_000 {
        let length = 2 + below(12);
        let text: Vec<char> = iter::repeat_with(|| {
            let kind = &kinds[below(kinds.len())];
            kind[below(kind.len())]
        })
        .take(length)
        .collect();
        same(&text);
    }
}

#[test]
fn every_character_has_icus_properties() {
    let icu = Uts46MapperBorrowed::new();
    let ours = Adapter::new();
    for c in every_character() {
        assert_eq!(ours.is_virama(c), icu.is_virama(c), "{c:?}");
        let category = CodePointMapData::<GeneralCategory>::new().get(c);
        let is_mark = matches!(
            category,
            GeneralCategory::NonspacingMark
                | GeneralCategory::SpacingMark
                | GeneralCategory::EnclosingMark
        );
        assert_eq!(ours.is_mark(c), is_mark, "{c:?}");
    }
}

#[test]
fn every_character_joins_as_in_icu() {
    let ours = Adapter::new();
    for c in every_character() {
        let type_of = CodePointMapData::<JoiningType>::new().get(c);
        let ours = ours.joining_type(c);
        let is_one_of = |types: &[JoiningType]| types.contains(&type_of);
        let (dual, left, right) = (
            JoiningType::DualJoining,
            JoiningType::LeftJoining,
            JoiningType::RightJoining,
        );
        let answers = [
            ours.is_transparent(),
            ours.to_mask().intersects(LEFT_OR_DUAL_JOINING_MASK),
            ours.to_mask().intersects(RIGHT_OR_DUAL_JOINING_MASK),
        ];
        let expected = [
            is_one_of(&[JoiningType::Transparent]),
            is_one_of(&[left, dual]),
            is_one_of(&[right, dual]),
        ];
        assert_eq!(answers, expected, "{c:?}");
    }
}

#[test]
fn every_character_has_icus_direction() {
    use BidiClass as Class;
    let left = [Class::LeftToRight];
    let right = [Class::RightToLeft, Class::ArabicLetter];
    let number = [Class::EuropeanNumber];
    let arabic_number = [Class::ArabicNumber];
    // RFC 5893, section 2, rules 2 and 5.
    let neutral = [
        Class::EuropeanSeparator,
        Class::CommonSeparator,
        Class::EuropeanTerminator,
        Class::OtherNeutral,
        Class::BoundaryNeutral,
        Class::NonspacingMark,
    ];
    for c in every_character() {
        let class = CodePointMapData::<Class>::new().get(c);
        let ours = Adapter::new().bidi_class(c);
        let within = |sets: &[&[Class]]| {
            sets.iter().any(|classes| classes.contains(&class))
        };
        let answers = [
            ours.is_ltr(),
            ours.is_nonspacing_mark(),
            ours.is_european_number(),
            ours.is_arabic_number(),
        ];
        let expected = [
            within(&[&left]),
            within(&[&[Class::NonspacingMark]]),
            within(&[&number]),
            within(&[&arabic_number]),
        ];
        assert_eq!(answers, expected, "{c:?}");
        let masks = [
            (RTL_MASK, within(&[&right, &arabic_number])),
            (FIRST_BC_MASK, within(&[&left, &right])),
            (LAST_LTR_MASK, within(&[&left, &number])),
            (LAST_RTL_MASK, within(&[&right, &number, &arabic_number])),
            (MIDDLE_LTR_MASK, within(&[&left, &number, &neutral])),
            (
                MIDDLE_RTL_MASK,
                within(&[&right, &number, &arabic_number, &neutral]),
            ),
        ];
        for (mask, expected) in masks {
            assert_eq!(ours.to_mask().intersects(mask), expected, "{c:?}");
        }
    }
}
