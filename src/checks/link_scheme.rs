//! A link that runs code, carries its own page or opens a file:
//! `javascript:`, `data:text/html,…`, `file://server/…`.

use crate::Link;
use crate::directory::Directory;
use crate::link::Target;
use crate::verdict::{Code, Finding, Level, Place};

/// Schemes that no honest mail links to.
const DECEPTIVE: &[&str] = &[
    "javascript",
    "data",
    "vbscript",
    "file",
    "blob",
    "filesystem",
    "view-source",
    "search-ms",
    "search",
    "ms-msdt",
    "jar",
];

/// Looks at the scheme of the link and of what it leads to.
pub(crate) fn check(
    link: &Link,
    target: &Target,
    _: &Directory,
) -> Option<Finding> {
    let last = target.unwrapped.destination.as_deref();
    let scheme =
        [Some(link.href.as_str()), last].into_iter().flatten().find_map(
            |written| deceptive(written).filter(|_| !is_empty(written)),
        )?;
    let level = match scheme {
        "javascript" if calls_missing_page(&link.href) => Level::Note,
        _ => Level::Caution,
    };
    Some(
        Finding::new(Code::LinkScheme, level, Place::Link)
            .with("class", scheme),
    )
}

/// The deceptive scheme of a link, read as browsers do: control characters
/// and blanks before it, tabs and line ends within it, do not count.
fn deceptive(link: &str) -> Option<&'static str> {
    // Nearly all links, and no deceptive scheme begins so.
    if link.starts_with("http") {
        return None;
    }
    let start = link.trim_start_matches(|c: char| c <= ' ');
    let start: String = start
        .chars()
        .filter(|c| !matches!(c, '\t' | '\n' | '\r'))
        .take(24)
        .collect();
    let (scheme, _) = start.split_once(':')?;
    let known = |name: &&&str| name.eq_ignore_ascii_case(scheme);
    DECEPTIVE.iter().find(known).copied()
}

/// Functions that a script has without any page.
const BUILTIN: &[&str] = &[
    "alert",
    "atob",
    "confirm",
    "eval",
    "fetch",
    "import",
    "open",
    "prompt",
    "setInterval",
    "setTimeout",
    "unescape",
];

/// Whether a script only calls one function of a page that the mail was made
/// from: `javascript:popUp("…")`. Nothing happens.
fn calls_missing_page(link: &str) -> bool {
    let script = link.split_once(':').map_or("", |(_, rest)| rest).trim();
    let script = script.trim_end_matches(';');
    let Some((name, arguments)) = script.split_once('(') else {
        return false;
    };
    name.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'_')
        && arguments.ends_with(')')
        && arguments.matches('(').count() == 0
        && !arguments.contains('%')
        && !BUILTIN.iter().any(|f| f.eq_ignore_ascii_case(name))
}

/// Whether a link does nothing: `javascript:void(0)`, a picture of its own.
fn is_empty(link: &str) -> bool {
    let rest = link.split_once(':').map_or("", |(_, rest)| rest);
    let rest = rest.trim().trim_end_matches(';').to_ascii_lowercase();
    matches!(rest.as_str(), "" | "void(0)" | "void 0" | "//")
        || rest.starts_with("image/") && !rest.starts_with("image/svg")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn is_found(href: &str) -> bool {
        let directory = Directory::builtin();
        let link = Link { href: href.to_owned(), ..Link::default() };
        let target = Target::new(href, &directory);
        check(&link, &target, &directory).is_some()
    }

    #[test]
    fn a_call_into_a_page_that_is_not_there_is_a_note() {
        assert!(calls_missing_page("javascript:popUp('http://a.example',7);"));
        assert!(!calls_missing_page("javascript:alert(1)"));
        assert!(!calls_missing_page("javascript:a(eval('1'))"));
        assert!(!calls_missing_page("javascript:document.write('1')"));
    }

    #[test]
    fn schemes_that_run_or_carry() {
        for (href, is) in [
            ("javascript:alert(1)", true),
            (" java\tscript:alert(1)", true),
            ("JavaScript:fetch('x')", true),
            ("data:text/html,<form action=https://evil.example>", true),
            ("vbscript:x", true),
            ("file://files.example/share", true),
            ("blob:https://example.org/1", true),
            ("https://www.google.com/url?q=javascript%3Aalert(1)", true),
            ("javascript:void(0);", false),
            ("data:image/png;base64,AA==", false),
            ("https://example.org/javascript:", false),
            ("mailto:a@example.org", false),
            ("tel:112", false),
            ("example.org/path", false),
        ] {
            assert_eq!(is_found(href), is, "{href:?}");
        }
    }
}
