//! Reads a text that came alone: a short message, or what somebody pasted.

use super::content::Content;
use super::plain;
use crate::{Message, claims};

/// How much of a text says who writes it, in bytes.
const MAX_START: usize = 200;

/// Reads a text. What it begins with says who writes, as a subject does.
pub(crate) fn read(text: &str) -> Message {
    let mut content = Content::default();
    plain::read(text, false, &mut content);
    let start = text.trim().lines().next().unwrap_or_default();
    let subject = claims::cut(start, MAX_START).to_owned();
    let (text, quoted) = content.take_texts();
    Message {
        subject,
        text,
        quoted,
        links: content.links,
        ..Message::default()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Engine, Level};

    #[test]
    fn the_first_line_says_who_writes() {
        let message = read("\n PayPal\nPay at www.rhubarb.example/pay now");
        assert_eq!(message.subject, "PayPal");
        assert_eq!(message.text, "PayPal\nPay at www.rhubarb.example/pay now");
        assert_eq!(message.links[0].href, "http://www.rhubarb.example/pay");
    }

    #[test]
    fn a_text_warns_where_it_presses_and_leads_elsewhere() {
        let engine = Engine::new();
        for (text, level) in [
            (
                "PayPal: verify your account at https://rhubarb.example",
                Level::Danger,
            ),
            (
                "Dear customer,\nyour PayPal account is suspended, log in at \
                 http://rhubarb.example/login\nThe PayPal team",
                Level::Caution,
            ),
            (
                "DHL: Ihr Paket wartet, Zollgebühr 2,99 EUR zahlen: \
                 https://rhubarb.example",
                Level::Danger,
            ),
            (
                "BBVA: hemos detectado un nuevo acceso. Verifique: \
                 https://rhubarb.example",
                Level::Danger,
            ),
            (
                "DHL: Ihr Paket wartet, Zollgebühr 2,99 EUR zahlen: \
                 https://www.dhl.de/zoll",
                Level::None,
            ),
            ("DHL: strike on Monday. https://rhubarb.example", Level::None),
            ("PayPal: 123456 is your code. Never share it.", Level::None),
            (
                "PayPal: your account is suspended, log in at \
                 https://www.paypal.com/signin",
                Level::None,
            ),
            ("Pay with PayPal at https://rhubarb.example", Level::None),
            ("PayPal grows: https://rhubarb.example/news", Level::None),
        ] {
            let verdict = engine.check_text(text);
            assert_eq!(verdict.level, level, "{text}");
            let place = verdict.findings.first().map(|f| f.place);
            assert!(place.is_none_or(|p| p == crate::Place::Body));
        }
    }
}
