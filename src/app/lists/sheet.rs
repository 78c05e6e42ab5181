//! An overlay with text to read: the keys, how the log was read, a week's digest.

use chrono::NaiveDate;

use super::help;
use crate::app::App;
use crate::app::keys::context::Context;
use crate::app::page::account::reading;
use crate::app::page::flow::Line;
use crate::app::screen::layout::{self, Area, Size};
use crate::app::screen::viewport::Viewport;
use crate::words::Language;

/// A text over the panes.
#[derive(Debug)]
pub struct Sheet {
    /// Which text.
    pub subject: Subject,
    /// Scrolling.
    pub view: Viewport,
    /// The text, at the width of the screen.
    pub lines: Vec<Line>,
}

/// What a sheet is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Subject {
    /// What the keys do.
    Keys,
    /// How the log was read.
    Reading,
    /// What the week that holds this day brought.
    Week(NaiveDate),
}

impl Sheet {
    /// A sheet at its top.
    pub fn new(subject: Subject) -> Self {
        Self { subject, view: Viewport::default(), lines: Vec::new() }
    }
}

impl Subject {
    /// What stands in the border.
    pub fn title(self, language: Language) -> &'static str {
        match self {
            Self::Keys => language.pick("Keys", "按键"),
            Self::Reading => language.pick("How the log was read", "日志是怎样读的"),
            Self::Week(_) => language.pick("The week", "一周小结"),
        }
    }

    /// Where keys go.
    pub(in crate::app) fn context(self) -> Context {
        match self {
            Self::Keys | Self::Reading => Context::Sheet,
            Self::Week(_) => Context::Week,
        }
    }

    /// The text.
    pub(in crate::app) fn lines(self, app: &App) -> Vec<Line> {
        let widest = usize::from(layout::inside(layout::overlay(app.size, u16::MAX, 0)).width);
        match self {
            Self::Keys => help::lines(&app.keymap, app.language, widest),
            Self::Reading => reading(&app.log, app.language, widest),
            Self::Week(day) => app.week(day),
        }
    }
}

/// Where lines stand over the panes, the border included: as large as they need.
pub fn area(size: Size, lines: &[Line]) -> Area {
    let columns = lines.iter().map(Line::width).max().unwrap_or(0);
    layout::overlay(size, u16::try_from(columns).unwrap_or(u16::MAX), u16::try_from(lines.len()).unwrap_or(u16::MAX))
}
