//! What can be imitated: the vendors' names and labels, each with how much
//! it says by itself.

use std::hash::BuildHasher as _;

use rustc_hash::{FxBuildHasher, FxHashMap};

use super::reading::{letters, looks_like};
use super::sought;
use crate::directory::{Directory, Vendor, VendorId};
use crate::fold;

/// The kind of a vendor that an administrator's policy adds.
const OWN: &str = "own";

/// How much a name says when it stands in somebody else's host.
#[derive(Clone, Copy, Debug, Eq, Ord, PartialEq, PartialOrd)]
pub(super) enum Strength {
    /// A word, or a name of few letters.
    Word,
    /// A further name: a product, a department.
    Further,
    /// A sought name with one letter missing or doubled, two swapped, or
    /// its end cut off.
    Slip,
    /// A vendor's own name of six letters or more that is no word.
    Known,
    /// A sought name that is a word as well.
    SoughtWord,
    /// A sought name that is nobody else's, and an administrator's own
    /// vendor.
    Sought,
}

/// A label with so many letters is nobody else's, whatever it begins with.
const LONG_LABEL: usize = 14;

/// One name.
#[derive(Clone, Debug)]
pub(super) struct Key {
    /// The name in lower-case ASCII letters and digits.
    pub(super) name: Box<str>,
    /// The letters it reads as.
    pub(super) letters: Box<[u8]>,
    /// The same, where rn stays rn; of a sought name that holds such.
    pub(super) unjoined: Option<Box<[u8]>>,
    pub(super) vendor: VendorId,
    pub(super) strength: Strength,
    /// Whether the directory says that it is a word as well.
    pub(super) is_word: bool,
    /// Whether nobody in a country goes by its name: no members of a
    /// family, no town, nobody who uses a word.
    pub(super) is_worldwide: bool,
}

impl Key {
    /// Whether its slips are no words: `metmask`, but not `revolt`.
    pub(super) fn is_alone(&self) -> bool {
        let long = self.name.len() >= 7 || &*self.name == "paypal";
        long && !matches!(&*self.name, "revolut" | "bradesco" | "anthropic")
    }

    /// Whether a word could begin with it: `hsbc` begins none.
    pub(super) fn is_sayable(&self) -> bool {
        self.name.bytes().any(|b| b"aeiouy".contains(&b))
    }

    /// Whether a short name is nobody else's all the same.
    pub(super) fn is_rare(&self) -> bool {
        !self.is_word && self.name.len() >= 5
    }
}

/// The names of all vendors; of two that read alike, the stronger.
pub(super) fn all(directory: &Directory) -> Vec<Key> {
    let mut keys = Keys::default();
    let mut own = Vec::new();
    for (id, vendor) in directory.vendors() {
        of_vendor(id, vendor, &mut own);
        for key in own.iter().flat_map(slips).collect::<Vec<_>>() {
            own.push(key);
        }
        own.drain(..).for_each(|key| keys.add(key));
    }
    keys.all
}

/// Names, each at most once.
#[derive(Default)]
struct Keys {
    all: Vec<Key>,
    /// Their places by hash of what they read as.
    places: FxHashMap<u64, usize>,
}

impl Keys {
    fn add(&mut self, key: Key) {
        let hash = FxBuildHasher.hash_one(&key.letters);
        match self.places.get(&hash) {
            Some(place) if self.all[*place].letters == key.letters => {
                let known = &mut self.all[*place];
                if known.strength < key.strength {
                    *known = key;
                }
            }
            _ => {
                self.places.insert(hash, self.all.len());
                self.all.push(key);
            }
        }
    }
}

/// The slips of a long sought name: on free hosting and beside a telling
/// word they are looked for inside labels too.
fn slips(key: &Key) -> Vec<Key> {
    let sought = key.strength == Strength::Sought
        && key.is_alone()
        && !sought::begins_or_ends(&key.name);
    if !sought || !(6..=15).contains(&key.name.len()) {
        return Vec::new();
    }
    let slip = |name: String| Key {
        unjoined: None,
        letters: letters(&name).collect(),
        name: name.into_boxed_str(),
        strength: Strength::Slip,
        ..*key
    };
    let name = &*key.name;
    let omitted = (1..name.len()).map(|i| [&name[..i], &name[i + 1..]]);
    let doubled = (1..name.len()).map(|i| [&name[..=i], &name[i..]]);
    // Most of a long name is nobody else's either: `americanexpr`.
    // Most of a bank's may be: `deutscheba`.
    let ends = |word: &&str| name.ends_with(*word);
    let long = name.len() >= 12 && !["bank", "com"].iter().any(ends);
    let cut =
        (2..=3).filter(|_| long).map(|rest| [&name[..name.len() - rest], ""]);
    let swapped = (2..name.len()).map(|i| {
        let (first, second) = (&name[i - 1..i], &name[i..=i]);
        [&name[..i - 1], second, first, &name[i + 1..]].concat()
    });
    let replaced =
        (1..name.len()).filter(|_| name == "paypal").flat_map(|i| {
            let letters =
                ('a'..='z').filter(move |c| !name[i..].starts_with(*c));
            letters
                .map(move |c| format!("{}{c}{}", &name[..i], &name[i + 1..]))
        });
    let changed = omitted.chain(doubled).chain(cut).map(|p| p.concat());
    let slips = changed.chain(swapped).chain(replaced);
    slips.filter(|slip| !sought::is_left_word(slip)).map(slip).collect()
}

/// Adds what a vendor is called to `keys`.
fn of_vendor(id: VendorId, vendor: &Vendor, keys: &mut Vec<Key>) {
    let words = vendor.words.iter().map(|word| plain(word)).collect();
    let mut names = Names { id, vendor, words, keys };
    let name = plain(&vendor.name);
    names.add(&name, true);
    let home: String = label_of(vendor.home()).map(char::from).collect();
    let aliases: Vec<String> =
        vendor.aliases.iter().map(|alias| plain(alias)).collect();
    if is_named_after(&home, aliases.iter().chain([&name])) {
        names.add(&home, true);
    }
    for label in &vendor.labels {
        names.add(label, false);
    }
    for (alias, name) in vendor.aliases.iter().zip(&aliases) {
        let owns = |host: &String| label_of(host).eq(name.bytes());
        let main = !alias.contains(' ') && vendor.domains.iter().any(owns);
        names.add(name, main);
    }
    for word in names.words.clone() {
        names.add(&word, false);
    }
    for label in long_labels(vendor, &names.sought()) {
        names.add(&label, false);
    }
}

/// The names of one vendor.
struct Names<'v, 'k> {
    id: VendorId,
    vendor: &'v Vendor,
    words: Vec<String>,
    keys: &'k mut Vec<Key>,
}

impl Names<'_, '_> {
    fn add(&mut self, name: &str, main: bool) {
        let usable = name.len() >= 2
            && name.bytes().all(|b| b.is_ascii_alphanumeric())
            && !name.bytes().all(|b| b.is_ascii_digit());
        if !usable || self.keys.iter().any(|k| *k.name == *name) {
            return;
        }
        let Self { id, vendor, words, .. } = self;
        let is_word = words.iter().any(|word| word == name)
            && !vendor.labels.iter().any(|label| label == name);
        let strength = strength(name, vendor, main, is_word);
        let joined: Box<[u8]> = letters(name).collect();
        let unjoined = (strength == Strength::Sought
            && joined.len() < name.len())
        .then(|| name.bytes().map(looks_like).collect());
        self.keys.push(Key {
            unjoined,
            letters: joined,
            name: name.into(),
            vendor: *id,
            strength,
            is_word,
            is_worldwide: vendor.kind.starts_with("crypto")
                || !is_word
                    && vendor.family.is_empty()
                    && !sought::is_place(name),
        });
    }

    /// Those that are sought and words as well.
    fn sought(&self) -> Vec<Box<str>> {
        let keys = self.keys.iter();
        keys.filter(|key| key.strength == Strength::SoughtWord)
            .map(|key| key.name.clone())
            .collect()
    }
}

/// The first labels of a vendor's hosts that are one of its sought names and
/// much more: `santanderconsumer` is sought as Santander is.
fn long_labels(
    vendor: &Vendor,
    sought: &[Box<str>],
) -> impl Iterator<Item = String> {
    let hosts = vendor.domains.iter().filter(|_| !sought.is_empty());
    let labels =
        hosts.map(|host| label_of(host).map(char::from).collect::<String>());
    labels.filter(move |label| {
        let mut names = sought.iter().map(AsRef::as_ref);
        let holds =
            |name: &str| label.starts_with(name) || label.ends_with(name);
        label.len() >= LONG_LABEL && names.any(holds)
    })
}

/// Whether a label is one of the vendor's names, or holds one: `zellepay`
/// is named after Zelle, `link` is not named after Stripe.
fn is_named_after<'n>(
    label: &str,
    mut names: impl Iterator<Item = &'n String>,
) -> bool {
    label.len() >= 4
        && names.any(|name| {
            name.len() >= 4
                && (label.contains(&**name) || name.contains(label))
        })
}

fn strength(
    name: &str,
    vendor: &Vendor,
    main: bool,
    is_word: bool,
) -> Strength {
    let own = vendor.kind == OWN && main && name.len() >= 5;
    let long = name.len() >= 9 && !is_word && sought::begins_or_ends(name);
    if sought::is_name(name) || own && !is_word || long {
        Strength::Sought
    } else if sought::is_word(name) {
        Strength::SoughtWord
    } else if is_word || name.len() < 6 {
        Strength::Word
    } else if main {
        Strength::Known
    } else {
        Strength::Further
    }
}

/// The first label of a host, without hyphens.
fn label_of(host: &str) -> impl Iterator<Item = u8> {
    host.bytes().take_while(|b| *b != b'.').filter(|b| *b != b'-')
}

/// A name folded, without spaces.
fn plain(name: &str) -> String {
    let mut plain = fold::text(name);
    plain.retain(|c| c != ' ');
    plain
}
