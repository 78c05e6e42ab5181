//! Finds an item again in a text that may have changed.

use serde::{Deserialize, Serialize};

use super::Refusal;
use crate::log::{Log, SectionKind, Sign, normalise};

/// Identifies an item across changes of the text.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Target {
    /// The rest of the item's line after the checkbox or state word, normalised.
    line: String,
    /// The text as written, for messages.
    text: String,
    /// What the item is under, outermost first: the entry or section, then the parent items.
    ancestors: Vec<String>,
    /// The lines of all items below the item, to tell apart two items with the same line. `None` in journals of older
    /// versions.
    #[serde(default)]
    below: Option<Vec<String>>,
    /// Byte offset of the task's mark: [`Task::mark`](crate::log::Task::mark).
    offset: usize,
}

impl Target {
    /// Identifies a task of the log.
    pub fn of(log: &Log, task: usize) -> Self {
        Self {
            line: line_after_box(log, task),
            text: log.tasks[task].text.clone(),
            ancestors: ancestors(log, task),
            below: Some(below(log, task)),
            offset: log.tasks[task].mark,
        }
    }

    /// The item's text as written, for messages.
    pub(crate) fn text(&self) -> &str {
        &self.text
    }

    /// Whether both targets mean the same item, at any offset.
    pub(super) fn is_same_item(&self, other: &Self) -> bool {
        self.line == other.line && self.ancestors == other.ancestors
    }

    /// The index of the task with the same line under the same ancestors. If there are several, those whose sub-items
    /// differ from the target's are ruled out first, since items may have swapped places; then the one at the old
    /// offset is taken, or else the only one left. If no task has these ancestors, the only one with this line in the
    /// pending list is taken. The nearest one is never taken just for being near.
    ///
    /// # Errors
    /// If no item matches, or more than one.
    pub(crate) fn find(&self, log: &Log, file: usize) -> Result<usize, Refusal> {
        let same_line = |&index: &usize| log.tasks[index].file == file && line_after_box(log, index) == self.line;
        let same: Vec<usize> = (0..log.tasks.len()).filter(same_line).collect();
        let family: Vec<usize> =
            same.iter().copied().filter(|&index| ancestors(log, index) == self.ancestors).collect();
        let is_like = |index: usize| self.below.as_ref().is_none_or(|wanted| below(log, index) == *wanted);
        let alike: Vec<usize> = match family.as_slice() {
            [only] => vec![*only],
            several => several.iter().copied().filter(|&index| is_like(index)).collect(),
        };
        if let Some(&there) = alike.iter().find(|&&index| log.tasks[index].mark == self.offset) {
            return Ok(there);
        }
        if let [only] = alike.as_slice() {
            return Ok(*only);
        }
        let pending: Vec<usize> = same.iter().copied().filter(|&index| log.tasks[index].pending).collect();
        match (family.as_slice(), pending.as_slice(), same.len()) {
            ([only], ..) | ([], [only], _) => Ok(*only),
            (_, _, 0) => Err(Refusal::Gone(self.text().to_owned())),
            _ if family.is_empty() && pending.is_empty() => Err(Refusal::Gone(self.text().to_owned())),
            (family, pending, _) => Err(Refusal::Ambiguous(self.text().to_owned(), family.len().max(pending.len()))),
        }
    }
}

/// The rest of a task's line after the checkbox or state word. It is normalised, since editors that reformat a text
/// change its white space, but nothing else.
pub(super) fn line_after_box(log: &Log, task: usize) -> String {
    let text = &log.files[log.tasks[task].file].text;
    let end = if log.tasks[task].sign == Sign::Cell { log.tasks[task].span.end } else { text.len() };
    let rest = &text[log.item_text(task)..end];
    // Markdown also ends a line at a lone carriage return.
    normalise(rest.split(['\n', '\r']).next().unwrap_or_default())
}

/// The lines of all items below a task, whatever their state.
fn below(log: &Log, task: usize) -> Vec<String> {
    let is_below = |&other: &usize| log.tasks[task].span.contains(&log.tasks[other].mark);
    let others = (task + 1..log.tasks.len()).take_while(is_below);
    others.map(|other| line_after_box(log, other)).collect()
}

fn ancestors(log: &Log, task: usize) -> Vec<String> {
    let above = std::iter::successors(log.tasks[task].parent, |&index| log.tasks[index].parent);
    let mut names: Vec<String> = above.map(|index| line_after_box(log, index)).collect();
    names.push(place(log, task));
    names.reverse();
    names
}

fn place(log: &Log, task: usize) -> String {
    let task = &log.tasks[task];
    let section = &log.sections[task.section];
    match (task.entry, section.kind) {
        (Some(entry), _) => log.entries[entry].key.0.to_string(),
        (None, SectionKind::Pending) => "pending".into(),
        (None, _) => normalise(&section.heading),
    }
}
