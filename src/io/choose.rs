//! Which files are the log.

use std::path::{Path, PathBuf};

use super::read::{ReadError, names, read_text};
use super::sample::{self, Sample};
use crate::log::{Source, parse};
use crate::say;
use crate::words::{Language, Say};

/// The log's files, read.
#[derive(Debug)]
pub struct Chosen {
    /// Where the files stand.
    pub paths: Vec<PathBuf>,
    /// What they hold, in the same order.
    pub sources: Vec<Source>,
    /// The copy of the built-in sample, if that is what was opened. It lives as long as this.
    pub sample: Option<Sample>,
}

/// Why no log could be opened.
#[derive(Debug, thiserror::Error)]
#[error("{}", self.say(Language::English))]
pub enum ChooseError {
    /// A file cannot be read.
    Read(#[from] ReadError),
    /// A folder holds no log.
    NoLog(String),
    /// The sample cannot be copied.
    Sample(std::io::Error),
}

impl Say for ChooseError {
    fn say(&self, language: Language) -> String {
        match self {
            Self::Read(error) => error.say(language),
            Self::NoLog(folder) => say!(
                language,
                "{folder}: no log in this folder: no Markdown file in it has papers under dates; name the file itself",
                "{folder}：此文件夹中没有日志：没有 Markdown 文件在日期下记有论文；请直接指定文件"
            ),
            Self::Sample(error) => say!(
                language,
                "the built-in sample cannot be copied to a temporary folder: {error}; set TMPDIR, or name a log",
                "无法将内置示例复制到临时文件夹：{error}；请设置 TMPDIR，或指定日志"
            ),
        }
    }
}

/// Opens what is named; with nothing named, what `otherwise` names, if anything; else the file of this
/// folder, or of the repository around it, that reads most like a log; else the sample.
///
/// # Errors
/// When a named file cannot be read, or a named folder holds no log.
pub fn choose(named: &[PathBuf], otherwise: &[PathBuf]) -> Result<Chosen, ChooseError> {
    if !named.is_empty() {
        return open(named);
    }
    if !otherwise.is_empty() {
        return open(otherwise);
    }
    match best_here() {
        Some(path) => open(&[path]),
        None => open_sample(),
    }
}

fn open(named: &[PathBuf]) -> Result<Chosen, ChooseError> {
    let mut chosen = Chosen { paths: Vec::new(), sources: Vec::new(), sample: None };
    for path in named {
        let files = if path.is_dir() { logs_in(path)? } else { vec![path.clone()] };
        for file in files {
            // A file named twice is one file.
            if !chosen.paths.contains(&file) {
                chosen.sources.push(Source { name: file.display().to_string(), text: read_text(&file)? });
                chosen.paths.push(file);
            }
        }
    }
    Ok(chosen)
}

fn open_sample() -> Result<Chosen, ChooseError> {
    let sample = sample::copy().map_err(ChooseError::Sample)?;
    let mut chosen = open(&[sample.path().to_owned()])?;
    for source in &mut chosen.sources {
        sample::NAME.clone_into(&mut source.name);
    }
    Ok(Chosen { sample: Some(sample), ..chosen })
}

fn logs_in(folder: &Path) -> Result<Vec<PathBuf>, ChooseError> {
    let logs: Vec<PathBuf> = markdown_in(folder).into_iter().filter(|file| papers(file) > 0).collect();
    if logs.is_empty() { Err(ChooseError::NoLog(folder.display().to_string())) } else { Ok(logs) }
}

/// Whether the folder of the first of a log's files holds other logs.
pub fn has_others(paths: &[PathBuf]) -> bool {
    let Some(first) = paths.first() else { return false };
    let folder = first.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
    let own: Vec<_> = paths.iter().map(|path| path.file_name()).collect();
    markdown_in(folder).iter().any(|file| !own.contains(&file.file_name()) && papers(file) > 0)
}

fn best_here() -> Option<PathBuf> {
    let here = std::env::current_dir().ok()?;
    let root = here.ancestors().find(|folder| folder.join(".git").exists());
    let best = |folder: &Path| {
        let scored = markdown_in(folder).into_iter().map(|file| (papers(&file), file));
        scored.filter(|(papers, _)| *papers > 0).max_by_key(|(papers, _)| *papers).map(|(_, file)| file)
    };
    best(&here).or_else(|| best(root?))
}

fn markdown_in(folder: &Path) -> Vec<PathBuf> {
    let is_markdown = |path: &PathBuf| {
        let extension = path.extension().and_then(|extension| extension.to_str()).unwrap_or_default();
        ["md", "markdown"].iter().any(|known| extension.eq_ignore_ascii_case(known)) && path.is_file()
    };
    let mut files: Vec<PathBuf> = names(folder).into_iter().map(|name| folder.join(name)).filter(is_markdown).collect();
    files.sort();
    files
}

/// How many papers under dates a file holds. A README or a change log has none.
fn papers(file: &Path) -> usize {
    let Ok(text) = read_text(file) else { return 0 };
    let log = parse::parse([Source { name: String::new(), text }]);
    log.entries.iter().filter(|entry| entry.date.is_some()).count()
}
