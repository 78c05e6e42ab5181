//! How a file was read, for its owner: what was found in which form, how much of the text that
//! explains, and what was guessed.

use super::date::{Place, When, read};
use super::{File, Log, Section, SectionKind, Shape};
use crate::say;
use crate::words::{Language, counted};

/// The fewest dated sections of which it means something that most have no paper.
const SOME: usize = 5;
/// One in so many dated sections has a paper at least where the titles were understood.
const FEW: usize = 5;

/// How a file was read.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Account {
    /// Days, and spans of days.
    pub days: usize,
    /// Months.
    pub months: usize,
    /// Dated sections that hold a paper.
    pub with_papers: usize,
    /// Entries.
    pub papers: usize,
    /// Items of the pending list.
    pub pending: usize,
    /// What the file is made of.
    pub shape: Shape,
    /// What its bytes belong to.
    pub bytes: Bytes,
    /// What is not certain.
    pub guesses: Vec<Guess>,
}

/// What the bytes of a file belong to. Together they are the file.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Bytes {
    /// Papers with their text.
    pub entries: usize,
    /// Text of dated sections that belongs to no paper.
    pub notes: usize,
    /// Pending lists.
    pub pending: usize,
    /// Front matter.
    pub front: usize,
    /// The headings and lines that are dates.
    pub dates: usize,
    /// Other headings, and the text below them.
    pub rest: usize,
}

/// Something that is not certain. Lines count from 1.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Guess {
    /// Whether the month is written before the day.
    Order,
    /// So many dates have their year from their neighbours.
    Years(usize),
    /// Nothing tells the year of so many days and months, of which the first stands here.
    NoYear {
        /// How many there are.
        count: usize,
        /// Where the first stands.
        line: usize,
    },
    /// This was meant as a date, and cannot be read.
    Unread {
        /// As it is written.
        text: String,
        /// Where it stands.
        line: usize,
    },
    /// So many rows of tables have no date, of which the first stands here.
    Dateless {
        /// How many there are.
        count: usize,
        /// Where the first stands.
        line: usize,
    },
    /// So many lines have the form of the titles, and do not look like one.
    Rejected {
        /// How many there are.
        count: usize,
        /// Where the first stands.
        line: usize,
    },
}

impl Account {
    /// The account of a file, given as an index into [`Log::files`].
    pub fn of(log: &Log, file: usize) -> Self {
        let of = &log.files[file];
        let mut account = Self { shape: of.reading.shape, guesses: guesses(of), ..Self::default() };
        let tasks = &log.tasks[log.tasks.partition_point(|task| task.file < file)..];
        account.pending = tasks.iter().take_while(|task| task.file == file).filter(|task| task.pending).count();
        let sections = log.sections_of(file);
        for section in sections {
            account.papers += section.entries.len();
            account.count(section);
            account.count_bytes(log, section);
        }
        let all = account.bytes.entries + account.bytes.notes + account.bytes.pending + account.bytes.dates;
        account.bytes.front = of.reading.front;
        account.bytes.rest = of.text.len().saturating_sub(all + account.bytes.front);
        let yearless = |section: &&Section| matches!(section.kind, SectionKind::Yearless { .. });
        if let Some(first) = sections.iter().find(yearless) {
            let count = sections.iter().filter(yearless).count();
            account.guesses.push(Guess::NoYear { count, line: first.line });
        }
        account
    }

    /// What was found in all files of a log, without what their bytes belong to and the guesses.
    pub fn of_all(log: &Log) -> Self {
        let mut account = Self {
            papers: log.entries.len(),
            pending: log.tasks.iter().filter(|task| task.pending).count(),
            ..Self::default()
        };
        for Shape { headings, items, rows } in log.files.iter().map(|file| file.reading.shape) {
            account.shape.headings += headings;
            account.shape.items += items;
            account.shape.rows += rows;
        }
        log.sections.iter().for_each(|section| account.count(section));
        account
    }

    fn count(&mut self, section: &Section) {
        match section.kind {
            SectionKind::Day(_) | SectionKind::Range(..) | SectionKind::Yearless { day: Some(_), .. } => self.days += 1,
            SectionKind::Month(_) | SectionKind::Yearless { day: None, .. } => self.months += 1,
            SectionKind::Pending | SectionKind::Undated => {}
        }
        self.with_papers += usize::from(section.kind.is_dated() && !section.entries.is_empty());
    }

    fn count_bytes(&mut self, log: &Log, section: &Section) {
        let entries = log.entries[section.entries.clone()].iter();
        self.bytes.entries += entries.map(|entry| entry.span.len()).sum::<usize>();
        match section.kind {
            SectionKind::Pending => self.bytes.pending += section.span.len(),
            SectionKind::Undated => {}
            _ => {
                self.bytes.notes += section.notes.iter().map(std::ops::Range::len).sum::<usize>();
                // A date in front matter is counted as that.
                let front = log.files[section.file].reading.front;
                self.bytes.dates += section.body.saturating_sub(section.span.start.max(front));
            }
        }
    }

    /// Days, months and spans of days.
    pub fn dated(&self) -> usize {
        self.days + self.months
    }

    /// Whether the file holds more than was understood of it: no paper at all, or next to none
    /// under its dates.
    pub fn is_puzzling(&self) -> bool {
        let has_structure = self.shape != Shape::default();
        let has_other_use = self.dated() == 0 && self.pending > 0;
        let has_few = self.dated() >= SOME && self.with_papers * FEW < self.dated();
        has_structure && (self.papers == 0 && !has_other_use || has_few)
    }

    /// What was found, and what was not: `52 months, 0 papers`.
    pub fn found(&self, language: Language) -> String {
        let mut found: Vec<String> = Vec::new();
        if self.days > 0 || self.months == 0 {
            found.push(language.counted(self.days, "day", "days", "天"));
        }
        if self.months > 0 {
            found.push(language.counted(self.months, "month", "months", "个月"));
        }
        found.push(language.counted(self.papers, "paper", "papers", "篇论文"));
        found.join(language.pick(", ", "，"))
    }
}

impl Shape {
    /// What the file holds, in words: `12 headings, 40 list items`.
    pub fn describe(self, language: Language) -> String {
        let parts = [
            (self.headings, "heading", "headings", "个标题"),
            (self.items, "list item", "list items", "个列表项"),
            (self.rows, "table row", "table rows", "行表格"),
        ];
        let parts = parts.into_iter().filter(|(count, ..)| *count > 0);
        let parts = parts.map(|(count, one, many, chinese)| language.counted(count, one, many, chinese));
        parts.collect::<Vec<_>>().join(language.pick(", ", "，"))
    }
}

fn guesses(file: &File) -> Vec<Guess> {
    let reading = &file.reading;
    let mut guesses = Vec::new();
    if reading.is_order_guessed {
        guesses.push(Guess::Order);
    }
    if reading.years_from_neighbours > 0 {
        guesses.push(Guess::Years(reading.years_from_neighbours));
    }
    guesses.extend(unread(file).map(|(line, text)| Guess::Unread { text: text.to_owned(), line }));
    if let Some(&first) = reading.dateless.first() {
        guesses.push(Guess::Dateless { count: reading.dateless.len(), line: file.line_of(first) });
    }
    if let Some(&first) = reading.rejected.first() {
        guesses.push(Guess::Rejected { count: reading.rejected.len(), line: file.line_of(first) });
    }
    guesses
}

/// What was meant as a date and cannot be read, with its line: not `Day 12`, which is none.
pub(super) fn unread(file: &File) -> impl Iterator<Item = (usize, &str)> {
    let texts = file.reading.unread.iter().map(|span| (file.line_of(span.start), &file.text[span.clone()]));
    texts
        .filter(|(_, text)| !read(text, Place::Heading).is_some_and(|reading| matches!(reading.what, When::Counter(_))))
}

impl Log {
    /// Whether a section stands under what looks like a date among dates, and is none: its place
    /// is where it stands.
    pub fn is_under_unread_date(&self, section: &Section) -> bool {
        let unread = &self.files[section.file].reading.unread;
        let at = unread.partition_point(|span| span.start < section.span.start);
        section.kind == SectionKind::Undated && unread.get(at).is_some_and(|span| span.start < section.span.end)
    }
}

impl Guess {
    /// A stable name of the kind, for programs.
    pub fn code(&self) -> &'static str {
        match self {
            Self::Order => "day-month-order",
            Self::Years(_) => "years-from-neighbours",
            Self::NoYear { .. } => "unknown-year",
            Self::Unread { .. } => "unread-date",
            Self::Dateless { .. } => "row-without-date",
            Self::Rejected { .. } => "rejected-title",
        }
    }

    /// Where it stands first.
    pub fn line(&self) -> Option<usize> {
        match *self {
            Self::Order | Self::Years(_) => None,
            Self::NoYear { line, .. }
            | Self::Unread { line, .. }
            | Self::Dateless { line, .. }
            | Self::Rejected { line, .. } => Some(line),
        }
    }

    /// How often it is so.
    pub fn count(&self) -> usize {
        match *self {
            Self::Order | Self::Unread { .. } => 1,
            Self::Years(count)
            | Self::NoYear { count, .. }
            | Self::Dateless { count, .. }
            | Self::Rejected { count, .. } => count,
        }
    }

    /// In one line, for people. The log's own text in it is not made safe.
    pub fn message(&self, language: Language) -> String {
        match self {
            Self::Order => language
                .pick("nothing tells whether day or month is written first", "无法判断日和月哪个写在前面")
                .to_owned(),
            Self::Years(count) => {
                let dates = counted(*count, "date has its", "dates have their");
                say!(language, "{dates} year from the dates around", "{count} 个日期的年份取自前后的日期")
            }
            Self::NoYear { count, line } => {
                let dates = counted(*count, "date", "dates");
                say!(
                    language,
                    "nothing tells the year of {dates}, from line {line} on",
                    "第 {line} 行起有 {count} 个日期无从得知年份"
                )
            }
            Self::Unread { text, line } => {
                say!(language, "“{text}” in line {line} cannot be read as a date", "第 {line} 行的 “{text}” 读不出日期")
            }
            Self::Dateless { count, line } => {
                let rows = counted(*count, "row has", "rows have");
                say!(language, "{rows} no date, from line {line} on", "第 {line} 行起有 {count} 行没有日期")
            }
            Self::Rejected { count, line } => {
                let lines = counted(*count, "place looks", "places look");
                say!(
                    language,
                    "{lines} like the titles in form but not in words, from line {line} on",
                    "第 {line} 行起有 {count} 处形式像标题，文字不像"
                )
            }
        }
    }
}
