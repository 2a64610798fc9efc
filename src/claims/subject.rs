//! What the words around a vendor's name in a subject make of it.

use super::words::ADDRESSING;

/// How mail programs begin an answer's subject.
const ANSWERS: &[&str] = &[
    "re:",
    "aw:",
    "antw:",
    "sv:",
    "vs:",
    "odp:",
    "rif:",
    "r:",
    "res:",
    "ré:",
    "automatic reply",
    "automatische antwort",
    "auto:",
    "out of office",
    "abwesen",
    "réponse automatique",
    "respuesta automática",
    "risposta automatica",
    "resposta automática",
    "automatisch antwoord",
    "odpowiedź automatyczna",
];

/// Words before a name by which something is paid or done.
const BY_MEANS_OF: &[&str] = &[
    "avec", "by", "com", "con", "met", "mit", "par", "per", "przez",
    "through", "tramite", "via", "with",
];

/// Words behind a name that make it what somebody gives, and others sell.
const PRESENTS: &[&str] = &[
    "cadeaubon",
    "cadeaukaart",
    "egift",
    "geschenkkarte",
    "gift",
    "giftcard",
    "gutschein",
    "gutscheine",
    "gutscheinen",
    "gutscheinkarte",
    "prepaid",
    "regalo",
    "reward",
    "voucher",
    "vouchers",
];

/// Whether a subject's first `end` characters are set apart as who writes:
/// "PayPal: …", `[Binance] …`.
pub(super) fn is_label(written: &str, end: usize) -> bool {
    let after: String =
        written.trim_start_matches('[').chars().skip(end).take(4).collect();
    let mark = after.trim_start().chars().next();
    match mark {
        Some(':' | ']' | '|') => true,
        // "PayPal-Konto" is one word.
        Some('-' | '–' | '—') => after.starts_with(' '),
        _ => false,
    }
}

/// Whether a word that addresses a customer stands within two words of a
/// name in a subject.
pub(super) fn is_addressed(before: &str, after: &str) -> bool {
    let before = before.split_whitespace().rev().take(2);
    let mut near = before.chain(after.split_whitespace().take(2));
    near.any(|word| ADDRESSING.contains(word))
}

/// Whether the words before a name make it only the means: "paid with …".
pub(super) fn is_means(before: &str) -> bool {
    let last = before.split_whitespace().next_back();
    last.is_some_and(|word| BY_MEANS_OF.contains(&word))
}

/// Words behind a name that make it what somebody else was paid with.
const PAYMENTS: &[&str] = &[
    "abo",
    "abonnement",
    "betaling",
    "lastschrift",
    "paiement",
    "pagamento",
    "pago",
    "payment",
    "payments",
    "platnosc",
    "rechnung",
    "subscription",
    "transaction",
    "uberweisung",
    "zahlung",
    "zahlungen",
];

/// Whether the words behind a name make it a shop's word of a payment: "your
/// PayPal payment".
pub(super) fn is_payment(after: &str) -> bool {
    let next = after.split_whitespace().next();
    next.is_some_and(|word| PAYMENTS.contains(&word))
}

/// Whether the words behind a name make it a present: "your Visa gift card".
pub(super) fn is_present(after: &str) -> bool {
    let next = after.split_whitespace().next();
    next.is_some_and(|word| PRESENTS.contains(&word))
}

/// Whether a subject says that somebody, or their absence, answers.
pub(super) fn is_answer(subject: &str) -> bool {
    let start = subject.trim_start().to_lowercase();
    ANSWERS.iter().any(|mark| start.starts_with(mark))
}

/// Whether a subject says that somebody passed the message on.
pub(crate) fn is_forwarded(subject: &str) -> bool {
    let start = subject.trim_start().to_lowercase();
    ["fw:", "fwd:", "wg:", "tr:", "rv:", "enc:", "i:", "re: fw", "doorst:"]
        .iter()
        .any(|mark| start.starts_with(mark))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_label_is_set_apart() {
        for subject in ["[Acme] Hello", "Acme: hello", "Acme – hello"] {
            assert!(is_label(subject, 4), "{subject}");
        }
        for subject in ["Acme-Konto", "Acme is here", "Acme"] {
            assert!(!is_label(subject, 4), "{subject}");
        }
    }

    #[test]
    fn what_stands_around_a_name_is_read() {
        assert!(is_means("paid with ") && !is_means("your "));
        assert!(is_payment(" payment failed") && !is_payment(" account"));
        assert!(is_present(" gift card") && !is_present(" account"));
        assert!(is_addressed("your ", "") && is_addressed("", " account"));
        assert!(is_answer("AW: Konto") && !is_answer("Award"));
        assert!(is_forwarded("WG: Konto") && !is_forwarded("Konto"));
    }
}
