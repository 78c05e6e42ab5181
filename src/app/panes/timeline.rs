//! The timeline: months that fold, and in them what was read, newest first.

use std::collections::{BTreeMap, BTreeSet};

use chrono::{Datelike, NaiveDate};
use serde::{Deserialize, Serialize};

use crate::app::screen::viewport::Viewport;
use crate::log::date::month_of;
use crate::log::{Key, Log, Section, SectionKind, SectionName};
use crate::words::Language;

/// A line of the timeline. Indices are those of the [`Log`].
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Row {
    /// A month, by its first day; `None` for what stands under no date.
    Month(Option<NaiveDate>),
    /// A paper, note or placeholder, with the day of the month where a day begins.
    Entry(usize, Option<u32>),
    /// Text of a section that belongs to no entry, or a section with nothing in it.
    Section(usize, Option<u32>),
}

/// What a row stands for, whatever its index: it survives a reload.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum Place {
    /// A month.
    Month(Option<NaiveDate>),
    /// An entry.
    Entry(Key),
    /// A section, by its first day and heading.
    Section(Option<NaiveDate>, String),
}

impl From<&SectionName> for Place {
    fn from(name: &SectionName) -> Self {
        Self::Section(name.date, name.heading.clone())
    }
}

/// The timeline's state.
#[derive(Debug, Default)]
pub struct Timeline {
    /// What is shown, folded months without what is in them.
    pub rows: Vec<Row>,
    /// Index into the rows.
    pub cursor: usize,
    /// Scrolling.
    pub view: Viewport,
    folded: BTreeSet<Option<NaiveDate>>,
    /// How many entries each month holds, folded or not.
    counts: BTreeMap<Option<NaiveDate>, usize>,
}

impl Timeline {
    /// Builds the rows anew and finds the cursor again by what it stood on.
    pub fn rebuild(&mut self, log: &Log, place: Option<&Place>) {
        (self.rows, self.counts) = rows(log, &self.folded);
        let found = place.and_then(|place| self.position(log, place));
        self.cursor = found.unwrap_or(self.cursor).min(self.rows.len().saturating_sub(1));
    }

    /// Puts the cursor on the newest paper.
    pub fn start(&mut self) {
        let first = self.rows.iter().position(|row| matches!(row, Row::Entry(..)));
        self.cursor = first.unwrap_or(0);
    }

    /// What the cursor is on.
    pub fn place(&self, log: &Log) -> Option<Place> {
        self.rows.get(self.cursor).map(|&row| place(log, row))
    }

    /// The day or month of what the cursor is on.
    pub fn date(&self, log: &Log) -> Option<NaiveDate> {
        self.rows.get(self.cursor).and_then(|&row| date(log, row))
    }

    /// The months that are folded.
    pub fn folded(&self) -> &BTreeSet<Option<NaiveDate>> {
        &self.folded
    }

    /// Folds months and goes to a place, as they were left; of a place that is gone to what is
    /// nearest in time.
    pub fn resume(
        &mut self,
        log: &Log,
        months: BTreeSet<Option<NaiveDate>>,
        place: Option<&Place>,
        day: Option<NaiveDate>,
    ) {
        self.folded = months;
        self.rebuild(log, None);
        let nearest = || {
            let days_off = |row: Row| Some((date(log, row)? - day?).num_days().abs());
            // A month is as near as its first day, but what is in it is meant.
            let is_month = |row: Row| matches!(row, Row::Month(_));
            let dated = self.rows.iter().zip(0..).filter_map(|(&row, at)| Some((is_month(row), days_off(row)?, at)));
            dated.min().map(|(.., at)| at)
        };
        let found = place.and_then(|place| self.position(log, place)).or_else(nearest);
        self.cursor = found.unwrap_or(self.cursor);
    }

    /// Whether a month is folded.
    pub fn is_folded(&self, month: Option<NaiveDate>) -> bool {
        self.folded.contains(&month)
    }

    /// How many papers a month holds, notes and placeholders included.
    pub fn count(&self, month: Option<NaiveDate>) -> usize {
        self.counts.get(&month).copied().unwrap_or(0)
    }

    /// The row of a place, or of the month that hides it.
    fn position(&self, log: &Log, wanted: &Place) -> Option<usize> {
        let row = |wanted: &Place| {
            let wanted = Standing::of(log, wanted)?;
            self.rows.iter().position(|&row| wanted.is(log, row))
        };
        row(wanted).or_else(|| row(&Place::Month(month_of_place(log, wanted)?)))
    }

    /// Goes to an entry, and opens its month if needed.
    pub fn go_to(&mut self, log: &Log, key: &Key) {
        self.reveal(log, &Place::Entry(key.clone()));
    }

    /// Goes to a place, and opens its month if needed.
    pub fn reveal(&mut self, log: &Log, place: &Place) {
        if let Some(month) = month_of_place(log, place) {
            self.folded.remove(&month);
        }
        self.rebuild(log, Some(place));
    }

    /// Folds the month of the cursor; `false` if it is folded already.
    pub fn fold(&mut self, log: &Log) -> bool {
        let Some(month) = self.month() else { return false };
        if !self.folded.insert(month) {
            return false;
        }
        self.rebuild(log, Some(&Place::Month(month)));
        true
    }

    /// Unfolds the month under the cursor; `false` if the cursor is on no folded one.
    pub fn unfold(&mut self, log: &Log) -> bool {
        match self.rows.get(self.cursor) {
            Some(&Row::Month(month)) if self.folded.remove(&month) => {
                self.rebuild(log, Some(&Place::Month(month)));
                true
            }
            _ => false,
        }
    }

    /// The month that the cursor is in.
    fn month(&self) -> Option<Option<NaiveDate>> {
        self.rows[..=self.cursor.min(self.rows.len().checked_sub(1)?)].iter().rev().find_map(|row| match row {
            Row::Month(month) => Some(*month),
            _ => None,
        })
    }

    /// Goes by entries, past everything else.
    pub fn move_entries(&mut self, by: isize) {
        self.move_to_nth(by, |row| matches!(row, Row::Entry(..)));
    }

    /// Goes by months.
    pub fn move_months(&mut self, by: isize) {
        self.move_to_nth(by, |row| matches!(row, Row::Month(_)));
    }

    fn move_to_nth(&mut self, by: isize, wanted: impl Fn(&Row) -> bool) {
        let (above, here) = self.rows.split_at(self.cursor.min(self.rows.len()));
        let times = by.unsigned_abs();
        let target = match by {
            0 => None,
            1.. => {
                let below = here.iter().zip(self.cursor..).skip(1);
                below.filter(|(row, _)| wanted(row)).take(times).last().map(|(_, index)| index)
            }
            _ => above.iter().enumerate().rev().filter(|(_, row)| wanted(row)).take(times).last().map(|(at, _)| at),
        };
        self.cursor = target.unwrap_or(self.cursor);
    }

    /// Whether the cursor is on a month.
    pub fn is_on_month(&self) -> bool {
        matches!(self.rows.get(self.cursor), Some(Row::Month(_)))
    }

    /// The entry that the cursor is on, as an index into [`Log::entries`].
    pub fn entry(&self) -> Option<usize> {
        match self.rows.get(self.cursor) {
            Some(&Row::Entry(entry, _)) => Some(entry),
            _ => None,
        }
    }
}

fn month_of_place(log: &Log, place: &Place) -> Option<Option<NaiveDate>> {
    Some(match place {
        Place::Month(month) => *month,
        Place::Section(date, _) => date.map(month_of),
        Place::Entry(key) => log.entries[log.find(key)?].date.map(month_of),
    })
}

/// What a row stands for.
pub fn place(log: &Log, row: Row) -> Place {
    match row {
        Row::Month(month) => Place::Month(month),
        Row::Entry(entry, _) => Place::Entry(log.entries[entry].key.clone()),
        Row::Section(section, _) => {
            let section = &log.sections[section];
            Place::from(&section.name())
        }
    }
}

/// A place in one reading of the log, so that each row is known without its name being made.
enum Standing<'a> {
    Month(Option<NaiveDate>),
    Entry(usize),
    Section(Option<NaiveDate>, &'a str),
}

impl<'a> Standing<'a> {
    /// `None` for an entry that is not there.
    fn of(log: &Log, place: &'a Place) -> Option<Self> {
        Some(match place {
            Place::Month(month) => Self::Month(*month),
            Place::Entry(key) => Self::Entry(log.find(key)?),
            Place::Section(date, heading) => Self::Section(*date, heading),
        })
    }

    fn is(&self, log: &Log, row: Row) -> bool {
        match (self, row) {
            (Self::Month(wanted), Row::Month(month)) => *wanted == month,
            (Self::Entry(wanted), Row::Entry(entry, _)) => *wanted == entry,
            (Self::Section(date, heading), Row::Section(section, _)) => {
                let section = &log.sections[section];
                section.kind.date() == *date && section.heading == *heading
            }
            _ => false,
        }
    }
}

/// The day of a row, or its month.
fn date(log: &Log, row: Row) -> Option<NaiveDate> {
    match row {
        Row::Month(month) => month,
        Row::Entry(entry, _) => log.entries[entry].date,
        Row::Section(section, _) => log.sections[section].kind.date(),
    }
}

/// The rows, and how many entries each month holds.
fn rows(log: &Log, folded: &BTreeSet<Option<NaiveDate>>) -> (Vec<Row>, BTreeMap<Option<NaiveDate>, usize>) {
    let mut rows = Vec::new();
    let mut counts: BTreeMap<Option<NaiveDate>, usize> = BTreeMap::new();
    let mut month = None;
    let mut day = None;
    for index in sections_newest_first(log) {
        let section = &log.sections[index];
        let this_month = section.kind.date().map(month_of);
        if month != Some(this_month) {
            month = Some(this_month);
            day = None;
            rows.push(Row::Month(this_month));
        }
        *counts.entry(this_month).or_default() += section.entries.len();
        if folded.contains(&this_month) {
            continue;
        }
        let mut date = |section: &Section| {
            let date = section.kind.date().filter(|_| !matches!(section.kind, SectionKind::Month(_)));
            let new = date.filter(|_| day != date);
            day = date;
            new.map(|date| date.day())
        };
        if has_own_row(log, section) {
            rows.push(Row::Section(index, date(section)));
        }
        for entry in section.entries.clone() {
            rows.push(Row::Entry(entry, date(section)));
        }
    }
    (rows, counts)
}

fn sections_newest_first(log: &Log) -> Vec<usize> {
    let listed = |index: &usize| {
        let section = &log.sections[*index];
        section.kind != SectionKind::Pending && (has_own_row(log, section) || !section.entries.is_empty())
    };
    let mut order: Vec<usize> = (0..log.sections.len()).filter(listed).collect();
    order.sort_by_key(|&index| {
        let kind = log.sections[index].kind;
        let month = std::cmp::Reverse(kind.date().map(month_of));
        (month, !matches!(kind, SectionKind::Month(_)), std::cmp::Reverse(kind.date()))
    });
    order
}

/// Whether the text of a section must be shown by itself, so that nothing of the log is hidden.
fn has_own_row(log: &Log, section: &Section) -> bool {
    let has_note = !log.note(section).is_empty();
    match section.kind {
        SectionKind::Month(_) | SectionKind::Yearless { day: None, .. } | SectionKind::Pending => has_note,
        SectionKind::Day(_) | SectionKind::Range(..) | SectionKind::Yearless { .. } => {
            has_note || section.entries.is_empty()
        }
        SectionKind::Undated => has_note || !section.heading.is_empty(),
    }
}

/// What a section's row says: the first words of its text, or its heading.
pub fn section_label(log: &Log, section: usize, language: Language) -> String {
    let section = &log.sections[section];
    let note = log.note_lines(section).find(|line| !line.trim().is_empty()).unwrap_or_default();
    let note = note.trim_start_matches(['#', '>', '-', '*', ' ']).replace("**", "");
    match section.kind {
        SectionKind::Undated if !section.heading.is_empty() => section.heading.clone(),
        _ if note.is_empty() => language.pick("nothing yet", "尚无内容").to_owned(),
        _ => note,
    }
}
