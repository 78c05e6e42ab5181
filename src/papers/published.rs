//! Whether the month that a log says a paper was published in is the one that its PDF says.

use super::about::published_as;
use super::behind::Behind;
use crate::log::Log;
use crate::log::check::{Diagnostic, Problem};

/// Months by which what is typed may differ from the stamp: a paper may be read in the days between.
const APART: u32 = 1;

/// A note on each entry whose month is neither that of the stamp in its PDF nor that of its first version, as its
/// arXiv id tells.
pub fn notes(log: &Log, behind: &Behind) -> Vec<Diagnostic> {
    let note = |entry: &crate::log::Entry| {
        let of = behind.entry(&entry.key)?;
        let arxiv = of.arxiv.as_deref()?;
        let typed = entry.published?;
        let typed_months = months(typed.year, typed.month?);
        let stamp = of.date.as_deref().and_then(dated)?;
        let first = published_as(arxiv).as_deref().and_then(dated);
        let is_near = |date: (u32, u32)| months(date.0, date.1).abs_diff(typed_months) <= APART;
        if is_near(stamp) || first.is_some_and(is_near) {
            return None;
        }
        let problem = Problem::OtherPublication {
            title: entry.title.clone(),
            typed: typed.shown(),
            stamp: format!("{}.{}", stamp.0, stamp.1),
        };
        Some(Diagnostic { file: entry.file, line: entry.line, problem })
    };
    log.entries.iter().filter_map(note).collect()
}

fn months(year: u32, month: u32) -> u32 {
    year * 12 + month
}

/// Year and month of `2023-12` or `2023.12`.
fn dated(date: &str) -> Option<(u32, u32)> {
    let (year, month) = date.split_once(['-', '.'])?;
    Some((year.parse().ok()?, month.parse().ok()?))
}
