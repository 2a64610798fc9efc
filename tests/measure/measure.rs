//! Measures the engine on the sets in `../shared/corpora` (or another
//! folder), prints each figure beside its goal and writes them as JSON.
//!
//! The data is read where it lies; none of it is kept.
//!
//! ```text
//! cargo run --release --example measure -- [--only SET]… [--misses SET]… [DIR]
//! ```

mod benign;
mod chromium;
mod corpus;
mod links;
mod mails;
mod owned;
mod peers;
mod permutations;
mod phish_hosts;
mod report;
mod vendors;

use std::path::PathBuf;
use std::process::ExitCode;

use corpus::Corpus;
use doppelcheck::Engine;
use report::Report;

const DEFAULT_DIR: &str = "../shared/corpora";
const JSON: &str = "target/measure.json";

/// What the command line asks for.
struct Options {
    dir: PathBuf,
    misses: Vec<String>,
    only: Vec<String>,
}

/// Measures one set.
type Set = fn(&Engine, &Corpus, &mut Report) -> Result<(), String>;

const SETS: [(&str, Set); 9] = [
    ("mails", mails::measure),
    ("permutations", permutations::measure),
    ("phish-hosts", phish_hosts::measure),
    ("benign", benign::measure),
    ("owned", owned::measure),
    ("chromium", chromium::measure),
    ("redirectors", links::redirectors),
    ("link-text", links::text_mismatch),
    ("peers", peers::measure),
];

fn main() -> ExitCode {
    match run() {
        Ok(()) => ExitCode::SUCCESS,
        Err(reason) => {
            eprintln!("measure: {reason}");
            ExitCode::from(2)
        }
    }
}

fn run() -> Result<(), String> {
    let options = options(std::env::args().skip(1))?;
    let corpus = Corpus::open(&options.dir)?;
    let engine = Engine::new();
    let mut report = Report::default();
    for (name, set) in SETS {
        if options.only.is_empty() || options.only.iter().any(|o| o == name) {
            set(&engine, &corpus, &mut report)?;
        }
    }
    report.print(&options.misses);
    report.write_json(JSON)
}

fn options(
    mut arguments: impl Iterator<Item = String>,
) -> Result<Options, String> {
    let mut options = Options {
        dir: DEFAULT_DIR.into(),
        misses: Vec::new(),
        only: Vec::new(),
    };
    while let Some(argument) = arguments.next() {
        match argument.as_str() {
            "--misses" => options
                .misses
                .push(arguments.next().ok_or("--misses: name a set")?),
            "--only" => options
                .only
                .push(arguments.next().ok_or("--only: name a set")?),
            flag if flag.starts_with('-') => {
                return Err(format!(
                    "{flag}: unknown; usage: measure [--only SET]… \
                     [--misses SET]… [DIR]"
                ));
            }
            dir => options.dir = dir.into(),
        }
    }
    Ok(options)
}
