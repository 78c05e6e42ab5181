//! A new entry: what is asked for, and all ways to write it.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::proof::What;
use super::splice::line_end;
use super::{Intent, Plan, Refusal, Target, one_line, row, written};
use crate::log::forms::title;
use crate::log::template::{Facts, TEMPLATES};
use crate::log::{Entry, Log, Role, Section, SectionKind, dialect, parse};
use crate::text::is_han;

/// How many ways to write an entry are tried.
const TRIED: usize = 6;

/// An entry to be written.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct NewEntry {
    /// The title, without marks; what is not one line becomes one.
    pub title: String,
    /// The day under which it shall stand.
    pub date: NaiveDate,
    /// What stands below the title; lines end with `\n` here and as in the file there.
    pub body: String,
    /// The heading under which it shall stand, in a log without days.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub under: Option<String>,
}

/// What shall become of the item that an entry comes from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Settle {
    /// It is ticked, with the day if there is one.
    Tick(Option<NaiveDate>),
    /// It is removed, with all below it.
    Remove,
}

/// An entry that is about to be written, but for its day.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Draft {
    /// Its title.
    pub title: String,
    /// Index into the files of the log.
    pub file: usize,
    /// Its day, where that was typed with the title.
    pub day: Option<NaiveDate>,
    /// The item that it comes from.
    pub from: Option<Box<Origin>>,
    /// What its text begins with.
    pub facts: Facts,
}

/// The item that an entry comes from, and what becomes of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Origin {
    /// Which.
    pub target: Target,
    /// It is removed; else it is ticked.
    pub removes: bool,
    /// Those below it are ticked too.
    pub children: bool,
}

/// The body that a new entry begins with, in the language of the log: where and when the
/// paper was published, numbered points, and what it comes to.
///
/// In a log most of whose titles stand alone there is nothing to begin.
pub fn template(log: &Log) -> &'static str {
    let is_blank = |entry: &&Entry| {
        let text = &log.files[entry.file].text;
        text[line_end(text, entry.span.start).min(entry.span.end)..entry.span.end].trim().is_empty()
    };
    if log.entries.iter().filter(is_blank).count() * 2 > log.entries.len() {
        return "";
    }
    let [english, chinese] = TEMPLATES;
    if is_chinese(log) { chinese } else { english }
}

/// Whether a good part of the letters of a log is Chinese.
pub fn is_chinese(log: &Log) -> bool {
    let letters = log.files.iter().flat_map(|file| file.text.chars()).filter(|c| c.is_alphabetic());
    let (han, all) = letters.fold((0_usize, 0_usize), |(han, all), c| (han + usize::from(is_han(c)), all + 1));
    han * 20 > all
}

impl Intent {
    /// Moves a paper from the pending list into the log: the item is settled and an entry is
    /// written, as one change. `children` ticks those below it too.
    pub fn promote(log: &Log, task: usize, settle: Settle, children: bool, entry: NewEntry) -> Self {
        Self::promote_as(log, task, settle, children, Self::LogEntry(entry))
    }

    /// The same for an entry that is written so.
    pub fn promote_as(log: &Log, task: usize, settle: Settle, children: bool, written: Self) -> Self {
        let target = Target::of(log, task);
        let settled = match settle {
            Settle::Tick(date) => Self::SetDone { target, done: true, children, date },
            Settle::Remove => Self::DeleteTask { target },
        };
        Self::All(vec![settled, written])
    }
}

/// The file with the newest day, as an index: the one that its owner is writing. A file about one
/// paper takes no other.
pub fn newest_file(log: &Log) -> usize {
    let is_log = |section: &&Section| log.files[section.file].reading.role == Role::Log;
    let dated = log.sections.iter().filter(is_log).filter(|section| section.kind.date().is_some());
    let newest = dated.max_by_key(|section| section.kind.date());
    newest.or_else(|| log.sections.iter().find(is_log)).map_or(0, |section| section.file)
}

/// The file that takes a new item: that of the pending list; without one a file that is about no single paper,
/// a page in front of the others before the rest.
pub fn file_of_list(log: &Log) -> usize {
    let pending = log.sections.iter().find(|section| section.kind == SectionKind::Pending);
    if let Some(section) = pending {
        return section.file;
    }
    let is_paper = |file: &usize| matches!(log.files[*file].reading.role, Role::Paper { .. });
    let is_front = |file: &usize| {
        let name = log.files[*file].name.rsplit('/').next().unwrap_or_default().to_lowercase();
        ["readme.", "index.", "todo."].iter().any(|begin| name.starts_with(begin))
    };
    let mut others = (0..log.files.len()).filter(|file| !is_paper(file));
    match others.next() {
        Some(0) | None => 0,
        Some(first) => if is_front(&first) { Some(first) } else { others.find(is_front) }.unwrap_or(first),
    }
}

/// Whether a file holds papers and none of them has a day, so that a new one needs a heading to stand under.
pub fn is_undated(log: &Log, file: usize) -> bool {
    let sections = log.sections_of(file);
    let has_papers = sections.iter().any(|section| !section.entries.is_empty());
    has_papers && sections.iter().all(|section| !section.kind.is_dated()) && log.files[file].reading.role == Role::Log
}

/// The headings of a file under which a new paper can stand, in file order; the empty one is the beginning of the
/// file, where papers stand there. Headings that are there twice are none: which is meant would not be certain.
pub fn headings(log: &Log, file: usize) -> Vec<&Section> {
    let sections = log.sections_of(file);
    let is_one = |section: &&Section| sections.iter().filter(|other| other.heading == section.heading).count() == 1;
    let is_place = |section: &&Section| {
        section.kind == SectionKind::Undated && !(section.heading.is_empty() && section.entries.is_empty())
    };
    sections.iter().filter(is_place).filter(is_one).collect()
}

/// The line, counted from 1, at which an entry of a file would stand, as far as that is certain; else the last.
pub fn line_for(log: &Log, file: usize, entry: &NewEntry) -> usize {
    let part = parse::again(&log.files[file], log.files[file].text.clone());
    let place = written::places(&part, entry).ok().and_then(|places| Some(places.first()?.at));
    let text = &part.files[0].text;
    let at = place.unwrap_or(text.len()).min(text.len());
    // Where it ends what is there, the line is the last that is written.
    let before = text[..at].trim_end().len();
    part.files[0].line_of(if at == text.len() || before + 1 < at { before } else { at })
}

/// A title as it will be read: one line, without the `《》` around it. What else was typed is part
/// of it.
///
/// # Errors
/// When nothing is left.
pub fn clean(title: &str) -> Result<String, Refusal> {
    as_read(dialect::inside_marks(&one_line(title)?))
}

pub(super) fn as_read(title: &str) -> Result<String, Refusal> {
    one_line(&dialect::clean_title(&dialect::write_title(&one_line(title)?)))
}

impl NewEntry {
    /// The ways to write it, the most like the others of the log first. Which of them is read as it is
    /// meant the proof tells.
    pub(super) fn plans(&self, log: &Log) -> Result<Vec<Plan>, Refusal> {
        let title = as_read(&self.title)?;
        let places = written::places(log, self)?;
        let mut plans = Vec::new();
        for place in &places {
            plans.extend(row::plans(log, place, &title, self.date));
            plans.extend(written::plans(log, place, &title, self.date, &self.body));
        }
        // What a form takes for no part of a title, such as a venue in brackets, is none there.
        let tidy = title::read(&title).title;
        let is_part = title.starts_with(&tidy) && !title.contains('《');
        if is_part && !tidy.is_empty() && tidy != title && plans.len() <= TRIED {
            let renamed: Vec<Plan> = plans.iter().map(|plan| plan.with_title(&tidy)).collect();
            plans.extend(renamed);
        }
        plans.truncate(2 * TRIED);
        if plans.is_empty() { Err(Refusal::Misread(self.title.clone())) } else { Ok(plans) }
    }
}

impl Plan {
    fn with_title(&self, title: &str) -> Self {
        let renamed = |what: &What| match what {
            What::Entry(_) => What::Entry(title.to_owned()),
            What::Paper(_) => What::Paper(title.to_owned()),
            other => other.clone(),
        };
        let inside = self.inside.as_ref().map(|inside| inside.iter().map(renamed).collect());
        Self { splices: self.splices.clone(), touched: self.touched.clone(), inside, focus: self.focus }
    }
}
