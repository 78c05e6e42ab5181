//! The page: title, facts and body of what is selected.

use chrono::{Datelike, NaiveDate};

use super::flow::{Kind, Line, Role, flow, paragraph};
use super::timeline::{Place, Row, count, month_name};
use super::viewport::Viewport;
use crate::log::date::month_of;
use crate::log::{Entry, EntryKind, Log, markup};

/// The page's state.
#[derive(Debug, Default)]
pub struct Reader {
    /// The page at the width of the pane.
    pub lines: Vec<Line>,
    /// Scrolling.
    pub view: Viewport,
    /// What the page is of; at which width, and from which reading of the log it was made.
    subject: Option<Place>,
    made: Option<(usize, u64)>,
}

impl Reader {
    /// Lays a page out; scrolls to its top if it is another one than before.
    pub fn turn_to(&mut self, log: &Log, revision: u64, row: Option<Row>, subject: Option<Place>, columns: usize) {
        let made = Some((columns, revision));
        if self.subject == subject && self.made == made {
            return;
        }
        if self.subject != subject {
            self.view = Viewport::default();
        }
        (self.subject, self.made) = (subject, made);
        self.lines = match row {
            Some(Row::Entry(entry, _)) => entry_page(log, &log.entries[entry], columns),
            Some(Row::Section(section, _)) => section_page(log, section, columns),
            Some(Row::Month(month)) => month_page(log, month, columns),
            None => empty_page(columns),
        };
    }
}

fn head(title: &str, facts: &[String], columns: usize) -> Vec<Line> {
    let mut lines = paragraph(title, Role::Heading, Kind::Heading, columns);
    let facts: Vec<&str> = facts.iter().map(String::as_str).filter(|fact| !fact.is_empty()).collect();
    if !facts.is_empty() {
        lines.extend(paragraph(&facts.join(" · "), Role::Fact, Kind::Text, columns));
    }
    lines.push(Line::default());
    lines
}

/// An entry's page: its title, its facts, a blank line, its body.
pub fn entry_page(log: &Log, entry: &Entry, columns: usize) -> Vec<Line> {
    let title = if entry.title.is_empty() { "(no title yet)" } else { &entry.title };
    let mut lines = head(title, &facts(log, entry), columns);
    if entry.kind == EntryKind::Placeholder {
        lines.extend(paragraph("The summary is still to be written.", Role::Fact, Kind::Text, columns));
        lines.push(Line::default());
    }
    let blocks = markup::blocks(&log.files[entry.file], entry.body.clone(), &entry.figures);
    lines.extend(flow(&blocks, columns, &entry.figures, &[]));
    lines
}

fn facts(log: &Log, entry: &Entry) -> Vec<String> {
    let plural = |count: usize| if count == 1 { "" } else { "s" };
    let figures = entry.figures.len();
    let twins = log.entries.iter().filter(|other| other.key != entry.key && other.title == entry.title);
    let twin_days: Vec<String> = twins.filter_map(|twin| twin.date).map(day).collect();
    vec![
        if entry.kind == EntryKind::Note { "note".to_owned() } else { String::new() },
        entry
            .published
            .map(|published| format!("published {}", published.to_string().replace('-', ".")))
            .unwrap_or_default(),
        entry.organisations.join(", "),
        entry.date.map(|date| format!("read {}", day(date))).unwrap_or_default(),
        if figures > 0 { format!("{figures} figure{}", plural(figures)) } else { String::new() },
        if twin_days.is_empty() { String::new() } else { format!("also on {}", twin_days.join(", ")) },
        if log.files.len() > 1 { log.files[entry.file].name.clone() } else { String::new() },
    ]
}

/// `2031.5.17`, as logs write it.
pub fn day(date: NaiveDate) -> String {
    format!("{}.{}.{}", date.year(), date.month(), date.day())
}

fn section_page(log: &Log, index: usize, columns: usize) -> Vec<Line> {
    let section = &log.sections[index];
    let mut lines = head(&section.heading, &[], columns);
    if log.note(section).is_empty() {
        let text = "Nothing is written here yet.";
        lines.extend(paragraph(text, Role::Fact, Kind::Text, columns));
    }
    let blocks = markup::blocks(&log.files[section.file], section.note.clone(), &section.figures);
    lines.extend(flow(&blocks, columns, &section.figures, &[]));
    lines
}

fn month_page(log: &Log, month: Option<NaiveDate>, columns: usize) -> Vec<Line> {
    let of_month = |entry: &&Entry| log.sections[entry.section].kind.date().map(month_of) == month;
    let mut entries: Vec<&Entry> = log.entries.iter().filter(of_month).collect();
    entries.sort_by_key(|entry| std::cmp::Reverse(entry.date));
    let mut days: Vec<_> = entries.iter().filter_map(|entry| entry.date).collect();
    days.dedup();
    let plural = |count: usize, word: &str| format!("{count} {word}{}", if count == 1 { "" } else { "s" });
    let entry_count = match count(log, month) {
        1 => "1 entry".to_owned(),
        count => format!("{count} entries"),
    };
    let facts = [entry_count, if days.is_empty() { String::new() } else { plural(days.len(), "day") }];
    let mut lines = head(&month_name(month), &facts, columns);
    for entry in entries {
        let day = entry.date.map_or(String::new(), |date| date.day().to_string());
        for (index, mut line) in
            paragraph(&entry.title, Role::Body, Kind::Item, columns.saturating_sub(4)).into_iter().enumerate()
        {
            if index == 0 {
                let mut number = Line::of(Kind::Item, Role::Marker, &format!("{day:>2}  "));
                number.spans.append(&mut line.spans);
                line = number;
            } else {
                line.indent = 4;
            }
            lines.push(line);
        }
    }
    lines
}

fn empty_page(columns: usize) -> Vec<Line> {
    let text = "This log holds no papers yet. A day is a heading such as “## 2031.5.17”; below it each paper \
                begins with its title on a line of its own, in 《 》.";
    paragraph(text, Role::Fact, Kind::Text, columns)
}
