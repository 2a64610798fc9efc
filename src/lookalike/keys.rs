//! What can be imitated: the vendors' names and labels, each with how much
//! it says by itself.

use rustc_hash::FxHashMap;

use super::reading::{Reading, looks_like};
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
    /// A sought name with one letter missing or doubled.
    Slip,
    /// A vendor's own name of six letters or more that is no word.
    Known,
    /// A sought name that is a word as well.
    SoughtWord,
    /// A sought name that is nobody else's, and an administrator's own
    /// vendor.
    Sought,
}

/// One name.
#[derive(Clone, Debug)]
pub(super) struct Key {
    /// The name in lower-case ASCII letters and digits.
    pub(super) name: Box<str>,
    /// The letters it reads as.
    pub(super) letters: Box<[u8]>,
    /// The same, where rn stays rn.
    pub(super) unjoined: Box<[u8]>,
    pub(super) vendor: VendorId,
    pub(super) strength: Strength,
    /// Whether the directory says that it is a word as well.
    pub(super) is_word: bool,
}

impl Key {
    /// Whether its slips are no words: `metmask`, but not `revolt`.
    fn is_alone(&self) -> bool {
        !matches!(&*self.name, "revolut" | "bradesco" | "anthropic")
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
    let mut keys: Vec<Key> = Vec::new();
    let mut places: FxHashMap<Box<[u8]>, usize> = FxHashMap::default();
    for (id, vendor) in directory.vendors() {
        let own = of_vendor(id, vendor);
        let slips: Vec<Key> = own.iter().flat_map(slips).collect();
        for key in own.into_iter().chain(slips) {
            match places.get(&key.letters) {
                Some(place) if keys[*place].strength < key.strength => {
                    keys[*place] = key;
                }
                Some(_) => {}
                None => {
                    places.insert(key.letters.clone(), keys.len());
                    keys.push(key);
                }
            }
        }
    }
    keys
}

/// The slips of a long sought name: on free hosting and beside a telling
/// word they are looked for inside labels too.
fn slips(key: &Key) -> Vec<Key> {
    let sought = key.strength == Strength::Sought && key.is_alone();
    if !sought || !(7..=10).contains(&key.name.len()) {
        return Vec::new();
    }
    let slip = |name: String| Key {
        unjoined: name.bytes().map(looks_like).collect(),
        letters: Reading::letters_of(&name).into_boxed_slice(),
        name: name.into_boxed_str(),
        strength: Strength::Slip,
        ..key.clone()
    };
    let name = &*key.name;
    let omitted = (1..name.len()).map(|i| [&name[..i], &name[i + 1..]]);
    let doubled = (1..name.len()).map(|i| [&name[..=i], &name[i..]]);
    omitted.chain(doubled).map(|parts| slip(parts.concat())).collect()
}

fn of_vendor(id: VendorId, vendor: &Vendor) -> Vec<Key> {
    let owned = owned_labels(vendor);
    let words: Vec<String> = vendor.words.iter().map(|w| plain(w)).collect();
    let home = owned.first().cloned().unwrap_or_default();
    let mut keys: Vec<Key> = Vec::new();
    let mut add = |name: String, main: bool| {
        let usable = name.len() >= 2
            && name.bytes().all(|b| b.is_ascii_alphanumeric())
            && !name.bytes().all(|b| b.is_ascii_digit());
        if !usable || keys.iter().any(|k| *k.name == *name) {
            return;
        }
        let is_word = words.contains(&name) && !vendor.labels.contains(&name);
        let strength = strength(&name, vendor, main, is_word);
        keys.push(Key {
            unjoined: name.bytes().map(looks_like).collect(),
            letters: Reading::letters_of(&name).into_boxed_slice(),
            name: name.into_boxed_str(),
            vendor: id,
            strength,
            is_word,
        });
    };
    add(plain(&vendor.name), true);
    if is_named_after(&home, vendor) {
        add(home, true);
    }
    for label in &vendor.labels {
        add(label.clone(), false);
    }
    for alias in &vendor.aliases {
        let name = plain(alias);
        let main = !alias.contains(' ') && owned.contains(&name);
        add(name, main);
    }
    for word in words.clone() {
        add(word, false);
    }
    keys
}

/// Whether a label is one of the vendor's names, or holds one: `zellepay`
/// is named after Zelle, `link` is not named after Stripe.
fn is_named_after(label: &str, vendor: &Vendor) -> bool {
    let names = vendor.aliases.iter().chain([&vendor.name]);
    names.map(|n| plain(n)).any(|name| {
        name.len() >= 4 && (label.contains(&name) || name.contains(label))
    }) && label.len() >= 4
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

/// The first labels of the vendor's hosts, without hyphens.
fn owned_labels(vendor: &Vendor) -> Vec<String> {
    let label = |host: &String| {
        host.split('.').next().unwrap_or_default().replace('-', "")
    };
    vendor.domains.iter().map(label).collect()
}

/// A name folded, without spaces.
pub(super) fn plain(name: &str) -> String {
    fold::text(name).replace(' ', "")
}
