//! The title in a table of facts about one paper: `| Title | Emus at Work |` above `| Authors | A. Gnu |`.

use std::ops::Range;

use super::fields::names_fact;
use super::rows::indices;
use crate::log::outline::{Outline, Table};

/// How much text may precede the table, in bytes.
const ABOVE: usize = 400;
/// How many rows are searched.
const LOOKED_AT: usize = 12;

/// The title in the first table of a text, if its rows are facts: a label and a value each. `names` are the labels, in
/// lower case, that stand for the title.
pub(super) fn title<'a>(text: &'a str, outline: &Outline, names: &[&str]) -> Option<&'a str> {
    let table = outline.tables.first().filter(|table| table.span().start <= ABOVE)?;
    let facts = facts(text, outline, table)?;
    let is_title = |label: &str| names.contains(&label.trim_matches(['*', '_']).to_lowercase().as_str());
    let (_, title) = facts.iter().find(|(label, _)| is_title(label))?;
    (facts.iter().any(|(label, _)| names_fact(label)) && !title.is_empty()).then_some(*title)
}

/// (label, value) of each row, with the header; `None` if a row has other cells.
fn facts<'a>(text: &'a str, outline: &Outline, table: &Table) -> Option<Vec<(&'a str, &'a str)>> {
    let rows = outline.rows.get(indices(&table.rows))?.iter().take(LOOKED_AT).map(|row| &row.cells);
    let pair = |cells: &Range<u32>| match outline.cells.get(indices(cells))? {
        &[label, value] => Some((text[label].trim(), text[value].trim())),
        _ => None,
    };
    std::iter::once(&table.header).chain(rows).map(pair).collect()
}
