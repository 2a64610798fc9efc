//! Standard output.

use std::io::{self, BufWriter, IsTerminal, StdoutLock, Write};

use anstream::{AutoStream, ColorChoice};
use anstyle::{AnsiColor, Style};
use doppelcheck::Level;
use serde::Serialize;

/// Standard output, coloured where that is wanted.
pub(super) struct Output {
    stream: BufWriter<AutoStream<StdoutLock<'static>>>,
    terminal: bool,
}

impl Output {
    pub(super) fn new(color: ColorChoice) -> Self {
        let terminal = io::stdout().is_terminal();
        let stream = AutoStream::new(io::stdout().lock(), color);
        Self { stream: BufWriter::new(stream), terminal }
    }

    /// Writes an object as one line of JSON.
    pub(super) fn json<T: Serialize>(&mut self, value: &T) -> io::Result<()> {
        serde_json::to_writer(&mut self.stream, value)?;
        self.line("")
    }

    /// Writes a line.
    pub(super) fn line(&mut self, line: &str) -> io::Result<()> {
        self.stream.write_all(line.as_bytes())?;
        self.stream.write_all(b"\n")?;
        if self.terminal { self.stream.flush() } else { Ok(()) }
    }

    pub(super) fn flush(&mut self) -> io::Result<()> {
        self.stream.flush()
    }
}

/// A text in a style.
pub(super) fn paint(style: Style, text: &str) -> String {
    format!("{style}{text}{style:#}")
}

/// A level as a word of its own colour, padded for a column.
pub(super) fn level(level: Level) -> String {
    let (word, style) = match level {
        Level::Danger => ("DANGER", AnsiColor::Red.on_default().bold()),
        Level::Caution => ("CAUTION", AnsiColor::Yellow.on_default().bold()),
        Level::Note => ("note", AnsiColor::Cyan.on_default()),
        Level::None => ("none", faint()),
    };
    let padding = " ".repeat(9 - word.len());
    paint(style, word) + &padding
}

/// The style of what matters less.
pub(super) fn faint() -> Style {
    Style::new().dimmed()
}

/// The style of what matters more.
pub(super) fn strong() -> Style {
    Style::new().bold()
}
