//! `papers-tui export --format json`: the whole model.
//!
//! The schema is `assets/export.schema.json`. Fields may be added; none is renamed.

use std::borrow::Cow;
use std::ops::Range;
use std::path::Path;

use serde::Serialize;

use super::forms::Forms;
use super::kind;
use super::pdf::PdfRecord;
use crate::cli::Opened;
use crate::cli::library::Papers;
use crate::cli::progress::Progress;
use crate::io::album::{Album, Base};
use crate::log::check::Diagnostic;
use crate::log::links::Links;
use crate::log::{Figure, Key, Log, Section, SectionKind};
use crate::words::Language;

/// Formats the log as JSON.
pub fn document(
    opened: &Opened,
    papers: &Papers,
    findings: &[Diagnostic],
    progress: &mut Progress,
) -> anyhow::Result<String> {
    let mut document = serde_json::to_string_pretty(&Export::of(opened, papers, findings, &mut || progress.step()))?;
    document.push('\n');
    Ok(document)
}

/// The root of the JSON document.
#[derive(Serialize)]
pub struct Export<'a> {
    version: u32,
    files: Vec<FileRecord<'a>>,
    sections: Vec<SectionRecord<'a>>,
    entries: Vec<EntryRecord<'a>>,
    tasks: Vec<TaskRecord<'a>>,
    diagnostics: Vec<DiagnosticRecord>,
}

#[derive(Serialize)]
struct FileRecord<'a> {
    path: &'a str,
    bytes: usize,
    encoding: &'static str,
    line_ending: &'static str,
    forms: Forms,
}

#[derive(Serialize)]
struct SectionRecord<'a> {
    file: usize,
    kind: &'static str,
    heading: &'a str,
    date: Option<String>,
    until: Option<String>,
    line: usize,
    span: [usize; 2],
    note: Cow<'a, str>,
}

/// An entry, as JSON.
#[derive(Serialize)]
pub struct EntryRecord<'a> {
    file: usize,
    key: &'a str,
    kind: &'static str,
    title: &'a str,
    short_name: Option<&'a str>,
    date: Option<String>,
    line: usize,
    span: [usize; 2],
    published: Option<String>,
    organisations: &'a [&'static str],
    figures: Vec<FigureRecord>,
    references: Vec<ReferenceRecord<'a>>,
    mentions: Vec<String>,
    tasks: Vec<usize>,
    links: &'a [String],
    tags: &'a [String],
    venue: Option<&'a str>,
    read: bool,
    form: &'static str,
    task: Option<usize>,
    pdf: Option<PdfRecord<'a>>,
    cites: Vec<&'a str>,
    cited_by: Vec<&'a str>,
}

#[derive(Serialize)]
struct FigureRecord {
    path: String,
    caption: Option<String>,
    width: Option<u32>,
    height: Option<u32>,
    line: usize,
    exists: bool,
}

#[derive(Serialize)]
struct ReferenceRecord<'a> {
    id: &'a str,
    line: usize,
}

/// A task, as JSON.
#[derive(Serialize)]
pub struct TaskRecord<'a> {
    file: usize,
    text: &'a str,
    done: bool,
    /// `open`, `done`, `dropped` or `other`.
    state: &'static str,
    /// Whether the task has a box that is empty or ticked, rather than `[-]` or `[?]`.
    r#box: bool,
    depth: usize,
    line: usize,
    parent: Option<usize>,
    pending: bool,
    entry: Option<usize>,
    pdf: Option<PdfRecord<'a>>,
    cited_by: Vec<&'a str>,
}

/// A problem in the log, as JSON.
#[derive(Serialize)]
pub struct DiagnosticRecord {
    file: usize,
    line: usize,
    code: &'static str,
    message: String,
}

impl<'a> Export<'a> {
    /// Builds the document. Checks on disk which figures exist. Calls `step` once per entry, to report progress.
    pub fn of(opened: &'a Opened, papers: &'a Papers, findings: &[Diagnostic], step: &mut dyn FnMut()) -> Self {
        let log = &opened.log;
        let links = opened.links();
        let mut figures = FigureFiles { bases: opened.chosen.files.bases(), album: Album::default() };
        let mut record = |entry| {
            step();
            record(opened, entry, &links, papers, &mut figures)
        };
        Self {
            version: 1,
            files: log.files.iter().map(FileRecord::of).collect(),
            sections: log.sections.iter().map(|section| SectionRecord::of(log, section)).collect(),
            entries: (0..log.entries.len()).map(&mut record).collect(),
            tasks: (0..log.tasks.len()).map(|task| TaskRecord::of(log, task, papers)).collect(),
            diagnostics: findings.iter().map(DiagnosticRecord::of).collect(),
        }
    }

    /// The entry with this key.
    pub fn entry(&self, key: &Key) -> Option<&EntryRecord<'a>> {
        self.entries.iter().find(|entry| *entry.key == *key.0)
    }
}

fn span(range: &Range<usize>) -> [usize; 2] {
    [range.start, range.end]
}

impl<'a> FileRecord<'a> {
    fn of(file: &'a crate::log::File) -> Self {
        Self {
            path: &file.name,
            bytes: file.text.len(),
            encoding: "utf-8",
            line_ending: file.line_ending(),
            forms: Forms::of(file),
        }
    }
}

impl<'a> SectionRecord<'a> {
    fn of(log: &'a Log, section: &'a Section) -> Self {
        let (kind, until) = match section.kind {
            SectionKind::Day(_) => ("day", None),
            SectionKind::Month(_) => ("month", None),
            SectionKind::Range(_, until) => ("range", Some(until.to_string())),
            SectionKind::Pending => ("pending", None),
            SectionKind::Yearless { day: Some(_), .. } => ("day", None),
            SectionKind::Yearless { day: None, .. } => ("month", None),
            SectionKind::Undated => ("undated", None),
        };
        Self {
            file: section.file(),
            kind,
            heading: &section.heading,
            date: section.kind.date().map(|date| date.to_string()).or_else(|| section.kind.stamp()),
            until,
            line: section.line(),
            span: span(&section.span()),
            note: log.note(section),
        }
    }
}

fn record<'a>(
    opened: &'a Opened,
    index: usize,
    links: &Links,
    papers: &'a Papers,
    figures: &mut FigureFiles,
) -> EntryRecord<'a> {
    let entry = &opened.log.entries[index];
    let [cites, cited_by] = papers.cites(&opened.log.entries, index);
    EntryRecord {
        file: entry.file(),
        key: &entry.key.0,
        kind: kind(entry.kind),
        title: &entry.title,
        short_name: entry.short_name(),
        date: opened.log.sections[entry.section()].kind.stamp(),
        line: entry.line(),
        span: span(&entry.span()),
        published: entry.published.map(|published| published.to_string()),
        organisations: &entry.organisations,
        figures: opened.log.figures_of(entry).into_iter().map(|figure| figures.record(figure, entry.file())).collect(),
        references: entry.references.iter().map(|it| ReferenceRecord { id: &it.id, line: it.line() }).collect(),
        mentions: links.mentions(&entry.key).iter().map(|key| key.0.to_string()).collect(),
        tasks: opened.log.tasks_of(index).collect(),
        links: entry.links(),
        tags: entry.tags(),
        venue: entry.venue(),
        read: entry.read,
        form: entry.form.code(),
        task: entry.task(),
        pdf: papers.of_entry(index),
        cites,
        cited_by,
    }
}

/// Looks up figures on disk.
struct FigureFiles {
    bases: Vec<Base>,
    album: Album,
}

impl FigureFiles {
    fn record(&mut self, figure: Figure, file: usize) -> FigureRecord {
        let base = &self.bases[file];
        let folder = base.file.parent().unwrap_or(Path::new(""));
        // Figures outside of the log's folder are never shown, but count as existing.
        let mut is_there = |path: &str| self.album.locate(base, path).is_ok() || folder.join(path).is_file();
        FigureRecord {
            exists: !figure.path.is_empty() && is_there(&figure.path),
            path: figure.path,
            caption: figure.caption,
            width: figure.width,
            height: figure.height,
            line: figure.line,
        }
    }
}

impl<'a> TaskRecord<'a> {
    /// The record of the task at `index`.
    pub fn of(log: &'a Log, index: usize, papers: &'a Papers) -> Self {
        let task = &log.tasks[index];
        Self {
            file: task.file,
            text: &task.text,
            done: task.is_done(),
            state: task.state.name(),
            r#box: task.has_box(),
            depth: task.depth,
            line: task.line,
            parent: task.parent,
            pending: task.pending,
            entry: task.entry,
            pdf: papers.of_task(index),
            cited_by: papers.task_cited_by(&log.entries, index),
        }
    }
}

impl DiagnosticRecord {
    /// The record of a finding.
    pub fn of(finding: &Diagnostic) -> Self {
        let Diagnostic { file, line, problem } = finding;
        // The output for programs must not depend on the language of the interface.
        Self { file: *file, line: *line, code: problem.code(), message: problem.message(Language::English) }
    }
}
