//! Short lists of facts about one paper: authors, venue, tags, links. The first item may be the title.

use std::collections::{HashMap, HashSet};
use std::ops::Range;

use super::TitleInput;
use crate::log::forms::{title, words};
use crate::log::outline::Item;
use crate::text::prefix;

/// The most items of such a list.
const LONGEST: usize = 8;
/// The fewest facts by which such a list is recognised.
const FEWEST: usize = 2;
/// The longest line that is a venue, in bytes.
const VENUE: usize = 48;
/// The most words in a list of tags.
const WORDS: usize = 8;
/// The longest label with the marks around it, in bytes.
const LABEL: usize = 64;
/// Labels of facts, in lower case.
const LABELS: &[&str] = &[
    "author",
    "authors",
    "venue",
    "conference",
    "journal",
    "published",
    "published in",
    "publication",
    "year",
    "tags",
    "tag",
    "keywords",
    "link",
    "links",
    "url",
    "code",
    "doi",
    "arxiv",
    "pdf",
    "affiliation",
    "affiliations",
    "作者",
    "会议",
    "期刊",
    "发表",
    "发表于",
    "年份",
    "标签",
    "关键词",
    "链接",
    "代码",
    "出处",
    "来源",
    "机构",
    "单位",
];

/// How surely an item is a fact about a paper.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Certainty {
    /// A venue, a labelled fact: nothing else is written like this.
    Sure,
    /// Authors, tags or a link.
    Likely,
    Other,
}

/// The facts in a file.
#[derive(Default)]
pub(super) struct FactItems {
    /// The indices of items that are facts.
    facts: HashSet<usize>,
    /// The byte at which the facts about a title end, by the index of its item.
    ends: HashMap<usize, usize>,
}

impl FactItems {
    /// Finds the facts in numbered lists, or in bullets.
    pub fn find(input: &TitleInput, ordered: bool) -> Self {
        let items = &input.outline.items;
        let mut lists: HashMap<u32, Vec<usize>> = HashMap::new();
        for (index, item) in
            items.iter().enumerate().filter(|(_, item)| item.depth == 1 && !item.quoted && item.ordered == ordered)
        {
            let list = lists.entry(item.list).or_default();
            if list.len() <= LONGEST {
                list.push(index);
            }
        }
        let mut found = Self::default();
        for list in lists.into_values().filter(|list| (FEWEST..=LONGEST).contains(&list.len())) {
            found.add(input, &list);
        }
        found
    }

    /// Adds the items of a list if they are facts about one paper.
    fn add(&mut self, input: &TitleInput, list: &[usize]) {
        let items = &input.outline.items;
        // A quick check that rejects most lists.
        if !list.iter().any(|&index| may_be_sure(&input.text[own_line(input.text, &items[index].text())])) {
            return;
        }
        let fact = |&index: &usize| fact(input, &items[index]);
        let Some(rest) = list.get(1..).map(|rest| rest.iter().map(fact)) else { return };
        let rest: Vec<Certainty> = rest.take_while(|fact| *fact != Certainty::Other).collect();
        if rest.len() + 1 < list.len() {
            return;
        }
        let first = fact(&list[0]);
        let is_title = first == Certainty::Other;
        let is_sure = rest.iter().chain([&first]).any(|fact| *fact == Certainty::Sure);
        if !is_sure || rest.len() + usize::from(!is_title) < FEWEST {
            return;
        }
        self.facts.extend(list[usize::from(is_title)..].iter().copied());
        if is_title {
            self.ends.insert(list[0], items[list[list.len() - 1]].span().end);
        }
    }

    pub fn contains(&self, item: usize) -> bool {
        self.facts.contains(&item)
    }

    /// The byte at which the facts about the title in an item end.
    pub fn end(&self, item: usize) -> Option<usize> {
        self.ends.get(&item).copied()
    }
}

fn fact(input: &TitleInput, item: &Item) -> Certainty {
    let text = &input.text[own_line(input.text, &item.text())];
    if item.task().is_some() || text.trim().is_empty() || input.date(item.span().start).is_some() {
        return Certainty::Other;
    }
    if is_labelled(text) {
        return Certainty::Sure;
    }
    let parsed = title::read(text);
    let is_short = |most: usize| parsed.title.split_whitespace().count() <= most;
    let plain = text.trim_matches(['*', '_', ' ', '.', '(', ')', '`']);
    let is_venue = is_short(3) && plain.contains(|c: char| c.is_ascii_digit()) && words::venue(plain).is_some();
    if is_venue && parsed.links.is_empty() {
        return Certainty::Sure;
    }
    let has_words = |text: &str| text.chars().any(char::is_alphabetic);
    let is_link = !parsed.links.is_empty() && (parsed.title.is_empty() || words::is_link_label(&parsed.title));
    let are_tags = |mut tags: std::str::SplitWhitespace| tags.all(|tag| tag.starts_with(['#', '`']) && has_words(tag));
    let are_small = || text.contains(',') && !text.contains(char::is_uppercase) && is_short(WORDS);
    let are_authors = || text.contains([',', '&']) && title::are_people(&parsed.title, 2);
    let is_one =
        is_link || are_tags(text.split_whitespace()) || parsed.links.is_empty() && (are_small() || are_authors());
    if is_one { Certainty::Likely } else { Certainty::Other }
}

/// Whether a line has a known label, or could be a venue with its year.
fn may_be_sure(line: &str) -> bool {
    line.len() <= VENUE && line.bytes().any(|byte| byte.is_ascii_digit()) || is_labelled(line)
}

/// The first line of an item's text.
fn own_line(text: &str, span: &Range<usize>) -> Range<usize> {
    let end = memchr::memchr(b'\n', text[span.clone()].as_bytes()).map_or(span.end, |end| span.start + end);
    span.start..end
}

/// Whether a line is a labelled fact: `**Venue**: ICML 2031`.
fn is_labelled(line: &str) -> bool {
    // A colon further on ends no label, and most lines have none before.
    let mut colons = memchr::memchr2_iter(b':', "：".as_bytes()[0], prefix(line, LABEL).as_bytes());
    let Some(at) = colons.find(|&at| line[at..].starts_with([':', '：'])) else { return false };
    let (label, fact) = (&line[..at], line[at..].trim_start_matches([':', '：']));
    names_fact(label) && !fact.trim_matches(['*', '_', ' ']).is_empty()
}

/// Whether a label names a fact about a paper: `**Venue**`.
pub(super) fn names_fact(label: &str) -> bool {
    let label = label.trim_matches(['*', '_', '[', ']', ' ']).to_lowercase();
    LABELS.contains(&label.as_str())
}
