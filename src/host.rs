//! Hosts: parsed once, compared by labels, never by substring.

mod suffix;

use std::borrow::Cow;
use std::error::Error;
use std::fmt;

/// A host name or IP address in its ASCII form, lower case, without a
/// trailing dot, together with its registrable domain.
///
/// The registrable domain follows the Public Suffix List
/// (<https://publicsuffix.org/list/>) with its private section: a tenant of
/// a hosting service is a registrable domain of its own.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Host {
    ascii: String,
    ip: bool,
    /// Where the registrable domain begins in `ascii`.
    registrable: usize,
    /// Where the public suffix begins in `ascii`.
    suffix: usize,
    private: bool,
    /// Whether a label is punycode.
    punycode: bool,
}

/// A text that is no host.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct HostError {
    host: String,
    reason: String,
}

impl fmt::Display for HostError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "“{}” is not a host name: {}", self.host, self.reason)
    }
}

impl Error for HostError {}

impl Host {
    /// Parses a host as browsers do: IDNA (UTS 46), IPv4 in all its forms,
    /// IPv6 in brackets.
    ///
    /// # Errors
    ///
    /// When the text is no host by the URL standard, or longer than the
    /// DNS allows.
    pub fn parse(host: &str) -> Result<Self, HostError> {
        let refuse = |reason: &str| HostError {
            host: host.chars().take(80).collect(),
            reason: reason.to_owned(),
        };
        let trimmed = host.trim().trim_end_matches('.');
        if trimmed.is_empty() {
            return Err(refuse("it is empty"));
        }
        if let Some(host) = Self::parse_plain(trimmed) {
            return Ok(host);
        }
        if trimmed.len() > 2048 {
            return Err(refuse("it is too long"));
        }
        match url::Host::parse(trimmed) {
            Ok(url::Host::Domain(ascii)) => Ok(Self::of_domain(ascii)),
            Ok(ip) => Ok(Self::of_ip(ip.to_string())),
            Err(e) => Err(refuse(&e.to_string())),
        }
    }

    /// Parses a host that needs no IDNA work; none where it may.
    pub(crate) fn parse_plain(host: &str) -> Option<Self> {
        is_plain(host).then(|| Self::of_plain(host.to_ascii_lowercase()))
    }

    /// The host of a parsed URL, where it has one.
    #[must_use]
    pub fn of_url(url: &url::Url) -> Option<Self> {
        match url.host()? {
            url::Host::Domain(name) => {
                let name = name.trim_end_matches('.');
                // Schemes other than the web's leave the host unparsed.
                if url.is_special() {
                    Some(Self::of_domain(name.to_owned()))
                } else {
                    Self::parse(name).ok()
                }
            }
            ip => Some(Self::of_ip(ip.to_string())),
        }
    }

    fn of_domain(ascii: String) -> Self {
        let mut labels = ascii.as_bytes().split(|byte| *byte == b'.');
        let punycode = labels.any(|label| label.starts_with(b"xn--"));
        Self { punycode, ..Self::of_plain(ascii) }
    }

    /// A host without punycode.
    fn of_plain(ascii: String) -> Self {
        let found = suffix::find(&ascii);
        Self {
            ip: false,
            registrable: found.registrable,
            suffix: found.suffix,
            private: found.private,
            punycode: false,
            ascii,
        }
    }

    /// The same host seen as a tenant of a service above it that the Public
    /// Suffix List does not name.
    pub(crate) fn as_tenant_of(&self, service: &str) -> Option<Self> {
        let tenant = self.ascii.strip_suffix(service)?.strip_suffix('.')?;
        Some(Self {
            ascii: self.ascii.clone(),
            ip: false,
            registrable: tenant.rfind('.').map_or(0, |dot| dot + 1),
            suffix: tenant.len() + 1,
            private: true,
            punycode: self.punycode,
        })
    }

    fn of_ip(ascii: String) -> Self {
        let suffix = ascii.len();
        Self {
            ascii,
            ip: true,
            registrable: 0,
            suffix,
            private: false,
            punycode: false,
        }
    }

    /// The host in ASCII, as it goes over the wire.
    #[must_use]
    pub fn ascii(&self) -> &str {
        &self.ascii
    }

    /// The host as a person reads it: punycode labels decoded.
    #[must_use]
    pub fn unicode(&self) -> Cow<'_, str> {
        if !self.punycode {
            return Cow::Borrowed(&self.ascii);
        }
        Cow::Owned(idna::domain_to_unicode(&self.ascii).0)
    }

    /// Whether a label of it is punycode: it reads as other characters.
    pub(crate) fn has_punycode(&self) -> bool {
        self.punycode
    }

    /// Whether it is an IP address.
    #[must_use]
    pub fn is_ip(&self) -> bool {
        self.ip
    }

    /// The registrable domain: the public suffix and one label; the whole
    /// host where it has none (an IP address, a public suffix, one label).
    #[must_use]
    pub fn registrable(&self) -> &str {
        &self.ascii[self.registrable..]
    }

    /// The label of the registrable domain before the public suffix; empty
    /// where there is none.
    #[must_use]
    pub fn label(&self) -> &str {
        self.ascii[self.registrable..self.suffix].trim_end_matches('.')
    }

    /// What stands before the registrable domain, without its dot.
    #[must_use]
    pub fn subdomain(&self) -> &str {
        self.ascii[..self.registrable].trim_end_matches('.')
    }

    /// The public suffix.
    #[must_use]
    pub fn suffix(&self) -> &str {
        &self.ascii[self.suffix..]
    }

    /// Whether the Public Suffix List has a rule for the host's end: `com`
    /// is known, `pdf` is not.
    #[must_use]
    pub fn has_known_suffix(&self) -> bool {
        !self.ip && suffix::is_known(&self.ascii)
    }

    /// Whether the public suffix stands in the list's private section: the
    /// host is a tenant of a service (`someone.github.io`).
    #[must_use]
    pub fn is_tenant(&self) -> bool {
        self.private
    }

    /// The host and every name above it, longest first, down to two labels.
    pub fn parents(&self) -> impl Iterator<Item = &str> {
        parents(&self.ascii)
    }

    /// Whether this host is `other` or stands below it.
    #[must_use]
    pub fn is_within(&self, other: &str) -> bool {
        is_within(&self.ascii, other)
    }
}

impl fmt::Display for Host {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.ascii)
    }
}

/// `host` and every name above it that has a dot, longest first.
pub fn parents(host: &str) -> impl Iterator<Item = &str> {
    let below = |name: &str| {
        let dot = name.bytes().position(|b| b == b'.')?;
        Some(dot + 1)
    };
    let mut next = below(host).map(|parent| (host, parent));
    std::iter::from_fn(move || {
        let (name, parent) = next?;
        let rest = &name[parent..];
        next = below(rest).map(|parent| (rest, parent));
        Some(name)
    })
}

/// Where the last label of a host begins. Labels are short: a loop finds
/// their end sooner than a search that is made for long texts.
#[inline]
pub(crate) fn last_label(host: &str) -> usize {
    let dot = host.bytes().rposition(|b| b == b'.');
    dot.map_or(0, |dot| dot + 1)
}

/// Whether `host` is `other` or stands below it, by labels.
#[must_use]
pub fn is_within(host: &str, other: &str) -> bool {
    host.strip_suffix(other)
        .is_some_and(|rest| rest.is_empty() || rest.ends_with('.'))
}

/// Whether a host needs no IDNA work: letters, digits, hyphens and dots, no
/// punycode, no empty label, and not the look of an IP address.
fn is_plain(host: &str) -> bool {
    let bytes = host.as_bytes();
    let mut label = 0;
    for (at, byte) in bytes.iter().enumerate() {
        match byte {
            b'.' if !is_plain_label(&bytes[label..at]) => return false,
            b'.' => label = at + 1,
            b'-' | b'_' => {}
            byte if byte.is_ascii_alphanumeric() => {}
            _ => return false,
        }
    }
    let last = &bytes[label..];
    bytes.len() <= 253
        && is_plain_label(last)
        && !last.first().is_some_and(u8::is_ascii_digit)
}

/// Whether a label is neither empty nor punycode.
fn is_plain_label(label: &[u8]) -> bool {
    !matches!(label, [] | [b'x' | b'X', b'n' | b'N', b'-', b'-', ..])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_parts_of_a_host() {
        for (host, subdomain, label, suffix) in [
            ("openai.com", "", "openai", "com"),
            ("a.b.Example.CO.UK.", "a.b", "example", "co.uk"),
            ("shop.someone.github.io", "shop", "someone", "github.io"),
            ("github.io", "", "", "github.io"),
            ("localhost", "", "", "localhost"),
            ("a.b.ck", "", "a", "b.ck"),
            ("www.ck", "", "www", "ck"),
        ] {
            let parsed = Host::parse(host).unwrap();
            let parts = (parsed.subdomain(), parsed.label(), parsed.suffix());
            assert_eq!(parts, (subdomain, label, suffix), "{host}");
        }
    }

    #[test]
    fn idn_and_ip_hosts() {
        let host = Host::parse("pаypal.com").unwrap();
        assert_eq!(host.ascii(), "xn--pypal-4ve.com");
        assert_eq!(host.unicode(), "pаypal.com");
        assert!(Host::parse("0x7f.1").unwrap().is_ip());
        assert!(Host::parse("[::1]").unwrap().is_ip());
    }

    #[test]
    fn what_is_no_host_is_named() {
        for bad in ["", "a b.com", "exa<mple.com", "a%00b.com"] {
            let error = Host::parse(bad).unwrap_err().to_string();
            assert!(error.contains(bad), "{error}");
        }
    }

    #[test]
    fn hosts_are_matched_by_labels() {
        assert!(is_within("mail.openai.com", "openai.com"));
        assert!(!is_within("notopenai.com", "openai.com"));
        assert!(!is_within("openai.com.evil.example", "openai.com"));
    }
}
