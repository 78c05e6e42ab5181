//! Indexes: pages that list papers, some of which have files of their own.
//!
//! A paper with a file of its own is one entry: its text is in the file; its date, and its title if the file has none,
//! may be in the index. The other papers of an index are entries of the index.

use std::collections::{HashMap, HashSet};

use super::super::lists::first_line;
use super::{Analysed, Verdict};
use crate::log::forms::sets::{self, FileIndex};
use crate::log::forms::title::{self, ParsedTitle};
use crate::log::forms::titles::TitleForm;
use crate::log::forms::{likeness, words};
use crate::log::{Entry, Log, Role, SectionKind, TitleFrom};

/// Names of front pages, which may list papers even if few items link to files.
const FRONT_PAGES: &[&str] = &["readme", "index", "_index"];
/// The score of a file that an index says is about one paper.
const LISTED: f32 = 1.0;

/// An entry of an index whose paper has a file.
struct Listed<'a> {
    entry: &'a Entry,
    file: usize,
    kind: SectionKind,
    /// The first line of the entry.
    line: &'a str,
}

/// Reads indexes as logs of the papers without files, and gives their dates and titles to the files that they link to.
pub(super) fn settle(files: &[&Analysed], by_name: &FileIndex, verdicts: &mut [Verdict]) {
    for (at, analysed) in files.iter().enumerate() {
        let is_dated = !analysed.dates.marks.is_empty();
        let may_be = match verdicts[at].role {
            Role::Other => is_dated || by_name.is_index(at) || is_front_page(analysed.name()),
            Role::Log => is_front_page(analysed.name()),
            Role::Paper { .. } => false,
        };
        // A day of a journal that links to notes is no index.
        let is_day = analysed.dates.own.is_some() && !is_front_page(analysed.name());
        let has_papers = || verdicts.iter().any(|verdict| matches!(verdict.role, Role::Paper { .. }));
        let listed = if may_be && !is_day && has_papers() { with_items(at, analysed, by_name) } else { None };
        let analysed = listed.as_ref().unwrap_or(analysed);
        if may_be && !is_day && has_links(at, analysed, by_name) {
            let log = Analysed { role: Role::Log, ..Analysed::clone(analysed) }.finish(&mut |_| {});
            read(at, &log, files, by_name, verdicts);
        }
    }
}

/// An index without titles, read again with its items as titles: names of models are too short to be some by themselves.
fn with_items(at: usize, analysed: &Analysed, by_name: &FileIndex) -> Option<Analysed> {
    let items = &analysed.member().page.outline.items;
    if !by_name.is_index(at) || !analysed.titles.is_empty() || items.is_empty() {
        return None;
    }
    let are_numbered = items.iter().filter(|item| item.ordered).count() * 2 > items.len();
    Some(analysed.clone().read_as(if are_numbered { TitleForm::Numbers } else { TitleForm::Bullets }))
}

/// Reads file `at` as an index if it is one. `log` is the file, parsed as a log.
fn read(at: usize, log: &Log, files: &[&Analysed], by_name: &FileIndex, verdicts: &mut [Verdict]) {
    let kind = |entry: &Entry| log.sections[entry.section()].kind;
    let dated = log.entries.iter().filter(|entry| is_of_reading(kind(entry))).count();
    let is_dated = dated > 0 && dated * 2 >= log.entries.len();
    if !is_dated && !by_name.is_index(at) && !is_front_page(files[at].name()) {
        return;
    }
    let text = &log.files[0].text;
    let mut listed: Vec<Listed> = Vec::new();
    // An entry with a checkbox says whether the paper has been read; its file does not.
    for entry in log.entries.iter().filter(|entry| entry.task().is_none()) {
        let lines = opening(&text[entry.span()]);
        if let Some(file) = by_name.file_of(at, &entry.title, lines) {
            listed.push(Listed { entry, file, kind: kind(entry), line: first_line(lines).trim() });
        }
    }
    let is_other = verdicts[at].role == Role::Other;
    promote(&listed, files, by_name, verdicts);
    let is_elsewhere = |listed: &&Listed| match verdicts[listed.file].role {
        Role::Paper { .. } => true,
        Role::Log => is_other && !files[listed.file].titles.is_empty(),
        Role::Other => false,
    };
    let elsewhere: Vec<&Listed> = listed.iter().filter(is_elsewhere).collect();
    let is_about_paper = |listed: &&&Listed| matches!(verdicts[listed.file].role, Role::Paper { .. });
    if !elsewhere.iter().any(|listed| is_about_paper(&listed)) {
        return;
    }
    let mut lines: Vec<String> = elsewhere.iter().map(|listed| listed.line.to_owned()).collect();
    let is_kept = match is_other && !is_dated {
        true => {
            let (kept, mut others) = others(log, &elsewhere);
            lines.append(&mut others);
            kept > 0
        }
        false => is_dated && elsewhere.iter().any(|listed| is_of_reading(listed.kind)) || !is_other,
    };
    let dates: Vec<(usize, SectionKind)> = elsewhere
        .iter()
        .filter(|listed| is_about_paper(listed) && is_of_reading(listed.kind))
        .map(|listed| (listed.file, listed.kind))
        .collect();
    let unread: Vec<usize> = elsewhere
        .iter()
        .filter(|listed| is_about_paper(listed) && !listed.entry.read)
        .map(|listed| listed.file)
        .collect();
    if is_kept {
        lines.sort_unstable();
        (verdicts[at].role, verdicts[at].with_own_files) = (Role::Log, lines);
    }
    for file in unread {
        verdicts[file].is_unread = true;
    }
    for (file, kind) in dates {
        if let Role::Paper { listed, .. } = &mut verdicts[file].role {
            // A paper that was read again keeps its first date.
            *listed = listed.filter(|known| known.date() <= kind.date()).or(Some(kind));
        }
    }
}

/// Takes files for notes on one paper if a single entry of an index is about them and looks like a paper, and gives
/// them the title of that entry if their own is poor.
fn promote(listed: &[Listed], files: &[&Analysed], by_name: &FileIndex, verdicts: &mut [Verdict]) {
    let mut counts: HashMap<usize, usize> = HashMap::new();
    listed.iter().for_each(|listed| *counts.entry(listed.file).or_default() += 1);
    let is_known = |listed: &&Listed| matches!(verdicts[listed.file].role, Role::Paper { .. });
    // A note may be named after the model of its paper, whose URL is at the top.
    let is_named = |listed: &Listed| sets::is_named(&files[listed.file].member(), &listed.entry.title);
    let is_linked = |listed: &Listed| is_named(listed) && sets::links_to_paper(&files[listed.file].member());
    let are_papers = listed.iter().filter(|listed| is_known(listed) || is_linked(listed)).count() * 2 >= listed.len();
    for paper in listed.iter().filter(|listed| counts[&listed.file] == 1) {
        let (member, title) = (files[paper.file].member(), &paper.entry.title);
        let is_sure = links_to_paper(paper) || sets::is_headed(&member, title) || is_linked(paper);
        // A cut link is no title.
        if title.contains("](") || !is_sure && !are_papers {
            continue;
        }
        let may_be = (is_sure || is_like_title(paper.entry) || is_named(paper))
            && !by_name.is_index(paper.file)
            && sets::may_be_note(&member, title);
        let role = &mut verdicts[paper.file].role;
        let index = (TitleFrom::Index, Some(title.to_string()));
        match role {
            Role::Paper { title: from, named, .. } if sets::is_better_title(&member, *from, title) => {
                (*from, *named) = index;
            }
            Role::Paper { .. } => {}
            Role::Log | Role::Other if may_be => {
                let ((title, named), topic) = (index, by_name.topic(paper.file).to_owned());
                *role = Role::Paper { title, named, topic, is_dated_by_name: false, listed: None, score: LISTED };
            }
            Role::Log | Role::Other => {}
        }
    }
}

/// (number of papers of an index without files, first lines of its entries that are not papers, but links to other
/// pages). Among papers with files there may be others; a topic without any is about something else.
fn others(log: &Log, elsewhere: &[&Listed]) -> (usize, Vec<String>) {
    let text = &log.files[0].text;
    let known: HashSet<usize> = elsewhere.iter().map(|listed| listed.entry.span().start).collect();
    let topics: HashSet<usize> = elsewhere.iter().map(|listed| listed.entry.section()).collect();
    let (mut kept, mut dropped) = (0, Vec::new());
    for entry in log.entries.iter().filter(|entry| !known.contains(&entry.span().start)) {
        let is_outside = entry.links().first().is_some_and(|link| link.contains("://"));
        if has_paper_link(entry) || is_outside && topics.contains(&entry.section()) && is_like_title(entry) {
            kept += 1;
        } else {
            dropped.push(first_line(&text[entry.span()]).trim().to_owned());
        }
    }
    (kept, dropped)
}

/// Whether an entry of an index is like a title, whatever it links to.
fn is_like_title(entry: &Entry) -> bool {
    likeness::of(&ParsedTitle { title: entry.title.to_string(), ..ParsedTitle::default() }) > 0.0
}

fn links_to_paper(Listed { entry, line, .. }: &Listed) -> bool {
    has_paper_link(entry) || title::links_to_paper(line)
}

fn has_paper_link(entry: &Entry) -> bool {
    entry.links().iter().any(|link| words::is_paper_url(link))
}

/// Whether any title in the file links to another file or is that file's name or title.
fn has_links(at: usize, analysed: &Analysed, by_name: &FileIndex) -> bool {
    let member = analysed.member();
    let body = &member.page.text[member.page.front.length..];
    analysed.titles.iter().any(|found| {
        let title = body.get(found.candidate.text()).unwrap_or_default();
        let lines = body.get(found.candidate.span().start..).map(opening).unwrap_or_default();
        by_name.file_of(at, &title::read(title).title, lines).is_some()
    })
}

/// Whether a section has a date of reading; years are usually those of publication.
fn is_of_reading(kind: SectionKind) -> bool {
    matches!(kind, SectionKind::Day(_) | SectionKind::Month(_) | SectionKind::Range(..)) && kind.whole_year().is_none()
}

/// The title's lines: up to a blank line, an item, a heading, a table row or a quote.
fn opening(entry: &str) -> &str {
    let is_other = |line: &str| line.trim().is_empty() || line.trim_start().starts_with(['-', '*', '+', '#', '|', '>']);
    let mut end = 0;
    for (number, line) in entry.split_inclusive('\n').enumerate() {
        if number > 0 && is_other(line) {
            break;
        }
        end += line.len();
    }
    &entry[..end]
}

fn is_front_page(path: &str) -> bool {
    let file = path.rsplit('/').next().unwrap_or_default();
    let stem = file.rsplit_once('.').map_or(file, |(stem, _)| stem);
    FRONT_PAGES.contains(&stem.to_lowercase().as_str())
}
