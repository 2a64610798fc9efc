//! A link's parts as written, found without parsing it as a whole.

use std::borrow::Cow;

use crate::host::Host;

use super::decode;

/// The parts of a link into the web.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Parts<'a> {
    /// The whole link.
    pub(super) url: &'a str,
    /// The host, lower case.
    pub(super) host: Cow<'a, str>,
    /// The path, with its slash; empty where there is none.
    pub(super) path: &'a str,
    /// The query, without its question mark.
    pub(super) query: &'a str,
    /// The fragment, without its hash.
    pub(super) fragment: &'a str,
}

impl<'a> Parts<'a> {
    /// Finds the parts of a link into the web, with or without a scheme.
    pub(super) fn of(url: &'a str) -> Option<Self> {
        let (start, end) = authority(url)?;
        let host = host_within(&url[start..end]);
        let host = if host.contains('%') {
            Cow::Owned(decode::percent(host).to_ascii_lowercase())
        } else if host.bytes().any(|b| b.is_ascii_uppercase()) {
            Cow::Owned(host.to_ascii_lowercase())
        } else {
            Cow::Borrowed(host)
        };
        let (rest, fragment) = halves(&url[end..], '#');
        let (path, query) = halves(rest, '?');
        Some(Self { url, host, path, query, fragment })
    }

    /// The value of the first of these parameters that is there, still
    /// encoded.
    pub(super) fn param(&self, names: &[&str]) -> Option<&'a str> {
        names.iter().find_map(|name| param(self.query, name))
    }

    /// The segments of the path.
    pub(super) fn segments(&self) -> impl Iterator<Item = &'a str> {
        self.path.trim_start_matches('/').split('/')
    }
}

/// The value of a parameter, where it is there and not empty. HTML escapes
/// (`&amp;`) that were left in a link are looked through.
pub(super) fn param<'a>(query: &'a str, name: &str) -> Option<&'a str> {
    query.split('&').find_map(|pair| {
        let (key, value) = pair.split_once('=')?;
        let key = key.strip_prefix("amp;").unwrap_or(key);
        (key.eq_ignore_ascii_case(name) && !value.is_empty()).then_some(value)
    })
}

fn halves(text: &str, at: char) -> (&str, &str) {
    text.split_once(at).unwrap_or((text, ""))
}

/// Where the authority of a link into the web begins and ends.
fn authority(url: &str) -> Option<(usize, usize)> {
    authority_after(url, scheme(url))
}

/// The same, where the link's scheme is known.
fn authority_after(url: &str, scheme: Option<&str>) -> Option<(usize, usize)> {
    let lead = url.len() - url.trim_start().len();
    let rest = &url[lead..];
    let start = match scheme {
        Some("http" | "https" | "ftp") => {
            let after = &rest[rest.find(':')? + 1..];
            let slashes = after.trim_start_matches(['/', '\\']);
            url.len() - slashes.len()
        }
        Some(_) => return None,
        None => url.len() - rest.trim_start_matches(['/', '\\']).len(),
    };
    if scheme.is_none() && (start - lead == 1 || is_path(&url[start..])) {
        return None;
    }
    let length = url[start..].find(['/', '\\', '?', '#']);
    Some((start, length.map_or(url.len(), |length| start + length)))
}

/// Whether a text without a scheme is no host with something behind it.
fn is_path(text: &str) -> bool {
    let end = text.find(['/', '\\', '?', '#']).unwrap_or(text.len());
    !text[..end].contains('.') || text[..end].contains(char::is_whitespace)
}

/// The scheme of a link, in lower case where it is one of the web's; what
/// stands before a port is none.
pub(super) fn scheme(url: &str) -> Option<&str> {
    let (scheme, rest) = url.trim_start().split_once(':')?;
    let begins = scheme.starts_with(|c: char| c.is_ascii_alphabetic());
    let valid = scheme
        .bytes()
        .all(|b| b.is_ascii_alphanumeric() || b"+-.".contains(&b));
    let port = scheme.contains('.')
        || (rest.starts_with(|c: char| c.is_ascii_digit())
            && !rest.contains('@')
            && !matches!(scheme, "tel" | "sms" | "callto"));
    if !begins || !valid || port {
        return None;
    }
    for known in ["http", "https", "ftp"] {
        if scheme.eq_ignore_ascii_case(known) {
            return Some(known);
        }
    }
    Some(scheme)
}

/// The host of an authority: without user and port.
fn host_within(authority: &str) -> &str {
    let host = authority.rsplit_once('@').map_or(authority, |(_, h)| h);
    let port = host.rsplit_once(':').filter(|(h, p)| {
        p.bytes().all(|b| b.is_ascii_digit())
            && (!h.contains(':') || h.ends_with(']'))
    });
    port.map_or(host, |(host, _)| host).trim_end_matches('.')
}

/// Writes a link as a browser reads it where it is written to deceive: an
/// address in hexadecimal, a host in percent escapes, backslashes. All
/// others stay as they are, byte for byte.
pub(super) fn plain(url: &str) -> Cow<'_, str> {
    let Some(scheme) = scheme(url) else { return Cow::Borrowed(url) };
    let Some((start, end)) = authority_after(url, Some(scheme)) else {
        return Cow::Borrowed(url);
    };
    let written = host_within(&url[start..end]);
    let numeric = written
        .rsplit('.')
        .next()
        .is_some_and(|label| label.starts_with(|c: char| c.is_ascii_digit()));
    let path = url[end..].find(['?', '#']).map_or(url.len(), |i| end + i);
    let slashed = url[..path].contains('\\');
    let host = (numeric || written.contains('%'))
        .then(|| Host::parse(written).ok())
        .flatten()
        .filter(|host| host.ascii() != written);
    if host.is_none() && !slashed {
        return Cow::Borrowed(url);
    }
    let mut plain = url[..path].to_owned();
    if let Some(host) = host {
        let at = written.as_ptr() as usize - url.as_ptr() as usize;
        plain.replace_range(at..at + written.len(), host.ascii());
    }
    Cow::Owned(plain.replace('\\', "/") + &url[path..])
}

/// Parses a link as a person who types it means it: without a scheme it
/// leads into the web.
pub(super) fn parse(link: &str) -> Option<url::Url> {
    let link = link.trim();
    if scheme(link).is_some() {
        return url::Url::parse(link).ok();
    }
    authority(link)?;
    let bare = link.trim_start_matches(['/', '\\']);
    url::Url::parse(&format!("https://{bare}")).ok()
}
