//! An overlay with text to read: the keys, how the log was read, a week's digest.

use chrono::NaiveDate;

use super::help;
use crate::app::keys::context::Context;
use crate::app::page::account::reading;
use crate::app::page::flow::{Kind, Line, Role};
use crate::app::screen::layout::{self, Area, Size};
use crate::app::screen::viewport::Viewport;
use crate::app::{App, Overlay};
use crate::words::Language;

/// A text over the panes.
#[derive(Debug)]
pub struct Sheet {
    /// Which text.
    pub subject: Subject,
    /// Scrolling.
    pub view: Viewport,
    /// The words that a line must hold to be shown.
    pub words: String,
    /// The text, at the width of the screen.
    pub lines: Vec<Line>,
}

/// What a sheet is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Subject {
    /// What the keys do, those of this place first.
    Keys(Context),
    /// How the log was read.
    Reading,
    /// What the week that holds this day brought.
    Week(NaiveDate),
}

impl Sheet {
    /// A sheet at its top.
    pub fn new(subject: Subject) -> Self {
        Self { subject, view: Viewport::default(), words: String::new(), lines: Vec::new() }
    }
}

impl Subject {
    /// What stands in the border.
    pub fn title(self, language: Language) -> &'static str {
        match self {
            Self::Keys(_) => language.pick("Keys", "按键"),
            Self::Reading => language.pick("How the log was read", "日志是怎样读的"),
            Self::Week(_) => language.pick("The week", "一周小结"),
        }
    }

    /// Where keys go.
    pub(in crate::app) fn context(self) -> Context {
        match self {
            Self::Keys(_) | Self::Reading => Context::Sheet,
            Self::Week(_) => Context::Week,
        }
    }

    /// The text; only the lines with some words, where there are any.
    pub(in crate::app) fn lines(self, app: &App, words: &str) -> Vec<Line> {
        let widest = usize::from(layout::inside(layout::overlay(app.size, u16::MAX, 0)).width);
        let words: Vec<String> = words.split_whitespace().map(str::to_lowercase).collect();
        let holds = |text: &str| {
            let text = text.to_lowercase();
            words.iter().all(|word| text.contains(word))
        };
        let lines = match self {
            Self::Keys(place) => help::lines(&app.keymap, place, app.language, widest, holds),
            Self::Reading => narrowed(reading(&app.log, app.language, widest), holds),
            Self::Week(day) => narrowed(app.week(day), holds),
        };
        if lines.is_empty() && !words.is_empty() {
            let text = app.language.pick("No matching line; Esc shows all", "没有匹配的行；按 Esc 显示全部");
            return vec![Line::of(Kind::Text, Role::Fact, text)];
        }
        lines
    }
}

impl Sheet {
    /// Makes the lines anew.
    pub(in crate::app) fn lay_out(&mut self, app: &App) {
        self.lines = self.subject.lines(app, &self.words);
    }
}

impl App {
    /// Shows only the lines with some words, from the first on.
    pub(in crate::app) fn narrow_sheet(&mut self, words: String) {
        let sheet = self.overlays.iter_mut().rev().find_map(|overlay| match overlay {
            Overlay::Sheet(sheet) => Some(sheet),
            _ => None,
        });
        if let Some(sheet) = sheet {
            (sheet.words, sheet.view) = (words, Viewport::default());
        }
    }
}

/// The lines that are wanted, with what hangs below them, and the headings over them; all where all are.
fn narrowed(lines: Vec<Line>, holds: impl Fn(&str) -> bool) -> Vec<Line> {
    if holds("") {
        return lines;
    }
    let text = |line: &Line| line.spans.iter().map(|span| span.text.as_str()).collect::<String>();
    let hangs = |line: &Line| text(line).starts_with(' ');
    let mut shown: Vec<Line> = Vec::new();
    let mut heading: Option<&Line> = None;
    for lines in lines.chunk_by(|_, next| hangs(next)) {
        if lines[0].kind == Kind::Heading {
            heading = Some(&lines[0]);
            continue;
        }
        let all: String = lines.iter().map(text).collect::<Vec<_>>().join(" ");
        if all.is_empty() || !holds(&all) {
            continue;
        }
        if let Some(heading) = heading.take() {
            shown.extend((!shown.is_empty()).then(Line::default));
            shown.push(heading.clone());
        }
        shown.extend_from_slice(lines);
    }
    shown
}

/// Where lines stand over the panes, the border included: as large as they need.
pub fn area(size: Size, lines: &[Line]) -> Area {
    let columns = lines.iter().map(Line::width).max().unwrap_or(0);
    layout::overlay(size, u16::try_from(columns).unwrap_or(u16::MAX), u16::try_from(lines.len()).unwrap_or(u16::MAX))
}
