//! A link that does not show where it leads: a shortener, a mail service's
//! tracker, a mail gateway that keeps the destination to itself. Honest mail
//! is full of them, so this is a note.

use crate::Link;
use crate::directory::Directory;
use crate::link::Target;
use crate::verdict::{Code, Finding, Level, Place};

/// Looks at what the wrapper hides.
pub(crate) fn check(
    _: &Link,
    target: &Target,
    _: &Directory,
) -> Option<Finding> {
    let reason = target.unwrapped.hidden?;
    let host = target.host.as_ref()?;
    // A vendor's own click host leads where that vendor wants.
    target.identity.is_none().then(|| {
        Finding::new(Code::LinkHidden, Level::Note, Place::LinkHost)
            .with("host", host.ascii())
            .with("class", reason)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn hidden_destinations_are_noted() {
        let directory = Directory::builtin();
        for (href, class) in [
            ("https://bit.ly/3abc", Some("shortener")),
            ("https://a.us1.list-manage.com/track/click?u=1", Some("tracker")),
            ("https://protect-eu.mimecast.com/s/AbC", Some("opaque")),
            ("https://example.org", None),
        ] {
            let target = Target::new(href, &directory);
            let found = check(&Link::default(), &target, &directory);
            let found = found.map(|f| f.evidence["class"].clone());
            let class = class.map(|c| crate::Value::Text(c.to_owned()));
            assert_eq!(found, class, "{href}");
        }
    }
}
