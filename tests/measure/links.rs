//! Wrapped links, and links whose text names another site.

use doppelcheck::{Engine, Level};
use url::Url;

use crate::corpus::Corpus;
use crate::report::{Goal, Report};

pub fn redirectors(
    engine: &Engine,
    corpus: &Corpus,
    report: &mut Report,
) -> Result<(), String> {
    const SET: &str = "redirectors";
    let table = corpus.table("redirectors.tsv")?;
    let (mut exact, mut n) = (0, 0);
    for row in table.rows() {
        n += 1;
        let (wrapped, expected) = (row.get("wrapped"), row.get("expected"));
        let got = engine.check_link(wrapped, "").destination;
        let is_exact = match got.as_deref() {
            None => expected.is_empty(),
            Some(got) => same_url(got, expected),
        };
        if is_exact {
            exact += 1;
        } else {
            let provider = row.get("provider");
            let row = format!("{provider}\t{wrapped}\t{expected}\t{got:?}");
            report.miss(SET, row);
        }
    }
    let goal = Goal::AtLeast(96.0);
    report.share(SET, "exact destination", exact, n, goal);
    Ok(())
}

/// Whether two texts are the same URL, however it is written.
fn same_url(a: &str, b: &str) -> bool {
    match (Url::parse(a), Url::parse(b)) {
        (Ok(a), Ok(b)) => a == b,
        _ => a == b,
    }
}

pub fn text_mismatch(
    engine: &Engine,
    corpus: &Corpus,
    report: &mut Report,
) -> Result<(), String> {
    const SET: &str = "link_text_mismatch";
    let table = corpus.table("link_text_mismatch.tsv")?;
    let (mut right, mut n) = (0, 0);
    for row in table.rows() {
        n += 1;
        let (text, href) = (row.get("link_text"), row.get("href"));
        let expected = row.get("expected") == "phishing";
        let got = engine.check_link(href, text).level >= Level::Caution;
        if got == expected {
            right += 1;
        } else {
            report.miss(SET, format!("{text}\t{href}\t{expected}"));
        }
    }
    report.share(SET, "right", right, n, Goal::AtLeast(100.0));
    Ok(())
}
