//! Finds the item that an argument names, and writes changes to the files of a log.

use std::path::Path;
use std::sync::Arc;

use anyhow::{Context, bail};

use super::Opened;
use crate::io::store::{ChangeError, ChangeKind, Store, WriteError, Written};
use crate::log::edit::{ChangeRecord, Intent, Refusal, item_line};
use crate::log::{File, Task, normalise};
use crate::say;
use crate::search;
use crate::words::{Language, Say};

/// The error for when the result cannot be printed. It says that the change was made, so that the user does not run
/// the command again.
pub fn result_not_printed(language: Language) -> &'static str {
    language.pick("the change was made, but the result cannot be printed", "修改已完成，但无法输出结果")
}

/// The index of the task that `item` names: by line, else by its whole text, else by a part of it, ignoring accents
/// if necessary. Pending items win over other tasks. `None` if there is no match, an error if there are several, or if
/// `item` is empty.
pub fn find(opened: &Opened, item: &str) -> anyhow::Result<Option<usize>> {
    let log = &opened.log;
    let indices = || 0..log.tasks.len();
    if let Some(line) = item.strip_prefix("line:") {
        let line = line_number(item, line, opened.language)?;
        return only(opened, item, indices().filter(|&index| log.tasks[index].line == line).collect());
    }
    // Every text contains the empty one.
    let wanted = normalise(&item_line(item)?);
    if wanted.is_empty() {
        return Err(Refusal::Empty.into());
    }
    let is = |task: &Task| normalise(&task.text) == wanted;
    let contains = |task: &Task| normalise(&task.text).contains(&wanted);
    let unaccented = search::normalise::normalise(&wanted);
    let resembles =
        |task: &Task| !unaccented.is_empty() && search::normalise::normalise(&task.text).contains(&unaccented);
    let rules: [&dyn Fn(&Task) -> bool; 6] = [
        &|task| task.pending && is(task),
        &is,
        &|task| task.pending && contains(task),
        &contains,
        &|task| task.pending && resembles(task),
        &resembles,
    ];
    for rule in rules {
        let found: Vec<usize> = indices().filter(|&index| rule(&log.tasks[index])).collect();
        if !found.is_empty() {
            return only(opened, item, found);
        }
    }
    Ok(None)
}

/// Parses the number in `line:N`.
pub fn line_number(query: &str, digits: &str, language: Language) -> anyhow::Result<usize> {
    let number = digits.parse().ok();
    number.with_context(|| say!(language, "“{query}”: no number after “line:”", "“{query}”：“line:”后面没有数字"))
}

fn only(opened: &Opened, item: &str, found: Vec<usize>) -> anyhow::Result<Option<usize>> {
    if found.len() > 1 {
        let (tasks, language) = (&opened.log.tasks, opened.language);
        let lines = found.iter().map(|&index| format!("line:{} {}", tasks[index].line, tasks[index].text));
        let lines = lines.collect::<Vec<_>>().join("; ");
        bail!(say!(
            language,
            "“{item}” matches several items; use more of the text, or one of these numbers: {lines}",
            "“{item}”匹配多个待读项；请写得更完整，或用下面的行号：{lines}"
        ));
    }
    Ok(found.first().copied())
}

/// Like [`find`], but prints a message if there is no match.
pub fn find_or_report(opened: &Opened, item: &str) -> anyhow::Result<Option<usize>> {
    let found = find(opened, item)?;
    if found.is_none() {
        let item = crate::text::safe(item);
        super::tell(&say!(
            opened.language,
            "no item matches “{item}”; see “papers-tui pending”",
            "没有匹配“{item}”的待读项；参见“papers-tui pending”"
        ))?;
    }
    Ok(found)
}

/// Applies the intents to a file of the log.
pub fn make(opened: &Opened, file: usize, intents: &[Intent]) -> anyhow::Result<Written> {
    save(opened, file, |store, path, known| store.make(path, known, intents))
}

/// Like [`make`], but for when the model already contains the change. `before` is the file before the change, as it
/// should be on disk.
pub fn make_from(opened: &Opened, file: usize, before: &File, intents: &[Intent]) -> anyhow::Result<Written> {
    save_from(opened, file, before, |store, path, known| store.make(path, known, intents))
}

/// Undoes a change in a file of the log. If the file no longer allows that, marks the change as not undoable, except
/// for a merge conflict, which is temporary.
pub fn undo(opened: &Opened, file: usize, made: &ChangeRecord) -> anyhow::Result<Written> {
    save(opened, file, |store, path, known| {
        let taken = store.apply(path, known, &made.inverse, ChangeKind::Undo { name: made.name, is_own: false });
        if let Err(ChangeError { error: WriteError::Refused(refusal), .. }) = &taken
            && !matches!(refusal, Refusal::Conflict(_))
        {
            store.pass_over(path, made.name, true);
        }
        taken
    })
}

fn save(
    opened: &Opened,
    file: usize,
    save: impl FnOnce(&Store, &Path, &File) -> Result<Written, ChangeError>,
) -> anyhow::Result<Written> {
    save_from(opened, file, &opened.log.files[file], save)
}

fn save_from(
    opened: &Opened,
    file: usize,
    known: &File,
    save: impl FnOnce(&Store, &Path, &File) -> Result<Written, ChangeError>,
) -> anyhow::Result<Written> {
    let path = &opened.chosen.files.paths[file];
    let store = Store::of_user().with_dialect(Arc::clone(&known.dialect));
    let made = save(&store, path, known);
    let late = super::tell_copies(&store.finish(path), opened.language);
    let written = made.map_err(|unmade| match unmade.error {
        WriteError::Refused(_) => {
            anyhow::anyhow!(say!(opened.language, "{}: {}", "{}：{}", path.display(), unmade.say(opened.language)))
        }
        _ => anyhow::Error::new(unmade),
    })?;
    let no_undo = written.no_undo.as_ref().filter(|_| !opened.is_no_undo_told.replace(true));
    let no_undo = no_undo.map_or(Ok(()), |why| super::tell(why.get(opened.language)));
    super::tell_copies(&written.copies, opened.language)
        .and(late)
        .and(no_undo)
        .context(result_not_printed(opened.language))?;
    Ok(written)
}
