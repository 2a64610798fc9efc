//! The command line: its arguments, and what its commands share.

mod host;
mod input;
mod mail;
mod mbox;
mod output;
mod policy;
mod progress;
mod vendors;
mod words;

use std::io;
use std::path::PathBuf;
use std::process::ExitCode;
use std::time::{Duration, SystemTime};

use clap::{Args, Parser, Subcommand, ValueEnum};
use doppelcheck::policy::Policy;
use doppelcheck::{Engine, Level};

use self::output::Output;

/// Tells whether a mail, a host or a link poses as OpenAI, one of its
/// partners or a payment provider.
#[derive(Debug, Parser)]
#[command(name = "doppelcheck", version, max_term_width = 100)]
#[command(after_help = "Exit status: 0 nothing at caution or above, \
    1 something, 2 an error.\nNothing is sent anywhere.")]
struct Arguments {
    #[command(subcommand)]
    command: Command,
    /// When to colour the output.
    #[arg(long, global = true, value_enum, default_value_t = Color::Auto)]
    color: Color,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Judges mails: .eml files, mbox files, Maildirs, folders of them.
    Mail {
        #[command(flatten)]
        how: How,
        /// What to read; `-` or nothing is standard input.
        #[arg(value_name = "PATH")]
        paths: Vec<PathBuf>,
    },
    /// Judges hosts, each alone.
    Host {
        #[command(flatten)]
        how: How,
        /// The hosts; `-` or nothing reads one a line from standard input.
        #[arg(value_name = "HOST")]
        hosts: Vec<String>,
    },
    /// Judges links; unwraps redirectors.
    Link {
        #[command(flatten)]
        how: How,
        /// URLs, or `text<TAB>URL`; `-` or nothing reads one a line from
        /// standard input.
        #[arg(value_name = "URL")]
        links: Vec<String>,
    },
    /// Shows the vendor directory, or one vendor.
    Vendors {
        #[command(flatten)]
        form: Form,
        /// An id, a name, an alias or a host.
        name: Option<String>,
    },
    /// Checks an administrator's policy; names each bad key and why.
    Policy {
        /// The policy: the object itself, or the file of a browser.
        file: PathBuf,
    },
}

#[derive(Args, Debug)]
struct How {
    /// An administrator's policy.
    #[arg(long, value_name = "FILE")]
    policy: Option<PathBuf>,
    #[command(flatten)]
    form: Form,
}

#[derive(Args, Clone, Copy, Debug)]
struct Form {
    /// How to write the results.
    #[arg(long, value_enum, default_value_t = Format::Text)]
    format: Format,
}

#[derive(Clone, Copy, Debug, Eq, PartialEq, ValueEnum)]
enum Format {
    /// For people.
    Text,
    /// One JSON object a line, in input order.
    Json,
}

#[derive(Clone, Copy, Debug, ValueEnum)]
enum Color {
    /// On a terminal, and as `NO_COLOR` and `CLICOLOR` say.
    Auto,
    Always,
    Never,
}

/// What a run came to.
#[derive(Clone, Copy, Debug, Default)]
struct Status {
    found: bool,
    failed: bool,
}

impl Status {
    /// Takes note of a verdict.
    fn saw(&mut self, level: Level) {
        self.found |= level >= Level::Caution;
    }

    /// Names an error on standard error.
    fn fail(&mut self, what: &str, reason: &str) {
        use io::Write;
        self.failed = true;
        let what = words::shown(what, usize::MAX);
        // Nobody is left to tell where standard error is closed.
        let _ = writeln!(io::stderr(), "doppelcheck: {what}: {reason}");
    }

    /// The exit status, as grep's.
    fn code(self) -> ExitCode {
        ExitCode::from(match self {
            Self { failed: true, .. } => 2,
            Self { found: true, .. } => 1,
            _ => 0,
        })
    }
}

/// Runs the program.
pub(crate) fn run() -> ExitCode {
    let arguments = Arguments::parse();
    let mut status = Status::default();
    let mut output = Output::new(match arguments.color {
        Color::Auto => anstream::ColorChoice::Auto,
        Color::Always => anstream::ColorChoice::Always,
        Color::Never => anstream::ColorChoice::Never,
    });
    let result = dispatch(arguments.command, &mut output, &mut status)
        .and_then(|()| output.flush());
    if let Err(error) = result
        && error.kind() != io::ErrorKind::BrokenPipe
    {
        status.fail("standard output", &error.to_string());
    }
    status.code()
}

fn dispatch(
    command: Command,
    output: &mut Output,
    status: &mut Status,
) -> io::Result<()> {
    match command {
        Command::Mail { how, paths } => {
            let engine = how.engine(status);
            mail::run(&engine, how.form.format, &paths, output, status)
        }
        Command::Host { how, hosts } => {
            let engine = how.engine(status);
            host::hosts(&engine, how.form.format, hosts, output, status)
        }
        Command::Link { how, links } => {
            let engine = how.engine(status);
            host::links(&engine, how.form.format, links, output, status)
        }
        Command::Vendors { form, name } => {
            vendors::run(form.format, name.as_deref(), output, status)
        }
        Command::Policy { file } => policy::run(&file, output, status),
    }
}

impl How {
    fn engine(&self, status: &mut Status) -> Engine {
        let policy = match &self.policy {
            Some(file) => policy::read(file, status),
            None => Policy::default(),
        };
        Engine::with_policy(policy).on(&today())
    }
}

/// The day as `YYYY-MM-DD`, in UTC.
fn today() -> String {
    let since = SystemTime::now().duration_since(SystemTime::UNIX_EPOCH);
    date(since.unwrap_or(Duration::ZERO).as_secs() / 86_400)
}

/// The date a number of days after 1970-01-01, by counting in eras of 400
/// years that begin in March.
fn date(days: u64) -> String {
    let days = days + 719_468;
    let (era, day) = (days / 146_097, days % 146_097);
    let year = (day - day / 1_460 + day / 36_524 - day / 146_096) / 365;
    let day = day - (365 * year + year / 4 - year / 100);
    let month = (5 * day + 2) / 153;
    let day = day - (153 * month + 2) / 5 + 1;
    let month = if month < 10 { month + 3 } else { month - 9 };
    let year = era * 400 + year + u64::from(month <= 2);
    format!("{year:04}-{month:02}-{day:02}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_are_dates() {
        for (days, expected) in [
            (0, "1970-01-01"),
            (58, "1970-02-28"),
            (11_016, "2000-02-29"),
            (20_419, "2025-11-27"),
        ] {
            assert_eq!(date(days), expected);
        }
    }

    #[test]
    fn the_arguments_are_sound() {
        use clap::CommandFactory;
        Arguments::command().debug_assert();
    }
}
