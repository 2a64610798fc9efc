//! A link's parts as written, found without parsing it as a whole.

use std::borrow::Cow;

use crate::host::{Host, last_label};

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
    /// The scheme, where it says one.
    scheme: Option<&'a str>,
    /// The authority as written: the host, a user and a port.
    authority: &'a str,
    /// The host as written.
    written: &'a str,
    /// Where the authority ends in the link.
    end: usize,
}

impl<'a> Parts<'a> {
    /// Finds the parts of a link into the web, with or without a scheme.
    pub(super) fn of(url: &'a str) -> Option<Self> {
        let scheme = scheme(url);
        let (start, end) = authority(url, scheme)?;
        let authority = &url[start..end];
        let written = host_within(authority);
        let host = if written.bytes().any(|b| b == b'%') {
            Cow::Owned(decode::percent(written).to_ascii_lowercase())
        } else if written.bytes().any(|b| b.is_ascii_uppercase()) {
            Cow::Owned(written.to_ascii_lowercase())
        } else {
            Cow::Borrowed(written)
        };
        let (rest, fragment) = halves(&url[end..], b'#');
        let (path, query) = halves(rest, b'?');
        Some(Self {
            url,
            host,
            path,
            query,
            fragment,
            scheme,
            authority,
            written,
            end,
        })
    }

    /// The link as a browser reads it where it is written to deceive: an
    /// address in hexadecimal, a host in percent escapes, backslashes. All
    /// others stay as they are, byte for byte.
    pub(super) fn plain(&self) -> Cow<'a, str> {
        let Self { url, written, end, .. } = *self;
        if self.scheme.is_none() {
            return Cow::Borrowed(url);
        }
        let last = &written[last_label(written)..];
        let numeric = last.starts_with(|c: char| c.is_ascii_digit());
        let path = end + self.path.len();
        let slashed = memchr::memchr(b'\\', &url.as_bytes()[..path]).is_some();
        let host = (numeric || written.bytes().any(|b| b == b'%'))
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

    /// The host, where it needs no parsing: nothing but letters, digits,
    /// hyphens and dots stands between the slashes.
    pub(super) fn plain_host(&self) -> Option<Host> {
        self.scheme.filter(|scheme| *scheme != "ftp")?;
        Host::parse_plain(self.authority)
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

/// What stands before and behind a sign.
fn halves(text: &str, sign: u8) -> (&str, &str) {
    let at = memchr::memchr(sign, text.as_bytes());
    at.map_or((text, ""), |at| (&text[..at], &text[at + 1..]))
}

/// Where the authority of a link into the web begins and ends.
fn authority(url: &str, scheme: Option<&str>) -> Option<(usize, usize)> {
    let lead = url.len() - url.trim_start().len();
    let rest = &url[lead..];
    let start = match scheme {
        Some(scheme @ ("http" | "https" | "ftp")) => {
            let after = &rest[scheme.len() + 1..];
            let slashes = after.trim_start_matches(['/', '\\']);
            url.len() - slashes.len()
        }
        Some(_) => return None,
        None => url.len() - rest.trim_start_matches(['/', '\\']).len(),
    };
    if scheme.is_none() && (start - lead == 1 || is_path(&url[start..])) {
        return None;
    }
    Some((start, start + authority_length(&url[start..])))
}

/// How long the authority is that a text begins with.
pub(crate) fn authority_length(text: &str) -> usize {
    let end = text.bytes().position(|b| b"/\\?#".contains(&b));
    end.unwrap_or(text.len())
}

/// Whether a text without a scheme is no host with something behind it.
fn is_path(text: &str) -> bool {
    let authority = &text[..authority_length(text)];
    !authority.contains('.') || authority.contains(char::is_whitespace)
}

/// The scheme of a link, in lower case where it is one of the web's; what
/// stands before a port is none.
pub(super) fn scheme(url: &str) -> Option<&str> {
    let url = url.trim_start();
    // Colons stand near the start: a loop finds them sooner than a search
    // that is made for long texts.
    let (scheme, rest) = url.split_at(url.bytes().position(|b| b == b':')?);
    let rest = &rest[1..];
    let mut bytes = scheme.bytes();
    let begins = scheme.starts_with(|c: char| c.is_ascii_alphabetic());
    let valid =
        bytes.all(|b| b.is_ascii_alphanumeric() || b"+-.".contains(&b));
    let port = scheme.bytes().any(|b| b == b'.')
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

/// Parses a link as a person who types it means it: without a scheme it
/// leads into the web.
pub(super) fn parse(link: &str) -> Option<url::Url> {
    let link = link.trim();
    let scheme = scheme(link);
    if scheme.is_some() {
        return url::Url::parse(link).ok();
    }
    authority(link, scheme)?;
    let bare = link.trim_start_matches(['/', '\\']);
    url::Url::parse(&format!("https://{bare}")).ok()
}
