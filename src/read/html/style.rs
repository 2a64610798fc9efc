//! Whether a person sees an element's text, by its `style` attribute.

/// The properties that can hide a text.
const HIDING: [&str; 13] = [
    "display",
    "visibility",
    "opacity",
    "font-size",
    "height",
    "max-height",
    "width",
    "max-width",
    "overflow",
    "text-indent",
    "left",
    "top",
    "margin-left",
];

/// What an element shows, as far as it is inherited.
#[derive(Clone, Copy, Debug, Default, Eq, PartialEq)]
#[expect(clippy::struct_excessive_bools, reason = "each is inherited alone")]
pub(super) struct Shown {
    /// It takes no place at all (`display: none`): nothing in it is seen or
    /// clicked.
    pub(super) removed: bool,
    /// It can be clicked, but not seen (`opacity: 0`, cut off, off screen).
    faded: bool,
    /// `visibility: hidden`, until an element inside is visible again.
    invisible: bool,
    /// A font too small to read, until an element inside sets its own.
    tiny: bool,
}

impl Shown {
    /// Whether text in the element is seen.
    pub(super) fn is_text_seen(self) -> bool {
        !(self.removed || self.faded || self.invisible || self.tiny)
    }

    /// The same for an element inside with this `style`.
    pub(super) fn inside(mut self, style: &str) -> Self {
        let (mut collapsed, mut cut) = (false, false);
        for declaration in style.split(';') {
            let Some((name, value)) = declaration.split_once(':') else {
                continue;
            };
            let name = name.trim();
            let known = |k: &&&str| k.eq_ignore_ascii_case(name);
            let Some(name) = HIDING.iter().find(known) else { continue };
            let value = value.trim().to_ascii_lowercase();
            let value = value.trim_end_matches("!important").trim_end();
            match *name {
                "display" => self.removed |= value == "none",
                "visibility" => self.invisible = value != "visible",
                "opacity" => self.faded |= number(value) == Some(0),
                "font-size" => self.tiny = is_tiny(value, self.tiny),
                "height" | "max-height" | "width" | "max-width" => {
                    collapsed |= number(value) == Some(0);
                }
                "overflow" => cut |= value == "hidden",
                "text-indent" | "left" | "top" | "margin-left" => {
                    self.faded |= number(value).is_some_and(|n| n < -900_000);
                }
                _ => {}
            }
        }
        self.faded |= collapsed && cut;
        self
    }
}

/// Whether a font of this size cannot be read; sizes that depend on the one
/// around them stay as that is.
fn is_tiny(value: &str, inherited: bool) -> bool {
    match number(value) {
        Some(0) => true,
        Some(size) if value.ends_with("px") || value.ends_with("pt") => {
            size <= 2_000
        }
        Some(_) if value.ends_with("rem") => false,
        _ => inherited && !value.ends_with("large") && value != "medium",
    }
}

/// The number at the start of a value, in thousandths; anything finer counts
/// as one more, so that only zero is zero.
///
/// Whole numbers, because reading floats would add tables to the engine.
fn number(value: &str) -> Option<i32> {
    let end = value
        .find(|c: char| !c.is_ascii_digit() && !matches!(c, '.' | '-' | '+'))
        .unwrap_or(value.len());
    let (sign, digits) = match value[..end].strip_prefix('-') {
        Some(digits) => (-1, digits),
        None => (1, value[..end].strip_prefix('+').unwrap_or(&value[..end])),
    };
    let (whole, fraction) = digits.split_once('.').unwrap_or((digits, ""));
    let is_digits = |text: &str| text.bytes().all(|b| b.is_ascii_digit());
    if whole.len() + fraction.len() == 0
        || !is_digits(whole)
        || !is_digits(fraction)
    {
        return None;
    }
    let whole = whole
        .bytes()
        .fold(0, |n: i32, b| n.saturating_mul(10).saturating_add(digit(b)));
    let (kept, finer) = fraction.split_at(fraction.len().min(3));
    let kept = kept.bytes().chain([b'0'; 3]).take(3);
    let thousandths = kept.fold(0, |n, b| n * 10 + digit(b));
    let more = i32::from(finer.bytes().any(|b| b != b'0'));
    let size = whole.saturating_mul(1000).saturating_add(thousandths + more);
    Some(sign * size)
}

fn digit(byte: u8) -> i32 {
    i32::from(byte - b'0')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn styles_that_hide() {
        for style in [
            "display:none",
            "DISPLAY : None !important",
            "color:red;font-size:0",
            "font-size:1px",
            "opacity:0.0",
            "max-height:0;overflow:hidden",
            "visibility:hidden",
            "text-indent:-9999px",
        ] {
            assert!(!Shown::default().inside(style).is_text_seen(), "{style}");
        }
        for style in ["", "display:block", "opacity:.5", "font-size:11px"] {
            assert!(Shown::default().inside(style).is_text_seen(), "{style}");
        }
    }

    #[test]
    fn numbers_are_read_in_thousandths() {
        for (value, is) in [
            ("0", Some(0)),
            ("-0.0px", Some(0)),
            (".5", Some(500)),
            ("2.", Some(2_000)),
            ("2.0004px", Some(2_001)),
            ("0.0001", Some(1)),
            ("-9999px", Some(-9_999_000)),
            ("99999999999999px", Some(i32::MAX)),
            ("", None),
            (".", None),
            ("1-2", None),
            ("1.2.3", None),
            ("auto", None),
        ] {
            assert_eq!(number(value), is, "{value}");
        }
    }

    #[test]
    fn a_font_inside_is_its_own() {
        let outer = Shown::default().inside("font-size:0px");
        assert!(outer.inside("font-size:16px").is_text_seen());
        assert!(!outer.inside("font-size:2em").is_text_seen());
        let gone = Shown::default().inside("display:none");
        assert!(!gone.inside("display:block").is_text_seen());
    }
}
