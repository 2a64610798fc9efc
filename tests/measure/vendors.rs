//! The directory's vendors under the names that the sets use.

use doppelcheck::Engine;
use doppelcheck::directory::Vendor;
use doppelcheck::fold;

/// The sets' own spellings of names that the directory writes otherwise.
const SPELLINGS: &[(&str, &str)] = &[
    ("amazonpay", "amazon"),
    ("applepay", "apple"),
    ("bancodobrasil", "banco-do-brasil"),
    ("citi", "citibank"),
    ("googlepay", "google"),
    ("idealrabo", "ideal"),
    ("intesa", "intesa-sanpaolo"),
    ("smbccardvisa", "smbc"),
    ("smbcvisacardvpass", "smbc"),
    ("squarecashapp", "square"),
    ("targobank", "targobank"),
];

/// The vendor that a set calls `name`, where the directory holds it.
pub fn named<'e>(engine: &'e Engine, name: &str) -> Option<&'e Vendor> {
    let plain = plain(name);
    if plain.is_empty() {
        return None;
    }
    let spelled = SPELLINGS.iter().find(|(written, _)| *written == plain);
    let directory = engine.directory();
    let by_id = |id: &str| directory.find(id).map(|v| directory.vendor(v));
    directory
        .vendors()
        .map(|(_, vendor)| vendor)
        .find(|v| names(v).any(|n| self::plain(n) == plain))
        .or_else(|| by_id(&plain))
        .or_else(|| by_id(spelled?.1))
}

/// Everything a vendor is called.
pub fn names(vendor: &Vendor) -> impl Iterator<Item = &str> {
    [&vendor.name, &vendor.id]
        .into_iter()
        .chain(&vendor.aliases)
        .chain(&vendor.words)
        .map(String::as_str)
}

/// A name folded, without spaces.
pub fn plain(name: &str) -> String {
    fold::text(name).replace(' ', "")
}
