//! Words that attackers put beside a vendor's name, in the languages they
//! write in.

use super::hashes::{Hashes, hash};
use super::reading::{Reading, Token, letters};
use super::typo::is_typing_error;

/// Words about logging in, paying, securing or recovering: beside a name
/// they mean the vendor.
const TELLING: &str = "
    login logon log-in signin signon sign-in auth authenticate oauth sso
    account accounts acct verify verified verification verifying validate
    validation confirm confirmation secure secured security safe safety
    protect protection support help helpdesk helpcenter service services
    consumer customer customers care center centre billing bill invoice
    pay payment payments paying refund refunds transfer transfers wallet
    card cards bank banking onlinebanking netbank update updates upgrade
    alert alerts notice notification notify recover recovery restore reset
    unlock unlocked locked suspend suspended limit limited restricted
    blocked resolve resolution dispute case ticket claim claims airdrop
    reward rewards bonus gift giveaway promo register registration enroll
    enrollment activate activation identity kyc password passcode pin otp
    code token session access portal profile settings user users client
    clients member members team office official admin checkout deposit
    withdraw exchange trade trading invest investment credit debit crypto
    coin bitcoin nft swap connection extension chrome download install
    setup start suite desktop hardware firmware phrase seed staking stake
    interac etransfer remittance loan loans email sms konto konten
    anmeldung anmelden einloggen kunde kunden kundenservice kundendienst
    kundencenter sicherheit sicher bestaetigung bestaetigen verifizierung
    verifizieren zahlung zahlungen rechnung rechnungen hilfe
    aktualisierung aktualisieren freischaltung pushtan phototan
    ueberweisung datenschutz compte connexion securite paiement facture
    espace verifier virement authentification mise remboursement
    assistance cuenta cuentas acceso seguridad seguro cliente clientes
    pago pagos factura ingreso ingresar verificar verificacion ayuda
    soporte banca enlinea actualizar actualizacion bloqueo tarjeta
    tarjetas particulares empresas empresa atencion clave accesso
    sicurezza clienti pagamento pagamenti fattura conto verifica aggiorna
    aggiornamento assistenza servizio servizi carta carte conta contas
    acesso seguranca atendimento fatura boleto cartao cartoes modulo
    pontos resgate resgatar suporte ajuda cadastro validar desbloqueio
    atualizar atualizacao internetbanking empresarial inloggen rekening
    betaling betalen veilig beveiliging klant klantenservice verificatie
    factuur logowanie platnosc platnosci bezpieczenstwo bezpieczny pomoc
    weryfikacja klient obsluga faktura potwierdz kaart hesap giris
    guvenlik odeme vhod oplata podderzhka zerkalo ssylka onion darknet
    web3 dapp dapps defi trust trusted trusts revenue tax taxes gst agency
    agence federal consent device 2fa tan tans chiptan webservice psd2
    legitimation umstellung blockierung sperrung sperre entsperren
    formular freigabe genehmigung erneuerung erneuern verlaengerung
    reaktivierung identification identify particulier particuliers
    recuperation remise recu depot fonds consignado financeiro financeira
    financiamento financiamentos emprestimo cobranca itoken 30horas 30hs
    30h gateway offer offers unclaimed claimed sec secu secur verif verifi
    onlinesign comprovante negocios personalidade personalidades enligne
    pruefung pruefen nachweis schutz sicherung
    rueckerstattung erstattung gutschrift antrag revisao revisar
    recuperar recuperacao recuperacion atualiza actualiza confirma
    confirmar confirmacao confirmacion desbloquear liberacao senha
    reembolso reembolsos devolucion beneficio beneficios premio premios
    cupom sorteio sorteo seguros documentos prepago prepaid
    process processing assist helpline hotline compliance sync
    merchant merchants cashback giftcard investing investor
    investimentos technology bonifico rimborso sblocco attivazione
    attivare activer przelew zwrot karta dostep banco banque bnk
    indenizacao indeniza noreply donotreply ebank ebanking protected
    supports funds mint minting bk push verfahren vault blockchain
    kreditbank id aktivierung aktivierungs wiederherstellen
    wiederherstellung zmiana hasla haslo documentos iota tx charges
";

/// Those among them that no shop and no partner would put there.
const PRESSING: &str = "
    login logon signin signon authenticate oauth sso account accounts acct
    verify verified verification verifying validate validation confirm
    confirmation secure secured security protect support helpdesk update
    updates alert alerts recover recovery restore reset unlock unlocked
    locked suspend suspended limited restricted blocked resolve resolution
    dispute claim claims airdrop giveaway registration enroll activate
    activation kyc password passcode otp refund refunds billing webscr
    onlinebanking netbank anmeldung anmelden einloggen sicherheit
    kundenservice kundencenter bestaetigung bestaetigen verifizierung
    verifizieren freischaltung pushtan aktualisierung connexion securite
    verifier authentification remboursement acceso seguridad verificar
    verificacion actualizar actualizacion bloqueo accesso sicurezza
    verifica aggiorna aggiornamento acesso seguranca atendimento validar
    desbloqueio atualizar atualizacao resgatar cadastro inloggen veilig
    beveiliging verificatie logowanie bezpieczenstwo weryfikacja potwierdz
    guvenlik vhod web3 dapp dapps 2fa tan tans chiptan psd2 legitimation
    umstellung blockierung sperrung sperre entsperren freigabe genehmigung
    erneuerung erneuern verlaengerung reaktivierung identification
    identify recuperation sec secu secur verif verifi onlinesign noreply
    donotreply ebanking protected supports
";

/// Words that say little, but that no vendor's name begins or ends with.
const PLAIN: &str = "
    www web http https ssl com net org io co app apps api cdn dev test
    beta demo docs info site page pages host hosting server cloud online
    my mein mon mi meu il the get go try use join new now live pro plus
    prime premium vip business corp group global world international
    europe eu us usa uk de fr es it nl pl br au ca in jp en eng ai bot
    chat gpt store shop market link click find choose view agree blue
    summary cl ww home main index start fast quick easy express direct
    first one digital smart free best top real original learn guide about
    news blog events event tips data media id ios android windows mac pc
    www1 www2 phone tel call center team jobs career careers academy
    school lounge connect share send receive request review check report
    status a an and for from to of on at by with your our der die das und
    fuer zu le la les el los mail message mobi mobile device bridge casino
    bet cc n brasil brazil mexico canada private personal retail capital
    financial finance operations concepts naweb grupo gruppo groupe gruppe
    plc ltd inc llc gmbh intl nano information informationen infos anlage
    internet dashboard mobil overview tech system software platform m
    deutsche pt dark kra deutschland france central cash
";

/// Words that say less than the pressing ones, but that attackers write
/// wrong as often.
const OFTEN_MISSPELT: &str = "banking kunden processing verify";

/// Words that are one letter away from a pressing one.
const OTHER_WORDS: &str = "
    backing baking balking banging barking basking bilking billig billige billion boiling canastro catastro conform conforme
    procession project projected projects protest protests remover renover verily
    veridica verity versify
    resorte retoure revolution revolve
";

/// What stands behind a sponsor's name on a building.
const VENUES: &[&str] =
    &["amphitheatre", "arena", "center", "centre", "stadium", "theatre"];

/// Where travellers ask for papers.
const OFFICES: &[&str] = &[
    "agency", "center", "centers", "centre", "centres", "consular", "office",
    "service", "services", "support",
];

/// What the letters around a name say.
#[derive(Clone, Copy, Debug, Default, Eq, Ord, PartialEq, PartialOrd)]
pub(super) enum Beside {
    /// Letters that are no word of the lists.
    Unknown,
    /// Nothing.
    #[default]
    Nothing,
    /// Digits and plain words.
    Plain,
    /// A word about paying, accounts, help.
    Telling,
    /// A word about logging in, confirming, securing.
    Pressing,
}

/// The words, by hash of how they read.
#[derive(Clone, Debug)]
pub(super) struct Keywords {
    words: Hashes,
    /// The pressing words of some length.
    missed: Vec<Box<[u8]>>,
    /// The same, by what is left of them without one letter.
    misspelt: Hashes,
}

const IS_PLAIN: u32 = 0;
const IS_TELLING: u32 = 1;
const IS_PRESSING: u32 = 2;
const LONGEST: usize = 18;
/// Shorter words are too near to others.
const SHORTEST_MISSPELT: usize = 7;
/// What is left of the shortest that is often misspelt.
const SHORTEST_PART: usize = 5;

/// Calls `each` with the hash of the letters and of the letters without
/// each one.
fn without_one(letters: &[u8], mut each: impl FnMut(u32)) {
    each(hash(letters.iter().copied()));
    for skip in 0..letters.len() {
        let (before, after) = (&letters[..skip], &letters[skip + 1..]);
        each(hash(before.iter().chain(after).copied()));
    }
}

impl Keywords {
    pub(super) fn new() -> Self {
        let rows: Vec<(u32, u32)> = [
            (PLAIN, IS_PLAIN),
            (TELLING, IS_TELLING),
            (PRESSING, IS_PRESSING),
        ]
        .into_iter()
        .flat_map(|(list, kind)| {
            list.split_whitespace()
                .map(move |word| (hash(letters(word)), kind))
        })
        .collect();
        let words = PRESSING
            .split_whitespace()
            .filter(|word| word.len() >= SHORTEST_MISSPELT)
            .chain(OFTEN_MISSPELT.split_whitespace());
        let missed: Vec<Box<[u8]>> =
            words.map(|word| letters(word).collect()).collect();
        let mut misspelt = Vec::new();
        for (number, word) in (0..).zip(&missed) {
            without_one(word, |hash| misspelt.push((hash, number)));
        }
        Self {
            words: Hashes::new(&rows),
            misspelt: Hashes::new(&misspelt),
            missed,
        }
    }

    /// What one part of a host says by itself.
    pub(super) fn word(&self, letters: &[u8]) -> Option<Beside> {
        if letters.len() > LONGEST {
            return None;
        }
        self.words.get(hash(letters.iter().copied())).max().map(|kind| {
            match kind {
                IS_PRESSING => Beside::Pressing,
                IS_TELLING => Beside::Telling,
                _ => Beside::Plain,
            }
        })
    }

    /// Whether a part of a host is a pressing word with one letter wrong,
    /// missing or too many, but for its first: `suppors`, `veriffy`. Who
    /// writes so has reasons.
    pub(super) fn is_misspelt(&self, part: &[u8]) -> bool {
        if !(SHORTEST_PART..=LONGEST).contains(&part.len()) {
            return false;
        }
        let mut found = false;
        without_one(part, |hash| {
            found |= self.misspelt.get(hash).any(|number| {
                let word = &self.missed[number as usize];
                word[0] == part[0] && is_typing_error(word, part)
            });
        });
        let mut others = OTHER_WORDS.split_whitespace();
        found
            && self.word(part).is_none()
            && !others.any(|word| letters(word).eq(part.iter().copied()))
    }

    /// What a range of a host says: every part of it must be a number or
    /// made of the words.
    pub(super) fn beside(&self, reading: &Reading, range: Token) -> Beside {
        let mut said = Beside::Nothing;
        let mut start = range.start;
        while start < range.end {
            let end = (start + 1..range.end)
                .find(|i| reading.is_edge(*i))
                .unwrap_or(range.end);
            match self.written_part(reading, Token { start, end }) {
                Beside::Unknown => return Beside::Unknown,
                part => said = said.max(part),
            }
            start = end;
        }
        said
    }

    /// As [`part`](Self::part); a misspelt word tells as the word does.
    fn written_part(&self, reading: &Reading, part: Token) -> Beside {
        match self.part(reading, part) {
            Beside::Unknown
                if self
                    .is_misspelt(&reading.letters()[part.start..part.end]) =>
            {
                Beside::Telling
            }
            said => said,
        }
    }

    /// Cuts a part without edges into numbers and words, the most telling
    /// way.
    fn part(&self, reading: &Reading, part: Token) -> Beside {
        let length = part.end - part.start;
        if length > 40 {
            return Beside::Unknown;
        }
        // What the letters up to a place can say; unknown where no words
        // end there.
        let mut said = [Beside::Unknown; 41];
        said[0] = Beside::Plain;
        for from in 0..length {
            if said[from] == Beside::Unknown {
                continue;
            }
            for to in from + 1..=length.min(from + LONGEST) {
                let range =
                    Token { start: part.start + from, end: part.start + to };
                let letters = &reading.letters()[range.start..range.end];
                // Few letters say little inside others: `idea`, `mites`.
                let few = letters.len() < 3 && letters.len() < length;
                let word = if reading.is_numbered(range) {
                    Some(Beside::Plain)
                } else if few {
                    self.word(letters)
                        .filter(|_| *letters != *b"m")
                        .map(|said| said.min(Beside::Plain))
                } else {
                    self.word(letters)
                };
                if let Some(word) = word {
                    said[to] = said[to].max(word).max(said[from]);
                }
            }
        }
        said[length]
    }

    /// Whether a word of four letters or more stands anywhere in a
    /// range.
    pub(super) fn holds(&self, reading: &Reading, range: Token) -> bool {
        let letters = &reading.letters()[range.start..range.end];
        let length = letters.len().min(64);
        (0..length).any(|from| {
            (from + 4..=length.min(from + LONGEST))
                .any(|to| self.word(&letters[from..to]).is_some())
        })
    }

    /// Whether a telling word of five letters or more stands in any part of
    /// a host outside a range, whatever else stands there.
    pub(super) fn hint(&self, reading: &Reading, but: Token) -> bool {
        outside(reading, but).any(|part| self.tells(reading, part))
    }

    /// Whether all that tells in a host outside a range is where travellers
    /// ask for papers: `visa-center.example`.
    pub(super) fn is_office(&self, reading: &Reading, but: Token) -> bool {
        outside(reading, but).filter(|part| self.tells(reading, *part)).all(
            |part| {
                let written = &reading.letters()[part.start..part.end];
                OFFICES
                    .iter()
                    .any(|word| letters(word).eq(written.iter().copied()))
            },
        )
    }

    /// Whether a telling word of five letters or more stands anywhere in a
    /// range.
    pub(super) fn tells(&self, reading: &Reading, range: Token) -> bool {
        let letters = &reading.letters()[range.start..range.end];
        (0..letters.len()).any(|from| {
            let rest = &letters[from..];
            (5..=rest.len().min(LONGEST))
                .any(|end| self.word(&rest[..end]) >= Some(Beside::Telling))
        })
    }

    /// The most telling whole part of a host outside a range.
    pub(super) fn elsewhere(&self, reading: &Reading, but: Token) -> Beside {
        outside(reading, but)
            .map(|t| match self.part(reading, t) {
                Beside::Unknown
                    if self
                        .is_misspelt(&reading.letters()[t.start..t.end]) =>
                {
                    Beside::Pressing
                }
                said => said,
            })
            .filter(|said| *said != Beside::Unknown)
            .max()
            .unwrap_or(Beside::Nothing)
    }
}

/// Whether letters are a kind of building: what stands before it is its
/// sponsor's name, and anybody writes about it.
pub(super) fn is_venue(written: &[u8]) -> bool {
    VENUES.iter().any(|venue| letters(venue).eq(written.iter().copied()))
}

/// Words of quick money.
const QUICK_MONEY: &[&str] = &[
    "bitcoin",
    "crypto",
    "invest",
    "investment",
    "trade",
    "trading",
    "wallet",
    "worldcoin",
];

/// Whether a part of a host is a word of quick money.
pub(super) fn tempts(reading: &Reading) -> bool {
    reading.tokens().iter().any(|part| {
        let written = &reading.letters()[part.start..part.end];
        QUICK_MONEY
            .iter()
            .any(|word| letters(word).eq(written.iter().copied()))
    })
}

/// Whether letters end as a bank's pages for a country do: `br`, `netpt`.
pub(super) fn ends_in_country(written: &[u8]) -> bool {
    let country = written.last_chunk::<2>();
    country.is_some_and(|two| {
        [b"br", b"jp", b"mx", b"pt", b"uk", b"us"].contains(&two)
    })
}

/// The parts of a host outside a range.
fn outside(reading: &Reading, but: Token) -> impl Iterator<Item = Token> {
    let parts = reading.tokens().iter().copied();
    parts.filter(move |t| t.end <= but.start || t.start >= but.end)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::host::Host;

    fn beside(label: &str) -> Beside {
        let host = Host::parse(&format!("{label}.example")).unwrap();
        let reading = Reading::of(&host).unwrap();
        let end = reading.letters().len();
        Keywords::new().beside(&reading, Token { start: 0, end })
    }

    #[test]
    fn words_are_known_glued_hyphenated_and_numbered() {
        assert_eq!(beside("login"), Beside::Pressing);
        assert_eq!(beside("my-account24"), Beside::Pressing);
        assert_eq!(beside("kundenhilfe"), Beside::Telling);
        assert_eq!(beside("www2"), Beside::Plain);
        assert_eq!(beside("376259"), Beside::Plain);
        assert_eq!(beside("login-rhubarb"), Beside::Unknown);
    }
}
