//! The page of an entry, of a section's own text, and of a group such as a month.

use std::collections::HashSet;

use chrono::Datelike;

use super::facts::{facts, plain, side_by_side};
use super::figures::Figures;
use super::flow::{BlockKind, PageLine, SpanRole, flow, paragraph, runs};
use crate::app::keys::action::Action;
use crate::app::keys::context::Context;
use crate::app::keys::keymap::Keymap;
use crate::app::screen::layout::Pane;
use crate::log::aliases::Aliases;
use crate::log::links::Links;
use crate::log::markup::{self, Link, Run, Text};
use crate::log::{Entry, EntryKind, Key, Log, SectionKind, SectionName};
use crate::papers::index::PaperIndex;
use crate::say;
use crate::words::Language;

/// The input for laying out a page.
#[derive(Clone, Copy)]
pub struct PageInput<'a> {
    /// The log.
    pub log: &'a Log,
    /// Links between its entries.
    pub links: &'a Links,
    /// The titles of its numbered references.
    pub aliases: &'a Aliases,
    /// What was read from its papers' PDFs.
    pub papers: &'a PaperIndex,
    /// Sizes and errors of its figures.
    pub figures: &'a Figures,
    /// Facts about the reviews of the shown entry.
    pub reviews: &'a [String],
    /// Key bindings, for hints in the text.
    pub keymap: &'a Keymap,
    /// The interface language.
    pub language: Language,
}

fn head(title: &str, facts: &[Text], columns: usize) -> Vec<PageLine> {
    let mut lines = paragraph(title, SpanRole::Heading, BlockKind::Heading, columns);
    lines.extend(side_by_side(facts, columns));
    lines.push(PageLine::default());
    lines
}

/// An entry's page: title, facts, body, and links to other entries. Pictures are at most `picture_rows`
/// high.
pub fn entry_page(input: PageInput<'_>, entry: &Entry, columns: usize, picture_rows: u16) -> Vec<PageLine> {
    let PageInput { log, language, .. } = input;
    let title = if entry.title.is_empty() { untitled(language) } else { &entry.title };
    let mut blocks = markup::body(log, entry);
    let mut facts = facts(log, input.links, entry, &blocks, language);
    facts.extend(of_paper(input, entry).iter().map(|fact| plain(fact)));
    facts.extend(input.reviews.iter().map(|fact| plain(fact)));
    let mut lines = head(title, &facts, columns);
    if entry.kind == EntryKind::Draft {
        lines.extend(paragraph(
            language.pick("The summary is still to be written.", "笔记待写。"),
            SpanRole::Fact,
            BlockKind::Text,
            columns,
        ));
        lines.push(PageLine::default());
    }
    input.links.mark(&mut blocks, entry.file(), Some(&entry.key));
    let figures = log.figures_of(entry);
    let shapes = input.figures.shapes(entry.file(), &figures, picture_rows, language);
    lines.extend(flow(&blocks, columns, &figures, &shapes, language));
    lines.extend(footer(input, entry, columns));
    lines
}

/// The most other papers listed for a numbered reference; the list of related papers has all of them.
const USES: usize = 20;

/// The links below an entry: mentions in both directions, citations, and its numbered references.
fn footer(input: PageInput<'_>, entry: &Entry, columns: usize) -> Vec<PageLine> {
    let PageInput { log, links, language, .. } = input;
    let plain = |text: &str| Run { text: text.to_owned(), ..Run::default() };
    let mut parts: Vec<Text> = Vec::new();
    let mentioned_by = names(log, links.mentioned_by(&entry.key)).into_iter().chain(days(links, &entry.key, language));
    let both = [
        (language.pick("mentions ", "本文提及："), names(log, links.mentions(&entry.key))),
        (language.pick("mentioned by ", "提及本文："), mentioned_by.collect()),
    ];
    for (about, named) in both {
        if !named.is_empty() {
            parts.push(std::iter::once(plain(about)).chain(listed(named, language)).collect());
        }
    }
    parts.extend(citations(input, &entry.key).iter().map(|part| vec![plain(part)]));
    let mut ids: Vec<&str> = entry.references.iter().map(|reference| &*reference.id).collect();
    let mut known = HashSet::new();
    ids.retain(|id| known.insert(*id));
    for id in ids {
        let mut text = vec![Run { link: Some(Link::Reference(id.to_owned())), ..plain(&format!("[{id}]")) }];
        text.push(plain(&format!(" {}", reference_title(input, id))));
        let mut others: Vec<Key> = other_uses(links, id, &entry.key).take(USES + 1).cloned().collect();
        if !others.is_empty() {
            let has_more = others.len() > USES;
            others.truncate(USES);
            text.push(plain(language.pick(" · also in ", " · 另见 ")));
            text.extend(listed(names(log, &others), language));
            if has_more {
                text.push(plain(language.pick(" and others", " 等")));
            }
        }
        parts.push(text);
    }
    let mut lines = Vec::new();
    if !parts.is_empty() {
        lines.push(PageLine::default());
        lines.extend(parts.iter().flat_map(|part| runs(part, SpanRole::Fact, BlockKind::Text, columns)));
    }
    lines
}

/// Facts from the entry's PDF: authors, date published if the entry has none, arXiv id and DOI.
fn of_paper(input: PageInput<'_>, entry: &Entry) -> Vec<String> {
    let Some(of) = input.papers.entry(&entry.key) else { return Vec::new() };
    let authors = match &of.authors[..] {
        [] => None,
        [one] => Some(one.clone()),
        [one, other] => Some(say!(input.language, "{one} and {other}", "{one}、{other}")),
        [first, ..] => Some(say!(input.language, "{first} et al.", "{first} 等")),
    };
    let date = of.date.as_ref().filter(|_| entry.published.is_none()).map(|date| {
        let date = date.replace('-', ".").replace(".0", ".");
        say!(input.language, "published {date}", "发表于 {date}")
    });
    let arxiv = of.arxiv.as_ref().map(|id| format!("arXiv {id}"));
    let doi = of.doi.as_ref().map(|doi| format!("doi {doi}"));
    [authors, date, arxiv, doi].into_iter().flatten().collect()
}

/// How many entries and items the paper cites, and how many entries cite the paper.
fn citations(input: PageInput<'_>, key: &Key) -> Vec<String> {
    let language = input.language;
    let Some(of) = input.papers.entry(key) else { return Vec::new() };
    let items = of.cites_items.len();
    let pending = match items {
        0 => String::new(),
        _ => say!(language, " · {items} pending", "、{items} 个待读项"),
    };
    let cites = match of.cites.len() {
        0 if items == 0 => None,
        0 => Some(say!(language, "cites 0 papers you have read{pending}", "引用了 {items} 个待读项")),
        1 => Some(say!(language, "cites 1 paper you have read{pending}", "引用了 1 篇已读论文{pending}")),
        count => {
            Some(say!(language, "cites {count} papers you have read{pending}", "引用了 {count} 篇已读论文{pending}"))
        }
    };
    let cited_by = match of.cited_by.len() {
        0 => None,
        count => Some(say!(language, "cited by {count}", "被 {count} 篇引用")),
    };
    cites.into_iter().chain(cited_by).collect()
}

/// The names of entries, as links.
fn names(log: &Log, keys: &[Key]) -> Text {
    let entries = keys.iter().filter_map(|key| log.find(key)).map(|index| &log.entries[index]);
    let name = |entry: &Entry| Run {
        text: entry.name().to_owned(),
        link: Some(Link::Entry(entry.key.clone())),
        ..Run::default()
    };
    entries.map(name).collect()
}

/// The notes of days and months that mention an entry, as links.
fn days(links: &Links, key: &Key, language: Language) -> Text {
    let name = |section: &SectionName| {
        let text = match (language, section.heading.as_str()) {
            (Language::English, heading) => heading.to_owned(),
            (Language::Chinese, "") => "随笔".to_owned(),
            (Language::Chinese, heading) => format!("{heading} 的随笔"),
        };
        Run { text, link: Some(Link::Section(section.clone())), ..Run::default() }
    };
    links.noted_in(key).iter().map(name).collect()
}

/// Separates runs by commas.
fn listed(runs: Text, language: Language) -> Text {
    let comma = || Run { text: language.comma().to_owned(), ..Run::default() };
    let parted = runs.into_iter().enumerate().flat_map(|(index, run)| (index > 0).then(comma).into_iter().chain([run]));
    parted.collect()
}

/// The title of a numbered reference, worded as a guess if it is one. Without a title, tells which key names
/// the paper.
pub(crate) fn reference_title(input: PageInput<'_>, id: &str) -> String {
    let PageInput { links, aliases, language, .. } = input;
    match (aliases.title(id), links.guess(id)) {
        (Some(title), _) => title.to_owned(),
        (None, Some(guess)) => say!(language, "possibly {guess}", "可能是 {guess}"),
        (None, None) => {
            let name = input.keymap.call(Action::NameReference, Context::Pane(Pane::Summary));
            say!(language, "unknown paper; press {name} to name it", "还没有标题；按 {name} 填写")
        }
    }
}

/// The entries other than `own` that contain a reference, each once.
pub(crate) fn other_uses<'a>(links: &'a Links, id: &str, own: &'a Key) -> impl Iterator<Item = &'a Key> {
    let mut known = HashSet::new();
    let others = links.uses(id).iter().map(|found| &found.entry).filter(move |key| *key != own);
    others.filter(move |key| known.insert(*key))
}

/// The placeholder for a missing title.
pub(crate) fn untitled(language: Language) -> &'static str {
    language.pick("(no title yet)", "（尚无标题）")
}

/// The page of a section's own text. Pictures are at most `picture_rows` high.
pub(crate) fn section_page(input: PageInput<'_>, index: usize, columns: usize, picture_rows: u16) -> Vec<PageLine> {
    let PageInput { log, language, .. } = input;
    let section = &log.sections[index];
    let mut lines = head(&section.heading, &[], columns);
    if log.note(section).is_empty() {
        let text = language.pick("Nothing is written here yet.", "这里还没有内容。");
        lines.extend(paragraph(text, SpanRole::Fact, BlockKind::Text, columns));
    }
    let mut blocks = markup::note(log, section);
    input.links.mark(&mut blocks, section.file(), None);
    let figures = log.figures_of_note(section);
    let shapes = input.figures.shapes(section.file(), &figures, picture_rows, language);
    lines.extend(flow(&blocks, columns, &figures, &shapes, language));
    lines
}

/// The page of a month, or of a section without a date: its papers by day.
pub(crate) fn group_page(input: PageInput<'_>, name: &str, sections: &[usize], columns: usize) -> Vec<PageLine> {
    let PageInput { log, language, .. } = input;
    let sections = || sections.iter().map(|&section| &log.sections[section]);
    let entries: Vec<&Entry> = sections().flat_map(|section| &log.entries[section.entries()]).collect();
    let mut days: Vec<_> = entries.iter().filter_map(|entry| entry.date).collect();
    days.dedup();
    let days = if days.is_empty() { String::new() } else { language.counted(days.len(), "day", "days", "天") };
    let mut lines =
        head(name, &[plain(&language.counted(entries.len(), "entry", "entries", "个条目")), plain(&days)], columns);
    let has_days = sections().any(|section| day(section.kind).is_some());
    let before = if has_days { 4 } else { 0 };
    for entry in entries {
        let day = day(log.sections[entry.section()].kind).map_or(String::new(), |day| day.to_string());
        let title = if entry.title.is_empty() { untitled(language) } else { &entry.title };
        let title = paragraph(title, SpanRole::Body, BlockKind::Item, columns.saturating_sub(before));
        for (index, mut line) in title.into_iter().enumerate() {
            if index == 0 && has_days {
                let mut number = PageLine::of(BlockKind::Item, SpanRole::Marker, &format!("{day:>2}  "));
                number.spans.append(&mut line.spans);
                line = number;
            } else {
                line.indent = before;
            }
            lines.push(line);
        }
    }
    lines
}

/// The day of the month of a section, if it has one.
fn day(kind: SectionKind) -> Option<u32> {
    match kind {
        SectionKind::Day(date) | SectionKind::Range(date, _) => Some(date.day()),
        SectionKind::Yearless { day, .. } => day,
        SectionKind::Month(_) | SectionKind::Undated | SectionKind::Pending => None,
    }
}
