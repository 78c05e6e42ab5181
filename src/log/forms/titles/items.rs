//! Titles in list items: bullets, numbers, checkboxes.
//!
//! An item whose children look more like titles than it does is a group of papers.

use std::collections::{HashMap, HashSet};
use std::ops::Range;
use std::sync::LazyLock;

use memchr::memmem::Finder;

use super::fields::FactItems;
use super::{Candidate, TitleInput};
use crate::log::forms::title::ParsedTitle;
use crate::log::forms::{likeness, title, words};
use crate::log::outline::Item;
use crate::log::parallel::{in_parallel, joined};

/// How many children of an item are judged.
const LOOKED_AT: usize = 6;

/// The likeness that a nested group counts as.
const GROUP: f32 = 2.0;
/// The most words in the name of a topic: `Natural Language Processing`.
const TOPIC: usize = 3;
/// The longest text of a link that only names what it leads to, in bytes.
const BADGE: usize = 40;
/// The longest name of a group, in bytes.
const LONGEST_NAME: usize = 40;
/// The likeness that an item with a link to a paper counts as, beside items with dates.
const LINKED: f32 = 100.0;
/// How many levels of nested groups are checked.
const DEEPEST: u8 = 3;

/// Which items to find.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ItemKind {
    /// With `-`, `*` or `+`.
    Bullets,
    /// With numbers.
    Numbers,
    /// With checkboxes.
    Tasks,
}

/// The items of this kind. Items below a candidate are points about it and are skipped.
pub(super) fn find(input: &TitleInput, kind: ItemKind) -> Vec<Candidate> {
    let items = &input.outline.items;
    let is_boxed = kind == ItemKind::Tasks;
    let (unboxed, facts, names) = match is_boxed {
        true => Default::default(),
        false => (unboxed(items), FactItems::find(input, kind == ItemKind::Numbers), names_of_groups(input)),
    };
    let span = |group: &Range<usize>| items[group.start].span().start..items[group.end - 1].span().end;
    let find = |share: &[Range<usize>], _: &mut dyn FnMut(usize)| {
        let mut found = Vec::new();
        share.iter().for_each(|group| find_in(input, kind, (&unboxed, &facts, &names), group.clone(), &mut found));
        found
    };
    only_dated(input, joined(in_parallel(&groups(input), span, &mut |_| {}, find)))
}

/// Index ranges of the items between headings. No item continues past a heading.
fn groups(input: &TitleInput) -> Vec<Range<usize>> {
    let items = &input.outline.items;
    let (mut groups, mut start) = (Vec::new(), 0);
    let headings = input.outline.headings.iter().map(|heading| heading.span().start);
    for heading in headings.chain([usize::MAX]) {
        let count = items[start..].iter().take_while(|item| item.span().start < heading).count();
        if count > 0 {
            groups.push(start..start + count);
            start += count;
        }
    }
    groups
}

/// Adds the items of a group.
fn find_in(
    input: &TitleInput,
    kind: ItemKind,
    (unboxed, facts, names): (&HashSet<u32>, &FactItems, &HashSet<&str>),
    group: Range<usize>,
    found: &mut Vec<Candidate>,
) {
    let items = &input.outline.items;
    let mut taken = 0;
    for index in group {
        let item = &items[index];
        let is_plain = item.task().is_none() || unboxed.contains(&item.list) && is_title(input, item);
        let is_of_kind = match kind {
            ItemKind::Tasks => item.task().is_some(),
            ItemKind::Bullets => is_plain && !item.ordered,
            ItemKind::Numbers => is_plain && item.ordered,
        };
        if !is_of_kind || item.quoted || item.span().start < taken || item.text().is_empty() {
            continue;
        }
        // A link to a heading belongs to a table of contents, unless a checkbox before it says what was read.
        if item.task().is_none() && is_contents(&input.text[item.text()]) {
            continue;
        }
        if input.is_date(item.span().start)
            || input.is_pending_list(item.span().start)
            || is_group(input, index, DEEPEST)
            || item.parent().is_none() && names.contains(name(input, item))
        {
            continue;
        }
        if introduces(input, index) || is_point(input, item) || facts.contains(index) || describes_file(input, item) {
            continue;
        }
        let title = candidate(input, item);
        let end = if kind == ItemKind::Tasks { item.span().end } else { points_end(input, index) };
        let end = facts.end(index).map_or(end, |facts| end.max(facts));
        taken = end;
        let end = title.end().map_or(end, |own| own.max(end));
        found.push(title.ending(end));
    }
}

/// The text of an item without the white space around it.
fn name<'a>(input: &TitleInput<'a>, item: &Item) -> &'a str {
    input.text[item.text()].trim()
}

/// The names of groups of papers that are in several lists, where some are empty: `Urgent`, `Later` below each topic.
fn names_of_groups<'a>(input: &TitleInput<'a>) -> HashSet<&'a str> {
    let items = &input.outline.items;
    let has_points = |at: usize| {
        let parent = items.get(at + 1).and_then(|next| next.parent());
        parent.is_some_and(|parent| usize::try_from(parent) == Ok(at))
    };
    let mut places: HashMap<&str, Vec<usize>> = HashMap::new();
    for at in (0..items.len()).filter(|&at| may_be_name(input, &items[at]) && has_points(at)) {
        places.entry(name(input, &items[at])).or_default().push(at);
    }
    let is_name =
        |places: &[usize]| places.len() > 1 && places.iter().take(LOOKED_AT).any(|&at| is_group(input, at, DEEPEST));
    let lists: HashSet<u32> = places.values().filter(|at| is_name(at)).flatten().map(|&at| items[at].list).collect();
    if lists.len() < 2 {
        return HashSet::new();
    }
    // Names beside these groups, in several lists and nowhere else.
    let mut counts: HashMap<&str, (usize, usize)> = HashMap::new();
    for item in items.iter().filter(|item| may_be_name(input, item)) {
        let (all, beside) = counts.entry(name(input, item)).or_default();
        (*all, *beside) = (*all + 1, *beside + usize::from(lists.contains(&item.list)));
    }
    counts.into_iter().filter(|(_, (all, beside))| *all > 1 && all == beside).map(|(name, _)| name).collect()
}

/// Whether an item is short, has no link and is below no other.
fn may_be_name(input: &TitleInput, item: &Item) -> bool {
    let is_short = !item.text().is_empty() && item.text().len() <= LONGEST_NAME;
    is_short && item.parent().is_none() && item.task().is_none() && !name(input, item).contains("](")
}

/// Lists with checkboxes in which at least a third of the items have none: there, items with one may be titles too.
fn unboxed(items: &[Item]) -> HashSet<u32> {
    let mut counts: HashMap<u32, usize> = HashMap::new();
    for item in items.iter().filter(|item| item.task().is_some()) {
        *counts.entry(item.list).or_default() += 1;
    }
    let mut plain: HashMap<u32, usize> = HashMap::new();
    for item in items.iter().filter(|item| item.task().is_none() && counts.contains_key(&item.list)) {
        *plain.entry(item.list).or_default() += 1;
    }
    plain.retain(|list, count| *count * 2 >= counts[list]);
    plain.into_keys().collect()
}

/// Whether an item looks like a title rather than a task.
fn is_title(input: &TitleInput, item: &Item) -> bool {
    liken(input, item) > 0.0
}

/// How much an item looks like a title.
fn liken(input: &TitleInput, item: &Item) -> f32 {
    let parsed = title::read(&input.text[item.text()]);
    match item.task() {
        Some(_) => likeness::of_task(&parsed.title, &parsed),
        None => likeness::of(&parsed),
    }
}

/// If many items start with dates, drops those in parts of the file where none does.
fn only_dated(input: &TitleInput, found: Vec<Candidate>) -> Vec<Candidate> {
    let is_dated = |candidate: &&Candidate| input.title_start(candidate.span().start) == Some(candidate.text().start);
    let dated = found.iter().filter(is_dated).count();
    if dated < 2 || dated * 4 < found.len() {
        return found;
    }
    let headings = &input.outline.headings;
    let part = |at: usize| headings.partition_point(|heading| heading.span().start <= at);
    let mut parts: HashSet<usize> =
        found.iter().filter(is_dated).map(|candidate| part(candidate.span().start)).collect();
    if dated * 5 < found.len() * 2 {
        // With fewer dates, other parts are kept if most of their items are like titles, or one is linked.
        let mut sums: HashMap<usize, f32> = HashMap::new();
        for candidate in &found {
            *sums.entry(part(candidate.span().start)).or_default() += worth(&input.text[candidate.text]);
        }
        parts.extend(sums.into_iter().filter(|(_, sum)| *sum > 0.0).map(|(part, _)| part));
    }
    found.into_iter().filter(|candidate| parts.contains(&part(candidate.span().start))).collect()
}

/// How much the words of an item are like a title; much more with a link to a paper, except to a file.
fn worth(text: &str) -> f32 {
    if text.contains("://") && title::links_to_paper(text) {
        return LINKED;
    }
    let parsed = ParsedTitle { title: title::read(text).title, ..ParsedTitle::default() };
    likeness::of(&parsed).clamp(-4.0, 4.0)
}

/// Whether an item is only a link to a heading of the same file.
fn is_contents(text: &str) -> bool {
    if !text.starts_with(['[', '*', '_']) {
        return false;
    }
    static ANCHORS: LazyLock<[Finder<'static>; 2]> = LazyLock::new(|| ["](#", "](./#"].map(Finder::new));
    let link = ANCHORS.iter().find_map(|anchor| anchor.find(text.as_bytes()));
    link.is_some_and(|at| text[at..].find(')').is_some_and(|end| text[at + end..].len() < 4))
}

fn candidate(input: &TitleInput, item: &Item) -> Candidate {
    let line = input.line_start(item.span().start);
    let first = first_line_end(input.text, item);
    let end = item.span().end.max(first);
    let start =
        input.title_start(item.span().start).filter(|&at| item.text().contains(&at)).unwrap_or(item.text().start);
    // Include the backslash of an escaped first char.
    let is_escaped = input.text[line..start].ends_with('\\') && !input.text[line..start].ends_with("\\\\");
    let start = start - usize::from(is_escaped);
    // `2031-05-17 | Emus | read twice`: the title stands between the bars.
    let is_between = start > item.text().start && input.text[item.text().start..start].trim_end().ends_with('|');
    let bar = if is_between { input.text[start..item.text().end].find(" | ") } else { None };
    let text_end = bar.map_or(item.text().end, |bar| start + bar);
    Candidate { task: item.task(), ..Candidate::new(line..first, start..text_end).ending(end) }
}

/// The byte at which an item's text ends. Some authors write the points about a paper directly below it, without
/// indentation, as a list of the other kind: numbered below bullets, or the reverse.
fn points_end(input: &TitleInput, index: usize) -> usize {
    let (items, text) = (&input.outline.items, input.text);
    let item = &items[index];
    let said = |span: &Range<usize>| span.start + text[span.clone()].trim_end().len();
    let is_right_below = |end: usize, start: usize| {
        text.get(end..input.line_start(start)).is_some_and(|gap| gap.matches('\n').count() == 1)
    };
    let (mut end, mut last) = (item.span().end, said(&item.span()));
    let mut next = items.len();
    let mut has_points = false;
    for (at, other) in
        items.iter().enumerate().skip(index + 1).skip_while(|(_, other)| other.span().start < item.span().end)
    {
        if other.span().start < end {
            continue;
        }
        let is_point = other.parent() == item.parent()
            && other.ordered != item.ordered
            && other.task().is_none()
            && !input.is_date(other.span().start)
            && is_right_below(last, other.span().start);
        if !is_point {
            next = at;
            break;
        }
        (end, last, has_points) = (other.span().end, said(&other.span()), true);
    }
    if !has_points {
        return item.span().end;
    }
    let limit = items.get(next).map_or(text.len(), |next| input.line_start(next.span().start)).max(end);
    let from = text[last..limit].find('\n').map_or(limit, |newline| last + newline + 1);
    end.max(from + pictures(&text[from..limit]))
}

/// The length in bytes of the text below a paper's points that still belongs to the paper: the lines up to a blank
/// line, and pictures after that.
fn pictures(text: &str) -> usize {
    let is_picture = |line: &str| ["<p", "<img", "!["].iter().any(|sign| line.starts_with(sign));
    let (mut at, mut end, mut is_apart) = (0, 0, false);
    for line in text.split_inclusive('\n') {
        let said = line.trim();
        at += line.len();
        if said.is_empty() {
            is_apart = true;
        } else if line.starts_with('#') || is_apart && !is_picture(said) {
            break;
        } else {
            end = at;
        }
    }
    end
}

/// Whether an item ends in a colon and is directly followed by title-like items of the other kind.
fn introduces(input: &TitleInput, index: usize) -> bool {
    let items = &input.outline.items;
    let (item, next) = (&items[index], items.get(index + 1));
    let said = input.text[item.text()].trim_end();
    let next = next.filter(|next| next.parent() == item.parent() && next.ordered != item.ordered);
    said.ends_with([':', '：']) && next.is_some_and(|next| is_title(input, next))
}

/// Whether an item is the path of a file with what the file is for: `` [`notes/emu.md`](notes/emu.md): a summary ``.
fn describes_file(input: &TitleInput, item: &Item) -> bool {
    let text = &input.text[item.text()];
    let Some((path, rest)) = text.strip_prefix('[').and_then(|text| text.split_once("](")) else { return false };
    let path = path.trim_matches('`');
    let Some(said) = rest.split_once(')').and_then(|(_, behind)| behind.strip_prefix(':')) else { return false };
    // A PDF is a paper, and its title may follow.
    let is_file = path.ends_with(".md") || path.ends_with(".pdf") && said.trim_start().starts_with(char::is_lowercase);
    is_file && !path.contains(' ')
}

/// Whether an item is below one of the other kind that looks like a title and is not a group.
fn is_point(input: &TitleInput, item: &Item) -> bool {
    let above = item.parent().and_then(|parent| usize::try_from(parent).ok()).filter(|&parent| {
        input.outline.items.get(parent).is_some_and(|parent| parent.ordered != item.ordered && parent.task().is_none())
    });
    above.is_some_and(|above| is_title(input, &input.outline.items[above]) && !is_group(input, above, DEEPEST))
}

/// The end of the line on which an item's text starts.
fn first_line_end(text: &str, item: &Item) -> usize {
    let from = item.text().start.max(item.span().start);
    text[from..].find('\n').map_or(text.len(), |at| from + at + 1)
}

/// Whether an item's children look more like titles than it does.
fn is_group(input: &TitleInput, index: usize, depth: u8) -> bool {
    let items = &input.outline.items;
    let item = &items[index];
    let below = |range: Range<usize>| items[range].iter().take_while(|other| other.span().start < item.span().end);
    let parent = u32::try_from(index).ok();
    let children: Vec<(usize, &Item)> = (index + 1..)
        .zip(below(index + 1..items.len()))
        .filter(|(_, other)| other.parent() == parent && !other.text().is_empty())
        .take(LOOKED_AT)
        .collect();
    if children.is_empty() {
        return false;
    }
    let text = &input.text[item.text()];
    if title::links_to_paper(text) {
        return false;
    }
    if is_year(text) {
        return true;
    }
    let liken_child = |(at, child): &(usize, &Item)| match depth > 0 && is_group(input, *at, depth - 1) {
        true => GROUP,
        false => liken(input, child).clamp(-4.0, 4.0),
    };
    let mean = || children.iter().map(liken_child).sum::<f32>() / count(children.len());
    let boxes = children.iter().filter(|(_, child)| child.task().is_some()).count();
    if item.task().is_some() && boxes * 2 > children.len() {
        // Checkboxes below a checkbox may be papers; below a paper they are only its parts, or chores.
        let mean = mean();
        return mean > -1.5 && (is_linked_group(input, item, &children) || !is_long_title(input, item, mean));
    }
    // A single item below a title is about it, such as a link to the paper.
    if let [(_, only)] = &children[..]
        && (is_title(input, item) || begins_with_badge(input, only) && has_many_words(input, item))
    {
        return false;
    }
    let mean = mean();
    mean > 0.3 && mean > likeness::of(&title::read(text)).clamp(-4.0, 4.0) + 0.5
}

/// Whether a text is nothing but a year: `**2031**`.
fn is_year(text: &str) -> bool {
    let year = text.trim_matches(['*', '_', '[', ']', '(', ')', ':', ' ', '\n', '\r', '\t']);
    let year = year.strip_suffix('年').unwrap_or(year);
    year.len() == 4 && (year.starts_with("19") || year.starts_with("20")) && year.bytes().all(|it| it.is_ascii_digit())
}

/// Whether an item begins with a link such as `[pdf](…)`.
fn begins_with_badge(input: &TitleInput, item: &Item) -> bool {
    let text = input.text[item.text()].trim_start_matches(['*', '_', ' ', '[']);
    let name = text.split_once("](").map(|(name, _)| name).filter(|_| input.text[item.text()].contains('['));
    name.is_some_and(|name| name.len() <= BADGE && words::is_link_label(name))
}

/// Whether an item is too long for a topic.
fn has_many_words(input: &TitleInput, item: &Item) -> bool {
    title::read(&input.text[item.text()]).title.split_whitespace().count() > TOPIC
}

/// Whether an item with a checkbox is a link to nowhere, while those below it are linked titles.
fn is_linked_group(input: &TitleInput, item: &Item, children: &[(usize, &Item)]) -> bool {
    let text = |item: &Item| input.text[item.text()].trim();
    let is_linked = |(_, child): &&(usize, &Item)| {
        let link = text(child).strip_prefix('[').and_then(|text| text.split_once("]("));
        link.is_some_and(|(title, _)| title.split_whitespace().count() >= TOPIC)
    };
    text(item).ends_with("]()") && children.iter().filter(is_linked).count() * 2 > children.len()
}

/// Whether an item with a checkbox is a title: it is too long for a topic, and about as much like a title as the items
/// below it, whose mean likeness is `below`.
fn is_long_title(input: &TitleInput, item: &Item, below: f32) -> bool {
    let parsed = title::read(&input.text[item.text()]);
    let is_long = parsed.title.split_whitespace().count() > TOPIC || parsed.title.contains(": ");
    let own = likeness::of_task(&parsed.title, &parsed).clamp(-4.0, 4.0);
    is_long && own > 0.0 && below <= own + 0.5
}

/// A count as a float, for dividing.
fn count(number: usize) -> f32 {
    u16::try_from(number).map_or(f32::MAX, f32::from)
}
