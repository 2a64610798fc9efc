//! What is known of each character, as `build.rs` wrote it.

use std::cmp::Ordering;
use std::sync::LazyLock;

use crate::compressed::{self, include_table};

/// The tables, unpacked when the first name outside ASCII is read.
pub(crate) static TABLES: LazyLock<Tables> = LazyLock::new(|| {
    let text = compressed::text(include_table!("unicode"));
    Tables::read(&mut Numbers(text.as_bytes()))
});

/// The first of the characters that say the same, and what they say.
type Runs<T> = Vec<(u32, T)>;

pub(crate) struct Tables {
    mappings: Runs<Mapping>,
    /// A character that is made of two, and the two.
    composites: Vec<(char, [char; 2])>,
    /// The same, in the order of the two.
    compositions: Vec<([char; 2], char)>,
    properties: Runs<Properties>,
}

/// What UTS 46 makes of a character.
#[derive(Clone, Debug, Eq, PartialEq)]
pub(crate) enum Mapping {
    /// It stays.
    Valid,
    /// It must not stand in a name.
    Disallowed,
    /// It is left out.
    Ignored,
    /// Others take its place.
    Others(Vec<char>),
    /// One that stands so far away takes its place.
    Moved(i32),
}

/// The properties of a character, in one number.
#[derive(Clone, Copy)]
pub(crate) struct Properties(u32);

impl Properties {
    pub(crate) fn bidi_class(self) -> u32 {
        self.0 & 0xf
    }

    pub(crate) fn joining_type(self) -> u32 {
        self.0 >> 4 & 0x7
    }

    pub(crate) fn is_mark(self) -> bool {
        self.0 >> 7 & 1 == 1
    }

    /// The canonical combining class: 0 of a starter.
    pub(crate) fn order(self) -> u32 {
        self.0 >> 8
    }
}

impl Tables {
    fn read(numbers: &mut Numbers<'_>) -> Self {
        let mappings = runs(numbers, mapping);
        let composites = numbers.composites();
        let properties = runs(numbers, |numbers| Properties(numbers.next()));
        let mut compositions = Vec::with_capacity(composites.len());
        for (whole, two) in &composites {
            // They are a thousand; a sorting algorithm is 2 KB.
            let place = compositions.partition_point(|(of, _)| of < two);
            compositions.insert(place, (*two, *whole));
        }
        Self { mappings, composites, compositions, properties }
    }

    pub(crate) fn mapping(&self, c: char) -> &Mapping {
        of_run(&self.mappings, c)
    }

    pub(crate) fn properties(&self, c: char) -> Properties {
        *of_run(&self.properties, c)
    }

    /// The two characters that a character is made of.
    pub(crate) fn parts(&self, c: char) -> Option<[char; 2]> {
        find(&self.composites, |(whole, _)| whole.cmp(&c)).map(|(_, two)| *two)
    }

    /// The character that is made of two.
    pub(crate) fn whole(&self, two: [char; 2]) -> Option<char> {
        find(&self.compositions, |(of, _)| of.cmp(&two)).map(|(_, c)| *c)
    }
}

fn find<T>(items: &[T], order: impl Fn(&T) -> Ordering) -> Option<&T> {
    items.binary_search_by(order).ok().map(|at| &items[at])
}

/// The run that holds a character: the last one that begins before it.
fn of_run<T>(runs: &Runs<T>, c: char) -> &T {
    let behind = runs.partition_point(|(start, _)| *start <= u32::from(c));
    &runs[behind - 1].1
}

fn runs<T>(
    numbers: &mut Numbers<'_>,
    what: impl Fn(&mut Numbers<'_>) -> T,
) -> Runs<T> {
    // Surrogates are no characters: runs pass over their 0x800 places.
    let place = |count| if count < 0xd800 { count } else { count + 0x800 };
    let mut runs = Vec::new();
    let mut count = 0;
    while place(count) <= u32::from(char::MAX) {
        let start = place(count);
        count += numbers.next() + 1;
        runs.push((start, what(numbers)));
    }
    runs
}

/// The numbers of the table, six bits a sign.
struct Numbers<'a>(&'a [u8]);

impl Numbers<'_> {
    fn next(&mut self) -> u32 {
        let mut value = 0;
        let mut shift = 0;
        while let Some((&sign, rest)) = self.0.split_first() {
            self.0 = rest;
            value |= u32::from(sign & 0x3f) << shift;
            shift += 6;
            if sign & 0x40 == 0 {
                break;
            }
        }
        value
    }

    fn composites(&mut self) -> Vec<(char, [char; 2])> {
        let mut last = 0;
        let count = self.next();
        let composites = (0..count).map(|_| {
            last += self.next();
            let whole = character(last);
            let first = moved(whole, distance(self.next()));
            (whole, [first, self.character()])
        });
        composites.collect()
    }

    fn character(&mut self) -> char {
        character(self.next())
    }
}

fn mapping(numbers: &mut Numbers<'_>) -> Mapping {
    match numbers.next() {
        0 => Mapping::Valid,
        1 => Mapping::Disallowed,
        2 => Mapping::Ignored,
        3 => {
            let count = numbers.next();
            Mapping::Others((0..count).map(|_| numbers.character()).collect())
        }
        step => Mapping::Moved(distance(step - 4)),
    }
}

fn character(code: u32) -> char {
    char::from_u32(code).unwrap_or(char::REPLACEMENT_CHARACTER)
}

/// A step up or down: the lowest bit says that it goes down.
fn distance(zigzag: u32) -> i32 {
    let steps = (zigzag >> 1).cast_signed();
    if zigzag & 1 == 0 { steps } else { -steps }
}

/// The character that stands so far away.
pub(crate) fn moved(c: char, steps: i32) -> char {
    character(u32::from(c).wrapping_add_signed(steps))
}
