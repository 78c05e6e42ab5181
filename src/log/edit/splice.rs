//! Splices of bytes, and where they leave everything else.

use std::ops::Range;

/// Bytes of the old text that give way to others.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Splice {
    /// Bytes of the old text.
    pub span: Range<usize>,
    /// What takes their place.
    pub replacement: String,
}

impl Splice {
    /// Something new before the byte at `at`.
    pub fn insert(at: usize, text: String) -> Self {
        Self { span: at..at, replacement: text }
    }

    /// The whole lines of the old text that it touches; none for whole lines put between lines.
    pub fn lines(&self, text: &str) -> Range<usize> {
        let Range { start, end } = self.span;
        // Lines put behind a last line that has no end leave that line as it is.
        if start == text.len() && self.replacement.starts_with(['\n', '\r']) {
            return start..end;
        }
        let first = line_start(text, start);
        if start == end && first == start && self.replacement.ends_with('\n') {
            return start..end;
        }
        let is_whole = end > start && line_start(text, end) == end && self.replacement_ends_a_line();
        first..if is_whole { end } else { line_end(text, end) }
    }

    /// The same in a piece of the text that begins at `start`, before the splice.
    pub fn shifted_back(&self, start: usize) -> Self {
        Self { span: self.span.start - start..self.span.end - start, replacement: self.replacement.clone() }
    }

    fn replacement_ends_a_line(&self) -> bool {
        self.replacement.is_empty() || self.replacement.ends_with('\n')
    }
}

/// The text with splices made, which must be in order and apart; `None` when they are not.
/// Bytes outside of them are the same by construction.
pub(super) fn apply(text: &str, splices: &[Splice]) -> Option<String> {
    let mut revised = String::with_capacity(text.len() + 64);
    let mut at = 0;
    for Splice { span, replacement } in splices {
        revised.push_str(text.get(at..span.start)?);
        text.get(span.clone())?;
        revised.push_str(replacement);
        at = span.end;
    }
    revised.push_str(text.get(at..)?);
    Some(revised)
}

/// Where the byte at `at`, which no splice takes away, stands in the new text.
pub(super) fn moved(splices: &[Splice], at: usize) -> usize {
    let before = splices.iter().filter(|splice| splice.span.end <= at);
    before.fold(at, |at, splice| at + splice.replacement.len() - splice.span.len())
}

/// The start of the line that holds the byte at `at`. A byte order mark is no part of the
/// first line: it stays the first thing in the file, whatever is put before that line.
pub(super) fn line_start(text: &str, at: usize) -> usize {
    let mark = if text.starts_with('\u{FEFF}') { '\u{FEFF}'.len_utf8() } else { 0 };
    let start = memchr::memrchr(b'\n', &text.as_bytes()[..at]).map_or(0, |newline| newline + 1);
    if at >= mark { start.max(mark) } else { start }
}

/// The end of the line that holds the byte at `at`, its line ending included.
pub(super) fn line_end(text: &str, at: usize) -> usize {
    memchr::memchr(b'\n', &text.as_bytes()[at..]).map_or(text.len(), |newline| at + newline + 1)
}
