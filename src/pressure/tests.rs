use super::*;

fn kinds(text: &str) -> Vec<&'static str> {
    let found = find(&crate::fold::text(text));
    found.iter().map(|pressure| pressure.kind).collect()
}

/// What each text presses with, among other things.
const TEXTS: &[(&str, &str)] = &[
    ("urgency", "Please confirm your details within 24 hours."),
    ("suspension", "We have temporarily limited your account."),
    ("payment", "Your last payment was declined by the bank"),
    ("password", "Enter your password below to go on"),
    ("api-key", "Rotate your leaked API key through this page"),
    ("one-time-code", "Reply with the verification code we sent"),
    ("seed-phrase", "Enter the 24 words of your wallet"),
    ("card", "Please update your credit card"),
    ("gift-card", "I need you to buy some Apple gift cards"),
    ("call-back", "Did you not order this? Call us at +1 (555) 010 0199"),
    ("bank-change", "Our bank details have changed, use the new ones"),
    ("reward", "You have been selected to win a prize"),
    ("remote-access", "Our technician will ask you to install AnyDesk"),
    ("crypto-transfer", "Move your funds to a safe wallet immediately"),
    ("urgency", "Bitte handeln Sie umgehend, letzte Mahnung"),
    ("suspension", "Wir haben Ihr Konto vorsorglich gesperrt"),
    ("payment", "Ihre Zahlung ist leider fehlgeschlagen"),
    ("password", "Bitte geben Sie Ihr Passwort ein"),
    ("api-key", "Bitte bestätigen Sie Ihren API-Schlüssel"),
    ("one-time-code", "Geben Sie die TAN ein, die Sie erhalten"),
    ("seed-phrase", "Geben Sie Ihre Wiederherstellungsphrase ein"),
    ("card", "Hinterlegen Sie Ihre Kreditkarte neu"),
    ("gift-card", "Kannst du bitte Geschenkkarten kaufen?"),
    ("call-back", "Rufen Sie sofort unsere Hotline an"),
    ("bank-change", "Unsere Bankverbindung hat sich geändert"),
    ("reward", "Herzlichen Glückwunsch, Sie haben ein iPhone gewonnen"),
    ("remote-access", "Laden Sie AnyDesk für unseren Techniker herunter"),
    ("crypto-transfer", "Senden Sie Bitcoin an diese sichere Adresse"),
    ("urgency", "Sans réponse sous 48 heures, des frais s’appliquent"),
    ("suspension", "Votre compte a été suspendu"),
    ("payment", "Le paiement de votre facture a été refusé"),
    ("password", "Saisissez votre mot de passe"),
    ("api-key", "Renouvelez votre clé API"),
    ("one-time-code", "Communiquez le code de vérification"),
    ("seed-phrase", "Saisissez votre phrase de récupération"),
    ("card", "Veuillez mettre à jour votre carte bancaire"),
    ("gift-card", "Peux-tu acheter des cartes cadeaux ?"),
    ("call-back", "Appelez immédiatement notre service client"),
    ("bank-change", "Nos coordonnées bancaires ont changé"),
    ("reward", "Félicitations, vous avez été tiré au sort : un iPhone"),
    ("urgency", "Responda en las próximas 24 horas"),
    ("suspension", "Su cuenta ha sido bloqueada"),
    ("payment", "Su pago ha sido rechazado"),
    ("password", "Introduzca su contraseña"),
    ("api-key", "Confirme su clave API"),
    ("one-time-code", "Envíe el código de verificación"),
    ("seed-phrase", "Introduzca su frase de recuperación"),
    ("card", "Actualice su tarjeta de crédito"),
    ("call-back", "Llame de inmediato a atención al cliente"),
    ("bank-change", "Nuestros datos bancarios han cambiado"),
    ("reward", "¡Felicidades! Ha ganado un premio"),
    ("urgency", "Agisci subito: ultimo avviso"),
    ("suspension", "Il tuo conto è stato sospeso"),
    ("payment", "Il pagamento non è andato a buon fine"),
    ("password", "Inserisci la password"),
    ("api-key", "Conferma la chiave API"),
    ("one-time-code", "Comunicaci il codice di verifica"),
    ("seed-phrase", "Inserisci la frase di recupero"),
    ("card", "Aggiorna la tua carta di credito"),
    ("call-back", "Chiami subito il numero verde"),
    ("bank-change", "Le nostre coordinate bancarie sono cambiate"),
    ("reward", "Complimenti, hai vinto un premio"),
    ("urgency", "Regularize seu cadastro em até 24 horas"),
    ("suspension", "Seu acesso foi bloqueado"),
    ("payment", "Sua fatura está vencida"),
    ("password", "Digite sua senha de 6 dígitos"),
    ("api-key", "Confirme sua chave de API"),
    ("one-time-code", "Informe o código de verificação"),
    ("seed-phrase", "Digite sua frase de recuperação"),
    ("card", "Confirme os dados do cartão"),
    ("call-back", "Ligue imediatamente para a central"),
    ("bank-change", "Nossos dados bancários mudaram"),
    ("reward", "Seus pontos expiram, resgate agora"),
    ("urgency", "Laatste waarschuwing: reageer direct"),
    ("suspension", "Uw rekening is geblokkeerd"),
    ("payment", "Uw betaling is mislukt"),
    ("password", "Vul uw wachtwoord in"),
    ("api-key", "Bevestig uw API-sleutel"),
    ("one-time-code", "Geef de verificatiecode door"),
    ("seed-phrase", "Voer uw herstelzin in"),
    ("card", "Vervang uw bankpas"),
    ("call-back", "Bel direct onze helpdesk"),
    ("bank-change", "Ons rekeningnummer is gewijzigd"),
    ("reward", "Gefeliciteerd, u heeft een prijs gewonnen"),
    ("urgency", "Zaloguj się natychmiast w ciągu 24 godzin"),
    ("suspension", "Twoje konto zostało zablokowane"),
    ("payment", "Twoja płatność została odrzucona"),
    ("password", "Podaj hasło"),
    ("api-key", "Potwierdź klucz API"),
    ("one-time-code", "Podaj kod BLIK"),
    ("seed-phrase", "Wprowadź frazę odzyskiwania"),
    ("card", "Zaktualizuj dane karty"),
    ("call-back", "Zadzwoń natychmiast na infolinię"),
    ("bank-change", "Nasz numer konta uległ zmianie"),
    ("reward", "Gratulacje, wygrałeś nagrodę"),
    ("delivery", "Your parcel is on hold, the address is incomplete"),
    ("delivery", "Ihr Paket konnte nicht zugestellt werden"),
    ("delivery", "Fuer Ihr Paket ist eine Zustellgebuehr zu zahlen"),
    ("one-time-code", "Ihr pushTAN-Zugang laeuft ab"),
    ("delivery", "Votre colis est en attente, frais de douane à payer"),
    ("delivery", "Su paquete está retenido en la aduana"),
    ("delivery", "Il suo pacco è in giacenza, spese doganali"),
    ("delivery", "Uw pakket wordt vastgehouden"),
    ("delivery", "Twoja paczka czeka na dopłatę"),
    ("delivery", "Sua encomenda foi retida, pague a taxa de importação"),
    ("suspension", "A new device was added. If this was not you, tell us"),
];

#[test]
fn what_presses_is_found_in_every_language() {
    let missed: Vec<_> =
        TEXTS.iter().filter(|(kind, t)| !kinds(t).contains(kind)).collect();
    assert!(missed.is_empty(), "{missed:#?}");
}

#[test]
fn plain_words_do_not_press() {
    for text in [
        "",
        "Hello",
        "Lunch at 12?",
        "The minutes of our last meeting are attached.",
        "Bis morgen, liebe Grüße",
        "Das Paket kommt am Dienstag.",
        "Voici le compte rendu de la réunion.",
        "Nos vemos el lunes en la oficina.",
        "Ci vediamo domani alle dieci.",
        "Segue a ata da reunião de ontem.",
        "Tot morgen op kantoor!",
        "Do zobaczenia w poniedziałek.",
    ] {
        assert_eq!(kinds(text), Vec::<&str>::new(), "{text}");
    }
}

#[test]
fn far_apart_is_no_pattern() {
    let far = format!("your account {} suspended", "and so on ".repeat(9));
    assert_eq!(kinds(&far), Vec::<&str>::new());
}

#[test]
fn the_phrase_is_what_stands_there() {
    let text = "Dear Ann, your OpenAI account will be closed. Bye";
    let found = find(&crate::fold::text(text));
    assert_eq!(found[0].kind, "suspension");
    assert_eq!(found[0].phrase, "your openai account will be closed");
}

#[test]
fn every_language_knows_every_kind() {
    let phrases = compressed::text(PHRASES);
    assert_eq!(phrases.split_terminator('\u{c}').count(), 8);
    for language in phrases.split_terminator('\u{c}') {
        for kind in KINDS {
            assert!(language.contains(&format!("[{kind}]")), "{kind}");
        }
    }
}
