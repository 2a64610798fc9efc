//! Hosts that deceive by their characters alone, whoever they imitate:
//! scripts mixed in one label, letters that only look like ASCII, marks
//! that hide, symbols that read as dots and slashes.
//!
//! The rules follow Chromium's for showing an IDN as it is written
//! (<https://chromium.googlesource.com/chromium/src/+/main/docs/idn.md>).
//!
//! | class | what it says | example |
//! |---|---|---|
//! | `symbol` | a character that reads as a dot, slash or hyphen | `a‧b.com` |
//! | `mixed-scripts` | letters of scripts nobody writes together | `gοοgle.com` |
//! | `whole-script` | a foreign word of letters that all look Latin | `сосо.com` |
//! | `rare-letters` | phonetic letters and small capitals | `hardᴡare.com` |
//! | `stacked-marks` | a mark on a letter that has one, or cannot | `i̇ce.com` |
//! | `ideograph-stroke` | an ideograph that reads as a stroke | `com丿a.com` |
//! | `digit-lookalike` | one foreign letter among digits | `12з4.com` |
//! | `emoji` | pictures and signs | `♥.com` |
//! | `rare-script` | a script that no living language writes in | |
//! | `foreign-script` | another script than its suffix's | `музей.com` |
//! | `accented` | an accented letter where none is usual | `tést.com` |
//! | `undecodable` | punycode that stands for nothing | `xn--a-.com` |

mod script;

use crate::fold;
use crate::host::Host;
use crate::verdict::{Code, Finding, Level, Place};
use script::Script;

/// A host that deceives by its characters.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub struct Deceptive {
    /// What it weighs; never danger.
    pub level: Level,
    /// How: one of the classes listed for the module.
    pub class: &'static str,
}

/// Judges the characters of a host; the weightiest finding of its labels.
#[must_use]
pub fn judge(host: &Host) -> Option<Deceptive> {
    if !host.has_punycode() {
        return None;
    }
    let last = host.ascii().rsplit('.').next().unwrap_or_default();
    let found = host
        .ascii()
        .split('.')
        .filter(|label| label.starts_with("xn--"))
        .filter_map(|label| judge_label(label, last))
        .max_by_key(|found| found.level)?;
    // Browsers show a label in punycode where it fits no suffix of its
    // script.
    let shown = !last.starts_with("xn--") || host.label().is_empty();
    let level = if shown { found.level } else { Level::Note };
    Some(Deceptive { level, ..found })
}

fn judge_label(label: &str, last: &str) -> Option<Deceptive> {
    let (text, decoded) = idna::domain_to_unicode(label);
    let note = |class| Some(Deceptive { level: Level::Note, class });
    let caution = |class| Some(Deceptive { level: Level::Caution, class });
    if decoded.is_err() || text.starts_with("xn--") {
        return note("undecodable");
    }
    let chars: Vec<char> = text.chars().collect();
    let scripts = script::of_text(&chars);
    let is_suffix = label == last;
    if chars.iter().any(|c| reads_as_punctuation(*c, last)) {
        caution("symbol")
    } else if chars.iter().any(|c| is_phonetic(*c)) {
        caution("rare-letters")
    } else if has_stacked_marks(&chars) {
        caution("stacked-marks")
    } else if has_stroke(&chars) {
        caution("ideograph-stroke")
    } else if !script::are_written_together(&scripts, &chars) {
        caution("mixed-scripts")
    } else if is_suffix {
        None
    } else if !is_at_home(&scripts, last) && looks_latin(&chars) {
        caution("whole-script")
    } else if has_lone_letter(&chars) {
        note("digit-lookalike")
    } else if chars.iter().any(|c| is_sign(*c)) {
        note("emoji")
    } else if scripts.contains(&Script::Rare) {
        note("rare-script")
    } else if has_rare_marks(&chars) {
        note("stacked-marks")
    } else if !is_at_home(&scripts, last) && !is_east_asian(&scripts) {
        note("foreign-script")
    } else if has_unusual_accent(&chars, last) {
        note("accented")
    } else {
        None
    }
}

/// Characters outside ASCII that a person reads as punctuation of a URL.
fn reads_as_punctuation(c: char, last: &str) -> bool {
    match c {
        // Catalan writes it between two l's.
        '·' => last != "cat",
        '\u{2bc}' | '\u{2ec}' | '\u{1c3}' | '\u{58a}' | '\u{964}'
        | '\u{965}' | '\u{337}' | '\u{338}' | '\u{2f0}' => true,
        _ => {
            matches!(c, '\u{2010}'..='\u{2027}' | '\u{2039}' | '\u{203a}'
                | '\u{2043}'..='\u{205e}' | '\u{2212}' | '\u{2215}'
                | '\u{2e00}'..='\u{2e7f}' | '\u{fe30}'..='\u{fe6f}')
        }
    }
}

/// Letters of phonetic alphabets and small capitals, which no name is
/// written in.
fn is_phonetic(c: char) -> bool {
    matches!(c, '\u{250}'..='\u{258}' | '\u{25a}'..='\u{2ff}'
        | '\u{1d00}'..='\u{1dbf}' | '\u{a720}'..='\u{a7ff}')
}

/// A combining mark that stands on another, on a letter that has one of its
/// own, or on a script that does not use it.
fn has_stacked_marks(chars: &[char]) -> bool {
    let is_mark = |c: char| matches!(c, '\u{300}'..='\u{36f}');
    let is_kana_mark = |c: char| matches!(c, '\u{3099}' | '\u{309a}');
    chars.iter().enumerate().any(|(at, c)| {
        let before = at.checked_sub(1).map(|i| chars[i]);
        let Some(before) = before else {
            return is_mark(*c) || is_kana_mark(*c);
        };
        let latin = matches!(
            script::of(before),
            Script::Latin | Script::Greek | Script::Cyrillic
        );
        is_kana_mark(*c) && script::of(before) != Script::Kana
            || is_kana_mark(*c) && is_kana_mark(before)
            || is_mark(*c)
                && (!latin
                    || matches!(before, 'i' | 'j' | 'l' | 'ı' | 'ȷ')
                    || fold::ascii_of(before).is_some())
    })
}

/// Marks that belong to a script but not to a host: Hebrew points, Arabic
/// signs.
fn has_rare_marks(chars: &[char]) -> bool {
    chars.iter().any(|c| {
        matches!(c, '\u{591}'..='\u{5c7}' | '\u{610}'..='\u{61a}'
            | '\u{64b}'..='\u{65f}' | '\u{670}' | '\u{6d6}'..='\u{6ed}'
            | '\u{300}'..='\u{36f}' | '\u{30a0}' | '\u{31f0}'..='\u{31ff}')
    }) || chars.windows(2).any(|pair| {
        // The repetition signs follow kana only.
        matches!(pair[1], 'ヽ' | 'ヾ' | 'ゝ' | 'ゞ')
            && script::of(pair[0]) != Script::Kana
    })
}

/// Ideographs and kana that read as a stroke, a slash or a letter when they
/// stand beside Latin.
fn has_stroke(chars: &[char]) -> bool {
    const STROKES: &str = "一丁七丄丅丆丨丩丫丶丿乀乁乂乙十讠ㄈㄒㄚㄧㄨㄩㆍㆺ";
    let letter = |c: char| c.is_ascii_alphabetic();
    chars.iter().enumerate().any(|(at, c)| {
        let before = at.checked_sub(1).map(|i| chars[i]);
        let after = chars.get(at + 1).copied();
        let (c, beside) = (*c, [before, after]);
        STROKES.contains(c)
            && (beside.into_iter().flatten().any(letter)
                || c != '一'
                    && beside
                        .into_iter()
                        .flatten()
                        .any(|b| b.is_ascii_digit()))
    })
}

/// One or two foreign letters among ASCII digits.
fn has_lone_letter(chars: &[char]) -> bool {
    let foreign = chars.iter().filter(|c| !c.is_ascii());
    let digits = chars.iter().filter(|c| c.is_ascii_digit()).count();
    let letters = chars.iter().any(char::is_ascii_alphabetic);
    let count = foreign.clone().count();
    let lone = foreign.clone().all(|c| {
        !matches!(
            script::of(*c),
            Script::Han | Script::Kana | Script::Hangul | Script::Bopomofo
        )
    });
    digits > 0 && !letters && count <= 2 && lone
}

/// Pictures and signs: whatever is no letter, digit, mark or hyphen.
fn is_sign(c: char) -> bool {
    !c.is_ascii()
        && !c.is_alphanumeric()
        && script::of(c) == Script::Common
        && !matches!(c, '·' | '・' | 'ー' | '״' | '׳' | '\u{300}'..='\u{36f}')
}

/// Whether all letters look like Latin ones or digits.
fn looks_latin(chars: &[char]) -> bool {
    const ALIKE: &str = "аысԁеԍһіюјӏорԗԛѕԝхуъьҽпгѵѡ\
        αικνρυωηοτ\
        ագզէլհյոսւօշ\
        იოყძხჽჿ\
        דוחיןסװײ\
        ሀሁሃሠሰሱሲስበቡቢብተቱቲታነአእዐዑዒዓዕከኩኪካክወዘዙደጀጠፐ\
        ०ऽ০৭ટડ૦૧੦੧ಽ೦೧ടഠധനറ൦ଠ୦୮டப௦౦౧\
        ခဂငထပဝ၀၂ၔၜ\
        ทนบพรหเแ๐ดลปฟม";
    let mut letters = chars.iter().filter(|c| !c.is_ascii()).peekable();
    letters.peek().is_some()
        && !chars.iter().any(char::is_ascii_alphabetic)
        && letters.all(|c| ALIKE.contains(*c))
}

fn is_east_asian(scripts: &[Script]) -> bool {
    scripts.iter().any(|s| {
        matches!(
            s,
            Script::Han | Script::Kana | Script::Hangul | Script::Bopomofo
        )
    })
}

/// Whether a suffix is one that names in these scripts stand under: any
/// country's but the few that write in Latin only, or one of the script's
/// own.
fn is_at_home(scripts: &[Script], last: &str) -> bool {
    let foreign =
        scripts.iter().any(|s| !matches!(s, Script::Latin | Script::Common));
    !foreign || last.len() == 2 || last.starts_with("xn--")
}

/// Accented Latin letters under a suffix where they are not usual.
fn has_unusual_accent(chars: &[char], last: &str) -> bool {
    const USUAL: &[&str] = &[
        "al", "ar", "at", "az", "ba", "be", "br", "ca", "cat", "ch", "cl",
        "co", "cz", "de", "dk", "ee", "es", "eu", "fi", "fo", "fr", "gal",
        "hr", "hu", "ie", "is", "it", "li", "lt", "lu", "lv", "md", "me",
        "mt", "mx", "nl", "no", "nu", "pe", "pl", "pt", "ro", "rs", "se",
        "si", "sk", "tr", "vn",
    ];
    let accented =
        |c: &&char| !c.is_ascii() && script::of(**c) == Script::Latin;
    let own = |c: &char| match c {
        'þ' | 'ð' => matches!(last, "is" | "fo"),
        'ə' => last == "az",
        '\u{180}'..='\u{24f}' => matches!(last, "ro" | "md" | "hr" | "vn"),
        _ => USUAL.contains(&last),
    };
    chars.iter().filter(accented).any(|c| !own(c))
}

/// The finding that tells of a host's deceptive characters.
pub(crate) fn finding(host: &Host, place: Place) -> Option<Finding> {
    let found = judge(host)?;
    Some(
        Finding::new(Code::DeceptiveHost, found.level, place)
            .with("host", host.ascii())
            .with("unicode", &host.unicode())
            .with("registrable", host.registrable())
            .with("class", found.class),
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    fn class(host: &str) -> Option<(&'static str, Level)> {
        let host = Host::parse(host).unwrap();
        judge(&host).map(|found| (found.class, found.level))
    }

    #[test]
    fn what_deceives_is_found() {
        for (host, found, level) in [
            ("rhubаrb.com", "mixed-scripts", Level::Caution), // Cyrillic а
            ("сосо.com", "whole-script", Level::Caution),
            ("rhuʙarb.com", "rare-letters", Level::Caution),
            ("com丿rhubarb.com", "ideograph-stroke", Level::Caution),
            ("rhubárb.com", "accented", Level::Note),
            ("ревень.com", "foreign-script", Level::Note),
        ] {
            assert_eq!(class(host), Some((found, level)), "{host}");
        }
    }

    #[test]
    fn what_people_write_stays_silent() {
        for host in [
            "rhubarb.com",
            "rhabarber-grütze.de",
            "ревень.рф",
            "ревень.ru",
            "大黄.cn",
            "ルバーブ.jp",
            "rhubarb大黄.jp",
            "대황.kr",
        ] {
            assert_eq!(class(host), None, "{host}");
        }
    }
}
