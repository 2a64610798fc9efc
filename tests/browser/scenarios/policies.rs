//! What an administrator sets reaches both browsers through real files.

use serde_json::{Value, json};

use crate::driver::Result;
use crate::mails::ACME_PAY;
use crate::page::Page;
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
