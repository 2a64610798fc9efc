//! `./build.sh bench [MAILS]`: how fast the engine is, beside the parsers it
//! is built on, measured in the same run; and how large its WebAssembly is.
//!
//! Each figure is that of the fastest of several rounds: what else runs on
//! the machine only ever makes one slower.

// Counts of items and bytes are far below what a double holds exactly.
#![allow(clippy::cast_precision_loss)]

mod size;

use std::fmt::Write as _;
use std::fs;
use std::hint::black_box;
use std::path::{Path, PathBuf};
use std::time::Instant;

use doppelcheck::Engine;
use doppelcheck::directory::{Directory, Vendor};
use doppelcheck::policy::Policy;
use doppelcheck::read::eml;

const ROUNDS: usize = 25;
const FEW: usize = 250;
const MANY: usize = 10_000;

fn main() {
    println!("{:44} {:>12} {:>8} {:>7}", "", "fastest", "ratio", "goal");
    start();
    hosts();
    mails(std::env::args_os().nth(1).map(PathBuf::from));
    size::print(&Path::new(env!("CARGO_MANIFEST_DIR")).join("dist"));
}

fn row(what: &str, time: &str, ratio: f64, goal: &str) {
    let ratio =
        if ratio > 0.0 { format!("{ratio:.2}") } else { String::new() };
    println!("{what:44} {time:>12} {ratio:>8} {goal:>7}");
}

/// The time of one item in nanoseconds, in the fastest round.
fn fastest<T>(items: &[T], mut work: impl FnMut(&T)) -> f64 {
    let rounds = (0..ROUNDS).map(|_| {
        let start = Instant::now();
        items.iter().for_each(&mut work);
        start.elapsed().as_secs_f64() * 1e9 / items.len() as f64
    });
    rounds.fold(f64::INFINITY, f64::min)
}

fn start() {
    let building = (0..ROUNDS).map(|_| {
        let start = Instant::now();
        let engine = black_box(Engine::new());
        let took = start.elapsed();
        // Nobody waits for it to be cleared away.
        drop(engine);
        took.as_secs_f64() * 1e3
    });
    let millis = format!("{:.1} ms", building.fold(f64::INFINITY, f64::min));
    row("building the engine", &millis, 0.0, "10 ms");
}

fn hosts() {
    let builtin = Directory::builtin();
    let hosts = sample_hosts(&some_vendors(&builtin));
    let base = fastest(&hosts, |host| {
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
    let judge = |directory: Directory| {
        let count = directory.vendors().count();
        let engine = Engine::with_directory(directory, Policy::default());
        let time = fastest(&hosts, |host| {
            let _ = black_box(engine.check_host(black_box(host)));
        });
        let what = format!("host verdict, {count} vendors");
        row(&what, &nanos(time), time / base, "3");
        time
    };
    let few = judge(directory_of(some_vendors(&builtin)));
    judge(builtin.clone());
    let many = judge(with_invented(builtin, MANY));
    let what = format!("  {MANY} vendors beside {FEW}");
    row(&what, "", many / few, "1.3");
}

/// Some vendors from all over the directory: the same hosts are judged,
/// with the same verdicts, however many vendors there are beside them.
fn some_vendors(directory: &Directory) -> Vec<Vendor> {
    let step = directory.vendors().count() / FEW;
    let vendors = directory.vendors().step_by(step).take(FEW);
    vendors.map(|(_, vendor)| vendor.clone()).collect()
}

fn directory_of(vendors: Vec<Vendor>) -> Directory {
    let mut directory = Directory::default();
    for vendor in vendors {
        directory.add(vendor);
    }
    directory
}

/// A directory filled up with invented vendors.
fn with_invented(mut directory: Directory, count: usize) -> Directory {
    for n in directory.vendors().count()..count {
        let name = invented(n);
        directory.add(Vendor {
            id: format!("{name}-{n}"),
            kind: "bank".to_owned(),
            domains: vec![format!("{name}.com"), format!("{name}.de")],
            name,
            ..Vendor::default()
        });
    }
    directory
}

/// Hosts as mail holds them: most of nobody, some of vendors, some that
/// imitate one.
fn sample_hosts(vendors: &[Vendor]) -> Vec<String> {
    let owned: Vec<&String> =
        vendors.iter().flat_map(|vendor| &vendor.domains).collect();
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

/// A word that nobody has as a name, always the same for a number.
fn word(number: usize) -> String {
    spoken(
        number,
        [
            "ba", "ton", "ri", "ver", "lo", "mek", "su", "gar", "di", "phon",
            "ta", "bel", "quo", "nis", "fe", "dor",
        ],
    )
}

/// The name of an invented vendor, made of other syllables than [`word`]:
/// the hosts that are judged are none of their lookalikes.
fn invented(number: usize) -> String {
    let syllables = [
        "zan", "pel", "cro", "mi", "vun", "tes", "hal", "jo", "ker", "lus",
        "ag", "wyn", "sto", "ra", "fid", "oz",
    ];
    spoken(number, syllables) + &spoken(number / 65_536 + 7, syllables)
}

fn spoken(number: usize, syllables: [&str; 16]) -> String {
    let mut rest = number.wrapping_mul(2_654_435_761) % 65_536;
    let mut word = String::new();
    for _ in 0..4 {
        word += syllables[rest % syllables.len()];
        rest /= syllables.len();
    }
    word
}

fn mails(folder: Option<PathBuf>) {
    let shipped = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/mails");
    let mut samples = Vec::new();
    read_all(&shipped, &mut samples);
    let grown: Vec<Vec<u8>> = samples.iter().map(|mail| grown(mail)).collect();
    mails_of("short samples", &samples);
    mails_of("samples of usual size", &grown);
    if let Some(folder) = folder {
        let mut real = Vec::new();
        read_all(&folder, &mut real);
        mails_of("real mails", &real);
    }
}

fn mails_of(what: &str, sources: &[Vec<u8>]) {
    if sources.is_empty() {
        println!("{what}: none found");
        return;
    }
    let bytes: usize = sources.iter().map(Vec::len).sum();
    let (count, mean) = (sources.len(), bytes / sources.len());
    println!("{what}: {count}, {mean} bytes each, on one core");
    let engine = Engine::new();
    let per_second = |ns: f64| format!("{:.0}/s", 1e9 / ns);
    let parser = mail_parser::MessageParser::default();
    let base = fastest(sources, |mail| {
        black_box(parser.parse(black_box(mail.as_slice())));
    });
    row("  mail-parser alone", &per_second(base), 0.0, "");
    let text = fastest(sources, |mail| {
        if let Some(mail) = parser.parse(black_box(mail.as_slice())) {
            for part in 0..mail.text_body_count().max(mail.html_body_count()) {
                black_box(mail.body_text(part));
                black_box(mail.body_html(part).map(|html| {
                    mail_parser::decoders::html::html_to_text(&html)
                }));
            }
        }
    });
    let what = "  the same, and its texts without HTML";
    row(what, &per_second(text), text / base, "");
    let read = fastest(sources, |mail| {
        let _ = black_box(eml::read(black_box(mail)));
    });
    row("  reading", &per_second(read), read / base, "");
    let judged = fastest(sources, |mail| {
        if let Ok(message) = eml::read(black_box(mail)) {
            black_box(engine.check_message(&message));
        }
    });
    row("  reading and judging", &per_second(judged), judged / base, "2.5");
}

/// A short sample with what real mails carry beside their text: a trace, a
/// signature, and a newsletter's HTML.
fn grown(sample: &[u8]) -> Vec<u8> {
    let sample = String::from_utf8_lossy(sample);
    let (header, body) = sample.split_once("\n\n").unwrap_or((&sample, ""));
    let header: Vec<&str> = header
        .lines()
        .filter(|line| !line.to_lowercase().starts_with("content-"))
        .collect();
    let mut mail = String::new();
    for hop in 0..4 {
        let _ = write!(
            mail,
            "Received: from out{hop}.example.net (out{hop}.example.net \
             [192.0.2.{hop}])\n\tby mx{hop}.example.org with ESMTPS id \
             {hop}f3a9\n\t(version=TLS1_3); Mon, 1 Jun 2026 10:00:0{hop} \
             +0000\n",
        );
    }
    let _ = write!(
        mail,
        "DKIM-Signature: v=1; a=rsa-sha256; d=example.net; s=s1; \
         h=from:to:subject;\n\tbh=47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3h\
         SuFU=;\n\tb={}\n{}\nMIME-Version: 1.0\nContent-Type: \
         multipart/alternative; boundary=cut\n\n--cut\nContent-Type: \
         text/plain; charset=utf-8\n\n{body}\n{}\n--cut\nContent-Type: \
         text/html; charset=utf-8\n\n<html><body>{}</body></html>\n\
         --cut--\n",
        "Zm9vYmFy".repeat(40),
        header.join("\n"),
        paragraphs(|text, _| format!("{text}\n\n")),
        paragraphs(|text, link| format!(
            "<table width=\"600\" cellpadding=\"0\"><tr><td style=\"font: \
             14px/20px Arial, sans-serif; color: #333333; padding: 8px\">\
             {text} <a href=\"{link}\" style=\"color: #1155cc\">Read \
             more</a></td></tr></table>\n"
        )),
    );
    mail.into_bytes()
}

/// Some paragraphs of a newsletter, each with a link.
fn paragraphs(write: impl Fn(&str, &str) -> String) -> String {
    let paragraph = |n: usize| {
        let words: Vec<String> = (0..60)
            .map(|w| word(n * 60 + w)[..4 + w % 5].to_owned())
            .collect();
        let link = format!("https://www.{}.com/news/{n}?id={n}", word(n % 7));
        write(&words.join(" "), &link)
    };
    (0..40).map(paragraph).collect()
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
