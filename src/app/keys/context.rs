//! Key contexts, and the type of a line in the key table.

use super::action::Action;
use super::key::KeyPress;
use crate::app::screen::layout::Pane;
use crate::words::Both;

/// Where a key is pressed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Context {
    /// In a pane.
    Pane(Pane),
    /// The finder; unbound keys are text.
    Finder,
    /// Full-text search; unbound keys are text.
    Everywhere,
    /// The command palette; unbound keys are text.
    Palette,
    /// The list of logs; unbound keys are text.
    Logs,
    /// The raw text of a file, to teach its form.
    Teach,
    /// A sheet of text, such as the help.
    Sheet,
    /// A list to choose from.
    Picker,
    /// The list of PDFs that are not in the log.
    Library,
    /// A line of input; unbound keys are text.
    Prompt,
    /// A figure shown full screen.
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
    /// Whether unbound keys are typed as text.
    pub fn takes_text(self) -> bool {
        matches!(self, Self::Finder | Self::Everywhere | Self::Palette | Self::Logs | Self::Prompt)
    }

    /// Whether digits form a count for the next key.
    pub fn takes_counts(self) -> bool {
        !self.takes_text() && self != Self::Quiz
    }
}

pub(in crate::app::keys) const TIMELINE: &[Context] = &[Context::Pane(Pane::Timeline)];
pub(in crate::app::keys) const CHECKLIST: &[Context] = &[Context::Pane(Pane::Pending)];
pub(in crate::app::keys) const LISTS: &[Context] = &[Context::Pane(Pane::Timeline), Context::Pane(Pane::Pending)];
pub(in crate::app::keys) const PANES: &[Context] =
    &[Context::Pane(Pane::Timeline), Context::Pane(Pane::Summary), Context::Pane(Pane::Pending)];
pub(in crate::app::keys) const READING: &[Context] = &[
    Context::Pane(Pane::Timeline),
    Context::Pane(Pane::Summary),
    Context::Pane(Pane::Pending),
    Context::Teach,
    Context::Sheet,
    Context::Picker,
    Context::Library,
    Context::Week,
];
pub(in crate::app::keys) const FINDER: &[Context] = &[Context::Finder];
pub(in crate::app::keys) const EVERYWHERE: &[Context] = &[Context::Everywhere];
pub(in crate::app::keys) const PALETTE: &[Context] = &[Context::Palette];
pub(in crate::app::keys) const LOGS: &[Context] = &[Context::Logs];
pub(in crate::app::keys) const QUERIES: &[Context] =
    &[Context::Finder, Context::Everywhere, Context::Palette, Context::Logs];
pub(in crate::app::keys) const TEACH: &[Context] = &[Context::Teach];
pub(in crate::app::keys) const SHEET: &[Context] = &[Context::Sheet];
pub(in crate::app::keys) const PICKER: &[Context] = &[Context::Picker];
pub(in crate::app::keys) const LIBRARY: &[Context] = &[Context::Library];
pub(in crate::app::keys) const PROMPT: &[Context] = &[Context::Prompt];
pub(in crate::app::keys) const QUIZ: &[Context] = &[Context::Quiz];
pub(in crate::app::keys) const CALENDAR: &[Context] = &[Context::Calendar];
pub(in crate::app::keys) const STATISTICS: &[Context] = &[Context::Statistics];
pub(in crate::app::keys) const WEEK: &[Context] = &[Context::Week];
pub(in crate::app::keys) const PAGE: &[Context] = &[Context::Pane(Pane::Summary)];
pub(in crate::app::keys) const FIGURE: &[Context] = &[Context::Figure];
pub(in crate::app::keys) const ALL: &[Context] = &[
    Context::Pane(Pane::Timeline),
    Context::Pane(Pane::Summary),
    Context::Pane(Pane::Pending),
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

/// A line of the key table.
#[derive(Debug, Clone, Copy)]
pub struct Binding {
    /// The default keys, any of which works; empty for an action that only the palette offers.
    pub keys: &'static [KeyPress],
    /// Where the keys work.
    pub contexts: &'static [Context],
    /// The action they run.
    pub action: Action,
    /// A description for the help.
    pub about: Both<&'static str>,
    /// A word for the hints in the status line; empty to show no hint.
    pub hint: Both<&'static str>,
}

impl Binding {
    /// The name of its contexts in the configuration.
    pub fn places(&self) -> &'static str {
        match self.contexts {
            TIMELINE => "timeline",
            PAGE => "summary",
            CHECKLIST => "pending",
            LISTS => "timeline-and-pending",
            PANES => "panes",
            READING => "reading",
            FINDER => "finder",
            EVERYWHERE => "full-text",
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
            _ => "global",
        }
    }

    /// Whether two bindings share a context.
    pub fn meets(&self, other: &Self) -> bool {
        self.contexts.iter().any(|context| other.contexts.contains(context))
    }
}
