//! A new entry: its place, its title in the file's own form, and the start of its body.

use std::collections::HashMap;

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::proof::What;
use super::splice::{Splice, line_end};
use super::{Intent, Plan, Refusal, Target, day, one_line, style};
use crate::log::{Entry, Log, Role, Section, dialect};
use crate::text::is_han;

/// An entry to be written.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct NewEntry {
    /// The title, without marks; what is not one line becomes one.
    pub title: String,
    /// The day under which it shall stand.
    pub date: NaiveDate,
    /// What stands below the title; lines end with `\n` here and as in the file there.
    pub body: String,
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
    /// The item that it comes from.
    pub from: Option<Origin>,
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
pub fn template(log: &Log) -> &'static str {
    let [english, chinese] = dialect::TEMPLATES;
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
        let target = Target::of(log, task);
        let settled = match settle {
            Settle::Tick(date) => Self::SetDone { target, done: true, children, date },
            Settle::Remove => Self::DeleteTask { target },
        };
        Self::All(vec![settled, Self::LogEntry(entry)])
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

/// A title as it will be read: one line, without the `《》` around it. What else was typed is part
/// of it.
///
/// # Errors
/// When nothing is left.
pub fn clean(title: &str) -> Result<String, Refusal> {
    as_read(dialect::inside_marks(&one_line(title)?))
}

fn as_read(title: &str) -> Result<String, Refusal> {
    one_line(&dialect::clean_title(&dialect::write_title(&one_line(title)?)))
}

impl NewEntry {
    pub(super) fn plan(&self, log: &Log) -> Result<Plan, Refusal> {
        let title = as_read(&self.title)?;
        let ending = style::line_ending(&log.files[0]);
        let place = day::place(log, self.date);
        let mut lines: Vec<&str> = place.headings.iter().flat_map(|heading| [heading.as_str(), ""]).collect();
        let title_line = Form::of(log, place.section).write(&title);
        let into: usize = lines.iter().map(|line| line.len() + ending.len()).sum();
        lines.push(&title_line);
        if has_gap_below_titles(log) {
            lines.push("");
        }
        lines.extend(self.body.lines());
        let text: String = lines.iter().flat_map(|line| [line, ending]).collect();
        let (before, after) = log.files[0].text.split_at(place.at);
        let lead = match before {
            _ if before.trim_start_matches('\u{FEFF}').is_empty() || ends_blank(before) => String::new(),
            _ if before.ends_with('\n') => ending.to_owned(),
            _ => ending.repeat(2),
        };
        let tail = if after.is_empty() { "" } else { ending };
        let mut inside = place.sections;
        inside.push(What::Entry(title));
        let into = lead.len() + into;
        let splice = Splice::insert(place.at, format!("{lead}{text}{tail}"));
        Ok(Plan { splices: vec![splice], touched: Vec::new(), inside: Some(inside), focus: (0, into) })
    }
}

fn ends_blank(text: &str) -> bool {
    let Some(text) = text.strip_suffix('\n') else { return false };
    text.rsplit('\n').next().is_some_and(|line| line.trim().is_empty())
}

/// Whether a blank line stands below most titles.
fn has_gap_below_titles(log: &Log) -> bool {
    let with_body = log.entries.iter().filter(|entry| !log.body(entry).trim().is_empty());
    let is_gap = |entry: &Entry| log.body(entry).lines().next().is_some_and(|line| line.trim().is_empty());
    let (gaps, all) = with_body.fold((0, 0), |(gaps, all), entry| (gaps + usize::from(is_gap(entry)), all + 1));
    gaps * 2 >= all
}

/// What stands before and behind a title on its line.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
struct Form {
    before: String,
    after: String,
}

impl Form {
    /// The form of most titles of a section like this one, else of the file, else `《…》`.
    fn of(log: &Log, section: Option<usize>) -> Self {
        let count = |entries: &[Entry]| {
            let mut counts: HashMap<Self, usize> = HashMap::new();
            let forms = entries.iter().filter_map(|entry| Self::read(log, entry));
            // A title that stands bare over its hanging body gives no form.
            for form in forms.filter(|form| !form.before.is_empty()) {
                *counts.entry(form).or_default() += 1;
            }
            counts.into_iter().max_by(|a, b| (a.1, &b.0.before).cmp(&(b.1, &a.0.before))).map(|(form, _)| form)
        };
        let here = section.map(|section| &log.entries[log.sections[section].entries.clone()]);
        here.and_then(count)
            .or_else(|| count(&log.entries))
            .unwrap_or_else(|| Self { before: "《".into(), after: "》".into() })
    }

    /// Numbers, links and tags belong to one title alone; a bare title has no form to copy.
    fn read(log: &Log, entry: &Entry) -> Option<Self> {
        let text = &log.files[entry.file].text;
        let line = text[entry.span.start..line_end(text, entry.span.start)].trim_end();
        let at = line.find(&entry.title).filter(|_| !entry.title.is_empty())?;
        let (before, after) = (&line[..at], &line[at + entry.title.len()..]);
        let is_mark = |c: char| {
            matches!(c, '《' | '》' | '*' | '_' | '#' | '-' | '+' | ' ' | '\t' | ':' | '：') || c.is_alphabetic()
        };
        if let Some(before) = before.strip_suffix('[').filter(|_| after.starts_with("](")) {
            // There is no address to link to yet; bold is the same form.
            let before = before.trim_end_matches('*').to_owned();
            return Some(Self { before: format!("{before}**"), after: "**".into() });
        }
        let closing = after.len() - after.trim_start_matches(['*', '_', '》']).len();
        before.chars().all(is_mark).then(|| Self { before: before.into(), after: after[..closing].into() })
    }

    fn write(&self, title: &str) -> String {
        format!("{}{}{}", self.before, dialect::write_title(title), self.after)
    }
}
