//! `papers-tui add`: adds an item to the pending list.

use anyhow::Context;

use super::print::Printer;
use super::{Opened, Outcome, item, title};
use crate::log::edit::{InsertAt, Intent, Target, added_on, file_of_list, item_line};
use crate::log::normalise;
use crate::say;
use crate::text::safe;

/// Adds an item: below the item `under` if that is given, else at the end of the list.
pub fn run(opened: &Opened, text: &str, under: Option<&str>, out: &mut Printer) -> anyhow::Result<Outcome> {
    let log = &opened.log;
    let (file, place) = match under {
        Some(item) => match item::find_or_report(opened, item)? {
            Some(task) => (log.tasks[task].file, InsertAt::Under(Target::of(log, task))),
            None => return Ok(Outcome::Nothing),
        },
        None => (file_of_list(log), InsertAt::End),
    };
    let text = item_line(&title::resolve(opened, text)?.title)?;
    let known =
        log.tasks.iter().find(|task| task.pending && task.is_open() && normalise(&task.text) == normalise(&text));
    let dated = added_on(log, file, &text, opened.today().ok());
    item::make(opened, file, &[Intent::AddTask { text: dated, place }])?;
    let again = known.map(|_| opened.language.pick(" (the list had it already)", "（列表中原已有此项）"));
    let said = say!(opened.language, "added: {}{}", "已添加：{}{}", safe(&text), again.unwrap_or_default());
    writeln!(out, "{said}").and_then(|()| out.flush()).context(item::result_not_printed(opened.language))?;
    Ok(Outcome::Done)
}
