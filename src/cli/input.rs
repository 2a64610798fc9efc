//! Where mails come from: files, mbox files, Maildirs, folders, standard
//! input.

use std::fs::{self, File};
use std::io::{self, BufRead, BufReader, Read};
use std::path::{Path, PathBuf};

use super::mbox::{MAX_MAIL, Mbox, is_mbox};

/// What could not be read, and why.
#[derive(Debug)]
pub(super) struct Failure {
    pub(super) path: String,
    pub(super) reason: String,
}

impl Failure {
    fn new(path: &Path, error: &io::Error) -> Self {
        let text = error.to_string();
        // The system's error number helps nobody.
        let reason = text.split(" (os error").next().unwrap_or(&text);
        Self { path: name(path), reason: reason.to_lowercase() }
    }
}

/// One mail that is to be read.
#[derive(Debug)]
pub(super) struct Input {
    pub(super) path: String,
    /// Its place in an mbox.
    pub(super) index: Option<usize>,
    source: Source,
}

#[derive(Debug)]
enum Source {
    File(PathBuf),
    Bytes(Vec<u8>),
}

impl Input {
    /// How many bytes it already holds.
    pub(super) fn held(&self) -> usize {
        match &self.source {
            Source::File(_) => 0,
            Source::Bytes(bytes) => bytes.len(),
        }
    }

    /// The mail's source.
    pub(super) fn read(self) -> Result<Vec<u8>, Failure> {
        match self.source {
            Source::Bytes(bytes) => Ok(bytes),
            Source::File(path) => File::open(&path)
                .and_then(read_all)
                .map_err(|e| Failure::new(&path, &e)),
        }
    }
}

fn name(path: &Path) -> String {
    path.to_string_lossy().into_owned()
}

fn read_all(reader: impl Read) -> io::Result<Vec<u8>> {
    let mut bytes = Vec::new();
    reader.take(MAX_MAIL as u64).read_to_end(&mut bytes)?;
    Ok(bytes)
}

/// The files that paths stand for, folders by name.
pub(super) fn files(paths: &[PathBuf]) -> Vec<Result<PathBuf, Failure>> {
    let mut found = Vec::new();
    for path in paths {
        match fs::metadata(path) {
            _ if path.as_os_str() == "-" => found.push(Ok(path.clone())),
            Ok(data) if data.is_dir() => folder(path, &mut found),
            Ok(_) => found.push(Ok(path.clone())),
            Err(e) => found.push(Err(Failure::new(path, &e))),
        }
    }
    found
}

/// A folder's files, or a Maildir's mails, and those of the folders below.
fn folder(path: &Path, found: &mut Vec<Result<PathBuf, Failure>>) {
    let entries =
        fs::read_dir(path).and_then(Iterator::collect::<io::Result<Vec<_>>>);
    let mut entries = match entries {
        Ok(entries) => entries,
        Err(e) => return found.push(Err(Failure::new(path, &e))),
    };
    entries.sort_by_key(fs::DirEntry::file_name);
    let maildir = path.join("cur").is_dir() || path.join("new").is_dir();
    for entry in entries {
        let name = entry.file_name();
        let hidden = name.as_encoded_bytes().starts_with(b".");
        let path = entry.path();
        let is_folder = entry.file_type().is_ok_and(|t| t.is_dir());
        if is_folder {
            let of_mail = name == "cur" || name == "new" || hidden;
            if of_mail && maildir || !maildir && !hidden {
                folder(&path, found);
            }
        } else if !maildir && !hidden && is_file(&path, found) {
            found.push(Ok(path));
        }
    }
}

/// Whether a path leads to a file; a dead link is named.
fn is_file(path: &Path, found: &mut Vec<Result<PathBuf, Failure>>) -> bool {
    match fs::metadata(path) {
        Ok(data) => data.is_file(),
        Err(e) => {
            found.push(Err(Failure::new(path, &e)));
            false
        }
    }
}

/// Gives the mails of one file, each to `on_mail`; of an mbox all.
pub(super) fn mails<E: From<io::Error>>(
    path: &Path,
    mut on_mail: impl FnMut(Result<Input, Failure>) -> Result<(), E>,
) -> Result<(), E> {
    if path.as_os_str() == "-" {
        return stream(path, BufReader::new(io::stdin()), &mut on_mail);
    }
    let opened = File::open(path)
        .and_then(|file| Ok((file.metadata()?.is_file(), file)));
    let (regular, file) = match opened {
        Ok(opened) => opened,
        Err(e) => return on_mail(Err(Failure::new(path, &e))),
    };
    let mut reader = BufReader::new(file);
    match reader.fill_buf() {
        Ok(start) if regular && !is_mbox(start) => on_mail(Ok(Input {
            path: name(path),
            index: None,
            source: Source::File(path.to_owned()),
        })),
        Ok(_) => stream(path, reader, &mut on_mail),
        Err(e) => on_mail(Err(Failure::new(path, &e))),
    }
}

fn stream<E>(
    path: &Path,
    mut reader: impl BufRead,
    on_mail: &mut dyn FnMut(Result<Input, Failure>) -> Result<(), E>,
) -> Result<(), E> {
    let fail = |e: &io::Error| Failure::new(path, e);
    let input = |bytes, index| Input {
        path: name(path),
        index,
        source: Source::Bytes(bytes),
    };
    match reader.fill_buf() {
        Err(e) => return on_mail(Err(fail(&e))),
        Ok(start) if !is_mbox(start) => {
            let bytes = read_all(reader).map_err(|e| fail(&e));
            return on_mail(bytes.map(|bytes| input(bytes, None)));
        }
        Ok(_) => {}
    }
    for (index, mail) in Mbox::new(reader).enumerate() {
        let mail = mail.map(|bytes| input(bytes, Some(index)));
        on_mail(mail.map_err(|e| fail(&e)))?;
    }
    Ok(())
}
