//! Looks at pages and at our parts in them as a person with a screen reader,
//! large letters or few colours would.

use std::fs;

use serde_json::{Value, json};

use crate::driver::{Look, Result, until};
use crate::page::Page;
use crate::world::root;

/// Every way in which a reader's system may be set up.
pub const LOOKS: [(&str, Look); 5] = [
    ("light", Look { dark: false, forced: false, large: false }),
    ("dark", Look { dark: true, forced: false, large: false }),
    ("large", Look { dark: false, forced: false, large: true }),
    ("forced", Look { dark: false, forced: true, large: false }),
    ("forced dark", Look { dark: true, forced: true, large: false }),
];

/// The languages, and one that no one speaks: right to left, longer words.
pub const LANGUAGES: [&str; 9] =
    ["de", "en", "es", "fr", "it", "nl", "pl", "pt", PSEUDO];

/// The language made of English by `pseudo.mjs`.
pub const PSEUDO: &str = "ar_XB";

const SCRIPT: &str = include_str!("faces.js");

/// Collects what is wrong, so that one run shows all of it.
#[derive(Default)]
pub struct Flaws(Vec<String>);

impl Flaws {
    /// An error that lists them.
    pub fn none(self) -> Result {
        if self.0.is_empty() {
            return Ok(());
        }
        let count = self.0.len();
        Err(format!("{count} flaws:\n{}", self.0.join("\n")).into())
    }

    /// What the pages so far complained of.
    pub async fn of_log(&mut self, page: &Page) -> Result {
        self.0.extend(page.session.complaints().await?);
        Ok(())
    }

    /// What a person finds wrong with the open page of ours.
    pub async fn of_page(&mut self, page: &Page, place: &str) -> Result {
        self.look(page, place, json!([]), "flaws").await
    }

    /// The same of our parts in somebody else's page.
    pub async fn of_parts(&mut self, page: &Page, place: &str) -> Result {
        let roots = roots_of(page).await?;
        self.look(page, place, roots, "flaws").await
    }

    /// Whether the texts of the open page of ours fit; axe is slower.
    pub async fn of_texts(&mut self, page: &Page, place: &str) -> Result {
        self.look(page, place, json!([]), "misfits").await
    }

    /// The same of our parts in somebody else's page.
    pub async fn of_texts_in_parts(
        &mut self,
        page: &Page,
        place: &str,
    ) -> Result {
        let roots = roots_of(page).await?;
        self.look(page, place, roots, "misfits").await
    }

    async fn look(
        &mut self,
        page: &Page,
        place: &str,
        roots: Value,
        what: &str,
    ) -> Result {
        let axe = match what {
            "flaws" => fs::read_to_string(
                root().join("node_modules/axe-core/axe.min.js"),
            )?,
            _ => String::new(),
        };
        let script = format!(
            "{axe}\n{SCRIPT}
             const [roots, done] = arguments;
             faces.{what}(roots).then(done, (e) => done([String(e)]));"
        );
        let found = page.driver().execute_async(script, vec![roots]).await?;
        let found: Vec<String> = serde_json::from_value(found.json().clone())?;
        self.0.extend(found.iter().map(|flaw| format!("{place}: {flaw}")));
        Ok(())
    }
}

/// Sets up the reader's system for the open page, and waits until the page
/// sees it: Chromium forgets the size of letters from page to page.
pub async fn see(page: &Page, look: Look) -> Result {
    page.session.look(look).await?;
    let size = if look.large { "32px" } else { "16px" };
    let wanted = json!([look.dark, look.forced, size, true, 0]);
    until(&format!("{look:?}"), || async {
        let seen = page.driver().execute(SEEN, vec![]).await?;
        let mut seen = seen.json().clone();
        if look.forced {
            // Firefox takes forced colours for light or dark by themselves.
            seen[0] = json!(look.dark);
        }
        Ok((seen == wanted).then_some(()))
    })
    .await
}

const SEEN: &str = "
    return [
      matchMedia('(prefers-color-scheme: dark)').matches,
      matchMedia('(forced-colors: active)').matches,
      getComputedStyle(document.documentElement).fontSize,
      matchMedia('(prefers-reduced-motion: reduce)').matches,
      document.getAnimations().length];";

async fn roots_of(page: &Page) -> Result<Value> {
    let mut pairs = Vec::new();
    for (host, shadow) in page.our_roots().await? {
        pairs.push(json!([host.to_json()?, shadow]));
    }
    if pairs.is_empty() {
        return Err("there is no part of ours on the page".into());
    }
    Ok(Value::Array(pairs))
}

/// A mail as the stage shows it: `tests/browser/stage`.
#[derive(Default)]
pub struct Mail {
    /// The sender's name.
    pub name: &'static str,
    /// The sender's address.
    pub address: &'static str,
    /// What it says.
    pub text: &'static str,
    /// Where its link leads; empty for none.
    pub href: &'static str,
    /// What its link says.
    pub says: &'static str,
}

impl Mail {
    /// Opens it on the stage.
    pub async fn open(&self, page: &Page, stage: &str) -> Result {
        let mut address = url::Url::parse(stage)?;
        address
            .query_pairs_mut()
            .append_pair("name", self.name)
            .append_pair("address", self.address)
            .append_pair("text", self.text)
            .append_pair("href", self.href)
            .append_pair("says", self.says);
        page.driver().goto(address.as_str()).await?;
        Ok(())
    }
}

/// A mail at danger, with everything that a banner can say.
pub const DANGER: Mail = Mail {
    name: "OpenAI Billing",
    address: "billing@account-desk.example",
    text: "We could not charge your card for ChatGPT Plus. Confirm your \
           payment details within 24 hours, otherwise your account will be \
           suspended. The OpenAI team",
    href: "https://openai.com.account-verify.example/pay?id=7",
    says: "https://platform.openai.com/account/billing",
};

/// A mail at caution: a lookalike, with letters to mark.
pub const CAUTION: Mail = Mail {
    name: "Anna Berger",
    address: "anna@paypa1-kundencenter.example",
    text: "See you tomorrow.",
    href: "",
    says: "",
};

/// A mail at caution whose domain imitates nobody.
pub const CLAIM: Mail = Mail {
    name: "OpenAI Billing",
    address: "billing@mail-notice.example",
    text: "See the invoice of your OpenAI account. The OpenAI team",
    href: "",
    says: "",
};

/// Another sender at the same domain, also at caution.
pub const OTHER_CLAIM: Mail = Mail {
    name: "OpenAI News",
    address: "news@mail-notice.example",
    text: "What is new in your OpenAI account. The OpenAI team",
    href: "",
    says: "",
};

/// A mail at danger from that domain.
pub const DANGER_THERE: Mail =
    Mail { address: "alert@mail-notice.example", ..DANGER };
