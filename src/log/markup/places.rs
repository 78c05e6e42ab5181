//! Where the parts of a copied text stand in the file that they were copied from.

use std::ops::Range;

/// Where the parts of a text stand in a file: for each where it begins in both, in bytes, ascending.
#[derive(Debug, Clone, Default)]
pub struct Places(Vec<(usize, usize)>);

impl Places {
    /// A text that stands in the file as it is.
    pub fn from(start: usize) -> Self {
        Self(Vec::from([(0, start)]))
    }

    /// Where an offset of the text stands in the file.
    pub fn in_file(&self, at: usize) -> usize {
        let next = self.0.partition_point(|&(here, _)| here <= at);
        let (here, there) = next.checked_sub(1).map_or((0, 0), |part| self.0[part]);
        there + at - here
    }

    /// Where an offset of the file stands in the text, if it does.
    pub fn in_text(&self, at: usize) -> Option<usize> {
        let next = self.0.partition_point(|&(_, there)| there <= at);
        let (here, there) = self.0[next.checked_sub(1)?];
        let found = here + at - there;
        self.0.get(next).is_none_or(|&(end, _)| found < end).then_some(found)
    }
}

/// A text that is put together from parts of a file.
#[derive(Debug, Clone, Default)]
pub struct Copied {
    /// What is read.
    pub text: String,
    /// Where its parts stand in the file.
    pub places: Places,
    /// What is said of the text that follows on the same line, in bytes of the text.
    pub labels: Vec<Range<usize>>,
}

impl Copied {
    /// Adds a part of the file.
    pub fn add(&mut self, file: &str, part: Range<usize>) {
        self.places.0.push((self.text.len(), part.start));
        self.text.push_str(&file[part]);
    }

    /// Adds what stands nowhere in the file.
    pub fn fill(&mut self, text: &str) {
        self.text.push_str(text);
    }
}
