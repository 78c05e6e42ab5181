//! The calendar: months with the number of papers read on each day.

use chrono::Datelike;
use ratatui::style::Modifier;

use super::canvas::Canvas;
use super::theme::Theme;
use crate::app::App;
use crate::app::habit::calendar::{self, Calendar};
use crate::app::screen::layout;
use crate::log::date::{format_month, month_of};
use crate::text::cut;

pub fn draw(app: &App, calendar: &Calendar, canvas: &mut Canvas<'_>, theme: &Theme) {
    let frame = calendar::area(app.size);
    canvas.dim(theme.dim);
    canvas.clear(frame);
    canvas.frame(frame, app.language.pick("Calendar", "日历"), theme.dim, theme.accent);
    let read = app.days();
    for (month, area) in calendar::months(app.size, calendar.day) {
        canvas.text(area.x, area.y, area.width, &format_month(Some(month), app.language), theme.heading);
        let count: usize = read.iter().filter(|(day, _)| month_of(**day) == month).map(|(_, count)| count).sum();
        if count > 0 {
            canvas.text_before(area.x + area.width - 1, area.y, &count.to_string(), theme.dim);
        }
        let weekdays = app.language.pick("Mo  Tu  We  Th  Fr  Sa  Su", "一  二  三  四  五  六  日");
        canvas.text(area.x, area.y + 1, area.width, weekdays, theme.dim);
        for (day, place) in calendar::days(month, area, calendar.day) {
            let count = read.get(&day).copied().unwrap_or(0);
            let mut style = if count > 0 { theme.accent } else { theme.dim };
            if app.reviewing.today() == Some(day) {
                style = style.add_modifier(Modifier::UNDERLINED);
            }
            let number = canvas.text(place.x, place.y, 2, &format!("{:>2}", day.day()), style);
            canvas.text(place.x + number, place.y, 1, mark(count), theme.chart);
            if day == calendar.day {
                canvas.style(place, theme.selected);
            }
        }
    }
    let inside = layout::inside(frame);
    let about = app.read_on(calendar.day);
    let columns = usize::from(inside.width);
    canvas.text(inside.x, inside.y + inside.height - 1, inside.width, &cut(&about, columns), theme.text);
}

/// A count as a superscript digit: empty for 0, `⁺` for 10 or more.
fn mark(count: usize) -> &'static str {
    const MARKS: [&str; 10] = ["", "¹", "²", "³", "⁴", "⁵", "⁶", "⁷", "⁸", "⁹"];
    MARKS.get(count).copied().unwrap_or("⁺")
}
