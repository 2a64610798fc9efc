//! Reads the sets where they lie.

use std::io::Read as _;
use std::path::{Path, PathBuf};
use std::process::Command;

/// The folder that holds the sets.
pub struct Corpus {
    dir: PathBuf,
}

/// A table: its rows by the names of the columns.
pub struct Table {
    columns: Vec<String>,
    rows: Vec<Vec<String>>,
}

/// One row of a table.
#[derive(Clone, Copy)]
pub struct Row<'t> {
    table: &'t Table,
    fields: &'t [String],
}

impl Corpus {
    /// Opens the folder.
    pub fn open(dir: &Path) -> Result<Self, String> {
        if dir.is_dir() {
            return Ok(Self { dir: dir.to_owned() });
        }
        Err(format!("{}: no folder with the sets", dir.display()))
    }

    /// Reads a table of fields separated by tabs, gzipped or plain.
    pub fn table(&self, name: &str) -> Result<Table, String> {
        let text = String::from_utf8_lossy(&self.bytes(name)?).into_owned();
        let mut lines = text.lines().map(|line| {
            line.split('\t').map(str::to_owned).collect::<Vec<_>>()
        });
        let columns = lines.next().unwrap_or_default();
        Ok(Table { columns, rows: lines.collect() })
    }

    /// The files of a folder inside the sets, by name, in order.
    pub fn files(&self, folder: &str) -> Result<Vec<String>, String> {
        let path = self.dir.join(folder);
        let entries = std::fs::read_dir(&path)
            .map_err(|e| format!("{}: {e}", path.display()))?;
        let mut names: Vec<String> = entries
            .flatten()
            .map(|e| e.file_name().to_string_lossy().into_owned())
            .collect();
        names.sort();
        Ok(names)
    }

    /// The files of a `.tar.xz`: name and content.
    pub fn archive(
        &self,
        name: &str,
    ) -> Result<Vec<(String, Vec<u8>)>, String> {
        let bytes = self.bytes(name)?;
        let broken = |e: std::io::Error| format!("{name}: {e}");
        let mut archive = tar::Archive::new(bytes.as_slice());
        let mut files = Vec::new();
        for entry in archive.entries().map_err(broken)? {
            let mut entry = entry.map_err(broken)?;
            if !entry.header().entry_type().is_file() {
                continue;
            }
            let path = entry.path().map_err(broken)?.display().to_string();
            let mut content = Vec::new();
            entry.read_to_end(&mut content).map_err(broken)?;
            files.push((path, content));
        }
        Ok(files)
    }

    fn bytes(&self, name: &str) -> Result<Vec<u8>, String> {
        let path = self.dir.join(name);
        let unpacker = match path.extension().and_then(|e| e.to_str()) {
            Some("gz") => "gzip",
            Some("xz") => "xz",
            _ => {
                return std::fs::read(&path)
                    .map_err(|e| format!("{}: {e}", path.display()));
            }
        };
        let output = Command::new(unpacker)
            .arg("-dc")
            .arg(&path)
            .output()
            .map_err(|e| format!("{unpacker}: {e}"))?;
        if output.status.success() {
            return Ok(output.stdout);
        }
        let reason = String::from_utf8_lossy(&output.stderr);
        Err(format!("{}: {}", path.display(), reason.trim()))
    }
}

impl Table {
    /// The rows, in order.
    pub fn rows(&self) -> impl Iterator<Item = Row<'_>> {
        self.rows.iter().map(|fields| Row { table: self, fields })
    }
}

impl<'t> Row<'t> {
    /// The field in the column of this name; empty where it is missing.
    pub fn get(&self, column: &str) -> &'t str {
        self.table
            .columns
            .iter()
            .position(|c| c == column)
            .and_then(|i| self.fields.get(i))
            .map_or("", String::as_str)
    }
}
