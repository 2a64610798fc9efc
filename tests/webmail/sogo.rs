//! SOGo from Debian's packages, with PostgreSQL and memcached.

use std::fs;
use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};
use std::process::Command;

use tempfile::TempDir;

use super::dovecot::Dovecot;
use super::process::{Daemon, Servant, free_port, wait_for_port};
use super::smtp::Smtp;
use super::{ADDRESS, PASSWORD, Result};

/// A running SOGo with the mails that it was started with.
pub struct Sogo {
    /// Where it listens.
    pub port: u16,
    /// Where it sends mail to.
    pub smtp: Smtp,
    // Ended in this order: what asks before what answers, the folder last.
    _proxy: Daemon,
    _sogod: Daemon,
    _memcached: Daemon,
    _postgres: Daemon,
    _dovecot: Dovecot,
    _dir: TempDir,
}

impl Sogo {
    /// Starts it and delivers the mails, in their order.
    pub fn start(mails: &[PathBuf]) -> Result<Self> {
        let servant = Servant::find()?;
        let dir = tempfile::Builder::new().prefix("doppelcheck-").tempdir()?;
        fs::set_permissions(dir.path(), fs::Permissions::from_mode(0o755))?;
        let dovecot = Dovecot::start(dir.path(), &servant)?;
        dovecot.fill(Self::user(), mails)?;
        let home = dir.path().join("sogo");
        servant.create_dir(&home)?;
        let smtp = Smtp::start()?;
        let places = Places {
            home: &home,
            servant: &servant,
            imap: dovecot.port,
            smtp: smtp.port,
            postgres: free_port()?,
            memcached: free_port()?,
            sogod: free_port()?,
        };
        let postgres = places.start_postgres()?;
        let memcached = places.start_memcached()?;
        let sogod = places.start_sogod()?;
        let port = free_port()?;
        Ok(Self {
            port,
            smtp,
            _proxy: places.start_proxy(port)?,
            _sogod: sogod,
            _memcached: memcached,
            _postgres: postgres,
            _dovecot: dovecot,
            _dir: dir,
        })
    }

    /// The name to sign in with.
    pub fn user() -> &'static str {
        ADDRESS.split('@').next().unwrap_or(ADDRESS)
    }

    /// The address of its first page.
    pub fn url(&self) -> String {
        format!("http://127.0.0.1:{}/SOGo/", self.port)
    }
}

/// Where the parts of one SOGo are.
struct Places<'a> {
    home: &'a Path,
    servant: &'a Servant,
    imap: u16,
    smtp: u16,
    postgres: u16,
    memcached: u16,
    sogod: u16,
}

impl Places<'_> {
    fn command(&self, program: impl AsRef<Path>) -> Command {
        let program = program.as_ref().display().to_string();
        let mut command = self.servant.command(&program);
        command.current_dir(self.home).env("HOME", self.home);
        command
    }

    fn start_postgres(&self) -> Result<Daemon> {
        let programs = postgres_programs()?;
        let data = self.home.join("database");
        finish(
            self.command(programs.join("initdb"))
                .arg("-D")
                .arg(&data)
                .args(["-A", "trust", "-U", "sogo", "-N"]),
        )?;
        let mut command = self.command(programs.join("postgres"));
        command
            .arg("-D")
            .arg(&data)
            .args(["-h", "127.0.0.1", "-p", &self.postgres.to_string(), "-F"])
            .arg("-k")
            .arg(self.home);
        let log = self.home.join("postgres.log");
        let mut daemon = Daemon::start(command, &log)?;
        wait_for_port(&mut daemon, self.postgres, "PostgreSQL", &log)?;
        self.create_user(&programs)?;
        Ok(daemon)
    }

    fn create_user(&self, programs: &Path) -> Result<()> {
        let user = Sogo::user();
        let statement = format!(
            "CREATE TABLE users (c_uid text PRIMARY KEY, c_name text,
               c_password text, c_cn text, mail text);
             INSERT INTO users VALUES
               ('{user}', '{user}', '{PASSWORD}', 'Alice', '{ADDRESS}');"
        );
        // It listens a moment before it lets anyone in.
        let mut said = String::new();
        let done = super::wait_until(super::process::PATIENCE, || {
            let asked = finish(
                self.command(programs.join("psql"))
                    .args(["-h", "127.0.0.1", "-U", "sogo", "-q"])
                    .args(["-p", &self.postgres.to_string()])
                    .args(["-c", &statement, "postgres"]),
            );
            said = asked
                .as_ref()
                .err()
                .map_or_else(String::new, ToString::to_string);
            asked.is_ok()
        });
        if done { Ok(()) } else { Err(said.into()) }
    }

    fn start_memcached(&self) -> Result<Daemon> {
        let mut command = self.command("memcached");
        command.args(["-l", "127.0.0.1", "-U", "0"]);
        command.args(["-p", &self.memcached.to_string()]);
        let log = self.home.join("memcached.log");
        let mut daemon = Daemon::start(command, &log)?;
        wait_for_port(&mut daemon, self.memcached, "memcached", &log)?;
        Ok(daemon)
    }

    /// Everything is set on the command line, which weighs more than the
    /// system's own configuration; only the user `sogo` may read that, and
    /// without it sogod does not start.
    fn start_sogod(&self) -> Result<Daemon> {
        let servant = Servant::named("sogo")?;
        let home = self.home.join("sogod");
        servant.create_dir(&home)?;
        let mut command = servant.command("/usr/sbin/sogod");
        command.current_dir(&home).env("HOME", &home);
        let home = home.display();
        let database =
            format!("postgresql://sogo@127.0.0.1:{}/postgres", self.postgres);
        let mut set = |key: &str, value: String| {
            command.arg(format!("-{key}")).arg(value);
        };
        for (key, table) in [
            ("SOGoProfileURL", "sogo_user_profile"),
            ("OCSFolderInfoURL", "sogo_folder_info"),
            ("OCSSessionsFolderURL", "sogo_sessions_folder"),
            ("OCSEMailAlarmsFolderURL", "sogo_alarms_folder"),
            ("OCSStoreURL", "sogo_store"),
            ("OCSAclURL", "sogo_acl"),
            ("OCSCacheFolderURL", "sogo_cache_folder"),
        ] {
            set(key, format!("{database}/{table}"));
        }
        set("SOGoIMAPServer", format!("imap://127.0.0.1:{}", self.imap));
        set("SOGoMailingMechanism", "smtp".to_owned());
        set("SOGoSMTPServer", format!("smtp://127.0.0.1:{}", self.smtp));
        set("SOGoMemcachedHost", format!("127.0.0.1:{}", self.memcached));
        set("SOGoMailSpoolPath", format!("{home}/spool"));
        set("SOGoMailDomain", "vault.example".to_owned());
        set("SOGoLoginModule", "Mail".to_owned());
        set("SOGoLanguage", "English".to_owned());
        set("WOUseRelativeURLs", "YES".to_owned());
        set("WOWorkersCount", "8".to_owned());
        set("WOPort", format!("127.0.0.1:{}", self.sogod));
        set("WOLogFile", "-".to_owned());
        set("WOPidFile", format!("{home}/sogod.pid"));
        set("WONoDetach", "YES".to_owned());
        set(
            "SOGoUserSources",
            format!(
                "({{ type = sql; id = directory; canAuthenticate = YES;
                   viewURL = \"{database}/users\"; isAddressBook = NO;
                   userPasswordAlgorithm = plain; displayName = Users; }})"
            ),
        );
        let log = self.home.join("sogod.log");
        let mut daemon = Daemon::start(command, &log)?;
        wait_for_port(&mut daemon, self.sogod, "SOGo", &log)?;
        Ok(daemon)
    }

    fn start_proxy(&self, port: u16) -> Result<Daemon> {
        let script = self.home.join("proxy.mjs");
        fs::write(&script, include_str!("sogo_proxy.mjs"))?;
        let mut command = self.command("node");
        command.arg(&script);
        command.args([port.to_string(), self.sogod.to_string()]);
        let log = self.home.join("proxy.log");
        let mut daemon = Daemon::start(command, &log)?;
        wait_for_port(&mut daemon, port, "SOGo's proxy", &log)?;
        Ok(daemon)
    }
}

/// The newest PostgreSQL that Debian has installed.
fn postgres_programs() -> Result<PathBuf> {
    let missing = "Debian's package postgresql is not installed";
    let mut found = fs::read_dir("/usr/lib/postgresql")
        .map_err(|e| format!("{missing}: {e}"))?
        .filter_map(|entry| Some(entry.ok()?.path().join("bin")))
        .filter(|programs| programs.join("initdb").exists())
        .collect::<Vec<_>>();
    found.sort();
    found.pop().ok_or_else(|| missing.into())
}

/// Runs a program to its end.
fn finish(command: &mut Command) -> Result<()> {
    let output = command.output()?;
    if output.status.success() {
        return Ok(());
    }
    let said = String::from_utf8_lossy(&output.stderr);
    let program = command.get_program().display();
    Err(format!("“{program}” failed: {said}").into())
}
