//! The prompt: a framed text field for a search, a filter, a title, an item or a day.

use std::ops::Range;

use super::field::Field;
use crate::app::keys::action::Action;
use crate::app::keys::context::Context;
use crate::app::page::flow::{BlockKind, SpanRole, paragraph};
use crate::app::panes::filter::ItemFilter;
use crate::app::screen::layout::{Area, Pane, Size};
use crate::app::{App, Effect, Overlay, Tone};
use crate::log::edit::{InsertAt, PlannedEntry, Target};
use crate::log::template::Facts;
use crate::papers::about::About;
use crate::say;
use crate::words::Language;

/// The frame's minimum width in columns, if the screen is that wide.
const WIDTH: u16 = 60;
/// The most rows of typed text shown at once.
pub const TYPED: usize = 4;
/// The most rows of the note below the typed text.
pub const NOTED: usize = 2;

/// The state of the prompt.
#[derive(Debug)]
pub struct Prompt {
    /// What the input is for.
    pub purpose: Purpose,
    /// The text field.
    pub field: Field,
    /// The initial text.
    pub begun: String,
    /// Facts from the PDF that the input names.
    pub pdf_info: PdfInfo,
}

/// What a prompt asks for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Purpose {
    /// Text to search for in the page.
    SearchPage {
        /// The top line of the page when the search began: where to look for the first hit, and where Esc returns.
        from: usize,
    },
    /// Words to filter a sheet's lines by.
    NarrowSheet,
    /// A title for the numbered reference with these digits.
    NameReference(String),
    /// Words to filter the checklist by.
    FilterItems {
        /// The filter before the prompt. Esc restores it without its words.
        before: ItemFilter,
    },
    /// The text of a new item.
    AddItem {
        /// Index into the files of the log.
        file: usize,
        /// Where to insert it.
        place: InsertAt,
    },
    /// New text for an item.
    EditItem {
        /// Index into the files of the log.
        file: usize,
        /// The item.
        target: Target,
    },
    /// The title of a new entry.
    Title,
    /// The day of a new entry.
    Day(PlannedEntry),
}

/// Facts from a PDF named in the prompt.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PdfInfo {
    /// (typed text, facts from the PDF that it names).
    pub about: Option<Box<(String, About)>>,
    /// Text that names an unreadable PDF and will be used as it is.
    pub unread: Option<String>,
}

impl PdfInfo {
    /// No facts.
    pub const NONE: Self = Self { about: None, unread: None };

    /// The facts for an entry of this title; none if the user has since typed a different title.
    pub(in crate::app) fn facts(&self, title: &str) -> Facts {
        let Some((_, about)) = self.about.as_deref() else { return Facts::default() };
        let known: Vec<&str> = about.title.split_whitespace().collect();
        let (all, kept) = title
            .split_whitespace()
            .fold((0, 0), |(all, kept), word| (all + 1, kept + usize::from(known.contains(&word))));
        if kept * 2 > all { about.facts.clone() } else { Facts::default() }
    }
}

impl Purpose {
    /// Updates the file index after the log's files changed. If the file is gone, the typed text is kept, and saving
    /// it is refused.
    pub(in crate::app) fn moved(&mut self, now: &dyn Fn(usize) -> Option<usize>) {
        match self {
            Self::AddItem { file, .. } | Self::EditItem { file, .. } => *file = now(*file).unwrap_or(usize::MAX),
            Self::Day(planned) => planned.moved(now),
            Self::SearchPage { .. } | Self::NarrowSheet | Self::FilterItems { .. } => {}
            Self::NameReference(_) | Self::Title => {}
        }
    }

    /// Whether the input may name a paper that was already read.
    pub fn names_a_paper(&self) -> bool {
        matches!(self, Self::AddItem { .. } | Self::EditItem { .. } | Self::Title)
    }
}

impl Prompt {
    /// A prompt with an initial text, which may be empty.
    pub fn new(purpose: Purpose, answer: &str) -> Self {
        Self { purpose, field: Field::new(answer), begun: answer.to_owned(), pdf_info: PdfInfo::NONE }
    }

    /// The title of the frame.
    pub fn title(&self, language: Language) -> String {
        match &self.purpose {
            Purpose::SearchPage { .. } => language.pick("Search the summary", "在笔记中查找").to_owned(),
            Purpose::NarrowSheet => language.pick("Show lines with", "只显示包含以下文字的行").to_owned(),
            Purpose::NameReference(id) => {
                say!(language, "Which paper is [{id}]?", "[{id}] 是哪篇论文？")
            }
            Purpose::FilterItems { .. } => language.pick("Show items with", "筛选待读项").to_owned(),
            Purpose::AddItem { place: InsertAt::Under(above), .. } => {
                say!(language, "Add a sub-item of “{}”", "为“{}”添加子项", above.text())
            }
            Purpose::AddItem { .. } => language.pick("Add an item", "添加待读项").to_owned(),
            Purpose::EditItem { .. } => language.pick("Reword the item", "修改待读项").to_owned(),
            Purpose::Title => language.pick("New entry: title", "新条目的标题").to_owned(),
            Purpose::Day(_) => language.pick("Date, such as 2031.5.17", "日期，如 2031.5.17").to_owned(),
        }
    }

    /// A word for what Enter does.
    pub fn done(&self, language: Language) -> &'static str {
        match &self.purpose {
            Purpose::SearchPage { .. } => language.pick("go there", "转到"),
            Purpose::NarrowSheet | Purpose::FilterItems { .. } => language.pick("apply", "确定"),
            Purpose::NameReference(_) => language.pick("save", "确定"),
            Purpose::AddItem { .. } => language.pick("add", "添加"),
            Purpose::EditItem { .. } => language.pick("change", "修改"),
            Purpose::Title => language.pick("next", "下一步"),
            Purpose::Day(_) => language.pick("write", "写入"),
        }
    }

    /// The pane that the input changes.
    fn pane(&self) -> Pane {
        match &self.purpose {
            Purpose::SearchPage { .. } | Purpose::NameReference(_) | Purpose::NarrowSheet => Pane::Summary,
            Purpose::FilterItems { .. } | Purpose::AddItem { .. } | Purpose::EditItem { .. } => Pane::Pending,
            Purpose::Title | Purpose::Day(_) => Pane::Timeline,
        }
    }

    /// Whether the input becomes a new pending item.
    pub(in crate::app) fn adds_item(&self) -> bool {
        matches!(self.purpose, Purpose::AddItem { .. })
    }

    /// Whether results are shown while typing, so that the frame must not cover them.
    fn is_search(&self) -> bool {
        matches!(self.purpose, Purpose::SearchPage { .. } | Purpose::NarrowSheet | Purpose::FilterItems { .. })
    }
}

impl App {
    /// Whether an open prompt has input that would be written to the log or beside it, or a list asks where to write a
    /// title that was typed before.
    pub(in crate::app) fn has_unsaved_input(&self) -> bool {
        match self.overlays.last() {
            Some(Overlay::Prompt(prompt)) => {
                let has_title = matches!(prompt.purpose, Purpose::Day(_));
                !prompt.is_search() && (has_title || prompt.field.text() != prompt.begun)
            }
            Some(Overlay::Picker(picker)) => picker.choice().is_some_and(|choice| choice.target.is_of_typed_title()),
            _ => false,
        }
    }

    /// Says how to accept or discard the input.
    pub(in crate::app) fn tell_unsaved_input(&mut self) -> Vec<Effect> {
        let call = |action| self.keymap.call(action, Context::Prompt);
        let (keep, drop) = (call(Action::Open), call(Action::Cancel));
        self.tell_error(say!(
            self.language,
            "You have unsaved input: press {keep} to accept it, {drop} to discard it",
            "输入的内容尚未保存：按 {keep} 确定，按 {drop} 放弃"
        ))
    }

    /// The note below the input: why it was rejected, which papers it may be about, or the PDF that it names.
    pub(crate) fn prompt_note(&self) -> Option<(String, Tone)> {
        let error = self.status.as_ref().filter(|status| status.tone == Tone::Error);
        let error = error.map(|status| (format!("! {}", status.text), Tone::Error));
        let known = || {
            let paper = self.known_line().or_else(|| self.pdf_line());
            let parts: Vec<String> = self.listed_line().into_iter().chain(paper).collect();
            (!parts.is_empty()).then(|| (parts.join(" · "), Tone::Notice))
        };
        error.or_else(known)
    }

    /// The area of the frame: near the place of the change, and as tall as the text needs. For a new item,
    /// the frame leaves the item under the cursor visible; for rewording, the input replaces the item.
    pub fn prompt_area(&self, prompt: &Prompt) -> Area {
        let Size { width, height } = self.size;
        let home =
            self.pane_area(prompt.pane()).unwrap_or(Area { x: 0, y: 1, width, height: height.saturating_sub(2) });
        let width = home.width.max(WIDTH).min(width);
        let x = home.x.min(self.size.width - width);
        let columns = usize::from(width.saturating_sub(4));
        let typed = prompt.field.rows(columns).0.len().min(TYPED);
        let noted =
            self.prompt_note().map_or(0, |(note, _)| paragraph(&note, SpanRole::Fact, BlockKind::Text, columns).len());
        let rows = u16::try_from(typed + noted.min(NOTED)).unwrap_or(u16::MAX).saturating_add(2);
        let rows = rows.min(height.saturating_sub(2));
        let (first, end) = (1, height.saturating_sub(1));
        let item = if prompt.is_search() { None } else { self.item_rows() };
        let y = match (&prompt.purpose, item) {
            _ if prompt.is_search() => home.y + home.height.saturating_sub(rows),
            (Purpose::AddItem { .. }, Some(item)) if item.end + rows <= end => item.end,
            (Purpose::AddItem { .. }, Some(item)) => item.start.saturating_sub(rows),
            (Purpose::EditItem { .. }, Some(item)) => item.start.saturating_sub(1),
            (Purpose::NameReference(_), _) => home.y + home.height.saturating_sub(rows),
            _ => home.y + 1,
        };
        Area { x, y: y.min(end.saturating_sub(rows)).max(first), width, height: rows }
    }

    /// Rows that a search prompt takes from a pane; other prompts lie over the panes.
    pub(in crate::app) fn prompt_rows(&self, pane: Pane) -> u16 {
        match self.overlays.as_slice() {
            [Overlay::Prompt(prompt)] if prompt.is_search() && prompt.pane() == pane => self.prompt_area(prompt).height,
            _ => 0,
        }
    }

    /// The screen rows of the item under the cursor.
    fn item_rows(&self) -> Option<Range<u16>> {
        let area = self.text_area(Pane::Pending)?;
        let rows = self.checklist.cursor_rows();
        let on_screen =
            |row: usize| u16::try_from(row.checked_sub(self.checklist.view.top)?).ok().map(|row| area.y + row);
        let end = area.y + area.height;
        Some(on_screen(rows.start)?.min(end)..on_screen(rows.end)?.min(end)).filter(|rows| !rows.is_empty())
    }
}
