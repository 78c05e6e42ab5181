//! `papers-tui export --format csv`: a row for each entry, for spreadsheets.

use super::kind;
use crate::cli::Opened;
use crate::cli::progress::Progress;
use crate::log::Entry;

/// The columns, in their order. One may be added at the end, none is renamed.
const COLUMNS: [&str; 11] = [
    "date",
    "title",
    "short_name",
    "kind",
    "published",
    "organisations",
    "figures",
    "references",
    "file",
    "line",
    "key",
];

/// The whole document, as RFC 4180 has it, with lines that end in LF. What is not known is
/// empty; several organisations are parted by `; `. A cell that a spreadsheet would take for a
/// formula has a `'` before it. With a `mark` it begins with the byte order mark by which Excel knows UTF-8.
pub fn document(opened: &Opened, mark: bool, progress: &mut Progress) -> anyhow::Result<String> {
    let mut rows = csv::Writer::from_writer(if mark { "\u{feff}".into() } else { Vec::new() });
    rows.write_record(COLUMNS)?;
    for entry in &opened.log.entries {
        progress.step();
        rows.write_record(record(opened, entry).map(harmless))?;
    }
    Ok(String::from_utf8(rows.into_inner()?)?)
}

/// A cell that no spreadsheet takes for a formula, with blanks before it or without.
fn harmless(cell: String) -> String {
    let is_formula = cell.starts_with(['\t', '\r', '\n'])
        || cell.trim_start().starts_with(['=', '+', '-', '@', '＝', '＋', '－', '＠']);
    if is_formula { format!("'{cell}") } else { cell }
}

fn record(opened: &Opened, entry: &Entry) -> [String; COLUMNS.len()] {
    [
        entry.date.map(|date| date.to_string()).unwrap_or_default(),
        entry.title.clone(),
        entry.short_name.clone().unwrap_or_default(),
        kind(entry.kind).to_owned(),
        entry.published.map(|published| published.to_string()).unwrap_or_default(),
        entry.organisations.join("; "),
        entry.figures.len().to_string(),
        entry.references.len().to_string(),
        opened.log.files[entry.file].name.clone(),
        entry.line.to_string(),
        entry.key.0.clone(),
    ]
}
