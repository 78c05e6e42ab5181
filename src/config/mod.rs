//! The user's settings as plain data, read from a text. Nothing here opens a file, and no
//! other room reads settings: whoever starts the program hands each room its own.
//!
//! A fault costs the key that it is in, and nothing else: [`parse`] takes its default, goes
//! on, and says where the fault is. The text of all defaults is `assets/config.toml`.

mod cause;
mod faults;
mod keys;
mod parse;
mod problem;
mod value;

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

pub use keys::listed as listed_keys;
pub use parse::parse;
pub use problem::{Fault, Problem};
pub use value::Words;

use crate::app::Habits;
use crate::app::keys::keymap::Keymap;
use crate::log::dialect;
use crate::review;
use crate::review::NewFirst;
use crate::review::day::Turn;
use crate::words;

/// The text of all defaults but the keys, with what each of them is for.
pub const DEFAULTS: &str = include_str!("../../assets/config.toml");

/// The theme that is chosen by what the terminal is, or was chosen in the panes.
const AUTO: &str = "auto";

/// All settings.
#[derive(Debug, Clone, PartialEq, Deserialize, Serialize)]
#[serde(default, rename_all = "kebab-case", deny_unknown_fields)]
pub struct Config {
    /// The logs that are opened when none is named, as written: `~` stands for the home folder.
    pub logs: Vec<String>,
    /// The language of the interface.
    pub language: Language,
    /// The name of a theme; `auto` for the one that suits the terminal.
    pub theme: String,
    /// Whether the mouse is used.
    pub mouse: bool,
    /// The words that run the editor; none: as the environment says.
    pub editor: Words,
    /// The words that run what opens things outside; none: as the system has it.
    pub opener: Words,
    /// Where PDFs are looked for, as written; none: below the log's folder.
    pub pdf_folders: Vec<String>,
    /// Columns.
    pub layout: Layout,
    /// Figures.
    pub pictures: Pictures,
    /// How logs are written.
    pub dialect: Dialect,
    /// New entries.
    pub entry: Entry,
    /// The pending list.
    pub pending: Pending,
    /// Reviewing.
    pub review: Review,
    /// What is remembered from run to run.
    pub session: Session,
    /// Fields with the words that belong to them.
    pub tracks: BTreeMap<String, Vec<String>>,
    /// The keys, from the tables below `keys`.
    #[serde(skip)]
    pub keymap: Keymap,
}

/// The language of the interface.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Deserialize, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Language {
    /// That of the locale.
    #[default]
    Auto,
    /// English.
    En,
    /// 简体中文.
    Zh,
}

impl Language {
    /// The language, if it is not the locale's.
    pub fn chosen(self) -> Option<words::Language> {
        match self {
            Self::Auto => None,
            Self::En => Some(words::Language::English),
            Self::Zh => Some(words::Language::Chinese),
        }
    }
}

/// Columns.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, Serialize)]
#[serde(default, rename_all = "kebab-case", deny_unknown_fields)]
pub struct Layout {
    /// The most columns of a line of text.
    #[serde(deserialize_with = "value::within::<_, 20, 500>")]
    pub reading_width: u16,
    /// Columns of the timeline; 0: as the screen suggests.
    pub timeline_width: u16,
    /// Columns of the pending list; 0: as the screen suggests.
    pub pending_width: u16,
}

/// Figures.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, Serialize)]
#[serde(default, rename_all = "kebab-case", deny_unknown_fields)]
pub struct Pictures {
    /// How they are shown.
    pub show: Show,
    /// Memory for those that are ready to be drawn, in MiB.
    #[serde(deserialize_with = "value::within::<_, 1, 4096>")]
    pub cache: u16,
}

/// How figures are shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, Serialize)]
#[serde(rename_all = "lowercase")]
#[expect(missing_docs, reason = "the names of protocols")]
pub enum Show {
    /// As well as the terminal can.
    Auto,
    /// By their captions alone.
    Off,
    Kitty,
    Sixel,
    Iterm2,
    Halfblocks,
}

/// How logs are written.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize, Serialize)]
#[serde(default, rename_all = "kebab-case", deny_unknown_fields)]
pub struct Dialect {
    /// Headings that open the pending list, beside those that are known.
    pub pending_headings: Vec<String>,
    /// Headings that open nothing, whatever they say.
    pub ignored_headings: Vec<String>,
}

impl Dialect {
    /// These as the log wants them.
    pub fn settings(&self) -> dialect::Dialect {
        dialect::Dialect::new(&self.pending_headings, &self.ignored_headings)
    }
}

/// New entries.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize, Serialize)]
#[serde(default, rename_all = "kebab-case", deny_unknown_fields)]
pub struct Entry {
    /// What the body begins with; empty: a template in the language of the log.
    pub template: String,
}

/// The pending list.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Deserialize, Serialize)]
#[serde(default, rename_all = "kebab-case", deny_unknown_fields)]
pub struct Pending {
    /// What becomes of an item that is made an entry.
    pub logged: Logged,
    /// What becomes of the open items below it.
    pub children: Children,
    /// Whether a ticked item is given the day.
    pub done_dates: bool,
}

/// What becomes of an item that is made an entry.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Deserialize, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Logged {
    /// It is ticked.
    #[default]
    Tick,
    /// It is removed.
    Remove,
}

/// What becomes of the open items below an item that is made an entry.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Deserialize, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Children {
    /// The user is asked.
    #[default]
    Ask,
    /// They stay open.
    Leave,
    /// They are ticked.
    Tick,
}

/// Reviewing.
#[derive(Debug, Clone, Copy, PartialEq, Deserialize, Serialize)]
#[serde(default, rename_all = "kebab-case", deny_unknown_fields)]
pub struct Review {
    /// The chance of remembering at which an entry becomes due.
    #[serde(deserialize_with = "value::retention")]
    pub retention: f32,
    /// The most entries that come up on a day.
    #[serde(deserialize_with = "value::within::<_, 1, 1000>")]
    pub most_a_day: u16,
    /// Entries that come in on a day.
    #[serde(deserialize_with = "value::within::<_, 0, 1000>")]
    pub new_a_day: u16,
    /// Which of them come first.
    pub new_first: First,
    /// The hour at which a day turns.
    #[serde(deserialize_with = "value::within::<_, 0, 23>")]
    pub day_turns_at: u16,
    /// Where the grades are kept.
    pub state: State,
}

/// Which entries come in first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum First {
    /// Those read long ago.
    Oldest,
    /// Those read last.
    Newest,
}

/// Where the grades are kept.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum State {
    /// Beside the log.
    Log,
    /// In the user's state folder.
    User,
}

/// What is remembered from run to run.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, Serialize)]
#[serde(default, rename_all = "kebab-case", deny_unknown_fields)]
pub struct Session {
    /// Whether a log opens where it was left, and is listed among those opened lately.
    pub remember: bool,
}

impl Default for Config {
    fn default() -> Self {
        Self {
            logs: Vec::new(),
            language: Language::Auto,
            theme: AUTO.to_owned(),
            mouse: true,
            editor: Words::default(),
            opener: Words::default(),
            pdf_folders: Vec::new(),
            layout: Layout::default(),
            pictures: Pictures::default(),
            dialect: Dialect::default(),
            entry: Entry::default(),
            pending: Pending::default(),
            review: Review::default(),
            session: Session::default(),
            tracks: BTreeMap::new(),
            keymap: Keymap::default(),
        }
    }
}

impl Default for Layout {
    fn default() -> Self {
        Self { reading_width: 100, timeline_width: 0, pending_width: 0 }
    }
}

impl Default for Pictures {
    fn default() -> Self {
        Self { show: Show::Auto, cache: 64 }
    }
}

impl Default for Review {
    fn default() -> Self {
        Self {
            retention: 0.9,
            most_a_day: 20,
            new_a_day: 5,
            new_first: First::Oldest,
            day_turns_at: 4,
            state: State::Log,
        }
    }
}

impl Default for Session {
    fn default() -> Self {
        Self { remember: true }
    }
}

impl Review {
    /// These as the reviews want them.
    pub fn settings(self) -> review::Settings {
        let new_first = match self.new_first {
            First::Oldest => NewFirst::Oldest,
            First::Newest => NewFirst::Newest,
        };
        let turn = Turn(u8::try_from(self.day_turns_at).unwrap_or_default());
        review::Settings {
            retention: self.retention,
            most_a_day: usize::from(self.most_a_day),
            new_a_day: usize::from(self.new_a_day),
            new_first,
            turn,
        }
    }
}

impl Config {
    /// The theme that is named, if one is.
    pub fn theme(&self) -> Option<String> {
        (self.theme != AUTO).then(|| self.theme.clone())
    }

    /// How changes are made.
    pub fn habits(&self) -> Habits {
        Habits {
            removes_logged: self.pending.logged == Logged::Remove,
            ticks_children: match self.pending.children {
                Children::Ask => None,
                Children::Leave => Some(false),
                Children::Tick => Some(true),
            },
            writes_done_dates: self.pending.done_dates,
            template: (!self.entry.template.is_empty()).then(|| self.entry.template.clone()),
        }
    }
}
