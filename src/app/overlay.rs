//! What lies over the panes, and takes the keys while it does.

use super::App;
use super::finding::everywhere::Everywhere;
use super::finding::finder::Finder;
use super::habit::calendar::Calendar;
use super::habit::statistics::Statistics;
use super::keys::context::Context;
use super::lists::menu::Menu;
use super::lists::palette::Palette;
use super::lists::picker::Picker;
use super::lists::prompt::Prompt;
use super::lists::sheet::{Sheet, Subject};
use super::logs::list::Logs;
use super::reviewing::quiz::Quiz;

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

    pub(super) fn menu_mut(&mut self) -> Option<&mut Menu> {
        match self {
            Self::Palette(palette) => Some(&mut palette.menu),
            Self::Logs(logs) => Some(&mut logs.menu),
            _ => None,
        }
    }
}

impl App {
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

    /// The finder, if it is on top.
    pub fn finder(&self) -> Option<&Finder> {
        match self.overlays.last() {
            Some(Overlay::Finder(finder)) => Some(finder),
            _ => None,
        }
    }
}
