//! Dates on lines of their own: plain, bold or HTML.

use std::ops::Range;

use super::{DateForm, DateInput, DateMark, Place, has_year, is_sorted, read, title_start};
use crate::log::date::{ParsedDate, may_start};
use crate::log::parallel::find_in_parallel;

/// The longest line that can be a date, in bytes.
const LONGEST: usize = 80;
/// The longest bold line that can be a date, in bytes. Such a line is a heading in all but its marks.
const LONGEST_BOLD: usize = 240;

/// Whether a whole line is bold.
fn is_bold(text: &str) -> bool {
    [("**", "**"), ("__", "__"), ("<b>", "</b>"), ("<strong>", "</strong>")].iter().any(|(open, close)| {
        let inside = text.strip_prefix(open).and_then(|text| text.trim_end_matches(['\\', ' ']).strip_suffix(close));
        inside.is_some_and(|inside| !inside.contains(close))
    })
}

/// A date before a link or `《》`: `**Day 4** (2031-05-17): [Emus at Work](a.pdf)`.
fn before_link(text: &str) -> Option<ParsedDate> {
    // A quick check that rejects most lines.
    if !may_start(text) {
        return None;
    }
    let mut signs = memchr::memchr3_iter(b'[', b'<', "《".as_bytes()[0], text.as_bytes());
    let at = signs.find(|&at| text[at..].starts_with(['[', '<', '《'])).filter(|&at| {
        let link = &text[at..];
        at > 0 && (link.starts_with('《') || link.starts_with("<a ") || link.starts_with('[') && link.contains("]("))
    })?;
    let date = text[..at].trim_end_matches([' ', ':', '：', '-', '–', '—', '*', '_', '|']);
    let parsed = Some(date).filter(|date| date.len() <= LONGEST).and_then(|date| read(date, Place::Line))?;
    (parsed.alone && has_year(&parsed.what)).then_some(ParsedDate { alone: false, span: 0..date.len(), ..parsed })
}

/// A bold date before a title with a link: `**2031-05-17** Emus: [Birds at Work](a.pdf)`.
fn bold_before_words(text: &str) -> Option<ParsedDate> {
    let (date, rest) = text.strip_prefix("**").or_else(|| text.strip_prefix("__"))?.split_once(&text[..2])?;
    let parsed = Some(date).filter(|date| may_start(date) && date.len() <= LONGEST && rest.contains("]("))?;
    let parsed = read(parsed, Place::Line).filter(|parsed| parsed.alone && has_year(&parsed.what))?;
    Some(ParsedDate { alone: false, span: 0..date.len() + 4, ..parsed })
}

/// A quick check that rejects most lines: whether one starts like a date, with emphasis, or like one of [`BEFORE`].
fn may_have_date(text: &str) -> bool {
    let Some(first) = text.bytes().next() else { return false };
    let is_before = || BEFORE.iter().any(|word| word.as_bytes()[0] == first.to_ascii_lowercase());
    matches!(first, b'*' | b'_' | b'<') || is_before() || may_start(text)
}

/// Prepositions and the like that may precede a date.
const BEFORE: [&str; 9] = ["before", "after", "since", "until", "from", "on", "around", "early", "late"];

/// A date after a preposition or the like: `before 2031/5/17`, `late May 2031`.
fn before(text: &str) -> Option<ParsedDate> {
    let (word, date) = text.trim_end_matches([':', '：']).split_once(' ')?;
    let is_word = BEFORE.iter().any(|known| known.eq_ignore_ascii_case(word));
    let parsed = is_word.then(|| read(date.trim(), Place::Cell)).flatten().filter(|parsed| parsed.alone)?;
    Some(ParsedDate { span: 0..text.len(), ..parsed })
}

/// The first line of a paragraph, if it is a date.
fn first_line(input: &DateInput, paragraph: &Range<usize>) -> Option<DateMark> {
    let line = input.text[paragraph.clone()].split_inclusive('\n').next().unwrap_or_default();
    let text = line.trim();
    if !may_have_date(text) {
        return None;
    }
    let is_bold = text.len() <= LONGEST_BOLD && is_bold(text.trim_end_matches("<br>"));
    let linked = before_link(text).or_else(|| bold_before_words(text));
    if text.len() > LONGEST && !is_bold && linked.is_none() {
        return None;
    }
    let start = paragraph.start + line.len() - line.trim_start().len();
    let topic = || is_bold.then(|| read(text, Place::Heading)).flatten().filter(|parsed| has_year(&parsed.what));
    let parsed = || read(text, Place::Line).or_else(|| before(text));
    let (parsed, is_before_title) = match linked {
        Some(linked) => (linked, true),
        None => match parsed() {
            Some(parsed) if parsed.alone || !is_bold => (parsed, false),
            other => (topic().or(other)?, true),
        },
    };
    let title = if is_before_title { title_start(text, start, parsed.span.end) } else { None };
    let at = input.text[..paragraph.start].rfind('\n').map_or(0, |newline| newline + 1);
    Some(DateMark {
        at,
        after: paragraph.start + line.len(),
        name: start..start + text.len(),
        what: parsed.what,
        title_start: title,
        level: 0,
        form: DateForm::Lines,
    })
}

/// Whether a text is nothing but a month and a day that cannot be anything else: `5月17日`.
fn is_day_of_month(text: &str) -> bool {
    let parts = text.strip_suffix(['日', '号']).and_then(|text| text.split_once('月'));
    let is_number = |text: &str| (1..=2).contains(&text.len()) && text.bytes().all(|byte| byte.is_ascii_digit());
    parts.is_some_and(|(month, day)| is_number(month.trim()) && is_number(day.trim()))
}

/// The first lines of paragraphs that are dates, if they form a calendar.
pub(super) fn find(input: &DateInput) -> Vec<DateMark> {
    let marks =
        find_in_parallel(&input.outline.paragraphs, |it| it.range(), |paragraph| first_line(input, &paragraph.range()));
    let full = marks.iter().filter(|mark| has_year(&mark.what)).count();
    let are_days = marks.iter().all(|mark| is_day_of_month(&input.text[mark.name.clone()]));
    let is_calendar = marks.len() > 1 && (full > 0 || marks.len() > 3 || are_days) && is_sorted(&marks);
    if is_calendar || marks.len() == 1 && (full == 1 || are_days) || input.dialect.dates() == Some(DateForm::Lines) {
        marks
    } else {
        Vec::new()
    }
}
