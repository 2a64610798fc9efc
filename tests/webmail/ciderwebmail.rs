//! `CiderWebMail` from Debian's packages: a webmail that no recipe knows.

use std::fs;
use std::os::unix::fs::PermissionsExt;
use std::path::Path;

use tempfile::TempDir;

use super::dovecot::Dovecot;
use super::process::{Daemon, Servant, free_port, wait_for_port};
use super::smtp::Smtp;
use super::{ADDRESS, Result};

const HOME: &str = "/usr/share/ciderwebmail";

/// A running `CiderWebMail` with the mails that it was started with.
pub struct Ciderwebmail {
    /// Where it sends mail to.
    pub smtp: Smtp,
    port: u16,
    // Ended in this order: the server, then the mailbox, then the folder.
    _server: Daemon,
    _dovecot: Dovecot,
    _dir: TempDir,
}

impl Ciderwebmail {
    /// Starts it and delivers the mails, in their order.
    pub fn start(mails: &[std::path::PathBuf]) -> Result<Self> {
        if !Path::new(HOME).exists() {
            return Err(
                "Debian's package ciderwebmail is not installed".into()
            );
        }
        let servant = Servant::find()?;
        let dir = tempfile::Builder::new().prefix("doppelcheck-").tempdir()?;
        fs::set_permissions(dir.path(), fs::Permissions::from_mode(0o755))?;
        let dovecot = Dovecot::start(dir.path(), &servant)?;
        dovecot.fill(ADDRESS, mails)?;
        let smtp = Smtp::start()?;
        let port = free_port()?;
        let mail = (dovecot.port, smtp.port);
        let server = start_server(dir.path(), &servant, port, mail)?;
        Ok(Self { smtp, port, _server: server, _dovecot: dovecot, _dir: dir })
    }

    /// The address of its first page.
    pub fn url(&self) -> String {
        format!("http://127.0.0.1:{}/", self.port)
    }
}

fn start_server(
    dir: &Path,
    servant: &Servant,
    port: u16,
    (imap, smtp): (u16, u16),
) -> Result<Daemon> {
    let home = dir.join("ciderwebmail");
    servant.create_dir(&home)?;
    fs::write(home.join("ciderwebmail.conf"), configuration(&home, imap))?;
    let sendmail = home.join("sendmail");
    fs::write(&sendmail, include_str!("sendmail.pl"))?;
    fs::set_permissions(&sendmail, fs::Permissions::from_mode(0o755))?;
    let mut command = servant.command("/usr/bin/perl");
    command
        .env("CIDERWEBMAIL_HOME", HOME)
        .env("CIDERWEBMAIL_CONFIG", &home)
        .env("DOPPELCHECK_SMTP", smtp.to_string())
        .env("PATH", format!("{}:/usr/bin:/bin", home.display()))
        .arg(Path::new(HOME).join("bin/ciderwebmail_server.pl"))
        // Browsers hold connections open; one process would wait for them.
        .args(["--fork", "--host", "127.0.0.1"])
        .args(["--port", &port.to_string()])
        .current_dir(&home);
    let log = dir.join("ciderwebmail.out");
    let mut server = Daemon::start(command, &log)?;
    wait_for_port(&mut server, port, "CiderWebMail", &log)?;
    Ok(server)
}

fn configuration(home: &Path, imap: u16) -> String {
    let home = home.display();
    format!(
        "name CiderWebmail
language en
username_default_address 1
<server>
  host 127.0.0.1
  port {imap}
</server>
<managesieve>
  mode off
</managesieve>
<send>
  method sendmail
</send>
<Model::DB>
  connect_info dbi:SQLite:{home}/settings.sqlite
</Model::DB>
<Plugin::Session>
  storage {home}/session
</Plugin::Session>
"
    )
}
