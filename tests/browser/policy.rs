//! Real policy files, as an administrator writes them, put back afterwards.

use std::fs;
use std::io::ErrorKind;
use std::path::{Path, PathBuf};

use serde_json::{Value, json};

use crate::driver::{Browser, CHROMIUM_ID, GECKO_ID, Result};

/// Ours alone, by its name.
const CHROMIUM: &str = "/etc/chromium/policies/managed/doppelcheck-test.json";
const FIREFOX: &str = "/etc/firefox/policies/policies.json";

/// A policy that is in force while this value lives.
pub struct PolicyFile {
    path: PathBuf,
    before: Option<Vec<u8>>,
}

/// Removes what a run that was broken off left in force.
pub fn clear_leftovers() -> Result {
    match fs::remove_file(CHROMIUM) {
        Err(e) if e.kind() != ErrorKind::NotFound => {
            Err(format!("{CHROMIUM} of an earlier run stays: {e}").into())
        }
        _ => Ok(()),
    }
}

impl PolicyFile {
    /// Writes a browser's policy file. Chromium reads every file of its
    /// folder; Firefox has one file, which keeps what it holds.
    pub fn put(browser: Browser, policy: &Value) -> Result<Self> {
        let path = Path::new(match browser {
            Browser::Chromium => CHROMIUM,
            Browser::Firefox => FIREFOX,
        });
        let before = match fs::read(path) {
            Ok(before) => Some(before),
            Err(e) if e.kind() == ErrorKind::NotFound => None,
            Err(e) => return Err(format!("{}: {e}", path.display()).into()),
        };
        let text = match browser {
            Browser::Chromium => chromium(policy),
            Browser::Firefox => firefox(policy, before.as_deref())?,
        };
        let file = Self { path: path.to_owned(), before };
        file.write(text.to_string().as_bytes())?;
        Ok(file)
    }

    fn write(&self, text: &[u8]) -> Result {
        let folder = self.path.parent().ok_or("a file has a folder")?;
        fs::create_dir_all(folder)
            .and_then(|()| fs::write(&self.path, text))
            .map_err(|e| {
                let path = self.path.display();
                format!("policy files need root: {path}: {e}").into()
            })
    }
}

impl Drop for PolicyFile {
    fn drop(&mut self) {
        let restored = match &self.before {
            Some(before) => fs::write(&self.path, before),
            None => fs::remove_file(&self.path),
        };
        if let Err(e) = restored {
            eprintln!("{} was not put back: {e}", self.path.display());
        }
    }
}

fn chromium(policy: &Value) -> Value {
    json!({ "3rdparty": { "extensions": { CHROMIUM_ID: policy } } })
}

fn firefox(policy: &Value, before: Option<&[u8]>) -> Result<Value> {
    let mut whole = match before {
        Some(before) => serde_json::from_slice(before)?,
        None => json!({}),
    };
    whole["policies"]["3rdparty"]["Extensions"][GECKO_ID] = policy.clone();
    Ok(whole)
}
