//! Maps offsets of a copied text to the file it was copied from.

use std::ops::Range;

/// Where each part starts: (byte in the text, byte in the file), in the order of the text.
#[derive(Debug, Clone, Default)]
pub struct OffsetMap(Vec<(usize, usize)>);

impl OffsetMap {
    /// The map of a text that is read in place, from byte `start` of the file.
    pub fn from(start: usize) -> Self {
        Self(Vec::from([(0, start)]))
    }

    /// Converts an offset in the text to one in the file.
    pub fn to_file(&self, at: usize) -> usize {
        let next = self.0.partition_point(|&(in_text, _)| in_text <= at);
        let (in_text, in_file) = next.checked_sub(1).map_or((0, 0), |part| self.0[part]);
        in_file + at - in_text
    }

    /// Converts an offset in the file to one in the text; `None` if that byte was not copied. The ends of parts are not
    /// stored, so bytes right after a part may be mapped too.
    pub fn to_text(&self, at: usize) -> Option<usize> {
        let next = self.0.partition_point(|&(_, in_file)| in_file <= at);
        let (in_text, in_file) = self.0[next.checked_sub(1)?];
        let found = in_text + at - in_file;
        self.0.get(next).is_none_or(|&(end, _)| found < end).then_some(found)
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
        self.offsets.0.push((self.text.len(), part.start));
        self.text.push_str(&file[part]);
    }

    /// Appends text that is not in the file.
    pub fn fill(&mut self, text: &str) {
        self.text.push_str(text);
    }
}
