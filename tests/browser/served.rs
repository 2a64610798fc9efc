//! A folder, served as any web server would.

use std::fs;
use std::path::Path;
use std::process::Command;

use tempfile::TempDir;

use crate::driver::{Result, until};
use crate::webmail::Daemon;
use crate::world::root;

/// A server that ends with this value.
pub struct Served {
    /// Where its front page is.
    pub address: String,
    _server: Daemon,
    _log: TempDir,
}

impl Served {
    /// Serves the webmail that shows the mail in its address.
    pub async fn stage() -> Result<Self> {
        Self::start(&root().join("tests/browser/stage")).await
    }

    /// Serves a folder on a free port.
    pub async fn start(folder: &Path) -> Result<Self> {
        let log = tempfile::tempdir()?;
        let said = log.path().join("address");
        let mut serve = Command::new("node");
        serve.arg(root().join("tools/serve.mjs")).arg(folder);
        let server = Daemon::start(serve, &said)?;
        let address = until("the server's address", || async {
            let said = fs::read_to_string(&said)?;
            Ok(said.lines().next().map(str::to_owned))
        })
        .await?;
        Ok(Self { address, _server: server, _log: log })
    }
}
