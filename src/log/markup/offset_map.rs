//! Maps offsets of a copied text to the file it was copied from.

use std::ops::Range;

/// Where each part starts. The parts may be copied in another order than that of the file.
#[derive(Debug, Clone, Default)]
pub struct OffsetMap {
    /// (byte in the text, byte in the file), in the order of the text.
    parts: Vec<(usize, usize)>,
    /// Indices into the parts, in the order of the file.
    by_file: Vec<usize>,
}

impl OffsetMap {
    /// The map of a text that is read in place, from byte `start` of the file.
    pub fn from(start: usize) -> Self {
        Self { parts: vec![(0, start)], by_file: vec![0] }
    }

    /// Converts an offset in the text to one in the file.
    pub fn to_file(&self, at: usize) -> usize {
        let next = self.parts.partition_point(|&(in_text, _)| in_text <= at);
        let (in_text, in_file) = next.checked_sub(1).map_or((0, 0), |part| self.parts[part]);
        in_file + at - in_text
    }

    /// Converts an offset in the file to one in the text; `None` if that byte was not copied. The ends of parts are not
    /// stored, so bytes right after a part may be mapped too.
    pub fn to_text(&self, at: usize) -> Option<usize> {
        let next = self.by_file.partition_point(|&part| self.parts[part].1 <= at);
        let part = self.by_file[next.checked_sub(1)?];
        let (in_text, in_file) = self.parts[part];
        let found = in_text + at - in_file;
        self.parts.get(part + 1).is_none_or(|&(end, _)| found < end).then_some(found)
    }

    fn add(&mut self, in_text: usize, in_file: usize) {
        let at = self.by_file.partition_point(|&part| self.parts[part].1 <= in_file);
        self.by_file.insert(at, self.parts.len());
        self.parts.push((in_text, in_file));
    }
}

/// A text assembled from parts of a file.
#[derive(Debug, Clone, Default)]
pub struct CopiedText {
    /// The text.
    pub text: String,
    /// Where its parts are in the file.
    pub offsets: OffsetMap,
    /// Labels that introduce the rest of their line, as byte ranges in `text`.
    pub labels: Vec<Range<usize>>,
}

impl CopiedText {
    /// Appends a part of the file.
    pub fn add(&mut self, file: &str, part: Range<usize>) {
        self.offsets.add(self.text.len(), part.start);
        self.text.push_str(&file[part]);
    }

    /// Appends text that is not in the file.
    pub fn fill(&mut self, text: &str) {
        self.text.push_str(text);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// In the copy of a table row, the text after the title comes before the other cells.
    #[test]
    fn offsets_are_found_in_parts_of_any_order() {
        let file = "| 0 | one | two | three | four |";
        let parts = [12..15, 2..3, 6..9, 18..23, 26..30];
        for first in 0..parts.len() {
            let mut copied = CopiedText::default();
            let others = parts.iter().enumerate().filter(|(index, _)| *index != first);
            for part in std::iter::once(&parts[first]).chain(others.map(|(_, part)| part)) {
                let start = copied.text.len();
                copied.add(file, part.clone());
                for (at, in_file) in (start..).zip(part.clone()) {
                    assert_eq!(copied.offsets.to_file(at), in_file);
                }
                copied.fill("\n");
            }
            for in_file in parts.iter().cloned().flatten() {
                let found = copied.offsets.to_text(in_file).expect("the byte was copied");
                assert_eq!(copied.text.as_bytes()[found], file.as_bytes()[in_file]);
                assert_eq!(copied.offsets.to_file(found), in_file);
            }
        }
    }
}
