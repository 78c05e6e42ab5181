//! `papers-tui log`: a new entry, also out of an item of the pending list.

use anyhow::Context;
use chrono::NaiveDate;

use super::print::Printer;
use super::{Opened, Outcome, item, today};
use crate::log::edit::{Intent, NewEntry, Settle, clean_title, newest_file, template};
use crate::log::parse;
use crate::text::safe;

/// Writes an entry and says at which line it stands. `from` is settled as the
/// user has it.
pub fn run(
    opened: &Opened,
    title: &str,
    date: NaiveDate,
    from: Option<&str>,
    out: &mut Printer,
) -> anyhow::Result<Outcome> {
    let log = &opened.log;
    let title = clean_title(title)?;
    let habits = opened.config.habits();
    let body = habits.template.clone().unwrap_or_else(|| template(log).to_owned());
    let entry = NewEntry { title: title.clone(), date, body };
    let (file, intent) = match from {
        Some(item) => match item::find_or_say(opened, item)? {
            Some(task) => {
                let is_group = log.children(task).next().is_some();
                // Nothing below an item is removed unasked.
                let settle = match habits.removes_logged && !is_group {
                    true => Settle::Remove,
                    false => Settle::Tick(habits.done_date(Some(today(opened.language)?))),
                };
                let children = habits.ticks_children == Some(true);
                (log.tasks[task].file, Intent::promote(log, task, settle, children, entry))
            }
            None => return Ok(Outcome::Nothing),
        },
        None => (newest_file(log), Intent::LogEntry(entry)),
    };
    let written = item::make(opened, file, &[intent])?;
    let name = opened.chosen.files.paths[file].display().to_string();
    let after = parse::again(&log.files[file], written.text.into());
    let new = after.entries.iter().rfind(|entry| entry.title == title && entry.date == Some(date));
    let new = new.or_else(|| after.entries.iter().rfind(|entry| entry.title == title));
    let line = new.map_or(1, |entry| entry.line);
    writeln!(out, "{}:{line}", safe(&name)).and_then(|()| out.flush()).context(item::done(opened.language))?;
    Ok(Outcome::Done)
}
