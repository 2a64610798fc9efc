//! Hosts where anyone can put up a page, a form or a file.

use std::sync::LazyLock;

use rustc_hash::FxHashMap;

use crate::host::Host;

/// Services, by kind, that stand beside the private section of the Public
/// Suffix List.
static SERVICES: &str = include_str!("hosting.tsv");

/// Registries that sell names below a second level. The Public Suffix List
/// has them in its private section, but a name there costs as much as any.
const REGISTRIES: &[&str] = &[
    "ae.org",
    "africa.com",
    "br.com",
    "cn.com",
    "co.com",
    "co.nl",
    "co.no",
    "com.de",
    "com.se",
    "de.com",
    "eu.com",
    "gb.net",
    "gr.com",
    "hu.net",
    "in.net",
    "jp.net",
    "jpn.com",
    "mex.com",
    "nom.br",
    "ru.com",
    "sa.com",
    "se.net",
    "uk.com",
    "uk.net",
    "us.com",
    "us.org",
    "za.bz",
    "za.com",
    "za.net",
];

static KINDS: LazyLock<FxHashMap<&str, &str>> = LazyLock::new(|| {
    let rows = SERVICES.lines().filter(|row| !row.starts_with('#'));
    rows.filter_map(|row| row.split_once('\t'))
        .flat_map(|(kind, hosts)| hosts.split(' ').map(move |h| (h, kind)))
        .collect()
});

/// What kind of free hosting a host stands on, where it does: `tenant`,
/// `form`, `site`, `app`, `storage`, `share`, `tunnel`, `dynamic-dns`,
/// `ipfs`.
#[must_use]
pub fn is_free_hosting(host: &Host) -> Option<&'static str> {
    let tenant = host.is_tenant()
        && !host.label().is_empty()
        && !REGISTRIES.contains(&host.suffix());
    service(host).or_else(|| tenant.then_some("tenant"))
}

/// Whether a host carries what anyone puts there although a vendor owns it:
/// its pages are not the vendor's word.
pub(super) fn carries_anything(host: &Host) -> bool {
    service(host).is_some()
}

fn service(host: &Host) -> Option<&'static str> {
    if host.is_ip() {
        return None;
    }
    let is_bucket = |label: &str| label == "s3" || label.starts_with("s3-");
    let bucket = host.is_within("amazonaws.com")
        && host.ascii().split('.').any(is_bucket);
    let kind = host.parents().find_map(|name| KINDS.get(name).copied());
    kind.or_else(|| bucket.then_some("storage"))
}
