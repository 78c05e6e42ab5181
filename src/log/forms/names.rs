//! The forms, their codes for programs, and their names in both languages.

use serde::{Deserialize, Serialize};

use crate::say;
use crate::words::Language;

/// Where dates are written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum DateForm {
    /// Headings.
    Headings,
    /// Separate lines.
    Lines,
    /// List items.
    Items,
    /// Labels below titles.
    Labels,
    /// After titles, on the same line.
    Behind,
    /// A table column.
    Cells,
    /// The file's front matter or name.
    File,
}

/// How titles are written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
pub enum TitleForm {
    /// `《Title》` on a line, or an unindented line above an indented body.
    Marks,
    /// Headings of one level.
    Headings(u8),
    /// Items of bulleted lists.
    Bullets,
    /// Items of numbered lists.
    Numbers,
    /// Items with a checkbox.
    Tasks,
    /// Table rows.
    Rows,
    /// Lines that start with a link.
    LinkLines,
    /// Lines that start with a number but are not list items: `12.Title`.
    NumberedLines,
    /// Lines that are emphasised as a whole.
    StrongLines,
    /// Plain lines that look like titles.
    PlainLines,
    /// `**Title:** …`
    Labels,
    /// `《Title》` in a sentence; only the first one in a section.
    InText,
    /// Each file is about one paper.
    WholeFile,
}

impl DateForm {
    /// All forms of dates.
    pub(crate) const ALL: [Self; 7] =
        [Self::Headings, Self::Lines, Self::Items, Self::Labels, Self::Behind, Self::Cells, Self::File];

    /// The form with this code.
    pub(crate) fn of_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|form| form.code() == code)
    }

    /// A stable code for programs.
    pub(crate) fn code(self) -> &'static str {
        match self {
            Self::Headings => "heading",
            Self::Lines => "line",
            Self::Items => "list-item",
            Self::Labels => "label",
            Self::Behind => "title-end",
            Self::Cells => "table-column",
            Self::File => "file",
        }
    }

    /// The name for people, in the plural: `list items`.
    pub(crate) fn name(self, language: Language) -> &'static str {
        match self {
            Self::Headings => language.pick("headings", "Markdown 标题"),
            Self::Lines => language.pick("separate lines", "单独的行"),
            Self::Items => language.pick("list items", "列表项"),
            Self::Labels => language.pick("labels below the titles", "论文标题下方的“日期：…”行"),
            Self::Behind => language.pick("after the titles", "写在论文标题后面的"),
            Self::Cells => language.pick("a table column", "表格中的一列"),
            Self::File => language.pick("in the file's front matter or name", "文件开头的 front matter 或文件名"),
        }
    }
}

impl TitleForm {
    /// All forms except headings.
    const OTHERS: [Self; 12] = [
        Self::Marks,
        Self::Bullets,
        Self::Numbers,
        Self::Tasks,
        Self::Rows,
        Self::LinkLines,
        Self::NumberedLines,
        Self::StrongLines,
        Self::PlainLines,
        Self::Labels,
        Self::InText,
        Self::WholeFile,
    ];

    /// The form with this code; headings also need their level.
    pub(crate) fn of_code(code: &str, level: Option<u8>) -> Option<Self> {
        let headings = (1..=6).map(Self::Headings);
        headings.chain(Self::OTHERS).find(|form| form.code() == code && form.level() == level)
    }

    /// A stable code for programs.
    pub(crate) fn code(self) -> &'static str {
        match self {
            Self::Marks => "marks",
            Self::Headings(_) => "heading",
            Self::Bullets => "list-item",
            Self::Numbers => "numbered-item",
            Self::Tasks => "task",
            Self::Rows => "table-row",
            Self::LinkLines => "link-line",
            Self::NumberedLines => "numbered-line",
            Self::StrongLines => "strong-line",
            Self::PlainLines => "plain-line",
            Self::Labels => "label",
            Self::InText => "in-text",
            Self::WholeFile => "file",
        }
    }

    /// The level, for headings.
    pub(crate) fn level(self) -> Option<u8> {
        match self {
            Self::Headings(level) => Some(level),
            _ => None,
        }
    }

    /// The name for people, in the plural: `headings of level 4`.
    pub(crate) fn name(self, language: Language) -> String {
        let name = match self {
            Self::Headings(level) => return say!(language, "headings of level {level}", "{level} 级 Markdown 标题"),
            Self::Marks => language.pick("whole lines in 《》", "单独一行的《…》"),
            Self::Bullets => language.pick("list items", "列表项"),
            Self::Numbers => language.pick("items of numbered lists", "编号列表项"),
            Self::Tasks => language.pick("list items with a checkbox", "带复选框的列表项"),
            Self::Rows => language.pick("table rows", "表格的行"),
            Self::LinkLines => language.pick("lines that begin with a link", "以链接开头的行"),
            Self::NumberedLines => language.pick("lines that begin with a number", "以编号开头的行"),
            Self::StrongLines => language.pick("lines in bold", "加粗的行"),
            Self::PlainLines => language.pick("plain lines", "普通文字行"),
            Self::Labels => language.pick("lines labelled “title:”", "以“title:”开头的行"),
            Self::InText => language.pick("《…》 inside running text", "句子里的《…》"),
            Self::WholeFile => {
                language.pick("one per file: the whole file is one paper", "文件本身的标题，一个文件一篇")
            }
        };
        name.to_owned()
    }
}
