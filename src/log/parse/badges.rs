//! The links at the end of an item that only name their targets: `Emus at Work [[pdf](…)] [code](…)`.

use crate::log::forms::inline::{PieceKind, pieces};
use crate::log::forms::{title, words};
use crate::text::prefix;

/// How much of an item is searched for such links, in bytes.
const LOOKED_AT: usize = 1_000;
/// Chars before such links, and chars around them.
const BEFORE: [char; 13] = [' ', '[', '(', '（', ',', '，', '|', '·', ';', '/', '-', '–', '—'];
const AROUND: [char; 17] = [' ', '[', ']', '(', ')', '（', '）', ',', '，', '|', '·', ';', '/', '.', '-', '–', '—'];

/// An item's words without the names of the links at its end; `source` starts with the item's text. Without brackets
/// around it, a link may be part of a sentence: `Write to Anna about the [review](…)`.
pub(super) fn without<'a>(item: &'a str, source: &str) -> &'a str {
    let own = own_lines(prefix(source, LOOKED_AT));
    // A quick check that rejects most items.
    if !own.trim_end().ends_with([')', ']']) {
        return item;
    }
    let (mut rest, mut are_in_brackets) = (item, true);
    for piece in pieces(own).iter().rev() {
        match piece.kind {
            PieceKind::Text | PieceKind::Wrap if !piece.text.contains(char::is_alphanumeric) => {}
            PieceKind::Link(_) if words::is_link_label(piece.text) => {
                let name = piece.text.trim_matches(['[', ']', '*', '_', '`', ' ']);
                let Some(shorter) = rest.trim_end_matches(AROUND).strip_suffix(name) else { return item };
                are_in_brackets &= piece.text.starts_with('[') || own[..piece.at].ends_with(['[', '(', '（']);
                rest = shorter;
            }
            _ => break,
        }
    }
    let shorter = rest.trim_end_matches(BEFORE);
    let is_title = are_in_brackets || shorter.split_whitespace().nth(1).is_some() && !title::is_broken_off(shorter);
    if rest.len() < item.len() && is_title && !shorter.is_empty() { shorter } else { item }
}

/// The lines of an item's first paragraph.
fn own_lines(source: &str) -> &str {
    let mut end = 0;
    for line in source.split_inclusive('\n') {
        let text = line.trim_start();
        if end > 0 && (text.is_empty() || text.starts_with(['-', '*', '+', '#', '>', '|']) || is_numbered(text)) {
            break;
        }
        end += line.len();
    }
    &source[..end]
}

fn is_numbered(line: &str) -> bool {
    let digits = line.trim_start_matches(|c: char| c.is_ascii_digit());
    digits.len() < line.len() && digits.starts_with(['.', ')'])
}
