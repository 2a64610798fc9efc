//! Typing errors: a name with one letter wrong, missing, added, doubled,
//! moved or swapped (Damerau distance 1), or a pair of letters replaced.
//!
//! The index holds every name with each one letter, and each two
//! neighbours, left out. A host's label with the same left out of it finds
//! the names it can come from; only those are compared.

use super::hashes::{Hashes, hash, spread};
use super::keys::{Key, Strength};
use super::sought;

const SHORTEST: usize = 5;
const LONGEST: usize = 24;
/// A typing error of a sought word with so many letters and more is none of
/// another word.
const LONG_NAME: usize = 13;
/// More than any name that is looked for has, where each joined letter
/// counts as two, and a letter more.
const MOST_LETTERS: usize = 2 * LONGEST + 2;
const BASE: u64 = 0x0100_0000_01b3;

/// Names by what is left of them.
#[derive(Clone, Debug)]
pub(super) struct Typos {
    remains: Hashes,
    edges: Edges,
}

/// What names start and end with: an error leaves two letters at the start
/// or at the end, so that most labels need no look.
#[derive(Clone, Debug)]
struct Edges(Box<[[u64; 32]; MOST_LETTERS + 1]>);

impl Edges {
    /// Adds a name, for labels of its length, one less and one more.
    fn add(&mut self, name: &[u8]) {
        let length = name.len();
        if !(1..MOST_LETTERS).contains(&length) {
            return;
        }
        // The first letter moved to the end, or the last to the start,
        // leaves neither as it was.
        let shapes = [name, &name[1..], &name[..length - 1]];
        for bits in &mut self.0[length - 1..=length + 1] {
            for (word, bit) in shapes.into_iter().flat_map(pairs) {
                bits[word] |= bit;
            }
        }
    }

    /// Whether a label starts or ends as a name of about its length.
    fn fit(&self, label: &[u8]) -> bool {
        let bits = &self.0[label.len()];
        pairs(label).into_iter().any(|(word, bit)| bits[word] & bit != 0)
    }
}

/// The places of the first two letters, and of the last two.
fn pairs(letters: &[u8]) -> [(usize, u64); 2] {
    let place = |first: u8, second: u8, from: usize| {
        let five = |letter: u8| usize::from(COARSE[usize::from(letter)] & 31);
        let bit = from + five(first) * 32 + five(second);
        (bit / 64, 1 << (bit % 64))
    };
    match letters {
        [first, second, .., third, fourth] => {
            [place(*first, *second, 0), place(*third, *fourth, 1024)]
        }
        _ => [(0, 0); 2],
    }
}

impl Typos {
    pub(super) fn new(keys: &[Key]) -> Self {
        let mut rows = Vec::new();
        let mut edges = Edges(Box::new([[0; 32]; MOST_LETTERS + 1]));
        for (number, key) in (0..).zip(keys) {
            if !is_looked_for(key) {
                continue;
            }
            for letters in [Some(&key.letters), key.unjoined.as_ref()] {
                let Some(letters) = letters else { continue };
                edges.add(letters);
                remains(letters, |hash| rows.push((hash, number)));
                rows.push((vowels_alike(letters), number));
            }
        }
        Self { remains: Hashes::new(&rows), edges }
    }

    /// The number of the name that `letters` is a typing error of, and the
    /// class of the error.
    pub(super) fn find(
        &self,
        keys: &[Key],
        letters: &[u8],
    ) -> Option<(usize, &'static str)> {
        if letters.len() + 1 < SHORTEST || letters.len() > LONGEST + 1 {
            return None;
        }
        let mut found: Option<(usize, &'static str)> = None;
        let mut look = |hash| {
            if found.is_some() {
                return;
            }
            found = self.remains.get(hash).find_map(|number| {
                let key = &keys[number as usize];
                let class = class_of(&key.letters, letters)
                    .or_else(|| class_of(key.unjoined.as_ref()?, letters));
                Some((number as usize, class?))
            });
        };
        if self.edges.fit(letters) {
            remains(letters, &mut look);
        }
        look(vowels_alike(letters));
        found
    }
}

/// Only sought names: a typing error of any other is
/// nearly always another company.
fn is_looked_for(key: &Key) -> bool {
    let fits = (SHORTEST..=LONGEST).contains(&key.letters.len());
    let further =
        key.name.len() < LONG_NAME && sought::begins_or_ends(&key.name);
    fits && key.strength == Strength::Sought && !further
}

/// The hash of the letters with all vowels made one.
fn vowels_alike(letters: &[u8]) -> u32 {
    hash(letters.iter().map(|l| if is_vowel(*l) { b'*' } else { *l }))
}

/// Vowels as they are read: i reads as l.
fn is_vowel(letter: u8) -> bool {
    matches!(letter, b'a' | b'e' | b'l' | b'o' | b'u' | b'y')
}

/// Calls `each` with the hash of the letters, of the letters without each
/// one, and without each two neighbours, read coarsely.
///
/// The hash is a polynomial, so that one of a text with a gap costs a
/// multiplication and an addition, however long the text is.
fn remains(letters: &[u8], mut each: impl FnMut(u32)) {
    let length = letters.len();
    if length == 0 || length >= MOST_LETTERS {
        return;
    }
    // Of the letters from a place on.
    let mut rest = [0_u64; MOST_LETTERS];
    for at in (0..length).rev() {
        let letter = u64::from(COARSE[usize::from(letters[at])]);
        rest[at] = POWERS[length - at - 1]
            .wrapping_mul(letter)
            .wrapping_add(rest[at + 1]);
    }
    each(spread(rest[0]));
    let mut before = 0_u64;
    for (skip, letter) in letters.iter().enumerate() {
        for next in skip + 1..=length.min(skip + 2) {
            let moved = before.wrapping_mul(POWERS[length - next]);
            each(spread(moved.wrapping_add(rest[next])));
        }
        let letter = u64::from(COARSE[usize::from(*letter)]);
        before = before.wrapping_mul(BASE).wrapping_add(letter);
    }
}

/// The base to the power of a place.
static POWERS: [u64; MOST_LETTERS] = {
    let mut powers = [1_u64; MOST_LETTERS];
    let mut at = 1;
    while at < MOST_LETTERS {
        powers[at] = powers[at - 1].wrapping_mul(BASE);
        at += 1;
    }
    powers
};

/// Every letter as [`coarse`] has it.
static COARSE: [u8; 256] = {
    let mut table = [0; 256];
    let mut letter = 0_u8;
    loop {
        table[letter as usize] = coarse(letter);
        if letter == u8::MAX {
            break table;
        }
        letter += 1;
    }
};

/// Letters that are mistaken for each other one by one, but too different
/// to call the same.
#[inline]
const fn coarse(letter: u8) -> u8 {
    match letter {
        b'b' => b'd',
        b'e' => b'c',
        b'n' | b'r' => b'm',
        b'v' | b'y' => b'u',
        _ => letter,
    }
}

/// Whether `written` is `word` with one letter wrong, missing, added, moved
/// or swapped, or with letters that look alike.
pub(super) fn is_typing_error(word: &[u8], written: &[u8]) -> bool {
    class_of(word, written).is_some()
}

/// What kind of error makes `written` of `name`; none where it is another
/// word.
fn class_of(name: &[u8], written: &[u8]) -> Option<&'static str> {
    let start = common(name.iter(), written.iter());
    let end =
        common(name[start..].iter().rev(), written[start..].iter().rev());
    let missing = &name[start..name.len() - end];
    let added = &written[start..written.len() - end];
    match (missing, added) {
        ([], []) => Some("homoglyph"),
        ([], [letter]) => Some(inserted(written, start, *letter)),
        ([_], []) => Some("typo-omitted"),
        ([a], [b]) => Some(replaced(*a, *b)),
        ([a, b], [c, d]) if a == d && b == c => Some("typo-swapped"),
        ([_, _], [c, d]) if c == d => Some("typo-pair"),
        ([_], [c, d]) if c == d => Some("typo-pair"),
        ([first, rest @ ..], [start @ .., last])
            if first == last && rest == start && rest.len() <= 8 =>
        {
            Some("typo-moved")
        }
        ([start @ .., last], [first, rest @ ..])
            if first == last && rest == start && rest.len() <= 8 =>
        {
            Some("typo-moved")
        }
        _ => alike(name, written),
    }
}

fn common<'l>(
    a: impl Iterator<Item = &'l u8>,
    b: impl Iterator<Item = &'l u8>,
) -> usize {
    a.zip(b).take_while(|(a, b)| a == b).count()
}

fn inserted(written: &[u8], at: usize, letter: u8) -> &'static str {
    let before = at.checked_sub(1).map(|i| written[i]);
    if at + 1 == written.len() && letter == b's' {
        "plural"
    } else if before == Some(letter) || written.get(at + 1) == Some(&letter) {
        "typo-doubled"
    } else {
        "typo-inserted"
    }
}

fn replaced(right: u8, wrong: u8) -> &'static str {
    if coarse(right) == coarse(wrong) {
        "homoglyph"
    } else if is_vowel(right) && is_vowel(wrong) {
        "typo-vowel"
    } else if are_neighbours(right, wrong) {
        "typo-keyboard"
    } else if (right ^ wrong).is_power_of_two() {
        "typo-bit-flip"
    } else {
        "typo-replaced"
    }
}

/// Whether two letters lie side by side on a QWERTY, QWERTZ or AZERTY
/// keyboard.
fn are_neighbours(a: u8, b: u8) -> bool {
    let beside = |row: &[u8]| {
        row.windows(2).any(|pair| pair == [a, b] || pair == [b, a])
    };
    beside(b"qwertyuiop")
        || beside(b"asdfghjkl")
        || beside(b"zxcvbnm")
        || beside(b"azertzuiop")
        || beside(b"qsdfghjklm")
        || beside(b"yxcvbn")
        || beside(b"qaz")
        || beside(b"wsx")
        || beside(b"edc")
        || beside(b"rfv")
        || beside(b"tgb")
        || beside(b"yhn")
        || beside(b"ujm")
}

/// Two coarse likenesses, or one and an added or missing letter.
fn alike(name: &[u8], written: &[u8]) -> Option<&'static str> {
    let (mut likenesses, mut others) = (0, 0);
    let (mut i, mut j) = (0, 0);
    while i < name.len() && j < written.len() {
        let (a, b) = (name[i], written[j]);
        if a == b {
            (i, j) = (i + 1, j + 1);
        } else if coarse(a) == coarse(b) {
            likenesses += 1;
            (i, j) = (i + 1, j + 1);
        } else {
            others += 1;
            match name.len().cmp(&written.len()) {
                std::cmp::Ordering::Less => j += 1,
                std::cmp::Ordering::Greater => i += 1,
                std::cmp::Ordering::Equal => (i, j) = (i + 1, j + 1),
            }
        }
    }
    let others = others + (name.len() - i) + (written.len() - j);
    if others == 0 && likenesses <= 2
        || others == 1 && likenesses == 1 && name.len() >= 8
    {
        return Some("homoglyph");
    }
    has_one_vowel(name, written).then_some("typo-vowel")
}

/// Whether every vowel that differs became the same one.
fn has_one_vowel(name: &[u8], written: &[u8]) -> bool {
    let mut differing = name.iter().zip(written).filter(|(a, b)| a != b);
    let Some((_, first)) = differing.clone().next() else { return false };
    name.len() == written.len()
        && differing.all(|(a, b)| is_vowel(*a) && b == first)
        && is_vowel(*first)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_error_at_either_end_is_looked_for() {
        let mut edges = Edges(Box::new([[0; 32]; MOST_LETTERS + 1]));
        edges.add(b"acmepay");
        for error in [
            "xacmepay", "acmepayx", "cmepay", "acmepa", "cmepaya", "yacmepa",
            "camepay", "acmepya", "xxmepay", "acmepxx",
        ] {
            assert!(edges.fit(error.as_bytes()), "{error}");
        }
        assert!(!edges.fit(b"rhubarb"));
        assert!(!edges.fit(b"acmepayments"));
    }

    #[test]
    fn each_error_has_its_class() {
        for (written, class) in [
            ("acmepayn", "typo-inserted"),
            ("acmepays", "plural"),
            ("accmepay", "typo-doubled"),
            ("acmpay", "typo-omitted"),
            ("acnepay", "homoglyph"),
            ("acmapay", "typo-vowel"),
            ("acmrpay", "typo-keyboard"),
            ("acmeqay", "typo-bit-flip"),
            ("acmezay", "typo-replaced"),
            ("amcepay", "typo-swapped"),
            ("cmeapay", "typo-moved"),
            ("azzepay", "typo-pair"),
            ("ocmopoy", "typo-vowel"),
        ] {
            let got = class_of(b"acmepay", written.as_bytes());
            assert_eq!(got, Some(class), "{written}");
        }
        for other in ["payacme", "acorn", "mcapey", "agnepax"] {
            assert_eq!(class_of(b"acmepay", other.as_bytes()), None);
        }
    }
}
