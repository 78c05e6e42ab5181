//! Proves a new file: parsed among its siblings it holds only the intended entry, and the siblings read as before.

use super::{Job, Set};
use crate::log::forms::title;
use crate::log::{Log, SectionKind, Source, normalise, parse};

/// The siblings as read without the new file.
pub(super) struct Proof {
    sources: Vec<Source>,
    before: Vec<Vec<PlacedTitle>>,
}

/// An entry, as (kind of its section, heading of its section, title).
type PlacedTitle = (SectionKind, String, String);

impl Proof {
    pub fn of(job: &Job) -> Self {
        let source =
            |&file: &usize| Source { name: job.log.files[file].name.clone(), text: job.log.files[file].text.clone() };
        let sources: Vec<Source> = job.siblings.iter().map(source).collect();
        let log = read(job, &sources);
        let before = (0..sources.len()).map(|file| placed_titles(&log, file)).collect();
        Self { sources, before }
    }

    /// Whether a file with this name and text reads as intended.
    pub fn holds(&self, job: &Job, name: &str, text: &str) -> bool {
        let is_taken = |file: &crate::log::File| file.name == name;
        if job.log.files.iter().any(is_taken) {
            return false;
        }
        // The order of files does not matter for how each is read.
        let mut sources = self.sources.clone();
        sources.push(Source { name: name.to_owned(), text: text.into() });
        let log = read(job, &sources);
        let new = sources.len() - 1;
        let others = (0..new).all(|file| placed_titles(&log, file) == self.before[file]);
        others && is_meant(job, &log, new)
    }
}

fn read(job: &Job, sources: &[Source]) -> Log {
    let folders = 0..sources.len();
    let dialect = job.log.files[job.model].dialect.of_log();
    parse::parse_folders(sources.iter().cloned(), &[folders], &dialect, &mut |_| {})
}

fn placed_titles(log: &Log, file: usize) -> Vec<PlacedTitle> {
    let sections = log.sections_of(file).iter();
    let entries = sections.flat_map(|section| log.entries[section.entries()].iter().map(move |it| (section, it)));
    entries.map(|(section, entry)| (section.kind, section.heading.to_string(), entry.title.to_string())).collect()
}

/// Whether a file holds exactly one entry, with the intended title and day.
fn is_meant(job: &Job, log: &Log, file: usize) -> bool {
    let placed_titles = placed_titles(log, file);
    let [(kind, heading, title)] = placed_titles.as_slice() else { return false };
    let date = job.date();
    let is_placed = match (job.set, job.kind()) {
        (Set::Papers, SectionKind::Undated) => {
            *kind == SectionKind::Undated
                && job.wanted.entry.under.as_ref().is_none_or(|topic| normalise(topic) == normalise(heading))
        }
        _ => super::super::dates::days(*kind, date).is_some_and(|(first, last)| match kind {
            SectionKind::Month(_) => job.kind().date() != Some(date) && covers_month(*kind, job),
            _ => (first..=last).contains(&date),
        }),
    };
    let is_named = title == job.title || {
        // Forms drop some parts of a title, such as a venue in brackets.
        let tidy = title::read(job.title).title;
        !tidy.is_empty() && *title == tidy
    };
    let has_tasks = log.tasks.iter().any(|it| it.file == file && it.pending);
    is_placed && is_named && !has_tasks
}

/// Whether a month contains the new entry, if its siblings cover months too.
fn covers_month(kind: SectionKind, job: &Job) -> bool {
    matches!(job.kind(), SectionKind::Month(_)) && kind.date() == Some(crate::log::date::month_of(job.date()))
}
