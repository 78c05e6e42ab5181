//! Items to tick: with a box, with a word, or with neither where a list is there to be read.

use std::ops::Range;

use super::{Log, SectionKind};

/// An item of a list of what to do.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Task {
    /// Index into [`Log::files`](super::Log::files).
    pub file: usize,
    /// Index into [`Log::sections`](super::Log::sections).
    pub section: usize,
    /// The entry whose title or body holds the task, as an index into
    /// [`Log::entries`](super::Log::entries).
    pub entry: Option<usize>,
    /// The item's text without marks.
    pub text: String,
    /// What its box or word says; an item with neither is open.
    pub state: State,
    /// How the item shows that it is one.
    pub sign: Sign,
    /// Nesting of lists, from 1.
    pub depth: usize,
    /// Line, counted from 1.
    pub line: usize,
    /// The task above it in the tree, as an index into [`Log::tasks`](super::Log::tasks).
    pub parent: Option<usize>,
    /// Whether it stands in the pending list.
    pub pending: bool,
    /// Offset of the byte between the brackets; of the word; without both of the item's text.
    pub mark: usize,
    /// Bytes of the item, its children included.
    pub span: Range<usize>,
}

/// What a box or word says of an item.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum State {
    /// Still to be done.
    Open,
    /// Done.
    Done,
    /// `[-]`: given up.
    Dropped,
    /// Another mark, which means something to its author: neither open nor done.
    Other,
}

/// How an item shows that it is one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Sign {
    /// By a box.
    Box,
    /// By a word of so many bytes, as in Logseq: `TODO`.
    Word(usize),
    /// By the bullet or number of its list alone.
    Bullet,
    /// By being a line of its own.
    Line,
}

impl State {
    /// What the character between the brackets of a box says.
    pub fn of(mark: char) -> Self {
        match mark {
            'x' | 'X' => Self::Done,
            '-' => Self::Dropped,
            mark if mark.is_whitespace() => Self::Open,
            _ => Self::Other,
        }
    }

    /// Whether it is done, or is open, as wanted.
    pub fn is(self, done: bool) -> bool {
        self == if done { Self::Done } else { Self::Open }
    }

    /// The name in documents for other programs.
    pub fn name(self) -> &'static str {
        match self {
            Self::Open => "open",
            Self::Done => "done",
            Self::Dropped => "dropped",
            Self::Other => "other",
        }
    }
}

impl Task {
    /// Whether it is done.
    pub fn is_done(&self) -> bool {
        self.state == State::Done
    }

    /// Whether it is still to be done.
    pub fn is_open(&self) -> bool {
        self.state == State::Open
    }

    /// Whether nothing is left to do: done, or given up.
    pub fn is_closed(&self) -> bool {
        matches!(self.state, State::Done | State::Dropped)
    }

    /// Whether it has a box that is empty or ticked.
    pub fn has_box(&self) -> bool {
        self.sign == Sign::Box && matches!(self.state, State::Open | State::Done)
    }

    /// Where the item's line stops being marker and indentation: its box, word or text, in bytes.
    pub fn head(&self) -> usize {
        if self.sign == Sign::Box { self.mark - 1 } else { self.mark }
    }
}

impl Log {
    /// Says of all tasks whether they are pending: all of a pending list; in a log that has none all outside
    /// of dated sections; and everywhere the papers that are not read yet.
    pub(super) fn mark_pending(&mut self) {
        let has_list = self.has_pending_list();
        for task in 0..self.tasks.len() {
            self.tasks[task].pending = self.is_pending(task, has_list);
        }
    }

    /// Whether a task is pending, in a log that has a pending list by name or has none.
    pub(super) fn is_pending(&self, task: usize, has_list: bool) -> bool {
        let kind = self.sections[self.tasks[task].section].kind;
        let is_unread = self.paper(task).is_some_and(|paper| !self.entries[paper].read);
        kind == SectionKind::Pending || !has_list && !kind.is_dated() || is_unread
    }

    /// The entry in whose text a task stands, and that is no task itself, as an index into [`Log::entries`].
    pub fn holder(&self, task: usize) -> Option<usize> {
        self.tasks[task].entry.filter(|&entry| self.entries[entry].task.is_none())
    }

    /// Whether the log has a pending list by name.
    pub(super) fn has_pending_list(&self) -> bool {
        self.sections.iter().any(|section| section.kind == SectionKind::Pending)
    }
}

/// Marks between brackets that Markdown does not know, and others do.
const OTHER: [char; 7] = ['-', '/', '>', '<', '?', '!', '~'];

/// The mark of such a box, where a text begins with one.
pub(super) fn other_box(text: &str) -> Option<char> {
    let mut inside = text.strip_prefix('[')?.chars();
    let mark = inside.next().filter(|mark| OTHER.contains(mark))?;
    let rest = inside.as_str().strip_prefix(']')?;
    rest.starts_with([' ', '\t']).then_some(mark)
}

/// The words of Logseq.
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

/// The word that says that an item is one, where a text begins with it.
pub(super) fn word(text: &str) -> Option<(&'static str, State)> {
    let is_there = |word: &str| {
        let rest = text.strip_prefix(word).and_then(|rest| rest.strip_prefix(' '));
        rest.is_some_and(|rest| rest.starts_with(|c: char| !c.is_whitespace()))
    };
    WORDS.into_iter().find(|(word, _)| is_there(word))
}

/// The word for an item that is open again, like another that is open: `TODO`, or `LATER`.
pub(super) fn open_word(text: &str, tasks: &[Task]) -> &'static str {
    let is_later = |task: &&Task| match task.sign {
        Sign::Word(length) => matches!(&text[task.mark..task.mark + length], "LATER" | "NOW"),
        _ => false,
    };
    let is_open_word = |task: &&Task| matches!(task.sign, Sign::Word(_)) && task.is_open();
    let (later, other): (Vec<&Task>, Vec<&Task>) = tasks.iter().filter(is_open_word).partition(is_later);
    if later.len() > other.len() { "LATER" } else { "TODO" }
}
