//! The Public Suffix List's rules, compiled by `build.rs` into one table.

use std::sync::LazyLock;

use rustc_hash::FxHashMap;

use super::last_label;
use crate::compressed::{self, include_table};

/// A line for every name that has rules below it: the name (empty for the
/// root), then for every kind of rule a sign (a blank for [`PLAIN`], those
/// after it in ASCII for the others) and the labels: a capital letter for
/// how much of its start is that of the label before it (`A` for nothing),
/// and the rest.
static RULES: &[u8] = include_table!("suffixes");

static TABLE: LazyLock<FxHashMap<Box<str>, u8>> = LazyLock::new(|| {
    let text = compressed::text(RULES);
    let mut table = FxHashMap::default();
    for line in text.lines() {
        let (parent, mut rest) = split_name(line);
        let mut above = Some(parent).filter(|parent| !parent.is_empty());
        while let Some(name) = above {
            table.entry(name.into()).or_insert(NO_RULE);
            above = name.split_once('.').map(|(_, rest)| rest);
        }
        let (mut label, mut kind) = (String::new(), PLAIN);
        while let Some((sign, after)) = rest.split_at_checked(1) {
            let (more, next) = split_name(after);
            match sign.as_bytes()[0] {
                letter @ b'A'..=b'Z' => {
                    label.truncate(usize::from(letter - b'A'));
                    label.push_str(more);
                    let name = match parent {
                        "" => label.as_str().into(),
                        parent => [&label, ".", parent].concat().into(),
                    };
                    table.insert(name, kind);
                }
                sign => kind = sign - b' ' + PLAIN,
            }
            rest = next;
        }
    }
    table
});

/// Splits what belongs to a name from the sign behind it.
fn split_name(text: &str) -> (&str, &str) {
    let is_sign = |c: char| c.is_ascii_uppercase() || c < '-';
    text.split_at(text.find(is_sign).unwrap_or(text.len()))
}

/// A name that only has rules below it: where no name is, no rule is below.
const NO_RULE: u8 = 0;
const PLAIN: u8 = 1;
const WILDCARD: u8 = 2;
const EXCEPTION: u8 = 3;
const PRIVATE: u8 = 4;
const BOTH: u8 = 8;

/// Where the public suffix and the registrable domain of a host begin.
pub(super) struct Found {
    pub(super) suffix: usize,
    pub(super) registrable: usize,
    pub(super) private: bool,
}

/// Applies the algorithm of <https://publicsuffix.org/list/>: the longest
/// rule wins, an exception beats all, without a rule the last label is the
/// suffix.
pub(super) fn find(host: &str) -> Found {
    let (mut suffix, mut private) = (last_label(host), false);
    let mut end = host.len();
    while end > 0 {
        let start = last_label(&host[..end]);
        let Some(value) = TABLE.get(&host[start..]).copied() else { break };
        let kind = value & 3;
        if kind == EXCEPTION {
            suffix = (end + 1).min(host.len());
            private = value & PRIVATE != 0;
            break;
        }
        if kind == PLAIN || value & BOTH != 0 {
            (suffix, private) = (start, value & PRIVATE != 0);
        }
        if (kind == WILDCARD || value & BOTH != 0) && start > 0 {
            let below = last_label(&host[..start - 1]);
            (suffix, private) = (below, value & PRIVATE != 0);
        }
        end = start.saturating_sub(1);
    }
    let registrable = match suffix {
        0 => 0,
        _ => last_label(&host[..suffix - 1]),
    };
    Found { suffix, registrable, private }
}

/// Whether a rule names the last label of a host, or what stands below it.
pub(super) fn is_known(host: &str) -> bool {
    TABLE.contains_key(&host[last_label(host)..])
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The `psl` crate is the oracle, over every rule and a name below it.
    /// Its copy of the list may be some days older or newer than ours: the
    /// few suffixes that differ are counted, and there may not be many.
    #[test]
    fn agrees_with_the_psl_crate_on_every_rule() {
        let list = include_str!("public_suffix_list.dat");
        let rules = list
            .lines()
            .map(str::trim)
            .filter(|l| !l.is_empty() && !l.starts_with("//"));
        let (mut compared, mut differ) = (0, Vec::new());
        for rule in rules {
            let name = rule.trim_start_matches('!').replace('*', "wild");
            let name = idna::domain_to_ascii(&name).unwrap();
            for host in [name.clone(), format!("a.b.{name}")] {
                let ours = &host[find(&host).registrable..];
                let oracle = psl::domain_str(&host).unwrap_or(&host);
                compared += 1;
                if ours != oracle {
                    differ.push(format!("{host}: {ours}, psl: {oracle}"));
                }
            }
        }
        assert!(compared > 20_000);
        assert!(differ.len() < 60, "{}: {differ:#?}", differ.len());
    }
}
