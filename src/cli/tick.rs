//! `papers-tui tick`: items are found by their text or line, then ticked on the disk.

use std::io::Write;

use anyhow::{Context, bail};

use super::{Opened, Outcome};
use crate::io::store::{Store, WriteError};
use crate::log::edit::{Intent, revise};
use crate::log::{Log, Task, normalise};
use crate::text::safe;

/// Sets items done or open; all of them or, where one is not certain, none.
pub fn run(opened: &Opened, items: &[String], done: bool, out: &mut impl Write) -> anyhow::Result<Outcome> {
    let log = &opened.log;
    if opened.chosen.sample.is_some() {
        bail!("no log was named or found here, and the built-in sample is only a copy: name a log with --log FILE");
    }
    let mut tasks = Vec::new();
    for item in items {
        match find(log, item)? {
            Some(task) => tasks.push(task),
            None => {
                writeln!(
                    std::io::stderr(),
                    "papers-tui: no item is or contains “{}”; see “papers-tui pending”",
                    safe(item)
                )?;
                return Ok(Outcome::Nothing);
            }
        }
    }
    for (file, path) in opened.chosen.paths.iter().enumerate() {
        let here = tasks.iter().copied().filter(|&task| log.tasks[task].file == file);
        let intents: Vec<Intent> = here.filter_map(|task| Intent::set_done(log, task, done)).collect();
        if !intents.is_empty() {
            Store::of_user().rewrite(path, &log.files[file].text, |text| revise(text, &intents)).map_err(|error| {
                match error {
                    WriteError::Refused(refusal) => anyhow::Error::new(refusal).context(path.display().to_string()),
                    other => anyhow::anyhow!("{other}"),
                }
            })?;
        }
    }
    let (now, already) = if done { ("ticked", "already done") } else { ("unticked", "open already") };
    for task in tasks.into_iter().map(|task| &log.tasks[task]) {
        let said = if task.done == done { already } else { now };
        writeln!(out, "{said}: {}", safe(&task.text)).context("cannot say what was done, but it is done")?;
    }
    Ok(Outcome::Done)
}

/// The task that is meant: by its line; else by all of its text; else by a part of it.
/// Items of the pending list come before tasks elsewhere.
fn find(log: &Log, item: &str) -> anyhow::Result<Option<usize>> {
    let indices = || 0..log.tasks.len();
    if let Some(line) = item.strip_prefix("line:") {
        let line: usize = line.parse().ok().with_context(|| format!("“{item}”: no number after “line:”"))?;
        return only(log, item, indices().filter(|&index| log.tasks[index].line == line).collect());
    }
    let wanted = normalise(item);
    let is = |task: &Task| normalise(&task.text) == wanted;
    let contains = |task: &Task| normalise(&task.text).contains(&wanted);
    let rules: [&dyn Fn(&Task) -> bool; 4] =
        [&|task| task.pending && is(task), &is, &|task| task.pending && contains(task), &contains];
    for rule in rules {
        let found: Vec<usize> = indices().filter(|&index| rule(&log.tasks[index])).collect();
        if !found.is_empty() {
            return only(log, item, found);
        }
    }
    Ok(None)
}

fn only(log: &Log, item: &str, found: Vec<usize>) -> anyhow::Result<Option<usize>> {
    if found.len() > 1 {
        let lines = found.iter().map(|&index| format!("line:{} {}", log.tasks[index].line, log.tasks[index].text));
        bail!("“{item}” could be {}", lines.collect::<Vec<_>>().join("; or "));
    }
    Ok(found.first().copied())
}
