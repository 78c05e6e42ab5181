//! Finds the log to open.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use super::folder::is_markdown;
use super::leftover::are_originals;
pub use super::log_files::LogFiles;
use super::read::{ReadError, names, read_shown, read_start};
use super::sample::{self, Sample};
use super::settle::{self, RetryPolicy, read_settled_shown};
use crate::log::forms::dates::DateForm;
use crate::log::{Role, Source, parse};
use crate::say;
use crate::words::{Language, Say};

/// The files of a log, with their text.
#[derive(Debug)]
pub(crate) struct Chosen {
    /// The paths and names of the files.
    pub files: LogFiles,
    /// The text of each file, in the same order.
    pub sources: Vec<Source>,
}

/// Why no log could be opened.
#[derive(Debug, thiserror::Error)]
#[error("{}", self.say(Language::English))]
pub(crate) enum ChooseError {
    /// A file cannot be read.
    Read(#[from] ReadError),
    /// The folder contains no log.
    NoLog(String),
    /// No log was given, and none was found.
    NoneHere,
    /// The sample cannot be copied.
    Sample(std::io::Error),
}

impl Say for ChooseError {
    fn say(&self, language: Language) -> String {
        match self {
            Self::Read(error) => error.say(language),
            Self::NoLog(folder) => say!(
                language,
                "{folder}: no log found: no Markdown file in it contains papers or tasks; give the file itself",
                "{folder}：没有找到日志：此文件夹中没有包含论文或待办的 Markdown 文件；请直接指定文件"
            ),
            Self::NoneHere => language
                .pick(
                    "no log was given, and none was found here; use --log FILE, $PAPERS_TUI_LOG or the setting “logs”",
                    "没有指定日志，当前文件夹中也没有找到；请用 --log FILE、环境变量 $PAPERS_TUI_LOG 或设置“logs”指定",
                )
                .to_owned(),
            Self::Sample(error) => say!(
                language,
                "cannot copy the built-in sample to a temporary folder: {error}; set TMPDIR, or open a log",
                "无法将内置示例复制到临时文件夹：{error}；请设置 TMPDIR，或打开一份日志"
            ),
        }
    }
}

/// How many bytes of a file decide whether it is a log. Reading all of a large file here and again later would be
/// slow.
const SAMPLE_BYTES: usize = 256 << 10;

/// A folder must have at least this many suitable files to be opened as one log.
const MIN_SET: usize = 3;
/// A file without dates must have at least this many papers to be opened without being named.
const FEWEST_UNDATED: usize = 3;
/// How the names of files about a project begin, lower case.
const PAGES: &[&str] = &["readme", "changelog", "contributing", "license", "security"];
/// Maximum number of files to read for that check.
const SET_FILES: usize = 200;
/// Maximum number of bytes to read of each.
const SET_BYTES: usize = 8 << 10;

/// Opens the logs in `named`, else those in `defaults`, else a log found in the working directory or its repository.
///
/// # Errors
/// If a file cannot be read, a given folder has no log, or nothing was given or found.
pub(crate) fn choose(named: &[PathBuf], defaults: &[PathBuf]) -> Result<Chosen, ChooseError> {
    let mut files = locate(named, defaults)?.ok_or(ChooseError::NoneHere)?;
    let sources = files.read(|path| read_settled_shown(path, RetryPolicy::DEFAULT))?;
    Ok(Chosen { files, sources })
}

/// Finds the files of the log like [`choose`], without reading them. `None` if nothing was named and nothing found.
///
/// # Errors
/// If a given folder contains no Markdown.
pub(crate) fn locate(named: &[PathBuf], defaults: &[PathBuf]) -> Result<Option<LogFiles>, ChooseError> {
    match (named, defaults) {
        ([], []) => here().transpose(),
        ([], named) | (named, _) => files_of(named).map(Some),
    }
}

/// Copies the sample in this language.
///
/// # Errors
/// If the copy cannot be made.
pub(crate) fn sample(language: Language) -> Result<Sample, ChooseError> {
    sample::copy(language).map_err(ChooseError::Sample)
}

/// The named files, and those in the named folders.
///
/// # Errors
/// If a folder contains no Markdown.
pub(crate) fn files_of(named: &[PathBuf]) -> Result<LogFiles, ChooseError> {
    LogFiles::find(named).map_err(|folder| ChooseError::NoLog(folder.display().to_string()))
}

/// Whether the folder of the log's first file contains other logs.
pub(crate) fn has_others(paths: &[PathBuf]) -> bool {
    let Some(first) = paths.first() else { return false };
    let folder = first.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
    let own: Vec<_> = paths.iter().map(|path| path.file_name()).collect();
    markdown_in(folder).iter().any(|file| !own.contains(&file.file_name()) && papers(file).1 > 0)
}

/// Looks for a log in the working directory, then in its repository: all Markdown files if together they are one log,
/// else the file that looks most like a log.
fn here() -> Option<Result<LogFiles, ChooseError>> {
    places_here().into_iter().find_map(|folder| match (logs_of(&folder).into_iter().next(), set_in(&folder)) {
        (_, Some(set)) => Some(Ok(set)),
        (Some(best), None) => Some(files_of(&[best])),
        (None, None) => None,
    })
}

/// The working directory, and the root of the repository around it.
fn places_here() -> Vec<PathBuf> {
    let Ok(here) = std::env::current_dir() else { return Vec::new() };
    settle::wait_for_folder(&here, RetryPolicy::DEFAULT);
    let root = here.ancestors().find(|folder| folder.join(".git").exists()).map(Path::to_owned);
    let root = root.filter(|root| *root != here);
    [here].into_iter().chain(root).collect()
}

/// The logs in the working directory, or if it has none, in the root of its repository; best match first.
pub(crate) fn logs_here() -> Vec<PathBuf> {
    places_here().iter().map(|folder| logs_of(folder)).find(|logs| !logs.is_empty()).unwrap_or_default()
}

/// The files of a folder as one log, if most of them are about a single paper, day or week. Only the start of each is
/// read.
fn set_in(folder: &Path) -> Option<LogFiles> {
    let set = LogFiles::glance(folder).filter(|set| set.paths.len() >= MIN_SET)?;
    let mut beginnings = set.clone();
    beginnings.keep(&(0..set.paths.len().min(SET_FILES)).collect::<Vec<_>>());
    let sources = beginnings.read(|path| read_start(path, SET_BYTES).map(|(shown, _)| shown)).ok()?;
    let log = parse::parse_folders(sources, &beginnings.folders, &Arc::default(), &mut |_| {});
    if log.entries.is_empty() {
        return None;
    }
    let holds = |at: usize| log.sections.iter().any(|section| section.file() == at);
    let all = (0..log.files.len()).filter(|&at| holds(at));
    let parts = all.clone().filter(|&at| {
        let reading = &log.files[at].reading;
        let is_dated_whole = reading.dates.iter().any(|found| found.form == DateForm::File);
        is_dated_whole || matches!(reading.role, Role::Paper { .. })
    });
    let (parts, all) = (parts.count(), all.count());
    (parts >= MIN_SET && parts * 2 > all).then_some(set)
}

/// The logs in a folder, best match first.
pub fn logs_of(folder: &Path) -> Vec<PathBuf> {
    let scored = markdown_in(folder).into_iter().map(|file| (papers(&file), file));
    let mut scored: Vec<_> = scored.filter(|((_, papers), _)| *papers > 0).collect();
    // Ties go to the later name.
    scored.sort_by(|one, other| other.cmp(one));
    scored.into_iter().map(|(_, file)| file).collect()
}

fn markdown_in(folder: &Path) -> Vec<PathBuf> {
    let is_log = |path: &PathBuf| is_markdown(path) && path.is_file();
    let names = names(folder).unwrap_or_default();
    let mut files: Vec<PathBuf> = names.into_iter().map(|name| folder.join(name)).filter(is_log).collect();
    files.sort();
    // Conflict copies must not be opened as the log.
    let mut originals = are_originals(files.iter().map(PathBuf::as_path)).into_iter();
    files.retain(|_| originals.next() == Some(true));
    files
}

/// The number of papers in a file, first those with dates and then all, extrapolated from its beginning if it is long.
/// Usually 0 for files that are not logs, such as a README or a changelog.
fn papers(file: &Path) -> (u64, u64) {
    let name = file.file_name().unwrap_or_default().to_string_lossy();
    let count = |text: String| {
        let log = parse::parse([Source { name: name.to_string(), text: text.into() }]);
        let dated = log.entries.iter().filter(|entry| entry.date.is_some()).count();
        let all = log.entries.len();
        // Few entries without dates may be there by accident, and so may those of a front page.
        let is_page = PAGES.iter().any(|page| name.to_lowercase().starts_with(page));
        if dated == 0 && (all < FEWEST_UNDATED || is_page) { (0, 0) } else { (dated as u64, all as u64) }
    };
    settle::wait(file, RetryPolicy::DEFAULT);
    let Ok((shown, all)) = read_start(file, SAMPLE_BYTES) else { return (0, 0) };
    let read = shown.text.len() as u64;
    let whole = |papers: u64| papers * all / read.max(1);
    match count(shown.text) {
        // A long pending list may come before the first paper.
        (_, 0) if read < all => read_shown(file).map_or((0, 0), |shown| count(shown.text)),
        (dated, papers) => (whole(dated), whole(papers)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn large_files_are_judged_by_their_start() {
        let folder = tempfile::tempdir().expect("a folder");
        let write = |name: &str, text: &str| std::fs::write(folder.path().join(name), text).expect("a file");
        let paper = |number: usize| format!("## 2031.5.17\n\n《Paper {number}》\n\n{}\n\n", "words ".repeat(90));
        let papers = |count: usize| (0..count).map(paper).collect::<String>();
        let list = "- [ ] something to read\n".repeat(SAMPLE_BYTES / 20);
        write("a-long.md", &papers(1_200));
        write("b-list.md", &format!("# todo\n\n{list}\n{}", papers(2)));
        write("c-short.md", &papers(600));
        write("d-none.md", &"words\n\n".repeat(SAMPLE_BYTES));
        let names: Vec<_> =
            logs_of(folder.path()).iter().filter_map(|log| log.file_name()?.to_str().map(str::to_owned)).collect();
        assert_eq!(names, ["a-long.md", "c-short.md", "b-list.md"]);
    }
}
