//! Who answers a false mail is warned of giving a secret away, and is asked
//! once more before the answer goes out.

use crate::driver::{Result, until};
use crate::faces::DANGER;
use crate::hand::Button::Left;
use crate::hand::key::{CONTROL, DELETE, ENTER, HOME};
use crate::mails::{GENUINE, OPENAI_BILLING};
use crate::page::Page;
use crate::served::Served;
use crate::webmail::Smtp;
use crate::webmails::Webmail::{self, Roundcube};
use crate::world::World;

/// A made-up key in the form of a real one; two so that it is never whole
/// in this file.
const KEY: [&str; 2] = ["sk-proj-", "a1B2c3D4e5F6a1B2c3D4e5F6a1B2c3D4e5F6"];

/// An answer to the false bill with a key in it.
pub async fn to_attack(world: &World, page: &Page, at: Webmail) -> Result {
    let smtp = at.smtp(world)?;
    at.sign_in(world, page).await?;
    at.open(page, OPENAI_BILLING.subject).await?;
    // While the text still loads in a frame there is less to say.
    until("the warning", || async {
        let banner = page.ours_now(".banner").await?;
        Ok(banner.filter(|banner| banner.starts_with("Danger")))
    })
    .await?;
    at.reply(page).await?;
    let text = format!("{}{}", KEY.concat(), page.session.browser.name());
    at.write(page, &text).await?;
    let note = until("the note", || page.ours_now(".floating")).await?;
    if !note.contains("API key") {
        return Err(format!("the note says: {note}").into());
    }
    at.send(page).await?;
    asked(page, smtp, &text).await?;
    page.press("dialog .actions button.primary").await?;
    page.gone("dialog").await?;
    not_sent(smtp, &text)?;
    at.focus_editor(page).await?;
    page.session.press_keys(&[CONTROL, ENTER]).await?;
    page.driver().enter_default_frame().await?;
    asked(page, smtp, &text).await?;
    page.press("dialog .actions button.quiet").await?;
    sent(smtp, &text).await
}

/// The same in Roundcube's rich editor, `TinyMCE`, whose text stands in a
/// frame.
pub async fn in_rich_text(world: &World, page: &Page) -> Result {
    let smtp = Roundcube.smtp(world)?;
    Roundcube.sign_in(world, page).await?;
    Roundcube.open(page, OPENAI_BILLING.subject).await?;
    page.banner().await?;
    Roundcube.reply(page).await?;
    page.holds(ROUNDCUBE_READY).await?;
    page.session.click_with("a.mce-i-html", Left, None).await?;
    // It asks whether formats may be lost.
    until("the question", || async {
        Ok(page.driver().accept_alert().await.ok())
    })
    .await?;
    page.holds(TINYMCE_READY).await?;
    page.find("#composebody_ifr").await?.enter_frame().await?;
    let text = format!("{}{}-rich", KEY.concat(), page.session.browser.name());
    page.click("body").await?;
    page.session.press_keys(&[CONTROL, HOME]).await?;
    page.keys(&text).await?;
    page.driver().enter_default_frame().await?;
    until("the note", || page.ours_now(".floating")).await?;
    Roundcube.send(page).await?;
    asked(page, smtp, &text).await?;
    page.press("dialog .actions button.quiet").await?;
    sent(smtp, &text).await
}

/// An answer written in a frame of another site, as in iCloud, is held too.
pub async fn in_a_strange_frame(page: &Page) -> Result {
    let stage = Served::stage().await?;
    DANGER.open(page, &stage.address).await?;
    let mut address = page.driver().current_url().await?;
    let elsewhere = stage.address.replace("127.0.0.1", "localhost");
    address.query_pairs_mut().append_pair("editor", &elsewhere);
    page.driver().goto(address.as_str()).await?;
    page.banner().await?;
    page.click("#send").await?;
    let card = page.card().await?;
    if card.contains("OpenAI") {
        return Ok(());
    }
    Err(format!("the card says: {card}").into())
}

/// An answer to a genuine mail goes out as if nobody watched.
pub async fn to_genuine(world: &World, page: &Page, at: Webmail) -> Result {
    let smtp = at.smtp(world)?;
    at.sign_in(world, page).await?;
    at.open(page, OPENAI_BILLING.subject).await?;
    page.banner().await?;
    let (_, subject) = GENUINE[1];
    at.open(page, subject).await?;
    at.reply(page).await?;
    let text = format!("Vielen-Dank-aus-{}", page.session.browser.name());
    at.write(page, &text).await?;
    at.send(page).await?;
    sent(smtp, &text).await
}

const LOADED: &str = "return document.readyState === 'complete';";

/// Roundcube and SOGo put the quoted text into the editor again once they are
/// set up; what was written before is lost.
const ROUNDCUBE_READY: &str = "
    return document.readyState === 'complete' &&
      window.rcmail?.cmp_hash !== undefined;";
const TINYMCE_READY: &str = "
    return window.tinymce?.activeEditor?.initialized === true;";
const SOGO_READY: &str = "
    return Object.values(window.CKEDITOR?.instances ?? {}).some((editor) =>
      editor.status === 'ready' && editor.getData().includes('wrote'));";

const SOGO_FOCUSED: &str = "
    return Object.values(window.CKEDITOR?.instances ?? {}).some((editor) =>
      editor.focusManager.hasFocus);";

async fn asked(page: &Page, smtp: &Smtp, text: &str) -> Result {
    let card = page.card().await?;
    for wanted in [OPENAI_BILLING.vendor, OPENAI_BILLING.real] {
        if !card.contains(wanted) {
            return Err(format!("“{wanted}” is missing: {card}").into());
        }
    }
    not_sent(smtp, text)
}

fn not_sent(smtp: &Smtp, text: &str) -> Result {
    if smtp.has(text) {
        return Err("it was sent all the same".into());
    }
    Ok(())
}

async fn sent(smtp: &Smtp, text: &str) -> Result {
    until("the sent mail", || async { Ok(smtp.has(text).then_some(())) }).await
}

/// Clicks on a link that opens a tab of its own, and goes there.
async fn in_a_new_tab(page: &Page, link: &str) -> Result {
    let before = page.driver().windows().await?;
    page.session.click_with(link, Left, None).await?;
    until("the new tab", || async {
        let mut windows = page.driver().windows().await?;
        windows.retain(|window| !before.contains(window));
        let Some(own) = windows.pop() else { return Ok(None) };
        page.driver().switch_to_window(own).await?;
        Ok(Some(()))
    })
    .await
}

/// What a test is told that asks for it.
const NO_ANSWERS: &str = "nothing can be answered in MailDev";

impl Webmail {
    fn smtp(self, world: &World) -> Result<&Smtp> {
        match self {
            Self::Roundcube => Ok(&world.roundcube()?.smtp),
            Self::Sogo => Ok(&world.sogo()?.smtp),
            Self::Ciderwebmail => Ok(&world.ciderwebmail()?.smtp),
            Self::Maildev => Err(NO_ANSWERS.into()),
        }
    }

    /// Answers the open mail.
    async fn reply(self, page: &Page) -> Result {
        page.driver().enter_default_frame().await?;
        let button = match self {
            Self::Roundcube => "#toolbar-menu a.reply:not(.disabled)",
            Self::Sogo => "button[ng-click='viewer.reply($event)']",
            Self::Ciderwebmail => {
                return in_a_new_tab(page, "a.reply").await;
            }
            Self::Maildev => return Err(NO_ANSWERS.into()),
        };
        page.session.click_with(button, Left, None).await
    }

    /// Puts the focus where an answer is written; SOGo's editor is a frame of
    /// its own.
    async fn focus_editor(self, page: &Page) -> Result {
        let editor = match self {
            Self::Roundcube => "#composebody",
            Self::Sogo => "iframe.cke_wysiwyg_frame",
            Self::Ciderwebmail => "textarea#body",
            Self::Maildev => return Err(NO_ANSWERS.into()),
        };
        page.session.click_with(editor, Left, None).await?;
        if self == Self::Sogo {
            page.holds(SOGO_FOCUSED).await?;
            page.find(editor).await?.enter_frame().await?;
        }
        Ok(())
    }

    /// Writes into the answer, before what it quotes.
    async fn write(self, page: &Page, text: &str) -> Result {
        page.holds(match self {
            Self::Roundcube => ROUNDCUBE_READY,
            Self::Sogo => SOGO_READY,
            Self::Ciderwebmail => LOADED,
            Self::Maildev => return Err(NO_ANSWERS.into()),
        })
        .await?;
        self.focus_editor(page).await?;
        if self == Self::Sogo {
            // It may move the caret once, in the middle of a word: who writes
            // sees that and writes it again.
            until("the text in one piece", || async {
                page.session.press_keys(&[CONTROL, HOME]).await?;
                page.keys(text).await?;
                let whole = page.text_of("body").await?.contains(text);
                if !whole {
                    page.session.press_keys(&[CONTROL, "a"]).await?;
                    page.session.press_keys(&[DELETE]).await?;
                }
                Ok(whole.then_some(()))
            })
            .await?;
        } else {
            page.session.press_keys(&[CONTROL, HOME]).await?;
            page.keys(text).await?;
        }
        Ok(page.driver().enter_default_frame().await?)
    }

    async fn send(self, page: &Page) -> Result {
        let button = match self {
            Self::Roundcube => {
                "#toolbar-menu a.send, .formbuttons button.send"
            }
            Self::Sogo => "button[ng-click='editor.send()']",
            Self::Ciderwebmail => "input[name=send]",
            Self::Maildev => return Err(NO_ANSWERS.into()),
        };
        page.session.click_with(button, Left, None).await
    }
}
