//! Titles in headings of another level than their siblings: `## Emus at Work` among papers with `###`.
//!
//! There are too few of them to be a form of their own, so each must be sure by itself.

use super::evidence::liken;
use super::titles::{Candidate, TitleForm};
use super::{TitleInput, likeness, title, words};
use crate::log::outline::Heading;

/// The minimum likeness with the evidence in the text below.
const SURE: f32 = 1.0;
/// The minimum likeness of a title alone, where the heading could also be a topic.
const ALONE: f32 = 0.5;

/// Whether a heading is a title: it has text below, up to byte `end`, and either a link to its paper or a date above.
pub(super) fn is_sure(form: TitleForm, candidate: &Candidate, end: usize, material: &TitleInput) -> bool {
    if material.text[candidate.span.end.min(end)..end].trim().is_empty()
        || material.is_pending_list(candidate.span.start)
    {
        return false;
    }
    let reading = title::read(&material.text[candidate.text.clone()]);
    let alone = likeness::of(&reading);
    let (whole, _) = liken(form, candidate, material);
    let is_linked = whole > alone || likeness::has_paper_link(&reading);
    let headings = &material.outline.headings;
    let next = headings.partition_point(|heading| heading.span.start < end);
    let is_other = |next: &Heading| next.level > candidate.level && !words::is_part(&next.text);
    let holds_others = headings.get(next).is_some_and(is_other);
    match is_linked {
        true => whole >= SURE && (!holds_others || alone >= ALONE),
        false => alone >= ALONE && !holds_others && is_below_date(candidate, material),
    }
}

/// Whether the nearest shallower heading is a date.
fn is_below_date(candidate: &Candidate, material: &TitleInput) -> bool {
    let headings = &material.outline.headings;
    let before = headings.partition_point(|heading| heading.span.start < candidate.span.start);
    let above = headings[..before].iter().rev().find(|heading| heading.level < candidate.level);
    above.is_some_and(|above| material.is_date(above.span.start))
}

/// The byte at which the next heading starts, at or after `from`; the end of the text if there is none.
pub(super) fn next_heading(material: &TitleInput, from: usize) -> usize {
    let headings = &material.outline.headings;
    let next = headings.partition_point(|heading| heading.span.start < from);
    headings.get(next).map_or(material.text.len(), |heading| heading.span.start)
}
