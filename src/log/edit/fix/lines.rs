//! Fixes lines that were meant as structure, and headings in an unusual style.

use super::super::style::line_ending;
use super::{Meant, UnprovenFix};
use crate::log::check::Diagnostic;
use crate::log::{File, Log};
use crate::say;

/// (byte where the finding's line begins, its text without the line ending).
fn line<'a>(log: &'a Log, finding: &Diagnostic) -> (usize, &'a str) {
    let file: &File = &log.files[finding.file];
    let (start, line) = (file.start_of(finding.line), file.line(finding.line).trim_end());
    let bare = line.trim_start_matches('\u{FEFF}');
    (start + line.len() - bare.len(), bare)
}

/// Rewrites a heading in the usual style. Returns (whether the fix is certain, candidates). A change of depth is not
/// certain, since the depth may be intended.
pub(super) fn style(log: &Log, finding: &Diagnostic, from: &str, like: &str) -> (bool, Vec<UnprovenFix>) {
    let (start, line) = line(log, finding);
    let depth = |line: &str| line.len() - line.trim_start_matches('#').len();
    if line != from {
        return (false, Vec::new());
    }
    let candidate = UnprovenFix::one(start..start + line.len(), like.to_owned(), Meant::Nothing, |language| {
        say!(language, "rewrite “{from}” as “{like}”", "将“{from}”改写为“{like}”")
    });
    (depth(from) == depth(like), vec![candidate])
}

/// Adds the missing space: `##2031.5.17`.
pub(super) fn space(log: &Log, finding: &Diagnostic) -> Option<UnprovenFix> {
    let (start, line) = line(log, finding);
    let marks = line.len() - line.trim_start_matches('#').len();
    let at = start + marks;
    // Among dated headings, a date is read even without the space.
    let is_read = log.sections_of(finding.file).iter().any(|section| section.line() == finding.line);
    let meant = if is_read { Meant::Nothing } else { Meant::Heading };
    (marks > 0).then(|| {
        UnprovenFix::one(at..at, " ".into(), meant, |language| {
            say!(language, "make “{line}” a heading", "将“{line}”改为标题")
        })
    })
}

/// Writes `- []x`, `-[ ] x` and `- [ ]x` as a task.
pub(super) fn task(log: &Log, finding: &Diagnostic) -> Option<UnprovenFix> {
    let (start, line) = line(log, finding);
    let item = line.trim_start();
    let marker = item.strip_prefix(['-', '*', '+'])?;
    let (mark, text) = marker.trim_start().strip_prefix('[')?.split_once(']')?;
    let mark = if matches!(mark, "x" | "X") { mark } else { " " };
    let text = text.trim_start();
    let gap = &marker[..marker.len() - marker.trim_start().len()];
    let gap = if gap.is_empty() { " " } else { gap };
    let at = start + line.len() - marker.len();
    let end = start + line.len() - text.len();
    (!text.is_empty()).then(|| {
        UnprovenFix::one(at..end, format!("{gap}[{mark}] "), Meant::Task, |language| {
            say!(language, "make “{item}” a checkbox", "将“{item}”改为复选框")
        })
    })
}

/// Removes a date from the end of a line if the next heading repeats it; otherwise moves the date and its `#` to a line
/// of their own.
pub(super) fn unglue(log: &Log, finding: &Diagnostic, date: &str) -> Option<UnprovenFix> {
    let file = &log.files[finding.file];
    let (start, line) = line(log, finding);
    let before = line.strip_suffix(date)?;
    let prose = before.trim_end().trim_end_matches('#').trim_end();
    let (at, end) = (start + prose.len(), start + line.len());
    let next = log.sections_of(finding.file).iter().find(|section| section.line() > finding.line);
    if next.is_some_and(|next| *next.heading == *date) {
        return Some(UnprovenFix::one(at..end, String::new(), Meant::Nothing, |language| {
            say!(language, "remove {date} from the end of the line", "删去行末的 {date}")
        }));
    }
    let heading = before[prose.len()..].trim();
    if heading.is_empty() {
        return None;
    }
    let ending = line_ending(file);
    let new = format!("{ending}{ending}{heading} {date}{ending}");
    Some(UnprovenFix::one(at..end, new, Meant::Heading, |language| {
        say!(language, "put {date} on a line of its own", "将 {date} 移到单独一行")
    }))
}
