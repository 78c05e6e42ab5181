//! A range of bytes at half the size.

use std::ops::Range;

/// A range of bytes in a text of less than 4 GiB; larger files are not opened. A large log has millions of ranges, so
/// their size matters.
#[derive(Clone, Copy, Default, PartialEq, Eq, Hash)]
pub struct Span {
    start: u32,
    end: u32,
}

impl Span {
    /// The first byte.
    pub(crate) fn start(self) -> usize {
        self.start as usize
    }

    /// The byte after the last one.
    pub(crate) fn end(self) -> usize {
        self.end as usize
    }

    /// The range, to index a text with.
    pub fn range(self) -> Range<usize> {
        self.start()..self.end()
    }

    /// The same bytes in a text that starts `by` bytes earlier.
    pub(crate) fn moved(self, by: usize) -> Self {
        Self::from(self.start() + by..self.end() + by)
    }
}

impl From<Range<usize>> for Span {
    fn from(range: Range<usize>) -> Self {
        Self { start: offset(range.start), end: offset(range.end) }
    }
}

impl std::fmt::Debug for Span {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        self.range().fmt(f)
    }
}

/// An index or a byte as four bytes.
pub(crate) fn offset(at: usize) -> u32 {
    u32::try_from(at).unwrap_or(u32::MAX)
}

impl std::ops::Index<Span> for str {
    type Output = str;

    fn index(&self, span: Span) -> &str {
        &self[span.range()]
    }
}
