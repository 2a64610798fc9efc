//! How a person signs in to a webmail and opens a mail there.

use std::future::Future;

use thirtyfour::prelude::*;

use crate::driver::{Result, until};
use crate::page::Page;
use crate::webmail::{
    ADDRESS, Ciderwebmail, Maildev, PASSWORD, Roundcube, Sogo,
};
use crate::world::World;

/// A webmail that runs for real.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum Webmail {
    /// Roundcube; the message stands in a frame beside the list.
    Roundcube,
    /// SOGo; the message stands in the application's own document.
    Sogo,
    /// `MailDev`, which no recipe knows: the generic one reads it.
    Maildev,
    /// `CiderWebMail`, which no recipe knows either; the mail's text stands
    /// in a frame.
    Ciderwebmail,
}

impl Webmail {
    /// Signs in and waits for the list.
    pub async fn sign_in(self, world: &World, page: &Page) -> Result {
        match self {
            Self::Roundcube => page.enter_roundcube(world.roundcube()?).await,
            Self::Sogo => page.enter_sogo(world.sogo()?).await,
            Self::Maildev => page.enter_maildev(world.maildev()?).await,
            Self::Ciderwebmail => {
                page.enter_ciderwebmail(world.ciderwebmail()?).await
            }
        }
    }

    /// Clicks on a mail in the list and waits until it is shown.
    pub async fn open(self, page: &Page, subject: &str) -> Result {
        page.driver().enter_default_frame().await?;
        match self {
            Self::Roundcube => page.open_in_roundcube(subject).await,
            Self::Sogo => page.open_in_sogo(subject).await,
            Self::Maildev => page.open_in_maildev(subject).await,
            Self::Ciderwebmail => page.open_in_ciderwebmail(subject).await,
        }
    }

    /// Goes to where the message stands, after `Page::told` left it.
    pub async fn enter(self, page: &Page) -> Result {
        page.driver().enter_default_frame().await?;
        if self == Self::Roundcube {
            page.find("#messagecontframe").await?.enter_frame().await?;
        }
        Ok(())
    }
}

/// A mail in `MailDev`'s list.
const MAILDEV_ROW: &str = "[data-testid='email-list-item']";

impl Page {
    async fn enter_roundcube(&self, roundcube: &Roundcube) -> Result {
        self.driver().goto(roundcube.url()).await?;
        self.fill("#rcmloginuser", ADDRESS).await?;
        self.fill("#rcmloginpwd", PASSWORD).await?;
        self.click("#rcmloginsubmit").await?;
        self.find("#messagelist tr.message").await?;
        Ok(())
    }

    async fn open_in_roundcube(&self, subject: &str) -> Result {
        // Firefox finds no point of a table's row to click on.
        self.click_row("#messagelist tr.message", subject, ".subject a")
            .await?;
        until_shown(subject, || async {
            self.driver().enter_default_frame().await?;
            self.find("#messagecontframe").await?.enter_frame().await?;
            self.text_of("#message-header h2.subject").await
        })
        .await
    }

    async fn enter_sogo(&self, sogo: &Sogo) -> Result {
        self.driver().goto(sogo.url()).await?;
        self.fill("input[ng-model='app.creds.username']", Sogo::user())
            .await?;
        self.fill("input[ng-model='app.creds.password']", PASSWORD).await?;
        self.click("button[type=submit]").await?;
        self.find("md-list-item.sg-message-list-item").await?;
        Ok(())
    }

    async fn open_in_sogo(&self, subject: &str) -> Result {
        self.click_row("md-list-item.sg-message-list-item", subject, "button")
            .await?;
        until_shown(subject, || self.text_of("h5.sg-md-headline")).await
    }

    async fn enter_maildev(&self, maildev: &Maildev) -> Result {
        self.driver().goto(maildev.url()).await?;
        self.find(MAILDEV_ROW).await?;
        Ok(())
    }

    async fn open_in_maildev(&self, subject: &str) -> Result {
        self.click_row(MAILDEV_ROW, subject, "*").await?;
        let shown = "[data-testid='email-subject']";
        until_shown(subject, || self.text_of(shown)).await
    }

    async fn enter_ciderwebmail(&self, cider: &Ciderwebmail) -> Result {
        self.driver().goto(cider.url()).await?;
        self.fill("input[name=username]", ADDRESS).await?;
        self.fill("input[name=password]", PASSWORD).await?;
        self.click("button[type=submit]").await?;
        self.find("#message_list td.subject a").await?;
        Ok(())
    }

    async fn open_in_ciderwebmail(&self, subject: &str) -> Result {
        self.click_row("#message_list tr", subject, "td.subject a").await?;
        until_shown(subject, || self.text_of(".message_view_head h1")).await
    }

    /// Clicks on a part of the row whose text holds the subject.
    async fn click_row(
        &self,
        rows: &str,
        subject: &str,
        part: &str,
    ) -> Result {
        until(subject, || async {
            for row in self.driver().find_all(By::Css(rows)).await? {
                if row.text().await?.contains(subject) {
                    row.find(By::Css(part)).await?.click().await?;
                    return Ok(Some(()));
                }
            }
            Ok(None)
        })
        .await
    }
}

/// Waits until the open message's subject is the wanted one.
async fn until_shown<F>(subject: &str, look: impl Fn() -> F) -> Result
where
    F: Future<Output = Result<String>>,
{
    until("the message", || async {
        Ok(look().await?.contains(subject).then_some(()))
    })
    .await
}
