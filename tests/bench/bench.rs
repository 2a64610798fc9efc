//! `./build.sh bench [MAILS]`: how fast the engine is, beside the parsers it
//! is built on, measured in the same run; and how large its WebAssembly is.
//!
//! Figures are medians of several rounds and are printed as they are.

// Counts of items and bytes are far below what a double holds exactly.
#![allow(clippy::cast_precision_loss)]

mod size;

use std::fs;
use std::hint::black_box;
use std::path::{Path, PathBuf};
use std::time::Instant;

use doppelcheck::Engine;
use doppelcheck::policy::{Policy, PolicyVendor};
use doppelcheck::read::eml;

const ROUNDS: usize = 9;
const FEW: usize = 250;
const MANY: usize = 10_000;

fn main() {
    println!("{:44} {:>12} {:>8} {:>7}", "", "median", "ratio", "goal");
    start();
    hosts();
    mails(std::env::args_os().nth(1).map(PathBuf::from));
    size::print(&Path::new(env!("CARGO_MANIFEST_DIR")).join("dist"));
}

fn row(what: &str, median: &str, ratio: f64, goal: &str) {
    let ratio =
        if ratio > 0.0 { format!("{ratio:.2}") } else { String::new() };
    println!("{what:44} {median:>12} {ratio:>8} {goal:>7}");
}

/// The median time of one item in nanoseconds.
fn median<T>(items: &[T], mut work: impl FnMut(&T)) -> f64 {
    let mut rounds: Vec<f64> = (0..ROUNDS)
        .map(|_| {
            let start = Instant::now();
            items.iter().for_each(&mut work);
            start.elapsed().as_secs_f64() * 1e9 / items.len() as f64
        })
        .collect();
    rounds.sort_by(f64::total_cmp);
    rounds[ROUNDS / 2]
}

fn start() {
    let building = median(&[()], |()| {
        black_box(Engine::new());
    });
    let millis = format!("{:.1} ms", building / 1e6);
    row("building the engine", &millis, 0.0, "10 ms");
}

fn hosts() {
    let builtin = Engine::new();
    let hosts = sample_hosts(&builtin);
    let judge = |engine: &Engine| {
        median(&hosts, |host| {
            let _ = black_box(engine.check_host(black_box(host)));
        })
    };
    let base = median(&hosts, |host| {
        let url = url::Url::parse(&format!("https://{}/", black_box(host)));
        if let Ok(url) = &url
            && let Some(name) = url.host_str()
        {
            black_box(psl::domain(name.as_bytes()));
        }
        let _ = black_box(url);
    });
    let nanos = |ns: f64| format!("{ns:.0} ns");
    row("url::Url::parse and psl, a host", &nanos(base), 0.0, "");
    let known = builtin.directory().vendors().count();
    let time = judge(&builtin);
    let few = if known < FEW { judge(&with_vendors(FEW)) } else { time };
    let known = known.max(FEW);
    let what = format!("host verdict, {known} vendors");
    row(&what, &nanos(few), few / base, "3");
    let many = judge(&with_vendors(MANY));
    let what = format!("host verdict, {MANY} vendors (beside {known})");
    row(&what, &nanos(many), many / few, "1.3");
}

/// Hosts as mail holds them: most of nobody, some of vendors, some that
/// imitate one.
fn sample_hosts(engine: &Engine) -> Vec<String> {
    let owned: Vec<&str> = engine
        .directory()
        .vendors()
        .flat_map(|(_, vendor)| vendor.domains.iter().map(String::as_str))
        .collect();
    (0..2_000)
        .map(|n| {
            let vendor = owned[n * 7 % owned.len()];
            let name = word(n);
            match n % 10 {
                0 => vendor.to_owned(),
                1 => format!("mail.{vendor}"),
                2 => format!("{}-login.example", vendor.replace('.', "-")),
                3 => format!("{vendor}.{name}.example"),
                4 | 5 => format!("{name}.com"),
                6 => format!("www.{name}.co.uk"),
                7 => format!("click.mail.{name}.org"),
                8 => format!("{name}-{}.de", word(n / 3)),
                _ => format!("{name}.github.io"),
            }
        })
        .collect()
}

/// A name that nobody has, always the same for a number.
fn word(number: usize) -> String {
    const SYLLABLES: [&str; 16] = [
        "ba", "ton", "ri", "ver", "lo", "mek", "su", "gar", "di", "phon",
        "ta", "bel", "quo", "nis", "fe", "dor",
    ];
    let mut rest = number.wrapping_mul(2_654_435_761) % 65_536;
    let mut word = String::new();
    for _ in 0..4 {
        word += SYLLABLES[rest % SYLLABLES.len()];
        rest /= SYLLABLES.len();
    }
    word
}

/// An engine with this many vendors: the built-in ones as far as they go,
/// invented ones for the rest.
fn with_vendors(count: usize) -> Engine {
    let builtin = Engine::new().directory().vendors().count();
    let vendors = (builtin..count)
        .map(|n| {
            let name = format!("{}{}", word(n), word(n / 65_536 + n * 31));
            PolicyVendor {
                id: format!("{name}-{n}"),
                domains: vec![format!("{name}.com"), format!("{name}.de")],
                name,
                ..PolicyVendor::default()
            }
        })
        .collect();
    Engine::with_policy(Policy { vendors, ..Policy::default() })
}

fn mails(folder: Option<PathBuf>) {
    let shipped = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/mails");
    let mut sources = Vec::new();
    read_all(folder.as_ref().unwrap_or(&shipped), &mut sources);
    if sources.is_empty() {
        println!("no mails in {}", folder.unwrap_or(shipped).display());
        return;
    }
    let bytes: usize = sources.iter().map(Vec::len).sum();
    let sources: Vec<_> =
        sources.iter().cycle().take(sources.len().max(400)).collect();
    let engine = Engine::new();
    let per_second = |ns: f64| format!("{:.0}/s", 1e9 / ns);
    let parser = mail_parser::MessageParser::default();
    let base = median(&sources, |mail| {
        black_box(parser.parse(black_box(mail.as_slice())));
    });
    println!("({bytes} bytes of mail, on one core)");
    row("mail-parser alone, mails", &per_second(base), 0.0, "");
    let read = median(&sources, |mail| {
        let _ = black_box(eml::read(black_box(mail)));
    });
    row("reading, mails", &per_second(read), read / base, "");
    let judged = median(&sources, |mail| {
        if let Ok(message) = eml::read(black_box(mail)) {
            black_box(engine.check_message(&message));
        }
    });
    let what = "reading and judging, mails";
    row(what, &per_second(judged), judged / base, "2.5");
}

fn read_all(folder: &Path, sources: &mut Vec<Vec<u8>>) {
    let Ok(entries) = fs::read_dir(folder) else { return };
    let mut paths: Vec<_> = entries.flatten().map(|e| e.path()).collect();
    paths.sort();
    for path in paths {
        if path.is_dir() {
            read_all(&path, sources);
        } else {
            sources.extend(fs::read(&path));
        }
    }
}
