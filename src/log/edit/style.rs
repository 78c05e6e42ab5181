//! The style of a file's items: markers, indentation, line endings, blank lines.

use std::ops::Range;

use super::splice::{line_end, line_start};
use crate::log::{File, Log, Sign, task};

/// The line ending of most lines; `\n` if there is none.
pub(super) fn line_ending(file: &File) -> &'static str {
    let text = file.text.as_bytes();
    let all = memchr::memchr_iter(b'\n', text).count();
    let crlf = memchr::memmem::find_iter(text, b"\r\n").count();
    if crlf * 2 > all { "\r\n" } else { "\n" }
}

/// The lines of an item and everything below it, without trailing blank lines.
pub(super) fn block(log: &Log, task: usize) -> Range<usize> {
    let (text, task) = (&log.files[log.tasks[task].file].text, &log.tasks[task]);
    let start = line_start(text, task.mark);
    let least = if task.sign == Sign::Box { task.mark + 2 } else { task.mark };
    let end = task.span.end.max(least).min(text.len());
    let content = text[start..end].trim_end_matches([' ', '\t', '\n', '\r', '>']).len().max(least - start);
    start..line_end(text, start + content)
}

/// (indentation, marker with the space after it) from an item's line, up to its checkbox, state word or text. `None` if
/// another item's marker is on the same line.
pub(super) fn prefix(log: &Log, task: usize) -> Option<(&str, &str)> {
    let (text, task) = (&log.files[log.tasks[task].file].text, &log.tasks[task]);
    let line = &text[line_start(text, task.head())..task.head()];
    let line = line.strip_prefix('\u{FEFF}').unwrap_or(line);
    let indent = line.len() - line.trim_start_matches([' ', '\t', '>']).len();
    let (indent, marker) = line.split_at(indent);
    if task.sign == Sign::Line {
        return marker.is_empty().then_some((indent, marker));
    }
    let bullet = marker.trim_end();
    let is_marker = matches!(bullet, "-" | "*" | "+")
        || bullet.len() > 1
            && bullet.ends_with(['.', ')'])
            && bullet[..bullet.len() - 1].bytes().all(|byte| byte.is_ascii_digit());
    is_marker.then_some((indent, marker))
}

/// The marker for the next item: numbers count up.
pub(super) fn next_marker(marker: &str) -> String {
    let digits = marker.len() - marker.trim_start_matches(|c: char| c.is_ascii_digit()).len();
    match marker[..digits].parse::<u32>() {
        Ok(number) => format!("{}{}", number.saturating_add(1), &marker[digits..]),
        Err(_) => marker.to_owned(),
    }
}

/// What goes between the marker and the text of a new open item that is like this task.
pub(super) fn sign(log: &Log, task: usize) -> String {
    match log.tasks[task].sign {
        Sign::Box => "[ ] ".to_owned(),
        Sign::Word(_) => format!("{} ", task::open_word(&log.files[log.tasks[task].file].text, &log.tasks)),
        Sign::Label(length) => {
            let of = &log.tasks[task];
            format!("{} ", task::relabelled(&log.files[of.file].text[of.mark..of.mark + length], "TODO"))
        }
        Sign::Bullet | Sign::Line | Sign::Cell => String::new(),
    }
}

/// The siblings of a task in its list, including itself: same section, same parent.
pub(super) fn siblings(log: &Log, task: usize) -> Vec<usize> {
    let family = |task: usize| {
        let of = &log.tasks[task];
        (of.file, of.section, log.holder(task), of.parent)
    };
    (0..log.tasks.len()).filter(|&other| family(other) == family(task)).collect()
}

/// Whether a blank line separates a task from its neighbour in the list.
pub(super) fn is_loose(log: &Log, task: usize) -> bool {
    let siblings = siblings(log, task);
    let at = siblings.iter().position(|&sibling| sibling == task).unwrap_or(0);
    let pair = siblings.get(at..at + 2).or_else(|| siblings.get(at.checked_sub(1)?..=at));
    pair.is_some_and(|pair| has_gap(log, block(log, pair[0]).end, block(log, pair[1]).start))
}

/// How a child is written below its parent.
pub(super) struct Nesting {
    /// Indentation before the child's marker.
    pub indent: String,
    /// The child's marker.
    pub marker: String,
    /// Whether a blank line separates a parent from its first child.
    pub gap: bool,
}

/// How to write the first child of a task: like the nearest existing child in the file, or else indented to the
/// parent's text.
pub(super) fn nesting(log: &Log, task: usize) -> Option<Nesting> {
    let (indent, marker) = prefix(log, task)?;
    let example = |child: &usize| {
        let parent = log.tasks[*child].parent?;
        if log.tasks[*child].file != log.tasks[task].file || log.tasks[parent].line == log.tasks[*child].line {
            return None;
        }
        let ((outer, parent_marker), (inner, child_marker)) = (prefix(log, parent)?, prefix(log, *child)?);
        let step = inner.strip_prefix(outer).filter(|step| !step.is_empty())?;
        (parent_marker.len() == marker.len()).then(|| Nesting {
            indent: format!("{indent}{step}"),
            marker: child_marker.to_owned(),
            gap: log.tasks[..*child].iter().rposition(|before| before.file == log.tasks[task].file) == Some(parent)
                && has_gap(
                    log,
                    line_end(&log.files[log.tasks[task].file].text, log.tasks[parent].mark),
                    block(log, *child).start,
                ),
        })
    };
    let mut children: Vec<usize> = (0..log.tasks.len()).filter(|&index| log.tasks[index].parent.is_some()).collect();
    children.sort_by_key(|child| child.abs_diff(task));
    let first = |child: &usize| log.tasks[*child].parent == child.checked_sub(1);
    let own = || Nesting {
        indent: format!("{indent}{}", " ".repeat(marker.trim_end().len() + 1)),
        marker: marker.to_owned(),
        gap: false,
    };
    let found = children.iter().filter(|child| first(child)).find_map(example);
    Some(found.or_else(|| children.iter().find_map(example)).unwrap_or_else(own))
}

/// Whether two offsets are separated only by white space with a blank line in it.
fn has_gap(log: &Log, from: usize, to: usize) -> bool {
    log.files[0]
        .text
        .get(from..to)
        .is_some_and(|gap| gap.contains('\n') && gap.trim_matches([' ', '\t', '\n', '\r', '>']).is_empty())
}
