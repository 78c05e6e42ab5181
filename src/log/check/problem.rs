//! Findings and their messages.

use crate::say;
use crate::words::Language;

/// A finding: what is wrong, and where.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Diagnostic {
    /// Index into [`Log::files`](crate::log::Log::files).
    pub file: usize,
    /// Line, counted from 1.
    pub line: usize,
    /// What is wrong.
    pub problem: Problem,
}

/// What is wrong. Quoted text is as written in the log.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Problem {
    /// Another entry has the same title.
    DuplicateTitle {
        /// The title.
        title: String,
        /// The other entry's file, if that is a different one.
        file: Option<String>,
        /// The other entry's line, counted from 1.
        line: usize,
    },
    /// The title, or the summary below it, is still to be written.
    Placeholder(String),
    /// A title with nothing in it.
    EmptyTitle,
    /// The start of a title that is never closed.
    UnclosedTitle(String),
    /// Two titles on one line, read as one.
    TwoTitles(String),
    /// A day under another month's heading.
    OtherMonth {
        /// The heading of the day.
        day: String,
        /// The heading of the month.
        month: String,
    },
    /// A heading that looks like a day but is not in the calendar.
    ImpossibleDate(String),
    /// A text that cannot be read as a date, although its sibling headings can.
    UnreadDate(String),
    /// This many days and months have no known year.
    UnknownYear(usize),
    /// This many papers have no date, in a file with dates.
    PapersWithoutDate {
        /// The number of papers.
        papers: usize,
        /// The heading above the papers; empty if there is none.
        heading: String,
    },
    /// A second heading for one day.
    TwinDay {
        /// The heading.
        day: String,
        /// The line of the first heading, counted from 1.
        line: usize,
    },
    /// A day that would be in order in another year.
    OtherYear {
        /// The heading.
        day: String,
        /// The year that would put the day in order.
        year: i32,
        /// Whether days on both sides confirm that year.
        is_sure: bool,
    },
    /// A day's heading is not written like most others.
    HeadingStyle {
        /// The heading's line as written.
        line: String,
        /// The line in the usual style.
        like: String,
    },
    /// A day in the future.
    FutureDate(String),
    /// A heading's date at the end of a line of prose.
    GluedHeading(String),
    /// A date that needs a space after its `#` to be a heading.
    HeadingWithoutSpace(String),
    /// The heading of a day whose text belongs to no paper.
    DayWithoutTitle(String),
    /// This many days have text, and none has a title.
    NoTitles(usize),
    /// A file without days, titles or items.
    NothingUnderstood,
    /// An item that looks like a checkbox but is not one.
    NotATask(String),
    /// No file has this figure's path.
    MissingFigure(String),
    /// A figure's path and its file differ in letter case.
    FigureCase {
        /// The path as written.
        path: String,
        /// The path on the disk.
        file: String,
    },
    /// No file has this figure's path, but files of that name exist elsewhere.
    FigureElsewhere {
        /// The path as written.
        path: String,
        /// The paths found, at least one.
        files: Vec<String>,
    },
    /// A figure without a path.
    NoFigure,
    /// This figure's tag is not valid HTML.
    MalformedTag(String),
    /// This reference id has neither a name nor a definition.
    UnresolvedReference(String),
    /// This key has reviews but no entry.
    OrphanedReview(String),
    /// The entry and the stamp in the paper's PDF name different months of publication.
    OtherPublication {
        /// The title.
        title: String,
        /// The month in the entry.
        typed: String,
        /// The month in the PDF.
        stamp: String,
    },
}

impl Problem {
    /// A stable code for programs.
    pub fn code(&self) -> &'static str {
        match self {
            Self::DuplicateTitle { .. } => "duplicate-title",
            Self::Placeholder(_) => "placeholder",
            Self::EmptyTitle => "empty-title",
            Self::UnclosedTitle(_) => "unclosed-title",
            Self::TwoTitles(_) => "two-titles",
            Self::OtherMonth { .. } => "other-month",
            Self::ImpossibleDate(_) => "impossible-date",
            Self::UnreadDate(_) => "unread-date",
            Self::UnknownYear(_) => "unknown-year",
            Self::PapersWithoutDate { .. } => "papers-without-date",
            Self::TwinDay { .. } => "twin-day",
            Self::OtherYear { .. } => "other-year",
            Self::HeadingStyle { .. } => "heading-style",
            Self::FutureDate(_) => "future-date",
            Self::GluedHeading(_) => "glued-heading",
            Self::HeadingWithoutSpace(_) => "heading-without-space",
            Self::DayWithoutTitle(_) => "day-without-title",
            Self::NoTitles(_) => "no-titles",
            Self::NothingUnderstood => "nothing-understood",
            Self::NotATask(_) => "not-a-task",
            Self::MissingFigure(_) => "missing-figure",
            Self::FigureCase { .. } => "figure-case",
            Self::FigureElsewhere { .. } => "figure-elsewhere",
            Self::NoFigure => "no-figure",
            Self::MalformedTag(_) => "malformed-tag",
            Self::UnresolvedReference(_) => "unresolved-reference",
            Self::OrphanedReview(_) => "orphaned-review",
            Self::OtherPublication { .. } => "other-publication",
        }
    }

    /// Whether this is only a note: what was found may be intended.
    pub(crate) fn is_note(&self) -> bool {
        matches!(self, Self::OtherPublication { .. })
    }

    /// One line for people. It quotes the log and is not escaped for the terminal.
    #[expect(clippy::too_many_lines, reason = "a table: one entry per problem")]
    pub(crate) fn message(&self, language: Language) -> String {
        match self {
            Self::DuplicateTitle { title, file: None, line } => {
                say!(language, "“{title}” is also on line {line}", "“{title}”与第 {line} 行重复")
            }
            Self::DuplicateTitle { title, file: Some(file), line } => {
                say!(language, "“{title}” is also in {file}:{line}", "“{title}”与 {file}:{line} 重复")
            }
            Self::Placeholder(title) => {
                say!(language, "“{title}” has no summary yet", "“{title}”的笔记待写")
            }
            Self::EmptyTitle => language.pick("empty title", "标题为空").to_owned(),
            Self::UnclosedTitle(text) => {
                say!(language, "the title that begins “{text}” has no 》", "以“{text}”开头的标题缺少 》")
            }
            Self::TwoTitles(title) => {
                say!(
                    language,
                    "two titles on one line are read as one, “{title}”: give each a line of its own",
                    "一行中有两个论文标题，被识别成了一个：“{title}”；请各占一行"
                )
            }
            Self::OtherMonth { day, month } => {
                say!(language, "{day} is under the heading of {month}", "{day} 写在了 {month} 下")
            }
            Self::ImpossibleDate(day) => say!(language, "there is no such date: {day}", "没有 {day} 这个日期"),
            Self::UnreadDate(text) => {
                say!(language, "“{text}” cannot be read as a date", "“{text}”无法识别为日期")
            }
            Self::UnknownYear(count) => {
                let dates = language.counted(*count, "date", "dates", "个日期");
                say!(language, "the year of {dates} is unknown", "{dates}缺少年份")
            }
            Self::PapersWithoutDate { papers, heading } => papers_without_date(*papers, heading, language),
            Self::TwinDay { day, line } => {
                say!(language, "{day} already has a heading on line {line}", "{day} 的日期标题重复：第 {line} 行已有")
            }
            Self::OtherYear { day, year, .. } => {
                say!(language, "{day} is listed among the days of {year}", "{day} 写在 {year} 年的日期之间")
            }
            Self::HeadingStyle { line, like } => {
                say!(
                    language,
                    "“{line}” is not written like the other days; expected “{like}”",
                    "按其他日期的写法，“{line}”应为“{like}”"
                )
            }
            Self::FutureDate(day) => say!(language, "{day} is in the future", "{day} 是将来的日期"),
            Self::GluedHeading(date) => {
                say!(
                    language,
                    "the heading {date} is stuck to the end of this line",
                    "日期标题 {date} 接在了上一句的末尾，应另起一行"
                )
            }
            Self::HeadingWithoutSpace(text) => {
                say!(language, "“{text}” needs a space after # to be a heading", "“{text}”的 # 后要加空格才是标题")
            }
            Self::DayWithoutTitle(day) => {
                say!(
                    language,
                    "no title under {day}: the text there belongs to no paper",
                    "{day} 下没有论文标题，其中的文字不属于任何论文"
                )
            }
            Self::NoTitles(days) => say!(
                language,
                "dates with text but no titles: {days}; run “papers-tui check --explain” to see how the log was read",
                "{days} 个日期下有文字，但都没有识别出论文标题；运行“papers-tui check --explain”查看日志是怎样识别的"
            ),
            Self::NothingUnderstood => language
                .pick(
                    "no dates, titles or items were recognised in this file",
                    "文件中没有识别出日期、论文标题或待读项",
                )
                .to_owned(),
            Self::NotATask(text) => {
                say!(
                    language,
                    "“{text}” is not a checkbox: write “- [ ] text”",
                    "“{text}”不是复选框：请写成“- [ ] 文字”"
                )
            }
            Self::MissingFigure(path) => say!(language, "the figure {path} is missing", "缺少图片 {path}"),
            Self::FigureCase { path, file } => {
                say!(language, "the figure {path} is missing; there is {file}", "缺少图片 {path}，但有 {file}")
            }
            Self::FigureElsewhere { path, files } => elsewhere(path, files, language),
            Self::NoFigure => language.pick("a figure has no path", "图片没有写路径").to_owned(),
            Self::MalformedTag(path) => {
                say!(language, "the <img> tag for {path} is not valid HTML", "图片 {path} 的 HTML 标签无效")
            }
            Self::UnresolvedReference(id) => {
                say!(
                    language,
                    "reference [{id}]: unknown paper; press = in the summary to name it",
                    "文献编号 [{id}] 还没有对应的标题；打开所在的笔记，按 = 填写"
                )
            }
            Self::OrphanedReview(title) => {
                say!(
                    language,
                    "“{title}” has been reviewed but is no longer in the log",
                    "复习过的“{title}”已不在日志中"
                )
            }
            Self::OtherPublication { title, typed, stamp } => say!(
                language,
                "note: “{title}” gives {typed} as its month of publication, but its PDF says {stamp}",
                "注意：“{title}”中写的发表年月是 {typed}，但 PDF 上是 {stamp}"
            ),
        }
    }
}

fn elsewhere(path: &str, files: &[String], language: Language) -> String {
    let files = files.join(language.pick(" and ", " 和 "));
    say!(language, "the figure {path} is missing; there is {files}", "缺少图片 {path}，但有 {files}")
}

fn papers_without_date(papers: usize, heading: &str, language: Language) -> String {
    let has = if papers == 1 { "has" } else { "have" };
    let papers = language.counted(papers, "paper", "papers", "篇论文");
    match heading {
        "" => say!(language, "{papers} {has} no date", "{papers}没有日期"),
        _ => say!(language, "{papers} under “{heading}” {has} no date", "“{heading}”下的 {papers}没有日期"),
    }
}
