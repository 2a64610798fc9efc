//! A start tag: its name and the few attributes that matter.

use std::borrow::Cow;

/// The attributes that a reader looks at.
const KNOWN: [&str; 15] = [
    "action",
    "alt",
    "class",
    "content",
    "formaction",
    "hidden",
    "href",
    "http-equiv",
    "id",
    "name",
    "style",
    "title",
    "type",
    "value",
    "xlink:href",
];

/// A start tag while and after it is read.
#[derive(Debug, Default)]
pub(super) struct Tag {
    pub(super) name: String,
    /// The place in `KNOWN` and the value; the first of a name counts.
    attributes: Vec<(usize, String)>,
    /// Whether the last name seen takes the next value.
    open: bool,
}

impl Tag {
    pub(super) fn start(&mut self, name: &[u8]) {
        self.name.clear();
        self.name.push_str(&text(name));
        self.attributes.clear();
        self.open = false;
    }

    pub(super) fn attribute_name(&mut self, name: &[u8]) {
        let known = KNOWN.iter().position(|k| k.as_bytes() == name);
        let new = known.filter(|k| self.attributes.iter().all(|a| a.0 != *k));
        self.attributes.extend(new.map(|k| (k, String::new())));
        self.open = new.is_some();
    }

    pub(super) fn attribute_value(&mut self, value: &[u8]) {
        if let Some((_, content)) =
            self.attributes.last_mut().filter(|_| self.open)
        {
            content.push_str(&text(value));
        }
    }

    /// An attribute's value; empty where it has none.
    pub(super) fn get(&self, name: &str) -> Option<&str> {
        let found = self.attributes.iter().find(|(k, _)| KNOWN[*k] == name);
        found.map(|(_, value)| value.as_str())
    }

    /// An attribute's value; empty where it has none or is missing.
    pub(super) fn value(&self, name: &str) -> &str {
        self.get(name).unwrap_or_default()
    }

    /// Whether one of the words of an attribute is among these.
    pub(super) fn has_word(&self, name: &str, words: &[&str]) -> bool {
        self.value(name).split_ascii_whitespace().any(|w| words.contains(&w))
    }

    /// Whether the element has no content and no end tag.
    pub(super) fn is_void(&self) -> bool {
        matches!(
            self.name.as_str(),
            "area"
                | "base"
                | "br"
                | "col"
                | "embed"
                | "hr"
                | "img"
                | "image"
                | "input"
                | "link"
                | "meta"
                | "param"
                | "source"
                | "track"
                | "wbr"
        )
    }
}

/// A piece of the source as text.
pub(super) fn text(bytes: &[u8]) -> Cow<'_, str> {
    match std::str::from_utf8(bytes) {
        Ok(text) => Cow::Borrowed(text),
        Err(_) => String::from_utf8_lossy(bytes),
    }
}

/// Whether what stands between an element's tags is never shown.
pub(super) fn is_unseen(name: &str) -> bool {
    matches!(
        name,
        "script"
            | "style"
            | "title"
            | "template"
            | "iframe"
            | "noembed"
            | "noframes"
            | "noscript"
            | "desc"
            | "metadata"
    )
}

/// Whether an element stands on lines of its own.
pub(super) fn is_block(name: &str) -> bool {
    matches!(
        name,
        "address"
            | "article"
            | "aside"
            | "blockquote"
            | "body"
            | "br"
            | "button"
            | "caption"
            | "center"
            | "dd"
            | "details"
            | "dialog"
            | "div"
            | "dl"
            | "dt"
            | "fieldset"
            | "figcaption"
            | "figure"
            | "footer"
            | "form"
            | "h1"
            | "h2"
            | "h3"
            | "h4"
            | "h5"
            | "h6"
            | "header"
            | "hr"
            | "html"
            | "legend"
            | "li"
            | "main"
            | "nav"
            | "ol"
            | "option"
            | "p"
            | "pre"
            | "section"
            | "select"
            | "summary"
            | "table"
            | "tbody"
            | "textarea"
            | "tfoot"
            | "thead"
            | "tr"
            | "ul"
    )
}
