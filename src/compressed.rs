//! Unpacks the tables that `build.rs` compressed.
//!
//! LZMA, because names and hosts hardly repeat: beside deflate it saves a
//! tenth of them, and costs five milliseconds of a start.

use lzma_rust2::{LzmaReader, Read as _};

/// A table that `build.rs` compressed, by its name.
macro_rules! include_table {
    ($name:literal) => {
        include_bytes!(concat!(env!("OUT_DIR"), "/", $name, ".lzma"))
    };
}
pub(crate) use include_table;

/// The text that was compressed: the properties of LZMA in a byte, the
/// text's length in four (little-endian), then LZMA without a header.
pub(crate) fn text(compressed: &[u8]) -> String {
    unpack(compressed).expect("build.rs compressed this text")
}

/// Never inlined: two crates hold this file, and copies that are alike become
/// one.
#[inline(never)]
fn unpack(compressed: &[u8]) -> Option<String> {
    let (&properties, rest) = compressed.split_first()?;
    let (&length, packed) = rest.split_first_chunk()?;
    let length = u32::from_le_bytes(length);
    let mut text = vec![0; usize::try_from(length).ok()?];
    LzmaReader::new_with_props(
        packed,
        length.into(),
        properties,
        length,
        None,
    )
    .ok()?
    .read_exact(&mut text)
    .ok()?;
    String::from_utf8(text).ok()
}
