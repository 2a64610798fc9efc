//! Links: where they lead once every wrapper is taken off.

use crate::directory::{Directory, VendorId};
use crate::host::Host;

/// Where a link leads.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Unwrapped {
    /// The final URL; none where a wrapper does not show it.
    pub destination: Option<String>,
    /// The wrappers taken off, outermost first (`safelinks`, `google` …).
    pub wrappers: Vec<&'static str>,
    /// What hides the destination, where it is hidden: `shortener`,
    /// `tracker`, `opaque`.
    pub hidden: Option<&'static str>,
}

/// Takes the wrappers off a link.
#[must_use]
pub fn unwrap(url: &str) -> Unwrapped {
    Unwrapped { destination: Some(url.to_owned()), ..Unwrapped::default() }
}

/// A link's target, parsed once.
#[derive(Clone, Debug, Default)]
pub struct Target {
    /// Where it leads after unwrapping.
    pub unwrapped: Unwrapped,
    /// The final URL, where it parses.
    pub url: Option<url::Url>,
    /// Its host.
    pub host: Option<Host>,
    /// The vendor that owns the host, or whose mail links through it.
    pub identity: Option<VendorId>,
}

impl Target {
    /// Parses a link's target.
    #[must_use]
    pub fn new(href: &str, directory: &Directory) -> Self {
        let unwrapped = unwrap(href);
        let url = unwrapped
            .destination
            .as_deref()
            .and_then(|destination| url::Url::parse(destination).ok());
        let host = url.as_ref().and_then(Host::of_url);
        let identity =
            host.as_ref().and_then(|host| directory.link_target(host));
        Self { unwrapped, url, host, identity }
    }

    /// Whether it leads into the web.
    #[must_use]
    pub fn is_web(&self) -> bool {
        match &self.url {
            Some(url) => matches!(url.scheme(), "http" | "https"),
            None => self.unwrapped.hidden.is_some(),
        }
    }
}

/// The free hosting service that a host is a tenant of.
#[must_use]
pub fn is_free_hosting(host: &Host) -> Option<&'static str> {
    host.is_tenant().then_some("tenant")
}
