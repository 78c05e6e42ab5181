//! `papers-tui log`: a new entry, also out of an item of the pending list.

use anyhow::{Context, bail};
use chrono::NaiveDate;

use super::print::Printer;
use super::{Opened, Outcome, item, named};
use crate::io::own_file::path_of;
use crate::log::edit::{
    Intent, NewEntry, Refusal, Settle, Wanted, clean_title, file_of_day, headings, is_undated, line_for, newest_file,
    own_file, template, topics,
};
use crate::log::template::filled;
use crate::log::{normalise, parse};
use crate::say;
use crate::text::safe;
use crate::words::Say;

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
    let log = &opened.log;
    let named::Meant { title, facts } = named::meant(opened, title)?;
    let title = clean_title(&title)?;
    let task = match from.map(|item| item::find_or_say(opened, item)).transpose()? {
        Some(None) => return Ok(Outcome::Nothing),
        found => found.flatten(),
    };
    let habits = opened.config.habits();
    let body = filled(habits.template.as_deref().unwrap_or_else(|| template(log)), &facts);
    let (newest, under) = place(opened, date, under)?;
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
                    "the item and the place of the entry are in different files: one change is made in one file",
                    "条目和记录的位置在不同的文件里：一次修改只改一个文件"
                ));
            }
            needs_heading(opened, file, &entry)?;
            Intent::LogEntry(entry.clone())
        }
    };
    let intent = task.map_or_else(|| Ok(written.clone()), |task| settled(opened, task, written.clone()))?;
    let done = item::make(opened, file, std::slice::from_ref(&intent))
        .map_err(|error| offered(opened, file, &entry, &intent, error))?;
    let (path, text) = match own {
        Some(own) => (path_of(&opened.chosen.files.paths[file], &own.file), own.file.text),
        None => (opened.chosen.files.paths[file].clone(), done.text),
    };
    let line = line_of(opened, file, text, &title, date);
    let name = path.display().to_string();
    writeln!(out, "{}:{line}", safe(&name)).and_then(|()| out.flush()).context(item::done(opened.language))?;
    Ok(Outcome::Done)
}

/// The file that takes an entry, and the heading or the topic under which it stands there.
fn place(opened: &Opened, date: NaiveDate, under: Option<&str>) -> anyhow::Result<(usize, Option<String>)> {
    let log = &opened.log;
    let Some(under) = under else {
        return Ok((file_of_day(log, date).unwrap_or_else(|| newest_file(log)), None));
    };
    let topics = topics(log);
    let of_topic = |topic: &str| log.sections.iter().find(|section| section.heading == topic).map(|it| it.file);
    let mut found = topics.iter().map(|(topic, _)| *topic).filter(|topic| normalise(topic) == normalise(under));
    if let Some((topic, file)) = found.next_back().and_then(|topic| Some((topic, of_topic(topic)?))) {
        return Ok((file, Some(topic.to_owned())));
    }
    heading(opened, under).map(|(file, heading)| (file, Some(heading)))
}

/// An entry with what becomes of the item that it comes from.
fn settled(opened: &Opened, task: usize, written: Intent) -> anyhow::Result<Intent> {
    let (log, habits) = (&opened.log, opened.config.habits());
    let is_group = log.children(task).next().is_some();
    // Nothing below an item is removed unasked.
    let settle = match habits.removes_logged && !is_group {
        true => Settle::Remove,
        false => Settle::Tick(habits.done_date(log, log.tasks[task].file, Some(opened.today()?))),
    };
    Ok(Intent::promote_as(log, task, settle, habits.ticks_children == Some(true), written))
}

/// The line at which the new entry stands in a text, counted from 1.
fn line_of(opened: &Opened, file: usize, text: String, title: &str, date: NaiveDate) -> usize {
    let after = parse::again(&opened.log.files[file], text.into());
    let new = after.entries.iter().rfind(|entry| entry.title == title && entry.date == Some(date));
    let new = new.or_else(|| after.entries.iter().rfind(|entry| entry.title == title)).map(|entry| entry.line);
    // A file of its own may be read in another way than the one that the change is kept with.
    let words = || after.files[0].text.lines().position(|line| line.contains(title)).map(|at| at + 1);
    new.or_else(words).unwrap_or(1)
}

/// Why an entry is not written, and where it can be written by hand if that is for its form.
fn offered(opened: &Opened, file: usize, entry: &NewEntry, intent: &Intent, error: anyhow::Error) -> anyhow::Error {
    let refusal = intent.apply(&mut opened.log.clone(), file).err();
    match refusal {
        Some(refusal @ (Refusal::Misread(_) | Refusal::OneDay(_) | Refusal::OnePaper(_) | Refusal::Unproved(_))) => {
            by_hand(opened, file, entry, &refusal)
        }
        _ => error,
    }
}

fn by_hand(opened: &Opened, file: usize, entry: &NewEntry, refusal: &Refusal) -> anyhow::Error {
    let (path, line) = (opened.chosen.files.paths[file].display(), line_for(&opened.log, file, entry));
    let refusal = refusal.say(opened.language);
    anyhow::Error::msg(say!(
        opened.language,
        "{path}:{line}: {refusal}; its place is line {line}: write it there in your editor",
        "{path}:{line}：{refusal}；它的位置在第 {line} 行：请在编辑器中写入"
    ))
}

/// Why no file is made for an entry.
fn needs_topic(opened: &Opened, file: usize, entry: &NewEntry, refusal: &Refusal) -> anyhow::Error {
    let topics = topics(&opened.log);
    if !matches!(refusal, Refusal::Undated(_)) || topics.is_empty() {
        return by_hand(opened, file, entry, refusal);
    }
    let names = quoted(topics.into_iter().map(|(topic, _)| topic));
    anyhow::Error::msg(say!(
        opened.language,
        "here each paper has a file of its own: say with --under TOPIC in which folder; there are {names}",
        "这里每篇论文一个文件：请用 --under 主题 说明写在哪个文件夹；有 {names}"
    ))
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
        "no heading matches “{under}”; there are {names}",
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
        "this log has no dates: choose a heading with --under HEADING; there are {names}",
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
