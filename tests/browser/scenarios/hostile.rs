//! Mails that fight the extension with everything that a page can do. Each
//! case is a mail in `tests/hostile` and what is done and seen there; whatever
//! happens, the right warning stands or the toolbar button says that nothing
//! was checked, and no script of ours throws.

use std::io::Cursor;

use thirtyfour::ElementRect;

use super::{Scenario, plain};
use crate::driver::{Result, until};
use crate::hand::Button::{self, Left, Middle, Right};
use crate::hand::key::{CONTROL, ENTER, ESCAPE, SHIFT};
use crate::page::Page;
use crate::site::{ATTACKER, Mail, Site};
use crate::world::World;

/// What is done with a mail, and what must then hold.
#[derive(Debug)]
enum Step {
    /// The banner names vendor and hosts, and the toolbar button warns.
    Warned,
    /// A person really sees the banner, by the picture of the page.
    Seen,
    /// The toolbar button shows a state.
    Told(&'static str),
    /// The toolbar button warns, and the popup says that the page hides the
    /// banner.
    Covered,
    /// Nothing is said.
    Quiet,
    /// An element is there.
    Appears(&'static str),
    Hover(&'static str),
    Click(&'static str),
    /// Clicks with another button or a key held down.
    ClickWith(Button, Option<&'static str>, &'static str),
    Drag(&'static str),
    /// Puts the focus on an element and presses keys there.
    Press(&'static str, &'static [&'static str]),
    /// Presses keys wherever the focus is.
    Keys(&'static [&'static str]),
    /// Runs a script of the page's own.
    Run(&'static str),
    /// The card is there and says something; nothing was opened.
    Card(&'static str),
    /// Leaves by the card's button; nothing is opened.
    Leave,
    /// The card goes, and nothing is opened.
    Gone,
    /// Goes on by the card's other button.
    Go,
    /// A path of the attacker's site is reached.
    Reached(&'static str),
}
use Step::{
    Appears, Card, Click, ClickWith, Covered, Drag, Go, Gone, Hover, Keys,
    Leave, Press, Quiet, Reached, Run, Seen, Told, Warned,
};

/// Who the mail says it is from.
#[derive(Clone, Copy)]
enum Sender {
    /// The false bill of `tests/browser/mails/openai-billing.eml`.
    False,
    /// The same with a name that is written to deceive.
    Named(fn() -> String),
    /// Somebody who poses as nobody.
    Harmless,
}

/// The cases by name: the sender, the steps. The name is that of the mail's
/// file, up to a colon.
macro_rules! cases {
    ($($name:literal $sender:expr => [$($step:expr),* $(,)?];)*) => {
        /// Every hostile mail.
        pub const HOSTILE: &[Scenario] = &[$(plain(
            concat!("hostile::", $name),
            |world, page| Box::pin(async move {
                play(world, page, $name, $sender, &[$($step),*]).await
            }),
        )),*];
    };
}

const FALSE: Sender = Sender::False;
const ANNA: Sender = Sender::Harmless;
const HOST: &str = ATTACKER;
const CHANGED: &str = "changed after it was checked";

cases! {
    // The mail draws, hides, covers, moves and removes.
    "fake-banner" FALSE => [Warned, Seen];
    "css-target" FALSE => [Warned, Seen];
    "css-every-element" FALSE => [Warned, Seen];
    "css-pseudo-elements" FALSE => [Warned, Seen];
    "css-has" FALSE => [Warned, Seen];
    "css-ancestor-filter" FALSE => [Warned, Seen];
    "css-ancestor-clip" FALSE => [Warned, Seen];
    "css-ancestor-scale" FALSE => [Warned, Seen];
    "css-ancestor-cut" FALSE => [Warned, Seen];
    "css-ancestor-cover" FALSE => [Warned, Seen];
    "css-base64" FALSE => [Warned, Seen];
    "cover-fixed" FALSE => [Warned, Seen];
    "cover-untouchable" FALSE => [Warned, Seen];
    "cover-margin" FALSE => [Warned, Seen];
    "cover-dialog" FALSE => [Warned, Seen];
    "cover-popover" FALSE => [Warned, Seen];
    "cover-fullscreen" FALSE => [Warned, Click("#grow"), Seen];
    "remove-loop" FALSE => [Covered];
    "move" FALSE => [Appears("body.moved"), Warned, Seen];
    "rewrite-style" FALSE => [Warned, Seen];
    "sender-imitation" FALSE => [Warned, Seen];
    "helper-attributes" FALSE => [Warned, Click("#link"), Card(HOST), Leave];

    // Too much of everything.
    "frames" FALSE => [Warned, Click("#link"), Card(HOST), Leave];
    "frames-sandboxed" FALSE => [Warned, Click("#link"), Card(HOST), Leave];
    "frames-nested" FALSE => [Warned, Seen];
    "many-links" FALSE => [Warned, Click("#link"), Card(HOST), Leave];
    "many-offers" ANNA => [Told("unread")];
    "long-text" FALSE => [Warned, Seen];
    "long-story" ANNA => [Told("unread")];
    "storm" FALSE => [Warned, Seen, Click("#link"), Card(HOST), Leave];

    // A link that is another when it is followed.
    "target-hover" ANNA => [
        Told("fine"), Hover("#link"), Click("#link"), Card(HOST), Leave,
    ];
    "target-mousedown" ANNA => [
        Told("fine"), Click("#link"), Card(CHANGED), Leave,
    ];
    "target-click" ANNA => [Told("fine"), Click("#link"), Card(CHANGED), Leave];
    "target-redirector" ANNA => [
        Told("fine"), Click("#link"), Card(CHANGED), Leave,
    ];
    "target-later" ANNA => [
        Told("fine"),
        Run("const link = document.getElementById('link');
             link.href = 'https://openai.com.account-verify.example/';
             link.textContent = 'platform.openai.com';"),
        Told("caution"), Click("#link"), Card("account-verify.example"), Leave,
    ];
    "base-later" ANNA => [
        Told("fine"),
        Run("const base = document.createElement('base');
             base.href = 'https://openai.com.account-verify.example/';
             document.head.append(base);"),
        Click("#link"), Card("account-verify.example"), Leave,
    ];
    "text-moves" ANNA => [Told("fine"), Click("#link"), Card(CHANGED), Leave];
    "push-state" FALSE => [
        Warned, Run("history.pushState({}, '', '/elsewhere');"),
        Warned, Click("#link"), Card(HOST), Leave,
    ];

    // Every way to open a link or to send a form.
    "plain:click-and-go" FALSE => [
        Warned, Click("#link"), Card(HOST), Go, Reached("/pay"),
    ];
    "plain:enter" FALSE => [Warned, Press("#link", &[ENTER]), Card(HOST), Leave];
    "plain:escape" FALSE => [
        Warned, Click("#link"), Card(HOST), Keys(&[ESCAPE]), Gone,
        Press("#link:focus", &[ENTER]), Card(HOST), Leave,
    ];
    "plain:middle-click" FALSE => [
        Warned, ClickWith(Middle, None, "#link"), Card(HOST), Leave,
    ];
    "plain:control-click" FALSE => [
        Warned, ClickWith(Left, Some(CONTROL), "#link"), Card(HOST), Leave,
    ];
    "plain:shift-click" FALSE => [
        Warned, ClickWith(Left, Some(SHIFT), "#link"), Card(HOST), Leave,
    ];
    "plain:context-menu" FALSE => [
        Warned, ClickWith(Right, None, "#link"), Card(HOST), Leave,
    ];
    "plain:drag" FALSE => [Warned, Drag("#link"), Card(HOST), Leave];
    // Who scrolls past the banner is not followed by it.
    "pane" FALSE => [
        Warned,
        Run("document.querySelector('md-card').scrollTop = 280;
             return new Promise((done) => {
               let drawn = 0;
               const draw = () =>
                 drawn++ < 200 ? requestAnimationFrame(draw) : done();
               draw();
             });"),
        Appears("md-card > div[style*='all: initial']"),
    ];
    "button:click" FALSE => [Warned, Click("#send"), Card(HOST), Leave];
    "button:go" FALSE => [
        Warned, Click("#send"), Card(HOST), Go, Reached("/form"),
    ];
    // The message is judged again while the card is open.
    "button:go-on-a-changed-mail" FALSE => [
        Warned, Click("#send"), Card(HOST),
        Run("document.querySelector('#send').after('or call us');"),
        Go, Reached("/form"),
    ];
    "button:space" FALSE => [Warned, Press("#other", &[" "]), Card(HOST), Leave];
    "button:enter-in-field" FALSE => [
        Warned, Press("#field", &[ENTER]), Card(HOST), Leave,
    ];
    "button:outside" FALSE => [Warned, Click("#outside"), Card(HOST), Leave];
    "button:formaction" FALSE => [Warned, Click("#other"), Card(HOST), Leave];
    "button:label" FALSE => [Warned, Click("#label"), Card(HOST), Leave];
    "button:request-submit" FALSE => [
        Warned,
        Run("document.querySelector('form').requestSubmit();"),
        Card(HOST), Leave,
    ];
    "pictures:area" FALSE => [Warned, Click("#picture"), Card(HOST), Leave];
    "pictures:svg" FALSE => [Warned, Click("#rect"), Card(HOST), Leave];
    "pictures:xlink" FALSE => [Warned, Click("#xlink"), Card(HOST), Leave];
    "pictures:animated" FALSE => [
        Warned, Click("#animated"), Card(HOST), Leave,
    ];
    "pictures:math" FALSE => [Warned, Click("#math"), Card(HOST), Leave];
    "extras:ping" FALSE => [Warned, Click("#ping"), Card(HOST), Leave];
    "extras:download" FALSE => [Warned, Click("#download"), Card(HOST), Leave];
    "extras:frame" FALSE => [Warned, Click("#framed"), Card(HOST), Leave];
    "details" ANNA => [
        Told("caution"), Click("#summary"), Click("#link"), Card(HOST), Leave,
    ];
    "reveal" ANNA => [
        Told("fine"), Click("#opener"), Click("#link"), Card(HOST), Leave,
    ];
    "refresh" FALSE => [Warned];
    "object" ANNA => [Told("unread")];

    // Texts that are not what they look like.
    "plain:right-to-left" Sender::Named(|| {
        "\u{202e}gnilliB IAnepO\u{202c}".to_owned()
    }) => [Warned, Seen];
    "plain:zero-width" Sender::Named(|| {
        "O\u{200b}p\u{200d}en\u{2060}AI\u{ad} Billing".to_owned()
    }) => [Warned, Seen];
    "plain:huge-name" Sender::Named(|| {
        format!("OpenAI Billing {}", "Ｏ\u{300}\u{301}".repeat(100_000))
    }) => [Warned, Seen];
    "surrogates" FALSE => [Warned, Seen];
    "invisible-vendors" ANNA => [Quiet];
    "prototype-names" FALSE => [Warned, Click("#link"), Card(HOST), Leave];

    // Names and scripts that stand in our way.
    // Not `parentNode`: Chromium's driver, which asks the page, would climb
    // from the form to its field and back for ever.
    "clobbered-form" FALSE => [Warned, Click("#send"), Card(HOST), Leave];
    "clobbered-form:go" FALSE => [
        Warned, Click("#send"), Card(HOST), Go, Reached("/form"),
    ];
    // The browsers' drivers ask the page, too, and find nothing in it.
    "clobbered-document" FALSE => [
        Told("danger"),
        Run("const find = Document.prototype.querySelector;
             if (!find.call(document, 'md-card > div[style*=all]')) {
               throw new Error('there is no banner');
             }
             for (const one of [...document.images]) one.remove();"),
        Warned, Seen, Click("#link"), Card(HOST), Leave,
    ];
    "shadow-closed" FALSE => [Warned, Click("#plain"), Card(HOST), Leave];
    "shadow-closed:custom" FALSE => [
        Warned, Click("#custom"), Card(HOST), Leave,
    ];
    "slots" FALSE => [Warned, Click("#link"), Card(HOST), Leave];
    "patched" FALSE => [Warned, Seen, Click("#link"), Card(HOST), Leave];
    "synthetic" FALSE => [Warned, Seen, Click("#link"), Card(HOST), Leave];
    "focus-thief" FALSE => [Warned, Click("#link"), Card(HOST), Leave];
    "messages" FALSE => [Warned, Seen];
    "document-open" FALSE => [
        Warned,
        Run("const page = document.documentElement.outerHTML;
             document.open(); document.write(page); document.close();"),
        Warned, Click("#link"), Card(HOST), Leave,
    ];
}

/// Opens the mail and goes through the steps.
async fn play(
    world: &World,
    page: &Page,
    name: &'static str,
    sender: Sender,
    steps: &[Step],
) -> Result {
    let token =
        format!("{}-{}", page.session.browser.name(), name.replace(':', "-"));
    let (file, _) = name.split_once(':').unwrap_or((name, ""));
    let site = world.site()?;
    let address = site.show(&token, &mail(file, sender))?;
    page.driver().goto(&address).await?;
    for step in steps {
        let failed = |e| format!("{step:?}: {e}");
        match step {
            Reached(path) => reached(site, &token, path).await,
            _ => take(page, step).await,
        }
        .map_err(failed)?;
        let visits = site.visits(&token);
        if !visits.is_empty() && !matches!(step, Go | Reached(_)) {
            return Err(failed(format!("visited {visits:?}").into()).into());
        }
    }
    let complaints = page.session.own_complaints().await?;
    if complaints.is_empty() {
        return Ok(());
    }
    Err(format!("our scripts complain: {complaints:?}").into())
}

fn mail(body: &'static str, sender: Sender) -> Mail {
    let (name, address, subject) = match sender {
        Sender::Harmless => {
            ("Anna Berger".to_owned(), "anna@verein.example", "Saturday")
        }
        Sender::False => ("OpenAI Billing".to_owned(), FROM, SUBJECT),
        Sender::Named(name) => (name(), FROM, SUBJECT),
    };
    Mail { body, name, address, subject }
}

const FROM: &str = "billing@account-desk.example";
const SUBJECT: &str = "Payment failed: confirm your ChatGPT Plus card";

/// Prints how long heavy pages stood still, with the extension and, under a
/// name where it does not run, without. Times depend on the machine, so that
/// nothing is asserted of them.
pub async fn gaps(world: &World, page: &Page) -> Result {
    let site = world.site()?;
    let browser = page.session.browser.name();
    for body in [
        "plain",
        "many-links",
        "long-text",
        "frames",
        "frames-sandboxed",
        "storm",
    ] {
        let token = format!("gaps-{browser}-{body}");
        let with = site.show(&token, &mail(body, FALSE))?;
        for (how, address) in [
            ("without", with.replace("127.0.0.1", "localhost")),
            ("with", with),
        ] {
            page.driver().goto(format!("{address}?gaps")).await?;
            if how == "with" {
                page.banner().await?;
            }
            let over = "
                const done = arguments[arguments.length - 1];
                setTimeout(() => done(gaps.sort((a, b) => b - a).slice(0, 8)),
                  5000);";
            let gaps = page.driver().execute_async(over, vec![]).await?;
            println!("{browser} {body} {how}: {} ms", gaps.json());
        }
    }
    Ok(())
}

async fn reached(site: &Site, token: &str, path: &str) -> Result {
    until(path, || async {
        let visits = site.visits(token);
        Ok(visits.iter().any(|visit| visit.contains(path)).then_some(()))
    })
    .await
}

async fn take(page: &Page, step: &Step) -> Result {
    match step {
        Warned => warned(page).await,
        Seen => seen(page).await,
        Told(state) => page.told(state).await.map(|_| ()),
        Covered => covered(page).await,
        Quiet => quiet(page).await,
        Appears(selector) => page.find(selector).await.map(|_| ()),
        Hover(selector) => page.session.hover(selector).await,
        Click(selector) => page.session.click_with(selector, Left, None).await,
        ClickWith(button, key, selector) => {
            page.session.click_with(selector, *button, *key).await
        }
        Drag(selector) => page.session.drag(selector).await,
        Press(selector, keys) => {
            page.find(selector).await?.focus().await?;
            page.session.press_keys(keys).await
        }
        Keys(keys) => page.session.press_keys(keys).await,
        Run(script) => {
            page.driver().execute(*script, vec![]).await?;
            Ok(())
        }
        Card(says) => card(page, says).await,
        Leave => {
            page.press("dialog .actions button.primary").await?;
            gone(page).await
        }
        Gone => gone(page).await,
        Go => page.press("dialog .actions button.quiet").await,
        Reached(_) => Ok(()),
    }
}

async fn warned(page: &Page) -> Result {
    let banner = page.banner().await?;
    for wanted in ["OpenAI", "openai.com", "account-desk.example"] {
        if !banner.contains(wanted) {
            return Err(format!("“{wanted}” is missing: {banner}").into());
        }
    }
    page.told("danger").await.map(|_| ())
}

async fn covered(page: &Page) -> Result {
    until("the note on the covered banner", || async {
        let told = page.told("danger").await?;
        let unread = &told.state["messages"][0]["unread"];
        Ok((unread == "covered").then_some(()))
    })
    .await
}

async fn quiet(page: &Page) -> Result {
    let told = page.told("fine").await?;
    match page.ours_now(".banner").await? {
        None if told.badge.is_empty() => Ok(()),
        banner => Err(format!("{}: {banner:?}", told.badge).into()),
    }
}

async fn card(page: &Page, says: &str) -> Result {
    let card = page.card().await?;
    if !card.contains(says) {
        return Err(format!("“{says}” is not in the card: {card}").into());
    }
    nothing_opened(page).await
}

async fn gone(page: &Page) -> Result {
    page.gone("dialog").await?;
    nothing_opened(page).await
}

/// No tab more, the page still there; whoever was asked on the way to another
/// was asked before this page's own server answers.
async fn nothing_opened(page: &Page) -> Result {
    let windows = page.driver().windows().await?.len();
    let ask = "const done = arguments[arguments.length - 1];
        fetch(location.href).then(() => done(location.host), (e) => done(String(e)));";
    let host = page.driver().execute_async(ask, vec![]).await?;
    let host = host.convert::<String>()?;
    if windows == 1 && host.starts_with("127.0.0.1") {
        return Ok(());
    }
    Err(format!("{windows} windows, one at {host}").into())
}

/// Most of the banner's place shows the banner's own colour.
pub async fn seen(page: &Page) -> Result {
    until("the banner in the picture of the page", || async {
        let Some(banner) = page.our_element(".banner").await? else {
            return Ok(None);
        };
        banner.scroll_into_view().await?;
        let ground = banner.css_value("background-color").await?;
        let mut place = banner.rect().await?;
        let scrolled =
            page.driver().execute("return window.scrollY", vec![]).await?;
        place.y -= scrolled.convert::<f64>()?;
        let picture = page.driver().screenshot_as_png().await?;
        let share = share_of(&picture, &place, &ground)?;
        if share < 0.5 {
            return Err(format!("{share:.2} of it is {ground}").into());
        }
        Ok(Some(()))
    })
    .await
}

/// How much of a place in a picture has a colour, `rgb(…)`.
fn share_of(picture: &[u8], place: &ElementRect, colour: &str) -> Result<f64> {
    let wanted = colour
        .split(|c: char| !c.is_ascii_digit())
        .filter(|digits| !digits.is_empty())
        .take(3)
        .map(str::parse)
        .collect::<std::result::Result<Vec<u8>, _>>()?;
    let mut reader = png::Decoder::new(Cursor::new(picture)).read_info()?;
    let size = reader.output_buffer_size().ok_or("a picture has a size")?;
    let mut pixels = vec![0; size];
    let info = reader.next_frame(&mut pixels)?;
    let depth = info.color_type.samples();
    let within = |at: u32, from: f64, length: f64| {
        f64::from(at) >= from && f64::from(at) < from + length
    };
    let (mut all, mut same) = (0.0, 0.0);
    for (y, line) in (0..).zip(pixels.chunks(info.line_size)) {
        for (x, pixel) in (0..).zip(line.chunks(depth)) {
            if within(x, place.x, place.width)
                && within(y, place.y, place.height)
            {
                all += 1.0;
                let near = |(a, b): (&u8, &u8)| a.abs_diff(*b) <= 4;
                if pixel.iter().zip(&wanted).all(near) {
                    same += 1.0;
                }
            }
        }
    }
    Ok(if all > 0.0 { same / all } else { 0.0 })
}
