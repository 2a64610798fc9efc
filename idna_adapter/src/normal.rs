//! Normalization Form C (UAX 15), of text that UTS 46 already mapped.

use crate::tables::{TABLES, Tables};

const SYLLABLE: u32 = 0xac00;
const LEAD: u32 = 0x1100;
const VOWEL: u32 = 0x1161;
/// The place before the first trailing consonant.
const TRAIL: u32 = 0x11a7;
const VOWELS: u32 = 21;
const TRAILS: u32 = 28;
const SYLLABLES: u32 = 19 * VOWELS * TRAILS;

/// A character and the class by which marks are ordered.
type Ordered = (char, u32);

/// Brings mapped text into Normalization Form C.
pub(crate) fn compose(mapped: impl Iterator<Item = char>) -> Vec<char> {
    let tables = &*TABLES;
    let mut pieces = Vec::new();
    mapped.for_each(|c| take_apart(tables, c, &mut pieces));
    pieces.split_mut(|(_, order)| *order == 0).for_each(sort);
    put_together(tables, pieces)
}

fn take_apart(tables: &Tables, c: char, pieces: &mut Vec<Ordered>) {
    let syllable = u32::from(c).wrapping_sub(SYLLABLE);
    if syllable < SYLLABLES {
        let trail = syllable % TRAILS;
        let vowel = syllable / TRAILS % VOWELS;
        let lead = syllable / TRAILS / VOWELS;
        let jamo = [LEAD + lead, VOWEL + vowel, TRAIL + trail];
        let count = if trail == 0 { 2 } else { 3 };
        let jamo = jamo.into_iter().take(count).filter_map(char::from_u32);
        pieces.extend(jamo.map(|c| (c, 0)));
    } else if let Some(two) = tables.parts(c) {
        for c in two {
            take_apart(tables, c, pieces);
        }
    } else {
        pieces.push((c, tables.properties(c).order()));
    }
}

/// Sorts by class; equal ones stay as they stand. Linear however many marks
/// a name holds, and shorter than the standard library's.
fn sort(marks: &mut [Ordered]) {
    if marks.len() < 2 {
        return;
    }
    let unsorted = marks.to_vec();
    let of = |class| unsorted.iter().filter(move |mark| mark.1 == class);
    let sorted = (1..=u32::from(u8::MAX)).flat_map(of);
    marks.iter_mut().zip(sorted).for_each(|(place, mark)| *place = *mark);
}

fn put_together(tables: &Tables, pieces: Vec<Ordered>) -> Vec<char> {
    let mut composed: Vec<char> = Vec::with_capacity(pieces.len());
    let mut starter: Option<usize> = None;
    // The order of the last character that stayed behind the starter.
    let mut last = 0;
    for (c, order) in pieces {
        // What lies between keeps a character from its starter if it is a
        // starter itself or of the same order.
        if let Some(at) = starter
            && (at + 1 == composed.len() || last != 0 && last < order)
            && let Some(whole) = whole(tables, composed[at], c)
        {
            composed[at] = whole;
            continue;
        }
        if order == 0 {
            starter = Some(composed.len());
        }
        last = order;
        composed.push(c);
    }
    composed
}

fn whole(tables: &Tables, first: char, second: char) -> Option<char> {
    let lead = u32::from(first).wrapping_sub(LEAD);
    let vowel = u32::from(second).wrapping_sub(VOWEL);
    if lead < 19 && vowel < VOWELS {
        return char::from_u32(SYLLABLE + (lead * VOWELS + vowel) * TRAILS);
    }
    let syllable = u32::from(first).wrapping_sub(SYLLABLE);
    let trail = u32::from(second).wrapping_sub(TRAIL);
    let is_open = syllable < SYLLABLES && syllable % TRAILS == 0;
    if is_open && (1..TRAILS).contains(&trail) {
        return char::from_u32(u32::from(first) + trail);
    }
    tables.whole([first, second])
}
