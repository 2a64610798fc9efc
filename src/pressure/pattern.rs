//! Patterns of words that stand close together.
//!
//! A file of phrases has a section a kind, and a line a pattern:
//!
//! ```text
//! @account = account*|profile|access
//! [suspension]
//! @account + suspend*|lock*|clos*
//! ```
//!
//! `+` joins groups that stand within a few words of each other, in any
//! order; `|` stands between alternatives; `*` ends the beginning of a word;
//! `#` is a number; `@name` stands for the alternatives defined above.

use std::borrow::Cow;

use rustc_hash::FxHashMap;

use super::{KINDS, Pressure};
use crate::fold;
use crate::sieve::{Sieve, Start};

/// How many words a pattern of two groups may span; each further group may
/// add half as many.
const SPAN: usize = 9;

/// Beginnings of words are looked up by so many bytes; the few that are
/// shorter by all they have.
const START: usize = 4;
const SHORT: usize = 3;

/// One word of an alternative.
#[derive(Clone, Debug, PartialEq)]
enum Word {
    Exact(String),
    Start(String),
    Number,
}

impl Word {
    /// What stands behind this word in a folded text that begins with it.
    fn skip<'a>(&self, text: &'a str) -> Option<&'a str> {
        let rest = match self {
            Self::Exact(word) => text.strip_prefix(word.as_str())?,
            Self::Start(start) => {
                let rest = text.strip_prefix(start.as_str())?;
                let end = rest.bytes().position(|byte| byte == b' ');
                &rest[end.unwrap_or(rest.len())..]
            }
            Self::Number => {
                let rest =
                    text.trim_start_matches(|c: char| c.is_ascii_digit());
                (rest.len() < text.len()).then_some(rest)?
            }
        };
        match rest {
            "" => Some(""),
            rest => rest.strip_prefix(' '),
        }
    }
}

/// An alternative of a group: words that follow each other.
#[derive(Clone, Debug)]
struct Term {
    words: Vec<Word>,
    group: usize,
}

impl Term {
    /// Whether its words are a word that it was looked up by, and those that
    /// stand behind it.
    fn is(&self, word: &str, behind: &str) -> bool {
        let Some((first, further)) = self.words.split_first() else {
            return false;
        };
        let begins = match first {
            Word::Exact(exact) => word == exact,
            Word::Start(start) => word.starts_with(start.as_str()),
            Word::Number => true,
        };
        let skip = |rest, word: &Word| word.skip(rest);
        begins && further.iter().try_fold(behind, skip).is_some()
    }
}

/// Words of a text by their numbers: from the first of them to the one
/// behind the last; nowhere where it ends at 0.
#[derive(Clone, Copy, Debug, Default)]
struct Span {
    from: usize,
    to: usize,
}

/// Groups that must stand together, and what that means.
#[derive(Clone, Debug)]
struct Pattern {
    kind: usize,
    groups: Vec<usize>,
}

/// An alternative as it is written, and as people write it who have no
/// umlauts at hand: “läuft ab”, “laeuft ab”.
fn spellings(written: &str) -> impl Iterator<Item = Cow<'_, str>> {
    let apart = written.contains(['ä', 'ö', 'ü']).then(|| {
        let spelt = written.replace('ä', "ae").replace('ö', "oe");
        Cow::Owned(spelt.replace('ü', "ue"))
    });
    std::iter::once(Cow::Borrowed(written)).chain(apart)
}

/// All patterns, indexed by the first word of their alternatives: a text is
/// read once, at two look-ups a word.
#[derive(Clone, Debug, Default)]
pub(super) struct Patterns {
    all: Vec<Pattern>,
    /// The patterns that each group takes part in.
    uses: Vec<Vec<usize>>,
    exact: FxHashMap<Start, Vec<Term>>,
    starts: FxHashMap<Start, Vec<Term>>,
    numbers: Vec<Term>,
    /// The words of `exact` and `starts`.
    exact_words: Sieve,
    beginnings: Sieve,
}

impl Patterns {
    /// Adds a file of phrases.
    pub(super) fn add(&mut self, text: &str) {
        let mut named: FxHashMap<&str, &str> = FxHashMap::default();
        let mut groups: FxHashMap<&str, usize> = FxHashMap::default();
        let mut kind = 0;
        let lines = text.lines().map(str::trim);
        for line in lines.filter(|l| !l.is_empty() && !l.starts_with("//")) {
            if let Some(name) = line.strip_prefix('[') {
                let name = name.trim_end_matches(']');
                kind = KINDS
                    .iter()
                    .position(|known| *known == name)
                    .unwrap_or_else(|| panic!("“{name}” is no kind"));
            } else if let Some((name, group)) = line
                .strip_prefix('@')
                .and_then(|definition| definition.split_once(" = "))
            {
                named.insert(name, group);
            } else {
                let groups = line
                    .split(" + ")
                    .map(|group| {
                        *groups.entry(group).or_insert_with(|| {
                            self.add_group(&expand(group, &named))
                        })
                    })
                    .collect();
                self.add_pattern(Pattern { kind, groups });
            }
        }
    }

    fn add_pattern(&mut self, pattern: Pattern) {
        for group in &pattern.groups {
            self.uses[*group].push(self.all.len());
        }
        self.all.push(pattern);
    }

    fn add_group(&mut self, alternatives: &str) -> usize {
        let group = self.uses.len();
        self.uses.push(Vec::new());
        for alternative in alternatives.split('|').flat_map(spellings) {
            let words = words(&alternative);
            match words.first() {
                Some(Word::Exact(word)) => {
                    let start = Start::of(word);
                    self.exact_words.add(start);
                    let begun = self.exact.entry(start).or_default();
                    begun.push(Term { words, group });
                }
                Some(Word::Start(start)) => {
                    let start = Start::of(start).first(START);
                    self.beginnings.add(start);
                    let begun = self.starts.entry(start).or_default();
                    begun.push(Term { words, group });
                }
                Some(Word::Number) => self.numbers.push(Term { words, group }),
                None => {}
            }
        }
        group
    }

    /// Finds the first match of each kind.
    pub(super) fn find(&self, folded: &str) -> Vec<Pressure> {
        let mut search = Search {
            patterns: self,
            folded,
            last: vec![Span::default(); self.uses.len()],
            is_found: [false; KINDS.len()],
            found: Vec::new(),
        };
        let mut word = Place { number: 0, start: 0 };
        while let Some(rest) = folded.get(word.start..) {
            let (start, length) = Start::of_folded(rest);
            let written = &rest[..length];
            let behind = rest.get(length + 1..).unwrap_or_default();
            for term in self.terms(start, written) {
                if term.is(written, behind) {
                    search.note(term, word);
                }
            }
            word.start += length + 1;
            word.number += 1;
        }
        search.found
    }

    /// The alternatives that may begin with a word; most words begin none.
    #[inline]
    fn terms(&self, start: Start, word: &str) -> impl Iterator<Item = &Term> {
        let exact = self.exact_words.lets_through(start);
        let exact = exact.then(|| self.exact.get(&start)).flatten();
        let (long, short) = (start.first(START), start.first(SHORT));
        let short = (short != long).then(|| self.begun_by(short)).flatten();
        let numbers = is_number(word).then_some(&self.numbers);
        let all = [exact, self.begun_by(long), short, numbers];
        all.into_iter().flatten().flatten()
    }

    #[inline]
    fn begun_by(&self, start: Start) -> Option<&Vec<Term>> {
        let begun = self.beginnings.lets_through(start);
        begun.then(|| self.starts.get(&start)).flatten()
    }
}

/// Where a word stands in a text: how many words are before it, and its
/// first byte.
#[derive(Clone, Copy)]
struct Place {
    number: usize,
    start: usize,
}

/// What was found so far in one text.
struct Search<'a> {
    patterns: &'a Patterns,
    folded: &'a str,
    /// Where each group stood last.
    last: Vec<Span>,
    is_found: [bool; KINDS.len()],
    found: Vec<Pressure>,
}

impl Search<'_> {
    /// Notes where a group stands, and what that completes.
    fn note(&mut self, term: &Term, word: Place) {
        let to = word.number + term.words.len();
        self.last[term.group] = Span { from: word.number, to };
        for &place in &self.patterns.uses[term.group] {
            let pattern = &self.patterns.all[place];
            // The first match of a kind is enough.
            if !self.is_found[pattern.kind]
                && let Some(span) = pattern.span(&self.last)
            {
                self.is_found[pattern.kind] = true;
                self.found.push(Pressure {
                    kind: KINDS[pattern.kind],
                    phrase: span.words(self.folded, word).to_owned(),
                });
            }
        }
    }
}

impl Span {
    /// The words, found from one of them on.
    fn words(self, folded: &str, one: Place) -> &str {
        let (before, after) = folded.split_at(one.start);
        let start = before.rmatch_indices(' ').nth(one.number - self.from);
        let start = start.map_or(0, |(space, _)| space + 1);
        let end = after.match_indices(' ').nth(self.to - one.number - 1);
        let length = end.map_or(after.len(), |(space, _)| space);
        &folded[start..one.start + length]
    }
}

impl Pattern {
    /// Where the groups stand, if they stand close together.
    fn span(&self, last: &[Span]) -> Option<Span> {
        let mut all = Span { from: usize::MAX, to: 0 };
        for group in &self.groups {
            let Span { from, to } = last[*group];
            // A word that was found ends behind the first one.
            if to == 0 {
                return None;
            }
            all.from = all.from.min(from);
            all.to = all.to.max(to);
        }
        let further = self.groups.len().saturating_sub(2);
        (all.to - all.from <= SPAN + further * SPAN / 2).then_some(all)
    }
}

/// Writes out the named groups among a group's alternatives.
fn expand(group: &str, named: &FxHashMap<&str, &str>) -> String {
    let written = |alternative| match str::strip_prefix(alternative, "@") {
        None => alternative,
        Some(name) => named
            .get(name)
            .unwrap_or_else(|| panic!("“@{name}” is not defined")),
    };
    group.split('|').map(written).collect::<Vec<_>>().join("|")
}

/// The words of an alternative, folded as the text is.
fn words(alternative: &str) -> Vec<Word> {
    let mut words = Vec::new();
    for part in alternative.split_whitespace() {
        if part == "#" {
            words.push(Word::Number);
            continue;
        }
        let folded = fold::text(part.trim_end_matches('*'));
        let exact = |word: &str| Word::Exact(word.to_owned());
        words.extend(folded.split(' ').map(exact));
        if part.ends_with('*')
            && let Some(Word::Exact(start)) = words.pop()
        {
            assert!(start.len() >= SHORT, "“{part}” begins too many words");
            words.push(Word::Start(start));
        }
    }
    words
}

fn is_number(word: &str) -> bool {
    !word.is_empty() && word.bytes().all(|b| b.is_ascii_digit())
}
