//! Finds vendors' names in texts, all of them in one pass.

use rustc_hash::FxHashMap;

use crate::directory::{Directory, VendorId};
use crate::sieve::{Sieve, Start};
use crate::{fold, order};

/// How much a name says by itself.
#[derive(Clone, Copy, Debug, Eq, Ord, PartialEq, PartialOrd)]
pub enum Meaning {
    /// An ordinary word too: it needs an anchor beside it.
    Word,
    /// It can only mean the vendor.
    Distinct,
}

/// A vendor's name in a text.
#[derive(Clone, Debug, PartialEq)]
pub struct Hit {
    /// Whose name it is.
    pub vendor: VendorId,
    /// What it says by itself.
    pub meaning: Meaning,
    /// Where it begins in the folded text, in bytes.
    pub start: usize,
    /// Where it ends in the folded text, in bytes.
    pub end: usize,
}

/// The names of all vendors.
#[derive(Default)]
pub struct Index {
    folded: Table,
    skeletons: Table,
    names: Vec<(VendorId, Meaning)>,
}

impl Index {
    /// Indexes the names, aliases and words of all vendors.
    #[must_use]
    pub fn new(directory: &Directory) -> Self {
        let mut index = Self::default();
        for (vendor, table) in directory.vendors() {
            let written = table.aliases.iter().chain([&table.name]);
            let distinct = written
                .filter(|name| !table.words.contains(name))
                .map(|name| (name, Meaning::Distinct));
            let words = table.words.iter().map(|w| (w, Meaning::Word));
            for (name, meaning) in distinct.chain(words) {
                index.add(name, vendor, meaning);
            }
        }
        index
    }

    fn add(&mut self, name: &str, vendor: VendorId, meaning: Meaning) {
        let number = u32::try_from(self.names.len()).unwrap_or(u32::MAX);
        self.names.push((vendor, meaning));
        for form in forms(name) {
            self.folded.add(form, number);
        }
        if meaning == Meaning::Distinct {
            let skeleton = fold::skeleton(name).replace('L', "l");
            if skeleton.len() > 4 {
                self.skeletons.add(skeleton, number);
            }
        }
    }

    /// The names in a text folded by [`fold::text`], leftmost first; of names
    /// that overlap the longest only.
    #[must_use]
    pub fn find(&self, folded: &str) -> Vec<Hit> {
        longest(self.hits(&self.folded, folded))
    }

    /// The names that a short text shows with letters that only look like
    /// theirs (`OpenAl`, `paypaI`), in a text folded by [`fold::skeleton`].
    #[must_use]
    pub fn find_disguised(&self, skeleton: &str) -> Vec<Hit> {
        longest(self.hits(&self.skeletons, skeleton))
    }

    fn hits(&self, table: &Table, text: &str) -> Vec<Hit> {
        let mut hits = Vec::new();
        table.find(text, |number, start, end| {
            if let Some((vendor, meaning)) = self.names.get(number as usize) {
                let (vendor, meaning) = (*vendor, *meaning);
                hits.push(Hit { vendor, meaning, start, end });
            }
        });
        hits
    }
}

/// Names with a number each, found in one pass at a cost that does not grow
/// with them. An automaton would take longer to build, and the extension's
/// background starts anew many times a day.
#[derive(Default)]
struct Table {
    /// ASCII names, and what of them ends where a word does: no name goes on
    /// from words that stand not here.
    words: FxHashMap<String, Option<u32>>,
    /// The first words of the ASCII names.
    first: Sieve,
    /// Those of names that are one word, or short.
    alone: Sieve,
    /// The first eight bytes of the others: every text is full of words
    /// that names of several begin with (“the”, “my”).
    several: Sieve,
    /// The first words, in ASCII, of names that go on otherwise.
    mixed: Sieve,
    /// Names that are not ASCII alone, by their first character.
    anywhere: FxHashMap<char, Vec<(String, u32)>>,
}

impl Table {
    /// Adds a name that is longer than a character; the first of two that
    /// are written alike stays.
    fn add(&mut self, name: String, number: u32) {
        let mut chars = name.chars();
        let (Some(first), Some(_)) = (chars.next(), chars.next()) else {
            return;
        };
        if !name.is_ascii() {
            let word = name.split(' ').next().unwrap_or_default();
            if word.is_ascii() {
                self.first.add(Start::of(word));
                self.mixed.add(Start::of(word));
            }
            let begun = self.anywhere.entry(first).or_default();
            if !begun.iter().any(|(known, _)| *known == name) {
                begun.push((name, number));
            }
            return;
        }
        let start = Start::of(&name);
        self.first.add(start);
        match Start::of_words(name.as_bytes()) {
            Some(several) if name.contains(' ') => self.several.add(several),
            _ => self.alone.add(start),
        }
        for (space, _) in name.match_indices(' ') {
            if !self.words.contains_key(&name[..space]) {
                self.words.insert(name[..space].to_owned(), None);
            }
        }
        self.words.entry(name).or_default().get_or_insert(number);
    }

    /// Tells the number, start and end of every name. An ASCII name must
    /// stand alone: no letter or digit of ASCII touches it.
    fn find(&self, text: &str, mut found: impl FnMut(u32, usize, usize)) {
        let bytes = text.as_bytes();
        let mut at = 0;
        while let Some(byte) = bytes.get(at) {
            let Some((start, length)) = Start::of_ascii(&bytes[at..]) else {
                at = if byte.is_ascii() {
                    self.find_mixed(text, at, &mut found)
                } else {
                    at + self.find_anywhere(text, at, &mut found)
                };
                continue;
            };
            if self.first.lets_through(start) {
                if self.may_begin(start, &bytes[at..]) {
                    self.find_from(text, at, &mut found);
                }
                if self.mixed.lets_through(start) {
                    self.find_anywhere(text, at, &mut found);
                }
            }
            at = match length {
                8 => word_end(bytes, at + 8),
                // And over the space behind the word.
                _ => at + length + 1,
            };
        }
    }

    /// Whether a name may begin with the word that a text begins with, which
    /// is the first of one.
    fn may_begin(&self, start: Start, text: &[u8]) -> bool {
        let several = Start::of_words(text);
        self.alone.lets_through(start)
            || several.is_some_and(|start| self.several.lets_through(start))
    }

    /// Tells of the ASCII names that begin at a place.
    fn find_from(
        &self,
        text: &str,
        start: usize,
        found: &mut impl FnMut(u32, usize, usize),
    ) {
        for end in word_ends(text, start) {
            match self.words.get(&text[start..end]) {
                Some(Some(number)) => found(*number, start, end),
                Some(None) => {}
                None => break,
            }
        }
    }

    /// Tells of the names that begin with ASCII at a place, where something
    /// else may stand near, and gives the end of the ASCII there. Letters of
    /// other scripts that read as ASCII are folded to it.
    fn find_mixed(
        &self,
        text: &str,
        start: usize,
        found: &mut impl FnMut(u32, usize, usize),
    ) -> usize {
        let end = word_end(text.as_bytes(), start).max(start + 1);
        if !continues(text, start) {
            self.find_from(text, start, found);
        }
        if !text[..end].ends_with(' ') && !text.is_char_boundary(end + 1) {
            self.find_anywhere(text, start, found);
        }
        end
    }

    /// Tells of the other names that begin at a place, and gives the length
    /// of the character there.
    fn find_anywhere(
        &self,
        text: &str,
        start: usize,
        found: &mut impl FnMut(u32, usize, usize),
    ) -> usize {
        let rest = &text[start..];
        let Some(c) = rest.chars().next() else { return 1 };
        if continues(text, start) {
            return c.len_utf8();
        }
        for (name, number) in self.anywhere.get(&c).into_iter().flatten() {
            if rest.starts_with(name.as_str()) {
                found(*number, start, start + name.len());
            }
        }
        c.len_utf8()
    }
}

/// Whether a place is inside a word of a script that parts its words.
fn continues(text: &str, at: usize) -> bool {
    let parted = |c: char| c.is_alphanumeric() && !is_unparted(c);
    text[..at].ends_with(parted) && text[at..].starts_with(parted)
}

/// Whether a character is of a script that writes words without spaces:
/// Thai to Khmer, and from the first of the CJK blocks on.
fn is_unparted(c: char) -> bool {
    matches!(c, '\u{e00}'..='\u{eff}' | '\u{1000}'..='\u{109f}'
        | '\u{1100}'..='\u{11ff}' | '\u{1780}'..='\u{17ff}'
        | '\u{2e80}'..='\u{d7ff}' | '\u{f900}'..='\u{faff}'
        | '\u{ff00}'..='\u{ffef}' | '\u{20000}'..='\u{3ffff}')
}

/// Where the ASCII words end that follow one another from `start` with one
/// space between them.
fn word_ends(text: &str, start: usize) -> impl Iterator<Item = usize> {
    let bytes = text.as_bytes();
    let mut next = Some(start);
    std::iter::from_fn(move || {
        let end = word_end(bytes, next?);
        let goes_on = bytes.get(end) == Some(&b' ')
            && bytes.get(end + 1).is_some_and(u8::is_ascii_alphanumeric);
        next = goes_on.then_some(end + 1);
        Some(end)
    })
}

/// Where the ASCII word ends that a place is in.
#[inline]
fn word_end(text: &[u8], from: usize) -> usize {
    let mut rest = text[from..].iter();
    let length = rest.position(|b| !b.is_ascii_alphanumeric());
    length.map_or(text.len(), |length| from + length)
}

/// The ways a name is written: as it stands, without its spaces, and with a
/// space where its capitals show a seam ("Pay Pal").
fn forms(name: &str) -> Vec<String> {
    let folded = fold::text(name);
    let seams = name.chars().zip(name.chars().skip(1));
    let has_seam =
        seams.clone().any(|(a, b)| a.is_lowercase() && b.is_uppercase());
    let mut forms = Vec::with_capacity(2);
    if folded.contains(' ') && folded.len() > 5 {
        forms.push(folded.replace(' ', ""));
    }
    if has_seam {
        let mut seamed: String = name.chars().take(1).collect();
        for (previous, c) in seams {
            if c.is_uppercase() && previous.is_lowercase() {
                seamed.push(' ');
            }
            seamed.push(c);
        }
        let seamed = fold::text(&seamed);
        if seamed.len() > 5 {
            forms.push(seamed);
        }
    }
    forms.push(folded);
    forms
}

fn longest(mut hits: Vec<Hit>) -> Vec<Hit> {
    order::sort_by(&mut hits, |one, other| {
        one.start.cmp(&other.start).then(other.end.cmp(&one.end))
    });
    let mut end = 0;
    hits.retain(|hit| {
        let apart = hit.start >= end;
        end = end.max(hit.end);
        apart
    });
    hits
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(text: &str) -> Vec<String> {
        let directory = Directory::builtin();
        let index = Index::new(&directory);
        let hits = index.find(&fold::text(text));
        hits.iter().map(|h| directory.vendor(h.vendor).id.clone()).collect()
    }

    #[test]
    fn names_are_found_as_whole_words() {
        assert_eq!(found("PayPal Service"), ["paypal"]);
        assert_eq!(found("Your Pay Pal account"), ["paypal"]);
        assert_eq!(found("the openaire project"), Vec::<String>::new());
        assert_eq!(found("O\u{200d}pen\u{200b}AI Billing"), ["openai"]);
    }

    #[test]
    fn names_in_other_scripts_are_found() {
        for (text, vendor) in [
            ("Сбербанк", "sberbank"),
            ("Сообщение от Сбербанка", "sberbank"),
            ("Т-Банк", "tbank"),
            ("Нова пошта", "nova-poshta"),
            ("Εθνική Τράπεζα", "nbg"),
            ("البنك الأهلي المصري", "nbe"),
            ("こちらはSBI証券です", "sbi-sec"),
            ("あなたのPayPalアカウント", "paypal"),
            ("국민은행", "kb-kookmin"),
        ] {
            assert_eq!(found(text), [vendor], "{text}");
        }
        assert_eq!(found("Перепост записи"), Vec::<String>::new());
    }

    #[test]
    fn a_disguised_name_is_found_in_its_skeleton() {
        let directory = Directory::builtin();
        let index = Index::new(&directory);
        let find = |t: &str| index.find_disguised(&fold::skeleton(t)).len();
        assert_eq!(find("OpenAl Billing"), 1);
        assert_eq!(find("PaypaI"), 1);
        assert_eq!(find("OpenAL 1.1"), 0);
    }
}
