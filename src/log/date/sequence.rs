//! Completes the dates of a file from their neighbours and the headings above.

use chrono::{Datelike, Days, NaiveDate, Weekday};

use super::point::days_in;
use super::{Partial, When};

/// The year and month known from above: from the nearest heading, otherwise from the name of the file or its folders,
/// otherwise from front matter.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Hint {
    /// The year.
    pub year: Option<i32>,
    /// The month.
    pub month: Option<u32>,
}

/// Which of two numbers is the month.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Order {
    /// `5/17`
    #[default]
    MonthFirst,
    /// `17/5`
    DayFirst,
}

/// A date completed from the rest of the file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Resolved {
    /// One day.
    Day(NaiveDate),
    /// A month, given by its first day.
    Month(NaiveDate),
    /// A range of days, both ends included.
    Range(NaiveDate, NaiveDate),
    /// The year is unknown.
    Yearless {
        /// Counted from 1.
        month: u32,
        /// Counted from 1; `None` for a whole month.
        day: Option<u32>,
    },
    /// Not a date: a counter, an impossible day, or a week of an unknown year.
    Unknown,
}

/// Decides for a whole file whether day or month comes first: by numbers above 12, otherwise by which order leaves the
/// dates better sorted, otherwise by which one keeps them closer together. `None` if nothing decides.
pub fn order(dates: &[When]) -> Option<Order> {
    if let Some(order) = proven_order(dates) {
        return Some(order);
    }
    let cost = |order| {
        let steps = steps(dates.iter().filter_map(|when| KnownParts::of(*when, Hint::default(), order)));
        let down = steps.iter().filter(|step| **step < 0).count();
        let up = steps.iter().filter(|step| **step > 0).count();
        (up.min(down), steps.iter().map(|step| step.abs()).sum::<i32>())
    };
    match cost(Order::MonthFirst).cmp(&cost(Order::DayFirst)) {
        std::cmp::Ordering::Less => Some(Order::MonthFirst),
        std::cmp::Ordering::Greater => Some(Order::DayFirst),
        std::cmp::Ordering::Equal => None,
    }
}

/// The order of day and month that numbers above 12 prove.
pub fn proven_order(dates: &[When]) -> Option<Order> {
    let mut above = [0_usize; 2];
    for when in dates {
        if let When::Ambiguous { first, second, .. } = *when {
            above[0] += usize::from(second > 12);
            above[1] += usize::from(first > 12);
        }
    }
    match above[0].cmp(&above[1]) {
        std::cmp::Ordering::Greater => Some(Order::MonthFirst),
        std::cmp::Ordering::Less => Some(Order::DayFirst),
        std::cmp::Ordering::Equal => None,
    }
}

/// Completes dates, given in the order of the file.
///
/// A missing year comes from the hint, or else from the neighbours: dates run in one direction, so that going from
/// December to January, or back, changes the year.
pub fn resolve(dates: &[(When, Hint)], order: Order) -> Vec<Resolved> {
    let mut known: Vec<Option<KnownParts>> =
        dates.iter().map(|(when, hint)| KnownParts::of(*when, *hint, order)).collect();
    let direction = direction(&known);
    turn_within_hints(dates, &mut known);
    let mut last: Option<KnownParts> = None;
    for at in (0..known.len()).chain((0..known.len()).rev()) {
        let Some(this) = &mut known[at] else { continue };
        if this.year.is_none()
            && let Some(last) = last
            && let Some(year) = last.year
        {
            // The second pass goes backwards, so the direction is reversed.
            this.year = Some(year + turn(last, *this, if last.at > at { -direction } else { direction }));
        }
        this.at = at;
        if this.year.is_some() {
            last = Some(*this);
        }
    }
    let resolved = dates.iter().zip(known);
    resolved.map(|((when, hint), known)| settle(*when, *hint, known)).collect()
}

/// The parts of a date that place it among its neighbours.
#[derive(Debug, Clone, Copy)]
struct KnownParts {
    at: usize,
    year: Option<i32>,
    /// `None` for a whole year.
    month: Option<u32>,
    /// `None` for a whole month.
    day: Option<u32>,
}

impl KnownParts {
    fn of(when: When, hint: Hint, order: Order) -> Option<Self> {
        let (year, month, day) = match when {
            When::Day { year, month, day } => (year, Some(month), Some(day)),
            When::Ambiguous { year, first, second } => {
                let (month, day) = in_order(first, second, hint, order);
                (year, Some(month), Some(day))
            }
            When::Month { year, month } => (year, Some(month), None),
            When::Year(year) => (Some(year), None, None),
            When::Range { first, .. } => (first.year, Some(first.month), Some(first.day)),
            When::Week { year, month: Some(month), week } => (year, Some(month), Some(week * 7 - 6)),
            When::Week { year, month: None, week } => {
                let first = NaiveDate::from_isoywd_opt(year?, week, Weekday::Mon)?;
                (Some(first.year()), Some(first.month()), Some(first.day()))
            }
            When::Counter(_) | When::Impossible => return None,
        };
        Some(Self { at: 0, year: year.or(hint.year), month, day })
    }

    /// Days since the start of the year, with 31 days per month. The day counts only if `other` has one too.
    fn place(self, other: Self) -> Option<i32> {
        let day = if other.day.is_some() { self.day.unwrap_or(1) } else { 1 };
        i32::try_from(self.month? * 31 + day).ok()
    }
}

const YEAR: i32 = 12 * 31;

fn in_order(first: u32, second: u32, hint: Hint, order: Order) -> (u32, u32) {
    let is_day_first = match hint.month {
        _ if first > 12 => true,
        _ if second > 12 => false,
        Some(month) if (month == first) != (month == second) => month == second,
        _ => order == Order::DayFirst,
    };
    if is_day_first { (second, first) } else { (first, second) }
}

/// The distance from each date to the next, in days, with 31 per month; without years, the shorter way around the year.
fn steps(known: impl Iterator<Item = KnownParts>) -> Vec<i32> {
    let mut steps = Vec::new();
    let mut last: Option<KnownParts> = None;
    for this in known.filter(|known| known.month.is_some()) {
        if let Some(last) = last
            && let (Some(from), Some(to)) = (last.place(this), this.place(last))
        {
            steps.push(match (last.year, this.year) {
                (Some(before), Some(year)) => (year - before).saturating_mul(YEAR).saturating_add(to - from),
                _ => shortest(to - from),
            });
        }
        last = Some(this);
    }
    steps
}

fn shortest(step: i32) -> i32 {
    (step + YEAR / 2).rem_euclid(YEAR) - YEAR / 2
}

/// 1 if dates ascend, -1 if they descend, 0 if neither. Dates with a year decide; all dates do if those are undecided.
fn direction(known: &[Option<KnownParts>]) -> i32 {
    let of = |steps: Vec<i32>| steps.into_iter().map(i32::signum).sum::<i32>().signum();
    let dated = of(steps(known.iter().flatten().filter(|known| known.year.is_some()).copied()));
    if dated == 0 { of(steps(known.iter().flatten().copied())) } else { dated }
}

/// The step in years from a date to the next one, which has no year: 1, 0 or -1.
fn turn(last: KnownParts, next: KnownParts, direction: i32) -> i32 {
    let (Some(from), Some(to)) = (last.place(next), next.place(last)) else { return 0 };
    let step = to - from;
    let is_turn = shortest(step) != step && shortest(step).signum() == direction;
    if is_turn { direction } else { 0 }
}

/// A heading may name only the year in which its dates begin: if they all run in one direction and pass from December
/// to January, the year changes there.
fn turn_within_hints(dates: &[(When, Hint)], known: &mut [Option<KnownParts>]) {
    let own_year = |when: &When| {
        KnownParts::of(*when, Hint::default(), Order::MonthFirst).is_some_and(|known| known.year.is_some())
    };
    let mut start = 0;
    while start < dates.len() {
        let hint = dates[start].1.year;
        let length = dates[start..].iter().take_while(|(when, other)| other.year == hint && !own_year(when)).count();
        let end = start + length.max(1);
        if hint.is_some() && length > 3 {
            let run = &mut known[start..end];
            let yearless = run.iter().flatten().map(|known| KnownParts { year: None, ..*known });
            let steps = steps(yearless);
            let is_sorted = steps.iter().all(|step| *step >= 0) || steps.iter().all(|step| *step <= 0);
            let direction = steps.iter().sum::<i32>().signum();
            if is_sorted && steps.iter().filter(|step| **step != 0).count() > 2 {
                turn_in_run(run, direction);
            }
        }
        start = end;
    }
}

fn turn_in_run(run: &mut [Option<KnownParts>], direction: i32) {
    let mut last: Option<KnownParts> = None;
    for this in run.iter_mut().flatten() {
        if let Some(last) = last {
            this.year = last.year.map(|year| year + turn(last, *this, direction));
        }
        last = Some(*this);
    }
}

/// The completed date.
fn settle(when: When, hint: Hint, known: Option<KnownParts>) -> Resolved {
    match when {
        When::Counter(_) | When::Impossible => Resolved::Unknown,
        When::Year(year) => span(NaiveDate::from_ymd_opt(year, 1, 1), NaiveDate::from_ymd_opt(year, 12, 31)),
        When::Week { year, month, week } => {
            let month = month.or(hint.month.filter(|_| year.is_none() && week <= 5));
            let year = year.or(hint.year).or(known.and_then(|known| known.year));
            week_of(year, month, week)
        }
        When::Range { first, last } => {
            let Some(year) = known.and_then(|known| known.year) else {
                return Resolved::Yearless { month: first.month, day: Some(first.day) };
            };
            let turns = (last.month, last.day) < (first.month, first.day);
            let last = Partial { year: last.year.or(Some(year + i32::from(turns))), ..last };
            span(Partial { year: Some(year), ..first }.date(), last.date())
        }
        When::Day { .. } | When::Ambiguous { .. } | When::Month { .. } => {
            let Some(KnownParts { year, month: Some(month), day, .. }) = known else { return Resolved::Unknown };
            let Some(year) = year else { return Resolved::Yearless { month, day } };
            let date = NaiveDate::from_ymd_opt(year, month, day.unwrap_or(1));
            date.map_or(Resolved::Unknown, if day.is_some() { Resolved::Day } else { Resolved::Month })
        }
    }
}

fn span(first: Option<NaiveDate>, last: Option<NaiveDate>) -> Resolved {
    first.zip(last).map_or(Resolved::Unknown, |(first, last)| Resolved::Range(first, last))
}

/// A week of a month, cut at the end of the month, or an ISO 8601 week of a year.
fn week_of(year: Option<i32>, month: Option<u32>, week: u32) -> Resolved {
    match (year, month) {
        (Some(year), Some(month)) => {
            let last = (week * 7).min(days_in(Some(year), month));
            span(NaiveDate::from_ymd_opt(year, month, week * 7 - 6), NaiveDate::from_ymd_opt(year, month, last))
        }
        (Some(year), None) => {
            let first = NaiveDate::from_isoywd_opt(year, week, Weekday::Mon);
            span(first, first.and_then(|first| first.checked_add_days(Days::new(6))))
        }
        (None, Some(month)) => Resolved::Yearless { month, day: None },
        (None, None) => Resolved::Unknown,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::log::date::{Place, read};

    fn shown(resolved: Resolved) -> String {
        match resolved {
            Resolved::Day(day) => day.to_string(),
            Resolved::Month(first) => first.format("%Y-%m").to_string(),
            Resolved::Range(first, last) => format!("{first}..{last}"),
            Resolved::Yearless { month, day: Some(day) } => format!("--{month:02}-{day:02}"),
            Resolved::Yearless { month, day: None } => format!("--{month:02}"),
            Resolved::Unknown => "unknown".to_owned(),
        }
    }

    fn dates(texts: &str) -> Vec<When> {
        texts.split(", ").map(|text| read(text, Place::Heading).expect("a date").what).collect()
    }

    #[track_caller]
    fn check_below(hint: Hint, texts: &str, wanted: &str) {
        let dates: Vec<_> = dates(texts).into_iter().map(|when| (when, hint)).collect();
        let whens: Vec<_> = dates.iter().map(|(when, _)| *when).collect();
        let found = resolve(&dates, order(&whens).unwrap_or_default());
        assert_eq!(found.into_iter().map(shown).collect::<Vec<_>>().join(", "), wanted, "{texts}");
    }

    #[track_caller]
    fn check(texts: &str, wanted: &str) {
        check_below(Hint::default(), texts, wanted);
    }

    #[track_caller]
    fn check_in_2031(texts: &str, wanted: &str) {
        check_below(Hint { year: Some(2031), month: None }, texts, wanted);
    }

    #[test]
    fn day_and_month_in_their_order() {
        let ordered = |texts| order(&dates(texts));
        assert_eq!(ordered("5/6, 20/6, 7/7"), Some(Order::DayFirst));
        assert_eq!(ordered("6/5, 6/20, 7/7"), Some(Order::MonthFirst));
        assert_eq!(ordered("1/5, 3/5, 2/6, 4/6"), Some(Order::DayFirst));
        assert_eq!(ordered("11/2, 11/5, 11/11"), Some(Order::MonthFirst));
        assert_eq!(ordered("2/11, 5/11, 11/11"), Some(Order::DayFirst));
        assert_eq!(ordered("5/5"), None);
        assert_eq!(ordered("2031.5.6"), None);
        check_in_2031("5/6, 20/6", "2031-06-05, 2031-06-20");
        check_below(Hint { year: Some(2031), month: Some(6) }, "5/6", "2031-06-05");
    }

    #[test]
    fn years_from_above() {
        check_in_2031("6.9, 5月, 5.30-6.2", "2031-06-09, 2031-05, 2031-05-30..2031-06-02");
        check_in_2031("2030.6.9, 6.9", "2030-06-09, 2031-06-09");
        check_in_2031("12.30, 12.28, 1.3", "2031-12-30, 2031-12-28, 2031-01-03");
        check_in_2031("11.3, 11.20, 12.30, 1.3, 2.1", "2031-11-03, 2031-11-20, 2031-12-30, 2032-01-03, 2032-02-01");
        check_in_2031("2.29", "unknown");
    }

    #[test]
    fn years_from_the_neighbours() {
        check("2031.11.3, 12.30, 1.3, 2.1", "2031-11-03, 2031-12-30, 2032-01-03, 2032-02-01");
        check("2.1, 1.3, 12.30, 2030.11.3", "2031-02-01, 2031-01-03, 2030-12-30, 2030-11-03");
        check("12.30, 1.3, 2031.2.1", "2030-12-30, 2031-01-03, 2031-02-01");
        check("2031.12.30, 12.28, 12.29, 12.20", "2031-12-30, 2031-12-28, 2031-12-29, 2031-12-20");
        check("2031, May 3, May 17", "2031-01-01..2031-12-31, 2031-05-03, 2031-05-17");
        check("5.3, Day 4, 5.17", "--05-03, unknown, --05-17");
        check("5月", "--05");
    }

    #[test]
    fn weeks_of_years_and_months() {
        check("2031-W18", "2031-04-28..2031-05-04");
        check("Week 3", "unknown");
        check_in_2031("Week 18", "2031-04-28..2031-05-04");
        check_below(Hint { year: Some(2031), month: Some(2) }, "Week 2", "2031-02-08..2031-02-14");
        check_in_2031("5月第5周", "2031-05-29..2031-05-31");
        check_in_2031("Week 53", "unknown");
        check("2031, 2030-2031", "2031-01-01..2031-12-31, 2030-01-01..2031-12-31");
    }
}
