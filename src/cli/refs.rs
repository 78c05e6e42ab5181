//! `papers-tui refs`: lists the entries and pending items that a PDF cites.

use std::path::{Path, PathBuf};

use serde::Serialize;

use super::export::pdf::PdfRecord;
use super::print::Printer;
use super::{Opened, Outcome};
use crate::io::reader::{PdfError, PdfReader};
use crate::papers::Paper;
use crate::papers::wanted::{LogMatches, PaperLookup};
use crate::say;
use crate::text::safe;
use crate::words::{Language, Say};

/// A PDF from the command line that cannot be read.
#[derive(Debug, thiserror::Error)]
#[error("{}", self.say(Language::English))]
pub struct UnreadablePdf {
    /// The PDF's path.
    path: PathBuf,
    /// Why it cannot be read.
    reason: PdfError,
}

impl Say for UnreadablePdf {
    fn say(&self, language: Language) -> String {
        let (path, reason) = (self.path.display(), self.reason.say(language));
        say!(language, "{path}: cannot be read: {reason}", "{path}：无法读取：{reason}")
    }
}

/// Reads a PDF in the reader process.
///
/// # Errors
/// If the PDF cannot be read.
pub fn read(path: &Path) -> Result<Paper, UnreadablePdf> {
    PdfReader::new().read(path).map_err(|reason| UnreadablePdf { path: path.to_owned(), reason })
}

/// Prints the entries and pending items that a PDF cites.
pub fn run(opened: &Opened, path: &Path, json: bool, out: &mut Printer) -> anyhow::Result<Outcome> {
    let (log, language) = (&opened.log, opened.language);
    let paper = read(path)?;
    let name = path.file_stem().unwrap_or_default().to_string_lossy();
    let cited = PaperLookup::of(log).cited(&paper, &name);
    if json {
        out.json(&CitationsRecord::of(opened, path, &paper, &cited))?;
    } else if !paper.text {
        super::tell(&say!(
            language,
            "{}: contains no text; it may be a scan or truncated",
            "{}：没有文字，可能是扫描件，或文件不完整",
            path.display()
        ))?;
    } else {
        write(opened, &paper, &cited, out)?;
    }
    Ok(if cited.is_empty() { Outcome::Nothing } else { Outcome::Done })
}

fn write(opened: &Opened, paper: &Paper, cited: &LogMatches, out: &mut Printer) -> anyhow::Result<()> {
    let (log, language) = (&opened.log, opened.language);
    writeln!(out, "{}", safe(paper.title().unwrap_or(language.pick("(no title)", "（无标题）"))))?;
    let facts = facts(paper, language);
    if !facts.is_empty() {
        writeln!(out, "{}", safe(&facts))?;
    }
    if paper.references.is_empty() {
        writeln!(out, "\n{}", language.pick("No list of references found.", "没有找到参考文献列表。"))?;
        return Ok(());
    }
    let (entries, tasks) = (cited.entries.len(), cited.tasks.len());
    writeln!(
        out,
        "\n{}",
        say!(
            language,
            "cites {entries} in the log, {tasks} pending",
            "引用了日志中的 {entries} 篇论文、{tasks} 个待读项"
        )
    )?;
    let several = log.files.len() > 1;
    let file = |file: usize| if several { format!("{}:", log.files[file].name) } else { String::new() };
    for entry in cited.entries.iter().map(|&entry| &log.entries[entry]) {
        writeln!(out, "{}{:>5}  {}", file(entry.file()), entry.line(), safe(&entry.title))?;
    }
    for task in cited.tasks.iter().map(|&task| &log.tasks[task]) {
        writeln!(out, "{}{:>5}  [ ] {}", file(task.file), task.line, safe(&task.text))?;
    }
    Ok(())
}

/// Authors, date and ids of a paper, in one line.
fn facts(paper: &Paper, language: Language) -> String {
    let authors = match &paper.authors[..] {
        [] => None,
        [one] => Some(one.clone()),
        [one, other] => Some(say!(language, "{one} and {other}", "{one}、{other}")),
        [first, ..] => Some(say!(language, "{first} et al.", "{first} 等")),
    };
    let arxiv = paper.arxiv.as_ref().map(|id| format!("arXiv {id}"));
    let doi = paper.doi.as_ref().map(|doi| format!("doi {doi}"));
    let pages = language.counted(paper.pages, "page", "pages", "页");
    let all = [authors, paper.date.clone(), arxiv, doi, Some(pages)];
    all.into_iter().flatten().collect::<Vec<_>>().join(" · ")
}

#[derive(Serialize)]
struct CitationsRecord<'a> {
    pdf: PdfRecord<'a>,
    cites: Vec<CitedEntryRecord<'a>>,
    tasks: Vec<CitedItemRecord<'a>>,
}

#[derive(Serialize)]
struct CitedEntryRecord<'a> {
    file: usize,
    key: &'a str,
    line: usize,
    title: &'a str,
}

#[derive(Serialize)]
struct CitedItemRecord<'a> {
    file: usize,
    line: usize,
    text: &'a str,
}

impl<'a> CitationsRecord<'a> {
    fn of(opened: &'a Opened, path: &Path, paper: &'a Paper, cited: &LogMatches) -> Self {
        let log = &opened.log;
        let entries = cited.entries.iter().map(|&entry| &log.entries[entry]);
        let tasks = cited.tasks.iter().map(|&task| &log.tasks[task]);
        Self {
            pdf: PdfRecord::of(path.to_string_lossy().into_owned(), Some(paper)),
            cites: entries
                .map(|it| CitedEntryRecord { file: it.file(), key: &it.key.0, line: it.line(), title: &it.title })
                .collect(),
            tasks: tasks.map(|it| CitedItemRecord { file: it.file, line: it.line, text: &it.text }).collect(),
        }
    }
}
