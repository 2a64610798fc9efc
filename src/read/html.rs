//! Reads HTML: the text that a person sees, and every place that leads
//! somewhere.
//!
//! The source is cut into tags and text as browsers do (`tokens`). Of the tree
//! only the open elements are kept, with what they hide and whether they
//! are quoted; that needs no DOM and stays linear in the source's length.

mod reference;
mod style;
mod tag;
mod tokens;

use std::hash::Hasher;

use rustc_hash::{FxHashMap, FxHasher};

use self::style::Shown;
use self::tag::{Tag, is_block, is_unseen};
use self::tokens::Sink;
use super::content::Content;
use super::plain;
use crate::LinkKind;

/// How many open elements are kept, as many as browsers keep.
const MAX_OPEN: usize = 512;
/// How much of a target is kept; a page carried in the link itself
/// (`data:`) may be longer.
const MAX_HREF: usize = 16 * 1024;
/// How much of a link's text is gathered.
const MAX_LABEL: usize = 8 * 1024;

/// Classes that webmails give to quoted and forwarded messages.
const QUOTE_CLASSES: [&str; 9] = [
    "gmail_quote",
    "gmail_quote_container",
    "gmail_extra",
    "moz-cite-prefix",
    "moz-forward-container",
    "moz-email-headers-table",
    "protonmail_quote",
    "yahoo_quoted",
    "tutanota_quote",
];
/// Ids of elements after which Outlook and Zimbra quote all the rest.
const QUOTE_IDS: [&str; 6] = [
    "divRplyFwdMsg",
    "appendonsend",
    "OLK_SRC_BODY_SECTION",
    "x_divRplyFwdMsg",
    "x_appendonsend",
    "zwchr",
];

/// Reads an HTML part.
pub(super) fn read(source: &str, quoted: bool, content: &mut Content) {
    let first_link = content.links.len();
    let mut reader = Reader::new(content, quoted);
    tokens::read(source, &mut reader);
    let base = reader.finish();
    content.break_line();
    let Some(base) = base else { return };
    for link in &mut content.links[first_link..] {
        if link.kind != LinkKind::Text
            && let Ok(resolved) = base.join(&link.href)
            && url::Url::parse(&link.href).is_err()
        {
            link.href = resolved.into();
        }
    }
}

/// A tag's name, hashed: names are only compared.
#[derive(Clone, Copy, Debug, Eq, Hash, PartialEq)]
struct Name(u64);

impl Name {
    fn of(name: &str) -> Self {
        let mut hasher = FxHasher::default();
        hasher.write(name.as_bytes());
        Self(hasher.finish())
    }
}

/// An element that is open.
#[derive(Debug)]
struct Open {
    name: Name,
    /// Whether it is a table or a cell, which most end tags stay within.
    is_table: bool,
    /// Whether it keeps start tags from closing what is around it.
    is_scope: bool,
    shown: Shown,
    quoted: bool,
}

/// A link, button or form whose text is still being read.
#[derive(Debug)]
struct Target {
    kind: LinkKind,
    href: String,
    text: String,
    image: String,
    quoted: bool,
}

impl Target {
    fn push(&mut self, text: &str) {
        if self.text.len() < MAX_LABEL {
            self.text.push_str(text);
        }
    }
}

struct Reader<'c> {
    content: &'c mut Content,
    open: Vec<Open>,
    /// How many elements of a name are open.
    counts: FxHashMap<Name, usize>,
    /// Whether everything from here on is quoted.
    quoted: bool,
    anchor: Option<Target>,
    button: Option<Target>,
    form: Option<Target>,
    base: Option<url::Url>,
}

impl<'c> Reader<'c> {
    fn new(content: &'c mut Content, quoted: bool) -> Self {
        Self {
            content,
            open: Vec::new(),
            counts: FxHashMap::default(),
            quoted,
            anchor: None,
            button: None,
            form: None,
            base: None,
        }
    }

    fn shown(&self) -> Shown {
        self.open.last().map_or(Shown::default(), |open| open.shown)
    }

    fn is_quoted(&self) -> bool {
        self.quoted || self.open.last().is_some_and(|open| open.quoted)
    }

    fn element(&self, tag: &Tag<'_>) -> Open {
        let mut shown = self.shown();
        if let Some(style) = tag.get("style") {
            shown = shown.inside(style);
        }
        shown.removed |= tag.get("hidden").is_some() || is_unseen(&tag.name);
        let cite = tag.name == "blockquote"
            && tag.value("type").eq_ignore_ascii_case("cite");
        let quoted =
            self.is_quoted() || cite || tag.has_word("class", &QUOTE_CLASSES);
        let name = &*tag.name;
        let is_table = matches!(name, "table" | "td" | "th");
        let lists = ["ul", "ol", "dl", "button", "div"];
        let is_scope = is_table || lists.contains(&name);
        Open { name: Name::of(name), is_table, is_scope, shown, quoted }
    }

    /// Takes note of what a start tag leads to.
    fn target(&mut self, tag: &Tag<'_>, quoted: bool) {
        match &*tag.name {
            "a" => self.start_anchor(tag, quoted),
            "area" => {
                if let Some(href) = target_of(tag.value("href")) {
                    let text = tag.value("alt");
                    self.content.push_link(LinkKind::Area, href, text, quoted);
                }
            }
            "base" => {
                let base = url::Url::parse(tag.value("href")).ok();
                self.base = self.base.take().or(base);
            }
            "button" => self.start_button(tag, quoted),
            "form" => {
                self.end_form();
                self.form =
                    new_target(LinkKind::Form, tag.value("action"), quoted);
            }
            "img" | "image" => self.image(tag.value("alt")),
            "input" => self.input(tag, quoted),
            "meta" => self.refresh(tag, quoted),
            _ => {}
        }
    }

    fn start_anchor(&mut self, tag: &Tag<'_>, quoted: bool) {
        self.end_anchor();
        let href = tag.get("href").or(tag.get("xlink:href"));
        self.anchor =
            new_target(LinkKind::Anchor, href.unwrap_or_default(), quoted);
    }

    fn end_anchor(&mut self) {
        let Some(anchor) = self.anchor.take() else { return };
        let (kind, text) = if !anchor.text.trim().is_empty() {
            (LinkKind::Anchor, &anchor.text)
        } else if !anchor.image.is_empty() {
            (LinkKind::Image, &anchor.image)
        } else {
            (LinkKind::Anchor, &anchor.text)
        };
        self.content.push_link(kind, anchor.href, text, anchor.quoted);
    }

    fn start_button(&mut self, tag: &Tag<'_>, quoted: bool) {
        self.end_button();
        let action = tag.value("formaction");
        self.button = new_target(LinkKind::Form, action, quoted);
    }

    fn end_button(&mut self) {
        if let Some(b) = self.button.take() {
            self.content.push_link(b.kind, b.href, &b.text, b.quoted);
        }
    }

    fn end_form(&mut self) {
        if let Some(f) = self.form.take() {
            self.content.push_link(f.kind, f.href, &f.text, f.quoted);
        }
    }

    fn input(&mut self, tag: &Tag<'_>, quoted: bool) {
        let kind = tag.value("type").to_ascii_lowercase();
        if !matches!(kind.as_str(), "submit" | "image" | "button") {
            return;
        }
        let text = tag.get("value").unwrap_or(tag.value("alt"));
        if let Some(form) = &mut self.form {
            form.push(" ");
            form.push(text);
        }
        self.content.push_text(text, quoted);
        if let Some(href) = target_of(tag.value("formaction")) {
            self.content.push_link(LinkKind::Form, href, text, quoted);
        }
    }

    /// A page that leaves by itself.
    fn refresh(&mut self, tag: &Tag<'_>, quoted: bool) {
        if !tag.value("http-equiv").trim().eq_ignore_ascii_case("refresh") {
            return;
        }
        let content = tag.value("content");
        let Some((_, rest)) = content.split_once([';', ',']) else { return };
        let rest = rest.trim();
        let target = match rest.get(..3) {
            Some(url) if url.eq_ignore_ascii_case("url") => {
                rest[3..].trim_start().trim_start_matches('=')
            }
            _ => rest,
        };
        let target = target.trim().trim_matches(['"', '\'']);
        if let Some(href) = target_of(target) {
            self.content.push_link(LinkKind::Anchor, href, "", quoted);
        }
    }

    fn image(&mut self, alt: &str) {
        self.content.push_image(alt);
        if let Some(anchor) = &mut self.anchor
            && anchor.image.is_empty()
        {
            alt.trim().clone_into(&mut anchor.image);
        }
    }

    fn break_line(&mut self) {
        self.content.break_line();
        self.break_targets();
    }

    fn break_word(&mut self) {
        self.content.break_word();
        self.break_targets();
    }

    fn break_targets(&mut self) {
        let targets = [&mut self.anchor, &mut self.button, &mut self.form];
        for target in targets.into_iter().flatten() {
            target.push(" ");
        }
    }

    fn is_open(&self, name: &str) -> bool {
        let count = self.counts.get(&Name::of(name));
        count.is_some_and(|count| *count > 0)
    }

    fn close_down_to(&mut self, at: usize) {
        for closed in self.open.drain(at..) {
            if let Some(count) = self.counts.get_mut(&closed.name) {
                *count -= 1;
            }
        }
    }

    /// Closes the elements that a start tag ends without their end tag.
    fn close_implied(&mut self, name: &str) {
        let ended: &[&str] = match name {
            "li" => &["li", "p"],
            "dd" | "dt" => &["dd", "dt", "p"],
            "option" => &["option"],
            "td" | "th" => &["td", "th"],
            "tr" => &["td", "th", "tr"],
            "tbody" | "thead" | "tfoot" => &["td", "th", "tr", "tbody"],
            "br" | "button" | "select" | "textarea" | "body" | "html" => {
                return;
            }
            _ if is_block(name) => &["p"],
            _ => return,
        };
        if !ended.iter().any(|name| self.is_open(name)) {
            return;
        }
        let ended: Vec<Name> = ended.iter().map(|n| Name::of(n)).collect();
        let mut reached = None;
        for at in (0..self.open.len()).rev() {
            let open = &self.open[at];
            if ended.contains(&open.name) {
                reached = Some(at);
            } else if open.is_scope {
                break;
            }
        }
        if let Some(at) = reached {
            self.close_down_to(at);
        }
    }

    /// Ends what is still open; gives the page's base.
    fn finish(mut self) -> Option<url::Url> {
        self.end_anchor();
        self.end_button();
        self.end_form();
        self.base
    }
}

impl Sink for Reader<'_> {
    fn start(&mut self, tag: &Tag<'_>, self_closing: bool) {
        self.close_implied(&tag.name);
        if is_block(&tag.name) {
            self.break_line();
        } else if matches!(&*tag.name, "td" | "th") {
            self.break_word();
        }
        self.quoted |= QUOTE_IDS.contains(&tag.value("id"));
        let element = self.element(tag);
        if !element.shown.removed {
            self.target(tag, element.quoted);
        }
        let closed = self_closing && self.is_open("svg");
        if !tag.is_void() && !closed && self.open.len() < MAX_OPEN {
            *self.counts.entry(element.name).or_default() += 1;
            self.open.push(element);
        }
    }

    fn text(&mut self, text: &str) {
        if !self.shown().is_text_seen() {
            return;
        }
        let blank = text.trim().is_empty();
        if !blank && !self.quoted && plain::starts_quote(text) {
            self.quoted = true;
        }
        let quoted = self.is_quoted();
        self.content.push_text(text, quoted);
        let button = self.is_open("button");
        if button && let Some(form) = &mut self.form {
            form.push(text);
        }
        if let Some(button) = &mut self.button {
            button.push(text);
        }
        if let Some(anchor) = &mut self.anchor {
            anchor.push(text);
        } else if !blank {
            plain::push_links(text, quoted, self.content);
        }
    }

    fn end(&mut self, name: &str) {
        if is_block(name) {
            self.break_line();
        }
        match name {
            "a" => self.end_anchor(),
            "button" => self.end_button(),
            "form" => self.end_form(),
            _ => {}
        }
        if !self.is_open(name) {
            return;
        }
        // An end tag reaches out of a table's cell only for the table's own.
        let in_table = matches!(
            name,
            "table"
                | "tbody"
                | "thead"
                | "tfoot"
                | "tr"
                | "td"
                | "th"
                | "body"
                | "html"
        );
        let closed = Name::of(name);
        for at in (0..self.open.len()).rev() {
            let open = &self.open[at];
            if open.name == closed {
                self.close_down_to(at);
                return;
            }
            if !in_table && open.is_table {
                return;
            }
        }
    }
}

fn new_target(kind: LinkKind, href: &str, quoted: bool) -> Option<Target> {
    Some(Target {
        kind,
        href: target_of(href)?,
        text: String::new(),
        image: String::new(),
        quoted,
    })
}

/// A target without the white space that browsers pass over; none where it
/// leads nowhere else.
fn target_of(href: &str) -> Option<String> {
    let href = href.trim_matches(|c: char| c <= ' ');
    if href.is_empty() || href.starts_with('#') {
        return None;
    }
    let mut ends = MAX_HREF + 1..href.len();
    let end = ends.find(|end| href.is_char_boundary(*end));
    let mut href = href[..end.unwrap_or(href.len())].to_owned();
    if href.bytes().any(|byte| b"\t\n\r".contains(&byte)) {
        href.retain(|c| !matches!(c, '\t' | '\n' | '\r'));
    }
    // Mail has no scheme of its own to inherit.
    Some(if href.starts_with("//") { format!("https:{href}") } else { href })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn content(source: &str) -> Content {
        let mut content = Content::default();
        read(source, false, &mut content);
        content
    }

    fn texts(source: &str) -> (String, String) {
        content(source).take_texts()
    }

    fn links(source: &str) -> Vec<(LinkKind, String, String)> {
        let links = content(source).links.into_iter();
        links.map(|l| (l.kind, l.href, l.text)).collect()
    }

    #[test]
    fn the_text_is_what_a_person_sees() {
        for (source, text) in [
            ("<title>T</title><style>a{}</style><p>Dear&nbsp;you", "Dear you"),
            ("<script>a<b</script>x<!-- y -->z", "xz"),
            ("<td>a</td><td>b</td><tr><td>c", "a b\nc"),
            ("Pay<b>Pal</b>&#32;&euro;5<br>now", "PayPal €5\nnow"),
            ("<div style='display:none'>a<div>b</div>c</div>d", "d"),
            ("<p style='display:none'>a<p>b", "b"),
            ("<div style='display:none'><td></div>a</td></div>b", "b"),
            ("<td style=font-size:0><p style=font-size:9pt>a", "a"),
            ("<span hidden>a</span>b</span>c", "bc"),
            ("<template>a</template>b", "b"),
            ("O\u{200d}pen\u{200b}AI", "O\u{200d}pen\u{200b}AI"),
        ] {
            assert_eq!(texts(source).0, text, "{source}");
        }
    }

    #[test]
    fn quotes_stand_apart() {
        for source in [
            "own<blockquote type=cite>theirs</blockquote>",
            "own<div class='gmail_quote x'>the<b>irs</b></div>",
            "own<div id=appendonsend></div><div>theirs</div>",
        ] {
            let expected = ("own".to_owned(), "theirs".to_owned());
            assert_eq!(texts(source), expected, "{source}");
        }
        let (own, _) = texts("own<blockquote>also own</blockquote>");
        assert_eq!(own, "own\nalso own");
        let source = "own<br>-----Original Message-----<br>theirs";
        assert_eq!(texts(source).0, "own");
        let links =
            content("<div class=gmail_quote><a href=http://a/>b").links;
        assert!(links[0].quoted);
    }

    #[test]
    fn every_place_that_leads_somewhere_is_a_link() {
        use LinkKind::{Anchor, Area, Form, Image, Text};
        for (source, kind, href, text) in [
            (
                "<a href=' http://a/\n'>b <i>c</i></a>",
                Anchor,
                "http://a/",
                "b c",
            ),
            ("<a href=//a/b>c", Anchor, "https://a/b", "c"),
            ("<A HREF='x&amp;y'>c</A>", Anchor, "x&y", "c"),
            (
                "<a href=http://a><img alt='Pay now'></a>",
                Image,
                "http://a",
                "Pay now",
            ),
            ("<map><area href=http://a alt=b></map>", Area, "http://a", "b"),
            (
                "<form action=http://a><input type=submit value=Go></form>",
                Form,
                "http://a",
                "Go",
            ),
            (
                "<form action=http://a><button>Go on</button></form>",
                Form,
                "http://a",
                "Go on",
            ),
            (
                "<button formaction=http://a>Go</button>",
                Form,
                "http://a",
                "Go",
            ),
            (
                "<svg><a xlink:href=http://a><text>b</text></a></svg>",
                Anchor,
                "http://a",
                "b",
            ),
            (
                "<meta http-equiv=Refresh content='0; URL=http://a'>",
                Anchor,
                "http://a",
                "",
            ),
            (
                "<base href=http://a/b/><a href=c>d</a>",
                Anchor,
                "http://a/b/c",
                "d",
            ),
            (
                "<p>www.a.example/b</p>",
                Text,
                "http://www.a.example/b",
                "www.a.example/b",
            ),
            ("<a href=http://a style=opacity:0>b</a>", Anchor, "http://a", ""),
        ] {
            let expected = (kind, href.to_owned(), text.to_owned());
            assert_eq!(links(source), [expected], "{source}");
        }
        assert_eq!(links("<a href=#top>x</a><a name=y>z</a>"), []);
        assert_eq!(links("<div hidden><a href=http://a>x</a></div>"), []);
    }

    #[test]
    fn a_second_attribute_of_a_name_does_not_count() {
        let found = links("<a href=http://a href=http://b>c</a>");
        assert_eq!(found[0].1, "http://a");
    }

    #[test]
    fn hostile_nesting_is_linear() {
        let deep = "<div><b>".repeat(50_000) + &"</i></b>".repeat(50_000);
        content(&deep);
        let links = "<a href=http://a.example>b".repeat(30_000);
        assert_eq!(content(&links).links.len(), 20_000);
    }
}
