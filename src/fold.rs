//! Folding: what a text reads as, whatever characters it is written with.

use std::sync::LazyLock;

use rustc_hash::FxHashMap;

use crate::compressed::{self, include_table};
use crate::eight::Eight;

/// What `build.rs` made of UTS 39's confusables and Unicode's decompositions:
/// for every character how far it stands behind the last one (in letters,
/// `A` for 0 up to `P` for 15; left out for 1), how it is alike, and what it
/// folds to.
static ROWS: LazyLock<String> =
    LazyLock::new(|| compressed::text(include_table!("folds")));

static FOLDS: LazyLock<FxHashMap<char, (Likeness, &'static str)>> =
    LazyLock::new(|| {
        let mut folds = FxHashMap::default();
        let mut last = 0x7f;
        let mut rest = ROWS.as_str();
        while let Some(at) = rest.find(['=', '~']) {
            let (step, row) = rest.split_at(at);
            let digits = step.bytes().map(|letter| u32::from(letter - b'A'));
            last += digits.fold(0, |step, digit| step * 16 + digit).max(1);
            let likeness = match row.as_bytes()[0] {
                b'=' => Likeness::Same,
                _ => Likeness::Alike,
            };
            let is_next = |c: char| matches!(c, '=' | '~' | 'A'..='P');
            let end = row[1..].find(is_next).map_or(row.len(), |at| at + 1);
            let folded = &row[1..end];
            folds
                .extend(char::from_u32(last).map(|c| (c, (likeness, folded))));
            rest = &row[end..];
        }
        folds
    });

/// How a character relates to the ASCII letters it folds to.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum Likeness {
    /// The same letter in another form: é, ａ, 𝐚.
    Same,
    /// Another letter that looks alike: Cyrillic а for a.
    Alike,
}

/// The ASCII letters and digits that `c`, a character outside ASCII, reads
/// as (lower case), and how.
#[must_use]
pub fn ascii_of(c: char) -> Option<(Likeness, &'static str)> {
    FOLDS.get(&c).copied()
}

/// Whether `c` shows nothing or reorders what stands around it: zero-width
/// and joining characters, variation selectors, tags, bidirectional
/// controls, soft hyphens, fillers.
#[must_use]
pub fn is_invisible(c: char) -> bool {
    matches!(c,
        '\u{ad}' | '\u{34f}' | '\u{61c}' | '\u{115f}' | '\u{1160}'
        | '\u{17b4}' | '\u{17b5}' | '\u{180b}'..='\u{180f}'
        | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}'
        | '\u{2060}'..='\u{206f}' | '\u{3164}' | '\u{fe00}'..='\u{fe0f}'
        | '\u{feff}' | '\u{ffa0}' | '\u{fff9}'..='\u{fffb}'
        | '\u{1bca0}'..='\u{1bca3}' | '\u{1d173}'..='\u{1d17a}'
        | '\u{e0000}'..='\u{e0fff}')
}

/// Folds a text for comparing names: lower case, ASCII where a character
/// reads as ASCII, without invisible characters and combining marks, every
/// run of anything but letters and digits one space.
#[must_use]
pub fn text(text: &str) -> String {
    let mut folded = String::with_capacity(text.len());
    let mut rest = text;
    while !rest.is_empty() {
        let (ascii, after) = rest.split_at(ascii_length(rest.as_bytes()));
        push_ascii(&mut folded, ascii);
        let mut chars = after.chars();
        if let Some(c) = chars.next() {
            push_folded(&mut folded, c);
        }
        rest = chars.as_str();
    }
    if folded.ends_with(' ') {
        folded.pop();
    }
    folded
}

/// How many bytes of ASCII a text begins with.
fn ascii_length(text: &[u8]) -> usize {
    const PIECE: usize = 32;
    let pieces = text.chunks_exact(PIECE).take_while(|p| p.is_ascii());
    let whole = pieces.count() * PIECE;
    let rest = text[whole..].iter().position(|byte| !byte.is_ascii());
    rest.map_or(text.len(), |rest| whole + rest)
}

/// Folds a run of ASCII, eight bytes at a time: texts of mails are nearly
/// all of it.
fn push_ascii(folded: &mut String, ascii: &str) {
    let spaced = folded.is_empty() || folded.ends_with(' ');
    let mut piece = Piece { bytes: [0; PIECE], length: 0, spaced };
    for bytes in ascii.as_bytes().chunks(PIECE) {
        let (eights, rest) = bytes.as_chunks();
        for eight in eights {
            piece.push(*eight, eight.len());
        }
        let mut last = [b' '; 8];
        last[..rest.len()].copy_from_slice(rest);
        piece.push(last, rest.len());
        // Always so: nothing but ASCII is pushed.
        let text = str::from_utf8(&piece.bytes[..piece.length]);
        folded.push_str(text.unwrap_or_default());
        piece.length = 0;
    }
}

/// How many bytes of a text are folded before they are added to the others.
const PIECE: usize = 64;

/// A piece of folded ASCII in which runs of spaces are one.
struct Piece {
    bytes: [u8; PIECE],
    length: usize,
    /// Whether a space stands before what comes next, or nothing.
    spaced: bool,
}

impl Piece {
    /// Adds the first of eight bytes.
    #[inline]
    fn push(&mut self, eight: [u8; 8], count: usize) {
        let Some(folded) = Eight::of_ascii(eight).map(Eight::folded) else {
            return;
        };
        let bytes = folded.bytes();
        if count == bytes.len() && !folded.have_gap(self.spaced) {
            let end = self.length + bytes.len();
            self.bytes[self.length..end].copy_from_slice(&bytes);
            self.length = end;
            self.spaced = bytes[7] == b' ';
            return;
        }
        for byte in bytes.into_iter().take(count) {
            self.bytes[self.length] = byte;
            let space = byte == b' ';
            self.length += usize::from(!(space && self.spaced));
            self.spaced = space;
        }
    }
}

fn push_folded(folded: &mut String, c: char) {
    if c.is_ascii_alphanumeric() {
        folded.push(c.to_ascii_lowercase());
    } else if c == '©' {
        folded.push_str(if folded.ends_with(' ') {
            "copyright "
        } else {
            " copyright "
        });
    } else if is_invisible(c) || is_combining(c) {
        // Shows nothing of its own.
    } else if let Some((_, ascii)) =
        (!c.is_ascii()).then(|| ascii_of(c)).flatten()
    {
        folded.push_str(ascii);
    } else if c.is_alphanumeric() {
        folded.extend(c.to_lowercase());
    } else if !folded.is_empty() && !folded.ends_with(' ') {
        folded.push(' ');
    }
}

/// Folds a short text for finding names behind lookalike letters: as
/// [`text`], but `I`, `1` and `|` are `l`, and `0` is `o`.
///
/// A capital `L` looks like no other letter and stays one, so that "OpenAL"
/// does not read as "OpenAI".
#[must_use]
pub fn skeleton(written: &str) -> String {
    let alike = |c: char| match c {
        'I' | '1' | '|' => 'l',
        '0' => 'o',
        c => c,
    };
    let mut folded = String::with_capacity(written.len());
    for c in written.chars().map(alike) {
        if c == 'L' {
            folded.push(c);
        } else {
            push_folded(&mut folded, c);
        }
    }
    folded.trim_end().to_owned()
}

/// Combining diacritical marks, which stand on the letter before them.
#[must_use]
pub fn is_combining(c: char) -> bool {
    matches!(c, '\u{300}'..='\u{36f}' | '\u{1ab0}'..='\u{1aff}'
        | '\u{1dc0}'..='\u{1dff}' | '\u{20d0}'..='\u{20ff}'
        | '\u{fe20}'..='\u{fe2f}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_folds_to_what_a_person_reads() {
        for (written, read) in [
            ("OpenAI", "openai"),
            ("O\u{200d}pen\u{fe0f}AI", "openai"),
            ("Оpеn\u{430}I", "openai"), // Cyrillic О, е, а
            ("Itaú – Unibanco", "itau unibanco"),
            ("𝐏𝐚𝐲𝐏𝐚𝐥", "paypal"),
            ("  Pay\u{301}Pal!! ", "paypal"),
            ("ｍａｓｔｅｒ", "master"),
            ("支付宝", "支付宝"),
        ] {
            assert_eq!(text(written), read, "{written:?}");
        }
    }
}
