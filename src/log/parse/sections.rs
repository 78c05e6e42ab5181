//! Cuts a file into sections.

use std::ops::Range;
use std::sync::Arc;

use super::lists::{Label, NamedLists, labels, opens_list};
use super::{FileParser, runs_on};
use crate::log::date::sequence::Resolved;
use crate::log::dialect::{self, Dialect};
use crate::log::forms::choice::{Choice, FoundTitle};
use crate::log::forms::dates::{DateForm, DateMark, Dates};
use crate::log::forms::titles::TitleForm;
use crate::log::outline::{Heading, Outline};
use crate::log::{Section, SectionKind, pending};

/// Deeper than any heading, so that any heading closes the section.
const DEEPEST: u8 = 7;

/// Something that can open a section.
enum Opening<'a> {
    Date(&'a DateMark, Resolved),
    /// A heading, and whether it opens a pending list.
    Heading(&'a Heading, bool),
    /// A line that opens a pending list.
    Label(Label),
    /// The end of the list below a label.
    ListEnd,
    /// The end of a table whose rows are dated.
    TableEnd,
}

/// The kind of section for a date.
pub(super) fn kind(resolved: Resolved) -> SectionKind {
    match resolved {
        Resolved::Day(date) => SectionKind::Day(date),
        Resolved::Month(date) => SectionKind::Month(date),
        Resolved::Range(first, last) => SectionKind::Range(first, last),
        Resolved::Yearless { month, day } => SectionKind::Yearless { month, day },
        Resolved::Unknown => SectionKind::Undated,
    }
}

impl FileParser {
    /// Cuts the file at every line that structures the log. The sections cover all bytes.
    pub(super) fn sections(&mut self, dates: &Dates, choice: &Choice, titles: &[FoundTitle]) {
        let first = self.log.sections.len();
        let own = dates.own.filter(|_| dates.marks.is_empty() && self.is_of_one_date(titles)).map(kind);
        let name = own.and_then(|_| self.front.title.clone()).unwrap_or_default();
        self.open_section(own.unwrap_or(SectionKind::Undated), &name, 0, self.base);
        let dialect = Arc::clone(&self.log.files[self.file].dialect);
        let outline = std::mem::take(&mut self.outline);
        let mut cutter = Cutter {
            level: 0,
            has_own_date: own.is_some(),
            dialect: &dialect,
            title_level: choice.forms.iter().find_map(|it| match it.form {
                TitleForm::Headings(level) => Some(level),
                _ => None,
            }),
            runs_on: choice.forms.first().is_some_and(|it| runs_on(it.form)),
            titles,
            enclosing: Vec::new(),
            parted: levels_within_days(&outline, dates),
            topic_level: None,
            above: String::new(),
            above_level: 0,
        };
        let openings = openings(&self.text()[self.base..], &outline, &self.named_lists, dates, &dialect);
        for (at, opening) in openings {
            let current = self.log.sections.last().map_or(SectionKind::Undated, |section| section.kind);
            let since = self.log.sections.last().map_or(0, |section| section.span().start.saturating_sub(self.base));
            let Some((kind, heading, after)) = cutter.cut(&opening, current, since) else { continue };
            let heading = match &opening {
                Opening::Date(mark, _) => {
                    self.text()[self.base + mark.name.start..self.base + mark.name.end].to_owned()
                }
                _ => heading,
            };
            self.open_section(kind, &heading, at + self.base, after.max(at) + self.base);
            if cutter.topic_level.is_some() {
                self.topics.push(self.log.sections.len() - 1);
            }
        }
        self.outline = outline;
        let end = self.text().len();
        if let Some(last) = self.log.sections.last_mut() {
            last.set_end(end);
        }
        // A byte order mark alone is not a section.
        let opening = self.log.sections[first].span();
        if opening.end <= self.base.min('\u{FEFF}'.len_utf8()) && self.log.sections.len() > first + 1 {
            self.log.sections.remove(first);
            self.log.sections[first].set_start(0);
            self.topics.iter_mut().for_each(|topic| *topic -= 1);
        }
    }

    /// Whether the file's own date applies to its content: a date in its name always does, one in its front matter only
    /// if there are few papers.
    fn is_of_one_date(&self, titles: &[FoundTitle]) -> bool {
        self.front.date.is_none() || titles.len() <= FEW
    }

    fn open_section(&mut self, kind: SectionKind, heading: &str, at: usize, after: usize) {
        let (file, line) = (self.file, self.line_of(at));
        let end = self.text().len();
        if let Some(last) = self.log.sections.last_mut().filter(|last| last.file() == file) {
            last.set_end(at);
        }
        let mut section = Section::new(file, kind, &dialect::clean_title(heading), line, at..end);
        section.set_body(after.min(end));
        let entries = self.log.entries.len();
        section.set_entries(entries..entries);
        self.log.sections.push(section);
    }
}

/// The most papers in a file that takes its date from front matter.
const FEW: usize = 6;

/// (byte, opening) for everything that may open a section, in file order.
fn openings<'a>(
    text: &str,
    outline: &'a Outline,
    named_lists: &NamedLists,
    dates: &'a Dates,
    dialect: &Dialect,
) -> Vec<(usize, Opening<'a>)> {
    let marks = dates.marks.iter().zip(&dates.resolved);
    let mut all: Vec<(usize, Opening)> = marks.map(|(mark, date)| (mark.at, Opening::Date(mark, *date))).collect();
    let is_date = |(_, heading): &(usize, &Heading)| {
        dates.marks.binary_search_by_key(&heading.span().start, |mark| mark.at).is_err()
    };
    all.extend(outline.headings.iter().enumerate().filter(is_date).map(|(at, heading)| {
        let opens_list = named_lists.has_heading(at) && opens_list(text, outline, dates, dialect, heading);
        (heading.span().start, Opening::Heading(heading, opens_list))
    }));
    let holds_rows = |span: &Range<usize>| {
        let first = dates.marks.partition_point(|mark| mark.at < span.start);
        dates.marks.get(first).is_some_and(|mark| mark.at < span.end && mark.form == DateForm::Cells)
    };
    let tables = outline.tables.iter().filter(|table| holds_rows(&table.span()));
    all.extend(tables.map(|table| (table.span().end, Opening::TableEnd)));
    for label in labels(text, outline, named_lists, dates) {
        if !label.is_last {
            all.push((label.end, Opening::ListEnd));
        }
        all.push((label.span.start, Opening::Label(label)));
    }
    let is_end = |opening: &Opening| matches!(opening, Opening::TableEnd | Opening::ListEnd);
    all.sort_by_key(|(at, opening)| (*at, !is_end(opening)));
    // The end of a table or list needs no section if another one starts there.
    let starts: Vec<usize> = all.iter().map(|(at, _)| *at).collect();
    let mut index = 0;
    all.retain(|(at, opening)| {
        index += 1;
        !(is_end(opening) && starts.get(index).is_some_and(|next| next == at))
    });
    all
}

/// For each level: whether undated headings are parts of the days. They are if most dated headings of that level (of at
/// least two) are followed by an undated one of that level before the next date, or if one date heads the whole file.
fn levels_within_days(outline: &Outline, dates: &Dates) -> [bool; 7] {
    let mut days = [(0_usize, 0_usize); 7];
    let mut last = None;
    for heading in &outline.headings {
        let level = usize::from(heading.level.min(6));
        let mark = dates.marks.binary_search_by_key(&heading.span().start, |mark| mark.at);
        if mark.is_ok_and(|at| dates.marks[at].form == DateForm::Headings) {
            days[level].0 += 1;
            last = Some(level);
        } else if last == Some(level) {
            days[level].1 += 1;
            last = None;
        } else if last.is_some_and(|last| level < last) {
            last = None;
        }
    }
    // A date above all other headings dates the whole file.
    let is_of_file = |level: usize| {
        let first = outline.headings.first().filter(|first| usize::from(first.level.min(6)) == level);
        first.is_some_and(|first| dates.marks.iter().all(|mark| mark.at <= first.span().start))
    };
    let mut parted = days.map(|(all, with_others)| all > 1 && with_others * 2 > all);
    for (level, (all, _)) in days.into_iter().enumerate() {
        parted[level] |= all == 1 && is_of_file(level);
    }
    parted
}

/// Decides which openings start a section.
struct Cutter<'a> {
    /// The level of the heading that opened the current section; deeper headings belong to that section.
    level: u8,
    has_own_date: bool,
    dialect: &'a Dialect,
    title_level: Option<u8>,
    /// Whether headings below a title belong to its body.
    runs_on: bool,
    titles: &'a [FoundTitle],
    /// The dated headings above, each with its level and kind.
    enclosing: Vec<(u8, SectionKind)>,
    /// By level: whether headings without a date are parts of the days, as in `## 2031.5.17`, `## Papers`, `## Chores`.
    parted: [bool; 7],
    /// The level of the current topic's heading, if the section is in a topic (see `is_beside_date`).
    topic_level: Option<u8>,
    /// The last heading of a level above the titles; names sections that have no heading.
    above: String,
    above_level: u8,
}

impl Cutter<'_> {
    /// (kind, heading, byte where the body starts) of a new section; `None` if the opening belongs to the current one,
    /// which starts at byte `since`.
    fn cut(&mut self, opening: &Opening, current: SectionKind, since: usize) -> Option<(SectionKind, String, usize)> {
        match opening {
            Opening::Date(mark, resolved) => {
                self.topic_level = None;
                self.level = match mark.form {
                    DateForm::Headings => mark.level,
                    DateForm::Behind | DateForm::Labels if mark.level > 0 => mark.level,
                    DateForm::Cells => DEEPEST,
                    _ => self.above_level + 1,
                };
                if mark.form == DateForm::Headings {
                    self.above_level = mark.level;
                    self.enclosing.retain(|(level, _)| *level < mark.level);
                    self.enclosing.push((mark.level, kind(*resolved)));
                }
                Some((kind(*resolved), String::new(), mark.after))
            }
            Opening::TableEnd => {
                self.level = 0;
                Some((SectionKind::Undated, self.above.clone(), 0))
            }
            Opening::Heading(heading, opens_list) => self.heading(heading, *opens_list, current, since),
            Opening::Label(label) => {
                // A label below a title belongs to that entry. In a dated section, a label opens a list only if a
                // heading, a date or the end of the file follows that list.
                let is_part = self.runs_on && self.has_title(since, label.span.start);
                let is_apart = current == SectionKind::Undated || label.is_last && current != SectionKind::Pending;
                (!is_part && is_apart).then(|| {
                    self.level = DEEPEST;
                    (SectionKind::Pending, label.name.clone(), label.span.end)
                })
            }
            Opening::ListEnd => {
                let opened_by_label = current == SectionKind::Pending && self.level == DEEPEST;
                opened_by_label.then(|| {
                    self.level = self.above_level;
                    (SectionKind::Undated, self.above.clone(), 0)
                })
            }
        }
    }

    /// Whether a title starts in the bytes `since..at`.
    fn has_title(&self, since: usize, at: usize) -> bool {
        let first = self.titles.partition_point(|found| found.candidate.span().start < since);
        self.titles.get(first).is_some_and(|found| found.candidate.span().start < at)
    }

    fn heading(
        &mut self,
        heading: &Heading,
        opens_list: bool,
        current: SectionKind,
        since: usize,
    ) -> Option<(SectionKind, String, usize)> {
        if self.dialect.ignores(&heading.text) || self.is_in_title(heading.span().start) {
            return None;
        }
        let is_beside_date = self.is_beside_date(heading);
        if heading.atx {
            self.enclosing.retain(|(level, _)| *level < heading.level);
        }
        let at = heading.span().start;
        let is_title = self.is_title(heading);
        // A heading below a title belongs to that entry.
        let is_part = self.has_title(since, at)
            && match self.title_level {
                Some(level) => heading.level > level,
                None => self.runs_on && self.level > 0 && heading.level > self.level,
            };
        let name = &heading.text;
        if !is_title && opens_list && !is_part {
            self.level = heading.level;
            return Some((SectionKind::Pending, name.to_string(), heading.span().end));
        }
        if is_title {
            let ends_list = current == SectionKind::Pending && heading.atx && heading.level <= self.level;
            return ends_list.then(|| {
                self.level = 0;
                (SectionKind::Undated, self.above.clone(), at)
            });
        }
        let closes = match current {
            SectionKind::Undated => !is_part,
            SectionKind::Pending => heading.atx && heading.level <= self.level || pending::is_read(name),
            _ if self.has_own_date && self.level == 0 => false,
            _ => heading.atx && (heading.level < self.level || is_beside_date),
        };
        if self.title_level.is_none_or(|level| heading.level < level) {
            (self.above, self.above_level) = (name.to_string(), heading.level);
        }
        closes.then(|| {
            self.level = heading.level;
            self.topic_level = self.topic_level.filter(|level| *level <= heading.level);
            if current.is_dated() && is_beside_date {
                self.topic_level = Some(heading.level);
            }
            // Text below a month or year, but not below a day, belongs to that month or year.
            let kind = self.enclosing.last().map_or(SectionKind::Undated, |(_, kind)| *kind);
            (kind, name.to_string(), heading.span().end)
        })
    }

    /// Whether a heading, which has no date, is a topic: it is at the level of the last dated heading. A topic ends the
    /// section, since its papers have other dates. Headings at the level of titles are not topics, since they may be
    /// parts of a summary, nor are those that are parts of the days.
    fn is_beside_date(&self, heading: &Heading) -> bool {
        let is_beside = self.enclosing.last().is_some_and(|(level, _)| *level == self.level);
        is_beside
            && heading.level == self.level
            && self.title_level != Some(heading.level)
            && !self.parted[usize::from(heading.level.min(6))]
    }

    /// Whether a heading is the second line of a title.
    fn is_in_title(&self, at: usize) -> bool {
        let before = self.titles.partition_point(|found| found.candidate.span().start < at);
        let before = before.checked_sub(1).map(|before| &self.titles[before].candidate);
        before.is_some_and(|title| title.level > 0 && title.joined.is_some() && at < title.span().end)
    }

    fn is_title(&self, heading: &Heading) -> bool {
        let found = self.titles.binary_search_by_key(&heading.span().start, |found| found.candidate.span().start);
        found.is_ok_and(|at| self.titles[at].candidate.level == heading.level)
    }
}
