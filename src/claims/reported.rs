//! Reported speech: an article that warns of an attack quotes it.

use std::borrow::Cow;
use std::sync::LazyLock;

use super::cut;
use super::words::Sought;

/// Folded words of people who write about attacks. What attackers like to say
/// themselves (“fraud alert”, “Sicherheit”) is not among them.
const WARNINGS: &[&str] = &[
    "phishing",
    "smishing",
    "scam",
    "scammers",
    "betruger",
    "betruegern",
    "betrugsmasche",
    "abzocke",
    "hameconnage",
    "arnaque",
    "arnaqueurs",
    "estafa",
    "estafadores",
    "truffa",
    "truffatori",
    "oplichting",
    "oplichters",
    "nepmail",
    "oszusci",
    "golpistas",
];

static SOUGHT: LazyLock<Sought> =
    LazyLock::new(|| Sought::of(WARNINGS.iter().copied()));

/// The marks that open a quotation, each with those that may close it.
const MARKS: &[(char, &[char])] = &[
    ('"', &['"']),
    ('“', &['”']),
    ('„', &['“', '”', '"']),
    ('«', &['»']),
    ('»', &['«']),
];

/// A quotation of at least so many bytes is a sentence of somebody's, not a
/// name; one of more than the second is none.
const QUOTED: std::ops::RangeInclusive<usize> = 20..=800;

/// Whether a folded text warns of attacks.
pub(crate) fn warns(folded: &str) -> bool {
    SOUGHT.stand_in(folded)
}

/// A text without the sentences that it quotes.
pub(crate) fn without_quotations(text: &str) -> Cow<'_, str> {
    let mut kept = String::new();
    let mut rest = text;
    while let Some((before, after)) = next_quotation(rest) {
        kept.push_str(before);
        kept.push(' ');
        rest = after;
    }
    if kept.is_empty() {
        return Cow::Borrowed(text);
    }
    kept.push_str(rest);
    Cow::Owned(kept)
}

/// What stands before the first quoted sentence, and after it.
fn next_quotation(text: &str) -> Option<(&str, &str)> {
    // With these bytes the marks begin. Most texts have none.
    let mut places = memchr::memchr3_iter(b'"', 0xc2, 0xe2, text.as_bytes());
    places.find_map(|at| quotation_at(text, at))
}

fn quotation_at(text: &str, at: usize) -> Option<(&str, &str)> {
    let mark = text[at..].chars().next()?;
    let (_, closing) = MARKS.iter().find(|(open, _)| *open == mark)?;
    let inside = &text[at + mark.len_utf8()..];
    // No further: a text may hold nothing but marks.
    let end = cut(inside, QUOTED.end() + 4).find(*closing)?;
    let close = inside[end..].chars().next()?;
    let after = &inside[end + close.len_utf8()..];
    QUOTED.contains(&end).then(|| (&text[..at], after))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_mark_opens_a_quotation() {
        for (open, closing) in MARKS {
            for close in *closing {
                let text = format!("{open}Your account is closed.{close}");
                assert_eq!(without_quotations(&text), " ", "{text}");
            }
        }
        let name = format!("“{}”", "a".repeat(QUOTED.end() + 1));
        assert_eq!(without_quotations(&name), name);
    }

    #[test]
    fn quoted_sentences_are_left_out_and_names_kept() {
        let text = "They write “Your PayPal account is limited.” to \
            “PayPal” users, or „Ihr Konto ist gesperrt, sagt PayPal“ to us.";
        assert_eq!(
            without_quotations(text),
            "They write   to “PayPal” users, or   to us."
        );
        assert_eq!(without_quotations("5\" wide"), "5\" wide");
    }
}
