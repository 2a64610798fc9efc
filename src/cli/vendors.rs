//! `doppelcheck vendors`.

use std::io;

use doppelcheck::directory::{Directory, Incident, Vendor, evidence};
use doppelcheck::{fold, host::Host};
use serde::Serialize;

use super::output::{Output, faint, paint, strong};
use super::{Format, Status};

#[derive(Serialize)]
struct Line<'a> {
    #[serde(flatten)]
    entry: &'a Vendor,
    hosts: Vec<Known>,
    incidents: Vec<&'a Incident>,
}

/// Hosts of one role, and where they are known from.
#[derive(Serialize)]
struct Known {
    role: &'static str,
    evidence: &'static str,
    hosts: Vec<&'static str>,
}

/// Shows the directory, or one vendor.
pub(super) fn run(
    format: Format,
    name: Option<&str>,
    output: &mut Output,
    status: &mut Status,
) -> io::Result<()> {
    let directory = Directory::builtin();
    let found: Vec<_> = directory
        .vendors()
        .map(|(_, vendor)| vendor)
        .filter(|vendor| {
            name.is_none_or(|name| is_called(&directory, vendor, name))
        })
        .collect();
    if let Some(name) = name.filter(|_| found.is_empty()) {
        status.fail(name, "no vendor has that id, name, alias or host");
    }
    let id_width = found.iter().map(|v| v.id.len()).max().unwrap_or(0);
    let name_width =
        found.iter().map(|v| v.name.chars().count()).max().unwrap_or(0);
    for vendor in found {
        if format == Format::Json {
            output.json(&line(&directory, vendor))?;
        } else if name.is_some() {
            details(&line(&directory, vendor), output)?;
        } else {
            let id = format!("{:id_width$}", vendor.id);
            output.line(&format!(
                "{}  {:name_width$}  {:10}  {}",
                paint(strong(), &id),
                vendor.name,
                vendor.kind,
                vendor.home()
            ))?;
        }
    }
    Ok(())
}

fn is_called(directory: &Directory, vendor: &Vendor, name: &str) -> bool {
    let folded = fold::text(name);
    let owner = Host::parse(name).ok().and_then(|h| directory.owner(&h));
    vendor.id == name
        || owner.is_some_and(|id| directory.vendor(id).id == vendor.id)
        || std::iter::once(&vendor.name)
            .chain(&vendor.aliases)
            .chain(&vendor.words)
            .any(|known| !folded.is_empty() && fold::text(known) == folded)
}

fn line<'a>(directory: &'a Directory, vendor: &'a Vendor) -> Line<'a> {
    Line {
        entry: vendor,
        hosts: evidence(&vendor.id)
            .map(|(role, evidence, hosts)| Known { role, evidence, hosts })
            .collect(),
        incidents: directory.incidents(&vendor.id).collect(),
    }
}

fn details(line: &Line<'_>, output: &mut Output) -> io::Result<()> {
    let vendor = line.entry;
    let title = paint(strong(), &vendor.name);
    output.line(&format!("{title}  {} ({})", vendor.id, vendor.kind))?;
    for (key, values) in [
        ("also called", &vendor.aliases),
        ("also words", &vendor.words),
        ("with one of", &vendor.anchors),
        ("family", &vendor.family),
        ("never asks for", &vendor.never_asks),
    ] {
        if !values.is_empty() {
            output.line(&format!("  {key:14}  {}", values.join(", ")))?;
        }
    }
    for (key, value) in [("open", &vendor.open), ("report", &vendor.report)] {
        if !value.is_empty() {
            output.line(&format!("  {key:14}  {value}"))?;
        }
    }
    for known in &line.hosts {
        let hosts = known.hosts.join(", ");
        let source = paint(faint(), &format!("  {}", known.evidence));
        output.line(&format!("  {:14}  {hosts}{source}", known.role))?;
    }
    for incident in &line.incidents {
        let (date, leaked) = (incident.date, incident.leaked.join(", "));
        let source = paint(faint(), &format!("  {}", incident.source));
        output.line(&format!("  incident {date}  {leaked}{source}"))?;
    }
    output.line("")
}
