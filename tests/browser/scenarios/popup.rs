//! The popup says about the open message what the banner says.

use crate::driver::Result;
use crate::mails::OPENAI_BILLING;
use crate::page::Page;
use crate::webmails::Webmail::Roundcube;
use crate::world::World;

/// It names the vendor, its real domain and the false host.
pub async fn names(world: &World, page: &Page) -> Result {
    Roundcube.sign_in(world, page).await?;
    Roundcube.open(page, OPENAI_BILLING.subject).await?;
    page.banner().await?;
    let popup = page.popup().await?;
    let attack = OPENAI_BILLING;
    for wanted in [attack.vendor, attack.real, attack.host] {
        if !popup.contains(wanted) {
            return Err(format!("“{wanted}” is missing: {popup}").into());
        }
    }
    Ok(())
}
