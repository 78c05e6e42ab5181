//! `papers-tui export --format csv`: one row per entry.

use super::kind;
use crate::cli::Opened;
use crate::cli::progress::Progress;
use crate::log::Entry;

/// The columns, in order. New columns may be appended; existing ones keep their names.
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

/// Formats the log as CSV: RFC 4180, except that lines end in LF. Unknown values are empty, organisations are
/// separated by `; `, and cells that look like formulas get a leading `'`. `mark` adds a byte order mark, by which
/// Excel recognises UTF-8.
pub fn document(opened: &Opened, mark: bool, progress: &mut Progress) -> anyhow::Result<String> {
    let mut rows = csv::Writer::from_writer(if mark { "\u{feff}".into() } else { Vec::new() });
    rows.write_record(COLUMNS)?;
    for entry in &opened.log.entries {
        progress.step();
        rows.write_record(record(opened, entry).map(harmless))?;
    }
    Ok(String::from_utf8(rows.into_inner()?)?)
}

/// Adds a `'` to a cell that a spreadsheet would run as a formula.
fn harmless(cell: String) -> String {
    let is_formula = cell.starts_with(['\t', '\r', '\n'])
        || cell.trim_start().starts_with(['=', '+', '-', '@', '＝', '＋', '－', '＠']);
    if is_formula { format!("'{cell}") } else { cell }
}

fn record(opened: &Opened, entry: &Entry) -> [String; COLUMNS.len()] {
    [
        entry.date.map(|date| date.to_string()).unwrap_or_default(),
        entry.title.to_string(),
        entry.short_name().unwrap_or_default().to_owned(),
        kind(entry.kind).to_owned(),
        entry.published.map(|published| published.to_string()).unwrap_or_default(),
        entry.organisations.join("; "),
        entry.figures.len().to_string(),
        entry.references.len().to_string(),
        opened.log.files[entry.file()].name.clone(),
        entry.line().to_string(),
        entry.key.0.to_string(),
    ]
}
