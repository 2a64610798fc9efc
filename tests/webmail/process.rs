//! Programs that run beside the tests and end with them.

use std::fs;
use std::net::{Ipv4Addr, TcpListener, TcpStream};
use std::os::unix::fs::{MetadataExt, chown};
use std::os::unix::process::CommandExt;
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::sync::atomic::{AtomicU16, Ordering};
use std::thread;
use std::time::{Duration, Instant};

use super::Result;

/// How long a server may take to answer.
pub const PATIENCE: Duration = Duration::from_secs(30);

/// A running program with everything that it started.
pub struct Daemon {
    child: Child,
}

impl Daemon {
    /// Starts a program in a process group of its own, so that its workers
    /// end with it. What it says goes to `log`.
    pub fn start(mut command: Command, log: &Path) -> Result<Self> {
        let log = fs::File::create(log)?;
        let child = command
            .process_group(0)
            .stdin(Stdio::null())
            .stdout(log.try_clone()?)
            .stderr(log)
            .spawn()
            .map_err(|e| {
                let program = command.get_program().display();
                format!("“{program}” could not be started: {e}")
            })?;
        Ok(Self { child })
    }

    /// Whether it ended by itself.
    pub fn has_ended(&mut self) -> bool {
        !matches!(self.child.try_wait(), Ok(None))
    }

    fn signal(&self, signal: &str) {
        let group = format!("-{}", self.child.id());
        let _ = Command::new("kill")
            .args([signal, "--", &group])
            .stderr(Stdio::null())
            .status();
    }
}

impl Drop for Daemon {
    fn drop(&mut self) {
        self.signal("-TERM");
        let ended = wait_until(Duration::from_secs(5), || self.has_ended());
        // Workers may outlive the first of their group.
        self.signal("-KILL");
        if !ended {
            let _ = self.child.wait();
        }
    }
}

/// Looks again until a condition holds or the time is over.
pub fn wait_until(time: Duration, mut holds: impl FnMut() -> bool) -> bool {
    let end = Instant::now() + time;
    loop {
        if holds() {
            return true;
        }
        if Instant::now() >= end {
            return false;
        }
        thread::sleep(Duration::from_millis(20));
    }
}

/// A free port, never the same twice, below those that the kernel gives to
/// outgoing connections: among these another program, or our own waiting for
/// the server, could take it before the server does.
pub fn free_port() -> Result<u16> {
    static NEXT: AtomicU16 = AtomicU16::new(0);
    const FIRST: u16 = 20_000;
    const COUNT: u16 = 12_000;
    let offset = u16::try_from(std::process::id() % u32::from(COUNT))?;
    for _ in 0..COUNT {
        let step = NEXT.fetch_add(1, Ordering::Relaxed) % COUNT;
        let port = FIRST + (offset + step) % COUNT;
        if TcpListener::bind((Ipv4Addr::LOCALHOST, port)).is_ok() {
            return Ok(port);
        }
    }
    Err("no port is free".into())
}

/// Waits until a server accepts connections; tells its log if it does not.
pub fn wait_for_port(
    daemon: &mut Daemon,
    port: u16,
    name: &str,
    log: &Path,
) -> Result<()> {
    let up = || {
        daemon.has_ended()
            || TcpStream::connect((Ipv4Addr::LOCALHOST, port)).is_ok()
    };
    if wait_until(PATIENCE, up) && !daemon.has_ended() {
        return Ok(());
    }
    let said = fs::read_to_string(log).unwrap_or_default();
    Err(format!("{name} does not answer on port {port}: {said}").into())
}

/// The user that servers run as: never root.
#[derive(Clone, Debug)]
pub struct Servant {
    /// The user's name.
    pub name: String,
    uid: u32,
    gid: u32,
}

impl Servant {
    /// `www-data` for root, otherwise whoever runs the tests.
    pub fn find() -> Result<Self> {
        Self::named("www-data")
    }

    /// A user by name for root, otherwise whoever runs the tests.
    pub fn named(wanted: &str) -> Result<Self> {
        let me = fs::metadata("/proc/self")?.uid();
        let users = fs::read_to_string("/etc/passwd")?;
        for line in users.lines() {
            let fields: Vec<_> = line.split(':').collect();
            let [name, _, uid, gid, ..] = fields[..] else { continue };
            let (uid, gid) = (uid.parse()?, gid.parse()?);
            if if me == 0 { name == wanted } else { uid == me } {
                return Ok(Self { name: name.to_owned(), uid, gid });
            }
        }
        Err(format!("there is no user {wanted} to run a server").into())
    }

    /// A command that runs as this user.
    pub fn command(&self, program: &str) -> Command {
        let mut command = Command::new(program);
        if is_root() {
            command.uid(self.uid).gid(self.gid);
        }
        command
    }

    /// Makes a folder that belongs to this user.
    pub fn create_dir(&self, path: &Path) -> Result<()> {
        fs::create_dir_all(path)?;
        self.own(path)
    }

    /// Gives a file or folder to this user.
    pub fn own(&self, path: &Path) -> Result<()> {
        if is_root() {
            chown(path, Some(self.uid), Some(self.gid))?;
        }
        Ok(())
    }
}

fn is_root() -> bool {
    fs::metadata("/proc/self").is_ok_and(|me| me.uid() == 0)
}
