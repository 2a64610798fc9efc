//! The grammar of `Authentication-Results` (RFC 8601, section 2.2).

use crate::AuthResult;

/// One `Authentication-Results`, or one sealed by ARC.
#[derive(Debug, Default)]
pub(super) struct Results {
    /// The authserv-id; empty where there is none.
    pub(super) server: String,
    /// The place in the ARC chain (`i=1`).
    pub(super) instance: u32,
    verdicts: Vec<Verdict>,
}

/// What one method found.
#[derive(Debug)]
pub(super) struct Verdict {
    method: String,
    result: String,
    properties: Vec<(String, String)>,
}

impl Results {
    /// Reads a field; what is no result is passed over.
    pub(super) fn parse(value: &str) -> Self {
        let mut results = Self::default();
        let text = without_comments(value).to_ascii_lowercase();
        for (index, part) in text.split(';').enumerate() {
            let mut words = part.split_ascii_whitespace();
            let Some(first) = words.next() else { continue };
            let Some((method, result)) = first.split_once('=') else {
                if index <= 1 && results.server.is_empty() {
                    first.trim_matches('"').clone_into(&mut results.server);
                }
                continue;
            };
            if method == "i" {
                results.instance = result.parse().unwrap_or(u32::MAX);
                continue;
            }
            let properties = words
                .filter_map(|word| word.split_once('='))
                .map(|(key, value)| (key.to_owned(), unquoted(value)))
                .collect();
            results.verdicts.push(Verdict {
                method: method.split('/').next().unwrap_or(method).to_owned(),
                result: result.to_owned(),
                properties,
            });
        }
        results
    }

    /// What a method found; DKIM may have checked several signatures.
    pub(super) fn of(&self, method: &str) -> impl Iterator<Item = &Verdict> {
        self.verdicts.iter().filter(move |v| v.method == method)
    }

    /// Whether a method came to a result.
    pub(super) fn says(&self, method: &str, result: AuthResult) -> bool {
        self.of(method).any(|v| v.result() == result)
    }

    /// Whether Microsoft 365 says that it did not judge the sender by these
    /// results: composite authentication was bypassed (reasons 4xx and 9xx),
    /// or a chain of seals that the organisation trusts overruled them (130).
    /// See <https://learn.microsoft.com/defender-office-365/message-headers-eop-mdo>.
    pub(super) fn is_bypassed(&self) -> bool {
        self.of("compauth").any(|verdict| {
            let reason = verdict.property("reason").unwrap_or_default();
            let skipped = reason.starts_with(['4', '9']);
            match &*verdict.result {
                "none" => skipped && reason.len() == 3,
                "pass" => reason == "130",
                _ => false,
            }
        })
    }
}

impl Verdict {
    pub(super) fn result(&self) -> AuthResult {
        of_word(&self.result)
    }

    pub(super) fn passed(&self) -> bool {
        self.result() == AuthResult::Pass
    }

    /// What stands behind `name=`.
    fn property(&self, name: &str) -> Option<&str> {
        let mut properties = self.properties.iter();
        properties.find(|(key, _)| key == name).map(|(_, value)| &**value)
    }

    /// The host whose signature or sender it is about.
    pub(super) fn host(&self) -> String {
        let names = ["header.d", "header.i", "smtp.mailfrom", "smtp.helo"];
        let value = names.iter().find_map(|name| self.property(name));
        let value = value.unwrap_or_default();
        value.rsplit('@').next().unwrap_or_default().to_owned()
    }
}

/// A result by its word. A soft failure is one: the sender's domain says
/// that the server is probably not its own.
pub(super) fn of_word(word: &str) -> AuthResult {
    match word.to_ascii_lowercase().as_str() {
        "pass" => AuthResult::Pass,
        "fail" | "softfail" | "hardfail" | "reject" => AuthResult::Fail,
        "" => AuthResult::Unknown,
        _ => AuthResult::None,
    }
}

fn unquoted(value: &str) -> String {
    value.trim_matches(['"', '<', '>']).to_owned()
}

/// A field's value without its comments, which may be nested, and with
/// nothing in quotes taken for structure.
pub(super) fn without_comments(value: &str) -> String {
    let mut text = String::with_capacity(value.len());
    let (mut depth, mut quoted) = (0usize, false);
    let mut rest = value;
    loop {
        let (plain, sign) = rest.split_at(sign_at(rest));
        if depth == 0 {
            text.push_str(plain);
        }
        let mut signs = sign.chars();
        match signs.next() {
            None => return text,
            Some('\\') if quoted || depth > 0 => {
                // What is escaped is left out.
                signs.next();
            }
            Some('"') if depth == 0 => quoted = !quoted,
            Some('(') if !quoted => depth += 1,
            Some(')') if !quoted && depth > 0 => {
                depth -= 1;
                text.push(' ');
            }
            Some(';' | '=') if quoted => text.push('_'),
            Some(sign) if depth == 0 => text.push(sign),
            Some(_) => {}
        }
        rest = signs.as_str();
    }
}

/// Where the next character stands that may mean something.
fn sign_at(text: &str) -> usize {
    let is_sign =
        |byte: u8| matches!(byte, b'\\' | b'"' | b'(' | b')' | b';' | b'=');
    text.bytes().position(is_sign).unwrap_or(text.len())
}
