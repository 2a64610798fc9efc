//! The Public Suffix List's rules, compiled by `build.rs` into one table.

use std::sync::LazyLock;

use rustc_hash::FxHashMap;

/// A line for every name that has rules below it: the name, then the labels
/// below it, each with a capital letter for what its rule does where that
/// is not [`PLAIN`]. The first line is that of the root, its name empty.
static RULES: &[u8] =
    include_bytes!(concat!(env!("OUT_DIR"), "/suffixes.deflate"));

static TABLE: LazyLock<FxHashMap<Box<str>, u8>> = LazyLock::new(|| {
    let text = crate::deflated::text(RULES);
    let mut table = FxHashMap::default();
    for line in text.lines() {
        let mut items = line.split(' ');
        let parent = items.next().unwrap_or_default();
        for item in items {
            let label = item.trim_end_matches(|c: char| c.is_uppercase());
            let kind = item[label.len()..].bytes().next();
            let name = match parent {
                "" => label.into(),
                parent => [label, ".", parent].concat().into(),
            };
            table.insert(name, kind.map_or(PLAIN, |letter| letter - b'@'));
        }
    }
    table
});

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
        let value = TABLE.get(&host[start..]).copied().unwrap_or(0);
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

/// Where the last label begins. Labels are short: a loop finds their end
/// sooner than a search that is made for long texts.
#[inline]
fn last_label(host: &str) -> usize {
    let dot = host.bytes().rposition(|b| b == b'.');
    dot.map_or(0, |dot| dot + 1)
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
