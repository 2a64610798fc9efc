//! A claim that no identity backs.
//!
//! The attack: "OpenAI Billing" as the sender's name, or "your PayPal
//! account" in subject and text, sent from anywhere. Nearly all real attacks
//! look like this; few use a lookalike sender.

use crate::case::Case;
use crate::claims::{Claim, Strength};
use crate::directory::VendorId;
use crate::sender::Kind;
use crate::verdict::{Code, Finding, Level, Place};

/// Findings for the claims of every vendor that is not behind the message.
pub(super) fn check(case: &Case) -> Vec<Finding> {
    let mut findings = Vec::new();
    for vendor in claimed(case) {
        if case.is_backed(vendor) {
            continue;
        }
        let level = level(case, vendor);
        if level < Level::Caution {
            continue;
        }
        findings.extend(findings_of(case, vendor, level));
    }
    findings
}

/// The vendors claimed, in the order of their claims.
fn claimed(case: &Case) -> Vec<VendorId> {
    let mut vendors = Vec::new();
    for claim in &case.claims {
        if !vendors.contains(&claim.vendor) {
            vendors.push(claim.vendor);
        }
    }
    vendors
}

/// What the claims of one vendor weigh together.
fn level(case: &Case, vendor: VendorId) -> Level {
    let weight = case.weight(vendor);
    let strong = case
        .claims
        .iter()
        .any(|c| c.vendor == vendor && c.strength == Strength::Strong);
    let together = || {
        !case.message.list
            && !case.is_familiar()
            && (weight >= 5
                || (weight >= 2 && case.threatens())
                || (weight >= 2
                    && case.is_new()
                    && !case.pressure().is_empty()))
    };
    if strong || together() {
        return if fits_an_attack(case, vendor, weight) {
            Level::Danger
        } else {
            Level::Caution
        };
    }
    if imitates_in_both(case, vendor) { Level::Caution } else { Level::None }
}

/// Whether the sender's name and its host both say that it is the vendor, and
/// an office in the host or pressure goes with that: "Acme" at
/// `acme-notice.com`.
fn imitates_in_both(case: &Case, vendor: VendorId) -> bool {
    let found = case.sender_lookalike.as_ref();
    let Some(found) = found.filter(|l| l.vendor == vendor) else {
        return false;
    };
    let named = |c: &Claim| {
        c.vendor == vendor
            && c.place == Place::DisplayName
            && c.strength > Strength::Weak
    };
    case.claims.iter().any(named)
        && (found.class == "keyword" || !case.pressure().is_empty())
}

/// Whether something beside the claim fits an attack.
fn fits_an_attack(case: &Case, vendor: VendorId, weight: u32) -> bool {
    let disguised =
        case.claims.iter().any(|c| c.vendor == vendor && c.disguised);
    let anonymous = case.sender.as_ref().is_none_or(|sender| {
        sender.kind != Kind::Own || !sender.host.ascii().contains('.')
    });
    let imitates = case
        .link_lookalikes
        .iter()
        .map(|(_, l)| l)
        .chain(&case.sender_lookalike)
        .filter(|l| l.vendor == vendor)
        .any(|l| l.level > Level::Note || !case.pressure().is_empty());
    if disguised || imitates || case.is_forged() {
        return true;
    }
    if case.leads_home(vendor) && !case.has_form() {
        return false;
    }
    anonymous
        || case.has_form()
        || case.hides_destination()
        || case.reply_elsewhere().is_some()
        || case.threatens()
        || (case.leads_elsewhere(vendor)
            && (weight > 4 || !case.pressure().is_empty()))
}

/// One finding for each place that claims the vendor.
fn findings_of(case: &Case, vendor: VendorId, level: Level) -> Vec<Finding> {
    let mut places: Vec<Place> = Vec::new();
    let mut findings = Vec::new();
    let table = case.directory.vendor(vendor);
    for claim in case.claims.iter().filter(|c| c.vendor == vendor) {
        let target = claim.link.map(|index| &case.targets[index]);
        let leads_home = target.is_some_and(|t| t.identity == Some(vendor));
        if leads_home || places.contains(&claim.place) {
            continue;
        }
        places.push(claim.place);
        let own = table.kind == "organisation";
        let code = match claim.place {
            Place::DisplayName if own => Code::OwnOrganisation,
            Place::DisplayName if claim.text.contains(['@', '.']) => {
                Code::AddressInName
            }
            Place::DisplayName => Code::DisplayName,
            Place::LocalPart => Code::LocalPart,
            Place::ReplyTo => Code::ReplyToElsewhere,
            Place::Subject => Code::Subject,
            Place::ImageText => Code::ImageText,
            Place::LinkText => Code::LinkText,
            _ => Code::Body,
        };
        // What only supports the others explains, but does not accuse.
        let level = match claim.strength {
            Strength::Weak => Level::Note,
            _ => level,
        };
        let mut finding = Finding::new(code, level, claim.place)
            .about(&table.id)
            .with("text", &claim.text)
            .with("real", table.home());
        let answers = case.reply_elsewhere();
        let host = match target {
            Some(target) => target.host.as_ref(),
            None if claim.place == Place::ReplyTo => answers.as_ref(),
            None => case.sender.as_ref().map(|sender| &sender.host),
        };
        if let Some(host) = host {
            finding = finding
                .with("host", host.ascii())
                .with("registrable", host.registrable());
            if host.unicode() != host.ascii() {
                finding = finding.with("unicode", &host.unicode());
            }
        }
        if let Some(index) = claim.link {
            finding = finding.with_number("link", index);
        } else if let Some(mailbox) = case.message.from.first() {
            finding = finding.with("address", &mailbox.address);
        }
        findings.push(finding);
    }
    if findings.iter().all(|f| f.level < level)
        && let Some(first) = findings.first_mut()
    {
        first.level = level;
    }
    findings
}

#[cfg(test)]
mod tests {
    use crate::{
        AuthResult, Authentication, Engine, Familiarity, Level, Link, Mailbox,
        Message, Verdict,
    };
    use std::sync::LazyLock;

    static ENGINE: LazyLock<Engine> = LazyLock::new(Engine::new);

    fn message(
        name: &str,
        address: &str,
        subject: &str,
        text: &str,
    ) -> Message {
        Message {
            from: vec![Mailbox {
                name: name.to_owned(),
                address: address.to_owned(),
            }],
            subject: subject.to_owned(),
            text: text.to_owned(),
            ..Message::default()
        }
    }

    fn link(href: &str) -> Link {
        Link {
            href: href.to_owned(),
            text: "Open".to_owned(),
            ..Link::default()
        }
    }

    fn judge(message: &Message) -> Verdict {
        ENGINE.check_message(message)
    }

    #[test]
    fn a_claim_without_backing_is_caution_and_with_an_attack_danger() {
        let mut mail = message(
            "PayPal",
            "news@gardening.example",
            "Hello",
            "Good morning",
        );
        assert_eq!(judge(&mail).level, Level::Caution);
        mail.text = "Your account has been suspended. Confirm your password \
            within 24 hours."
            .to_owned();
        mail.links = vec![link("https://gardening.example/x")];
        let verdict = judge(&mail);
        assert_eq!(verdict.level, Level::Danger);
        assert_eq!(verdict.vendor.as_deref(), Some("paypal"));
    }

    #[test]
    fn the_vendors_own_mail_is_silent_unless_it_is_forged() {
        let mut mail = message(
            "OpenAI",
            "noreply@tm.openai.com",
            "Your API key was disabled",
            "Access will be suspended. The OpenAI team",
        );
        assert_eq!(judge(&mail).level, Level::None);
        mail.authentication =
            Authentication { dmarc: AuthResult::Fail, ..Default::default() };
        assert_eq!(judge(&mail).level, Level::Danger);
    }

    #[test]
    fn a_merchants_name_on_a_payment_service_is_silent() {
        let mail = message(
            "OpenAI, LLC",
            "invoice+statements+acct_1@stripe.com",
            "Your receipt from OpenAI, LLC",
            "Receipt. Amount paid $20.00",
        );
        assert_eq!(judge(&mail).level, Level::None);
    }

    #[test]
    fn a_prize_in_a_vendors_name_from_anothers_host_needs_confirmation() {
        let mut mail = message(
            "PayPal Prizes",
            "reply@telekom.com",
            "Your voucher",
            "You have been selected to win a prize",
        );
        mail.links = vec![link("https://quince.example/x")];
        assert!(judge(&mail).level >= Level::Caution);
        mail.authentication.dmarc = AuthResult::Pass;
        assert_eq!(judge(&mail).level, Level::None);
    }

    #[test]
    fn a_name_without_an_address_is_judged_by_its_links() {
        let mut sms =
            message("OpenAI", "", "", "Your usage: platform.openai.com/usage");
        sms.links = vec![link("https://platform.openai.com/usage")];
        assert_eq!(judge(&sms).level, Level::None);
        sms.text = "Your account is suspended. Call us with your password."
            .to_owned();
        assert!(judge(&sms).level >= Level::Caution);
        sms.text = "Your usage".to_owned();
        sms.links.push(link("https://usage-desk.example/"));
        assert!(judge(&sms).level >= Level::Caution);
        sms.links.clear();
        assert!(judge(&sms).level >= Level::Caution);
    }

    #[test]
    fn a_mention_is_no_claim() {
        for (name, subject, text) in [
            ("Tech Weekly", "What OpenAI does next", "News about OpenAI."),
            ("Garden Shop", "Your order", "Pay with PayPal or Klarna."),
            ("Chase Miller", "Lunch?", "My account of the trip."),
            ("Square Dance Club", "Saturday", "Bring cash."),
        ] {
            let mail = message(name, "hello@club.example", subject, text);
            assert_eq!(judge(&mail).level, Level::None, "{name}");
        }
    }

    #[test]
    fn a_sender_may_be_called_what_a_vendor_is_called() {
        for (name, address) in [
            ("Gate", "office@gate.ac.nz"),
            ("Chase Camping", "hello@chase-camping.example"),
            ("Marcus", "marcus@joinery.example"),
            ("Marcus (GitHub)", "notifications@github.com"),
            ("Ing. Rossi", "ing.rossi@studio.example"),
            ("Rossi ING.Marco", "marco@studio.example"),
            ("Jira", "jira@acme.atlassian.net"),
            ("Frost", "office@frost-heating.example"),
            ("GMX", "mailings@gmx.de"),
        ] {
            let text = "The invoice is ready in your account.";
            let mail = message(name, address, "Your account", text);
            assert!(judge(&mail).level < Level::Caution, "{name}");
        }
    }

    #[test]
    fn a_shared_name_is_a_claim_where_the_host_does_not_explain_it() {
        for (name, address) in [
            ("Gate", "office@gate.top"),
            ("GMX", "gmx.service@gmx.de"),
            ("Google", "support@gmail.com"),
            ("Chase", "office@camping.example"),
            ("Chase Alert", "office@chase-alert.example"),
            ("PayPal Camping", "hello@paypal-camping.example"),
            ("Mixpanel", "notice@mixpanel-notice.example"),
        ] {
            let text = "Your account is suspended. Confirm your password.";
            let mail = message(name, address, "Your account", text);
            assert!(judge(&mail).level >= Level::Caution, "{address}");
        }
    }

    #[test]
    fn a_text_that_speaks_as_the_vendor_is_a_claim_in_every_language() {
        for text in [
            "Cher client PayPal, votre compte PayPal est suspendu. \
                Confirmez votre mot de passe.",
            "Tu cuenta de PayPal ha sido suspendida. Confirma tu contraseña.",
            "Il tuo conto PayPal è stato sospeso. Conferma la password.",
            "Uw PayPal-rekening is geblokkeerd. Bevestig uw wachtwoord.",
            "Twoje konto PayPal zostało zablokowane. Potwierdź hasło.",
            "Sua conta PayPal foi suspensa. Confirme sua senha.",
            "Ihr PayPal-Konto wurde gesperrt. Bestätigen Sie Ihr Passwort.",
        ] {
            let mail = message("Info", "x@desk.example", "Hello", text);
            assert!(judge(&mail).level >= Level::Caution, "{text}");
        }
    }

    #[test]
    fn a_warning_that_quotes_an_attack_is_none() {
        let text = "Phishing again: they write “Your PayPal account is \
            suspended. Confirm your password within 24 hours.” Delete it.";
        let mut mail =
            message("Tech Weekly", "news@club.example", "This week", text);
        assert_eq!(judge(&mail).level, Level::None);
        mail.text = text.replace(['“', '”'], "");
        assert!(judge(&mail).level >= Level::Caution);
    }

    #[test]
    fn a_service_sends_in_its_customers_names_until_it_presses() {
        for (name, address) in [
            ("OpenAI Hiring Team", "no-reply@ashbyhq.com"),
            ("OpenAI Status", "noreply@statuspage.io"),
            ("Stripe Developers", "notifications@stripe1.discoursemail.com"),
        ] {
            let text = "We received what you sent.";
            let mut mail = message(name, address, "Thank you", text);
            assert!(judge(&mail).level < Level::Caution, "{name}");
            mail.text = "Confirm your password or your account is suspended."
                .to_owned();
            assert!(judge(&mail).level >= Level::Caution, "{name}");
        }
    }

    #[test]
    fn a_platforms_bare_name_at_a_strangers_host_is_a_claim() {
        for name in ["DHL Express", "GoDaddy", "USPS", "Netflix Support"] {
            let mut mail =
                message(name, "x@desk.example", "Your parcel", "Pay the fee");
            mail.links = vec![link("https://desk.example/x")];
            assert!(judge(&mail).level >= Level::Caution, "{name}");
        }
    }

    #[test]
    fn what_a_shop_or_a_friend_says_of_a_payment_is_no_claim() {
        for (name, subject) in [
            ("Orders", "Your PayPal payment was received"),
            ("Kundenservice", "Ihre PayPal-Zahlung ist eingegangen"),
            ("noreply", "Klarna-Rechnung zu Ihrer Bestellung"),
            ("Billing", "PayPal subscription cancelled"),
            ("Ann Berg", "Re: your PayPal account is limited"),
            ("Ann Berg", "Automatic reply: Your PayPal account"),
        ] {
            let mail = message(name, "x@club.example", subject, "Thank you");
            assert_eq!(judge(&mail).level, Level::None, "{subject}");
        }
        let mut mail =
            message("Support", "x@desk.example", "[PayPal] Notice", "Hi");
        assert!(judge(&mail).level >= Level::Caution);
        mail.subject = "Your PayPal account".to_owned();
        mail.text = "It has been suspended. Confirm your password.".to_owned();
        assert!(judge(&mail).level >= Level::Caution);
    }

    #[test]
    fn a_visa_for_travellers_and_a_card_as_a_present_claim_nothing() {
        for (name, subject) in [
            ("Visa", "Your visa is ready: bring your passport and the fee"),
            ("Rewards", "Your $50 Visa gift card"),
            ("Bonus", "Ihr Amazon Gutschein zum Einlösen"),
        ] {
            let mail = message(name, "x@club.example", subject, "Account");
            assert!(judge(&mail).level < Level::Caution, "{subject}");
        }
        let mail = message("Visa", "x@club.example", "Your card", "Account");
        assert!(judge(&mail).level >= Level::Caution);
    }

    #[test]
    fn a_subject_that_names_the_means_of_payment_claims_nothing() {
        for subject in [
            "Payment by PayPal or bank transfer",
            "Your order, paid with Klarna",
            "Zahlung per PayPal erhalten",
        ] {
            let mail = message("Payments", "x@club.example", subject, "Hi");
            assert_eq!(judge(&mail).level, Level::None, "{subject}");
        }
    }

    #[test]
    fn a_vendor_where_answers_go_claims_it() {
        let mut mail = message(
            "Ann",
            "ann@club.example",
            "Your refund",
            "Your account has been suspended. Confirm your password.",
        );
        mail.reply_to = vec![Mailbox {
            name: String::new(),
            address: "paypal.refund@desk.example".to_owned(),
        }];
        let verdict = judge(&mail);
        assert_eq!(verdict.level, Level::Danger);
        assert_eq!(verdict.vendor.as_deref(), Some("paypal"));
        mail.text = "See you on Monday.".to_owned();
        assert!(judge(&mail).level < Level::Caution);
        mail.reply_to[0].address = "service@paypa1.com".to_owned();
        assert_eq!(judge(&mail).level, Level::Caution);
    }

    #[test]
    fn a_hidden_name_is_found() {
        for name in [
            "V\u{200d}enmo",
            "OpenAl Billing",
            "P A Y P A L",
            "Visa and P4yPal",
            "Co\u{e0139}inbase Support",
            "Раураl",
        ] {
            let mail = message(name, "x@desk.example", "Hello", "Hi");
            assert!(judge(&mail).level >= Level::Caution, "{name}");
        }
    }

    #[test]
    fn an_unknown_sender_weighs_more_and_a_familiar_one_less() {
        let mut mail = message(
            "Ann",
            "ann@club.example",
            "Your PayPal account",
            "Please answer within 24 hours.",
        );
        mail.familiarity = Familiarity::New;
        assert_eq!(judge(&mail).level, Level::Caution);
        mail.familiarity = Familiarity::Seen { days: 400, count: 60 };
        assert_eq!(judge(&mail).level, Level::None);
    }
}
