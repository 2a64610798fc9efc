//! `doppelcheck host` and `doppelcheck link`.

use std::io::{self, BufRead};

use doppelcheck::{Engine, Finding};

use super::mail::vendor_line;
use super::output::{Output, faint, level, paint, strong};
use super::words::{sentence, shown};
use super::{Format, Status};

/// Judges hosts, each alone.
pub(super) fn hosts(
    engine: &Engine,
    format: Format,
    hosts: Vec<String>,
    output: &mut Output,
    status: &mut Status,
) -> io::Result<()> {
    each(hosts, status, |host, status| {
        let verdict = match engine.check_host(host) {
            Ok(verdict) => verdict,
            Err(error) => {
                output.flush()?;
                status.fail(host, &error.to_string());
                return Ok(());
            }
        };
        status.saw(verdict.level);
        if format == Format::Json {
            return output.json(&verdict);
        }
        let shown = paint(strong(), &shown(host, 300));
        let owner = verdict.identity.as_deref().map(|id| {
            let directory = engine.directory();
            let name = directory
                .find(id)
                .map_or(id, |id| directory.vendor(id).name.as_str());
            paint(faint(), &format!("  belongs to {name}"))
        });
        let line = shown + &owner.unwrap_or_default();
        output.line(&(level(verdict.level) + &line))?;
        reasons(engine, verdict.vendor.as_deref(), &verdict.findings, output)
    })
}

/// Judges links, each alone.
pub(super) fn links(
    engine: &Engine,
    format: Format,
    links: Vec<String>,
    output: &mut Output,
    status: &mut Status,
) -> io::Result<()> {
    each(links, status, |line, status| {
        let (text, url) = line.rsplit_once('\t').unwrap_or(("", line));
        let verdict = engine.check_link(url.trim(), text.trim());
        status.saw(verdict.level);
        if format == Format::Json {
            return output.json(&verdict);
        }
        let strong = paint(strong(), &shown(url, 300));
        output.line(&(level(verdict.level) + &strong))?;
        let destination = match verdict.destination.as_deref() {
            Some(destination) if destination == url.trim() => None,
            Some(other) => Some(format!("leads to {}", shown(other, 300))),
            None => Some("leads where its wrapper does not show".to_owned()),
        };
        if let Some(destination) = destination {
            output.line(&format!("         {destination}"))?;
        }
        reasons(engine, verdict.vendor.as_deref(), &verdict.findings, output)
    })
}

fn reasons(
    engine: &Engine,
    vendor: Option<&str>,
    findings: &[Finding],
    output: &mut Output,
) -> io::Result<()> {
    if let Some(line) = vendor_line(engine.directory(), vendor) {
        output.line(&format!("         {line}"))?;
    }
    for finding in findings {
        let sentence = sentence(finding, engine.directory(), "");
        output.line(&format!("         • {sentence}"))?;
    }
    Ok(())
}

/// Goes through the arguments, or through the lines of standard input where
/// there are none or one is `-`. Empty lines are passed over.
fn each(
    arguments: Vec<String>,
    status: &mut Status,
    mut judge: impl FnMut(&str, &mut Status) -> io::Result<()>,
) -> io::Result<()> {
    let arguments =
        if arguments.is_empty() { vec!["-".into()] } else { arguments };
    for argument in arguments {
        if argument != "-" {
            judge(&argument, status)?;
            continue;
        }
        for line in io::stdin().lock().split(b'\n') {
            let line = match line {
                Ok(line) => line,
                Err(e) => {
                    status.fail("-", &e.to_string());
                    break;
                }
            };
            let line = String::from_utf8_lossy(&line);
            let line = line.trim_end_matches('\r');
            if !line.trim().is_empty() {
                judge(line, status)?;
            }
        }
    }
    Ok(())
}
