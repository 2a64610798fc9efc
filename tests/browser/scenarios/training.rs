//! The training page, served as any web server would.

use thirtyfour::prelude::*;

use crate::driver::{Result, until};
use crate::page::Page;
use crate::served::Served;
use crate::world::World;

/// Says of every message that it is fake: where that is right, and only
/// there, the engine warns. Then the checker takes a lookalike apart.
pub async fn page(world: &World, page: &Page) -> Result {
    let served = Served::start(&world.dist()?.join("www")).await?;
    page.driver().goto(format!("{}?lang=en", served.address)).await?;
    page.find("#list .entry").await?;
    inbox(page).await?;
    checker(page).await
}

async fn inbox(page: &Page) -> Result {
    let count = page.driver().find_all(By::Css("#list .entry")).await?.len();
    let mut warned = 0;
    for number in 1..=count {
        let entry = format!("#list li:nth-child({number}) .entry");
        page.click(&entry).await?;
        page.click("#mail .question button:last-child").await?;
        // The judgement fades in; before that a person sees no text.
        let judged = until("the judgement", || async {
            let text = page.text_of("#mail .judged .label").await?;
            Ok((!text.is_empty()).then_some(text))
        })
        .await?;
        let classes = page.find("#mail").await?.class_name().await?;
        let classes = classes.unwrap_or_default();
        let warns = ["level-danger", "level-caution"]
            .iter()
            .any(|level| classes.split(' ').any(|class| class == *level));
        if warns != judged.starts_with("Right") {
            let told = format!("message {number}: {classes}: {judged}");
            return Err(told.into());
        }
        warned += usize::from(warns);
    }
    if (warned, count) == (4, 8) {
        return Ok(());
    }
    Err(format!("{warned} of {count} messages are warned about").into())
}

async fn checker(page: &Page) -> Result {
    page.fill("#pasted", "paypa1-login.com").await?;
    until("the checker's answer", || async {
        let text = page.text_of("#result").await?;
        Ok((text.contains("PayPal") && text.contains("paypal.com"))
            .then_some(()))
    })
    .await?;
    // A text is judged by what it says, though its host is plain.
    let text = "PayPal: verify your account at https://rhubarb.example";
    page.fill("#pasted", text).await?;
    until("the checker's answer to a text", || async {
        let text = page.text_of("#result").await?;
        Ok((text.contains("nothing in the message comes from PayPal")
            && text.contains("rhubarb.example"))
        .then_some(()))
    })
    .await
}
