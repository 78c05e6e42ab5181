//! `papers-tui log`: writes a new entry, optionally for a pending item.

use anyhow::{Context, bail};
use chrono::NaiveDate;

use super::print::Printer;
use super::{Opened, Outcome, item, title};
use crate::io::own_file::path_of;
use crate::log::edit::{
    Intent, ItemOutcome, NewEntry, Refusal, Wanted, clean_title, file_of_day, headings, is_undated, line_for,
    newest_file, own_file, template, topics,
};
use crate::log::template::filled;
use crate::log::{normalise, parse};
use crate::say;
use crate::text::safe;
use crate::words::{Language, Say};

/// The entry to write.
pub struct Request<'a> {
    /// The argument as typed: a title, a PDF or an arXiv URL.
    pub title: &'a str,
    /// The day on which the paper was read.
    pub date: NaiveDate,
    /// The heading to write the entry under, in a log without dates.
    pub under: Option<&'a str>,
    /// The pending item to tick or remove, if any.
    pub from: Option<&'a str>,
}

/// Writes an entry and prints its location. Whether the item `from` is ticked or removed depends on the settings.
pub fn run(opened: &Opened, request: Request<'_>, out: &mut Printer) -> anyhow::Result<Outcome> {
    let Request { title, date, under, from } = request;
    let log = &opened.log;
    let title::ResolvedTitle { title, facts } = title::resolve(opened, title)?;
    let title = clean_title(&title)?;
    let task = match from.map(|item| item::find_or_report(opened, item)).transpose()? {
        Some(None) => return Ok(Outcome::Nothing),
        found => found.flatten(),
    };
    let habits = opened.config.habits();
    let body = filled(habits.template.as_deref().unwrap_or_else(|| template(log, opened.language)), &facts);
    let (newest, under) = place(opened, date, under)?;
    let under = under.or_else(|| only_place(opened, task.map_or(newest, |task| log.tasks[task].file)));
    let entry = NewEntry { title: title.clone(), date, body, under };
    let anchor = task.map(|task| log.tasks[task].file);
    let wanted = Wanted { entry: &entry, anchor, near: None, is_own_body: habits.template.is_some() };
    let own = own_file(log, wanted).map_err(|refusal| needs_topic(opened, newest, &entry, &refusal))?;
    let file = own.as_ref().map(|own| own.anchor).or(anchor).unwrap_or(newest);
    let written = match &own {
        Some(own) => Intent::CreateFile(own.file.clone()),
        None => {
            let is_placed = entry.under.is_some() || file_of_day(log, date).is_some();
            if is_placed && file != newest {
                bail!(opened.language.pick(
                    "the item and the new entry belong in different files, and a change can only touch one",
                    "待读项和新条目不在同一个文件中，而一次修改只能改一个文件"
                ));
            }
            needs_heading(opened, file, &entry)?;
            Intent::LogEntry(entry.clone())
        }
    };
    let intent = task.map_or_else(|| Ok(written.clone()), |task| with_item(opened, task, written.clone()))?;
    let done = item::make(opened, file, std::slice::from_ref(&intent))
        .map_err(|error| explain_failure(opened, file, &entry, &intent, error))?;
    let (path, text) = match own {
        Some(own) => (path_of(&opened.chosen.files.paths[file], &own.file), own.file.text),
        None => (opened.chosen.files.paths[file].clone(), done.text),
    };
    let line = line_of(opened, file, text, &title, date);
    let name = path.display().to_string();
    writeln!(out, "{}:{line}", safe(&name))
        .and_then(|()| out.flush())
        .context(item::result_not_printed(opened.language))?;
    Ok(Outcome::Done)
}

/// The index of the file for an entry, and the heading or topic to write the entry under.
fn place(opened: &Opened, date: NaiveDate, under: Option<&str>) -> anyhow::Result<(usize, Option<String>)> {
    let log = &opened.log;
    let Some(under) = under else {
        return Ok((file_of_day(log, date).unwrap_or_else(|| newest_file(log)), None));
    };
    let topics = topics(log);
    let of_topic = |topic: &str| log.sections.iter().find(|section| *section.heading == *topic).map(|it| it.file());
    let mut found = topics.iter().map(|(topic, _)| *topic).filter(|topic| normalise(topic) == normalise(under));
    if let Some((topic, file)) = found.next_back().and_then(|topic| Some((topic, of_topic(topic)?))) {
        return Ok((file, Some(topic.to_owned())));
    }
    heading(opened, under).map(|(file, heading)| (file, Some(heading)))
}

/// Combines the entry with ticking or removing its pending item.
fn with_item(opened: &Opened, task: usize, written: Intent) -> anyhow::Result<Intent> {
    let (log, habits) = (&opened.log, opened.config.habits());
    let is_group = log.children(task).next().is_some();
    // Never remove an item with sub-items, since they would go too.
    let settle = match habits.removes_logged && !is_group {
        true => ItemOutcome::Remove,
        false => ItemOutcome::Tick(habits.done_date(log, log.tasks[task].file, Some(opened.today()?))),
    };
    Ok(Intent::promote_as(log, task, settle, habits.ticks_children == Some(true), written))
}

/// The line of the new entry in the written text, from 1.
fn line_of(opened: &Opened, file: usize, text: String, title: &str, date: NaiveDate) -> usize {
    let after = parse::reparse(&opened.log.files[file], text.into());
    let new = after.entries.iter().rfind(|entry| *entry.title == *title && entry.date == Some(date));
    let new = new.or_else(|| after.entries.iter().rfind(|entry| *entry.title == *title)).map(|entry| entry.line());
    // In a new file, the title may not be recognised yet: look for its text.
    let words = || after.files[0].text.lines().position(|line| line.contains(title)).map(|at| at + 1);
    new.or_else(words).unwrap_or(1)
}

/// If the log's form is the reason for the error, says instead where the user can write the entry by hand.
fn explain_failure(
    opened: &Opened,
    file: usize,
    entry: &NewEntry,
    intent: &Intent,
    error: anyhow::Error,
) -> anyhow::Error {
    let refusal = intent.apply(&mut opened.log.clone(), file).err();
    match refusal {
        Some(refusal @ (Refusal::Misread(_) | Refusal::OneDay(_) | Refusal::OnePaper(_) | Refusal::TooBroad(_))) => {
            write_by_hand(opened, file, entry, &refusal)
        }
        _ => error,
    }
}

fn write_by_hand(opened: &Opened, file: usize, entry: &NewEntry, refusal: &Refusal) -> anyhow::Error {
    let (path, line) = (opened.chosen.files.paths[file].display(), line_for(&opened.log, file, entry));
    let refusal = refusal.say(opened.language);
    anyhow::Error::msg(say!(
        opened.language,
        "{path}:{line}: {refusal}; write it in your editor, at line {line}",
        "{path}:{line}：{refusal}；请用编辑器写在第 {line} 行"
    ))
}

/// The error when no file was created for an entry; suggests `--under` with the log's topics, if that helps.
fn needs_topic(opened: &Opened, file: usize, entry: &NewEntry, refusal: &Refusal) -> anyhow::Error {
    let topics = topics(&opened.log);
    if !matches!(refusal, Refusal::Undated(_)) || topics.is_empty() {
        return write_by_hand(opened, file, entry, refusal);
    }
    let names = quoted(topics.into_iter().map(|(topic, _)| topic), opened.language);
    anyhow::Error::msg(say!(
        opened.language,
        "each paper of this log has its own file; choose a folder with --under TOPIC: {names}",
        "此日志每篇论文一个文件；请用 --under 选择文件夹：{names}"
    ))
}

/// The file index and the heading that `under` names: the heading that equals it, else the only one that contains it.
fn heading(opened: &Opened, under: &str) -> anyhow::Result<(usize, String)> {
    let (log, wanted) = (&opened.log, normalise(under));
    let all = || (0..log.files.len()).flat_map(|file| headings(log, file));
    let is = |heading: &str| normalise(heading) == wanted;
    let holds = |heading: &str| !wanted.is_empty() && normalise(heading).contains(&wanted);
    let rules: [&dyn Fn(&str) -> bool; 2] = [&is, &holds];
    for rule in rules {
        let found: Vec<(usize, &str)> =
            all().filter(|section| rule(&section.heading)).map(|section| (section.file(), &*section.heading)).collect();
        match found[..] {
            [] => {}
            [(file, heading)] => return Ok((file, heading.to_owned())),
            _ => {
                let names = quoted(found.iter().map(|(_, heading)| *heading), opened.language);
                bail!(say!(
                    opened.language,
                    "“{under}” matches several headings: {names}",
                    "“{under}”匹配多个标题：{names}"
                ))
            }
        }
    }
    let names = quoted(all().map(|section| &*section.heading), opened.language);
    bail!(say!(
        opened.language,
        "no heading matches “{under}”; the headings are {names}",
        "没有匹配“{under}”的标题；现有标题：{names}"
    ))
}

/// The start of the file, as the panes offer it, if an undated file has no headings to choose from.
fn only_place(opened: &Opened, file: usize) -> Option<String> {
    let is_only =
        is_undated(&opened.log, file) && matches!(headings(&opened.log, file)[..], [only] if only.heading.is_empty());
    is_only.then(String::new)
}

/// Fails if the log has no dates and no heading was given with `--under`.
fn needs_heading(opened: &Opened, file: usize, entry: &NewEntry) -> anyhow::Result<()> {
    if entry.under.is_some() || !is_undated(&opened.log, file) {
        return Ok(());
    }
    let names = quoted(headings(&opened.log, file).into_iter().map(|section| &*section.heading), opened.language);
    if names.is_empty() {
        let (path, line) = (opened.chosen.files.paths[file].display(), line_for(&opened.log, file, entry));
        bail!(say!(
            opened.language,
            "{path}: this log has no dates, and each of its headings appears more than once; write it in your editor, \
             at line {line}",
            "{path}：此日志没有日期，而且每个标题都出现多次；请用编辑器写在第 {line} 行"
        ));
    }
    bail!(say!(
        opened.language,
        "this log has no dates; choose a heading with --under HEADING: {names}",
        "此日志没有日期；请用 --under 选择标题：{names}"
    ))
}

/// The first few names, in quotation marks.
fn quoted<'a>(names: impl Iterator<Item = &'a str>, language: Language) -> String {
    const SHOWN: usize = 8;
    let all: Vec<&str> = names.filter(|name| !name.is_empty()).collect();
    let shown: Vec<String> = all.iter().take(SHOWN).map(|name| format!("“{name}”")).collect();
    let more = if all.len() > SHOWN { " …" } else { "" };
    format!("{}{more}", shown.join(language.comma()))
}
