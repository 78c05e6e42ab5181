//! Geometry of the calendar. Months fill the screen row by row; which ones are shown depends on the
//! selected day.

use chrono::{Datelike, Days, Months, NaiveDate};

use crate::app::screen::layout::{self, Area, Size};
use crate::log::date::month_of;

/// Columns of a day: two digits, a mark, and a gap.
pub const DAY: u16 = 4;
/// Columns of a month.
pub const MONTH: u16 = 7 * DAY - 1;
/// Rows of a month: its name, the weekdays, and six weeks.
const MONTH_ROWS: u16 = 8;
/// Columns between months.
const GAP: u16 = 4;
/// Rows below the months: an empty one, and the papers of the selected day.
const FOOT: u16 = 2;

/// The state of the calendar.
#[derive(Debug)]
pub struct Calendar {
    /// The selected day.
    pub day: NaiveDate,
}

/// Returns (months per row, rows of months).
fn grid(size: Size) -> (u16, u16) {
    let inside = layout::inside(layout::overlay(size, u16::MAX, u16::MAX));
    let columns = (inside.width + GAP) / (MONTH + GAP);
    let rows = (inside.height.saturating_sub(FOOT) + 1) / (MONTH_ROWS + 1);
    (columns.clamp(1, 4), rows.clamp(1, 3))
}

/// The area of the calendar, including its border.
pub fn area(size: Size) -> Area {
    let (columns, rows) = grid(size);
    layout::overlay(size, columns * (MONTH + GAP) - GAP, rows * (MONTH_ROWS + 1) - 1 + FOOT)
}

/// The months on the screen, as (first day, area).
pub fn months(size: Size, day: NaiveDate) -> Vec<(NaiveDate, Area)> {
    let (columns, rows) = grid(size);
    let inside = layout::inside(area(size));
    let before = (day.year().unsigned_abs() * 12 + day.month0()) % u32::from(columns * rows);
    let Some(first) = month_of(day).checked_sub_months(Months::new(before)) else { return Vec::new() };
    let places = (0..rows).flat_map(|row| (0..columns).map(move |column| (column, row)));
    let months = places.zip(0..).filter_map(|((column, row), month)| {
        let x = inside.x + column * (MONTH + GAP);
        let y = inside.y + row * (MONTH_ROWS + 1);
        // On a low screen a month gets fewer rows.
        let height = MONTH_ROWS.min(inside.height.saturating_sub(1));
        Some((first.checked_add_months(Months::new(month))?, Area { x, y, width: MONTH, height }))
    });
    months.collect()
}

/// The days of a month, as (day, area). If not all weeks fit, early ones are left out until the selected day
/// fits.
pub fn days(month: NaiveDate, area: Area, selected: NaiveDate) -> impl Iterator<Item = (NaiveDate, Area)> {
    let before = month.weekday().num_days_from_monday();
    let weeks = u64::from(area.height.saturating_sub(2));
    let is_here = month_of(selected) == month;
    let week = if is_here { u64::from((selected.day0() + before) / 7) } else { 0 };
    let above = (week + 1).saturating_sub(weeks);
    let before = u64::from(before);
    let days = (0..31).filter_map(move |day| month.checked_add_days(Days::new(day)).map(|date| (day, date)));
    days.take_while(move |(_, date)| date.month() == month.month()).filter_map(move |(day, date)| {
        let (week, weekday) = ((day + before) / 7, (day + before) % 7);
        let week = week.checked_sub(above).filter(|&week| week < weeks)?;
        let x = area.x + u16::try_from(weekday).ok()? * DAY;
        let y = area.y + 2 + u16::try_from(week).ok()?;
        Some((date, Area { x, y, width: DAY - 1, height: 1 }))
    })
}

/// The day at a cell.
pub fn day_at(size: Size, selected: NaiveDate, column: u16, row: u16) -> Option<NaiveDate> {
    let mut months = months(size, selected).into_iter();
    let (month, area) = months.find(|(_, area)| area.contains(column, row))?;
    days(month, area, selected).find(|(_, area)| area.contains(column, row)).map(|(date, _)| date)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_day_is_found_at_its_cell() {
        let sizes = [(140, 42), (80, 24), (44, 18), (44, 10), (30, 8)];
        for size in sizes.map(|(width, height)| Size { width, height }) {
            for selected in ["2031-05-01", "2031-05-17", "2031-05-31"].map(|day| day.parse().expect("a day")) {
                let months = months(size, selected).into_iter();
                let all: Vec<_> = months.flat_map(|(month, area)| days(month, area, selected)).collect();
                assert!(all.iter().any(|(date, _)| *date == selected), "{size:?}");
                let inside = layout::inside(area(size));
                for (date, area) in all {
                    assert_eq!(day_at(size, selected, area.x + 1, area.y), Some(date));
                    assert!(area.y + 1 < inside.y + inside.height, "{date} in {size:?} is where the day is described");
                }
            }
        }
    }
}
