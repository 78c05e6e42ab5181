//! A new entry as a file of its own, in a folder with a file for each paper or day. The file is named and laid out like
//! its siblings, and proved by parsing it among them.

mod front;
mod layout;
mod name;
mod proof;

use chrono::{Datelike, NaiveDate};

use super::entry::as_read;
use super::{NewEntry, OwnFile, Refusal};
use crate::log::date::{Place, When, read};
use crate::log::forms::dates::DateForm;
use crate::log::{Log, Role, Section, SectionKind};

/// The fewest files about single days that make a set.
const DAYS: usize = 2;
/// The fewest files about single papers that make a set.
const PAPERS: usize = 2;
/// How many siblings are compared.
const SIBLINGS: usize = 60;
/// How many candidates are tried.
const TRIED: usize = 12;

/// What the caller asks for.
#[derive(Debug, Clone, Copy)]
pub struct Wanted<'a> {
    /// The entry. In folders by topic, [`NewEntry::under`] names the topic.
    pub entry: &'a NewEntry,
    /// The file whose journal records the change, if known: the one with the item that the entry comes from.
    pub anchor: Option<usize>,
    /// The file that the user is looking at.
    pub near: Option<usize>,
    /// Whether the body is the user's own template, which takes precedence over the siblings' headings.
    pub is_own_body: bool,
}

/// A file to create.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Proposal {
    /// The file whose journal records the change, as an index.
    pub anchor: usize,
    /// The file.
    pub file: OwnFile,
}

/// What each file of a log covers.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Set {
    /// One paper.
    Papers,
    /// One day.
    Days,
}

impl Set {
    /// What each of the log's files covers; `None` if entries go into existing files.
    fn of(log: &Log) -> Option<Self> {
        let is_dated =
            |section: &Section| section.kind.is_dated() && log.files[section.file()].reading.role == Role::Log;
        if log.sections.iter().any(|section| is_dated(section) && !is_day(log, section.file())) {
            return None;
        }
        let count = |is: &dyn Fn(usize) -> bool| log.folders.iter().flat_map(Clone::clone).filter(|&at| is(at)).count();
        let (days, papers) = (count(&|file| is_day(log, file)), count(&|file| is_paper(log, file)));
        match () {
            () if days >= DAYS && days >= papers => Some(Self::Days),
            () if papers >= PAPERS => Some(Self::Papers),
            () => None,
        }
    }

    fn holds(self, log: &Log, file: usize) -> bool {
        match self {
            Self::Papers => is_paper(log, file),
            Self::Days => is_day(log, file),
        }
    }
}

fn is_paper(log: &Log, file: usize) -> bool {
    matches!(log.files[file].reading.role, Role::Paper { .. })
}

/// Whether a file covers a single day by its name or front matter, even if a heading repeats the date.
fn is_day(log: &Log, file: usize) -> bool {
    let known = &log.files[file];
    if known.reading.role != Role::Log {
        return false;
    }
    if known.reading.dates.iter().any(|found| found.form == DateForm::File) {
        return true;
    }
    let mut dated = log.sections_of(file).iter().filter(|section| section.kind.is_dated());
    let Some(SectionKind::Day(day)) = dated.next().map(|section| section.kind) else { return false };
    let name = known.name.rsplit('/').next().unwrap_or_default();
    let stem = name.rsplit_once('.').map_or(name, |(stem, _)| stem);
    let is_named = match read(stem, Place::Name).map(|parsed| parsed.what) {
        Some(When::Day { month, day: of, .. }) => (month, of) == (day.month(), day.day()),
        Some(When::Ambiguous { first, second, .. }) => [first, second].contains(&day.day()),
        _ => false,
    };
    is_named && dated.all(|section| section.kind == SectionKind::Day(day))
}

/// The file for a day, as an index, if each file covers one day.
pub fn file_of_day(log: &Log, date: NaiveDate) -> Option<usize> {
    let is_of_day = |section: &&Section| section.kind == SectionKind::Day(date) && is_day(log, section.file());
    let own = if Set::of(log) == Some(Set::Days) { log.sections.iter().find(is_of_day) } else { None };
    own.map(|section| section.file())
}

/// (topic, number of files) for each topic of a log with an undated file per paper. The topic decides where a new file
/// goes.
pub fn topics(log: &Log) -> Vec<(&str, usize)> {
    let mut topics: Vec<(&str, usize)> = Vec::new();
    if Set::of(log) != Some(Set::Papers) {
        return topics;
    }
    let papers = || log.sections.iter().filter(|section| is_paper(log, section.file()));
    if papers().any(|section| section.kind.is_dated()) {
        return topics;
    }
    for section in papers() {
        match topics.iter_mut().find(|(topic, _)| *topic == &*section.heading) {
            Some((_, count)) => *count += 1,
            None => topics.push((&section.heading, 1)),
        }
    }
    topics
}

/// The new file that an entry needs; `None` if it goes into an existing file.
///
/// # Errors
/// If no candidate is proved, or the place for it is ambiguous.
pub fn own_file(log: &Log, wanted: Wanted) -> Result<Option<Proposal>, Refusal> {
    let Some(set) = Set::of(log) else { return Ok(None) };
    let entry = wanted.entry;
    if file_of_day(log, entry.date).is_some() {
        return Ok(None);
    }
    let model = model(log, set, wanted).ok_or_else(|| Refusal::Undated(entry.title.clone()))?;
    let anchor = wanted.anchor.unwrap_or(model);
    let is_shared = log.folders.iter().any(|folder| folder.contains(&model) && folder.contains(&anchor));
    if !is_shared {
        return Err(Refusal::OnePaper(entry.title.clone()));
    }
    let title = as_read(&entry.title)?;
    let job = Job { log, set, model, siblings: siblings(log, set, model), title: &title, wanted };
    let proof = proof::Proof::of(&job);
    let mut tried = 0;
    for name in name::names(&job) {
        for text in layout::texts(&job) {
            tried += 1;
            if tried > TRIED {
                break;
            }
            if proof.holds(&job, &name, &text) {
                let folders = new_folders(log, &name);
                let file = OwnFile::seen_from(&log.files[anchor].name, &name, folders, &title, text);
                return Ok(Some(Proposal { anchor, file }));
            }
        }
    }
    Err(Refusal::Misread(entry.title.clone()))
}

/// Everything needed to write the new file.
pub(super) struct Job<'a> {
    pub log: &'a Log,
    pub set: Set,
    /// The sibling that the new file imitates, as an index.
    pub model: usize,
    /// The siblings, including the model, in ascending order.
    pub siblings: Vec<usize>,
    pub title: &'a str,
    pub wanted: Wanted<'a>,
}

impl Job<'_> {
    fn date(&self) -> NaiveDate {
        self.wanted.entry.date
    }

    /// The kind of the model's first dated section.
    fn kind(&self) -> SectionKind {
        let sections = self.log.sections_of(self.model);
        let dated = sections.iter().find(|section| section.kind.is_dated());
        dated.map_or(SectionKind::Undated, |section| section.kind)
    }

    /// Whether something is true of at least half of the siblings, and of more than one.
    fn is_common(&self, is: impl Fn(usize) -> bool) -> bool {
        let count = self.siblings.iter().filter(|&&file| is(file)).count();
        count > 1 && count * 2 >= self.siblings.len()
    }
}

/// The sibling to imitate: the last one of the named topic; without a topic, the newest. If none is dated, the file
/// that the user is looking at, or else the last one if all have the same topic.
fn model(log: &Log, set: Set, wanted: Wanted) -> Option<usize> {
    let members = || log.sections.iter().filter(|section| set.holds(log, section.file()));
    if let Some(topic) = &wanted.entry.under {
        return members().rfind(|section| *section.heading == **topic).map(|section| section.file());
    }
    // A file dated after the new one is just as good a model.
    let newest = members().filter(|section| section.kind.date().is_some()).max_by_key(|section| section.kind.date());
    if let Some(newest) = newest {
        return Some(newest.file());
    }
    let here = wanted.near.filter(|&near| set.holds(log, near));
    let is_one_topic = topics(log).len() < 2;
    here.or_else(|| members().next_back().filter(|_| is_one_topic).map(|section| section.file()))
}

/// The files nearest to the model, preferably in its folder; in ascending order.
fn siblings(log: &Log, set: Set, model: usize) -> Vec<usize> {
    let folder = |file: usize| log.files[file].name.rsplit_once('/').map(|(folder, _)| folder);
    let Some(range) = log.folders.iter().find(|range| range.contains(&model)) else { return vec![model] };
    let mut all: Vec<usize> = range.clone().filter(|&file| set.holds(log, file)).collect();
    all.sort_by_key(|&file| (folder(file) != folder(model), file.abs_diff(model)));
    all.truncate(SIBLINGS);
    all.sort_unstable();
    all
}

/// How many folders of a path do not exist yet.
fn new_folders(log: &Log, name: &str) -> usize {
    let folders = name.match_indices('/').map(|(at, _)| &name[..=at]);
    folders.filter(|folder| !log.files.iter().any(|file| file.name.starts_with(folder))).count()
}
