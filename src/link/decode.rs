//! The encodings that wrappers write their destinations in.

use std::borrow::Cow;

use super::parts;

/// Decodes percent escapes; what is no UTF-8 afterwards is replaced.
pub(super) fn percent(text: &str) -> Cow<'_, str> {
    if !text.contains('%') {
        return Cow::Borrowed(text);
    }
    let bytes = text.as_bytes();
    let mut decoded = Vec::with_capacity(bytes.len());
    let mut at = 0;
    while let Some(&byte) = bytes.get(at) {
        let escaped = (byte == b'%')
            .then(|| Some((hex(bytes.get(at + 1))?, hex(bytes.get(at + 2))?)))
            .flatten();
        if let Some((high, low)) = escaped {
            decoded.push(high << 4 | low);
            at += 3;
        } else {
            decoded.push(byte);
            at += 1;
        }
    }
    Cow::Owned(String::from_utf8_lossy(&decoded).into_owned())
}

fn hex(byte: Option<&u8>) -> Option<u8> {
    let digit = char::from(*byte?).to_digit(16)?;
    u8::try_from(digit).ok()
}

/// Decodes base64 in its usual or its URL alphabet, with or without padding.
pub(super) fn base64_bytes(text: &str) -> Option<Vec<u8>> {
    let mut decoded = Vec::with_capacity(text.len() * 3 / 4);
    let (mut bits, mut count) = (0_u32, 0);
    for byte in text.trim_end_matches('=').bytes() {
        let value = match byte {
            b'A'..=b'Z' => byte - b'A',
            b'a'..=b'z' => byte - b'a' + 26,
            b'0'..=b'9' => byte - b'0' + 52,
            b'+' | b'-' => 62,
            b'/' | b'_' => 63,
            _ => return None,
        };
        bits = bits << 6 | u32::from(value);
        count += 6;
        if count >= 8 {
            count -= 8;
            decoded.push(u8::try_from(bits >> count & 0xff).ok()?);
        }
    }
    Some(decoded)
}

/// Decodes a text in base64, whose own characters may be percent escapes.
pub(super) fn base64(text: &str) -> Option<String> {
    String::from_utf8(base64_bytes(&percent(text))?).ok()
}

/// The text under a key in JSON, the first that is there. Good enough for
/// what trackers write, which is flat.
pub(super) fn json_text(json: &str, key: &str) -> Option<String> {
    let quoted = format!("\"{key}\"");
    let (_, rest) = json.split_once(&quoted)?;
    let rest = rest.trim_start().strip_prefix(':')?.trim_start();
    let mut chars = rest.strip_prefix('"')?.chars();
    let mut text = String::new();
    loop {
        match chars.next()? {
            '"' => return Some(text),
            '\\' => match chars.next()? {
                'u' => {
                    let code: String = chars.by_ref().take(4).collect();
                    let code = u32::from_str_radix(&code, 16).ok()?;
                    text.push(char::from_u32(code).unwrap_or('\u{fffd}'));
                }
                'n' | 'r' | 't' | 'b' | 'f' => {}
                other => text.push(other),
            },
            other => text.push(other),
        }
    }
}

/// Schemes that a destination may have. A false one (`javascript:`) counts:
/// it is to be seen, not to be passed over.
const SCHEMES: &[&str] = &[
    "http",
    "https",
    "ftp",
    "mailto",
    "tel",
    "sms",
    "javascript",
    "data",
    "vbscript",
    "file",
    "blob",
    "intent",
];

/// The URL that a wrapper's value stands for: decoded as often as it was
/// encoded, with a scheme. None where the value is no URL.
pub(super) fn url(value: &str) -> Option<String> {
    let mut value = percent(value.trim());
    for _ in 0..3 {
        if !is_encoded(&value) {
            break;
        }
        value = Cow::Owned(percent(&value).into_owned());
    }
    let value = value.trim();
    if let Some(scheme) = parts::scheme(value) {
        let known = SCHEMES.iter().any(|s| s.eq_ignore_ascii_case(scheme));
        return known.then(|| value.to_owned());
    }
    if let Some(rest) = value.strip_prefix("//") {
        return names_host(rest).then(|| format!("https:{value}"));
    }
    names_host(value).then(|| format!("http://{value}"))
}

/// Whether what should begin with a scheme and slashes is still encoded.
fn is_encoded(value: &str) -> bool {
    let start: String = value.chars().take(12).collect();
    let start = start.to_ascii_lowercase();
    ["http%3a", "https%3a", "http%253a", "https%253a", "%68%74", "http:%2f"]
        .iter()
        .any(|encoded| start.starts_with(encoded))
        || start.starts_with("https:%2f")
}

/// Whether a text without a scheme begins with a host name.
fn names_host(text: &str) -> bool {
    let end = text.find(['/', '?', '#', ':']).unwrap_or(text.len());
    let host = &text[..end];
    let last = host.rsplit('.').next().unwrap_or_default();
    host.contains('.')
        && last.len() >= 2
        && last.bytes().all(|b| b.is_ascii_alphabetic())
        && host
            .bytes()
            .all(|b| b.is_ascii_alphanumeric() || b"-._".contains(&b))
}
