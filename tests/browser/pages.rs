//! The pages of `tests/pages`: one folder a recipe, one page a variant of
//! the webmail, and what must be read there.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use serde::Deserialize;
use serde::de::DeserializeOwned;

use crate::driver::Result;
use crate::stage::pages;
use crate::world::root;

/// A page that is built as a webmail's is; `tests/pages/README.md` explains
/// the keys.
#[derive(Clone, Debug, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Sample {
    /// Its name, `gmail/page`.
    #[serde(skip)]
    pub name: String,
    /// The recipe that must be chosen.
    pub recipe: String,
    /// The address under which it is served, with no message open.
    pub address: String,
    /// The variant whose page it is, where it has none of its own.
    #[serde(default)]
    pub like: Option<String>,
    /// What its page and frames say instead of something else.
    #[serde(default)]
    pub instead: BTreeMap<String, String>,
    /// Its Content Security Policy.
    #[serde(default)]
    pub policy: String,
    /// The documents of its frames, by what their addresses begin with.
    #[serde(default)]
    pub frames: BTreeMap<String, Frame>,
    /// What it shows beyond one message with sender, subject and body.
    #[serde(default)]
    pub has: Vec<Feature>,
    /// What of the headers it does not show: `address`, `name`, `subject`.
    #[serde(default)]
    pub hides: Vec<String>,
    /// What must be said where something is missing.
    #[serde(default)]
    pub unread: Unread,
}

/// What a page may show.
#[derive(Clone, Copy, Debug, Deserialize, Eq, PartialEq)]
#[serde(rename_all = "camelCase")]
pub enum Feature {
    /// Where answers go.
    ReplyTo,
    /// A list with senders' addresses.
    Rows,
    /// Several messages at once.
    Thread,
    /// A messenger's messages, without addresses.
    Chat,
    /// The sender's name once for all messages.
    OneName,
    /// Its messages in a frame, which the page around cannot look into.
    Far,
}

/// Why a message counts as not checked when a part of the page is missing.
#[derive(Clone, Debug, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Unread {
    /// With nothing missing: the page keeps its messages to itself.
    pub whole: String,
    /// Without the sender.
    pub sender: String,
    /// Without the body.
    pub content: String,
    /// With other names everywhere.
    pub renamed: String,
}

impl Default for Unread {
    fn default() -> Self {
        Self {
            whole: String::new(),
            sender: "no-sender".into(),
            content: "no-body".into(),
            renamed: "no-message".into(),
        }
    }
}

/// A page or the page of a frame, as it is served.
#[derive(Clone, Default)]
pub struct Document {
    /// Its HTML, without the mails.
    pub html: String,
    /// Its Content Security Policy.
    pub policy: String,
}

/// The document of a frame.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Frame {
    /// Its file under `tests/pages`.
    pub file: String,
    /// Its Content Security Policy.
    #[serde(default)]
    pub policy: String,
}

/// A mail of `mails.html` as it must be read.
#[derive(Clone, Debug, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Mail {
    /// The sender.
    pub from: Mailbox,
    /// Where answers go, if elsewhere.
    pub reply_to: Option<String>,
    /// The subject.
    pub subject: String,
    /// The text, its white space folded.
    pub text: String,
    /// The only link.
    pub link: Link,
    /// What the toolbar button says of it.
    pub level: String,
}

/// A name and an address.
#[derive(Clone, Debug, Deserialize, PartialEq, Eq)]
#[serde(deny_unknown_fields)]
pub struct Mailbox {
    /// The name, or nothing.
    pub name: String,
    /// The address.
    pub address: String,
}

/// A link.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Link {
    /// Where it leads.
    pub href: String,
    /// What a person reads on it.
    pub text: String,
}

impl Sample {
    /// The page, without the mails.
    pub fn page(&self) -> Result<Document> {
        let own = self.name.rsplit('/').next().unwrap_or_default();
        let variant = self.like.as_deref().unwrap_or(own);
        let file = format!("{}/{variant}.html", self.recipe);
        Ok(Document { html: self.html(&file)?, policy: self.policy.clone() })
    }

    /// The documents of its frames, by what their addresses begin with.
    pub fn frames(&self) -> Result<Vec<(String, Document)>> {
        let document = |(address, frame): (&String, &Frame)| {
            let html = self.html(&frame.file)?;
            let policy = frame.policy.clone();
            Ok((address.clone(), Document { html, policy }))
        };
        self.frames.iter().map(document).collect()
    }

    fn html(&self, file: &str) -> Result<String> {
        let html = fs::read_to_string(pages().join(file))
            .map_err(|e| format!("{file}: {e}"))?;
        let instead = self.instead.iter();
        Ok(instead.fold(html, |html, (usual, own)| html.replace(usual, own)))
    }

    /// Refuses what should be said instead of something that no page says.
    fn check(&self) -> Result {
        let usual = Self { instead: BTreeMap::new(), ..self.clone() };
        let mut documents = usual.frames()?;
        documents.push((String::new(), usual.page()?));
        for usual in self.instead.keys() {
            if !documents.iter().any(|(_, d)| d.html.contains(usual)) {
                let name = &self.name;
                return Err(format!("{name}: no page says “{usual}”").into());
            }
        }
        Ok(())
    }

    /// Whether it shows something.
    pub fn has(&self, feature: Feature) -> bool {
        self.has.contains(&feature)
    }

    /// The recipe's name for people.
    pub fn title(&self) -> Result<String> {
        let file = format!("extension/recipes/{}.json", self.recipe);
        let recipe: serde_json::Value = read(&root().join(file))?;
        Ok(recipe["title"].as_str().unwrap_or_default().to_owned())
    }
}

/// Every page, or those whose names hold what `DOPPELCHECK_PAGE` says. A
/// recipe without a page is an error.
pub fn samples() -> Result<Vec<Sample>> {
    let wanted = std::env::var("DOPPELCHECK_PAGE").unwrap_or_default();
    let mut samples = Vec::new();
    for recipe in names_in(&root().join("extension/recipes"), "json")? {
        let folder = pages().join(&recipe);
        let variants = names_in(&folder, "json").unwrap_or_default();
        if variants.is_empty() && wanted.is_empty() {
            return Err(format!("{recipe} has no page").into());
        }
        for variant in variants {
            let name = format!("{recipe}/{variant}");
            let file = pages().join(format!("{name}.json"));
            let sample = Sample { name, ..read(&file)? };
            sample.check()?;
            samples.push(sample);
        }
    }
    samples.retain(|sample| sample.name.contains(&wanted));
    Ok(samples)
}

/// The mails that every page shows, by name.
pub fn mails() -> Result<BTreeMap<String, Mail>> {
    read(&pages().join("mails.json"))
}

fn read<T: DeserializeOwned>(file: &Path) -> Result<T> {
    let text = fs::read_to_string(file)?;
    serde_json::from_str(&text)
        .map_err(|e| format!("{}: {e}", file.display()).into())
}

/// The names of a folder's files with an extension, sorted.
fn names_in(folder: &Path, extension: &str) -> Result<Vec<String>> {
    let mut names = Vec::new();
    for entry in fs::read_dir(folder)? {
        let path = entry?.path();
        if path.extension().is_some_and(|e| e == extension) {
            let name = path.file_stem().unwrap_or_default();
            names.push(name.to_string_lossy().into_owned());
        }
    }
    names.sort();
    Ok(names)
}
