//! `papers-tui stats`: counts, streaks and gaps.

use std::collections::BTreeMap;
use std::io::Write;

use chrono::NaiveDate;
use serde::Serialize;

use super::review::Reviewing;
use super::{Opened, Outcome};
use crate::log::stats::{Run, Stats};
use crate::review::stats::{Retention, ReviewStats};
use crate::text::safe;

/// Organisations that the plain output names.
const MOST_ORGANISATIONS: usize = 12;

#[derive(Serialize)]
struct Document {
    papers: usize,
    notes: usize,
    placeholders: usize,
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

/// Writes the figures of a log and of its reviews.
pub fn run(opened: &Opened, json: bool, out: &mut impl Write) -> anyhow::Result<Outcome> {
    let Reviewing { deck, today, .. } = Reviewing::open(opened)?;
    let stats = Stats::of(&opened.log);
    let reviews = ReviewStats::of(&opened.log, &deck, today);
    if json {
        serde_json::to_writer_pretty(&mut *out, &document(&stats, &reviews, today))?;
        writeln!(out)?;
    } else {
        habit(&stats, today, out)?;
        subjects(&stats, out)?;
        reviewing(&reviews, out)?;
    }
    Ok(if opened.log.entries.is_empty() { Outcome::Nothing } else { Outcome::Done })
}

fn habit(stats: &Stats, today: NaiveDate, out: &mut impl Write) -> std::io::Result<()> {
    let Stats { papers, notes, placeholders, figures, pending: (done, all), .. } = stats;
    writeln!(out, "papers          {papers}, {notes} notes, {placeholders} still to be written, {figures} figures")?;
    writeln!(out, "pending         {done} of {all} done")?;
    writeln!(out, "days            {}", stats.days.len())?;
    writeln!(out, "streak          {} days", stats.streak(today))?;
    for (name, run) in [("longest streak", stats.longest_streak), ("longest gap", stats.longest_gap)] {
        if let Some(Run { first, last, days }) = run {
            writeln!(out, "{name:<14}  {days} days, {first} to {last}")?;
        }
    }
    writeln!(out, "\nentries a month")?;
    for (month, count) in &stats.months {
        writeln!(out, "  {}  {count:>5}", month.format("%Y-%m"))?;
    }
    Ok(())
}

fn subjects(stats: &Stats, out: &mut impl Write) -> std::io::Result<()> {
    if !stats.years.is_empty() {
        writeln!(out, "\npublished, read")?;
    }
    for ((published, read), count) in &stats.years {
        writeln!(out, "  {published}  {read}  {count:>5}")?;
    }
    let organisations = stats.organisations.iter().take(MOST_ORGANISATIONS).map(|(name, count)| (name, *count));
    let tracks = stats.tracks.iter().map(|track| (&track.name, track.entries.len()));
    let lists: [(&str, Vec<(&String, usize)>); 2] =
        [("organisations", organisations.collect()), ("tracks", tracks.collect())];
    for (heading, list) in lists.into_iter().filter(|(_, list)| !list.is_empty()) {
        writeln!(out, "\n{heading}")?;
        for (name, count) in list {
            writeln!(out, "  {count:>5}  {}", safe(name))?;
        }
    }
    Ok(())
}

fn reviewing(reviews: &ReviewStats, out: &mut impl Write) -> std::io::Result<()> {
    let ReviewStats { reviewed, unreviewed, suspended, due, .. } = reviews;
    let grades: usize = reviews.grades.iter().sum();
    writeln!(out, "\nreviews         {grades} grades on {} days", reviews.days.len())?;
    writeln!(out, "reviewed        {reviewed}, {unreviewed} not yet, {suspended} suspended")?;
    for (name, retention) in [("retention", reviews.retention), ("of 30 days", reviews.recent)] {
        if let Some(rate) = retention.rate() {
            let Retention { remembered, recalls } = retention;
            writeln!(out, "{name:<14}  {:.0} %, {remembered} of {recalls}", 100.0 * rate)?;
        }
    }
    let soon: usize = reviews.forecast.iter().sum();
    writeln!(out, "due             {due}, {soon} more in 30 days")
}

fn document(stats: &Stats, reviews: &ReviewStats, today: NaiveDate) -> Document {
    let by_day =
        |days: &BTreeMap<NaiveDate, usize>| days.iter().map(|(day, count)| (day.to_string(), *count)).collect();
    let run = |run: Run| RunRecord { days: run.days, first: run.first.to_string(), last: run.last.to_string() };
    let [again, hard, good, easy] = reviews.grades;
    Document {
        papers: stats.papers,
        notes: stats.notes,
        placeholders: stats.placeholders,
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
            .tracks
            .iter()
            .map(|track| CountRecord { name: track.name.clone(), count: track.entries.len() })
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
