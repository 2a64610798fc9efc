//! What a reader collects from the parts of a mail, within bounds.

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

    fn push(&mut self, text: &str) {
        for (index, word) in text.split(is_space).enumerate() {
            if index > 0 {
                self.open(Gap::Space);
            }
            if !word.is_empty() {
                self.push_word(word);
            }
        }
    }
}

/// The white space that HTML collapses, and the no-break space that mails
/// pad their lines with.
fn is_space(c: char) -> bool {
    matches!(c, ' ' | '\t' | '\n' | '\r' | '\x0c' | '\u{a0}')
}

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
    let mut flow = Flow::default();
    flow.push(match text.char_indices().nth(MAX_LABEL) {
        Some((end, _)) => &text[..end],
        None => text,
    });
    flow.text
}
