//! Recognises files that list several papers: what they list cannot be points about a single one.

use std::collections::{HashMap, HashSet};

use super::shared::SharedHeadings;
use super::{Member, plain, stem};
use crate::log::forms::choice::FoundTitle;
use crate::log::forms::titles::TitleForm;
use crate::log::forms::{front, likeness, title, words};
use crate::log::outline::Heading;
use crate::log::pending;

/// Headings above the papers that a note refers to.
const REFERENCES: &[&str] = &[
    "references",
    "reference",
    "related work",
    "related papers",
    "comparison papers",
    "papers to compare",
    "prior work",
    "bibliography",
    "citations",
    "参考文献",
    "相关工作",
    "相关论文",
    "関連研究",
    "関連論文",
];
/// The score that titles need to make a file a list, if they are headings or the file is named after a date.
const SCORE: f32 = 2.0;
/// How many titles a file named after a date needs to be a list.
const SEVERAL: usize = 4;
/// How many lines below a heading may hold its paper's URL.
const BELOW: usize = 3;
/// Titles above all other headings: the minimum likeness of most of them, and of each, and the fewest words of a title
/// without a short name. Parts of a summary are shorter.
const LIKE: f32 = 0.5;
const LEAST: f32 = -0.5;
const WORDS: usize = 5;
/// A file with more text than this, in bytes, or more than a tenth, beside its titles is not a mere list.
const BESIDE: usize = 200;

/// Whether a file lists papers from its first line on, has the name of a reading list, or several titles and a date as
/// its name, or repeats the same outline for each of several papers.
pub(super) fn is_list(member: &Member, shared: &SharedHeadings) -> bool {
    if pending::is_path_of_list(stem(member.page.name)) {
        return true;
    }
    let own = own(member);
    if front::is_date(stem(member.page.name)) && own.len() >= SEVERAL && member.score() > SCORE {
        return true;
    }
    if are_linked_headings(member, &own, shared) || is_mere_list(member, &own) {
        return true;
    }
    let form = own.first().map(|found| found.form);
    let is_marked = matches!(form, Some(TitleForm::Marks | TitleForm::InText | TitleForm::Headings(_)));
    let is_at_top = |found: &&FoundTitle| member.body()[..found.candidate.span().start].trim().is_empty();
    let is_bare = member.page.front.paper_title().is_none() && !is_marked && own.first().is_some_and(is_at_top);
    is_bare && lists_links(member, &own) || repeats_outline(member, shared)
}

/// The titles except those below a heading of references.
pub(super) fn own<'a>(member: &Member<'a>) -> Vec<&'a FoundTitle> {
    let headings = &member.page.outline.headings;
    let is_cited = |at: usize| {
        let above = headings.partition_point(|heading| heading.span().start <= at);
        let heading = above.checked_sub(1).map_or("", |last| &*headings[last].text);
        let name = heading.trim_matches(|c: char| !c.is_alphabetic()).to_lowercase();
        above > 1 && REFERENCES.contains(&name.as_str())
    };
    member.titles.iter().filter(|found| !is_cited(found.candidate.span().start)).collect()
}

/// Whether most titles have URLs of their own.
pub(super) fn lists_links(member: &Member, own: &[&FoundTitle]) -> bool {
    let linked = own.iter().filter(|found| words::is_paper_url(line(member, found))).count();
    linked > 1 && linked * 2 >= own.len()
}

/// Whether a file consists of a single title with a paper's URL: the first of a list, or a note without text. The title
/// may also be a heading, directly below one that names the topic.
pub(super) fn is_single(member: &Member) -> bool {
    let own = own(member);
    let [only] = own[..] else { return false };
    if matches!(only.form, TitleForm::Headings(_)) {
        return is_below_topic(member, only) && has_url(member, only);
    }
    let is_part_of_list = matches!(only.form, TitleForm::Bullets | TitleForm::Numbers | TitleForm::Rows);
    is_part_of_list && words::is_paper_url(line(member, only)) && has_little_beside(member, &own)
}

/// The head of the table of papers that a file consists of, in lower case and without spaces.
pub(super) fn head(member: &Member) -> Option<String> {
    let first = member.titles.first().filter(|found| found.form == TitleForm::Rows)?;
    let tables = &member.page.outline.tables;
    let at = tables.partition_point(|table| table.span().start <= first.candidate.span().start).checked_sub(1)?;
    let head = member.body()[tables[at].span()].lines().next()?;
    Some(head.chars().filter(|c| !c.is_whitespace()).flat_map(char::to_lowercase).collect())
}

/// Whether a file holds nothing but several papers with their URLs.
fn is_mere_list(member: &Member, own: &[&FoundTitle]) -> bool {
    let is_list =
        |found: &&FoundTitle| !matches!(found.form, TitleForm::Marks | TitleForm::InText | TitleForm::Headings(_));
    own.first().is_some_and(is_list) && lists_links(member, own) && has_little_beside(member, own)
}

/// Whether there is hardly any text outside the titles and the lines below them, apart from headings.
fn has_little_beside(member: &Member, own: &[&FoundTitle]) -> bool {
    let text = member.body();
    let headings = &member.page.outline.headings;
    let is_heading = |at: usize| headings.binary_search_by_key(&at, |heading| heading.span().start).is_ok();
    let (mut at, mut beside, mut next) = (0, 0, 0);
    for line in text.split_inclusive('\n') {
        let start = at;
        at += line.len();
        while own.get(next).is_some_and(|found| end(found) <= start) {
            next += 1;
        }
        let is_title = own.get(next).is_some_and(|found| found.candidate.span().start < at);
        let said = line.trim();
        // The head of a table, and a link back to the index.
        let is_frame = said.starts_with('|') || said.starts_with('[') && said.ends_with(')');
        if !is_title && !is_heading(start) && !is_frame {
            beside += said.len();
        }
    }
    beside <= BESIDE && beside * 10 <= text.len().max(BESIDE * 5)
}

fn end(found: &FoundTitle) -> usize {
    found.candidate.end().unwrap_or(found.candidate.span().end).max(found.candidate.span().end)
}

/// Whether the titles are headings, at least two of which, and most, have a paper's URL in or directly below them.
fn are_linked_headings(member: &Member, own: &[&FoundTitle], shared: &SharedHeadings) -> bool {
    let text = member.body();
    let is_heading = |found: &&&FoundTitle| matches!(found.form, TitleForm::Headings(_));
    let is_own = |found: &&&FoundTitle| shared.files_with(heading_text(text, found)) < 2;
    let headings = own.iter().filter(is_heading).count();
    let linked = own.iter().filter(is_heading).filter(|found| has_url(member, found)).filter(is_own).count();
    linked > 1 && linked * 3 >= headings * 2 && member.score() > SCORE
}

/// Whether a paper's URL is in a heading or directly below it.
fn has_url(member: &Member, found: &FoundTitle) -> bool {
    let text = member.body();
    let below = &text[found.candidate.span().end.min(text.len())..];
    let below = below.lines().map(str::trim).filter(|line| !line.is_empty()).take(BELOW);
    let is_url = |line: &str| words::is_paper_url(line.trim_matches(['<', '>']));
    words::is_paper_url(line(member, found)) || below.take_while(|line| !line.starts_with('#')).any(is_url)
}

/// Whether a title is the second heading, directly below a shallower one that names the topic.
fn is_below_topic(member: &Member, found: &FoundTitle) -> bool {
    let [topic, heading, ..] = &member.page.outline.headings[..] else { return false };
    let gap = member.body().get(topic.span().end..heading.span().start);
    heading.span().start == found.candidate.span().start
        && topic.level < heading.level
        && gap.is_some_and(|gap| gap.trim().is_empty())
}

/// Whether the headings above all others are at least two titles: a note on a single paper has parts there, too.
pub(super) fn are_top_headings(member: &Member, shared: &SharedHeadings) -> bool {
    let headings = &member.page.outline.headings;
    let Some(level) = headings.iter().map(|heading| heading.level).min() else { return false };
    let top: Vec<&Heading> = headings.iter().filter(|heading| heading.level == level).collect();
    if top.len() < 2 || headings[0].level != level || member.page.front.paper_title().is_some() {
        return false;
    }
    let (mut sure, mut first) = (0, String::new());
    for heading in &top {
        let parsed = title::read(&heading.text);
        let like = likeness::of(&parsed);
        let is_long = parsed.title.contains(": ") || parsed.title.split_whitespace().count() >= WORDS;
        if like < LEAST || shared.is_common(&heading.text) {
            return false;
        }
        // A note may repeat its title, or the start of it.
        let name = plain(&parsed.title);
        let is_again = !first.is_empty() && first.starts_with(&name);
        sure += usize::from(like >= LIKE && is_long && !is_again);
        if first.is_empty() {
            first = name;
        }
    }
    // If the file would be read as a list of these headings by itself, fewer of them need to be long.
    let is_chosen = member.choice.forms.first().is_some_and(|first| first.form == TitleForm::Headings(level));
    let is_most = sure > 1 && sure * 5 >= top.len() * if is_chosen { 3 } else { 4 };
    is_most || is_chosen && sure > 0 && share_parts(member, &top.iter().map(|it| it.span().start).collect(), level)
}

fn heading_text<'a>(text: &'a str, found: &FoundTitle) -> &'a str {
    text[found.candidate.span()].trim().trim_matches('#').trim()
}

/// The lines of a title.
fn line<'a>(member: &Member<'a>, found: &FoundTitle) -> &'a str {
    member.body().get(found.candidate.span()).unwrap_or_default()
}

/// Whether the titles are headings, most of which share headings below them: `Abstract` and `Summary` of each paper.
fn repeats_outline(member: &Member, shared: &SharedHeadings) -> bool {
    let Some(first) = member.choice.forms.first() else { return false };
    let TitleForm::Headings(level) = first.form else { return false };
    if first.score < SCORE || first.found < 2 {
        return false;
    }
    let starts: HashSet<usize> = member.titles.iter().map(|found| found.candidate.span().start).collect();
    // Headings that siblings have too are parts of a summary.
    let headings = &member.page.outline.headings;
    let is_part = |it: &Heading| starts.contains(&it.span().start) && shared.files_with(&it.text) > 1;
    !headings.iter().any(is_part) && share_parts(member, &starts, level)
}

/// Whether most of the headings of `level` that begin at `starts` have headings below them that others have too.
fn share_parts(member: &Member, starts: &HashSet<usize>, level: u8) -> bool {
    let mut papers: Vec<HashSet<String>> = Vec::new();
    for heading in &member.page.outline.headings {
        if starts.contains(&heading.span().start) {
            papers.push(HashSet::new());
        } else if let Some(below) = papers.last_mut().filter(|_| heading.level > level) {
            below.insert(heading.text.trim().to_lowercase());
        }
    }
    let mut counts: HashMap<&String, usize> = HashMap::new();
    papers.iter().flatten().for_each(|text| *counts.entry(text).or_default() += 1);
    let alike = papers.iter().filter(|below| below.iter().any(|text| counts[text] > 1)).count();
    alike > 1 && alike * 2 >= papers.len()
}
