//! Real webmail servers on free loopback ports, in a temporary folder each,
//! ended and removed when the value that stands for them goes.

mod ciderwebmail;
mod dovecot;
mod maildev;
mod process;
mod roundcube;
mod smtp;
mod sogo;

pub use ciderwebmail::Ciderwebmail;
pub use maildev::Maildev;
pub use process::{Daemon, free_port, wait_until};
pub use roundcube::Roundcube;
pub use smtp::Smtp;
pub use sogo::Sogo;

/// The address of the only mailbox.
pub const ADDRESS: &str = "alice@vault.example";
/// Its password.
pub const PASSWORD: &str = "correct-horse";

/// What went wrong while a server was brought up, in one sentence.
pub type Result<T> =
    std::result::Result<T, Box<dyn std::error::Error + Send + Sync>>;
