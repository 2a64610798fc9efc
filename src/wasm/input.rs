//! Reads what JavaScript hands over.
//!
//! Field by field and without serde, whose readers would be a tenth of the
//! whole module. What is absent is empty; what is of another kind is an
//! error that names the field.

use js_sys::{Array, Error, Number, Object};
use serde_json::{Map, Value};
use wasm_bindgen::prelude::*;

use crate::{
    AuthResult, Authentication, Familiarity, Link, LinkKind, Mailbox, Message,
};

#[wasm_bindgen]
extern "C" {
    /// An object with any of the fields of a [`Message`] and its parts.
    type Given;

    #[wasm_bindgen(method, getter)]
    fn from(this: &Given) -> JsValue;
    #[wasm_bindgen(method, getter)]
    fn sender(this: &Given) -> JsValue;
    #[wasm_bindgen(method, getter, js_name = replyTo)]
    fn reply_to(this: &Given) -> JsValue;
    #[wasm_bindgen(method, getter)]
    fn to(this: &Given) -> JsValue;
    #[wasm_bindgen(method, getter)]
    fn subject(this: &Given) -> JsValue;
    #[wasm_bindgen(method, getter)]
    fn text(this: &Given) -> JsValue;
    #[wasm_bindgen(method, getter)]
    fn quoted(this: &Given) -> JsValue;
    #[wasm_bindgen(method, getter)]
    fn links(this: &Given) -> JsValue;
    #[wasm_bindgen(method, getter)]
    fn images(this: &Given) -> JsValue;
    #[wasm_bindgen(method, getter)]
    fn attachments(this: &Given) -> JsValue;
    #[wasm_bindgen(method, getter)]
    fn authentication(this: &Given) -> JsValue;
    #[wasm_bindgen(method, getter)]
    fn list(this: &Given) -> JsValue;
    #[wasm_bindgen(method, getter)]
    fn familiarity(this: &Given) -> JsValue;

    #[wasm_bindgen(method, getter)]
    fn name(this: &Given) -> JsValue;
    #[wasm_bindgen(method, getter)]
    fn address(this: &Given) -> JsValue;

    #[wasm_bindgen(method, getter)]
    fn href(this: &Given) -> JsValue;
    #[wasm_bindgen(method, getter)]
    fn kind(this: &Given) -> JsValue;

    #[wasm_bindgen(method, getter)]
    fn spf(this: &Given) -> JsValue;
    #[wasm_bindgen(method, getter)]
    fn dkim(this: &Given) -> JsValue;
    #[wasm_bindgen(method, getter)]
    fn dmarc(this: &Given) -> JsValue;
    #[wasm_bindgen(method, getter)]
    fn hosts(this: &Given) -> JsValue;

    #[wasm_bindgen(method, getter)]
    fn days(this: &Given) -> JsValue;
    #[wasm_bindgen(method, getter)]
    fn count(this: &Given) -> JsValue;
}

/// Reads a message.
pub(super) fn message(value: &JsValue) -> Result<Message, JsValue> {
    let given = object("message", value)?;
    let mailboxes = |field, value| list(field, value, mailbox);
    Ok(Message {
        from: mailboxes("from", &given.from())?,
        sender: match given.sender() {
            sender if is_absent(&sender) => None,
            sender => Some(mailbox("sender", &sender)?),
        },
        reply_to: mailboxes("replyTo", &given.reply_to())?,
        to: mailboxes("to", &given.to())?,
        subject: text("subject", &given.subject())?,
        text: text("text", &given.text())?,
        quoted: text("quoted", &given.quoted())?,
        links: list("links", &given.links(), link)?,
        images: list("images", &given.images(), text)?,
        attachments: list("attachments", &given.attachments(), text)?,
        authentication: authentication(&given.authentication())?,
        list: flag("list", &given.list())?,
        familiarity: familiarity(&given.familiarity())?,
    })
}

/// What a policy holds, as JSON.
pub(super) fn json(value: &JsValue) -> Value {
    if let Some(text) = value.as_string() {
        Value::String(text)
    } else if let Some(flag) = value.as_bool() {
        Value::Bool(flag)
    } else if let Some(number) = value.as_f64() {
        let is_whole = Number::is_safe_integer(value);
        #[expect(clippy::cast_possible_truncation, reason = "it is whole")]
        let whole = is_whole.then_some(number as i64);
        whole.map_or_else(|| Value::from(number), Value::from)
    } else if let Some(items) = value.dyn_ref::<Array>() {
        Value::Array(items.iter().map(|item| json(&item)).collect())
    } else if let Some(object) = value.dyn_ref::<Object>() {
        let entry = |entry: JsValue| {
            let pair = Array::from(&entry);
            Some((pair.get(0).as_string()?, json(&pair.get(1))))
        };
        let entries = Object::entries(object);
        Value::Object(entries.iter().filter_map(entry).collect::<Map<_, _>>())
    } else {
        Value::Null
    }
}

fn mailbox(field: &str, value: &JsValue) -> Result<Mailbox, JsValue> {
    let given = object(field, value)?;
    Ok(Mailbox {
        name: text("name", &given.name())?,
        address: text("address", &given.address())?,
    })
}

fn link(field: &str, value: &JsValue) -> Result<Link, JsValue> {
    let given = object(field, value)?;
    Ok(Link {
        href: text("href", &given.href())?,
        text: text("text", &given.text())?,
        kind: named("kind", &given.kind(), LinkKind::named)?,
        quoted: flag("quoted", &given.quoted())?,
    })
}

fn authentication(value: &JsValue) -> Result<Authentication, JsValue> {
    if is_absent(value) {
        return Ok(Authentication::default());
    }
    let given = object("authentication", value)?;
    let result = |field, value| named(field, value, AuthResult::named);
    Ok(Authentication {
        spf: result("spf", &given.spf())?,
        dkim: result("dkim", &given.dkim())?,
        dmarc: result("dmarc", &given.dmarc())?,
        hosts: list("hosts", &given.hosts(), text)?,
    })
}

fn familiarity(value: &JsValue) -> Result<Familiarity, JsValue> {
    if is_absent(value) {
        return Ok(Familiarity::Unknown);
    }
    let given = object("familiarity", value)?;
    match text("kind", &given.kind())?.as_str() {
        "unknown" => Ok(Familiarity::Unknown),
        "new" => Ok(Familiarity::New),
        "seen" => Ok(Familiarity::Seen {
            days: number("days", &given.days())?,
            count: number("count", &given.count())?,
        }),
        _ => Err(expected("kind", "unknown, new or seen")),
    }
}

fn is_absent(value: &JsValue) -> bool {
    value.is_undefined() || value.is_null()
}

fn object(field: &str, value: &JsValue) -> Result<Given, JsValue> {
    if !value.is_object() {
        return Err(expected(field, "an object"));
    }
    Ok(value.clone().unchecked_into())
}

fn text(field: &str, value: &JsValue) -> Result<String, JsValue> {
    if is_absent(value) {
        return Ok(String::new());
    }
    value.as_string().ok_or_else(|| expected(field, "a text"))
}

fn flag(field: &str, value: &JsValue) -> Result<bool, JsValue> {
    if is_absent(value) {
        return Ok(false);
    }
    value.as_bool().ok_or_else(|| expected(field, "true or false"))
}

fn number(field: &str, value: &JsValue) -> Result<u32, JsValue> {
    let number = value.as_f64().filter(|number| *number >= 0.0);
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "what is larger than a u32 becomes the largest"
    )]
    let number = number.map(|number| number as u32);
    number.ok_or_else(|| expected(field, "a number"))
}

/// One of an enum's names; its default where it is absent.
fn named<T: Default>(
    field: &str,
    value: &JsValue,
    of: fn(&str) -> Option<T>,
) -> Result<T, JsValue> {
    match text(field, value)?.as_str() {
        "" => Ok(T::default()),
        name => of(name).ok_or_else(|| expected(field, "a known name")),
    }
}

fn list<T>(
    field: &str,
    value: &JsValue,
    item: impl Fn(&str, &JsValue) -> Result<T, JsValue>,
) -> Result<Vec<T>, JsValue> {
    if is_absent(value) {
        return Ok(Vec::new());
    }
    let items = value.dyn_ref::<Array>();
    let items = items.ok_or_else(|| expected(field, "a list"))?;
    items.iter().map(|value| item(field, &value)).collect()
}

fn expected(field: &str, what: &str) -> JsValue {
    Error::new(&[field, ": expected ", what].concat()).into()
}
