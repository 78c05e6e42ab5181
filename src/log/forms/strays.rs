//! Titles in headings of another level than their siblings: `## Emus at Work` among papers with `###`.
//!
//! There are too few of them to be a form of their own, so each must be sure by itself.
//!
//! Also headings above a bare URL, among headings above linked titles.

use super::chosen::{Choice, FoundTitle};
use super::evidence::liken;
use super::titles::{self, Candidate, TitleForm};
use super::{TitleInput, likeness, title, words};
use crate::log::outline::Heading;

/// The minimum likeness with the evidence in the text below.
const SURE: f32 = 1.0;
/// The minimum likeness of a title alone, where the heading could also be a topic.
const ALONE: f32 = 0.5;

/// Whether a heading is a title: it has text below, up to byte `end`, and either a link to its paper or a date above.
pub(super) fn is_sure(form: TitleForm, candidate: &Candidate, end: usize, input: &TitleInput) -> bool {
    if input.text[candidate.span().end.min(end)..end].trim().is_empty() || input.is_pending_list(candidate.span().start)
    {
        return false;
    }
    let parsed = title::read(&input.text[candidate.text()]);
    let alone = likeness::of(&parsed);
    let (whole, _) = liken(form, candidate, input);
    let is_linked = whole > alone || likeness::has_paper_link(&parsed);
    let headings = &input.outline.headings;
    let next = headings.partition_point(|heading| heading.span().start < end);
    let is_other = |next: &Heading| next.level > candidate.level && !words::is_part(&next.text);
    let holds_others = headings.get(next).is_some_and(is_other);
    match is_linked {
        true => whole >= SURE && (!holds_others || alone >= ALONE),
        false => alone >= ALONE && !holds_others && is_below_date(candidate, input),
    }
}

/// Whether the nearest shallower heading is a date.
fn is_below_date(candidate: &Candidate, input: &TitleInput) -> bool {
    let headings = &input.outline.headings;
    let before = headings.partition_point(|heading| heading.span().start < candidate.span().start);
    let above = headings[..before].iter().rev().find(|heading| heading.level < candidate.level);
    above.is_some_and(|above| input.is_date(above.span().start))
}

/// The byte at which the next heading starts, at or after `from`; the end of the text if there is none.
pub(super) fn next_heading(input: &TitleInput, from: usize) -> usize {
    let headings = &input.outline.headings;
    let next = headings.partition_point(|heading| heading.span().start < from);
    headings.get(next).map_or(input.text.len(), |heading| heading.span().start)
}

/// If linked titles stand right below headings, adds the headings of their level that have only the URL of a paper
/// there instead.
pub(super) fn add_with_bare_url(input: &TitleInput, choice: &Choice, found: &mut Vec<FoundTitle>) {
    if choice.forms.first().is_none_or(|first| first.form != TitleForm::LinkLines) {
        return;
    }
    let headings = &input.outline.headings;
    let mut counts = [0_usize; 7];
    for found in found.iter() {
        let at = found.candidate.span().start;
        let above = headings.partition_point(|heading| heading.span().start < at);
        let heading = above.checked_sub(1).map(|above| &headings[above]);
        let is_right_above =
            |heading: &&Heading| input.text.get(heading.span().end..at).is_some_and(|gap| gap.trim().is_empty());
        if let Some(heading) = heading.filter(is_right_above) {
            counts[usize::from(heading.level.min(6))] += 1;
        }
    }
    let Some(level) =
        (1..=6_u8).find(|&level| counts[usize::from(level)] > 1 && counts[usize::from(level)] * 2 > found.len())
    else {
        return;
    };
    let form = TitleForm::Headings(level);
    let is_above_url = |candidate: &Candidate| {
        let below = input.text[candidate.span().end..].trim_start().lines().next().unwrap_or_default().trim();
        below.starts_with("http") && !below.contains(' ') && words::is_paper_url(below)
    };
    let headings = titles::find(form, input).into_iter();
    let above_urls = headings.filter(|it| is_above_url(it) && !input.is_pending_list(it.span().start));
    // Each opens a section, like the headings above linked titles.
    let named = above_urls.map(|mut candidate| {
        (candidate.level, candidate.is_named) = (0, true);
        candidate
    });
    found.extend(named.map(|candidate| FoundTitle { form, candidate }));
    found.sort_by_key(|found| found.candidate.span().start);
}
