//! The timeline: foldable groups, such as months, with the papers read in them, newest first.

use std::collections::{BTreeSet, HashMap};

use chrono::{Datelike, NaiveDate};
use serde::{Deserialize, Serialize};

use super::groups::{GroupName, TimelineGroup, gather, has_note, has_own_row, shown};
use super::part::Part;
use crate::app::screen::viewport::Viewport;
use crate::log::date::month_of;
use crate::log::{Key, Log, Section, SectionKind, SectionName, markup};
use crate::words::Language;

/// A row of the timeline.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum TimelineRow {
    /// A month, or a section without a date, as an index into [`Timeline::groups`].
    Group(usize),
    /// A paper, note or draft: (index into [`Log::entries`], day of the month if this is the day's first
    /// row).
    Entry(usize, Option<u32>),
    /// A section's own text, or an empty section: (index into [`Log::sections`], day as for an entry).
    Section(usize, Option<u32>),
}

/// Identifies a row across reloads.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum RowId {
    /// A month, or a section without a date.
    #[serde(alias = "Month")]
    Group(GroupName),
    /// An entry.
    Entry(Key),
    /// A section, by its first day and its heading.
    Section(Option<NaiveDate>, String),
}

impl From<&SectionName> for RowId {
    fn from(name: &SectionName) -> Self {
        Self::Section(name.date, name.heading.clone())
    }
}

impl RowId {
    /// Whether a log has this entry or section. A group may continue beyond the beginning of a log, so it does not
    /// count.
    pub(in crate::app) fn is_in(&self, log: &Log) -> bool {
        match self {
            Self::Group(_) => false,
            Self::Entry(key) => log.find(key).is_some(),
            Self::Section(date, heading) => log.sections.iter().any(|section| is_called(section, *date, heading)),
        }
    }
}

/// The state of the timeline.
#[derive(Debug, Default)]
pub struct Timeline {
    /// The rows, without those in folded groups.
    pub rows: Vec<TimelineRow>,
    /// All groups, in order.
    pub groups: Vec<TimelineGroup>,
    /// The cursor, as an index into the rows.
    pub cursor: usize,
    /// The scroll position.
    pub view: Viewport,
    /// The part of the log that is shown, or `None` for all of it.
    pub part: Option<Part>,
    folded: BTreeSet<GroupName>,
    /// Group index by section index.
    group_of: HashMap<usize, usize>,
}

impl Timeline {
    /// Rebuilds the rows and puts the cursor back on `place`, if that is still there.
    pub(crate) fn rebuild(&mut self, log: &Log, place: Option<&RowId>) {
        let (mut groups, mut order) = gather(log);
        if let Some(part) = &self.part {
            let narrowed = narrow(log, part, groups.clone(), &order);
            match narrowed {
                // The part is gone, so show everything.
                (_, left) if left.is_empty() => self.part = None,
                narrowed => (groups, order) = narrowed,
            }
        }
        self.rows = rows(log, &groups, &order, &self.folded, self.part.as_ref());
        self.rows.shrink_to_fit();
        self.groups = groups;
        self.group_of = order.into_iter().filter_map(|(section, group)| Some((section, group?))).collect();
        let found = place.and_then(|place| self.position(log, place));
        self.cursor = found.unwrap_or(self.cursor).min(self.rows.len().saturating_sub(1));
    }

    /// Puts the cursor on the newest paper.
    pub(crate) fn start(&mut self) {
        let first = self.rows.iter().position(|row| matches!(row, TimelineRow::Entry(..)));
        self.cursor = first.unwrap_or(0);
    }

    /// The place under the cursor.
    pub fn place(&self, log: &Log) -> Option<RowId> {
        self.rows.get(self.cursor).map(|&row| self.place_of(log, row))
    }

    /// The date of the row under the cursor; for a month, its first day.
    pub(crate) fn date(&self, log: &Log) -> Option<NaiveDate> {
        self.rows.get(self.cursor).and_then(|&row| self.date_of(log, row))
    }

    /// The byte of its file at which the row under the cursor starts; 0 for a group.
    pub(crate) fn byte(&self, log: &Log) -> usize {
        match self.rows.get(self.cursor) {
            Some(TimelineRow::Entry(entry, _)) => log.entries[*entry].span().start,
            Some(TimelineRow::Section(section, _)) => log.sections[*section].span().start,
            Some(TimelineRow::Group(_)) | None => 0,
        }
    }

    /// The groups that are folded.
    pub(crate) fn folded(&self) -> &BTreeSet<GroupName> {
        &self.folded
    }

    /// Restores folds and cursor from the last session. If the place is gone, goes to the nearest date.
    pub(crate) fn resume(
        &mut self,
        log: &Log,
        folded: BTreeSet<GroupName>,
        place: Option<&RowId>,
        day: Option<NaiveDate>,
    ) {
        self.folded = folded;
        self.rebuild(log, None);
        let nearest = || {
            let days_off = |row: TimelineRow| Some((self.date_of(log, row)? - day?).num_days().abs());
            // Prefer a row within the month to the month's own row.
            let is_group = |row: TimelineRow| matches!(row, TimelineRow::Group(_));
            let dated = self.rows.iter().zip(0..).filter_map(|(&row, at)| Some((is_group(row), days_off(row)?, at)));
            dated.min().map(|(.., at)| at)
        };
        let found = place.and_then(|place| self.position(log, place)).or_else(nearest);
        self.cursor = found.unwrap_or(self.cursor);
    }

    /// Whether a group is folded.
    pub(crate) fn is_folded(&self, group: usize) -> bool {
        self.groups.get(group).is_some_and(|group| self.folded.contains(&group.name))
    }

    /// The row of a place, or of the folded group that hides it.
    fn position(&self, log: &Log, wanted: &RowId) -> Option<usize> {
        let row = match wanted {
            RowId::Group(_) => None,
            RowId::Entry(key) => {
                let wanted = log.find(key)?;
                self.rows.iter().position(|row| matches!(row, TimelineRow::Entry(entry, _) if *entry == wanted))
            }
            RowId::Section(date, heading) => self.rows.iter().position(|row| match *row {
                TimelineRow::Section(section, _) => is_called(&log.sections[section], *date, heading),
                _ => false,
            }),
        };
        row.or_else(|| {
            let group = self.group_of(log, wanted)?;
            self.rows.iter().position(|row| *row == TimelineRow::Group(group))
        })
    }

    /// Index of a place's group.
    fn group_of(&self, log: &Log, place: &RowId) -> Option<usize> {
        match place {
            RowId::Group(name) => self.groups.iter().position(|group| group.name == *name),
            RowId::Entry(key) => self.group_of.get(&log.entries[log.find(key)?].section()).copied(),
            RowId::Section(date, heading) => self
                .groups
                .iter()
                .position(|group| group.sections.iter().any(|&it| is_called(&log.sections[it], *date, heading)))
                .or_else(|| date.and_then(|date| self.month(month_of(date)))),
        }
    }

    fn month(&self, first: NaiveDate) -> Option<usize> {
        self.groups.iter().position(|group| group.name == GroupName::Month(first))
    }

    /// Moves the cursor to an entry, unfolding its group if needed.
    pub(crate) fn go_to(&mut self, log: &Log, key: &Key) {
        self.reveal(log, &RowId::Entry(key.clone()));
    }

    /// Moves the cursor to a place, unfolding its group if needed.
    pub(crate) fn reveal(&mut self, log: &Log, place: &RowId) {
        if let Some(group) = self.group_of(log, place) {
            self.folded.remove(&self.groups[group].name);
        }
        self.rebuild(log, Some(place));
        // The place is outside the shown part: show everything.
        if self.part.is_some() && self.position(log, place).is_none() {
            self.part = None;
            self.reveal(log, place);
        }
    }

    /// Folds the group at the cursor; `false` if there is none or it is already folded.
    pub(crate) fn fold(&mut self, log: &Log) -> bool {
        let Some(name) = self.group().map(|group| self.groups[group].name.clone()) else { return false };
        if !self.folded.insert(name.clone()) {
            return false;
        }
        self.rebuild(log, Some(&RowId::Group(name)));
        true
    }

    /// Unfolds the group under the cursor; `false` if the cursor is not on a folded group.
    pub(crate) fn unfold(&mut self, log: &Log) -> bool {
        let Some(&TimelineRow::Group(group)) = self.rows.get(self.cursor) else { return false };
        let name = self.groups[group].name.clone();
        if !self.folded.remove(&name) {
            return false;
        }
        self.rebuild(log, Some(&RowId::Group(name)));
        true
    }

    /// The group that the cursor is in.
    fn group(&self) -> Option<usize> {
        match *self.rows.get(self.cursor)? {
            TimelineRow::Group(group) => Some(group),
            TimelineRow::Section(section, _) => self.group_of.get(&section).copied(),
            TimelineRow::Entry(..) => self.rows[..self.cursor].iter().rev().find_map(|row| match row {
                TimelineRow::Group(group) => Some(*group),
                _ => None,
            }),
        }
    }

    /// Moves by entries, skipping other rows.
    pub(crate) fn move_entries(&mut self, by: isize) {
        self.move_to_nth(by, |row| matches!(row, TimelineRow::Entry(..)));
    }

    /// Moves by groups: months, and sections without a date.
    pub(crate) fn move_groups(&mut self, by: isize) {
        self.move_to_nth(by, |row| matches!(row, TimelineRow::Group(_)));
    }

    fn move_to_nth(&mut self, by: isize, wanted: impl Fn(&TimelineRow) -> bool) {
        let (above, here) = self.rows.split_at(self.cursor.min(self.rows.len()));
        let times = by.unsigned_abs();
        let target = match by {
            0 => None,
            1.. => {
                let below = here.iter().zip(self.cursor..).skip(1);
                below.filter(|(row, _)| wanted(row)).take(times).last().map(|(_, index)| index)
            }
            _ => above.iter().enumerate().rev().filter(|(_, row)| wanted(row)).take(times).last().map(|(at, _)| at),
        };
        self.cursor = target.unwrap_or(self.cursor);
    }

    /// Whether the cursor is on a group's row.
    pub fn is_on_group(&self) -> bool {
        matches!(self.rows.get(self.cursor), Some(TimelineRow::Group(_)))
    }

    /// The place of a row.
    pub(crate) fn place_of(&self, log: &Log, row: TimelineRow) -> RowId {
        match row {
            TimelineRow::Group(group) => RowId::Group(self.groups[group].name.clone()),
            TimelineRow::Entry(entry, _) => RowId::Entry(log.entries[entry].key.clone()),
            TimelineRow::Section(section, _) => RowId::from(&log.sections[section].name()),
        }
    }

    /// The date of a row; for a month, its first day.
    fn date_of(&self, log: &Log, row: TimelineRow) -> Option<NaiveDate> {
        match row {
            TimelineRow::Group(group) => self.groups.get(group)?.date(),
            TimelineRow::Entry(entry, _) => log.entries[entry].date,
            TimelineRow::Section(section, _) => log.sections[section].kind.date(),
        }
    }

    /// The entry under the cursor, as an index into [`Log::entries`].
    pub fn entry(&self) -> Option<usize> {
        match self.rows.get(self.cursor) {
            Some(&TimelineRow::Entry(entry, _)) => Some(entry),
            _ => None,
        }
    }
}

fn is_called(section: &Section, date: Option<NaiveDate>, heading: &str) -> bool {
    section.kind.date() == date && *section.heading == *heading
}

/// The rows, without those in folded groups. `order` lists (section index, group index) in row order.
fn rows(
    log: &Log,
    groups: &[TimelineGroup],
    order: &[(usize, Option<usize>)],
    folded: &BTreeSet<GroupName>,
    part: Option<&Part>,
) -> Vec<TimelineRow> {
    let mut rows = Vec::new();
    let mut last = None;
    let mut day = None;
    for &(index, group) in order {
        let section = &log.sections[index];
        if let Some(group) = group.filter(|_| group != last) {
            rows.push(TimelineRow::Group(group));
        }
        if group != last {
            (last, day) = (group, None);
        }
        if group.is_some_and(|group| folded.contains(&groups[group].name)) {
            continue;
        }
        let mut number = || {
            let this = day_of(section);
            let new = this.filter(|_| day != this);
            day = this;
            new.map(|(_, number)| number)
        };
        let is_shown = part.is_none_or(|part| part.has_section(log, section));
        if is_shown && has_own_row(log, section) && !is_group_alone(log, section, group) {
            rows.push(TimelineRow::Section(index, number()));
        }
        for entry in shown(log, section).filter(|&entry| part.is_none_or(|part| part.has(log, &log.entries[entry]))) {
            rows.push(TimelineRow::Entry(entry, number()));
        }
    }
    rows
}

/// Keeps only the sections in a part of the log. Groups left without sections are kept, so that indices into
/// the groups stay valid.
fn narrow(
    log: &Log,
    part: &Part,
    mut groups: Vec<TimelineGroup>,
    order: &[(usize, Option<usize>)],
) -> (Vec<TimelineGroup>, Vec<(usize, Option<usize>)>) {
    let is_in_part = |entry: &usize| part.has(log, &log.entries[*entry]);
    let entries = |section: usize| shown(log, &log.sections[section]).filter(is_in_part).count();
    let has = |section: usize| {
        let section = &log.sections[section];
        part.has_section(log, section) || shown(log, section).any(|entry| is_in_part(&entry))
    };
    for group in &mut groups {
        group.sections.retain(|&section| has(section));
        group.entries = group.sections.iter().map(|&section| entries(section)).sum();
    }
    (groups, order.iter().copied().filter(|&(section, _)| has(section)).collect())
}

/// Whether the group's row already shows everything that the section's row would.
fn is_group_alone(log: &Log, section: &Section, group: Option<usize>) -> bool {
    group.is_some()
        && section.kind == SectionKind::Undated
        && !log.is_under_unread_date(section)
        && !has_note(log, section)
}

/// A section's (date, day of the month); the date is `None` if the year is unknown.
fn day_of(section: &Section) -> Option<(Option<NaiveDate>, u32)> {
    match section.kind {
        SectionKind::Day(date) => Some((Some(date), date.day())),
        kind @ SectionKind::Range(date, _) => kind.whole_year().is_none().then(|| (Some(date), date.day())),
        SectionKind::Yearless { day, .. } => day.map(|day| (None, day)),
        SectionKind::Month(_) | SectionKind::Pending | SectionKind::Undated => None,
    }
}

/// The most characters of a line used in a label, Markdown marks included.
const LABEL: usize = 400;

/// The label of a section's row: the first words of its text, or its heading.
pub(crate) fn section_label(log: &Log, section: usize, language: Language) -> String {
    let section = &log.sections[section];
    let mut lines = log.note_lines(section).map(|line| line.trim_start_matches(['#', '>', '-', '*', ' ']));
    let note = lines.find(|line| !line.trim().is_empty()).unwrap_or_default();
    let note: String = note.chars().take(LABEL).collect();
    // Show only the words of pictures, tags and links.
    let note = if note.contains(['<', '[', '`', '$', '&']) { markup::words(&note) } else { note.replace("**", "") };
    let figures = section.figures.len();
    match section.kind {
        // If the section has entries, its heading is already shown as the group above them.
        SectionKind::Undated
            if !section.heading.is_empty()
                && (shown(log, section).next().is_none() || log.is_under_unread_date(section)) =>
        {
            section.heading.to_string()
        }
        _ if note.is_empty() && figures > 0 => language.counted(figures, "figure", "figures", "张图"),
        _ if note.is_empty() => language.pick("nothing yet", "尚无内容").to_owned(),
        _ => note,
    }
}
