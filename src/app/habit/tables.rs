//! The statistics as text: a heat map of a year, bars, tables. Shades and bars are characters, so that
//! they can be told apart without colour.

use std::collections::{BTreeMap, BTreeSet};

use chrono::{Datelike, Days, Months, NaiveDate, Weekday};

use super::chart::{ChartList, ChartRow, beside, level, row};
use crate::app::page::flow::{BlockKind, PageLine, SpanRole};
use crate::app::reviewing::state::{Reviewing, grade_name};
use crate::log::Log;
use crate::log::date::{format_day, format_month};
use crate::log::stats::{DayRun, Stats};
use crate::log::topics::ConfiguredTopics;
use crate::review::history::Grade;
use crate::review::stats::{Retention, ReviewStats};
use crate::say;
use crate::text::{cut, padded, width};
use crate::words::Language;

/// The maximum width, in columns: 53 weeks of two columns, and the weekday labels.
pub(super) const COLUMNS: u16 = LABEL + 2 * WEEKS;
/// From this text width on, in columns, the lists are side by side.
const SIDE_BY_SIDE: usize = 76;
/// Columns of the heat map's weekday labels.
pub(super) const LABEL: u16 = 4;
/// The most weeks of the heat map.
const WEEKS: u16 = 53;
/// Lines above the heat map's first day: totals, an empty line, month names.
pub(super) const ABOVE: usize = 3;
/// Columns of the labels of the selected day, streaks and gaps.
const STREAKS: usize = 16;
/// The most organisations, research topics or months of ticked items listed.
const MOST: usize = 12;
/// Heat map levels for one paper, two, up to four, and more. They differ in height, not density: a light
/// shade would be hardly visible.
const SHADES: [&str; 4] = ["▂", "▄", "▆", "█"];
/// The most months or years listed.
const MOST_MONTHS: usize = 24;

/// The input for laying out the statistics.
pub(super) struct Tables<'a> {
    pub counts: &'a Totals,
    /// The day selected in the heat map.
    pub day: NaiveDate,
    /// What was read on that day, as one line.
    pub read_on: String,
    pub today: Option<NaiveDate>,
    pub language: Language,
}

/// The numbers that the statistics show.
#[derive(Debug, Default)]
pub(super) struct Totals {
    stats: Stats,
    reviews: ReviewStats,
    /// Numbers of entries for today: (due, new, due but put off).
    up: (usize, usize, usize),
}

impl Totals {
    /// Counts everything, with the reviews as of `day`.
    pub fn of(log: &Log, topics: &ConfiguredTopics, reviewing: &Reviewing, day: NaiveDate) -> Self {
        let queue = &reviewing.queue;
        Self {
            stats: Stats::of(log, topics),
            reviews: ReviewStats::of(log, &reviewing.deck, day),
            up: (queue.due.len(), queue.new.len(), queue.put_off),
        }
    }
}

impl Tables<'_> {
    /// All lines, laid out in `columns`.
    pub fn lines(&self, columns: usize) -> Vec<PageLine> {
        let mut lines = vec![self.totals(columns), PageLine::default()];
        lines.extend(self.heat_map(columns));
        lines.push(PageLine::default());
        lines.extend(self.streaks(columns));
        let left = [self.months(), self.years(), self.tickings()];
        let right = [self.organisations(), self.topics(), self.reviewing(), self.forecast()];
        let block = |parts: &[ChartList], columns: usize| -> Vec<PageLine> {
            parts.iter().filter(|part| !part.rows.is_empty()).flat_map(|part| part.lines(columns)).collect()
        };
        if columns < SIDE_BY_SIDE {
            lines.extend(block(&right[2..], columns));
            lines.extend(block(&left, columns));
            lines.extend(block(&right[..2], columns));
        } else {
            let half = (columns - 4) / 2;
            lines.extend(beside(block(&left, half), block(&right, half), half + 4));
        }
        lines
    }

    fn totals(&self, columns: usize) -> PageLine {
        let Stats { papers, notes, drafts, figures, pending: (done, all), .. } = &self.counts.stats;
        let papers = self.language.counted(*papers, "paper", "papers", "篇论文");
        let notes = self.language.counted(*notes, "note", "notes", "篇随笔");
        let drafts = self.language.counted(*drafts, "draft", "drafts", "篇待写");
        let figures = self.language.counted(*figures, "figure", "figures", "张图");
        let long = say!(
            self.language,
            "{papers} · {notes} · {drafts} · {figures} · {done} of {all} items done",
            "{papers} · {notes} · {drafts} · {figures} · 待读项完成 {done}/{all}"
        );
        let short = format!("{papers} · {notes} · {figures}");
        PageLine::of(BlockKind::Text, SpanRole::Body, if width(&long) <= columns { &long } else { &short })
    }

    /// The selected day, streaks and gaps.
    fn streaks(&self, columns: usize) -> Vec<PageLine> {
        let days = |count: usize| match count {
            1 => say!(self.language, "1 day", "1 天"),
            _ => say!(self.language, "{count} days", "{count} 天"),
        };
        let run = |name: &'static str, run: Option<DayRun>| {
            let DayRun { first, last, days: count } = run?;
            let (first, last) = (format_day(first), format_day(last));
            if count == 1 {
                return Some((name, say!(self.language, "1 day, {last}", "1 天，{last}")));
            }
            let long = say!(self.language, "{}, {first} to {last}", "{}，{first} 至 {last}", days(count));
            let short = say!(self.language, "{}, to {last}", "{}，截至 {last}", days(count));
            Some((name, if STREAKS + width(&long) <= columns { long } else { short }))
        };
        let Stats { longest_streak, longest_gap, .. } = self.counts.stats;
        let streak =
            self.today.map(|today| (self.language.pick("streak", "当前连续"), days(self.counts.stats.streak(today))));
        let read_on = cut(&self.read_on, columns.saturating_sub(STREAKS)).into_owned();
        let without_days = self.counts.stats.without_days(self.language);
        let facts = [
            without_days.map(|reason| {
                (self.language.pick("note", "说明"), cut(reason, columns.saturating_sub(STREAKS)).into_owned())
            }),
            Some((self.language.pick("selected day", "选中日期"), read_on)),
            streak,
            run(self.language.pick("longest streak", "最长连续"), longest_streak),
            run(self.language.pick("longest gap", "最长间隔"), longest_gap),
        ];
        let line =
            |(name, fact): (&str, String)| row(&[(SpanRole::Fact, &padded(name, STREAKS)), (SpanRole::Body, &fact)]);
        facts.into_iter().flatten().map(line).collect()
    }

    /// The heat map's (first Monday, number of weeks, columns per week).
    pub fn weeks(&self, columns: usize) -> (NaiveDate, u16, u16) {
        let room = u16::try_from(columns).unwrap_or(u16::MAX).saturating_sub(LABEL);
        let cell = if room >= 2 * WEEKS { 2 } else { 1 };
        let weeks = (room / cell).clamp(1, WEEKS);
        let monday = |day: NaiveDate| day.week(Weekday::Mon).checked_first_day().unwrap_or(day);
        let last = self.counts.stats.days.last_key_value().map(|(&day, _)| day);
        let is_near = |last: NaiveDate| self.today.is_some_and(|today| (today - last).num_days().unsigned_abs() < 300);
        let end = match last {
            Some(last) if !is_near(last) => last,
            _ => self.today.or(last).unwrap_or(self.day),
        };
        // The map moves by whole widths to show the selected day.
        let span = 7 * i64::from(weeks);
        let pages = (monday(end) - monday(self.day)).num_days().div_euclid(span);
        let last = monday(end) - chrono::Duration::days(pages * span);
        (last - chrono::Duration::days(span - 7), weeks, cell)
    }

    fn heat_map(&self, columns: usize) -> Vec<PageLine> {
        let (first, weeks, cell) = self.weeks(columns);
        let date = |week: u16, weekday: u64| first.checked_add_days(Days::new(u64::from(week) * 7 + weekday));
        let mut names = String::new();
        for monday in (0..weeks).filter_map(|week| date(week, 0)) {
            let column = usize::try_from((monday - first).num_days() / 7).unwrap_or(0) * usize::from(cell);
            // A month's name is above its first full week.
            if monday.day() > 7 {
                continue;
            }
            let name = match (monday.month(), self.language) {
                (1, _) => monday.format("%Y").to_string(),
                (_, Language::English) => monday.format("%b").to_string(),
                (month, Language::Chinese) => format!("{month}月"),
            };
            // `10月11月12月` can be read without gaps.
            let gap = usize::from(!names.is_empty() && !names.ends_with('月'));
            if width(&names) + gap <= column && column + width(&name) <= usize::from(weeks * cell) {
                names.push_str(&" ".repeat(column - width(&names)));
                names.push_str(&name);
            }
        }
        let mut lines = vec![row(&[(SpanRole::Fact, &format!("{:4}{names}", ""))])];
        for (weekday, name) in (0..7)
            .zip(self.language.pick(["Mon", "", "Wed", "", "Fri", "", "Sun"], ["一", "", "三", "", "五", "", "日"]))
        {
            let cells: String =
                (0..weeks).map(|week| self.shade(date(week, weekday)) + if cell == 2 { " " } else { "" }).collect();
            lines
                .push(row(&[(SpanRole::Fact, &padded(name, usize::from(LABEL))), (SpanRole::Chart, cells.trim_end())]));
        }
        lines.push(row(&[
            (SpanRole::Fact, self.language.pick("    per day  · 0  ", "    每天  · 0  ")),
            (SpanRole::Chart, SHADES[0]),
            (SpanRole::Fact, " 1  "),
            (SpanRole::Chart, SHADES[1]),
            (SpanRole::Fact, " 2  "),
            (SpanRole::Chart, SHADES[2]),
            (SpanRole::Fact, " 3–4  "),
            (SpanRole::Chart, SHADES[3]),
            (SpanRole::Fact, " 5+"),
        ]));
        lines
    }

    fn shade(&self, date: Option<NaiveDate>) -> String {
        let Some(date) = date else { return " ".to_owned() };
        let shade = match self.counts.stats.days.get(&date) {
            Some(1) => SHADES[0],
            Some(2) => SHADES[1],
            Some(3..=4) => SHADES[2],
            Some(_) => SHADES[3],
            None if self.today.is_some_and(|today| date > today) => " ",
            None => "·",
        };
        shade.to_owned()
    }

    /// The latest months, including those without papers.
    fn months(&self) -> ChartList {
        let months = &self.counts.stats.months;
        let first = months.first_key_value().map(|(&month, _)| month);
        let before = |month: &NaiveDate| {
            month.checked_sub_months(Months::new(1)).filter(|before| first.is_some_and(|first| *before >= first))
        };
        let newest = months.last_key_value().map(|(&month, _)| month);
        let shown = std::iter::successors(newest, before).take(MOST_MONTHS);
        let counts = shown
            .map(|month| (format_month(Some(month), self.language), months.get(&month).copied().unwrap_or_default()));
        ChartList::bars(self.language.pick("Papers read per month", "每月阅读"), counts)
    }

    fn organisations(&self) -> ChartList {
        ChartList::bars(
            self.language.pick("Papers by organisation", "各机构的论文"),
            self.counts.stats.organisations.iter().take(MOST).cloned(),
        )
    }

    fn topics(&self) -> ChartList {
        let topics = self.counts.stats.topics.iter().take(MOST);
        ChartList::bars(
            self.language.pick("Papers by research topic", "各研究方向的论文"),
            topics.map(|topic| (topic.name.clone(), topic.entries.len())),
        )
    }

    /// Publication years down, reading years across.
    fn years(&self) -> ChartList {
        let read: BTreeSet<i32> = self.counts.stats.years.keys().map(|(_, read)| *read).collect();
        // Drop the oldest years if they do not fit.
        let read: Vec<i32> = read.into_iter().rev().take(5).collect::<Vec<_>>().into_iter().rev().collect();
        let mut published: BTreeMap<u32, Vec<usize>> = BTreeMap::new();
        for (&(year, when), &count) in &self.counts.stats.years {
            let counts = published.entry(year).or_insert_with(|| vec![0; read.len()]);
            if let Some(at) = read.iter().position(|other| *other == when) {
                counts[at] += count;
            }
        }
        let heading: String = read.iter().map(|year| format!("{year:>6}")).collect();
        let rows = published.into_iter().rev().take(MOST_MONTHS).map(|(year, counts)| {
            let counts =
                counts.iter().map(|&count| if count == 0 { format!("{:>6}", "·") } else { format!("{count:>6}") });
            ChartRow::Fact(year.to_string(), counts.collect())
        });
        let mut rows: Vec<ChartRow> = rows.collect();
        if !rows.is_empty() {
            rows.insert(0, ChartRow::Fact(String::new(), heading));
        }
        ChartList {
            heading: self
                .language
                .pick("Year published (rows), read (columns)", "论文的发表年份（行）和阅读年份（列）"),
            rows,
        }
    }

    fn tickings(&self) -> ChartList {
        let (done, all) = self.counts.stats.pending;
        let mut months: BTreeMap<NaiveDate, usize> = BTreeMap::new();
        for (&day, &count) in &self.counts.stats.ticked {
            *months.entry(crate::log::date::month_of(day)).or_default() += count;
        }
        let mut rows = vec![ChartRow::Fact(
            self.language.pick("done", "已完成").to_owned(),
            say!(self.language, "{done} of {all}", "{done}/{all}"),
        )];
        if months.is_empty() {
            rows.push(ChartRow::Fact(
                self.language.pick("done by month", "每月完成").to_owned(),
                self.language
                    .pick(
                        "no data: no ticked item has a date such as ✅ 2031-05-17",
                        "暂无数据：已勾选的待读项都没有“✅ 2031-05-17”这样的日期",
                    )
                    .to_owned(),
            ));
        }
        rows.extend(
            months
                .iter()
                .rev()
                .take(MOST)
                .map(|(&month, &count)| ChartRow::Bar(format_month(Some(month), self.language), count)),
        );
        ChartList {
            heading: self.language.pick("Pending", "待读清单"), rows: if all == 0 { Vec::new() } else { rows }
        }
    }

    fn reviewing(&self) -> ChartList {
        let ReviewStats { grades, retention, recent, reviewed, unreviewed, suspended, .. } = &self.counts.reviews;
        let rate = |retention: &Retention| {
            let Retention { remembered, recalls } = retention;
            retention
                .rate()
                .map(|rate| 100.0 * rate)
                .map(|rate| {
                    say!(
                        self.language,
                        "{rate:.0}%: {remembered} of {recalls} remembered",
                        "{rate:.0}%（记得 {remembered}/{recalls}）"
                    )
                })
                .unwrap_or_else(|| self.language.pick("no data yet", "暂无数据").to_owned())
        };
        let mut rows = vec![
            ChartRow::Fact(
                self.language.pick("papers", "论文").to_owned(),
                say!(
                    self.language,
                    "{reviewed} reviewed, {unreviewed} not yet",
                    "已复习 {reviewed} 篇，未复习 {unreviewed} 篇"
                ) + &match suspended {
                    0 => String::new(),
                    _ => say!(self.language, ", {suspended} stopped", "，不再复习 {suspended} 篇"),
                },
            ),
            ChartRow::Fact(self.language.pick("retention", "记忆保持率").to_owned(), rate(retention)),
            ChartRow::Fact(self.language.pick("30-day retention", "近 30 天保持率").to_owned(), rate(recent)),
        ];
        if grades.iter().any(|&count| count > 0) {
            rows.extend(
                Grade::ALL
                    .into_iter()
                    .zip(grades)
                    .map(|(grade, &count)| ChartRow::Bar(grade_name(grade, self.language).to_owned(), count)),
            );
        }
        ChartList { heading: self.language.pick("Reviews", "复习"), rows }
    }

    fn forecast(&self) -> ChartList {
        let (due, new, put_off) = self.counts.up;
        let later = match put_off {
            0 => String::new(),
            _ => say!(self.language, " ({put_off} put off)", "（顺延 {put_off} 篇）"),
        };
        let most = self.counts.reviews.forecast.iter().copied().max().unwrap_or(0);
        let bars: String = self.counts.reviews.forecast.iter().map(|&count| level(count, most)).collect();
        let soon: usize = self.counts.reviews.forecast.iter().sum();
        let mut rows = vec![
            ChartRow::Fact(
                self.language.pick("today", "今天").to_owned(),
                say!(self.language, "{due} due{later}, {new} new", "到期 {due} 篇{later}，首次复习 {new} 篇"),
            ),
            ChartRow::Fact(
                self.language.pick("next 30 days", "未来 30 天").to_owned(),
                say!(
                    self.language,
                    "{soon} more due, {most} on the busiest day",
                    "到期 {soon} 篇（不含今天），单日最多 {most} 篇"
                ),
            ),
        ];
        if most > 0 {
            rows.push(ChartRow::Chart(self.language.pick("by day", "逐日").to_owned(), bars));
        }
        ChartList { heading: self.language.pick("Due", "到期"), rows }
    }
}
