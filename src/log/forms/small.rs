//! Recognises a log without any word about papers by its shape: titles fill its days, and some of them name a paper as
//! nothing else is named.
//!
//! The words of a few papers say little about a file. Capitalised titles alone do not count: recipes and the tasks of a
//! diary of work have them too.

use std::ops::Range;

use super::prior::is_diary;
use super::titles::{Candidate, TitleForm};
use super::{TitleInput, likeness, words};
use crate::log::date::{self, Place, When};

/// The bonus for titles that fill the days.
const FILLS_DAYS: f32 = 5.5;
/// A title as likely as this is sure; so is a name such as `EmuNet`, or one before a colon.
const SURE: f32 = 1.5;
/// The share of days with text that begin with a title, in quarters.
const DAYS: usize = 3;

/// The bonus of a form whose candidates fill the days of a log; otherwise 0. `likes` has the likeness and title of the
/// candidates that are judged.
pub(super) fn bonus(
    form: TitleForm,
    candidates: &[Candidate],
    likes: &[(f32, String)],
    input: &TitleInput,
    parts: &[Range<usize>],
) -> f32 {
    let is_form = matches!(form, TitleForm::Bullets | TitleForm::Numbers | TitleForm::Headings(_));
    if !is_form || is_diary(input) || !are_days(input) || !fill_days(candidates, input, parts) {
        return 0.0;
    }
    // Titles in `《》` are recognised by these.
    if candidates.iter().any(|candidate| input.text[candidate.text()].contains('《')) {
        return 0.0;
    }
    let is_sure = |(likeness, title): &&(f32, String)| *likeness >= SURE || likeness::is_named(title);
    let is_other = |(_, title): &&(f32, String)| {
        words::starts_like_changelog(title)
            || words::starts_like_diary(title)
            || words::is_part(title)
            || words::is_documentation(title)
    };
    let (sure, other) = (likes.iter().filter(is_sure).count(), likes.iter().filter(is_other).count());
    if sure * 3 >= likes.len() && other * 4 < likes.len() { FILLS_DAYS } else { 0.0 }
}

/// Whether all dates are days in headings that hold nothing else, and there is at least one.
fn are_days(input: &TitleInput) -> bool {
    let is_day = |&(at, _): &(usize, Option<usize>)| {
        let line = input.text[at..].lines().next().unwrap_or_default();
        let parsed = date::read(line.trim_start_matches(['#', ' ']).trim(), Place::Heading);
        parsed.is_some_and(|parsed| parsed.alone && matches!(parsed.what, When::Day { .. } | When::Ambiguous { .. }))
    };
    !input.dates.is_empty() && input.dates.iter().all(is_day)
}

/// Whether nearly all days that have text begin with a candidate, and no candidate is above the first day.
fn fill_days(candidates: &[Candidate], input: &TitleInput, parts: &[Range<usize>]) -> bool {
    let first_day = parts.first().map_or(usize::MAX, |day| day.start);
    if candidates.first().is_none_or(|first| first.span().start < first_day) {
        return false;
    }
    let (mut filled, mut all) = (0, 0);
    for day in parts {
        let below = input.text[day.clone()].find('\n').map_or(day.end, |end| day.start + end + 1);
        let first = candidates.partition_point(|candidate| candidate.span().start < day.start);
        let first = candidates.get(first).filter(|first| first.span().start < day.end);
        let above = input.text.get(below..first.map_or(day.end, |first| first.span().start)).unwrap_or_default();
        let is_blank = above.trim().is_empty();
        all += usize::from(first.is_some() || !is_blank);
        filled += usize::from(first.is_some() && is_blank);
    }
    filled * 4 >= all * DAYS
}
