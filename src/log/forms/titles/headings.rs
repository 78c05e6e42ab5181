//! Titles in headings of one level: `#### Emus at Work`.

use std::ops::Range;

use super::{Candidate, TitleInput, numbered};
use crate::log::forms::{title, words};
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
    let (span, text) = match title_below(input, heading) {
        Some(line) => (heading.span().start..input.line_end(line.start), line),
        None => (heading.span(), text),
    };
    Candidate { level: heading.level, ..Candidate::new(span, text) }
}

/// Words of a heading that only counts its papers.
const COUNTED: &[&str] = &["paper", "article", "论文", "論文", "文献", "文章", "논문"];

/// The line with the title, in bold and directly below a heading that only counts: `# Paper 3`, `**Emus at Work**`.
fn title_below(input: &TitleInput, heading: &Heading) -> Option<Range<usize>> {
    let word = heading.text.trim_end_matches(|c: char| c.is_ascii_digit() || " #.:：".contains(c));
    let is_counted = word.len() < heading.text.len() && COUNTED.iter().any(|it| word.eq_ignore_ascii_case(it));
    if !is_counted || !heading.text.ends_with(|c: char| c.is_ascii_digit() || ".:：".contains(c)) {
        return None;
    }
    let below = &input.text[heading.span().end..];
    let start = heading.span().end + below.len() - below.trim_start().len();
    let line = input.text[start..input.line_end(start)].trim_end();
    let inside = line.strip_prefix("**")?.strip_suffix("**").filter(|inside| !inside.contains("**"))?;
    (!inside.trim().is_empty() && !words::is_part(inside)).then_some(start..start + line.len())
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
