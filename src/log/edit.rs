//! Changes to the log as values: an [`Intent`] is aimed at the text as it stands now,
//! becomes a splice of bytes, and is proved before anyone writes it.
//!
//! An intent says what shall be so (*this item is done*), never "flip": doing it twice is
//! harmless, and it can be aimed again at a text that someone else has changed meanwhile.

use super::{Log, SectionKind, Source, normalise, parse};

/// What shall become of the log.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Intent {
    /// The character between an item's brackets: `x`, `X` or a space.
    SetMark {
        /// Which item.
        target: Target,
        /// The character that shall stand there.
        mark: char,
    },
}

/// How an item is found again in a text that may have changed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Target {
    /// The item's line after the box, normalised.
    line: String,
    /// What stands above it, from the outside in: the place, then the items.
    ancestors: Vec<String>,
    /// Offset of the byte between the brackets, in bytes.
    offset: usize,
}

/// Why an intent was not carried out.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Refusal {
    /// No item has this text any more.
    #[error("“{0}” is no longer in the log: it was changed or removed outside. Nothing was written")]
    Gone(String),
    /// Several items have this text, and none stands where it stood.
    #[error("“{0}” stands in the log {1} times now, and which one was meant is not certain. Nothing was written")]
    Ambiguous(String, usize),
    /// The change would have touched more than its target.
    #[error("changing “{0}” would have changed more than this item. Nothing was written")]
    Unproved(String),
}

impl Target {
    /// What identifies a task of the log.
    pub fn of(log: &Log, task: usize) -> Self {
        Self { line: line_after_box(log, task), ancestors: ancestors(log, task), offset: log.tasks[task].mark }
    }

    /// The index of the task that is meant, by the rules of the write-back: the same line under the same
    /// ancestors at the same place; else the only one under the same ancestors; else the
    /// only one of the pending list. Never the nearest.
    ///
    /// # Errors
    /// When no item or several could be meant.
    pub fn find(&self, log: &Log, file: usize) -> Result<usize, Refusal> {
        let same_line = |&index: &usize| log.tasks[index].file == file && line_after_box(log, index) == self.line;
        let same: Vec<usize> = (0..log.tasks.len()).filter(same_line).collect();
        let family: Vec<usize> =
            same.iter().copied().filter(|&index| ancestors(log, index) == self.ancestors).collect();
        if let Some(&there) = family.iter().find(|&&index| log.tasks[index].mark == self.offset) {
            return Ok(there);
        }
        let pending: Vec<usize> = same.iter().copied().filter(|&index| log.tasks[index].pending).collect();
        match (family.as_slice(), pending.as_slice(), same.len()) {
            ([only], ..) | ([], [only], _) => Ok(*only),
            (_, _, 0) => Err(Refusal::Gone(self.line.clone())),
            _ if family.is_empty() && pending.is_empty() => Err(Refusal::Gone(self.line.clone())),
            (family, pending, _) => Err(Refusal::Ambiguous(self.line.clone(), family.len().max(pending.len()))),
        }
    }
}

/// The raw line after the box: an editor that reformats changes white space only.
fn line_after_box(log: &Log, task: usize) -> String {
    let task = &log.tasks[task];
    let rest = &log.files[task.file].text[task.mark..];
    let line = rest.lines().next().unwrap_or_default();
    normalise(line.split_once(']').map_or("", |(_, text)| text))
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
        (Some(entry), _) => log.entries[entry].key.0.clone(),
        (None, SectionKind::Pending) => "pending".into(),
        (None, _) => normalise(&section.heading),
    }
}

impl Intent {
    /// Sets a task's box. `None` when it is so already.
    pub fn set_done(log: &Log, task: usize, done: bool) -> Option<Self> {
        let mark = if done { 'x' } else { ' ' };
        (log.tasks[task].done != done).then(|| Self::SetMark { target: Target::of(log, task), mark })
    }

    /// The task it is about in this log.
    ///
    /// # Errors
    /// When no item or several could be meant.
    pub fn task(&self, log: &Log, file: usize) -> Result<usize, Refusal> {
        let Self::SetMark { target, .. } = self;
        target.find(log, file)
    }

    /// Carries the intent out in the model, and gives the intent that takes it back.
    ///
    /// A tick changes one byte and moves none, so nothing has to be parsed again.
    ///
    /// # Errors
    /// When no item or several could be meant; the log is unchanged then.
    pub fn apply(&self, log: &mut Log, file: usize) -> Result<Self, Refusal> {
        let task = self.task(log, file)?;
        let Self::SetMark { mark, .. } = self;
        let inverse = Self::SetMark { target: Target::of(log, task), mark: log.mark(task) };
        log.set_mark(task, *mark);
        Ok(inverse)
    }
}

impl Log {
    /// The character between a task's brackets.
    pub fn mark(&self, task: usize) -> char {
        let task = &self.tasks[task];
        self.files[task.file].text[task.mark..].chars().next().unwrap_or(' ')
    }

    fn set_mark(&mut self, task: usize, mark: char) {
        let now = self.mark(task).len_utf8();
        let task = &mut self.tasks[task];
        if now == mark.len_utf8() {
            self.files[task.file].text.replace_range(task.mark..task.mark + now, mark.encode_utf8(&mut [0; 4]));
            task.done = !mark.is_whitespace();
        }
    }
}

/// Carries intents out on a file's text and proves the result: it must be, to the last
/// field, the old model with these changes and nothing else. `None` when all is so already.
///
/// # Errors
/// When an intent cannot be aimed, or the proof fails.
pub fn revise(text: &str, intents: &[Intent]) -> Result<Option<String>, Refusal> {
    let mut log = parse::parse([Source { name: String::new(), text: text.to_owned() }]);
    for intent in intents {
        intent.apply(&mut log, 0)?;
    }
    let revised = std::mem::take(&mut log.files[0].text);
    if revised == text {
        return Ok(None);
    }
    let mut proof = parse::parse([Source { name: String::new(), text: revised }]);
    let revised = std::mem::take(&mut proof.files[0].text);
    if proof != log {
        let Intent::SetMark { target, .. } = &intents[0];
        return Err(Refusal::Unproved(target.line.clone()));
    }
    Ok(Some(revised))
}
