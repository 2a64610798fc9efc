//! Claims: who a message says it is, and where it says so.

pub mod names;
mod namesake;
pub(crate) mod reported;
mod subject;
mod voice;
mod words;

use crate::directory::{Directory, Vendor, VendorId};
use crate::fold;
use crate::host::Host;
use crate::sender::{Kind, Sender};
use crate::verdict::{Level, Place};
use crate::{LinkKind, Message, lookalike};
use names::{Hit, Index, Meaning};
use namesake::Namesake;
pub(crate) use subject::is_forwarded;
use subject::{
    is_addressed, is_answer, is_label, is_means, is_payment, is_present,
};
use voice::Voice;
use words::{ANCHORS, ROLES};

/// How much a claim weighs.
#[derive(Clone, Copy, Debug, Eq, Ord, PartialEq, PartialOrd)]
pub enum Strength {
    /// A mention: it supports other claims and never stands alone.
    Weak,
    /// What a vendor would write; two such, or one with pressure, count.
    Medium,
    /// A reader takes the message for the vendor's.
    Strong,
}

/// A place where a message says who it is.
#[derive(Clone, Debug, PartialEq)]
pub struct Claim {
    /// Who it says it is.
    pub vendor: VendorId,
    /// Where.
    pub place: Place,
    /// How much that weighs.
    pub strength: Strength,
    /// The words that claim, as written where that is short.
    pub text: String,
    /// Whether the name is hidden behind lookalike or invisible characters.
    pub disguised: bool,
    /// The index of the link whose text claims, where one does.
    pub link: Option<usize>,
}

impl Claim {
    /// The claim of a sender's name that hides a vendor's.
    fn disguised(vendor: VendorId, written: &str) -> Self {
        Self {
            vendor,
            place: Place::DisplayName,
            strength: Strength::Strong,
            text: written.to_owned(),
            disguised: true,
            link: None,
        }
    }
}

/// Vendors' words that people are called, too.
const GIVEN_NAMES: &[&str] = &[
    "ally", "bob", "chase", "claude", "dian", "elba", "george", "marcus",
    "merrill", "mollie", "sofi",
];

/// How much of a body is searched for names, in bytes.
const BODY_LIMIT: usize = 48 * 1024;

/// Collects what a message claims, strongest places first.
pub(crate) struct Collector<'a> {
    pub(crate) directory: &'a Directory,
    pub(crate) names: &'a Index,
    pub(crate) lookalikes: &'a lookalike::Index,
    pub(crate) message: &'a Message,
    pub(crate) sender: Option<&'a Sender>,
    /// Whose name the sender's host imitates.
    pub(crate) sender_lookalike: Option<&'a lookalike::Lookalike>,
    /// The sender's name, folded.
    pub(crate) name: &'a str,
    /// The folded subject.
    pub(crate) subject: &'a str,
    /// The folded text.
    pub(crate) text: &'a str,
}

impl Collector<'_> {
    /// All claims of the message.
    pub(crate) fn collect(&self) -> Vec<Claim> {
        let mut claims = Vec::new();
        self.display_name(&mut claims);
        self.address_in_name(&mut claims);
        self.local_part(&mut claims);
        self.reply_to(&mut claims);
        self.subject(&mut claims);
        self.body(&mut claims);
        self.images(&mut claims);
        self.link_texts(&mut claims);
        self.excuse_namesakes(&mut claims);
        claims
    }

    /// A sender whose own name is a vendor's too speaks of itself.
    fn excuse_namesakes(&self, claims: &mut Vec<Claim>) {
        let sender = self.sender.filter(|s| s.kind == Kind::Own);
        let Some(sender) = sender else { return };
        let namesake = Namesake {
            host: &sender.host,
            lookalike: self.sender_lookalike,
            name: self.name,
        };
        namesake.excuse(self.names, claims);
    }

    fn display_name(&self, claims: &mut Vec<Claim>) {
        let Some(mailbox) = self.message.from.first() else { return };
        let written = mailbox.name.as_str();
        if written.contains('@') && !written.contains(' ') {
            return;
        }
        let folded = self.name;
        let hidden = written.chars().any(fold::is_invisible);
        let hits = self.names.find(folded);
        let bare = is_bare(folded, self.foreign(&hits));
        for hit in hits {
            let plain = fold_case(written);
            let disguised =
                hidden || !plain.contains(&folded[hit.start..hit.end]);
            if let Some(strength) = self.name_strength(folded, &hit, bare) {
                claims.push(Claim {
                    vendor: hit.vendor,
                    place: Place::DisplayName,
                    strength,
                    text: written.to_owned(),
                    disguised,
                    link: None,
                });
            }
        }
        if claims.is_empty() {
            let skeleton = fold::skeleton(written);
            let hits = self.names.find_disguised(&skeleton).into_iter();
            claims
                .extend(hits.map(|hit| Claim::disguised(hit.vendor, written)));
        }
        if claims.is_empty() {
            self.squeezed_name(folded, written, claims);
        }
    }

    /// The names in a sender's name that are not the sender's own: the
    /// service in "Ann (GitHub)" does not make a bare name of it.
    fn foreign<'h>(&self, hits: &'h [Hit]) -> impl Iterator<Item = &'h Hit> {
        let own = self.sender.and_then(|sender| sender.identity);
        hits.iter().filter(move |hit| own != Some(hit.vendor))
    }

    /// A name whose letters stand apart or are written in digits, as in
    /// `P A Y P A L` and `P4yPal`.
    fn squeezed_name(
        &self,
        folded: &str,
        written: &str,
        claims: &mut Vec<Claim>,
    ) {
        let unleeted: String =
            written.to_lowercase().chars().map(unleet).collect();
        let forms = [(joined(folded), 4), (fold::text(&unleeted), 5)];
        let changed = forms.iter().filter(|(form, _)| form != folded);
        let hits = changed.flat_map(|(form, least)| {
            self.names.find(form).into_iter().map(move |hit| (hit, least))
        });
        for (hit, least) in hits {
            if hit.meaning == Meaning::Distinct
                && hit.end - hit.start >= *least
            {
                claims.push(Claim::disguised(hit.vendor, written));
            }
        }
    }

    /// What a name in the sender's name weighs. A distinct name is strong;
    /// an ordinary word is strong only where nothing but role words stand
    /// around it and an anchor stands somewhere; alone, it may be somebody's
    /// given name.
    fn name_strength(
        &self,
        folded: &str,
        hit: &Hit,
        bare: bool,
    ) -> Option<Strength> {
        let vendor = self.directory.vendor(hit.vendor);
        let anchored = || bare && self.has_anchor(vendor, folded);
        if hit.meaning == Meaning::Word {
            if self.is_travel(&folded[hit.start..hit.end]) {
                return None;
            }
            let person = GIVEN_NAMES.contains(&folded)
                && !self.has_own_anchor(vendor, |a| !ANCHORS.contains(a));
            let strength =
                if person { Strength::Medium } else { Strength::Strong };
            return anchored().then_some(strength);
        }
        if self.is_carried(&folded[hit.end..])
            || (!bare && is_person(folded, hit))
        {
            return Some(Strength::Medium);
        }
        if vendor.takes_money() || (bare && !is_news(folded)) {
            return Some(Strength::Strong);
        }
        Some(Strength::Medium)
    }

    /// Whether what follows a name says that somebody else carries the mail:
    /// a list, or the service that does. "PayPal via Docusign" from a
    /// stranger says nothing of the kind.
    fn is_carried(&self, after: &str) -> bool {
        let own = self.sender.and_then(|sender| sender.identity);
        after.strip_prefix(" via ").is_some_and(|carrier| {
            let mut named = self.names.find(carrier).into_iter();
            named.all(|hit| own == Some(hit.vendor))
        })
    }

    /// Whether a visa is the paper that travellers need.
    fn is_travel(&self, word: &str) -> bool {
        let mut texts = [self.subject, self.text].into_iter();
        word == "visa"
            && texts.any(|text| text.split(' ').any(|w| TRAVEL.contains(&w)))
    }

    /// Whether a word of money, accounts or keys, or one that means this
    /// vendor, stands in the name, the subject or the text.
    fn has_anchor(&self, vendor: &Vendor, name: &str) -> bool {
        let mut texts = [name, self.subject, self.text].into_iter();
        texts.any(|text| ANCHORS.stand_in(text))
            || self.has_own_anchor(vendor, |_| true)
    }

    /// Whether a word that means just this vendor, of those that `counts`
    /// lets pass, stands in the subject or the text.
    fn has_own_anchor(
        &self,
        vendor: &Vendor,
        counts: impl Fn(&str) -> bool,
    ) -> bool {
        let anchors = vendor.anchors.iter().map(|a| fold::text(a));
        anchors.filter(|anchor| counts(anchor)).any(|anchor| {
            contains_word(self.subject, &anchor)
                || contains_word(self.text, &anchor)
        })
    }

    /// An address or host written as the sender's name:
    /// "service@paypal.com".
    fn address_in_name(&self, claims: &mut Vec<Claim>) {
        let Some(mailbox) = self.message.from.first() else { return };
        let words = mailbox
            .name
            .split(|c: char| c.is_whitespace() || "()<>[]\"',;".contains(c));
        for word in words.filter(|w| w.contains('.')) {
            let host = word.rsplit('@').next().unwrap_or(word);
            let Ok(host) = Host::parse(host) else { continue };
            // A title is no host: "Ing.", "St.George".
            if !host.ascii().contains('.') || !host.has_known_suffix() {
                continue;
            }
            let owner = self
                .directory
                .owner(&host)
                .filter(|_| !crate::sender::is_open_to_anyone(&host));
            let imitated = || {
                let found = self.lookalikes.judge(self.directory, &host)?;
                (found.level >= Level::Caution).then_some(found.vendor)
            };
            if let Some(vendor) = owner.or_else(imitated) {
                claims.push(Claim {
                    vendor,
                    place: Place::DisplayName,
                    strength: Strength::Strong,
                    text: word.to_owned(),
                    disguised: owner.is_none(),
                    link: None,
                });
            }
        }
        if mailbox.name.contains('@') && !mailbox.name.contains(' ') {
            let folded = fold::text(&mailbox.name);
            for hit in self.names.find(&folded) {
                let vendor = self.directory.vendor(hit.vendor);
                if hit.meaning == Meaning::Distinct && vendor.takes_money() {
                    claims.push(Claim {
                        vendor: hit.vendor,
                        place: Place::DisplayName,
                        strength: Strength::Strong,
                        text: mailbox.name.clone(),
                        disguised: false,
                        link: None,
                    });
                }
            }
        }
    }

    fn local_part(&self, claims: &mut Vec<Claim>) {
        let Some(sender) = self.sender else { return };
        let folded = fold::text(&sender.local.replace('_', " "));
        for hit in self.names.find(&folded) {
            let vendor = self.directory.vendor(hit.vendor);
            let strength = match hit.meaning {
                Meaning::Distinct if vendor.takes_money() => Strength::Medium,
                Meaning::Distinct => Strength::Weak,
                Meaning::Word if self.has_anchor(vendor, &folded) => {
                    Strength::Weak
                }
                Meaning::Word => continue,
            };
            claims.push(Claim {
                vendor: hit.vendor,
                place: Place::LocalPart,
                strength,
                text: sender.local.clone(),
                disguised: false,
                link: None,
            });
        }
    }

    /// "PayPal Support" or `paypal.refund@…` where answers go, while the
    /// sender is somebody else: what the vendor itself never does.
    fn reply_to(&self, claims: &mut Vec<Claim>) {
        for mailbox in self.message.reply_to.iter().take(5) {
            let Some((local, host)) = mailbox.address.rsplit_once('@') else {
                continue;
            };
            let Ok(host) = Host::parse(host) else { continue };
            // A shop answers from `paypal@` its own host.
            let same = self.sender.is_some_and(|sender| {
                sender.host.registrable() == host.registrable()
            });
            if same {
                continue;
            }
            let written = format!("{} {}", mailbox.name, local);
            for hit in self.names.find(&fold::text(&written.replace('_', " ")))
            {
                let vendor = self.directory.vendor(hit.vendor);
                let own = self.directory.sender(&host) == Some(hit.vendor);
                if hit.meaning == Meaning::Word || own || !vendor.takes_money()
                {
                    continue;
                }
                claims.push(Claim {
                    vendor: hit.vendor,
                    place: Place::ReplyTo,
                    strength: Strength::Medium,
                    text: mailbox.address.clone(),
                    disguised: false,
                    link: None,
                });
            }
        }
    }

    fn subject(&self, claims: &mut Vec<Claim>) {
        if is_forwarded(&self.message.subject) {
            return;
        }
        let written = &self.message.subject;
        // "Support", "noreply": the subject has to say who writes.
        let impersonal = !self.message.list && is_impersonal(self.name);
        let mut hits = self.names.find(self.subject);
        let mut disguised = false;
        if hits.is_empty() {
            hits = self.names.find_disguised(&fold::skeleton(written));
            disguised = !hits.is_empty();
        }
        for hit in hits {
            let strength = if disguised {
                Some(Strength::Medium)
            } else {
                self.subject_strength(&hit, impersonal)
            };
            claims.extend(strength.map(|strength| Claim {
                vendor: hit.vendor,
                place: Place::Subject,
                strength,
                text: written.clone(),
                disguised,
                link: None,
            }));
        }
    }

    /// What a name in the subject weighs. It is strong where it stands as a
    /// sender's and the sender names nobody: `[Binance] Withdrawal` from
    /// "Support", or "DHL: your parcel" in a text that came alone.
    fn subject_strength(
        &self,
        hit: &Hit,
        impersonal: bool,
    ) -> Option<Strength> {
        let (before, after) =
            (&self.subject[..hit.start], &self.subject[hit.end..]);
        let written = &self.message.subject;
        let vendor = self.directory.vendor(hit.vendor);
        if hit.meaning == Meaning::Word
            && self.is_travel(&self.subject[hit.start..hit.end])
        {
            return None;
        }
        let answers = !impersonal && is_answer(written);
        let is_object = is_means(before)
            || is_present(after)
            || vendor.is_paid_with() && is_payment(after);
        if is_object || answers {
            return (hit.meaning == Meaning::Distinct)
                .then_some(Strength::Weak);
        }
        let opens = before.is_empty() && is_label(written, hit.end);
        let whole = before.is_empty() && after.split(' ').count() <= 2;
        let near = opens || whole || is_addressed(before, after);
        match hit.meaning {
            Meaning::Distinct
                if opens
                    && impersonal
                    && (vendor.takes_money() || self.sender.is_none()) =>
            {
                Some(Strength::Strong)
            }
            Meaning::Distinct if near || impersonal => Some(Strength::Medium),
            Meaning::Distinct => Some(Strength::Weak),
            Meaning::Word if near && self.has_own_anchor(vendor, |_| true) => {
                Some(Strength::Medium)
            }
            Meaning::Word if near && self.has_anchor(vendor, "") => {
                Some(Strength::Weak)
            }
            Meaning::Word => None,
        }
    }

    /// A text that speaks as a vendor: once to its customers, once under its
    /// name.
    fn body(&self, claims: &mut Vec<Claim>) {
        let text = self.text;
        let mut heard: Vec<(VendorId, Voice)> = Vec::new();
        for hit in self.names.find(cut(text, BODY_LIMIT)) {
            let voice = voice::of(text, hit.start, hit.end);
            if voice == Voice::default() {
                continue;
            }
            let vendor = self.directory.vendor(hit.vendor);
            if hit.meaning == Meaning::Word && !self.has_anchor(vendor, "") {
                continue;
            }
            let known = heard.iter().position(|(v, _)| *v == hit.vendor);
            let known = known.unwrap_or_else(|| {
                heard.push((hit.vendor, Voice::default()));
                heard.len() - 1
            });
            let fresh = heard[known].1.learn(voice);
            claims.extend((0..fresh).map(|_| Claim {
                vendor: hit.vendor,
                place: Place::Body,
                strength: match hit.meaning {
                    Meaning::Distinct => Strength::Medium,
                    Meaning::Word => Strength::Weak,
                },
                text: around(text, hit.start, hit.end).to_owned(),
                disguised: false,
                link: None,
            }));
        }
    }

    /// An image whose text is a vendor's name and nothing else: a logo.
    fn images(&self, claims: &mut Vec<Claim>) {
        for image in self.message.images.iter().take(200) {
            let folded = fold::text(image);
            let name = folded.trim_end_matches(" logo");
            for hit in self.names.find(name) {
                if hit.start == 0
                    && hit.end == name.len()
                    && hit.meaning == Meaning::Distinct
                {
                    claims.push(Claim {
                        vendor: hit.vendor,
                        place: Place::ImageText,
                        strength: Strength::Weak,
                        text: image.clone(),
                        disguised: false,
                        link: None,
                    });
                }
            }
        }
    }

    /// "Log in to PayPal" on a button. Where it leads is another question.
    fn link_texts(&self, claims: &mut Vec<Claim>) {
        let links = self.message.links.iter().enumerate();
        for (index, link) in links.take(500) {
            if link.quoted || link.kind == LinkKind::Text {
                continue;
            }
            let folded = fold::text(cut(&link.text, 200));
            for hit in self.names.find(&folded) {
                let words = folded.split(' ').count();
                if hit.meaning == Meaning::Distinct && words <= 6 {
                    claims.push(Claim {
                        vendor: hit.vendor,
                        place: Place::LinkText,
                        strength: Strength::Weak,
                        text: link.text.clone(),
                        disguised: false,
                        link: Some(index),
                    });
                }
            }
        }
    }
}

/// Lower case without any other folding, to see whether a name is written
/// as it reads.
fn fold_case(written: &str) -> String {
    let mut plain = String::with_capacity(written.len());
    for c in written.chars().flat_map(char::to_lowercase) {
        if c.is_alphanumeric() {
            match fold::ascii_of(c) {
                Some((fold::Likeness::Same, ascii)) => plain.push_str(ascii),
                _ => plain.push(c),
            }
        } else if !plain.ends_with(' ') {
            plain.push(' ');
        }
    }
    plain
}

/// Joins letters that stand apart: "p a y p a l inc" is "paypal inc".
fn joined(folded: &str) -> String {
    let mut text = String::with_capacity(folded.len());
    let mut single_before = false;
    for word in folded.split(' ') {
        let single = word.chars().count() == 1;
        if !(text.is_empty() || single && single_before) {
            text.push(' ');
        }
        text.push_str(word);
        single_before = single;
    }
    text
}

fn unleet(c: char) -> char {
    match c {
        '4' | '@' => 'a',
        '3' | '€' => 'e',
        '5' | '$' => 's',
        '7' => 't',
        '0' => 'o',
        '1' | '!' => 'i',
        c => c,
    }
}

/// Whether nothing but vendors' names, role words and numbers stands in a
/// sender's name. "Anna from Ledger" counts too: whoever she is, she says
/// whose mail it is.
fn is_bare<'h>(folded: &str, hits: impl Iterator<Item = &'h Hit>) -> bool {
    let mut rest = String::with_capacity(folded.len());
    let mut at = 0;
    for hit in hits {
        rest.push_str(&folded[at..hit.start]);
        rest.push(' ');
        at = hit.end;
    }
    rest.push_str(&folded[at..]);
    let rest = match rest.trim_end().strip_suffix(" from") {
        Some(_) => "",
        None => rest.as_str(),
    };
    is_impersonal(rest)
}

/// Whether a sender's name is a magazine's: "Apple News" comes from many.
fn is_news(folded: &str) -> bool {
    folded.split(' ').any(|word| matches!(word, "new" | "news" | "updates"))
}

/// Whether a folded name names nobody: role words and numbers alone.
fn is_impersonal(folded: &str) -> bool {
    folded.split_whitespace().all(|word| {
        ROLES.contains(word) || word.bytes().all(|b| b.is_ascii_digit())
    })
}

/// "Jane Doe, OpenAI": a person who belongs to the vendor claims less than
/// the vendor itself.
fn is_person(folded: &str, hit: &Hit) -> bool {
    let before = folded[..hit.start].split_whitespace().count();
    before >= 2 && folded[hit.end..].trim().is_empty()
}

/// Words of those who write about visas for travellers.
const TRAVEL: &[&str] = &[
    "ambassade",
    "botschaft",
    "consulat",
    "consulate",
    "einreise",
    "embajada",
    "embassy",
    "immigration",
    "konsulat",
    "passeport",
    "passport",
    "pasaporte",
    "reisepass",
    "schengen",
    "student",
    "studentenvisum",
    "tourist",
    "traveller",
    "travelers",
    "visum",
];

/// Whether `words` stand in `text` as whole words; both folded.
pub(crate) fn contains_word(text: &str, words: &str) -> bool {
    !words.is_empty()
        && text.match_indices(words).any(|(at, _)| {
            let touches = |c: char| c.is_alphanumeric();
            !text[..at].ends_with(touches)
                && !text[at + words.len()..].starts_with(touches)
        })
}

/// The words around a place in a text, for evidence.
fn around(text: &str, start: usize, end: usize) -> &str {
    let mut from = start.saturating_sub(30);
    let mut to = (end + 30).min(text.len());
    while !text.is_char_boundary(from) {
        from -= 1;
    }
    while !text.is_char_boundary(to) {
        to += 1;
    }
    text[from..to].trim()
}

/// At most `limit` bytes of a text, cut between characters.
pub(crate) fn cut(text: &str, limit: usize) -> &str {
    let mut end = limit.min(text.len());
    while !text.is_char_boundary(end) {
        end -= 1;
    }
    &text[..end]
}
