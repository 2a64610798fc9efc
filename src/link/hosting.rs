//! Hosts where anyone can put up a page, a form or a file.

use std::sync::LazyLock;

use rustc_hash::FxHashMap;

use crate::compressed::{self, include_table};
use crate::host::Host;

/// Services, by kind, that stand beside the private section of the Public
/// Suffix List, `hosting.tsv`.
static SERVICES: LazyLock<String> =
    LazyLock::new(|| compressed::text(include_table!("hosting")));

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

/// Services by name, with the kind of free hosting that they are.
static KINDS: LazyLock<FxHashMap<&str, Option<&str>>> = LazyLock::new(|| {
    let rows = SERVICES.lines().filter(|row| !row.starts_with('#'));
    let rows = rows.filter_map(|row| row.split_once('\t'));
    let free = rows.flat_map(|(kind, hosts)| {
        hosts.split(' ').map(move |host| (host, Some(kind)))
    });
    CORNERS.iter().map(|host| (*host, None)).chain(free).collect()
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

/// Labels under which a service speaks for itself.
const OWN_LABELS: &[&str] = &[
    "about",
    "account",
    "accounts",
    "admin",
    "ads",
    "api",
    "app",
    "apps",
    "assets",
    "auth",
    "billing",
    "blog",
    "business",
    "careers",
    "cdn",
    "checkout",
    "click",
    "community",
    "console",
    "dashboard",
    "de",
    "demo",
    "dev",
    "developer",
    "developers",
    "docs",
    "download",
    "e",
    "edge",
    "em",
    "email",
    "en",
    "es",
    "events",
    "files",
    "forum",
    "forums",
    "fr",
    "get",
    "go",
    "help",
    "images",
    "img",
    "info",
    "it",
    "jobs",
    "learn",
    "link",
    "links",
    "login",
    "m",
    "mail",
    "marketing",
    "media",
    "mobile",
    "my",
    "news",
    "newsletter",
    "notifications",
    "pages",
    "partners",
    "pay",
    "press",
    "public-api",
    "search",
    "secure",
    "security",
    "service",
    "shop",
    "signup",
    "sso",
    "static",
    "status",
    "store",
    "support",
    "t",
    "track",
    "try",
    "university",
    "web",
    "wiki",
    "www",
];

/// Services, beside those, whose tenants are other firms and people.
const CORNERS: &[&str] = &[
    "boxmode.io",
    "codeanyapp.com",
    "crabdance.com",
    "daftpage.com",
    "duia.ro",
    "educatorpages.com",
    "freshdesk.com",
    "hol.es",
    "kinsta.cloud",
    "mybluehost.me",
    "netlify.com",
    "plasmic.run",
    "squarespace.com",
    "webcindario.com",
    "zendesk.com",
];

/// The service that a host is somebody's corner of: none for the service
/// itself and for the hosts under which it speaks for itself.
pub(crate) fn service_of_tenant(host: &Host) -> Option<&str> {
    let service = named_service(host)?;
    let tenant = host.ascii().strip_suffix(service)?.strip_suffix('.')?;
    let label = tenant.rsplit('.').next().unwrap_or_default();
    OWN_LABELS.binary_search(&label).is_err().then_some(service)
}

fn named_service(host: &Host) -> Option<&str> {
    host.parents().find(|name| KINDS.contains_key(listed(name)))
}

/// The name under which the list has a service: Blogger stands under every
/// country's suffix.
fn listed(name: &str) -> &str {
    if name.starts_with("blogspot.") { "blogspot.com" } else { name }
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
    let kind = host.parents().find_map(|name| *KINDS.get(listed(name))?);
    kind.or_else(|| bucket.then_some("storage"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_tenant_is_told_from_the_service_itself() {
        assert!(OWN_LABELS.is_sorted());
        for (host, service) in [
            ("rhubarb.wordpress.com", Some("wordpress.com")),
            ("www.rhubarb.tumblr.com", Some("tumblr.com")),
            ("rhubarb.blogspot.hr", Some("blogspot.hr")),
            ("rhubarb.swtest.ru", Some("swtest.ru")),
            ("www.wordpress.com", None),
            ("wordpress.com", None),
            ("rhubarb.example", None),
        ] {
            let parsed = Host::parse(host).unwrap();
            assert_eq!(service_of_tenant(&parsed), service, "{host}");
        }
    }
}
