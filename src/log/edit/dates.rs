//! Writes the date line of a new section in the style of the file.

use chrono::{Datelike, Days, Months, NaiveDate};

use crate::log::date::{DateReplacement, HeadingDate, Place, like, month_of, read, read_heading};
use crate::log::{Log, Section, SectionKind};

/// How many dated sections serve as models.
const MODELS: usize = 24;
/// How many date styles are tried.
const TRIED: usize = 3;

/// A date line to write.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct DateLine {
    /// The text, without the line ending.
    pub line: String,
    /// The kind of section that the line must be read as.
    pub kind: SectionKind,
    /// Whether a blank line follows.
    pub gap: bool,
    /// Whether the line is a list item.
    pub item: bool,
}

/// The length of a section's period.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Period {
    Day,
    Week,
    Month,
    Year,
}

impl Period {
    pub fn of(kind: SectionKind) -> Option<Self> {
        Some(match kind {
            SectionKind::Day(_) | SectionKind::Yearless { day: Some(_), .. } => Self::Day,
            SectionKind::Month(_) | SectionKind::Yearless { day: None, .. } => Self::Month,
            SectionKind::Range(..) if kind.whole_year().is_some() => Self::Year,
            SectionKind::Range(..) => Self::Week,
            SectionKind::Pending | SectionKind::Undated => return None,
        })
    }
}

/// (first day, last day) of a section; the same day twice unless it is a range. A missing year is taken from `date`.
pub(super) fn days(kind: SectionKind, date: NaiveDate) -> Option<(NaiveDate, NaiveDate)> {
    Some(match kind {
        SectionKind::Range(first, last) => (first, last),
        SectionKind::Yearless { month, day } => {
            let day = NaiveDate::from_ymd_opt(date.year(), month, day.unwrap_or(1))?;
            (day, day)
        }
        other => (other.date()?, other.date()?),
    })
}

/// The possible date lines for a missing section, in the styles of the newest sections first.
pub(super) fn lines(log: &Log, period: Period, date: NaiveDate) -> Vec<DateLine> {
    let models = models(log, period, date);
    let line = |section: &Section| {
        log.files[section.file()].line(section.line()).trim_start_matches('\u{FEFF}').trim_end().to_owned()
    };
    let padded = padding(&models.iter().map(|section| line(section)).collect::<Vec<_>>());
    let mut written: Vec<DateLine> = Vec::new();
    for section in models.iter().take(MODELS) {
        let text = line(section);
        let Some((line, kind)) = rewrite(&text, section.kind, period, date, padded) else { continue };
        let item = is_item(&text);
        let below = log.files[section.file()].line(section.line() + 1);
        let dated = DateLine { gap: below.trim().is_empty(), line, kind, item };
        let reads = !dated.line.starts_with('#') || reads_as(&dated.line, &dated.kind);
        if reads && written.iter().all(|other| other.line != dated.line) {
            written.push(dated);
        }
    }
    written.truncate(TRIED);
    let is_month = period == Period::Month;
    let depth = models.iter().map(|section| level(log, section)).find(|&level| level > 0);
    if models.is_empty() || depth.is_some() {
        let marks = "#".repeat(depth.unwrap_or(if is_month { 1 } else { 2 }));
        let day = if is_month { String::new() } else { format!(".{}", date.day()) };
        let line = format!("{marks} {}.{}{day}", date.year(), date.month());
        let kind = if is_month { SectionKind::Month(month_of(date)) } else { SectionKind::Day(date) };
        let gap = written.first().is_none_or(|first| first.gap);
        if written.is_empty() && matches!(period, Period::Day | Period::Month | Period::Week) {
            written.push(DateLine { line, kind, gap, item: false });
        }
    }
    written
}

/// (date in the style of `model`, kind of section that it must be read as), for a date in a title's line or cell.
pub(super) fn text(model: &str, kind: SectionKind, log: &Log, date: NaiveDate) -> Option<(String, SectionKind)> {
    let period = Period::of(kind)?;
    let all: Vec<String> = models(log, period, date).iter().map(|section| section.heading.to_string()).collect();
    rewrite(model, kind, period, date, padding(&all))
}

/// The sections that cover a period of this length, newest first, but those with an ambiguous date (5.5, May) last.
fn models(log: &Log, period: Period, date: NaiveDate) -> Vec<&Section> {
    let mut models: Vec<&Section> =
        log.sections.iter().filter(|section| Period::of(section.kind) == Some(period)).collect();
    // The newest show the current habit.
    models.sort_by_key(|section| {
        let (first, _) = days(section.kind, date).unwrap_or_default();
        let is_ambiguous =
            period == Period::Day && first.day() == first.month() || first.month() == 5 && period == Period::Month;
        (is_ambiguous, std::cmp::Reverse(first))
    });
    models
}

fn rewrite(
    text: &str,
    kind: SectionKind,
    period: Period,
    date: NaiveDate,
    padded: bool,
) -> Option<(String, SectionKind)> {
    let (first, last) = days(kind, date)?;
    let (old, new, wanted): (Vec<NaiveDate>, Vec<NaiveDate>, SectionKind) = match kind {
        SectionKind::Yearless { day, .. } => {
            let wanted = SectionKind::Yearless { month: date.month(), day: day.map(|_| date.day()) };
            (vec![first], vec![date], wanted)
        }
        _ => match period {
            Period::Day => (vec![first], vec![date], SectionKind::Day(date)),
            Period::Month => (vec![first], vec![month_of(date)], SectionKind::Month(month_of(date))),
            Period::Week => {
                let (from, to) = period_around(first, last, date)?;
                (vec![first, last], vec![from, to], SectionKind::Range(from, to))
            }
            Period::Year => {
                let from = NaiveDate::from_ymd_opt(date.year(), 1, 1)?;
                let to = NaiveDate::from_ymd_opt(date.year(), 12, 31)?;
                (vec![first], vec![from], SectionKind::Range(from, to))
            }
        },
    };
    let is_month = period == Period::Month;
    let dates = DateReplacement { old: &old, new: &new, is_month, is_year: period == Period::Year, padded };
    Some((like(text, dates)?, wanted))
}

/// The period as long as `first..=last` that contains `date`.
fn period_around(first: NaiveDate, last: NaiveDate, date: NaiveDate) -> Option<(NaiveDate, NaiveDate)> {
    let is_month = first.day() == 1 && first.checked_add_months(Months::new(1))?.pred_opt()? == last;
    if is_month {
        let from = month_of(date);
        return Some((from, from.checked_add_months(Months::new(1))?.pred_opt()?));
    }
    // Periods follow one another without gaps; one shorter than a week leaves out the weekend.
    let length = (last - first).num_days();
    let step = if length < 7 { 7 } else { length + 1 };
    let back = (date - first).num_days().rem_euclid(step);
    let from = date.checked_sub_days(Days::new(u64::try_from(back).ok()?))?;
    let to = from.checked_add_days(Days::new(u64::try_from(length).ok()?))?;
    Some((from, to.max(date)))
}

/// Whether a heading, read by itself, does not contradict this date.
fn reads_as(line: &str, kind: &SectionKind) -> bool {
    let text = line.trim_start_matches('#').trim();
    match (read_heading(text), kind) {
        (Some(HeadingDate::Day(day)), SectionKind::Day(wanted)) => day == *wanted,
        (Some(HeadingDate::Month(month)), SectionKind::Month(wanted)) => month == *wanted,
        _ => !matches!(kind, SectionKind::Day(_)) || read(text, Place::Heading).is_some() || text.contains('('),
    }
}

/// Whether a line is a list item.
pub(super) fn is_item(line: &str) -> bool {
    let text = line.trim_start();
    let digits = text.trim_start_matches(|c: char| c.is_ascii_digit());
    text.starts_with("- ")
        || text.starts_with("* ") && !text.starts_with("**")
        || text.starts_with("+ ")
        || digits.len() < text.len() && digits.starts_with(". ")
}

/// Whether numbers below ten are written with two digits, judged by the first one; if there is none, by whether the
/// date has hyphens.
fn padding(lines: &[String]) -> bool {
    let numbers = lines.iter().flat_map(|line| line.split(|c: char| !c.is_ascii_digit()));
    let mut telling = numbers.filter(|number| number.len() == 1 || number.len() == 2 && number.starts_with('0'));
    match telling.next() {
        Some(number) => number.len() == 2,
        None => lines.first().is_some_and(|line| line.contains('-')),
    }
}

/// How many `#` a section's heading has; 0 if it is not an ATX heading.
pub(super) fn level(log: &Log, section: &Section) -> usize {
    let line = log.files[section.file()].line(section.line()).trim_start_matches('\u{FEFF}').trim_start();
    line.len() - line.trim_start_matches('#').len()
}
