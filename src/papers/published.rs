//! Checks the publication months in a log against those in the PDFs.

use super::about::published_as;
use super::index::PaperIndex;
use crate::log::Log;
use crate::log::check::{Diagnostic, Problem};

/// Allowed difference in months. Not 0, since a paper may be read a few days before the date of its stamp.
const APART: u32 = 1;

/// A note for each entry whose publication month differs both from the arXiv stamp in its PDF and from the month of
/// the first version, which the arXiv id gives.
pub fn notes(log: &Log, index: &PaperIndex) -> Vec<Diagnostic> {
    let note = |entry: &crate::log::Entry| {
        let of = index.entry(&entry.key)?;
        let arxiv = of.arxiv.as_deref()?;
        let typed = entry.published?;
        let typed_months = months(typed.year.into(), typed.month?.into());
        let stamp = of.date.as_deref().and_then(dated)?;
        let first = published_as(arxiv).as_deref().and_then(dated);
        let is_near = |date: (u32, u32)| months(date.0, date.1).abs_diff(typed_months) <= APART;
        if is_near(stamp) || first.is_some_and(is_near) {
            return None;
        }
        let problem = Problem::OtherPublication {
            title: entry.title.to_string(),
            typed: typed.shown(),
            stamp: format!("{}.{}", stamp.0, stamp.1),
        };
        Some(Diagnostic { file: entry.file(), line: entry.line(), problem })
    };
    log.entries.iter().filter_map(note).collect()
}

fn months(year: u32, month: u32) -> u32 {
    year * 12 + month
}

/// Parses `2023-12` or `2023.12` into year and month.
fn dated(date: &str) -> Option<(u32, u32)> {
    let (year, month) = date.split_once(['-', '.'])?;
    Some((year.parse().ok()?, month.parse().ok()?))
}
