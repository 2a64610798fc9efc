use super::*;

const GOOD: &str = r#"{
    "vendors": [{"name": "Acme Pay", "domains": ["Acmepay.example", "bücher.example"]}],
    "organisation": {"name": "Corp", "domains": ["corp.example"]},
    "webmail": [{"host": "mail.corp.example:8443", "recipe": "roundcube"}],
    "trustedDomains": ["partner.example"],
    "support": {"text": "Ask us", "url": "https://help.corp.example", "email": "it@corp.example"},
    "language": "de",
    "disablePause": true,
    "disableFamiliarity": 1
}"#;

fn errors(json: &str) -> Vec<String> {
    let (_, errors) = Policy::from_json(json);
    errors.iter().map(ToString::to_string).collect()
}

#[test]
fn a_good_policy_takes_effect() {
    let (policy, errors) = Policy::from_json(GOOD);
    assert_eq!(errors, []);
    let vendor = &policy.vendors[0];
    assert_eq!(vendor.id, "acme-pay");
    let hosts = ["acmepay.example", "xn--bcher-kva.example"];
    assert_eq!(vendor.domains, hosts);
    assert_eq!(policy.webmail[0].host, "mail.corp.example:8443");
    assert!(policy.disable_pause && policy.disable_familiarity);
    assert!(!policy.disable_trust_senders);
}

#[test]
fn both_browsers_files_are_understood() {
    let bare = Policy::from_json(GOOD);
    let id = r#"{"other": {"mode": "x"}, "ours@id": "#;
    for file in [
        format!(r#"{{"3rdparty": {{"extensions": {id}{GOOD}}}}}}}"#),
        format!(
            r#"{{"policies": {{"3rdparty": {{"Extensions": {id}{GOOD}}}}}}}}}"#
        ),
    ] {
        assert_eq!(Policy::from_json(&file), bare, "{file}");
    }
    let (_, errors) = Policy::from_json(
        r#"{"3rdparty": {"extensions": {"a": {"vendors": 1}}}}"#,
    );
    assert_eq!(errors[0].key, "3rdparty.extensions.a.vendors");
}

#[test]
fn a_bad_entry_is_named_and_the_rest_holds() {
    let (policy, errors) = Policy::from_json(
        r#"{"vendors": [{"name": "A"}, {"name": "B", "domains": ["b.example",
            "*.c.example", "com", 4, "https://d.example"]}, 7,
            {"domains": ["e.example"]}], "vendor": [],
            "trustedDomains": "f.example", "disablePause": "yes"}"#,
    );
    // In what order keys of an object come is the parser's choice.
    let mut keys: Vec<_> = errors.iter().map(|e| e.key.as_str()).collect();
    keys.sort_unstable();
    assert_eq!(
        keys,
        [
            "disablePause",
            "trustedDomains",
            "vendor",
            "vendors[0].domains",
            "vendors[1].domains[1]",
            "vendors[1].domains[2]",
            "vendors[1].domains[3]",
            "vendors[1].domains[4]",
            "vendors[2]",
            "vendors[3].name",
        ]
    );
    assert_eq!(policy.vendors.len(), 1);
    assert_eq!(policy.vendors[0].domains, ["b.example"]);
}

#[test]
fn errors_say_what_is_expected() {
    for (json, reason) in [
        (r#"{"trusteddomain": []}"#, "did you mean “trustedDomains”?"),
        (r#"{"x": 1}"#, "there are vendors, organisation"),
        (r#"{"language": "tlh"}"#, "one of de, en"),
        (r#"{"webmail": [{"host": "https://a/"}]}"#, "a host alone"),
        (r#"{"support": {"email": "x"}}"#, "no mail address"),
        (r#"{"support": {"url": "javascript:x"}}"#, "no https://"),
        ("[]", "expected an object, found a list"),
        ("{", "no JSON"),
    ] {
        let errors = errors(json);
        assert_eq!(errors.len(), 1, "{errors:?}");
        assert!(errors[0].contains(reason), "{errors:?}");
    }
}

#[test]
fn the_schema_for_browsers_has_the_same_keys() {
    let path =
        concat!(env!("CARGO_MANIFEST_DIR"), "/extension/policy.schema.json");
    let text = std::fs::read_to_string(path).unwrap();
    let schema: Value = serde_json::from_str(&text).unwrap();
    let same = |at: &str, known: &[&str]| {
        let object = schema.pointer(&format!("{at}/properties")).unwrap();
        let mut keys: Vec<_> = object.as_object().unwrap().keys().collect();
        let mut known = known.to_vec();
        keys.sort();
        known.sort_unstable();
        assert_eq!(keys, known, "{at}");
    };
    same("", &keys::POLICY);
    same("/properties/vendors/items", &keys::VENDOR);
    same("/properties/organisation", &keys::ORGANISATION);
    same("/properties/webmail/items", &keys::WEBMAIL);
    same("/properties/support", &keys::SUPPORT);
    let languages = schema.pointer("/properties/language/enum").unwrap();
    assert_eq!(*languages, Value::from(keys::LANGUAGES.to_vec()));
    only_what_chromium_takes(&schema);
}

/// Chromium does not load an extension whose schema uses more.
fn only_what_chromium_takes(schema: &Value) {
    const WORDS: [&str; 7] = [
        "type",
        "properties",
        "items",
        "enum",
        "minimum",
        "maximum",
        "pattern",
    ];
    let object = schema.as_object().unwrap();
    assert!(object.contains_key("type"));
    for (word, value) in object {
        assert!(WORDS.contains(&word.as_str()), "{word}");
        match word.as_str() {
            "items" => only_what_chromium_takes(value),
            "properties" => value
                .as_object()
                .unwrap()
                .values()
                .for_each(only_what_chromium_takes),
            _ => {}
        }
    }
}
