//! Which item of the list a command means, and changes to the files of a log.

use anyhow::{Context, bail};

use super::Opened;
use crate::io::store::{Store, WriteError, Written};
use crate::log::edit::Intent;
use crate::log::{Log, Task, normalise};

/// Said when the result cannot be: no one must do it twice.
pub const DONE: &str = "cannot say what was done, but it is done";

/// The task that is meant: by its line; else by all of its text; else by a part of it.
/// Items of the pending list come before tasks elsewhere.
pub fn find(log: &Log, item: &str) -> anyhow::Result<Option<usize>> {
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

/// The task that is meant, or `None` after saying that there is none.
pub fn find_or_say(log: &Log, item: &str) -> anyhow::Result<Option<usize>> {
    let found = find(log, item)?;
    if found.is_none() {
        let item = crate::text::safe(item);
        let text = format!("papers-tui: no item is or contains “{item}”; see “papers-tui pending”");
        std::io::Write::write_all(&mut std::io::stderr(), format!("{text}\n").as_bytes())?;
    }
    Ok(found)
}

/// Refuses to change the built-in sample, whose copy is gone when the program ends.
pub fn ensure_own(opened: &Opened) -> anyhow::Result<()> {
    if opened.chosen.sample.is_some() {
        bail!("no log was named or found here, and the built-in sample is only a copy: name a log with --log FILE");
    }
    Ok(())
}

/// Carries intents out on a file of the log.
pub fn make(opened: &Opened, file: usize, intents: &[Intent]) -> anyhow::Result<Written> {
    let path = &opened.chosen.paths[file];
    Store::of_user().make(path, &opened.log.files[file].text, intents).map_err(|unmade| match unmade.error {
        WriteError::Refused(_) => anyhow::anyhow!("{}: {unmade}", path.display()),
        _ => anyhow::Error::new(unmade),
    })
}
