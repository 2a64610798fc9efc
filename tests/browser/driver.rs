//! A stock browser with the built extension, driven through WebDriver.

use std::env;
use std::future::Future;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::{Duration, Instant};

use serde_json::{Value, json};
use tempfile::TempDir;
use thirtyfour::common::command::FormatRequestData;
use thirtyfour::prelude::*;
use thirtyfour::{Capabilities, RequestData, SessionId};

use crate::webmail::{self, Daemon, free_port, wait_until};

/// What a scenario ends with.
pub type Result<T = ()> = webmail::Result<T>;

/// How long a person would wait for something to appear.
const PATIENCE: Duration = Duration::from_secs(20);

/// The extension's fixed id in Chromium.
pub const CHROMIUM_ID: &str = "eggdkcidfglbinbobalkjmfmbocakgaj";
/// The extension's id in Firefox, as policies name it.
pub const GECKO_ID: &str = "doppelcheck@doppelcheck.example";
/// The name of its pages' host in Firefox, chosen by the tests.
const GECKO_HOST: &str = "6f1d3c52-7b7e-4d0c-9f4a-2f1f6c0d5e11";

/// The two stock browsers.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum Browser {
    /// Chromium with chromedriver.
    Chromium,
    /// Firefox ESR with geckodriver.
    Firefox,
}

impl Browser {
    /// Both.
    pub const ALL: [Self; 2] = [Self::Chromium, Self::Firefox];

    /// The name in test names and of the folder under `dist`.
    pub fn name(self) -> &'static str {
        match self {
            Self::Chromium => "chromium",
            Self::Firefox => "firefox",
        }
    }

    /// The address that the extension's pages start with.
    pub fn extension_origin(self) -> String {
        match self {
            Self::Chromium => format!("chrome-extension://{CHROMIUM_ID}"),
            Self::Firefox => format!("moz-extension://{GECKO_HOST}"),
        }
    }

    fn program(self) -> Result<PathBuf> {
        match self {
            Self::Chromium => program("CHROMIUM", "/usr/bin/chromium"),
            Self::Firefox => program("FIREFOX", "/usr/bin/firefox-esr"),
        }
    }

    fn driver_command(self, port: u16) -> Result<Command> {
        let mut command = match self {
            Self::Chromium => program("CHROMEDRIVER", "/usr/bin/chromedriver"),
            Self::Firefox => program("GECKODRIVER", &cached("geckodriver")),
        }
        .map(Command::new)?;
        match self {
            Self::Chromium => command.arg(format!("--port={port}")),
            // Two sessions would ask for the same WebSocket port; without
            // system access no page of an extension may be opened.
            Self::Firefox => command
                .arg("--allow-system-access")
                .args(["--port", &port.to_string()])
                .args(["--websocket-port", &free_port()?.to_string()]),
        };
        Ok(command)
    }

    fn capabilities(
        self,
        extension: &Path,
        proxy: u16,
    ) -> Result<Capabilities> {
        let program = self.program()?;
        let mut wanted = match self {
            Self::Chromium => chromium(&program, extension),
            Self::Firefox => firefox(&program),
        };
        // Every host but those of the loopback interface leads to the stage.
        wanted["acceptInsecureCerts"] = true.into();
        wanted["proxy"] = json!({
            "proxyType": "manual",
            "sslProxy": format!("127.0.0.1:{proxy}"),
        });
        Ok(serde_json::from_value(wanted)?)
    }
}

/// A program by its variable, or where Debian puts it.
fn program(variable: &str, usual: &str) -> Result<PathBuf> {
    let variable = format!("DOPPELCHECK_{variable}");
    let path = env::var_os(&variable)
        .map_or_else(|| PathBuf::from(usual), PathBuf::from);
    if path.exists() {
        return Ok(path);
    }
    Err(format!(
        "{} is missing: run ./build.sh test, which installs it, or set \
         {variable}",
        path.display()
    )
    .into())
}

fn cached(name: &str) -> String {
    let cache = env::var("XDG_CACHE_HOME").unwrap_or_else(|_| {
        format!("{}/.cache", env::var("HOME").unwrap_or_default())
    });
    format!("{cache}/doppelcheck/bin/{name}")
}

fn chromium(program: &Path, extension: &Path) -> Value {
    let extension = extension.display();
    json!({
        "browserName": "chrome",
        "goog:loggingPrefs": { "browser": "ALL" },
        "goog:chromeOptions": {
            "binary": program,
            "args": [
                "--headless=new",
                "--no-sandbox",
                "--disable-quic",
                "--no-first-run",
                "--disable-background-networking",
                "--disable-component-update",
                "--disable-sync",
                "--disable-features=DisableLoadExtensionCommandLineSwitch",
                "--lang=en-US",
                "--window-size=1280,900",
                format!("--disable-extensions-except={extension}"),
                format!("--load-extension={extension}"),
            ],
        },
    })
}

fn firefox(program: &Path) -> Value {
    let hosts = json!({ GECKO_ID: GECKO_HOST }).to_string();
    json!({
        "browserName": "firefox",
        "moz:firefoxOptions": {
            "binary": program,
            "args": ["-headless", "-width", "1280", "-height", "900"],
            "prefs": {
                "app.update.enabled": false,
                "browser.shell.checkDefaultBrowser": false,
                "datareporting.policy.dataSubmissionEnabled": false,
                // Nobody can click on "allow" in a headless browser.
                "extensions.webextOptionalPermissionPrompts": false,
                "extensions.webextensions.uuids": hosts,
                "intl.locale.requested": "en-US",
            },
        },
    })
}

/// How the reader's system is set up.
#[derive(Clone, Copy, Debug, Default)]
pub struct Look {
    /// Dark colours.
    pub dark: bool,
    /// The system's few colours in place of a page's.
    pub forced: bool,
    /// Letters twice as large as usual.
    pub large: bool,
}

/// One browser window in a profile of its own; it ends with this value.
pub struct Session {
    /// The driver's commands.
    pub driver: WebDriver,
    /// Which browser it is.
    pub browser: Browser,
    // Ended in this order: the driver with its browser, then the profile.
    _process: Daemon,
    _dir: TempDir,
}

impl Session {
    /// Starts a browser with the extension in `dist`, as built by
    /// `extension/build.mjs`, and the stage's port as its proxy.
    pub async fn start(
        browser: Browser,
        dist: &Path,
        proxy: u16,
    ) -> Result<Self> {
        let extension = dist.join(browser.name());
        if !extension.join("manifest.json").exists() {
            return Err(format!(
                "{} is not built: run ./build.sh first",
                extension.display()
            )
            .into());
        }
        let dir = tempfile::Builder::new().prefix("doppelcheck-").tempdir()?;
        let port = free_port()?;
        let mut command = browser.driver_command(port)?;
        command.env("TMPDIR", dir.path()).env("LANGUAGE", "en_US");
        let log = dir.path().join("driver.log");
        let process = Daemon::start(command, &log)?;
        let capabilities = browser.capabilities(&extension, proxy)?;
        let driver = connect(port, capabilities).await?;
        if browser == Browser::Firefox {
            let addon = json!({ "path": extension, "temporary": true });
            driver.cmd(Post("moz/addon/install", addon)).await?;
        }
        Ok(Self { driver, browser, _process: process, _dir: dir })
    }

    /// The address of a page of the extension.
    pub fn extension_page(&self, path: &str) -> String {
        format!("{}/{path}", self.browser.extension_origin())
    }

    /// Runs a script of the extension's own page, which must be open; it
    /// sees `chrome` and may `await`.
    pub async fn in_extension(&self, script: &str) -> Result<Value> {
        let wrapped = format!(
            "const done = arguments[arguments.length - 1];
             (async () => {{ {script} }})()
               .then(done, (e) => done({{ error: String(e) }}));"
        );
        let answer = self.driver.execute_async(wrapped, vec![]).await?;
        let answer = answer.json().clone();
        match answer.get("error").filter(|error| error.is_string()) {
            Some(error) => Err(format!("in the extension: {error}").into()),
            None => Ok(answer),
        }
    }

    /// The shadow root of an element, a closed one too.
    pub async fn shadow_root(&self, host: &WebElement) -> Result<Value> {
        let command = OfElement(host.element_id().to_string(), "shadow");
        Ok(self.driver.cmd(command).await?.value_json()?)
    }

    /// The first element that a selector finds within a shadow root.
    pub async fn find_in_shadow(
        &self,
        shadow: &Value,
        selector: &str,
    ) -> Result<WebElement> {
        let id = shadow
            .as_object()
            .and_then(|reference| reference.values().next()?.as_str())
            .ok_or("no reference to a shadow root")?;
        let command = FindInShadow(id.to_owned(), selector.to_owned());
        let found = self.driver.cmd(command).await?.value_json()?;
        let handle = self.driver.handle().clone();
        Ok(WebElement::from_json(found, handle)?)
    }

    /// Has the open page believe that the reader's system is set up so.
    pub async fn look(&self, look: Look) -> Result {
        match self.browser {
            Browser::Chromium => self.look_in_chromium(look).await,
            Browser::Firefox => self.look_in_firefox(look).await,
        }
    }

    async fn look_in_chromium(&self, look: Look) -> Result {
        let scheme = if look.dark { "dark" } else { "light" };
        let forced = if look.forced { "active" } else { "none" };
        let features = json!([
            { "name": "prefers-color-scheme", "value": scheme },
            { "name": "forced-colors", "value": forced },
            { "name": "prefers-reduced-motion", "value": "reduce" },
        ]);
        self.devtools(
            "Emulation.setEmulatedMedia",
            &json!({ "features": features }),
        )
        .await?;
        let size = if look.large { 32 } else { 16 };
        let sizes = json!({ "standard": size, "fixed": size - 3 });
        self.devtools("Page.setFontSizes", &json!({ "fontSizes": sizes }))
            .await
    }

    async fn devtools(&self, command: &str, parameters: &Value) -> Result {
        let order = json!({ "cmd": command, "params": parameters });
        self.driver.cmd(Post("goog/cdp/execute", order)).await?;
        Ok(())
    }

    async fn look_in_firefox(&self, look: Look) -> Result {
        let size = if look.large { 32 } else { 16 };
        let prefs = [
            (
                "layout.css.prefers-color-scheme.content-override",
                i32::from(!look.dark),
            ),
            // 2: the reader's colours instead of the page's; 0: as usual.
            (
                "browser.display.document_color_use",
                if look.forced { 2 } else { 0 },
            ),
            ("ui.prefersReducedMotion", 1),
            ("font.size.variable.x-western", size),
            ("font.size.variable.ar", size),
        ];
        let set = prefs
            .map(|(name, value)| {
                format!("Services.prefs.setIntPref('{name}', {value});")
            })
            .concat();
        self.context("chrome").await?;
        let done = self.driver.execute(set, vec![]).await;
        self.context("content").await?;
        done?;
        Ok(())
    }

    /// What a screen reader makes of an element: its role and its name.
    pub async fn heard(&self, element: &WebElement) -> Result<String> {
        let id = element.element_id().to_string();
        let mut heard = Vec::new();
        for what in ["computedrole", "computedlabel"] {
            let command = OfElement(id.clone(), what);
            let said = self.driver.cmd(command).await?.value_json()?;
            heard.push(said.as_str().unwrap_or_default().trim().to_owned());
        }
        Ok(heard.join(": "))
    }

    /// What pages threw or were refused so far; Firefox does not tell.
    pub async fn complaints(&self) -> Result<Vec<String>> {
        if self.browser == Browser::Firefox {
            return Ok(Vec::new());
        }
        let order = Post("se/log", json!({ "type": "browser" }));
        let log = self.driver.cmd(order).await?.value_json()?;
        let entries = log.as_array().cloned().unwrap_or_default();
        Ok(entries
            .iter()
            .filter(|entry| entry["level"] == "SEVERE")
            .map(|entry| entry["message"].to_string())
            .collect())
    }

    /// Does what WebDriver's actions describe, and lets go of everything.
    pub async fn perform(&self, devices: Value) -> Result {
        let actions = json!({ "actions": devices });
        self.driver.cmd(Post("actions", actions)).await?;
        Ok(())
    }

    /// What the extension's scripts threw or complained of.
    pub async fn own_complaints(&self) -> Result<Vec<String>> {
        let origin = self.browser.extension_origin();
        let said = match self.browser {
            Browser::Chromium => self.complaints().await?,
            Browser::Firefox => {
                self.context("chrome").await?;
                let said = self.driver.execute(CONSOLE, vec![]).await;
                self.context("content").await?;
                said?.convert::<Vec<String>>()?
            }
        };
        // Whoever closes a page leaves it without the answers it waits for.
        let ours = |line: &String| {
            line.contains(&origin) && !line.contains("after context unloaded")
        };
        Ok(said.into_iter().filter(ours).collect())
    }

    /// Whether Firefox runs scripts in pages or in itself.
    async fn context(&self, context: &str) -> Result {
        let switch = Post("moz/context", json!({ "context": context }));
        self.driver.cmd(switch).await?;
        Ok(())
    }

    /// Ends the browser; errors on the way out do not matter.
    pub async fn end(self) {
        let _ = self.driver.quit().await;
    }
}

/// Errors of scripts, and what scripts wrote as errors, in Firefox.
const CONSOLE: &str = "
    const storage = Cc['@mozilla.org/consoleAPI-storage;1']
      .getService(Ci.nsIConsoleAPIStorage);
    const written = storage.getEvents()
      .filter(({ level }) => level === 'error')
      .map((e) => `${e.filename}: ${e.arguments.map(String)}`);
    const thrown = Services.console.getMessageArray()
      .filter((m) => m instanceof Ci.nsIScriptError &&
        !(m.flags & Ci.nsIScriptError.warningFlag))
      .map(String);
    return [...written, ...thrown];";

async fn connect(port: u16, wanted: Capabilities) -> Result<WebDriver> {
    let address = format!("http://127.0.0.1:{port}");
    let listens = || std::net::TcpStream::connect(("127.0.0.1", port)).is_ok();
    if !wait_until(PATIENCE, listens) {
        return Err("the browser's driver does not answer".into());
    }
    let driver = WebDriver::new(&address, wanted).await?;
    driver.set_script_timeout(PATIENCE).await?;
    Ok(driver)
}

/// Looks again until something is there or a person would have given up;
/// `what` says what was waited for.
pub async fn until<T, F>(what: &str, look: impl FnMut() -> F) -> Result<T>
where
    F: Future<Output = Result<Option<T>>>,
{
    until_within(PATIENCE, what, look).await
}

/// The same with another patience.
pub async fn until_within<T, F>(
    patience: Duration,
    what: &str,
    mut look: impl FnMut() -> F,
) -> Result<T>
where
    F: Future<Output = Result<Option<T>>>,
{
    let end = Instant::now() + patience;
    loop {
        let seen = look().await;
        match seen {
            Ok(Some(found)) => return Ok(found),
            Ok(None) | Err(_) if Instant::now() < end => {
                tokio::time::sleep(Duration::from_millis(40)).await;
            }
            Ok(None) => return Err(format!("{what} did not appear").into()),
            Err(e) => return Err(format!("{what}: {e}").into()),
        }
    }
}

/// A driver's own command: its endpoint and what is sent there.
#[derive(Debug)]
struct Post(&'static str, Value);

impl FormatRequestData for Post {
    fn format_request(&self, session: &SessionId) -> RequestData {
        RequestData::new(
            http::Method::POST,
            format!("session/{session}/{}", self.0),
        )
        .add_body(self.1.clone())
    }
}

/// What WebDriver tells of an element: its shadow root, a closed one too (the
/// crate's own method asks the page, which does not), its role, its name.
#[derive(Debug)]
struct OfElement(String, &'static str);

impl FormatRequestData for OfElement {
    fn format_request(&self, session: &SessionId) -> RequestData {
        let Self(element, what) = self;
        let uri = format!("session/{session}/element/{element}/{what}");
        RequestData::new(http::Method::GET, uri)
    }
}

/// WebDriver's "find element from shadow root".
#[derive(Debug)]
struct FindInShadow(String, String);

impl FormatRequestData for FindInShadow {
    fn format_request(&self, session: &SessionId) -> RequestData {
        let uri = format!("session/{session}/shadow/{}/element", self.0);
        let body = json!({ "using": "css selector", "value": self.1 });
        RequestData::new(http::Method::POST, uri).add_body(body)
    }
}
