//! What the crate `idna` must know of Unicode, in a tenth of the space.
//!
//! The published `idna_adapter` takes it from ICU's tables, which are made
//! for speed and cost the WebAssembly of Doppelcheck an eighth of its size.
//! `idna` lets another crate of this name take its place; this one asks ICU
//! while it is built, and packs the answers. `tests/idna.rs` of Doppelcheck
//! compares both over every character.

#![forbid(unsafe_code)]

#[path = "../../src/compressed.rs"]
mod compressed;
mod normal;
mod tables;

use tables::{Mapping, TABLES};

/// Several classes or types, a bit each.
macro_rules! mask {
    ($($value:expr),+) => { $(1 << $value)|+ };
}

/// The numbers that `build.rs` gives the bidi classes.
mod bidi {
    pub(crate) const LEFT_TO_RIGHT: u32 = 1;
    pub(crate) const RIGHT_TO_LEFT: u32 = 2;
    pub(crate) const ARABIC_LETTER: u32 = 3;
    pub(crate) const EUROPEAN_NUMBER: u32 = 4;
    pub(crate) const ARABIC_NUMBER: u32 = 5;
    pub(crate) const NONSPACING_MARK: u32 = 6;
    /// Signs, separators and marks: what may stand in the middle of a label,
    /// whichever way it runs.
    pub(crate) const MIDDLE: u32 =
        mask!(EUROPEAN_NUMBER, NONSPACING_MARK, 7, 8, 9, 10, 11);
}

/// The numbers that `build.rs` gives the joining types.
mod joining {
    pub(crate) const DUAL: u32 = 1;
    pub(crate) const LEFT: u32 = 2;
    pub(crate) const RIGHT: u32 = 3;
    pub(crate) const TRANSPARENT: u32 = 4;
}

/// Joins to the left, or to both sides.
pub const LEFT_OR_DUAL_JOINING_MASK: JoiningTypeMask =
    JoiningTypeMask(mask!(joining::LEFT, joining::DUAL));

/// Joins to the right, or to both sides.
pub const RIGHT_OR_DUAL_JOINING_MASK: JoiningTypeMask =
    JoiningTypeMask(mask!(joining::RIGHT, joining::DUAL));

/// Makes a domain one that runs in both directions.
pub const RTL_MASK: BidiClassMask = BidiClassMask(mask!(
    bidi::RIGHT_TO_LEFT,
    bidi::ARABIC_LETTER,
    bidi::ARABIC_NUMBER
));

/// May begin a label of such a domain.
pub const FIRST_BC_MASK: BidiClassMask = BidiClassMask(mask!(
    bidi::LEFT_TO_RIGHT,
    bidi::RIGHT_TO_LEFT,
    bidi::ARABIC_LETTER
));

/// May end a label that runs from left to right.
pub const LAST_LTR_MASK: BidiClassMask =
    BidiClassMask(mask!(bidi::LEFT_TO_RIGHT, bidi::EUROPEAN_NUMBER));

/// May end a label that runs from right to left.
pub const LAST_RTL_MASK: BidiClassMask = BidiClassMask(mask!(
    bidi::RIGHT_TO_LEFT,
    bidi::ARABIC_LETTER,
    bidi::EUROPEAN_NUMBER,
    bidi::ARABIC_NUMBER
));

/// May stand within a label that runs from left to right.
pub const MIDDLE_LTR_MASK: BidiClassMask =
    BidiClassMask(bidi::MIDDLE | mask!(bidi::LEFT_TO_RIGHT));

/// May stand within a label that runs from right to left.
pub const MIDDLE_RTL_MASK: BidiClassMask = BidiClassMask(
    bidi::MIDDLE
        | mask!(bidi::RIGHT_TO_LEFT, bidi::ARABIC_LETTER, bidi::ARABIC_NUMBER),
);

/// The Unicode property `Joining_Type`.
#[derive(Clone, Copy, Debug)]
pub struct JoiningType(u32);

impl JoiningType {
    /// The mask of this type alone.
    #[must_use]
    pub fn to_mask(self) -> JoiningTypeMask {
        JoiningTypeMask(mask!(self.0))
    }

    /// Whether others join through it.
    #[must_use]
    pub fn is_transparent(self) -> bool {
        self.0 == joining::TRANSPARENT
    }
}

/// Any of several joining types.
#[derive(Clone, Copy, Debug)]
pub struct JoiningTypeMask(u32);

impl JoiningTypeMask {
    /// Whether both have a type in common.
    #[must_use]
    pub fn intersects(self, other: Self) -> bool {
        self.0 & other.0 != 0
    }
}

/// The Unicode property `Bidi_Class`.
#[derive(Clone, Copy, Debug)]
pub struct BidiClass(u32);

impl BidiClass {
    /// The mask of this class alone.
    #[must_use]
    pub fn to_mask(self) -> BidiClassMask {
        BidiClassMask(mask!(self.0))
    }

    /// Whether it is `Left_To_Right`.
    #[must_use]
    pub fn is_ltr(self) -> bool {
        self.0 == bidi::LEFT_TO_RIGHT
    }

    /// Whether it is `Nonspacing_Mark`.
    #[must_use]
    pub fn is_nonspacing_mark(self) -> bool {
        self.0 == bidi::NONSPACING_MARK
    }

    /// Whether it is `European_Number`.
    #[must_use]
    pub fn is_european_number(self) -> bool {
        self.0 == bidi::EUROPEAN_NUMBER
    }

    /// Whether it is `Arabic_Number`.
    #[must_use]
    pub fn is_arabic_number(self) -> bool {
        self.0 == bidi::ARABIC_NUMBER
    }
}

/// Any of several bidi classes.
#[derive(Clone, Copy, Debug)]
pub struct BidiClassMask(u32);

impl BidiClassMask {
    /// Whether both have a class in common.
    #[must_use]
    pub fn intersects(self, other: Self) -> bool {
        self.0 & other.0 != 0
    }
}

/// The canonical combining class of a virama.
const VIRAMA: u32 = 9;

/// What `idna` asks about Unicode.
#[derive(Debug, Default)]
#[non_exhaustive]
pub struct Adapter {}

impl Adapter {
    /// The tables are unpacked when they are first asked.
    #[must_use]
    pub const fn new() -> Self {
        Self {}
    }

    /// Whether the canonical combining class is that of a virama.
    #[must_use]
    pub fn is_virama(&self, c: char) -> bool {
        TABLES.properties(c).order() == VIRAMA
    }

    /// Whether the general category is a mark.
    #[must_use]
    pub fn is_mark(&self, c: char) -> bool {
        TABLES.properties(c).is_mark()
    }

    /// The bidi class.
    #[must_use]
    pub fn bidi_class(&self, c: char) -> BidiClass {
        BidiClass(TABLES.properties(c).bidi_class())
    }

    /// The joining type.
    #[must_use]
    pub fn joining_type(&self, c: char) -> JoiningType {
        JoiningType(TABLES.properties(c).joining_type())
    }

    /// Maps by UTS 46 and brings the rest into Normalization Form C; what
    /// is not allowed becomes U+FFFD.
    pub fn map_normalize<'a, I: Iterator<Item = char> + 'a>(
        &'a self,
        characters: I,
    ) -> impl Iterator<Item = char> + 'a {
        normalize(characters, None)
    }

    /// The same, for what must be mapped already: what would be left out
    /// becomes U+FFFD too.
    pub fn normalize_validate<'a, I: Iterator<Item = char> + 'a>(
        &'a self,
        characters: I,
    ) -> impl Iterator<Item = char> + 'a {
        normalize(characters, Some(char::REPLACEMENT_CHARACTER))
    }
}

fn normalize(
    characters: impl Iterator<Item = char>,
    ignored: Option<char>,
) -> std::vec::IntoIter<char> {
    let mut mapped = Vec::new();
    for c in characters {
        match TABLES.mapping(c) {
            Mapping::Valid => mapped.push(c),
            Mapping::Disallowed => mapped.push(char::REPLACEMENT_CHARACTER),
            Mapping::Ignored => mapped.extend(ignored),
            Mapping::Others(others) => mapped.extend(others),
            Mapping::Moved(steps) => mapped.push(tables::moved(c, *steps)),
        }
    }
    normal::compose(mapped.into_iter()).into_iter()
}
