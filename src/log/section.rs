//! Sections: a day, a month, the pending list, or other text below a heading.

use std::ops::Range;

use chrono::{Datelike, NaiveDate};
use thin_vec::ThinVec;

use super::FigurePlace;
use super::date::{format_day, format_month, month_name};
use crate::text::{Span, offset};
use crate::words::Language;

/// The kind of a section, and the days it covers.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SectionKind {
    /// A single day.
    Day(NaiveDate),
    /// A month, given by its first day; holds the text above the month's first day heading.
    Month(NaiveDate),
    /// A range of days, both ends included.
    Range(NaiveDate, NaiveDate),
    /// The pending list.
    Pending,
    /// A day or month whose year is unknown.
    Yearless {
        /// Counted from 1.
        month: u32,
        /// Counted from 1; `None` for a whole month.
        day: Option<u32>,
    },
    /// Text without a date.
    Undated,
}

impl SectionKind {
    /// The first day that the section covers.
    pub fn date(self) -> Option<NaiveDate> {
        match self {
            Self::Day(date) | Self::Month(date) | Self::Range(date, _) => Some(date),
            Self::Pending | Self::Undated | Self::Yearless { .. } => None,
        }
    }

    /// Whether the section is a day, month or range, even without a year.
    pub fn is_dated(self) -> bool {
        !matches!(self, Self::Pending | Self::Undated)
    }

    /// The year, if the section covers a whole year: `#### 2031`.
    pub(crate) fn whole_year(self) -> Option<i32> {
        let Self::Range(first, last) = self else { return None };
        let is_year = first.ordinal() == 1 && last.succ_opt().is_none_or(|next| next.ordinal() == 1);
        (is_year && first.year() == last.year()).then(|| first.year())
    }

    /// The date in the usual form of logs, as far as it is known: `2031.5.17`, `2031.5`, `5.17`, `May`, `2031`.
    pub(crate) fn describe(self, language: Language) -> Option<String> {
        Some(match self {
            Self::Day(date) => format_day(date),
            Self::Month(date) => format_month(Some(date), language),
            Self::Range(first, last) => self
                .whole_year()
                .map_or_else(|| format!("{}–{}", format_day(first), format_day(last)), |year| year.to_string()),
            Self::Yearless { month, day: Some(day) } => format!("{month}.{day}"),
            Self::Yearless { month, day: None } => month_name(month, language),
            Self::Pending | Self::Undated => return None,
        })
    }

    /// The date in ISO form, as far as it is known: `2031-05-17`, `2031-05`, `--05-17`, `--05`. For a range, its first
    /// day.
    pub fn stamp(self) -> Option<String> {
        match self {
            Self::Day(date) | Self::Range(date, _) => Some(date.to_string()),
            Self::Month(date) => Some(date.format("%Y-%m").to_string()),
            Self::Yearless { month, day: Some(day) } => Some(format!("--{month:02}-{day:02}")),
            Self::Yearless { month, day: None } => Some(format!("--{month:02}")),
            Self::Pending | Self::Undated => None,
        }
    }
}

/// A heading and the text below it, up to the next heading that structures the log.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Section {
    file: u32,
    line: u32,
    span: Span,
    body: u32,
    entries: Span,
    /// Day, month, pending list, or another kind.
    pub kind: SectionKind,
    /// The heading's text without `#`; empty for text before the first heading.
    pub heading: Box<str>,
    /// Spans of the text that belongs to no entry, in order.
    pub notes: ThinVec<Span>,
    /// The tags of the pictures in that text, in bytes of the file; see
    /// [`Log::figures_of_note`](super::Log::figures_of_note).
    pub figures: ThinVec<FigurePlace>,
}

impl Section {
    /// A section without text so far: `line` is that of its heading, counted from 1, and `span` goes on to the next
    /// section.
    pub(super) fn new(file: usize, kind: SectionKind, heading: &str, line: usize, span: Range<usize>) -> Self {
        Self {
            file: offset(file),
            line: offset(line),
            body: offset(span.start),
            span: span.into(),
            entries: Span::default(),
            kind,
            heading: heading.into(),
            notes: ThinVec::new(),
            figures: ThinVec::new(),
        }
    }

    /// Index into [`Log::files`](super::Log::files).
    pub fn file(&self) -> usize {
        self.file as usize
    }

    /// The heading's line, counted from 1.
    pub fn line(&self) -> usize {
        self.line as usize
    }

    /// Bytes from the heading to the next section.
    pub fn span(&self) -> Range<usize> {
        self.span.range()
    }

    /// Byte at which the text below the heading starts.
    pub fn body(&self) -> usize {
        self.body as usize
    }

    /// Indices into [`Log::entries`](super::Log::entries).
    pub fn entries(&self) -> Range<usize> {
        self.entries.range()
    }

    pub(super) fn set_file(&mut self, file: usize) {
        self.file = offset(file);
    }

    pub(super) fn set_start(&mut self, start: usize) {
        self.span = (start..self.span.end()).into();
    }

    pub(super) fn set_end(&mut self, end: usize) {
        self.span = (self.span.start()..end).into();
    }

    pub(super) fn set_body(&mut self, body: usize) {
        self.body = offset(body);
    }

    pub(super) fn set_entries(&mut self, entries: Range<usize>) {
        self.entries = entries.into();
    }

    /// The name that survives line changes.
    pub(crate) fn name(&self) -> SectionName {
        SectionName { date: self.kind.date(), heading: self.heading.to_string() }
    }
}

/// Identifies a section even if lines move.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SectionName {
    /// The first day that the section covers.
    pub date: Option<NaiveDate>,
    /// The heading's text without `#`.
    pub heading: String,
}
