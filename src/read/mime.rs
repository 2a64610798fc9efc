//! Header fields and MIME parts (RFC 5322, RFC 2045 to 2047).
//!
//! The fields' contents are parsed by `mail-parser`; the tree is walked
//! here, because it has to stay shallow and linear whatever a mail is made
//! of, and because parts that nobody reads need not be unpacked.

use std::borrow::Cow;

use mail_parser::parsers::MessageStream;
use mail_parser::{ContentType, HeaderValue};

use super::decode::{self, Transfer};

/// How much of a header is read.
const MAX_HEADER: usize = 1024 * 1024;
/// How deep parts may lie in parts.
const MAX_DEPTH: usize = 12;
/// How many parts a mail may have.
const MAX_PARTS: usize = 2_000;

/// One header field, its value still folded and encoded.
#[derive(Clone, Copy, Debug)]
pub(super) struct Field<'a> {
    pub(super) name: &'a str,
    pub(super) value: &'a [u8],
}

impl Field<'_> {
    pub(super) fn is(&self, name: &str) -> bool {
        self.name.eq_ignore_ascii_case(name)
    }

    /// The value as text, folds and encoded words as they stand.
    pub(super) fn text(&self) -> Cow<'_, str> {
        decode::text(self.value, "")
    }
}

/// The header of a mail or of a part.
#[derive(Debug, Default)]
pub(super) struct Header<'a> {
    pub(super) fields: Vec<Field<'a>>,
}

impl<'a> Header<'a> {
    /// Splits a source into its header and its body. Lines that are no
    /// field (an mbox's `From ` line, noise) are passed over.
    pub(super) fn split(source: &'a [u8]) -> (Self, &'a [u8]) {
        let mut fields: Vec<(&'a str, usize, usize)> = Vec::new();
        let mut start = 0;
        let mut folds = false;
        while start < source.len().min(MAX_HEADER) {
            let end = line_end(source, start);
            let line = &source[start..end];
            if line.trim_ascii_end().is_empty() && !line.starts_with(b" ") {
                start = end;
                break;
            }
            if line.starts_with(b" ") || line.starts_with(b"\t") {
                if let Some(field) = fields.last_mut().filter(|_| folds) {
                    field.2 = end;
                }
            } else if let Some((name, value)) = field(line) {
                fields.push((name, start + value, end));
                folds = true;
            } else {
                folds = false;
            }
            start = end;
        }
        let fields = fields
            .into_iter()
            .map(|(name, from, to)| Field { name, value: &source[from..to] })
            .collect();
        (Self { fields }, &source[start.min(source.len())..])
    }

    /// The first field of a name.
    pub(super) fn get(&self, name: &str) -> Option<&Field<'a>> {
        self.fields.iter().find(|f| f.is(name))
    }

    /// All fields of a name, from the top.
    pub(super) fn all(&self, name: &str) -> impl Iterator<Item = &Field<'a>> {
        self.fields.iter().filter(move |f| f.is(name))
    }
}

/// Where the line that begins at `start` ends, its line break included.
fn line_end(source: &[u8], start: usize) -> usize {
    memchr::memchr(b'\n', &source[start..])
        .map_or(source.len(), |at| start + at + 1)
}

/// A field's name, and where its value begins in the line.
fn field(line: &[u8]) -> Option<(&str, usize)> {
    let colon = memchr::memchr(b':', line)?;
    let name = line[..colon].trim_ascii_end();
    let is_name = !name.is_empty() && name.iter().all(u8::is_ascii_graphic);
    let name = std::str::from_utf8(name).ok()?;
    is_name.then_some((name, colon + 1))
}

/// A text part.
#[derive(Debug)]
pub(super) struct Text<'a> {
    pub(super) content: &'a str,
    pub(super) html: bool,
    /// Whether it stands in a forwarded message.
    pub(super) quoted: bool,
}

/// Walks the parts that a person is shown, in order.
pub(super) struct Walker<'w> {
    /// Takes each text part.
    pub(super) on_text: &'w mut dyn FnMut(Text<'_>),
    /// Takes the name of each attachment.
    pub(super) on_attachment: &'w mut dyn FnMut(String),
    parts: usize,
}

impl<'w> Walker<'w> {
    pub(super) fn new(
        on_text: &'w mut dyn FnMut(Text<'_>),
        on_attachment: &'w mut dyn FnMut(String),
    ) -> Self {
        Self { on_text, on_attachment, parts: 0 }
    }

    /// Walks a message: its header and its body.
    pub(super) fn message(&mut self, header: &Header<'_>, body: &[u8]) {
        self.part(&Part::new(header, body, false), false, 0);
    }

    fn part(&mut self, part: &Part<'_>, quoted: bool, depth: usize) {
        self.parts += 1;
        if self.parts > MAX_PARTS || depth > MAX_DEPTH {
            return;
        }
        if let Some(name) = part.file_name() {
            (self.on_attachment)(name);
        }
        match part.kind() {
            Kind::Multipart(boundary) => {
                self.multipart(part, &boundary, quoted, depth);
            }
            Kind::Message => {
                let source = part.transfer.unpack(part.body);
                let (header, body) = Header::split(&source);
                let inner = Part::new(&header, body, false);
                self.part(&inner, true, depth + 1);
            }
            Kind::Text { html } => {
                let bytes = part.transfer.unpack(part.body);
                let text = decode::text(&bytes, part.attribute("charset"));
                (self.on_text)(Text { content: &text, html, quoted });
            }
            Kind::Other => {}
        }
    }

    fn multipart(
        &mut self,
        part: &Part<'_>,
        boundary: &str,
        quoted: bool,
        depth: usize,
    ) {
        let sources = split_parts(part.body, boundary.as_bytes());
        if sources.is_empty() {
            let html = looks_like_html(part.body);
            let text = decode::text(part.body, "");
            (self.on_text)(Text { content: &text, html, quoted });
        }
        let headers: Vec<_> =
            sources.iter().map(|source| Header::split(source)).collect();
        let digest = part.subtype().eq_ignore_ascii_case("digest");
        let parts: Vec<_> = headers
            .iter()
            .map(|(header, body)| Part::new(header, body, digest))
            .collect();
        if part.subtype().eq_ignore_ascii_case("alternative") {
            if let Some(best) = best_alternative(&parts) {
                self.part(best, quoted, depth + 1);
            }
            return;
        }
        for part in &parts {
            self.part(part, quoted, depth + 1);
        }
    }
}

/// The alternative that mail programs show: the last that is HTML or holds
/// it, else the first that is text.
fn best_alternative<'p, 'a>(parts: &'p [Part<'a>]) -> Option<&'p Part<'a>> {
    let rich = |part: &&Part<'_>| {
        matches!(part.kind(), Kind::Multipart(_) | Kind::Text { html: true })
    };
    let text = |part: &&Part<'_>| matches!(part.kind(), Kind::Text { .. });
    parts.iter().rfind(rich).or_else(|| parts.iter().find(text))
}

/// What a part is to a reader.
enum Kind {
    Multipart(String),
    Message,
    Text { html: bool },
    Other,
}

/// One MIME part, its body still packed.
struct Part<'a> {
    content_type: Option<ContentType<'a>>,
    disposition: Option<ContentType<'a>>,
    transfer: Transfer,
    body: &'a [u8],
    /// Whether it is a message where nothing else is said.
    in_digest: bool,
}

impl<'a> Part<'a> {
    fn new(header: &Header<'a>, body: &'a [u8], in_digest: bool) -> Self {
        let parameters = |name: &str| {
            let field = header.get(name)?;
            match MessageStream::new(field.value).parse_content_type() {
                HeaderValue::ContentType(parsed) => Some(parsed),
                _ => None,
            }
        };
        Self {
            content_type: parameters("Content-Type"),
            disposition: parameters("Content-Disposition"),
            transfer: header
                .get("Content-Transfer-Encoding")
                .map_or(Transfer::Plain, |f| Transfer::of(f.value)),
            body,
            in_digest,
        }
    }

    fn subtype(&self) -> &str {
        self.content_type
            .as_ref()
            .and_then(ContentType::subtype)
            .unwrap_or_default()
    }

    fn attribute(&self, name: &str) -> &str {
        let content_type = self.content_type.as_ref();
        content_type.and_then(|c| c.attribute(name)).unwrap_or_default()
    }

    fn file_name(&self) -> Option<String> {
        let disposition = self.disposition.as_ref();
        let name = disposition
            .and_then(|d| d.attribute("filename"))
            .unwrap_or_else(|| self.attribute("name"));
        (!name.is_empty()).then(|| name.to_owned())
    }

    fn kind(&self) -> Kind {
        let Some(content_type) = &self.content_type else {
            return if self.in_digest {
                Kind::Message
            } else {
                // Some programs show HTML that nobody declared.
                Kind::Text { html: looks_like_html(self.body) }
            };
        };
        let is = |known: &[&str], value: &str| {
            known.iter().any(|k| value.eq_ignore_ascii_case(k))
        };
        let (major, minor) = (content_type.ctype(), self.subtype());
        if is(&["multipart"], major) {
            return match self.attribute("boundary") {
                "" => Kind::Text { html: looks_like_html(self.body) },
                boundary => Kind::Multipart(boundary.to_owned()),
            };
        }
        if is(&["message"], major) {
            return if is(&["rfc822", "global"], minor) {
                Kind::Message
            } else {
                Kind::Other
            };
        }
        let attached = self
            .disposition
            .as_ref()
            .is_some_and(|d| is(&["attachment"], d.ctype()));
        let shown = ["plain", "html", "enriched", "richtext", "markdown", ""];
        if !is(&["text"], major) || attached || !is(&shown, minor) {
            return Kind::Other;
        }
        Kind::Text { html: is(&["html"], minor) }
    }
}

fn looks_like_html(body: &[u8]) -> bool {
    let start = body.trim_ascii_start();
    ["<html", "<!doctype html"].iter().any(|tag| {
        start
            .get(..tag.len())
            .is_some_and(|s| s.eq_ignore_ascii_case(tag.as_bytes()))
    })
}

/// The parts between the boundary lines. A missing last boundary ends the
/// last part where the source ends.
fn split_parts<'a>(body: &'a [u8], boundary: &[u8]) -> Vec<&'a [u8]> {
    let mut parts = Vec::new();
    let (mut open, mut start) = (None, 0);
    while start < body.len() {
        let end = line_end(body, start);
        let rest = body[start..end]
            .strip_prefix(b"--")
            .and_then(|line| line.strip_prefix(boundary))
            .map(<[u8]>::trim_ascii_end);
        if let Some(rest @ (b"" | b"--")) = rest {
            if let Some(open) = open.take() {
                parts.push(&body[open..start]);
            }
            if rest == b"--" || parts.len() == MAX_PARTS {
                return parts;
            }
            open = Some(end);
        }
        start = end;
    }
    parts.extend(open.map(|open| &body[open..]));
    parts
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(source: &str) -> (Vec<String>, Vec<String>) {
        let (mut texts, mut names) = (Vec::new(), Vec::new());
        let (header, body) = Header::split(source.as_bytes());
        Walker::new(
            &mut |text: Text<'_>| texts.push(text.content.trim().to_owned()),
            &mut |name| names.push(name),
        )
        .message(&header, body);
        (texts, names)
    }

    #[test]
    fn a_header_ends_at_the_first_empty_line() {
        let source = b"From x Mon\r\nA: 1\r\n 2\r\nno field\r\n3\r\n\r\nbody";
        let (header, body) = Header::split(source);
        assert_eq!(header.fields.len(), 1);
        assert_eq!(header.get("a").unwrap().text(), " 1\r\n 2\r\n");
        assert_eq!(body, b"body");
    }

    #[test]
    fn html_is_read_instead_of_its_alternative() {
        let (texts, _) = read(
            "Content-Type: multipart/alternative; boundary=b\n\n--b\n\n\
             plain\n--b\nContent-Type: text/html\n\nrich\n--b--\nafter",
        );
        assert_eq!(texts, ["rich"]);
    }

    #[test]
    fn a_truncated_multipart_gives_what_is_there() {
        let (texts, names) = read(
            "Content-Type: multipart/mixed; boundary=\"b c\"\n\n--b c\n\n\
             one\n--b c\nContent-Type: application/pdf; name=a.pdf\n\nxx\n\
             --b c\nContent-Type: text/plain\n\ntw",
        );
        assert_eq!(texts, ["one", "tw"]);
        assert_eq!(names, ["a.pdf"]);
    }

    #[test]
    fn a_part_without_its_boundary_is_text() {
        let (texts, _) =
            read("Content-Type: multipart/mixed; boundary=b\n\nlost");
        assert_eq!(texts, ["lost"]);
    }

    #[test]
    fn deep_nesting_ends() {
        let level = |depth| {
            format!(
                "Content-Type: multipart/mixed; boundary=b{depth}\n\n\
                 --b{depth}\n"
            )
        };
        let source: String = (0..100_000).map(level).collect();
        assert_eq!(read(&source).0, Vec::<String>::new());
        let messages = "Content-Type: message/rfc822\n\n".repeat(100_000);
        assert_eq!(read(&messages).0, Vec::<String>::new());
    }
}
