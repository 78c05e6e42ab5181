//! Typing mistakes: lines meant as structure that Markdown reads as text.

use super::{Diagnostic, Problem};
use crate::log::date::read_heading;
use crate::log::dialect::Dialect;
use crate::log::forms::front;
use crate::log::outline::Outline;
use crate::log::{Log, SectionKind};

/// The longest excerpt of a line in a finding, in chars.
const QUOTED: usize = 40;

/// Checks every line outside code and comments.
pub fn lines(log: &Log, found: &mut Vec<Diagnostic>) {
    for (index, file) in log.files.iter().enumerate() {
        let base = front::read(&file.text).length;
        let outline = Outline::scan(&file.text[base..], &mut |_| {});
        let mut at = base;
        for (line, number) in file.text[base..].split_inclusive('\n').zip(file.line_of(base)..) {
            if !outline.is_hidden(at - base) {
                let text = line.trim_end();
                let problem = glued_heading(log, index, text, at)
                    .or_else(|| heading_without_space(text, &file.dialect))
                    .or_else(|| unclosed_title(log, index, text, at))
                    .or_else(|| not_a_task(text));
                found.extend(problem.map(|problem| Diagnostic { file: index, line: number, problem }));
            }
            at += line.len();
        }
    }
}

/// A date at the end of prose, either with `#` before it, or glued to a letter and the same as the next heading.
fn glued_heading(log: &Log, file: usize, line: &str, at: usize) -> Option<Problem> {
    let start = line.rfind(|c: char| !(c.is_ascii_digit() || "-./_".contains(c))).map_or(0, |at| {
        let last = line[at..].chars().next();
        at + last.map_or(0, char::len_utf8)
    });
    let (before, date) = line.split_at(start);
    read_heading(date)?;
    let marked = before.trim_end_matches(' ').trim_end_matches('#');
    let is_marked =
        marked.len() < before.trim_end_matches(' ').len() && !marked.trim_matches(['#', '>', ' ', '\t']).is_empty();
    let next = log.sections.get(sections_to(log, file, at)).filter(|next| next.file() == file);
    let is_glued = before.ends_with(char::is_alphabetic) && next.is_some_and(|next| *next.heading == *date);
    (is_marked || is_glued).then(|| Problem::GluedHeading(date.to_owned()))
}

/// How many sections of the log begin at or before byte `at` of a file.
fn sections_to(log: &Log, file: usize, at: usize) -> usize {
    log.sections.partition_point(|section| (section.file(), section.span().start) <= (file, at))
}

fn heading_without_space(line: &str, dialect: &Dialect) -> Option<Problem> {
    let text = line.trim_start_matches('#');
    let is_marked = (1..=6).contains(&(line.len() - text.len()));
    let is_heading =
        is_marked && !text.starts_with([' ', '\t']) && (read_heading(text).is_some() || dialect.is_pending(text));
    is_heading.then(|| Problem::HeadingWithoutSpace(quoted(line)))
}

/// A `《` at the start of a line under a date, closed neither on that line nor on the next.
fn unclosed_title(log: &Log, file: usize, line: &str, at: usize) -> Option<Problem> {
    let text = line.trim_start();
    if !text.starts_with('《') || line.len() - text.len() > 3 {
        return None;
    }
    let next = log.files[file].text[at + line.len()..].lines().nth(1).unwrap_or_default();
    let is_dated = |kind| matches!(kind, SectionKind::Day(_) | SectionKind::Range(..));
    let section = log.sections.get(sections_to(log, file, at).checked_sub(1)?)?;
    let is_open = !line.contains('》') && !next.contains('》');
    (is_open && is_dated(section.kind)).then(|| Problem::UnclosedTitle(quoted(text)))
}

/// `- [] x`, `- [ ]x`, `-[ ] x`, or a non-ASCII space in the checkbox. `[-]` is a valid mark, and `[](…)` is a link.
fn not_a_task(line: &str) -> Option<Problem> {
    let item = line.trim_start().strip_prefix(['-', '*', '+'])?;
    let spaced = item.starts_with([' ', '\t']);
    let (mark, text) = item.trim_start().strip_prefix('[')?.split_once(']')?;
    let is_box = matches!(mark, "" | " " | "x" | "X" | "\u{A0}" | "\u{3000}");
    let is_task = spaced && !matches!(mark, "" | "\u{A0}" | "\u{3000}") && text.starts_with([' ', '\t']);
    let is_other = text.is_empty() || text.starts_with(['(', '[', ':']);
    (is_box && !is_task && !is_other).then(|| Problem::NotATask(quoted(line.trim_start())))
}

fn quoted(text: &str) -> String {
    let mut quoted: String = text.chars().take(QUOTED).collect();
    if quoted.len() < text.len() {
        quoted.push('…');
    }
    quoted
}
