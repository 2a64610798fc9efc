//! Cuts a source into tags and text, as the HTML standard's tokenizer does
//! (<https://html.spec.whatwg.org/multipage/parsing.html#tokenization>).
//!
//! The whole source lies in memory, so that a run of text, a name or a value
//! is a slice of it and nothing is copied. Comments and document types are
//! passed over; errors are nobody's concern.

use std::borrow::Cow;

use super::reference;
use super::tag::Tag;

/// Hears of what stands in a source.
pub(super) trait Sink {
    /// A start tag.
    fn start(&mut self, tag: &Tag<'_>, self_closing: bool);
    /// An end tag, by its name in lower case.
    fn end(&mut self, name: &str);
    /// All the text between two tags, comments or the ends.
    fn text(&mut self, text: &str);
}

/// Reads a source from its start to its end.
pub(super) fn read(source: &str, sink: &mut impl Sink) {
    let mut tokens = Tokens { source, at: 0, text: Cow::Borrowed("") };
    let mut tag = Tag::default();
    while tokens.at < source.len() {
        tokens.data(&mut tag, sink);
    }
    tokens.flush(sink);
}

struct Tokens<'s> {
    source: &'s str,
    at: usize,
    /// The text since the last tag.
    text: Cow<'s, str>,
}

impl<'s> Tokens<'s> {
    fn byte(&self, ahead: usize) -> Option<u8> {
        self.source.as_bytes().get(self.at + ahead).copied()
    }

    fn rest(&self) -> &'s str {
        &self.source[self.at..]
    }

    /// Takes everything before the first byte of ASCII that ends it; the
    /// rest where none does.
    #[inline]
    fn take_until(&mut self, ends: impl Fn(u8) -> bool) -> &'s str {
        let rest = self.rest();
        let length = rest.bytes().position(ends).unwrap_or(rest.len());
        self.at += length;
        &rest[..length]
    }

    fn skip_spaces(&mut self) {
        self.take_until(|b| !is_space(b));
    }

    fn push(&mut self, text: &'s str) {
        if self.text.is_empty() {
            self.text = Cow::Borrowed(text);
        } else if !text.is_empty() {
            self.text.to_mut().push_str(text);
        }
    }

    fn flush(&mut self, sink: &mut impl Sink) {
        if !self.text.is_empty() {
            sink.text(&self.text);
            self.text = Cow::Borrowed("");
        }
    }

    /// Text up to the next tag, and the tag.
    fn data(&mut self, tag: &mut Tag<'s>, sink: &mut impl Sink) {
        let rest = self.rest();
        let length = memchr::memchr2(b'<', b'&', rest.as_bytes());
        let text = &rest[..length.unwrap_or(rest.len())];
        self.at += text.len();
        self.push(text);
        match self.byte(0) {
            Some(b'<') => self.markup(tag, sink),
            Some(_) => self.reference(),
            None => {}
        }
    }

    /// A character reference in a text, or an ampersand.
    fn reference(&mut self) {
        if let Some((characters, length)) =
            reference::at_start(self.rest(), false)
        {
            self.text.to_mut().push_str(&characters);
            self.at += length;
        } else {
            self.push("&");
            self.at += 1;
        }
    }

    /// What begins with `<`.
    fn markup(&mut self, tag: &mut Tag<'s>, sink: &mut impl Sink) {
        match (self.byte(1), self.byte(2)) {
            (Some(b), _) if b.is_ascii_alphabetic() => {
                self.flush(sink);
                self.at += 1;
                if let Some(self_closing) = self.tag(tag) {
                    sink.start(tag, self_closing);
                    self.content_of(tag, sink);
                } else {
                    self.at = self.source.len();
                }
            }
            (Some(b'/'), Some(b)) if b.is_ascii_alphabetic() => {
                self.flush(sink);
                self.at += 2;
                if self.tag(tag).is_some() {
                    sink.end(&tag.name);
                } else {
                    self.at = self.source.len();
                }
            }
            (Some(b'/'), Some(b'>')) => self.at += 3,
            (Some(b'/'), Some(_)) | (Some(b'?'), _) => {
                self.flush(sink);
                self.skip_past(">");
            }
            (Some(b'!'), _) => {
                self.flush(sink);
                self.declaration();
            }
            _ => {
                self.push("<");
                self.at += 1;
            }
        }
    }

    /// A comment, a document type, or what is taken for one.
    fn declaration(&mut self) {
        let Some(comment) = self.rest().strip_prefix("<!--") else {
            return self.skip_past(">");
        };
        let mut hyphens = 0;
        let bytes = comment.as_bytes();
        let end = bytes.iter().enumerate().position(|(at, byte)| {
            // `<!-->` and `<!--->` are whole comments.
            let ends = hyphens >= 2 || at <= 1 && at == hyphens;
            let ended = *byte == b'>' && ends
                || *byte == b'!'
                    && hyphens >= 2
                    && bytes.get(at + 1) == Some(&b'>');
            hyphens = if *byte == b'-' { hyphens + 1 } else { 0 };
            ended
        });
        self.at += "<!--".len() + end.unwrap_or(comment.len());
        self.skip_past(">");
    }

    fn skip_past(&mut self, end: &str) {
        let rest = self.rest();
        self.at += rest.find(end).map_or(rest.len(), |at| at + end.len());
    }

    /// A tag from its name on: whether it closes itself. None where the
    /// source ends in it.
    fn tag(&mut self, tag: &mut Tag<'s>) -> Option<bool> {
        let name =
            self.take_until(|b| is_space(b) || matches!(b, b'/' | b'>'));
        tag.start(lower(name));
        loop {
            self.skip_spaces();
            match self.byte(0)? {
                b'>' => {
                    self.at += 1;
                    return Some(false);
                }
                b'/' if self.byte(1)? == b'>' => {
                    self.at += 2;
                    return Some(true);
                }
                b'/' => self.at += 1,
                _ => self.attribute(tag)?,
            }
        }
    }

    fn attribute(&mut self, tag: &mut Tag<'s>) -> Option<()> {
        let is_end = |b| is_space(b) || matches!(b, b'/' | b'>' | b'=');
        let first = self.at;
        // An equals sign at the start belongs to the name.
        self.at += usize::from(self.byte(0)? == b'=');
        self.take_until(is_end);
        let name = &self.source[first..self.at];
        self.skip_spaces();
        if self.byte(0)? != b'=' {
            tag.attribute(name, || Cow::Borrowed(""));
            return Some(());
        }
        self.at += 1;
        self.skip_spaces();
        let value = match self.byte(0)? {
            b'>' => "",
            quote @ (b'"' | b'\'') => {
                self.at += 1;
                let rest = self.rest();
                let length = memchr::memchr(quote, rest.as_bytes())?;
                self.at += length + 1;
                &rest[..length]
            }
            _ => self.take_until(|b| is_space(b) || b == b'>'),
        };
        tag.attribute(name, || reference::in_value(value));
        Some(())
    }

    /// What stands in an element whose content is no markup, up to its end
    /// tag.
    fn content_of(&mut self, tag: &mut Tag<'s>, sink: &mut impl Sink) {
        let (script, references) = match &*tag.name {
            "title" | "textarea" => (false, true),
            "script" => (true, false),
            "style" | "iframe" | "xmp" | "noembed" | "noframes"
            | "noscript" => (false, false),
            "plaintext" => {
                let text = self.rest();
                self.at = self.source.len();
                return self.push(text);
            }
            _ => return,
        };
        let name = tag.name.clone();
        let end = if script {
            script_end(self.rest())
        } else {
            end_tag(self.rest(), &name)
        };
        let content = &self.rest()[..end];
        self.at += end;
        if references {
            self.text = reference::in_text(content);
        } else {
            self.push(content);
        }
        if self.at < self.source.len() {
            self.markup(tag, sink);
        }
    }
}

/// Where the end tag of an element begins.
fn end_tag(content: &str, name: &str) -> usize {
    let mut tags = content.match_indices("</");
    let end = tags.find(|(at, _)| is_named(&content[at + 2..], name));
    end.map_or(content.len(), |(at, _)| at)
}

/// Whether a tag's name stands at the start of a text.
fn is_named(text: &str, name: &str) -> bool {
    let (text, name) = (text.as_bytes(), name.as_bytes());
    let begins = text.get(..name.len());
    begins.is_some_and(|begins| begins.eq_ignore_ascii_case(name))
        && text
            .get(name.len())
            .is_some_and(|b| is_space(*b) || matches!(b, b'/' | b'>'))
}

/// Where the end tag of a script begins: none within `<!--` and a second
/// `<script>`.
fn script_end(content: &str) -> usize {
    let (mut escaped, mut twice) = (false, false);
    let mut at = 0;
    let next = |from: usize| {
        let found = content[from..].find(['<', '-']);
        found.map(|found| from + found)
    };
    while let Some(found) = next(at) {
        let rest = &content[found..];
        at = found + 1;
        if rest.starts_with("<!--") {
            escaped = true;
            // Its own hyphens may be those of its end.
            at += 1;
        } else if escaped && rest.starts_with("-->") {
            (escaped, twice) = (false, false);
        } else if let Some(end) = rest.strip_prefix("</") {
            if is_named(end, "script") {
                if !twice {
                    return found;
                }
                twice = false;
            }
        } else if escaped && is_named(&rest[1..], "script") {
            twice = true;
        }
    }
    content.len()
}

/// White space within a tag.
fn is_space(byte: u8) -> bool {
    matches!(byte, b' ' | b'\t' | b'\n' | b'\r' | b'\x0c')
}

/// A name in lower case.
fn lower(name: &str) -> Cow<'_, str> {
    if name.bytes().any(|b| b.is_ascii_uppercase()) {
        Cow::Owned(name.to_ascii_lowercase())
    } else {
        Cow::Borrowed(name)
    }
}

#[cfg(test)]
mod tests {
    use std::convert::Infallible;

    use html5gum::emitters::callback::{CallbackEmitter, CallbackEvent};
    use html5gum::{Span, Tokenizer};

    use super::*;

    /// What stands in a source, a line each.
    #[derive(Default)]
    struct Lines(Vec<String>);

    impl Sink for Lines {
        fn start(&mut self, tag: &Tag<'_>, self_closing: bool) {
            let (href, alt) = (tag.get("href"), tag.get("alt"));
            self.0.push(start_line(&tag.name, [href, alt], self_closing));
        }

        fn end(&mut self, name: &str) {
            self.0.push(format!("</{name}"));
        }

        fn text(&mut self, text: &str) {
            self.0.push(text.to_owned());
        }
    }

    fn start_line(
        name: &str,
        values: [Option<&str>; 2],
        self_closing: bool,
    ) -> String {
        format!("<{name} {values:?} {self_closing}")
    }

    fn lines(source: &str) -> Vec<String> {
        let mut lines = Lines::default();
        read(source, &mut lines);
        lines.0
    }

    /// The same as `html5gum` reads it, which browsers' own test cases hold
    /// to the standard.
    fn lines_of_html5gum(source: &str) -> Vec<String> {
        let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
        let (mut lines, mut tag) = (Vec::new(), String::new());
        let mut attributes: Vec<(String, String)> = Vec::new();
        let mut emitter = CallbackEmitter::new(
            |event: CallbackEvent<'_>, _: Span<()>| -> Option<Infallible> {
                match event {
                    CallbackEvent::OpenStartTag { name } => {
                        tag = text(name);
                        attributes.clear();
                    }
                    CallbackEvent::AttributeName { name } => {
                        attributes.push((text(name), String::new()));
                    }
                    CallbackEvent::AttributeValue { value } => {
                        attributes.last_mut().unwrap().1 += &text(value);
                    }
                    CallbackEvent::CloseStartTag { self_closing } => {
                        let values = ["href", "alt"].map(|name| {
                            let mut all = attributes.iter();
                            let found = all.find(|(known, _)| known == name);
                            found.map(|(_, value)| value.as_str())
                        });
                        lines.push(start_line(&tag, values, self_closing));
                    }
                    CallbackEvent::EndTag { name } => {
                        lines.push(format!("</{}", text(name)));
                    }
                    CallbackEvent::String { value } => {
                        lines.push(text(value));
                    }
                    _ => {}
                }
                None
            },
        );
        emitter.naively_switch_states(true);
        let Ok(()) = Tokenizer::new_with_emitter(source, emitter).finish();
        lines
    }

    const PIECES: [&str; 64] = [
        "<",
        ">",
        "/",
        "</",
        "<a",
        "<A",
        "</a>",
        "<p>",
        "</p",
        "<br/>",
        " ",
        "\t",
        "\n",
        "href",
        "HREF",
        "alt",
        "=",
        "==",
        "\"",
        "'",
        "x",
        "é",
        "支",
        "&",
        "&amp;",
        "&amp",
        "&copy=",
        "&notit;",
        "&#65",
        "&#x41;",
        "&#",
        ";",
        "<!--",
        "-->",
        "--!>",
        "-",
        "--",
        "!",
        "<!-->",
        "<!--->",
        "<!",
        "<!doctype html>",
        "<![CDATA[",
        "]]>",
        "<?",
        "?>",
        "<title>",
        "</title>",
        "</title ",
        "<textarea>",
        "</TEXTAREA>",
        "<style>",
        "</style>",
        "<script>",
        "</script>",
        "</script",
        "<script ",
        "<xmp>",
        "</xmp>",
        "<1",
        "</1>",
        "<a href=x alt='y'>",
        "<a href=\"x&amp;y\"alt=z/>",
        "</>",
    ];

    #[test]
    fn any_source_is_cut_as_the_standard_says() {
        let mut seed = 7_u64;
        let mut next = |below: usize| {
            seed = seed.wrapping_mul(6_364_136_223_846_793_005) + 1;
            usize::try_from(seed >> 33).unwrap() % below
        };
        for _ in 0..30_000 {
            let length = 1 + next(12);
            let source: String =
                (0..length).map(|_| PIECES[next(PIECES.len())]).collect();
            let expected = lines_of_html5gum(&source);
            assert_eq!(lines(&source), expected, "{source:?}");
        }
    }

    #[test]
    fn nothing_is_read_twice() {
        for piece in ["<!--", "<title>", "<a ", "</", "<!x", "&am", "--!"] {
            lines(&piece.repeat(100_000));
        }
    }
}
