//! Embedded pictures, as in Obsidian: `![[a.png]]`, `![[a.png|300]]`, `![[a.png|300x200]]`.

use std::ops::Range;
use std::sync::LazyLock;

use memchr::memmem;

use super::File;
use super::outline::Outline;
use super::wiki::{wiki, wiki_name, wiki_text};

/// The embedded pictures within `span`, with their paths. The outline starts at `base`; both are byte offsets in the
/// file.
pub(super) fn embedded<'a>(
    file: &'a File,
    outline: &'a Outline,
    base: usize,
    span: Range<usize>,
) -> impl Iterator<Item = (Range<usize>, String)> + 'a {
    let text = &file.text[..span.end];
    static EMBED: LazyLock<memmem::Finder<'static>> = LazyLock::new(|| memmem::Finder::new("![["));
    EMBED.find_iter(&text.as_bytes()[span.start..]).filter_map(move |at| {
        let start = span.start + at;
        if start < base || outline.is_literal(start - base) {
            return None;
        }
        let link = wiki(text, start + 1).filter(|link| link.start == start)?;
        let path = embed(&text[link.clone()])?.path;
        is_picture(&path).then_some((link, path))
    })
}

/// An embedded file.
pub(super) struct Embed {
    pub path: String,
    /// In pixels.
    pub width: Option<u32>,
    /// In pixels.
    pub height: Option<u32>,
}

/// The embedded file, if `written` is one.
pub(super) fn embed(written: &str) -> Option<Embed> {
    written.starts_with("![[").then(|| {
        let path = wiki_name(written).split('#').next().unwrap_or_default().to_owned();
        let (width, height) = size(wiki_text(written));
        Embed { path, width, height }
    })
}

/// (width, height) in pixels at the end of an embed, also after a caption: `300`, `300x200`, `a|300`.
fn size(shown: &str) -> (Option<u32>, Option<u32>) {
    let size = shown.rsplit('|').next().unwrap_or_default();
    match size.split_once('x') {
        Some((width, height)) => width.parse().ok().zip(height.parse().ok()).unzip(),
        None => (size.parse().ok(), None),
    }
}

/// Whether a name has the extension of a picture.
pub(crate) fn is_picture(name: &str) -> bool {
    const EXTENSIONS: [&str; 7] = ["png", "jpg", "jpeg", "gif", "webp", "svg", "bmp"];
    let extension = name.rsplit_once('.').map_or("", |(_, extension)| extension);
    EXTENSIONS.iter().any(|known| extension.eq_ignore_ascii_case(known))
}
