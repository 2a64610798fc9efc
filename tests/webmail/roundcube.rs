//! Roundcube from Debian's packages, with SQLite and PHP's own server.

use std::fs;
use std::os::unix::fs::{PermissionsExt, symlink};
use std::path::{Path, PathBuf};

use tempfile::TempDir;

use super::dovecot::Dovecot;
use super::process::{Daemon, Servant, free_port, wait_for_port};
use super::smtp::Smtp;
use super::{ADDRESS, Result};

const PUBLIC: &str = "/var/lib/roundcube/public_html";
const SCHEMA: &str = "/usr/share/roundcube/SQL/sqlite.initial.sql";

/// A running Roundcube with the mails that it was started with.
pub struct Roundcube {
    /// Where it listens.
    pub port: u16,
    /// Where it sends mail to.
    pub smtp: Smtp,
    // Ended in this order: the server, then the mailbox, then the folder.
    _php: Daemon,
    _dovecot: Dovecot,
    _dir: TempDir,
}

impl Roundcube {
    /// Starts it and delivers the mails, in their order.
    pub fn start(mails: &[PathBuf]) -> Result<Self> {
        if !Path::new(PUBLIC).exists() {
            return Err(
                "Debian's package roundcube-core is not installed".into()
            );
        }
        let servant = Servant::find()?;
        let dir = tempfile::Builder::new().prefix("doppelcheck-").tempdir()?;
        fs::set_permissions(dir.path(), fs::Permissions::from_mode(0o755))?;
        let dovecot = Dovecot::start(dir.path(), &servant)?;
        dovecot.fill(ADDRESS, mails)?;
        let port = free_port()?;
        let smtp = Smtp::start()?;
        let mail = (dovecot.port, smtp.port);
        let php = start_php(dir.path(), &servant, port, mail)?;
        Ok(Self { port, smtp, _php: php, _dovecot: dovecot, _dir: dir })
    }

    /// The address of its first page.
    pub fn url(&self) -> String {
        format!("http://127.0.0.1:{}/", self.port)
    }
}

fn start_php(
    dir: &Path,
    servant: &Servant,
    port: u16,
    mail: (u16, u16),
) -> Result<Daemon> {
    let home = dir.join("roundcube");
    for folder in ["", "config", "logs", "temp", "db"] {
        servant.create_dir(&home.join(folder))?;
    }
    configure(&home, mail)?;
    create_database(&home.join("db/roundcube.sqlite"), servant)?;
    let router = home.join("router.php");
    fs::write(&router, include_str!("roundcube.php"))?;
    let mut command = servant.command("php");
    command
        .env("ROUNDCUBE_CONFIG_DIR", home.join("config"))
        .env("PHP_CLI_SERVER_WORKERS", "4")
        .args(["-d", "display_errors=0", "-d"])
        .arg(format!("session.save_path={}", home.join("temp").display()))
        .args(["-S", &format!("127.0.0.1:{port}"), "-t", PUBLIC])
        .arg(&router)
        .current_dir(&home);
    let log = home.join("logs/php.out");
    let mut php = Daemon::start(command, &log)?;
    wait_for_port(&mut php, port, "Roundcube", &log)?;
    Ok(php)
}

fn configure(home: &Path, (imap, smtp): (u16, u16)) -> Result<()> {
    let config = home.join("config");
    for file in ["defaults.inc.php", "mimetypes.php"] {
        symlink(Path::new("/etc/roundcube").join(file), config.join(file))?;
    }
    let dir = home.display();
    let text = format!(
        "<?php
$config = [
  'db_dsnw' => 'sqlite:///{dir}/db/roundcube.sqlite?mode=0640',
  'imap_host' => ['127.0.0.1:{imap}'],
  'smtp_host' => '127.0.0.1:{smtp}',
  'smtp_user' => '',
  'smtp_pass' => '',
  'des_key' => 'only-for-tests-24-bytes!',
  'plugins' => [],
  'skin' => 'elastic',
  'language' => 'en_US',
  'log_dir' => '{dir}/logs/',
  'temp_dir' => '{dir}/temp/',
  'enable_spellcheck' => false,
  'ip_check' => false,
  'prefer_html' => true,
];
"
    );
    fs::write(config.join("config.inc.php"), text)?;
    Ok(())
}

/// Makes the database with the user in it: of two browsers that sign in for
/// the first time at once, one could not add what the other just added.
fn create_database(file: &Path, servant: &Servant) -> Result<()> {
    let script = "[, $file, $schema, $user] = $argv;
        $db = new PDO('sqlite:' . $file);
        $db->exec(file_get_contents($schema));
        $db->prepare(\"INSERT INTO users
            (user_id, username, mail_host, created, language)
            VALUES (1, ?, '127.0.0.1', datetime('now'), 'en_US')\")
            ->execute([$user]);
        $db->prepare(\"INSERT INTO identities
            (user_id, changed, standard, email)
            VALUES (1, datetime('now'), 1, ?)\")
            ->execute([$user]);";
    let made = servant
        .command("php")
        .args(["-r", script])
        .arg(file)
        .args([SCHEMA, ADDRESS])
        .output()?;
    if made.status.success() {
        return Ok(());
    }
    let said = String::from_utf8_lossy(&made.stderr);
    Err(format!("Roundcube's database could not be made: {said}").into())
}
