//! Finds vendors' names in texts, all of them in one pass.

use daachorse::CharwiseDoubleArrayAhoCorasick as Automaton;
use rustc_hash::FxHashMap;

use crate::directory::{Directory, VendorId};
use crate::fold;

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

/// The names of all vendors, as one automaton over folded text.
pub struct Index {
    automaton: Option<Automaton<u32>>,
    skeletons: Option<Automaton<u32>>,
    names: Vec<(VendorId, Meaning)>,
}

impl Index {
    /// Indexes the names, aliases and words of all vendors.
    #[must_use]
    pub fn new(directory: &Directory) -> Self {
        let mut names = Vec::new();
        let (mut folded, mut skeletons) =
            (FxHashMap::default(), FxHashMap::default());
        for (vendor, table) in directory.vendors() {
            let written = table.aliases.iter().chain([&table.name]);
            let distinct = written
                .filter(|name| !table.words.contains(name))
                .map(|name| (name, Meaning::Distinct));
            let words = table.words.iter().map(|w| (w, Meaning::Word));
            for (name, meaning) in distinct.chain(words) {
                let number = u32::try_from(names.len()).unwrap_or(u32::MAX);
                names.push((vendor, meaning));
                for form in forms(name) {
                    folded.entry(form).or_insert(number);
                }
                let skeleton = fold::skeleton(name).replace('L', "l");
                if meaning == Meaning::Distinct && skeleton.len() > 4 {
                    skeletons.entry(skeleton).or_insert(number);
                }
            }
        }
        Self { automaton: build(folded), skeletons: build(skeletons), names }
    }

    /// The names in a text folded by [`fold::text`], leftmost first; of names
    /// that overlap the longest only.
    #[must_use]
    pub fn find(&self, folded: &str) -> Vec<Hit> {
        longest(self.hits(self.automaton.as_ref(), folded))
    }

    /// The names that a short text shows with letters that only look like
    /// theirs (`OpenAl`, `paypaI`), in a text folded by [`fold::skeleton`].
    #[must_use]
    pub fn find_disguised(&self, skeleton: &str) -> Vec<Hit> {
        longest(self.hits(self.skeletons.as_ref(), skeleton))
    }

    fn hits(
        &self,
        automaton: Option<&Automaton<u32>>,
        text: &str,
    ) -> Vec<Hit> {
        let Some(automaton) = automaton else { return Vec::new() };
        automaton
            .find_overlapping_iter(text)
            .filter(|m| is_whole(text, m.start(), m.end()))
            .filter_map(|m| {
                let (vendor, meaning) = self.names.get(m.value() as usize)?;
                Some(Hit {
                    vendor: *vendor,
                    meaning: *meaning,
                    start: m.start(),
                    end: m.end(),
                })
            })
            .collect()
    }
}

fn build(patterns: FxHashMap<String, u32>) -> Option<Automaton<u32>> {
    let mut patterns: Vec<_> =
        patterns.into_iter().filter(|(p, _)| p.chars().count() > 1).collect();
    patterns.sort();
    Automaton::with_values(patterns).ok()
}

/// The ways a name is written: as it stands, without its spaces, and with a
/// space where its capitals show a seam ("Pay Pal").
fn forms(name: &str) -> Vec<String> {
    let folded = fold::text(name);
    let mut forms = vec![folded.clone()];
    if folded.contains(' ') && folded.len() > 5 {
        forms.push(folded.replace(' ', ""));
    }
    let mut seamed = String::new();
    let mut previous = ' ';
    for c in name.chars() {
        if c.is_uppercase() && previous.is_lowercase() {
            seamed.push(' ');
        }
        seamed.push(c);
        previous = c;
    }
    let seamed = fold::text(&seamed);
    if seamed.len() > 5 && !forms.contains(&seamed) {
        forms.push(seamed);
    }
    forms
}

/// Whether a match stands alone: no letter or digit touches it. Scripts
/// written without spaces have no such edges.
fn is_whole(text: &str, start: usize, end: usize) -> bool {
    if !text[start..end].is_ascii() {
        return true;
    }
    let touches = |c: char| c.is_ascii_alphanumeric();
    !text[..start].ends_with(touches) && !text[end..].starts_with(touches)
}

fn longest(mut hits: Vec<Hit>) -> Vec<Hit> {
    hits.sort_by_key(|h| (h.start, std::cmp::Reverse(h.end)));
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
    fn a_disguised_name_is_found_in_its_skeleton() {
        let directory = Directory::builtin();
        let index = Index::new(&directory);
        let find = |t: &str| index.find_disguised(&fold::skeleton(t)).len();
        assert_eq!(find("OpenAl Billing"), 1);
        assert_eq!(find("PaypaI"), 1);
        assert_eq!(find("OpenAL 1.1"), 0);
    }
}
