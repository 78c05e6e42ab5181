//! Embeds pictures in the page as data URLs, so that the page is a single file.

use std::cell::Cell;
use std::io::Read;
use std::path::Path;

use base64::Engine;
use base64::engine::general_purpose::STANDARD;

use crate::io::picture::open;

/// Maximum size of an embedded picture, in bytes.
const LARGEST: u64 = 4 << 20;
/// Maximum size of all embedded pictures of a page, in bytes.
const ALL: u64 = 64 << 20;

/// Magic numbers of the formats that browsers show, with their MIME types.
const FORMATS: [(&[u8], &str); 5] = [
    (b"\x89PNG\r\n\x1a\n", "image/png"),
    (b"\xff\xd8\xff", "image/jpeg"),
    (b"GIF8", "image/gif"),
    (b"RIFF", "image/webp"),
    (b"BM", "image/bmp"),
];

/// How many more bytes of pictures may be embedded in the page.
pub(super) struct Budget(Cell<u64>);

impl Default for Budget {
    fn default() -> Self {
        Self(Cell::new(ALL))
    }
}

impl Budget {
    /// The picture as a data URL. `None` if it cannot be read, is too large, or has a format that browsers cannot
    /// show.
    pub(super) fn embed(&self, real: &Path) -> Option<String> {
        let most = LARGEST.min(self.0.get());
        let mut bytes = Vec::new();
        open(real).ok()?.take(most + 1).read_to_end(&mut bytes).ok()?;
        let length = u64::try_from(bytes.len()).ok().filter(|length| *length <= most)?;
        let (_, format) = FORMATS.iter().find(|(start, _)| bytes.starts_with(start))?;
        self.0.set(self.0.get() - length);
        Some(format!("data:{format};base64,{}", STANDARD.encode(bytes)))
    }
}
