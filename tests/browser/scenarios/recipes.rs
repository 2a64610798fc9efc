//! Every recipe on the pages of `tests/pages`: what the content script sends
//! to the background is exactly what the page shows, and what it cannot read
//! never looks checked.

use std::cell::RefCell;
use std::collections::BTreeMap;
use std::error::Error;
use std::time::Duration;

use serde_json::{Value, json};
use thirtyfour::WindowHandle;
use url::form_urlencoded::byte_serialize;

use crate::driver::{Result, until_within};
use crate::page::Page;
use crate::pages::{Feature, Mail, Sample, mails, samples};
use crate::world::World;

/// How long a step may take until what was read is right.
const PATIENCE: Duration = Duration::from_secs(20);
/// The mail that poses as a vendor.
const ATTACK: &str = "attack";

/// How many pages are open at once, each in a window of its own.
const AT_ONCE: usize = 12;

/// Reads every page: nothing open, a false mail, genuine ones after it, a
/// thread, one that imitates the webmail, and nothing again. The list's mark
/// goes with its mail.
pub async fn are_read(_: &World, page: &Page) -> Result {
    let bench = Bench::open(page).await?;
    let mut samples = samples()?;
    samples.retain(|sample| sample.unread.whole.is_empty());
    let mut failed = Vec::new();
    for samples in samples.chunks(AT_ONCE) {
        let mut open = bench.enter(samples).await?;
        for step in STEPS {
            bench.all_do(&open, step.does, step.applies).await?;
            bench.all_are_read(&mut open, step).await?;
        }
        for opened in
            open.iter_mut().filter(|one| one.sample.has(Feature::Rows))
        {
            if opened.failed.is_none() {
                opened.failed = bench.list_is_marked(opened).await.err();
            }
        }
        failed.extend(page.session.own_complaints().await?);
        failed.extend(bench.leave(open).await?);
    }
    report(&failed)
}

/// Takes the sender, the body, every name from every page: the toolbar
/// button says “?”, the popup why and what to do, and the diagnostic tells
/// nothing of the mail.
pub async fn are_not_read(_: &World, page: &Page) -> Result {
    let bench = Bench::open(page).await?;
    let mut samples = samples()?;
    samples.retain(|sample| !sample.has(Feature::Chat));
    let mut failed = Vec::new();
    for samples in samples.chunks(AT_ONCE) {
        let mut open = bench.enter(samples).await?;
        for lack in LACKS {
            let shows = |sample: &Sample| !(lack.reason)(sample).is_empty();
            bench.all_do(&open, lack.does, shows).await?;
            bench.all_are_unread(&mut open, lack).await?;
        }
        failed.extend(page.session.own_complaints().await?);
        failed.extend(bench.leave(open).await?);
    }
    report(&failed)
}

fn report(failed: &[String]) -> Result {
    if failed.is_empty() {
        return Ok(());
    }
    Err(format!("{} failed\n{}", failed.len(), failed.join("\n")).into())
}

/// Something that the webmail does, and what must be open then.
struct Step {
    /// What its stage is told.
    does: &'static str,
    /// The mails that are open, in their order.
    wanted: &'static [&'static str],
    /// Whether a mail imitates the webmail.
    mimic: bool,
    /// On which pages.
    applies: fn(&Sample) -> bool,
}

const STEPS: &[Step] = &[
    one("close()", &[]),
    one("open(['attack'])", &[ATTACK]),
    one("open(['genuine'])", &["genuine"]),
    one("open(['friend'])", &["friend"]),
    Step {
        applies: |sample| {
            sample.has(Feature::Thread) || sample.has(Feature::Chat)
        },
        ..one(
            "open(['genuine', 'attack', 'friend'])",
            &["genuine", ATTACK, "friend"],
        )
    },
    Step {
        mimic: true,
        applies: |sample| !sample.has(Feature::Chat),
        ..one("open(['attack'], { mimic: 'genuine' })", &[ATTACK])
    },
    one("close()", &[]),
];

const fn one(does: &'static str, wanted: &'static [&'static str]) -> Step {
    Step { does, wanted, mimic: false, applies: |_| true }
}

/// Something that a page lacks.
struct Lack {
    /// What its stage is told.
    does: &'static str,
    /// The reason that must be given; empty where the page can be read.
    reason: fn(&Sample) -> &str,
}

const LACKS: &[Lack] = &[
    Lack { does: "open(['attack'])", reason: |s| &s.unread.whole },
    Lack {
        does: "open(['attack'], { without: 'sender' })",
        reason: |s| &s.unread.sender,
    },
    Lack {
        does: "open(['friend', 'genuine'], { without: 'sender' })",
        reason: |s| if s.has(Feature::Thread) { &s.unread.sender } else { "" },
    },
    Lack {
        does: "open(['attack'], { without: 'content' })",
        reason: |s| &s.unread.content,
    },
    Lack {
        does: "open(['attack'], { renamed: true })",
        reason: |s| &s.unread.renamed,
    },
];

/// A page in a window of its own.
struct Opened<'a> {
    sample: &'a Sample,
    window: WindowHandle,
    /// The browser's number of its tab.
    tab: u64,
    failed: Option<Box<dyn Error + Send + Sync>>,
}

impl Opened<'_> {
    fn takes_part(&self, step: &Step) -> bool {
        self.failed.is_none() && (step.applies)(self.sample)
    }
}

/// Webmail windows, and a page of the extension that hears what the content
/// scripts say to the background.
struct Bench<'a> {
    page: &'a Page,
    mails: BTreeMap<String, Mail>,
    ear: WindowHandle,
}

impl<'a> Bench<'a> {
    async fn open(page: &'a Page) -> Result<Self> {
        let ear = page.driver().window().await?;
        let popup = page.session.extension_page("popup/popup.html");
        page.driver().goto(&popup).await?;
        page.session.in_extension(LISTEN).await?;
        Ok(Self { page, mails: mails()?, ear })
    }

    /// Opens pages, each in a window of its own, with nothing open.
    async fn enter<'b>(
        &self,
        samples: &'b [Sample],
    ) -> Result<Vec<Opened<'b>>> {
        let before = self.tabs().await?;
        let mut windows = Vec::new();
        for _ in samples {
            windows.push(self.page.driver().new_window().await?);
        }
        let mut tabs = self.tabs().await?;
        tabs.retain(|tab| !before.contains(tab));
        // Browsers count their tabs.
        tabs.sort_unstable();
        let mut opened = Vec::new();
        for ((sample, window), tab) in samples.iter().zip(windows).zip(tabs) {
            self.at(&window).await?;
            self.page.stage.show(sample)?;
            self.page.driver().goto(&sample.address).await?;
            opened.push(Opened { sample, window, tab, failed: None });
        }
        Ok(opened)
    }

    /// Closes pages and says what failed there.
    async fn leave(&self, opened: Vec<Opened<'_>>) -> Result<Vec<String>> {
        let mut failed = Vec::new();
        for one in opened {
            self.at(&one.window).await?;
            self.page.driver().close_window().await?;
            let name = &one.sample.name;
            failed.extend(one.failed.map(|e| format!("{name}: {e}")));
        }
        Ok(failed)
    }

    async fn tabs(&self) -> Result<Vec<u64>> {
        let tabs = self.ask(TABS).await?;
        Ok(serde_json::from_value(tabs)?)
    }

    async fn at(&self, window: &WindowHandle) -> Result {
        Ok(self.page.driver().switch_to_window(window.clone()).await?)
    }

    /// Asks the extension's page.
    async fn ask(&self, script: &str) -> Result<Value> {
        self.at(&self.ear).await?;
        self.page.session.in_extension(script).await
    }

    /// The same of one tab, which the script sees as `tab`.
    async fn ask_of(&self, one: &Opened<'_>, script: &str) -> Result<Value> {
        self.ask(&format!("const tab = {}; {script}", one.tab)).await
    }

    /// Has a page do what its stage can do.
    async fn stage(&self, opened: &Opened<'_>, does: &str) -> Result<Value> {
        self.at(&opened.window).await?;
        let script = format!("return stage.{does};");
        let done = self.page.driver().execute(script, vec![]).await?;
        Ok(done.json().clone())
    }

    /// Has every page that did not fail yet do the same.
    async fn all_do(
        &self,
        opened: &[Opened<'_>],
        does: &str,
        applies: impl Fn(&Sample) -> bool,
    ) -> Result {
        for one in opened {
            if one.failed.is_none() && applies(one.sample) {
                self.stage(one, does)
                    .await
                    .map_err(|e| format!("{}: {e}", one.sample.name))?;
            }
        }
        Ok(())
    }

    /// Waits until on every page exactly the wanted mails are open and read
    /// right, and the toolbar button says so; then looks for the banners.
    async fn all_are_read(
        &self,
        opened: &mut [Opened<'_>],
        step: &Step,
    ) -> Result {
        let mut open = opened
            .iter_mut()
            .filter(|one| one.takes_part(step))
            .collect::<Vec<_>>();
        self.all_until(&mut open, step.does, |sample, told| {
            self.compare(sample, told, step)
        })
        .await?;
        for one in open {
            if one.failed.is_none() && !one.sample.has(Feature::Far) {
                one.failed = self.banner_stands(one, step).await.err();
            }
        }
        Ok(())
    }

    /// A banner stands over each message that is warned of, no other.
    async fn banner_stands(&self, one: &Opened<'_>, step: &Step) -> Result {
        if one.sample.has(Feature::OneName) && step.wanted.len() > 1 {
            // The first sender's name stands for all of them.
            return Ok(());
        }
        let warned = |mail: &&&str| self.mails[**mail].level != "fine";
        let wanted = step.wanted.iter().filter(warned).count();
        until_within(PATIENCE, step.does, || async {
            let banners = self.stage(one, "banners()").await?;
            if banners == json!(wanted) {
                return Ok(Some(()));
            }
            Err(format!("{banners} banners").into())
        })
        .await
    }

    /// Waits until something holds of what is told of every page, and notes
    /// where it does not.
    async fn all_until(
        &self,
        open: &mut [&mut Opened<'_>],
        what: &str,
        holds: impl Fn(&Sample, &Value) -> Result,
    ) -> Result {
        let tabs = open.iter().map(|one| one.tab).collect::<Vec<_>>();
        let samples = open.iter().map(|one| one.sample).collect::<Vec<_>>();
        let script = format!("const tabs = {}; {TOLD}", json!(tabs));
        let last = RefCell::new(Vec::new());
        let held = until_within(PATIENCE, what, || async {
            let told = self.ask(&script).await?;
            let told = told.as_array().cloned().unwrap_or_default();
            let failures = samples
                .iter()
                .zip(&told)
                .map(|(sample, told)| holds(sample, told).err())
                .collect::<Vec<_>>();
            let all = failures.iter().all(Option::is_none);
            last.replace(failures);
            Ok(all.then_some(()))
        })
        .await;
        let failures = last.into_inner();
        if failures.is_empty() {
            return held;
        }
        for (one, failure) in open.iter_mut().zip(failures) {
            one.failed = failure.map(|e| format!("{what}: {e}").into());
        }
        Ok(())
    }

    /// The attack's row is marked, no other, and the mark goes with the mail
    /// when the list uses its rows again.
    async fn list_is_marked(&self, opened: &Opened<'_>) -> Result {
        for _ in 0..2 {
            self.stage(opened, "scroll()").await?;
            until_within(PATIENCE, "the mark in the list", || async {
                let marked = self.stage(opened, "marked()").await?;
                if marked == json!([ATTACK]) {
                    return Ok(Some(()));
                }
                Err(format!("marked are {marked}").into())
            })
            .await?;
        }
        Ok(())
    }

    fn compare(&self, sample: &Sample, told: &Value, step: &Step) -> Result {
        let Step { wanted, .. } = step;
        let Some(open) = told["open"].as_object() else {
            return Err("nothing was told yet".into());
        };
        equal("recipe", &open["recipe"], &*sample.recipe)?;
        equal("unread", &open["unread"], Value::Null)?;
        let read = told["read"].as_array().ok_or("nothing was read")?;
        if read.len() != wanted.len() {
            let found = read.len();
            return Err(format!("{found} messages were found").into());
        }
        for (read, mail_key) in read.iter().zip(*wanted) {
            let mut mail = self.mails[*mail_key].clone();
            if sample.has(Feature::OneName) {
                let first = wanted.first().unwrap_or(mail_key);
                mail.from.name.clone_from(&self.mails[*first].from.name);
            }
            same(sample, read, &mail, step)?;
        }
        let state = self.state(step);
        equal("state", &told["state"]["state"], state)?;
        if state == "danger" && !sample.has(Feature::Chat) {
            self.leads(told)?;
        }
        Ok(())
    }

    /// What the toolbar button must say of the open mails.
    fn state(&self, step: &Step) -> &str {
        let levels =
            step.wanted.iter().map(|mail| self.mails[*mail].level.as_str());
        let worst = |a, b| if a == "danger" || b == "fine" { a } else { b };
        levels.reduce(worst).unwrap_or("idle")
    }

    /// The false link's true address is known, whatever wraps it.
    fn leads(&self, told: &Value) -> Result {
        let links =
            told["state"]["messages"][0]["verdict"]["links"].as_array();
        let leads = &self.mails[ATTACK].link.href;
        let found = links.into_iter().flatten();
        if found.clone().any(|link| link["destination"] == **leads) {
            return Ok(());
        }
        let found = found.map(|link| &link["destination"]);
        let found = found.collect::<Vec<_>>();
        Err(format!("no link leads to {leads}, only {found:?}").into())
    }

    /// Waits until the toolbar button says of every page that it was not
    /// checked, and why; then reads the popup.
    async fn all_are_unread(
        &self,
        opened: &mut [Opened<'_>],
        lack: &Lack,
    ) -> Result {
        let mut open = opened
            .iter_mut()
            .filter(|one| one.failed.is_none())
            .filter(|one| !(lack.reason)(one.sample).is_empty())
            .collect::<Vec<_>>();
        self.all_until(&mut open, lack.does, |sample, told| {
            is_unread(told, (lack.reason)(sample))
        })
        .await?;
        for one in open {
            if one.failed.is_none() {
                one.failed = self.popup_says_why(one).await.err();
            }
        }
        Ok(())
    }

    async fn popup_says_why(&self, one: &Opened<'_>) -> Result {
        let popup = self.ask_of(one, POPUP).await?;
        let said = popup.as_str().unwrap_or_default();
        for wanted in [&*one.sample.title()?, "Copy diagnostic"] {
            if !said.contains(wanted) {
                let missing = format!("the popup lacks “{wanted}”: {said}");
                return Err(missing.into());
            }
        }
        let outline = self.ask_of(one, DIAGNOSTIC).await?;
        self.tells_nothing(outline.as_str().unwrap_or_default())
    }

    /// A diagnostic has the page's structure and nothing that a mail says.
    fn tells_nothing(&self, outline: &str) -> Result {
        if !outline.starts_with("recipe: ") || outline.lines().count() < 8 {
            return Err(format!("a poor diagnostic: {outline}").into());
        }
        let low = outline.to_lowercase();
        let private = self.mails.values().flat_map(|mail| {
            let Mail { from, subject, text, link, .. } = mail;
            let words = [&from.name, &from.address, subject, text];
            let words = words.into_iter().flat_map(|w| w.split(SEPARATORS));
            words.chain(link.href.split(SEPARATORS)).collect::<Vec<_>>()
        });
        // What a page itself may be made of is no secret.
        let shared = |word: &str| word.len() < 5 || COMMON.contains(&word);
        for word in private.chain(OWNER).map(str::to_lowercase) {
            if !shared(&word) && low.contains(&word) {
                let line = low.lines().find(|line| line.contains(&word));
                return Err(format!("“{word}” is told: {line:?}").into());
            }
        }
        Ok(())
    }
}

/// Whether a tab counts as not checked for a reason. What was read by
/// meaning is warned of all the same.
fn is_unread(told: &Value, reason: &str) -> Result {
    let tab = &told["state"];
    let message = &tab["messages"][0];
    let doubtful = message["unread"].is_string();
    let (state, badge) = match message["verdict"]["level"].as_str() {
        Some("danger") if doubtful => ("danger", "!!"),
        Some("caution") if doubtful => ("caution", "!"),
        _ => ("unread", "?"),
    };
    equal("state", &tab["state"], state)?;
    equal("badge", &told["badge"], badge)?;
    let known = if doubtful { &message["unread"] } else { &tab["unread"] };
    equal("reason", known, reason)
}

const SEPARATORS: [char; 9] = [' ', '@', '.', ',', ':', '/', '?', '=', '-'];
/// What pages say of the mailbox's owner, and how the mails' ids begin.
const OWNER: [&str; 4] = ["alice", "vault", "4917012345", "FMfcgzQb"];
const COMMON: [&str; 7] =
    ["https", "hello", "account", "details", "platform", "receipt", "example"];

/// One message as it was read, against the mail.
fn same(sample: &Sample, read: &Value, mail: &Mail, step: &Step) -> Result {
    let hides = |what: &str| sample.hides.iter().any(|hidden| hidden == what);
    let shown = |what, text: &str| {
        if hides(what) { String::new() } else { text.to_owned() }
    };
    let address = shown("address", &mail.from.address);
    equal("address", &read["from"][0]["address"], address)?;
    let name = shown("name", &mail.from.name);
    equal("name", &read["from"][0]["name"], name)?;
    if step.wanted.len() == 1 {
        let subject = shown("subject", &mail.subject);
        equal("subject", &read["subject"], subject)?;
    }
    let answers =
        mail.reply_to.iter().filter(|_| sample.has(Feature::ReplyTo));
    let read_answers = read["replyTo"].as_array().into_iter().flatten();
    let read_answers = read_answers.map(|mailbox| mailbox["address"].clone());
    let read_answers = Value::Array(read_answers.collect());
    equal("reply-to", &read_answers, json!(answers.collect::<Vec<_>>()))?;
    if step.mimic {
        return Ok(());
    }
    let text = read["text"].as_str().unwrap_or_default();
    let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
    equal("text", &text.into(), &*mail.text)?;
    same_link(&read["links"], mail)
}

/// The only link, in whatever the webmail wraps it.
fn same_link(links: &Value, mail: &Mail) -> Result {
    let [link] = links.as_array().map_or(&[][..], Vec::as_slice) else {
        return Err(format!("the links are {links}").into());
    };
    equal("the link's text", &link["text"], &*mail.link.text)?;
    let href = link["href"].as_str().unwrap_or_default();
    let wrapped = byte_serialize(mail.link.href.as_bytes());
    if href == mail.link.href || href.contains(&wrapped.collect::<String>()) {
        return Ok(());
    }
    Err(format!("the link leads to {href}").into())
}

fn equal(what: &str, found: &Value, wanted: impl Into<Value>) -> Result {
    let wanted = wanted.into();
    if *found == wanted {
        return Ok(());
    }
    Err(format!("{what}: {found} instead of {wanted}").into())
}

/// Remembers, of each tab, what was judged and what is open.
const LISTEN: &str = "
    window.heard = {};
    chrome.runtime.onMessage.addListener((request, sender) => {
      const tab = (heard[sender.tab?.id] ??= { checks: {}, open: null });
      if (request.kind === 'check') tab.checks[request.key] = request.message;
      if (request.kind === 'open') tab.open = request;
    });
    return true;";

const TABS: &str = "
    return (await chrome.tabs.query({})).map(({ id }) => id);";

/// What is open in each of the tabs, as it was sent, and what is made of it.
const TOLD: &str = "
    return Promise.all(tabs.map(async (tab) => {
      const { checks = {}, open = null } = heard[tab] ?? {};
      return {
        open,
        read: (open?.keys ?? []).map((key) => checks[key]),
        badge: await chrome.action.getBadgeText({ tabId: tab }),
        state: await chrome.runtime.sendMessage({ kind: 'state', tab }),
      };
    }));";

/// What a person reads in the popup about a tab.
const POPUP: &str = "
    const frame = document.createElement('iframe');
    frame.src = `popup.html?tab=${tab}`;
    document.body.append(frame);
    const text = () =>
      frame.contentDocument?.querySelector('#messages > *') &&
      frame.contentDocument.body.innerText;
    while (!text()) await new Promise((go) => setTimeout(go, 10));
    const said = text();
    frame.remove();
    return said;";

const DIAGNOSTIC: &str = "
    return chrome.runtime.sendMessage({ kind: 'diagnostic', tab });";
