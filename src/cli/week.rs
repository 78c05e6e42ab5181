//! `papers-tui week`: prints a week's digest, in Markdown or JSON.

use chrono::NaiveDate;
use serde::Serialize;

use super::library::Papers;
use super::print::Printer;
use super::progress::Progress;
use super::review::ReviewContext;
use super::{Opened, Outcome};
use crate::log::Log;
use crate::review::week::{Goal, Week};
use crate::text::safe;

#[derive(Serialize)]
struct WeekDocument<'a> {
    first: String,
    last: String,
    goal: Option<GoalRecord>,
    read: Vec<EntryRecord<'a>>,
    drafts: Vec<EntryRecord<'a>>,
    ticked: Vec<&'a str>,
    added: Vec<&'a str>,
    reviews: ReviewRecord,
    due: Vec<EntryRecord<'a>>,
    cited: Vec<CitedRecord<'a>>,
}

/// Target and progress in points.
#[derive(Serialize)]
struct GoalRecord {
    wanted: u32,
    done: u32,
}

#[derive(Serialize)]
struct EntryRecord<'a> {
    key: &'a str,
    title: &'a str,
    date: Option<String>,
    file: &'a str,
    line: usize,
}

#[derive(Serialize)]
struct ReviewRecord {
    grades: usize,
    entries: usize,
    retention: Option<f64>,
}

/// A paper that is not read yet, and how many read papers cite it.
#[derive(Serialize)]
struct CitedRecord<'a> {
    title: &'a str,
    cited_by: usize,
}

/// Prints the digest of the week that contains `date`, or of this week.
pub fn run(
    opened: &Opened,
    date: Option<NaiveDate>,
    goal: Option<u32>,
    json: bool,
    out: &mut Printer,
) -> anyhow::Result<Outcome> {
    let ReviewContext { deck, today, .. } = ReviewContext::open(opened)?;
    let week = Week::of(&opened.log, &deck, date.unwrap_or(today), today, goal);
    let unread = Papers::of(opened, &mut Progress::new()).index(&opened.log).unread(&opened.log);
    let cited: Vec<(&str, usize)> = unread.iter().map(|unread| (unread.title(&opened.log), unread.count)).collect();
    if json {
        out.json(&document(&week, &opened.log, &cited))?;
    } else {
        for line in week.markdown(&opened.log, &cited, opened.language).lines() {
            writeln!(out, "{}", safe(line))?;
        }
    }
    Ok(if week.read.is_empty() { Outcome::Nothing } else { Outcome::Done })
}

fn document<'a>(week: &Week, log: &'a Log, cited: &[(&'a str, usize)]) -> WeekDocument<'a> {
    let entry = |&index: &usize| {
        let entry = &log.entries[index];
        let date = entry.date.map(|date| date.to_string());
        EntryRecord {
            key: &entry.key.0,
            title: &entry.title,
            date,
            file: &log.files[entry.file()].name,
            line: entry.line(),
        }
    };
    let task = |&index: &usize| log.tasks[index].text.as_str();
    WeekDocument {
        first: week.first.to_string(),
        last: week.last.to_string(),
        goal: week.goal.map(|Goal { wanted, done, .. }| GoalRecord { wanted, done }),
        read: week.read.iter().map(entry).collect(),
        drafts: week.drafts.iter().map(entry).collect(),
        ticked: week.ticked.iter().map(task).collect(),
        added: week.added.iter().map(task).collect(),
        reviews: ReviewRecord { grades: week.grades, entries: week.reviewed, retention: week.retention.rate() },
        due: week.due.iter().map(entry).collect(),
        cited: cited.iter().map(|&(title, cited_by)| CitedRecord { title, cited_by }).collect(),
    }
}
