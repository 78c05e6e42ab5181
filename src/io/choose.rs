//! Which files are the log.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use super::folder::is_markdown;
use super::leftover::are_originals;
pub use super::located::Located;
use super::read::{ReadError, names, read_shown, read_start};
use super::sample::{self, Sample};
use super::settle::{self, Patience, read_settled_shown};
use crate::log::forms::dates::DateForm;
use crate::log::{Role, Source, parse};
use crate::say;
use crate::words::{Language, Say};

/// The log's files, read.
#[derive(Debug)]
pub struct Chosen {
    /// Where the files stand.
    pub files: Located,
    /// What they hold, in the same order.
    pub sources: Vec<Source>,
}

/// Why no log could be opened.
#[derive(Debug, thiserror::Error)]
#[error("{}", self.say(Language::English))]
pub enum ChooseError {
    /// A file cannot be read.
    Read(#[from] ReadError),
    /// A folder holds no log.
    NoLog(String),
    /// No log is named, and none is here.
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
                "{folder}: no log in this folder: no Markdown file in it holds papers or tasks; name the file itself",
                "{folder}：此文件夹中没有日志：没有 Markdown 文件记有论文或待办；请直接指定文件"
            ),
            Self::NoneHere => language
                .pick(
                    "no log is named and none was found here: name one with --log FILE or in $PAPERS_TUI_LOG, or as “logs” \
                     in the configuration",
                    "没有指定日志，这里也没有找到：请用 --log FILE、环境变量 $PAPERS_TUI_LOG 或配置中的“logs”指定",
                )
                .to_owned(),
            Self::Sample(error) => say!(
                language,
                "the built-in sample cannot be copied to a temporary folder: {error}; set TMPDIR, or name a log",
                "无法将内置示例复制到临时文件夹：{error}；请设置 TMPDIR，或指定日志"
            ),
        }
    }
}

/// Bytes of a file by which it is known whether it is a log: to read all of a large one twice
/// would keep the reader waiting.
const ENOUGH: usize = 256 << 10;

/// As many files are a set.
const SET: usize = 3;
/// As many files of a folder are looked into before it is known whether they are one, and so many
/// bytes of each.
const GLANCE: usize = 200;
const BEGINNING: usize = 8 << 10;

/// Opens what is named; with nothing named, what `otherwise` names, if anything; else the file of this
/// folder, or of the repository around it, that reads most like a log.
///
/// # Errors
/// When a file cannot be read, when a named folder holds no log, and when none is named and none is here.
pub fn choose(named: &[PathBuf], otherwise: &[PathBuf]) -> Result<Chosen, ChooseError> {
    let mut files = locate(named, otherwise)?.ok_or(ChooseError::NoneHere)?;
    let sources = files.read(|path| read_settled_shown(path, Patience::USUAL))?;
    Ok(Chosen { files, sources })
}

/// Where the files of the log stand, as [`choose`] finds them; `None` where none is named and none is here.
///
/// # Errors
/// When a named folder holds no Markdown.
pub fn locate(named: &[PathBuf], otherwise: &[PathBuf]) -> Result<Option<Located>, ChooseError> {
    match (named, otherwise) {
        ([], []) => here().transpose(),
        ([], named) | (named, _) => files_of(named).map(Some),
    }
}

/// A copy of the sample.
///
/// # Errors
/// When it cannot be made.
pub fn sample() -> Result<Sample, ChooseError> {
    sample::copy().map_err(ChooseError::Sample)
}

/// The files that are named, and those of the folders that are.
///
/// # Errors
/// When a folder holds no Markdown.
pub(crate) fn files_of(named: &[PathBuf]) -> Result<Located, ChooseError> {
    Located::find(named).map_err(|folder| ChooseError::NoLog(folder.display().to_string()))
}

/// Whether the folder of the first of a log's files holds other logs.
pub(crate) fn has_others(paths: &[PathBuf]) -> bool {
    let Some(first) = paths.first() else { return false };
    let folder = first.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
    let own: Vec<_> = paths.iter().map(|path| path.file_name()).collect();
    markdown_in(folder).iter().any(|file| !own.contains(&file.file_name()) && papers(file) > 0)
}

/// What is opened where nothing is named: of this folder, or else of the repository around it, all
/// files where they are a log together; else the one that reads most like a log.
fn here() -> Option<Result<Located, ChooseError>> {
    places_here().into_iter().find_map(|folder| match (logs_of(&folder).into_iter().next(), set_in(&folder)) {
        (_, Some(set)) => Some(Ok(set)),
        (Some(best), None) => Some(files_of(&[best])),
        (None, None) => None,
    })
}

/// This folder, and the repository around it.
fn places_here() -> Vec<PathBuf> {
    let Ok(here) = std::env::current_dir() else { return Vec::new() };
    settle::wait_for_folder(&here, Patience::USUAL);
    let root = here.ancestors().find(|folder| folder.join(".git").exists()).map(Path::to_owned);
    let root = root.filter(|root| *root != here);
    [here].into_iter().chain(root).collect()
}

/// The logs of this folder, or else of the repository around it: what reads most like one first.
pub(crate) fn logs_here() -> Vec<PathBuf> {
    places_here().iter().map(|folder| logs_of(folder)).find(|logs| !logs.is_empty()).unwrap_or_default()
}

/// The files of a folder, where each says little alone: most are about one paper, or hold one day or week,
/// as their beginnings say.
fn set_in(folder: &Path) -> Option<Located> {
    let set = Located::glance(folder).filter(|set| set.paths.len() >= SET)?;
    let mut beginnings = set.clone();
    beginnings.keep(&(0..set.paths.len().min(GLANCE)).collect::<Vec<_>>());
    let sources = beginnings.read(|path| read_start(path, BEGINNING).map(|(shown, _)| shown)).ok()?;
    let log = parse::parse_folders(sources, &beginnings.folders, &Arc::default(), &mut |_| {});
    if log.entries.is_empty() {
        return None;
    }
    let holds = |at: usize| log.sections.iter().any(|section| section.file == at);
    let all = (0..log.files.len()).filter(|&at| holds(at));
    let parts = all.clone().filter(|&at| {
        let reading = &log.files[at].reading;
        let is_dated_whole = reading.dates.iter().any(|found| found.form == DateForm::File);
        is_dated_whole || matches!(reading.role, Role::Paper { .. })
    });
    let (parts, all) = (parts.count(), all.count());
    (parts >= SET && parts * 2 > all).then_some(set)
}

/// The logs of a folder: what reads most like one first.
pub fn logs_of(folder: &Path) -> Vec<PathBuf> {
    let scored = markdown_in(folder).into_iter().map(|file| (papers(&file), file));
    let mut scored: Vec<_> = scored.filter(|(papers, _)| *papers > 0).collect();
    // Of two that hold as many, the one with the later name.
    scored.sort_by(|one, other| other.cmp(one));
    scored.into_iter().map(|(_, file)| file).collect()
}

fn markdown_in(folder: &Path) -> Vec<PathBuf> {
    let is_log = |path: &PathBuf| is_markdown(path) && path.is_file();
    let names = names(folder).unwrap_or_default();
    let mut files: Vec<PathBuf> = names.into_iter().map(|name| folder.join(name)).filter(is_log).collect();
    files.sort();
    // Another version of a log that stands here too is no part of it, and must not be taken for it.
    let mut originals = are_originals(files.iter().map(PathBuf::as_path)).into_iter();
    files.retain(|_| originals.next() == Some(true));
    files
}

/// How many papers under dates a file holds, by what its beginning holds if it is long. A README
/// or a change log has none.
fn papers(file: &Path) -> u64 {
    let count = |text: String| {
        let log = parse::parse([Source { name: String::new(), text: text.into() }]);
        log.entries.iter().filter(|entry| entry.date.is_some()).count() as u64
    };
    settle::wait(file, Patience::USUAL);
    let Ok((shown, all)) = read_start(file, ENOUGH) else { return 0 };
    let read = shown.text.len() as u64;
    match count(shown.text) {
        // A long list may stand before the first paper.
        0 if read < all => read_shown(file).map_or(0, |shown| count(shown.text)),
        papers => papers * all / read.max(1),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn long_files_are_known_by_their_beginning() {
        let folder = tempfile::tempdir().expect("a folder");
        let write = |name: &str, text: &str| std::fs::write(folder.path().join(name), text).expect("a file");
        let paper = |number: usize| format!("## 2031.5.17\n\n《Paper {number}》\n\n{}\n\n", "words ".repeat(90));
        let papers = |count: usize| (0..count).map(paper).collect::<String>();
        let list = "- [ ] something to read\n".repeat(ENOUGH / 20);
        write("a-long.md", &papers(1_200));
        write("b-list.md", &format!("# todo\n\n{list}\n{}", papers(2)));
        write("c-short.md", &papers(600));
        write("d-none.md", &"words\n\n".repeat(ENOUGH));
        let names: Vec<_> =
            logs_of(folder.path()).iter().filter_map(|log| log.file_name()?.to_str().map(str::to_owned)).collect();
        assert_eq!(names, ["a-long.md", "c-short.md", "b-list.md"]);
    }
}
