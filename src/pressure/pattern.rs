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

use rustc_hash::FxHashMap;

use super::{KINDS, Pressure};
use crate::fold;
use crate::sieve::{Sieve, Start};

/// How many words a pattern of two groups may span; each further group may
/// add half as many.
const SPAN: usize = 9;

/// Beginnings of words are looked up by so many bytes.
const START: usize = 3;

/// One word of an alternative.
#[derive(Clone, Debug, PartialEq)]
enum Word {
    Exact(String),
    Start(String),
    Number,
}

impl Word {
    fn is(&self, word: &str) -> bool {
        match self {
            Self::Exact(exact) => exact == word,
            Self::Start(start) => word.starts_with(start.as_str()),
            Self::Number => is_number(word),
        }
    }
}

/// An alternative of a group: words that follow each other.
#[derive(Clone, Debug)]
struct Term {
    words: Vec<Word>,
    group: usize,
}

/// Groups that must stand together, and what that means.
#[derive(Clone, Debug)]
struct Pattern {
    kind: usize,
    groups: Vec<usize>,
}

/// All patterns, indexed by the first word of their alternatives: a text is
/// read once, at two look-ups a word.
#[derive(Clone, Debug, Default)]
pub(super) struct Patterns {
    all: Vec<Pattern>,
    /// The patterns that each group takes part in.
    uses: Vec<Vec<usize>>,
    exact: FxHashMap<String, Vec<Term>>,
    starts: FxHashMap<String, Vec<Term>>,
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
        for alternative in alternatives.split('|') {
            let words = words(alternative);
            let term = |words| Term { words, group };
            match words.first() {
                Some(Word::Exact(word)) => {
                    let word = word.clone();
                    self.exact_words.add(Start::of(&word));
                    self.exact.entry(word).or_default().push(term(words));
                }
                Some(Word::Start(start)) => {
                    let start = beginning(start).to_owned();
                    self.beginnings.add(Start::of(&start));
                    self.starts.entry(start).or_default().push(term(words));
                }
                Some(Word::Number) => self.numbers.push(term(words)),
                None => {}
            }
        }
        group
    }

    /// Finds the first match of each kind.
    pub(super) fn find(&self, folded: &str) -> Vec<Pressure> {
        let words = words_of(folded);
        let mut last: Vec<Option<(usize, usize)>> =
            vec![None; self.uses.len()];
        let mut found: Vec<Option<(usize, usize)>> = vec![None; KINDS.len()];
        let mut order = Vec::new();
        let mut next = 0;
        for (at, word) in words.iter().enumerate() {
            let rest = &folded[next..];
            next += word.len() + 1;
            for term in self.terms(word, rest) {
                let end = at + term.words.len();
                let fits = end <= words.len()
                    && term
                        .words
                        .iter()
                        .zip(&words[at..])
                        .all(|(w, t)| w.is(t));
                if !fits {
                    continue;
                }
                last[term.group] = Some((at, end));
                for &place in &self.uses[term.group] {
                    let pattern = &self.all[place];
                    // The first match of a kind is enough.
                    if found[pattern.kind].is_none()
                        && let Some(span) = pattern.span(&last)
                    {
                        found[pattern.kind] = Some(span);
                        order.push(pattern.kind);
                    }
                }
            }
        }
        let pressure = |kind: usize| {
            let (start, end) = found[kind]?;
            let phrase = words[start..end].join(" ");
            Some(Pressure { kind: KINDS[kind], phrase })
        };
        order.into_iter().filter_map(pressure).collect()
    }

    /// The alternatives that may begin with this word, `rest` being the
    /// text from the word on.
    fn terms(&self, word: &str, rest: &str) -> impl Iterator<Item = &Term> {
        let start = Start::of_ascii(rest.as_bytes());
        let start = start.map_or_else(|| Start::of(word), |(start, _)| start);
        let exact = self.exact_words.lets_through(start);
        let exact = exact.then(|| self.exact.get(word)).flatten();
        let begins = beginning(word);
        let three = match begins.len() {
            START => start.first(START),
            _ => Start::of(begins),
        };
        let begun = self.beginnings.lets_through(three);
        let begun = begun.then(|| self.starts.get(begins));
        let numbers = is_number(word).then_some(&self.numbers);
        exact.into_iter().chain(begun.flatten()).chain(numbers).flatten()
    }
}

/// The words of a folded text.
fn words_of(folded: &str) -> Vec<&str> {
    let mut words = Vec::with_capacity(folded.len() / 4 + 1);
    let mut start = 0;
    let spaces = memchr::memchr_iter(b' ', folded.as_bytes());
    for end in spaces.chain([folded.len()]) {
        words.push(&folded[start..end]);
        start = end + 1;
    }
    words
}

impl Pattern {
    /// Where the groups stand, if they stand close together.
    fn span(&self, last: &[Option<(usize, usize)>]) -> Option<(usize, usize)> {
        let (mut start, mut end) = (usize::MAX, 0);
        for group in &self.groups {
            let (from, to) = last[*group]?;
            start = start.min(from);
            end = end.max(to);
        }
        let further = self.groups.len().saturating_sub(2);
        (end - start <= SPAN + further * SPAN / 2).then_some((start, end))
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

/// What beginnings of words are looked up by.
fn beginning(word: &str) -> &str {
    let mut end = START.min(word.len());
    while !word.is_char_boundary(end) {
        end -= 1;
    }
    &word[..end]
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
            assert!(start.len() >= START, "“{part}” begins too many words");
            words.push(Word::Start(start));
        }
    }
    words
}

fn is_number(word: &str) -> bool {
    !word.is_empty() && word.bytes().all(|b| b.is_ascii_digit())
}
