//! Recognises a small log by its shape: titles of one form fill its days. A few papers name few venues and archives, so
//! their words say little about the file.

use std::ops::Range;

use super::prior::{float, is_diary};
use super::titles::{Candidate, TitleForm};
use super::{TitleInput, likeness, title};
use crate::log::date::{self, Place, When};

/// The bonus for titles that fill the days of a small log.
const FILLS_DAYS: f32 = 4.4;
/// Texts of up to this many bytes get all of the bonus, and from the second number on none: a long text without any
/// word about papers is about something else.
const SMALL: (usize, usize) = (1_000, 4_000);
/// The least likeness of a heading (a name such as `LoRA` reaches it, `Morning` does not) and of an item; an item in bold
/// or with a link needs only that of a heading.
const HEADING: f32 = -2.1;
const ITEM: f32 = 0.4;
/// Likeness below which a single candidate shows that the file is about something else.
const OTHER: f32 = -3.0;

/// The bonus of a form whose candidates fill the days of a small log; otherwise 0. `likes` has the likeness and title of
/// each candidate.
pub(super) fn bonus(
    form: TitleForm,
    candidates: &[Candidate],
    likes: &[(f32, String)],
    input: &TitleInput,
    parts: &[Range<usize>],
) -> f32 {
    let is_item = matches!(form, TitleForm::Bullets | TitleForm::Numbers);
    let is_form = is_item || matches!(form, TitleForm::Headings(_));
    let is_small = input.text.len() < SMALL.1 && likes.len() == candidates.len();
    if !is_form || !is_small || is_diary(input) || !are_days(input) || !fill_days(candidates, input, parts) {
        return 0.0;
    }
    let mut like = 0;
    for (candidate, (likeness, title)) in candidates.iter().zip(likes) {
        if *likeness < OTHER {
            return 0.0;
        }
        let is_plain_item = is_item && !title::read(&input.text[candidate.text.clone()]).set_off;
        let least = if is_plain_item && !likeness::is_title_case(title) { ITEM } else { HEADING };
        like += usize::from(*likeness >= least);
    }
    let share = float(SMALL.1 - input.text.len().max(SMALL.0)) / float(SMALL.1 - SMALL.0);
    if like * 3 >= candidates.len() * 2 { FILLS_DAYS * share } else { 0.0 }
}

/// Whether all dates are days, of which there is at least one.
fn are_days(input: &TitleInput) -> bool {
    let is_day = |&(at, _): &(usize, Option<usize>)| {
        let line = input.text[at..].lines().next().unwrap_or_default();
        let parsed = date::read(line.trim_start_matches(['#', ' ']).trim(), Place::Heading);
        parsed.is_some_and(|parsed| matches!(parsed.what, When::Day { .. } | When::Ambiguous { .. }))
    };
    !input.dates.is_empty() && input.dates.iter().all(is_day)
}

/// Whether each day that has text begins with a candidate, and no candidate is outside of the days.
fn fill_days(candidates: &[Candidate], input: &TitleInput, parts: &[Range<usize>]) -> bool {
    let first_day = parts.first().map_or(usize::MAX, |day| day.start);
    candidates.first().is_some_and(|first| first.span.start >= first_day)
        && parts.iter().all(|day| {
            let below = input.text[day.clone()].find('\n').map_or(day.end, |end| day.start + end + 1);
            let first = candidates.partition_point(|candidate| candidate.span.start < day.start);
            match candidates.get(first).filter(|first| first.span.start < day.end) {
                Some(first) => input.text.get(below..first.span.start).is_none_or(|above| above.trim().is_empty()),
                None => input.text[below..day.end].trim().is_empty(),
            }
        })
}
