//! Links: where they lead once every wrapper is taken off.

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
