//! State and update: what the program is doing, and how that changes.
//!
//! [`App::update`] turns a [`Message`] into a new state and a list of [`Effect`]s. There is
//! no file, thread, clock or terminal in this room, so everything that the program does can
//! be tested as text: a log and keys in; screen, bytes and effects out.

pub mod action;
mod bindings;
pub mod calendar;
mod changes;
pub mod checklist;
pub mod chips;
mod edit_list;
mod editor;
pub mod everywhere;
mod faults;
pub mod field;
pub mod figures;
pub mod filter;
pub mod finder;
pub mod flow;
mod gallery;
mod habit;
mod help;
mod history;
mod key;
pub mod keymap;
pub mod keys;
mod known;
pub mod layout;
mod links;
mod loading;
pub mod logs;
pub mod menu;
pub mod message;
mod mouse;
mod navigate;
mod news;
mod owed;
pub mod page_search;
pub mod pages;
pub mod palette;
pub mod picker;
mod preview;
mod promote;
pub mod prompt;
pub mod quiz;
pub mod reader;
mod relink;
pub mod reviewing;
pub mod searching;
mod session;
pub mod sheet;
pub mod statistics;
pub mod themes;
pub mod timeline;
mod trail;
mod typing;
mod update;
pub mod viewport;
pub mod wrap;

use action::Action;
use calendar::Calendar;
use checklist::Checklist;
use editor::Spot;
use everywhere::Everywhere;
use figures::Figures;
use finder::Finder;
use history::History;
use keymap::{Context, Key, Keymap};
use known::Lookup;
use layout::{Area, Arrangement, Divider, Pane, Size, Sizes};
use loading::Loading;
use logs::Logs;
use menu::Menu;
pub use message::{ChangeId, Effect, Message, MouseKind};
use pages::Shelf;
use palette::Palette;
use picker::Picker;
pub use promote::Habits;
use prompt::Prompt;
use quiz::Quiz;
use reader::{Made, Reader};
use reviewing::Reviewing;
use searching::Searches;
pub use session::Session;
use sheet::{Sheet, Subject};
use statistics::Statistics;
use themes::Themes;
use timeline::{Row, Timeline};
use trail::Trail;

use std::sync::Arc;

use chrono::NaiveDate;

use crate::log::Log;
use crate::log::aliases::Aliases;
use crate::log::links::Links;
use crate::log::tracks::Topics;
use crate::words::Language;

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
    /// Which keys do what.
    pub keymap: Keymap,
    /// The language of the interface.
    pub language: Language,
    /// The themes to choose from, and the one that was chosen.
    pub themes: Themes,
    /// How the user's changes are made.
    pub habits: Habits,
    /// Fields that the user follows, beside those of the log.
    pub topics: Arc<Topics>,
    /// What entries say of one another: empty until the shell has found it.
    links: Links,
    aliases: Aliases,
    trail: Trail,
    searches: Searches,
    /// What was done by the palette, the last first.
    used: Vec<Action>,
    history: History,
    /// Papers that the item under the cursor, or what is typed, may be about.
    known: Lookup,
    /// Keys that begin what longer ones are bound to.
    typed: Vec<Key>,
    /// The line between panes that the mouse holds.
    held: Option<Divider>,
    /// What the editor is to be opened at when every change is on the disk.
    wish: Option<Spot>,
    /// Counts the readings of the files, and what was learnt of them since: what was laid out
    /// before the last is out of date.
    revision: u64,
    alarm: u64,
    /// Until all of a large log is read.
    loading: Option<Loading>,
}

/// Something that lies over the panes.
#[derive(Debug)]
pub enum Overlay {
    /// Titles by fuzzy search.
    Finder(Box<Finder>),
    /// All places in the text.
    Everywhere(Everywhere),
    /// What can be done.
    Palette(Box<Palette>),
    /// Other logs.
    Logs(Box<Logs>),
    /// Text to read.
    Sheet(Sheet),
    /// A list to choose from.
    Picker(Picker),
    /// A line to type.
    Prompt(Prompt),
    /// One figure of the page, as an index into those of the page.
    Figure(usize),
    /// What is due, one entry after another.
    Quiz(Quiz),
    /// Months with the days on which something was read.
    Calendar(Calendar),
    /// Figures of the habit.
    Statistics(Box<Statistics>),
}

impl Overlay {
    /// The list that is narrowed by what is typed, if that is what it is.
    pub fn menu(&self) -> Option<&Menu> {
        match self {
            Self::Palette(palette) => Some(&palette.menu),
            Self::Logs(logs) => Some(&logs.menu),
            _ => None,
        }
    }

    fn menu_mut(&mut self) -> Option<&mut Menu> {
        match self {
            Self::Palette(palette) => Some(&mut palette.menu),
            Self::Logs(logs) => Some(&mut logs.menu),
            _ => None,
        }
    }
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
            themes: Themes::default(),
            habits: Habits::default(),
            topics: Arc::default(),
            links: Links::default(),
            aliases: Aliases::default(),
            trail: Trail::default(),
            searches: Searches::default(),
            used: Vec::new(),
            history: History::default(),
            known: Lookup::default(),
            typed: Vec::new(),
            held: None,
            wish: None,
            revision: 0,
            alarm: 0,
            loading: None,
        };
        app.timeline.rebuild(&app.log, None);
        app.timeline.start();
        app.lay_out();
        app.show_cursors();
        app
    }

    /// Where keys go.
    pub fn context(&self) -> Context {
        match self.overlays.last() {
            Some(Overlay::Finder(_)) => Context::Finder,
            Some(Overlay::Everywhere(_)) => Context::Everywhere,
            Some(Overlay::Palette(_)) => Context::Palette,
            Some(Overlay::Logs(_)) => Context::Logs,
            Some(Overlay::Sheet(Sheet { subject: Subject::Week(_), .. })) => Context::Week,
            Some(Overlay::Sheet(_)) => Context::Sheet,
            Some(Overlay::Quiz(_)) => Context::Quiz,
            Some(Overlay::Calendar(_)) => Context::Calendar,
            Some(Overlay::Statistics(_)) => Context::Statistics,
            Some(Overlay::Picker(_)) => Context::Picker,
            Some(Overlay::Prompt(_)) => Context::Prompt,
            Some(Overlay::Figure(_)) => Context::Figure,
            None => Context::Pane(self.focus),
        }
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
    pub fn is_saving(&self) -> bool {
        self.history.is_saving()
    }

    /// Whether something was changed, and all of it is on the disk.
    pub fn has_saved(&self) -> bool {
        self.history.has_saved() && !self.is_saving()
    }

    /// The changes of this run that stand, oldest first, each in a few words.
    pub fn changes(&self) -> impl Iterator<Item = String> + '_ {
        self.history.changes(self.language)
    }

    /// What the log is called: its title, or its file.
    pub fn name(&self) -> String {
        self.log.name()
    }

    /// Papers and days of the log.
    pub fn counts(&self) -> (usize, usize) {
        self.log.counts()
    }

    /// How the panes are arranged.
    pub fn arrangement(&self) -> Arrangement {
        layout::arrangement(self.size, self.sizes)
    }

    /// Where a pane stands, the row of its title included, if it is on the screen.
    pub fn pane_area(&self, pane: Pane) -> Option<Area> {
        layout::pane(self.size, self.sizes, self.focus, pane)
    }

    /// Where a pane's text stands, if it is on the screen.
    pub fn text_area(&self, pane: Pane) -> Option<Area> {
        let text = if pane == Pane::Page { layout::page } else { layout::text };
        let area = text(self.pane_area(pane)?, self.sizes);
        let foot = u16::from(pane == Pane::Checklist && self.foot().is_some());
        Some(Area { height: area.height.saturating_sub(foot), ..area })
    }

    /// Where the page stands: in the finder while that is open.
    pub fn page_area(&self) -> Option<Area> {
        match self.overlays.last() {
            Some(Overlay::Finder(_)) => layout::finder(self.size, self.sizes).page,
            _ => self.text_area(Pane::Page),
        }
    }

    /// The finder, if it is on top.
    pub fn finder(&self) -> Option<&Finder> {
        match self.overlays.last() {
            Some(Overlay::Finder(finder)) => Some(finder),
            _ => None,
        }
    }

    /// What the page shows.
    fn page_row(&self) -> Option<Row> {
        match self.finder() {
            Some(finder) => finder.entry().map(|entry| Row::Entry(entry, None)),
            None => self.timeline.rows.get(self.timeline.cursor).copied(),
        }
    }

    /// The file whose text the page shows, as an index into [`Log::files`].
    pub fn page_file(&self) -> Option<usize> {
        match self.page_row()? {
            Row::Entry(entry, _) => Some(self.log.entries[entry].file),
            Row::Section(section, _) => Some(self.log.sections[section].file),
            Row::Month(_) => None,
        }
    }

    /// Whether the screen is too small to show anything.
    pub fn is_too_small(&self) -> bool {
        self.arrangement() == Arrangement::TooSmall
    }

    /// What pages are made from.
    fn shelf(&self) -> Shelf<'_> {
        Shelf {
            log: &self.log,
            links: &self.links,
            aliases: &self.aliases,
            figures: &self.figures,
            reviewing: &self.reviewing,
            keymap: &self.keymap,
            language: self.language,
        }
    }

    /// Lays out what depends on the selection and on the size of the screen.
    fn lay_out(&mut self) {
        let row = self.page_row();
        if let Some(area) = self.page_area() {
            let subject = row.map(|row| timeline::place(&self.log, row));
            let made = Made {
                columns: usize::from(area.width),
                rows: area.height,
                revision: self.revision,
                figures: self.figures.revision(),
            };
            let shelf = Shelf {
                log: &self.log,
                links: &self.links,
                aliases: &self.aliases,
                figures: &self.figures,
                reviewing: &self.reviewing,
                keymap: &self.keymap,
                language: self.language,
            };
            self.reader.turn_to(shelf, row, subject, made);
            self.reader.view.clamp(usize::from(area.height), self.reader.lines.len());
        }
        self.lay_out_quiz();
        if let Some(columns) = self.checklist_columns() {
            self.checklist.fit(&self.log, self.revision, columns, self.language);
        }
        self.look_up();
    }

    /// Scrolls every list so that its cursor is seen.
    fn show_cursors(&mut self) {
        if let Some(area) = self.text_area(Pane::Timeline) {
            let cursor = self.timeline.cursor;
            self.timeline.view.show(cursor..cursor + 1, usize::from(area.height), self.timeline.rows.len());
        }
        if let Some(area) = self.text_area(Pane::Checklist) {
            self.checklist.reveal(usize::from(area.height));
        }
        let list = usize::from(layout::finder(self.size, self.sizes).list.height);
        let everything = usize::from(layout::everywhere(self.size).list.height);
        match self.overlays.last_mut() {
            Some(Overlay::Finder(finder)) => {
                finder.view.show(finder.cursor..finder.cursor + 1, list, finder.results.hits.len());
            }
            Some(Overlay::Everywhere(everywhere)) => everywhere.reveal(everything),
            Some(overlay @ (Overlay::Palette(_) | Overlay::Logs(_))) => {
                overlay.menu_mut().into_iter().for_each(|menu| menu.reveal(self.size));
            }
            Some(Overlay::Picker(picker)) => {
                let height = layout::inside(picker.area(self.size)).height;
                picker.reveal(usize::from(height));
            }
            _ => {}
        }
    }

    /// Columns for the checklist's text: those of the pane, less what progress needs.
    fn checklist_columns(&self) -> Option<usize> {
        let area = self.pane_area(Pane::Checklist).map(|area| layout::text(area, self.sizes));
        area.map(|area| usize::from(area.width).saturating_sub(checklist::PROGRESS))
    }
}
