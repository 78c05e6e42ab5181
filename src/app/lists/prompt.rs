//! A line to type in a frame: what to look for, what to call something.

use std::ops::Range;

use super::field::Field;
use crate::app::page::flow::{Kind, Role, paragraph};
use crate::app::panes::filter::Filter;
use crate::app::screen::layout::{Area, Pane, Size};
use crate::app::{App, Overlay, Tone};
use crate::log::edit::{Draft, Place, Target};
use crate::log::template::Facts;
use crate::papers::about::About;
use crate::say;
use crate::words::Language;

/// Columns of the frame, where the screen has them.
const WIDTH: u16 = 60;
/// Rows of what is typed that are seen at once.
pub const TYPED: usize = 4;
/// Rows of what is said below it.
pub const NOTED: usize = 2;

/// The question and the answer so far.
#[derive(Debug)]
pub struct Prompt {
    /// What the answer is for.
    pub purpose: Purpose,
    /// The answer.
    pub field: Field,
    /// The answer that it began with.
    pub begun: String,
    /// What is known of the paper that it names.
    pub told: Told,
}

/// What is asked for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Purpose {
    /// Text to look for in the page.
    SearchPage {
        /// The line from which on the first hit is shown.
        from: usize,
    },
    /// What the lines of the text over the panes must hold.
    NarrowSheet,
    /// The title of what a reference, by its id, stands for.
    NameReference(String),
    /// What the items of the checklist that are shown must hold.
    FilterItems {
        /// What was shown before.
        before: Filter,
    },
    /// The text of a new item.
    AddItem {
        /// Index into the files of the log.
        file: usize,
        /// Where it shall stand.
        place: Place,
    },
    /// Another text for an item.
    EditItem {
        /// Index into the files of the log.
        file: usize,
        /// Which item.
        target: Target,
    },
    /// The title of a new entry.
    Title,
    /// The day of a new entry.
    Day(Draft),
}

/// What is known of the paper that is named in a line.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Told {
    /// What a PDF says, with what was typed for it.
    pub about: Option<Box<(String, About)>>,
    /// What was typed that names a PDF which cannot be read: it is taken as it is.
    pub unread: Option<String>,
}

impl Told {
    /// Nothing.
    pub const NOTHING: Self = Self { about: None, unread: None };

    /// What an entry of this title begins with: nothing where another title was typed since.
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
    /// Whether the answer may be a paper that was read already.
    pub fn names_a_paper(&self) -> bool {
        matches!(self, Self::AddItem { .. } | Self::EditItem { .. } | Self::Title)
    }
}

impl Prompt {
    /// A question with a first answer, which may be empty.
    pub fn new(purpose: Purpose, answer: &str) -> Self {
        Self { purpose, field: Field::new(answer), begun: answer.to_owned(), told: Told::NOTHING }
    }

    /// What is asked, for the frame's title.
    pub fn title(&self, language: Language) -> String {
        match &self.purpose {
            Purpose::SearchPage { .. } => language.pick("Find in the page", "在页面中查找").to_owned(),
            Purpose::NarrowSheet => language.pick("Show the lines with", "只显示含有的行").to_owned(),
            Purpose::NameReference(id) => say!(language, "[{id}] stands for", "[{id}] 代表"),
            Purpose::FilterItems { .. } => language.pick("Show the items with", "筛选条目").to_owned(),
            Purpose::AddItem { place: Place::Under(above), .. } => {
                say!(language, "Add below “{}”", "添加到“{}”之下", above.text())
            }
            Purpose::AddItem { .. } => language.pick("Add an item", "添加条目").to_owned(),
            Purpose::EditItem { .. } => language.pick("Reword the item", "修改条目").to_owned(),
            Purpose::Title => language.pick("New entry: title", "新条目的标题").to_owned(),
            Purpose::Day(_) => language.pick("Date, such as 2031.5.17", "日期，如 2031.5.17").to_owned(),
        }
    }

    /// What taking the answer does, in a word.
    pub fn done(&self, language: Language) -> &'static str {
        match &self.purpose {
            Purpose::SearchPage { .. } => language.pick("to the hits", "转到匹配"),
            Purpose::NarrowSheet | Purpose::FilterItems { .. } => language.pick("keep", "保留"),
            Purpose::NameReference(_) => language.pick("name it", "命名"),
            Purpose::AddItem { .. } => language.pick("add", "添加"),
            Purpose::EditItem { .. } => language.pick("change", "修改"),
            Purpose::Title => language.pick("next", "下一步"),
            Purpose::Day(_) => language.pick("write", "写入"),
        }
    }

    /// The pane in which the answer changes something.
    fn pane(&self) -> Pane {
        match &self.purpose {
            Purpose::SearchPage { .. } | Purpose::NameReference(_) | Purpose::NarrowSheet => Pane::Page,
            Purpose::FilterItems { .. } | Purpose::AddItem { .. } | Purpose::EditItem { .. } => Pane::Checklist,
            Purpose::Title | Purpose::Day(_) => Pane::Timeline,
        }
    }

    /// Whether what is looked for shows while it is typed, so that the frame must not lie on it.
    fn is_search(&self) -> bool {
        matches!(self.purpose, Purpose::SearchPage { .. } | Purpose::NarrowSheet | Purpose::FilterItems { .. })
    }
}

impl App {
    /// What is said below the line that is typed: why the answer was not taken, or which papers it
    /// may be about.
    pub fn prompt_note(&self) -> Option<(String, Tone)> {
        let error = self.status.as_ref().filter(|status| status.tone == Tone::Error);
        let error = error.map(|status| (format!("! {}", status.text), Tone::Error));
        let known = || self.known_line().or_else(|| self.told_line());
        error.or_else(|| known().map(|known| (known, Tone::Notice)))
    }

    /// The frame of the line that is typed: where the change will be, as tall as the text needs, but never
    /// over the item that it is about.
    pub fn prompt_area(&self, prompt: &Prompt) -> Area {
        let Size { width, height } = self.size;
        let home =
            self.pane_area(prompt.pane()).unwrap_or(Area { x: 0, y: 1, width, height: height.saturating_sub(2) });
        let width = home.width.max(WIDTH).min(width);
        let x = home.x.min(self.size.width - width);
        let columns = usize::from(width.saturating_sub(4));
        let typed = prompt.field.rows(columns).0.len().min(TYPED);
        let noted = self.prompt_note().map_or(0, |(note, _)| paragraph(&note, Role::Fact, Kind::Text, columns).len());
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

    /// Rows of a pane that the line that is typed takes from it.
    pub(in crate::app) fn prompt_rows(&self, pane: Pane) -> u16 {
        match self.overlays.as_slice() {
            [Overlay::Prompt(prompt)] if prompt.is_search() && prompt.pane() == pane => self.prompt_area(prompt).height,
            _ => 0,
        }
    }

    /// The rows of the screen on which the item under the cursor stands.
    fn item_rows(&self) -> Option<Range<u16>> {
        let area = self.text_area(Pane::Checklist)?;
        let rows = self.checklist.cursor_rows();
        let on_screen =
            |row: usize| u16::try_from(row.checked_sub(self.checklist.view.top)?).ok().map(|row| area.y + row);
        let end = area.y + area.height;
        Some(on_screen(rows.start)?.min(end)..on_screen(rows.end)?.min(end)).filter(|rows| !rows.is_empty())
    }
}
