//! An IMAP server with one mailbox, run without any right of root.

use std::fs;
use std::path::{Path, PathBuf};

use super::process::{Daemon, Servant, free_port, wait_for_port};
use super::{PASSWORD, Result};

/// A running Dovecot; the only password opens every mailbox.
pub struct Dovecot {
    /// Where it listens.
    pub port: u16,
    mail: PathBuf,
    configuration: PathBuf,
    servant: Servant,
    _daemon: Daemon,
}

impl Dovecot {
    /// Starts it in a folder of its own.
    pub fn start(dir: &Path, servant: &Servant) -> Result<Self> {
        let port = free_port()?;
        let home = dir.join("dovecot");
        let mail = dir.join("mail");
        for folder in [&home, &mail] {
            servant.create_dir(folder)?;
        }
        let file = home.join("dovecot.conf");
        fs::write(&file, configuration(&home, &mail, port, servant))?;
        let mut command = servant.command("/usr/sbin/dovecot");
        command.arg("-F").arg("-c").arg(&file).current_dir(&home);
        let log = dir.join("dovecot.out");
        let mut daemon = Daemon::start(command, &log)?;
        let log = home.join("dovecot.log");
        wait_for_port(&mut daemon, port, "Dovecot", &log)?;
        let servant = servant.clone();
        Ok(Self { port, mail, configuration: file, servant, _daemon: daemon })
    }

    /// Delivers the mails, in their order, to a new mailbox. It is indexed
    /// before anybody looks: of two who look first at once, one is told that
    /// it is empty.
    pub fn fill(&self, user: &str, mails: &[PathBuf]) -> Result<()> {
        for (number, mail) in mails.iter().enumerate() {
            self.deliver(user, number, mail)?;
        }
        let indexed = self
            .servant
            .command("doveadm")
            .arg("-c")
            .arg(&self.configuration)
            .args(["index", "-u", user, "INBOX"])
            .output()?;
        if indexed.status.success() {
            return Ok(());
        }
        let said = String::from_utf8_lossy(&indexed.stderr);
        Err(format!("{user}'s mailbox could not be indexed: {said}").into())
    }

    /// Puts a mail into a mailbox, as a delivery agent does: it appears in
    /// `new` whole or not at all.
    fn deliver(&self, user: &str, number: usize, mail: &Path) -> Result<()> {
        let maildir = self.mail.join(user).join("Maildir");
        self.servant.create_dir(&self.mail.join(user))?;
        self.servant.create_dir(&maildir)?;
        for folder in ["cur", "new", "tmp"] {
            self.servant.create_dir(&maildir.join(folder))?;
        }
        let name = format!("{}.M{number}.loopback", 1_800_000_000 + number);
        let written = maildir.join("tmp").join(&name);
        fs::copy(mail, &written)?;
        self.servant.own(&written)?;
        fs::rename(written, maildir.join("new").join(name))?;
        Ok(())
    }
}

fn configuration(
    home: &Path,
    mail: &Path,
    port: u16,
    servant: &Servant,
) -> String {
    let (home, mail) = (home.display(), mail.display());
    let user = &servant.name;
    format!(
        "protocols = imap
listen = 127.0.0.1
base_dir = {home}/run
state_dir = {home}/state
log_path = {home}/dovecot.log
ssl = no
disable_plaintext_auth = no
auth_mechanisms = plain login
first_valid_uid = 1
first_valid_gid = 1
default_internal_user = {user}
default_internal_group = {user}
default_login_user = {user}
mail_location = maildir:{mail}/%u/Maildir
passdb {{
  driver = static
  args = password={PASSWORD}
}}
userdb {{
  driver = static
  args = uid={user} gid={user} home={mail}/%u
}}
namespace inbox {{
  inbox = yes
  mailbox Drafts {{
    special_use = \\Drafts
    auto = subscribe
  }}
  mailbox Sent {{
    special_use = \\Sent
    auto = subscribe
  }}
  mailbox Trash {{
    special_use = \\Trash
    auto = subscribe
  }}
}}
service anvil {{
  chroot =
}}
service imap-login {{
  chroot =
  inet_listener imap {{
    address = 127.0.0.1
    port = {port}
  }}
  inet_listener imaps {{
    port = 0
  }}
}}
"
    )
}
