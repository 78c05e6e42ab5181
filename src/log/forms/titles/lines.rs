//! Titles on lines of a paragraph: links, numbered, emphasised or plain.

use std::ops::Range;

use super::{Candidate, TitleInput};
use crate::log::forms::{title, words};
use crate::log::parallel::{in_parallel, joined};
use crate::text::Span;

/// The longest line that can be a title, in bytes, without the targets of its links.
const LONGEST: usize = 400;

/// How many more lines are read for a wrapped title and what follows it. Bounded, since a paragraph may have thousands
/// of titles.
const WRAPPED: usize = 6;

/// The fewest bytes of a line that may be wrapped, and the most words on the line after it.
const WIDE: usize = 70;
const REST: usize = 10;

/// Which lines to find.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum LineKind {
    /// Lines that start with a link.
    Links,
    /// Lines that start with a number.
    Numbers,
    /// Lines that are emphasised as a whole.
    Strong,
    /// Any first line of a paragraph.
    Plain,
}

/// The most words before the link of a title.
const WORDS: usize = 6;

/// The lines of this kind. Several threads search a large file.
pub(super) fn find(input: &TitleInput, kind: LineKind) -> Vec<Candidate> {
    let find = |share: &[Span], _: &mut dyn FnMut(usize)| {
        let mut found = Vec::new();
        share.iter().for_each(|paragraph| find_in(input, kind, &paragraph.range(), &mut found));
        found
    };
    let found = joined(in_parallel(&input.outline.paragraphs, |it| it.range(), &mut |_| {}, find));
    match kind {
        LineKind::Plain => with_second_lines(input, found),
        LineKind::Strong => with_full_titles(input, found),
        LineKind::Links | LineKind::Numbers => found,
    }
}

/// Replaces short names by the full titles in brackets below them, if most have one: `**(1) EMU**`, `[Emus at Work]`.
fn with_full_titles(input: &TitleInput, mut found: Vec<Candidate>) -> Vec<Candidate> {
    let full_title = |candidate: &Candidate| {
        let rest = &input.text[candidate.span().end..];
        let start = candidate.span().end + rest.len() - rest.trim_start().len();
        let line = input.text[start..].lines().next().unwrap_or_default().trim_end();
        let inside = line.strip_prefix('[')?.strip_suffix(']')?;
        let is_title = !inside.contains(['[', ']']) && inside.split_whitespace().count() > 2 && line.len() < LONGEST;
        is_title.then(|| start..start + line.len())
    };
    let titles: Vec<Option<Range<usize>>> = found.iter().map(full_title).collect();
    if titles.iter().flatten().count() * 2 <= found.len().max(2) {
        return found;
    }
    for (candidate, title) in found.iter_mut().zip(titles) {
        if let Some(title) = title {
            let below = &input.text[title.end..];
            let end = title.end + below.find('\n').map_or(below.len(), |newline| newline + 1);
            candidate.span = (candidate.span().start..end).into();
            candidate.text = title.into();
        }
    }
    found
}

/// Completes long titles that are wrapped in the middle of a phrase, without a sign that they continue. Only where few
/// paragraphs have a second line, since it may as well name the authors or begin the summary.
fn with_second_lines(input: &TitleInput, mut found: Vec<Candidate>) -> Vec<Candidate> {
    let lines = |candidate: &Candidate| {
        let text = &input.text[candidate.text];
        text.split_once('\n').map(|(first, rest)| (first.trim_end(), rest)).filter(|(_, rest)| !rest.trim().is_empty())
    };
    if found.iter().filter(|candidate| lines(candidate).is_some()).count() * 3 > found.len() {
        return found;
    }
    for candidate in &mut found {
        let Some((first, second)) = lines(candidate).filter(|(first, second)| continues(first, second.trim())) else {
            continue;
        };
        let read = |text: &str| title::read(text).title;
        let (whole, title) = (read(&input.text[candidate.text]), read(first));
        if whole == title {
            candidate.joined = Some(format!("{title} {}", second.trim()).into());
            candidate.span = (candidate.span().start..candidate.text().end).into();
        }
    }
    found
}

/// Whether a line is the rest of a title: a few capitalised words in Latin letters, but no names, after a long line.
fn continues(first: &str, second: &str) -> bool {
    let is_title = |word: &str| word.len() <= 3 || word.starts_with(|c: char| c.is_ascii_uppercase());
    let is_word = |c: char| c.is_ascii_alphanumeric() || matches!(c, ' ' | '-');
    first.len() >= WIDE
        && first.ends_with(|c: char| c.is_ascii_alphanumeric())
        && second.split_whitespace().count() <= REST
        && second.starts_with(|c: char| c.is_ascii_uppercase())
        && second.chars().all(is_word)
        && second.split_whitespace().all(is_title)
        && !title::are_people(second, 1)
        && words::venue(second).is_none()
}

/// Adds the lines of a paragraph.
fn find_in(input: &TitleInput, kind: LineKind, paragraph: &Range<usize>, found: &mut Vec<Candidate>) {
    if input.is_pending_list(paragraph.start) {
        return;
    }
    let lines = match kind {
        LineKind::Plain => first_line(input.text, paragraph),
        _ => paragraph.clone(),
    };
    each_line(input.text, &lines, |line| {
        let date = input.date(line.start);
        if date.is_some_and(|(_, tail)| tail.is_none()) {
            return;
        }
        let start = date.and_then(|(_, tail)| tail).filter(|start| line.contains(start)).unwrap_or(line.start);
        // The marks around a bold line begin before its date.
        let from = if kind == LineKind::Strong { line.start } else { start };
        let text = input.text[from..line.end].trim();
        if is_of_kind(text, kind) || kind == LineKind::Links && start > line.start && has_link_soon(text) {
            let below = &input.text.as_bytes()[line.end..paragraph.end];
            let below = memchr::memchr_iter(b'\n', below).nth(WRAPPED);
            let end = below.map_or(paragraph.end, |at| line.end + at + 1);
            found.push(Candidate::new(line.clone(), start..end));
        }
    });
}

/// Whether a title behind a date begins with a few words before its link: `Emus: [Birds at Work](a.pdf)`.
fn has_link_soon(text: &str) -> bool {
    let before = text.split_once('[').filter(|(_, link)| link.contains("](")).map(|(before, _)| before);
    before.is_some_and(|before| before.split_whitespace().count() <= WORDS && !before.contains([']', '(', '。']))
}

/// The first line of a range.
fn first_line(text: &str, range: &Range<usize>) -> Range<usize> {
    let end = memchr::memchr(b'\n', &text.as_bytes()[range.clone()]);
    range.start..end.map_or(range.end, |end| range.start + end + 1)
}

/// Calls `each` with every line of a range.
pub(super) fn each_line(text: &str, range: &Range<usize>, mut each: impl FnMut(Range<usize>)) {
    let mut at = range.start;
    let ends = memchr::memchr_iter(b'\n', &text.as_bytes()[range.clone()]).map(|end| range.start + end + 1);
    for end in ends.chain([range.end]) {
        if end > at {
            each(at..end);
            at = end;
        }
    }
}

fn is_of_kind(line: &str, kind: LineKind) -> bool {
    let unmarked = line.trim_start_matches(['*', '_', ' ']);
    match kind {
        LineKind::Links => {
            let unmarked = title::without_status(without_signs(line)).trim_start_matches(['*', '_', ' ']);
            let unmarked =
                unmarked.trim_start_matches(|c: char| c.is_ascii_digit()).trim_start_matches(['.', '、', ')', ' ']);
            let is_image = unmarked.starts_with("[![");
            let is_link = unmarked.starts_with('[') && unmarked.contains("](") || unmarked.starts_with("<a ");
            is_link && !is_image || ends_in_url(line)
        }
        LineKind::Numbers => {
            let in_brackets = line.strip_prefix('[').and_then(|rest| rest.split_once("] "));
            if let Some((number, _)) = in_brackets {
                return (1..=4).contains(&number.len())
                    && number.bytes().all(|byte| byte.is_ascii_digit())
                    && is_short(line);
            }
            let digits = unmarked.bytes().take_while(u8::is_ascii_digit).count();
            let rest = &unmarked[digits..];
            let behind = rest.strip_prefix(['.', '、', '．', ')', '）']);
            let is_title = behind.is_some_and(|text| !text.starts_with(|c: char| c.is_ascii_digit()));
            (1..=4).contains(&digits) && is_title && is_short(line)
        }
        LineKind::Strong => {
            // Skip a leading emoji, also as an entity.
            let line = line.strip_prefix('&').and_then(|rest| rest.split_once(';')).map_or(line, |(_, rest)| rest);
            let line = line.trim_start_matches(|c: char| !c.is_ascii() && !c.is_alphabetic() || c == ' ');
            // The visible line of a folded block: `<summary><b>Emus at Work</b></summary>`.
            let line = line.strip_prefix("<summary>").map_or(line, str::trim_start);
            let strong = ["**", "__", "<b>", "<strong>", "<u>", "<i>"].iter().any(|mark| line.starts_with(mark));
            strong && is_short(line) && ends_strong(line)
        }
        LineKind::Plain => {
            let letters = line.trim_start_matches(['“', '"', '‘', ' ']).trim_start_matches("\\*");
            is_short(line) && letters.starts_with(char::is_alphanumeric)
        }
    }
}

/// Whether a line is short enough for a title. URLs may be long.
fn is_short(line: &str) -> bool {
    if line.len() < LONGEST {
        return true;
    }
    let targets = line.split("](").skip(1).map(|rest| rest.find([')', ' ']).unwrap_or(rest.len()));
    line.len() - targets.sum::<usize>() < LONGEST
}

/// Whether a line is a title before the URL of a paper in brackets: `Emus at Work (https://…)`.
fn ends_in_url(line: &str) -> bool {
    let Some((title, url)) = line.strip_suffix(')').and_then(|line| line.rsplit_once("(http")) else {
        return false;
    };
    // `[pdf](https://…)` is no title.
    !title.ends_with(']')
        && !url.contains([' ', ')'])
        && words::is_paper_url(url)
        && title.starts_with(|c: char| c.is_alphanumeric() || c == '~')
        && title.split_whitespace().nth(1).is_some()
}

/// A line without symbols at its start: `🔗 [Emus at Work](…)`, `:link: [Emus at Work](…)`.
fn without_signs(line: &str) -> &str {
    let is_sign = |c: char| c == ' ' || !c.is_ascii() && !c.is_alphanumeric() && !"《【（“「『".contains(c);
    let line = line.trim_start_matches(is_sign);
    let named = line.strip_prefix(':').and_then(|rest| rest.split_once(": "));
    let is_name = |name: &str| !name.is_empty() && name.bytes().all(|b| b.is_ascii_lowercase() || b"_-".contains(&b));
    named.filter(|(name, _)| is_name(name)).map_or(line, |(_, rest)| rest)
}

/// Whether emphasis at the start of a line ends at the end of the line, or before links or a venue.
fn ends_strong(line: &str) -> bool {
    let end = line.rfind("**").filter(|&end| end > 2).map_or("", |end| &line[end + 2..]);
    if !end.is_empty() && words::venue(end.trim_matches([' ', ',', '.', '(', ')'])).is_some() {
        return true;
    }
    let line = line.strip_suffix("</summary>").unwrap_or(line);
    let ends = [" [", "<a ", "http"].into_iter().find_map(|sign| line.find(sign));
    let line = line[..ends.unwrap_or(line.len())].trim_end_matches(['\\', ' ', '.', ':', '：']);
    ["**", "__", "</b>", "</strong>", "</u>", "</i>", "<br>", "<br/>"].iter().any(|mark| line.ends_with(mark))
}
