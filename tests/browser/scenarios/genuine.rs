//! About a genuine mail nothing is said: no banner, no number, no tick.

use crate::driver::{Result, until};
use crate::mails::{GENUINE, OPENAI_BILLING};
use crate::page::Page;
use crate::webmails::Webmail;
use crate::world::{World, command_line};

/// Every genuine mail shows nothing.
pub async fn shows_nothing(world: &World, page: &Page, at: Webmail) -> Result {
    at.sign_in(world, page).await?;
    for (file, subject) in GENUINE {
        at.open(page, subject).await?;
        let judged = command_line(file)?;
        if judged["level"] != "none" {
            return Err(format!("{file}: the command line: {judged}").into());
        }
        let told = page.told("fine").await?;
        if !told.badge.is_empty() {
            return Err(
                format!("{file}: the badge says {}", told.badge).into()
            );
        }
        at.enter(page).await?;
        if let Some(banner) = page.ours_now(".banner").await? {
            return Err(format!("{file}: a banner: {banner}").into());
        }
    }
    Ok(())
}

/// A mail's HTML in a window of its own, without a header, never looks
/// checked.
pub async fn without_header(world: &World, page: &Page) -> Result {
    let at = Webmail::Ciderwebmail;
    at.sign_in(world, page).await?;
    at.open(page, GENUINE[0].1).await?;
    let frame = page.find(".message_body iframe").await?;
    let address = frame.prop("src").await?.ok_or("the frame is empty")?;
    page.driver().goto(address).await?;
    // The badge follows what the background knows.
    until("the badge", || async {
        let told = page.told("unread").await?;
        Ok((told.badge == "?").then_some(()))
    })
    .await
}

/// A warning goes when another message is opened.
pub async fn after_an_attack(
    world: &World,
    page: &Page,
    at: Webmail,
) -> Result {
    at.sign_in(world, page).await?;
    at.open(page, OPENAI_BILLING.subject).await?;
    page.banner().await?;
    let (_, genuine) = GENUINE[0];
    at.open(page, genuine).await?;
    until("the page without a banner", || async {
        Ok(page.ours_now(".banner").await?.is_none().then_some(()))
    })
    .await?;
    page.told("fine").await?;
    Ok(())
}
