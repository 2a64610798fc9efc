//! Which script a character belongs to, as far as hosts need it: by blocks
//! of the Unicode charts.

/// A script, or a group of scripts that are treated alike.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(super) enum Script {
    /// Digits, hyphens, signs and marks of no script.
    Common,
    Latin,
    Greek,
    Cyrillic,
    Armenian,
    Hebrew,
    Arabic,
    Han,
    Kana,
    Hangul,
    Bopomofo,
    /// Another living script, by the number of its block.
    Other(u32),
    /// A script of the past, or one that hosts are not written in.
    Rare,
}

/// The script of a character.
pub(super) fn of(c: char) -> Script {
    match u32::from(c) {
        0x41..=0x5a
        | 0x61..=0x7a
        | 0xaa
        | 0xba
        | 0xc0..=0xd6
        | 0xd8..=0xf6
        | 0xf8..=0x2af
        | 0x1d00..=0x1dbf
        | 0x1e00..=0x1eff
        | 0x2c60..=0x2c7f
        | 0xa720..=0xa7ff => Script::Latin,
        0x370..=0x3e1 | 0x3f0..=0x3ff | 0x1f00..=0x1fff => Script::Greek,
        0x400..=0x52f
        | 0x1c80..=0x1c8f
        | 0x2de0..=0x2dff
        | 0xa640..=0xa69f => Script::Cyrillic,
        0x530..=0x58f => Script::Armenian,
        0x590..=0x5ff => Script::Hebrew,
        0x600..=0x6ff | 0x750..=0x77f | 0x8a0..=0x8ff => Script::Arabic,
        0x2e80..=0x2fdf
        | 0x3005..=0x3007
        | 0x3400..=0x4dbf
        | 0x4e00..=0x9fff
        | 0xf900..=0xfaff
        | 0x20000..=0x3ffff => Script::Han,
        0x3041..=0x30fa | 0x30fc..=0x30ff | 0x31f0..=0x31ff => Script::Kana,
        0x1100..=0x11ff
        | 0x3130..=0x318f
        | 0xa960..=0xa97f
        | 0xac00..=0xd7ff => Script::Hangul,
        0x3100..=0x312f | 0x31a0..=0x31bf => Script::Bopomofo,
        // The Indic scripts, Thai, Lao: 128 characters each.
        block @ 0x900..=0xeff => Script::Other(block / 0x80),
        0x1000..=0x109f => Script::Other(0x1000),
        0x10a0..=0x10ff => Script::Other(0x10a0),
        0x1200..=0x139f => Script::Other(0x1200),
        0x1780..=0x17ff => Script::Other(0x1780),
        0x3e2..=0x3ef
        | 0x700..=0x74f
        | 0x780..=0x89f
        | 0xf00..=0xfff
        | 0x13a0..=0x177f
        | 0x1800..=0x1c7f
        | 0x2c00..=0x2c5f
        | 0x2c80..=0x2ddf
        | 0xa000..=0xa63f
        | 0xa6a0..=0xa71f
        | 0xa800..=0xa95f
        | 0xa980..=0xabff
        | 0x10000..=0x1cfff => Script::Rare,
        _ => Script::Common,
    }
}

/// The scripts of a text, each once, without what is common to all.
pub(super) fn of_text(chars: &[char]) -> Vec<Script> {
    let mut scripts = Vec::new();
    for script in chars.iter().map(|c| of(*c)) {
        if script != Script::Common && !scripts.contains(&script) {
            scripts.push(script);
        }
    }
    scripts
}

/// Whether people write these scripts in one word: one script alone, or
/// Chinese, Japanese and Korean with each other's ideographs and ASCII.
pub(super) fn are_written_together(
    scripts: &[Script],
    chars: &[char],
) -> bool {
    if scripts.len() <= 1 {
        return true;
    }
    let latin_is_ascii =
        !chars.iter().any(|c| of(*c) == Script::Latin && !c.is_ascii());
    let all = |allowed: &[Script]| scripts.iter().all(|s| allowed.contains(s));
    latin_is_ascii
        && (all(&[Script::Latin, Script::Han, Script::Kana])
            || all(&[Script::Latin, Script::Han, Script::Hangul])
            || all(&[Script::Latin, Script::Han, Script::Bopomofo]))
}
