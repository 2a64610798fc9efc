//! What the engine judges: one message, however it was read.

mod read;

use serde::Serialize;
use serde_json::Value;

pub use self::read::FieldError;

/// A message as a reader (a page's recipe, an `.eml` file) found it.
///
/// Every field may be empty: the engine judges what is there. The JSON form
/// uses camelCase keys and leaves out nothing.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Message {
    /// The mailboxes of the `From` header.
    pub from: Vec<Mailbox>,
    /// The `Sender` header, where it is there.
    pub sender: Option<Mailbox>,
    /// The mailboxes of the `Reply-To` header.
    pub reply_to: Vec<Mailbox>,
    /// The mailboxes the message was sent to, where they are known.
    pub to: Vec<Mailbox>,
    /// The decoded subject.
    pub subject: String,
    /// The text a person sees, without what is quoted or forwarded.
    pub text: String,
    /// The text of quoted and forwarded parts.
    pub quoted: String,
    /// The links, buttons, areas and form targets, in reading order.
    pub links: Vec<Link>,
    /// The alternative texts of images.
    pub images: Vec<String>,
    /// The file names of attachments.
    pub attachments: Vec<String>,
    /// What the receiving server says about the sender.
    pub authentication: Authentication,
    /// Whether the message came over a mailing list (`List-Id`, `List-Post`).
    pub list: bool,
    /// How well the mailbox knows the sender's domain.
    pub familiarity: Familiarity,
}

impl Message {
    /// Reads a message from its JSON form. What is absent is empty.
    ///
    /// # Errors
    ///
    /// Names the field that holds something of another kind.
    pub fn from_value(value: Value) -> Result<Self, FieldError> {
        read::message(value)
    }
}

/// A display name and an address, as the message carries them.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct Mailbox {
    /// The decoded display name; empty where there is none.
    pub name: String,
    /// The address, `local@host`.
    pub address: String,
}

/// A place in the message that leads somewhere.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct Link {
    /// The target as written in the message, resolved against its base.
    pub href: String,
    /// The text a person reads on it.
    pub text: String,
    /// What kind of place it is.
    pub kind: LinkKind,
    /// Whether it stands in a quoted or forwarded part.
    pub quoted: bool,
}

/// The kinds of places that lead somewhere.
#[derive(Clone, Copy, Debug, Default, Eq, PartialEq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum LinkKind {
    /// An `<a>` with text.
    #[default]
    Anchor,
    /// An area of an image map.
    Area,
    /// The action of a form, or of a button in it.
    Form,
    /// An `<a>` around an image only; the text is the alternative text.
    Image,
    /// An address that stands in the text itself.
    Text,
}

/// What the receiving server found out about the sender.
///
/// Only the receiving server's own `Authentication-Results` count
/// (RFC 8601, section 5: results of other servers may be forged).
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct Authentication {
    /// SPF of the envelope sender.
    pub spf: AuthResult,
    /// The best DKIM result.
    pub dkim: AuthResult,
    /// DMARC of the `From` domain.
    pub dmarc: AuthResult,
    /// The hosts whose DKIM signature or SPF passed.
    pub hosts: Vec<String>,
}

/// One result; what is absent is unknown, never a pass.
#[derive(Clone, Copy, Debug, Default, Eq, PartialEq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum AuthResult {
    /// Nothing is known.
    #[default]
    Unknown,
    /// It passed.
    Pass,
    /// It failed.
    Fail,
    /// The sender's domain says nothing (`none`, `neutral`), or the check
    /// itself broke off.
    None,
}

/// How well a mailbox knows a sender's domain.
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize)]
#[serde(tag = "kind", rename_all = "lowercase")]
pub enum Familiarity {
    /// Nothing is recorded.
    #[default]
    Unknown,
    /// This is the first message from that domain.
    New,
    /// Messages came before.
    Seen {
        /// Days since the first.
        days: u32,
        /// How many came.
        count: u32,
    },
}
