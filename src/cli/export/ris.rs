//! `papers-tui export --format ris`: the papers for reference managers.

use crate::papers::biblio::{Record, ris};

/// Formats the records as RIS.
pub fn document(records: &[Record]) -> String {
    let mut text = String::new();
    records.iter().for_each(|record| ris::write(record, &mut text));
    text
}
