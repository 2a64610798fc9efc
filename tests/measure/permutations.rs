//! What the attackers' own generators make of a vendor's domain.

use std::collections::BTreeMap;

use doppelcheck::{Engine, Level};
use rayon::prelude::*;

use crate::corpus::Corpus;
use crate::report::{Goal, Report};

/// Where a generator's tables lie and which columns hold what.
struct Generator {
    name: &'static str,
    folder: &'static str,
    class: &'static str,
    goal: f64,
}

const GENERATORS: [Generator; 2] = [
    Generator {
        name: "dnstwist",
        folder: "permutations/dnstwist",
        class: "fuzzer",
        goal: 98.0,
    },
    Generator {
        name: "ail",
        folder: "permutations/ail_typo",
        class: "class",
        goal: 97.0,
    },
];

#[derive(Clone, Copy, Default)]
struct Tally {
    hits: usize,
    n: usize,
}

pub fn measure(
    engine: &Engine,
    corpus: &Corpus,
    report: &mut Report,
) -> Result<(), String> {
    for generator in &GENERATORS {
        generate(engine, corpus, report, generator)?;
    }
    Ok(())
}

fn generate(
    engine: &Engine,
    corpus: &Corpus,
    report: &mut Report,
    generator: &Generator,
) -> Result<(), String> {
    let mut classes: BTreeMap<String, Tally> = BTreeMap::new();
    let (mut long, mut short) = (Tally::default(), Tally::default());
    let set = format!("permutations {}", generator.name);
    for file in corpus.files(generator.folder)? {
        let table = corpus.table(&format!("{}/{file}", generator.folder))?;
        let home = file.trim_end_matches(".tsv.gz");
        let name = home.split('.').next().unwrap_or_default();
        let rows: Vec<(&str, &str)> = table
            .rows()
            .map(|r| (r.get(generator.class), r.get("domain")))
            .filter(|(class, host)| {
                *class != "*original"
                    && !is_owned(engine, host)
                    && !host.is_empty()
            })
            .collect();
        let caught: Vec<bool> =
            rows.par_iter().map(|(_, host)| alarms(engine, host)).collect();
        let mut total = Tally::default();
        for ((class, host), caught) in rows.iter().zip(caught) {
            let class = if name.len() >= 6 {
                (*class).to_owned()
            } else {
                format!("{class} (4-5 letters)")
            };
            let tally = classes.entry(class.clone()).or_default();
            for tally in [tally, &mut total] {
                tally.n += 1;
                tally.hits += usize::from(caught);
            }
            if !caught {
                report.miss(&set, format!("{home}\t{class}\t{host}"));
            }
        }
        let figure = format!("vendor {home}");
        report.share(&set, &figure, total.hits, total.n, Goal::Inform);
        let side = if name.len() >= 6 { &mut long } else { &mut short };
        side.hits += total.hits;
        side.n += total.n;
    }
    for (class, tally) in &classes {
        let goal = if class.ends_with("letters)") {
            Goal::Inform
        } else {
            Goal::AtLeast(90.0)
        };
        let figure = format!("class {class}");
        report.share(&set, &figure, tally.hits, tally.n, goal);
    }
    let goal = Goal::AtLeast(generator.goal);
    report.share(&set, "names of 6 letters or more", long.hits, long.n, goal);
    let goal = Goal::AtLeast(85.0);
    report.share(&set, "names of 4-5 letters", short.hits, short.n, goal);
    Ok(())
}

fn is_owned(engine: &Engine, host: &str) -> bool {
    engine.check_host(host).is_ok_and(|v| v.identity.is_some())
}

/// A host that no browser opens is no miss.
fn alarms(engine: &Engine, host: &str) -> bool {
    engine.check_host(host).map_or(true, |v| v.level >= Level::Caution)
}
