//! Eight bytes of a text at once: what is asked of every byte of a mail.

/// One in each byte.
const EACH: u64 = u64::from_le_bytes([1; 8]);

/// The highest bit of each byte.
const HIGH: u64 = EACH << 7;

/// Eight bytes of ASCII.
#[derive(Clone, Copy)]
pub(crate) struct Eight(u64);

impl Eight {
    /// Eight bytes; none where one is not ASCII.
    #[inline]
    pub(crate) fn of_ascii(bytes: [u8; 8]) -> Option<Self> {
        let bytes = u64::from_le_bytes(bytes);
        (bytes & HIGH == 0).then_some(Self(bytes))
    }

    /// The highest bit of each byte that is between two others.
    #[inline]
    fn between(self, first: u8, last: u8) -> u64 {
        let from_first = self.0 + EACH * u64::from(128 - first);
        let behind_last = self.0 + EACH * u64::from(127 - last);
        from_first & !behind_last & HIGH
    }

    /// Whether none of them is a control character.
    #[inline]
    pub(crate) fn are_shown(self) -> bool {
        self.between(b' ', b'~') == HIGH
    }

    /// Whether one of them is a blank behind a blank, one before the first
    /// being told.
    #[inline]
    pub(crate) fn have_gap(self, blank_before: bool) -> bool {
        let blanks = self.between(b' ', b' ');
        blanks & (blanks << 8 | u64::from(blank_before) << 7) != 0
    }

    /// The same folded: each is a small letter, a digit or a blank.
    #[inline]
    pub(crate) fn folded(self) -> Self {
        const BLANKS: u64 = EACH * b' ' as u64;
        // Small letters and digits have this bit, capitals get it.
        let small = Self(self.0 | BLANKS);
        let kept = small.between(b'a', b'z') | self.between(b'0', b'9');
        let kept = (kept >> 7) * 0xff;
        Self(small.0 & kept | BLANKS & !kept)
    }

    /// The bytes.
    #[inline]
    pub(crate) fn bytes(self) -> [u8; 8] {
        self.0.to_le_bytes()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn eight(bytes: [u8; 8]) -> Eight {
        Eight::of_ascii(bytes).unwrap()
    }

    #[test]
    fn every_byte_is_folded_as_it_is_alone() {
        for byte in 0..128_u8 {
            let kept = byte.to_ascii_lowercase();
            let kept = if byte.is_ascii_alphanumeric() { kept } else { b' ' };
            for place in 0..8 {
                let mut bytes = *b"aZ09 \x7f\0a";
                bytes[place] = byte;
                assert_eq!(eight(bytes).folded().bytes()[place], kept);
            }
        }
        assert_eq!(eight(*b"@[`{/:Zz").folded().bytes(), *b"      zz");
    }

    #[test]
    fn gaps_and_controls_are_seen() {
        assert!(!eight(*b"a b c d ").have_gap(false));
        assert!(eight(*b"a  b c d").have_gap(false));
        assert!(!eight(*b" a b c d").have_gap(false));
        assert!(eight(*b" a b c d").have_gap(true));
        assert!(eight(*b"a  b ~!x").are_shown());
        assert!(!eight(*b"a b\tc d ").are_shown());
        assert!(Eight::of_ascii(*b"a\xc2\xa0bcdef").is_none());
    }
}
