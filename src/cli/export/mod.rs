//! `papers-tui export`: the log in formats for other programs.

mod bibliography;
mod bibtex;
mod csl;
mod csv;
pub(crate) mod forms;
mod html;
pub(crate) mod json;
pub(crate) mod pdf;
mod ris;

use std::fs::{File, Permissions};
use std::io::Write;
use std::os::unix::fs::PermissionsExt;
use std::path::Path;

use anyhow::Context;
use clap::ValueEnum;

use super::library::Papers;
use super::progress::Progress;
use super::{Opened, Outcome, check};
use crate::cli::print::Printer;
use crate::log::EntryKind;
use crate::say;

/// The output format.
#[derive(Debug, Clone, Copy, ValueEnum)]
pub enum Format {
    /// Everything, as one JSON document
    Json,
    /// One row per entry, for spreadsheets
    Csv,
    /// The papers as BibTeX, for LaTeX
    Bibtex,
    /// The papers as CSL-JSON, for Zotero and Pandoc
    CslJson,
    /// The papers as RIS, for reference managers
    Ris,
    /// A web page
    Html,
}

/// Exports the log to a file or, without one or for `-`, to `out`. `mark` adds a byte order mark to CSV.
pub fn run(
    opened: &Opened,
    format: Format,
    output: Option<&Path>,
    mark: bool,
    mut progress: Progress,
    out: &mut Printer,
) -> anyhow::Result<Outcome> {
    let (language, entries) = (opened.language, opened.log.entries.len());
    let output = output.filter(|output| *output != Path::new("-"));
    let findings = match format {
        Format::Json => {
            progress.begin(language.pick("checking", "正在检查"), 0);
            check::findings(opened)?
        }
        _ => Vec::new(),
    };
    let papers = match format {
        Format::Json | Format::Bibtex | Format::CslJson | Format::Ris => Papers::of(opened, &mut progress),
        Format::Csv | Format::Html => Papers::default(),
    };
    progress.begin(language.pick("writing", "正在写入"), entries);
    let records = match format {
        Format::Bibtex | Format::CslJson | Format::Ris => bibliography::records(opened, &papers, &mut progress)?,
        Format::Json | Format::Csv | Format::Html => Vec::new(),
    };
    let document = match format {
        Format::Json => json::document(opened, &papers, &findings, &mut progress)?,
        Format::Csv => csv::document(opened, mark, &mut progress)?,
        Format::Bibtex => bibtex::document(&records),
        Format::CslJson => csl::document(&records)?,
        Format::Ris => ris::document(&records),
        Format::Html => html::document(opened, output.map(folder), &mut progress),
    };
    drop(progress);
    match output {
        Some(path) => write(opened, path, format, &document)?,
        None => put(format, &document, out)?,
    }
    Ok(Outcome::Done)
}

/// Writes the document so that escape sequences in it cannot reach a terminal.
fn put(format: Format, document: &str, out: &mut Printer) -> std::io::Result<()> {
    match format {
        Format::Json | Format::CslJson => out.json_text(document),
        Format::Csv | Format::Bibtex | Format::Ris | Format::Html => out.document(document),
    }
}

/// Writes the document to a file, replacing a regular file atomically; refuses to overwrite the log.
fn write(opened: &Opened, path: &Path, format: Format, document: &str) -> anyhow::Result<()> {
    let real = |path: &Path| path.canonicalize().ok();
    let is_log = |log: &Path| real(path).is_some_and(|path| Some(path) == real(log));
    if opened.chosen.files.paths.iter().any(|log| is_log(log)) {
        let path = path.display();
        anyhow::bail!(say!(
            opened.language,
            "{path} is the log itself; choose another file",
            "{path} 就是日志本身，请指定其他文件"
        ));
    }
    publish(path, format, document)
        .with_context(|| say!(opened.language, "cannot write {}", "无法写入 {}", path.display()))
}

fn publish(path: &Path, format: Format, document: &str) -> std::io::Result<()> {
    // Write into devices and through symbolic links; a rename would replace them.
    if std::fs::symlink_metadata(path).is_ok_and(|found| !found.is_file()) {
        let mut out = Printer::to(File::options().write(true).create(true).truncate(true).open(path)?);
        put(format, document, &mut out)?;
        return out.flush();
    }
    let mut new = tempfile::Builder::new().permissions(mode(path)).tempfile_in(folder(path))?;
    new.write_all(document.as_bytes())?;
    new.as_file().sync_all()?;
    new.persist(path)?;
    Ok(())
}

/// The permissions of the existing file, or else the default, which the umask narrows.
fn mode(path: &Path) -> Permissions {
    std::fs::metadata(path).map_or_else(|_| Permissions::from_mode(0o666), |found| found.permissions())
}

fn folder(path: &Path) -> &Path {
    path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."))
}

/// The kind of an entry, for JSON and CSV.
pub fn kind(kind: EntryKind) -> &'static str {
    match kind {
        EntryKind::Paper => "paper",
        EntryKind::Note => "note",
        EntryKind::Draft => "placeholder",
    }
}
