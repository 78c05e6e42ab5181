//! Statistics on reading: counts, streaks, gaps.

use std::collections::BTreeMap;

use chrono::{Datelike, NaiveDate};

use super::date::month_of;
use super::item_dates::ItemDate;
use super::topics::{self, ConfiguredTopics, Topic};
use super::{Entry, EntryKind, Log, SectionKind};
use crate::words::Language;

/// The longest range, in days, whose papers count as read on its first day. A longer one, such as a year, tells no day.
const LONGEST_RANGE: i64 = 31;

/// The statistics of a log.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Stats {
    /// Papers with a written summary.
    pub papers: usize,
    /// Notes of the reader's own.
    pub notes: usize,
    /// Drafts: titles without a summary.
    pub drafts: usize,
    /// Pictures in entries and notes.
    pub figures: usize,
    /// (closed items, all items) of the pending list.
    pub pending: (usize, usize),
    /// Entries by day, for the calendar and the heat map; without those whose day is unknown.
    pub days: BTreeMap<NaiveDate, usize>,
    /// Entries by month, given by its first day.
    pub months: BTreeMap<NaiveDate, usize>,
    /// The longest run of days with entries; the earliest of several.
    pub longest_streak: Option<DayRun>,
    /// The longest time between two days with entries; the earliest of several.
    pub longest_gap: Option<DayRun>,
    /// Papers by (year of publication, year of reading).
    pub years: BTreeMap<(u32, i32), usize>,
    /// Papers by organisation, most first.
    pub organisations: Vec<(String, usize)>,
    /// The research topics that the user follows, as listed.
    pub topics: Vec<Topic>,
    /// Items by completion date, if they have one (`✅ 2031-05-17`).
    pub ticked: BTreeMap<NaiveDate, usize>,
    /// Items by creation date, if they have one (`➕ 2031-05-17`).
    pub added: BTreeMap<NaiveDate, usize>,
}

/// A range of days.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct DayRun {
    /// The first day.
    pub first: NaiveDate,
    /// The last day.
    pub last: NaiveDate,
    /// The number of days in a streak; in a gap, the days from one reading to the next.
    pub days: usize,
}

impl Stats {
    /// The statistics of a log. `configured` are the topics from the configuration.
    pub fn of(log: &Log, configured: &ConfiguredTopics) -> Self {
        let mut stats = Self { pending: log.progress(), topics: topics::find(log, configured), ..Self::default() };
        let mut organisations: BTreeMap<&str, usize> = BTreeMap::new();
        for entry in log.read() {
            stats.count(log, entry);
            for name in entry.organisations.iter().filter(|_| entry.kind == EntryKind::Paper) {
                *organisations.entry(name).or_default() += 1;
            }
        }
        stats.days = days(log);
        for month in summed_up(log).filter_map(|entry| month_of_entry(log, entry)) {
            *stats.months.entry(month).or_default() += 1;
        }
        stats.figures += log.sections.iter().map(|section| section.figures.len()).sum::<usize>();
        stats.organisations = organisations.into_iter().map(|(name, count)| (name.to_owned(), count)).collect();
        stats.organisations.sort_by_key(|(_, count)| std::cmp::Reverse(*count));
        for task in &log.tasks {
            if let Some(day) = ItemDate::Done.read(&task.text).filter(|_| task.is_done()) {
                *stats.ticked.entry(day).or_default() += 1;
            }
            if let Some(day) = ItemDate::Added.read(&task.text) {
                *stats.added.entry(day).or_default() += 1;
            }
        }
        stats.runs();
        stats
    }

    fn count(&mut self, log: &Log, entry: &Entry) {
        match entry.kind {
            EntryKind::Paper => self.papers += 1,
            EntryKind::Note => self.notes += 1,
            EntryKind::Draft => self.drafts += 1,
        }
        self.figures += entry.figures.len();
        let date = log.sections[entry.section()].kind.date();
        let Some(date) = date.filter(|_| entry.kind == EntryKind::Paper) else { return };
        if let Some(published) = entry.published {
            *self.years.entry((published.year.into(), date.year())).or_default() += 1;
        }
    }

    fn runs(&mut self) {
        let days: Vec<NaiveDate> = self.days.keys().copied().collect();
        let streaks = days.chunk_by(|day, next| day.succ_opt() == Some(*next));
        let streaks = streaks.map(|run| DayRun { first: run[0], last: run[run.len() - 1], days: run.len() });
        let gaps = days.windows(2).map(|pair| DayRun { first: pair[0], last: pair[1], days: length(pair[0], pair[1]) });
        self.longest_streak = longest(streaks);
        self.longest_gap = longest(gaps);
    }

    /// Why nothing can be said by day: the log has papers, but no dates, or none with a year.
    pub(crate) fn without_days(&self, language: Language) -> Option<&'static str> {
        let is_dateless = self.papers > 0 && self.days.is_empty() && self.months.is_empty();
        is_dateless.then_some(
            language.pick("no date has a year, so nothing is counted by day", "日期都没有年份，无法按日统计"),
        )
    }

    /// The current streak. Until today has an entry, it counts up to yesterday.
    pub fn streak(&self, today: NaiveDate) -> usize {
        let until = if self.days.contains_key(&today) { Some(today) } else { today.pred_opt() };
        std::iter::successors(until, NaiveDate::pred_opt).take_while(|day| self.days.contains_key(day)).count()
    }
}

/// The entries that have been read, without drafts.
pub(crate) fn summed_up(log: &Log) -> impl Iterator<Item = &Entry> {
    log.read().filter(|entry| entry.kind != EntryKind::Draft)
}

/// The day on which an entry counts as read: that of its section, or the first one of a short range.
pub(crate) fn day_of(log: &Log, entry: &Entry) -> Option<NaiveDate> {
    match log.sections[entry.section()].kind {
        SectionKind::Day(day) => Some(day),
        SectionKind::Range(first, last) => ((last - first).num_days() < LONGEST_RANGE).then_some(first),
        _ => None,
    }
}

/// The month in which an entry counts as read, as its first day. It may be known without the day.
fn month_of_entry(log: &Log, entry: &Entry) -> Option<NaiveDate> {
    match log.sections[entry.section()].kind {
        SectionKind::Month(month) => Some(month),
        _ => day_of(log, entry).map(month_of),
    }
}

/// Entries by day, without drafts.
pub(crate) fn days(log: &Log) -> BTreeMap<NaiveDate, usize> {
    let mut days = BTreeMap::new();
    for day in summed_up(log).filter_map(|entry| day_of(log, entry)) {
        *days.entry(day).or_default() += 1;
    }
    days
}

/// The last day with an entry that has been read, drafts not counted.
pub fn newest_day(log: &Log) -> Option<NaiveDate> {
    summed_up(log).filter_map(|entry| day_of(log, entry)).max()
}

fn length(from: NaiveDate, to: NaiveDate) -> usize {
    usize::try_from((to - from).num_days()).unwrap_or(0)
}

/// The longest run; the earliest of several.
fn longest(runs: impl Iterator<Item = DayRun>) -> Option<DayRun> {
    runs.reduce(|best, run| if run.days > best.days { run } else { best })
}
