//! Words around a vendor's name in a text that speak as the vendor: to its
//! customers, or under its name.

/// As what a text speaks where it names a vendor.
#[derive(Clone, Copy, Debug, Default, Eq, PartialEq)]
pub(super) struct Voice {
    /// To a customer: "your PayPal account", "cher client PayPal".
    pub(super) addresses: bool,
    /// Under the vendor's name: "the OpenAI team", "© PayPal".
    pub(super) signs: bool,
}

impl Voice {
    /// Adds what another place says; tells how many ways of speaking are new.
    pub(super) fn learn(&mut self, other: Self) -> usize {
        let known = *self;
        self.addresses |= other.addresses;
        self.signs |= other.signs;
        usize::from(self.addresses != known.addresses)
            + usize::from(self.signs != known.signs)
    }
}

/// Whose something is.
const POSSESSIVES: &[&str] = &[
    "dein", "deine", "deinem", "deinen", "ihr", "ihre", "ihrem", "ihren",
    "je", "jouw", "seu", "su", "sua", "suo", "ton", "tu", "tua", "tuo",
    "twoje", "twoj", "twojego", "twojej", "uw", "vos", "votre", "your",
];

/// What a customer has with a vendor.
const HOLDINGS: &[&str] = &[
    "account",
    "accounts",
    "billing",
    "compte",
    "conta",
    "conto",
    "cuenta",
    "konta",
    "konto",
    "kundenkonto",
    "rachunek",
    "rekening",
    "security",
    "service",
    "services",
    "wallet",
];

/// What a vendor calls people.
const PEOPLE: &[&str] = &[
    "client",
    "cliente",
    "clienti",
    "clientes",
    "clients",
    "customer",
    "customers",
    "gebruiker",
    "klant",
    "klanten",
    "kliencie",
    "klient",
    "kunde",
    "kunden",
    "kundin",
    "member",
    "usuario",
    "user",
    "users",
    "utente",
    "utilisateur",
];

/// How a vendor begins a letter.
const GREETINGS: &[&str] = &[
    "apreciado",
    "beste",
    "cara",
    "caro",
    "cher",
    "chere",
    "dear",
    "drogi",
    "estimada",
    "estimado",
    "geachte",
    "geehrte",
    "geehrter",
    "gentile",
    "lieber",
    "liebe",
    "prezada",
    "prezado",
    "szanowny",
    "szanowna",
];

/// Who signs in a vendor's name.
const TEAMS: &[&str] = &[
    "billing",
    "equipe",
    "equipo",
    "kundenservice",
    "security",
    "sicherheitsteam",
    "squadra",
    "support",
    "team",
    "zespol",
];

/// How a letter ends.
const REGARDS: &[&str] = &[
    "atenciosamente",
    "atentamente",
    "cordialement",
    "grussen",
    "gruessen",
    "groet",
    "pozdrawiamy",
    "regards",
    "saluti",
    "saludos",
    "sincerely",
];

/// Small words between a thing and whose it is.
const FILLERS: &[&str] = &[
    "at", "bei", "bij", "chez", "con", "da", "de", "del", "dem", "der", "des",
    "di", "do", "en", "la", "na", "of", "the", "van", "von", "vom", "w",
    "with",
];

/// Reads the words around the name at `start..end` of a folded text.
pub(super) fn of(text: &str, start: usize, end: usize) -> Voice {
    let around = Around::new(&text[..start], &text[end..]);
    Voice { addresses: around.addresses(), signs: around.signs() }
}

/// The words around a name; empty where there are none.
struct Around<'a> {
    /// Those before it, nearest first.
    before: [&'a str; 5],
    /// The text behind it, and its first word.
    after: &'a str,
    next: &'a str,
    /// The nearest word before that says what it is ("compte" of "votre
    /// compte chez PayPal"), and the one before that: whose.
    thing: &'a str,
    whose: &'a str,
}

impl<'a> Around<'a> {
    fn new(text: &'a str, after: &'a str) -> Self {
        let mut before = [""; 5];
        let words = text.split_ascii_whitespace().rev();
        before.iter_mut().zip(words).for_each(|(slot, word)| *slot = word);
        let mut rest = before.iter().copied();
        let thing = rest.find(|word| !FILLERS.contains(word));
        let after = after.trim_start();
        Self {
            before,
            after,
            next: after.split(' ').next().unwrap_or_default(),
            thing: thing.unwrap_or_default(),
            whose: rest.next().unwrap_or_default(),
        }
    }

    fn addresses(&self) -> bool {
        let [nearest, second, ..] = &self.before;
        let greets = GREETINGS.contains(nearest) || GREETINGS.contains(second);
        let is_persons = PEOPLE.contains(&self.next);
        POSSESSIVES.contains(nearest)
            && (HOLDINGS.contains(&self.next) || is_persons)
            || HOLDINGS.contains(&self.thing)
                && POSSESSIVES.contains(&self.whose)
            || is_persons && greets
            || PEOPLE.contains(&self.thing) && GREETINGS.contains(&self.whose)
    }

    fn signs(&self) -> bool {
        let [nearest, second, third, ..] = &self.before;
        let owns = POSSESSIVES.contains(nearest);
        let is_team = TEAMS.contains(&self.next);
        let ends = self.after.len() == self.next.len();
        [nearest, second, third].contains(&&"copyright")
            || self.after.starts_with("all rights reserved")
            || is_team && (ends || owns || ["the", "het"].contains(nearest))
            || ["equipe", "equipo", "team", "zespol"].contains(&self.thing)
            || REGARDS.contains(nearest)
            || REGARDS.contains(second)
            || self.after.is_empty() && owns
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::fold;

    fn voice(text: &str) -> (bool, bool) {
        let folded = fold::text(text);
        let start = folded.find("paypal").unwrap();
        let Voice { addresses, signs } = of(&folded, start, start + 6);
        (addresses, signs)
    }

    #[test]
    fn a_vendor_speaks_to_its_customers() {
        for text in [
            "Your PayPal account is limited",
            "Dear PayPal customer,",
            "Ihr PayPal-Konto wurde gesperrt",
            "Sehr geehrter Kunde von PayPal,",
            "Votre compte PayPal est suspendu",
            "Cher client PayPal",
            "Tu cuenta de PayPal ha sido suspendida",
            "Estimado cliente de PayPal",
            "Il tuo conto PayPal",
            "Uw PayPal-rekening is geblokkeerd",
            "Twoje konto PayPal",
            "Sua conta PayPal foi suspensa",
        ] {
            assert_eq!(voice(text), (true, false), "{text}");
        }
    }

    #[test]
    fn a_vendor_signs() {
        for text in [
            "Regards, the PayPal team",
            "Copyright 2026 PayPal. Your rights",
            "L’équipe PayPal vous remercie",
            "El equipo de PayPal",
            "Het PayPal-team",
            "Zespół PayPal",
            "Call us. PayPal Kundenservice",
            "Mit freundlichen Grüßen Ihr PayPal",
        ] {
            assert_eq!(voice(text), (false, true), "{text}");
        }
    }

    #[test]
    fn a_mention_is_neither() {
        for text in [
            "Pay with PayPal or card",
            "The news about PayPal today",
            "My PayPal account is old",
            "Créez un compte PayPal pour payer",
            "Many PayPal users complain",
            "Your payment by PayPal was received",
        ] {
            assert_eq!(voice(text), (false, false), "{text}");
        }
    }
}
