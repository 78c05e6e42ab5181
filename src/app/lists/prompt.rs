//! A line to type in the status line: what to look for, what to call something.

use super::field::Field;
use crate::app::panes::filter::Filter;
use crate::log::edit::{Draft, Place, Target};
use crate::say;
use crate::text::cut;
use crate::words::Language;

/// The question and the answer so far.
#[derive(Debug)]
pub struct Prompt {
    /// What the answer is for.
    pub purpose: Purpose,
    /// The answer.
    pub field: Field,
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

impl Purpose {
    /// Whether the answer may be a paper that was read already.
    pub fn names_a_paper(&self) -> bool {
        matches!(self, Self::AddItem { .. } | Self::EditItem { .. } | Self::Title)
    }
}

impl Prompt {
    /// A question with a first answer, which may be empty.
    pub fn new(purpose: Purpose, answer: &str) -> Self {
        Self { purpose, field: Field::new(answer) }
    }

    /// What stands before the answer.
    pub fn question(&self, language: Language) -> String {
        match &self.purpose {
            Purpose::SearchPage { .. } => "/".to_owned(),
            Purpose::NarrowSheet => language.pick("Lines with: ", "筛选：").to_owned(),
            Purpose::NameReference(id) => say!(language, "[{id}] stands for: ", "[{id}] 代表："),
            Purpose::FilterItems { .. } => language.pick("Items with: ", "筛选条目：").to_owned(),
            Purpose::AddItem { place: Place::Under(above), .. } => {
                say!(language, "Add below “{}”: ", "添加到“{}”之下：", cut(above.text(), 16))
            }
            Purpose::AddItem { .. } => language.pick("Add: ", "添加：").to_owned(),
            Purpose::EditItem { .. } => language.pick("Item: ", "条目：").to_owned(),
            Purpose::Title => language.pick("Title: ", "标题：").to_owned(),
            Purpose::Day(_) => language.pick("Day, such as 2031.5.17: ", "日期，如 2031.5.17：").to_owned(),
        }
    }
}
