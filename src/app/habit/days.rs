//! Navigating by day in the calendar, the heat map and the weekly digest, and from a day to its papers.

use std::collections::BTreeSet;
use std::ops::Bound;

use chrono::{Datelike, Days, NaiveDate, Weekday};

use super::calendar::{self, Calendar};
use super::statistics::Statistics;
use crate::app::lists::sheet::{Sheet, Subject};
use crate::app::message::MouseKind;
use crate::app::page::flow::{PageLine, flow};
use crate::app::screen::layout::Pane;
use crate::app::{App, Effect, Overlay};
use crate::log::date::{format_day, month_of};
use crate::log::item_dates::ItemDate;
use crate::log::markup::{self, Block, Link};
use crate::log::stats::{day_of, days, newest_day, summed_up};
use crate::log::{Source, parse};
use crate::review::week::Week;
use crate::say;

/// The maximum width of a digest, in columns.
const DIGEST: u16 = 90;

impl App {
    /// The day selected at first: the shown paper's day, else the latest day with a paper, else today.
    fn first_day(&self) -> Option<NaiveDate> {
        let current = self.entry().and_then(|entry| day_of(&self.log, entry));
        current.or_else(|| newest_day(&self.log)).or_else(|| self.reviewing.today())
    }

    /// Closes the calendar or the statistics, if one of them is on top, and returns the day selected in it.
    fn take_day(&mut self) -> Option<NaiveDate> {
        let day = match self.overlays.last()? {
            Overlay::Calendar(calendar) => calendar.day,
            Overlay::Statistics(statistics) => statistics.day,
            _ => return None,
        };
        self.overlays.pop();
        Some(day)
    }

    pub(in crate::app) fn show_calendar(&mut self) -> Vec<Effect> {
        let Some(day) = self.take_day().or_else(|| self.first_day()) else { return self.tell_of_no_days() };
        self.overlays.push(Overlay::Calendar(Calendar { day }));
        Vec::new()
    }

    pub(in crate::app) fn show_statistics(&mut self) -> Vec<Effect> {
        let Some(day) = self.take_day().or_else(|| self.first_day()) else { return self.tell_of_no_days() };
        let statistics = Statistics::new(day);
        self.overlays.push(Overlay::Statistics(Box::new(statistics)));
        Vec::new()
    }

    /// Shows the digest of the week that contains `first_day`.
    pub(in crate::app) fn show_week(&mut self) -> Vec<Effect> {
        let Some(day) = self.first_day() else { return self.tell_of_no_days() };
        self.overlays.push(Overlay::Sheet(Sheet::new(Subject::Week(day))));
        Vec::new()
    }

    fn tell_of_no_days(&mut self) -> Vec<Effect> {
        let has_dates = self.log.sections.iter().any(|section| section.kind.is_dated());
        let text = match has_dates {
            true => self.language.pick(
                "The dates in this log have no year; write it in one of them, such as “## 2031.5.17”",
                "日志中的日期没有年份；请至少在一处写出，如“## 2031.5.17”",
            ),
            false => self.language.pick(
                "This log has no dates yet; write one as a heading such as “## 2031.5.17”",
                "日志中还没有日期；请将日期写成“## 2031.5.17”这样的标题",
            ),
        };
        self.tell(text.into())
    }

    /// The selected day of the top overlay.
    fn day(&mut self) -> Option<&mut NaiveDate> {
        match self.overlays.last_mut() {
            Some(Overlay::Calendar(calendar)) => Some(&mut calendar.day),
            Some(Overlay::Statistics(statistics)) => Some(&mut statistics.day),
            Some(Overlay::Sheet(Sheet { subject: Subject::Week(day), .. })) => Some(day),
            _ => None,
        }
    }

    /// Moves the selected day by `times` steps. A step of 1 or -1 goes to the next or previous day with
    /// activity; a step of 7 or -7 moves exactly one week. In the digest, any step goes to the next or
    /// previous week with activity.
    pub(in crate::app) fn move_days(&mut self, step: isize, times: isize) {
        let is_week = matches!(self.overlays.last(), Some(Overlay::Sheet(_)));
        let stops = self.stops();
        let Some(day) = self.day() else { return };
        let moved = match step.unsigned_abs() {
            _ if is_week => nearest(&stops, monday(*day), times * step.signum(), monday),
            1 => nearest(&stops, *day, times * step, |day| day),
            _ => days_on(*day, step.saturating_mul(times)),
        };
        *day = moved.filter(|day| is_usual(*day)).unwrap_or(*day);
        self.scroll_to_top();
    }

    /// Moves by months with activity, to the day with activity that is nearest to the same day of the month.
    /// Moves the timeline's cursor by groups if no day is selected.
    pub(in crate::app) fn move_months(&mut self, by: isize) {
        let stops = self.stops();
        let Some(day) = self.day() else { return self.timeline.move_groups(by) };
        let Some(month) = nearest(&stops, month_of(*day), by, month_of) else { return };
        let of_month = stops.into_iter().filter(|stop| month_of(*stop) == month);
        let moved = of_month.min_by_key(|stop| stop.day().abs_diff(day.day()));
        *day = moved.filter(|day| is_usual(*day)).unwrap_or(*day);
        self.scroll_to_top();
    }

    fn scroll_to_top(&mut self) {
        match self.overlays.last_mut() {
            Some(Overlay::Statistics(statistics)) => statistics.view.top = 0,
            Some(Overlay::Sheet(sheet)) => sheet.view.top = 0,
            _ => {}
        }
    }

    /// Days on which something was read, graded, ticked or added; and today.
    fn stops(&self) -> BTreeSet<NaiveDate> {
        let graded = self.reviewing.deck.reviews().history.iter().map(|line| line.day);
        let of_items =
            self.log.tasks.iter().flat_map(|task| [ItemDate::Done, ItemDate::Added].map(|date| date.read(&task.text)));
        let read = summed_up(&self.log).filter_map(|entry| entry.date);
        read.chain(graded).chain(of_items.flatten()).chain(self.reviewing.today()).collect()
    }

    /// Goes to the papers of the selected day.
    pub(in crate::app) fn go_to_day(&mut self) -> Vec<Effect> {
        let Some(&mut date) = self.day() else { return Vec::new() };
        let Some(entry) = summed_up(&self.log).find(|entry| entry.date == Some(date)) else {
            return self.tell(say!(self.language, "Nothing was read on {}", "{} 没有读论文", format_day(date)));
        };
        let key = entry.key.clone();
        self.overlays.pop();
        self.go_to(&key);
        self.focus = Pane::Timeline;
        Vec::new()
    }

    /// A click selects a day, a second click goes to its papers, and a click outside closes the overlay.
    pub(in crate::app) fn mouse_on_days(&mut self, column: u16, row: u16, kind: MouseKind) -> Vec<Effect> {
        let (frame, found) = match self.overlays.last() {
            Some(Overlay::Calendar(calendar)) => {
                (calendar::area(self.size), calendar::day_at(self.size, calendar.day, column, row))
            }
            Some(Overlay::Statistics(statistics)) => {
                (statistics.area(self.size), statistics.day_at(self.size, column, row))
            }
            _ => return Vec::new(),
        };
        match (kind, found) {
            (MouseKind::Wheel(by), _) if matches!(self.overlays.last(), Some(Overlay::Calendar(_))) => {
                self.move_months(by.signum());
            }
            (MouseKind::Wheel(by), _) => self.move_by(by),
            (MouseKind::Press, Some(date)) => match self.day() {
                Some(day) if *day == date => return self.go_to_day(),
                Some(day) => *day = date,
                None => {}
            },
            (MouseKind::Press, None) if !frame.contains(column, row) => return self.cancel(),
            (MouseKind::Press, None) | (MouseKind::Drag, _) => {}
        }
        Vec::new()
    }

    /// The papers read on a day, as one line.
    pub(crate) fn read_on(&self, date: NaiveDate) -> String {
        let entries = summed_up(&self.log).filter(|entry| entry.date == Some(date));
        let names: Vec<&str> = entries.map(|entry| entry.name()).collect();
        match names.len() {
            0 => say!(self.language, "{} · nothing read", "{} · 没有阅读", format_day(date)),
            1 => format!("{} · {}", format_day(date), names[0]),
            count => {
                let names = names.join(self.language.pick(", ", "、"));
                say!(
                    self.language,
                    "{} · {} · {names}",
                    "{} · {} · {names}",
                    format_day(date),
                    self.language.counted(count, "entry", "entries", "篇")
                )
            }
        }
    }

    /// Number of entries read on each day.
    pub(crate) fn days(&self) -> std::collections::BTreeMap<NaiveDate, usize> {
        days(&self.log)
    }

    /// The digest of the week that contains a day.
    pub(in crate::app) fn week(&self, date: NaiveDate) -> Vec<PageLine> {
        let today = self.reviewing.today().unwrap_or(date);
        let week = Week::of(&self.log, &self.reviewing.deck, date, today, None);
        let unread = self.papers.unread(&self.log);
        let cited: Vec<(&str, usize)> = unread.iter().map(|unread| (unread.title(&self.log), unread.count)).collect();
        let text = week.markdown(&self.log, &cited, self.language);
        let columns = usize::from(self.size.width.saturating_sub(4).min(DIGEST));
        let log = parse::parse([Source { name: String::new(), text: text.into() }]);
        let Some(file) = log.files.first() else { return Vec::new() };
        let mut blocks = markup::blocks(file, 0..file.text.len(), &[]);
        self.link_entries(&week, &mut blocks);
        flow(&blocks, columns, &[], &[], self.language)
    }

    /// Turns the titles in a digest's lists into links to their entries.
    fn link_entries(&self, week: &Week, blocks: &mut [Block]) {
        let Week { read, ticked, added, due, drafts, .. } = week;
        let of_entries = [Some(read), None, None, Some(due), Some(drafts)];
        let listed = [read, ticked, added, due, drafts].into_iter().zip(of_entries);
        let lists = blocks.iter_mut().filter_map(|block| match block {
            Block::List(_, items) => Some(items),
            _ => None,
        });
        for ((_, entries), items) in listed.filter(|(listed, _)| !listed.is_empty()).zip(lists) {
            for (&entry, item) in entries.into_iter().flatten().zip(items) {
                let Some(Block::Paragraph(lines)) = item.blocks.first_mut() else { continue };
                let link = Link::Entry(self.log.entries[entry].key.clone());
                for run in lines.first_mut().into_iter().flat_map(|line| &mut line.text) {
                    run.link.get_or_insert_with(|| link.clone());
                }
            }
        }
    }
}

/// The day `by` days later.
fn days_on(day: NaiveDate, by: isize) -> Option<NaiveDate> {
    let days = Days::new(u64::try_from(by.unsigned_abs()).unwrap_or(u64::MAX));
    if by < 0 { day.checked_sub_days(days) } else { day.checked_add_days(days) }
}

fn monday(day: NaiveDate) -> NaiveDate {
    day.week(Weekday::Mon).checked_first_day().unwrap_or(day)
}

/// The start of the `by`th period with activity after `from`, or before it if `by` is negative. Stops at the last such
/// period if there are fewer than `by`; `None` if there are none. `period` maps a day to the first day of its period.
fn nearest(
    days: &BTreeSet<NaiveDate>,
    from: NaiveDate,
    by: isize,
    period: impl Fn(NaiveDate) -> NaiveDate,
) -> Option<NaiveDate> {
    let periods: BTreeSet<NaiveDate> = days.iter().map(|&day| period(day)).collect();
    let steps = by.unsigned_abs();
    match by {
        ..0 => periods.range(..from).rev().take(steps).last(),
        _ => periods.range((Bound::Excluded(from), Bound::Unbounded)).take(steps).last(),
    }
    .copied()
}

/// Whether the year has four digits, as layouts expect.
fn is_usual(day: NaiveDate) -> bool {
    (1000..10_000).contains(&day.year())
}
