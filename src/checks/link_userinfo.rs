//! A name before the host: `https://openai.com@evil.example` leads to
//! `evil.example`; what stands before the `@` is a user name that the
//! server never asked for.

use crate::Link;
use crate::directory::Directory;
use crate::host::Host;
use crate::link::{Target, authority_length};
use crate::verdict::{Code, Finding, Level, Place};

/// Endings by which people know a site.
const ENDINGS: &[&str] = &["com", "org", "net", "gov", "edu", "io", "ai"];

/// Looks for a user name in the link, and in what it leads to.
pub(crate) fn check(
    link: &Link,
    target: &Target,
    directory: &Directory,
) -> Option<Finding> {
    let host = target.host.as_ref()?;
    let written = [link.href.as_str()]
        .into_iter()
        .chain(target.unwrapped.destination.as_deref())
        .find_map(|link| Some((user(link)?, has_scheme(link))));
    let (user, has_scheme) = written?;
    if !target.is_web() {
        return None;
    }
    let named = vendor(&user, directory);
    let (name, password) = user.split_once(':').unwrap_or((&user, ""));
    let looks_like_host = name.contains('.') || name.contains("://");
    let level = if named.is_some() {
        Level::Caution
    } else if !has_scheme {
        // A mail address without `mailto:` looks the same.
        is_site(name).then_some(Level::Caution)?
    } else if looks_like_host || password.is_empty() {
        Level::Caution
    } else {
        Level::Note
    };
    let finding = Finding::new(Code::LinkUserinfo, level, Place::Link)
        .with("text", &user)
        .with("host", host.ascii())
        .with("registrable", host.registrable());
    Some(match named {
        Some((id, home)) => finding.about(id).with("real", home),
        None => finding,
    })
}

fn has_scheme(link: &str) -> bool {
    link.contains("://")
}

/// What stands before the last `@` of the authority, decoded.
fn user(link: &str) -> Option<String> {
    // Nearly every link.
    if !link.contains('@') {
        return None;
    }
    let rest = link.split_once("://").map_or(link, |(_, rest)| rest);
    let rest = rest.trim_start_matches(['/', '\\']);
    let authority = &rest[..authority_length(rest)];
    let (user, _) = authority.rsplit_once('@')?;
    let scheme = user.split_once(':').map(|(scheme, _)| scheme);
    let mail = scheme.is_some_and(|s| s.eq_ignore_ascii_case("mailto"));
    (!user.is_empty() && !mail).then(|| {
        let text = user.replace("%2e", ".").replace("%2E", ".");
        text.replace("%2f", "/").replace("%2F", "/")
    })
}

/// Whether a user name is written as a site: `www.shop.example`,
/// `shop.com`, `shop.com.more`.
fn is_site(name: &str) -> bool {
    let mut labels = name.split('.');
    let first = labels.next().unwrap_or_default();
    first.eq_ignore_ascii_case("www")
        || labels.any(|l| ENDINGS.iter().any(|e| l.eq_ignore_ascii_case(e)))
}

/// The vendor whose host begins the user name, with its own host.
fn vendor<'a>(
    user: &str,
    directory: &'a Directory,
) -> Option<(&'a str, &'a str)> {
    let name = user.split_once("://").map_or(user, |(_, rest)| rest);
    let end = name.find([':', '/', '\\', '?']).unwrap_or(name.len());
    let name = &name[..end];
    let ends = name.match_indices('.').map(|(at, _)| at);
    ends.chain([name.len()]).find_map(|end| {
        let host = Host::parse(&name[..end]).ok()?;
        let vendor = directory.vendor(directory.owner(&host)?);
        Some((vendor.id.as_str(), vendor.home()))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn judge(href: &str) -> Option<Finding> {
        let directory = Directory::builtin();
        let link = Link { href: href.to_owned(), ..Link::default() };
        check(&link, &Target::new(href, &directory), &directory)
    }

    #[test]
    fn a_site_before_the_host_is_found() {
        for (href, vendor) in [
            ("https://openai.com@evil.example", Some("openai")),
            ("openai.com.evil@example.org", Some("openai")),
            ("http://www.openai.com:login@evil.example/a", Some("openai")),
            ("https://openai.com%2Flogin@evil.example/", Some("openai")),
            ("www.shop.example@evil.example/login", None),
            ("https://secure-login@evil.example", None),
            ("//openai.com@evil.example/", Some("openai")),
            (
                "https://www.google.com/url?q=https://openai.com@evil.example",
                Some("openai"),
            ),
        ] {
            let found = judge(href).expect(href);
            assert_eq!(found.level, Level::Caution, "{href}");
            assert_eq!(found.vendor.as_deref(), vendor, "{href}");
        }
    }

    #[test]
    fn addresses_and_paths_are_let_be() {
        for href in [
            "anna.muster@example.org",
            "mailto:openai.com@example.org",
            "mailto:help@openai.com",
            "https://medium.com/@someone/post",
            "https://example.org/?mail=a@openai.com",
            "https://example.org",
            "tel:+4930123456",
        ] {
            assert_eq!(judge(href), None, "{href}");
        }
    }

    #[test]
    fn plain_credentials_are_a_note() {
        let found = judge("https://demo:demo@example.org/").unwrap();
        assert_eq!(found.level, Level::Note);
    }
}
