//! Hosts from phishing feeds that name a vendor.

use std::collections::BTreeMap;

use doppelcheck::directory::Vendor;
use doppelcheck::{Engine, Level};

use crate::corpus::Corpus;
use crate::report::{Goal, Report};
use crate::vendors;

const SET: &str = "phish_hosts";

pub fn measure(
    engine: &Engine,
    corpus: &Corpus,
    report: &mut Report,
) -> Result<(), String> {
    let table = corpus.table("phish_hosts.tsv.gz")?;
    let (mut hits, mut named, mut right, mut n) = (0, 0, 0, 0);
    let mut brands: BTreeMap<&str, (usize, usize)> = BTreeMap::new();
    let mut unknown: BTreeMap<&str, usize> = BTreeMap::new();
    let mut known: BTreeMap<&str, Option<&Vendor>> = BTreeMap::new();
    for row in table.rows() {
        let (host, brand) = (row.get("host"), row.get("brand"));
        let in_host = row.get("brand_evidence").contains("host")
            && row.get("legit_vendor_or_shared_domain").is_empty();
        if !in_host {
            continue;
        }
        let vendor = *known
            .entry(brand)
            .or_insert_with(|| vendors::named(engine, brand));
        let Some(vendor) = vendor else {
            *unknown.entry(brand).or_default() += 1;
            continue;
        };
        n += 1;
        let tally = brands.entry(brand).or_default();
        tally.1 += 1;
        let Ok(verdict) = engine.check_host(host) else { continue };
        if verdict.level >= Level::Caution {
            hits += 1;
            tally.0 += 1;
            named += usize::from(verdict.vendor.is_some());
            right += usize::from(verdict.vendor.as_ref() == Some(&vendor.id));
        } else {
            let level = format!("{:?}", verdict.level);
            report.miss(SET, format!("{brand}\t{host}\t{level}"));
        }
    }
    for (brand, (hits, n)) in brands {
        report.share(SET, &format!("brand {brand}"), hits, n, Goal::Inform);
    }
    for (brand, n) in unknown {
        report.miss("phish_hosts-unknown", format!("{brand}\t{n}"));
    }
    let goal = Goal::AtLeast(97.0);
    report.share(SET, "caution or above", hits, n, goal);
    report.share(SET, "right vendor of those", right, named, Goal::Inform);
    Ok(())
}
