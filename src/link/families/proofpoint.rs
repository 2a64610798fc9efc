//! Proofpoint URL Defense, versions 1 to 3.

use crate::link::parts::Parts;
use crate::link::{Step, decode};

pub(in crate::link) fn read(parts: &Parts) -> Option<Step> {
    match parts.segments().next()? {
        "v1" => decode::url(parts.param(&["u"])?).map(Step::Leads),
        "v2" => version_2(parts.param(&["u"])?).map(Step::Leads),
        "v3" => version_3(parts.url).map(Step::Leads),
        _ => None,
    }
}

/// Version 2 writes `%` as `-` and `/` as `_`.
fn version_2(value: &str) -> Option<String> {
    let percent = value.replace('-', "%").replace('_', "/");
    let url = decode::url(&percent)?;
    Some(url.replace("&amp;", "&"))
}

/// Version 3: `/v3/__<URL>__;<replacements>!!…`. An asterisk stands for one
/// byte of the replacements, two with a letter behind them for a run.
fn version_3(link: &str) -> Option<String> {
    let (_, rest) = link.split_once("/v3/__")?;
    let (url, rest) = split_at_last_marker(rest)?;
    let (replacements, _) = rest.split_once('!')?;
    let replacements = decode::base64_bytes(replacements)?;
    let url = decode::percent(url);
    let mut decoded = Vec::with_capacity(url.len());
    let mut replacements = replacements.as_slice();
    let bytes = url.as_bytes();
    let mut at = 0;
    while let Some(&byte) = bytes.get(at) {
        let run = (byte == b'*' && bytes.get(at + 1) == Some(&b'*'))
            .then(|| run_length(*bytes.get(at + 2)?))
            .flatten();
        let (taken, length) = match run {
            Some(length) => (3, length),
            None if byte == b'*' => (1, 1),
            None => {
                decoded.push(byte);
                at += 1;
                continue;
            }
        };
        let (now, later) =
            replacements.split_at_checked(length).unwrap_or((b"*", &[]));
        decoded.extend_from_slice(now);
        replacements = later;
        at += taken;
    }
    let decoded = String::from_utf8_lossy(&decoded);
    Some(with_both_slashes(&decoded))
}

/// Splits at `__;`: the destination may hold one too, the last one that is
/// followed by replacements and `!` counts.
fn split_at_last_marker(text: &str) -> Option<(&str, &str)> {
    let marks = text.rmatch_indices("__;");
    let valid = |rest: &str| {
        let end = rest.find('!').unwrap_or(rest.len());
        end < rest.len() && decode::base64_bytes(&rest[..end]).is_some()
    };
    marks
        .map(|(at, mark)| (&text[..at], &text[at + mark.len()..]))
        .find(|(_, rest)| valid(rest))
}

/// How long a run is: `A` is 2, and on through the alphabet of base64.
fn run_length(letter: u8) -> Option<usize> {
    let alphabet = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz\
                     0123456789-_";
    alphabet.iter().position(|&b| b == letter).map(|place| place + 2)
}

/// Some mail programs drop the second slash of a link within a link.
fn with_both_slashes(url: &str) -> String {
    match url.split_once(":/") {
        Some((scheme, rest))
            if !rest.starts_with('/')
                && scheme.bytes().all(|b| b.is_ascii_alphanumeric()) =>
        {
            format!("{scheme}://{rest}")
        }
        _ => url.to_owned(),
    }
}
