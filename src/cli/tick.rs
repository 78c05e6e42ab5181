//! `papers-tui tick`: items are found by their text or line, then ticked on the disk.

use std::io::Write;

use anyhow::Context;

use super::{Opened, Outcome, item, today};
use crate::log::edit::Intent;
use crate::text::safe;

/// Sets items done or open; all of them or, where one is not certain, none.
pub fn run(opened: &Opened, items: &[String], done: bool, out: &mut impl Write) -> anyhow::Result<Outcome> {
    let log = &opened.log;
    item::ensure_own(opened)?;
    let date = opened.config.habits().done_date(Some(today()?));
    let mut tasks = Vec::new();
    for item in items {
        match item::find_or_say(log, item)? {
            Some(task) => tasks.push(task),
            None => return Ok(Outcome::Nothing),
        }
    }
    for file in 0..log.files.len() {
        let here = tasks.iter().copied().filter(|&task| log.tasks[task].file == file);
        let intents: Vec<Intent> = here.filter_map(|task| Intent::set_done_on(log, task, done, date)).collect();
        if !intents.is_empty() {
            item::make(opened, file, &intents)?;
        }
    }
    let (now, already) = if done { ("ticked", "already done") } else { ("unticked", "open already") };
    for task in tasks.into_iter().map(|task| &log.tasks[task]) {
        let said = if task.done == done { already } else { now };
        writeln!(out, "{said}: {}", safe(&task.text)).context(item::DONE)?;
    }
    out.flush().context(item::DONE)?;
    Ok(Outcome::Done)
}
