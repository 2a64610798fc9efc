//! Readers: from a mail's source to a [`Message`](crate::Message).

mod authentication;
mod content;
mod decode;
pub mod eml;
mod html;
mod mime;
mod plain;
pub(crate) mod text;
