//! Finds where a title ends in a plain text: before a remark, or before a mark that begins one.

use super::behind::is_subtitle;
use super::citation::are_people;
use super::lead::read_date;
use super::parts::has_words;
use crate::log::has_two_spaces;
use crate::text::is_han;

/// Where the title ends in a plain text, in bytes: before a remark, before a colon or dash with Chinese text after it,
/// or before a mark such as `|` or `★`.
pub(super) fn ending(text: &str, begun: bool) -> Option<usize> {
    let is_rest = |at: usize| begun || text[..at].chars().any(char::is_alphanumeric);
    if let Some(at) = remark(text, begun) {
        return Some(at);
    }
    if text.is_ascii() && !text.contains('|') {
        return None;
    }
    let marks = ["：", "|", "—", "–", "；", "√", "☆", "★", "✅", "⭐"];
    // All of them start with one of these bytes.
    let may_be_marks = memchr::memchr3_iter(b'|', 0xE2, 0xEF, text.as_bytes());
    let found = may_be_marks.filter_map(|at| Some((at, *marks.iter().find(|mark| text[at..].starts_with(**mark))?)));
    for (at, mark) in found {
        let behind = text[at + mark.len()..].trim_start();
        let is_han = behind.starts_with(|c: char| !c.is_ascii());
        let before = text[..at].trim();
        let is_latin = before.chars().filter(|c| !c.is_ascii()).count() * 4 < before.chars().count();
        let ends = match mark {
            // `Emu：A Study` is a title; in `A Study of Emus：值得一看` a remark follows.
            "：" => is_latin && is_han && before.split_whitespace().count() > 1,
            "—" | "–" => text[..at].ends_with(' ') && (behind.is_empty() || is_han && is_latin),
            _ => true,
        };
        if ends && is_rest(at) {
            return Some(at);
        }
    }
    None
}

/// Finds `mark`, a dash between spaces, like [`str::match_indices`] but fast, since most texts have no dash.
fn marks_of<'a>(mark: &'a str, text: &'a str) -> impl Iterator<Item = (usize, &'a str)> {
    let mut end = 0;
    memchr::memchr_iter(b'-', text.as_bytes()).filter_map(move |dash| {
        let at = dash.checked_sub(1).filter(|&at| at >= end && text.as_bytes()[at..].starts_with(mark.as_bytes()))?;
        end = at + mark.len();
        Some((at, mark))
    })
}

/// Where a remark starts after a title, in bytes: at a dash before a date, a clause, authors or Chinese text, at ` -- `,
/// or at a double space before a long text.
fn remark(text: &str, begun: bool) -> Option<usize> {
    for (at, mark) in marks_of(" - ", text).chain(marks_of(" -- ", text)) {
        let (before, behind) = (&text[..at], text[at + mark.len()..].trim_start());
        let is_whole = begun || before.split_whitespace().count() > 1;
        let first = behind.split(" - ").next().unwrap_or_default();
        let is_clause = behind.starts_with(|c: char| c.is_lowercase())
            && behind.split_whitespace().count() > 6
            && !is_capitalised(behind);
        let are_authors = mark == " - " && are_people(behind, 2);
        // `A Study of Emus - 值得一看`
        let is_in_chinese =
            behind.contains(is_han) && !before.contains(is_han) && before.split_whitespace().count() > 2;
        let is_apart = mark == " -- " && !is_subtitle(behind);
        if is_whole && (is_apart || is_clause || are_authors || is_in_chinese || read_date(first)) {
            // In brackets, the remark is all that they hold: `Emus at Work (twice -- and again)`.
            let open = before.rfind('(').filter(|open| !before[*open..].contains(')'));
            match open {
                None => return Some(at),
                Some(open) if text[open..].trim_end().ends_with(')') && has_words(&text[..open]) => return Some(open),
                // The title goes on behind the brackets.
                Some(_) => continue,
            }
        }
    }
    // `MEM1  This work introduces …` in one table cell.
    let before = text.len() - text.trim_start().len();
    if !has_two_spaces(text) {
        return None;
    }
    let at = before + text.as_bytes()[before..].windows(2).position(|two| two == b"  ")?;
    let long = text[at..].split_whitespace().count() > 14;
    (long && text[..at].split_whitespace().count() < 14).then_some(at)
}

/// Whether most words are capitalised, as in a subtitle: `an Efficient Way of Counting Emus`.
fn is_capitalised(text: &str) -> bool {
    let (mut upper, mut all) = (0, 0);
    for word in text.split_whitespace().filter(|word| word.len() > 3) {
        upper += usize::from(word.starts_with(|c: char| c.is_ascii_uppercase()));
        all += 1;
    }
    all >= 3 && upper * 10 >= all * 7
}
