//! Unpacks the tables that `build.rs` compressed.

/// The text that was compressed.
pub(crate) fn text(deflated: &[u8]) -> String {
    miniz_oxide::inflate::decompress_to_vec(deflated)
        .ok()
        .and_then(|bytes| String::from_utf8(bytes).ok())
        .expect("build.rs compressed this text")
}
