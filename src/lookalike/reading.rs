//! A host as an eye skims it: the labels before the public suffix as one
//! run of letters that look alike, with the places where dots and hyphens
//! stood.

use crate::fold;
use crate::host::Host;

/// No host name is longer (RFC 1035).
const MAX: usize = 256;
const MAX_TOKENS: usize = 40;

/// What is known of a letter of the run.
pub(super) mod sign {
    /// A hyphen stands before it.
    pub(in super::super) const HYPHEN: u8 = 1;
    /// A dot stands before it, or nothing.
    pub(in super::super) const DOT: u8 = 2;
    /// It is written as a digit.
    pub(in super::super) const DIGIT: u8 = 4;
    /// It is written with a character outside ASCII.
    pub(in super::super) const FOREIGN: u8 = 8;
    /// It is written as two letters that read as one.
    pub(in super::super) const JOINED: u8 = 16;
    /// Before it begins a label or a part of one.
    pub(in super::super) const EDGE: u8 = HYPHEN | DOT;
}

/// A part between dots and hyphens: a range of the run.
#[derive(Clone, Copy, Default)]
pub(super) struct Token {
    pub(super) start: usize,
    pub(super) end: usize,
}

/// The run.
pub(super) struct Reading {
    letters: [u8; MAX],
    signs: [u8; MAX],
    len: usize,
    tokens: [Token; MAX_TOKENS],
    token_count: usize,
    /// Where the label of the registrable domain begins.
    pub(super) name: usize,
    /// What was read last, as it is written.
    written: u8,
    edge: u8,
}

impl Reading {
    /// Reads a host; none where nothing stands before its public suffix.
    pub(super) fn of(host: &Host) -> Option<Self> {
        let ascii = host.ascii();
        let labels = match ascii.strip_suffix(host.suffix())? {
            // A service that stands on the list itself.
            "" if ascii.matches('.').count() == 1 && host.is_tenant() => {
                return None;
            }
            // A name that is itself a public suffix (`acmepay.ck`).
            "" => ascii.rsplit_once('.').map_or(ascii, |(labels, _)| labels),
            labels => labels.strip_suffix('.')?,
        };
        if host.is_ip() || ascii.len() >= MAX {
            return None;
        }
        let mut reading = Self {
            letters: [0; MAX],
            signs: [0; MAX],
            len: 0,
            tokens: [Token::default(); MAX_TOKENS],
            token_count: 0,
            name: 0,
            written: 0,
            edge: sign::DOT,
        };
        for label in labels.split('.') {
            reading.edge = sign::DOT;
            reading.name = reading.len;
            if label.starts_with("xn--") {
                for c in idna::domain_to_unicode(label).0.chars() {
                    reading.push_char(c);
                }
            } else {
                for byte in label.bytes() {
                    reading.push(byte, 0);
                }
            }
        }
        reading.split_tokens();
        (reading.len > reading.name).then_some(reading)
    }

    /// The same, where every letter stands for itself: there is no d in
    /// `acmepac-login`. None where that reads the same.
    pub(super) fn apart(&self) -> Option<Self> {
        let added = self.seams().count();
        if added == 0 || self.len + added >= MAX {
            return None;
        }
        let mut apart = Self { len: 0, token_count: 0, ..*self };
        for at in 0..self.len {
            if at == self.name {
                apart.name = apart.len;
            }
            let (letter, signs) = (self.letters[at], self.signs[at]);
            let pair = parted(letter).filter(|_| signs & sign::JOINED != 0);
            let [first, second] = pair.unwrap_or([letter, 0]);
            apart.letters[apart.len] = first;
            apart.signs[apart.len] = signs;
            apart.len += 1;
            if pair.is_some() {
                apart.letters[apart.len] = second;
                apart.signs[apart.len] = 0;
                apart.len += 1;
            }
        }
        apart.split_tokens();
        Some(apart)
    }

    /// The letters that are two: where each stands, and what it is apart.
    pub(super) fn seams(&self) -> impl Iterator<Item = (usize, [u8; 2])> {
        let read = self.letters().iter().zip(&self.signs).enumerate();
        read.filter(|(_, (_, signs))| *signs & sign::JOINED != 0)
            .filter_map(|(at, (letter, _))| Some((at, parted(*letter)?)))
    }

    fn push_char(&mut self, c: char) {
        if let Ok(byte) = u8::try_from(c)
            && byte.is_ascii()
        {
            self.push(byte, 0);
        } else if let Some(ascii) = alike(c) {
            for byte in ascii.bytes() {
                self.push(byte, sign::FOREIGN);
            }
        } else if !fold::is_invisible(c) && !fold::is_combining(c) {
            // Reads as no letter of a vendor's name.
            self.push(b'?', sign::FOREIGN);
        }
    }

    /// Adds a letter, joined with the one before where both read as one.
    #[inline]
    fn push(&mut self, byte: u8, mut signs: u8) {
        if byte == b'-' || byte == b'_' {
            self.edge |= sign::HYPHEN;
            self.written = 0;
            return;
        }
        if self.len + 1 >= MAX {
            return;
        }
        if byte.is_ascii_digit() {
            signs |= sign::DIGIT;
        }
        if self.edge == 0
            && let Some(joined) = joined(self.written, byte)
        {
            self.letters[self.len - 1] = joined;
            self.signs[self.len - 1] |= signs | sign::JOINED;
            self.written = 0;
            return;
        }
        self.letters[self.len] = looks_like(byte);
        self.signs[self.len] = signs | self.edge;
        self.len += 1;
        self.edge = 0;
        self.written = byte;
    }

    fn split_tokens(&mut self) {
        let mut start = 0;
        for i in 1..=self.len {
            if i < self.len && self.signs[i] & sign::EDGE == 0 {
                continue;
            }
            if self.token_count < MAX_TOKENS {
                self.tokens[self.token_count] = Token { start, end: i };
                self.token_count += 1;
            }
            start = i;
        }
    }

    /// The letters of the whole run.
    #[inline]
    pub(super) fn letters(&self) -> &[u8] {
        &self.letters[..self.len]
    }

    /// The letters of the registrable domain's label.
    #[inline]
    pub(super) fn name_letters(&self) -> &[u8] {
        &self.letters[self.name..self.len]
    }

    /// The parts between dots and hyphens.
    #[inline]
    pub(super) fn tokens(&self) -> &[Token] {
        &self.tokens[..self.token_count]
    }

    /// Whether a label or a part of one begins or ends here.
    pub(super) fn is_edge(&self, at: usize) -> bool {
        at >= self.len || self.signs[at] & sign::EDGE != 0
    }

    /// Whether any letter of a range, but its first, has one of the signs.
    pub(super) fn inner_has(&self, range: Token, signs: u8) -> bool {
        self.signs[range.start + 1..range.end].iter().any(|s| s & signs != 0)
    }

    /// Whether any letter of a range has one of the signs.
    pub(super) fn has(&self, range: Token, signs: u8) -> bool {
        self.signs[range.start..range.end].iter().any(|s| s & signs != 0)
    }

    /// Whether a range is written in digits only.
    pub(super) fn is_number(&self, range: Token) -> bool {
        self.signs[range.start..range.end].iter().all(|s| s & sign::DIGIT != 0)
    }

    /// Whether a digit stands right before or behind a range, without an
    /// edge between them.
    pub(super) fn touches_number(&self, range: Token) -> bool {
        let digit = |at: usize| self.signs[at] & sign::DIGIT != 0;
        let before = !self.is_edge(range.start) && digit(range.start - 1);
        before || !self.is_edge(range.end) && digit(range.end)
    }

    /// Whether a range is a number, or one or two letters beside one:
    /// `secure05c`.
    pub(super) fn is_numbered(&self, range: Token) -> bool {
        let is_digit = |at: usize| {
            self.signs.get(at).is_some_and(|s| s & sign::DIGIT != 0)
        };
        let follows = range.start > 0
            && !self.is_edge(range.start)
            && is_digit(range.start - 1);
        let ends = self.is_edge(range.end);
        self.is_number(range)
            || follows && ends && range.end - range.start <= 2
    }

    /// The label around a place.
    pub(super) fn label_around(&self, at: usize) -> Token {
        let is_start = |i: &usize| self.signs[*i] & sign::DOT != 0;
        let start = (0..=at).rev().find(is_start).unwrap_or(0);
        let end = (at + 1..self.len).find(is_start).unwrap_or(self.len);
        Token { start, end }
    }
}

/// What a name of ASCII letters and digits reads as, joined as
/// [`Reading::of`] joins what stands in one part of a label.
pub(super) fn letters(name: &str) -> impl Iterator<Item = u8> {
    let mut joiner = Joiner::default();
    let bytes = name.bytes().map(Some).chain([None]);
    bytes.filter_map(move |byte| match byte {
        Some(byte) => joiner.push(byte),
        None => joiner.finish(),
    })
}

/// Joins letters that come one by one.
#[derive(Default)]
pub(super) struct Joiner {
    /// The letter that may still be joined with the next; 0 for none.
    held: u8,
}

impl Joiner {
    /// Takes a letter, and gives the one before or both as one.
    #[inline]
    pub(super) fn push(&mut self, byte: u8) -> Option<u8> {
        if let Some(joined) = joined(self.held, byte) {
            self.held = 0;
            return Some(joined);
        }
        let before = self.finish();
        self.held = byte;
        before
    }

    /// Gives the last letter where it was not joined.
    #[inline]
    pub(super) fn finish(&mut self) -> Option<u8> {
        let held = std::mem::take(&mut self.held);
        (held != 0).then(|| looks_like(held))
    }
}

/// What two letters side by side read as, where that is one: rn as m, vv as
/// w, cl as d.
#[inline]
fn joined(first: u8, second: u8) -> Option<u8> {
    match (first, second) {
        (b'r', b'n') => Some(b'm'),
        (b'v', b'v') => Some(b'w'),
        (b'c', b'l') => Some(b'd'),
        _ => None,
    }
}

/// The letters that read as one together.
fn parted(joined: u8) -> Option<[u8; 2]> {
    match joined {
        b'm' => Some(*b"rn"),
        b'w' => Some(*b"vv"),
        b'd' => Some(*b"cl"),
        _ => None,
    }
}

/// The letter a character reads as at a glance.
#[inline]
pub(super) fn looks_like(byte: u8) -> u8 {
    match byte {
        b'0' => b'o',
        b'1' | b'i' => b'l',
        b'3' => b'e',
        b'4' => b'a',
        b'5' => b's',
        b'7' => b't',
        b'8' => b'b',
        b'9' | b'q' => b'g',
        _ => byte,
    }
}

/// Letters outside ASCII that Unicode's tables leave alone, though they
/// read as ASCII ones in an address bar.
fn alike(c: char) -> Option<&'static str> {
    if let Some((_, ascii)) = fold::ascii_of(c) {
        return Some(ascii);
    }
    Some(match c {
        'ɓ' | 'ƀ' | 'ʙ' | 'ƅ' => "b",
        'ƈ' | 'ȼ' | 'ᴄ' => "c",
        'ɖ' | 'ɗ' | 'đ' | 'ð' => "d",
        'ə' | 'ɇ' | 'ɛ' | 'ԑ' | 'ҽ' => "e",
        'ɠ' | 'ǥ' | 'ɢ' | 'ց' => "g",
        'ħ' | 'ɦ' | 'ʜ' => "h",
        'ɨ' | 'ɩ' | 'ɪ' | 'ı' | 'ί' => "i",
        'ʝ' | 'ɉ' => "j",
        'ĸ' | 'ƙ' | 'ⱪ' | 'ᴋ' | 'к' | 'κ' => "k",
        'ł' | 'ɫ' | 'ƚ' | 'ɭ' | 'ʟ' | 'ӏ' => "l",
        'ɱ' | 'ᴍ' | 'м' => "m",
        'ŋ' | 'ꞑ' | 'ɲ' | 'ƞ' | 'ɴ' | 'п' => "n",
        'ø' | 'ɵ' | 'ᴏ' => "o",
        'ƥ' | 'ƿ' | 'þ' | 'ᴘ' => "p",
        'ɋ' | 'ʠ' => "q",
        'ɾ' | 'ɽ' | 'ɼ' | 'ɍ' | 'ʀ' | 'г' => "r",
        'ʂ' | 'ꜱ' | 'ȿ' => "s",
        'ŧ' | 'ƭ' | 'ʈ' | 'ᴛ' | 'т' | 'τ' => "t",
        'ʉ' | 'ᴜ' | 'ս' => "u",
        'ʋ' | 'ᴠ' | 'ν' => "v",
        'ⱳ' | 'ᴡ' | 'ԝ' | 'ω' => "w",
        'ɏ' | 'ƴ' | 'ỿ' | 'ʏ' | 'γ' => "y",
        'ƶ' | 'ȥ' | 'ʐ' | 'ᴢ' => "z",
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(host: &str) -> String {
        let host = Host::parse(host).unwrap();
        let reading = Reading::of(&host).unwrap();
        String::from_utf8(reading.letters().to_vec()).unwrap()
    }

    #[test]
    fn what_looks_alike_reads_alike() {
        assert_eq!(read("paypa1.com"), read("paypai.com"));
        assert_eq!(read("rnoon.com"), read("m00n.org"));
        assert_eq!(read("clear.com"), read("dear.com"));
        assert_eq!(read("vvater.com"), read("water.co.uk"));
        assert_eq!(read("pаypal.com"), read("paypal.com")); // Cyrillic а
    }

    #[test]
    fn letters_read_as_one_can_be_read_apart() {
        let host = Host::parse("clear.tavern-vvm.com").unwrap();
        let reading = Reading::of(&host).unwrap();
        let apart = reading.apart().unwrap();
        assert_eq!(apart.letters(), b"cleartavernvvm");
        assert_eq!(apart.name_letters(), b"tavernvvm");
        assert!(apart.is_edge(5) && apart.is_edge(11) && !apart.is_edge(1));
        let same = Host::parse("dam-w.com").unwrap();
        assert!(Reading::of(&same).unwrap().apart().is_none());
    }

    #[test]
    fn dots_and_hyphens_are_kept_as_edges() {
        let host = Host::parse("a-b.cd-e.example.co.uk").unwrap();
        let reading = Reading::of(&host).unwrap();
        assert_eq!(reading.letters(), b"abcdeexample");
        assert_eq!(reading.tokens().len(), 5);
        assert_eq!(reading.name_letters(), b"example");
        assert!(reading.is_edge(1) && reading.is_edge(4));
        assert!(!reading.is_edge(3));
    }
}
