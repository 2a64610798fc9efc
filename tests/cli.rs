//! What the command line promises.

use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};
use std::time::{Duration, Instant};

use serde_json::Value;

fn program() -> Command {
    Command::new(env!("CARGO_BIN_EXE_doppelcheck"))
}

fn run(arguments: &[&str]) -> Output {
    let output = program()
        .args(arguments)
        .current_dir(env!("CARGO_MANIFEST_DIR"))
        .stdin(Stdio::null())
        .output();
    output.unwrap()
}

fn run_with(arguments: &[&str], input: &[u8]) -> Output {
    let mut child = program()
        .args(arguments)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    let mut stdin = child.stdin.take().unwrap();
    let input = input.to_vec();
    let writer = std::thread::spawn(move || stdin.write_all(&input));
    let output = child.wait_with_output().unwrap();
    // A program that stops reading is not what is tested here.
    let _ = writer.join().unwrap();
    output
}

fn text(bytes: &[u8]) -> &str {
    std::str::from_utf8(bytes).unwrap()
}

fn status(output: &Output) -> i32 {
    output.status.code().unwrap()
}

fn lines(output: &Output) -> Vec<Value> {
    text(&output.stdout)
        .lines()
        .map(|line| serde_json::from_str(line).unwrap())
        .collect()
}

/// An empty folder of a test's own.
fn folder(name: &str) -> PathBuf {
    let path = Path::new(env!("CARGO_TARGET_TMPDIR")).join(name);
    let _ = fs::remove_dir_all(&path);
    fs::create_dir_all(&path).unwrap();
    path
}

fn path(path: &Path) -> &str {
    path.to_str().unwrap()
}

const PLAIN: &str = "From: a@b.example\nSubject: hello\n\nhi\n";

fn attack() -> String {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mail = root.join("tests/mails/attack-openai-billing-en.eml");
    fs::read_to_string(mail).unwrap()
}

#[test]
fn the_sample_mails_are_judged_rightly() {
    let output = run(&["mail", "--format", "json", "tests/mails"]);
    assert_eq!(status(&output), 1);
    let lines = lines(&output);
    assert!(lines.len() >= 8);
    for line in lines {
        let path = line["path"].as_str().unwrap();
        let level = line["level"].as_str().unwrap();
        if path.contains("attack-") {
            assert_eq!(level, "danger", "{path}");
            let vendor = line["vendor"].as_str().unwrap();
            let name = path.split("attack-").nth(1).unwrap();
            assert!(name.starts_with(vendor), "{path}: {vendor}");
        } else {
            assert!(["none", "note"].contains(&level), "{path}: {level}");
        }
    }
}

#[test]
fn a_mail_as_json_has_the_promised_fields() {
    let output = run_with(&["mail", "--format", "json"], attack().as_bytes());
    let line = &lines(&output)[0];
    assert_eq!(line["path"], "-");
    assert_eq!(line["vendor"], "openai");
    assert_eq!(line.get("index"), None);
    let finding = &line["findings"][0];
    assert_eq!(finding["code"], "display-name");
    assert_eq!(finding["place"], "display-name");
    assert_eq!(finding["vendor"], "openai");
    assert!(finding["level"].is_string());
    assert_eq!(finding["evidence"]["real"], "openai.com");
}

#[test]
fn a_mail_as_text_gives_reasons_and_the_real_domain() {
    let output = run_with(&["mail", "-"], attack().as_bytes());
    let out = text(&output.stdout);
    for said in [
        "DANGER   -\n",
        "OpenAI Billing <billing@mailer-desk.example>",
        "your ChatGPT payment failed",
        "poses as OpenAI, whose own domain is openai.com",
        "The sender’s name says OpenAI, but the message comes from \
         mailer-desk.example.",
    ] {
        assert!(out.contains(said), "{said} not in {out}");
    }
    assert!(!out.contains('\x1b'));
    let coloured = ["mail", "--color", "always"];
    let output = run_with(&coloured, attack().as_bytes());
    assert!(text(&output.stdout).contains("\x1b["));
}

#[test]
fn an_mbox_gives_one_line_a_mail() {
    let folder = folder("mbox");
    let mbox = format!(
        "From a@b Mon Jan  1 00:00:00 2026\n{PLAIN}\n\
         From c@d Mon Jan  1 00:00:00 2026\n{}\n",
        attack()
    );
    let file = folder.join("archive");
    fs::write(&file, &mbox).unwrap();
    for output in [
        run(&["mail", "--format", "json", path(&file)]),
        run_with(&["mail", "--format", "json"], mbox.as_bytes()),
    ] {
        let lines = lines(&output);
        assert_eq!(lines.len(), 2);
        assert_eq!(
            (&lines[0]["index"], &lines[1]["index"]),
            (&0.into(), &1.into())
        );
        assert_eq!(lines[0]["level"], "none");
        assert_eq!(lines[1]["level"], "danger");
    }
}

#[test]
fn maildirs_and_folders_are_read_in_order() {
    let root = folder("maildir");
    for part in ["Mail/cur", "Mail/new", "Mail/tmp", "Mail/.Sent/cur", "z"] {
        fs::create_dir_all(root.join(part)).unwrap();
    }
    let mails = [
        "Mail/.Sent/cur/4:2,S",
        "Mail/cur/1:2,S",
        "Mail/cur/2:2,S",
        "Mail/new/3",
        "a.eml",
        "z/5.eml",
    ];
    for file in mails {
        fs::write(root.join(file), PLAIN).unwrap();
    }
    for not_mail in ["Mail/tmp/6", "Mail/dovecot.index", ".hidden"] {
        fs::write(root.join(not_mail), "x").unwrap();
    }
    let output = run(&["mail", "--format", "json", path(&root)]);
    assert_eq!(status(&output), 0, "{}", text(&output.stderr));
    let paths: Vec<_> = lines(&output)
        .iter()
        .map(|l| {
            let path = l["path"].as_str().unwrap();
            path[path.find("maildir/").unwrap() + 8..].to_owned()
        })
        .collect();
    assert_eq!(paths, mails);
}

#[test]
fn many_mails_keep_their_order() {
    let root = folder("many");
    for number in 0..700 {
        let mail = if number % 7 == 0 { attack() } else { PLAIN.to_owned() };
        fs::write(root.join(format!("{number:04}.eml")), mail).unwrap();
    }
    let output = run(&["mail", "--format", "json", path(&root)]);
    for (number, line) in lines(&output).iter().enumerate() {
        let path = line["path"].as_str().unwrap();
        assert!(path.ends_with(&format!("{number:04}.eml")), "{path}");
        let danger = line["level"] == "danger";
        assert_eq!(danger, number % 7 == 0);
    }
}

#[test]
fn what_cannot_be_read_is_named_and_the_rest_goes_on() {
    let root = folder("broken");
    fs::write(root.join("a-empty.eml"), "").unwrap();
    fs::write(root.join("b-text.txt"), "just words").unwrap();
    fs::write(root.join("c-good.eml"), PLAIN).unwrap();
    let missing = root.join("missing.eml");
    let output = run(&[
        "mail",
        "--format",
        "json",
        path(&missing),
        path(&root),
        "tests/mails/attack-klarna-de.eml",
    ]);
    assert_eq!(status(&output), 2);
    let lines = lines(&output);
    assert_eq!(lines.len(), 2);
    assert_eq!(lines[1]["vendor"], "klarna");
    let errors: Vec<_> = text(&output.stderr).lines().collect();
    let name =
        |file: &str| format!("doppelcheck: {}: ", path(&root.join(file)));
    assert_eq!(
        errors,
        [
            name("missing.eml") + "no such file or directory",
            name("a-empty.eml") + "it is empty",
            name("b-text.txt") + "it has no mail headers",
        ]
    );
}

#[cfg(unix)]
#[test]
fn a_folder_without_permission_is_named() {
    use std::os::unix::fs::PermissionsExt;
    let root = folder("locked");
    let closed = root.join("closed");
    fs::create_dir(&closed).unwrap();
    fs::write(root.join("open.eml"), PLAIN).unwrap();
    fs::set_permissions(&closed, fs::Permissions::from_mode(0o000)).unwrap();
    let output = run(&["mail", "--format", "json", path(&root)]);
    assert_eq!(lines(&output).len(), 1);
    // The superuser may read it all the same.
    if fs::read_dir(&closed).is_err() {
        assert_eq!(status(&output), 2);
        assert!(text(&output.stderr).contains("permission denied"));
    }
    fs::set_permissions(&closed, fs::Permissions::from_mode(0o755)).unwrap();
}

#[test]
fn broken_and_huge_mails_are_judged_in_time() {
    let start = Instant::now();
    let noise: Vec<u8> = (0u32..50_000_000)
        .map(|n| n.wrapping_mul(2_654_435_761).to_le_bytes()[2])
        .collect();
    assert_eq!(status(&run_with(&["mail"], &noise)), 2);
    let mut body = b"From: a@b.example\n\n".to_vec();
    body.extend(&noise[..5_000_000]);
    assert_eq!(status(&run_with(&["mail"], &body)), 0);
    let link = "<a href=\"https://a.example/x\">text</a>\n";
    let html = "From: a@b.example\nContent-Type: text/html\n\n".to_owned();
    let links = html + &link.repeat(10_000);
    assert_eq!(status(&run_with(&["mail"], links.as_bytes())), 0);
    let truncated = "From: a@b.example\nContent-Type: multipart/mixed; \
        boundary=x\n\n--x\nContent-Type: text/html; charset=no-such\n\
        Content-Transfer-Encoding: base64\n\nPGEgaHJ";
    assert_eq!(status(&run_with(&["mail"], truncated.as_bytes())), 0);
    assert!(start.elapsed() < Duration::from_secs(120));
}

#[test]
fn hosts_are_judged_alone() {
    let input = "openai.com\n\npaypa1-support.com\r\na b\n";
    let output = run_with(&["host", "--format", "json"], input.as_bytes());
    assert_eq!(status(&output), 2);
    let lines = lines(&output);
    assert_eq!(lines.len(), 2);
    assert_eq!(lines[0]["host"], "openai.com");
    assert_eq!(lines[0]["identity"], "openai");
    assert_eq!(lines[0]["level"], "none");
    assert_eq!(lines[1]["vendor"], "paypal");
    assert_eq!(lines[1]["identity"], Value::Null);
    assert!(text(&output.stderr).contains("“a b” is not a host name"));
    for host in [
        "openai.com.account-verify.example",
        "xn--pypal-4ve.com",
        "openai-billing.co",
    ] {
        assert_eq!(status(&run(&["host", host])), 1, "{host}");
    }
    assert_eq!(status(&run(&["host", "stripe.com"])), 0);
}

#[test]
fn links_are_judged_with_their_text() {
    let output = run(&[
        "link",
        "--format",
        "json",
        "https://openai.com.evil@example.org/",
        "https://help.openai.com/",
    ]);
    assert_eq!(status(&output), 1);
    let lines = lines(&output);
    assert_ne!(lines[0]["level"], "none");
    assert_eq!(lines[0]["url"], "https://openai.com.evil@example.org/");
    assert_eq!(lines[1]["level"], "none");
    assert_eq!(lines[1]["destination"], "https://help.openai.com/");
    let input = "www.paypal.com\thttps://evil.example/\n";
    let output = run_with(&["link"], input.as_bytes());
    assert_eq!(status(&output), 1, "{}", text(&output.stdout));
}

#[test]
fn the_directory_is_shown() {
    let all = lines(&run(&["vendors", "--format", "json"]));
    assert!(all.len() >= 40);
    for key in [
        "id",
        "name",
        "kind",
        "aliases",
        "words",
        "domains",
        "open",
        "report",
        "never_asks",
        "hosts",
        "incidents",
    ] {
        assert!(all.iter().all(|v| v.get(key).is_some()), "{key}");
    }
    for name in ["openai", "OpenAI", "ChatGPT", "tm.openai.com"] {
        let found = run(&["vendors", "--format", "json", name]);
        assert_eq!(lines(&found)[0]["id"], "openai", "{name}");
    }
    let output = run(&["vendors", "no-such-vendor"]);
    assert_eq!(status(&output), 2);
    assert!(text(&output.stderr).contains("no-such-vendor"));
}

#[test]
fn a_policy_adds_vendors_and_its_errors_are_named() {
    let folder = folder("policy");
    let file = folder.join("policy.json");
    let good = r#"{"vendors": [{"name": "Acme Pay",
        "domains": ["acmepay.example"]}]}"#;
    fs::write(&file, good).unwrap();
    let output = run(&["policy", path(&file)]);
    assert_eq!(status(&output), 0, "{}", text(&output.stderr));
    assert!(text(&output.stdout).contains("Acme Pay"));
    let mail = "From: Acme Pay <x@evil.example>\nSubject: Pay now\n\nPay\n";
    let judge = ["mail", "--format", "json", "--policy", path(&file)];
    let output = run_with(&judge, mail.as_bytes());
    assert_eq!(status(&output), 1);
    assert_eq!(lines(&output)[0]["vendor"], "acme-pay");
    fs::write(&file, good.replace("]}]}", "]}], \"vendor\": 1}")).unwrap();
    let output = run_with(&judge, mail.as_bytes());
    assert_eq!(status(&output), 2);
    assert_eq!(lines(&output)[0]["vendor"], "acme-pay");
    let output = run(&["policy", path(&file)]);
    assert_eq!(status(&output), 2);
    let error = text(&output.stderr);
    assert!(error.contains("vendor: there is no such key"), "{error}");
    assert!(error.contains("“vendors”"), "{error}");
    let missing = folder.join("missing.json");
    assert_eq!(status(&run(&["policy", path(&missing)])), 2);
}

#[test]
fn a_broken_pipe_ends_it_quietly() {
    let mut child = program()
        .args(["vendors", "--format", "json"])
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    drop(child.stdout.take());
    let output = child.wait_with_output().unwrap();
    assert_eq!(text(&output.stderr), "");
    assert_ne!(output.status.code(), Some(101));
}

#[test]
fn wrong_usage_is_an_error() {
    assert_eq!(status(&run(&[])), 2);
    assert_eq!(status(&run(&["mail", "--format", "xml"])), 2);
    assert_eq!(status(&run(&["--version"])), 0);
}
