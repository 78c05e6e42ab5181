//! The user's settings, parsed from TOML into plain data. This room reads no files; `cli` does, and gives
//! each room its own settings.
//!
//! A bad value affects only its own key: [`parse`] uses the default, reports the problem and goes on. The
//! defaults are in `assets/config.toml`.

mod cause;
mod former;
mod keys;
mod parse;
mod problem;
mod problem_list;
mod value;

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

pub use keys::listed as listed_keys;
pub use parse::parse;
pub(crate) use problem::ConfigProblem;
pub use problem::Fault;
pub(crate) use problem_list::nearest;
pub(crate) use value::CommandWords;

use crate::app::EditOptions;
use crate::app::keys::keymap::Keymap;
use crate::log::dialect;
use crate::review;
use crate::review::NewFirst;
use crate::review::day::DayStart;
use crate::words;

/// The text of `papers-tui config` without the keys: all defaults, with comments.
pub const DEFAULTS: &str = include_str!("../../assets/config.toml");

/// The value of `theme` that stands for the theme last chosen in the panes, or else one that suits the terminal.
const AUTO: &str = "auto";

/// All settings.
#[derive(Debug, Clone, PartialEq, Deserialize, Serialize)]
#[serde(default, rename_all = "kebab-case", deny_unknown_fields)]
pub struct Config {
    /// The logs to open if none is given, as written: `~` is the home folder.
    pub logs: Vec<String>,
    /// The language of the interface.
    pub(crate) language: LanguageSetting,
    /// The name of a theme, or `auto`.
    pub theme: String,
    /// Whether the mouse selects and scrolls.
    pub mouse: bool,
    /// The editor and its arguments; if empty, `$VISUAL` or `$EDITOR`.
    pub editor: CommandWords,
    /// The program that opens links and files, with its arguments; if empty, the system's.
    pub opener: CommandWords,
    /// Folders to search for PDFs, as written; if empty, the log's folder.
    pub pdf_folders: Vec<String>,
    /// Widths in columns.
    pub(crate) layout: Layout,
    /// How figures are shown.
    pub pictures: Pictures,
    /// How logs are written.
    pub(crate) dialect: DialectSettings,
    /// How new entries are written.
    pub(crate) entry: EntrySettings,
    /// What logging and ticking do to items.
    pub(crate) pending: Pending,
    /// Reviews.
    pub review: Review,
    /// What is remembered between runs.
    pub(crate) session: Session,
    /// Topics, each with the words by which its papers are recognised.
    pub topics: BTreeMap<String, Vec<String>>,
    /// The key bindings, from the `[keys.…]` tables.
    #[serde(skip)]
    pub keymap: Keymap,
}

/// The language of the interface.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Deserialize, Serialize)]
#[serde(rename_all = "lowercase")]
pub(crate) enum LanguageSetting {
    /// From the locale.
    #[default]
    Auto,
    /// English.
    En,
    /// 简体中文.
    Zh,
}

impl LanguageSetting {
    /// The language, unless the locale decides.
    pub fn chosen(self) -> Option<words::Language> {
        match self {
            Self::Auto => None,
            Self::En => Some(words::Language::English),
            Self::Zh => Some(words::Language::Chinese),
        }
    }
}

/// Widths in columns.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, Serialize)]
#[serde(default, rename_all = "kebab-case", deny_unknown_fields)]
pub(crate) struct Layout {
    /// Maximum width of a line of text.
    #[serde(deserialize_with = "value::within::<_, 20, 500>")]
    pub reading_width: u16,
    /// Width of the Timeline; 0 to choose it by the screen width.
    #[serde(deserialize_with = "value::within::<_, 0, 500>")]
    pub timeline_width: u16,
    /// Width of the pending list; 0 to choose it by the screen width.
    #[serde(deserialize_with = "value::within::<_, 0, 500>")]
    pub pending_width: u16,
}

/// How figures are shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, Serialize)]
#[serde(default, rename_all = "kebab-case", deny_unknown_fields)]
pub struct Pictures {
    /// The graphics protocol.
    pub(crate) show: PictureProtocol,
    /// Memory for encoded pictures, in MiB.
    #[serde(deserialize_with = "value::within::<_, 1, 4096>")]
    pub cache: u16,
}

/// The graphics protocol for figures.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, Serialize)]
#[serde(rename_all = "lowercase")]
pub(crate) enum PictureProtocol {
    /// The best that the terminal supports.
    Auto,
    /// Captions only.
    Off,
    Kitty,
    Sixel,
    Iterm2,
    Halfblocks,
}

/// How logs are written.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize, Serialize)]
#[serde(rename = "Dialect", default, rename_all = "kebab-case", deny_unknown_fields)]
pub(crate) struct DialectSettings {
    /// Additional headings that start the pending list.
    pub pending_headings: Vec<String>,
    /// Headings that start no section, whatever they say.
    pub ignored_headings: Vec<String>,
}

impl DialectSettings {
    /// Converts to the type of the `log` room.
    pub fn settings(&self) -> dialect::Dialect {
        dialect::Dialect::new(&self.pending_headings, &self.ignored_headings)
    }
}

/// How new entries are written.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize, Serialize)]
#[serde(rename = "Entry", default, rename_all = "kebab-case", deny_unknown_fields)]
pub(crate) struct EntrySettings {
    /// The initial text of an entry; if empty, a template in the language of the log.
    pub template: String,
}

/// What logging and ticking do to items.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Deserialize, Serialize)]
#[serde(default, rename_all = "kebab-case", deny_unknown_fields)]
pub(crate) struct Pending {
    /// What to do with an item after logging it.
    pub logged: Logged,
    /// What to do with the open items below a logged item.
    pub children: Children,
    /// Whether to write the date on a ticked item.
    pub done_dates: bool,
}

/// What to do with an item after logging it.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Deserialize, Serialize)]
#[serde(rename_all = "lowercase")]
pub(crate) enum Logged {
    /// Tick it.
    #[default]
    Tick,
    /// Remove it.
    Remove,
}

/// What to do with the open items below a logged item.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Deserialize, Serialize)]
#[serde(rename_all = "lowercase")]
pub(crate) enum Children {
    /// Ask each time.
    #[default]
    Ask,
    /// Leave them open.
    Leave,
    /// Tick them.
    Tick,
}

/// How reviews are scheduled.
#[derive(Debug, Clone, Copy, PartialEq, Deserialize, Serialize)]
#[serde(default, rename_all = "kebab-case", deny_unknown_fields)]
pub struct Review {
    /// The recall probability at which an entry becomes due, from 0.7 to 0.99.
    #[serde(deserialize_with = "value::retention")]
    pub retention: f32,
    /// Maximum number of reviews a day.
    #[serde(deserialize_with = "value::within::<_, 1, 1000>")]
    pub max_per_day: u16,
    /// Maximum number of new entries a day.
    #[serde(deserialize_with = "value::within::<_, 0, 1000>")]
    pub new_per_day: u16,
    /// Which new entries come first.
    pub(crate) new_first: NewOrder,
    /// The hour at which a new day starts.
    #[serde(deserialize_with = "value::within::<_, 0, 23>")]
    pub day_starts_at: u16,
    /// Where to keep the grades and other files about a log.
    pub(crate) state: StateFolder,
}

/// The order of new entries.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, Serialize)]
#[serde(rename_all = "lowercase")]
pub(crate) enum NewOrder {
    /// Read longest ago first.
    Oldest,
    /// Read most recently first.
    Newest,
}

/// Where to keep the grades and other files about a log.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, Serialize)]
#[serde(rename_all = "lowercase")]
pub(crate) enum StateFolder {
    /// In a folder beside the log.
    Log,
    /// In the user's state folder.
    User,
}

/// What is remembered between runs.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, Serialize)]
#[serde(default, rename_all = "kebab-case", deny_unknown_fields)]
pub(crate) struct Session {
    /// Whether to restore the last position in a log, and to list recently opened logs.
    pub remember: bool,
}

impl Default for Config {
    fn default() -> Self {
        Self {
            logs: Vec::new(),
            language: LanguageSetting::Auto,
            theme: AUTO.to_owned(),
            mouse: true,
            editor: CommandWords::default(),
            opener: CommandWords::default(),
            pdf_folders: Vec::new(),
            layout: Layout::default(),
            pictures: Pictures::default(),
            dialect: DialectSettings::default(),
            entry: EntrySettings::default(),
            pending: Pending::default(),
            review: Review::default(),
            session: Session::default(),
            topics: BTreeMap::new(),
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
        Self { show: PictureProtocol::Auto, cache: 64 }
    }
}

impl Default for Review {
    fn default() -> Self {
        Self {
            retention: 0.9,
            max_per_day: 20,
            new_per_day: 5,
            new_first: NewOrder::Oldest,
            day_starts_at: 4,
            state: StateFolder::Log,
        }
    }
}

impl Default for Session {
    fn default() -> Self {
        Self { remember: true }
    }
}

impl Review {
    /// Converts to the type of the `review` room.
    pub fn settings(self) -> review::ReviewSettings {
        let new_first = match self.new_first {
            NewOrder::Oldest => NewFirst::Oldest,
            NewOrder::Newest => NewFirst::Newest,
        };
        let day_start = DayStart(u8::try_from(self.day_starts_at).unwrap_or_default());
        review::ReviewSettings {
            retention: self.retention,
            max_per_day: usize::from(self.max_per_day),
            new_per_day: usize::from(self.new_per_day),
            new_first,
            day_start,
        }
    }
}

impl Config {
    /// The configured theme; `None` for `auto`.
    pub(crate) fn theme(&self) -> Option<String> {
        (self.theme != AUTO).then(|| self.theme.clone())
    }

    /// The settings that decide how changes are made.
    pub fn habits(&self) -> EditOptions {
        EditOptions {
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
