//! Blocks that Logseq gives an id, so that other notes can refer to them: a list item or paragraph with a line
//! `id:: 64f1…` below it.

use memchr::memmem;

use super::markup::{is_block_id, key_length};

/// A block with an id.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct IdBlock<'a> {
    /// The file, as an index into [`Log::files`](super::Log::files).
    pub file: usize,
    /// The offset of the block's line in the file, in bytes.
    pub at: usize,
    /// Its first line, without the marker.
    pub text: &'a str,
}

/// (id, block) for each block of a file; the caller sets [`IdBlock::file`].
pub fn find(text: &str) -> impl Iterator<Item = (&str, IdBlock<'_>)> {
    memmem::find_iter(text.as_bytes(), "id:: ").filter_map(move |at| {
        let id = text.get(at + 5..at + 41).filter(|id| is_block_id(id))?;
        let start = text[..at].rfind('\n')? + 1;
        let is_own_line = text[start..at].trim().is_empty();
        let (at, line) = if is_own_line { block_above(text, start)? } else { return None };
        let marked = line.trim_start_matches([' ', '\t', '>', '#']);
        let text = marked.strip_prefix(['-', '*', '+']).unwrap_or(marked).trim();
        (!text.is_empty()).then_some((id, IdBlock { file: 0, at, text }))
    })
}

/// (byte offset, text) of the first line of the block that has a property at byte `below`.
fn block_above(text: &str, below: usize) -> Option<(usize, &str)> {
    let mut end = below;
    for _ in 0..MOST_PROPERTIES {
        let above = text[..end].strip_suffix('\n')?;
        let start = above.rfind('\n').map_or(0, |at| at + 1);
        let line = above[start..].trim_end();
        let line_text = line.trim_start();
        let key = key_length(line_text);
        if key == 0 || !line_text[key..].starts_with("::") {
            return Some((start, line));
        }
        end = start;
    }
    None
}

/// How many lines above an id are searched for the first line of its block.
const MOST_PROPERTIES: usize = 20;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_first_line_of_a_block_is_its_text() {
        let id = "64f1a2b3-0001-4a5b-8c7d-1234567890ab";
        let found =
            |text: &str| find(text).map(|(id, block)| format!("{}: {}", &id[..4], block.text)).collect::<Vec<_>>();
        assert_eq!(found(&format!("- Emus fly\n  tags:: a\n  id:: {id}\n  - x\n")), ["64f1: Emus fly"]);
        assert_eq!(found(&format!("# Emus\nid:: {id}\n")), ["64f1: Emus"]);
        assert!(found(&format!("- id:: {id}\n")).is_empty());
        assert!(found("- Emus\n  id:: 12\n").is_empty());
    }
}
