//! Collects the problems in a settings file while it is parsed.

use std::ops::Range;

use super::problem::{ConfigProblem, Fault};

/// The problems so far.
pub(super) struct ProblemList<'a> {
    pub text: &'a str,
    pub problems: Vec<ConfigProblem>,
}

impl ProblemList<'_> {
    /// Adds a fault at a byte range of the text.
    pub fn add(&mut self, span: Range<usize>, fault: Fault) {
        let before = self.text.get(..span.start).unwrap_or(self.text);
        let line = before.matches('\n').count() + 1;
        let column = before.rsplit('\n').next().unwrap_or_default().chars().count() + 1;
        self.problems.push(ConfigProblem { line, column, fault });
    }
}

/// The known name closest to a misspelled one; `None` if none is close.
pub(crate) fn nearest<'a>(wrong: &str, names: impl Iterator<Item = &'a str>) -> Option<&'a str> {
    let near = names.map(|name| (strsim::osa_distance(wrong, name), name));
    let (distance, name) = near.min_by_key(|(distance, _)| *distance)?;
    (distance <= 1 + wrong.chars().count() / 4).then_some(name)
}
