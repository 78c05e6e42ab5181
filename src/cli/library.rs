//! `papers-tui library`: lists the PDFs that belong to no entry and no pending item. Also finds the user's PDFs for
//! other commands.

use std::path::{Path, PathBuf};

use serde::Serialize;

use super::export::pdf::PdfRecord;
use super::print::Printer;
use super::progress::Progress;
use super::{Opened, Outcome};
use crate::io::dirs::expand;
use crate::io::library::{Library, LibraryPdf, scan};
use crate::log::{Entry, Log};
use crate::papers::Paper;
use crate::papers::index::PaperIndex;
use crate::papers::matched::Matched;
use crate::say;
use crate::text::safe;
use crate::words::{Language, Say};

/// The user's PDFs, matched to the entries and items of a log.
#[derive(Debug, Default)]
pub struct Papers {
    library: Library,
    matched: Matched,
    /// The log's folder; paths of PDFs in this folder are printed relative to it.
    home: PathBuf,
}

impl Papers {
    /// Finds and matches the PDFs, and reads those that are not in the cache.
    pub fn of(opened: &Opened, progress: &mut Progress) -> Self {
        let home = opened.chosen.files.home().map(home).unwrap_or_default();
        let named: Vec<PathBuf> = opened.config.pdf_folders.iter().map(|folder| home.join(expand(folder))).collect();
        let folders = if named.is_empty() { vec![home.clone()] } else { named };
        let reading = opened.language.pick("reading PDFs", "正在读取 PDF");
        let library = scan(&folders, &mut |done, all| {
            if done == 0 {
                progress.begin(reading, all);
            }
            progress.set(done as u64);
            true
        });
        let matched = Matched::of(&opened.log, library.held());
        Self { library, matched, home }
    }

    /// An index of what the PDFs say about each entry and item.
    pub fn index(&self, log: &Log) -> PaperIndex {
        let pdfs = self.library.pdfs.iter();
        let places = pdfs.map(|pdf| (pdf.path.to_str().map(str::to_owned), pdf.known.as_ref().ok()));
        PaperIndex::of(log, &self.matched, &places.collect::<Vec<_>>())
    }

    /// The paper in the first readable PDF of an entry.
    pub fn paper(&self, entry: usize) -> Option<&Paper> {
        self.matched.of_entries[entry].iter().find_map(|&pdf| self.library.pdfs[pdf].known.as_ref().ok())
    }

    /// The JSON record of the first of these PDFs.
    fn record(&self, pdfs: &[usize]) -> Option<PdfRecord<'_>> {
        pdfs.first().map(|&pdf| self.record_of(&self.library.pdfs[pdf]))
    }

    fn record_of<'a>(&self, pdf: &'a LibraryPdf) -> PdfRecord<'a> {
        PdfRecord::of(self.path(pdf), pdf.known.as_ref().ok())
    }

    fn path(&self, pdf: &LibraryPdf) -> String {
        pdf.path.strip_prefix(&self.home).unwrap_or(&pdf.path).to_string_lossy().into_owned()
    }

    /// The PDF of an entry, for JSON.
    pub fn of_entry(&self, entry: usize) -> Option<PdfRecord<'_>> {
        self.record(&self.matched.of_entries[entry])
    }

    /// The PDF of a task, for JSON.
    pub fn of_task(&self, task: usize) -> Option<PdfRecord<'_>> {
        self.record(&self.matched.of_tasks[task])
    }

    /// The keys of the entries that an entry cites, and the keys of the entries that cite it.
    pub fn cites<'a>(&self, entries: &'a [Entry], entry: usize) -> [Vec<&'a str>; 2] {
        [&self.matched.cites[entry], &self.matched.cited_by[entry]].map(|list| keys(entries, list))
    }

    /// The keys of the entries that cite a task.
    pub fn task_cited_by<'a>(&self, entries: &'a [Entry], task: usize) -> Vec<&'a str> {
        keys(entries, &self.matched.tasks_cited_by[task])
    }
}

fn keys<'a>(entries: &'a [Entry], list: &[usize]) -> Vec<&'a str> {
    list.iter().map(|&entry| &*entries[entry].key.0).collect()
}

/// The folder of a log, which may itself be a folder.
fn home(path: &Path) -> PathBuf {
    let path = std::path::absolute(path).unwrap_or_else(|_| path.to_owned());
    if path.is_dir() { path } else { path.parent().map(Path::to_owned).unwrap_or_default() }
}

/// Prints the PDFs that belong to no entry and no item, and the PDFs that cannot be read.
pub fn run(opened: &Opened, json: bool, mut progress: Progress, out: &mut Printer) -> anyhow::Result<Outcome> {
    let (papers, language) = (Papers::of(opened, &mut progress), opened.language);
    drop(progress);
    let unlogged = papers.matched.unlogged.iter().map(|&pdf| &papers.library.pdfs[pdf]);
    if json {
        out.json(&unlogged.map(|pdf| LibraryPdfRecord::of(&papers, pdf)).collect::<Vec<_>>())?;
    } else {
        for pdf in unlogged {
            writeln!(out, "{}", safe(&line(&papers, pdf, language)))?;
        }
    }
    Ok(if papers.matched.unlogged.is_empty() { Outcome::Nothing } else { Outcome::Done })
}

/// A PDF in one line: its path, then its title or why there is none.
fn line(papers: &Papers, pdf: &LibraryPdf, language: Language) -> String {
    let path = papers.path(pdf);
    match &pdf.known {
        Err(reason) => {
            let reason = reason.say(language);
            say!(language, "{path}: cannot be read: {reason}", "{path}：无法读取：{reason}")
        }
        Ok(paper) if !paper.text => say!(language, "{path}: no text", "{path}：没有文字"),
        Ok(paper) => match paper.title() {
            Some(title) => say!(language, "{path}: {title}", "{path}：{title}"),
            None => path,
        },
    }
}

#[derive(Serialize)]
struct LibraryPdfRecord<'a> {
    #[serde(flatten)]
    pdf: PdfRecord<'a>,
    /// Why the PDF cannot be read.
    error: Option<String>,
}

impl<'a> LibraryPdfRecord<'a> {
    fn of(papers: &Papers, pdf: &'a LibraryPdf) -> Self {
        // The output for programs must not depend on the language of the interface.
        let error = pdf.known.as_ref().err().map(|reason| reason.say(Language::English));
        Self { pdf: papers.record_of(pdf), error }
    }
}
