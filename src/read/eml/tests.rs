use super::*;
use crate::LinkKind;

fn message(source: &str) -> Message {
    read(source.as_bytes()).unwrap()
}

#[test]
fn the_headers_are_decoded_and_keep_every_character() {
    let message = message(
        "From: =?utf-8?B?TyDigI1wZW5BSQ==?= <a@b.example>,\r\n \
         \"Two, Inc.\" <c@d.example>\r\n\
         Sender: e@f.example\r\nReply-To: G <g@h.example>\r\n\
         To: i@j.example, k@l.example\r\n\
         Subject: =?iso-8859-1?Q?Z=FCrich?=\r\n =?utf-8?Q?_now?=\r\n\
         List-Id: <x.example>\r\n\r\nbody\r\n",
    );
    assert_eq!(message.from[0].name, "O \u{200d}penAI");
    assert_eq!(message.from[0].address, "a@b.example");
    assert_eq!(message.from[1].name, "Two, Inc.");
    assert_eq!(message.sender.unwrap().address, "e@f.example");
    assert_eq!(message.reply_to[0].name, "G");
    assert_eq!(message.to.len(), 2);
    assert_eq!(message.subject, "Zürich now");
    assert_eq!(message.text, "body");
    assert!(message.list);
}

#[test]
fn a_lone_name_or_address_is_told_apart() {
    let from = |value: &str| {
        let mut message = message(&format!("From: {value}\nDate: x\n\n"));
        message.from.remove(0)
    };
    for (value, name, address) in [
        ("a@b.example", "", "a@b.example"),
        ("<a@b.example>", "", "a@b.example"),
        ("PayPal", "PayPal", ""),
        ("PayPal Service", "PayPal Service", ""),
        ("\"x@paypal.com\" <a@b.example>", "x@paypal.com", "a@b.example"),
        ("a@b.example (PayPal)", "PayPal", "a@b.example"),
    ] {
        let mailbox = from(value);
        assert_eq!(mailbox.name, name, "{value}");
        assert_eq!(mailbox.address, address, "{value}");
    }
}

#[test]
fn latin_1_that_nobody_declared_is_read() {
    let source = b"From: Z\xfcri <a@b.example>\nSubject: Gr\xfc\xdfe\n\n\xe4";
    let message = read(source).unwrap();
    assert_eq!(message.from[0].name, "Züri");
    assert_eq!(message.subject, "Grüße");
    assert_eq!(message.text, "ä");
}

#[test]
fn a_forwarded_message_is_quoted() {
    let message = message(
        "From: a@b.example\nSubject: Fwd: x\n\
         Content-Type: multipart/mixed; boundary=b\n\n--b\n\nsee below\n\
         --b\nContent-Type: message/rfc822\nContent-Disposition: attachment; \
         filename=\"old.eml\"\n\nFrom: c@d.example\nSubject: y\n\n\
         theirs www.e.example\n--b--\n",
    );
    assert_eq!(message.text, "see below");
    assert_eq!(message.quoted, "theirs www.e.example");
    assert!(message.links[0].quoted);
    assert_eq!(message.links[0].kind, LinkKind::Text);
    assert_eq!(message.attachments, ["old.eml"]);
    assert_eq!(message.from[0].address, "a@b.example");
}

#[test]
fn a_mail_that_is_all_quote_must_say_so() {
    let source = |subject: &str| {
        format!(
            "From: a@b.example\nSubject: {subject}\nContent-Type: text/html\
             \n\n<blockquote type=cite><a href=http://c>Pay</a></blockquote>"
        )
    };
    let pretended = message(&source("Your account"));
    assert_eq!(pretended.text, "Pay");
    assert!(!pretended.links[0].quoted);
    for subject in ["Fwd: Your account", "AW: Konto", "RE[2]: x"] {
        let answered = message(&source(subject));
        assert_eq!(answered.quoted, "Pay", "{subject}");
        assert!(answered.links[0].quoted, "{subject}");
    }
}

#[test]
fn an_mbox_line_and_a_byte_order_mark_are_passed_over() {
    let source = "\u{feff}From x@y Mon Jan 1 00:00:00 2026\nFrom: a@b.example\
         \n\nx";
    assert_eq!(message(source).from[0].address, "a@b.example");
}

#[test]
fn what_is_no_mail_is_named() {
    assert_eq!(read(b""), Err(ReadError::Empty));
    assert_eq!(read(b" \r\n\t"), Err(ReadError::Empty));
    assert_eq!(read(b"\0\0\0\0"), Err(ReadError::NoHeaders));
    assert_eq!(read(b"just words: here\n"), Err(ReadError::NoHeaders));
    assert_eq!(read(b"\n\n\n<html>"), Err(ReadError::NoHeaders));
}

#[test]
fn noise_never_panics() {
    let mut seed = 1u32;
    let mut next = || {
        seed ^= seed << 13;
        seed ^= seed >> 17;
        seed ^= seed << 5;
        seed
    };
    let mut noise = b"Subject: x\n".to_vec();
    noise.extend((0..2_000_000).map(|_| next().to_le_bytes()[1]));
    let _ = read(&noise);
    let start = b"From: =?utf-8?q?\nSubject: =?x\nContent-Type: text/html; \
         charset=\"utf-16\nContent-Transfer-Encoding: base64\n\n<a href=";
    for cut in 0..start.len() {
        let _ = read(&start[..cut]);
        let mut broken = start.to_vec();
        broken[cut] = next().to_le_bytes()[2];
        let _ = read(&broken);
    }
}

#[test]
fn nul_bytes_do_not_end_a_mail() {
    let message = message("From: a\0b@c.example\n\nx\0y www.d.example\0");
    assert_eq!(message.text, "x\0y www.d.example\0");
}
