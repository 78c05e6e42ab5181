//! Counts, streaks and gaps: what a log says of the habit.

use std::collections::BTreeMap;

use chrono::{Datelike, NaiveDate};

use super::date::month_of;
use super::tracks::{Topics, Track, tracks};
use super::{Entry, EntryKind, Log, marks};

/// Figures of a log.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Stats {
    /// Entries that are papers, their summary written.
    pub papers: usize,
    /// The reader's own texts.
    pub notes: usize,
    /// Titles whose summary is still to be written.
    pub placeholders: usize,
    /// Pictures of entries and of text that belongs to none.
    pub figures: usize,
    /// Done and all items of the pending list.
    pub pending: (usize, usize),
    /// Entries read on each day that has any. The calendar and the heat map are made of it.
    pub days: BTreeMap<NaiveDate, usize>,
    /// Entries read in each month that has any, by the month's first day.
    pub months: BTreeMap<NaiveDate, usize>,
    /// The most days in a row with something read; the earliest such run.
    pub longest_streak: Option<Run>,
    /// The longest time from one day with something read to the next; the earliest such time.
    pub longest_gap: Option<Run>,
    /// Papers by the year of publication and the year in which they were read.
    pub years: BTreeMap<(u32, i32), usize>,
    /// Papers by who published them, most first.
    pub organisations: Vec<(String, usize)>,
    /// The fields that the log's author follows, as listed.
    pub tracks: Vec<Track>,
    /// Items ticked on each day, as far as they bear the day (`✅ 2031-05-17`).
    pub ticked: BTreeMap<NaiveDate, usize>,
    /// Items added on each day, as far as they bear the day (`➕ 2031-05-17`).
    pub added: BTreeMap<NaiveDate, usize>,
}

/// A stretch of days.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Run {
    /// Its first day.
    pub first: NaiveDate,
    /// Its last day.
    pub last: NaiveDate,
    /// Its length: days of a streak; of a gap, days from the one reading to the next.
    pub days: usize,
}

impl Stats {
    /// The figures of a log, with the fields that its reader follows.
    pub fn of(log: &Log, topics: &Topics) -> Self {
        let mut stats = Self { pending: log.progress(), tracks: tracks(log, topics), ..Self::default() };
        let mut organisations: BTreeMap<&str, usize> = BTreeMap::new();
        for entry in log.read() {
            stats.count(entry);
            for name in &entry.organisations {
                *organisations.entry(name).or_default() += 1;
            }
        }
        stats.days = days(log);
        for (&day, count) in &stats.days {
            *stats.months.entry(month_of(day)).or_default() += count;
        }
        stats.figures += log.sections.iter().map(|section| section.figures.len()).sum::<usize>();
        stats.organisations = organisations.into_iter().map(|(name, count)| (name.to_owned(), count)).collect();
        stats.organisations.sort_by_key(|(_, count)| std::cmp::Reverse(*count));
        for task in &log.tasks {
            if let Some(day) = marks::done_on(&task.text).filter(|_| task.is_done()) {
                *stats.ticked.entry(day).or_default() += 1;
            }
            if let Some(day) = marks::added_on(&task.text) {
                *stats.added.entry(day).or_default() += 1;
            }
        }
        stats.runs();
        stats
    }

    fn count(&mut self, entry: &Entry) {
        match entry.kind {
            EntryKind::Paper => self.papers += 1,
            EntryKind::Note => self.notes += 1,
            EntryKind::Placeholder => self.placeholders += 1,
        }
        self.figures += entry.figures.len();
        let Some(date) = entry.date else { return };
        if let Some(published) = entry.published {
            *self.years.entry((published.year, date.year())).or_default() += 1;
        }
    }

    fn runs(&mut self) {
        let days: Vec<NaiveDate> = self.days.keys().copied().collect();
        let streaks = days.chunk_by(|day, next| day.succ_opt() == Some(*next));
        let streaks = streaks.map(|run| Run { first: run[0], last: run[run.len() - 1], days: run.len() });
        let gaps = days.windows(2).map(|pair| Run { first: pair[0], last: pair[1], days: length(pair[0], pair[1]) });
        self.longest_streak = longest(streaks);
        self.longest_gap = longest(gaps);
    }

    /// The days in a row with something read up to today, or up to yesterday while today
    /// can still be saved.
    pub fn streak(&self, today: NaiveDate) -> usize {
        let until = if self.days.contains_key(&today) { Some(today) } else { today.pred_opt() };
        std::iter::successors(until, NaiveDate::pred_opt).take_while(|day| self.days.contains_key(day)).count()
    }
}

/// The entries that were read and are no drafts.
pub(crate) fn summed_up(log: &Log) -> impl Iterator<Item = &Entry> {
    log.read().filter(|entry| entry.kind != EntryKind::Placeholder)
}

/// Entries read on each day that has any; drafts are none.
pub fn days(log: &Log) -> BTreeMap<NaiveDate, usize> {
    let mut days = BTreeMap::new();
    for day in summed_up(log).filter_map(|entry| entry.date) {
        *days.entry(day).or_default() += 1;
    }
    days
}

/// The newest day with something read.
pub fn newest_day(log: &Log) -> Option<NaiveDate> {
    summed_up(log).filter_map(|entry| entry.date).max()
}

fn length(from: NaiveDate, to: NaiveDate) -> usize {
    usize::try_from((to - from).num_days()).unwrap_or(0)
}

/// The longest run, the earliest of several.
fn longest(runs: impl Iterator<Item = Run>) -> Option<Run> {
    runs.reduce(|best, run| if run.days > best.days { run } else { best })
}
