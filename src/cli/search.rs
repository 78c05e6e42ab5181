//! `papers-tui search`: finds papers and pending items by title, or all matches in the text.

use std::ops::{ControlFlow, Range};
use std::sync::Arc;

use anyhow::Context;
use chrono::NaiveDate;
use serde::Serialize;

use super::print::{DAY, Printer, day, entry_date};
use super::progress::Progress;
use super::{Opened, Outcome, library, query};
use crate::app::finding::chips;
use crate::app::finding::request;
use crate::app::finding::text_results::{Owner, parts};
use crate::log::{Entry, Log, SectionKind, Task};
use crate::say;
use crate::search::text::{Pattern, line_at};
use crate::search::title::MatchKind;
use crate::search::{Catalogue, Hit, Query, SearchSession};
use crate::text::{cut_words, padded, safe};

/// Width of the excerpt beside a title, in columns.
const EXCERPT: usize = 60;

/// A paper or item that matches.
#[derive(Serialize)]
struct HitRecord<'a> {
    file: usize,
    line: usize,
    /// The key of an entry; `null` for a pending item.
    key: Option<&'a str>,
    title: &'a str,
    date: Option<NaiveDate>,
    /// The kind of the entry's section, which says what is known of its date.
    #[serde(skip)]
    kind: SectionKind,
    organisations: &'a [&'static str],
    /// What matched: `name`, `title`, `pinyin`, `organisation`, `day`, `first line` or `text`.
    matched: &'static str,
    /// Indices of the chars of the title that matched, from 0.
    positions: Vec<usize>,
    /// The matching line of the text, if the match is not in the title.
    excerpt: Option<HitLineRecord>,
    /// Whether the match is only approximate.
    relaxed: bool,
}

/// A line with matches.
#[derive(Serialize)]
struct HitLineRecord {
    line: usize,
    text: String,
    /// Byte ranges in the file.
    spans: Vec<[usize; 2]>,
}

/// An entry or section with its matching lines.
#[derive(Serialize)]
struct HitGroupRecord<'a> {
    file: usize,
    line: usize,
    /// The key of an entry; `null` for text outside of entries.
    key: Option<&'a str>,
    title: &'a str,
    date: Option<NaiveDate>,
    lines: Vec<HitLineRecord>,
}

/// Prints the papers, notes and pending items that match a query and its filters, best match first.
pub fn titles(opened: &Opened, query: &str, json: bool, out: &mut Printer) -> anyhow::Result<Outcome> {
    let log = &opened.log;
    query::not_empty(query, opened.language)?;
    if chips::words(query).iter().any(|word| chips::is_unlogged(word)) {
        return library::run(opened, json, Progress::new(), out);
    }
    let topics = &opened.config.topics;
    let parsed = query::parse(opened, query, topics)?;
    // A task that is also an entry is listed only as the entry.
    let is_item = |&(index, task): &(usize, &Task)| task.pending && log.paper(index).is_none();
    let tasks: Vec<&Task> = log.tasks.iter().enumerate().filter(is_item).map(|(_, task)| task).collect();
    let mut session = SearchSession::new(Arc::new(Catalogue::new(request::items(log, &tasks))));
    let wanted = Query::new(&parsed.words);
    let mut results = session.search(&wanted, &request::texts(log), &|| false, |_| {}).unwrap_or_default();
    if !parsed.filters.is_empty() {
        // No filter matches a pending item.
        results.hits.retain(|hit| hit.item < log.entries.len());
        chips::narrow(log, topics, &parsed.filters, &mut results);
    }
    let found: Vec<HitRecord<'_>> = results
        .hits
        .iter()
        .map(|hit| {
            let query = results.query(hit);
            match log.entries.get(hit.item) {
                Some(entry) => of_entry(log, entry, hit, query),
                None => of_task(tasks[hit.item - log.entries.len()], hit, query),
            }
        })
        .collect();
    if json {
        out.json(&found)?;
    } else {
        let is_relaxed = found.iter().any(|found| found.relaxed);
        if is_relaxed {
            super::tell(&say!(
                opened.language,
                "≈ marks approximate matches of “{query}”",
                "≈ 表示与“{query}”近似匹配"
            ))?;
        }
        let pending = opened.language.pick("pending", "待读");
        for found in &found {
            let date = if found.key.is_some() { entry_date(found.kind, opened.language) } else { padded(pending, DAY) };
            let place = found.excerpt.as_ref().map(|line| {
                let text = safe(line.text.trim());
                say!(opened.language, "  · line {}: {}", "  · 第 {} 行：{}", line.line, cut_words(&text, EXCERPT))
            });
            let mark = if found.relaxed { "≈ " } else { "" };
            writeln!(out, "{date}  {mark}{}{}", safe(found.title), place.unwrap_or_default())?;
        }
    }
    if let Some(name) = chips::unknown_name(query).filter(|_| found.is_empty()) {
        let (name, names) = (safe(name), chips::names(opened.language));
        super::tell(&say!(
            opened.language,
            "“{name}:” is not a filter; try {names}. No title or summary contains it either",
            "标题和笔记中没有匹配的内容。“{name}:”也不是筛选条件；可用：{names}"
        ))?;
    }
    Ok(if found.is_empty() { Outcome::Nothing } else { Outcome::Done })
}

fn of_entry<'a>(log: &'a Log, entry: &'a Entry, hit: &Hit, query: &Query) -> HitRecord<'a> {
    let file = &log.files[entry.file()];
    let is_in_text = hit.kind.is_some_and(MatchKind::is_in_text);
    let name = entry.short_name();
    let place = is_in_text.then(|| query.place_in_text(&entry.title, name, log.body(entry))).flatten();
    let excerpt = place.map(|place| {
        let place = entry.body().start + place.start..entry.body().start + place.end;
        line(&file.text, file.line_of(place.start), &[place])
    });
    HitRecord {
        file: entry.file(),
        line: entry.line(),
        key: Some(&entry.key.0),
        title: &entry.title,
        date: entry.date,
        kind: log.sections[entry.section()].kind,
        organisations: &entry.organisations,
        matched: matched(hit.kind),
        positions: query.positions(&entry.title, name),
        excerpt,
        relaxed: query.is_relaxed(),
    }
}

fn of_task<'a>(task: &'a Task, hit: &Hit, query: &Query) -> HitRecord<'a> {
    HitRecord {
        file: task.file,
        line: task.line,
        key: None,
        title: &task.text,
        date: None,
        kind: SectionKind::Pending,
        organisations: &[],
        matched: matched(hit.kind),
        positions: query.positions(&task.text, None),
        excerpt: None,
        relaxed: query.is_relaxed(),
    }
}

fn matched(kind: Option<MatchKind>) -> &'static str {
    match kind {
        Some(MatchKind::TextSound | MatchKind::Text) => "text",
        Some(MatchKind::FirstLine) => "first line",
        Some(MatchKind::Organisation | MatchKind::OrganisationPart) => "organisation",
        Some(MatchKind::Day) => "day",
        Some(MatchKind::Sound) => "pinyin",
        Some(MatchKind::Name | MatchKind::NamePrefix | MatchKind::NameLetters) => "name",
        _ => "title",
    }
}

fn line(text: &str, number: usize, places: &[Range<usize>]) -> HitLineRecord {
    let line = line_at(text, places.first().map_or(0, |place| place.start));
    let spans = places.iter().map(|place| [place.start, place.end]).collect();
    HitLineRecord { line: number, text: text[line].to_owned(), spans }
}

/// Prints all matches in the text, grouped by entry or section, in file order.
pub fn text(opened: &Opened, query: &str, json: bool, out: &mut Printer) -> anyhow::Result<Outcome> {
    let log = &opened.log;
    query::not_empty(query, opened.language)?;
    let pattern = Pattern::new(query)
        .with_context(|| say!(opened.language, "cannot search for “{query}”", "无法查找“{query}”"))?;
    let mut groups = Vec::new();
    for index in 0..log.files.len() {
        let parts = parts(log, index);
        let spans: Vec<Range<usize>> = parts.iter().map(|(span, _)| span.clone()).collect();
        pattern.find(&log.files[index].text, &spans, &|| false, |part, hits| {
            groups.push(group(log, index, &parts[part], hits));
            ControlFlow::Continue(())
        });
    }
    if json {
        out.json(&groups)?;
    } else {
        for (index, group) in groups.iter().enumerate() {
            let gap = if index == 0 { "" } else { "\n" };
            writeln!(out, "{gap}{}  {}", day(group.date), safe(group.title))?;
            for line in &group.lines {
                writeln!(out, "{:>6}: {}", line.line, safe(line.text.trim()))?;
            }
        }
    }
    Ok(if groups.is_empty() { Outcome::Nothing } else { Outcome::Done })
}

fn group<'a>(
    log: &'a Log,
    file: usize,
    (_, owner): &(Range<usize>, Owner),
    hits: &[Range<usize>],
) -> HitGroupRecord<'a> {
    let source = &log.files[file];
    let mut lines: Vec<HitLineRecord> = Vec::new();
    for hit in hits {
        let number = source.line_of(hit.start);
        match lines.last_mut().filter(|last| last.line == number) {
            Some(last) => last.spans.push([hit.start, hit.end]),
            None => lines.push(line(&source.text, number, std::slice::from_ref(hit))),
        }
    }
    let (line, key, title, date) = match *owner {
        Owner::Entry(entry) => {
            let entry = &log.entries[entry];
            (entry.line(), Some(&*entry.key.0), &*entry.title, entry.date)
        }
        Owner::Section(section) => {
            let section = &log.sections[section];
            let date = match section.kind {
                SectionKind::Day(date) => Some(date),
                _ => None,
            };
            (section.line(), None, &*section.heading, date)
        }
    };
    HitGroupRecord { file, line, key, title, date, lines }
}
