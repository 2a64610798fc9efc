//! Sentences for people: the extension's own English texts.

use std::collections::HashMap;
use std::sync::LazyLock;

use doppelcheck::directory::Directory;
use doppelcheck::{Finding, Value, fold};
use serde_json::Value as Json;

use super::output::{faint, paint};

static TEXTS: LazyLock<HashMap<String, String>> = LazyLock::new(|| {
    let source = include_str!("../../extension/_locales/en/messages.json");
    let all: HashMap<String, Json> =
        serde_json::from_str(source).unwrap_or_default();
    let text = |entry: Json| entry["message"].as_str().map(str::to_owned);
    all.into_iter().filter_map(|(k, v)| Some((k, text(v)?))).collect()
});

/// How much of a text a stranger wrote is shown.
const MAX_SHOWN: usize = 120;

/// A text that somebody else wrote, safe for a terminal: what would move
/// the cursor, reorder the line or show nothing is written out.
pub(super) fn shown(text: &str, max: usize) -> String {
    let mut shown = String::new();
    for c in text.chars().take(max) {
        if c.is_control() || fold::is_invisible(c) && c != '\u{fe0f}' {
            shown.extend(c.escape_unicode());
        } else {
            shown.push(c);
        }
    }
    if text.chars().nth(max).is_some() {
        shown.push('…');
    }
    shown
}

/// A finding as a sentence, with the rest of its evidence behind it.
/// `sender` is the host to name where the evidence names none.
pub(super) fn sentence(
    finding: &Finding,
    directory: &Directory,
    sender: &str,
) -> String {
    let code = key(finding.code);
    let template = TEXTS.get(&format!("finding_{code}"));
    let template = template.map_or(code.as_str(), String::as_str);
    let evidence = |key: &str| match finding.evidence.get(key) {
        Some(Value::Text(text)) if !text.is_empty() => Some(text.as_str()),
        _ => None,
    };
    let vendor = finding.vendor.as_deref().unwrap_or_default();
    let name = directory
        .find(vendor)
        .map_or(vendor, |id| directory.vendor(id).name.as_str());
    let host = match (evidence("host"), evidence("unicode")) {
        (Some(ascii), Some(unicode)) if ascii != unicode => {
            format!("{} ({ascii})", shown(unicode, MAX_SHOWN))
        }
        (Some(ascii), _) => ascii.to_owned(),
        _ => sender.to_owned(),
    };
    let class = evidence("class").unwrap_or_default().replace('-', "_");
    let text = TEXTS
        .get(&format!("pressure_{class}"))
        .map(String::as_str)
        .or(evidence("text"))
        .unwrap_or_default();
    let filled = template
        .replace("$VENDOR$", name)
        .replace("$HOST$", &shown(&host, MAX_SHOWN))
        .replace("$REAL$", evidence("real").unwrap_or_default())
        .replace("$TEXT$", &shown(text, MAX_SHOWN));
    let more: Vec<_> = ["address", "destination", "class"]
        .iter()
        .filter_map(|key| Some((*key, shown(evidence(key)?, MAX_SHOWN))))
        .filter(|(_, value)| !filled.contains(value.as_str()))
        .filter(|(_, value)| sender.is_empty() || !value.ends_with(sender))
        .map(|(key, value)| format!("{key}: {value}"))
        .collect();
    if more.is_empty() {
        return filled;
    }
    filled + &paint(faint(), &format!("  [{}]", more.join(", ")))
}

/// A code's name as the texts' keys have it.
fn key(code: doppelcheck::Code) -> String {
    match serde_json::to_value(code) {
        Ok(Json::String(code)) => code.replace('-', "_"),
        _ => String::new(),
    }
}

#[cfg(test)]
mod tests {
    use doppelcheck::{Code, Level, Place};

    use super::*;

    #[test]
    fn a_finding_is_a_sentence() {
        let finding =
            Finding::new(Code::LookalikeHost, Level::Caution, Place::Host)
                .about("openai")
                .with("host", "openai-billing.co")
                .with("real", "openai.com");
        let directory = Directory::builtin();
        assert_eq!(
            sentence(&finding, &directory, ""),
            "openai-billing.co imitates openai.com. It does not belong to \
             OpenAI."
        );
    }

    #[test]
    fn a_strangers_text_cannot_move_the_cursor() {
        let text = "a\x1b[2J\u{202e}b\r\n";
        assert_eq!(shown(text, 9), "a\\u{1b}[2J\\u{202e}b\\u{d}\\u{a}");
        assert_eq!(shown("abc", 2), "ab…");
    }
}
