//! Secrets in a text that someone is about to send: what no serious vendor
//! asks for by mail.

/// A secret, by the code of its sentence in `_locales`.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum Secret {
    /// A key that lets a program act for its owner.
    ApiKey,
    /// A payment card's number.
    Card,
    /// A bank account, in a text that asks to change one.
    Iban,
    /// The words that open a crypto wallet.
    SeedPhrase,
    /// A code that confirms a login or a payment.
    OneTimeCode,
}

impl Secret {
    /// The code: `api-key`, `card`, `iban`, `seed-phrase`, `one-time-code`.
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            Self::ApiKey => "api-key",
            Self::Card => "card",
            Self::Iban => "iban",
            Self::SeedPhrase => "seed-phrase",
            Self::OneTimeCode => "one-time-code",
        }
    }
}

/// Finds the first secret in a text that is being written. `answering` says
/// that the text answers a message, where a bare number may be a code.
#[must_use]
pub fn find(text: &str, answering: bool) -> Option<Secret> {
    if text.split(ends_a_key).any(is_api_key) {
        return Some(Secret::ApiKey);
    }
    if text.lines().any(has_seed_phrase) {
        return Some(Secret::SeedPhrase);
    }
    if has_card(text) {
        return Some(Secret::Card);
    }
    if asks_for_change(text) && has_iban(text) {
        return Some(Secret::Iban);
    }
    (answering && has_code(text)).then_some(Secret::OneTimeCode)
}

fn ends_a_key(c: char) -> bool {
    !(c.is_ascii_alphanumeric() || matches!(c, '-' | '_' | '.'))
}

/// How keys of services begin, and how many characters follow at least.
const KEYS: [(&str, usize); 27] = [
    ("sk-ant-", 20),
    ("sk-proj-", 20),
    ("sk-", 32),
    ("sk_live_", 16),
    ("rk_live_", 16),
    ("whsec_", 24),
    ("AKIA", 16),
    ("ASIA", 16),
    ("ghp_", 30),
    ("gho_", 30),
    ("ghs_", 30),
    ("ghu_", 30),
    ("ghr_", 30),
    ("github_pat_", 30),
    ("glpat-", 20),
    ("AIza", 35),
    ("GOCSPX-", 24),
    ("ya29.", 40),
    ("xoxb-", 20),
    ("xoxp-", 20),
    ("xoxa-", 20),
    ("xoxr-", 20),
    ("xoxe-", 20),
    ("xapp-", 20),
    ("hf_", 30),
    ("SG.", 40),
    ("npm_", 36),
];

fn is_api_key(word: &str) -> bool {
    KEYS.iter().any(|(start, rest)| {
        word.strip_prefix(start).is_some_and(|key| {
            key.len() >= *rest
                && key.bytes().any(|b| b.is_ascii_digit())
                && key.bytes().any(|b| b.is_ascii_alphabetic())
        })
    })
}

/// Runs of digits, with single spaces or hyphens between them.
fn digit_runs(text: &str) -> impl Iterator<Item = Vec<u8>> {
    let mut runs = vec![Vec::new()];
    let mut gap = 0;
    for c in text.chars() {
        match c.to_digit(10).and_then(|d| u8::try_from(d).ok()) {
            Some(digit) => {
                gap = 0;
                runs.last_mut().unwrap_or(&mut Vec::new()).push(digit);
            }
            None if matches!(c, ' ' | '-' | '\u{a0}') && gap == 0 => gap = 1,
            None => {
                gap = 0;
                runs.push(Vec::new());
            }
        }
    }
    runs.into_iter().filter(|run| !run.is_empty())
}

/// A card number: 13 to 19 digits that begin as a card scheme's do and pass
/// the check of ISO/IEC 7812.
fn has_card(text: &str) -> bool {
    digit_runs(text).any(|run| {
        (13..=19).contains(&run.len())
            && (2..=6).contains(&run[0])
            && run.iter().any(|digit| *digit != run[0])
            && luhn(&run)
    })
}

fn luhn(digits: &[u8]) -> bool {
    let doubled = |digit: u8| match digit * 2 {
        sum @ 10.. => sum - 9,
        sum => sum,
    };
    let sum: u32 = digits
        .iter()
        .rev()
        .enumerate()
        .map(|(i, d)| u32::from(if i % 2 == 1 { doubled(*d) } else { *d }))
        .sum();
    sum.is_multiple_of(10)
}

/// An IBAN whose check digits hold (ISO 13616).
fn has_iban(text: &str) -> bool {
    let tight: String =
        text.chars().filter(|c| *c != ' ' && *c != '\u{a0}').collect();
    tight.split(|c: char| !c.is_ascii_alphanumeric()).any(|word| {
        let mut starts = word.char_indices().map(|(at, _)| &word[at..]);
        starts.any(begins_with_iban)
    })
}

fn begins_with_iban(text: &str) -> bool {
    let bytes = text.as_bytes();
    let shaped = bytes.len() >= 15
        && bytes[..2].iter().all(u8::is_ascii_uppercase)
        && bytes[2..4].iter().all(u8::is_ascii_digit);
    shaped
        && (15..=bytes.len().min(34)).any(|length| {
            let (head, tail) = bytes[..length].split_at(4);
            let rest = tail.iter().chain(head).try_fold(0_u32, |sum, byte| {
                let value = char::from(*byte).to_digit(36)?;
                let shift = if value > 9 { 100 } else { 10 };
                Some((sum * shift + value) % 97)
            });
            rest == Some(1) && length >= iban_length(&bytes[..2])
        })
}

/// How long a country's IBANs are; the shortest there is where unknown.
fn iban_length(country: &[u8]) -> usize {
    match country {
        b"BE" => 16,
        b"DK" | b"NL" | b"FI" => 18,
        b"AT" | b"LU" => 20,
        b"CH" => 21,
        b"DE" | b"GB" | b"IE" => 22,
        b"ES" | b"SE" | b"CZ" => 24,
        b"PT" => 25,
        b"FR" | b"IT" => 27,
        b"PL" => 28,
        _ => 15,
    }
}

/// Words of a request to change a bank account.
const CHANGES: [&str; 16] = [
    "new account",
    "new bank",
    "changed",
    "change of",
    "update our",
    "neue bank",
    "neues konto",
    "geändert",
    "änderung",
    "nouveau compte",
    "changement",
    "nueva cuenta",
    "nuovo conto",
    "nova conta",
    "nieuwe rekening",
    "nowe konto",
];

fn asks_for_change(text: &str) -> bool {
    let lower = text.to_lowercase();
    CHANGES.iter().any(|words| lower.contains(words))
}

/// Short words of running English that no wallet's list holds.
const PROSE: [&str; 20] = [
    "the", "and", "for", "are", "not", "but", "was", "has", "our", "your",
    "from", "have", "were", "been", "please", "thanks", "could", "would",
    "which", "their",
];

/// Twelve words or more in a row as a wallet's list has them (BIP 39): lower
/// case, three to eight letters, nothing between them but spaces, commas or
/// numbers.
fn has_seed_phrase(line: &str) -> bool {
    let mut run = 0;
    for word in line.split(|c: char| c.is_whitespace() || ",.)".contains(c)) {
        if word.is_empty() || word.bytes().all(|b| b.is_ascii_digit()) {
            continue;
        }
        let fits = (3..=8).contains(&word.len())
            && word.bytes().all(|b| b.is_ascii_lowercase())
            && !PROSE.contains(&word);
        run = if fits { run + 1 } else { 0 };
        if run >= 12 {
            return true;
        }
    }
    false
}

/// Words that name a one-time code.
const CODES: [&str; 12] = [
    "code",
    "otp",
    "pin",
    "tan",
    "2fa",
    "token",
    "codice",
    "código",
    "kod",
    "passcode",
    "bestätigung",
    "verif",
];

/// A short text with a number of four to eight digits, alone or beside a
/// word for a code.
fn has_code(text: &str) -> bool {
    let lower = text.to_lowercase();
    let lower = lower.trim();
    let named = CODES.iter().any(|word| lower.contains(word));
    let number = |word: &str| {
        (if named { 4..=8 } else { 6..=8 }).contains(&word.len())
            && word.bytes().all(|b| b.is_ascii_digit())
    };
    let mut words = lower.split(|c: char| !c.is_alphanumeric());
    lower.len() < 200
        && (named || !lower.contains(char::is_whitespace))
        && words.any(number)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn secrets_are_found() {
        let key = format!("here: sk-proj-{}", "a1B2".repeat(10));
        for (text, secret) in [
            (key.as_str(), Secret::ApiKey),
            ("my AWS key is AKIAABCDEFGH12345678", Secret::ApiKey),
            ("key=GOCSPX-a1b2c3d4e5f6a1b2c3d4e5f6", Secret::ApiKey),
            ("card 4111 1111 1111 1111, exp 12/30", Secret::Card),
            (
                "We have a new account: DE89 3704 0044 0532 0130 00",
                Secret::Iban,
            ),
            (
                "1. ripple 2. scissors 3. kick 4. mammal 5. hire 6. column \
                 7. oak 8. again 9. sun 10. offer 11. wealth 12. tomorrow",
                Secret::SeedPhrase,
            ),
            ("the code is 482913", Secret::OneTimeCode),
            ("482913", Secret::OneTimeCode),
        ] {
            assert_eq!(find(text, true), Some(secret), "{text}");
        }
    }

    #[test]
    fn everyday_texts_hold_none() {
        for text in [
            "",
            "Hello Bob, see you at 12 or 14, room 1234 5678.",
            "Order 1234567890123456 has not come yet.",
            "Please pay to DE89 3704 0044 0532 0130 00, thank you.",
            "I am sk-eptical of sk-ating and the risk-free task_live_show",
            "we can meet them there then walk over with your sister later \
             because the museum closes early",
            "Our meeting is on 20261123.",
            "4111 1111 1111 1112",
            "0000 0000 0000 0000",
        ] {
            assert_eq!(find(text, true), None, "{text}");
        }
        assert_eq!(find("the code is 482913", false), None);
    }
}
