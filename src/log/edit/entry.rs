//! A new entry and the ways to write it.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::proof::Element;
use super::{Intent, Plan, Refusal, Target, entry_lines, entry_row, one_line};
use crate::log::forms::title;
use crate::log::template::Facts;
use crate::log::{Log, Role, Section, SectionKind, dialect, parse};

/// At most twice this many ways to write an entry are tried, and this many with a shortened title.
const TRIED: usize = 6;

/// An entry to be written.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct NewEntry {
    /// The title without marks; line breaks become spaces.
    pub title: String,
    /// The day to put the entry under.
    pub date: NaiveDate,
    /// The text below the title. Lines end with `\n` here and take the file's line ending when written.
    pub body: String,
    /// The heading to put the entry under, in a log without days.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub under: Option<String>,
}

/// What happens to the item that an entry comes from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ItemOutcome {
    /// Tick the item, and append this day if there is one.
    Tick(Option<NaiveDate>),
    /// Remove the item and everything below it.
    Remove,
}

/// An entry that is ready to be written except for its day.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PlannedEntry {
    /// The title.
    pub title: String,
    /// Index into [`Log::files`].
    pub file: usize,
    /// The day, if it was typed with the title.
    pub day: Option<NaiveDate>,
    /// The item that the entry comes from.
    pub from: Option<Box<Origin>>,
    /// Values for the template of the entry's text.
    pub facts: Facts,
}

impl PlannedEntry {
    /// Updates the file index after the log's files changed. If the file is gone, writing the entry is refused.
    pub(crate) fn moved(&mut self, now: &dyn Fn(usize) -> Option<usize>) {
        self.file = now(self.file).unwrap_or(usize::MAX);
    }
}

/// The item that an entry comes from, and what happens to it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Origin {
    /// Which item.
    pub target: Target,
    /// Whether the item is removed rather than ticked.
    pub removes: bool,
    /// Whether the items below it are ticked too.
    pub children: bool,
}

impl Intent {
    /// Logs a pending item: ticks or removes the item and writes an entry, as one change. `children` also ticks the
    /// items below it.
    pub fn promote(log: &Log, task: usize, settle: ItemOutcome, children: bool, entry: NewEntry) -> Self {
        Self::promote_as(log, task, settle, children, Self::LogEntry(entry))
    }

    /// Like [`Intent::promote`], with an intent that writes the entry.
    pub(crate) fn promote_as(log: &Log, task: usize, settle: ItemOutcome, children: bool, written: Self) -> Self {
        let target = Target::of(log, task);
        let settled = match settle {
            ItemOutcome::Tick(date) => Self::SetDone { target, done: true, children, date },
            ItemOutcome::Remove => Self::DeleteTask { target },
        };
        Self::All(vec![settled, written])
    }
}

/// Index of the file with the newest day, presumably the one being written to. Files about one paper do not count,
/// since they take no other entries.
pub fn newest_file(log: &Log) -> usize {
    let is_log = |section: &&Section| log.files[section.file()].reading.role == Role::Log;
    let dated = log.sections.iter().filter(is_log).filter(|section| section.kind.date().is_some());
    let newest = dated.max_by_key(|section| section.kind.date());
    newest.or_else(|| log.sections.iter().find(is_log)).map_or(0, |section| section.file())
}

/// The file that takes a new item, in order of preference:
///
/// 1. the file with the pending list
/// 2. the front page of the top folder, such as `README.md`
/// 3. the first file, unless it is about a single paper
/// 4. the front page of any folder
/// 5. the first file that is not about a single paper
///
/// A front page about a single paper does not count. If every file is about a single paper, it is the first one.
pub fn file_of_list(log: &Log) -> usize {
    let pending = log.sections.iter().find(|section| section.kind == SectionKind::Pending);
    if let Some(section) = pending {
        return section.file();
    }
    let is_paper = |file: &usize| matches!(log.files[*file].reading.role, Role::Paper { .. });
    let is_front = |file: &usize| {
        let name = log.files[*file].name.rsplit('/').next().unwrap_or_default().to_lowercase();
        ["readme.", "index.", "todo."].iter().any(|begin| name.starts_with(begin))
    };
    let depth = |file: &usize| log.files[*file].name.matches('/').count();
    let top = (0..log.files.len()).map(|file| depth(&file)).min();
    let is_on_top = |file: &usize| Some(depth(file)) == top;
    let others = || (0..log.files.len()).filter(|file| !is_paper(file));
    match (others().filter(is_on_top).find(is_front), others().next()) {
        (Some(front), _) => front,
        (None, Some(0) | None) => 0,
        (None, Some(first)) => others().find(is_front).unwrap_or(first),
    }
}

/// Whether a file has papers but no dates, so that a new paper needs a heading to go under.
pub fn is_undated(log: &Log, file: usize) -> bool {
    let sections = log.sections_of(file);
    let has_papers = sections.iter().any(|section| !section.entries().is_empty());
    has_papers && sections.iter().all(|section| !section.kind.is_dated()) && log.files[file].reading.role == Role::Log
}

/// The headings of a file that can take a new paper, in file order. The empty heading stands for the start of the file,
/// if it has papers. Headings that occur twice are left out, since they are ambiguous.
pub fn headings(log: &Log, file: usize) -> Vec<&Section> {
    let sections = log.sections_of(file);
    let is_one = |section: &&Section| sections.iter().filter(|other| other.heading == section.heading).count() == 1;
    let is_place = |section: &&Section| {
        section.kind == SectionKind::Undated && !(section.heading.is_empty() && section.entries().is_empty())
    };
    sections.iter().filter(is_place).filter(is_one).collect()
}

/// The line, counted from 1, at which an entry would be written; the last line if that is not certain.
pub fn line_for(log: &Log, file: usize, entry: &NewEntry) -> usize {
    let part = parse::reparse(&log.files[file], log.files[file].text.clone());
    let slot = entry_lines::slots(&part, entry).ok().and_then(|slots| Some(slots.first()?.at));
    let text = &part.files[0].text;
    let at = slot.unwrap_or(text.len()).min(text.len());
    // At the end of a section, use the last line with text.
    let before = text[..at].trim_end().len();
    part.files[0].line_of(if at == text.len() || before + 1 < at { before } else { at })
}

/// A title as it will be read: one line, without `《》` around it.
///
/// # Errors
/// If nothing is left.
pub fn clean(title: &str) -> Result<String, Refusal> {
    as_read(dialect::inside_marks(&one_line(title)?))
}

pub(super) fn as_read(title: &str) -> Result<String, Refusal> {
    one_line(&dialect::clean_title(&dialect::write_title(&one_line(title)?)))
}

impl NewEntry {
    /// The ways to write the entry, most usual first. The first one whose proof holds is used.
    pub(super) fn plans(&self, log: &Log) -> Result<Vec<Plan>, Refusal> {
        let title = as_read(&self.title)?;
        let slots = entry_lines::slots(log, self)?;
        let mut plans = Vec::new();
        for slot in &slots {
            plans.extend(entry_row::plans(log, slot, &title, self.date));
            plans.extend(entry_lines::plans(log, slot, &title, self));
        }
        // Forms drop some parts of a title, such as a venue in brackets; expect the shorter title then.
        let tidy = title::read(&title).title;
        let is_part = title.starts_with(&tidy) && !title.contains('《');
        let shorter = Some(tidy).filter(|tidy| is_part && !tidy.is_empty() && *tidy != title);
        let plans = to_try(plans, shorter.as_deref());
        if plans.is_empty() { Err(Refusal::Misread(self.title.clone())) } else { Ok(plans) }
    }
}

/// The plans to try: the first ones, then those that expect the shorter title.
fn to_try(mut plans: Vec<Plan>, shorter: Option<&str>) -> Vec<Plan> {
    plans.truncate(2 * TRIED);
    let renamed = shorter.map(|title| plans.iter().take(TRIED).map(|plan| plan.with_title(title)).collect::<Vec<_>>());
    plans.extend(renamed.into_iter().flatten());
    plans
}

impl Plan {
    fn with_title(&self, title: &str) -> Self {
        let renamed = |what: &Element| match what {
            Element::Entry(_) => Element::Entry(title.to_owned()),
            Element::Paper(_) => Element::Paper(title.to_owned()),
            other => other.clone(),
        };
        let inside = self.inside.as_ref().map(|inside| inside.iter().map(renamed).collect());
        Self { splices: self.splices.clone(), touched: self.touched.clone(), inside, focus: self.focus }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_shorter_title_is_tried_however_many_plans_there_are() {
        let plan = |title: &str| {
            let inside = Some(vec![Element::Entry(title.to_owned())]);
            Plan { splices: Vec::new(), touched: Vec::new(), inside, focus: (0, 0) }
        };
        let expected = |count: usize, shorter: Option<&str>| {
            let plans = to_try((0..count).map(|_| plan("Emus. ICML 2031")).collect(), shorter);
            let shorter = plans.iter().filter(|of| of.inside == plan("Emus").inside).count();
            (plans.len() - shorter, shorter)
        };
        for (count, wanted) in [(1, (1, 1)), (6, (6, 6)), (7, (7, 6)), (30, (12, 6))] {
            assert_eq!(expected(count, Some("Emus")), wanted);
            assert_eq!(expected(count, None), (wanted.0, 0));
        }
    }
}
