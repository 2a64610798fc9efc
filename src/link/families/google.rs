//! Google: search results, AMP, translation, advertisements, on every
//! country's host.

use crate::host::Host;
use crate::link::parts::{self, Parts};
use crate::link::{Step, decode};

/// Paths of Google's own that carry the destination, and in what.
const PATHS: &[(&str, &[&str])] = &[
    ("/url", &["q", "url", "u"]),
    ("/local_url", &["q"]),
    ("/imgres", &["imgurl"]),
    ("/translate", &["u"]),
    ("/aclk", &["adurl", "rd"]),
    ("/pagead/", &["adurl"]),
    ("/travel/clk", &["pcurl"]),
    ("/linkredirect", &["dest"]),
    ("/_ah/logout", &["continue"]),
];

/// Reads `google.<country>` and what stands below it.
pub(in crate::link) fn read(parts: &Parts) -> Option<Step> {
    if !is_google(&parts.host) {
        return None;
    }
    if parts.path.starts_with("/amp/") {
        return amp(parts);
    }
    if parts.host == "notifications.google.com" {
        return parts.path.contains('/').then_some(Step::Hidden("tracker"));
    }
    let (_, names) = PATHS.iter().find(|(path, _)| {
        parts
            .path
            .strip_prefix(path)
            .is_some_and(|rest| path.ends_with('/') || rest.len() < 2)
    })?;
    // A destination inside a destination that nobody encoded ends where its
    // own parameters would begin.
    decode::url(parts.param(names)?).map(Step::Leads)
}

/// `google.com`, `google.de`, `google.co.uk`, `google.com.br`: Google holds
/// its name in every country.
fn is_google(host: &str) -> bool {
    let Ok(host) = Host::parse(host) else { return false };
    let suffix = host.suffix();
    let country = suffix.rsplit('.').next().unwrap_or_default();
    host.label() == "google"
        && !host.is_tenant()
        && (suffix == "com" || country.len() == 2)
}

/// AMP pages: `/amp/s/<host and path>`; without `s` the page is not over
/// TLS.
pub(in crate::link) fn amp(parts: &Parts) -> Option<Step> {
    let (_, target) = parts.url.split_once("/amp/")?;
    let (scheme, target) = match target.strip_prefix("s/") {
        Some(target) => ("https", target),
        None => ("http", target),
    };
    let target = decode::percent(target);
    if target.starts_with("http") {
        return decode::url(&target).map(Step::Leads);
    }
    let first = target.split('/').next().unwrap_or_default();
    first.contains('.').then_some(())?;
    Some(Step::Leads(format!("{scheme}://{target}")))
}

/// The AMP cache: `example-com.cdn.ampproject.org/c/s/example.com/page`.
pub(in crate::link) fn amp_cache(parts: &Parts) -> Option<Step> {
    let (_, target) = parts.url.split_once("ampproject.org/")?;
    let (kind, target) = target.split_once('/')?;
    matches!(kind, "c" | "v" | "wp").then_some(())?;
    let (scheme, target) = match target.strip_prefix("s/") {
        Some(target) => ("https", target),
        None => ("http", target),
    };
    Some(Step::Leads(format!("{scheme}://{target}")))
}

/// Translated sites: `a--b-example-com.translate.goog/page?_x_tr_sl=…`. A
/// hyphen of the host is two, a dot is one.
pub(in crate::link) fn translated(parts: &Parts) -> Option<Step> {
    let label = parts.host.strip_suffix(".translate.goog")?;
    let host = label.replace("--", "\0").replace('-', ".").replace('\0', "-");
    let scheme = parts::param(parts.query, "_x_tr_sch").unwrap_or("https");
    let own: Vec<&str> = parts
        .query
        .split('&')
        .filter(|p| !p.is_empty() && !p.starts_with("_x_tr_"))
        .collect();
    let mut url = format!("{scheme}://{host}{}", parts.path);
    for (mark, rest) in [('?', own.join("&").as_str()), ('#', parts.fragment)]
    {
        if !rest.is_empty() {
            url.push(mark);
            url.push_str(rest);
        }
    }
    decode::url(&url).map(Step::Leads)
}

/// `DoubleClick`: `adurl=`, or the URL behind a semicolon or question mark.
pub(in crate::link) fn ad(parts: &Parts) -> Option<Step> {
    if let Some(value) = parts.param(&["adurl", "ds_dest_url"]) {
        return decode::url(value).map(Step::Leads);
    }
    let at = [";http", "?http", "&http"]
        .iter()
        .find_map(|mark| parts.url.find(mark).map(|at| at + 1));
    let target = match at {
        Some(at) => decode::url(&parts.url[at..])?,
        None => return Some(Step::Hidden("tracker")),
    };
    Some(Step::Leads(target))
}
