//! Finds what is wrong with a log: one list for the command, the export and the panes.
//!
//! The checks use only the model and what the caller has looked up: today's date, the disk, the sidecars. A finding is
//! reported only if the user would want to fix it; what logs do on purpose (a heading for tomorrow, text under a
//! month, years in brackets) is not reported.

mod days;
mod problem;
mod style;
mod text;

use std::collections::{HashMap, HashSet};

use chrono::NaiveDate;

pub(crate) use problem::{Diagnostic, Problem};

use super::aliases::Aliases;
use super::date::{HeadingDate, Place, When, read, read_heading};
use super::explain::unread;
use super::{EntryKind, Key, Log, Section, SectionKind, dialect, normalise};

/// A number in brackets in this range is a year, as in a citation, not a reference.
const YEARS: std::ops::Range<u32> = 1900..2100;

/// Facts about a log that its text does not contain.
#[derive(Debug, Clone, Copy)]
pub struct Surroundings<'a> {
    /// The reader's local date; without it no day counts as in the future.
    pub today: Option<NaiveDate>,
    /// What is on the disk.
    pub disk: &'a Disk,
    /// The user's names for numbered references.
    pub aliases: &'a Aliases,
    /// Keys with reviews but no entry in the log.
    pub orphans: &'a [Key],
}

/// What was found on the disk for a log.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Disk {
    /// Figures whose file is missing: (index into [`Log::files`], path as written) → the path of a file that differs
    /// only in letter case, if there is one.
    pub missing: HashMap<(usize, String), Option<String>>,
    /// For some missing figures, by the same key: the files with that name in other folders, with their paths as the
    /// log would write them.
    pub elsewhere: HashMap<(usize, String), Vec<String>>,
    /// Whether other logs in the folder share this log's reviews; then no review counts as orphaned.
    pub has_other_logs: bool,
}

/// Finds everything that is wrong, sorted by file and line.
pub fn check(log: &Log, around: Surroundings) -> Vec<Diagnostic> {
    let mut found = Vec::new();
    titles(log, &mut found);
    days::find(log, around.today, &mut found);
    for file in 0..log.files.len() {
        dates(log, file, &mut found);
        style::find(log, file, &mut found);
    }
    untitled(log, &mut found);
    figures(log, around.disk, &mut found);
    references(log, around.aliases, &mut found);
    text::lines(log, &mut found);
    if !around.disk.has_other_logs && !log.files.is_empty() {
        let orphan = |key: &Key| Diagnostic { file: 0, line: 1, problem: Problem::OrphanedReview(key.0.to_string()) };
        found.extend(around.orphans.iter().map(orphan));
    }
    found.sort_by_key(|finding| (finding.file, finding.line));
    found
}

fn titles(log: &Log, found: &mut Vec<Diagnostic>) {
    for entry in &log.entries {
        let mut tell = |problem| found.push(Diagnostic { file: entry.file(), line: entry.line(), problem });
        if entry.title.is_empty() {
            tell(Problem::EmptyTitle);
            continue;
        }
        if dialect::is_two_titles(&entry.title) {
            tell(Problem::TwoTitles(entry.title.to_string()));
        }
        if entry.kind == EntryKind::Draft || dialect::is_placeholder(&entry.title) {
            tell(Problem::Placeholder(entry.title.to_string()));
        }
        // The first entry with a title has the plain title as its key; later ones also have a number.
        let first = Key(normalise(&entry.title).into());
        if entry.key != first
            && !dialect::is_placeholder(&entry.title)
            && let Some(first) = log.find(&first).map(|at| &log.entries[at])
        {
            let file = (first.file() != entry.file()).then(|| log.files[first.file()].name.clone());
            tell(Problem::DuplicateTitle { title: entry.title.to_string(), file, line: first.line() });
        }
    }
}

/// Reports unreadable dates, dates without a year, and papers without a date in a file that has dates.
fn dates(log: &Log, file: usize, found: &mut Vec<Diagnostic>) {
    let of = &log.files[file];
    let mut tell = |line, problem| found.push(Diagnostic { file, line, problem });
    let has_dates = log.sections_of(file).iter().any(|section| section.kind.is_dated());
    for (line, text) in unread(of) {
        // Impossible days are reported elsewhere. Without any date, `Week 3` is the name of a section.
        let is_name = || !has_dates && is_counted(text);
        if read_heading(text) != Some(HeadingDate::Impossible) && !is_name() {
            tell(line, Problem::UnreadDate(text.to_owned()));
        }
    }
    let sections = || log.sections_of(file).iter();
    let yearless: Vec<&Section> =
        sections().filter(|section| matches!(section.kind, SectionKind::Yearless { .. })).collect();
    if let [first, ..] = yearless.as_slice() {
        tell(first.line(), Problem::UnknownYear(yearless.len()));
    }
    let is_dated = sections().filter(|section| section.kind.is_dated()).nth(1).is_some();
    let undated = sections().filter(|section| section.kind == SectionKind::Undated && !section.entries().is_empty());
    for section in undated.filter(|section| is_dated && !log.is_under_unread_date(section)) {
        let papers = section.entries().len();
        tell(section.line(), Problem::PapersWithoutDate { papers, heading: section.heading.to_string() });
    }
}

/// Whether a heading only counts weeks or days.
fn is_counted(heading: &str) -> bool {
    let what = read(heading, Place::Heading).map(|reading| reading.what);
    matches!(what, Some(When::Counter(_) | When::Week { year: None, .. }))
}

/// Whether a heading is a date, even an impossible one such as 2031.2.30.
fn has_date(section: &Section) -> bool {
    section.kind.date().is_some() || read_heading(&section.heading).is_some()
}

/// Reports days whose text belongs to no paper. If no day of a file has a paper, its titles are in an unknown form,
/// which is reported once. A file in which nothing is recognised is reported too.
fn untitled(log: &Log, found: &mut Vec<Diagnostic>) {
    // The papers of an index can have files of their own.
    let is_index = |file: usize| !log.files[file].reading.with_own_files.is_empty();
    for file in (0..log.files.len()).filter(|&file| !is_index(file)) {
        let sections = || log.sections_of(file).iter();
        let has_entries = sections().any(|section| !section.entries().is_empty());
        let is_range = |section: &&Section| matches!(section.kind, SectionKind::Range(..));
        let have_ranges_entries = sections().filter(is_range).any(|section| !section.entries().is_empty());
        // Text under a month, a longer time, or a week among days may be about that time.
        let is_day = |section: &&Section| match section.kind {
            SectionKind::Range(first, last) if last - first > days::MONTH || !have_ranges_entries => !has_entries,
            SectionKind::Month(_) | SectionKind::Yearless { day: None, .. } => !has_entries,
            kind => kind.is_dated(),
        };
        let has_no_title = |section: &&Section| section.entries().is_empty() && !log.note(section).is_empty();
        let untitled: Vec<&Section> = sections().filter(is_day).filter(has_no_title).collect();
        match untitled.as_slice() {
            [] if has_entries || log.tasks.iter().any(|task| task.file == file) => {}
            [] if log.files[file].text.trim().is_empty() => {}
            [] if sections().any(has_date) => {}
            [] => found.push(Diagnostic { file, line: 1, problem: Problem::NothingUnderstood }),
            [first, ..] if !has_entries => {
                found.push(Diagnostic { file, line: first.line(), problem: Problem::NoTitles(untitled.len()) });
            }
            untitled => found.extend(untitled.iter().map(|section| {
                let problem = Problem::DayWithoutTitle(section.heading.to_string());
                Diagnostic { file, line: section.line(), problem }
            })),
        }
    }
}

fn figures(log: &Log, disk: &Disk, found: &mut Vec<Diagnostic>) {
    for (file, figure) in log.figures() {
        let mut tell = |problem| found.push(Diagnostic { file, line: figure.line, problem });
        let path = || figure.path.clone();
        if figure.malformed {
            tell(Problem::MalformedTag(path()));
        }
        match disk.missing.get(&(file, path())) {
            _ if figure.path.is_empty() => tell(Problem::NoFigure),
            Some(None) => tell(match disk.elsewhere.get(&(file, path())) {
                Some(files) => Problem::FigureElsewhere { path: path(), files: files.clone() },
                None => Problem::MissingFigure(path()),
            }),
            Some(Some(other)) => tell(Problem::FigureCase { path: path(), file: other.clone() }),
            None => {}
        }
    }
}

/// The reference ids that a text defines itself: `[5036]: …`.
fn definitions(text: &str) -> HashSet<&str> {
    let ends = memchr::memmem::find_iter(text.as_bytes(), b"]:");
    ends.filter_map(|end| text.get(end.checked_sub("[5036".len())?..end)?.strip_prefix('[')).collect()
}

/// Reports references without a name or definition, each at its first use in a file.
fn references(log: &Log, aliases: &Aliases, found: &mut Vec<Diagnostic>) {
    let mut told = HashSet::new();
    let defined: Vec<HashSet<&str>> = log.files.iter().map(|file| definitions(&file.text)).collect();
    for entry in &log.entries {
        for reference in &entry.references {
            let id = &*reference.id;
            let is_year = id.parse().is_ok_and(|number| YEARS.contains(&number));
            let is_known = is_year || aliases.title(id).is_some() || defined[entry.file()].contains(id);
            if !is_known && told.insert((entry.file(), id)) {
                let problem = Problem::UnresolvedReference(id.to_owned());
                found.push(Diagnostic { file: entry.file(), line: reference.line(), problem });
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::log::{Source, parse};
    use crate::words::Language;

    fn read(text: &str) -> Log {
        parse::parse([Source { name: "log.md".into(), text: text.into() }])
    }

    /// Checks the (line, code) of every finding, with 2031-05-20 as today.
    #[track_caller]
    fn finds(text: &str, wanted: &[(usize, &str)]) {
        let (disk, aliases) = (Disk::default(), Aliases::default());
        let today = NaiveDate::from_ymd_opt(2031, 5, 20);
        let around = Surroundings { today, disk: &disk, aliases: &aliases, orphans: &[] };
        let found = check(&read(text), around);
        let found: Vec<_> = found.iter().map(|finding| (finding.line, finding.problem.code())).collect();
        assert_eq!(found, wanted, "{text}");
    }

    #[test]
    fn titles_that_need_fixing() {
        finds(
            "## 2031.5.17\n《Emu》\nx\n《Owl》\n## 2031.5.16\n《emu》\ny\n",
            &[(2, "duplicate-title"), (4, "placeholder")],
        );
        finds(
            "## 2031.5.17\n《》\nx\n《TBD》\nx\n《TBD》\ny\n",
            &[(2, "empty-title"), (4, "placeholder"), (6, "placeholder")],
        );
        finds("## 2031.5.17\n《Emu: a model\nwith no end\n\nx\n", &[(1, "no-titles"), (2, "unclosed-title")]);
        finds("## 2031.5.17\n《Emu》 《Owl》\nx\n《On 《Emu》 and 《Owl》》\nx\n", &[(2, "two-titles")]);
        finds("## 2031.5.17\n《Emu: a model\nwith an end》\n\nx\n《Owl》的作者说\n", &[]);
    }

    #[test]
    fn days_that_are_out_of_place() {
        finds("# 2031.5\n## 2031.5.2\n《a》\nx\n## 2031.4.30\n《b》\nx\n", &[(5, "other-month")]);
        finds("# 2031.5\n## 2031.5.2\n《a》\nx\n# Notes\n## 2031.4.30\n《b》\nx\n", &[]);
        finds("# 2031.5\n## 2031.4.28-5.4\n《a》\nx\n", &[]);
        finds("# 2031-02\n《a》\nx\n# 2030-06 - 2031-01\nbusy\n# 2030-04\n《b》\nx\n", &[]);
        finds("## 2031.2.30\n《a》\nx\n", &[(1, "impossible-date")]);
        finds("## 2031.5.22\n《a》\nx\n## 2031.6.1\n《b》\nx\n", &[(4, "future-date")]);
    }

    #[test]
    fn text_outside_any_entry() {
        finds("## 2031.5.17\nprose\n## 2031.5.16\n《a》\nx\n## 2031.5.15\n", &[(1, "day-without-title")]);
        finds("## 2031.5.17\n- [a](b)\n## 2031.5.16\n- [c](d)\n", &[(1, "no-titles")]);
        finds("# Recipes\n\nEggs.\n", &[(1, "nothing-understood")]);
        finds("", &[]);
        finds("# todo\n- [ ] a\n", &[]);
        finds("## 2031.5.17\n《a》\n学习率2031.5\n\n# 2031.5\n", &[(3, "glued-heading")]);
        finds("## 2031.5.17\n《a》\nlr 2031.5\n在 2031.5\n\n# 2031.5\n", &[]);
        finds("## 2031.5.17\n《a》\n学习率2031.5\n", &[]);
        finds("## 2031.5.17\n《a》\nend of prose.## 2031.5.16\n", &[(3, "glued-heading")]);
        finds("## 2031.5.17\n《a》\nx\n\n##2031.5.16\n", &[(5, "heading-without-space")]);
        finds("## 2031.5.17\n《a》\nx\n```\n##2031.5.16\n- []b\n```\n#1 of all\n", &[]);
    }

    #[test]
    fn unreadable_and_missing_dates() {
        let days: String = (11..16).map(|day| format!("## 2031.5.{day}\n《a{day}》\nx\n")).collect();
        finds(&format!("{days}## 5 ?\n《b》\nx\n"), &[(16, "unread-date")]);
        finds(&format!("{days}## 2031.2.30\n《b》\nx\n"), &[(16, "impossible-date")]);
        finds(&format!("{days}# Classics\n《b》\nx\n"), &[(16, "papers-without-date")]);
        finds(&format!("{days}# Thanks\nx\n"), &[]);
        finds("# Plan\n## Week 1\n《a》\nx\n## Week 2\n《b》\nx\n## Week 3\n《c》\nx\n", &[]);
        let yearless = "# 11/28\n《a》\nx\n# 11/30\n《b》\nx\n";
        finds(yearless, &[(1, "unknown-year")]);
        finds(&format!("# 2030\n{}", yearless.replace("# ", "## ")), &[]);
    }

    #[test]
    fn two_titles_on_a_line_are_read_as_one() {
        finds("## 2031.5.17\n《Emu》和《Owl》\nx\n《Gnu》《Yak》\ny\n", &[(2, "two-titles"), (4, "two-titles")]);
        finds("## 2031.5.17\n《Emu：《Owl》》\nx\n", &[]);
    }

    #[test]
    fn months_and_weeks_among_days_may_hold_a_note() {
        let days = "## 2031-05-17\n### Emu: a Study of Gnus\nx\n## 2031-04-30\n### Owl: a Study of Yaks\ny\n";
        finds(&format!("# Papers\n## 2031-05\nabout the month\n{days}"), &[]);
        finds(&format!("# Papers\n## 2031-W20\nabout the week\n{days}"), &[]);
        finds(&format!("# 2031-05\nthe papers of the month\n{days}"), &[(6, "other-month")]);
    }

    #[test]
    fn boxes_that_cannot_be_ticked() {
        let boxes =
            "# todo\n- [ ] a\n- [] b\n- [ ]c\n-[x] d\n- [\u{A0}] e\n- [](f)\n- [x](g)\n- [-] h\n- [ ]\n- [1] i\n";
        let wanted = [(3, "not-a-task"), (4, "not-a-task"), (5, "not-a-task"), (6, "not-a-task")];
        finds(boxes, &wanted);
    }

    #[test]
    fn figures_and_references() {
        let body = "## 2031.5.17\n《a》\nx [1234], [2019], [5678], [1234]\n\n[5678]: b\n<img src=\"c.png\" width=4\">\n<img>\n";
        finds(body, &[(3, "unresolved-reference"), (6, "malformed-tag"), (7, "no-figure")]);
    }

    #[test]
    fn known_names_and_files_are_not_reported() {
        let log = read("## 2031.5.17\n《a》\nx [1234]\n<img src=\"c.png\">\n<img src=\"D.png\">\n");
        let other = Some("d.png".to_owned());
        let missing = HashMap::from([((0, "c.png".into()), None), ((0, "D.png".into()), other)]);
        let mut aliases = Aliases::default();
        aliases.name("1234", "Emu");
        let mut disk = Disk { missing, ..Disk::default() };
        let mut codes = |has_other_logs| -> Vec<&str> {
            disk.has_other_logs = has_other_logs;
            let orphans = [Key("owl".into())];
            let around = Surroundings { today: None, disk: &disk, aliases: &aliases, orphans: &orphans };
            check(&log, around).iter().map(|finding| finding.problem.code()).collect()
        };
        assert_eq!(codes(false), ["orphaned-review", "missing-figure", "figure-case"]);
        assert_eq!(codes(true), ["missing-figure", "figure-case"]);
    }

    #[test]
    fn messages_name_their_subject_in_both_languages() {
        let problem = Problem::OtherMonth { day: "2031.4.30".into(), month: "2031.5".into() };
        assert_eq!(problem.message(Language::English), "2031.4.30 is under the heading of 2031.5");
        assert_eq!(problem.message(Language::Chinese), "2031.4.30 写在了 2031.5 下");
    }
}
