use super::*;
use AuthResult::{Fail, None, Pass, Unknown};

fn read_with(headers: &str, from: &str) -> Authentication {
    let source = format!("{headers}From: <{from}>\n\n");
    let (header, _) = Header::split(source.as_bytes());
    let sender = Mailbox { name: String::new(), address: from.to_owned() };
    read(&header, &[sender])
}

fn of(headers: &str) -> (AuthResult, AuthResult, AuthResult) {
    let found = read_with(headers, "a@paypal.com");
    (found.spf, found.dkim, found.dmarc)
}

const GMAIL: &str = "Received: by 2002:a05:6402:1 with SMTP id x\n\
    Received: from mx.sender.example (mx.sender.example. [192.0.2.1])\n \
    by mx.google.com with ESMTPS id y for <me@gmail.com>\n";

#[test]
fn the_receivers_own_results_count() {
    let found = read_with(
        &format!(
            "{GMAIL}Authentication-Results: mx.google.com;\n \
             dkim=fail (bad; dkim=pass) header.i=@x.example;\n \
             dkim=pass header.i=@paypal.com header.s=pp;\n \
             spf=softfail (google.com: domain of a@b) \
             smtp.mailfrom=a@b.example;\n \
             dmarc=pass (p=REJECT) header.from=paypal.com\n"
        ),
        "service@paypal.com",
    );
    assert_eq!(found.spf, Fail);
    assert_eq!(found.dkim, Pass);
    assert_eq!(found.dmarc, Pass);
    assert_eq!(found.hosts, ["paypal.com"]);
}

#[test]
fn a_forged_result_below_counts_for_nothing() {
    let forged = "Authentication-Results: mx.google.com; spf=pass \
        smtp.mailfrom=paypal.com; dkim=pass header.d=paypal.com; dmarc=pass\n";
    let own = "Authentication-Results: mx.google.com; spf=fail \
        smtp.mailfrom=a@paypal.com; dkim=none; dmarc=fail\n";
    assert_eq!(of(&format!("{GMAIL}{own}{forged}")), (Fail, None, Fail));
    // Below another server's line even the receiver's name is the sender's.
    let other = "Received: from a by mx.relay.example\n";
    let expected = (Unknown, Unknown, Unknown);
    assert_eq!(of(&format!("{GMAIL}{other}{forged}")), expected);
    // Another server's name is never the receiver's.
    let foreign = forged.replace("mx.google.com", "mx.evil.example");
    assert_eq!(of(&format!("{GMAIL}{foreign}")), expected);
    let embedded = forged.replace("mx.google.com", "google.com.evil.example");
    assert_eq!(of(&format!("{GMAIL}{embedded}")), expected);
}

#[test]
fn a_forged_pass_cannot_complete_a_true_result() {
    let own = "Authentication-Results: mx.google.com; spf=pass \
        smtp.mailfrom=evil.example; dkim=none\n";
    let forged = "Authentication-Results: mx.google.com; dkim=pass \
        header.d=paypal.com; dmarc=pass header.from=paypal.com\n";
    assert_eq!(of(&format!("{GMAIL}{own}{forged}")), (Pass, None, Unknown));
}

#[test]
fn separate_filters_of_one_server_are_put_together() {
    let header = "Authentication-Results: mx.corp.example; dmarc=pass \
        header.from=paypal.com\n\
        Authentication-Results: mx.corp.example; dkim=pass (2048-bit key) \
        header.d=paypal.com\n\
        Received: from a by mx.corp.example (Postfix)\n\
        Received: from b by mail.paypal.com\n";
    assert_eq!(of(header), (Unknown, Pass, Pass));
}

#[test]
fn microsoft_leaves_its_name_out() {
    let results = "Authentication-Results: spf=fail (sender IP is 192.0.2.1)\n \
        smtp.mailfrom=paypal.com; dkim=none (message not signed)\n \
        header.d=none;dmarc=fail action=oreject\n \
        header.from=paypal.com;compauth=fail reason=000\n";
    let received = "Received: from a.prod.outlook.com (::1) by\n \
        b.prod.outlook.com with HTTPS\n";
    let border = "Received: from evil.example by \
        c.mail.protection.outlook.com\n";
    let header = format!("{received}{results}{border}");
    assert_eq!(of(&header), (Fail, None, Fail));
    assert_eq!(of(&format!("{GMAIL}{results}")), (Unknown, Unknown, Unknown));
}

#[test]
fn microsoft_behind_another_gateway_finds_nothing_out() {
    let header = |compauth: &str| {
        format!(
            "Received: from a.prod.outlook.com (::1) by\n \
             b.prod.outlook.com with HTTPS\n\
             Authentication-Results: spf=fail (sender IP is 192.0.2.1)\n \
             smtp.mailfrom=paypal.com; dkim=fail (body hash did not verify)\n \
             header.d=paypal.com;dmarc=fail action=none\n \
             header.from=paypal.com;compauth={compauth}\n\
             Received: from gateway.example by \
             c.mail.protection.outlook.com\n"
        )
    };
    for bypassed in ["none reason=451", "none reason=905", "pass reason=130"] {
        let expected = (Unknown, Unknown, Unknown);
        assert_eq!(of(&header(bypassed)), expected, "{bypassed}");
    }
    for judged in ["fail reason=000", "fail reason=451", "none reason=300"] {
        assert_eq!(of(&header(judged)), (Fail, Fail, Fail), "{judged}");
    }
    // Another receiver's word for it says nothing.
    let foreign =
        header("none reason=451").replace("outlook.com", "x.example");
    let foreign = foreign.replace("Results: spf", "Results: x.example; spf");
    assert_eq!(of(&foreign), (Fail, Fail, Fail));
}

#[test]
fn hosts_inside_one_network_are_no_receiver() {
    let header = "Received: from c.internal by s.internal with LMTP\n\
        Authentication-Results: mx3.messagingengine.com; dmarc=fail \
        header.from=paypal.com\n\
        Received: from evil.example by mx3.messagingengine.com\n";
    assert_eq!(of(header).2, Fail);
}

#[test]
fn a_known_forwarders_sealed_results_take_a_failures_place() {
    let header = |sealer: &str, arc: &str| {
        format!(
            "Received: from f by mx.corp.example\n\
             Authentication-Results: mx.corp.example; spf=fail \
             smtp.mailfrom=x@f.example; dkim=fail header.d=paypal.com; \
             arc={arc}; dmarc=fail header.from=paypal.com\n\
             ARC-Seal: i=1; a=rsa-sha256; d={sealer}; cv=none; b=x\n\
             ARC-Authentication-Results: i=1; mx.google.com; dkim=pass \
             header.d=paypal.com; spf=pass smtp.mailfrom=paypal.com; \
             dmarc=pass header.from=paypal.com\n"
        )
    };
    assert_eq!(of(&header("google.com", "pass")), (Pass, Pass, Pass));
    assert_eq!(of(&header("google.com", "fail")), (Fail, Fail, Fail));
    assert_eq!(of(&header("evil.example", "pass")), (Fail, Fail, Fail));
}

#[test]
fn a_mail_that_was_never_received() {
    let results = "Authentication-Results: mx.corp.example; dmarc=fail\n";
    assert_eq!(of(results).2, Fail);
    assert_eq!(of(&format!("Subject: x\n{results}")).2, Unknown);
}

#[test]
fn several_senders_pass_nothing() {
    let source = format!(
        "{GMAIL}Authentication-Results: mx.google.com; dmarc=pass\n\n"
    );
    let (header, _) = Header::split(source.as_bytes());
    let mailbox = |a: &str| Mailbox { name: a.into(), address: a.into() };
    let from = [mailbox("a@evil.example"), mailbox("a@paypal.com")];
    assert_eq!(read(&header, &from).dmarc, Unknown);
}

#[test]
fn received_spf_is_read_where_nothing_else_is() {
    let spf = "Received-SPF: Pass (google.com: domain of a@paypal.com \
        designates 192.0.2.1 as permitted sender) client-ip=192.0.2.1; \
        envelope-from=\"a@paypal.com\"\n";
    let found = read_with(&format!("{GMAIL}{spf}"), "a@paypal.com");
    assert_eq!(found.spf, Pass);
    assert_eq!(found.hosts, ["paypal.com"]);
    let forged = spf.replace("google.com", "evil.example");
    assert_eq!(of(&format!("{GMAIL}{forged}")).0, Unknown);
    let receiver = "Received-SPF: softfail receiver=mx.google.com; x\n";
    assert_eq!(of(&format!("{GMAIL}{receiver}")).0, Fail);
}

#[test]
fn nothing_is_unknown_and_never_a_pass() {
    for header in ["", GMAIL, "Authentication-Results:\n", "Received: by\n"] {
        assert_eq!(of(header), (Unknown, Unknown, Unknown), "{header}");
    }
}
