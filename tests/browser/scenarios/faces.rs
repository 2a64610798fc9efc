//! Every face of ours, as each reader's system and each language shows it:
//! axe finds nothing, and every text fits its place.

use serde_json::json;
use thirtyfour::prelude::*;

use crate::driver::{Look, Result};
use crate::faces::{CAUTION, DANGER, Flaws, LANGUAGES, LOOKS, PSEUDO, see};
use crate::page::Page;
use crate::served::Served;
use crate::world::World;

/// A key as somebody would paste it into an answer.
const SECRET: &str = "sk-proj-Zx81Kd02mQpL7vTb3nYc9WfRs4Hj6GaE5uXi";

/// The popup in each state, the options, the training page.
pub async fn pages(_: &World, page: &Page) -> Result {
    let mut flaws = Flaws::default();
    fill_options(page).await?;
    for (name, look) in LOOKS {
        let usual = !look.forced && !look.large;
        resize(page, 840).await?;
        for state in STATES {
            if usual || matches!(state, "danger" | "unread") {
                show_popup(page, state).await?;
                see(page, look).await?;
                flaws.of_page(page, &format!("popup {state} {name}")).await?;
            }
        }
        resize(page, 520).await?;
        show_options(page).await?;
        see(page, look).await?;
        flaws.of_page(page, &format!("options {name}")).await?;
        show_training(page).await?;
        see(page, look).await?;
        flaws.of_page(page, &format!("training {name}")).await?;
    }
    flaws.of_log(page).await?;
    flaws.none()
}

/// The banner in each of its forms, the cards at a link and before sending,
/// the note at a field.
pub async fn warnings(_: &World, page: &Page) -> Result {
    let stage = Served::stage().await?;
    let mut flaws = Flaws::default();
    for (name, look) in LOOKS {
        DANGER.open(page, &stage.address).await?;
        see(page, look).await?;
        page.driver().refresh().await?;
        page.banner().await?;
        unfold(page).await?;
        flaws.of_parts(page, &format!("banner danger {name}")).await?;
        type_secret(page).await?;
        flaws.of_parts(page, &format!("note {name}")).await?;
        page.press(".floating button").await?;
        page.click("#link").await?;
        page.card().await?;
        flaws.of_parts(page, &format!("card {name}")).await?;
        send(page).await?;
        flaws.of_parts(page, &format!("card before sending {name}")).await?;
        CAUTION.open(page, &stage.address).await?;
        page.banner().await?;
        unfold(page).await?;
        flaws.of_parts(page, &format!("banner caution {name}")).await?;
        page.press("#choices button").await?;
        page.our(".known").await?;
        flaws.of_parts(page, &format!("banner known {name}")).await?;
        page.press(".known button").await?;
        page.our(".caution").await?;
    }
    flaws.none()
}

/// The popup and the options in each language, at usual and at large letters.
pub async fn spoken(_: &World, page: &Page) -> Result {
    let mut flaws = Flaws::default();
    fill_options(page).await?;
    for large in [false, true] {
        let look = Look { large, ..Look::default() };
        // Firefox gives pages that are open already their letters as before.
        page.session.look(look).await?;
        for language in LANGUAGES {
            let place = |part| format!("{part} {language} large {large}");
            set_language(page, language).await?;
            resize(page, 840).await?;
            for state in ["danger", "unread"] {
                show_popup(page, state).await?;
                see(page, look).await?;
                flaws.of_texts(page, &place(state)).await?;
                if language == PSEUDO {
                    is_mirrored(page, "#sign", "#state").await?;
                }
            }
            resize(page, 520).await?;
            show_options(page).await?;
            see(page, look).await?;
            flaws.of_texts(page, &place("options")).await?;
            if language == PSEUDO {
                is_mirrored(page, "#mark", "h1").await?;
            }
        }
    }
    set_language(page, "").await?;
    flaws.none()
}

/// The banner, the card and the note in each language, at usual and at large
/// letters.
pub async fn warnings_spoken(_: &World, page: &Page) -> Result {
    let stage = Served::stage().await?;
    let mut flaws = Flaws::default();
    for large in [false, true] {
        let look = Look { large, ..Look::default() };
        // Firefox gives pages that are open already their letters as before.
        page.session.look(look).await?;
        for language in LANGUAGES {
            let place = |part| format!("{part} {language} large {large}");
            page.speak(language).await?;
            DANGER.open(page, &stage.address).await?;
            see(page, look).await?;
            let spoken = format!(".banner[lang='{}']", tag_of(language));
            page.our(&spoken).await?;
            unfold(page).await?;
            type_secret(page).await?;
            flaws.of_texts_in_parts(page, &place("banner and note")).await?;
            page.press(".floating button").await?;
            page.click("#link").await?;
            page.card().await?;
            flaws.of_texts_in_parts(page, &place("card")).await?;
            if language == PSEUDO {
                hosts_read_from_left(page).await?;
            }
            send(page).await?;
            let place = place("card before sending");
            flaws.of_texts_in_parts(page, &place).await?;
        }
    }
    flaws.none()
}

/// What a language is called in a page's `lang`.
fn tag_of(language: &str) -> String {
    language.replace('_', "-")
}

/// Opens everything in the banner that is behind a click.
async fn unfold(page: &Page) -> Result {
    page.press("[aria-controls=choices]").await?;
    if page.our_element("[aria-controls=reasons]").await?.is_some() {
        page.press("[aria-controls=reasons]").await?;
    }
    Ok(())
}

async fn type_secret(page: &Page) -> Result {
    page.find("#reply").await?.send_keys(SECRET).await?;
    page.our(".floating").await?;
    Ok(())
}

/// Sends the answer; in place of the card at a link comes the one before
/// sending.
async fn send(page: &Page) -> Result {
    page.press("dialog .actions button.primary").await?;
    page.gone("dialog").await?;
    page.click("#send").await?;
    page.card().await?;
    Ok(())
}

async fn resize(page: &Page, width: u32) -> Result {
    page.driver().set_window_rect(0, 0, width, 900).await?;
    Ok(())
}

// --- the popup -------------------------------------------------------------

/// The states of the toolbar button and the popup.
const STATES: [&str; 7] =
    ["danger", "caution", "note", "fine", "unread", "idle", "paused"];

/// Shows the popup as it would be beside a tab in some state.
pub(super) async fn show_popup(page: &Page, state: &str) -> Result {
    let popup = page.session.extension_page("popup/popup.html");
    page.driver().goto(&popup).await?;
    page.session
        .in_extension(&format!("const state = '{state}'; {STORE}"))
        .await?;
    page.driver().goto(format!("{popup}?tab=987654321")).await?;
    page.find(&format!("body.level-{state}")).await?;
    if state == "danger" {
        for fold in page.driver().find_all(By::Css("summary")).await? {
            fold.click().await?;
        }
        page.find("#pasted").await?.send_keys(PASTED).await?;
        page.find("#anatomy .verdict + .verdict").await?;
    }
    Ok(())
}

/// Something to take apart: an address and a link.
const PASTED: &str = "Stripe <billing@stripe-pay.example> https://paypa1.com/login?next=account";

/// Has a mail judged and stores it as the open one of a tab that is not
/// there.
const STORE: &str = "
    const mails = {
      danger: ['PayPal Service', 'service@paypa1-kundencenter.example',
        'Bestätigen Sie sofort Ihr Konto, sonst wird es gesperrt.'],
      caution: ['OpenAI Billing', 'billing@mail-notice.example',
        'See the invoice of your OpenAI account. The OpenAI team'],
      note: ['Anna', 'anna@verein.example', 'See https://bit.ly/3xyz'],
      fine: ['Anna', 'anna@verein.example', 'See you tomorrow'],
    };
    const mail = mails[state];
    const answer = mail && await chrome.runtime.sendMessage({
      kind: 'mail',
      source: `From: ${mail[0]} <${mail[1]}>\\nSubject: x\\n` +
        `Content-Type: text/plain; charset=utf-8\\n\\n${mail[2]}\\n`,
    });
    const message = {
      key: state, frame: 0, verdict: answer?.verdict ?? null, unread: null,
      trusted: null, scopes: ['message', 'sender', 'domain'],
    };
    await chrome.storage.session.set({ 'tab-987654321': {
      state, site: 'webmail.example', recipe: 'roundcube',
      webmail: 'Roundcube',
      unread: state === 'unread' ? 'no-sender' : null,
      messages: answer ? [message] : [],
    } });
    return answer?.verdict.level ?? null;";

// --- the options -----------------------------------------------------------

/// Gives the options something to list.
pub(super) async fn fill_options(page: &Page) -> Result {
    let popup = page.session.extension_page("popup/popup.html");
    page.driver().goto(&popup).await?;
    page.session.in_extension(FILL).await?;
    Ok(())
}

const FILL: &str = "
    const ask = (request) => chrome.runtime.sendMessage(request);
    await ask({ kind: 'set', settings: { vendors: [
      { name: 'Harbour Payroll', domains: ['harbourpayroll.example'] },
    ] } });
    for (const site of ['webmail.verein-musterstadt.example:8443',
      '[2001:db8::25]']) {
      await ask({ kind: 'add-site', site, recipe: '' });
    }
    await ask({ kind: 'pause', site: 'mail.proton.me', paused: true });
    await chrome.storage.local.set({ trusted: ['message', 'sender', 'domain']
      .map((scope) => ({ id: scope, scope, domain: 'verein.example',
        day: '2026-11-20', hash: scope })) });
    return null;";

pub(super) async fn show_options(page: &Page) -> Result {
    page.open_options().await?;
    page.click("details summary").await?;
    Ok(())
}

async fn set_language(page: &Page, language: &str) -> Result {
    let set = json!({ "kind": "set", "settings": { "language": language } });
    let script = format!("return chrome.runtime.sendMessage({set});");
    page.session.in_extension(&script).await?;
    Ok(())
}

// --- the training page -----------------------------------------------------

async fn show_training(page: &Page) -> Result {
    let training = page.session.extension_page("training.html?lang=en");
    page.driver().goto(&training).await?;
    page.find("#list .entry").await?;
    page.click("#mail .question button:last-child").await?;
    page.find("#mail .judged").await?;
    page.click(".example").await?;
    page.find("#result .verdict").await?;
    Ok(())
}

// --- right to left ---------------------------------------------------------

/// In a language that runs from the right, what stands left stands right.
async fn is_mirrored(page: &Page, first: &str, second: &str) -> Result {
    let first = page.find(first).await?.rect().await?;
    let second = page.find(second).await?.rect().await?;
    if first.x > second.x {
        return Ok(());
    }
    Err(format!("not mirrored: {} is left of {}", first.x, second.x).into())
}

/// Hosts are read from the left in every language.
async fn hosts_read_from_left(page: &Page) -> Result {
    let icon = page.our(".banner .icon").await?.rect().await?;
    let main = page.our(".banner .main").await?.rect().await?;
    if icon.x < main.x {
        return Err("the banner is not mirrored".into());
    }
    let host = page.our(".compare .host").await?;
    let ends = page
        .driver()
        .execute(
            "const range = document.createRange();
             const texts = document.createTreeWalker(arguments[0], 4);
             const boxes = [];
             while (texts.nextNode()) {
               range.selectNodeContents(texts.currentNode);
               boxes.push(range.getBoundingClientRect().left);
             }
             return boxes.every((left, i) => !i || left > boxes[i - 1]);",
            vec![host.to_json()?],
        )
        .await?;
    if ends.json() == &json!(true) {
        return Ok(());
    }
    Err("a host is not read from the left".into())
}
