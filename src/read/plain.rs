//! Reads plain text: what is quoted in it, and the addresses in it that mail
//! programs turn into links.

use std::ops::Range;

use super::content::Content;
use crate::LinkKind;

/// Lines after which everything is somebody else's message, without the
/// dashes around them.
const QUOTE_LINES: [&str; 24] = [
    "original message",
    "original-nachricht",
    "ursprüngliche nachricht",
    "ursprüngliche e-mail",
    "originalnachricht",
    "weitergeleitete nachricht",
    "anfang der weitergeleiteten nachricht",
    "begin forwarded message",
    "forwarded message",
    "forwarded message from",
    "message d'origine",
    "message transféré",
    "message original",
    "mensaje original",
    "mensaje reenviado",
    "messaggio originale",
    "messaggio inoltrato",
    "mensagem original",
    "mensagem encaminhada",
    "oorspronkelijk bericht",
    "doorgestuurd bericht",
    "wiadomość oryginalna",
    "oryginalna wiadomość",
    "przekazana wiadomość",
];

/// Last labels with which a bare name is taken for a host.
const LINKED: [&str; 40] = [
    "ai", "app", "at", "au", "be", "biz", "br", "ca", "ch", "club", "cn",
    "co", "com", "de", "dev", "es", "eu", "fr", "info", "io", "jp", "live",
    "me", "net", "nl", "online", "org", "pl", "pt", "ru", "shop", "site",
    "store", "tech", "top", "uk", "us", "vip", "website", "xyz",
];

/// Reads a plain text part.
pub(super) fn read(text: &str, quoted: bool, content: &mut Content) {
    let mut quoted = quoted;
    for line in lines(text) {
        quoted = quoted || starts_quote(line);
        let trimmed = line.trim_start();
        let bare = trimmed.trim_start_matches(['>', ' ']);
        let quoted = quoted || trimmed.starts_with('>');
        content.break_line();
        content.push_text(if quoted { bare } else { line }, quoted);
        push_links(line, quoted, content);
    }
    content.break_line();
}

/// The lines of a text; what white space ends one is left on it.
fn lines(text: &str) -> impl Iterator<Item = &str> {
    let mut next = Some(text);
    std::iter::from_fn(move || {
        let rest = next?;
        let end = memchr::memchr(b'\n', rest.as_bytes());
        next = end.map(|end| &rest[end + 1..]);
        Some(&rest[..end.unwrap_or(rest.len())])
    })
}

/// Whether a line says that a quoted or forwarded message follows.
pub(super) fn starts_quote(line: &str) -> bool {
    let line = line.trim();
    if !line.starts_with("--") && !line.ends_with(':') {
        return false;
    }
    let inner = line.trim_matches(['-', '_', ' ', ':']);
    inner.len() < 60 && QUOTE_LINES.contains(&&*inner.to_lowercase())
}

/// Adds the addresses that stand in a text as links.
pub(super) fn push_links(text: &str, quoted: bool, content: &mut Content) {
    for (range, href) in links(text) {
        content.push_link(LinkKind::Text, href, &text[range], quoted);
    }
}

/// The web addresses in a text: where they stand and where they lead.
fn links(text: &str) -> impl Iterator<Item = (Range<usize>, String)> {
    let mut next = 0;
    std::iter::from_fn(move || {
        // Every address has a dot: only the words around them are read.
        let dot = next + memchr::memchr(b'.', text.get(next..)?.as_bytes())?;
        let before = &text[next..dot];
        let after = &text[dot..];
        let start = before.trim_end_matches(|c| !separates(c)).len() + next;
        let end = after.find(separates).map_or(text.len(), |at| dot + at);
        next = end;
        let found = link(&text[start..end]);
        Some(found.map(|(range, href)| {
            (start + range.start..start + range.end, href)
        }))
    })
    .flatten()
}

/// Whether a character ends an address.
fn separates(c: char) -> bool {
    c.is_whitespace() || matches!(c, '<' | '>' | '"' | '`' | '|' | '，')
}

/// The web address in one word, if there is one.
fn link(word: &str) -> Option<(Range<usize>, String)> {
    // Most words with a dot end a sentence.
    let dot = memchr::memchr(b'.', word.as_bytes())?;
    if dot + 1 == word.len() && !word.bytes().any(|b| b == b':') {
        return None;
    }
    let scheme = word.match_indices(':').find_map(|(at, _)| {
        let (before, after) = word.as_bytes().split_at(at);
        if !after.starts_with(b"://") {
            return None;
        }
        let ends = |scheme: &&[u8]| {
            before.len().checked_sub(scheme.len()).is_some_and(|start| {
                before[start..].eq_ignore_ascii_case(scheme)
            })
        };
        let scheme = [&b"https"[..], b"http"].into_iter().find(ends)?;
        Some(at - scheme.len())
    });
    let opening = word.len() - word.trim_start_matches(opens).len();
    let start = scheme.unwrap_or(opening);
    let end = start + trimmed_end(&word[start..]);
    let found = word.get(start..end)?;
    if scheme.is_some() {
        let host = found.split_once("://")?.1;
        return (!host.is_empty()).then(|| (start..end, found.to_owned()));
    }
    is_host(found).then(|| (start..end, format!("http://{found}")))
}

fn opens(c: char) -> bool {
    matches!(c, '(' | '[' | '{' | '\'' | '*' | '“' | '„' | '‘' | '«' | '_')
}

/// Where an address ends before the punctuation of the sentence around it; a
/// closing bracket belongs to it where it was opened in it.
fn trimmed_end(word: &str) -> usize {
    let mut end = word.len();
    while let Some(last) = word[..end].chars().next_back() {
        let keep = match last {
            ')' => word[..end].contains('('),
            ']' => word[..end].contains('['),
            '.' | ',' | ';' | ':' | '!' | '?' | '\'' | '}' | '*' | '_'
            | '”' | '“' | '’' | '»' | '…' | '。' => false,
            _ => true,
        };
        if keep {
            break;
        }
        end -= last.len_utf8();
    }
    end
}

/// Whether a word without a scheme reads as a host, a path behind it
/// allowed. An address with an `@` is a mailbox.
fn is_host(word: &str) -> bool {
    let end = word.find(['/', '?', '#', ':']).unwrap_or(word.len());
    let (host, rest) = word.split_at(end);
    if host.len() > 253 || word.contains('@') && !rest.contains('@') {
        return false;
    }
    let Some((front, last)) = host.rsplit_once('.') else { return false };
    let is_label = |label: &str| {
        !label.is_empty()
            && label.chars().all(|c| c.is_alphanumeric() || c == '-')
    };
    if !front.split('.').all(is_label) || !is_label(last) {
        return false;
    }
    let named = last.len() >= 2 && last.starts_with(char::is_alphabetic);
    let www = host.get(..4).is_some_and(|s| s.eq_ignore_ascii_case("www."));
    // A sentence may lack its space: "in.Me", "it.So".
    let known = LINKED.contains(&last)
        || last.len() > 2 && LINKED.contains(&&*last.to_ascii_lowercase());
    named && (www || rest.starts_with('/') || known)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_are_found_as_mail_programs_find_them() {
        for (text, found) in [
            ("see https://a.example/x?y=1.", &["https://a.example/x?y=1"][..]),
            ("(www.paypal.com)", &["http://www.paypal.com"]),
            ("<http://a.example>", &["http://a.example"]),
            ("a.example/pay now", &["http://a.example/pay"]),
            ("openai-billing.co, please", &["http://openai-billing.co"]),
            ("see:https://a.example/(b)", &["https://a.example/(b)"]),
            (
                "PayPal.com or pаypal.com",
                &["http://PayPal.com", "http://pаypal.com"],
            ),
            ("mail help@paypal.com", &[]),
            ("e.g. read.me.not 3.50 main.rs it.So v1.2.3 ...", &[]),
            ("https:// http://", &[]),
        ] {
            let all: Vec<String> = links(text).map(|(_, h)| h).collect();
            assert_eq!(all, found, "{text}");
        }
    }

    #[test]
    fn what_is_quoted_stands_apart() {
        let mut content = Content::default();
        let text = "My words\n> theirs www.a.example\n\nmine\n\
             -----Ursprüngliche Nachricht-----\nFrom: x\n";
        read(text, false, &mut content);
        assert!(content.links[0].quoted);
        let (own, quoted) = content.take_texts();
        assert_eq!(own, "My words\nmine");
        assert!(quoted.starts_with("theirs www.a.example\n-----Urs"));
    }
}
