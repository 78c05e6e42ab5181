//! Writes a new entry as a table row, cell by cell.

use std::ops::Range;

use chrono::NaiveDate;

use super::day::Slot;
use super::proof::Element;
use super::splice::{Splice, line_end, line_start};
use super::{Plan, dates, style};
use crate::log::dialect::write_title;
use crate::log::forms::titles::TitleForm;
use crate::log::{Entry, Log};

/// The ways to write an entry as a row, if entries are rows.
pub(super) fn plans(log: &Log, slot: &Slot, title: &str, date: NaiveDate) -> Vec<Plan> {
    let own = slot.section.map(|section| log.sections[section].entries());
    let own = own.and_then(|own| log.entries[own].iter().rfind(|entry| entry.form == TitleForm::Rows));
    let is_row = |entry: &&Entry| entry.form == TitleForm::Rows && log.sections[entry.section()].kind.is_dated();
    let newest = || log.entries.iter().filter(is_row).max_by_key(|entry| log.sections[entry.section()].kind.date());
    let Some(model) = own.or_else(newest) else { return Vec::new() };
    let (text, section) = (&log.files[0].text, &log.sections[model.section()]);
    let line = &text[model.span().start..line_end(text, model.span().start)];
    let is_dated = section.line() == model.line();
    let written = if is_dated { dates::text(&section.heading, section.kind, log, date) } else { None };
    let date = written.as_ref().map(|(date, _)| (&*section.heading, date.as_str()));
    if is_dated && date.is_none() || !is_dated && slot.section.is_none() {
        return Vec::new();
    }
    let at =
        if is_dated && own.is_none() { slot.at } else { own.map_or(slot.at, |own| line_end(text, own.span().start)) };
    let at = if slot.ends { behind_row(text, at) } else { at };
    let is_open = at > 0 && !text[..at].ends_with('\n');
    let ending = style::line_ending(&log.files[0]);
    let mut plans = Vec::new();
    let plain = write_title(title).replace('|', "\\|");
    let quoted = title.contains('《').then(|| format!("《{plain}》"));
    for escaped in [plain, marked(title)].into_iter().chain(quoted) {
        for bold in [false, true] {
            let around = if bold { "**" } else { "" };
            let Some(row) = row(line, &model.title, &format!("{around}{escaped}{around}"), date) else { continue };
            let (lead, tail) = if is_open { (ending, "") } else { ("", ending) };
            let splice = Splice::insert(at, format!("{lead}{row}{tail}"));
            let entry = Element::Entry(title.to_owned());
            let dated = written.as_ref().map(|(_, kind)| vec![Element::Section(*kind, String::new()), entry.clone()]);
            let plan = |inside| Plan {
                splices: vec![splice.clone()],
                touched: Vec::new(),
                inside: Some(inside),
                focus: (0, lead.len()),
            };
            // If the row above has the same date, no new section begins.
            if slot.section.is_some() {
                plans.push(plan(vec![entry]));
            }
            plans.extend(dated.map(plan));
        }
    }
    plans
}

/// The end of the last row before a byte.
fn behind_row(text: &str, at: usize) -> usize {
    let end = text[..at].trim_end_matches([' ', '\t', '\n', '\r']).len();
    if end == 0 { 0 } else { line_end(text, line_start(text, end - 1)).min(at) }
}

/// A row like `model`: `title` in the cell that contains the title `old`, and the date replaced as in `date`, which is
/// (old, new). Other cells are left empty. `None` if the title or date is not found.
fn row(model: &str, old: &str, title: &str, date: Option<(&str, &str)>) -> Option<String> {
    let model = model.trim_end_matches(['\n', '\r']);
    let mut row = String::new();
    let (mut has_title, mut has_date) = (false, date.is_none());
    let mut at = 0;
    for cell in cells(model) {
        row.push_str(&model[at..cell.start]);
        let text = &model[cell.clone()];
        let trimmed = text.trim();
        let new = match date {
            Some((before, after)) if !has_date && trimmed.contains(before) => {
                has_date = true;
                trimmed.replacen(before, after, 1)
            }
            _ if !has_title && trimmed.contains(old) => {
                has_title = true;
                title.to_owned()
            }
            _ => String::new(),
        };
        let is_spaced = text.starts_with(' ') || text.ends_with(' ');
        row.push_str(&match (is_spaced, new.is_empty()) {
            (true, true) => " ".to_owned(),
            (true, false) => format!(" {new} "),
            (false, _) => new,
        });
        at = cell.end;
    }
    row.push_str(&model[at..]);
    (has_title && has_date).then_some(row)
}

/// The byte ranges of a row's cells, split at unescaped bars.
fn cells(row: &str) -> Vec<Range<usize>> {
    let mut cells = Vec::new();
    let mut start = row.len() - row.trim_start().len();
    let end = row.trim_end().len();
    if row[start..].starts_with('|') {
        start += 1;
    }
    let mut is_escaped = false;
    let mut from = start;
    for (at, c) in row.char_indices().skip_while(|(at, _)| *at < start).take_while(|(at, _)| *at < end) {
        if c == '|' && !is_escaped {
            cells.push(from..at);
            from = at + 1;
        }
        is_escaped = c == '\\' && !is_escaped;
    }
    if from < end {
        cells.push(from..end);
    }
    cells
}

/// A title with all punctuation escaped that Markdown could read as markup.
fn marked(title: &str) -> String {
    let mut text = String::new();
    for c in title.chars() {
        if c.is_ascii_punctuation() && !matches!(c, ',' | '.' | ':' | '-' | '(' | ')' | '\'' | '?' | '&' | '/') {
            text.push('\\');
        }
        text.push(c);
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_table_row_follows_the_style_of_another() {
        let model = "| 3 | 2031-05-17 | [Emus](https://x.org) | a \\| b |\n";
        let new = row(model, "Emus", "Owls", Some(("2031-05-17", "2031-05-18")));
        assert_eq!(new.as_deref(), Some("| | 2031-05-18 | Owls | |"));
        assert_eq!(row("a|Emus|b", "Emus", "Owls", None).as_deref(), Some("|Owls|"));
    }
}
