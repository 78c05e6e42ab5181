//! A line index that needs little memory: it stores one line start per kilobyte, and counts the lines in between on
//! request.

use memchr::memchr_iter;

use crate::text::offset;

/// A line start is stored if it is more than this many bytes after the last stored one.
const APART: usize = 1024;

/// The line starts of a text.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct LineIndex {
    /// (byte where a line starts, its number from 1) of the stored lines: the first line, and then each that starts
    /// more than [`APART`] bytes after the last one stored.
    kept: Vec<(u32, u32)>,
    /// The number of line ends in the text.
    pub(super) ends: usize,
}

impl LineIndex {
    pub(super) fn of(text: &str) -> Self {
        let (mut kept, mut ends) = (vec![(0, 1)], 0);
        let mut last = 0;
        for at in memchr_iter(b'\n', text.as_bytes()) {
            ends += 1;
            if at + 1 - last > APART {
                last = at + 1;
                kept.push((offset(last), offset(ends + 1)));
            }
        }
        kept.shrink_to_fit();
        Self { kept, ends }
    }

    /// The line, counted from 1, with the byte at `offset`.
    pub(super) fn line_of(&self, text: &str, offset: usize) -> usize {
        let after = self.kept.partition_point(|&(start, _)| start as usize <= offset);
        let (start, line) = self.kept[after.saturating_sub(1)];
        let (start, line) = (start as usize, line as usize);
        // Every line that starts within `APART` bytes of `start` is counted; the first one beyond that is stored itself.
        let end = offset.min(start + APART).min(text.len());
        line + memchr_iter(b'\n', &text.as_bytes()[start..end]).count()
    }

    /// Where a line, counted from 1, starts in bytes, if it exists.
    pub(super) fn start(&self, text: &str, line: usize) -> Option<usize> {
        let after = self.kept.partition_point(|&(_, kept)| kept as usize <= line);
        let (start, kept) = *self.kept.get(after.checked_sub(1)?)?;
        let (start, kept) = (start as usize, kept as usize);
        match line - kept {
            0 => Some(start),
            more => memchr_iter(b'\n', &text.as_bytes()[start..]).nth(more - 1).map(|at| start + at + 1),
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn the_line_index_matches_a_linear_count(lengths in prop::collection::vec(prop_oneof![0_usize..90, 3000_usize..9000], 0..60)) {
            let text = lengths.iter().map(|&length| "a".repeat(length)).collect::<Vec<_>>().join("\n");
            let lines = LineIndex::of(&text);
            let starts: Vec<usize> = std::iter::once(0).chain(memchr_iter(b'\n', text.as_bytes()).map(|at| at + 1)).collect();
            prop_assert_eq!(lines.ends, starts.len() - 1);
            for (index, &start) in starts.iter().enumerate() {
                prop_assert_eq!(lines.start(&text, index + 1), Some(start));
                let end = starts.get(index + 1).map_or(text.len(), |next| next - 1);
                for offset in [start, (start + end) / 2, end] {
                    prop_assert_eq!(lines.line_of(&text, offset), index + 1);
                }
            }
            prop_assert_eq!(lines.start(&text, starts.len() + 1), None);
            prop_assert_eq!(lines.start(&text, 0), None);
        }
    }
}
