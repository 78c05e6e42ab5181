//! Statistics on the dates of a file: their order, and what was inferred.

use std::cmp::Ordering;
use std::iter::repeat;

use chrono::Datelike;

use super::language::usual;
use super::{DateForm, DateInput, DateMark, Hint, has_year};
use crate::log::SectionKind;
use crate::log::date::When;
use crate::log::date::sequence::{Order, Resolved, resolve};

/// A place where dates are written.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct DateEvidence {
    /// Which place.
    pub form: DateForm,
    /// The number of dates.
    pub found: usize,
    /// The share of steps between different dates that go in the prevailing direction: from 0.5 (no order) to 1.
    pub in_order: f32,
}

/// The number of dates without a written year, by the source of their year.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Years {
    /// A heading above.
    pub above: usize,
    /// The file's name, folders or front matter.
    pub file: usize,
    /// The dates before and after.
    pub around: usize,
}

/// The assumed order of day and month, if no number is above 12.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct OrderGuess {
    /// The assumed order.
    pub order: Order,
    /// Why it is assumed.
    pub reason: OrderReason,
}

/// Why an order of day and month is assumed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum OrderReason {
    /// The files beside this one have it.
    Siblings,
    /// The dates are better sorted in this order than in the other.
    Sorted,
    /// Nothing in the file decides; it is usual in the file's language.
    Language,
    /// Nothing decides; it is the usual one.
    Usual,
}

/// The places where dates are written, in the order of their first dates.
pub(super) fn places(marks: &[DateMark], resolved: &[Resolved]) -> Vec<DateEvidence> {
    let mut forms: Vec<DateForm> = Vec::new();
    for mark in marks {
        if !forms.contains(&mark.form) {
            forms.push(mark.form);
        }
    }
    let of = |form| marks.iter().zip(resolved).filter(move |(mark, _)| mark.form == form).map(|(_, date)| *date);
    let found = |form| DateEvidence { form, found: of(form).count(), in_order: in_order(of(form)) };
    forms.into_iter().map(found).collect()
}

/// The statistics of dates in one place, without hints from the rest of the file.
pub(super) fn alone(marks: &[DateMark]) -> Option<DateEvidence> {
    let dates: Vec<(When, Hint)> = marks.iter().map(|mark| (mark.what, Hint::default())).collect();
    places(marks, &resolve(&dates, Order::default())).into_iter().next()
}

/// The share of steps in the prevailing direction; 1 if there are none. Going from a month to one of its days, or from
/// a year to one of its months, is not a step.
pub(super) fn in_order(dates: impl IntoIterator<Item = Resolved>) -> f32 {
    let mut last = None;
    let (mut up, mut down) = (0_u16, 0_u16);
    for date_parts in dates.into_iter().filter_map(date_parts) {
        let step = last.map_or(Ordering::Equal, |last| compare(last, date_parts));
        up = up.saturating_add(u16::from(step == Ordering::Less));
        down = down.saturating_add(u16::from(step == Ordering::Greater));
        last = Some(date_parts);
    }
    let steps = f32::from(up) + f32::from(down);
    if steps == 0.0 { 1.0 } else { f32::from(up.max(down)) / steps }
}

/// (year, month, day), as far as known.
type DateParts = (Option<i32>, Option<u32>, Option<u32>);

fn date_parts(resolved: Resolved) -> Option<DateParts> {
    Some(match resolved {
        Resolved::Range(first, last) if SectionKind::Range(first, last).whole_year().is_some() => {
            (Some(first.year()), None, None)
        }
        Resolved::Day(date) | Resolved::Range(date, _) => (Some(date.year()), Some(date.month()), Some(date.day())),
        Resolved::Month(date) => (Some(date.year()), Some(date.month()), None),
        Resolved::Yearless { month, day } => (None, Some(month), day),
        Resolved::Unknown => return None,
    })
}

/// Compares two dates by year, then by the month and day that both have. A date without a year comes first.
fn compare(one: DateParts, other: DateParts) -> Ordering {
    let months = one.1.zip(other.1).map_or(Ordering::Equal, |(one, other)| one.cmp(&other));
    let days = one.2.zip(other.2).map_or(Ordering::Equal, |(one, other)| one.cmp(&other));
    one.0.cmp(&other.0).then(months).then(days)
}

/// Counts where missing years come from. `above` has the hints from the headings above each date.
pub(super) fn years(marks: &[DateMark], above: &[Hint], file: Hint, resolved: &[Resolved]) -> Years {
    let mut years = Years::default();
    for ((mark, above), date) in marks.iter().zip(above).zip(resolved) {
        if has_year(&mark.what) || matches!(date, Resolved::Unknown | Resolved::Yearless { .. }) {
            continue;
        }
        match (above.year, file.year) {
            (Some(_), _) => years.above += 1,
            (None, Some(_)) => years.file += 1,
            (None, None) => years.around += 1,
        }
    }
    years
}

/// The assumed order of day and month, unless a number above 12 or the month of a heading decides it.
/// `hints` has what the headings above the dates say; `known_order` is the order that the dates suggest.
pub(crate) fn order_guess(
    dates: &[When],
    hints: &[Hint],
    known_order: Option<Order>,
    input: &DateInput,
) -> Option<OrderGuess> {
    let mut is_open = false;
    for (what, hint) in dates.iter().zip(hints.iter().copied().chain(repeat(Hint::default()))) {
        let When::Ambiguous { first, second, .. } = *what else { continue };
        if first > 12 || second > 12 {
            return None;
        }
        let is_settled = hint.month.is_some_and(|month| (month == first) != (month == second));
        is_open |= first != second && !is_settled;
    }
    is_open.then(|| match (input.order, known_order) {
        (Some(order), _) => OrderGuess { order, reason: OrderReason::Siblings },
        (None, Some(order)) => OrderGuess { order, reason: OrderReason::Sorted },
        (None, None) => usual(input.text),
    })
}

#[cfg(test)]
mod tests {
    use chrono::{Days, NaiveDate};

    use super::*;

    #[test]
    fn days_below_their_months_are_in_order() {
        let day = |of_year: u64| NaiveDate::default() + Days::new(of_year - 1);
        let mut dates = vec![Resolved::Range(day(1), day(365))];
        // May, April and March.
        for first in [121, 91, 60] {
            dates.push(Resolved::Month(day(first)));
            dates.extend([20, 11, 11, 2].map(|later| Resolved::Day(day(first + later))));
        }
        assert!((in_order(dates.clone()) - 1.0).abs() < f32::EPSILON);
        dates.push(Resolved::Day(day(182)));
        assert!(in_order(dates) < 1.0);
    }
}
