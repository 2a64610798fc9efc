//! What the receiving server says about the sender.

use super::mime::Header;
use crate::{Authentication, Mailbox};

pub(super) fn read(_: &Header<'_>, _: &[Mailbox]) -> Authentication {
    Authentication::default()
}
