//! Pictures inside the page, so that it is one file that can be sent.

use std::cell::Cell;
use std::io::Read;
use std::path::Path;

use base64::Engine;
use base64::engine::general_purpose::STANDARD;

use crate::io::picture::open;

/// A larger picture is linked to, in bytes.
const LARGEST: u64 = 4 << 20;
/// The pictures of one page together, in bytes.
const ALL: u64 = 64 << 20;

/// The first bytes of the formats that browsers show, and their names.
const FORMATS: [(&[u8], &str); 5] = [
    (b"\x89PNG\r\n\x1a\n", "image/png"),
    (b"\xff\xd8\xff", "image/jpeg"),
    (b"GIF8", "image/gif"),
    (b"RIFF", "image/webp"),
    (b"BM", "image/bmp"),
];

/// What room is left in a page.
pub(super) struct Room(Cell<u64>);

impl Default for Room {
    fn default() -> Self {
        Self(Cell::new(ALL))
    }
}

impl Room {
    /// A picture as the address of itself. None where it is too large, or of no format that browsers
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
