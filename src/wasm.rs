//! The engine for JavaScript: the only file that knows wasm-bindgen.

use std::cell::RefCell;
use std::collections::BTreeMap;
use std::panic;

use js_sys::{Array, Number, Object, Reflect};
use serde::Serialize;
use serde_json::Value;
use wasm_bindgen::prelude::*;
use web_sys::{Performance, console};

use crate::directory::Vendor;
use crate::host::Host;
use crate::link::Target;
use crate::{Engine, Level, Message, Verdict, policy::Policy, read, secret};

/// A third of the size of the standard library's.
#[global_allocator]
static ALLOCATOR: rlsf::SmallGlobalTlsf = rlsf::SmallGlobalTlsf::new();

thread_local! {
    static ENGINE: RefCell<Engine> = RefCell::new(Engine::new());
}

/// Tells the console where a panic arose, which would otherwise be no more
/// than "unreachable"; its words could quote a mail and stay unsaid.
#[wasm_bindgen(start)]
fn start() {
    panic::set_hook(Box::new(|panic| {
        let place = panic.location().map(ToString::to_string);
        console::error_2(&"Doppelcheck panicked at".into(), &place.into());
    }));
}

/// Does a piece of work so that the browsers' profilers show it by name.
fn marked<T>(name: &str, work: impl FnOnce() -> T) -> T {
    let performance =
        Reflect::get(&js_sys::global(), &JsValue::from("performance"))
            .ok()
            .and_then(|found| found.dyn_into::<Performance>().ok());
    let Some(performance) = performance else { return work() };
    // No mark is worth failing for.
    let _ = performance.mark(name);
    let done = work();
    let _ = performance.measure_with_start_mark(name, name);
    performance.clear_marks_with_mark_name(name);
    done
}

fn with<T>(work: impl FnOnce(&Engine) -> T) -> T {
    ENGINE.with(|engine| work(&engine.borrow()))
}

fn to_js<T: Serialize>(value: &T) -> Result<JsValue, JsValue> {
    let serializer = serde_wasm_bindgen::Serializer::json_compatible();
    value.serialize(&serializer).map_err(JsValue::from)
}

/// How deep objects may lie in objects; what lies deeper is `null`.
const MAX_DEPTH: usize = 32;

/// A value of JavaScript's as JSON; `null` for what JSON does not know.
fn from_js(value: &JsValue, depth: usize) -> Value {
    if let Some(text) = value.as_string() {
        Value::String(text)
    } else if let Some(flag) = value.as_bool() {
        Value::Bool(flag)
    } else if let Some(number) = value.as_f64() {
        #[expect(clippy::cast_possible_truncation, reason = "it is whole")]
        let whole = Number::is_safe_integer(value).then_some(number as i64);
        whole.map_or_else(|| Value::from(number), Value::from)
    } else if depth == 0 {
        Value::Null
    } else if let Some(items) = value.dyn_ref::<Array>() {
        items.iter().map(|item| from_js(&item, depth - 1)).collect()
    } else if let Some(object) = value.dyn_ref::<Object>() {
        let field = |entry: JsValue| {
            let entry = Array::from(&entry);
            let name = entry.get(0).as_string()?;
            Some((name, from_js(&entry.get(1), depth - 1)))
        };
        Object::entries(object).iter().filter_map(field).collect()
    } else {
        Value::Null
    }
}

/// Takes an administrator's policy; `undefined` or `{}` for none. Gives
/// what of it takes no effect: `[{key, reason}]`.
#[wasm_bindgen]
pub fn configure(policy: &JsValue) -> Result<JsValue, JsValue> {
    let (policy, errors) = if policy.is_undefined() || policy.is_null() {
        (Policy::default(), Vec::new())
    } else {
        Policy::from_value(&from_js(policy, MAX_DEPTH))
    };
    let engine = marked("doppelcheck: engine", || Engine::with_policy(policy));
    // `set` does not first build the engine that it replaces.
    ENGINE.set(engine);
    to_js(&errors)
}

/// Judges a message (`Message` as JSON); gives `{level, vendor, findings}`
/// with what is needed to put it into words: the sender's host, the vendors
/// that the findings name and, when there is something to warn of, where
/// each link leads.
#[wasm_bindgen(js_name = checkMessage)]
pub fn check_message(message: &JsValue) -> Result<JsValue, JsValue> {
    let message = Message::from_value(from_js(message, MAX_DEPTH))
        .map_err(|e| js_sys::Error::new(&e.to_string()))?;
    to_js(&with(|engine| Told::of(engine, &message)))
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

/// Judges who a text alone says it is.
#[wasm_bindgen(js_name = checkText)]
pub fn check_text(text: &str) -> Result<JsValue, JsValue> {
    to_js(&with(|engine| engine.check_text(text)))
}

/// Reads and judges a mail's source; gives `{message, verdict}`.
#[wasm_bindgen(js_name = checkMail)]
pub fn check_mail(source: &[u8]) -> Result<JsValue, JsValue> {
    #[derive(Serialize)]
    struct Checked {
        message: Message,
        verdict: Told,
    }
    let message = read::eml::read(source)
        .map_err(|e| js_sys::Error::new(&e.to_string()))?;
    let verdict = with(|engine| Told::of(engine, &message));
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

/// The secret in a text that is being written, by its code; `undefined`
/// where there is none.
#[wasm_bindgen(js_name = findSecret)]
#[must_use]
pub fn find_secret(text: &str, answering: bool) -> Option<String> {
    secret::find(text, answering).map(|secret| secret.code().to_owned())
}

/// A host taken apart for a person; `undefined` where the text is no host.
#[wasm_bindgen(js_name = hostParts)]
pub fn host_parts(host: &str) -> Result<JsValue, JsValue> {
    to_js(&Host::parse(host).ok().map(|host| HostParts::of(&host)))
}

/// A verdict with what is needed to put it into words.
#[derive(Serialize)]
struct Told {
    #[serde(flatten)]
    verdict: Verdict,
    sender: Option<HostParts>,
    links: Vec<LinkTarget>,
    vendors: BTreeMap<String, VendorInfo>,
}

impl Told {
    fn of(engine: &Engine, message: &Message) -> Self {
        let (verdict, targets) = engine.judge(message);
        let sender = message
            .from
            .first()
            .and_then(|mailbox| mailbox.address.rsplit_once('@'))
            .and_then(|(_, host)| Host::parse(host).ok());
        let links = if verdict.level >= Level::Caution {
            let targets = targets.into_iter().enumerate();
            targets.map(|(i, t)| LinkTarget::of(engine, i, t)).collect()
        } else {
            Vec::new()
        };
        let directory = engine.directory();
        let mut vendors = BTreeMap::new();
        for id in verdict.findings.iter().filter_map(|f| f.vendor.as_ref()) {
            if let Some(found) = directory.find(id) {
                let vendor = VendorInfo::of(directory.vendor(found));
                vendors.insert(id.clone(), vendor);
            }
        }
        let sender = sender.map(|host| HostParts::of(&host));
        Self { verdict, sender, links, vendors }
    }
}

/// What the texts need of a vendor.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct VendorInfo {
    id: String,
    name: String,
    home: String,
    open: String,
    report: String,
    never_asks: Vec<String>,
}

impl VendorInfo {
    fn of(vendor: &Vendor) -> Self {
        Self {
            id: vendor.id.clone(),
            name: vendor.name.clone(),
            home: vendor.home().to_owned(),
            open: vendor.open.clone(),
            report: vendor.report.clone(),
            never_asks: vendor.never_asks.clone(),
        }
    }
}

/// A host as a person must read it.
#[derive(Serialize)]
struct HostParts {
    host: String,
    unicode: String,
    registrable: String,
}

impl HostParts {
    fn of(host: &Host) -> Self {
        Self {
            host: host.ascii().to_owned(),
            unicode: host.unicode().into_owned(),
            registrable: host.registrable().to_owned(),
        }
    }
}

/// Where one link of a message leads.
#[derive(Serialize)]
struct LinkTarget {
    link: usize,
    destination: Option<String>,
    host: Option<HostParts>,
    identity: Option<String>,
}

impl LinkTarget {
    fn of(engine: &Engine, link: usize, target: Target) -> Self {
        let destination = target.unwrapped.destination;
        // Where nothing shows the destination, the host is the wrapper's.
        let shown = destination.is_some();
        let name = |id| engine.directory().vendor(id).id.clone();
        let host = target.host.as_ref().filter(|_| shown);
        Self {
            link,
            host: host.map(HostParts::of),
            identity: target.identity.filter(|_| shown).map(name),
            destination,
        }
    }
}
