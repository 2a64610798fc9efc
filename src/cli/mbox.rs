//! Mbox files (RFC 4155), read mail by mail.

use std::io::{self, BufRead, Read};

/// How much of one mail is kept.
pub(super) const MAX_MAIL: usize = 64 * 1024 * 1024;
/// How much of one line is taken at once.
const MAX_LINE: u64 = 1024 * 1024;

/// The mails of an mbox, their `From ` lines taken off and the `>From ` of
/// their texts unescaped.
pub(super) struct Mbox<R> {
    reader: R,
    /// Whether the `From ` line of the next mail has been read.
    open: bool,
}

/// Whether a source begins as an mbox does.
pub(super) fn is_mbox(start: &[u8]) -> bool {
    start.starts_with(b"From ")
}

impl<R: BufRead> Mbox<R> {
    pub(super) fn new(reader: R) -> Self {
        Self { reader, open: false }
    }

    fn next_mail(&mut self) -> io::Result<Option<Vec<u8>>> {
        let (mut mail, mut line) = (Vec::new(), Vec::new());
        // Before a mail stands an empty line, and before the first nothing.
        let mut after_empty = true;
        let mut at_start = true;
        loop {
            line.clear();
            let mut piece = (&mut self.reader).take(MAX_LINE);
            if piece.read_until(b'\n', &mut line)? == 0 {
                let was_open = std::mem::take(&mut self.open);
                return Ok(was_open.then_some(mail));
            }
            if after_empty && is_separator(&line, !self.open) {
                if std::mem::replace(&mut self.open, true) {
                    return Ok(Some(mail));
                }
                (after_empty, at_start) = (false, true);
                continue;
            }
            let text = if at_start { unescaped(&line) } else { &line };
            if mail.len() + text.len() <= MAX_MAIL {
                mail.extend_from_slice(text);
            }
            at_start = line.ends_with(b"\n");
            after_empty = at_start && line.trim_ascii().is_empty();
        }
    }
}

impl<R: BufRead> Iterator for Mbox<R> {
    type Item = io::Result<Vec<u8>>;

    fn next(&mut self) -> Option<Self::Item> {
        self.next_mail().transpose()
    }
}

/// Whether a line begins a mail: `From`, a sender and a time. The first
/// line of the file need not tell the time.
fn is_separator(line: &[u8], first: bool) -> bool {
    let time = |window: &[u8]| {
        matches!(window, [a, b, b':', c, d]
            if [a, b, c, d].iter().all(|digit| digit.is_ascii_digit()))
    };
    is_mbox(line) && (first || line.windows(5).any(time))
}

fn unescaped(line: &[u8]) -> &[u8] {
    let arrows = line.iter().take_while(|b| **b == b'>').count();
    let escaped = arrows > 0 && is_mbox(&line[arrows..]);
    &line[usize::from(escaped)..]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_mbox_gives_its_mails() {
        let source = b"From a@b Mon Jan  1 00:00:00 2026\nSubject: 1\n\n\
            >From here\n>>From there\n\nFrom the text\n\n\
            From c@d Mon Jan  1 10:00 2026\nSubject: 2\n\nx\n";
        let mails: Vec<_> =
            Mbox::new(&source[..]).map(Result::unwrap).collect();
        assert_eq!(
            mails,
            [
                &b"Subject: 1\n\nFrom here\n>From there\n\nFrom the text\n\n"
                    [..],
                b"Subject: 2\n\nx\n",
            ]
        );
    }
}
