//! A link whose text names one site and that leads to another:
//! `https://openai.com/billing` on a link to `openai-billing.example`.
//!
//! Mail services rewrite the links of honest newsletters too, so a hidden
//! destination is no mismatch.

use crate::Link;
use crate::LinkKind;
use crate::directory::{Directory, VendorId};
use crate::host::Host;
use crate::link::{Target, authority_length, unwrap};
use crate::verdict::{Code, Finding, Level, Place};

/// A text with more words than this speaks about sites, it does not name the
/// one it leads to.
const MAX_WORDS: usize = 12;

/// The same for sites named without `www.` or a scheme.
const MAX_WORDS_BARE: usize = 6;

/// Endings that are top-level domains and, far more often, files.
const FILES: &[&str] = &["zip", "mov", "md", "sh", "py", "ps"];

/// Compares what the text names with where the link leads.
pub(crate) fn check(
    link: &Link,
    target: &Target,
    directory: &Directory,
) -> Option<Finding> {
    if link.kind == LinkKind::Form
        || target.unwrapped.hidden.is_some()
        || is_its_text(link)
    {
        return None;
    }
    let host = target.host.as_ref()?;
    let named = named_sites(&link.text);
    if named.iter().any(|site| site.is_same(host, target, directory)) {
        return None;
    }
    let owner = |site: &Site| directory.owner(&site.host);
    let first = named.first()?;
    let is_other =
        |site: &Site| site.host.registrable() != first.host.registrable();
    // A text that names several sites is ambiguous, unless it names a vendor
    // whose link it is not.
    let only = (!named.iter().any(is_other)).then_some(first);
    let site = named.iter().find(|s| owner(s).is_some()).or(only)?;
    let vendor = owner(site);
    let level = match vendor {
        None if is_tracker_like(target) => Level::Note,
        _ => Level::Caution,
    };
    Some(finding(site, host, target, level, vendor, directory))
}

/// Whether a link leads to just what its text is, as those that mail
/// programs make.
fn is_its_text(link: &Link) -> bool {
    let added = link.href.strip_suffix(link.text.as_str());
    matches!(added, Some("" | "http://"))
}

fn finding(
    site: &Site,
    host: &Host,
    target: &Target,
    level: Level,
    vendor: Option<VendorId>,
    directory: &Directory,
) -> Finding {
    let destination = target.url().map_or("", url::Url::as_str);
    let finding = Finding::new(Code::LinkMismatch, level, Place::Link)
        .with("text", &site.host.unicode())
        .with("host", host.ascii())
        .with("registrable", host.registrable())
        .with("destination", destination);
    match vendor.map(|id| directory.vendor(id)) {
        Some(vendor) => finding.about(&vendor.id).with("real", vendor.home()),
        None => finding,
    }
}

/// A site that a text names.
struct Site {
    host: Host,
    /// What the text itself leads to, where it shows a wrapped link or a
    /// short one.
    unwrapped: Option<Host>,
    /// Whether the text shows a link that hides where it leads.
    hidden: bool,
}

impl Site {
    fn is_same(
        &self,
        host: &Host,
        target: &Target,
        directory: &Directory,
    ) -> bool {
        let owned = directory.owner(&self.host);
        self.hidden
            || is_same_site(&self.host, host)
            || self.unwrapped.as_ref().is_some_and(|u| is_same_site(u, host))
            || (owned.is_some()
                && (owned == target.identity
                    || owned == directory.owner(host)))
    }
}

/// Whether two hosts are one registrable domain, or the same label under
/// another suffix of the public section (`shop.de` and `shop.com`).
fn is_same_site(one: &Host, other: &Host) -> bool {
    one.registrable() == other.registrable()
        || (one.label().len() > 2
            && one.label() == other.label()
            && !one.is_tenant()
            && !other.is_tenant())
}

/// The registrable domain of the only site that a text names.
pub(super) fn named_site(text: &str) -> Option<String> {
    let [site] = named_sites(text).try_into().ok()?;
    let Site { host, .. } = site;
    Some(host.registrable().to_owned())
}

/// The sites that a text names, in its order.
fn named_sites(text: &str) -> Vec<Site> {
    let words = text.split_whitespace().take(MAX_WORDS + 1).count();
    if words > MAX_WORDS || !text.contains(['.', ':']) {
        return Vec::new();
    }
    text.split_whitespace()
        .flat_map(|word| word.split(['<', '>', '|', ',', '"', '(', ')']))
        .filter_map(|word| site(word, words))
        .collect()
}

fn site(word: &str, words: usize) -> Option<Site> {
    let is_cut = word.ends_with('…') || word.ends_with("...");
    let word = word.trim_matches(|c: char| {
        !c.is_alphanumeric() && !matches!(c, '/' | '#' | '=' | '&' | '%')
    });
    let lower = word.to_ascii_lowercase();
    let has_scheme = ["http://", "https://", "ftp://"]
        .iter()
        .any(|scheme| lower.starts_with(scheme));
    let is_plain = has_scheme || lower.starts_with("www.");
    let rest = word.split_once("://").map_or(word, |(_, rest)| rest);
    let end = authority_length(rest);
    let authority = &rest[..end];
    // An address with @ is a mailbox, in a URL the start of another host.
    if authority.contains('@') && !has_scheme
        || is_cut && end == rest.len()
        || !is_plain && (words > MAX_WORDS_BARE || !is_bare_host(authority))
    {
        return None;
    }
    let authority = authority.rsplit('@').next()?;
    let name = authority.split(':').next()?;
    let host = Host::parse(name).ok()?;
    if !has_scheme && !host.has_known_suffix() {
        return None;
    }
    let unwrapped = unwrap(word);
    let hidden = unwrapped.hidden.is_some();
    let inner = (!unwrapped.wrappers.is_empty())
        .then(|| Target::new(word, &Directory::default()).host)
        .flatten();
    Some(Site { host, unwrapped: inner, hidden })
}

/// Whether a word without scheme and `www.` is a host name rather than a
/// file, a number, an abbreviation or the end of one sentence and the start
/// of the next.
fn is_bare_host(name: &str) -> bool {
    let name = name.split(':').next().unwrap_or(name);
    let Some((before, last)) = name.rsplit_once('.') else { return false };
    let capital = last.starts_with(|c: char| c.is_uppercase());
    let sentence = capital && before.chars().any(char::is_lowercase);
    let lower = last.to_ascii_lowercase();
    before.chars().any(char::is_alphabetic)
        && before.chars().count() > 1
        && last.chars().all(|c| c.is_alphabetic() || c == '-')
        && last.chars().count() > 1
        && !sentence
        && !FILES.contains(&lower.as_str())
}

/// Whether a link looks like a mail service's click tracker on a customer's
/// own host. Anyone can write such a link, so it softens only what names no
/// vendor.
pub(super) fn is_tracker_like(target: &Target) -> bool {
    let Some(url) = target.url() else { return false };
    let path = url.path();
    let begins = |start: &&str| path.starts_with(*start);
    let click = path.trim_matches('/').eq_ignore_ascii_case("click")
        && url.query().is_some();
    let opaque = url.query().is_some_and(|q| {
        ["upn=", "qs=", "_t="].iter().any(|key| q.starts_with(key))
    });
    opaque
        || click
        || [
            "/ls/click",
            "/wf/click",
            "/ss/c/",
            "/CL0/",
            "/e3t/",
            "/e/c/",
            "/lnk/",
            "/track/click",
            "/mk/cl/",
            "/f/a/",
            "/tn.jsp",
            "/u/nrd",
            "/e/er",
            "/lt.php",
            "/c/eJ",
            "/pub/cc",
            "/r/?id=",
        ]
        .iter()
        .any(begins)
        || Host::of_url(url).is_some_and(|host| is_tracker_label(&host))
}

fn is_tracker_label(host: &Host) -> bool {
    let first = host.subdomain().split('.').next().unwrap_or_default();
    let name = first.trim_end_matches(|c: char| c.is_ascii_digit());
    matches!(
        name,
        "click"
            | "clicks"
            | "ct"
            | "e"
            | "elink"
            | "email"
            | "go"
            | "link"
            | "links"
            | "lnk"
            | "mailing"
            | "news"
            | "newsletter"
            | "nl"
            | "r"
            | "t"
            | "tr"
            | "track"
            | "tracker"
            | "tracking"
            | "trk"
            | "url"
            | "ablink"
            | "ablinks"
            | "mail"
            | "info"
            | "sendgrid"
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    fn judge(text: &str, href: &str) -> Option<Finding> {
        let directory = Directory::builtin();
        let link = Link {
            href: href.to_owned(),
            text: text.to_owned(),
            ..Link::default()
        };
        check(&link, &Target::new(href, &directory), &directory)
    }

    #[test]
    fn a_text_that_names_another_site_is_found() {
        for (text, href) in [
            ("https://openai.com/billing", "https://bill.evil.example/a"),
            ("www.shop-eins.de", "http://andere-seite.example/"),
            ("HTTPS://SHOP-EINS.DE", "https://elsewhere.example"),
            ("Log in: shop-eins.de/login", "https://elsewhere.example"),
            ("„shop-eins.de“", "https://elsewhere.example"),
            ("http://intranet", "http://elsewhere"),
            ("shop-eins.de", "http://203.0.113.9/x"),
            ("a.github.io", "https://b.github.io"),
            (
                "shop-eins.de",
                "https://eur01.safelinks.protection.outlook.com/?url=\
                 https%3A%2F%2Felsewhere.example",
            ),
            ("https://good.de@shop-eins.de/", "https://elsewhere.example"),
        ] {
            let found = judge(text, href).expect(text);
            assert_eq!(found.level, Level::Caution, "{text}");
        }
    }

    #[test]
    fn a_vendor_in_the_text_is_named() {
        let found = judge("openai.com", "https://click.evil.example/ls/click");
        let found = found.unwrap();
        assert_eq!(found.vendor.as_deref(), Some("openai"));
        assert_eq!(found.level, Level::Caution);
        let two = "openai.com or shop-eins.de";
        let found = judge(two, "https://evil.example").unwrap();
        assert_eq!(found.vendor.as_deref(), Some("openai"));
    }

    #[test]
    fn what_is_no_deception_is_let_be() {
        for (text, href) in [
            ("Click here", "https://elsewhere.example"),
            ("shop-eins.de", "https://www.shop-eins.de/a"),
            ("(https://shop-eins.de/).", "https://shop-eins.de"),
            ("Öffne pictures.shop-eins.de ↗", "https://shop-eins.de/"),
            ("shop-eins.de", "https://shop-eins.com/"),
            ("me@shop-eins.de", "https://elsewhere.example"),
            ("me@shop-eins.de", "mailto:you@elsewhere.example"),
            ("invoice.pdf", "https://files.example/1"),
            ("archive.zip", "https://files.example/1"),
            ("Version 2.10.3", "https://files.example/1"),
            ("v1.2", "https://files.example/1"),
            ("Read more here.It is good", "https://files.example/1"),
            ("www.shop-ei…", "https://elsewhere.example"),
            ("shop-eins.de and shop-zwei.de", "https://other.example"),
            ("shop-eins.de", "https://u1.ct.sendgrid.net/ls/click?upn=a"),
            ("https://bit.ly/abc", "https://elsewhere.example/"),
            ("chatgpt.com", "https://openai.com/chatgpt"),
            (
                "Rooms from 50 a night with free cancellation when you book \
                 on www.shop-eins.de before Sunday evening",
                "https://elsewhere.example",
            ),
        ] {
            assert_eq!(judge(text, href), None, "{text}");
        }
    }

    #[test]
    fn an_own_click_host_is_a_note_only() {
        for href in [
            "https://click.mailer.example/?qs=0123",
            "https://mailer.example/ls/click?upn=u001",
        ] {
            let found = judge("www.shop-eins.de", href).unwrap();
            assert_eq!(found.level, Level::Note, "{href}");
        }
    }
}
