//! The statistics overlay: its text, and the day selected in the heat map.

use chrono::{Days, NaiveDate};

use super::tables::{ABOVE, COLUMNS, LABEL, Tables, Totals};
use crate::app::App;
use crate::app::page::flow::PageLine;
use crate::app::screen::layout::{self, Area, Size};
use crate::app::screen::viewport::Viewport;

/// The state of the overlay.
#[derive(Debug)]
pub struct Statistics {
    /// The day selected in the heat map.
    pub day: NaiveDate,
    /// The scroll position.
    pub view: Viewport,
    /// The text, laid out at the screen's width.
    pub lines: Vec<PageLine>,
    /// The heat map's (first Monday, number of weeks, columns per week).
    weeks: (NaiveDate, u16, u16),
    counts: Totals,
    /// What the counts are valid for: (log revision, today).
    counted: Option<(u64, Option<NaiveDate>)>,
}

/// The width of the text, in columns.
fn columns(size: Size) -> usize {
    usize::from(size.width.saturating_sub(4).min(COLUMNS))
}

impl Statistics {
    /// Opens with this day selected; counting happens at the first layout.
    pub fn new(day: NaiveDate) -> Self {
        let (view, counts) = (Viewport::default(), Totals::default());
        Self { day, view, lines: Vec::new(), weeks: (day, 1, 1), counts, counted: None }
    }

    /// Lays out the text; counts again if the log, the reviews or the day have changed.
    pub(in crate::app) fn lay_out(&mut self, app: &App) {
        let now = Some((app.revision, app.today()));
        if self.counted != now {
            let day = app.today().unwrap_or(self.day);
            self.counts = Totals::of(&app.log, &app.topics, &app.reviewing, day);
            self.counted = now;
        }
        let read_on = app.read_on(self.day);
        let tables =
            Tables { counts: &self.counts, day: self.day, read_on, today: app.today(), language: app.language };
        let columns = columns(app.size);
        (self.lines, self.weeks) = (tables.lines(columns), tables.weeks(columns));
    }

    /// The area of the overlay, including its border.
    pub fn area(&self, size: Size) -> Area {
        let number = |count: usize| u16::try_from(count).unwrap_or(u16::MAX);
        layout::overlay(size, number(columns(size)), number(self.lines.len()))
    }

    /// The cell of the selected day, if it is visible.
    pub fn cell(&self, size: Size) -> Option<Area> {
        let (first, weeks, cell) = self.weeks;
        let days = u16::try_from((self.day - first).num_days()).ok().filter(|days| *days < 7 * weeks)?;
        let inside = layout::inside(self.area(size));
        let line = (ABOVE + usize::from(days % 7)).checked_sub(self.view.top)?;
        let y = u16::try_from(line).ok().filter(|line| *line < inside.height)?;
        Some(Area { x: inside.x + LABEL + days / 7 * cell, y: inside.y + y, width: 1, height: 1 })
    }

    /// The heat map's day at a cell of the screen.
    pub fn day_at(&self, size: Size, column: u16, row: u16) -> Option<NaiveDate> {
        let (first, weeks, cell) = self.weeks;
        let inside = layout::inside(self.area(size));
        if !inside.contains(column, row) {
            return None;
        }
        let weekday = (usize::from(row - inside.y) + self.view.top).checked_sub(ABOVE).filter(|day| *day < 7)?;
        let week = (column - inside.x).checked_sub(LABEL)? / cell;
        let days = u64::from(week) * 7 + u64::try_from(weekday).ok()?;
        first.checked_add_days(Days::new(days)).filter(|_| week < weeks)
    }
}
