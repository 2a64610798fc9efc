//! What a person does with mouse and keyboard, as WebDriver's actions.

use serde_json::{Value, json};

use crate::driver::{Result, Session, until};

/// A mouse button, by its number.
#[derive(Clone, Copy, Debug)]
#[repr(u8)]
pub enum Button {
    /// The main one.
    Left = 0,
    /// The wheel.
    Middle = 1,
    /// The one for menus.
    Right = 2,
}

/// Keys that are held or pressed, as WebDriver names them.
pub mod key {
    /// Control.
    pub const CONTROL: &str = "\u{e009}";
    /// Shift.
    pub const SHIFT: &str = "\u{e008}";
    /// Enter.
    pub const ENTER: &str = "\u{e007}";
    /// Home.
    pub const HOME: &str = "\u{e011}";
    /// Delete.
    pub const DELETE: &str = "\u{e017}";
    /// Escape.
    pub const ESCAPE: &str = "\u{e00c}";
}

impl Session {
    /// Clicks on the middle of an element, with a key held down.
    pub async fn click_with(
        &self,
        selector: &str,
        button: Button,
        held: Option<&str>,
    ) -> Result {
        let button = button as u8;
        let steps = json!([
            self.over(selector).await?,
            { "type": "pointerDown", "button": button },
            { "type": "pointerUp", "button": button },
        ]);
        self.move_hand(steps, held).await
    }

    /// Moves the mouse over an element.
    pub async fn hover(&self, selector: &str) -> Result {
        self.move_hand(json!([self.over(selector).await?]), None).await
    }

    /// Drags an element away with the mouse.
    pub async fn drag(&self, selector: &str) -> Result {
        let away = |by: i32| {
            json!({
                "type": "pointerMove", "duration": 50,
                "origin": "pointer", "x": by, "y": by,
            })
        };
        let steps = json!([
            self.over(selector).await?,
            { "type": "pointerDown", "button": 0 },
            away(8),
            away(40),
            { "type": "pointerUp", "button": 0 },
        ]);
        self.move_hand(steps, None).await
    }

    /// Presses keys where the focus is.
    pub async fn press_keys(&self, keys: &[&str]) -> Result {
        let downs =
            keys.iter().map(|k| json!({"type": "keyDown", "value": k}));
        let ups =
            keys.iter().rev().map(|k| json!({"type": "keyUp", "value": k}));
        let steps = downs.chain(ups).collect::<Vec<_>>();
        let keyboard =
            json!({ "type": "key", "id": "keyboard", "actions": steps });
        self.perform(json!([keyboard])).await
    }

    /// The mouse over the middle of the first element shown. The element
    /// itself never leaves the page: a driver asks its properties, which a
    /// mail may have taken.
    async fn over(&self, selector: &str) -> Result<Value> {
        let (x, y) = until(selector, || async {
            let found = self.driver.execute(MIDDLE, vec![selector.into()]);
            Ok(found.await?.convert::<Option<(f64, f64)>>()?)
        })
        .await?;
        Ok(json!({
            "type": "pointerMove", "duration": 0, "origin": "viewport",
            "x": x.round(), "y": y.round(),
        }))
    }

    async fn move_hand(&self, steps: Value, held: Option<&str>) -> Result {
        let count = steps.as_array().map_or(0, Vec::len);
        let mouse = json!({
            "type": "pointer", "id": "mouse",
            "parameters": { "pointerType": "mouse" },
            "actions": steps,
        });
        let mut devices = vec![mouse];
        if let Some(key) = held {
            // Devices act in step: down with the first, up after the last.
            let mut keys = vec![json!({ "type": "keyDown", "value": key })];
            keys.resize(count, json!({ "type": "pause" }));
            keys.push(json!({ "type": "keyUp", "value": key }));
            devices.push(
                json!({ "type": "key", "id": "keyboard", "actions": keys }),
            );
        }
        self.perform(devices.into()).await
    }
}

/// Where the middle of an element is; null while none is shown.
const MIDDLE: &str = "
    const [selector] = arguments;
    const element = [...document.querySelectorAll(selector)]
      .find((one) => one.getClientRects().length > 0);
    if (!element) return null;
    element.scrollIntoView({ block: 'nearest' });
    const box = element.getBoundingClientRect();
    return [box.x + box.width / 2, box.y + box.height / 2];";
