//! "I know this sender" reaches as far as it says, can be taken back, and
//! silences no danger.

use crate::driver::{Result, until};
use crate::faces::{CAUTION, CLAIM, DANGER, DANGER_THERE, Mail, OTHER_CLAIM};
use crate::page::Page;
use crate::served::Served;
use crate::world::World;

/// The three scopes, from the banner, the popup and the options.
pub async fn scopes(_: &World, page: &Page) -> Result {
    let stage = Served::stage().await?;
    let stage = stage.address.as_str();
    one_message(page, stage).await?;
    one_sender(page, stage).await?;
    everybody(page, stage).await?;
    lookalike(page, stage).await?;
    danger(page, stage).await
}

/// One message: known until it is taken back in the banner.
async fn one_message(page: &Page, stage: &str) -> Result {
    warns(page, &CLAIM, stage).await?;
    know(page, 1).await?;
    page.our(".known").await?;
    page.press(".known button").await?;
    page.our(".banner.caution").await?;
    lists(page, 0).await
}

/// One sender: quiet there, not for another at the same domain; taken back
/// in the popup.
async fn one_sender(page: &Page, stage: &str) -> Result {
    know(page, 2).await?;
    page.our(".known").await?;
    quiet(page, &CLAIM, stage).await?;
    warns(page, &OTHER_CLAIM, stage).await?;
    quiet(page, &CLAIM, stage).await?;
    let (webmail, popup) = page.beside().await?;
    page.driver().goto(&popup).await?;
    page.click("#messages .verdict .row button").await?;
    page.find("body.level-caution").await?;
    page.close_beside(webmail).await?;
    page.our(".banner.caution").await?;
    lists(page, 0).await
}

/// Everybody at a domain, but no danger from there; taken back in the
/// options.
async fn everybody(page: &Page, stage: &str) -> Result {
    know(page, 3).await?;
    page.our(".known").await?;
    quiet(page, &OTHER_CLAIM, stage).await?;
    warns(page, &DANGER_THERE, stage).await?;
    page.told("danger").await?;
    quiet(page, &CLAIM, stage).await?;
    let (webmail, _) = page.beside().await?;
    let options = page.session.extension_page("options/options.html");
    page.driver().goto(&options).await?;
    let listed = page.find("#trusted li").await?;
    if !listed.text().await?.contains("Everybody at mail-notice.example") {
        return Err(format!("listed as {}", listed.text().await?).into());
    }
    page.click("#trusted button").await?;
    page.find("#no-trusted:not([hidden])").await?;
    page.close_beside(webmail).await?;
    page.our(".banner.caution").await?;
    Ok(())
}

/// Nobody can trust a whole domain that imitates another.
async fn lookalike(page: &Page, stage: &str) -> Result {
    warns(page, &CAUTION, stage).await?;
    offers(page, 2).await
}

/// A danger can be known message by message only, and stays in sight.
async fn danger(page: &Page, stage: &str) -> Result {
    warns(page, &DANGER, stage).await?;
    offers(page, 1).await?;
    know(page, 1).await?;
    page.our(".banner.danger [role=alert] + .actions button").await?;
    page.told("danger").await?;
    page.driver().refresh().await?;
    page.our(".banner.danger [role=alert] + .actions button").await?;
    Ok(())
}

/// Opens a mail that is warned of.
async fn warns(page: &Page, mail: &Mail, stage: &str) -> Result {
    mail.open(page, stage).await?;
    page.our(".banner [aria-controls=choices]").await?;
    Ok(())
}

/// Opens a mail whose sender is known: the button knows, the page is quiet.
async fn quiet(page: &Page, mail: &Mail, stage: &str) -> Result {
    mail.open(page, stage).await?;
    page.told("note").await?;
    match page.ours_now(".banner").await? {
        None => Ok(()),
        Some(banner) => Err(format!("known, but: {banner}").into()),
    }
}

/// Says in the banner that the sender is known, in the nth scope offered.
async fn know(page: &Page, scope: usize) -> Result {
    page.press("[aria-controls=choices]").await?;
    page.press(&format!("#choices button:nth-child({scope})")).await
}

async fn offers(page: &Page, count: usize) -> Result {
    let last = format!("#choices button:nth-child({count}):last-child");
    match page.our_element(&last).await? {
        Some(_) => Ok(()),
        None => Err(format!("not {count} scopes are offered").into()),
    }
}

/// How many known senders the background lists.
async fn lists(page: &Page, count: usize) -> Result {
    until("the list of known senders", || async {
        let list = page
            .aside("return chrome.runtime.sendMessage({ kind: 'trusted' });")
            .await?;
        let listed = list.as_array().map_or(0, Vec::len);
        Ok((listed == count).then_some(()))
    })
    .await
}
