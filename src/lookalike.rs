//! Lookalike hosts: which vendor's name a host imitates, and how.
//!
//! Every host is read once as the letters it looks like (`reading`), then
//! looked up in indexes that were built once, so that the cost does not grow
//! with the directory: no loop over the vendors.
//!
//! | class | example, for `acmepay.com` |
//! |---|---|
//! | `confusable` | `аcmepay.com` with a Cyrillic а |
//! | `homoglyph` | `acrnepay.com`, `acmepaу1.com` |
//! | `other-suffix` | `acmepay.top` |
//! | `hyphens-moved` | `acme-pay.com` |
//! | `dots-moved` | `acme.pay.com` |
//! | `missing-dot` | `acmepaycom.net`, `wwwacmepaycom.net` |
//! | `embedded-domain` | `acmepay.com.evil.net`, `acmepay-com.net` |
//! | `keyword` | `acmepay-login.com`, `kontoacmepay.com` |
//! | `glued` | `acmepayrhubarb.com` |
//! | `subdomain` | `acmepay.evil.net` |
//! | `tenant` | `acmepay-rhubarb.pages.dev` |
//! | `plural` | `acmepays.com` |
//! | `sounds-alike` | `ackmepey.com` |
//! | `typo-omitted` | `acmpay.com` |
//! | `typo-doubled` | `accmepay.com` |
//! | `typo-inserted` | `acmekpay.com` |
//! | `typo-swapped` | `amcepay.com` |
//! | `typo-moved` | `cmepaay.com` |
//! | `typo-vowel` | `acmapay.com` |
//! | `typo-keyboard` | `acmrpay.com` |
//! | `typo-bit-flip` | `acmeqay.com` |
//! | `typo-replaced` | `acmezay.com` |
//! | `typo-pair` | `acmezzy.com` |

mod domains;
mod hashes;
mod inside;
mod keys;
mod keywords;
mod marks;
mod reading;
mod rules;
mod sought;
mod sound;
mod suffixes;
mod typo;
mod weight;

use hashes::{Hashes, hash};
use reading::Reading;
use rules::Likeness;

use crate::directory::{Directory, VendorId};
use crate::host::Host;
use crate::verdict::Level;

/// Networks, and services of firms for their own staff, customers and
/// applicants, that carry a vendor's own name inside theirs.
const INFRASTRUCTURE: &[&str] = &[
    "akadns.net",
    "akamaiedge.net",
    "akamaized.net",
    "ampproject.org",
    "avature.net",
    "bamboohr.com",
    "cdn.cloudflare.net",
    "cloudflare.net",
    "custhelp.com",
    "cvent.com",
    "discoursemail.com",
    "dkimwl.org",
    "edgekey.net",
    "edgesuite.net",
    "eightfold.ai",
    "icims.com",
    "myworkdayjobs.com",
    "ntp.org",
    "personio.com",
    "personio.de",
    "qualtrics.com",
    "recruitee.com",
    "service-now.com",
    "successfactors.com",
    "taleo.net",
    "teamtailor.com",
    "trafficmanager.net",
];

/// A host that imitates a vendor's.
#[derive(Clone, Debug, PartialEq)]
pub struct Lookalike {
    /// Whose name it imitates.
    pub vendor: VendorId,
    /// How: one of the classes listed for the module.
    pub class: &'static str,
    /// What the likeness weighs when the host is judged alone; never danger.
    pub level: Level,
    /// The vendor's host to compare it with.
    pub real: String,
    /// The character ranges of [`Host::unicode`] that differ.
    pub marks: Vec<u32>,
}

/// Finds lookalikes at a cost that does not grow with the directory.
#[derive(Clone, Debug)]
pub struct Index {
    keys: Vec<keys::Key>,
    exact: Hashes,
    inside: inside::Inside,
    typos: typo::Typos,
    sounds: sound::Sounds,
    domains: domains::Domains,
    keywords: keywords::Keywords,
}

impl Index {
    /// Indexes the names and hosts of all vendors.
    #[must_use]
    pub fn new(directory: &Directory) -> Self {
        let keys = keys::all(directory);
        let exact: Vec<(u32, u32)> = (0..)
            .zip(&keys)
            .map(|(number, key)| (hash(key.letters.iter().copied()), number))
            .collect();
        Self {
            exact: Hashes::new(&exact),
            inside: inside::Inside::new(&keys),
            typos: typo::Typos::new(&keys),
            sounds: sound::Sounds::new(&keys),
            domains: domains::Domains::new(directory),
            keywords: keywords::Keywords::new(),
            keys,
        }
    }

    /// The vendor that `host` imitates. A host that the directory knows is
    /// nobody's lookalike: call this for the others.
    #[must_use]
    pub fn judge(
        &self,
        directory: &Directory,
        host: &Host,
    ) -> Option<Lookalike> {
        let reading = Reading::of(host)?;
        let found = rules::judge(self, directory, &reading, host)?;
        if INFRASTRUCTURE.contains(&host.registrable())
            || INFRASTRUCTURE.contains(&host.suffix())
        {
            return None;
        }
        let member = directory.is_in_family(host, found.vendor);
        // A tenant is not the vendor that owns the service.
        let sends = if host.is_tenant() {
            directory.names_below(host, host.suffix())
        } else {
            directory.sender(host).is_some()
        };
        if member && !found.presses || sends {
            return None;
        }
        let Likeness { vendor, class, level, real, .. } = found;
        let real = real
            .unwrap_or_else(|| closest(directory, vendor, host).to_owned());
        let marks = marks::between(&host.unicode(), &real);
        Some(Lookalike { vendor, class, level, real, marks })
    }

    /// The name that reads as exactly these letters.
    fn named(&self, letters: &[u8]) -> Option<&keys::Key> {
        self.exact
            .get(hash(letters.iter().copied()))
            .map(|number| &self.keys[number as usize])
            .find(|key| *key.letters == *letters)
    }
}

/// Whether a host stands under a suffix that a company would hardly choose
/// for its home.
pub(crate) fn has_odd_suffix(host: &Host) -> bool {
    suffixes::is_odd(host)
}

/// The vendor's domain that is most like a host: one under the same suffix
/// whose label stands in it, or its home.
fn closest<'d>(
    directory: &'d Directory,
    vendor: VendorId,
    host: &Host,
) -> &'d str {
    let vendor = directory.vendor(vendor);
    let text = host.ascii();
    let holds = |domain: &&String| {
        let label = domain
            .strip_suffix(host.suffix())
            .and_then(|label| label.strip_suffix('.'));
        label.is_some_and(|label| text.contains(label))
    };
    vendor.domains.iter().find(holds).map_or(vendor.home(), String::as_str)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::directory::Vendor;

    fn directory() -> Directory {
        let vendor = |name: &str, kind: &str, domain: &str| Vendor {
            id: name.to_lowercase(),
            name: name.to_owned(),
            kind: kind.to_owned(),
            domains: vec![domain.to_owned()],
            ..Vendor::default()
        };
        let mut directory = Directory::default();
        directory.add(vendor("Acmepay", "own", "acmepay.com"));
        directory.add(vendor("Rhubarbank", "bank", "rhubarbank.de"));
        let mut word = vendor("Wise", "remittance", "wise.com");
        word.words = vec!["Wise".to_owned()];
        directory.add(word);
        directory
    }

    fn judge(host: &str) -> Option<Lookalike> {
        let directory = directory();
        let host = Host::parse(host).unwrap();
        Index::new(&directory).judge(&directory, &host)
    }

    #[test]
    fn each_class_is_found() {
        for (host, class) in [
            ("аcmepay.com", "confusable"), // Cyrillic а
            ("acrnepay.com", "homoglyph"),
            ("acmepay.top", "other-suffix"),
            ("acme-pay.com", "hyphens-moved"),
            ("acme.pay.com", "dots-moved"),
            ("acmepay.com.evil.net", "embedded-domain"),
            ("acmepay-com.net", "embedded-domain"),
            ("acmepay-login.com", "keyword"),
            ("kontoacmepay.com", "keyword"),
            ("acmepayrhubarb.com", "glued"),
            ("acmepay.evil.net", "subdomain"),
            ("acmepay-rhubarb.pages.dev", "tenant"),
            ("acmepays.com", "plural"),
            ("acmpay.com", "typo-omitted"),
            ("akmepei.com", "sounds-alike"),
            ("rhubarbank-login.com", "keyword"),
            ("wise-login.com", "keyword"),
            ("wise.com.evil.net", "embedded-domain"),
        ] {
            let found = judge(host).unwrap_or_else(|| panic!("{host}"));
            assert_eq!((found.class, found.level), (class, Level::Caution));
        }
    }

    #[test]
    fn words_and_strangers_stay_silent() {
        for host in [
            "rhubarb.example",
            "penny-wise.example",
            "likewise.com",
            "wisely.example",
            "acmespray.com",
            "rhubarb.bank.example",
            "192.0.2.7",
            "com",
        ] {
            let level = judge(host).map_or(Level::None, |l| l.level);
            assert!(level < Level::Caution, "{host}");
        }
    }

    /// The level of a host beside the built-in directory.
    fn judge_builtin() -> impl Fn(&str) -> Level {
        let directory = Directory::builtin();
        let index = Index::new(&directory);
        move |name: &str| {
            let host = Host::parse(name).unwrap();
            index.judge(&directory, &host).map_or(Level::None, |l| l.level)
        }
    }

    #[test]
    fn names_that_are_words_need_something_beside_them() {
        let level = judge_builtin();
        for attack in [
            // A copy of an onion service's address.
            "kraken4rhubarb7x2quince5plum3damson6sloe.example",
            "kraken35.com",
            "ledger-rhubarb.cc",
            "web3ledger.com",
            "ledger.live-rhubarb.com",
            "update-account.paypol.rhubarb.com",
            "pypal-konto.rhubarb.com",
            "support.paypel.rhubarb.com",
            "itau24rhubarb.com.br",
            "interac301.top",
            "trustinterac-transfer.com",
            "santanderconsumerrusa.com",
            "americanexpres-rhubarb.com",
            "phototan-rhubarb.de",
            "spk-legitimation-rhubarb.com",
            "chase-verifyy.rhubarb.com",
            "id-chase.com",
            // Letters that read as one, but belong to two words.
            "santandernaweb.com",
            "rhubarb.hsbclogin.com",
            "wwwsantanderrhubarb.com",
            "santanderquin.com",
            "ledger.com7263541.info",
            "ledger.com.pl",
            "ledger.rhubarbwallets.com",
            "hsbc.rhubarb.co.jp",
            "postbank.rhubarb.mx",
            "comdirect-rhubarb.de",
            "kraken2026.cc",
            "gpt-airdrop.com",
            "quincehsbcplum.com",
            "venmo-rhubarb.pages.dev",
            "metamaks-rhubarb.com",
            "americanexprizz.rhubarb.com",
            "trust-walletquince.com",
            "pypal-rhubarb.info",
            "pypal.fr",
        ] {
            assert_eq!(level(attack), Level::Caution, "{attack}");
        }
        for honest in [
            "kraken.rhubarb.com",
            "santander-rhubarb.es",
            "ledger-rhubarb.org",
            "rhubarbledger.com",
            "chase-rhubarb.com",
            "spk-rhubarb.de",
            "interacting-rhubarb-and-quince-for-children2.com",
            "strike-account.com",
            "cardenal.tv",
            "santander-arena.com",
            "rhubarb.trezor.rs",
            "rhubarbpaycashapp.com",
            "kraken2026.at",
            "gpt-rhubarb.com",
            "visa-giftcards.com",
            "ledger.rhubarb.com",
            "rhubarbsantander.com",
            "raiffeisen.rhubarb.ch",
            "twint.rhubarb.ch",
            "halifax.com.pl",
            "americanexpat.rhubarb.com",
        ] {
            assert!(level(honest) < Level::Caution, "{honest}");
        }
    }

    #[test]
    fn names_written_wrong_are_found_and_words_like_them_are_not() {
        let level = judge_builtin();
        for attack in [
            // Two errors in a long name; one in a name beside plain words.
            "arnericannexpress.rhubarb.com",
            "wwwamericanexpredd.com",
            "americanexpre.rhubarb",
            "mycoinbse.com",
            "quincepaypaiplum.com",
            "google-pay-rhubarb.com",
            "amazon-payments-rhubarb.com",
            "dkb-anlage-info.de",
            "citi-rewards.info",
            "spk-kundenkonto.top",
            "bofaverify.com",
            "citi4-protect.com",
            "quincedepositinteracplum.com",
            "visa-co-jp.rhubarb.com",
            "chase-supportt.net",
        ] {
            assert_eq!(level(attack), Level::Caution, "{attack}");
        }
        for honest in [
            // Other companies and words.
            "deutschebahn-rhubarb.com",
            "mypaypad.com",
            "thebarclay.com",
            "barclayglobal.com",
            "openalrhubarb.com",
            "interactiondeposits.com",
            "winteractivitysupport.com",
            "visa24cards.com",
            "citi-garden.com",
            "spk-kunden-rhubarb.de",
            "project-chase.rhubarb.com",
            "chase-revolution.com",
            "allen.com",
            "trevor.com",
            "revolutie-rhubarb.nl",
            "philanthropic-rhubarb.com",
            "papal-rhubarb.com",
            "payal-rhubarb.com",
        ] {
            assert!(level(honest) < Level::Caution, "{honest}");
        }
    }

    #[test]
    fn short_names_and_words_alarm_by_what_only_attackers_put_there() {
        let level = judge_builtin();
        for attack in [
            // Copies under a number; a suffix of stalls or throwaways.
            "kraken77.shop",
            "kraken7kraken8.com",
            "amexquince.top",
            "amexquince.rhubarb.com",
            "interacquince.top",
            "barclayxyz.top",
            "metamskquince.online",
            "charges-chase.top",
            "www.ledger.rhubarb.com",
            // A card beside a bank, or on a domain that a program made up.
            "sparkasse.visa-rhubarb.com",
            "visa-rhubarb.qzfk7.com",
            "visa.xdqv24.top",
            "trustvisacard.com",
            // A craze and quick money.
            "gpt-bitcoin-rhubarb.com",
            "rhubarb-gpt-app.com",
            // A bank's sign and a word of banking.
            "citi-unlock-id.com",
            "id-citi.info",
            "spk-push.icu",
            "sicherung-pushtan.com",
            "hsbc-groupe.fr",
            "itau3-suporte.tk",
            // Long names.
            "rhubarbsantanderbr.com",
            "santandernetuk.com",
            "capital-onehelp.com",
            "natwestguide.com",
            "dkbkunden.rhubarb.com",
            "qsantanderz.com",
            "santanderbakn.com",
        ] {
            assert_eq!(level(attack), Level::Caution, "{attack}");
        }
        for honest in [
            "kraken77.ru",
            "amexquince.com",
            "barclayhomes.london",
            "barclay-quince.com",
            "visa-rhubarb.tourbus.com",
            "visa.quince24.ru",
            "visa-center.kdmqd.ru",
            "visa.rhubarb.top",
            "rhubarbgpt-app.com",
            "gpt-rhubarb-quince.com",
            "rhubarb-gpt-1.vercel.app",
            "citi-cleaning-services.com",
            "spk-client.com",
            "spk-invoice-rhubarb.de",
            "mites-chase.com",
            "wise-basking.com",
            "amex-rhubarb.de",
            "ledger.www.com",
            "www.wise.rhubarb.com",
            "www.kraken.rhubarb.edu",
            "santanderrhubarbes.es",
            "support.ledgerrhubarb.com",
        ] {
            assert!(level(honest) < Level::Caution, "{honest}");
        }
    }

    #[test]
    fn the_difference_is_marked_against_the_real_host() {
        let found = judge("acmepay-login.com").unwrap();
        assert_eq!(found.real, "acmepay.com");
        assert_eq!(found.marks, [7, 13]);
    }
}
