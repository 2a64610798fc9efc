//! Reads a mail's source (RFC 5322, MIME).

use std::error::Error;
use std::fmt;

use crate::{Mailbox, Message};

/// A source that is no mail.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum ReadError {
    /// There is nothing in it.
    Empty,
    /// It has no header that a mail must have.
    NoHeaders,
}

impl fmt::Display for ReadError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Empty => "it is empty",
            Self::NoHeaders => "it has no mail headers",
        })
    }
}

impl Error for ReadError {}

/// Reads a mail.
///
/// # Errors
///
/// When the source is empty or has no mail headers.
pub fn read(source: &[u8]) -> Result<Message, ReadError> {
    if source.is_empty() {
        return Err(ReadError::Empty);
    }
    let mail = mail_parser::MessageParser::default()
        .parse(source)
        .ok_or(ReadError::NoHeaders)?;
    let from = mail.from().and_then(|a| a.first());
    Ok(Message {
        from: from
            .map(|a| Mailbox {
                name: a.name().unwrap_or_default().to_owned(),
                address: a.address().unwrap_or_default().to_owned(),
            })
            .into_iter()
            .collect(),
        subject: mail.subject().unwrap_or_default().to_owned(),
        ..Message::default()
    })
}
