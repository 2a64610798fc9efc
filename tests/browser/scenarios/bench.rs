//! How long the engine takes in the browsers; `./build.sh bench` prints it.

use std::fs;
use std::path::Path;

use serde_json::{Map, Value};

use crate::driver::{Result, until};
use crate::page::Page;
use crate::served::Served;
use crate::world::root;

/// Opens the page that measures and prints its figures.
pub async fn engine(page: &Page) -> Result {
    let folder = tempfile::tempdir()?;
    copy("tests/bench/page", folder.path())?;
    copy("dist/wasm", &folder.path().join("engine"))?;
    let served = Served::start(folder.path()).await?;
    page.driver().goto(&served.address).await?;
    page.find("#figures").await?;
    let figures = until("the figures", || async {
        let text = page.text_of("#figures").await?;
        Ok((!text.is_empty()).then_some(text))
    })
    .await?;
    let figures: Map<String, Value> = serde_json::from_str(&figures)?;
    if let Some(error) = figures.get("error") {
        return Err(format!("the page says: {error}").into());
    }
    let browser = page.session.browser.name();
    let rows = figures.iter().map(|(what, time)| {
        let time = time.as_f64().unwrap_or_default();
        format!("{browser}: {what:34} {time:>8.1} ms\n")
    });
    print!("\n{}", rows.collect::<String>());
    Ok(())
}

fn copy(from: &str, to: &Path) -> Result {
    fs::create_dir_all(to)?;
    for entry in fs::read_dir(root().join(from))? {
        let entry = entry?;
        fs::copy(entry.path(), to.join(entry.file_name()))?;
    }
    Ok(())
}
