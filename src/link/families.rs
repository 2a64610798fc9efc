//! Wrappers that one parameter does not describe, one family a file.

mod bing;
mod cisco;
pub(super) mod google;
mod mail_services;
mod proofpoint;
mod ses;
mod sophos;
mod yahoo;

use super::table::Read;

/// Name, host (with everything below it), what the path begins with, and
/// the reader.
pub(super) const ALL: &[(&str, &str, &str, Read)] = &[
    ("bing", "bing.com", "/ck/a", bing::read),
    ("bing", "bing.com", "/aclk", bing::read),
    ("bing", "bing.com", "/aclick", bing::read),
    ("bing", "bing.com", "/amp/s/", google::amp),
    ("cisco", "secure-web.cisco.com", "/", cisco::read),
    ("google", "translate.goog", "", google::translated),
    ("google", "cdn.ampproject.org", "/", google::amp_cache),
    ("google", "doubleclick.net", "/", google::ad),
    ("proofpoint", "urldefense.com", "/", proofpoint::read),
    ("proofpoint", "urldefense.us", "/", proofpoint::read),
    ("proofpoint", "urldefense.proofpoint.com", "/", proofpoint::read),
    ("sophos", "protection.sophos.com", "", sophos::read),
    ("yahoo", "search.yahoo.com", "/", yahoo::read),
    ("yahoo", "rd.yahoo.com", "/", yahoo::starred),
    ("amazon-ses", "awstrack.me", "/", ses::read),
    ("amazon-ses", "email.stripe.com", "/", ses::read),
    ("amazon-ses", "tracking.tldrnewsletter.com", "/", ses::read),
    ("postmark", "click.pstmrk.it", "/", mail_services::postmark),
    ("mandrill", "mandrillapp.com", "/track/click", mail_services::mandrill),
    ("mailjet", "mjt.lu", "/lnk/", mail_services::last_segment),
    ("kit", "convertkit-mail.com", "/", mail_services::last_segment),
    ("kit", "convertkit-mail2.com", "/", mail_services::last_segment),
    ("kit", "convertkit-mail3.com", "/", mail_services::last_segment),
    ("kit", "convertkit-mail4.com", "/", mail_services::last_segment),
    ("kit", "kit-mail2.com", "/", mail_services::last_segment),
    ("kit", "kit-mail3.com", "/", mail_services::last_segment),
    ("kit", "kit-mail6.com", "/", mail_services::last_segment),
    ("customer-io", "customeriomail.com", "/e/c/", mail_services::json),
    ("substack", "substack.com", "/redirect/2/", mail_services::json),
];
