//! Reads a message from JSON.
//!
//! By hand: what serde makes of these types for JavaScript's values is a
//! tenth of the WebAssembly's code.

use std::error::Error;
use std::fmt;

use serde_json::{Map, Value};

use super::{
    AuthResult, Authentication, Familiarity, Link, LinkKind, Mailbox, Message,
};

/// A field that holds something else than it should.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub struct FieldError {
    /// Its name; of a list's item the list's.
    pub field: &'static str,
    /// What it should hold.
    pub expected: &'static str,
}

impl fmt::Display for FieldError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.field)?;
        f.write_str(": expected ")?;
        f.write_str(self.expected)
    }
}

impl Error for FieldError {}

type Read<T> = Result<T, FieldError>;

pub(super) fn message(value: Value) -> Read<Message> {
    let mut given = Fields::of("message", value)?;
    Ok(Message {
        from: given.list("from", mailbox)?,
        sender: given.object("sender", mailbox)?,
        reply_to: given.list("replyTo", mailbox)?,
        to: given.list("to", mailbox)?,
        subject: given.text("subject")?,
        text: given.text("text")?,
        quoted: given.text("quoted")?,
        links: given.list("links", link)?,
        images: given.list("images", text)?,
        attachments: given.list("attachments", text)?,
        authentication: given
            .object("authentication", authentication)?
            .unwrap_or_default(),
        list: given.flag("list")?,
        familiarity: given
            .object("familiarity", familiarity)?
            .unwrap_or_default(),
    })
}

fn mailbox(field: &'static str, value: Value) -> Read<Mailbox> {
    let mut given = Fields::of(field, value)?;
    Ok(Mailbox { name: given.text("name")?, address: given.text("address")? })
}

fn link(field: &'static str, value: Value) -> Read<Link> {
    let mut given = Fields::of(field, value)?;
    let kind = match &*given.text("kind")? {
        "" | "anchor" => LinkKind::Anchor,
        "area" => LinkKind::Area,
        "form" => LinkKind::Form,
        "image" => LinkKind::Image,
        "text" => LinkKind::Text,
        _ => return Err(unknown("kind")),
    };
    Ok(Link {
        href: given.text("href")?,
        text: given.text("text")?,
        kind,
        quoted: given.flag("quoted")?,
    })
}

fn authentication(field: &'static str, value: Value) -> Read<Authentication> {
    let mut given = Fields::of(field, value)?;
    let mut result = |field| match &*given.text(field)? {
        "" | "unknown" => Ok(AuthResult::Unknown),
        "pass" => Ok(AuthResult::Pass),
        "fail" => Ok(AuthResult::Fail),
        "none" => Ok(AuthResult::None),
        _ => Err(unknown(field)),
    };
    Ok(Authentication {
        spf: result("spf")?,
        dkim: result("dkim")?,
        dmarc: result("dmarc")?,
        hosts: given.list("hosts", text)?,
    })
}

fn familiarity(field: &'static str, value: Value) -> Read<Familiarity> {
    let mut given = Fields::of(field, value)?;
    match &*given.text("kind")? {
        "unknown" => Ok(Familiarity::Unknown),
        "new" => Ok(Familiarity::New),
        "seen" => Ok(Familiarity::Seen {
            days: given.number("days")?,
            count: given.number("count")?,
        }),
        _ => Err(unknown("kind")),
    }
}

fn text(field: &'static str, value: Value) -> Read<String> {
    match value {
        Value::Null => Ok(String::new()),
        Value::String(text) => Ok(text),
        _ => Err(FieldError { field, expected: "a text" }),
    }
}

fn unknown(field: &'static str) -> FieldError {
    FieldError { field, expected: "one of its names" }
}

/// The fields of an object; what is absent is empty.
struct Fields(Map<String, Value>);

impl Fields {
    fn of(field: &'static str, value: Value) -> Read<Self> {
        match value {
            Value::Object(fields) => Ok(Self(fields)),
            _ => Err(FieldError { field, expected: "an object" }),
        }
    }

    fn take(&mut self, field: &str) -> Value {
        self.0.get_mut(field).map(Value::take).unwrap_or_default()
    }

    fn text(&mut self, field: &'static str) -> Read<String> {
        text(field, self.take(field))
    }

    fn flag(&mut self, field: &'static str) -> Read<bool> {
        match self.take(field) {
            Value::Null => Ok(false),
            Value::Bool(flag) => Ok(flag),
            _ => Err(FieldError { field, expected: "true or false" }),
        }
    }

    fn number(&mut self, field: &'static str) -> Read<u32> {
        let number = self.take(field).as_u64();
        let number = number.and_then(|number| number.try_into().ok());
        number.ok_or(FieldError { field, expected: "a number" })
    }

    fn object<T>(
        &mut self,
        field: &'static str,
        read: fn(&'static str, Value) -> Read<T>,
    ) -> Read<Option<T>> {
        match self.take(field) {
            Value::Null => Ok(None),
            value => read(field, value).map(Some),
        }
    }

    fn list<T>(
        &mut self,
        field: &'static str,
        read: fn(&'static str, Value) -> Read<T>,
    ) -> Read<Vec<T>> {
        match self.take(field) {
            Value::Null => Ok(Vec::new()),
            Value::Array(items) => {
                items.into_iter().map(|item| read(field, item)).collect()
            }
            _ => Err(FieldError { field, expected: "a list" }),
        }
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    /// A message in which no field is empty.
    fn full() -> Message {
        let mailbox = |name: &str| Mailbox {
            name: name.to_owned(),
            address: format!("{name}@example.org"),
        };
        let kinds = [
            LinkKind::Anchor,
            LinkKind::Area,
            LinkKind::Form,
            LinkKind::Image,
            LinkKind::Text,
        ];
        let link = |kind| Link {
            href: "https://example.org/".to_owned(),
            text: "Read on".to_owned(),
            kind,
            quoted: true,
        };
        Message {
            from: vec![mailbox("from"), mailbox("second")],
            sender: Some(mailbox("sender")),
            reply_to: vec![mailbox("answers")],
            to: vec![mailbox("to")],
            subject: "A subject".to_owned(),
            text: "A text".to_owned(),
            quoted: "A quotation".to_owned(),
            links: kinds.map(link).to_vec(),
            images: vec!["An image".to_owned()],
            attachments: vec!["bill.pdf".to_owned()],
            authentication: Authentication {
                spf: AuthResult::Pass,
                dkim: AuthResult::Fail,
                dmarc: AuthResult::None,
                hosts: vec!["example.org".to_owned()],
            },
            list: true,
            familiarity: Familiarity::Seen { days: 3, count: 7 },
        }
    }

    #[test]
    fn a_message_is_read_as_it_was_written() {
        for familiarity in
            [full().familiarity, Familiarity::New, Familiarity::Unknown]
        {
            let written = Message { familiarity, ..full() };
            let json = serde_json::to_value(&written).unwrap();
            assert_eq!(message(json), Ok(written));
        }
    }

    #[test]
    fn what_is_absent_is_empty() {
        assert_eq!(message(json!({})), Ok(Message::default()));
        let sparse = json!({ "from": [{}], "sender": null, "links": [{}] });
        let expected = Message {
            from: vec![Mailbox::default()],
            links: vec![Link::default()],
            ..Message::default()
        };
        assert_eq!(message(sparse), Ok(expected));
    }

    #[test]
    fn what_is_of_another_kind_is_named() {
        for (wrong, told) in [
            (json!([]), "message: expected an object"),
            (json!({ "subject": 1 }), "subject: expected a text"),
            (json!({ "from": "a@b.example" }), "from: expected a list"),
            (json!({ "to": ["a@b.example"] }), "to: expected an object"),
            (json!({ "list": "yes" }), "list: expected true or false"),
            (
                json!({ "links": [{ "kind": "button" }] }),
                "kind: expected one of its names",
            ),
            (
                json!({ "familiarity": { "kind": "seen", "days": -1 } }),
                "days: expected a number",
            ),
        ] {
            assert_eq!(message(wrong).unwrap_err().to_string(), told);
        }
    }
}
