//! Measures the engine on the sets in `../shared/corpora` (or another
//! folder), prints each figure beside its goal and writes them as JSON.
//!
//! The data is read where it lies; none of it is kept.
//!
//! ```text
//! cargo run --release --example measure -- [--misses SET]… [DIR]
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
}

/// Measures one set.
type Set = fn(&Engine, &Corpus, &mut Report) -> Result<(), String>;

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
    let sets: [Set; 9] = [
        mails::measure,
        permutations::measure,
        phish_hosts::measure,
        benign::measure,
        owned::measure,
        chromium::measure,
        links::redirectors,
        links::text_mismatch,
        peers::measure,
    ];
    for set in sets {
        set(&engine, &corpus, &mut report)?;
    }
    report.print(&options.misses);
    report.write_json(JSON)
}

fn options(
    mut arguments: impl Iterator<Item = String>,
) -> Result<Options, String> {
    let mut options = Options { dir: DEFAULT_DIR.into(), misses: Vec::new() };
    while let Some(argument) = arguments.next() {
        match argument.as_str() {
            "--misses" => options
                .misses
                .push(arguments.next().ok_or("--misses: name a set")?),
            flag if flag.starts_with('-') => {
                return Err(format!(
                    "{flag}: unknown; usage: measure [--misses SET]… [DIR]"
                ));
            }
            dir => options.dir = dir.into(),
        }
    }
    Ok(options)
}
