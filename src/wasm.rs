//! The engine for JavaScript: the only file that knows wasm-bindgen.

use std::cell::RefCell;

use serde::Serialize;
use wasm_bindgen::prelude::*;

use crate::directory::Vendor;
use crate::{Engine, Message, policy::Policy, read};

thread_local! {
    static ENGINE: RefCell<Engine> = RefCell::new(Engine::new());
}

fn with<T>(work: impl FnOnce(&Engine) -> T) -> T {
    ENGINE.with(|engine| work(&engine.borrow()))
}

fn to_js<T: Serialize>(value: &T) -> Result<JsValue, JsValue> {
    let serializer = serde_wasm_bindgen::Serializer::json_compatible();
    value.serialize(&serializer).map_err(JsValue::from)
}

/// Takes an administrator's policy; `undefined` or `{}` for none.
#[wasm_bindgen]
pub fn configure(policy: JsValue) -> Result<(), JsValue> {
    let policy: Policy = if policy.is_undefined() || policy.is_null() {
        Policy::default()
    } else {
        serde_wasm_bindgen::from_value(policy)?
    };
    ENGINE.with(|engine| *engine.borrow_mut() = Engine::with_policy(policy));
    Ok(())
}

/// Judges a message (`Message` as JSON); gives `{level, vendor, findings}`.
#[wasm_bindgen(js_name = checkMessage)]
pub fn check_message(message: JsValue) -> Result<JsValue, JsValue> {
    let message: Message = serde_wasm_bindgen::from_value(message)?;
    to_js(&with(|engine| engine.check_message(&message)))
}

/// Judges a host alone.
#[wasm_bindgen(js_name = checkHost)]
pub fn check_host(host: &str) -> Result<JsValue, JsValue> {
    let verdict = with(|engine| engine.check_host(host))
        .map_err(|e| js_sys::Error::new(&e.to_string()))?;
    to_js(&verdict)
}

/// Judges a link alone; `text` is what a person reads on it.
#[wasm_bindgen(js_name = checkLink)]
pub fn check_link(url: &str, text: &str) -> Result<JsValue, JsValue> {
    to_js(&with(|engine| engine.check_link(url, text)))
}

/// Reads and judges a mail's source; gives `{message, verdict}`.
#[wasm_bindgen(js_name = checkMail)]
pub fn check_mail(source: &[u8]) -> Result<JsValue, JsValue> {
    #[derive(Serialize)]
    struct Checked {
        message: Message,
        verdict: crate::Verdict,
    }
    let message = read::eml::read(source)
        .map_err(|e| js_sys::Error::new(&e.to_string()))?;
    let verdict = with(|engine| engine.check_message(&message));
    to_js(&Checked { message, verdict })
}

/// A vendor by id; `undefined` where there is none.
#[wasm_bindgen]
pub fn vendor(id: &str) -> Result<JsValue, JsValue> {
    let vendor: Option<Vendor> = with(|engine| {
        let directory = engine.directory();
        directory.find(id).map(|id| directory.vendor(id).clone())
    });
    to_js(&vendor)
}
