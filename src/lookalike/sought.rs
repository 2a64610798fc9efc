//! The names that attackers seek out: those that phishing feeds and real
//! phishing mail show again and again.
//!
//! The directory holds thousands of names, and most are words to somebody.
//! A typing error of a little parcel service's name is nearly always
//! another company; a typing error of these is nearly always an attack. Only
//! they are looked for letter by letter and inside longer words.

use std::sync::LazyLock;

use rustc_hash::FxHashSet;

/// Names that are nobody else's: any likeness counts.
const NAMES: &[&str] = &[
    "adyen",
    "afterpay",
    "americanexpress",
    "anthropic",
    "aramex",
    "bancodobrasil",
    "bankofamerica",
    "barclays",
    "binance",
    "blockchaincom",
    "bradesco",
    "cashapp",
    "chatgpt",
    "coinbase",
    "cointracker",
    "commerzbank",
    "consorsbank",
    "deutschebank",
    "dkbkunden",
    "docusign",
    "intesasanpaolo",
    "itaucard",
    "klarna",
    "ledgerlive",
    "mastercard",
    "mercadolibre",
    "mercadolivre",
    "mercadopago",
    "metamask",
    "openai",
    "payoneer",
    "paypal",
    "paysafecard",
    "phototan",
    "revolut",
    "stripe",
    "transferwise",
    "trezor",
    "trustwallet",
    "walletconnect",
    "wellsfargo",
    "westernunion",
    "zellepay",
];

/// Names that are words, places or a few letters as well: a word about
/// logging in or paying must stand by.
const WORDS: &[&str] = &[
    "amazonpay",
    "amex",
    "apple",
    "applepay",
    "bitfinex",
    "bitpanda",
    "bitstamp",
    "bofa",
    "capitalone",
    "chase",
    "citi",
    "citibank",
    "comdirect",
    "dkb",
    "googlepay",
    "gpt",
    "halifax",
    "hsbc",
    "hsbcnet",
    "ing",
    "interac",
    "intesa",
    "itau",
    "jpmorgan",
    "kraken",
    "kucoin",
    "ledger",
    "lloyds",
    "mollie",
    "n26",
    "natwest",
    "nubank",
    "paypay",
    "postbank",
    "pushtan",
    "rabobank",
    "raiffeisen",
    "santander",
    "skrill",
    "sparkasse",
    "spk",
    "spushtan",
    "squareup",
    "sumup",
    "swish",
    "targobank",
    "twint",
    "twintapp",
    "venmo",
    "visa",
    "visacard",
    "volksbank",
    "wise",
    "zelle",
];

/// Sought words of few letters that hardly anyone else puts as a part into
/// a host.
const RARE: &[&str] = &["amex", "bofa", "dkb", "hsbc", "itau", "n26", "twint"];

/// Whether a short name says enough where it stands between dots and
/// hyphens.
pub(super) fn is_rare_part(name: &str) -> bool {
    RARE.contains(&name)
}

/// Whether a name stands on cards that banks give out.
pub(super) fn is_card(name: &str) -> bool {
    ["visa", "visacard"].contains(&name)
}

/// Whether a name is what quick money is promised with.
pub(super) fn is_craze(name: &str) -> bool {
    name == "gpt"
}

/// Whether no word of any language begins with a short name.
pub(super) fn begins_no_word(name: &str) -> bool {
    name == "amex"
}

/// Whether a short name is a bank's own way to write itself, and no word:
/// one about logging in or paying beside it means the bank.
pub(super) fn is_abbreviation(name: &str) -> bool {
    ["citi", "spk"].contains(&name)
}

/// Whether a name is a town's as well, whose people and shops use it.
pub(super) fn is_place(name: &str) -> bool {
    ["halifax", "santander"].contains(&name)
}

/// Whether a name is what firms call a part of their books as well, behind
/// their own name: payments are “applied” in a “cash app”.
pub(super) fn is_trade_word(name: &str) -> bool {
    name == "cashapp"
}

/// Whether a name means a treasury where a host stands.
pub(super) fn is_native(name: &str, suffix: &str) -> bool {
    let country = suffix.rsplit('.').next().unwrap_or_default();
    name == "trezor"
        && ["ba", "bg", "hr", "me", "mk", "rs", "si"].contains(&country)
}

/// Whether other firms go by a name as well.
pub(super) fn is_shared(name: &str) -> bool {
    ["apple", "chase", "kraken", "swish"].contains(&name) || is_place(name)
}

/// Whether a name is sought and nobody else's.
pub(super) fn is_name(name: &str) -> bool {
    NAMES.binary_search(&name).is_ok()
}

/// Whether a name is sought and a word as well.
pub(super) fn is_word(name: &str) -> bool {
    WORDS.binary_search(&name).is_ok()
}

/// Whether a vendor's further name is a sought word and more: nobody else
/// is called `chaseonline`.
pub(super) fn begins_or_ends(name: &str) -> bool {
    // All names of the directory are asked.
    let edges = [
        name.get(..EDGE),
        name.len().checked_sub(EDGE).and_then(|at| name.get(at..)),
    ];
    if !edges.into_iter().flatten().any(|edge| EDGES.contains(edge)) {
        return false;
    }
    // A visa is a paper too: `visasecure` may be an agency's.
    let sought =
        WORDS.iter().filter(|word| word.len() >= EDGE && **word != "visa");
    sought
        .filter(|word| name.len() > word.len() + 2)
        .any(|word| begins(name, word) || ends(name, word))
}

/// No sought word that a name may begin or end with has fewer letters.
const EDGE: usize = 4;

/// The first letters of the sought words, and the last.
static EDGES: LazyLock<FxHashSet<&str>> = LazyLock::new(|| {
    let long = WORDS.iter().filter(|word| word.len() >= EDGE);
    long.flat_map(|word| [&word[..EDGE], &word[word.len() - EDGE..]]).collect()
});

/// Most names differ in the letter that is looked at first.
fn begins(name: &str, word: &str) -> bool {
    name.as_bytes().first() == word.as_bytes().first()
        && name.starts_with(word)
}

fn ends(name: &str, word: &str) -> bool {
    name.as_bytes().last() == word.as_bytes().last() && name.ends_with(word)
}

/// Words that are one letter away from a sought name.
const ORDINARY: &[&str] = &[
    "admen", "affen", "alama", "alien", "allen", "ammen", "annen", "appen",
    "arabesco", "arren", "aryen", "assen", "atten", "barclay", "bilance",
    "blama", "coinage", "finance", "financed", "flama", "kiara", "klamm",
    "klamp", "klapp", "klara", "klima", "openair", "openal", "opengl",
    "opens", "openssl", "opera", "operai", "parral", "pavonear", "pilpil",
    "reklama", "resolut", "retamas", "revolt", "revolute", "revolve",
    "scribe", "script", "stolpe", "striae", "stride", "strife", "strike",
    "strip", "striped", "striper", "strips", "stript", "stritt", "strive",
    "stulpe", "tremor", "tresor", "trevor", "tripe", "zeile",
];

/// Words and names that are left of a sought name with a letter wrong.
const LEFT: &[&str] =
    &["mastercad", "papal", "pawpal", "payal", "paypa", "paypad", "paypl"];

/// Words, or how they begin, that hold a sought name.
const LONGER: &[&str] = &[
    "interacadem",
    "interacao",
    "interaccess",
    "interacci",
    "interacoust",
    "interaction",
    "interactive",
    "interacts",
    "interactu",
    "misanthropic",
    "openair",
    "philanthropic",
    "pinstripe",
    "reklama",
    "revolutie",
    "revolution",
    "santanderina",
    "santanderino",
    "striped",
    "stripes",
    "trezorier",
    "winterac",
];

/// Whether a slip of a name is a word or a name of its own.
pub(super) fn is_left_word(slip: &str) -> bool {
    LEFT.contains(&slip)
}

/// Whether a host holds a name only as a part of an ordinary word.
pub(super) fn is_within_word(host: &str, name: &str) -> bool {
    LONGER.iter().any(|word| word.contains(name) && host.contains(word))
}

/// Whether a label is an ordinary word, however near it stands to a name.
pub(super) fn is_ordinary(label: &str) -> bool {
    ORDINARY.binary_search(&label).is_ok()
}

#[cfg(test)]
mod tests {
    #[test]
    fn the_lists_are_in_order() {
        assert!(super::NAMES.is_sorted());
        assert!(super::WORDS.is_sorted());
        assert!(super::ORDINARY.is_sorted());
    }
}
