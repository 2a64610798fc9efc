//! A false mail is named: whom it poses as, and where it really comes from.

use std::collections::BTreeSet;

use serde_json::Value;

use super::hostile;
use crate::driver::{Result, until};
use crate::mails::{ATTACKS, Attack, OPENAI_BILLING, OPENAI_HOSTILE};
use crate::page::Page;
use crate::webmails::Webmail;
use crate::world::{World, command_line};

/// Findings that come from headers which no page shows, or not in full.
const UNSEEN: [&str; 2] = ["authentication-failed", "reply-to-elsewhere"];

/// Every false mail, opened one after the other.
pub async fn are_named(world: &World, page: &Page, at: Webmail) -> Result {
    at.sign_in(world, page).await?;
    for attack in ATTACKS {
        at.open(page, attack.subject).await?;
        is_named(page, attack, at)
            .await
            .map_err(|e| format!("{}: {e}", attack.file))?;
    }
    Ok(())
}

/// The same in a window of its own, without the list and its frame.
pub async fn in_full_view(world: &World, page: &Page) -> Result {
    let at = Webmail::Roundcube;
    at.sign_in(world, page).await?;
    at.open(page, OPENAI_BILLING.subject).await?;
    let shown =
        page.driver().execute("return location.search", vec![]).await?;
    let query = shown.convert::<String>()?;
    let query = query
        .replace("_action=preview", "_action=show")
        .replace("_framed=1", "_framed=0");
    let address = format!("{}{query}", world.roundcube()?.url());
    page.driver().goto(address).await?;
    is_named(page, &OPENAI_BILLING, at).await
}

/// A mail that covers the banner, imitates the webmail's own elements and
/// brings styles against ours.
pub async fn in_hostile_markup(
    world: &World,
    page: &Page,
    at: Webmail,
) -> Result {
    at.sign_in(world, page).await?;
    at.open(page, OPENAI_HOSTILE.subject).await?;
    is_named(page, &OPENAI_HOSTILE, at).await?;
    match at {
        Webmail::Sogo => hostile::seen(page).await,
        // Elsewhere it stands in a frame, whose place no picture tells.
        _ => Ok(()),
    }
}

/// The banner names vendor, real domain and false host; the toolbar button
/// warns; the verdict is the command line's.
async fn is_named(page: &Page, attack: &Attack, at: Webmail) -> Result {
    let banner = page.banner().await?;
    for wanted in [attack.vendor, attack.real, attack.host] {
        if !banner.contains(wanted) {
            let missing = format!("“{wanted}” is not in the banner: {banner}");
            return Err(missing.into());
        }
    }
    let judged = command_line(attack.file)?;
    let level = judged["level"].as_str().unwrap_or_default();
    let (hidden, linked) = match at {
        Webmail::Roundcube => (attack.hidden, &[][..]),
        Webmail::Ciderwebmail => (&[][..], attack.linked),
        Webmail::Sogo | Webmail::Maildev => (&[][..], &[][..]),
    };
    // A body that is still loading is judged once more.
    until("the command line's verdict", || async {
        let told = page.told(level).await?;
        if told.badge.is_empty() {
            return Err("the toolbar button shows nothing".into());
        }
        same_verdict(&judged, told.verdict(), hidden, linked).map(Some)
    })
    .await
}

/// Compares level, vendor and codes, but for what the page does not show or
/// shows beyond the mail.
fn same_verdict(
    command_line: &Value,
    page: &Value,
    hidden: &[&str],
    added: &[&str],
) -> Result {
    for key in ["level", "vendor"] {
        if command_line[key] != page[key] {
            return Err(differ(key, &command_line[key], &page[key]));
        }
    }
    let (mut theirs, mut ours) = (codes(command_line), codes(page));
    theirs.retain(|code| !hidden.contains(code));
    ours.retain(|code| !added.contains(code));
    if theirs == ours {
        return Ok(());
    }
    Err(differ("the codes", &format!("{theirs:?}"), &format!("{ours:?}")))
}

fn differ(
    what: &str,
    command_line: &dyn std::fmt::Display,
    page: &dyn std::fmt::Display,
) -> Box<dyn std::error::Error + Send + Sync> {
    format!("{what}: the command line says {command_line}, the page {page}")
        .into()
}

fn codes(verdict: &Value) -> BTreeSet<&str> {
    let findings = verdict["findings"].as_array();
    findings
        .into_iter()
        .flatten()
        .filter_map(|finding| finding["code"].as_str())
        .filter(|code| !UNSEEN.contains(code))
        .collect()
}
