//! `MailDev` from npm: a webmail that no recipe knows, with an SMTP server of
//! its own.

use std::io::{BufRead, BufReader, Write};
use std::net::{Ipv4Addr, TcpStream};
use std::path::{Path, PathBuf};
use std::process::Command;

use tempfile::TempDir;

use super::process::{Daemon, free_port, wait_for_port};
use super::{ADDRESS, Result};

/// A running `MailDev` with the mails that it was started with.
pub struct Maildev {
    port: u16,
    // Ended in this order: the server, then its folder.
    _daemon: Daemon,
    _dir: TempDir,
}

impl Maildev {
    /// Starts the program in `node_modules` and delivers the mails, in their
    /// order.
    pub fn start(root: &Path, mails: &[PathBuf]) -> Result<Self> {
        let program = root.join("node_modules/.bin/maildev");
        if !program.exists() {
            return Err("MailDev is missing: run ./build.sh first".into());
        }
        let dir = tempfile::Builder::new().prefix("doppelcheck-").tempdir()?;
        let (port, smtp) = (free_port()?, free_port()?);
        let mut command = Command::new(program);
        command
            .args(["--ip", "127.0.0.1", "--web-ip", "127.0.0.1"])
            .args(["--web", &port.to_string(), "--smtp", &smtp.to_string()])
            .current_dir(dir.path());
        let log = dir.path().join("maildev.log");
        let mut daemon = Daemon::start(command, &log)?;
        wait_for_port(&mut daemon, port, "MailDev", &log)?;
        wait_for_port(&mut daemon, smtp, "MailDev's SMTP", &log)?;
        for mail in mails {
            deliver(smtp, mail)
                .map_err(|e| format!("{}: {e}", mail.display()))?;
        }
        Ok(Self { port, _daemon: daemon, _dir: dir })
    }

    /// The address of its only page.
    pub fn url(&self) -> String {
        format!("http://127.0.0.1:{}/", self.port)
    }
}

/// Hands a mail to an SMTP server.
fn deliver(port: u16, mail: &Path) -> Result<()> {
    let mut server = TcpStream::connect((Ipv4Addr::LOCALHOST, port))?;
    let mut answers = BufReader::new(server.try_clone()?);
    let mut expect = |code: &str| -> Result<()> {
        let mut line = String::new();
        // A hyphen after the code announces more lines.
        while answers.read_line(&mut line)? > 0 && line[3..].starts_with('-') {
            line.clear();
        }
        if line.starts_with(code) { Ok(()) } else { Err(line.into()) }
    };
    expect("220")?;
    let text = std::fs::read_to_string(mail)?.replace("\r\n", "\n");
    // Dots at the start of a line are doubled, lines end with CR and LF.
    let data = text.replace("\n.", "\n..").replace('\n', "\r\n");
    let steps = [
        ("EHLO localhost\r\n".to_owned(), "250"),
        (format!("MAIL FROM:<{ADDRESS}>\r\n"), "250"),
        (format!("RCPT TO:<{ADDRESS}>\r\n"), "250"),
        ("DATA\r\n".to_owned(), "354"),
        (format!("{data}\r\n.\r\n"), "250"),
    ];
    for (said, wanted) in steps {
        server.write_all(said.as_bytes())?;
        expect(wanted)?;
    }
    Ok(())
}
