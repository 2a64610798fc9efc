//! Every control of the options, and what the popup does for a site, with
//! real clicks.

use serde_json::Value;
use thirtyfour::prelude::*;

use crate::driver::{Browser, Result, until};
use crate::faces::{CAUTION, CLAIM, Mail};
use crate::page::Page;
use crate::served::Served;
use crate::world::World;

/// A mail that nothing is said of.
const FINE: Mail = Mail {
    name: "Anna Berger",
    address: "anna@verein-linde.example",
    text: "See you tomorrow.",
    href: "",
    says: "",
};

/// Webmail, providers, memory, language, pausing.
pub async fn controls(_: &World, page: &Page) -> Result {
    let stage = Served::stage().await?;
    FINE.open(page, &stage.address).await?;
    page.told("fine").await?;
    let (webmail, popup) = page.beside().await?;
    sites(page).await?;
    if page.session.browser == Browser::Firefox {
        new_webmail(page, &stage.address).await?;
    }
    vendors(page).await?;
    memory(page).await?;
    language(page).await?;
    page.driver().goto(&popup).await?;
    page.click("#pause").await?;
    page.find("body.level-paused").await?;
    page.close_beside(webmail).await?;
    CAUTION.open(page, &stage.address).await?;
    page.told("paused").await?;
    if let Some(banner) = page.ours_now(".banner").await? {
        return Err(format!("paused, but: {banner}").into());
    }
    resume(page).await?;
    page.our(".banner.caution").await?;
    again_known(page, &stage.address).await
}

/// A webmail with a port is added with one click; what is no address is
/// refused; every site can be removed.
async fn sites(page: &Page) -> Result {
    patterns(page).await?;
    page.open_options().await?;
    page.fill("#site", "no such thing!").await?;
    page.click("#add-site button").await?;
    page.find("#site[aria-invalid=true]").await?;
    let mut added = vec!["127.0.0.1:8443"];
    if page.session.browser == Browser::Firefox {
        // Chromium would ask, and nobody can answer it there.
        added.extend(["[2001:db8::25]:8443", "mail.verein.example"]);
    }
    for site in &added {
        page.find("#site").await?.clear().await?;
        page.fill("#site", site).await?;
        page.click("#add-site button").await?;
        shows(page, "#sites", site, true).await?;
    }
    let pending = page.driver().find_all(By::Css("#sites .primary")).await?;
    if !pending.is_empty() {
        return Err("an added site waits for its permission".into());
    }
    for site in added {
        page.click("#sites li button").await?;
        shows(page, "#sites", site, false).await?;
    }
    Ok(())
}

/// A webmail that is added is read at once, where it is open already.
async fn new_webmail(page: &Page, stage: &str) -> Result {
    let options = page.driver().window().await?;
    let other = stage.replace("127.0.0.1", "localhost");
    let own = page.driver().new_tab().await?;
    page.driver().switch_to_window(own.clone()).await?;
    CLAIM.open(page, &other).await?;
    page.driver().switch_to_window(options.clone()).await?;
    let site = other.replace("http://", "").replace('/', "");
    page.find("#site").await?.clear().await?;
    page.fill("#site", &site).await?;
    page.click("#add-site button").await?;
    shows(page, "#sites", &site, true).await?;
    page.driver().switch_to_window(own).await?;
    page.our(".banner.caution").await?;
    page.driver().close_window().await?;
    page.driver().switch_to_window(options).await?;
    page.click("#sites li button").await?;
    shows(page, "#sites", &site, false).await
}

/// Both browsers take the patterns of hosts, addresses and IPv6 addresses,
/// and what is listed without permission offers to ask for it.
async fn patterns(page: &Page) -> Result {
    let listed = page
        .session
        .in_extension(
            "const { webmailAt } = await import('../ui/webmail.js');
             const seen = [];
             for (const typed of ['https://mail.example.org/inbox',
               'mail.example.org:8443', '192.0.2.7', '[2001:db8::7]:993',
               '2001:db8::7']) {
               const { site, origin } = webmailAt(typed);
               await chrome.permissions.contains({ origins: [origin] });
               seen.push(`${site} ${origin}`);
             }
             await chrome.runtime.sendMessage({ kind: 'add-site',
               site: 'mail.withheld.example', recipe: '' });
             return seen;",
        )
        .await?;
    let wanted = serde_json::json!([
        "mail.example.org *://mail.example.org/*",
        "mail.example.org:8443 *://mail.example.org/*",
        "192.0.2.7 *://192.0.2.7/*",
        "[2001:db8::7]:993 *://[2001:db8::7]/*",
        "[2001:db8::7] *://[2001:db8::7]/*",
    ]);
    if listed != wanted {
        return Err(format!("typed addresses became {listed}").into());
    }
    page.open_options().await?;
    page.find("#sites li button.primary").await?;
    page.click("#sites li button:not(.primary)").await?;
    shows(page, "#sites", "mail.withheld.example", false).await
}

/// An own provider is caught at once, and forgotten when it is removed.
async fn vendors(page: &Page) -> Result {
    page.fill("#vendor-name", "Harbour Payroll").await?;
    page.fill("#vendor-domains", "no domain at all").await?;
    page.click("#add-vendor button").await?;
    page.find("#vendor-domains[aria-invalid=true]").await?;
    page.find("#vendor-domains").await?.clear().await?;
    page.fill("#vendor-domains", "harbourpayroll.example").await?;
    page.click("#add-vendor button").await?;
    shows(page, "#vendors", "harbourpayroll.example", true).await?;
    judged(page, "caution").await?;
    page.click("#vendors button").await?;
    shows(page, "#vendors", "harbourpayroll.example", false).await?;
    judged(page, "none").await
}

/// What is said of a mail that poses as the own provider.
async fn judged(page: &Page, wanted: &str) -> Result {
    let level = page
        .session
        .in_extension(
            "const source = 'From: Harbour Payroll <pay@release.example>\\n' +
               'Subject: Payroll\\n\\nSee the payroll.\\n';
             const { verdict } =
               await chrome.runtime.sendMessage({ kind: 'mail', source });
             return verdict.level;",
        )
        .await?;
    if level == wanted {
        return Ok(());
    }
    Err(format!("judged {level}, not {wanted}").into())
}

/// One message was seen: one domain is remembered, unreadably; one button
/// forgets it.
async fn memory(page: &Page) -> Result {
    let stored = page
        .session
        .in_extension("return chrome.storage.local.get(null);")
        .await?;
    if stored.to_string().contains("verein-linde") {
        return Err(format!("a domain can be read: {stored}").into());
    }
    remembers(page, "Remembered domains: 1").await?;
    page.click("#forget").await?;
    remembers(page, "Remembered domains: 0").await?;
    page.find("#forget:disabled").await?;
    let left = page
        .session
        .in_extension("return chrome.storage.local.get('familiarity');")
        .await?;
    if left != Value::Object(serde_json::Map::new()) {
        return Err(format!("not forgotten: {left}").into());
    }
    page.click("#familiarity").await?;
    until("the switch", || async {
        let set = page
            .session
            .in_extension(
                "return chrome.runtime.sendMessage({ kind: 'familiarity' });",
            )
            .await?;
        Ok((set["allowed"] == false).then_some(()))
    })
    .await?;
    page.click("#familiarity").await?;
    Ok(())
}

async fn remembers(page: &Page, wanted: &str) -> Result {
    until(wanted, || async {
        let text = page.text_of("#remembered").await?;
        Ok((text == wanted).then_some(()))
    })
    .await
}

/// The chosen language is spoken at once, everywhere.
async fn language(page: &Page) -> Result {
    for (choice, title) in
        [("de", "Absender, die Sie kennen"), ("", "Senders")]
    {
        let option = format!("#language option[value='{choice}']");
        page.click(&option).await?;
        until(title, || async {
            let text = page.text_of("#trusted-title").await?;
            Ok(text.starts_with(title).then_some(()))
        })
        .await?;
    }
    page.find("html[lang=en][dir=ltr]").await?;
    Ok(())
}

/// Resumes the paused site in the options.
async fn resume(page: &Page) -> Result {
    let (webmail, _) = page.beside().await?;
    page.open_options().await?;
    shows(page, "#paused", "127.0.0.1", true).await?;
    page.click("#paused button").await?;
    page.find("#paused-box[hidden]").await?;
    page.close_beside(webmail).await
}

/// A sender that is known in the popup is listed, and asked about again when
/// it is removed.
async fn again_known(page: &Page, stage: &str) -> Result {
    CLAIM.open(page, stage).await?;
    page.our(".banner.caution").await?;
    let (webmail, popup) = page.beside().await?;
    page.driver().goto(&popup).await?;
    page.click("#messages summary").await?;
    page.click(".scopes button:nth-child(2)").await?;
    page.find("body.level-note").await?;
    page.open_options().await?;
    shows(page, "#trusted", "One sender at mail-notice.example", true).await?;
    page.close_beside(webmail).await
}

/// Waits until a list shows something, or shows it no more.
async fn shows(page: &Page, list: &str, what: &str, there: bool) -> Result {
    until(what, || async {
        let found = page.driver().find_all(By::Css(list)).await?;
        let text = match found.first() {
            Some(list) => list.text().await?,
            None => String::new(),
        };
        Ok((text.contains(what) == there).then_some(()))
    })
    .await
}
