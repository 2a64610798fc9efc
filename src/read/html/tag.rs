//! A start tag: its name and the few attributes that matter.

use std::borrow::Cow;

/// The attributes that a reader looks at.
const KNOWN: [&str; 13] = [
    "action",
    "alt",
    "class",
    "content",
    "formaction",
    "hidden",
    "href",
    "http-equiv",
    "id",
    "style",
    "type",
    "value",
    "xlink:href",
];

/// A start tag while and after it is read.
#[derive(Debug, Default)]
pub(super) struct Tag<'s> {
    /// In lower case.
    pub(super) name: Cow<'s, str>,
    /// The name, one of `KNOWN`, and the value; the first of a name counts.
    attributes: Vec<(&'static str, Cow<'s, str>)>,
}

impl<'s> Tag<'s> {
    /// Begins with a name in lower case.
    pub(super) fn start(&mut self, name: Cow<'s, str>) {
        self.name = name;
        self.attributes.clear();
    }

    /// Adds an attribute by its name as it is written.
    pub(super) fn attribute(
        &mut self,
        name: &str,
        value: impl FnOnce() -> Cow<'s, str>,
    ) {
        let same = |known: &&&str| known.eq_ignore_ascii_case(name);
        if let Some(name) = KNOWN.iter().find(same)
            && self.get(name).is_none()
        {
            self.attributes.push((name, value()));
        }
    }

    /// An attribute's value; empty where it has none.
    pub(super) fn get(&self, name: &str) -> Option<&str> {
        let found = self.attributes.iter().find(|(known, _)| *known == name);
        found.map(|(_, value)| &**value)
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
            &*self.name,
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
