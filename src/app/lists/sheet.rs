//! Sheets of scrollable text: the key help, how the log was read, the weekly digest.

use chrono::NaiveDate;

use super::help;
use crate::app::keys::action::Action;
use crate::app::keys::context::Context;
use crate::app::page::account::reading;
use crate::app::page::flow::{BlockKind, PageLine, SpanRole};
use crate::app::screen::layout::{self, Area, Size};
use crate::app::screen::viewport::Viewport;
use crate::app::{App, Overlay};
use crate::say;
use crate::words::Language;

/// A sheet of text.
#[derive(Debug)]
pub struct Sheet {
    /// What it shows.
    pub subject: Subject,
    /// The scroll position.
    pub view: Viewport,
    /// Shows only lines with all of these words.
    pub words: String,
    /// The text, laid out at the screen's width.
    pub lines: Vec<PageLine>,
}

/// What a sheet shows.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Subject {
    /// The keys, starting with the keys of this context.
    Keys(Context),
    /// How the log was read.
    Reading,
    /// The digest of this day's week.
    Week(NaiveDate),
}

impl Sheet {
    /// A sheet scrolled to the top.
    pub fn new(subject: Subject) -> Self {
        Self { subject, view: Viewport::default(), words: String::new(), lines: Vec::new() }
    }
}

impl Subject {
    /// The title in the border.
    pub fn title(self, language: Language) -> &'static str {
        match self {
            Self::Keys(_) => language.pick("Keys", "快捷键"),
            Self::Reading => language.pick("How the log was read", "日志是怎样识别的"),
            Self::Week(_) => language.pick("The week", "周小结"),
        }
    }

    /// The key context.
    pub(in crate::app) fn context(self) -> Context {
        match self {
            Self::Keys(_) | Self::Reading => Context::Sheet,
            Self::Week(_) => Context::Week,
        }
    }

    /// The text, filtered by `words` if there are any.
    pub(in crate::app) fn lines(self, app: &App, words: &str) -> Vec<PageLine> {
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
            let all = app.keymap.call(Action::Cancel, self.context());
            let text =
                say!(app.language, "No matching line; press {all} to show all", "没有匹配的行；按 {all} 显示全部");
            return vec![PageLine::of(BlockKind::Text, SpanRole::Fact, &text)];
        }
        lines
    }
}

impl Sheet {
    /// Lays out the text again.
    pub(in crate::app) fn lay_out(&mut self, app: &App) {
        self.lines = self.subject.lines(app, &self.words);
    }
}

impl App {
    /// Filters the sheet by words and scrolls to the top.
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

/// The matching lines with their continuations and headings; all lines if `holds` accepts the empty text,
/// since then there is no filter.
fn narrowed(lines: Vec<PageLine>, holds: impl Fn(&str) -> bool) -> Vec<PageLine> {
    if holds("") {
        return lines;
    }
    let text = |line: &PageLine| line.spans.iter().map(|span| span.text.as_str()).collect::<String>();
    let hangs = |line: &PageLine| text(line).starts_with(' ');
    let mut shown: Vec<PageLine> = Vec::new();
    let mut heading: Option<&PageLine> = None;
    for lines in lines.chunk_by(|_, next| hangs(next)) {
        if lines[0].kind == BlockKind::Heading {
            heading = Some(&lines[0]);
            continue;
        }
        let all: String = lines.iter().map(text).collect::<Vec<_>>().join(" ");
        if all.is_empty() || !holds(&all) {
            continue;
        }
        if let Some(heading) = heading.take() {
            shown.extend((!shown.is_empty()).then(PageLine::default));
            shown.push(heading.clone());
        }
        shown.extend_from_slice(lines);
    }
    shown
}

/// The area of a sheet, border included, sized for its lines.
pub fn area(size: Size, lines: &[PageLine]) -> Area {
    let columns = lines.iter().map(PageLine::width).max().unwrap_or(0);
    layout::overlay(size, u16::try_from(columns).unwrap_or(u16::MAX), u16::try_from(lines.len()).unwrap_or(u16::MAX))
}
