//! Byte splices and the offsets they shift.

use std::ops::Range;

/// Replaces a span of the old text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Splice {
    /// Bytes of the old text.
    pub span: Range<usize>,
    /// The new text for the span.
    pub replacement: String,
}

impl Splice {
    /// Inserts text before byte `at`.
    pub fn insert(at: usize, text: String) -> Self {
        Self { span: at..at, replacement: text }
    }

    /// The whole lines of the old text that the splice touches; empty if it inserts whole lines between lines.
    pub fn lines(&self, text: &str) -> Range<usize> {
        let Range { start, end } = self.span;
        // Lines appended after an unterminated last line leave that line as it is.
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

    /// The same splice in a slice of the text that begins at byte `start`.
    pub fn shifted_back(&self, start: usize) -> Self {
        Self { span: self.span.start - start..self.span.end - start, replacement: self.replacement.clone() }
    }

    fn replacement_ends_a_line(&self) -> bool {
        self.replacement.is_empty() || self.replacement.ends_with('\n')
    }
}

/// Applies splices; `None` if they are out of order, overlap or do not fit the text.
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

/// The offset in the new text of byte `at`, which no splice removes.
pub(super) fn moved(splices: &[Splice], at: usize) -> usize {
    let before = splices.iter().filter(|splice| splice.span.end <= at);
    before.fold(at, |at, splice| at + splice.replacement.len() - splice.span.len())
}

/// The start of the line with byte `at`. A byte order mark does not count as part of the first line, so that it stays
/// first in the file.
pub(super) fn line_start(text: &str, at: usize) -> usize {
    let mark = if text.starts_with('\u{FEFF}') { '\u{FEFF}'.len_utf8() } else { 0 };
    let start = memchr::memrchr(b'\n', &text.as_bytes()[..at]).map_or(0, |newline| newline + 1);
    if at >= mark { start.max(mark) } else { start }
}

/// The end of the line with byte `at`, including its line ending.
pub(super) fn line_end(text: &str, at: usize) -> usize {
    memchr::memchr(b'\n', &text.as_bytes()[at..]).map_or(text.len(), |newline| at + newline + 1)
}
