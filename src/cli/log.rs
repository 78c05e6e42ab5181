//! `papers-tui log`: a new entry, also out of an item of the pending list.

use anyhow::{Context, bail};
use chrono::NaiveDate;

use super::print::Printer;
use super::{Opened, Outcome, item};
use crate::log::edit::{Intent, NewEntry, Settle, clean_title, headings, is_undated, newest_file, template};
use crate::log::{normalise, parse};
use crate::say;
use crate::text::safe;

/// What is asked for.
pub struct Asked<'a> {
    /// The title.
    pub title: &'a str,
    /// The day.
    pub date: NaiveDate,
    /// The heading under which it shall stand, in a log without days.
    pub under: Option<&'a str>,
    /// The item of the pending list that it comes from.
    pub from: Option<&'a str>,
}

/// Writes an entry and says at which line it stands. `from` is settled as the
/// user has it.
pub fn run(opened: &Opened, asked: Asked<'_>, out: &mut Printer) -> anyhow::Result<Outcome> {
    let Asked { title, date, under, from } = asked;
    let (log, title) = (&opened.log, clean_title(title)?);
    let habits = opened.config.habits();
    let body = habits.template.clone().unwrap_or_else(|| template(log).to_owned());
    let place = under.map(|under| heading(opened, under)).transpose()?;
    let newest = place.as_ref().map_or_else(|| newest_file(log), |(file, _)| *file);
    let entry = NewEntry { title: title.clone(), date, body, under: place.map(|(_, heading)| heading) };
    let (file, intent) = match from {
        Some(item) => match item::find_or_say(opened, item)? {
            Some(task) => {
                let is_group = log.children(task).next().is_some();
                // Nothing below an item is removed unasked.
                let settle = match habits.removes_logged && !is_group {
                    true => Settle::Remove,
                    false => Settle::Tick(habits.done_date(Some(opened.today()?))),
                };
                let children = habits.ticks_children == Some(true);
                let file = log.tasks[task].file;
                if entry.under.is_some() && file != newest {
                    bail!(opened.language.pick(
                        "the item and the heading stand in different files: one change is made in one file",
                        "条目和标题在不同的文件里：一次修改只改一个文件"
                    ));
                }
                needs_heading(opened, file, &entry)?;
                (file, Intent::promote(log, task, settle, children, entry))
            }
            None => return Ok(Outcome::Nothing),
        },
        None => {
            needs_heading(opened, newest, &entry)?;
            (newest, Intent::LogEntry(entry))
        }
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

/// The file and the heading that are meant: one that is called so, else the only one that holds the words.
fn heading(opened: &Opened, under: &str) -> anyhow::Result<(usize, String)> {
    let (log, wanted) = (&opened.log, normalise(under));
    let all = || (0..log.files.len()).flat_map(|file| headings(log, file));
    let is = |heading: &str| normalise(heading) == wanted;
    let holds = |heading: &str| !wanted.is_empty() && normalise(heading).contains(&wanted);
    let rules: [&dyn Fn(&str) -> bool; 2] = [&is, &holds];
    for rule in rules {
        let found: Vec<(usize, &str)> = all()
            .filter(|section| rule(&section.heading))
            .map(|section| (section.file, section.heading.as_str()))
            .collect();
        match found[..] {
            [] => {}
            [(file, heading)] => return Ok((file, heading.to_owned())),
            _ => {
                let names = quoted(found.iter().map(|(_, heading)| *heading));
                bail!(say!(opened.language, "“{under}” could be {names}", "“{under}”可能是 {names}"))
            }
        }
    }
    let names = quoted(all().map(|section| section.heading.as_str()));
    bail!(say!(
        opened.language,
        "no heading is or contains “{under}”; there are {names}",
        "没有标题是或包含“{under}”；有 {names}"
    ))
}

/// A log without days has no place for an entry unless that is said.
fn needs_heading(opened: &Opened, file: usize, entry: &NewEntry) -> anyhow::Result<()> {
    if entry.under.is_some() || !is_undated(&opened.log, file) {
        return Ok(());
    }
    let names = quoted(headings(&opened.log, file).into_iter().map(|section| section.heading.as_str()));
    bail!(say!(
        opened.language,
        "this log has no dates: say with --under HEADING where the entry shall stand; there are {names}",
        "此日志没有日期：请用 --under 标题 说明写在哪里；有 {names}"
    ))
}

/// Names, some of them, in quotation marks.
fn quoted<'a>(names: impl Iterator<Item = &'a str>) -> String {
    const SHOWN: usize = 8;
    let all: Vec<&str> = names.filter(|name| !name.is_empty()).collect();
    let shown: Vec<String> = all.iter().take(SHOWN).map(|name| format!("“{name}”")).collect();
    let more = if all.len() > SHOWN { " …" } else { "" };
    format!("{}{more}", shown.join(", "))
}
