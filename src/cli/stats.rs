//! `papers-tui stats`: prints counts, streaks and gaps.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use serde::Serialize;

use super::print::Printer;
use super::review::ReviewContext;
use super::{Opened, Outcome};
use crate::log::date::{format_day, format_month};
use crate::log::stats::{DayRun, Stats};
use crate::review::stats::{Retention, ReviewStats};
use crate::say;
use crate::text::{padded, safe};
use crate::words::{Language, counted};

/// Maximum number of organisations in the plain output.
const MOST_ORGANISATIONS: usize = 12;

/// Width of a month such as `2031.12`, in columns.
const MONTH: usize = 7;

#[derive(Serialize)]
struct StatsDocument {
    papers: usize,
    notes: usize,
    // The name in the output stays: scripts read it.
    #[serde(rename = "placeholders")]
    drafts: usize,
    figures: usize,
    pending: PendingRecord,
    days: BTreeMap<String, usize>,
    months: BTreeMap<String, usize>,
    streak: usize,
    longest_streak: Option<RunRecord>,
    longest_gap: Option<RunRecord>,
    years: Vec<YearRecord>,
    organisations: Vec<CountRecord>,
    tracks: Vec<CountRecord>,
    reviews: ReviewRecord,
}

#[derive(Serialize)]
struct PendingRecord {
    done: usize,
    all: usize,
    ticked: BTreeMap<String, usize>,
    added: BTreeMap<String, usize>,
}

#[derive(Serialize)]
struct RunRecord {
    days: usize,
    first: String,
    last: String,
}

#[derive(Serialize)]
struct YearRecord {
    published: u32,
    read: i32,
    count: usize,
}

#[derive(Serialize)]
struct CountRecord {
    name: String,
    count: usize,
}

#[derive(Serialize)]
struct ReviewRecord {
    grades: GradesRecord,
    days: BTreeMap<String, usize>,
    retention: Option<f64>,
    recent_retention: Option<f64>,
    reviewed: usize,
    unreviewed: usize,
    suspended: usize,
    due: usize,
    forecast: Vec<usize>,
}

#[derive(Serialize)]
struct GradesRecord {
    again: usize,
    hard: usize,
    good: usize,
    easy: usize,
}

/// Prints statistics about the log and its reviews.
pub fn run(opened: &Opened, json: bool, out: &mut Printer) -> anyhow::Result<Outcome> {
    let ReviewContext { deck, today, .. } = ReviewContext::open(opened)?;
    let stats = Stats::of(&opened.log, &opened.config.topics);
    let reviews = ReviewStats::of(&opened.log, &deck, today);
    if json {
        out.json(&document(&stats, &reviews, today))?;
    } else {
        habit(&stats, today, opened.language, out)?;
        subjects(&stats, opened.language, out)?;
        reviewing(&reviews, opened.language, out)?;
    }
    Ok(if opened.log.entries.is_empty() { Outcome::Nothing } else { Outcome::Done })
}

/// Width of the labels in columns.
const NAME: usize = 14;

fn fact(name: &str, value: &str, out: &mut Printer) -> std::io::Result<()> {
    writeln!(out, "{}  {value}", padded(name, NAME))
}

fn in_days(days: usize, language: Language) -> String {
    language.pick(counted(days, "day", "days"), format!("{days} 天"))
}

fn habit(stats: &Stats, today: NaiveDate, language: Language, out: &mut Printer) -> std::io::Result<()> {
    let Stats { papers, notes, drafts, figures, pending: (done, all), .. } = stats;
    let papers = say!(
        language,
        "{papers}, {}, {}, {}",
        "{papers} 篇，{}，{}，{}",
        language.pick(counted(*notes, "note", "notes"), format!("随笔 {notes} 篇")),
        language.pick(counted(*drafts, "draft", "drafts"), format!("待写 {drafts} 篇")),
        language.pick(counted(*figures, "figure", "figures"), format!("图 {figures} 张"))
    );
    fact(language.pick("papers", "论文"), &papers, out)?;
    let pending = say!(language, "{done} of {all} done", "完成 {done}/{all}");
    fact(language.pick("pending", "待读清单"), &pending, out)?;
    if let Some(reason) = stats.without_days(language) {
        return fact(language.pick("reading days", "阅读天数"), reason, out);
    }
    fact(language.pick("reading days", "阅读天数"), &in_days(stats.days.len(), language), out)?;
    let streak = stats.streak(today);
    fact(language.pick("streak", "当前连续"), &in_days(streak, language), out)?;
    let runs = [
        (language.pick("longest streak", "最长连续"), stats.longest_streak),
        (language.pick("longest gap", "最长间隔"), stats.longest_gap),
    ];
    for (name, run) in runs {
        if let Some(DayRun { first, last, days }) = run {
            let days = in_days(days, language);
            let (first, last) = (format_day(first), format_day(last));
            let run = match first == last {
                true => say!(language, "{days}, {first}", "{days}，{first}"),
                false => say!(language, "{days}, {first} to {last}", "{days}，{first} 至 {last}"),
            };
            fact(name, &run, out)?;
        }
    }
    writeln!(out, "\n{}", language.pick("papers read per month", "每月阅读"))?;
    for (month, count) in &stats.months {
        writeln!(out, "  {}  {count:>5}", padded(&format_month(Some(*month), language), MONTH))?;
    }
    Ok(())
}

fn subjects(stats: &Stats, language: Language, out: &mut Printer) -> std::io::Result<()> {
    if !stats.years.is_empty() {
        writeln!(out, "\n{}", language.pick("papers by year published and year read", "发表年份、阅读年份、论文数"))?;
    }
    for ((published, read), count) in &stats.years {
        writeln!(out, "  {published}  {read}  {count:>5}")?;
    }
    let organisations = stats.organisations.iter().take(MOST_ORGANISATIONS).map(|(name, count)| (name, *count));
    let topics = stats.topics.iter().map(|topic| (&topic.name, topic.entries.len()));
    let lists: [(&str, Vec<(&String, usize)>); 2] = [
        (language.pick("papers by organisation", "各机构的论文"), organisations.collect()),
        (language.pick("papers by research topic", "各研究方向的论文"), topics.collect()),
    ];
    for (heading, list) in lists.into_iter().filter(|(_, list)| !list.is_empty()) {
        writeln!(out, "\n{heading}")?;
        for (name, count) in list {
            writeln!(out, "  {count:>5}  {}", safe(name))?;
        }
    }
    Ok(())
}

fn reviewing(reviews: &ReviewStats, language: Language, out: &mut Printer) -> std::io::Result<()> {
    let ReviewStats { reviewed, unreviewed, suspended, due, .. } = reviews;
    let (grades, days) = (reviews.grades.iter().sum::<usize>(), reviews.days.len());
    writeln!(out)?;
    let given = match language {
        _ if grades == 0 => language.pick("none yet", "还没有复习过").to_owned(),
        Language::English => format!("{} on {}", counted(grades, "grade", "grades"), in_days(days, language)),
        Language::Chinese => format!("{days} 天共 {grades} 次评分"),
    };
    fact(language.pick("reviews", "复习"), &given, out)?;
    let papers = say!(
        language,
        "{reviewed} so far, {unreviewed} not yet, {suspended} stopped",
        "{reviewed} 篇，未复习 {unreviewed} 篇，不再复习 {suspended} 篇"
    );
    fact(language.pick("reviewed", "已复习"), &papers, out)?;
    let rates = [
        (language.pick("retention", "记忆保持率"), reviews.retention),
        (language.pick("30-day retention", "近 30 天保持率"), reviews.recent),
    ];
    for (name, retention) in rates {
        if let Some(rate) = retention.rate().map(|rate| 100.0 * rate) {
            let Retention { remembered, recalls } = retention;
            let rate = say!(
                language,
                "{rate:.0}%: {remembered} of {recalls} remembered",
                "{rate:.0}%（记得 {remembered}/{recalls}）"
            );
            fact(name, &rate, out)?;
        }
    }
    let soon: usize = reviews.forecast.iter().sum();
    let due = say!(language, "{due} now, {soon} more in the next 30 days", "现在 {due} 篇，未来 30 天另有 {soon} 篇");
    fact(language.pick("due", "到期"), &due, out)
}

fn document(stats: &Stats, reviews: &ReviewStats, today: NaiveDate) -> StatsDocument {
    let by_day =
        |days: &BTreeMap<NaiveDate, usize>| days.iter().map(|(day, count)| (day.to_string(), *count)).collect();
    let run = |run: DayRun| RunRecord { days: run.days, first: run.first.to_string(), last: run.last.to_string() };
    let [again, hard, good, easy] = reviews.grades;
    StatsDocument {
        papers: stats.papers,
        notes: stats.notes,
        drafts: stats.drafts,
        figures: stats.figures,
        pending: PendingRecord {
            done: stats.pending.0,
            all: stats.pending.1,
            ticked: by_day(&stats.ticked),
            added: by_day(&stats.added),
        },
        days: by_day(&stats.days),
        months: stats.months.iter().map(|(month, count)| (month.format("%Y-%m").to_string(), *count)).collect(),
        streak: stats.streak(today),
        longest_streak: stats.longest_streak.map(run),
        longest_gap: stats.longest_gap.map(run),
        years: stats.years.iter().map(|(&(published, read), &count)| YearRecord { published, read, count }).collect(),
        organisations: stats
            .organisations
            .iter()
            .map(|(name, count)| CountRecord { name: name.clone(), count: *count })
            .collect(),
        tracks: stats
            .topics
            .iter()
            .map(|topic| CountRecord { name: topic.name.clone(), count: topic.entries.len() })
            .collect(),
        reviews: ReviewRecord {
            grades: GradesRecord { again, hard, good, easy },
            days: by_day(&reviews.days),
            retention: reviews.retention.rate(),
            recent_retention: reviews.recent.rate(),
            reviewed: reviews.reviewed,
            unreviewed: reviews.unreviewed,
            suspended: reviews.suspended,
            due: reviews.due,
            forecast: reviews.forecast.to_vec(),
        },
    }
}
