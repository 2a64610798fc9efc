//! The pictures of `docs/screens`: banner, card, popup and options, light and
//! dark, in English and German, in both browsers. `./build.sh screens` takes
//! them; `docs/screens.md` shows them.

use std::fs;
use std::path::PathBuf;

use crate::driver::{Look, Result};
use crate::mails::{GENUINE, OPENAI_BILLING};
use crate::page::Page;
use crate::webmails::Webmail::Roundcube;
use crate::world::{World, root};

const LINK: &str = "a[href*='account-verify.example']";

/// Takes every picture.
pub async fn take(world: &World, page: &Page) -> Result {
    fs::create_dir_all(root().join("docs/screens"))?;
    Roundcube.sign_in(world, page).await?;
    for dark in [false, true] {
        for language in ["en", "de"] {
            page.session.look(Look { dark, ..Look::default() }).await?;
            page.speak(language).await?;
            page.driver().set_window_rect(0, 0, 1280, 900).await?;
            page.driver().enter_default_frame().await?;
            page.driver().refresh().await?;
            let (_, other) = GENUINE[1];
            Roundcube.open(page, other).await?;
            Roundcube.open(page, OPENAI_BILLING.subject).await?;
            page.banner().await?;
            let scheme = if dark { "dark" } else { "light" };
            let name = format!("{scheme}-{language}");
            take_message(page, &format!("banner-{name}")).await?;
            Roundcube.enter(page).await?;
            page.click(LINK).await?;
            page.card().await?;
            take_message(page, &format!("card-{name}")).await?;
            Roundcube.enter(page).await?;
            page.press("dialog .actions button.primary").await?;
            let popup = page.beside().await?;
            page.session.look(Look { dark, ..Look::default() }).await?;
            take_popup(page, &popup.1, &name).await?;
            take_options(page, &name).await?;
            page.close_beside(popup.0).await?;
        }
    }
    Ok(())
}

/// Where a picture goes.
fn picture(page: &Page, name: &str) -> PathBuf {
    let browser = page.session.browser.name();
    root().join(format!("docs/screens/{browser}-{name}.png"))
}

/// The part of Roundcube that shows the message.
async fn take_message(page: &Page, name: &str) -> Result {
    page.driver().enter_default_frame().await?;
    let message = page.find("#layout-content").await?;
    message.screenshot(&picture(page, name)).await?;
    Ok(())
}

async fn take_popup(page: &Page, address: &str, name: &str) -> Result {
    page.driver().set_window_rect(0, 0, 500, 1300).await?;
    page.driver().goto(address).await?;
    page.find("#messages .verdict").await?;
    let body = page.find("body").await?;
    body.screenshot(&picture(page, &format!("popup-{name}"))).await?;
    Ok(())
}

async fn take_options(page: &Page, name: &str) -> Result {
    page.session.in_extension(FILL).await?;
    page.driver().set_window_rect(0, 0, 780, 1000).await?;
    page.open_options().await?;
    let picture = picture(page, &format!("options-{name}"));
    page.driver().screenshot(&picture).await?;
    Ok(())
}

/// Something to list.
const FILL: &str = "
    await chrome.runtime.sendMessage({ kind: 'set', settings: { vendors: [
      { name: 'Harbour Payroll', domains: ['harbourpayroll.example'] },
    ] } });
    await chrome.runtime.sendMessage({
      kind: 'add-site', site: 'webmail.verein.example:8443', recipe: '' });
    await chrome.storage.local.set({ trusted: [{ id: '1', scope: 'domain',
      domain: 'verein.example', day: '2026-11-20', hash: '1' }] });
    return null;";
