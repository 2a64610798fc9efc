//! What a reader collects from the parts of a mail, within bounds.

use crate::eight::Eight;
use crate::{Link, LinkKind};

/// How much text is kept, of the own and of the quoted each.
const MAX_TEXT: usize = 256 * 1024;
/// How many links are kept.
const MAX_LINKS: usize = 20_000;
/// How many images' texts are kept.
const MAX_IMAGES: usize = 1_000;
/// How much of one link's or one image's text is kept.
const MAX_LABEL: usize = 2_000;

/// The text, links and images of a mail, in reading order.
#[derive(Debug, Default)]
pub(super) struct Content {
    own: Flow,
    quoted: Flow,
    pub(super) links: Vec<Link>,
    pub(super) images: Vec<String>,
}

/// A running text: runs of white space are one space, or one line break
/// where there is one among them.
#[derive(Debug, Default)]
struct Flow {
    text: String,
    gap: Gap,
}

#[derive(Clone, Copy, Debug, Default, Eq, Ord, PartialEq, PartialOrd)]
enum Gap {
    #[default]
    None,
    Space,
    Line,
}

impl Flow {
    fn open(&mut self, gap: Gap) {
        self.gap = self.gap.max(gap);
    }

    fn push_word(&mut self, word: &str) {
        if self.text.len() + word.len() > MAX_TEXT {
            return;
        }
        match std::mem::take(&mut self.gap) {
            Gap::Space if !self.text.is_empty() => self.text.push(' '),
            Gap::Line if !self.text.is_empty() => self.text.push('\n'),
            _ => {}
        }
        self.text.push_str(word);
    }

    /// Adds words, as many at once as stand one blank apart.
    fn push(&mut self, text: &str) {
        let mut rest = text;
        loop {
            let spaces = spaces_at_start(rest.as_bytes());
            if spaces > 0 {
                self.open(Gap::Space);
                rest = &rest[spaces..];
            }
            if rest.is_empty() {
                return;
            }
            let (words, after) = rest.split_at(words_at_start(rest));
            if self.text.len() + words.len() <= MAX_TEXT {
                self.push_word(words);
            } else {
                words.split(' ').for_each(|word| {
                    self.push_word(word);
                    self.open(Gap::Space);
                });
            }
            rest = after;
        }
    }
}

/// How many bytes of white space a text begins with: what HTML collapses,
/// and the no-break space that mails pad their lines with.
fn spaces_at_start(text: &[u8]) -> usize {
    let mut length = 0;
    loop {
        length += match text[length..] {
            [b' ' | b'\t' | b'\n' | b'\r' | b'\x0c', ..] => 1,
            [0xc2, 0xa0, ..] => 2,
            _ => return length,
        };
    }
}

/// How many bytes the words take that a text begins with, one blank between
/// them.
fn words_at_start(text: &str) -> usize {
    let bytes = text.as_bytes();
    let mut blank = false;
    for (number, eight) in bytes.chunks(8).enumerate() {
        if let Some(last) = end_of_words(eight, blank) {
            blank = last == b' ';
            continue;
        }
        for (at, byte) in eight.iter().enumerate() {
            let at = number * 8 + at;
            let is_space = match KINDS[usize::from(*byte)] {
                Kind::Other => false,
                Kind::Blank if blank => return at - 1,
                Kind::Blank => {
                    blank = true;
                    continue;
                }
                Kind::Space => true,
                Kind::Lead => bytes.get(at + 1) == Some(&0xa0),
            };
            if is_space {
                return at - usize::from(blank);
            }
            blank = false;
        }
    }
    bytes.len() - usize::from(blank)
}

/// The last of eight bytes, where they are nothing but words one blank
/// apart, as nearly all are.
#[inline]
fn end_of_words(eight: &[u8], blank_before: bool) -> Option<u8> {
    let eight = Eight::of_ascii(eight.try_into().ok()?)?;
    let plain = eight.are_shown() && !eight.have_gap(blank_before);
    plain.then(|| eight.bytes()[7])
}

/// What a byte of a text may be.
#[derive(Clone, Copy)]
enum Kind {
    Other,
    /// The blank that stays one.
    Blank,
    Space,
    /// The first byte of a no-break space, and of others.
    Lead,
}

static KINDS: [Kind; 256] = {
    let mut kinds = [Kind::Other; 256];
    kinds[b' ' as usize] = Kind::Blank;
    kinds[b'\t' as usize] = Kind::Space;
    kinds[b'\n' as usize] = Kind::Space;
    kinds[b'\r' as usize] = Kind::Space;
    kinds[0x0c] = Kind::Space;
    kinds[0xc2] = Kind::Lead;
    kinds
};

impl Content {
    fn flow(&mut self, quoted: bool) -> &mut Flow {
        if quoted { &mut self.quoted } else { &mut self.own }
    }

    /// Adds text; white space in it is collapsed.
    pub(super) fn push_text(&mut self, text: &str, quoted: bool) {
        self.flow(quoted).push(text);
    }

    /// What follows stands on a line of its own.
    pub(super) fn break_line(&mut self) {
        self.own.open(Gap::Line);
        self.quoted.open(Gap::Line);
    }

    /// What follows is another word.
    pub(super) fn break_word(&mut self) {
        self.own.open(Gap::Space);
        self.quoted.open(Gap::Space);
    }

    /// Adds a link; gives whether there was room.
    pub(super) fn push_link(
        &mut self,
        kind: LinkKind,
        href: String,
        text: &str,
        quoted: bool,
    ) {
        if self.links.len() < MAX_LINKS {
            self.links.push(Link { href, text: label(text), kind, quoted });
        }
    }

    /// Adds an image's alternative text.
    pub(super) fn push_image(&mut self, text: &str) {
        let text = label(text);
        if !text.is_empty() && self.images.len() < MAX_IMAGES {
            self.images.push(text);
        }
    }

    /// Takes the texts out: the own and the quoted.
    pub(super) fn take_texts(&mut self) -> (String, String) {
        let own = std::mem::take(&mut self.own.text);
        (own, std::mem::take(&mut self.quoted.text))
    }
}

/// A short text on one line.
fn label(text: &str) -> String {
    // A text of so few bytes has no more characters.
    let more = (text.len() > MAX_LABEL)
        .then(|| text.char_indices().nth(MAX_LABEL))
        .flatten();
    let text = more.map_or(text, |(end, _)| &text[..end]);
    let room = String::with_capacity(text.len());
    let mut flow = Flow { text: room, ..Flow::default() };
    flow.push(text);
    flow.text
}
