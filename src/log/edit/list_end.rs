//! Adds items at the end of the pending list, or in a new one. A log for which a [`Plan`] is made has a single file.

use super::proof::Element;
use super::splice::line_end;
use super::tasks::{add_after, new_task};
use super::{Plan, Refusal, day, item_line, style};
use crate::log::{Log, SectionKind, Sign, Task, normalise};

/// The ways to add an item at the end of the list.
pub(super) fn add_at_end(log: &Log, text: &str) -> Result<Vec<Plan>, Refusal> {
    at_end(log, &item_line(text)?)
}

/// The ways to add several items at the end of the list, all in the style of the first.
pub(super) fn add_all(log: &Log, texts: &[String]) -> Result<Vec<Plan>, Refusal> {
    let texts: Vec<String> = texts.iter().map(|text| item_line(text)).collect::<Result<_, _>>()?;
    let first = texts.first().ok_or(Refusal::Empty)?;
    at_end(log, first)?.into_iter().map(|plan| with_all(log, plan, &texts)).collect()
}

/// Turns a plan that adds the first of several items into one that adds all of them.
fn with_all(log: &Log, mut plan: Plan, texts: &[String]) -> Result<Plan, Refusal> {
    let first = texts.first().ok_or(Refusal::Empty)?;
    let (_, into) = plan.focus;
    let [splice] = plan.splices.as_mut_slice() else { return Err(Refusal::Empty) };
    let (before, rest) = splice.replacement.split_at(into);
    let (line, after) = rest.split_at(rest.find(['\r', '\n']).unwrap_or(rest.len()));
    let lead = line.strip_suffix(first.as_str()).ok_or(Refusal::Empty)?;
    let ending = style::line_ending(&log.files[0]);
    let is_loose = before.ends_with(&ending.repeat(2))
        || before == ending && log.files[0].text[..splice.span.start].ends_with('\n');
    let gap = if is_loose { ending.repeat(2) } else { ending.to_owned() };
    let lines: Vec<String> = texts.iter().map(|text| format!("{lead}{text}")).collect();
    splice.replacement = format!("{before}{}{after}", lines.join(&gap));
    let like = plan.inside.as_mut().and_then(|inside| match inside.pop() {
        Some(Element::Task(_, state, depth)) => Some((inside, state, depth)),
        _ => None,
    });
    let (inside, state, depth) = like.ok_or(Refusal::Empty)?;
    inside.extend(texts.iter().map(|text| Element::Task(normalise(text), state, depth)));
    Ok(plan)
}

/// Whether a log has no pending list yet. In a log without a named list, all undated checkboxes are the list.
pub(super) fn lacks_list(log: &Log) -> bool {
    named_list(log).is_none() && last_of_list(log).is_none()
}

fn named_list(log: &Log) -> Option<usize> {
    log.sections.iter().rposition(|section| section.kind == SectionKind::Pending)
}

/// The last item of the list that is not below another item.
fn last_of_list(log: &Log) -> Option<usize> {
    let pending = named_list(log);
    let is_of_list = |task: &Task| match pending {
        Some(list) => task.section == list,
        None => !log.sections[task.section].kind.is_dated(),
    };
    let is_root = |task: &Task| task.pending && task.parent.is_none() && is_of_list(task);
    // A row below a table would be part of the table.
    log.tasks.iter().rposition(is_root).filter(|&last| log.tasks[last].sign != Sign::Cell)
}

fn at_end(log: &Log, text: &str) -> Result<Vec<Plan>, Refusal> {
    if let Some(last) = last_of_list(log) {
        return add_after(log, last, text).map(|plan| vec![plan]);
    }
    let Some(pending) = named_list(log) else { return Ok(day::new_pending_lists(log, text)) };
    // At the end of the section, after a blank line.
    let section = &log.sections[pending];
    let end = section.span().start + log.files[0].text[section.span()].trim_end().len();
    let marker = log.tasks.iter().position(|_| true).and_then(|task| style::prefix(log, task));
    let marker = marker.map(|(_, marker)| marker).filter(|marker| !marker.starts_with(|c: char| c.is_ascii_digit()));
    let line = format!("{}[ ] {text}", marker.unwrap_or("- "));
    let at = line_end(&log.files[0].text, end.saturating_sub(1).max(section.span().start));
    Ok(vec![new_task(log, at, true, &line, text, 1)])
}
