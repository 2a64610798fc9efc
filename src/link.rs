//! Links: where they lead once every wrapper is taken off.
//!
//! Mail gateways, webmails, search engines and social networks rewrite links
//! so that a click passes by them first. [`unwrap`] reads the destination out
//! of the link itself, never from attributes beside it, which a sender can
//! write. Only wrappers whose host is known are taken off: anyone can put
//! `?url=https://openai.com` behind a host of their own.

mod decode;
mod families;
mod hosting;
mod parts;
mod table;

use std::borrow::Cow;
use std::cell::OnceCell;

use crate::directory::{Directory, VendorId};
use crate::host::Host;

pub use hosting::is_free_hosting;
pub(crate) use hosting::service_of_tenant;
use parts::Parts;
pub(crate) use parts::authority_length;

/// How many wrappers are taken off; a link with more is made to exhaust.
const MAX_DEPTH: usize = 8;

/// Where a link leads.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Unwrapped {
    /// The last URL that can be read; none where the link itself shows
    /// nothing of where it leads.
    pub destination: Option<String>,
    /// The wrappers taken off, outermost first (`safelinks`, `google` …).
    pub wrappers: Vec<&'static str>,
    /// What hides where it leads in the end: `shortener`, `tracker`,
    /// `opaque`.
    pub hidden: Option<&'static str>,
}

/// One wrapper's answer.
#[derive(Clone, Debug, PartialEq)]
enum Step {
    /// It leads to this URL.
    Leads(String),
    /// It does not show where it leads, for this reason.
    Hidden(&'static str),
}

/// Takes the wrappers off a link. What is not wrapped comes back as it was
/// given, but for hosts and slashes that are written to deceive.
#[must_use]
pub fn unwrap(url: &str) -> Unwrapped {
    unwrap_to_host(url).0
}

/// Takes the wrappers off a link, and gives the host of its destination where
/// that needs no parsing.
fn unwrap_to_host(url: &str) -> (Unwrapped, Option<Host>) {
    let mut found = Unwrapped::default();
    let mut host = None;
    let mut current = Cow::Borrowed(url);
    let plain = loop {
        let Some(parts) = Parts::of(&current) else {
            break current.into_owned();
        };
        let step = match found.wrappers.len() {
            MAX_DEPTH => None,
            _ => table::step(&parts),
        };
        match step {
            Some((wrapper, Step::Leads(next))) => {
                found.wrappers.push(wrapper);
                current = Cow::Owned(next);
                continue;
            }
            Some((_, Step::Hidden(reason))) => found.hidden = Some(reason),
            None => {}
        }
        host = parts.plain_host();
        break parts.plain().into_owned();
    };
    if found.hidden.is_some() && found.wrappers.is_empty() {
        return (found, None);
    }
    found.destination = Some(plain);
    (found, host)
}

/// A link's target, parsed once.
#[derive(Clone, Debug, Default)]
pub struct Target {
    /// Where it leads after unwrapping.
    pub unwrapped: Unwrapped,
    /// Its host.
    pub host: Option<Host>,
    /// The vendor that owns the host, or whose mail links through it. A
    /// vendor's host that carries what anyone puts there, or hides where it
    /// leads, has none.
    pub identity: Option<VendorId>,
    is_web: bool,
    /// Parsed when it is asked for: most links are known by their host.
    url: OnceCell<Option<url::Url>>,
}

impl Target {
    /// Parses a link's target.
    #[must_use]
    pub fn new(href: &str, directory: &Directory) -> Self {
        let (unwrapped, host) = unwrap_to_host(href);
        let mut target = if host.is_some() {
            Self { host, is_web: true, ..Self::default() }
        } else {
            let last = unwrapped.destination.as_deref();
            Self::parsed(last.unwrap_or(href))
        };
        target.identity = target
            .host
            .as_ref()
            .filter(|host| !hosting::carries_anything(host))
            .and_then(|host| {
                let vendor = directory.link_target(host)?;
                // A shortener's or tracker's owner is not who it leads to.
                let hides = unwrapped.hidden.is_some()
                    && directory.owner(host) == Some(vendor);
                (!hides).then_some(vendor)
            });
        Self { unwrapped, ..target }
    }

    fn parsed(link: &str) -> Self {
        let url = parts::parse(link);
        let scheme = url.as_ref().map(url::Url::scheme);
        Self {
            host: url.as_ref().and_then(Host::of_url),
            is_web: matches!(scheme, Some("http" | "https")),
            url: url.into(),
            ..Self::default()
        }
    }

    /// The final URL, where it parses; the wrapper's own where it shows no
    /// other.
    #[must_use]
    pub fn url(&self) -> Option<&url::Url> {
        let parse = || parts::parse(self.unwrapped.destination.as_deref()?);
        self.url.get_or_init(parse).as_ref()
    }

    /// Whether it leads into the web.
    #[must_use]
    pub fn is_web(&self) -> bool {
        self.is_web
    }
}

#[cfg(test)]
mod tests;
