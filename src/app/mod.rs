//! Application state and how messages change it.
//!
//! [`App::update`] turns a [`Message`] into a new state and a list of [`Effect`]s. Nothing here
//! touches a file, thread, clock or terminal, so all behaviour can be tested as text: a log and keys
//! in; screen, bytes and effects out.

mod deferred;
pub(crate) mod editing;
pub mod finding;
mod flight;
pub(crate) mod habit;
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
use crate::log::topics::ConfiguredTopics;
use crate::log::{Counts, Log};
use crate::words::Language;

use crate::papers::index::PaperIndex;
use deferred::Deferred;
use editing::editor::EditTarget;
use editing::history::History;
use editing::new_file::NewFile;
pub use editing::promote::EditOptions;
use finding::known::Lookup;
use finding::searching::Searches;
pub use flight::{ChangeId, UndoId};
use keys::action::Action;
use keys::context::Context;
use keys::key::KeyPress;
use keys::keymap::Keymap;
use lists::themes::ThemeList;
use logs::loading::LoadingState;
pub use logs::session::SavedSession;
pub use message::{Effect, Message, MouseKind};
pub use overlay::Overlay;
use page::account::empty_page;
use page::figures::Figures;
use page::flow::PageLine;
use page::pages::PageInput;
use panes::checklist::Checklist;
use panes::reader::Reader;
use panes::timeline::{Timeline, TimelineRow};
use reading::jumps::JumpList;
use reviewing::state::Reviewing;
use screen::layout::{self, Area, Arrangement, Divider, Pane, Size, Sizes};

/// The state of the whole program.
#[derive(Debug)]
pub struct App {
    /// The log as read, with the user's changes applied. Shared with the search worker while it runs a
    /// query.
    pub log: Arc<Log>,
    /// The size of the terminal.
    pub size: Size,
    /// Pane sizes: the user's, or the defaults.
    pub(crate) sizes: Sizes,
    /// The focused pane. It gets the keys unless an overlay is open.
    pub focus: Pane,
    /// Open overlays; the last is on top and gets the keys.
    pub overlays: Vec<Overlay>,
    /// The timeline pane.
    pub timeline: Timeline,
    /// The summary pane.
    pub reader: Reader,
    /// The pane of pending items.
    pub checklist: Checklist,
    /// Sizes and errors of the log's figures, as the shell reported them.
    pub figures: Figures,
    /// The review schedule and the reviews made.
    pub reviewing: Reviewing,
    /// The message in the status line.
    pub status: Option<Status>,
    /// The count typed before a key, as in vim: the `5` of `5j`.
    pub count: Option<usize>,
    /// Key bindings, the user's changes included.
    pub keymap: Keymap,
    /// The interface language.
    pub language: Language,
    /// Whether the configuration sets the language, so that a switch lasts for this run only.
    pub is_language_fixed: bool,
    /// The available themes and the current one.
    pub themes: ThemeList,
    /// Settings for how changes are written to the log.
    pub edit_options: EditOptions,
    /// Research topics from the configuration, in addition to the log's own.
    pub topics: Arc<ConfiguredTopics>,
    /// Links between entries; empty until the shell has computed them.
    links: Links,
    aliases: Aliases,
    /// What was read from the PDFs of the log's papers; empty until the shell has read them.
    papers: PaperIndex,
    /// How many PDFs have been read, and how many there are; `None` while none are being read.
    pub reading_papers: Option<(usize, usize)>,
    /// What was known about the files when the list of problems was last made.
    surveyed: Disk,
    /// The PDF being read to complete the title in the prompt.
    reading_pdf: Option<editing::pdf_title::PdfLookup>,
    jumps: JumpList,
    searches: Searches,
    /// Commands run from the palette, most recent first.
    used: Vec<Action>,
    history: History,
    /// Papers of the log that match the selected item or the title being typed.
    known: Lookup,
    /// The keys typed so far of a multi-key binding.
    typed: Vec<KeyPress>,
    deferred: Deferred,
    /// The divider being dragged.
    dragged: Option<Divider>,
    /// Where to open the editor once all changes are saved.
    pending_edit: Option<EditTarget>,
    /// The file being created for a new entry, to show once the log contains it.
    new_file: Option<NewFile>,
    /// Bumped when the log, or what is known about it, changes; older layouts are stale.
    revision: u64,
    alarm: u64,
    /// Set while a large log is still loading.
    loading: Option<LoadingState>,
    /// The last error about files of the log that cannot be read, until all can be.
    unavailable: Option<String>,
    /// The title of the entry that was shown when another program removed it; `None` again once the cursor
    /// moves or the user has been told.
    vanished_entry: Option<String>,
    /// Whether another program changed the log after the last frame was drawn.
    has_unseen_change: bool,
    /// The polling interval in seconds, where the system does not report file changes.
    pub poll_seconds: Option<u64>,
}

/// A message in the status line.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Status {
    /// The text, without line breaks.
    pub text: String,
    /// How urgent the message is, which decides how long it stays.
    pub(crate) tone: Tone,
}

/// How urgent a message is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Tone {
    /// Confirms what was done; disappears after a few seconds.
    News,
    /// A hint; stays until a key is pressed.
    Notice,
    /// An error; stays until a key is pressed.
    Error,
}

impl App {
    /// The initial state with default settings. `welcome` is the first message in the status line.
    pub fn new(log: Log, size: Size, welcome: Option<String>) -> Self {
        Self::configured(log, size, welcome, |_| {})
    }

    /// The initial state. `configure` changes the settings before anything is laid out.
    pub(crate) fn configured(log: Log, size: Size, welcome: Option<String>, configure: impl FnOnce(&mut Self)) -> Self {
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
            themes: ThemeList::default(),
            edit_options: EditOptions::default(),
            topics: Arc::default(),
            links: Links::default(),
            aliases: Aliases::default(),
            papers: PaperIndex::default(),
            reading_papers: None,
            surveyed: Disk::default(),
            reading_pdf: None,
            jumps: JumpList::default(),
            searches: Searches::default(),
            used: Vec::new(),
            history: History::default(),
            known: Lookup::default(),
            typed: Vec::new(),
            deferred: Deferred::default(),
            dragged: None,
            pending_edit: None,
            new_file: None,
            revision: 0,
            alarm: 0,
            loading: None,
            unavailable: None,
            vanished_entry: None,
            has_unseen_change: false,
            poll_seconds: None,
        };
        configure(&mut app);
        app.timeline.rebuild(&app.log, None);
        app.timeline.start();
        app.lay_out();
        app.show_cursors();
        app
    }

    /// Today, by the user's day boundary; `None` until the shell has sent the time.
    pub(crate) fn today(&self) -> Option<NaiveDate> {
        self.reviewing.today()
    }

    /// The name of an action's key for use in a message; see [`Keymap::call`].
    pub(crate) fn call(&self, action: Action) -> String {
        self.keymap.call(action, Context::Pane(self.focus))
    }

    /// The count and the keys typed so far, for the status line; `None` if there are none.
    pub(crate) fn typed(&self) -> Option<String> {
        let count = self.count.map(|count| count.to_string());
        let typed: Vec<String> = count.into_iter().chain(self.typed.iter().map(KeyPress::to_string)).collect();
        (!typed.is_empty()).then(|| typed.join(" "))
    }

    /// Whether any change to the log is still being saved.
    pub(crate) fn is_saving(&self) -> bool {
        self.history.is_saving()
    }

    /// Whether a change to the log was saved in this run and none is being saved now.
    pub(crate) fn has_saved(&self) -> bool {
        self.history.has_saved() && !self.is_saving()
    }

    /// The log's title, or else its file name.
    pub(crate) fn name(&self) -> String {
        self.log.name()
    }

    /// Counts for the header: papers, days, months, years and sections.
    pub(crate) fn counts(&self) -> Counts {
        self.log.counts()
    }

    /// The arrangement of the panes at the current size.
    pub(crate) fn arrangement(&self) -> Arrangement {
        layout::arrangement(self.size, self.sizes)
    }

    /// A pane's area with its title row, or `None` if it is not on the screen.
    pub fn pane_area(&self, pane: Pane) -> Option<Area> {
        layout::pane(self.size, self.sizes, self.focus, pane)
    }

    /// The tabs of a narrow screen: pane, label and columns.
    pub(crate) fn tabs(&self) -> impl Iterator<Item = (Pane, String, Range<u16>)> {
        let name = |pane: Pane| format!(" {} ", pane.name(self.language));
        let numbered = |pane| match self.keymap.first(Action::Focus(pane), Context::Pane(pane)) {
            Some(key) => format!(" {key}{}", name(pane)),
            None => name(pane),
        };
        layout::tabs(self.size, Pane::ALL.map(numbered), Pane::ALL.map(name))
    }

    /// The area of a pane's text, or `None` if it is not on the screen.
    pub(crate) fn text_area(&self, pane: Pane) -> Option<Area> {
        let text = if pane == Pane::Summary { layout::page } else { layout::text };
        let area = text(self.pane_area(pane)?, self.sizes);
        let foot = u16::from(pane == Pane::Pending && self.foot().is_some());
        let below = foot.max(self.prompt_rows(pane));
        Some(Area { height: area.height.saturating_sub(below), ..area })
    }

    /// The area of the page. While the finder is open, the page is inside the finder.
    pub(crate) fn page_area(&self) -> Option<Area> {
        match self.overlays.last() {
            Some(Overlay::Finder(_)) => layout::finder(self.size, self.sizes).page,
            _ => self.text_area(Pane::Summary),
        }
    }

    /// The row whose page is shown.
    fn page_row(&self) -> Option<TimelineRow> {
        match self.finder() {
            Some(finder) => finder.entry().map(|entry| TimelineRow::Entry(entry, None)),
            None => self.timeline.rows.get(self.timeline.cursor).copied(),
        }
    }

    /// The section of the page, as an index into [`Log::sections`].
    fn page_section(&self) -> Option<usize> {
        match self.page_row()? {
            TimelineRow::Entry(entry, _) => Some(self.log.entries[entry].section()),
            TimelineRow::Section(section, _) => Some(section),
            TimelineRow::Group(group) => self.timeline.groups.get(group)?.sections.iter().min().copied(),
        }
    }

    /// The file of the page's text, as an index into [`Log::files`].
    pub(crate) fn page_file(&self) -> Option<usize> {
        match self.page_row()? {
            TimelineRow::Entry(entry, _) => Some(self.log.entries[entry].file()),
            TimelineRow::Section(section, _) => Some(self.log.sections[section].file()),
            TimelineRow::Group(_) => None,
        }
    }

    /// Whether the terminal is too small to draw anything.
    pub(crate) fn is_too_small(&self) -> bool {
        self.arrangement() == Arrangement::TooSmall
    }

    /// The text shown in place of an empty timeline.
    pub(crate) fn empty_page(&self, columns: usize) -> Vec<PageLine> {
        empty_page(self.page_input(), columns)
    }

    /// The input for laying out a page.
    fn page_input(&self) -> PageInput<'_> {
        PageInput {
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
