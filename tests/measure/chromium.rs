//! Chromium's unit-test tables for its lookalike and IDN checks.

use doppelcheck::policy::{Policy, PolicyVendor};
use doppelcheck::{Engine, Level};

use crate::corpus::{Corpus, Table};
use crate::report::{Goal, Report};

/// Rows that the engine judges otherwise on purpose, each with its reason.
static EXPECTED: &str = include_str!("expected_differences.tsv");

pub fn measure(
    engine: &Engine,
    corpus: &Corpus,
    report: &mut Report,
) -> Result<(), String> {
    idn(engine, corpus, report)?;
    embedding(corpus, report)?;
    combosquatting(corpus, report)
}

fn level(engine: &Engine, host: &str) -> Level {
    // What is no host at all cannot be opened: it counts as found.
    engine.check_host(host).map_or(Level::Caution, |v| v.level)
}

fn idn(
    engine: &Engine,
    corpus: &Corpus,
    report: &mut Report,
) -> Result<(), String> {
    const SET: &str = "chromium idn";
    let table = corpus.table("chromium_idn.tsv")?;
    let (mut found, mut unsafe_rows) = (0, 0);
    let (mut alarms, mut safe_rows) = (0, 0);
    for row in table.rows() {
        let (host, expect) = (row.get("domain"), row.get("expect"));
        let level = level(engine, host);
        let differs = match expect {
            "unsafe" => {
                unsafe_rows += 1;
                found += usize::from(level >= Level::Note);
                level == Level::None
            }
            "safe" => {
                safe_rows += 1;
                alarms += usize::from(level >= Level::Caution);
                level >= Level::Caution
            }
            _ => false,
        };
        if differs {
            let (unicode, comment) = (row.get("unicode"), row.get("comment"));
            let row = format!("{expect}\t{host}\t{unicode}\t{comment}");
            report.miss(SET, row);
        }
    }
    let goal = Goal::AtLeast(98.0);
    report.share(SET, "unsafe rows with a finding", found, unsafe_rows, goal);
    let goal = Goal::AtMost(0.0);
    report.count(
        SET,
        "safe rows at caution or above",
        alarms,
        safe_rows,
        goal,
    );
    Ok(())
}

/// An engine that knows Chromium's test brands beside its own.
fn with_brands(table: &Table, column: &str) -> Engine {
    let mut vendors: Vec<PolicyVendor> = Vec::new();
    for row in table.rows() {
        let home = row.get(column);
        let name = home.split('.').next().unwrap_or_default();
        let known = vendors.iter().any(|v| v.domains.contains(&home.into()));
        if !home.is_empty() && !known {
            vendors.push(PolicyVendor {
                id: home.replace('.', "-"),
                name: name.to_owned(),
                domains: vec![home.to_owned()],
                ..PolicyVendor::default()
            });
        }
    }
    Engine::with_policy(Policy { vendors, ..Policy::default() })
}

fn embedding(corpus: &Corpus, report: &mut Report) -> Result<(), String> {
    let table = corpus.table("chromium_target_embedding.tsv")?;
    let engine = with_brands(&table, "expected_target");
    compare(&engine, report, "chromium embedding", &table, "hostname");
    Ok(())
}

fn combosquatting(corpus: &Corpus, report: &mut Report) -> Result<(), String> {
    let table = corpus.table("chromium_combosquatting.tsv")?;
    let engine = with_brands(&table, "expected_target");
    compare(&engine, report, "chromium combosquat", &table, "domain");
    Ok(())
}

/// Compares row by row; a difference listed as deliberate counts as right.
fn compare(
    engine: &Engine,
    report: &mut Report,
    set: &str,
    table: &Table,
    column: &str,
) {
    let (mut right, mut deliberate, mut n) = (0, 0, 0);
    for row in table.rows() {
        n += 1;
        let (host, verdict) = (row.get(column), row.get("verdict"));
        let alarm = level(engine, host) >= Level::Caution;
        if alarm == (verdict != "none") {
            right += 1;
        } else if is_deliberate(host) {
            deliberate += 1;
        } else {
            let comment = row.get("comment");
            report.miss(set, format!("{verdict}\t{host}\t{comment}"));
        }
    }
    let goal = Goal::AtLeast(100.0);
    let figure = "as Chromium, or listed as deliberate";
    report.share(set, figure, right + deliberate, n, goal);
    report.count(set, "deliberate differences", deliberate, n, Goal::Inform);
}

fn is_deliberate(host: &str) -> bool {
    EXPECTED
        .lines()
        .filter(|line| !line.starts_with('#'))
        .filter_map(|line| line.split('\t').next())
        .any(|listed| listed == host)
}
