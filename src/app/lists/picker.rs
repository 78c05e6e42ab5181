//! A list to choose from, over the panes: papers that mention this one, links of a page.

use chrono::NaiveDate;

use crate::app::page::figures::FigureId;
use crate::app::panes::checklist::Item;
use crate::app::panes::only::Only;
use crate::app::panes::timeline::Place;
use crate::app::screen::body::Body;
use crate::app::screen::layout::{self, Area, Size};
use crate::app::screen::viewport::Viewport;
use crate::log::date::format_day;
use crate::log::edit::{Draft, Intent};
use crate::log::{Entry, Key};
use crate::text::width;

/// The list's state.
#[derive(Debug)]
pub struct Picker {
    /// What stands in the border.
    pub title: String,
    /// The lines; at least one of them can be chosen.
    pub rows: Vec<Row>,
    /// Index into the rows, of one that can be chosen.
    pub cursor: usize,
    /// Scrolling.
    pub view: Viewport,
}

/// A line of the list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Row {
    /// Stands over what follows.
    Heading(String),
    /// Can be chosen.
    Choice(Choice),
}

/// Something to choose.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Choice {
    /// What it is called.
    pub label: String,
    /// Said at the right: a day, a place.
    pub detail: String,
    /// What choosing it does.
    pub target: Target,
}

/// What choosing a line does.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Target {
    /// Goes to the entry.
    Entry(Key),
    /// Scrolls the page to the line, counted from 0.
    PageLine(usize),
    /// Opens the address outside, or shows first what is odd about it.
    Url(String),
    /// Opens the address outside: what is odd about it has been shown.
    OddUrl(String),
    /// Opens the PDF at this place.
    Pdf(String),
    /// Opens the PDF at this place, which is not in the log.
    Library(String),
    /// Opens the figure outside.
    Figure(FigureId),
    /// Says which title the schedule of an old one belongs to now; `None`: to none of them.
    Relink {
        /// The old title.
        vanished: Key,
        /// The title of now.
        now: Option<Key>,
    },
    /// Asks for the name of the reference with this id.
    NameReference(String),
    /// Goes to the item of the checklist.
    Item(Item),
    /// Goes to a place of the timeline.
    Place(Place),
    /// Goes to what is wrong.
    Fault {
        /// Index into the files of the log.
        file: usize,
        /// The line, counted from 1.
        line: usize,
        /// The changes of which one would mend it; none where that is up to its author.
        ways: Vec<Intent>,
        /// Whether nothing else can have been meant.
        is_certain: bool,
    },
    /// Mends what is wrong.
    Mend {
        /// Index into the files of the log.
        file: usize,
        /// The change.
        way: Box<Intent>,
    },
    /// Opens a list.
    List {
        /// What stands in its border.
        title: String,
        /// Its lines.
        rows: Vec<Row>,
    },
    /// Ticks or unticks the task, by its identity.
    Toggle(Item),
    /// Ticks the item, alone or with all below it.
    Tick {
        /// Which item.
        item: Item,
        /// Whether those below it are ticked too.
        children: bool,
    },
    /// Asks for the day of a new entry: everything else is settled.
    ChooseDay(Draft),
    /// Asks for the day of a new entry though its title is in the log.
    LogAgain(Draft),
    /// Asks for a day to be typed.
    TypeDay(Draft),
    /// Writes a new entry under the day.
    Log(Draft, NaiveDate),
    /// Writes a new entry under a heading of a log without days.
    LogUnder(Draft, String),
    /// Opens the editor at a line, counted from 1, of a file, by its index.
    Edit {
        /// Which file.
        file: usize,
        /// Which line.
        line: usize,
    },
    /// Narrows the timeline to a part of the log, or shows everything.
    Part(Option<Only>),
    /// Takes the theme of this name.
    Theme(String),
    /// Only closes the list.
    Nothing,
}

impl Row {
    /// A line that can be chosen.
    pub fn choice(label: impl Into<String>, detail: impl Into<String>, target: Target) -> Self {
        Self::Choice(Choice { label: label.into(), detail: detail.into(), target })
    }

    /// A line that leads to an entry.
    pub fn entry(entry: &Entry) -> Self {
        Self::choice(
            entry.title.clone(),
            entry.date.map(format_day).unwrap_or_default(),
            Target::Entry(entry.key.clone()),
        )
    }
}

impl Picker {
    /// A list with the cursor on its first choice; `None` when there is nothing to choose.
    pub fn new(title: impl Into<String>, rows: Vec<Row>) -> Option<Self> {
        let cursor = rows.iter().position(|row| matches!(row, Row::Choice(_)))?;
        Some(Self { title: title.into(), rows, cursor, view: Viewport::default() })
    }

    /// What the cursor is on.
    pub fn choice(&self) -> Option<&Choice> {
        match self.rows.get(self.cursor) {
            Some(Row::Choice(choice)) => Some(choice),
            _ => None,
        }
    }

    /// The list: headings are passed over.
    pub(in crate::app) fn body(&self, size: Size) -> Body<'_> {
        let frame = self.area(size);
        let body = Body::list((frame, layout::inside(frame)), self.view, self.cursor, self.rows.len());
        body.with_headings(|at| matches!(self.rows[at], Row::Heading(_)))
    }

    /// Where the list stands, its border included: as large as it needs.
    pub fn area(&self, size: Size) -> Area {
        let columns = |row: &Row| match row {
            Row::Heading(text) => width(text),
            Row::Choice(choice) => 2 + width(&choice.label) + 2 + width(&choice.detail),
        };
        let columns = self.rows.iter().map(columns).chain([width(&self.title) + 2]).max().unwrap_or(0);
        let number = |count: usize| u16::try_from(count).unwrap_or(u16::MAX);
        layout::overlay(size, number(columns), number(self.rows.len()))
    }
}
