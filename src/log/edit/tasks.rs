//! Builds the splices for each change to an item. A log for which a [`Plan`] is made has a single file.

use std::ops::Range;

use chrono::NaiveDate;

use super::proof::Element;
use super::splice::{Splice, line_end, line_start};
use super::{Direction, InsertAt, Plan, Refusal, Target, item_line, one_line, style};
use crate::log::item_dates::ItemDate;
use crate::log::markup::block_id_start;
use crate::log::{Log, Sign, State, normalise, task};
use crate::words::Sentence;

pub(super) fn mark_for(done: bool) -> char {
    if done { 'x' } else { ' ' }
}

/// The bytes of an item's completion date, with the space before it. A date with words after it is part of a sentence,
/// and does not count.
pub(super) fn done_date(log: &Log, task: usize) -> Option<Range<usize>> {
    let line = first_line(log, task);
    let text = &log.files[log.tasks[task].file].text[line.clone()];
    let span = ItemDate::Done.find(text)?.span;
    let start = text[..span.start].trim_end_matches(' ').len();
    let is_last = !text[span.end..].trim_start().starts_with(char::is_alphanumeric);
    is_last.then_some(line.start + start..line.start + span.end)
}

/// Whether at least half of the done items in a file have a completion date.
pub fn writes_done_dates(log: &Log, file: usize) -> bool {
    let done = || (0..log.tasks.len()).filter(|&task| log.tasks[task].file == file && log.tasks[task].is_done());
    let dated = done().filter(|&task| done_date(log, task).is_some()).count();
    dated > 0 && dated * 2 >= done().count()
}

/// A new item's text with the day on which it is added, if at least half of the items in the file have one.
pub fn added_on(log: &Log, file: usize, text: &str, today: Option<NaiveDate>) -> String {
    let dates = log.tasks.iter().filter(|task| task.file == file).map(|task| ItemDate::Added.read(&task.text));
    let (dated, all) = dates.fold((0, 0), |(dated, all), date| (dated + usize::from(date.is_some()), all + 1));
    match today.filter(|_| dated > 0 && dated * 2 >= all && ItemDate::Added.read(text).is_none()) {
        Some(today) => format!("{}{}", text.trim_end(), ItemDate::Added.write(log, file, today)),
        None => text.to_owned(),
    }
}

/// An item's source text on one line, as a starting point for editing it.
pub fn source(log: &Log, task: usize) -> String {
    let text = &log.files[log.tasks[task].file].text[own_text(log, task)];
    text.lines().map(|line| line.trim_start_matches([' ', '\t', '>']).trim_end()).collect::<Vec<_>>().join(" ")
}

pub(super) fn set_mark(log: &Log, task: usize, mark: char) -> Result<Plan, Refusal> {
    let splices = vec![mark_splice(log, task, mark)];
    if log.tasks[task].sign != Sign::Box {
        return set_done(log, task, mark.eq_ignore_ascii_case(&'x'), false, None);
    }
    let inside = vec![with(log, task, |state, _| *state = State::of(mark))];
    Ok(Plan { splices, touched: vec![task], inside: Some(inside), focus: (0, 0) })
}

pub(super) fn set_done(
    log: &Log,
    task: usize,
    done: bool,
    children: bool,
    date: Option<NaiveDate>,
) -> Result<Plan, Refusal> {
    let subtree = if children { subtree(log, task) } else { vec![task] };
    let mut plan = Plan { splices: Vec::new(), touched: Vec::new(), inside: None, focus: (0, 0) };
    let mut inside = Vec::new();
    let date = date.filter(|_| done).map(|date| ItemDate::Done.write(log, log.tasks[task].file, date));
    // Items below the task with marks of other kinds are left alone.
    for task in subtree.into_iter().filter(|&other| log.tasks[other].state.is(!done) || other == task) {
        let mut line = super::target::line_after_box(log, task);
        if !log.tasks[task].state.is(done) {
            plan.splices.push(done_splice(log, task, done));
            let Range { start, end } = first_line(log, task);
            match (&date, done_date(log, task)) {
                (Some(date), None) => {
                    let (before, id) = without_block_id(&log.files[0].text[start..end]);
                    line = normalise(&format!("{before}{date}{id}"));
                    plan.splices.push(Splice::insert(start + before.len(), date.clone()));
                }
                (None, Some(span)) if !done => {
                    let text = &log.files[0].text;
                    line = normalise(&format!("{}{}", &text[log.item_text(task)..span.start], &text[span.end..end]));
                    plan.splices.push(Splice { span, replacement: String::new() });
                }
                _ => {}
            }
            if let Some(at) = runs_on(log, task) {
                plan.splices.push(Splice::insert(at, style::line_ending(&log.files[0]).to_owned()));
            }
            plan.touched.push(task);
            let state = if done { State::Done } else { State::Open };
            inside.push(Element::Task(line, state, log.tasks[task].depth));
        }
    }
    if plan.splices.is_empty() {
        let at = log.tasks[task].mark;
        plan.splices.push(Splice { span: at..at, replacement: String::new() });
        plan.touched = vec![task];
        plan.inside = Some(vec![Element::task(log, task)]);
        return Ok(plan);
    }
    plan.inside = Some(inside);
    Ok(plan)
}

pub(super) fn add(log: &Log, text: &str, place: &InsertAt) -> Result<Plan, Refusal> {
    let text = item_line(text)?;
    match place {
        InsertAt::After(target) => add_after(log, target.find(log, 0)?, &text),
        InsertAt::Under(target) => add_under(log, target.find(log, 0)?, &text),
        InsertAt::End => Err(Refusal::NoPlaceForList),
    }
}

pub(super) fn add_after(log: &Log, task: usize, text: &str) -> Result<Plan, Refusal> {
    let (indent, marker) = style::prefix(log, task).ok_or_else(|| unproved(log, task))?;
    let line = format!("{indent}{}{}{text}", style::next_marker(marker), style::sign(log, task));
    Ok(new_task(log, style::block(log, task).end, style::is_loose(log, task), &line, text, log.tasks[task].depth))
}

fn add_under(log: &Log, task: usize, text: &str) -> Result<Plan, Refusal> {
    if let Some(last) = log.children(task).last() {
        return add_after(log, last, text);
    }
    let nesting = style::nesting(log, task).ok_or_else(|| unproved(log, task))?;
    let line = format!("{}{}{}{text}", nesting.indent, nesting.marker, style::sign(log, task));
    Ok(new_task(log, style::block(log, task).end, nesting.gap, &line, text, log.tasks[task].depth + 1))
}

/// The plan for a new task line at byte `at`.
pub(super) fn new_task(log: &Log, at: usize, gap: bool, line: &str, text: &str, depth: usize) -> Plan {
    let (ending, file) = (style::line_ending(&log.files[0]), &log.files[0].text);
    let gap = if gap { ending } else { "" };
    let is_open_end = at == file.len() && !file.is_empty() && !file.ends_with('\n');
    let (lead, tail) = if is_open_end { (ending, "") } else { ("", ending) };
    let into = lead.len() + gap.len();
    let splice = Splice::insert(at, format!("{lead}{gap}{line}{tail}"));
    let inside = vec![Element::Task(normalise(text), State::Open, depth)];
    Plan { splices: vec![splice], touched: Vec::new(), inside: Some(inside), focus: (0, into) }
}

pub(super) fn edit(log: &Log, task: usize, text: &str) -> Result<Plan, Refusal> {
    let text = one_line(text)?;
    let inside = vec![Element::Task(normalise(&text), log.tasks[task].state, log.tasks[task].depth)];
    let span = own_text(log, task);
    let gap = if log.files[0].text[..span.start].ends_with(']') { " " } else { "" };
    let splices = vec![Splice { span, replacement: format!("{gap}{text}") }];
    Ok(Plan { splices, touched: vec![task], inside: Some(inside), focus: (0, 0) })
}

pub(super) fn delete(log: &Log, task: usize) -> Result<Plan, Refusal> {
    if log.tasks[task].sign != Sign::Cell {
        style::prefix(log, task).ok_or_else(|| unproved(log, task))?;
    }
    let text = &log.files[0].text;
    let mut span = style::block(log, task);
    // Keep only one of the two blank lines that would meet.
    let next = line_end(text, span.end);
    let is_blank = |lines: Range<usize>| text[lines].trim().is_empty();
    let before = span.start.checked_sub(1).map(|end| line_start(text, end)..span.start);
    if span.end < text.len() && is_blank(span.end..next) && before.is_none_or(is_blank) {
        span.end = next;
    }
    let splices = vec![Splice { span, replacement: String::new() }];
    Ok(Plan { splices, touched: subtree(log, task), inside: Some(Vec::new()), focus: (0, 0) })
}

pub(super) fn shift(log: &Log, task: usize, to: Direction) -> Result<Plan, Refusal> {
    style::prefix(log, task).ok_or_else(|| unproved(log, task))?;
    let edge = || Refusal::Edge(log.tasks[task].text.clone());
    let siblings = style::siblings(log, task);
    let at = siblings.iter().position(|&sibling| sibling == task).ok_or_else(edge)?;
    let above = at.checked_sub(1).map(|above| siblings[above]);
    match to {
        Direction::Up => swap(log, above.ok_or_else(edge)?, task, task),
        Direction::Down => swap(log, task, *siblings.get(at + 1).ok_or_else(edge)?, task),
        Direction::In => indent(log, task, above.ok_or_else(edge)?),
        Direction::Out => outdent(log, task, log.tasks[task].parent.ok_or_else(edge)?),
    }
}

/// Swaps two siblings. Line endings, and the numbers of a numbered list, stay in place.
fn swap(log: &Log, first: usize, second: usize, moved: usize) -> Result<Plan, Refusal> {
    let text = &log.files[0].text;
    let (mut one, mut two) = (content(log, first), content(log, second));
    let between = &text[one.end..two.start];
    if !between.trim_matches([' ', '\t', '\n', '\r', '>']).is_empty() {
        return Err(Refusal::Edge(log.tasks[moved].text.clone()));
    }
    let (start, end) = (one.start, two.end);
    let head = |task: usize, span: &Range<usize>| log.tasks[task].head() - span.start;
    let numbered = |task: usize, span: &Range<usize>| {
        text[span.clone()].trim_start().starts_with(|c: char| c.is_ascii_digit()).then(|| head(task, span))
    };
    let heads = match (numbered(first, &one), numbered(second, &two)) {
        (Some(a), Some(b)) if a == b => (&text[one.start..one.start + a], &text[two.start..two.start + b]),
        _ => ("", ""),
    };
    (one.start, two.start) = (one.start + heads.0.len(), two.start + heads.1.len());
    let between = &text[one.end..two.start - heads.1.len()];
    let replacement = format!("{}{}{between}{}{}", heads.0, &text[two.clone()], heads.1, &text[one.clone()]);
    let into = if moved == second { 0 } else { heads.0.len() + two.len() + between.len() };
    let (upper, lower) = (subtree(log, first), subtree(log, second));
    let inside = lower.iter().chain(&upper).map(|&task| Element::task(log, task)).collect();
    let touched = upper.into_iter().chain(lower).collect();
    Ok(Plan {
        splices: vec![Splice { span: start..end, replacement }],
        touched,
        inside: Some(inside),
        focus: (0, into),
    })
}

fn indent(log: &Log, task: usize, above: usize) -> Result<Plan, Refusal> {
    let failed = || unproved(log, task);
    let nesting = style::nesting(log, above).ok_or_else(failed)?;
    let (own, _) = style::prefix(log, task).ok_or_else(failed)?;
    let inner = match log.children(above).last().and_then(|child| style::prefix(log, child)) {
        Some((indent, _)) => indent.to_owned(),
        None => nesting.indent,
    };
    let span = style::block(log, task);
    let replacement = reindent(&log.files[0].text[span.clone()], own, &inner);
    let subtree = subtree(log, task);
    let inside = subtree.iter().map(|&task| with(log, task, |_, depth| *depth += 1)).collect();
    Ok(Plan { splices: vec![Splice { span, replacement }], touched: subtree, inside: Some(inside), focus: (0, 0) })
}

fn outdent(log: &Log, task: usize, parent: usize) -> Result<Plan, Refusal> {
    let failed = || unproved(log, task);
    let (own, _) = style::prefix(log, task).ok_or_else(failed)?;
    let (outer, _) = style::prefix(log, parent).ok_or_else(failed)?;
    let (text, ending) = (&log.files[0].text, style::line_ending(&log.files[0]));
    let (block, family) = (style::block(log, task), style::block(log, parent));
    let rest = &text[block.end..family.end.max(block.end)];
    let moved = reindent(&text[block.clone()], own, outer);
    // The new last line takes over a missing newline at the end of the file.
    let replacement = if rest.is_empty() || rest.ends_with('\n') {
        format!("{rest}{moved}")
    } else {
        format!("{rest}{ending}{}", moved.trim_end_matches(['\n', '\r']))
    };
    let into = replacement.len() - moved.len().min(replacement.len());
    let subtree = subtree(log, task);
    let follow = (task + subtree.len()..log.tasks.len()).filter(|&other| rest_holds(log, other, &block, &family));
    let follow: Vec<usize> = follow.collect();
    let raised = subtree.iter().map(|&task| with(log, task, |_, depth| *depth -= 1));
    let inside = follow.iter().map(|&task| Element::task(log, task)).chain(raised).collect();
    let splices = vec![Splice { span: block.start..family.end.max(block.end), replacement }];
    let touched = subtree.iter().copied().chain(follow.iter().copied()).collect();
    Ok(Plan { splices, touched, inside: Some(inside), focus: (0, into) })
}

fn rest_holds(log: &Log, task: usize, block: &Range<usize>, family: &Range<usize>) -> bool {
    (block.end..family.end).contains(&log.tasks[task].mark)
}

/// Replaces the indentation `from` with `to`; deeper lines keep their additional indentation.
fn reindent(block: &str, from: &str, to: &str) -> String {
    let line = |line: &str| match line.strip_prefix(from) {
        Some(rest) if !line.trim().is_empty() => format!("{to}{rest}"),
        _ => line.to_owned(),
    };
    block.split_inclusive('\n').map(line).collect()
}

/// A task and everything below it, in file order.
pub(super) fn subtree(log: &Log, task: usize) -> Vec<usize> {
    let mut subtree = vec![task];
    for other in task + 1..log.tasks.len() {
        match log.tasks[other].parent {
            Some(parent) if subtree.contains(&parent) => subtree.push(other),
            _ => break,
        }
    }
    subtree
}

/// A task as it will be read after a change of state or depth.
fn with(log: &Log, task: usize, change: impl FnOnce(&mut State, &mut usize)) -> Element {
    let mut what = Element::task(log, task);
    if let Element::Task(_, state, depth) = &mut what {
        change(state, depth);
    }
    what
}

fn mark_splice(log: &Log, task: usize, mark: char) -> Splice {
    let at = log.tasks[task].mark;
    Splice { span: at..at + log.mark(task).len_utf8(), replacement: mark.to_string() }
}

/// The byte at which a line break is needed, so that a plain line that becomes an item does not absorb the next line.
fn runs_on(log: &Log, task: usize) -> Option<usize> {
    let text = &log.files[log.tasks[task].file].text;
    let at = line_end(text, log.tasks[task].mark);
    let next = &text[at..line_end(text, at)];
    (log.tasks[task].sign == Sign::Line && !next.trim().is_empty()).then_some(at)
}

/// Sets the checkbox or the state word; an item with neither gets a checkbox.
fn done_splice(log: &Log, index: usize, done: bool) -> Splice {
    let (of, mark) = (&log.tasks[index], mark_for(done));
    match of.sign {
        Sign::Box => mark_splice(log, index, mark),
        Sign::Word(length) => {
            let word = if done { "DONE" } else { task::open_word(&log.files[of.file].text, &log.tasks) };
            Splice { span: of.mark..of.mark + length, replacement: word.to_owned() }
        }
        Sign::Label(length) => {
            let label = &log.files[of.file].text[of.mark..of.mark + length];
            let replacement = task::relabelled(label, if done { "DONE" } else { "TODO" });
            Splice { span: of.mark..of.mark + length, replacement }
        }
        Sign::Cell if task::cell_box(&log.files[of.file].text[of.mark..]).is_some() => {
            Splice { span: of.mark + 1..of.mark + 2, replacement: mark.to_string() }
        }
        Sign::Bullet | Sign::Cell => Splice::insert(of.mark, format!("[{mark}] ")),
        Sign::Line => Splice::insert(of.mark, format!("- [{mark}] ")),
    }
}

fn unproved(log: &Log, task: usize) -> Refusal {
    Refusal::TooBroad(Sentence::of(|_| Target::of(log, task).text().to_owned()))
}

/// The bytes of an item's block without the last line ending.
fn content(log: &Log, task: usize) -> Range<usize> {
    let block = style::block(log, task);
    let length = log.files[0].text[block.clone()].trim_end_matches(['\n', '\r']).len();
    block.start..block.start + length
}

/// The bytes of an item's first line after its checkbox or state word, without surrounding white space.
fn first_line(log: &Log, task: usize) -> Range<usize> {
    let text = &log.files[log.tasks[task].file].text;
    let after = log.item_text(task);
    let end = match log.tasks[task].sign {
        Sign::Cell => log.tasks[task].span.end,
        _ => line_end(text, after),
    };
    trimmed(text, after..end)
}

/// (line without its block id, block id such as ` ^a1b2c3`, which must stay at the end of the line).
fn without_block_id(line: &str) -> (&str, &str) {
    line.split_at(block_id_start(line).unwrap_or(line.len()))
}

/// The bytes of an item's own text: its first line and the lines that continue it.
fn own_text(log: &Log, task: usize) -> Range<usize> {
    let text = &log.files[log.tasks[task].file].text;
    let first = first_line(log, task);
    if log.tasks[task].sign == Sign::Cell {
        return first;
    }
    let below = log.children(task).next().map_or(usize::MAX, |child| line_start(text, log.tasks[child].mark));
    let end = style::block(log, task).end.min(below);
    let mut at = line_end(text, first.start);
    let starts_block = |line: &str| {
        let line = line.trim_start_matches([' ', '\t', '>']);
        let marker = line.trim_start_matches(|c: char| c.is_ascii_digit());
        line.trim().is_empty()
            || ["- ", "* ", "+ ", "#", "```", "~~~", "|", "<"].iter().any(|start| line.starts_with(start))
            || marker.len() < line.len() && marker.starts_with(['.', ')'])
    };
    while at < end && !starts_block(&text[at..line_end(text, at)]) {
        at = line_end(text, at);
    }
    trimmed(text, first.start..at.max(first.end))
}

fn trimmed(text: &str, span: Range<usize>) -> Range<usize> {
    let inside = &text[span.clone()];
    let start = inside.len() - inside.trim_start_matches([' ', '\t']).len();
    let length = inside[start..].trim_end().len();
    span.start + start..span.start + start + length
}
