//! Explains how a file was read: what was found in it, which part of the text belongs to what, and what was guessed.

mod guess;
mod lines;

use super::date::{Place, When, read};
use super::{Entry, File, Log, Section, SectionKind, Shape};
use crate::words::Language;

pub(crate) use guess::Guess;
pub(crate) use lines::lines;

/// With fewer dated sections than this, few papers under them are no sign that the titles were misread.
const SOME: usize = 5;
/// If fewer than one in this many dated sections has a paper, the titles were probably misread.
const FEW: usize = 5;

/// Statistics on how a file was read.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Account {
    /// Days and ranges of days.
    pub days: usize,
    /// Months.
    pub months: usize,
    /// Years as a whole.
    pub years: usize,
    /// Days and months without a known year.
    pub yearless: usize,
    /// Texts that should be dates but cannot be read.
    pub unread: usize,
    /// Dated sections with at least one paper.
    pub with_papers: usize,
    /// Entries.
    pub papers: usize,
    /// Items of the pending list.
    pub pending: usize,
    /// How many headings, items and rows the file has.
    pub shape: Shape,
    /// What the file's bytes were read as.
    pub bytes: Bytes,
    /// Everything that was guessed.
    pub guesses: Vec<Guess>,
}

/// What the bytes of a file were read as. The fields add up to the whole file.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Bytes {
    /// Papers, with their text.
    pub entries: usize,
    /// Text in dated sections outside papers.
    pub notes: usize,
    /// Pending lists.
    pub pending: usize,
    /// Front matter.
    pub front: usize,
    /// Date headings and date lines.
    pub dates: usize,
    /// Other headings and the text below them.
    pub rest: usize,
}

impl Account {
    /// The statistics of a file, given as an index into [`Log::files`].
    pub fn of(log: &Log, file: usize) -> Self {
        let of = &log.files[file];
        let mut account = Self {
            shape: of.reading.shape,
            unread: unread(of).count(),
            guesses: guess::guesses(of),
            ..Self::default()
        };
        let tasks = &log.tasks[log.tasks.partition_point(|task| task.file < file)..];
        account.pending = tasks.iter().take_while(|task| task.file == file).filter(|task| task.pending).count();
        let sections = log.sections_of(file);
        for section in sections {
            account.papers += section.entries().len();
            account.count(section);
            account.count_bytes(log, section);
        }
        let all = account.bytes.entries + account.bytes.notes + account.bytes.pending + account.bytes.dates;
        account.bytes.front = of.reading.front;
        account.bytes.rest = of.text.len().saturating_sub(all + account.bytes.front);
        if let Some(first) = sections.iter().find(|section| matches!(section.kind, SectionKind::Yearless { .. })) {
            account.guesses.push(Guess::NoYear { count: account.yearless, line: first.line() });
        }
        account
    }

    /// The statistics of all files together, without bytes and guesses.
    pub(crate) fn of_all(log: &Log) -> Self {
        let mut account = Self {
            papers: log.entries.len(),
            pending: log.tasks.iter().filter(|task| task.pending).count(),
            unread: log.files.iter().map(|file| unread(file).count()).sum(),
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
            kind if kind.whole_year().is_some() => self.years += 1,
            SectionKind::Day(_) | SectionKind::Range(..) | SectionKind::Yearless { day: Some(_), .. } => self.days += 1,
            SectionKind::Month(_) | SectionKind::Yearless { day: None, .. } => self.months += 1,
            SectionKind::Pending | SectionKind::Undated => {}
        }
        self.yearless += usize::from(matches!(section.kind, SectionKind::Yearless { .. }));
        self.with_papers += usize::from(section.kind.is_dated() && !section.entries().is_empty());
    }

    fn count_bytes(&mut self, log: &Log, section: &Section) {
        // Front matter is counted separately.
        let front = log.files[section.file()].reading.front;
        let entries = log.entries[section.entries()].iter();
        let length = |entry: &Entry| entry.span().end.saturating_sub(entry.span().start.max(front));
        self.bytes.entries += entries.map(length).sum::<usize>();
        match section.kind {
            SectionKind::Pending => self.bytes.pending += section.span().len(),
            SectionKind::Undated => {}
            _ => {
                self.bytes.notes += section.notes.iter().map(|note| note.range().len()).sum::<usize>();
                self.bytes.dates += section.body().saturating_sub(section.span().start.max(front));
            }
        }
    }

    /// The number of dated sections: days, months and years.
    pub(crate) fn dated(&self) -> usize {
        self.days + self.months + self.years
    }

    /// Whether most of the file was probably not understood: it has no papers, or almost none under its dates.
    pub(crate) fn is_puzzling(&self) -> bool {
        let has_structure = self.shape != Shape::default();
        let has_other_use = self.dated() == 0 && self.pending > 0;
        let has_few = self.dated() >= SOME && self.with_papers * FEW < self.dated();
        has_structure && (self.papers == 0 && !has_other_use || has_few)
    }

    /// A summary: `52 months, 0 entries`.
    pub(crate) fn found(&self, language: Language) -> String {
        let mut found = self.dates(language);
        if found.is_empty() {
            found.push(language.pick("no dates", "没有日期").to_owned());
        }
        found.push(language.counted(self.papers, "entry", "entries", "个条目"));
        found.join(language.pick(", ", "、"))
    }

    /// The numbers of dated sections: `20 days`, `2 months`.
    pub(crate) fn dates(&self, language: Language) -> Vec<String> {
        let dates = [
            (self.days, "day", "days", "个日期"),
            (self.months, "month", "months", "个月份"),
            (self.years, "year", "years", "个年份"),
        ];
        let dates = dates.into_iter().filter(|(count, ..)| *count > 0);
        dates.map(|(count, one, many, chinese)| language.counted(count, one, many, chinese)).collect()
    }
}

impl Shape {
    /// A summary: `12 headings, 40 list items`.
    pub(crate) fn describe(self, language: Language) -> String {
        let parts = [
            (self.headings, "heading", "headings", "个 Markdown 标题"),
            (self.items, "list item", "list items", "个列表项"),
            (self.rows, "table row", "table rows", "行表格"),
        ];
        let parts = parts.into_iter().filter(|(count, ..)| *count > 0);
        let parts = parts.map(|(count, one, many, chinese)| language.counted(count, one, many, chinese));
        parts.collect::<Vec<_>>().join(language.pick(", ", "、"))
    }
}

/// (line, text) for each text that should be a date but cannot be read. Counters such as `Day 12` are not included.
pub(super) fn unread(file: &File) -> impl Iterator<Item = (usize, &str)> {
    let texts = file.reading.unread.iter().map(|span| (file.line_of(span.start), &file.text[span.clone()]));
    texts.filter(|(_, text)| !read(text, Place::Heading).is_some_and(|parsed| matches!(parsed.what, When::Counter(_))))
}

impl Log {
    /// Whether a section is under an unreadable date, so that its papers are not really undated.
    pub(crate) fn is_under_unread_date(&self, section: &Section) -> bool {
        let unread = &self.files[section.file()].reading.unread;
        let at = unread.partition_point(|span| span.start < section.span().start);
        section.kind == SectionKind::Undated && unread.get(at).is_some_and(|span| span.start < section.span().end)
    }
}
