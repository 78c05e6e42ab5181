//! `papers-tui week`: prints a week's digest in Markdown.

use chrono::NaiveDate;

use super::library::Papers;
use super::print::Printer;
use super::progress::Progress;
use super::review::ReviewContext;
use super::{Opened, Outcome};
use crate::review::week::Week;
use crate::text::safe;

/// Prints the digest of the week that contains `date`, or of this week.
pub fn run(opened: &Opened, date: Option<NaiveDate>, goal: Option<u32>, out: &mut Printer) -> anyhow::Result<Outcome> {
    let ReviewContext { deck, today, .. } = ReviewContext::open(opened)?;
    let week = Week::of(&opened.log, &deck, date.unwrap_or(today), today, goal);
    let unread = Papers::of(opened, &mut Progress::new()).index(&opened.log).unread(&opened.log);
    let cited: Vec<(&str, usize)> = unread.iter().map(|unread| (unread.title(&opened.log), unread.count)).collect();
    for line in week.markdown(&opened.log, &cited, opened.language).lines() {
        writeln!(out, "{}", safe(line))?;
    }
    Ok(if week.read.is_empty() { Outcome::Nothing } else { Outcome::Done })
}
