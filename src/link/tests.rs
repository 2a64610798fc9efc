use super::*;

/// Wrapped links, in the formats that the services document, and where they
/// lead.
#[rustfmt::skip]
const WRAPPED: &[(&str, &str, &str)] = &[
    ("safelinks", "https://eur02.safelinks.protection.outlook.com/?url=https%3A%2F%2Fshop-eins.de%2Fa%3Fb%3D1%26c%3D2%23d&data=05%7C02&sdata=x%3D&reserved=0", "https://shop-eins.de/a?b=1&c=2#d"),
    ("safelinks", "https://gcc02.safelinks.protection.office365.us/?url=https%3A%2F%2Fshop-eins.de%2Fa%3Fb%3D1%26c%3D2%23d&data=1", "https://shop-eins.de/a?b=1&c=2#d"),
    ("safelinks", "https://nam10.safelinks.protection.outlook.com/ap/t-59584e83/?url=https%3A%2F%2Fshop-eins.de%2Fa%3Fb%3D1%26c%3D2%23d&data=1", "https://shop-eins.de/a?b=1&c=2#d"),
    ("safelinks", "https://eur02.safelinks.protection.outlook.com/?data=05&amp;url=https%3A%2F%2Fshop-eins.de%2Fa%3Fb%3D1%26c%3D2%23d", "https://shop-eins.de/a?b=1&c=2#d"),
    ("google", "https://www.google.com/url?q=https%3A%2F%2Fshop-eins.de%2Fa%3Fb%3D1%26c%3D2%23d&source=gmail&ust=1&usg=2", "https://shop-eins.de/a?b=1&c=2#d"),
    ("google", "https://www.google.de/url?sa=t&url=https%3A%2F%2Fshop-eins.de%2Fa%3Fb%3D1%26c%3D2%23d", "https://shop-eins.de/a?b=1&c=2#d"),
    ("google", "https://www.google.co.uk/url?q=https%3A%2F%2Fshop-eins.de%2Fa%3Fb%3D1%26c%3D2%23d", "https://shop-eins.de/a?b=1&c=2#d"),
    ("google", "http://google.com.br/url?q=shop-eins.de/a", "http://shop-eins.de/a"),
    ("google", "https://www.google.com/amp/s/shop-eins.de/a", "https://shop-eins.de/a"),
    ("google", "https://www.google.com/amp/shop-eins.de/a", "http://shop-eins.de/a"),
    ("google", "https://translate.google.com/translate?hl=en&u=https%3A%2F%2Fshop-eins.de%2Fa%3Fb%3D1%26c%3D2%23d", "https://shop-eins.de/a?b=1&c=2#d"),
    ("google", "https://www-shop--eins-de.translate.goog/a?b=1&_x_tr_sl=de&_x_tr_tl=en#d", "https://www.shop-eins.de/a?b=1#d"),
    ("google", "https://shop--eins-de.translate.goog/?_x_tr_sch=http&_x_tr_sl=de", "http://shop-eins.de/"),
    ("google", "https://shop--eins-de.cdn.ampproject.org/c/s/shop-eins.de/a", "https://shop-eins.de/a"),
    ("google", "https://www.googleadservices.com/pagead/aclk?sa=L&ai=1&adurl=https%3A%2F%2Fshop-eins.de%2Fa%3Fb%3D1%26c%3D2%23d", "https://shop-eins.de/a?b=1&c=2#d"),
    ("google", "https://adclick.g.doubleclick.net/pcs/click?xai=1&adurl=https%3A%2F%2Fshop-eins.de%2Fa%3Fb%3D1%26c%3D2%23d", "https://shop-eins.de/a?b=1&c=2#d"),
    ("google", "https://ad.doubleclick.net/ddm/clk/1;2;3;?https://shop-eins.de/a", "https://shop-eins.de/a"),
    ("google", "https://meet.google.com/linkredirect?authuser=0&dest=https%3A%2F%2Fshop-eins.de%2Fa%3Fb%3D1%26c%3D2%23d", "https://shop-eins.de/a?b=1&c=2#d"),
    ("gmx", "https://deref-gmx.net/mail/client/Ab-1/dereferrer/?redirectUrl=https%3A%2F%2Fshop-eins.de%2Fa%3Fb%3D1%26c%3D2%23d", "https://shop-eins.de/a?b=1&c=2#d"),
    ("web.de", "https://deref-web.de/mail/client/dereferrer/?redirectUrl=https%253A%252F%252Fshop-eins.de%252Fa%253Fb%253D1%2526c%253D2%2523d", "https://shop-eins.de/a?b=1&c=2#d"),
    ("mail.com", "https://deref-mail.com/mail/client/x/dereferrer/?redirectUrl=https%3A%2F%2Fshop-eins.de%2Fa%3Fb%3D1%26c%3D2%23d&lm", "https://shop-eins.de/a?b=1&c=2#d"),
    ("1und1", "https://deref-1und1.de/mail/client/x/dereferrer/?redirectUrl=https%3A%2F%2Fshop-eins.de%2Fa%3Fb%3D1%26c%3D2%23d", "https://shop-eins.de/a?b=1&c=2#d"),
    ("proofpoint", "https://urldefense.proofpoint.com/v1/url?u=https%3A%2F%2Fshop-eins.de%2Fa%3Fb%3D1%26c%3D2%23d&k=a%3D%0A&r=b", "https://shop-eins.de/a?b=1&c=2#d"),
    ("proofpoint", "https://urldefense.proofpoint.com/v2/url?u=https-3A__shop-2Deins.de_a-3Fb-3D1-26c-3D2-23d&d=DwMF&c=x&e=", "https://shop-eins.de/a?b=1&c=2#d"),
    ("proofpoint", "https://urldefense.com/v3/__https://shop-eins.de/a?b=1&c=2*d__;Iw!!AbC!dEf$", "https://shop-eins.de/a?b=1&c=2#d"),
    ("proofpoint", "https://urldefense.com/v3/__https:/shop-eins.de/__;!!AbC!dEf$", "https://shop-eins.de/"),
    ("proofpoint", "https://urldefense.us/v3/__https://shop-eins.de/**C/*x__;w7wjLSE!!AbC!dEf$", "https://shop-eins.de/ü#-/!x"),
    ("proofpoint", "https://urldefense.com/v3/__https://shop-eins.de/a__;b__;!!AbC!dEf$", "https://shop-eins.de/a__;b"),
    ("barracuda", "https://linkprotect.cudasvc.com/url?a=https%3a%2f%2fshop-eins.de%2fa&c=E,1,x&typo=1", "https://shop-eins.de/a"),
    ("cisco", "https://secure-web.cisco.com/1AbC-d_e/https%3A%2F%2Fshop-eins.de%2Fa%3Fb%3D1%26c%3D2%23d", "https://shop-eins.de/a?b=1&c=2#d"),
    ("trend-micro", "https://imsva91-ctp.trendmicro.com/wis/clicktime/v1/query?url=https%3a%2f%2fshop%2deins.de%2fa&umid=1&auth=2", "https://shop-eins.de/a"),
    ("trend-micro", "https://ctp.trendmicro.com/wis/clicktime/v2/clickthrough?url=https%3A%2F%2Fshop-eins.de%2Fa%3Fb%3D1%26c%3D2%23d", "https://shop-eins.de/a?b=1&c=2#d"),
    ("sophos", "https://eu-west-1.protection.sophos.com?d=shop-eins.de&u=aHR0cHM6Ly9zaG9wLWVpbnMuZGUvYT9iPTEmYz0yI2Q%3D&i=1&t=2", "https://shop-eins.de/a?b=1&c=2#d"),
    ("sophos", "https://us-west-2.protection.sophos.com/?d=shop-eins.de&u=aHR0cHM6Ly9zaG9wLWVpbnMuZGUvYT9iPTEmYz0yI2Q=&p=m", "https://shop-eins.de/a?b=1&c=2#d"),
    ("fireeye", "https://protect2.fireeye.com/v1/url?k=1-2&q=1&e=3&u=https%3A%2F%2Fshop-eins.de%2Fa%3Fb%3D1%26c%3D2%23d", "https://shop-eins.de/a?b=1&c=2#d"),
    ("fireeye", "https://protect-us.fireeye.com/url?k=1&u=https://shop-eins.de/a", "https://shop-eins.de/a"),
    ("symantec", "https://clicktime.symantec.com/3Ab7Vc?u=https%3A%2F%2Fshop-eins.de%2Fa%3Fb%3D1%26c%3D2%23d", "https://shop-eins.de/a?b=1&c=2#d"),
    ("symantec", "https://clicktime.symantec.com/15xVS?h=6g_Y=&u=https://shop-eins.de/a", "https://shop-eins.de/a"),
    ("linkedin", "https://www.linkedin.com/redir/redirect?url=https%3A%2F%2Fshop-eins.de%2Fa%3Fb%3D1%26c%3D2%23d&urlhash=x", "https://shop-eins.de/a?b=1&c=2#d"),
    ("linkedin", "https://www.linkedin.com/safety/go?url=https%3A%2F%2Fshop-eins.de%2Fa%3Fb%3D1%26c%3D2%23d&trk=x", "https://shop-eins.de/a?b=1&c=2#d"),
    ("facebook", "https://l.facebook.com/l.php?u=https%3A%2F%2Fshop-eins.de%2Fa%3Fb%3D1%26c%3D2%23d&h=AT0", "https://shop-eins.de/a?b=1&c=2#d"),
    ("facebook", "https://lm.facebook.com/l.php?u=https%3A%2F%2Fshop-eins.de%2Fa%3Fb%3D1%26c%3D2%23d", "https://shop-eins.de/a?b=1&c=2#d"),
    ("instagram", "https://l.instagram.com/?u=https%3A%2F%2Fshop-eins.de%2Fa%3Fb%3D1%26c%3D2%23d&e=AT", "https://shop-eins.de/a?b=1&c=2#d"),
    ("youtube", "https://www.youtube.com/redirect?event=video&q=https%3A%2F%2Fshop-eins.de%2Fa%3Fb%3D1%26c%3D2%23d", "https://shop-eins.de/a?b=1&c=2#d"),
    ("slack", "https://slack-redir.net/link?url=https%3A%2F%2Fshop-eins.de%2Fa%3Fb%3D1%26c%3D2%23d", "https://shop-eins.de/a?b=1&c=2#d"),
    ("steam", "https://steamcommunity.com/linkfilter/?url=https://shop-eins.de/a?b=1", "https://shop-eins.de/a?b=1"),
    ("vk", "https://vk.com/away.php?to=https%3A%2F%2Fshop-eins.de%2Fa%3Fb%3D1%26c%3D2%23d&cc_key=", "https://shop-eins.de/a?b=1&c=2#d"),
    ("bing", "https://www.bing.com/ck/a?!&&p=1&u=a1aHR0cHM6Ly9zaG9wLWVpbnMuZGUvYT9iPTEmYz0yI2Q&ntb=1", "https://shop-eins.de/a?b=1&c=2#d"),
    ("bing", "https://www.bing.com/aclk?ld=1&u=aHR0cHMlM0ElMkYlMkZzaG9wLWVpbnMuZGUlMkZhJTNGYiUzRDElMjZjJTNEMiUyM2Q=&rlid=2", "https://shop-eins.de/a?b=1&c=2#d"),
    ("yahoo", "https://r.search.yahoo.com/_ylt=A/RV=2/RE=1/RO=10/RU=https%3A%2F%2Fshop-eins.de%2Fa%3Fb%3D1%26c%3D2%23d/RK=2/RS=x-", "https://shop-eins.de/a?b=1&c=2#d"),
    ("yahoo", "http://rd.yahoo.com/a/b/*http://shop-eins.de/", "http://shop-eins.de/"),
    ("duckduckgo", "https://duckduckgo.com/l/?uddg=https%3A%2F%2Fshop-eins.de%2Fa%3Fb%3D1%26c%3D2%23d&rut=1", "https://shop-eins.de/a?b=1&c=2#d"),
    ("amazon-ses", "https://a1b2.r.eu-west-1.awstrack.me/L0/https:%2F%2Fshop-eins.de%2Fa/1/0102-a/b=1", "https://shop-eins.de/a"),
    ("amazon-ses", "https://email.stripe.com/CL0/https:%2F%2Fshop-eins.de%2Fa/1/0102/x=9", "https://shop-eins.de/a"),
    ("postmark", "https://click.pstmrk.it/3s/shop-eins.de%2Fa/qzF/1/AQ/x", "https://shop-eins.de/a"),
    ("mandrill", "https://mandrillapp.com/track/click/1/shop-eins.de?p=eyJzIjogIngiLCAidiI6IDEsICJwIjogIntcInVcIjogMSwgXCJ2XCI6IDEsIFwidXJsXCI6IFwiaHR0cHM6XFxcL1xcXC9zaG9wLWVpbnMuZGUvYT9iPTEmYz0yI2RcIiwgXCJpZFwiOiBcInFcIn0ifQ", "https://shop-eins.de/a?b=1&c=2#d"),
    ("mailjet", "https://x0q.mjt.lu/lnk/AAA/1/x-y/aHR0cHM6Ly9zaG9wLWVpbnMuZGUvYT9iPTEmYz0yI2Q", "https://shop-eins.de/a?b=1&c=2#d"),
    ("kit", "https://click.convertkit-mail.com/abc/def/aHR0cHM6Ly9zaG9wLWVpbnMuZGUvYQ==", "https://shop-eins.de/a"),
    ("customer-io", "https://e.customeriomail.com/e/c/eyJlbWFpbF9pZCI6ICJ4IiwgImhyZWYiOiAiaHR0cHM6Ly9zaG9wLWVpbnMuZGUvYT9iPTEmYz0yI2QifQ/sig", "https://shop-eins.de/a?b=1&c=2#d"),
    ("substack", "https://substack.com/redirect/2/eyJlIjogImh0dHBzOi8vc2hvcC1laW5zLmRlL2E_Yj0xJmM9MiNkIiwgInQiOiAxfQ.sig-x", "https://shop-eins.de/a?b=1&c=2#d"),
    ("safelinks", "https://eur02.safelinks.protection.outlook.com/?url=https%3A%2F%2Fwww.google.com%2Furl%3Fq%3Dhttps%253A%252F%252Fshop-eins.de%252Fa%253Fb%253D1%2526c%253D2%2523d&data=1", "https://shop-eins.de/a?b=1&c=2#d"),
    ("google", "www.google.com/url?q=https%3A%2F%2Fshop-eins.de%2Fa%3Fb%3D1%26c%3D2%23d", "https://shop-eins.de/a?b=1&c=2#d"),
];

#[test]
fn every_wrapper_is_taken_off() {
    for (wrapper, link, destination) in WRAPPED {
        let found = unwrap(link);
        assert_eq!(found.destination.as_deref(), Some(*destination), "{link}");
        assert_eq!(found.wrappers.first(), Some(wrapper), "{link}");
        assert_eq!(found.hidden, None, "{link}");
    }
}

#[test]
fn what_is_not_wrapped_comes_back_as_given() {
    for link in [
        "https://shop-eins.de",
        "HTTPS://Shop-Eins.DE/A?b=%2F#c",
        "https%3A%2F%2Fshop-eins.de",
        "shop-eins.de/path",
        "openai.com.evil@example.org",
        "//shop-eins.de/a",
        "mailto:a@shop-eins.de?subject=http://x.example",
        "tel:+49301234",
        "",
        "#top",
        "/relative?url=https://shop-eins.de",
        "https://shop-eins.de/?url=https://openai.com",
        "https://google.com.evil.example/url?q=https://openai.com",
        "https://google.evil.example/url?q=https://openai.com",
        "https://notgoogle.com/url?q=https://openai.com",
        "https://www.google.com/search?q=shop-eins.de",
        "https://www.google.com/url?q=weather",
        "https://urldefense.com/v3/__https://shop-eins.de/",
        "https://bit.ly/",
        "https://www.linkedin.com/in/someone",
        "https://evil.example/CL0/https:%2F%2Fopenai.com/1/a/b=1",
        "http://192.0.2.1/a\u{fc}?b=\\",
        "https://münchen.example/",
        "javascript:void(0)",
    ] {
        let found = unwrap(link);
        assert_eq!(found.destination.as_deref(), Some(link));
        assert_eq!((found.wrappers.len(), found.hidden), (0, None), "{link}");
    }
}

#[test]
fn what_shows_nothing_has_no_destination() {
    for (link, reason) in [
        ("https://protect-us.mimecast.com/s/AbCdEf?domain=x.de", "opaque"),
        ("https://url.uk.m.mimecastprotect.com/s/AbCdEf", "opaque"),
        ("https://us-east-2.protection.sophos.com/?d=x.de&q=1", "opaque"),
        ("https://lnkd.in/eAbC", "shortener"),
        ("https://t.co/AbC", "shortener"),
        ("https://u1.ct.sendgrid.net/ls/click?upn=u001", "tracker"),
        ("https://x.us2.list-manage.com/track/click?u=a&id=b", "tracker"),
        ("https://mandrillapp.com/track/click/1/x?p=%%%", "tracker"),
        ("https://d1.hubspotlinks.com/Ctc/x", "tracker"),
        ("https://notifications.google.com/g/p/AbC", "tracker"),
    ] {
        let found = unwrap(link);
        assert_eq!((found.destination, found.hidden), (None, Some(reason)));
    }
}

#[test]
fn a_wrapper_around_a_hidden_link_shows_that_link() {
    let found = unwrap("https://www.google.com/url?q=https://bit.ly/abc");
    assert_eq!(found.destination.as_deref(), Some("https://bit.ly/abc"));
    assert_eq!(found.hidden, Some("shortener"));
}

#[test]
fn hosts_written_to_deceive_are_written_plainly() {
    for (link, plain) in [
        ("http://0xcb.0x0.0x71.0x7/a", "http://203.0.113.7/a"),
        ("http://3405803783", "http://203.0.113.7"),
        ("http://u@0313.0.0161.07:80/", "http://u@203.0.113.7:80/"),
        (r"http:\\shop-eins.de\a?b=\", r"http://shop-eins.de/a?b=\"),
        ("http://%73hop-eins.de/%61", "http://shop-eins.de/%61"),
    ] {
        let found = unwrap(link).destination;
        assert_eq!(found.as_deref(), Some(plain));
    }
}

#[test]
fn wrappers_without_end_come_to_an_end() {
    let mut link = "https://shop-eins.de".to_owned();
    for _ in 0..40 {
        link = format!("https://www.google.com/url?q={link}");
    }
    assert_eq!(unwrap(&link).wrappers.len(), MAX_DEPTH);
}

#[test]
fn a_target_is_parsed_however_it_is_written() {
    let directory = Directory::builtin();
    for (href, host) in [
        ("https://openai.com/a", Some("openai.com")),
        ("openai.com/a", Some("openai.com")),
        ("openai.com:443/a", Some("openai.com")),
        ("//openai.com", Some("openai.com")),
        ("openai.com.evil@example.org", Some("example.org")),
        (
            "https://u1.ct.sendgrid.net/ls/click?upn=a",
            Some("u1.ct.sendgrid.net"),
        ),
        ("mailto:a@openai.com", None),
        ("tel:112", None),
        ("#a", None),
    ] {
        let target = Target::new(href, &directory);
        assert_eq!(target.host.as_ref().map(Host::ascii), host, "{href}");
        assert_eq!(target.is_web(), host.is_some(), "{href}");
    }
    let owned = Target::new("https://docs.google.com/forms/d", &directory);
    assert_eq!(owned.identity, None);
    let pinned = Target::new(
        "https://u20216706.ct.sendgrid.net/ls/click?upn=a",
        &directory,
    );
    assert_eq!(pinned.identity, directory.find("openai"));
    let tracker =
        Target::new("https://u1.ct.sendgrid.net/ls/click?upn=a", &directory);
    assert_eq!(tracker.identity, None);
}
