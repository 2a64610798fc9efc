//! Decodes the transfer encodings and charsets of a mail's parts.
//!
//! Mail programs show what they can of a broken encoding, and attackers know
//! that; so do these decoders: they skip what fits nothing and never fail.

use std::borrow::Cow;

use mail_parser::decoders::charsets::map::charset_decoder;

/// How a part is packed for the way.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(super) enum Transfer {
    Plain,
    Base64,
    QuotedPrintable,
}

impl Transfer {
    /// Reads a `Content-Transfer-Encoding`.
    pub(super) fn of(value: &[u8]) -> Self {
        let value = value.trim_ascii();
        if value.eq_ignore_ascii_case(b"base64") {
            Self::Base64
        } else if value.eq_ignore_ascii_case(b"quoted-printable") {
            Self::QuotedPrintable
        } else {
            Self::Plain
        }
    }

    /// Unpacks a part.
    pub(super) fn unpack(self, bytes: &[u8]) -> Cow<'_, [u8]> {
        match self {
            Self::Plain => Cow::Borrowed(bytes),
            Self::Base64 => Cow::Owned(base64(bytes)),
            Self::QuotedPrintable => Cow::Owned(quoted_printable(bytes)),
        }
    }
}

/// What every sign of base64 stands for, in its usual and its URL alphabet;
/// 64 what is none.
static SIX: [u8; 256] = {
    const SIGNS: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZ\
        abcdefghijklmnopqrstuvwxyz0123456789+/";
    let mut six = [64; 256];
    let mut value = 0_u8;
    while value < 64 {
        six[SIGNS[value as usize] as usize] = value;
        value += 1;
    }
    six[b'-' as usize] = 62;
    six[b'_' as usize] = 63;
    six
};

fn base64(bytes: &[u8]) -> Vec<u8> {
    let mut decoded = Vec::with_capacity(bytes.len() / 4 * 3 + 3);
    let (mut bits, mut count) = (0u32, 0u8);
    for &byte in bytes {
        let six = SIX[usize::from(byte)];
        if six > 63 {
            if byte == b'=' {
                (bits, count) = (0, 0);
            }
            continue;
        }
        bits = bits << 6 | u32::from(six);
        count += 1;
        // The second, third and fourth sign of four each complete a byte.
        if count > 1 {
            let shift = [0, 0, 4, 2, 0][usize::from(count)];
            decoded.push((bits >> shift & 0xff) as u8);
        }
        if count == 4 {
            (bits, count) = (0, 0);
        }
    }
    decoded
}

fn quoted_printable(bytes: &[u8]) -> Vec<u8> {
    let hex = |byte: Option<&u8>| {
        let digit = (*byte? as char).to_digit(16)?;
        u8::try_from(digit).ok()
    };
    let mut decoded = Vec::with_capacity(bytes.len());
    let mut rest = bytes;
    while let Some(at) = memchr::memchr(b'=', rest) {
        decoded.extend_from_slice(&rest[..at]);
        rest = &rest[at + 1..];
        if let (Some(high), Some(low)) = (hex(rest.first()), hex(rest.get(1)))
        {
            decoded.push(high << 4 | low);
            rest = &rest[2..];
        } else if let Some(line) = after_soft_break(rest) {
            rest = line;
        } else {
            decoded.push(b'=');
        }
    }
    decoded.extend_from_slice(rest);
    decoded
}

/// What follows a line break, blanks before it allowed.
fn after_soft_break(bytes: &[u8]) -> Option<&[u8]> {
    let blanks = bytes.iter().take_while(|b| matches!(b, b' ' | b'\t'));
    let rest = &bytes[blanks.count()..];
    let rest = rest.strip_prefix(b"\r").unwrap_or(rest);
    rest.strip_prefix(b"\n").or(rest.is_empty().then_some(rest))
}

/// Decodes text. A charset that is missing, unknown or plain ASCII says
/// nothing about bytes outside ASCII: UTF-8 where they are, else
/// Windows-1252, as mail programs guess.
pub(super) fn text<'a>(bytes: &'a [u8], charset: &str) -> Cow<'a, str> {
    let charset = charset.trim();
    let says_nothing = ["", "us-ascii", "ascii", "utf-8", "utf8"]
        .iter()
        .any(|known| charset.eq_ignore_ascii_case(known));
    let decoder = if says_nothing || bytes.is_ascii() && !is_escaped(bytes) {
        None
    } else {
        charset_decoder(charset.as_bytes())
    };
    if let Some(decode) = decoder {
        return Cow::Owned(if is_ascii_with_more(charset) {
            by_pieces(bytes, decode)
        } else {
            decode(bytes)
        });
    }
    match std::str::from_utf8(bytes) {
        Ok(text) => Cow::Borrowed(text),
        Err(_) if charset.eq_ignore_ascii_case("utf-8") => {
            String::from_utf8_lossy(bytes)
        }
        Err(_) => match charset_decoder(b"windows-1252") {
            Some(decode) => Cow::Owned(by_pieces(bytes, decode)),
            None => String::from_utf8_lossy(bytes),
        },
    }
}

/// Whether a charset has one byte a character, and ASCII among them.
fn is_ascii_with_more(charset: &str) -> bool {
    ["iso-8859-", "windows-125"].iter().any(|family| {
        let start = charset.get(..family.len());
        start.is_some_and(|start| start.eq_ignore_ascii_case(family))
    })
}

/// Decodes a text of such a charset: what of it is ASCII, which most is, is
/// copied as it stands.
fn by_pieces(bytes: &[u8], decode: fn(&[u8]) -> String) -> String {
    let mut text = String::with_capacity(bytes.len());
    for piece in bytes.chunks(64) {
        match std::str::from_utf8(piece) {
            Ok(plain) if plain.is_ascii() => text.push_str(plain),
            _ => text.push_str(&decode(piece)),
        }
    }
    text
}

/// Whether ASCII bytes may stand for other characters: ISO 2022, UTF-7,
/// UTF-16.
fn is_escaped(bytes: &[u8]) -> bool {
    bytes.iter().any(|b| matches!(b, 0 | 0x1b | b'+'))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn broken_encodings_give_what_they_can() {
        assert_eq!(base64(b"T3Bl\r\nbkFJ"), b"OpenAI");
        assert_eq!(base64(b"T3*Bl!bkFJ="), b"OpenAI");
        assert_eq!(base64(b"UGF5UGFsIQ==UGF5"), b"PayPal!Pay");
        assert_eq!(base64(b"T3"), b"O");
        let decoded = quoted_printable(b"a=3Db =\r\nc=E4 =zz=");
        assert_eq!(decoded, b"a=b c\xe4 =zz");
    }

    #[test]
    fn pieces_give_what_the_whole_gives() {
        let every: Vec<u8> = (0..=255).cycle().take(3_000).collect();
        let parts = ["iso-8859-", "windows-125"];
        let numbered = (0..20).flat_map(|n| parts.map(|p| format!("{p}{n}")));
        let decoders = numbered.filter_map(|charset| {
            assert!(is_ascii_with_more(&charset.to_uppercase()));
            charset_decoder(charset.as_bytes())
        });
        let decoders: Vec<_> = decoders.collect();
        assert!(decoders.len() > 20);
        for decode in decoders {
            assert_eq!(by_pieces(&every, decode), decode(&every));
        }
        assert!(!is_ascii_with_more("iso-2022-jp"));
    }

    #[test]
    fn a_wrong_charset_still_gives_text() {
        assert_eq!(text("Zürich".as_bytes(), "us-ascii"), "Zürich");
        assert_eq!(text(b"Z\xfcrich", ""), "Zürich");
        assert_eq!(text(b"Z\xfcrich", "no-such-charset"), "Zürich");
        assert_eq!(text(b"Z\xfcrich", "iso-8859-1"), "Zürich");
        assert_eq!(text(b"Z\xfcrich", "utf-8"), "Z\u{fffd}rich");
    }
}
