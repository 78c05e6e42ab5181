//! Day headings that are not written like most others in the file.

use std::collections::HashMap;

use chrono::NaiveDate;

use super::{Diagnostic, Problem};
use crate::log::date::{DateReplacement, HeadingDate, like, read_heading};
use crate::log::{Log, SectionKind};

/// The usual style needs at least this many headings.
const SOME: usize = 5;
/// At most one heading in this many may deviate; with more there is no usual style.
const FEW: usize = 5;

/// Chars in a date besides digits.
const SIGNS: &str = ".-/_ 年月日";

/// A day's heading that is only a date.
struct DayHeading<'a> {
    line: usize,
    text: &'a str,
    date: NaiveDate,
}

/// Reports each heading that is not in the usual style.
pub fn find(log: &Log, file: usize, found: &mut Vec<Diagnostic>) {
    let of = &log.files[file];
    let days = log.sections_of(file).iter().filter_map(|section| match section.kind {
        SectionKind::Day(date) => Some((section.line(), date)),
        _ => None,
    });
    let headings: Vec<DayHeading> = days
        .filter_map(|(line, date)| {
            let text = of.line(line).trim_start_matches('\u{FEFF}').trim_end();
            is_plain(text, date).then_some(DayHeading { line, text, date })
        })
        .collect();
    let mut styles: HashMap<String, Vec<&DayHeading>> = HashMap::new();
    for heading in &headings {
        styles.entry(skeleton(heading.text)).or_default().push(heading);
    }
    let Some(usual) = styles.values().max_by_key(|style| style.len()) else { return };
    let others = headings.len() - usual.len();
    if usual.len() < SOME || others * FEW > headings.len() {
        return;
    }
    // Two-digit numbers do not show whether smaller ones are padded.
    let telling = usual.iter().filter(|heading| padding(heading.text).is_some());
    let (long, short): (Vec<&DayHeading>, Vec<&DayHeading>) =
        telling.partition(|heading| padding(heading.text) == Some(true));
    let (padded, few, model) = match long.len() > short.len() {
        true => (true, short.len(), long[0]),
        false => (false, long.len(), short.first().copied().unwrap_or(usual[0])),
    };
    let tells = long.len().max(short.len()) >= SOME && few * FEW <= usual.len();
    for heading in &headings {
        let dates =
            DateReplacement { old: &[model.date], new: &[heading.date], is_month: false, is_year: false, padded };
        let Some(like) = like(model.text, dates) else { continue };
        let is_other_style = skeleton(heading.text) != skeleton(model.text);
        let is_padded_otherwise = tells && padding(heading.text).is_some_and(|own| own != padded);
        if like != heading.text && (is_other_style || is_padded_otherwise) && is_plain(&like, heading.date) {
            let problem = Problem::HeadingStyle { line: heading.text.to_owned(), like };
            found.push(Diagnostic { file, line: heading.line, problem });
        }
    }
}

/// Whether a line is a heading with nothing but this date, year first.
fn is_plain(line: &str, date: NaiveDate) -> bool {
    let text = line.trim_start_matches('#');
    let digits = text.trim_start().bytes().take_while(u8::is_ascii_digit).count();
    text.len() < line.len()
        && text.starts_with(' ')
        && digits == 4
        && text.chars().all(|c| c.is_ascii_digit() || SIGNS.contains(c))
        && read_heading(text) == Some(HeadingDate::Day(date))
}

/// A line with each number replaced by `0`, for comparing styles.
fn skeleton(line: &str) -> String {
    let mut skeleton = String::new();
    for c in line.chars() {
        let c = if c.is_ascii_digit() { '0' } else { c };
        if c != '0' || !skeleton.ends_with('0') {
            skeleton.push(c);
        }
    }
    skeleton
}

/// Whether numbers below ten are written with two digits; `None` if there are none or both forms occur.
fn padding(heading: &str) -> Option<bool> {
    let numbers = heading.split(|c: char| !c.is_ascii_digit());
    let mut telling = numbers.filter(|number| number.len() == 1 || number.len() == 2 && number.starts_with('0'));
    let first = telling.next()?.len();
    telling.all(|number| number.len() == first).then_some(first == 2)
}
