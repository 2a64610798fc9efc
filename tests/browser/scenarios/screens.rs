//! The pictures of `docs/screens`: banner and card, light and dark, in both
//! browsers. `./build.sh screens` takes them.

use std::fs;

use crate::driver::Result;
use crate::mails::{GENUINE, OPENAI_BILLING};
use crate::page::Page;
use crate::webmails::Webmail::Roundcube;
use crate::world::{World, root};

const LINK: &str = "a[href*='account-verify.example']";

/// Takes every picture.
pub async fn take(world: &World, page: &Page) -> Result {
    let folder = root().join("docs/screens");
    fs::create_dir_all(&folder)?;
    Roundcube.sign_in(world, page).await?;
    for dark in [false, true] {
        page.session.darken(dark).await?;
        page.driver().refresh().await?;
        for language in ["en", "de"] {
            page.speak(language).await?;
            let (_, other) = GENUINE[1];
            Roundcube.open(page, other).await?;
            Roundcube.open(page, OPENAI_BILLING.subject).await?;
            page.banner().await?;
            let look = if dark { "dark" } else { "light" };
            let browser = page.session.browser.name();
            let name = format!("{browser}-{look}-{language}");
            let picture = folder.join(format!("banner-{name}.png"));
            page.driver().screenshot(&picture).await?;
            page.click(LINK).await?;
            page.card().await?;
            let picture = folder.join(format!("card-{name}.png"));
            page.driver().screenshot(&picture).await?;
            page.press("dialog .actions button.primary").await?;
        }
    }
    Ok(())
}
