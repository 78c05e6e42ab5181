//! Finds the lines whose place in the log a change would move: to other headings, another entry or another item.
//!
//! Removing an entry or a heading leaves what was written below it to whatever is above. An undo must not do that to
//! text that someone has written since.

use std::ops::Range;

use super::dates::{Period, level};
use super::proof::{heading_start, is_bare, is_inside, touched};
use super::splice::moved;
use super::{Plan, Refusal};
use crate::log::{Log, Section};
use crate::text::cut;

/// Maximum width of a line in a message, in columns.
const QUOTE: usize = 40;

/// The lines that a change leaves as they are, but moves to another place in the log.
#[derive(Debug, Default)]
pub(super) struct MovedLines {
    /// How many there are, blank ones aside.
    pub count: usize,
    /// The first one.
    first: String,
}

/// The headings, entry and items that text is below, outermost first, each as its byte offset in the new text; `None`
/// for those in the lines that the change touches.
type Owners = Vec<Option<usize>>;

impl MovedLines {
    /// Compares the log before and after a change.
    pub fn of(before: &Log, after: &Log, plan: &Plan) -> Self {
        let text = &before.files[0].text;
        let (old, new) = touched(text, plan);
        let was = regions(before, |at| (!is_inside(&old, at)).then(|| moved(&plan.splices, at)));
        let is = regions(after, |at| (!is_inside(&new, at)).then_some(at));
        let (mut one, mut other) = (0, 0);
        let mut compared: Option<((usize, usize), bool)> = None;
        let mut found = Self::default();
        for gap in untouched(&old, text.len()) {
            let shift = moved(&plan.splices, gap.start);
            let mut start = gap.start;
            for line in text[gap.clone()].split_inclusive('\n') {
                // The last byte: a title may begin after the start of its line.
                let last = start + line.trim_end().len().saturating_sub(1);
                if !line.trim().is_empty() {
                    one = advance(&was, one, last);
                    other = advance(&is, other, last - gap.start + shift);
                    let is_same = match compared {
                        Some((pair, is_same)) if pair == (one, other) => is_same,
                        _ => was[one].1 == is[other].1,
                    };
                    compared = Some(((one, other), is_same));
                    if !is_same {
                        found.add(line);
                    }
                }
                start += line.len();
            }
        }
        found
    }

    fn add(&mut self, line: &str) {
        if self.count == 0 {
            self.first = cut(line.trim(), QUOTE).into_owned();
        }
        self.count += 1;
    }

    /// The reason to refuse an undo that would move these lines.
    pub fn refusal(self) -> Refusal {
        Refusal::WrittenBelow(self.first)
    }
}

/// The stretches of a text between the touched ranges.
fn untouched(touched: &[Range<usize>], length: usize) -> Vec<Range<usize>> {
    let mut gaps = Vec::new();
    let mut from = 0;
    for range in touched {
        gaps.push(from..range.start.max(from));
        from = from.max(range.end);
    }
    gaps.push(from..length.max(from));
    gaps
}

/// The index of the region that contains `at`, from `index` on.
fn advance(regions: &[(usize, Owners)], mut index: usize, at: usize) -> usize {
    while regions.get(index + 1).is_some_and(|(start, _)| *start <= at) {
        index += 1;
    }
    index
}

/// Where the owners change: each region's first byte, and its owners. `place` maps an owner's offset.
fn regions(log: &Log, place: impl Fn(usize) -> Option<usize>) -> Vec<(usize, Owners)> {
    let mut spans = headings(log, &place);
    spans.extend(log.entries.iter().map(|entry| (entry.span(), place(entry.span().start))));
    // Whether an item without a box is read as one depends on others, so it counts only where it is changed.
    let tasks =
        log.tasks.iter().map(|task| (task, place(task.mark))).filter(|(task, at)| at.is_none() || !is_bare(task));
    spans.extend(tasks.map(|(task, at)| (task.span.clone(), at)));
    spans.sort_by_key(|(span, _)| span.start);
    let mut bounds: Vec<usize> = spans.iter().flat_map(|(span, _)| [span.start, span.end]).chain([0]).collect();
    bounds.sort_unstable();
    bounds.dedup();
    let mut next = spans.into_iter().peekable();
    let mut open: Vec<(usize, Option<usize>)> = Vec::new();
    let region = |bound: usize| {
        open.retain(|(end, _)| *end > bound);
        while let Some((span, at)) = next.next_if(|(span, _)| span.start <= bound) {
            open.push((span.end, at));
        }
        (bound, open.iter().map(|(_, at)| *at).collect())
    };
    bounds.into_iter().map(region).collect()
}

/// The headings, each with all text below it, up to the next heading that is not below it.
fn headings(log: &Log, place: impl Fn(usize) -> Option<usize>) -> Vec<(Range<usize>, Option<usize>)> {
    let mut spans: Vec<(Range<usize>, Option<usize>)> = Vec::new();
    let mut open: Vec<(usize, usize)> = Vec::new();
    for section in &log.sections {
        let rank = rank(log, section);
        // Text before the first heading ends nothing.
        if section.heading.is_empty() {
            continue;
        }
        while let Some((_, index)) = open.pop_if(|(above, _)| *above >= rank) {
            spans[index].0.end = section.span().start;
        }
        open.push((rank, spans.len()));
        spans.push((section.span().start..log.files[section.file()].text.len(), place(heading_start(log, section))));
    }
    spans
}

/// A heading is below the headings before it of a lower rank.
fn rank(log: &Log, section: &Section) -> usize {
    match (level(log, section), Period::of(section.kind)) {
        (0, Some(Period::Day)) => 10,
        (0, Some(Period::Week)) => 9,
        (0, Some(Period::Month)) => 8,
        (0, _) => 7,
        (level, _) => level,
    }
}
