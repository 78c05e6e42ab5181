//! Recognises files that list several papers: what they list cannot be points about a single one.

use std::collections::{HashMap, HashSet};

use super::shared::Shared;
use super::{Member, stem};
use crate::log::forms::choice::Found;
use crate::log::forms::titles::TitleForm;
use crate::log::forms::{front, words};
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

/// Whether a file lists papers from its first line on, has several titles and the name of a reading list or a date, or
/// repeats the same outline for each of several papers.
pub(super) fn is_list(member: &Member, shared: &Shared) -> bool {
    if pending::is_path_of_list(stem(member.page.name)) && member.titles.len() > 1 {
        return true;
    }
    let own = own(member);
    if front::is_date(stem(member.page.name)) && own.len() >= SEVERAL && member.score() > SCORE {
        return true;
    }
    let form = own.first().map(|found| found.form);
    let is_marked = matches!(form, Some(TitleForm::Marks | TitleForm::InText | TitleForm::Headings(_)));
    let is_at_top = |found: &&Found| member.body()[..found.candidate.span.start].trim().is_empty();
    let is_bare = member.page.front.paper_title().is_none() && !is_marked && own.first().is_some_and(is_at_top);
    is_bare && lists_links(member, &own) || repeats_outline(member, shared)
}

/// The titles except those below a heading of references.
pub(super) fn own<'a>(member: &Member<'a>) -> Vec<&'a Found> {
    let headings = &member.page.outline.headings;
    let is_cited = |at: usize| {
        let above = headings.partition_point(|heading| heading.span.start <= at);
        let heading = above.checked_sub(1).map_or("", |last| headings[last].text.as_str());
        let name = heading.trim_matches(|c: char| !c.is_alphabetic()).to_lowercase();
        above > 1 && REFERENCES.contains(&name.as_str())
    };
    member.titles.iter().filter(|found| !is_cited(found.candidate.span.start)).collect()
}

/// Whether most titles have URLs of their own.
pub(super) fn lists_links(member: &Member, own: &[&Found]) -> bool {
    let line = |found: &Found| member.body().get(found.candidate.span.clone()).unwrap_or_default();
    let linked = own.iter().filter(|found| words::is_paper_url(line(found))).count();
    linked > 1 && linked * 2 >= own.len()
}

/// Whether the titles are headings, most of which share headings below them: `Abstract` and `Summary` of each paper.
fn repeats_outline(member: &Member, shared: &Shared) -> bool {
    let Some(first) = member.choice.forms.first() else { return false };
    let TitleForm::Headings(level) = first.form else { return false };
    if first.score < SCORE || first.found < 2 {
        return false;
    }
    let starts: HashSet<usize> = member.titles.iter().map(|found| found.candidate.span.start).collect();
    let mut papers: Vec<HashSet<&str>> = Vec::new();
    for heading in &member.page.outline.headings {
        if starts.contains(&heading.span.start) {
            // Headings that siblings have too are parts of a summary.
            if shared.files_with(&heading.text) > 1 {
                return false;
            }
            papers.push(HashSet::new());
        } else if let Some(below) = papers.last_mut().filter(|_| heading.level > level) {
            below.insert(heading.text.trim());
        }
    }
    let mut counts: HashMap<&str, usize> = HashMap::new();
    papers.iter().flatten().for_each(|text| *counts.entry(text).or_default() += 1);
    let alike = papers.iter().filter(|below| below.iter().any(|text| counts[text] > 1)).count();
    alike > 1 && alike * 2 >= papers.len()
}
