//! Compresses tables for the engine, in build scripts.

use std::error::Error;

use lzma_rust2::{LzmaOptions, LzmaWriter, Write as _};

/// Compresses a text into what `src/compressed.rs` unpacks.
pub(crate) fn compress(text: &str) -> Result<Vec<u8>, Box<dyn Error>> {
    let length = u32::try_from(text.len())?;
    let with_context = |bits| -> lzma_rust2::Result<Vec<u8>> {
        let mut options = LzmaOptions::with_preset(9);
        options.lc = bits;
        options.pb = 0;
        options.nice_len = LzmaOptions::NICE_LEN_MAX;
        options.depth_limit = 1000;
        let mut writer =
            LzmaWriter::new_no_header(Vec::new(), &options, false)?;
        writer.write_all(text.as_bytes())?;
        let properties = writer.props();
        let packed = writer.finish()?;
        Ok([&[properties][..], &length.to_le_bytes(), &packed].concat())
    };
    let tried = (0..=4).map(with_context).collect::<Result<Vec<_>, _>>();
    let tried = tried.map_err(|error| format!("LZMA: {error:?}"))?;
    let smallest = tried.into_iter().min_by_key(Vec::len);
    Ok(smallest.unwrap_or_default())
}
