//! `papers-tui tick`: ticks items in the file.

use anyhow::Context;

use super::print::Printer;
use super::{Opened, Outcome, item};
use crate::log::edit::Intent;
use crate::say;
use crate::text::safe;

/// Ticks items or, if not `done`, unticks them. If any of them is missing or ambiguous, changes nothing.
pub fn run(opened: &Opened, items: &[String], done: bool, out: &mut Printer) -> anyhow::Result<Outcome> {
    let log = &opened.log;
    let (habits, today) = (opened.config.habits(), opened.today()?);
    let mut tasks = Vec::new();
    for item in items {
        match item::find_or_report(opened, item)? {
            Some(task) => tasks.push(task),
            None => return Ok(Outcome::Nothing),
        }
    }
    for file in 0..log.files.len() {
        let here = tasks.iter().copied().filter(|&task| log.tasks[task].file == file);
        let date = habits.done_date(log, file, Some(today));
        let intents: Vec<Intent> = here.filter_map(|task| Intent::set_done_on(log, task, done, date)).collect();
        if !intents.is_empty() {
            item::make(opened, file, &intents)?;
        }
    }
    let language = opened.language;
    let (now, already) = match done {
        true => (language.pick("ticked", "已勾选"), language.pick("already done", "已经完成")),
        false => (language.pick("unticked", "已取消勾选"), language.pick("already open", "原本就未完成")),
    };
    for task in tasks.into_iter().map(|task| &log.tasks[task]) {
        let said = if task.state.is(done) { already } else { now };
        let said = say!(language, "{said}: {}", "{said}：{}", safe(&task.text));
        writeln!(out, "{said}").context(item::result_not_printed(language))?;
    }
    out.flush().context(item::result_not_printed(language))?;
    Ok(Outcome::Done)
}
