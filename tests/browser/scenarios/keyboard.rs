//! Everything can be done with nothing but a keyboard, it is seen where the
//! keyboard is, and a screen reader hears what a person sees.

use thirtyfour::prelude::*;

use super::faces::{fill_options, show_options, show_popup};
use crate::driver::{Result, until};
use crate::faces::{CAUTION, DANGER};
use crate::page::Page;
use crate::served::Served;
use crate::world::World;

const LINK: &str = "https://platform.openai.com/account/billing";

/// The banner and the card.
pub async fn parts(_: &World, page: &Page) -> Result {
    let stage = Served::stage().await?;
    DANGER.open(page, &stage.address).await?;
    page.banner().await?;
    heard(page, ".banner", "region: Warning by Doppelcheck").await?;
    heard(page, "[role=alert]", "alert").await?;
    heard(page, ".primary", "link: Open OpenAI directly").await?;
    heard(page, "[aria-controls=reasons]", "button: Why?").await?;
    read_in_order(page).await?;
    focus(page, "#from").await?;
    for name in ["Open OpenAI directly", "Why?"] {
        page.keys(Key::Tab).await?;
        page.until_focused(name).await?;
    }
    page.keys(Key::Enter).await?;
    page.until_focused("Hide reasons").await?;
    page.our("#reasons:not([hidden]) li").await?;
    for name in ["Report to OpenAI", "I know this sender"] {
        page.keys(Key::Tab).await?;
        page.until_focused(name).await?;
    }
    page.keys(" ").await?;
    page.keys(Key::Tab).await?;
    page.until_focused("Only this message").await?;
    card(page).await?;
    known(page, &stage.address).await
}

/// A link opens the card, Escape leaves it, and the keyboard is back.
async fn card(page: &Page) -> Result {
    focus(page, "#link").await?;
    page.keys(Key::Enter).await?;
    page.card().await?;
    heard(page, "dialog", "alertdialog: Stop: this link is not what it seems")
        .await?;
    page.until_focused("Do not open").await?;
    page.keys(Key::Escape).await?;
    until("the page without the card", || async {
        Ok(page.our_element("dialog").await?.is_none().then_some(()))
    })
    .await?;
    page.until_focused(LINK).await?;
    page.keys(Key::Enter).await?;
    page.card().await?;
    until("the second act", || async {
        let go = page.our("dialog .quiet").await?;
        Ok((go.is_enabled().await?).then_some(()))
    })
    .await?;
    page.keys_back().await?;
    page.until_focused("Open anyway").await?;
    page.keys(Key::Tab).await?;
    page.until_focused("Do not open").await?;
    page.keys(Key::Enter).await?;
    page.until_focused(LINK).await
}

/// "I know this sender" and back, the keyboard in the banner all the time.
async fn known(page: &Page, stage: &str) -> Result {
    CAUTION.open(page, stage).await?;
    page.banner().await?;
    heard(page, ".banner [role=status]", "status").await?;
    page.our("[aria-controls=choices]").await?.focus().await?;
    page.keys(Key::Enter).await?;
    page.keys(Key::Tab).await?;
    page.until_focused("Only this message").await?;
    page.keys(Key::Enter).await?;
    page.until_focused("Undo").await?;
    page.our(".known").await?;
    page.keys(Key::Enter).await?;
    page.our(".caution").await?;
    until("the keyboard in the banner", || async {
        Ok((!page.focused().await?.is_empty()).then_some(()))
    })
    .await
}

/// What a screen reader reads of the banner, in this order.
async fn read_in_order(page: &Page) -> Result {
    let text = page.our(".banner").await?.text().await?;
    let mut rest = text.as_str();
    for part in [
        "Danger:",
        "pretends to be from OpenAI",
        "account-desk.example",
        "openai.com",
        "Do not click",
        "Mixpanel",
        "Open OpenAI directly",
        "Why?",
        "I know this sender",
    ] {
        let at = rest.find(part).ok_or_else(|| {
            format!("“{part}” does not come in its turn: {text}")
        })?;
        rest = &rest[at + part.len()..];
    }
    Ok(())
}

/// The popup and the options.
pub async fn pages(_: &World, page: &Page) -> Result {
    fill_options(page).await?;
    show_popup(page, "caution").await?;
    let heading = page.find("h1").await?;
    is_heard(page, &heading, "heading: Be careful with this message").await?;
    focus(page, "summary").await?;
    page.until_focused("I know this sender").await?;
    page.keys(" ").await?;
    for name in [
        "Only this message",
        "This sender",
        "Everybody at mail-notice.example",
        "pasted",
    ] {
        page.keys(Key::Tab).await?;
        page.until_focused(name).await?;
    }
    let field = page.find("#pasted").await?;
    is_heard(page, &field, "textbox: Check an address, a link or a text")
        .await?;
    page.keys("paypa1.com").await?;
    page.find("#anatomy .verdict").await?;
    for name in ["Pause on this site", "Training", "Options"] {
        page.keys(Key::Tab).await?;
        page.until_focused(name).await?;
    }
    options(page).await
}

/// Taking things away keeps the keyboard near.
async fn options(page: &Page) -> Result {
    show_options(page).await?;
    for (list, title) in
        [("#trusted", "Senders you know"), ("#vendors", "Your own providers")]
    {
        focus(page, &format!("{list} button")).await?;
        page.keys(Key::Enter).await?;
        page.until_focused(title).await?;
    }
    focus(page, "#language").await?;
    let language = page.find("#language").await?;
    is_heard(page, &language, "combobox: Language").await?;
    let levels = page
        .driver()
        .execute(
            "return [...document.querySelectorAll('h1, h2, h3')]
               .map(({ tagName }) => tagName.slice(1)).join('');",
            vec![],
        )
        .await?;
    let levels = levels.json().as_str().unwrap_or_default().to_owned();
    let skips = levels.as_bytes().windows(2).any(|two| two[1] > two[0] + 1);
    if levels.starts_with('1') && !skips {
        return Ok(());
    }
    Err(format!("headings jump: {levels}").into())
}

async fn focus(page: &Page, selector: &str) -> Result {
    page.find(selector).await?.focus().await?;
    Ok(())
}

/// Whether a part of ours has a role and a name.
async fn heard(page: &Page, part: &str, wanted: &str) -> Result {
    let element = page.our(part).await?;
    is_heard(page, &element, wanted).await
}

async fn is_heard(page: &Page, element: &WebElement, wanted: &str) -> Result {
    let heard = page.session.heard(element).await?;
    if heard.starts_with(wanted) {
        return Ok(());
    }
    Err(format!("heard “{heard}” instead of “{wanted}”").into())
}
