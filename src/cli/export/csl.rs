//! `papers-tui export --format csl-json`: the papers for Zotero, Pandoc and citeproc.

use serde_json::Value;

use crate::papers::biblio::{Record, csl};

/// Formats the records as CSL-JSON.
pub fn document(records: &[Record]) -> serde_json::Result<String> {
    let all: Vec<Value> = records.iter().map(csl::write).collect();
    let mut text = serde_json::to_string_pretty(&all)?;
    text.push('\n');
    Ok(text)
}
