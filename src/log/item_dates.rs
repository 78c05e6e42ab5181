//! Dates in an item's text in the format of Obsidian Tasks: `✅ 2031-05-17` for done, `➕ 2031-05-17` for added.

use chrono::NaiveDate;

/// The day on which an item was done, from its text.
pub fn done_on(text: &str) -> Option<NaiveDate> {
    day_after(text, '✅')
}

/// The day on which an item was added, from its text.
pub fn added_on(text: &str) -> Option<NaiveDate> {
    day_after(text, '➕')
}

/// The date after the last such sign; recurring items have several.
fn day_after(text: &str, mark: char) -> Option<NaiveDate> {
    let (_, after) = text.rsplit_once(mark)?;
    // Skip a variation selector after the emoji.
    let date = after.trim_start_matches(['\u{FE0F}', ' ', '\t']).get(..10)?;
    NaiveDate::parse_from_str(date, "%Y-%m-%d").ok()
}
