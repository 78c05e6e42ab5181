//! Proves a change: everything outside the touched lines reads as before (at its shifted offset), and the touched lines
//! hold exactly what was intended.

use std::ops::Range;

use super::splice::{Splice, line_start, moved};
use super::target::line_after_box;
use super::{FixPatch, Plan};
use crate::log::{Log, Section, SectionKind, Sign, State, Task};
use crate::text::Span;

/// An element of a log, without its offset.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Element {
    /// A heading that structures the log.
    Section(SectionKind, String),
    /// An entry, by title.
    Entry(String),
    /// An entry that is also a task, by title.
    Paper(String),
    /// A task, as (line after the checkbox or state word, state, depth).
    Task(String, State, usize),
    /// A picture, by path.
    Figure(String),
    /// A cross-reference, by id.
    Reference(String),
}

impl Element {
    /// Whether this is the wanted element. A section that is wanted with an empty heading may have any heading.
    fn is_expected(&self, wanted: &Self) -> bool {
        match (self, wanted) {
            (Self::Section(kind, _), Self::Section(meant, heading)) if heading.is_empty() => kind == meant,
            _ => self == wanted,
        }
    }

    /// The element for a task of a log.
    pub fn task(log: &Log, task: usize) -> Self {
        Self::Task(line_after_box(log, task), log.tasks[task].state, log.tasks[task].depth)
    }
}

/// An element with its byte offset, and for a task its parent's offset.
#[derive(Debug, PartialEq, Eq)]
struct PlacedElement {
    at: usize,
    what: Element,
    parent: Option<usize>,
    /// Whether this is an item without a checkbox, whose reading depends on the items around it.
    is_bare: bool,
}

pub(super) fn holds(before: &Log, after: &Log, plan: &Plan) -> bool {
    let Some((old_inside, new_inside)) = inside(before, after, plan) else { return false };
    let Some(wanted) = &plan.inside else { return true };
    let marks = plan.touched.iter().map(|&task| before.tasks[task].mark);
    // A task that is also a paper is compared as a task, unless a paper is expected.
    let is_paper = wanted.iter().any(|what| matches!(what, Element::Paper(_)));
    let structure = |item: &&PlacedElement| match item.what {
        Element::Figure(_) | Element::Reference(_) => false,
        Element::Paper(_) => is_paper,
        _ => true,
    };
    let found = old_inside.iter().filter(structure).map(|item| item.at);
    let now = new_inside.iter().filter(structure).map(|item| &item.what);
    let now: Vec<&Element> = now.collect();
    found.eq(marks) && now.len() == wanted.len() && now.iter().zip(wanted).all(|(now, wanted)| now.is_expected(wanted))
}

/// Whether a fix is proved. The fix itself compares the elements in the touched lines.
pub(super) fn fixes(before: &Log, after: &Log, plan: &Plan, fix: &FixPatch) -> bool {
    let Some((old, new)) = inside(before, after, plan) else { return false };
    let whats = |items: &[PlacedElement]| items.iter().map(|item| item.what.clone()).collect::<Vec<_>>();
    let (old, new) = (whats(&old), whats(&new));
    fix.is_so(&old.iter().collect::<Vec<_>>(), &new.iter().collect::<Vec<_>>())
}

/// (elements in the touched lines before, elements after); `None` if anything else has changed.
fn inside(before: &Log, after: &Log, plan: &Plan) -> Option<(Vec<PlacedElement>, Vec<PlacedElement>)> {
    let (old, new) = touched(&before.files[0].text, plan);
    let (old_inside, mut old_outside): (Vec<_>, Vec<_>) =
        items(before).into_iter().partition(|item| is_inside(&old, item.at));
    let (new_inside, mut new_outside): (Vec<_>, Vec<_>) =
        items(after).into_iter().partition(|item| is_inside(&new, item.at));
    for item in &mut old_outside {
        item.at = moved(&plan.splices, item.at);
        item.parent = item.parent.filter(|&parent| !is_inside(&old, parent)).map(|at| moved(&plan.splices, at));
    }
    for item in &mut new_outside {
        item.parent = item.parent.filter(|&parent| !is_inside(&new, parent));
    }
    old_outside.retain(|item| !item.is_bare);
    new_outside.retain(|item| !item.is_bare);
    (old_outside == new_outside).then_some((old_inside, new_inside))
}

/// The lines that the splices touch, in the old text and in the new one.
pub(super) fn touched(text: &str, plan: &Plan) -> (Vec<Range<usize>>, Vec<Range<usize>>) {
    let old: Vec<Range<usize>> = plan.splices.iter().map(|splice| splice.lines(text)).collect();
    let new = plan.splices.iter().zip(&old).map(|(splice, lines)| shifted(plan, splice, lines)).collect();
    (old, new)
}

pub(super) fn is_inside(ranges: &[Range<usize>], at: usize) -> bool {
    ranges.iter().any(|range| range.contains(&at))
}

/// The lines that a splice touches, in the new text.
fn shifted(plan: &Plan, splice: &Splice, lines: &Range<usize>) -> Range<usize> {
    let before: Vec<Splice> =
        plan.splices.iter().take_while(|other| other.span.end <= lines.start && *other != splice).cloned().collect();
    let start = moved(&before, lines.start);
    let end = moved(&plan.splices, lines.end);
    start..end
}

/// Where a section's heading begins.
pub(super) fn heading_start(log: &Log, section: &Section) -> usize {
    // A byte order mark is not part of the heading, though the first span starts with it.
    let text = &log.files[section.file()].text;
    let mark = if text.starts_with('\u{FEFF}') { '\u{FEFF}'.len_utf8() } else { 0 };
    line_start(text, section.span().start.max(mark))
}

/// Whether a task is an item without a checkbox, whose reading depends on the items around it.
pub(super) fn is_bare(task: &Task) -> bool {
    matches!(task.sign, Sign::Bullet | Sign::Line | Sign::Cell)
}

/// All elements by offset.
fn items(log: &Log) -> Vec<PlacedElement> {
    let mut items: Vec<PlacedElement> = Vec::new();
    let mut push = |at, what, parent| items.push(PlacedElement { at, what, parent, is_bare: false });
    for section in
        log.sections.iter().filter(|section| section.kind != SectionKind::Undated || section.span().start > 0)
    {
        push(heading_start(log, section), Element::Section(section.kind, section.heading.to_string()), None);
    }
    let of_notes = log.sections.iter().map(|section| (section.file(), &section.figures));
    let of_entries = log.entries.iter().map(|entry| (entry.file(), &entry.figures));
    for (file, figures) in of_notes.chain(of_entries) {
        let written = |span: Span| Element::Figure(log.files[file].text[span].to_owned());
        figures.iter().for_each(|figure| push(figure.span.start(), written(figure.span), None));
    }
    for entry in &log.entries {
        let title = entry.title.clone();
        push(
            entry.span().start,
            if entry.task().is_some() { Element::Paper(title.to_string()) } else { Element::Entry(title.to_string()) },
            None,
        );
        for reference in &entry.references {
            push(reference.span().start, Element::Reference(reference.id.to_string()), None);
        }
    }
    let is_bare = |task: usize| is_bare(&log.tasks[task]);
    for (index, task) in log.tasks.iter().enumerate() {
        let mut above = std::iter::successors(task.parent, |&parent| log.tasks[parent].parent);
        let parent = above.find(|&parent| !is_bare(parent)).map(|parent| log.tasks[parent].mark);
        items.push(PlacedElement { at: task.mark, what: Element::task(log, index), parent, is_bare: is_bare(index) });
    }
    items.sort_by_key(|item| item.at);
    items
}
