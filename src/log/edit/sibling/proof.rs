//! Proves a new file: parsed among its siblings it holds only the intended entry, and the siblings read as before.

use super::{Set, Task};
use crate::log::forms::title;
use crate::log::{Log, SectionKind, Source, normalise, parse};

/// The siblings as read without the new file.
pub(super) struct Proof {
    sources: Vec<Source>,
    before: Vec<Vec<Said>>,
}

/// An entry: its section's kind and heading, and its title.
type Said = (SectionKind, String, String);

impl Proof {
    pub fn of(task: &Task) -> Self {
        let source =
            |&file: &usize| Source { name: task.log.files[file].name.clone(), text: task.log.files[file].text.clone() };
        let sources: Vec<Source> = task.siblings.iter().map(source).collect();
        let log = read(task, &sources);
        let before = (0..sources.len()).map(|file| said(&log, file)).collect();
        Self { sources, before }
    }

    /// Whether a file with this name and text reads as intended.
    pub fn holds(&self, task: &Task, name: &str, text: &str) -> bool {
        let is_taken = |file: &crate::log::File| file.name == name;
        if task.log.files.iter().any(is_taken) {
            return false;
        }
        // The order of files does not matter for how each is read.
        let mut sources = self.sources.clone();
        sources.push(Source { name: name.to_owned(), text: text.into() });
        let log = read(task, &sources);
        let new = sources.len() - 1;
        let others = (0..new).all(|file| said(&log, file) == self.before[file]);
        others && is_meant(task, &log, new)
    }
}

fn read(task: &Task, sources: &[Source]) -> Log {
    let folders = 0..sources.len();
    let dialect = task.log.files[task.model].dialect.of_log();
    parse::parse_folders(sources.iter().cloned(), &[folders], &dialect, &mut |_| {})
}

fn said(log: &Log, file: usize) -> Vec<Said> {
    let sections = log.sections_of(file).iter();
    let entries = sections.flat_map(|section| log.entries[section.entries.clone()].iter().map(move |it| (section, it)));
    entries.map(|(section, entry)| (section.kind, section.heading.clone(), entry.title.clone())).collect()
}

/// Whether a file holds exactly one entry, with the intended title and day.
fn is_meant(task: &Task, log: &Log, file: usize) -> bool {
    let said = said(log, file);
    let [(kind, heading, title)] = said.as_slice() else { return false };
    let date = task.date();
    let is_placed = match (task.set, task.kind()) {
        (Set::Papers, SectionKind::Undated) => {
            *kind == SectionKind::Undated
                && task.wanted.entry.under.as_ref().is_none_or(|topic| normalise(topic) == normalise(heading))
        }
        _ => super::super::dates::days(*kind, date).is_some_and(|(first, last)| match kind {
            SectionKind::Month(_) => task.kind().date() != Some(date) && covers_month(*kind, task),
            _ => (first..=last).contains(&date),
        }),
    };
    let is_named = title == task.title || {
        // Forms drop some parts of a title, such as a venue in brackets.
        let tidy = title::read(task.title).title;
        !tidy.is_empty() && *title == tidy
    };
    let has_tasks = log.tasks.iter().any(|it| it.file == file && it.pending);
    is_placed && is_named && !has_tasks
}

/// Whether a month contains the new entry, if its siblings cover months too.
fn covers_month(kind: SectionKind, task: &Task) -> bool {
    matches!(task.kind(), SectionKind::Month(_)) && kind.date() == Some(crate::log::date::month_of(task.date()))
}
