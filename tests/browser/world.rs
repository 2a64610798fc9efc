//! What scenarios share: the servers, the builds, and the rule that nobody
//! else runs while a policy file is in force.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::{Mutex, OnceLock, RwLock};
use std::time::Duration;

use libtest_mimic::Failed;
use serde_json::Value;

use crate::driver::{Browser, Result, Session};
use crate::page::Page;
use crate::policy::PolicyFile;
use crate::scenarios::Scenario;
use crate::site::Site;
use crate::stage::Stage;
use crate::webmail::{Ciderwebmail, Maildev, Roundcube, Sogo};

/// The longest that one scenario may take.
const LIMIT: Duration = Duration::from_secs(300);

/// The repository's folder.
pub fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// The mails that the servers deliver, in this order.
pub fn mails() -> Result<Vec<PathBuf>> {
    let folder = root().join("tests/browser/mails");
    let mut mails = fs::read_dir(folder)?
        .map(|entry| Ok(entry?.path()))
        .collect::<Result<Vec<_>>>()?;
    mails.sort();
    Ok(mails)
}

/// The servers and builds, each made when it is first asked for.
#[derive(Default)]
pub struct World {
    roundcube: Lazy<Roundcube>,
    sogo: Lazy<Sogo>,
    site: Lazy<Site>,
    maildev: Lazy<Maildev>,
    ciderwebmail: Lazy<Ciderwebmail>,
    dist: Lazy<PathBuf>,
    policy: RwLock<()>,
}

impl World {
    /// Runs one scenario in one browser.
    pub fn run(
        &self,
        scenario: &Scenario,
        browser: Browser,
    ) -> std::result::Result<(), Failed> {
        let outcome = match scenario.policy {
            None => {
                let _others = self.policy.read();
                self.play(scenario, browser)
            }
            Some(policy) => {
                let _alone = self.policy.write();
                PolicyFile::put(browser, &policy())
                    .and_then(|_file| self.play(scenario, browser))
            }
        };
        outcome.map_err(|e| Failed::from(e.to_string()))
    }

    fn play(&self, scenario: &Scenario, browser: Browser) -> Result {
        let runtime = tokio::runtime::Builder::new_current_thread()
            .enable_all()
            .build()?;
        let dist = self.dist()?;
        runtime.block_on(async {
            let stage = Stage::open().await?;
            let session = Session::start(browser, dist, stage.port).await?;
            let page = Page::new(session, stage);
            let play = (scenario.play)(self, &page);
            let outcome = match tokio::time::timeout(LIMIT, play).await {
                Ok(outcome) => outcome,
                Err(_) => Err(format!("not done after {LIMIT:?}").into()),
            };
            let outcome = match outcome {
                Ok(()) => Ok(()),
                Err(e) => {
                    // A page that hangs is in no state to be looked at.
                    let explained = page.explain(scenario.name, &*e);
                    let explained = tokio::time::timeout(LIMIT, explained);
                    Err(explained.await.unwrap_or(e))
                }
            };
            page.session.end().await;
            outcome
        })
    }

    /// Roundcube with every mail.
    pub fn roundcube(&self) -> Result<&Roundcube> {
        self.roundcube.get(|| Roundcube::start(&mails()?))
    }

    /// SOGo with every mail.
    pub fn sogo(&self) -> Result<&Sogo> {
        self.sogo.get(|| Sogo::start(&mails()?))
    }

    /// The webmail with the hostile mails.
    pub fn site(&self) -> Result<&Site> {
        self.site.get(Site::start)
    }

    /// `MailDev` with every mail.
    pub fn maildev(&self) -> Result<&Maildev> {
        self.maildev.get(|| Maildev::start(root(), &mails()?))
    }

    /// `CiderWebMail` with every mail.
    pub fn ciderwebmail(&self) -> Result<&Ciderwebmail> {
        self.ciderwebmail.get(|| Ciderwebmail::start(&mails()?))
    }

    /// The extension as an administrator builds it for an own webmail host,
    /// here 127.0.0.1 and
    /// webmail.example: nobody can click on "allow" in a headless browser.
    pub fn dist(&self) -> Result<&Path> {
        let built = self.dist.get(|| {
            let out = root().join("target/browser-tests/dist");
            let made = Command::new("node")
                .arg("extension/build.mjs")
                .args(["--webmail-host", "127.0.0.1"])
                .args(["--webmail-host", "webmail.example", "--out"])
                .arg(&out)
                .current_dir(root())
                .output()?;
            if !made.status.success() {
                let said = String::from_utf8_lossy(&made.stderr);
                return Err(format!(
                    "the extension could not be built: {said}"
                )
                .into());
            }
            let spoken = Command::new("node")
                .arg(root().join("tests/browser/pseudo.mjs"))
                .args(Browser::ALL.map(|browser| out.join(browser.name())))
                .output()?;
            if !spoken.status.success() {
                let said = String::from_utf8_lossy(&spoken.stderr);
                return Err(format!("no language was made up: {said}").into());
            }
            Ok(out)
        })?;
        Ok(built)
    }
}

/// What the command line says about one of the mails.
pub fn command_line(mail: &str) -> Result<Value> {
    let usual = root().join("target/release/doppelcheck");
    let program =
        std::env::var_os("DOPPELCHECK_PROGRAM").map_or(usual, PathBuf::from);
    let output = Command::new(&program)
        .args(["mail", "--format", "json"])
        .arg(root().join("tests/browser/mails").join(mail))
        .output()
        .map_err(|e| format!("{}: {e}", program.display()))?;
    Ok(serde_json::from_slice(&output.stdout)?)
}

/// A value that is made once; that it could not be made is remembered too.
struct Lazy<T> {
    made: OnceLock<std::result::Result<T, String>>,
    making: Mutex<()>,
}

impl<T> Default for Lazy<T> {
    fn default() -> Self {
        Self { made: OnceLock::new(), making: Mutex::new(()) }
    }
}

impl<T> Lazy<T> {
    fn get(&self, make: impl FnOnce() -> Result<T>) -> Result<&T> {
        let _turn = self.making.lock();
        self.made
            .get_or_init(|| make().map_err(|e| e.to_string()))
            .as_ref()
            .map_err(|e| e.clone().into())
    }
}
