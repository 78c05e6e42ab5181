//! Finds the dates of a file, with a module for each place where they may be written.

mod behind;
mod below;
mod cells;
mod evidence;
mod file;
mod headings;
mod items;
mod labels;
mod language;
mod lines;
mod short;
mod years;

use std::collections::HashSet;
use std::ops::Range;

use super::front::FrontMatter;
use super::words;
use crate::log::date::sequence::{Hint, Order, Resolved, order, proven_order, resolve};
use crate::log::date::{ParsedDate, Place, When, read};
use crate::log::dialect::Dialect;
use crate::log::outline::Outline;
use crate::log::parallel::find_in_parallel;

pub use super::names::DateForm;
pub(crate) use evidence::{DateEvidence, OrderGuess, OrderReason, Years, order_guess};
pub(crate) use file::{day_of_folders, month_among};
pub(crate) use labels::day_of_reading;

/// The input of the search for dates.
pub(crate) struct DateInput<'a> {
    /// The file's text without byte order mark and front matter.
    pub text: &'a str,
    /// The structure of `text`.
    pub outline: &'a Outline,
    /// The user's words and corrections for the file.
    pub dialect: &'a Dialect,
    /// The file's name, with its folders as far as known.
    pub name: &'a str,
    /// The file's front matter.
    pub front: &'a FrontMatter,
    /// The order of day and month in the files beside this one, if their dates prove one.
    pub order: Option<Order>,
}

/// A line with a date, which dates the text below it.
#[derive(Debug, Clone)]
pub(crate) struct DateMark {
    /// Byte at which the line starts.
    pub at: usize,
    /// Byte at which the dated text starts.
    pub after: usize,
    /// The bytes of the date, or of the whole heading, line or cell that it is in.
    pub name: Range<usize>,
    /// The date as read.
    pub what: When,
    /// Byte at which the title on the same line starts, if there is one.
    pub title_start: Option<usize>,
    /// The level of a heading; otherwise 0.
    pub level: u8,
    /// Where the date is written.
    pub form: DateForm,
}

/// The dates of a file.
#[derive(Debug, Clone, Default)]
pub(crate) struct Dates {
    /// The dates as written, in file order.
    pub marks: Vec<DateMark>,
    /// The completed dates, in the same order.
    pub resolved: Vec<Resolved>,
    /// The places that were chosen.
    pub forms: Vec<DateEvidence>,
    /// The place with most dates among those that were not chosen.
    pub runner_up: Option<DateEvidence>,
    /// The date of the file as a whole.
    pub own: Option<Resolved>,
    /// The same, as written.
    pub own_as_written: Option<When>,
    /// The assumed order of day and month, if nothing proves it.
    pub order: Option<OrderGuess>,
    /// Where missing years were taken from.
    pub years: Years,
}

impl Dates {
    /// The order of day and month that these dates prove.
    pub(crate) fn proven_order(&self) -> Option<Order> {
        proven_order(&self.marks.iter().map(|mark| mark.what).chain(self.own_as_written).collect::<Vec<_>>())
    }

    /// Whether the order of day and month matters and nothing in the file proves it.
    pub(crate) fn has_open_order(&self) -> bool {
        self.order.is_some()
    }

    /// Only the date of the file as a whole.
    pub(crate) fn of_file(self) -> Self {
        let forms = self.forms.into_iter().filter(|found| found.form == DateForm::File).collect();
        Self { forms, own: self.own, order: self.order, ..Self::default() }
    }
}

/// The most words of a heading that may name a year for the dates below it.
const WORDS: usize = 6;

/// Dates form a calendar if at least this share of the steps between them goes in one direction.
const SORTED: f32 = 0.7;

/// Finds the dates of a file.
pub(crate) fn find(input: &DateInput) -> Dates {
    let headings: Vec<Option<ParsedDate>> = find_in_parallel(
        &input.outline.headings,
        |heading| heading.span(),
        |heading| Some(read(&heading.text, Place::Heading)),
    );
    let (marks, runner_up) = gather(input, &headings);
    let (own, hint) = file::find(input);
    let all: Vec<When> = marks.iter().map(|mark| mark.what).collect();
    let with_own: Vec<When> = all.iter().copied().chain(own).collect();
    let known_order = input.order.filter(|_| proven_order(&with_own).is_none()).or_else(|| order(&with_own));
    let above = above(input, &marks, &headings);
    let with_file = |above: &Hint| Hint { year: above.year.or(hint.year), month: above.month.or(hint.month) };
    let hints: Vec<Hint> = above.iter().map(with_file).collect();
    let dates: Vec<(When, Hint)> = all.into_iter().zip(hints.iter().copied()).collect();
    let guess = order_guess(&with_own, &hints, known_order, input);
    let day_or_month_first = known_order.or(guess.map(|guess| guess.order)).unwrap_or_default();
    let resolved = resolve(&dates, day_or_month_first);
    let own_date = own.and_then(|what| resolve(&[(what, hint)], day_or_month_first).into_iter().next());
    let own_date = own_date.filter(|date| *date != Resolved::Unknown);
    let mut forms = evidence::places(&marks, &resolved);
    if forms.is_empty() && own_date.is_some() {
        forms.push(DateEvidence { form: DateForm::File, found: 1, in_order: 1.0 });
    }
    let years = evidence::years(&marks, &above, hint, &resolved);
    Dates { marks, resolved, forms, runner_up, own: own_date, own_as_written: own, order: guess, years }
}

/// (dates of the forms that go together, best form that was passed over).
fn gather(input: &DateInput, headings: &[Option<ParsedDate>]) -> (Vec<DateMark>, Option<DateEvidence>) {
    let mut marks = headings::find(input, headings);
    let add = |more: Vec<DateMark>, marks: &mut Vec<DateMark>| {
        marks.extend(more);
        marks.sort_by_key(|mark| mark.at);
        marks.dedup_by_key(|mark| mark.at);
    };
    let mut passed: Vec<Vec<DateMark>> = Vec::new();
    let corrected = input.dialect.dates();
    let may_be = |form: DateForm| corrected.is_none_or(|corrected| corrected == form);
    let lines = if may_be(DateForm::Lines) { lines::find(input) } else { Vec::new() };
    // Dates below headings that only count days or weeks tell more than the headings.
    if lines.len() > 1 && marks.iter().all(|mark| matches!(mark.what, When::Counter(_) | When::Week { year: None, .. }))
    {
        marks.clear();
    }
    // Few dated lines below dated headings are about other events.
    if marks.len() < 2 || lines.len() > 2 * marks.len() || corrected.is_some() {
        add(lines, &mut marks);
    } else {
        passed.push(lines);
    }
    // If more items than headings are dated, or only the items are days (below months), they are more exact.
    let is_day = |mark: &DateMark| matches!(mark.what, When::Day { .. } | When::Ambiguous { .. });
    let is_wide = |mark: &DateMark| matches!(mark.what, When::Month { .. } | When::Year(_));
    let items = if may_be(DateForm::Items) { items::find(input, headings) } else { Vec::new() };
    let are_days_of_months = items.len() > 1 && items.iter().all(is_day) && marks.iter().all(is_wide);
    if items.len() > marks.len() || are_days_of_months || corrected.is_some() {
        add(items, &mut marks);
    } else {
        passed.push(items);
    }
    let runner_up = passed.iter().max_by_key(|marks| marks.len()).and_then(|marks| evidence::alone(marks));
    if may_be(DateForm::Cells) {
        add(cells::find(input, &marks), &mut marks);
    }
    if marks.is_empty() && corrected.is_none() || corrected == Some(DateForm::Labels) {
        marks = labels::find(input);
        let (below, dated) = below::find(input);
        if dated > marks.iter().filter(|mark| mark.what != When::Impossible).count() {
            marks = below;
        }
    }
    if corrected.is_none() && are_behind_words(input, &marks, headings) || corrected == Some(DateForm::Behind) {
        let found = behind::find(input);
        if found.len() >= marks.len() {
            marks = found;
        }
    }
    if corrected == Some(DateForm::File) {
        marks.clear();
    }
    short::settle(input.text, &mut marks);
    (marks, runner_up)
}

/// Whether all dates follow words that differ, as titles do: `Emus at Work (2031-05-17)`.
fn are_behind_words(input: &DateInput, marks: &[DateMark], heading_dates: &[Option<ParsedDate>]) -> bool {
    let headings = &input.outline.headings;
    let mut words = HashSet::new();
    marks.iter().all(|mark| {
        let at = headings.binary_search_by_key(&mark.at, |heading| heading.span().start);
        let parsed = at.ok().and_then(|at| Some((&headings[at], heading_dates.get(at)?.as_ref()?)));
        parsed.is_some_and(|(heading, parsed)| {
            let before = &heading.text[..parsed.span.start];
            before.split_whitespace().count() > 1 && words.insert(before)
        })
    })
}

/// The year and month that each mark takes from the headings above; the nearest takes precedence. `heading_dates` has
/// one entry per heading.
fn above(input: &DateInput, marks: &[DateMark], heading_dates: &[Option<ParsedDate>]) -> Vec<Hint> {
    let mut above: Vec<(u8, Hint)> = Vec::new();
    let mut headings = input.outline.headings.iter().zip(heading_dates).peekable();
    let mut hints = Vec::with_capacity(marks.len());
    for mark in marks {
        while let Some((heading, parsed)) = headings.next_if(|(heading, _)| heading.span().start < mark.at) {
            above.retain(|(level, _)| *level < heading.level);
            if let Some(hint) = parsed.as_ref().map_or_else(|| named_year(&heading.text), hint_of) {
                above.push((heading.level, hint));
            }
        }
        let parents = above.iter().rev().filter(|(level, _)| mark.level == 0 || *level < mark.level);
        let mut hint = Hint::default();
        for (_, parent) in parents {
            hint.year = hint.year.or(parent.year);
            hint.month = hint.month.or(parent.month);
        }
        hints.push(hint);
    }
    hints
}

/// The year and month that a heading contributes to the text below it.
fn hint_of(heading: &ParsedDate) -> Option<Hint> {
    let hint = hint(&heading.what);
    (hint.year.is_some() || hint.month.is_some()).then_some(hint)
}

/// The year in the name of a list: `Reading 2031`. A venue's year does not count.
fn named_year(text: &str) -> Option<Hint> {
    let year = words::venue(text).is_none().then(|| file::year_among(text))?;
    match year {
        Some(When::Year(year)) if text.split_whitespace().count() <= WORDS => {
            Some(Hint { year: Some(year), month: None })
        }
        _ => None,
    }
}

/// The year and month of a date.
fn hint(what: &When) -> Hint {
    match *what {
        When::Day { year, month, .. } | When::Month { year, month } => Hint { year, month: Some(month) },
        When::Ambiguous { year, .. } => Hint { year, month: None },
        When::Year(year) => Hint { year: Some(year), month: None },
        When::Range { first, .. } => Hint { year: first.year, month: Some(first.month) },
        When::Week { year, month, .. } => Hint { year, month },
        When::Counter(_) | When::Impossible => Hint::default(),
    }
}

/// Whether a date has its year.
fn has_year(what: &When) -> bool {
    hint(what).year.is_some()
}

/// Whether dates run in one direction, with few exceptions.
fn is_sorted(marks: &[DateMark]) -> bool {
    let all: Vec<(When, Hint)> = marks.iter().map(|mark| (mark.what, Hint::default())).collect();
    let order = order(&all.iter().map(|(what, _)| *what).collect::<Vec<_>>()).unwrap_or(Order::MonthFirst);
    evidence::in_order(resolve(&all, order)) >= SORTED
}

/// The byte at which a title starts after a date; `None` if only decoration follows.
fn title_start(text: &str, from: usize, end: usize) -> Option<usize> {
    let rest = &text[end..];
    let skipped =
        rest.len() - rest.trim_start_matches(|c: char| !c.is_alphanumeric() && !"[《<*\"“(（".contains(c)).len();
    rest[skipped..].chars().any(char::is_alphanumeric).then_some(from + end + skipped)
}
