//! The dim lines under a title: date published, organisations, venue, tags, date read, links.

use std::collections::HashSet;

use super::flow::{BlockKind, PageLine, SpanRole, runs};
use crate::log::date::format_day;
use crate::log::link_name::link_name;
use crate::log::links::{Links, first_twins};
use crate::log::markup::{Block, Link, Run, Text};
use crate::log::{Entry, EntryKind, Log};
use crate::say;
use crate::text::width;
use crate::words::Language;

/// Separates facts on one line.
const BETWEEN: &str = " · ";
/// The most dates shown for other entries with the same title.
const DAYS: usize = 12;
/// The most links shown below a title; `ListUrls` lists all of them.
const LINKS: usize = 6;

/// A fact without a link.
pub fn plain(text: &str) -> Text {
    Text::from([Run { text: text.to_owned(), ..Run::default() }])
}

/// The facts of an entry, one text per fact. Links that the body contains are left out.
pub fn facts(log: &Log, between: &Links, entry: &Entry, blocks: &[Block], language: Language) -> Vec<Text> {
    let figures = entry.figures.len();
    let mut facts = vec![
        if entry.kind == EntryKind::Note { language.pick("note", "随笔").to_owned() } else { String::new() },
        published(entry, language).unwrap_or_default(),
        entry.organisations.join(language.comma()),
        entry.venue().unwrap_or_default().to_owned(),
        entry.tags().join(language.comma()),
        day(log, entry, language),
        match figures {
            0 => String::new(),
            1 => say!(language, "1 figure", "1 张图"),
            _ => say!(language, "{figures} figures", "{figures} 张图"),
        },
        also_on(log, entry, language),
        if log.files.len() > 1 { log.files[entry.file()].name.clone() } else { String::new() },
    ];
    facts.retain(|fact| !fact.is_empty());
    let known = addresses(blocks);
    let links = links(entry).into_iter().filter(|(_, address)| !known.contains(&address.as_str()));
    let link = |(name, address): (String, String)| {
        let note = between.note(entry.file(), &address).cloned();
        let link = note.or_else(|| is_url(&address).then(|| Link::Url(address.as_str().into())));
        Text::from([Run { text: name, link, ..Run::default() }])
    };
    facts.iter().map(|fact| plain(fact)).chain(links.take(LINKS).map(link)).collect()
}

/// The dates of other entries with the same title.
fn also_on(log: &Log, entry: &Entry, language: Language) -> String {
    let (twins, more) = first_twins(log, entry, DAYS);
    let days: Vec<String> = twins.iter().filter_map(|twin| twin.date).map(format_day).collect();
    let days = days.join(language.comma());
    match (days.is_empty(), more) {
        (true, _) => String::new(),
        (_, 0) => say!(language, "also on {days}", "也在 {days} 读过"),
        _ => say!(language, "also on {days} and {more} more", "也在 {days} 读过，另有 {more} 次"),
    }
}

/// When the paper was read, or that it is not read yet.
fn day(log: &Log, entry: &Entry, language: Language) -> String {
    let date = log.sections[entry.section()].kind.describe(language);
    match (entry.read, date) {
        (true, Some(date)) => say!(language, "read {date}", "读于 {date}"),
        (true, None) => String::new(),
        (false, Some(date)) => say!(language, "not read yet, listed under {date}", "未读，列在 {date} 下"),
        (false, None) => language.pick("not read yet", "未读").to_owned(),
    }
}

/// The date published, unless the venue contains it.
fn published(entry: &Entry, language: Language) -> Option<String> {
    let padded = entry.published?.to_string().replace('-', ".");
    let published = entry.published?.shown();
    let is_said = entry.venue().as_ref().is_some_and(|venue| venue.contains(&padded) || venue.contains(&published));
    (!is_said).then(|| say!(language, "published {published}", "发表于 {published}"))
}

/// The links beside a title, as (unique short name, link target).
pub fn links(entry: &Entry) -> Vec<(String, String)> {
    let mut links: Vec<(String, String)> = Vec::new();
    let (mut names, mut known) = (HashSet::new(), HashSet::new());
    for address in entry.links().iter().filter(|link| !link.is_empty() && !link.starts_with('#')) {
        let mut name = link_name(address);
        if names.contains(&name) && address.contains("pdf") {
            name += " pdf";
        }
        if !name.is_empty() && !known.contains(address) && names.insert(name.clone()) {
            known.insert(address);
            links.push((name, address.clone()));
        }
    }
    links
}

/// Whether a link is a web or mail URL.
pub fn is_url(link: &str) -> bool {
    ["http://", "https://", "mailto:"].iter().any(|scheme| link.starts_with(scheme))
}

/// All URLs that blocks link to.
fn addresses(blocks: &[Block]) -> Vec<&str> {
    let mut found = Vec::new();
    for block in blocks {
        match block {
            Block::Heading(_, text) => found.extend(of_text(text)),
            Block::Paragraph(lines) => found.extend(lines.iter().flat_map(|line| of_text(&line.text))),
            Block::List(_, items) => found.extend(items.iter().flat_map(|item| addresses(&item.blocks))),
            Block::Quote(blocks) | Block::Footnote(_, blocks) => found.extend(addresses(blocks)),
            Block::Table(rows) => found.extend(rows.iter().flatten().flat_map(of_text)),
            Block::Code(_) | Block::Figure(_) | Block::Rule => {}
        }
    }
    found
}

fn of_text(text: &Text) -> impl Iterator<Item = &str> {
    text.iter().filter_map(|run| match &run.link {
        Some(Link::Url(address)) => Some(&**address),
        _ => None,
    })
}

/// Fills lines with facts. A fact is split only if it is wider than a line.
pub fn side_by_side(facts: &[Text], columns: usize) -> Vec<PageLine> {
    let size = |fact: &Text| fact.iter().map(|run| width(&run.text)).sum::<usize>();
    let mut lines: Vec<(usize, Text)> = Vec::new();
    for fact in facts.iter().filter(|fact| size(fact) > 0) {
        match lines.last_mut() {
            Some((taken, line)) if *taken + width(BETWEEN) + size(fact) <= columns => {
                *taken += width(BETWEEN) + size(fact);
                line.extend(plain(BETWEEN).into_iter().chain(fact.iter().cloned()));
            }
            _ => lines.push((size(fact), fact.clone())),
        }
    }
    lines.iter().flat_map(|(_, line)| runs(line, SpanRole::Fact, BlockKind::Text, columns)).collect()
}
