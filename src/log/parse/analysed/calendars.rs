//! Indexes with dates: pages that list papers by day or month. Some of the papers have files of their own.
//!
//! Such a page is a log. A paper with a file of its own is one entry: its text is in the file, its date in the index.

use super::{Analysed, Verdict};
use crate::log::date::sequence::Resolved;
use crate::log::forms::sets::Names;
use crate::log::forms::title;
use crate::log::{Entry, Log, Role, SectionKind};

/// Names of front pages, which may list papers even if few items link to files.
const FRONT_PAGES: &[&str] = &["readme", "index", "_index"];

/// Reads indexes with dates as logs, and gives their dates to the files that they link to.
pub(super) fn settle(files: &[&Analysed], names: &Names, verdicts: &mut [Verdict]) {
    for (at, analysed) in files.iter().enumerate() {
        let may_be = match verdicts[at].role {
            Role::Other => true,
            Role::Log => is_front_page(analysed.name()),
            Role::Paper { .. } => false,
        };
        // A day of a journal that links to notes is no index, but a week may be.
        let is_day = matches!(analysed.dates.own, Some(own) if !matches!(own, Resolved::Range(..)));
        let may_be = may_be && !is_day && !analysed.dates.marks.is_empty();
        if may_be && has_links(at, analysed, names) {
            let log = Analysed { role: Role::Log, ..Analysed::clone(analysed) }.finish(&mut |_| {});
            read(at, &log, files, names, verdicts);
        }
    }
}

/// Reads file `at` as an index with dates if it is one. `log` is the file, parsed as a log.
fn read(at: usize, log: &Log, files: &[&Analysed], names: &Names, verdicts: &mut [Verdict]) {
    let kind = |entry: &Entry| log.sections[entry.section].kind;
    let dated = log.entries.iter().filter(|entry| is_of_reading(kind(entry))).count();
    if dated == 0 || dated * 2 < log.entries.len() {
        return;
    }
    let text = &log.files[0].text;
    let mut elsewhere = Vec::new();
    let mut listed: Vec<(usize, SectionKind)> = Vec::new();
    let mut unread: Vec<usize> = Vec::new();
    // The checkbox of an item says whether the paper has been read; its file does not.
    for entry in log.entries.iter().filter(|entry| entry.task.is_none()) {
        let lines = opening(&text[entry.span.clone()]);
        let Some(file) = names.file_of(at, &entry.title, lines) else { continue };
        let is_elsewhere = match verdicts[file].role {
            Role::Paper { .. } => true,
            Role::Log => verdicts[at].role == Role::Other && !files[file].titles.is_empty(),
            Role::Other => false,
        };
        if is_elsewhere {
            elsewhere.push(lines.lines().next().unwrap_or_default().trim().to_owned());
            listed.push((file, kind(entry)));
            unread.extend((!entry.read).then_some(file));
        }
    }
    listed.retain(|(file, kind)| matches!(verdicts[*file].role, Role::Paper { .. }) && is_of_reading(*kind));
    if listed.is_empty() {
        return;
    }
    elsewhere.sort_unstable();
    (verdicts[at].role, verdicts[at].elsewhere) = (Role::Log, elsewhere);
    for file in unread {
        verdicts[file].is_unread = matches!(verdicts[file].role, Role::Paper { .. });
    }
    for (file, kind) in listed {
        if let Role::Paper { listed, .. } = &mut verdicts[file].role {
            // A paper that was read again keeps its first date.
            *listed = listed.filter(|known| known.date() <= kind.date()).or(Some(kind));
        }
    }
}

/// Whether any title in the file links to another file or is that file's name or title.
fn has_links(at: usize, analysed: &Analysed, names: &Names) -> bool {
    let member = analysed.member();
    let body = &member.page.text[member.page.front.length..];
    analysed.titles.iter().any(|found| {
        let title = body.get(found.candidate.text.clone()).unwrap_or_default();
        let lines = body.get(found.candidate.span.start..).map(opening).unwrap_or_default();
        names.file_of(at, &title::read(title).title, lines).is_some()
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
