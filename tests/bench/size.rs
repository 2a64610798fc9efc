//! How large the WebAssembly is, and what it is made of.

use std::fs;
use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::process::Command;

macro_rules! table {
    ($name:literal) => {
        include_bytes!(concat!(env!("OUT_DIR"), "/", $name, ".lzma"))
    };
}

/// What `build.rs` compressed: the name, and the table as it stands in the
/// module.
const TABLES: [(&str, &[u8]); 8] = [
    ("vendors and their hosts", table!("vendors")),
    ("Public Suffix rules", table!("suffixes")),
    ("phrases of pressure", table!("pressure")),
    ("hosts that hide destinations", table!("hidden")),
    ("hosts where anyone puts up pages", table!("hosting")),
    ("link wrappers", table!("wrappers")),
    ("what characters read as", table!("folds")),
    ("HTML's named characters", table!("references")),
];

/// The ids of sections in a module.
const CODE: u8 = 10;
const DATA: u8 = 11;

/// Prints the size of the module below a folder, and of its parts.
pub fn print(folder: &Path) {
    let module = find_wasm(folder).and_then(|path| fs::read(path).ok());
    let Some(module) = module else {
        println!("wasm: not built yet (./build.sh builds it)");
        return;
    };
    println!(
        "\n{:44} {:>12} {:>8}",
        "WebAssembly, in bytes", "raw", "gzip -9"
    );
    row("the module (goal 400 000, 180 000)", &module);
    let code = section(&module, CODE).unwrap_or_default();
    row("  code", code);
    let mut rest = section(&module, DATA).unwrap_or_default().to_vec();
    row("  data", &rest);
    for (what, table) in TABLES {
        let place = rest.windows(table.len()).position(|w| w == table);
        match place {
            Some(place) => drop(rest.drain(place..place + table.len())),
            None => println!("    {what}: not in this module, build it anew"),
        }
        row(&format!("    {what}"), table);
    }
    row("    texts, and the tables of libraries", &rest);
}

fn row(what: &str, bytes: &[u8]) {
    let packed = gzip(bytes).map_or("?".to_owned(), |n| n.to_string());
    println!("{what:44} {:>12} {packed:>8}", bytes.len());
}

/// The size of what `gzip -9` makes of it.
fn gzip(bytes: &[u8]) -> Option<usize> {
    let mut file = tempfile::NamedTempFile::new().ok()?;
    file.write_all(bytes).ok()?;
    let packed = Command::new("gzip").arg("-9c").arg(file.path()).output();
    packed.ok().map(|packed| packed.stdout.len())
}

fn find_wasm(folder: &Path) -> Option<PathBuf> {
    let entries = fs::read_dir(folder).ok()?;
    let paths: Vec<_> = entries.flatten().map(|e| e.path()).collect();
    let is_wasm = |p: &&PathBuf| p.extension().is_some_and(|e| e == "wasm");
    paths
        .iter()
        .find(is_wasm)
        .cloned()
        .or_else(|| paths.iter().find_map(|path| find_wasm(path)))
}

/// The content of the first section with this id. A section is its id, its
/// length (LEB128) and its content; eight bytes stand before the first.
fn section(module: &[u8], id: u8) -> Option<&[u8]> {
    let mut rest = module.get(8..)?;
    loop {
        let (&found, after) = rest.split_first()?;
        let (length, content) = leb128(after)?;
        let (content, next) = content.split_at_checked(length)?;
        if found == id {
            return Some(content);
        }
        rest = next;
    }
}

/// A number of seven bits a byte, and what stands behind it.
fn leb128(bytes: &[u8]) -> Option<(usize, &[u8])> {
    let end = bytes.iter().position(|byte| byte & 0x80 == 0)?;
    let (number, rest) = bytes.split_at(end + 1);
    let digits = number.iter().rev().map(|byte| usize::from(byte & 0x7f));
    Some((digits.fold(0, |number, digit| number << 7 | digit), rest))
}
