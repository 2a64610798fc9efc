//! Hosts that must stay silent.

use doppelcheck::{Engine, HostVerdict, Level};
use rayon::prelude::*;

use crate::corpus::Corpus;
use crate::report::{Goal, Report};

/// The full names of vendors with few, known domains.
const DISTINCT: [&str; 10] = [
    "openai",
    "chatgpt",
    "paypal",
    "coinbase",
    "binance",
    "klarna",
    "revolut",
    "metamask",
    "mastercard",
    "stripe",
];

pub fn measure(
    engine: &Engine,
    corpus: &Corpus,
    report: &mut Report,
) -> Result<(), String> {
    popular(engine, corpus, report)?;
    brand_words(engine, corpus, report)
}

/// The findings of a verdict in one line.
fn reasons(verdict: &HostVerdict) -> String {
    let findings = verdict.findings.iter();
    let reasons: Vec<String> = findings
        .map(|f| {
            let class = f.evidence.get("class");
            let vendor = f.vendor.as_deref().unwrap_or("-");
            format!("{:?} {:?} {vendor} {class:?}", f.level, f.code)
        })
        .collect();
    reasons.join("; ")
}

fn popular(
    engine: &Engine,
    corpus: &Corpus,
    report: &mut Report,
) -> Result<(), String> {
    const SET: &str = "benign_domains";
    let table = corpus.table("benign_domains.tsv.gz")?;
    let hosts: Vec<&str> = table.rows().map(|r| r.get("domain")).collect();
    let alarms: Vec<HostVerdict> = hosts
        .par_iter()
        .filter_map(|host| engine.check_host(host).ok())
        .filter(|v| v.level >= Level::Caution)
        .collect();
    let n = hosts.len();
    let is_distinct =
        |host: &str| DISTINCT.iter().any(|name| host.contains(name));
    let plain_hosts = hosts.iter().filter(|h| !is_distinct(h)).count();
    let (mut plain, mut danger) = (0, 0);
    for verdict in &alarms {
        let distinct = is_distinct(&verdict.host);
        plain += usize::from(!distinct);
        danger += usize::from(verdict.level == Level::Danger);
        let kind = if distinct { "distinct" } else { "plain" };
        let reasons = reasons(verdict);
        report.miss(SET, format!("{kind}\t{}\t{reasons}", verdict.host));
    }
    let mut per_100_000 = |figure: &str, count: usize, n: usize, goal| {
        #[allow(clippy::cast_precision_loss)]
        let value = 100_000.0 * count as f64 / n.max(1) as f64;
        report.figure(SET, figure, value, "", n, goal);
    };
    per_100_000(
        "per 100,000, without a distinct full name",
        plain,
        plain_hosts,
        Goal::AtMost(3.0),
    );
    per_100_000("per 100,000, in all", alarms.len(), n, Goal::AtMost(25.0));
    report.count(SET, "at danger", danger, n, Goal::AtMost(0.0));
    report.count(SET, "at caution or above", alarms.len(), n, Goal::Inform);
    Ok(())
}

fn brand_words(
    engine: &Engine,
    corpus: &Corpus,
    report: &mut Report,
) -> Result<(), String> {
    const SET: &str = "benign_brandword";
    let table = corpus.table("benign_brandword.tsv")?;
    let (mut alarms, mut n) = (0, 0);
    for row in table.rows() {
        let host = row.get("domain");
        let foreign = row.get("vendor_owned").is_empty()
            && !DISTINCT.iter().any(|name| host.contains(name));
        let Ok(verdict) = engine.check_host(host) else { continue };
        if !foreign || verdict.identity.is_some() {
            continue;
        }
        n += 1;
        if verdict.level >= Level::Caution {
            alarms += 1;
            let (brand, reasons) = (row.get("brandword"), reasons(&verdict));
            report.miss(SET, format!("{brand}\t{host}\t{reasons}"));
        }
    }
    let goal = Goal::AtMost(6.0);
    report.share(SET, "not owned, at caution or above", alarms, n, goal);
    Ok(())
}
