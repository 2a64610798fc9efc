//! The source as the tokenizer reads it.

use html5gum::{Readable as _, Reader, StringReader};

/// A source in memory.
///
/// The tokenizer has some seventy states and puts the code that looks for
/// the next sign into most of them. WebAssembly, which is sent to every
/// browser, has that code once instead: 70 KB less.
pub(super) struct Source<'s>(StringReader<'s>);

impl<'s> Source<'s> {
    pub(super) fn new(source: &'s str) -> Self {
        Self(source.to_reader())
    }
}

impl Reader for Source<'_> {
    type Error = <StringReader<'static> as Reader>::Error;

    #[cfg_attr(target_arch = "wasm32", inline(never))]
    #[cfg_attr(not(target_arch = "wasm32"), inline)]
    fn read_byte(&mut self) -> Result<Option<u8>, Self::Error> {
        self.0.read_byte()
    }

    #[cfg_attr(target_arch = "wasm32", inline(never))]
    #[cfg_attr(not(target_arch = "wasm32"), inline)]
    fn try_read_string(
        &mut self,
        wanted: &[u8],
        case_sensitive: bool,
    ) -> Result<bool, Self::Error> {
        self.0.try_read_string(wanted, case_sensitive)
    }

    #[cfg_attr(target_arch = "wasm32", inline(never))]
    #[cfg_attr(not(target_arch = "wasm32"), inline)]
    fn read_until<'b>(
        &'b mut self,
        signs: &[u8],
        byte: &'b mut [u8; 4],
    ) -> Result<Option<&'b [u8]>, Self::Error> {
        self.0.read_until(signs, byte)
    }
}
