//! Which wrapper stands on which host: one hash look-up for a link that is
//! none.

use std::sync::LazyLock;

use rustc_hash::FxHashMap;

use crate::compressed::{self, include_table};
use crate::host::{self, last_label};

use super::families::{self, google};
use super::parts::Parts;
use super::{Step, decode};

/// Wrappers that carry the destination in one parameter, `wrappers.tsv`.
static WRAPPERS: LazyLock<String> =
    LazyLock::new(|| compressed::text(include_table!("wrappers")));

/// Hosts that hide the destination, `hidden.tsv`.
static HIDDEN: LazyLock<String> =
    LazyLock::new(|| compressed::text(include_table!("hidden")));

/// How a wrapper that needs code reads its links.
pub(super) type Read = fn(&Parts) -> Option<Step>;

/// A wrapper on one host and everything below it.
struct Rule {
    name: &'static str,
    host: &'static str,
    /// What the path begins with.
    path: &'static str,
    action: Action,
}

enum Action {
    /// The destination stands in the first of these parameters.
    Param(Vec<&'static str>),
    Hidden(&'static str),
    Read(Read),
}

type Rules = FxHashMap<&'static str, Vec<Rule>>;

static RULES: LazyLock<Rules> = LazyLock::new(|| {
    let mut rules = Rules::default();
    let mut add = |rule: Rule| {
        rules.entry(key(rule.host)).or_default().push(rule);
    };
    for (name, host, path, read) in families::ALL {
        add(Rule { name, host, path, action: Action::Read(*read) });
    }
    for row in rows(&WRAPPERS) {
        let [name, host, path, params] = row;
        let action = Action::Param(params.split(',').collect());
        add(Rule { name, host, path, action });
    }
    for row in rows(&HIDDEN) {
        let [reason, host, path, _] = row;
        add(Rule { name: reason, host, path, action: Action::Hidden(reason) });
    }
    rules
});

/// The rows of a table: fields by tabs, missing ones empty.
fn rows(table: &'static str) -> impl Iterator<Item = [&'static str; 4]> {
    table.lines().map(|row| {
        let mut fields = row.split('\t');
        std::array::from_fn(|_| fields.next().unwrap_or_default())
    })
}

/// What rules are kept under: the last two labels of a host.
fn key(host: &str) -> &str {
    let above = last_label(host).saturating_sub(1);
    &host[last_label(&host[..above])..]
}

/// Takes one wrapper off; none where there is none.
pub(super) fn step(parts: &Parts) -> Option<(&'static str, Step)> {
    let mut labels = parts.host.as_bytes().split(|byte| *byte == b'.');
    if labels.any(|label| label == b"google")
        && let Some(step) = google::read(parts)
    {
        return Some(("google", step));
    }
    let rules = RULES.get(key(&parts.host))?;
    rules.iter().find_map(|rule| {
        let applies = host::is_within(&parts.host, rule.host)
            && parts.path.starts_with(rule.path);
        applies.then(|| rule.apply(parts)).flatten()
    })
}

impl Rule {
    fn apply(&self, parts: &Parts) -> Option<(&'static str, Step)> {
        let step = match &self.action {
            Action::Param(names) => {
                let value = parts.param(names)?;
                Step::Leads(decode::url(value)?)
            }
            Action::Hidden(reason) => {
                if self.path.is_empty() && parts.path.len() < 2 {
                    // The service's own front page.
                    return None;
                }
                Step::Hidden(reason)
            }
            Action::Read(read) => read(parts)?,
        };
        Some((self.name, step))
    }
}
