//! A link of a false mail does not open on the first click.

use crate::driver::{Result, until};
use crate::mails::OPENAI_BILLING;
use crate::page::Page;
use crate::webmails::Webmail;
use crate::world::World;

const LINK: &str = "a[href*='account-verify.example']";
const SAYS: &str = "https://platform.openai.com/account/billing";
const LEADS: &str = "account-verify.example";

/// The first click shows where the link leads; leaving leaves; only a second
/// act opens it.
pub async fn link(world: &World, page: &Page, at: Webmail) -> Result {
    at.sign_in(world, page).await?;
    at.open(page, OPENAI_BILLING.subject).await?;
    page.banner().await?;
    let address = page.driver().current_url().await?;
    page.click(LINK).await?;
    let card = page.card().await?;
    for wanted in [SAYS, LEADS] {
        if !card.contains(wanted) {
            return Err(
                format!("“{wanted}” is not in the card: {card}").into()
            );
        }
    }
    nothing_opened(page, &address).await?;
    page.press("dialog .actions button.primary").await?;
    page.gone("dialog").await?;
    nothing_opened(page, &address).await?;
    page.click(LINK).await?;
    page.card().await?;
    page.press("dialog .actions button.quiet").await?;
    until("the link's own window", || async {
        let windows = page.driver().windows().await?.len();
        Ok((windows == 2).then_some(()))
    })
    .await
}

async fn nothing_opened(page: &Page, before: &url::Url) -> Result {
    let windows = page.driver().windows().await?.len();
    let address = page.driver().current_url().await?;
    if windows == 1 && address == *before {
        return Ok(());
    }
    Err(format!("{windows} windows, one at {address}").into())
}
