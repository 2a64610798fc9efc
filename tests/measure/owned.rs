//! Vendors' own hosts, which must show nothing at all.

use doppelcheck::{Engine, Level};

use crate::corpus::Corpus;
use crate::report::{Goal, Report};

const SET: &str = "vendor-owned hosts";

pub fn measure(
    engine: &Engine,
    corpus: &Corpus,
    report: &mut Report,
) -> Result<(), String> {
    let directory = engine.directory();
    let mut listed: Vec<String> = Vec::new();
    for (_, vendor) in directory.vendors() {
        // Whose links are pinned exactly owns nothing below them.
        listed.extend(vendor.links.iter().cloned());
        for host in vendor.domains.iter().chain(&vendor.sends) {
            listed.extend([host.clone(), format!("mail.{host}")]);
        }
    }
    silent(engine, report, "of the directory", &listed, 100.0);
    let table = corpus.table("benign_brandword.tsv")?;
    let marked: Vec<String> = table
        .rows()
        .filter(|r| !r.get("vendor_owned").is_empty())
        .map(|r| r.get("domain").to_owned())
        .collect();
    silent(engine, report, "marked in benign_brandword", &marked, 100.0);
    Ok(())
}

fn silent(
    engine: &Engine,
    report: &mut Report,
    figure: &str,
    hosts: &[String],
    goal: f64,
) {
    let mut silent = 0;
    for host in hosts {
        match engine.check_host(host) {
            Ok(v) if v.level == Level::None => silent += 1,
            Ok(v) => {
                let (level, vendor) = (v.level, v.vendor);
                let row = format!("{figure}\t{host}\t{level:?}\t{vendor:?}");
                report.miss("vendor-owned", row);
            }
            Err(e) => report.miss("vendor-owned", e.to_string()),
        }
    }
    report.share(SET, figure, silent, hosts.len(), Goal::AtLeast(goal));
}
