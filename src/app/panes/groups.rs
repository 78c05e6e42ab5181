//! The groups of the timeline: first months and years, newest first; then months without a year and sections
//! without a date, both in file order; then whatever else has no date.

use std::cmp::Reverse;

use chrono::{Datelike, NaiveDate};
use serde::{Deserialize, Serialize};

use crate::log::date::{format_month, month_name, month_of};
use crate::log::{Entry, Log, Role, Section, SectionKind};
use crate::words::Language;

/// Identifies a group across reloads.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(untagged)]
pub enum GroupName {
    /// Sections with neither date nor entries, in a log with dates.
    NoDate,
    /// A month, by its first day.
    Month(NaiveDate),
    /// A year, for a section that covers the whole year.
    Year(i32),
    /// A month whose year is unknown.
    Yearless {
        /// The month, from 1.
        month: u32,
        /// Number of earlier groups with this month.
        before: usize,
    },
    /// A section without a date.
    Section {
        /// The heading's text without its marks.
        heading: String,
        /// Number of earlier groups with this heading.
        before: usize,
    },
}

/// A group of rows in the timeline.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TimelineGroup {
    /// Its identity.
    pub name: GroupName,
    /// Its sections in row order, as indices into [`Log::sections`].
    pub sections: Vec<usize>,
    /// The number of its entries that have rows.
    pub entries: usize,
}

impl TimelineGroup {
    /// The first day of the month or year.
    pub fn date(&self) -> Option<NaiveDate> {
        match self.name {
            GroupName::Month(month) => Some(month),
            GroupName::Year(year) => NaiveDate::from_ymd_opt(year, 1, 1),
            GroupName::NoDate | GroupName::Yearless { .. } | GroupName::Section { .. } => None,
        }
    }

    /// Its label on the screen.
    pub fn label(&self, log: &Log, language: Language) -> String {
        match &self.name {
            GroupName::NoDate => language.pick("no date", "无日期").to_owned(),
            GroupName::Month(month) => format_month(Some(*month), language),
            GroupName::Year(year) => year.to_string(),
            GroupName::Yearless { month, .. } => month_name(*month, language),
            GroupName::Section { heading, .. } if !heading.is_empty() => heading.clone(),
            // In a log with dates, this section just lacks one; otherwise the section is the whole file.
            GroupName::Section { .. } if log.sections.iter().any(|section| section.kind.is_dated()) => {
                language.pick("no date", "无日期").to_owned()
            }
            GroupName::Section { .. } => {
                let file = self.sections.first().map(|&section| &log.files[log.sections[section].file()]);
                file.map(|file| file.title.clone().unwrap_or_else(|| own_name(&file.name))).unwrap_or_default()
            }
        }
    }
}

/// The name of a file without its folder.
fn own_name(name: &str) -> String {
    name.rsplit('/').next().unwrap_or_default().to_owned()
}

/// The sort key of a section:
/// - (year, month), newest first;
/// - `false` for a section of a whole month, which comes before the days of that month;
/// - the day, newest first;
/// - 1 for a section with a date, 0 or 2 for one without a date that is placed above or below that day.
type SectionRank = (Reverse<(i32, u32)>, bool, Reverse<NaiveDate>, u8);

/// A section with its place in the timeline.
struct PlacedSection {
    section: usize,
    /// The sort key; `None` without a date.
    rank: Option<SectionRank>,
    /// The group; `None` if the section stands alone.
    name: Option<GroupName>,
}

/// Returns (groups, sections). The sections are those with rows, in row order, as (section index, group
/// index).
pub(super) fn gather(log: &Log) -> (Vec<TimelineGroup>, Vec<(usize, Option<usize>)>) {
    let mut placed = place(log);
    placed.sort_by(|one, other| match (one.rank, other.rank) {
        (Some(one), Some(other)) => one.cmp(&other),
        (None, None) => (one.name == Some(GroupName::NoDate)).cmp(&(other.name == Some(GroupName::NoDate))),
        (one, other) => other.is_some().cmp(&one.is_some()),
    });
    let mut groups: Vec<TimelineGroup> = Vec::new();
    let mut order = Vec::with_capacity(placed.len());
    let mut file = None;
    for PlacedSection { section, name, .. } in placed {
        let of = &log.sections[section];
        let group = name.map(|name| {
            // Papers with their own files are grouped by folder.
            let is_paper = |file: usize| matches!(log.files[file].reading.role, Role::Paper { .. });
            let is_together = |file: usize| file == of.file() || is_paper(file) && is_paper(of.file());
            let is_near = !name.is_numbered() || file.is_some_and(is_together);
            if !groups.last().is_some_and(|last| is_near && last.name.is_alike(&name)) {
                groups.push(TimelineGroup { name, sections: Vec::new(), entries: 0 });
            }
            groups.len() - 1
        });
        file = Some(of.file());
        if let Some(group) = group {
            groups[group].sections.push(section);
            groups[group].entries += shown(log, of).count();
        }
        order.push((section, group));
    }
    number(&mut groups);
    (groups, order)
}

impl GroupName {
    /// Whether several groups can have this name and need numbers.
    fn is_numbered(&self) -> bool {
        matches!(self, Self::Yearless { .. } | Self::Section { .. })
    }

    /// Whether two names are equal apart from their numbers.
    fn is_alike(&self, other: &Self) -> bool {
        match (self, other) {
            (Self::Yearless { month, .. }, Self::Yearless { month: other, .. }) => month == other,
            (Self::Section { heading, .. }, Self::Section { heading: other, .. }) => heading == other,
            _ => self == other,
        }
    }
}

/// Numbers groups of the same name.
fn number(groups: &mut [TimelineGroup]) {
    let mut seen: std::collections::HashMap<GroupName, usize> = std::collections::HashMap::new();
    for group in groups {
        let count = seen.entry(group.name.clone()).or_default();
        if let GroupName::Yearless { before, .. } | GroupName::Section { before, .. } = &mut group.name {
            *before = *count;
        }
        *count += 1;
    }
}

/// The entries of a section that have rows in the timeline. Unread papers with a box are in the pending list
/// instead.
pub(super) fn shown<'a>(log: &'a Log, section: &Section) -> impl Iterator<Item = usize> + 'a {
    let is_shown = |entry: &Entry| entry.read || entry.task().is_none();
    section.entries().filter(move |&entry| is_shown(&log.entries[entry]))
}

/// Every section with rows, in file order, with its sort key and group.
fn place(log: &Log) -> Vec<PlacedSection> {
    let mut placed = Vec::new();
    let has_dates = log.sections.iter().any(|section| section.kind.is_dated());
    let mut yearless = None;
    let mut start = 0;
    for file in log.sections.chunk_by(|one, other| one.file() == other.file()) {
        let ascends = ascends(file);
        let next_dated = next_dated(file);
        let mut last = None;
        for (at, section) in file.iter().enumerate() {
            let own = section.kind.date();
            if section.kind.is_dated() {
                yearless = match section.kind {
                    SectionKind::Yearless { month, .. } => Some(GroupName::Yearless { month, before: 0 }),
                    _ => None,
                };
            }
            let is_unread = log.is_under_unread_date(section);
            let rank = match (own, last, next_dated[at]) {
                (Some(date), ..) => Some(rank(section.kind, date, 1)),
                (None, Some(date), _) if is_unread => {
                    Some(rank(SectionKind::Day(date), date, if ascends { 0 } else { 2 }))
                }
                (None, None, Some(date)) if is_unread => {
                    Some(rank(SectionKind::Day(date), date, if ascends { 2 } else { 0 }))
                }
                _ => None,
            };
            last = own.or(last);
            let has_entries = shown(log, section).next().is_some();
            let is_listed = has_own_row(log, section) || has_entries;
            if section.kind == SectionKind::Pending || !is_listed {
                continue;
            }
            let named = || GroupName::Section { heading: section.heading.to_string(), before: 0 };
            let name = match (section.kind.whole_year(), rank) {
                (Some(year), _) => Some(GroupName::Year(year)),
                (None, Some((.., Reverse(date), _))) => Some(GroupName::Month(month_of(date))),
                (None, None) if section.kind.is_dated() || is_unread && yearless.is_some() => yearless.clone(),
                (None, None) if has_entries => Some(named()),
                (None, None) => has_dates.then_some(GroupName::NoDate),
            };
            placed.push(PlacedSection { section: start + at, rank, name });
        }
        start += file.len();
    }
    placed
}

/// Whether a section needs a row of its own, so that no text of the log is hidden.
pub(super) fn has_own_row(log: &Log, section: &Section) -> bool {
    let has_note = has_note(log, section);
    match section.kind {
        SectionKind::Month(_) | SectionKind::Yearless { day: None, .. } | SectionKind::Pending => has_note,
        kind @ SectionKind::Range(..) if kind.whole_year().is_some() => has_note,
        SectionKind::Day(_) | SectionKind::Range(..) | SectionKind::Yearless { .. } => {
            // A section without entries or notes can still have text: an index that lists papers with files of their
            // own. Those papers get their rows from their files.
            let is_blank = || log.files[section.file()].text[section.body()..section.span().end].trim().is_empty();
            has_note || section.entries().is_empty() && is_blank()
        }
        // If all entries are unread and have a box, the checklist shows them below this heading, so no row is needed
        // here.
        SectionKind::Undated => {
            let is_unread = !section.entries().is_empty() && shown(log, section).next().is_none();
            has_note || !section.heading.is_empty() && !is_name(log, section) && !is_unread
        }
    }
}

/// Whether a section has text of its own: more than the heads of tables whose rows are papers.
pub(super) fn has_note(log: &Log, section: &Section) -> bool {
    let is_rule = |line: &str| line.contains('-') && line.chars().all(|c| "|:- ".contains(c));
    section.notes.iter().any(|note| {
        let mut lines = log.files[section.file()].text[*note].trim().lines();
        let head = lines.next().unwrap_or_default();
        let is_head = head.contains('|') && lines.next().is_some_and(is_rule) && lines.next().is_none();
        !head.is_empty() && !is_head
    })
}

/// Whether a section's heading is the log's title, which the header already shows.
fn is_name(log: &Log, section: &Section) -> bool {
    log.files.len() == 1 && section.span().start <= log.files[0].reading.front && log.name() == *section.heading
}

fn rank(kind: SectionKind, date: NaiveDate, beside: u8) -> SectionRank {
    // A whole year comes before its months.
    let month = if kind.whole_year().is_some() { 13 } else { date.month() };
    (Reverse((date.year(), month)), !matches!(kind, SectionKind::Month(_)), Reverse(date), beside)
}

/// Whether a file seems to start with its oldest section, judged only by its first and last date.
fn ascends(file: &[Section]) -> bool {
    let mut dates = file.iter().filter_map(|section| section.kind.date());
    let first = dates.next();
    first < dates.next_back()
}

/// For each section, its own date or else the next date below it.
fn next_dated(file: &[Section]) -> Vec<Option<NaiveDate>> {
    let mut next = None;
    let mut all: Vec<Option<NaiveDate>> = file
        .iter()
        .rev()
        .map(|section| {
            next = section.kind.date().or(next);
            next
        })
        .collect();
    all.reverse();
    all
}
