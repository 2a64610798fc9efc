//! Doppelcheck's engine: it compares who a message says it is with whose
//! hosts it comes from and leads to.
//!
//! A message flows one way: [`read`] turns a mail into a [`Message`], the
//! engine collects [`claims`] and identities, checks turn what does not
//! fit into findings, and the strongest of them is the [`Verdict`]. The
//! engine returns codes and evidence, never sentences.
//!
//! ```
//! use doppelcheck::{Engine, Level};
//!
//! let engine = Engine::new();
//! let verdict = engine.check_host("paypa1-support.com").unwrap();
//! assert!(verdict.level >= Level::Caution);
//! assert_eq!(verdict.vendor.as_deref(), Some("paypal"));
//! ```

mod case;
mod checks;
pub mod claims;
mod compressed;
pub mod deceptive;
pub mod directory;
mod eight;
mod engine;
pub mod fold;
pub mod host;
mod knowledge;
mod link;
pub mod lookalike;
mod message;
mod order;
pub mod policy;
pub mod pressure;
pub mod read;
pub mod secret;
mod sender;
mod sieve;
mod verdict;
#[cfg(target_arch = "wasm32")]
mod wasm;

pub use engine::Engine;
pub use message::{
    AuthResult, Authentication, Familiarity, FieldError, Link, LinkKind,
    Mailbox, Message,
};
pub use verdict::{
    Code, Evidence, Finding, HostVerdict, Level, LinkVerdict, Place, Value,
    Verdict,
};
