//! Titles in headings of one level: `#### Emus at Work`.

use super::{Candidate, TitleInput, numbered};
use crate::log::forms::title;
use crate::log::outline::Heading;

/// The headings of a level, except dates, headings of pending lists, and numbered sections of papers.
pub(super) fn find(input: &TitleInput, level: u8) -> Vec<Candidate> {
    let all = &input.outline.headings;
    let headings = || all.iter().filter(|heading| heading.level == level);
    // If the first heading is the only one of its level, it is the title of the file.
    let is_name = headings().count() == 1 && all.first().is_some_and(|first| first.level == level);
    if is_name && all.len() > 1 {
        return Vec::new();
    }
    let sections = numbered::sections(input, level);
    let found = headings()
        .filter(|heading| !input.is_date(heading.span().start) && !input.dialect.is_pending(&heading.text))
        .filter(|heading| !heading.text.trim().is_empty() && !sections.contains(&heading.span().start));
    joined(input, found.map(|heading| candidate(input, heading)).collect())
}

fn candidate(input: &TitleInput, heading: &Heading) -> Candidate {
    let line = &input.text[heading.span()];
    let start = heading.span().start + line.find(&*heading.text).unwrap_or(0);
    // An underlined heading may have several lines.
    let underline = || line.trim_end().rfind('\n').map(|end| heading.span().start + end);
    let end = if heading.atx { None } else { underline() };
    let text = start..end.unwrap_or(0).max(start + heading.text.len());
    // In a file with lone `\r` line endings, several headings share one `\n` line, so the date found may belong to
    // another heading.
    let behind_date = input.title_start(heading.span().start).filter(|at| text.contains(at));
    let text = behind_date.unwrap_or(text.start)..text.end;
    Candidate { level: heading.level, ..Candidate::new(heading.span(), text) }
}

/// Joins each title that is continued in the heading on the next line: `## Emus at Work:`, `## Counting Birds`.
fn joined(input: &TitleInput, found: Vec<Candidate>) -> Vec<Candidate> {
    let mut titles: Vec<Candidate> = Vec::with_capacity(found.len());
    for candidate in found {
        let before = titles.last_mut().filter(|before| {
            let gap = input.text.get(before.span().end..candidate.span().start);
            let first = input.text[before.text].trim_end();
            gap.is_some_and(|gap| gap.trim().is_empty() && !gap.contains('\n')) && title::is_broken_off(first)
        });
        let Some(before) = before else {
            titles.push(candidate);
            continue;
        };
        let read = |part: &Candidate| title::read(&input.text[part.text]).title;
        let colon = if input.text[before.text].trim_end().ends_with([':', '：']) { ":" } else { "" };
        let first = before.joined.take().map_or_else(|| read(before), String::from);
        before.joined = Some(format!("{first}{colon} {}", read(&candidate)).into());
        before.span = (before.span().start..candidate.span().end).into();
    }
    titles
}
