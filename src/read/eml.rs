//! Reads a mail's source (RFC 5322, MIME).
//!
//! Any bytes give a message or a [`ReadError`], in time linear to their
//! number: a broken mail is read as far as mail programs would show it.

use std::error::Error;
use std::fmt;

use mail_parser::parsers::MessageStream;
use mail_parser::{Addr, HeaderValue};

use super::authentication;
use super::content::Content;
use super::mime::{Field, Header, Text, Walker};
use super::{html, plain};
use crate::{Mailbox, Message};

/// How many mailboxes of one header are kept.
const MAX_MAILBOXES: usize = 500;
/// How many attachments' names are kept.
const MAX_ATTACHMENTS: usize = 500;

/// The headers of which a mail has at least one.
const MAIL_HEADERS: [&str; 11] = [
    "From",
    "To",
    "Subject",
    "Date",
    "Received",
    "Return-Path",
    "Message-ID",
    "MIME-Version",
    "Content-Type",
    "Delivered-To",
    "Sender",
];

/// What subjects of answers and forwarded mails begin with.
const ANSWERS: [&str; 20] = [
    "re", "aw", "antw", "antwort", "fw", "fwd", "wg", "tr", "rv", "res",
    "ref", "rif", "i", "r", "enc", "odp", "pd", "vs", "sv", "doorst",
];

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
    let source = source.strip_prefix(b"\xef\xbb\xbf").unwrap_or(source);
    let source = source.trim_ascii_start();
    if source.is_empty() {
        return Err(ReadError::Empty);
    }
    let (header, body) = Header::split(source);
    if !MAIL_HEADERS.iter().any(|name| header.get(name).is_some()) {
        return Err(ReadError::NoHeaders);
    }
    let mut message = of_header(&header);
    let mut content = Content::default();
    let mut attachments = Vec::new();
    Walker::new(
        &mut |part: Text<'_>| read_text(&part, &mut content),
        &mut |name| {
            if attachments.len() < MAX_ATTACHMENTS {
                attachments.push(name);
            }
        },
    )
    .message(&header, body);
    (message.text, message.quoted) = content.take_texts();
    message.links = content.links;
    message.images = content.images;
    message.attachments = attachments;
    take_back_false_quote(&mut message);
    Ok(message)
}

fn read_text(part: &Text<'_>, content: &mut Content) {
    if part.html {
        html::read(part.content, part.quoted, content);
    } else {
        plain::read(part.content, part.quoted, content);
    }
}

fn of_header(header: &Header<'_>) -> Message {
    let mailboxes = |name: &str| {
        let all = header.all(name).flat_map(mailboxes);
        all.take(MAX_MAILBOXES).collect::<Vec<_>>()
    };
    let from = mailboxes("From");
    let has = |name: &str| header.get(name).is_some();
    Message {
        authentication: authentication::read(header, &from),
        from,
        sender: mailboxes("Sender").into_iter().next(),
        reply_to: mailboxes("Reply-To"),
        to: mailboxes("To"),
        subject: header.get("Subject").map(unstructured).unwrap_or_default(),
        list: has("List-Id") || has("List-Post"),
        ..Message::default()
    }
}

/// Decodes a field of free text.
fn unstructured(field: &Field<'_>) -> String {
    // The parser wants the end of the line.
    let text = field.text().into_owned() + "\n";
    match MessageStream::new(text.as_bytes()).parse_unstructured() {
        HeaderValue::Text(text) => text.into_owned(),
        _ => String::new(),
    }
}

/// The mailboxes of an address field.
fn mailboxes(field: &Field<'_>) -> Vec<Mailbox> {
    let text = field.text().into_owned() + "\n";
    match MessageStream::new(text.as_bytes()).parse_address() {
        HeaderValue::Address(address) => {
            address.iter().take(MAX_MAILBOXES).map(mailbox).collect()
        }
        _ => Vec::new(),
    }
}

fn mailbox(parsed: &Addr<'_>) -> Mailbox {
    let name = parsed.name().unwrap_or_default();
    let address = parsed.address().unwrap_or_default();
    // A field that holds nothing but a name is one, and so is the other.
    if address.is_empty() && name.contains('@') && !name.contains(' ') {
        return Mailbox { name: String::new(), address: name.to_owned() };
    }
    if !address.contains('@') && name.is_empty() {
        return Mailbox { name: address.to_owned(), address: String::new() };
    }
    Mailbox { name: name.to_owned(), address: address.to_owned() }
}

/// A mail that holds nothing but a quote, and does not say that it answers
/// or forwards something, quotes nobody: its sender only dressed it so.
fn take_back_false_quote(message: &mut Message) {
    if !message.text.trim().is_empty() || is_answer(&message.subject) {
        return;
    }
    message.text = std::mem::take(&mut message.quoted);
    for link in &mut message.links {
        link.quoted = false;
    }
}

fn is_answer(subject: &str) -> bool {
    let Some((prefix, _)) = subject.split_once(':') else { return false };
    let prefix = prefix.trim().trim_end_matches(|c: char| {
        c.is_ascii_digit() || matches!(c, '[' | ']' | '(' | ')')
    });
    ANSWERS.contains(&prefix.to_lowercase().as_str())
}

#[cfg(test)]
mod tests;
