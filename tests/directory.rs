//! The vendor directory as a whole: what the loader cannot see in one table.

use doppelcheck::directory::{Directory, evidence};
use doppelcheck::host::Host;
use doppelcheck::{Engine, Level, Mailbox, Message, lookalike};

#[test]
fn no_vendors_host_is_a_lookalike_of_another_vendor() {
    let directory = Directory::builtin();
    let index = lookalike::Index::new(&directory);
    let mut alike = Vec::new();
    for (id, vendor) in directory.vendors() {
        for name in vendor.domains.iter().chain(&vendor.sends) {
            let host = Host::parse(name).unwrap();
            let Some(found) = index.judge(&directory, &host) else { continue };
            let other = &directory.vendor(found.vendor).id;
            let letters = found.class.starts_with("typo")
                || matches!(found.class, "confusable" | "homoglyph");
            if found.vendor != id && letters && found.level >= Level::Caution {
                alike.push(format!(
                    "{name} of {} looks like {other} ({})",
                    vendor.id, found.class
                ));
            }
        }
    }
    assert!(alike.is_empty(), "{}:\n{}", alike.len(), alike.join("\n"));
}

#[test]
fn every_host_of_the_directory_is_its_vendors_and_silent() {
    let engine = Engine::new();
    for (_, vendor) in engine.directory().vendors() {
        for name in &vendor.domains {
            let verdict = engine.check_host(name).unwrap();
            assert_eq!(verdict.level, Level::None, "{name}: {verdict:?}");
            assert_eq!(verdict.identity.as_deref(), Some(&*vendor.id));
        }
    }
}

#[test]
fn every_host_says_where_it_is_known_from() {
    let directory = Directory::builtin();
    for (_, vendor) in directory.vendors() {
        let told: Vec<_> =
            evidence(&vendor.id).flat_map(|(_, _, hosts)| hosts).collect();
        for host in &vendor.domains {
            assert!(told.contains(&host.as_str()), "{}: {host}", vendor.id);
        }
    }
}

#[test]
fn a_report_goes_to_a_host_that_the_directory_knows() {
    let engine = Engine::new();
    let mut unknown = Vec::new();
    for (_, vendor) in engine.directory().vendors() {
        if vendor.report.is_empty() {
            continue;
        }
        let page = vendor.report.strip_prefix("https://");
        let host = page.map_or_else(
            || vendor.report.split_once('@').unwrap().1,
            |page| page.split('/').next().unwrap(),
        );
        if engine.check_host(host).unwrap().identity.is_none() {
            unknown.push(format!("{}: {}", vendor.id, vendor.report));
        }
    }
    assert!(unknown.is_empty(), "{}", unknown.join("\n"));
}

#[test]
fn the_vendors_named_in_the_incident_are_known() {
    let directory = Directory::builtin();
    for id in ["openai", "mixpanel", "cointracker"] {
        let incidents: Vec<_> = directory.incidents(id).collect();
        assert_eq!(incidents[0].id, "mixpanel-2025-11", "{id}");
    }
    assert!(directory.vendors().count() >= 250);
}

#[test]
fn of_two_incidents_the_latest_comes_first() {
    let directory = Directory::builtin();
    let dates: Vec<_> =
        directory.incidents("ledger").map(|i| i.date).collect();
    assert!(dates.len() > 1 && dates.is_sorted_by(|a, b| a > b), "{dates:?}");
}

/// What employers, public bodies, brokers and forums send through a service
/// bears their names and comes from the service.
#[test]
fn what_a_service_sends_for_others_is_theirs() {
    let engine = Engine::new();
    let level = |name: &str, address: &str, subject: &str, text: &str| {
        let mailbox =
            Mailbox { name: name.to_owned(), address: address.to_owned() };
        let message = Message {
            from: vec![mailbox],
            subject: subject.to_owned(),
            text: text.to_owned(),
            ..Message::default()
        };
        engine.check_message(&message).level
    };
    let text = "Thank you. You find everything in your account.";
    for (name, address, subject) in [
        ("OpenAI", "no-reply@ashbyhq.com", "Your application to OpenAI"),
        ("N26", "no-reply@eu.greenhouse-mail.io", "Your application to N26"),
        ("Bank of America", "x+autoreply@talent.icims.com", "Your account"),
        ("IRS", "irs@service.govdelivery.com", "Your tax refund"),
        ("MERRILL LYNCH", "id@proxyvote.com", "Vote: PAYPAL HOLDINGS, INC."),
        (
            "OpenAI Developer Community",
            "notifications@openai1.discoursemail.com",
            "Your OpenAI account",
        ),
        ("Wise", "noreply.invitations@trustpilotmail.com", "Your transfer"),
    ] {
        let level = level(name, address, subject, text);
        assert!(level < Level::Caution, "{name} <{address}>: {level:?}");
    }
    // A name that anyone can take says nothing where the text presses.
    let text = "Confirm your password or your account is suspended.";
    for (name, address) in [
        ("PayPal", "noreply@statuspage.io"),
        ("OpenAI Billing", "openai@user.luma-mail.com"),
        ("OpenAI Support", "notifications@acme.discoursemail.com"),
    ] {
        let level = level(name, address, "Your payment failed", text);
        assert!(level >= Level::Caution, "{name} <{address}>: {level:?}");
    }
}
