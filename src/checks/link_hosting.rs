//! A link to a page that anyone can put up for nothing: a site builder, a
//! form, a bucket, a tunnel. A third of the real mails that pose as payment
//! brands lead there; so do many honest ones, so this is a note.

use crate::Link;
use crate::directory::Directory;
use crate::link::{Target, is_free_hosting};
use crate::verdict::{Code, Finding, Level, Place};

/// Looks at the host of the target.
pub(crate) fn check(
    _: &Link,
    target: &Target,
    _: &Directory,
) -> Option<Finding> {
    let host = target.host.as_ref().filter(|_| target.identity.is_none())?;
    let kind = is_free_hosting(host)?;
    Some(
        Finding::new(Code::FreeHosting, Level::Note, Place::LinkHost)
            .with("host", host.ascii())
            .with("registrable", host.registrable())
            .with("class", kind),
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn free_pages_are_noted() {
        let directory = Directory::builtin();
        for (href, kind) in [
            ("https://openai-billing.pages.dev/", Some("app")),
            ("https://someone.github.io", Some("app")),
            ("https://docs.google.com/forms/d/e/1/viewform", Some("form")),
            ("https://sites.google.com/view/x", Some("site")),
            ("https://some-team.sharepoint.com/:f:/s", Some("share")),
            ("https://s3.us-east-1.amazonaws.com/bucket/a", Some("storage")),
            ("https://b.s3.eu-west-1.amazonaws.com/a", Some("storage")),
            ("https://x.duckdns.org/", Some("dynamic-dns")),
            ("https://shop.example.org", None),
            ("https://shop.uk.com", None),
            ("https://openai.com", None),
        ] {
            let target = Target::new(href, &directory);
            let found = check(&Link::default(), &target, &directory);
            let found = found.map(|f| f.evidence["class"].clone());
            let kind = kind.map(|k| crate::Value::Text(k.to_owned()));
            assert_eq!(found, kind, "{href}");
        }
    }
}
