//! Where a key is pressed, and what a line of the table of keys says.

use super::action::Action;
use super::key::Key;
use crate::app::screen::layout::Pane;
use crate::words::Both;

/// Where a key is pressed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Context {
    /// In a pane.
    Pane(Pane),
    /// In the finder, where other keys are text.
    Finder,
    /// In everything search, where other keys are text.
    Everywhere,
    /// In the command palette, where other keys are text.
    Palette,
    /// In the list of logs, where other keys are text.
    Logs,
    /// In the text of a file that shows how it is written.
    Teach,
    /// In a text over the panes.
    Sheet,
    /// In a list over the panes.
    Picker,
    /// In the list of PDFs that are not in the log.
    Library,
    /// In the line where text is typed.
    Prompt,
    /// Where one figure is shown.
    Figure,
    /// In a review.
    Quiz,
    /// In the calendar.
    Calendar,
    /// In the statistics.
    Statistics,
    /// In a week's digest.
    Week,
}

impl Context {
    /// Whether keys that are not bound are text.
    pub fn takes_text(self) -> bool {
        matches!(self, Self::Finder | Self::Everywhere | Self::Palette | Self::Logs | Self::Prompt)
    }

    /// Whether digits are a count for the next key.
    pub fn takes_counts(self) -> bool {
        !self.takes_text() && self != Self::Quiz
    }
}

pub(super) const TIMELINE: &[Context] = &[Context::Pane(Pane::Timeline)];
pub(super) const CHECKLIST: &[Context] = &[Context::Pane(Pane::Checklist)];
pub(super) const LISTS: &[Context] = &[Context::Pane(Pane::Timeline), Context::Pane(Pane::Checklist)];
pub(super) const PANES: &[Context] =
    &[Context::Pane(Pane::Timeline), Context::Pane(Pane::Page), Context::Pane(Pane::Checklist)];
pub(super) const READING: &[Context] = &[
    Context::Pane(Pane::Timeline),
    Context::Pane(Pane::Page),
    Context::Pane(Pane::Checklist),
    Context::Teach,
    Context::Sheet,
    Context::Picker,
    Context::Library,
    Context::Week,
];
pub(super) const FINDER: &[Context] = &[Context::Finder];
pub(super) const EVERYWHERE: &[Context] = &[Context::Everywhere];
pub(super) const PALETTE: &[Context] = &[Context::Palette];
pub(super) const LOGS: &[Context] = &[Context::Logs];
pub(super) const QUERIES: &[Context] = &[Context::Finder, Context::Everywhere, Context::Palette, Context::Logs];
pub(super) const TEACH: &[Context] = &[Context::Teach];
pub(super) const SHEET: &[Context] = &[Context::Sheet];
pub(super) const PICKER: &[Context] = &[Context::Picker];
pub(super) const LIBRARY: &[Context] = &[Context::Library];
pub(super) const PROMPT: &[Context] = &[Context::Prompt];
pub(super) const QUIZ: &[Context] = &[Context::Quiz];
pub(super) const CALENDAR: &[Context] = &[Context::Calendar];
pub(super) const STATISTICS: &[Context] = &[Context::Statistics];
pub(super) const WEEK: &[Context] = &[Context::Week];
pub(super) const PAGE: &[Context] = &[Context::Pane(Pane::Page)];
pub(super) const FIGURE: &[Context] = &[Context::Figure];
pub(super) const ALL: &[Context] = &[
    Context::Pane(Pane::Timeline),
    Context::Pane(Pane::Page),
    Context::Pane(Pane::Checklist),
    Context::Finder,
    Context::Everywhere,
    Context::Palette,
    Context::Logs,
    Context::Teach,
    Context::Sheet,
    Context::Picker,
    Context::Library,
    Context::Prompt,
    Context::Figure,
    Context::Quiz,
    Context::Calendar,
    Context::Statistics,
    Context::Week,
];

/// A line of the keymap.
#[derive(Debug)]
pub struct Binding {
    /// Any of these, by default; none where only the palette has it.
    pub keys: &'static [Key],
    /// Where.
    pub contexts: &'static [Context],
    /// What they do.
    pub action: Action,
    /// The same in words, for the help screen.
    pub about: Both<&'static str>,
    /// The same in a word, for the status line; empty where it is not worth one.
    pub hint: Both<&'static str>,
}

impl Binding {
    /// What its places are called in the configuration, together.
    pub fn places(&self) -> &'static str {
        match self.contexts {
            TIMELINE => "timeline",
            PAGE => "summary",
            CHECKLIST => "pending",
            LISTS => "timeline-and-pending",
            PANES => "panes",
            READING => "reading",
            FINDER => "finder",
            EVERYWHERE => "everywhere",
            PALETTE => "commands",
            LOGS => "logs",
            QUERIES => "queries",
            TEACH => "teaching",
            SHEET => "help",
            PICKER => "choice",
            LIBRARY => "library",
            PROMPT => "line",
            FIGURE => "figure",
            QUIZ => "review",
            CALENDAR => "calendar",
            STATISTICS => "statistics",
            WEEK => "week",
            _ => "anywhere",
        }
    }

    /// Whether two lines of the keymap hold in one place.
    pub fn meets(&self, other: &Self) -> bool {
        self.contexts.iter().any(|context| other.contexts.contains(context))
    }
}
