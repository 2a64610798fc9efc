//! What a person sees of the extension and does with it.

use std::error::Error;
use std::fs;

use serde::Deserialize;
use serde_json::{Value, json};
use thirtyfour::WindowHandle;
use thirtyfour::prelude::*;

use crate::driver::{Result, Session, until};
use crate::stage::Stage;
use crate::world::root;

/// Elements that may hold a closed shadow root of ours: they stand in the
/// page like any other, without a name that a mail could imitate.
const HOSTS: &str = "div[style*='all: initial']";

/// A browser window as a scenario uses it.
pub struct Page {
    /// The browser.
    pub session: Session,
    /// What the browser sees under every host's name.
    pub stage: Stage,
}

/// What the toolbar button and the popup tell of a tab.
#[derive(Debug, Deserialize)]
pub struct Told {
    /// The letters on the toolbar button.
    pub badge: String,
    /// What the background knows of the tab.
    pub state: Value,
}

impl Told {
    /// `danger`, `fine`, `idle`…
    pub fn state(&self) -> &str {
        self.state["state"].as_str().unwrap_or_default()
    }

    /// The verdict on the worst open message.
    pub fn verdict(&self) -> &Value {
        &self.state["messages"][0]["verdict"]
    }
}

impl Page {
    /// A page in a fresh browser.
    pub fn new(session: Session, stage: Stage) -> Self {
        Self { session, stage }
    }

    /// The browser's driver.
    pub fn driver(&self) -> &WebDriver {
        &self.session.driver
    }

    /// Waits for an element.
    pub async fn find(&self, selector: &str) -> Result<WebElement> {
        until(selector, || async {
            Ok(self.driver().find(By::Css(selector)).await.ok())
        })
        .await
    }

    /// Types into a field as soon as it can be reached: pages fade their
    /// forms in.
    pub async fn fill(&self, field: &str, text: &str) -> Result {
        until(field, || async {
            let field = self.driver().find(By::Css(field)).await?;
            field.send_keys(text).await?;
            Ok(Some(()))
        })
        .await
    }

    /// Clicks on an element of the page as soon as it can be reached.
    pub async fn click(&self, selector: &str) -> Result {
        until(selector, || async {
            self.driver().find(By::Css(selector)).await?.click().await?;
            Ok(Some(()))
        })
        .await
    }

    /// Waits until a script of the page answers `true`.
    pub async fn holds(&self, script: &str) -> Result {
        until(script, || async {
            let said = self.driver().execute(script, vec![]).await?;
            Ok(said.convert::<bool>()?.then_some(()))
        })
        .await
    }

    /// The text of an element that is there.
    pub async fn text_of(&self, selector: &str) -> Result<String> {
        Ok(self.driver().find(By::Css(selector)).await?.text().await?)
    }

    /// Waits for the banner and gives what a person reads in it.
    pub async fn banner(&self) -> Result<String> {
        until("the banner", || self.ours_now(".banner")).await
    }

    /// Waits for the card at a guarded link and gives what a person reads.
    pub async fn card(&self) -> Result<String> {
        until("the card", || self.ours_now("dialog .card")).await
    }

    /// The text of one of our parts, if it is there at this moment.
    pub async fn ours_now(&self, part: &str) -> Result<Option<String>> {
        let Some(element) = self.our_element(part).await? else {
            return Ok(None);
        };
        let text = element.text().await?;
        Ok((!text.is_empty()).then_some(text))
    }

    /// An element of our own interface, which stands in closed shadow roots.
    pub async fn our_element(&self, part: &str) -> Result<Option<WebElement>> {
        for (_, shadow) in self.our_roots().await? {
            let found = self.session.find_in_shadow(&shadow, part).await;
            if let Ok(element) = found {
                return Ok(Some(element));
            }
        }
        Ok(None)
    }

    /// The hosts of our parts, each with its closed shadow root.
    pub async fn our_roots(&self) -> Result<Vec<(WebElement, Value)>> {
        let mut roots = Vec::new();
        for host in self.driver().find_all(By::Css(HOSTS)).await? {
            if let Ok(shadow) = self.session.shadow_root(&host).await {
                roots.push((host, shadow));
            }
        }
        Ok(roots)
    }

    /// Presses keys, as with nothing but a keyboard.
    pub async fn keys(&self, keys: impl Into<TypingData>) -> Result {
        self.driver().action_chain().send_keys(keys).perform().await?;
        Ok(())
    }

    /// Goes back one step, as with Shift and Tab.
    pub async fn keys_back(&self) -> Result {
        self.driver()
            .action_chain()
            .key_down(Key::Shift)
            .send_keys(Key::Tab)
            .key_up(Key::Shift)
            .perform()
            .await?;
        Ok(())
    }

    /// What has the keyboard, seen into our closed roots: its visible words.
    pub async fn focused(&self) -> Result<String> {
        let roots = self
            .our_roots()
            .await?
            .into_iter()
            .map(|(host, root)| Ok(json!([host.to_json()?, root])))
            .collect::<Result<Vec<Value>>>()?;
        let found =
            self.driver().execute(FOCUSED, vec![Value::Array(roots)]).await?;
        Ok(found.json().as_str().unwrap_or_default().to_owned())
    }

    /// Waits until something has the keyboard.
    pub async fn until_focused(&self, wanted: &str) -> Result {
        let mut seen = String::new();
        let end = until(wanted, || async {
            let focused = self.focused().await?;
            Ok((focused == wanted).then_some(()))
        })
        .await;
        if end.is_err() {
            seen = self.focused().await?;
        }
        end.map_err(|e| format!("{e}: “{seen}” has the keyboard").into())
    }

    /// Waits for an element of our own interface.
    pub async fn our(&self, part: &str) -> Result<WebElement> {
        until(part, || self.our_element(part)).await
    }

    /// Waits until one of our parts is gone.
    pub async fn gone(&self, part: &str) -> Result {
        until(&format!("the page without {part}"), || async {
            Ok(self.our_element(part).await?.is_none().then_some(()))
        })
        .await
    }

    /// Clicks a button of our own interface as soon as it can be clicked.
    pub async fn press(&self, part: &str) -> Result {
        until(part, || async {
            let Some(button) = self.our_element(part).await? else {
                return Ok(None);
            };
            if !button.is_enabled().await? {
                return Ok(None);
            }
            button.click().await?;
            Ok(Some(()))
        })
        .await
    }

    /// Waits until the toolbar button shows a state, and gives all it tells
    /// of the tab with the webmail. Leaves the page's frames.
    pub async fn told(&self, wanted: &str) -> Result<Told> {
        let webmail = self.open_popup().await?;
        let told = self.wait_for_state(wanted).await;
        self.close_popup(webmail).await?;
        told
    }

    /// What a person reads in the popup about the tab with the webmail.
    pub async fn popup(&self) -> Result<String> {
        let (webmail, popup) = self.beside().await?;
        self.driver().goto(&popup).await?;
        let text = until("the popup's findings", || async {
            self.find("#messages > *").await?;
            Ok(Some(self.text_of("body").await?))
        })
        .await;
        self.close_popup(webmail).await?;
        text
    }

    /// Opens the options and waits until they are filled.
    pub async fn open_options(&self) -> Result {
        let options = self.session.extension_page("options/options.html");
        self.driver().goto(&options).await?;
        until("the options", || async {
            let filled = self.text_of("#remembered").await?;
            Ok((!filled.is_empty()).then_some(()))
        })
        .await
    }

    /// Has the extension speak a language, as the options page sets it.
    pub async fn speak(&self, language: &str) -> Result {
        self.aside(&format!(
            "return chrome.runtime.sendMessage(
               {{ kind: 'set', settings: {{ language: '{language}' }} }});"
        ))
        .await?;
        Ok(())
    }

    /// Runs a script in a page of the extension beside the open one.
    pub async fn aside(&self, script: &str) -> Result<Value> {
        let before = self.open_popup().await?;
        let answer = self.session.in_extension(script).await;
        self.close_popup(before).await?;
        answer
    }

    /// Opens a tab of the extension's own; gives the tab before and the
    /// address of the popup about it.
    pub async fn beside(&self) -> Result<(WindowHandle, String)> {
        let webmail = self.open_popup().await?;
        let told = self.session.in_extension(ASK).await?;
        let address = self.session.extension_page("popup/popup.html");
        Ok((webmail, format!("{address}?tab={}", told["tab"])))
    }

    /// Closes that tab and goes back.
    pub async fn close_beside(&self, before: WindowHandle) -> Result {
        self.close_popup(before).await
    }

    /// Opens the popup's page in a tab of its own; gives the tab before.
    async fn open_popup(&self) -> Result<WindowHandle> {
        let before = self.driver().window().await?;
        let own = self.driver().new_tab().await?;
        self.driver().switch_to_window(own).await?;
        let popup = self.session.extension_page("popup/popup.html");
        self.driver().goto(&popup).await?;
        Ok(before)
    }

    async fn close_popup(&self, before: WindowHandle) -> Result {
        self.driver().close_window().await?;
        self.driver().switch_to_window(before).await?;
        Ok(())
    }

    async fn wait_for_state(&self, wanted: &str) -> Result<Told> {
        let mut seen = None;
        let told = until("the state", || async {
            let told = self.session.in_extension(ASK).await?;
            let told: Told = serde_json::from_value(told)?;
            Ok((told.state() == wanted).then_some(told))
        })
        .await;
        if told.is_err() {
            seen = self.session.in_extension(ASK).await.ok();
        }
        told.map_err(|e| {
            let seen = seen.unwrap_or_default();
            format!("{e}: wanted {wanted}, told {seen}").into()
        })
    }

    /// An error with what the page looked like, kept under `target`.
    pub async fn explain(
        &self,
        scenario: &str,
        error: &(dyn Error + Send + Sync),
    ) -> Box<dyn Error + Send + Sync> {
        let browser = self.session.browser.name();
        let name = format!("{browser}-{}", scenario.replace("::", "-"));
        let folder = root().join("target/browser-tests/failures");
        let _ = fs::create_dir_all(&folder);
        let _ =
            fs::write(folder.join(format!("{name}.txt")), error.to_string());
        let picture = folder.join(format!("{name}.png"));
        let _ = self.driver().screenshot(&picture).await;
        if let Ok(source) = self.driver().source().await {
            let _ = fs::write(folder.join(format!("{name}.html")), source);
        }
        format!("{error} (see {})", picture.display()).into()
    }
}

/// The words of what has the keyboard; a note where that cannot be seen.
const FOCUSED: &str = "
    const inside = new Map(arguments[0]);
    let at = document.activeElement;
    while (at && inside.get(at)?.activeElement) {
      at = inside.get(at).activeElement;
    }
    if (!at || at === document.body) return '';
    const { outlineStyle, outlineWidth } = getComputedStyle(at);
    const seen = outlineStyle !== 'none' && parseFloat(outlineWidth) >= 1;
    const words = at.getAttribute('aria-label') || at.innerText?.trim() ||
      at.id;
    return seen || at.tabIndex < 0 ? words : `${words} (not seen)`;";

/// What the extension's own page asks: of the tab on 127.0.0.1.
const ASK: &str = "
    const [tab] = await chrome.tabs.query({ url: '*://127.0.0.1/*' });
    const tabId = tab.id;
    return {
      tab: tabId,
      badge: await chrome.action.getBadgeText({ tabId }),
      state: await chrome.runtime.sendMessage({ kind: 'state', tab: tabId }),
    };";
