//! Real mails: attacks, mentions, ham, and vendors' genuine mail.

use std::collections::BTreeMap;

use doppelcheck::read::eml;
use doppelcheck::{Engine, Level, Link, Mailbox, Message, Verdict};
use rayon::prelude::*;

use crate::corpus::{Corpus, Row};
use crate::report::{Goal, Report};
use crate::vendors;

/// A mail with its name and what the engine says.
struct Judged {
    name: String,
    message: Message,
    verdict: Verdict,
}

pub fn measure(
    engine: &Engine,
    corpus: &Corpus,
    report: &mut Report,
) -> Result<(), String> {
    attacks(engine, corpus, report)?;
    let ham = judge_archive(engine, corpus, "ham_mail.tar.xz", report)?;
    silence(report, "ham", &ham, 2.0);
    let genuine =
        judge_archive(engine, corpus, "genuine_mail.tar.xz", report)?;
    silence(report, "genuine_mail", &genuine, 0.0);
    let table = corpus.table("headers_real.tsv")?;
    let headers: Vec<Judged> = table
        .rows()
        .map(|row| {
            let message = message_of(row);
            let name = row.get("from_addr").to_owned();
            let verdict = engine.check_message(&message);
            Judged { name, message, verdict }
        })
        .collect();
    silence(report, "headers_real", &headers, 0.0);
    Ok(())
}

fn judge_archive(
    engine: &Engine,
    corpus: &Corpus,
    name: &str,
    report: &mut Report,
) -> Result<Vec<Judged>, String> {
    let files = corpus.archive(name)?;
    let judged: Vec<Result<Judged, String>> = files
        .into_par_iter()
        .map(|(name, source)| match eml::read(&source) {
            Ok(message) => {
                let verdict = engine.check_message(&message);
                Ok(Judged { name, message, verdict })
            }
            Err(e) => Err(format!("{name}: {e}")),
        })
        .collect();
    let mut mails = Vec::new();
    for mail in judged {
        match mail {
            Ok(mail) => mails.push(mail),
            Err(reason) => report.miss("unreadable", reason),
        }
    }
    Ok(mails)
}

fn message_of(row: Row<'_>) -> Message {
    let hosts = row.get("link_hosts").split([',', ' ', ';']);
    Message {
        from: vec![Mailbox {
            name: row.get("from_display").to_owned(),
            address: row.get("from_addr").to_owned(),
        }],
        subject: row.get("subject_redacted").to_owned(),
        links: hosts
            .filter(|host| host.contains('.'))
            .map(|host| Link {
                href: format!("https://{host}/"),
                ..Link::default()
            })
            .collect(),
        ..Message::default()
    }
}

/// Counts the alarms among mails that deserve none, and names each.
fn silence(report: &mut Report, set: &str, mails: &[Judged], most: f64) {
    let count =
        |level| mails.iter().filter(|m| m.verdict.level >= level).count();
    let n = mails.len();
    let (caution, danger) = (count(Level::Caution), count(Level::Danger));
    let goal = Goal::AtMost(most);
    report.count(set, "at caution or above", caution, n, goal);
    report.count(set, "at danger", danger, n, Goal::AtMost(0.0));
    for mail in mails.iter().filter(|m| m.verdict.level >= Level::Caution) {
        report.notice(format!("{set}: {}", describe(mail)));
    }
}

/// A mail and its findings in one line.
fn describe(mail: &Judged) -> String {
    let from = mail.message.from.first();
    let (name, address) =
        from.map_or(("", ""), |m| (m.name.as_str(), m.address.as_str()));
    let findings: Vec<String> = mail
        .verdict
        .findings
        .iter()
        .map(|f| {
            let vendor = f.vendor.as_deref().unwrap_or("-");
            let evidence: Vec<String> =
                f.evidence.iter().map(|(k, v)| format!("{k}={v:?}")).collect();
            let (level, code, place) = (f.level, f.code, f.place);
            let evidence = evidence.join(" ");
            format!("{level:?} {code:?} at {place:?} {vendor} {evidence}")
        })
        .collect();
    let (file, level) = (&mail.name, mail.verdict.level);
    let subject = &mail.message.subject;
    let findings = findings.join("; ");
    format!("{level:?} {file} “{name}” <{address}> “{subject}”: {findings}")
}

/// How the impersonations of one vendor fared.
#[derive(Default)]
struct Tally {
    n: usize,
    caution: usize,
    danger: usize,
    right: usize,
}

fn attacks(
    engine: &Engine,
    corpus: &Corpus,
    report: &mut Report,
) -> Result<(), String> {
    let mails: BTreeMap<String, Judged> =
        judge_archive(engine, corpus, "phish_mail.tar.xz", report)?
            .into_iter()
            .map(|m| (m.name.clone(), m))
            .collect();
    let labels = corpus.table("labels_dev.tsv")?;
    let mut tallies: BTreeMap<&str, Tally> = BTreeMap::new();
    let (mut mentions, mut alarmed, mut absent) = (0, 0, 0);
    for row in labels.rows() {
        let Some(mail) = mails.get(row.get("file")) else {
            report.miss("phish_mail", format!("no mail {}", row.get("file")));
            continue;
        };
        if row.get("claim") == "mentions" {
            mentions += 1;
            alarmed += usize::from(mail.verdict.level >= Level::Caution);
            check_named_vendor(engine, report, mail);
            continue;
        }
        let Some(vendor) = vendors::named(engine, row.get("vendor")) else {
            absent += 1;
            report.miss(
                "phish_mail",
                format!("no vendor {}", row.get("vendor")),
            );
            continue;
        };
        let tally = tallies.entry(vendor.id.as_str()).or_default();
        tally.n += 1;
        let Verdict { level, vendor: named, .. } = &mail.verdict;
        tally.danger += usize::from(*level == Level::Danger);
        if *level >= Level::Caution {
            tally.caution += 1;
            tally.right += usize::from(named.as_ref() == Some(&vendor.id));
        }
        let right = named.as_ref() == Some(&vendor.id);
        if *level < Level::Danger || !right {
            let row = format!("{}\t{}", vendor.id, describe(mail));
            report.miss("phish_mail", row);
        }
    }
    report_attacks(report, &tallies);
    report.count(
        "phish_mail",
        "vendor not in the directory",
        absent,
        absent,
        Goal::Inform,
    );
    report.share(
        "phish_mail",
        "mentions at caution or above",
        alarmed,
        mentions,
        Goal::Inform,
    );
    Ok(())
}

fn report_attacks(report: &mut Report, tallies: &BTreeMap<&str, Tally>) {
    const SET: &str = "phish_mail";
    for (vendor, t) in tallies {
        let figure = format!("vendor {vendor} at caution or above");
        report.share(SET, &figure, t.caution, t.n, Goal::Inform);
    }
    let sum = |part: fn(&Tally) -> usize| tallies.values().map(part).sum();
    let n: usize = sum(|t| t.n);
    let caution: usize = sum(|t| t.caution);
    let least = Goal::AtLeast;
    report.share(SET, "at caution or above", caution, n, least(97.0));
    #[allow(clippy::cast_precision_loss)]
    let shares = tallies.values().map(|t| t.caution as f64 / t.n as f64);
    #[allow(clippy::cast_precision_loss)]
    let mean = 100.0 * shares.sum::<f64>() / tallies.len().max(1) as f64;
    let figure = "at caution or above, mean over vendors";
    report.figure(SET, figure, mean, "%", tallies.len(), least(95.0));
    let danger: usize = sum(|t| t.danger);
    report.share(SET, "at danger", danger, n, least(85.0));
    let right: usize = sum(|t| t.right);
    let figure = "right vendor, of those alarmed";
    report.share(SET, figure, right, caution, least(95.0));
}

/// An alarm on a mail that only mentions a vendor is no harm (it is spam),
/// but the vendor must be one that the mail names.
fn check_named_vendor(engine: &Engine, report: &mut Report, mail: &Judged) {
    let Some(id) = &mail.verdict.vendor else { return };
    let directory = engine.directory();
    let Some(vendor) = directory.find(id).map(|v| directory.vendor(v)) else {
        return;
    };
    let Message { from, subject, text, links, .. } = &mail.message;
    let from = from.iter().map(|m| format!("{} {}", m.name, m.address));
    let links = links.iter().map(|l| format!("{} {}", l.text, l.href));
    let all: Vec<String> =
        from.chain(links).chain([subject.clone(), text.clone()]).collect();
    let all = vendors::plain(&all.join(" "));
    if !vendors::names(vendor).any(|n| all.contains(&vendors::plain(n))) {
        let mail = describe(mail);
        report.notice(format!("mentions: names {id} out of nowhere: {mail}"));
    }
}
