//! Another detector's own test rows and reported false alarms.

use doppelcheck::{Engine, Level};

use crate::corpus::Corpus;
use crate::report::{Goal, Report};

const SET: &str = "metamask";

pub fn measure(
    engine: &Engine,
    corpus: &Corpus,
    report: &mut Report,
) -> Result<(), String> {
    let alarms = |host: &str| {
        engine.check_host(host).is_ok_and(|v| v.level >= Level::Caution)
    };
    let table = corpus.table("metamask_detector.tsv")?;
    let (mut agree, mut n) = (0, 0);
    for row in table.rows() {
        n += 1;
        let (host, expected) = (row.get("domain"), row.get("expected"));
        let same = alarms(host) == expected.starts_with("phishing");
        agree += usize::from(same);
        if !same {
            report.miss(SET, format!("{host}\t{expected}"));
        }
    }
    report.share(SET, "detector rows that agree", agree, n, Goal::Inform);
    let table = corpus.table("metamask_false_positives_issues.tsv")?;
    let hosts: Vec<&str> =
        table.rows().map(|r| r.get("legit_domain")).collect();
    let false_alarms = hosts.iter().filter(|h| alarms(h)).count();
    let figure = "reported false alarms repeated";
    report.count(SET, figure, false_alarms, hosts.len(), Goal::AtMost(0.0));
    Ok(())
}
