//! `doppelcheck mail`.

use std::io;
use std::path::PathBuf;

use doppelcheck::directory::Directory;
use doppelcheck::read::eml;
use doppelcheck::{Engine, Finding, Level, Message, Verdict};
use rayon::prelude::*;
use serde::Serialize;

use super::input::{self, Failure, Input};
use super::output::{Output, faint, level, paint, strong};
use super::progress::Progress;
use super::words::{sentence, shown};
use super::{Format, Status};

/// How many mails, and how many bytes of them, are judged at once.
const BATCH: usize = 256;
const BATCH_BYTES: usize = 64 * 1024 * 1024;

/// A mail and what the engine says of it.
struct Judged {
    path: String,
    index: Option<usize>,
    message: Message,
    verdict: Verdict,
}

#[derive(Serialize)]
struct Line<'a> {
    path: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    index: Option<usize>,
    level: Level,
    vendor: &'a Option<String>,
    findings: &'a [Finding],
}

/// Judges mails in parallel and writes the results in input order.
pub(super) fn run(
    engine: &Engine,
    format: Format,
    paths: &[PathBuf],
    output: &mut Output,
    status: &mut Status,
) -> io::Result<()> {
    let standard_input = [PathBuf::from("-")];
    let paths = if paths.is_empty() { &standard_input } else { paths };
    let files = input::files(paths);
    let mut progress = Progress::new(files.len());
    let mut batch = Batch { engine, format, output, status, waiting: vec![] };
    for file in files {
        match file {
            Err(failure) => batch.push(Err(failure), &progress)?,
            Ok(path) => {
                input::mails(&path, |mail| batch.push(mail, &progress))?;
            }
        }
        progress.step();
    }
    batch.judge(&progress)?;
    progress.finish();
    Ok(())
}

/// Mails that wait to be judged together.
struct Batch<'a> {
    engine: &'a Engine,
    format: Format,
    output: &'a mut Output,
    status: &'a mut Status,
    waiting: Vec<Result<Input, Failure>>,
}

impl Batch<'_> {
    fn push(
        &mut self,
        mail: Result<Input, Failure>,
        progress: &Progress,
    ) -> io::Result<()> {
        self.waiting.push(mail);
        let held = self.waiting.iter().flatten().map(Input::held).sum();
        if self.waiting.len() >= BATCH || BATCH_BYTES < held {
            self.judge(progress)?;
        }
        Ok(())
    }

    fn judge(&mut self, progress: &Progress) -> io::Result<()> {
        let judged: Vec<_> = std::mem::take(&mut self.waiting)
            .into_par_iter()
            .map(|mail| mail.and_then(|mail| judge(self.engine, mail)))
            .collect();
        progress.aside(|| {
            for judged in judged {
                match judged {
                    Ok(judged) => self.write(&judged)?,
                    Err(f) => {
                        // Both streams in the order of the input.
                        self.output.flush()?;
                        self.status.fail(&f.path, &f.reason);
                    }
                }
            }
            self.output.flush()
        })
    }

    fn write(&mut self, judged: &Judged) -> io::Result<()> {
        let verdict = &judged.verdict;
        self.status.saw(verdict.level);
        if self.format == Format::Json {
            return self.output.json(&Line {
                path: &judged.path,
                index: judged.index,
                level: verdict.level,
                vendor: &verdict.vendor,
                findings: &verdict.findings,
            });
        }
        for line in block(judged, self.engine.directory()) {
            self.output.line(&line)?;
        }
        Ok(())
    }
}

fn judge(engine: &Engine, mail: Input) -> Result<Judged, Failure> {
    let (path, index) = (mail.path.clone(), mail.index);
    let source = mail.read()?;
    match eml::read(&source) {
        Ok(message) => {
            let verdict = engine.check_message(&message);
            Ok(Judged { path, index, message, verdict })
        }
        Err(e) => Err(Failure {
            path: match index {
                Some(index) => format!("{path}[{index}]"),
                None => path,
            },
            reason: e.to_string(),
        }),
    }
}

/// A mail's verdict for people.
fn block(judged: &Judged, directory: &Directory) -> Vec<String> {
    let Judged { path, index, message, verdict } = judged;
    let indent = " ".repeat(9);
    let mut path = shown(path, usize::MAX);
    if let Some(index) = index {
        path = format!("{path}[{index}]");
    }
    let mut lines = vec![level(verdict.level) + &paint(strong(), &path)];
    let sender = message.from.first().cloned().unwrap_or_default();
    let from = match sender.name.as_str() {
        "" => sender.address.clone(),
        name => format!("{name} <{}>", sender.address),
    };
    let (from, subject) = (shown(&from, 100), shown(&message.subject, 100));
    let header = format!("{from} — {subject}");
    lines.push(indent.clone() + &paint(faint(), &header));
    lines.extend(
        vendor_line(directory, verdict.vendor.as_deref())
            .map(|line| indent.clone() + &line),
    );
    let host = sender.address.rsplit_once('@').map_or("", |(_, host)| host);
    for finding in &verdict.findings {
        let line = format!("{indent}• {}", sentence(finding, directory, host));
        // Several links may say the same.
        if !lines.contains(&line) {
            lines.push(line);
        }
    }
    lines.push(String::new());
    lines
}

/// The vendor that something poses as, and its real domain.
pub(super) fn vendor_line(
    directory: &Directory,
    vendor: Option<&str>,
) -> Option<String> {
    let vendor = directory.vendor(directory.find(vendor?)?);
    let real = paint(strong(), vendor.home());
    Some(format!("poses as {}, whose own domain is {real}", vendor.name))
}
