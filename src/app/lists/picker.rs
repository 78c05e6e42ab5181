//! A list to choose from.

use chrono::NaiveDate;

use crate::app::page::figures::FigureId;
use crate::app::panes::checklist::ItemId;
use crate::app::panes::part::Part;
use crate::app::panes::timeline::RowId;
use crate::app::screen::body::Body;
use crate::app::screen::layout::{self, Area, Size};
use crate::app::screen::viewport::Viewport;
use crate::log::date::format_day;
use crate::log::edit::{Intent, PlannedEntry};
use crate::log::{Entry, Key};
use crate::text::width;

/// The state of the list.
#[derive(Debug)]
pub struct Picker {
    /// The title in the border.
    pub title: String,
    /// The rows; at least one is a choice.
    pub rows: Vec<PickerRow>,
    /// Index into the rows; that row is always a choice.
    pub cursor: usize,
    /// The scroll position.
    pub view: Viewport,
}

/// A row of the list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum PickerRow {
    /// A heading, which the cursor skips.
    Heading(String),
    /// Something to choose.
    Choice(PickerChoice),
}

/// Something to choose.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PickerChoice {
    /// The text.
    pub label: String,
    /// A detail at the right, such as a date.
    pub detail: String,
    /// What choosing it does.
    pub target: PickerTarget,
}

/// What choosing a row does.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum PickerTarget {
    /// Goes to an entry.
    Entry(Key),
    /// Scrolls the page to a line, counted from 0.
    PageLine(usize),
    /// Opens a URL, after a warning if it looks suspicious.
    Url(String),
    /// Opens a URL without a warning: the user has just seen the URL in full.
    OddUrl(String),
    /// Opens the PDF at this path.
    Pdf(String),
    /// Opens the PDF at this path, which is not in the log.
    Library(String),
    /// Opens a figure in another program.
    Figure(FigureId),
    /// Moves the review schedule of a vanished title to another title, or declines all candidates.
    Relink {
        /// The old title.
        vanished: Key,
        /// The new title, or `None` if no candidate is right.
        now: Option<Key>,
    },
    /// Asks for the title of a numbered reference.
    NameReference(String),
    /// Goes to a pending item.
    Item(ItemId),
    /// Goes to a place in the timeline.
    Place(RowId),
    /// Goes to a problem.
    Problem {
        /// Index into the files of the log.
        file: usize,
        /// The line, counted from 1.
        line: usize,
        /// Alternative fixes; empty if only the author can fix it.
        ways: Vec<Intent>,
        /// Whether the fix is certain.
        is_certain: bool,
    },
    /// Applies a fix.
    Fix {
        /// Index into the files of the log.
        file: usize,
        /// The change.
        way: Box<Intent>,
    },
    /// Opens another list.
    List {
        /// Its title.
        title: String,
        /// Its rows.
        rows: Vec<PickerRow>,
    },
    /// Ticks or unticks a task.
    Toggle(ItemId),
    /// Ticks an item.
    Tick {
        /// The item.
        item: ItemId,
        /// Whether its descendants are ticked too.
        children: bool,
    },
    /// Asks for the day of a new entry. If its title is in the log already, first asks whether the old entry
    /// was meant.
    ChooseDay(PlannedEntry),
    /// Asks for the day of a new entry even if its title is in the log already.
    LogAgain(PlannedEntry),
    /// Asks for a day to be typed.
    TypeDay(PlannedEntry),
    /// Writes a new entry on a day.
    Log(PlannedEntry, NaiveDate),
    /// Writes a new entry under a heading or in the folder of a topic, in a log without days.
    LogUnder(PlannedEntry, String),
    /// Opens the editor.
    Edit {
        /// Index into [`crate::log::Log::files`].
        file: usize,
        /// The line, counted from 1.
        line: usize,
    },
    /// Narrows the timeline to a part of the log; `None` shows everything.
    Part(Option<Part>),
    /// Switches to a theme, by name.
    Theme(String),
    /// Just closes the list.
    Nothing,
}

impl PickerTarget {
    /// Updates the file indices after the log's files changed. Returns `false` if the file is gone, or if a list has no
    /// choice left.
    fn moved(&mut self, now: &dyn Fn(usize) -> Option<usize>) -> bool {
        let keep = |file: &mut usize| now(*file).map(|new| *file = new).is_some();
        match self {
            Self::Problem { file, .. } | Self::Fix { file, .. } | Self::Edit { file, .. } => keep(file),
            Self::Figure(figure) => keep(&mut figure.file),
            Self::List { rows, .. } => {
                rows.retain_mut(|row| row.moved(now));
                rows.iter().any(|row| matches!(row, PickerRow::Choice(_)))
            }
            Self::ChooseDay(planned) | Self::LogAgain(planned) | Self::TypeDay(planned) => keep(&mut planned.file),
            Self::Log(planned, _) | Self::LogUnder(planned, _) => keep(&mut planned.file),
            Self::Entry(_) | Self::PageLine(_) | Self::Item(_) | Self::Place(_) | Self::Part(_) => true,
            Self::Url(_) | Self::OddUrl(_) | Self::Pdf(_) | Self::Library(_) | Self::Theme(_) => true,
            Self::Relink { .. } | Self::NameReference(_) | Self::Nothing => true,
            Self::Toggle(_) | Self::Tick { .. } => true,
        }
    }

    /// Whether it is about an entry whose title was typed rather than taken from an item.
    pub fn is_of_typed_title(&self) -> bool {
        match self {
            Self::ChooseDay(planned) | Self::LogAgain(planned) | Self::TypeDay(planned) => planned.from.is_none(),
            Self::Log(planned, _) | Self::LogUnder(planned, _) => planned.from.is_none(),
            _ => false,
        }
    }

    /// Whether choosing it only goes to a place in the log.
    pub fn is_place(&self) -> bool {
        matches!(self, Self::Entry(_) | Self::PageLine(_) | Self::Item(_) | Self::Place(_) | Self::Problem { .. })
    }
}

impl PickerRow {
    fn moved(&mut self, now: &dyn Fn(usize) -> Option<usize>) -> bool {
        match self {
            Self::Heading(_) => true,
            Self::Choice(choice) => choice.target.moved(now),
        }
    }

    /// A row to choose.
    pub fn choice(label: impl Into<String>, detail: impl Into<String>, target: PickerTarget) -> Self {
        Self::Choice(PickerChoice { label: label.into(), detail: detail.into(), target })
    }

    /// A row that goes to an entry.
    pub fn entry(entry: &Entry) -> Self {
        Self::choice(
            entry.title.clone(),
            entry.date.map(format_day).unwrap_or_default(),
            PickerTarget::Entry(entry.key.clone()),
        )
    }
}

impl Picker {
    /// A list with the cursor on the first choice; `None` if there is none.
    pub fn new(title: impl Into<String>, rows: Vec<PickerRow>) -> Option<Self> {
        let cursor = rows.iter().position(|row| matches!(row, PickerRow::Choice(_)))?;
        Some(Self { title: title.into(), rows, cursor, view: Viewport::default() })
    }

    /// Selects the first choice from a row on, or else the last one. Returns `false` if there is none.
    pub(in crate::app) fn select_near(&mut self, row: usize) -> bool {
        let is_choice = |at: &usize| matches!(self.rows.get(*at), Some(PickerRow::Choice(_)));
        let last = self.rows.len();
        let found = (row..last).find(is_choice).or_else(|| (0..last).rfind(is_choice));
        self.cursor = found.unwrap_or(0);
        found.is_some()
    }

    /// Updates the file indices after the log's files changed, and drops the choices whose file is gone. Returns
    /// `false` if no choice that does something is left.
    pub(in crate::app) fn moved(&mut self, now: &dyn Fn(usize) -> Option<usize>) -> bool {
        let (before, mut at, mut cursor) = (self.rows.len(), 0, self.cursor);
        self.rows.retain_mut(|row| {
            let stays = row.moved(now);
            cursor -= usize::from(!stays && at < self.cursor);
            at += 1;
            stays
        });
        let does = |row: &PickerRow| matches!(row, PickerRow::Choice(choice) if choice.target != PickerTarget::Nothing);
        self.rows.len() == before || self.select_near(cursor) && self.rows.iter().any(does)
    }

    /// The selected choice.
    pub fn choice(&self) -> Option<&PickerChoice> {
        match self.rows.get(self.cursor) {
            Some(PickerRow::Choice(choice)) => Some(choice),
            _ => None,
        }
    }

    /// The scrollable body, with headings skipped by the cursor.
    pub(in crate::app) fn body(&self, size: Size) -> Body<'_> {
        let frame = self.area(size);
        let body = Body::list((frame, layout::inside(frame)), self.view, self.cursor, self.rows.len());
        body.with_headings(|at| matches!(self.rows[at], PickerRow::Heading(_)))
    }

    /// The area of the list, border included, sized for its rows and title.
    pub fn area(&self, size: Size) -> Area {
        let columns = |row: &PickerRow| match row {
            PickerRow::Heading(text) => width(text),
            PickerRow::Choice(choice) => 2 + width(&choice.label) + 2 + width(&choice.detail),
        };
        let columns = self.rows.iter().map(columns).chain([width(&self.title) + 2]).max().unwrap_or(0);
        let number = |count: usize| u16::try_from(count).unwrap_or(u16::MAX);
        layout::overlay(size, number(columns), number(self.rows.len()))
    }
}
