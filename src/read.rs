//! Readers: from a mail's source to a [`Message`].

pub mod eml;
