//! Items to tick: with a checkbox, with a state word, or plain items of a pending list.

use std::ops::Range;

use super::forms::titles::TitleForm;
use super::{Log, SectionKind};

/// An item to tick.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Task {
    /// Index into [`Log::files`](super::Log::files).
    pub file: usize,
    /// Index into [`Log::sections`](super::Log::sections).
    pub section: usize,
    /// The entry that contains it, as an index into [`Log::entries`](super::Log::entries).
    pub entry: Option<usize>,
    /// The text without markup.
    pub text: String,
    /// The state; plain items are open.
    pub state: State,
    /// What marks it as a task.
    pub sign: Sign,
    /// Nesting depth, from 1.
    pub depth: usize,
    /// Line, counted from 1.
    pub line: usize,
    /// The parent task, as an index into [`Log::tasks`](super::Log::tasks).
    pub parent: Option<usize>,
    /// Whether the task is in the pending list, or counts as being in it.
    pub pending: bool,
    /// Byte of the mark between the brackets; otherwise of the state word, or of the text.
    pub mark: usize,
    /// Bytes of the item, with everything below it.
    pub span: Range<usize>,
}

/// The state of a task.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum State {
    /// To do.
    Open,
    /// Done.
    Done,
    /// `[-]`: cancelled.
    Dropped,
    /// A custom mark, neither open nor done.
    Other,
}

/// What marks an item as a task.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Sign {
    /// A checkbox.
    Box,
    /// A state word of this many bytes, as in Logseq: `TODO`.
    Word(usize),
    /// A state word of this many bytes with its colon or emphasis: `**TODO:**`.
    Label(usize),
    /// Only a bullet or number.
    Bullet,
    /// A line of plain text.
    Line,
    /// The cell with the title in a row of a table; a box may precede the title.
    Cell,
}

impl State {
    /// The state for a mark in a checkbox.
    pub(crate) fn of(mark: char) -> Self {
        match mark {
            'x' | 'X' => Self::Done,
            '-' => Self::Dropped,
            mark if mark.is_whitespace() => Self::Open,
            _ => Self::Other,
        }
    }

    /// Whether the state is `Done`, or `Open` if not `done`.
    pub(crate) fn is(self, done: bool) -> bool {
        self == if done { Self::Done } else { Self::Open }
    }

    /// The name in JSON.
    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::Open => "open",
            Self::Done => "done",
            Self::Dropped => "dropped",
            Self::Other => "other",
        }
    }
}

impl Task {
    /// Whether the task is done, not dropped.
    pub fn is_done(&self) -> bool {
        self.state == State::Done
    }

    /// Whether the task is open: neither done nor dropped, and without a custom mark.
    pub fn is_open(&self) -> bool {
        self.state == State::Open
    }

    /// Whether nothing is left to do: done or dropped.
    pub fn is_closed(&self) -> bool {
        matches!(self.state, State::Done | State::Dropped)
    }

    /// Whether the task has an empty or ticked checkbox.
    pub fn has_box(&self) -> bool {
        self.sign == Sign::Box && matches!(self.state, State::Open | State::Done)
    }

    /// Where the marker ends and the checkbox, word or text starts, in bytes.
    pub(crate) fn head(&self) -> usize {
        if self.sign == Sign::Box { self.mark - 1 } else { self.mark }
    }
}

impl Log {
    /// Sets `pending` for all tasks. A task is pending if it is in a pending list or, in a log without one, outside
    /// dated sections. An unread paper is always pending.
    pub(super) fn mark_pending(&mut self) {
        let has_list = self.has_pending_list();
        for task in 0..self.tasks.len() {
            self.tasks[task].pending = self.is_pending(task, has_list);
        }
    }

    /// Whether a task is pending; `has_list` says whether the log has a pending list.
    pub(super) fn is_pending(&self, task: usize, has_list: bool) -> bool {
        let kind = self.sections[self.tasks[task].section].kind;
        let is_unread = self.paper(task).is_some_and(|paper| !self.entries[paper].read);
        // In notes on one paper, a checklist belongs to the summary.
        let is_in_note = self.holder(task).is_some_and(|entry| self.entries[entry].form == TitleForm::WholeFile);
        kind == SectionKind::Pending || !has_list && !kind.is_dated() && !is_in_note || is_unread
    }

    /// The entry that contains a task, as an index into [`Log::entries`]; `None` if the entry's title is a task.
    pub(crate) fn holder(&self, task: usize) -> Option<usize> {
        self.tasks[task].entry.filter(|&entry| self.entries[entry].task().is_none())
    }

    /// Whether the log has a pending list.
    pub(super) fn has_pending_list(&self) -> bool {
        self.sections.iter().any(|section| section.kind == SectionKind::Pending)
    }
}

/// Marks that Markdown does not know but other programs do.
const OTHER: [char; 7] = ['-', '/', '>', '<', '?', '!', '~'];

/// The mark in a checkbox unknown to Markdown, at the start of a text.
pub(super) fn other_box(text: &str) -> Option<char> {
    let mut inside = text.strip_prefix('[')?.chars();
    let mark = inside.next().filter(|mark| OTHER.contains(mark))?;
    let rest = inside.as_str().strip_prefix(']')?;
    rest.starts_with([' ', '\t']).then_some(mark)
}

/// State words of Logseq.
const WORDS: [(&str, State); 10] = [
    ("TODO", State::Open),
    ("DOING", State::Open),
    ("LATER", State::Open),
    ("NOW", State::Open),
    ("WAITING", State::Open),
    ("WAIT", State::Open),
    ("IN-PROGRESS", State::Open),
    ("DONE", State::Done),
    ("CANCELED", State::Dropped),
    ("CANCELLED", State::Dropped),
];

/// (state word at the start of a text, its state).
pub(super) fn word(text: &str) -> Option<(&'static str, State)> {
    let is_there = |word: &str| {
        let rest = text.strip_prefix(word).and_then(|rest| rest.strip_prefix(' '));
        rest.is_some_and(|rest| rest.trim_start_matches(' ').starts_with(|c: char| !c.is_whitespace()))
    };
    // A quick check that rejects nearly every item.
    if !text.as_bytes().get(..2).is_some_and(|start| start.iter().all(u8::is_ascii_uppercase)) {
        return None;
    }
    WORDS.into_iter().find(|(word, _)| is_there(word))
}

/// (length of a labelled state word at the start of a text in bytes, its state): `**TODO:**`, `TODO:`.
pub(super) fn label(text: &str) -> Option<(usize, State)> {
    let marks = text.len() - text.trim_start_matches(['*', '_']).len();
    let (opening, rest) = text.split_at(marks);
    let (word, state) =
        [("TODO", State::Open), ("DONE", State::Done)].into_iter().find(|(word, _)| rest.starts_with(word))?;
    let rest = &rest[word.len()..];
    let behind_colon = |rest: &str| rest.strip_prefix([':', '：']).map(str::len);
    let closed = |rest: &str| rest.strip_prefix(opening).map(str::len);
    let left = match behind_colon(rest) {
        Some(left) => closed(&rest[rest.len() - left..])?,
        None if marks > 0 => closed(rest).map(|left| behind_colon(&rest[rest.len() - left..]).unwrap_or(left))?,
        None => return None,
    };
    let behind = &rest[rest.len() - left..];
    let is_before_text = behind.strip_prefix(' ').is_some_and(|text| text.starts_with(|c: char| !c.is_whitespace()));
    is_before_text.then_some((text.len() - left, state))
}

/// A labelled state word with another word in its place.
pub(super) fn relabelled(label: &str, word: &str) -> String {
    let is_letter = |c: char| c.is_ascii_uppercase();
    let start = label.find(is_letter).unwrap_or(label.len());
    let end = label.rfind(is_letter).map_or(start, |last| last + 1);
    format!("{}{word}{}", &label[..start], &label[end..])
}

/// (length of the box at the start of a table's cell with the space after it in bytes, its state).
pub(super) fn cell_box(cell: &str) -> Option<(usize, State)> {
    let mark = ["[ ] ", "[x] ", "[X] "].into_iter().find(|mark| cell.starts_with(mark))?;
    Some((mark.len(), if mark == "[ ] " { State::Open } else { State::Done }))
}

/// The state word for a reopened item: the one most used in the log, `TODO` or `LATER`.
pub(super) fn open_word(text: &str, tasks: &[Task]) -> &'static str {
    let is_later = |task: &&Task| match task.sign {
        Sign::Word(length) => matches!(&text[task.mark..task.mark + length], "LATER" | "NOW"),
        _ => false,
    };
    let is_open_word = |task: &&Task| matches!(task.sign, Sign::Word(_)) && task.is_open();
    let (later, other): (Vec<&Task>, Vec<&Task>) = tasks.iter().filter(is_open_word).partition(is_later);
    if later.len() > other.len() { "LATER" } else { "TODO" }
}
