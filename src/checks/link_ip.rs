//! A link to a bare IP address: no company sends its customers to one. In
//! decimal, octal or hexadecimal digits (`http://0x7f.1`) it is written to
//! hide.

use std::net::IpAddr;

use crate::Link;
use crate::directory::Directory;
use crate::link::Target;
use crate::verdict::{Code, Finding, Level, Place};

/// Looks at the host of the target.
pub(crate) fn check(
    link: &Link,
    target: &Target,
    _: &Directory,
) -> Option<Finding> {
    let host = target.host.as_ref().filter(|host| host.is_ip())?;
    let bare = host.ascii().trim_matches(['[', ']']);
    if bare.parse().is_ok_and(is_local) {
        return None;
    }
    let shown = |text: &&str| text.contains(bare);
    let is_shown = target.unwrapped.wrappers.is_empty()
        && [link.href.as_str()].iter().any(shown)
        || !target.unwrapped.wrappers.is_empty();
    let (level, class) = if is_shown || bare.contains(':') {
        (Level::Note, "address")
    } else {
        (Level::Caution, "obfuscated")
    };
    Some(
        Finding::new(Code::LinkIp, level, Place::LinkHost)
            .with("host", host.ascii())
            .with("class", class),
    )
}

/// Whether an address is of this machine or the local network, where people
/// rightly link to numbers.
fn is_local(address: IpAddr) -> bool {
    match address {
        IpAddr::V4(v4) => {
            v4.is_loopback() || v4.is_private() || v4.is_link_local()
        }
        IpAddr::V6(v6) => {
            v6.is_loopback()
                || v6.is_unique_local()
                || v6.is_unicast_link_local()
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn level(href: &str) -> Option<Level> {
        let directory = Directory::builtin();
        let link = Link { href: href.to_owned(), ..Link::default() };
        let target = Target::new(href, &directory);
        check(&link, &target, &directory).map(|f| f.level)
    }

    #[test]
    fn addresses_are_found_in_every_form() {
        for (href, is) in [
            ("http://203.0.113.7/login", Some(Level::Note)),
            ("https://[2001:db8::1]/", Some(Level::Note)),
            ("http://3405803783/login", Some(Level::Caution)),
            ("http://0xcb.0x0.0x71.0x7/", Some(Level::Caution)),
            ("http://0313.0.0161.07/", Some(Level::Caution)),
            ("http://192.168.1.1/", None),
            ("http://127.0.0.1:8080/", None),
            ("http://1.example/", None),
        ] {
            assert_eq!(level(href), is, "{href}");
        }
    }
}
