//! State and update: what the program is doing, and how that changes.
//!
//! [`App::update`] turns a [`Message`] into a new state and a list of [`Effect`]s. There is
//! no file, thread, clock or terminal in this room, so everything that the program does can
//! be tested as text: a log and keys in; screen, bytes and effects out.

pub(crate) mod editing;
pub mod finding;
mod flight;
pub(crate) mod habit;
mod held;
pub mod keys;
mod lay_out;
pub(crate) mod lists;
pub mod logs;
pub mod message;
mod mouse;
mod navigate;
mod overlay;
pub mod page;
pub mod panes;
pub(crate) mod reading;
pub(crate) mod reviewing;
pub mod screen;
mod update;

use std::ops::Range;
use std::sync::Arc;

use chrono::NaiveDate;

use crate::log::aliases::Aliases;
use crate::log::check::Disk;
use crate::log::links::Links;
use crate::log::tracks::Topics;
use crate::log::{Counts, Log};
use crate::words::Language;

use crate::papers::behind::Behind;
use editing::arriving::Arriving;
use editing::editor::Spot;
use editing::history::History;
pub use editing::promote::Habits;
use finding::known::Lookup;
use finding::searching::Searches;
pub use flight::{ChangeId, ChangeName};
use held::Held;
use keys::action::Action;
use keys::context::Context;
use keys::key::Key;
use keys::keymap::Keymap;
use lists::themes::Themes;
use logs::loading::Loading;
pub use logs::session::Session;
pub use message::{Effect, Message, MouseKind};
pub use overlay::Overlay;
use page::account::empty_page;
use page::figures::Figures;
use page::flow::Line;
use page::pages::Shelf;
use panes::checklist::Checklist;
use panes::reader::Reader;
use panes::timeline::{Row, Timeline};
use reading::trail::Trail;
use reviewing::state::Reviewing;
use screen::layout::{self, Area, Arrangement, Divider, Pane, Size, Sizes};

/// The whole state of the program.
#[derive(Debug)]
pub struct App {
    /// What was read from the files, with the changes made since. The searching worker shares it
    /// while it answers.
    pub log: Arc<Log>,
    /// The size of the terminal.
    pub size: Size,
    /// How the user wants the panes.
    pub sizes: Sizes,
    /// The pane that keys go to.
    pub focus: Pane,
    /// What lies over the panes; the last one is on top and takes the keys.
    pub overlays: Vec<Overlay>,
    /// The timeline's state.
    pub timeline: Timeline,
    /// The page's state.
    pub reader: Reader,
    /// The checklist's state.
    pub checklist: Checklist,
    /// What is known of the figures.
    pub figures: Figures,
    /// What is known of the reviews.
    pub reviewing: Reviewing,
    /// A message in the status line.
    pub status: Option<Status>,
    /// The number typed before a key: `5` of `5j`.
    pub count: Option<usize>,
    /// ChangeName keys do what.
    pub keymap: Keymap,
    /// The language of the interface.
    pub language: Language,
    /// Whether the next start begins in the language of the settings, whatever is chosen now.
    pub is_language_fixed: bool,
    /// The themes to choose from, and the one that was chosen.
    pub themes: Themes,
    /// How the user's changes are made.
    pub habits: Habits,
    /// Fields that the user follows, beside those of the log.
    pub topics: Arc<Topics>,
    /// What entries say of one another: empty until the shell has found it.
    links: Links,
    aliases: Aliases,
    /// What the PDFs behind the log say: nothing until the shell has read them.
    papers: Behind,
    /// How many of the PDFs are read, of how many, while that is done.
    pub reading_papers: Option<(usize, usize)>,
    /// What the disk has said when what is wrong was listed.
    surveyed: Disk,
    /// The PDF that is read for the line that is typed.
    reading_pdf: Option<editing::named::Asked>,
    trail: Trail,
    searches: Searches,
    /// What was done by the palette, the last first.
    used: Vec<Action>,
    history: History,
    /// Papers that the item under the cursor, or what is typed, may be about.
    known: Lookup,
    /// Keys that begin what longer ones are bound to.
    typed: Vec<Key>,
    held: Held,
    /// The line between panes that the mouse holds.
    dragged: Option<Divider>,
    /// What the editor is to be opened at when every change is on the disk.
    wish: Option<Spot>,
    /// A file that is being made for an entry, which is shown once it is there.
    arriving: Option<Arriving>,
    /// Counts the readings of the files, and what was learnt of them since: what was laid out
    /// before the last is out of date.
    revision: u64,
    alarm: u64,
    /// Until all of a large log is read.
    loading: Option<Loading>,
    /// The entry that was on the page when another program took it away, until one moves.
    gone: Option<String>,
    /// Whether another program has changed the log since the last frame was drawn.
    is_unseen: bool,
    /// Every how many seconds files are looked at, where the system does not report what happens.
    pub looks: Option<u64>,
}

/// A message to the user.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Status {
    /// One line.
    pub text: String,
    /// How it is meant.
    pub tone: Tone,
}

/// How a message is meant.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Tone {
    /// What was done: stays a few seconds.
    News,
    /// What one should know: stays until a key is pressed.
    Notice,
    /// What went wrong: stays until a key is pressed.
    Error,
}

impl App {
    /// The program at its start. `welcome` is said in the status line.
    pub fn new(log: Log, size: Size, welcome: Option<String>) -> Self {
        let mut app = Self {
            log: Arc::new(log),
            size,
            sizes: Sizes::default(),
            focus: Pane::default(),
            overlays: Vec::new(),
            timeline: Timeline::default(),
            reader: Reader::default(),
            checklist: Checklist::default(),
            figures: Figures::default(),
            reviewing: Reviewing::default(),
            status: welcome.map(|text| Status { text, tone: Tone::Notice }),
            count: None,
            keymap: Keymap::default(),
            language: Language::default(),
            is_language_fixed: false,
            themes: Themes::default(),
            habits: Habits::default(),
            topics: Arc::default(),
            links: Links::default(),
            aliases: Aliases::default(),
            papers: Behind::default(),
            reading_papers: None,
            surveyed: Disk::default(),
            reading_pdf: None,
            trail: Trail::default(),
            searches: Searches::default(),
            used: Vec::new(),
            history: History::default(),
            known: Lookup::default(),
            typed: Vec::new(),
            held: Held::default(),
            dragged: None,
            wish: None,
            arriving: None,
            revision: 0,
            alarm: 0,
            loading: None,
            gone: None,
            is_unseen: false,
            looks: None,
        };
        app.timeline.rebuild(&app.log, None);
        app.timeline.start();
        app.lay_out();
        app.show_cursors();
        app
    }

    /// The day that counts as today, once the shell has said so.
    pub fn today(&self) -> Option<NaiveDate> {
        self.reviewing.today()
    }

    /// What a sentence calls the keys of an action.
    pub fn call(&self, action: Action) -> String {
        self.keymap.call(action, Context::Pane(self.focus))
    }

    /// What was typed of keys that are not complete: a count, the beginning of a sequence.
    pub fn typed(&self) -> Option<String> {
        let count = self.count.map(|count| count.to_string());
        let typed: Vec<String> = count.into_iter().chain(self.typed.iter().map(Key::to_string)).collect();
        (!typed.is_empty()).then(|| typed.join(" "))
    }

    /// Whether changes are on their way to the disk.
    pub(crate) fn is_saving(&self) -> bool {
        self.history.is_saving()
    }

    /// Whether something was changed, and all of it is on the disk.
    pub(crate) fn has_saved(&self) -> bool {
        self.history.has_saved() && !self.is_saving()
    }

    /// What the log is called: its title, or its file.
    pub fn name(&self) -> String {
        self.log.name()
    }

    /// What the log holds, in figures.
    pub fn counts(&self) -> Counts {
        self.log.counts()
    }

    /// How the panes are arranged.
    pub(crate) fn arrangement(&self) -> Arrangement {
        layout::arrangement(self.size, self.sizes)
    }

    /// Where a pane stands, the row of its title included, if it is on the screen.
    pub fn pane_area(&self, pane: Pane) -> Option<Area> {
        layout::pane(self.size, self.sizes, self.focus, pane)
    }

    /// The tabs of a narrow screen: pane, text, and the columns that it takes.
    pub fn tabs(&self) -> impl Iterator<Item = (Pane, String, Range<u16>)> {
        let name = |pane: Pane| format!(" {} ", pane.name(self.language));
        let numbered = |pane| match self.keymap.first(Action::Focus(pane), Context::Pane(pane)) {
            Some(key) => format!(" {key}{}", name(pane)),
            None => name(pane),
        };
        layout::tabs(self.size, Pane::ALL.map(numbered), Pane::ALL.map(name))
    }

    /// Where a pane's text stands, if it is on the screen.
    pub(crate) fn text_area(&self, pane: Pane) -> Option<Area> {
        let text = if pane == Pane::Page { layout::page } else { layout::text };
        let area = text(self.pane_area(pane)?, self.sizes);
        let foot = u16::from(pane == Pane::Checklist && self.foot().is_some());
        let below = foot.max(self.prompt_rows(pane));
        Some(Area { height: area.height.saturating_sub(below), ..area })
    }

    /// Where the page stands: in the finder while that is open.
    pub(crate) fn page_area(&self) -> Option<Area> {
        match self.overlays.last() {
            Some(Overlay::Finder(_)) => layout::finder(self.size, self.sizes).page,
            _ => self.text_area(Pane::Page),
        }
    }

    /// What the page shows.
    fn page_row(&self) -> Option<Row> {
        match self.finder() {
            Some(finder) => finder.entry().map(|entry| Row::Entry(entry, None)),
            None => self.timeline.rows.get(self.timeline.cursor).copied(),
        }
    }

    /// The section that the page is of, as an index into [`Log::sections`].
    fn page_section(&self) -> Option<usize> {
        match self.page_row()? {
            Row::Entry(entry, _) => Some(self.log.entries[entry].section),
            Row::Section(section, _) => Some(section),
            Row::Group(group) => self.timeline.groups.get(group)?.sections.iter().min().copied(),
        }
    }

    /// The file whose text the page shows, as an index into [`Log::files`].
    pub(crate) fn page_file(&self) -> Option<usize> {
        match self.page_row()? {
            Row::Entry(entry, _) => Some(self.log.entries[entry].file),
            Row::Section(section, _) => Some(self.log.sections[section].file),
            Row::Group(_) => None,
        }
    }

    /// Whether the screen is too small to show anything.
    pub(crate) fn is_too_small(&self) -> bool {
        self.arrangement() == Arrangement::TooSmall
    }

    /// What is said where the timeline is empty, in so many columns.
    pub(crate) fn empty_page(&self, columns: usize) -> Vec<Line> {
        empty_page(self.shelf(), columns)
    }

    /// What pages are made from.
    fn shelf(&self) -> Shelf<'_> {
        Shelf {
            log: &self.log,
            links: &self.links,
            aliases: &self.aliases,
            papers: &self.papers,
            figures: &self.figures,
            reviews: &[],
            keymap: &self.keymap,
            language: self.language,
        }
    }
}
