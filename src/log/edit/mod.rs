//! Changes to the log as values: an [`Intent`] is aimed at the text as it stands now,
//! becomes splices of bytes, and is proved before anyone writes it.
//!
//! An intent says what shall be so (*this item is done*), never "flip", and it can be aimed
//! again at a text that someone else has changed meanwhile. Carrying one out gives the
//! intent that undoes it to the very bytes; that one is aimed and proved like any other,
//! which is how a change is undone across reloads.
//!
//! | step | where |
//! |---|---|
//! | which item is meant | [`Target`] |
//! | what the items of a list look like, and where a new one goes | `style` |
//! | the splices of each change to an item | `tasks` |
//! | where a new entry goes, and its day and month | `day`, `dates` |
//! | the splices of a new entry | [`NewEntry`], `written`, `row` |
//! | carrying out: aim, splice, prove | `carry` |
//! | nothing but the target has changed | `proof`; for a tick, `mark` |
//! | what mends a finding of the check | [`remedies`] |
//! | a new entry as a file of its own, like its siblings | `sibling` |
//! | taking back | [`Patch`], [`Made`], [`OwnFile`] |

mod aim;
mod carry;
mod dates;
mod day;
mod entry;
mod made;
mod mark;
mod mend;
mod own_file;
mod patch;
mod proof;
mod refusal;
mod row;
mod sibling;
mod splice;
mod style;
mod tasks;
mod written;

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

pub use aim::Target;
pub use carry::{read, revise};
pub use entry::{
    Draft, NewEntry, Origin, Settle, clean as clean_title, file_of_list, headings, is_chinese, is_undated, line_for,
    newest_file, template,
};
pub use made::{Made, Name};
pub use mend::{Mend, Remedy, remedies};
pub use own_file::OwnFile;
pub use patch::Patch;
use proof::What;
pub use refusal::Refusal;
pub use sibling::{Proposal, Wanted, file_of_day, own_file, topics};
use splice::Splice;
pub use tasks::{source, writes_done_dates};

use super::{Log, Sign};
use crate::say;
use crate::words::{Language, Sentence};

/// What shall become of the log.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum Intent {
    /// The character between an item's brackets: `x`, `X`, a space, or what stood there before.
    SetMark {
        /// Which item.
        target: Target,
        /// The character that shall stand there.
        mark: char,
        /// The one that must stand there now, where this takes a change back.
        #[serde(default)]
        from: Option<char>,
    },
    /// An item is done, or open.
    SetDone {
        /// Which item.
        target: Target,
        /// Whether it shall be done.
        done: bool,
        /// Whether all items below it shall be so too.
        children: bool,
        /// Written behind an item that becomes done: ` ✅ 2031-05-17`, as Obsidian Tasks
        /// has it. An item that becomes open loses such a date in any case.
        date: Option<NaiveDate>,
    },
    /// A new open item.
    AddTask {
        /// Its text; what is not one line becomes one.
        text: String,
        /// Where it shall stand.
        place: Place,
    },
    /// New open items at the end of the pending list.
    AddTasks(Vec<String>),
    /// An item's text is another one.
    EditTask {
        /// Which item.
        target: Target,
        /// The text; what is not one line becomes one.
        text: String,
    },
    /// An item and all below it are gone.
    DeleteTask {
        /// Which item.
        target: Target,
    },
    /// An item and all below it stand elsewhere.
    MoveTask {
        /// Which item.
        target: Target,
        /// Where.
        to: Direction,
    },
    /// A new entry, with the headings of its day and month where they are missing.
    LogEntry(NewEntry),
    /// Lines are as they were before a change.
    Patch(Patch),
    /// Something that is wrong is mended.
    Mend(Mend),
    /// A file is there that was not.
    CreateFile(OwnFile),
    /// A file that was made so is gone.
    RemoveFile(OwnFile),
    /// One after another; all of them or none.
    All(Vec<Intent>),
}

/// Where a new item shall stand.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum Place {
    /// Beside an item, behind all that is below it.
    After(Target),
    /// The last one below an item.
    Under(Target),
    /// At the end of the pending list, which is made if there is none.
    End,
}

/// Where an item can be moved to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum Direction {
    /// Before the item above it under the same parent.
    Up,
    /// Behind the item below it under the same parent.
    Down,
    /// Below the item above it under the same parent, as its last child.
    In,
    /// Behind its parent.
    Out,
}

/// What carrying an intent out has led to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Change {
    /// The new text of the file.
    pub text: String,
    /// What undoes it.
    pub inverse: Intent,
    /// What it did, line by line: it fits a text only where the change is not made.
    pub effect: Patch,
    /// Where in the new text what was changed begins, in bytes: a line's start, or a mark.
    pub at: usize,
}

/// What carrying an intent out in a model has led to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Applied {
    /// What undoes it.
    pub inverse: Intent,
    /// Where in the file's new text what was changed begins, in bytes.
    pub at: usize,
}

/// The splices of an intent, and what its lines must read as afterwards.
struct Plan {
    splices: Vec<Splice>,
    /// The tasks, as indices, that stand in the lines which the splices touch.
    touched: Vec<usize>,
    /// What stands in these lines afterwards; `None` where that is not known beforehand.
    inside: Option<Vec<What>>,
    /// Which splice holds what the intent is about, and how far into its replacement.
    focus: (usize, usize),
}

impl Intent {
    /// Sets a task's box. `None` when it is so already.
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

    /// Sets a task's box, with the day behind a task that is done now if there is one. `None` when
    /// it is so already.
    pub fn set_done_on(log: &Log, task: usize, done: bool, date: Option<NaiveDate>) -> Option<Self> {
        let plain = Self::set_done(log, task, done)?;
        if !done || date.is_none() {
            return Some(plain);
        }
        Some(Self::SetDone { target: Target::of(log, task), done, children: false, date })
    }

    /// The task it is about in this log; `None` for an intent that is about no single task
    /// that is there.
    ///
    /// # Errors
    /// When no item or several could be meant.
    pub fn task(&self, log: &Log, file: usize) -> Result<Option<usize>, Refusal> {
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
            Self::AddTask { .. } | Self::AddTasks(_) | Self::LogEntry(_) | Self::Patch(_) | Self::Mend(_) => None,
            Self::CreateFile(_) | Self::RemoveFile(_) => None,
        }
    }

    /// What it does, for lists of changes and messages: `tick “Owl”`.
    pub fn summary(&self, language: Language) -> String {
        match self {
            Self::SetMark { target, mark, .. } => done_summary(!mark.is_whitespace(), target, language),
            Self::SetDone { target, done, .. } => done_summary(*done, target, language),
            Self::AddTask { text, .. } => say!(language, "add “{text}”", "添加“{text}”"),
            Self::AddTasks(texts) => {
                let items = language.counted(texts.len(), "item", "items", "个条目");
                say!(language, "add {items}", "添加 {items}")
            }
            Self::EditTask { target, text } => {
                say!(language, "reword “{}” as “{text}”", "将“{}”改为“{text}”", target.text())
            }
            Self::DeleteTask { target } => say!(language, "delete “{}”", "删除“{}”", target.text()),
            Self::MoveTask { target, .. } => say!(language, "move “{}”", "移动“{}”", target.text()),
            Self::LogEntry(NewEntry { title, under: Some(heading), .. }) => {
                say!(language, "log “{title}” under “{heading}”", "记录“{title}”于“{heading}”之下")
            }
            Self::LogEntry(NewEntry { title, date, .. }) => {
                let day = date.format("%Y.%-m.%-d");
                say!(language, "log “{title}” on {day}", "记录“{title}”于 {day}")
            }
            Self::Patch(patch) => patch.label(language).to_owned(),
            Self::Mend(mend) => mend.label(language).to_owned(),
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

    /// Whether every byte of the log but marks stays where it is, so that spans and lines
    /// of a model stay true when it is applied.
    pub(crate) fn keeps_places(&self) -> bool {
        match self {
            Self::SetMark { .. } => true,
            Self::All(all) => all.iter().all(Self::keeps_places),
            _ => false,
        }
    }

    /// Whether it sets an item's box that stands otherwise in this log, of one file.
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

    /// Whether the lines that it is about are there, in this file of a log.
    pub(crate) fn can_be_aimed(&self, log: &Log, file: usize) -> bool {
        match self {
            Self::Patch(patch) => log.files.get(file).is_some_and(|file| patch.can_be_aimed(&file.text)),
            Self::Mend(mend) => log.files.get(file).is_some_and(|file| mend.patch.can_be_aimed(&file.text)),
            Self::All(all) => all.iter().all(|intent| intent.can_be_aimed(log, file)),
            Self::RemoveFile(_) => self.removes_something(log, file) == Ok(true),
            _ => self.task(log, file).is_ok(),
        }
    }

    /// Whether both are about the same item.
    pub(crate) fn is_about_that_of(&self, other: &Self) -> bool {
        self.target().zip(other.target()).is_some_and(|(one, other)| one.is(other))
    }

    /// What a user has typed for it, to be kept where it cannot be written; `None` for a change
    /// that holds no text.
    pub fn typed(&self) -> Option<String> {
        match self {
            Self::AddTask { text, .. } | Self::EditTask { text, .. } => Some(text.clone()),
            Self::AddTasks(texts) => Some(texts.join("\n")),
            Self::LogEntry(entry) => Some(format!("{}\n\n{}", entry.title, entry.body)),
            Self::CreateFile(file) => Some(file.text.clone()),
            Self::All(all) => all.iter().find_map(Self::typed),
            _ => None,
        }
    }

    /// The ways to carry it out; the first that is proved is taken.
    fn plans(&self, log: &Log) -> Result<Vec<Plan>, Refusal> {
        match self {
            Self::LogEntry(entry) => entry.plans(log),
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
            Self::AddTasks(texts) => tasks::add_all(log, texts),
            Self::EditTask { target, text } => tasks::edit(log, target.find(log, 0)?, text),
            Self::DeleteTask { target } => tasks::delete(log, target.find(log, 0)?),
            Self::MoveTask { target, to } => tasks::shift(log, target.find(log, 0)?, *to),
            Self::Patch(patch) => patch.plan(log),
            Self::Mend(mend) => mend.plan(log),
            Self::LogEntry(_) | Self::All(_) | Self::CreateFile(_) | Self::RemoveFile(_) => Err(Refusal::Empty),
        }
    }

    /// What a refusal calls it.
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

/// The line, counted from 1, on which an unfinished merge begins.
pub fn conflict(text: &str) -> Option<usize> {
    let at = if text.starts_with("<<<<<<<") { 0 } else { memchr::memmem::find(text.as_bytes(), b"\n<<<<<<<")? + 1 };
    Some(1 + memchr::memchr_iter(b'\n', &text.as_bytes()[..at]).count())
}

/// Makes one line of a text that someone typed or pasted: line ends and tabs become
/// spaces, other control characters go, and so does white space around it.
///
/// # Errors
/// When nothing is left.
pub(crate) fn one_line(text: &str) -> Result<String, Refusal> {
    let is_gap = |c: char| matches!(c, '\n' | '\r' | '\t' | '\u{B}' | '\u{C}' | '\u{85}' | '\u{2028}' | '\u{2029}');
    let spaced: String = text.chars().map(|c| if is_gap(c) { ' ' } else { c }).filter(|c| !c.is_control()).collect();
    let line = spaced.trim();
    if line.is_empty() { Err(Refusal::Empty) } else { Ok(line.to_owned()) }
}
