//! Days that an item bears in its text, as the Tasks plugin of Obsidian writes them:
//! `✅ 2031-05-17` when it was done, `➕ 2031-05-17` when it was added.

use chrono::NaiveDate;

/// The day on which an item was done, if its text says so.
pub fn done_on(text: &str) -> Option<NaiveDate> {
    day_after(text, '✅')
}

/// The day on which an item was added, if its text says so.
pub fn added_on(text: &str) -> Option<NaiveDate> {
    day_after(text, '➕')
}

/// The day after the last such mark: a recurring item gathers several.
fn day_after(text: &str, mark: char) -> Option<NaiveDate> {
    let (_, after) = text.rsplit_once(mark)?;
    // The mark may bear a sign that asks for it to be drawn as a picture.
    let date = after.trim_start_matches(['\u{FE0F}', ' ', '\t']).get(..10)?;
    NaiveDate::parse_from_str(date, "%Y-%m-%d").ok()
}
