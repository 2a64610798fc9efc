//! What an administrator sets reaches both browsers through real files.

use serde_json::{Value, json};

use super::faces::show_options;
use crate::driver::Result;
use crate::faces::{CLAIM, Flaws};
use crate::mails::ACME_PAY;
use crate::page::Page;
use crate::served::Served;
use crate::webmails::Webmail::Roundcube;
use crate::world::World;

/// An organisation that pays through "Acme Pay".
pub fn acme_pay() -> Value {
    json!({
        "vendors": [{
            "id": "acme-pay",
            "name": "Acme Pay",
            "aliases": ["Acme Pay"],
            "domains": ["acmepay.example"],
        }],
    })
}

/// The administrator's own vendor is caught like any other.
pub async fn own_vendor(world: &World, page: &Page) -> Result {
    Roundcube.sign_in(world, page).await?;
    let (_, subject) = ACME_PAY;
    Roundcube.open(page, subject).await?;
    let banner = page.banner().await?;
    for wanted in ["Acme Pay", "acmepay.example", "pay-release.example"] {
        if !banner.contains(wanted) {
            return Err(format!("“{wanted}” is missing: {banner}").into());
        }
    }
    Ok(())
}

/// Without the policy nobody knows that vendor.
pub async fn without(world: &World, page: &Page) -> Result {
    Roundcube.sign_in(world, page).await?;
    let (_, subject) = ACME_PAY;
    Roundcube.open(page, subject).await?;
    let told = page.told("fine").await?;
    match told.verdict()["vendor"].as_str() {
        None => Ok(()),
        Some(vendor) => Err(format!("taken for {vendor}").into()),
    }
}

/// An organisation that sets everything.
pub fn everything() -> Value {
    json!({
        "vendors": [{
            "name": "Acme Pay",
            "domains": ["acmepay.example", "acmepay-billing.example"],
        }],
        "organisation": {
            "name": "Musterwerk",
            "domains": ["musterwerk.example"],
        },
        "webmail": [{
            "host": "webmail.musterwerk.example:8443",
            "recipe": "roundcube",
        }],
        "trustedDomains": ["partner-der-musterwerk.example"],
        "support": {
            "text": "Fragen Sie die IT, Durchwahl 100",
            "url": "https://intranet.musterwerk.example/phishing",
            "email": "phishing@musterwerk.example",
        },
        "language": "de",
        "disablePause": true,
        "disableTrustSenders": true,
        "disableFamiliarity": true,
    })
}

/// What is set holds, and is shown locked; nothing of it is cut.
pub async fn is_locked(_: &World, page: &Page) -> Result {
    let stage = Served::stage().await?;
    CLAIM.open(page, &stage.address).await?;
    page.our(".banner[lang=de]").await?;
    for wanted in ["Durchwahl 100", "phishing@musterwerk.example"] {
        let banner = page.banner().await?;
        if !banner.contains(wanted) {
            return Err(format!("“{wanted}” is missing: {banner}").into());
        }
    }
    page.press("[aria-controls=choices]").await?;
    page.our("#choices button:first-child:last-child").await?;
    let mut flaws = Flaws::default();
    flaws.of_parts(page, "banner with help").await?;
    let (webmail, popup) = page.beside().await?;
    page.driver().goto(&popup).await?;
    page.find("body.level-caution #pause[hidden]").await?;
    show_options(page).await?;
    for locked in [
        "#language:disabled",
        "#language + .lock",
        "#familiarity:disabled",
        "label .lock",
        "#vendors .lock",
        "#sites .lock",
        "#policy dd",
    ] {
        page.find(locked).await?;
    }
    let remembered = page.text_of("#remembered").await?;
    if !remembered.ends_with(": 0") {
        return Err(format!("remembered all the same: {remembered}").into());
    }
    flaws.of_page(page, "options with a policy").await?;
    page.close_beside(webmail).await?;
    flaws.none()
}
