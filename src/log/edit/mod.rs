//! Changes to the log as values: an [`Intent`] finds its target in the current text, becomes byte splices, and is
//! proved before anything is written.
//!
//! An intent names a result (*this item is done*), never "toggle", so it can be applied again to a text that someone
//! else has changed. Applying one returns its inverse, which restores the exact bytes. The inverse is an intent like
//! any other, which is how undo works across reloads.
//!
//! | step | where |
//! |---|---|
//! | find the target item | [`Target`] |
//! | the style of a list's items, and where a new one goes | `style` |
//! | the splices of each change to an item | `tasks` |
//! | where a new entry goes, and its date lines | `day`, `dates` |
//! | the splices of a new entry | [`NewEntry`], `entry_lines`, `entry_row` |
//! | apply: find, splice, prove | `apply` |
//! | prove that only the target changed | `proof`; for a tick, `mark`; for an undo, also `owners` |
//! | fixes for findings | [`find_fixes`] |
//! | a new entry in a file of its own | `sibling` |
//! | undo | [`Patch`], [`ChangeRecord`], [`OwnFile`] |

mod apply;
mod dates;
mod day;
mod defaults;
mod entry;
mod entry_lines;
mod entry_row;
mod fix;
mod hunk;
mod list_end;
mod made;
mod mark;
mod own_file;
mod owners;
mod patch;
mod proof;
mod refusal;
mod sibling;
mod splice;
mod style;
mod target;
mod tasks;

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

pub(crate) use apply::read;
pub use apply::revise;
pub use defaults::template;
pub use entry::{ItemOutcome, NewEntry, clean as clean_title, file_of_list, headings, is_undated};
pub(crate) use entry::{Origin, PlannedEntry, line_for, newest_file};
pub(crate) use fix::FixPatch;
pub use fix::{Fix, find_fixes};
pub use made::{ChangeKey, ChangeRecord};
pub(crate) use own_file::OwnFile;
pub(crate) use patch::Patch;
use proof::Element;
pub use refusal::Refusal;
pub(crate) use sibling::file_of_day;
pub use sibling::{Proposal, Wanted, own_file, topics};
use splice::Splice;
pub use target::Target;
pub(crate) use tasks::source;
pub use tasks::{added_on, writes_done_dates};

use super::{Log, Sign};
use crate::say;
use crate::words::{Language, Sentence};

/// A change to the log.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum Intent {
    /// Sets the mark between an item's brackets: `x`, `X`, a space, or whatever it was before.
    SetMark {
        /// Which item.
        target: Target,
        /// The mark to set.
        mark: char,
        /// The mark that must be there now, when this undoes a change.
        #[serde(default)]
        from: Option<char>,
    },
    /// Marks an item as done or open.
    SetDone {
        /// Which item.
        target: Target,
        /// Done or open.
        done: bool,
        /// Whether this includes all items below it.
        children: bool,
        /// The day appended to an item that becomes done: ` ✅ 2031-05-17`, as in Obsidian Tasks. An item that becomes
        /// open always loses such a date.
        date: Option<NaiveDate>,
    },
    /// Adds an open item.
    AddTask {
        /// The item's text; line breaks become spaces.
        text: String,
        /// Where to put the item.
        place: InsertAt,
    },
    /// Adds open items at the end of the pending list.
    AddTasks(Vec<String>),
    /// Replaces an item's text.
    EditTask {
        /// Which item.
        target: Target,
        /// The new text; line breaks become spaces.
        text: String,
    },
    /// Deletes an item and everything below it.
    DeleteTask {
        /// Which item.
        target: Target,
    },
    /// Moves an item and everything below it.
    MoveTask {
        /// Which item.
        target: Target,
        /// Where.
        to: Direction,
    },
    /// Adds an entry, with the headings of its day and month if they are missing.
    LogEntry(NewEntry),
    /// Restores lines to what they were before a change.
    Patch(Patch),
    /// Fixes a finding.
    #[serde(rename = "Mend")]
    Fix(FixPatch),
    /// Creates a file.
    CreateFile(OwnFile),
    /// Removes a file that was created by `CreateFile`.
    RemoveFile(OwnFile),
    /// Several intents, in order; either all of them are applied or none.
    All(Vec<Intent>),
}

/// Where to put a new item.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum InsertAt {
    /// After an item and everything below it.
    After(Target),
    /// As the last child of an item.
    Under(Target),
    /// At the end of the pending list, which is created if there is none.
    End,
}

/// Where to move an item.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum Direction {
    /// Before its previous sibling.
    Up,
    /// After its next sibling.
    Down,
    /// Into its previous sibling, as the last child.
    In,
    /// After its parent.
    Out,
}

/// The result of applying an intent to a text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Change {
    /// The new text of the file.
    pub text: String,
    /// The intent that undoes the change.
    pub inverse: Intent,
    /// The change as lines; it fits a text only if the change has not been made there.
    pub effect: Patch,
    /// Where the change begins in the new text, in bytes: a line start or a mark.
    pub at: usize,
}

/// The result of applying an intent to a model.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Applied {
    /// The intent that undoes the change.
    pub inverse: Intent,
    /// Where the change begins in the file's new text, in bytes.
    pub at: usize,
}

/// The splices of an intent, and how their lines must read afterwards.
struct Plan {
    splices: Vec<Splice>,
    /// Indices of the tasks in the lines that the splices touch.
    touched: Vec<usize>,
    /// What must be in these lines afterwards; `None` if it is not known in advance.
    inside: Option<Vec<Element>>,
    /// Where to jump afterwards: (index of a splice, byte offset into its replacement).
    focus: (usize, usize),
}

impl Intent {
    /// The intent to tick or untick a task; `None` if that changes nothing.
    pub fn set_done(log: &Log, task: usize, done: bool) -> Option<Self> {
        let target = Target::of(log, task);
        if log.tasks[task].state.is(done) {
            return None;
        }
        if log.tasks[task].sign != Sign::Box || !done && tasks::done_date(log, task).is_some() {
            return Some(Self::SetDone { target, done, children: false, date: None });
        }
        Some(Self::SetMark { target, mark: tasks::mark_for(done), from: None })
    }

    /// The intent to tick a task and append the day, or to untick it; `None` if that changes nothing.
    pub fn set_done_on(log: &Log, task: usize, done: bool, date: Option<NaiveDate>) -> Option<Self> {
        let plain = Self::set_done(log, task, done)?;
        if !done || date.is_none() {
            return Some(plain);
        }
        Some(Self::SetDone { target: Target::of(log, task), done, children: false, date })
    }

    /// The index of the task that the intent is about; `None` if it has no target item.
    ///
    /// # Errors
    /// If no item matches, or more than one.
    pub(crate) fn task(&self, log: &Log, file: usize) -> Result<Option<usize>, Refusal> {
        self.target().map(|target| target.find(log, file)).transpose()
    }

    fn target(&self) -> Option<&Target> {
        match self {
            Self::SetMark { target, .. }
            | Self::SetDone { target, .. }
            | Self::EditTask { target, .. }
            | Self::DeleteTask { target }
            | Self::MoveTask { target, .. } => Some(target),
            Self::All(all) => all.iter().find_map(Self::target),
            Self::AddTask { .. } | Self::AddTasks(_) | Self::LogEntry(_) | Self::Patch(_) | Self::Fix(_) => None,
            Self::CreateFile(_) | Self::RemoveFile(_) => None,
        }
    }

    /// What the intent does, for messages and lists of changes: `tick “Owl”`.
    pub(crate) fn summary(&self, language: Language) -> String {
        match self {
            Self::SetMark { target, mark, .. } => done_summary(!mark.is_whitespace(), target, language),
            Self::SetDone { target, done, .. } => done_summary(*done, target, language),
            Self::AddTask { text, .. } => say!(language, "add “{text}”", "添加“{text}”"),
            Self::AddTasks(texts) => {
                let items = language.counted(texts.len(), "item", "items", "项");
                say!(language, "add {items}", "添加 {items}")
            }
            Self::EditTask { target, text } => {
                say!(language, "reword “{}” as “{text}”", "将“{}”改为“{text}”", target.text())
            }
            Self::DeleteTask { target } => say!(language, "delete “{}”", "删除“{}”", target.text()),
            Self::MoveTask { target, .. } => say!(language, "move “{}”", "移动“{}”", target.text()),
            Self::LogEntry(NewEntry { title, under: Some(heading), .. }) if heading.is_empty() => {
                say!(language, "log “{title}” above the first heading", "将“{title}”记录到第一个标题之前")
            }
            Self::LogEntry(NewEntry { title, under: Some(heading), .. }) => {
                say!(language, "log “{title}” under “{heading}”", "将“{title}”记录到“{heading}”下")
            }
            Self::LogEntry(NewEntry { title, date, .. }) => {
                let day = date.format("%Y.%-m.%-d");
                say!(language, "log “{title}” on {day}", "将“{title}”记录到 {day}")
            }
            Self::Patch(patch) => patch.label(language).to_owned(),
            Self::Fix(fix) => fix.label(language).to_owned(),
            Self::CreateFile(OwnFile { title, down, .. }) => {
                say!(language, "log “{title}” in a new file, {down}", "在新文件 {down} 中记录“{title}”")
            }
            Self::RemoveFile(OwnFile { down, .. }) => say!(language, "remove the file {down}", "删除文件 {down}"),
            Self::All(all) => {
                let parts: Vec<String> = all.iter().map(|intent| intent.summary(language)).collect();
                parts.join(language.pick(", ", "，"))
            }
        }
    }

    /// Whether the change kept every offset of a file of these lengths, so that the model's spans stay valid: it only
    /// set marks. The text is longer if an item had lost its checkbox, since setting the mark adds one.
    pub(crate) fn kept_places(&self, before: usize, after: usize) -> bool {
        self.only_sets_marks() && before == after
    }

    fn only_sets_marks(&self) -> bool {
        match self {
            Self::SetMark { .. } => true,
            Self::All(all) => all.iter().all(Self::only_sets_marks),
            _ => false,
        }
    }

    /// Whether the intent sets a mark that is not set yet, in this log of one file.
    pub(crate) fn is_unticked(&self, log: &Log) -> bool {
        match self {
            Self::SetMark { target, mark, .. } => target.find(log, 0).is_ok_and(|task| log.mark(task) != *mark),
            Self::SetDone { target, done, .. } => {
                target.find(log, 0).is_ok_and(|task| !log.tasks[task].state.is(*done))
            }
            Self::All(all) => all.iter().any(|intent| intent.is_unticked(log)),
            _ => false,
        }
    }

    /// Whether the lines that the intent is about can be found in this file.
    pub(crate) fn can_be_found(&self, log: &Log, file: usize) -> bool {
        match self {
            Self::Patch(patch) => log.files.get(file).is_some_and(|file| patch.can_be_found(&file.text)),
            Self::Fix(fix) => log.files.get(file).is_some_and(|file| fix.patch.can_be_found(&file.text)),
            Self::All(all) => all.iter().all(|intent| intent.can_be_found(log, file)),
            Self::RemoveFile(_) => self.removes_something(log, file) == Ok(true),
            _ => self.task(log, file).is_ok(),
        }
    }

    /// Whether both intents are about the same item.
    pub(crate) fn has_same_target(&self, other: &Self) -> bool {
        self.target().zip(other.target()).is_some_and(|(one, other)| one.is_same_item(other))
    }

    /// The text that the user typed, to be saved elsewhere if the intent cannot be applied; `None` if nothing was
    /// typed.
    pub(crate) fn typed(&self) -> Option<String> {
        match self {
            Self::AddTask { text, .. } | Self::EditTask { text, .. } => Some(text.clone()),
            Self::AddTasks(texts) => Some(texts.join("\n")),
            Self::LogEntry(entry) => Some(format!("{}\n\n{}", entry.title, entry.body)),
            Self::CreateFile(file) => Some(file.text.clone()),
            Self::All(all) => all.iter().find_map(Self::typed),
            _ => None,
        }
    }

    /// The ways to apply the intent; the first one that is proved is used.
    fn plans(&self, log: &Log) -> Result<Vec<Plan>, Refusal> {
        match self {
            Self::LogEntry(entry) => entry.plans(log),
            Self::AddTask { text, place: InsertAt::End } => list_end::add_at_end(log, text),
            Self::AddTasks(texts) => list_end::add_all(log, texts),
            Self::Patch(patch) => patch.plans(log),
            _ => self.plan(log).map(|plan| vec![plan]),
        }
    }

    fn plan(&self, log: &Log) -> Result<Plan, Refusal> {
        match self {
            Self::SetMark { target, mark, from } => {
                let task = target.find(log, 0)?;
                mark::may_become(log, task, *from, *mark)?;
                tasks::set_mark(log, task, *mark)
            }
            Self::SetDone { target, done, children, date } => {
                tasks::set_done(log, target.find(log, 0)?, *done, *children, *date)
            }
            Self::AddTask { text, place } => tasks::add(log, text, place),
            Self::EditTask { target, text } => tasks::edit(log, target.find(log, 0)?, text),
            Self::DeleteTask { target } => tasks::delete(log, target.find(log, 0)?),
            Self::MoveTask { target, to } => tasks::shift(log, target.find(log, 0)?, *to),
            Self::Fix(fix) => fix.plan(log),
            Self::Patch(_)
            | Self::LogEntry(_)
            | Self::AddTasks(_)
            | Self::All(_)
            | Self::CreateFile(_)
            | Self::RemoveFile(_) => Err(Refusal::Empty),
        }
    }

    /// What error messages call the intent's target.
    fn subject(&self) -> Sentence {
        Sentence::of(|language| match self {
            Self::AddTask { text, .. } => text.clone(),
            Self::LogEntry(entry) => entry.title.clone(),
            _ => self.target().map_or_else(|| self.summary(language), |target| target.text().to_owned()),
        })
    }
}

fn done_summary(done: bool, target: &Target, language: Language) -> String {
    let verb = if done { language.pick("tick ", "勾选") } else { language.pick("untick ", "取消勾选") };
    format!("{verb}“{}”", target.text())
}

/// The line, counted from 1, of the first merge-conflict marker.
pub(crate) fn conflict(text: &str) -> Option<usize> {
    let at = if text.starts_with("<<<<<<<") { 0 } else { memchr::memmem::find(text.as_bytes(), b"\n<<<<<<<")? + 1 };
    Some(1 + memchr::memchr_iter(b'\n', &text.as_bytes()[..at]).count())
}

/// The text of an item as typed or pasted, on one line, without the list marker and the checkbox of a pasted item. A
/// number stays, unless a checkbox follows it: a title may begin with one.
///
/// # Errors
/// If nothing is left.
pub(crate) fn item_line(text: &str) -> Result<String, Refusal> {
    let line = one_line(text)?;
    let bare = ["- ", "* ", "+ "].iter().find_map(|bullet| line.strip_prefix(bullet)).unwrap_or(&line).trim_start();
    let after_number = line.trim_start_matches(|c: char| c.is_ascii_digit());
    let numbered = (after_number.len() < line.len()).then(|| after_number.strip_prefix(['.', ')'])).flatten();
    let after_box = |line: &str| {
        let rest = ["[ ]", "[x]", "[X]"].iter().find_map(|mark| line.trim_start().strip_prefix(mark))?;
        (rest.is_empty() || rest.starts_with(' ')).then(|| rest.to_owned())
    };
    let boxed = after_box(bare).or_else(|| after_box(numbered?));
    one_line(boxed.as_deref().unwrap_or(bare))
}

/// Joins text that was typed or pasted into one line: line breaks and tabs become spaces, other control characters and
/// surrounding white space are dropped.
///
/// # Errors
/// If nothing is left.
pub(crate) fn one_line(text: &str) -> Result<String, Refusal> {
    let is_gap = |c: char| matches!(c, '\n' | '\r' | '\t' | '\u{B}' | '\u{C}' | '\u{85}' | '\u{2028}' | '\u{2029}');
    let spaced: String = text.chars().map(|c| if is_gap(c) { ' ' } else { c }).filter(|c| !c.is_control()).collect();
    let line = spaced.trim();
    if line.is_empty() { Err(Refusal::Empty) } else { Ok(line.to_owned()) }
}
