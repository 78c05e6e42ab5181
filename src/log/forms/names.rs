//! What forms are called: by programs, and in both languages.

use super::dates::DateForm;
use super::titles::TitleForm;
use crate::say;
use crate::words::Language;

impl DateForm {
    /// A stable name, for programs.
    pub fn code(self) -> &'static str {
        match self {
            Self::Headings => "heading",
            Self::Lines => "line",
            Self::Items => "list-item",
            Self::Labels => "label",
            Self::Cells => "table-column",
            Self::File => "file",
        }
    }

    /// What dates of this form are: `dates are headings`.
    pub fn name(self, language: Language) -> &'static str {
        match self {
            Self::Headings => language.pick("headings", "标题"),
            Self::Lines => language.pick("lines of their own", "单独的行"),
            Self::Items => language.pick("list items", "列表项"),
            Self::Labels => language.pick("labels below the titles", "标题下的标签"),
            Self::Cells => language.pick("a column of tables", "表格中的一列"),
            Self::File => language.pick("in the file's front matter or name", "文件的元数据或文件名"),
        }
    }
}

impl TitleForm {
    /// A stable name, for programs.
    pub fn code(self) -> &'static str {
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

    /// The level of its headings.
    pub fn level(self) -> Option<u8> {
        match self {
            Self::Headings(level) => Some(level),
            _ => None,
        }
    }

    /// What titles of this form are: `titles are headings of level 4`.
    pub fn name(self, language: Language) -> String {
        let name = match self {
            Self::Headings(level) => return say!(language, "headings of level {level}", "{level} 级标题"),
            Self::Marks => language.pick("lines in 《》", "写在《》里的行"),
            Self::Bullets => language.pick("list items", "列表项"),
            Self::Numbers => language.pick("items of numbered lists", "编号列表项"),
            Self::Tasks => language.pick("items with a box", "带勾选框的列表项"),
            Self::Rows => language.pick("rows of tables", "表格的行"),
            Self::LinkLines => language.pick("lines that begin with a link", "以链接开头的行"),
            Self::NumberedLines => language.pick("lines that begin with a number", "以编号开头的行"),
            Self::StrongLines => language.pick("lines in bold", "加粗的行"),
            Self::PlainLines => language.pick("plain lines", "普通的行"),
            Self::Labels => language.pick("lines labelled “title:”", "带“title:”标签的行"),
            Self::InText => language.pick("《》 within sentences", "句子中的《》"),
            Self::WholeFile => language.pick("one a file", "每个文件一篇"),
        };
        name.to_owned()
    }
}
