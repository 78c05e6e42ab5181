//! Writes a new entry as lines: its date, its title in the usual form, its body.

use std::collections::HashMap;

use super::day::Slot;
use super::defaults::is_written_in_chinese;
use super::proof::Element;
use super::splice::{Splice, line_end};
use super::{NewEntry, Plan, Refusal, dates, day, style};
use crate::log::forms::dates::DateForm;
use crate::log::forms::titles::TitleForm;
use crate::log::forms::titles::write::{TitleFrame, WrittenTitle, number};
use crate::log::{Entry, Log, Role, Section, SectionKind, State, normalise};

/// How many title forms are tried.
const FORMS: usize = 3;

/// Candidates for where the entry goes.
pub(super) fn slots(log: &Log, entry: &NewEntry) -> Result<Vec<Slot>, Refusal> {
    let NewEntry { title, date, under, .. } = entry;
    if matches!(log.files[0].reading.role, Role::Paper { .. }) {
        return Err(Refusal::OnePaper(title.clone()));
    }
    if let Some(heading) = under {
        return under_heading(log, heading).map(|slot| vec![slot]);
    }
    let slots = day::slots(log, *date);
    let is_new = slots.iter().any(|slot| slot.section.is_none());
    let dates = &log.files[0].reading.dates;
    if is_new && dates.iter().any(|found| found.form == DateForm::File) {
        return Err(Refusal::OneDay(title.clone()));
    }
    let is_undated = log.sections.iter().all(|section| !section.kind.is_dated());
    match is_new && is_undated {
        true if !log.entries.is_empty() => Err(Refusal::Undated(title.clone())),
        true if !is_written_in_chinese(log, entry) => Ok(vec![day::first(log, *date)]),
        _ => Ok(slots),
    }
}

/// The slot at the end of a heading's section.
fn under_heading(log: &Log, heading: &str) -> Result<Slot, Refusal> {
    let is_it = |section: &Section| section.kind != SectionKind::Pending && *section.heading == *heading;
    let found: Vec<usize> = (0..log.sections.len()).filter(|&at| is_it(&log.sections[at])).collect();
    match found[..] {
        [at] => Ok(Slot { at: log.sections[at].span().end, ends: true, lines: Vec::new(), section: Some(at) }),
        [] => Err(Refusal::Gone(heading.to_owned())),
        _ => Err(Refusal::Ambiguous(heading.to_owned(), found.len())),
    }
}

/// Where an entry's date is written.
#[derive(Debug, Clone, PartialEq, Eq)]
enum DatePosition {
    /// On a separate line above.
    Above,
    /// On the title's line; holds the date as written.
    Before(String),
    /// On a line below the title; holds the whole line.
    Label(String),
}

/// Where the date of a section is written.
fn date_position(log: &Log, section: &Section) -> DatePosition {
    let Some(entry) = log.entries[section.entries()].first() else { return DatePosition::Above };
    let file = &log.files[section.file()];
    if !section.kind.is_dated() || entry.line() != section.line() || section.heading.is_empty() {
        return DatePosition::Above;
    }
    if file.line(entry.line()).contains(&*section.heading) {
        return DatePosition::Before(section.heading.to_string());
    }
    let labelled = (entry.line()..entry.line() + 8).map(|line| file.line(line + 1));
    let label = labelled.take_while(|line| !line.starts_with('#')).find(|line| line.contains(&*section.heading));
    label.map_or(DatePosition::Above, |label| DatePosition::Label(label.to_owned()))
}

/// The ways to write an entry as lines at a place.
pub(super) fn plans(log: &Log, slot: &Slot, title: &str, entry: &NewEntry) -> Vec<Plan> {
    let (day, body) = (entry.date, entry.body.as_str());
    let mut plans: Vec<Plan> = Vec::new();
    for (frame, section) in frames(log, slot, entry) {
        let model = section.map(|section| &log.sections[section]);
        let date_position = model.map_or(DatePosition::Above, |model| date_position(log, model));
        let is_single = !matches!(date_position, DatePosition::Above);
        let (date, kind) = match (&date_position, model) {
            (DatePosition::Before(text), Some(model)) => match dates::text(text, model.kind, log, day) {
                Some((date, kind)) => (Some(date), Some(kind)),
                None => continue,
            },
            (DatePosition::Label(line), Some(model)) => match dates::text(line, model.kind, log, day) {
                Some((line, kind)) => (Some(line), Some(kind)),
                None => continue,
            },
            _ => (None, None),
        };
        let number = next_number(log, slot, &frame);
        let before = date.as_deref().filter(|_| matches!(date_position, DatePosition::Before(_)));
        let label = date.as_deref().filter(|_| matches!(date_position, DatePosition::Label(_)));
        let mut inside: Vec<Element> = if is_single { Vec::new() } else { sections(slot) };
        inside.extend(kind.map(|kind| Element::Section(kind, String::new())));
        let is_loose = is_loose(log, is_single || slot.lines.is_empty());
        for line in frame.write(title, number, before) {
            for gap in [is_loose, !is_loose] {
                let entry = match line.text.split_once("] ").filter(|_| frame.form == TitleForm::Tasks) {
                    Some((_, behind)) => {
                        let task = Element::Task(normalise(behind), State::Done, depth(log, section));
                        vec![Element::Paper(title.to_owned()), task]
                    }
                    None => vec![Element::Entry(title.to_owned())],
                };
                let inside = Some(inside.iter().cloned().chain(entry).collect());
                let line = line.clone();
                let block = EntryLines { log, slot, frame: &frame, line, label, is_single, gap, body };
                let (splice, into) = block.splice();
                if plans.iter().all(|plan| plan.splices[0] != splice) {
                    plans.push(Plan { splices: vec![splice], touched: Vec::new(), inside, focus: (0, into) });
                }
            }
        }
    }
    plans
}

/// The depth of a section's papers that are tasks; 1 if there are none.
fn depth(log: &Log, section: Option<usize>) -> usize {
    let entries = section.map_or(0..0, |section| log.sections[section].entries());
    let task = log.entries[entries].iter().rev().find_map(|entry| entry.task());
    task.map_or(1, |task| log.tasks[task].depth)
}

fn sections(slot: &Slot) -> Vec<Element> {
    slot.lines.iter().map(|dated| Element::Section(dated.kind, String::new())).collect()
}

/// The title forms to try, as (form, section that serves as its model): the form of the section's last entry if that is
/// a list item, then the most common forms in the section, then in the file. The first title of a log has no model.
fn frames(log: &Log, slot: &Slot, entry: &NewEntry) -> Vec<(TitleFrame, Option<usize>)> {
    let mut frames: Vec<(TitleFrame, Option<usize>)> = Vec::new();
    let mut add = |frame: TitleFrame, section: Option<usize>| {
        if frames.iter().all(|(other, _)| *other != frame) {
            frames.push((frame, section));
        }
    };
    if let Some(section) = slot.section {
        let entries = &log.entries[log.sections[section].entries()];
        if let Some(frame) = entries.last().and_then(|entry| read(log, entry)).filter(TitleFrame::is_item) {
            add(frame, Some(section));
        }
        most(log, entries).into_iter().for_each(|frame| add(frame, Some(section)));
    }
    let dated: Vec<&Entry> = log.entries.iter().filter(|entry| log.sections[entry.section()].kind.is_dated()).collect();
    let all: Vec<&Entry> = if dated.is_empty() { log.entries.iter().collect() } else { dated };
    let newest = |frame: &TitleFrame| {
        let same = all.iter().filter(|entry| read(log, entry).as_ref() == Some(frame));
        same.max_by_key(|entry| log.sections[entry.section()].kind.date()).map(|entry| entry.section())
    };
    for frame in most(log, all.iter().copied()) {
        let section = newest(&frame);
        add(frame, section);
    }
    frames.truncate(FORMS);
    let is_first = log.entries.is_empty();
    if is_first && !is_written_in_chinese(log, entry) {
        frames.extend(below_date(log, slot).map(|level| (TitleFrame::heading(level), slot.section)));
    }
    if is_first || frames.iter().all(|(frame, _)| frame.form == TitleForm::Marks) {
        frames.push((TitleFrame::plain(), slot.section));
    }
    frames
}

/// The heading level below the date of a slot; `None` if the date is not a heading.
fn below_date(log: &Log, slot: &Slot) -> Option<u8> {
    let level = match (slot.lines.last(), slot.section) {
        (Some(dated), _) => dated.line.len() - dated.line.trim_start_matches('#').len(),
        (None, Some(section)) => dates::level(log, &log.sections[section]),
        (None, None) => 0,
    };
    u8::try_from(level + 1).ok().filter(|level| (2..=6).contains(level))
}

/// Title forms, the most common first.
pub(super) fn most<'a>(log: &Log, entries: impl IntoIterator<Item = &'a Entry>) -> Vec<TitleFrame> {
    let mut counts: HashMap<TitleFrame, (usize, usize)> = HashMap::new();
    for (at, frame) in entries.into_iter().filter_map(|entry| read(log, entry)).enumerate() {
        let (count, last) = counts.entry(frame).or_default();
        (*count, *last) = (*count + 1, at);
    }
    let mut counts: Vec<(TitleFrame, (usize, usize))> = counts.into_iter().collect();
    counts.sort_by_key(|(_, count)| std::cmp::Reverse(*count));
    counts.into_iter().map(|(frame, _)| frame).take(FORMS).collect()
}

/// The form of an entry's title; `None` for table rows and whole files.
fn read(log: &Log, entry: &Entry) -> Option<TitleFrame> {
    let text = &log.files[entry.file()].text;
    let line = &text[entry.span().start..line_end(text, entry.span().start)];
    let section = &log.sections[entry.section()];
    let date = match date_position(log, section) {
        DatePosition::Before(date) => Some(date),
        _ => None,
    };
    if matches!(entry.form, TitleForm::Rows | TitleForm::WholeFile) {
        return None;
    }
    if entry.form == TitleForm::InText {
        return Some(TitleFrame::plain());
    }
    let frame = TitleFrame::read(entry.form, line, &entry.title, date.as_deref())?;
    (entry.form != TitleForm::Marks || line.contains('《')).then_some(frame)
}

/// The number for a new title: the file's numbers count up or down, or restart in each section.
fn next_number(log: &Log, slot: &Slot, frame: &TitleFrame) -> Option<u32> {
    let at = slot.at;
    if !frame.numbered {
        return None;
    }
    let numbered = |entry: &Entry| Some((entry.span().start, entry.section(), number(first_line(log, entry))?));
    let all: Vec<(usize, usize, u32)> =
        log.entries.iter().filter(|entry| entry.form == frame.form).filter_map(numbered).collect();
    let next = all.iter().find(|(start, ..)| *start >= at).map(|(.., number)| *number);
    let before = all.iter().rfind(|(start, ..)| *start < at);
    let steps = |step: i64| all.windows(2).filter(|pair| i64::from(pair[1].2) - i64::from(pair[0].2) == step).count();
    let (rising, falling, same) = (steps(1), steps(-1), steps(0));
    let firsts: Vec<u32> = all.chunk_by(|one, other| one.1 == other.1).map(|part| part[0].2).collect();
    let restarts = firsts.len() > 1 && firsts.iter().filter(|first| **first == 1).count() * 2 > firsts.len();
    if restarts {
        let own = before.filter(|(_, section, _)| Some(*section) == slot.section && rising >= same);
        return Some(own.map_or(1, |(.., number)| number + 1));
    }
    let before = before.map(|(.., number)| *number);
    Some(match (falling > rising, same > rising) {
        (true, _) => next.map(|next| next + 1).or(before.map(|before| before.saturating_sub(1).max(1))).unwrap_or(1),
        (_, true) => before.or(next).unwrap_or(1),
        _ => before.map_or(1, |before| before + 1),
    })
}

fn first_line<'a>(log: &'a Log, entry: &Entry) -> &'a str {
    let text = &log.files[entry.file()].text;
    &text[entry.span().start..line_end(text, entry.span().start)]
}

/// The lines of an entry to insert.
struct EntryLines<'a> {
    log: &'a Log,
    slot: &'a Slot,
    frame: &'a TitleFrame,
    line: WrittenTitle,
    label: Option<&'a str>,
    /// Whether the date is part of the entry, so that it has no date line above.
    is_single: bool,
    /// Whether a blank line separates items.
    gap: bool,
    body: &'a str,
}

impl EntryLines<'_> {
    /// (splice, byte offset of the title's line in its replacement).
    fn splice(&self) -> (Splice, usize) {
        let ending = style::line_ending(&self.log.files[0]);
        let mut lines: Vec<String> = Vec::new();
        let missing: &[dates::DateLine] = if self.is_single { &[] } else { &self.slot.lines };
        for dated in missing {
            lines.push(dated.line.clone());
            if dated.gap {
                lines.push(String::new());
            }
        }
        let into: usize = lines.iter().map(|line| line.len() + ending.len()).sum();
        lines.push(self.line.text.clone());
        lines.extend(self.label.map(str::to_owned));
        let body = self.body.trim_end_matches(['\n', '\r']);
        if has_gap_below_titles(self.log) && !(self.frame.is_item() && body.is_empty()) {
            lines.push(String::new());
        }
        let indent = self.line.indent.as_deref().unwrap_or_default();
        lines.extend(
            self.body.lines().map(|line| if line.is_empty() { String::new() } else { format!("{indent}{line}") }),
        );
        let text: String = lines.iter().flat_map(|line| [line.as_str(), ending]).collect();
        let (at, lead, tail) = self.around(missing, ending);
        let into = lead.len() + into;
        (Splice::insert(at, format!("{lead}{text}{tail}")), into)
    }

    /// (byte at which to insert the lines, line breaks needed before, line breaks needed after).
    fn around(&self, missing: &[dates::DateLine], ending: &str) -> (usize, String, String) {
        let text = &self.log.files[0].text;
        let list = self.slot.section.map(|section| &self.log.entries[self.log.sections[section].entries()]);
        let last = list.and_then(<[Entry]>::last).filter(|_| self.frame.is_item());
        let is_item = missing.first().map_or(self.is_single && self.frame.is_item(), |dated| dated.item);
        if last.is_some() || is_item {
            let end = match last {
                Some(last) if !self.is_single => last.span().end,
                // The section may hold other text after its list.
                _ if self.slot.ends => {
                    let before = self.log.entries.iter().rfind(|entry| entry.span().start < self.slot.at);
                    before.map_or(self.slot.at, |entry| entry.span().end.min(self.slot.at))
                }
                _ => self.slot.at,
            };
            let is_begun = self.slot.ends || last.is_some();
            let at = if is_begun { behind_text(text, end) } else { end };
            let gap = self.gap;
            let is_open = at > 0 && !text[..at].ends_with('\n');
            let lead = match (is_open, is_begun && gap) {
                (true, true) => ending.repeat(2),
                (true, false) | (false, true) => ending.to_owned(),
                (false, false) => String::new(),
            };
            let tail = if gap && !is_begun { ending.to_owned() } else { String::new() };
            return (at, lead, tail);
        }
        let (before, after) = text.split_at(self.slot.at);
        let lead = match before {
            _ if before.trim_start_matches('\u{FEFF}').is_empty() || ends_blank(before) => String::new(),
            _ if before.ends_with('\n') => ending.to_owned(),
            _ => ending.repeat(2),
        };
        let tail = if after.is_empty() { "" } else { ending };
        (self.slot.at, lead, tail.to_owned())
    }
}

/// Whether blank lines separate most titles within a section or, without `of_titles`, most days.
fn is_loose(log: &Log, of_titles: bool) -> bool {
    let text = &log.files[0].text;
    let ends: Vec<usize> = if of_titles {
        let pairs = log.entries.windows(2).filter(|pair| pair[0].section() == pair[1].section() || !has_day_lines(log));
        pairs.map(|pair| pair[0].span().end).collect()
    } else {
        let dated = log.sections.iter().filter(|section| section.kind.is_dated());
        dated.skip(1).map(|section| section.span().start).collect()
    };
    ends.iter().filter(|&&end| ends_blank(&text[..end])).count() * 2 > ends.len()
}

/// Whether dates are on lines of their own.
fn has_day_lines(log: &Log) -> bool {
    let mut dated = log.sections.iter().filter(|section| section.kind.is_dated() && !section.entries().is_empty());
    dated.all(|section| date_position(log, section) == DatePosition::Above)
}

/// The end of the last line before `at` that is not blank.
fn behind_text(text: &str, at: usize) -> usize {
    let end = text[..at].trim_end_matches([' ', '\t', '\n', '\r']).len();
    if end == 0 { 0 } else { line_end(text, end - 1).min(at) }
}

fn ends_blank(text: &str) -> bool {
    let Some(text) = text.strip_suffix('\n') else { return false };
    text.rsplit('\n').next().is_some_and(|line| line.trim().is_empty())
}

/// Whether a blank line follows most titles.
pub(super) fn has_gap_below_titles(log: &Log) -> bool {
    let with_body = log.entries.iter().filter(|entry| !log.body(entry).trim().is_empty());
    let is_gap = |entry: &Entry| log.body(entry).lines().next().is_some_and(|line| line.trim().is_empty());
    let (gaps, all) = with_body.fold((0, 0), |(gaps, all), entry| (gaps + usize::from(is_gap(entry)), all + 1));
    gaps * 2 >= all
}
