//! Titles in `《》`, on their own line or in a sentence; and unindented lines above indented text.

use std::ops::Range;

use memchr::memmem;

use super::{Candidate, TitleInput};
use crate::log::dialect;

/// All titles on lines of their own, in order.
pub(super) fn lines(input: &TitleInput) -> Vec<Candidate> {
    let text = input.text;
    let mut titles: Vec<Candidate> = Vec::new();
    let mut seen = 0;
    for at in memmem::find_iter(text.as_bytes(), "《") {
        // Each line is checked once, however many marks it has.
        if at < seen {
            continue;
        }
        let start = input.line_start(at);
        seen = text[at..].find('\n').map_or(text.len(), |end| at + end);
        if titles.last().is_some_and(|last| start < last.span.end()) || input.outline.is_hidden(start) {
            continue;
        }
        let Some(inside) = dialect::book_title(&text[start..]) else { continue };
        let inside = start + inside.start..start + inside.end;
        let end = text[inside.end..].find('\n').map_or(text.len(), |newline| inside.end + newline + 1);
        titles.push(Candidate::new(start..end, inside));
    }
    titles.extend(input.outline.hanging.iter().filter_map(|it| bare(input, &it.range())));
    titles.sort_by_key(|title| title.span().start);
    titles
}

/// The line above the first indented line of a paragraph, unless it is a title in `《》`.
fn bare(input: &TitleInput, paragraph: &Range<usize>) -> Option<Candidate> {
    let text = &input.text[paragraph.clone()];
    let head = text.find("\n    ")?;
    let start = text[..head].rfind('\n').map_or(0, |newline| newline + 1);
    if text[start..head].starts_with([' ', '《', '<']) || dialect::book_title(&text[start..]).is_some() {
        return None;
    }
    let (start, head) = (paragraph.start + start, paragraph.start + head);
    if input.is_pending_list(start) {
        return None;
    }
    Some(Candidate { bare: true, ..Candidate::new(start..head + 1, start..head) })
}

/// Titles in sentences, or followed by text.
pub(super) fn in_text(input: &TitleInput) -> Vec<Candidate> {
    let text = input.text;
    let mut found: Vec<Candidate> = Vec::new();
    // Each line is searched only once.
    let mut seen = 0;
    for at in memmem::find_iter(text.as_bytes(), "《") {
        if at < seen {
            continue;
        }
        let start = input.line_start(at);
        let line_end = text[at..].find('\n').map_or(text.len(), |end| at + end + 1);
        seen = line_end;
        if input.outline.is_hidden(start) {
            continue;
        }
        // Titles may be nested.
        let line = &text[at..line_end];
        let inside = at + '《'.len_utf8();
        let close = dialect::marked_title(line).map(|title| inside + title.len());
        let Some(close) = close.or_else(|| line.find('》').map(|close| at + close)) else { continue };
        found.push(Candidate::new(start..line_end, inside..close));
    }
    found
}
