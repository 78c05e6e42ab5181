//! Days at the end of the names of files: `emus-at-work-310517`.
//!
//! Six digits may be any number, so they are dates only if most papers of a folder have them.

use chrono::NaiveDate;

use super::{Analysed, Verdict};
use crate::log::date::{When, short_day};
use crate::log::{Role, SectionKind};

/// The fewest papers that make a habit.
const FEWEST: usize = 3;

/// Dates the papers by the ends of their names.
pub(super) fn settle(files: &[&Analysed], verdicts: &mut [Verdict]) {
    let is_paper = |at: &usize| matches!(verdicts[*at].role, Role::Paper { .. });
    let papers: Vec<usize> = (0..files.len()).filter(is_paper).collect();
    let days: Vec<(usize, NaiveDate)> = papers.iter().filter_map(|&at| Some((at, day(files[at].name())?))).collect();
    if days.len() < FEWEST || days.len() * 2 < papers.len() {
        return;
    }
    for (at, day) in days {
        if let Role::Paper { listed, .. } = &mut verdicts[at].role {
            *listed = listed.or(Some(SectionKind::Day(day)));
        }
    }
}

fn day(path: &str) -> Option<NaiveDate> {
    let file = path.rsplit('/').next()?;
    let stem = file.rsplit_once('.').map_or(file, |(stem, _)| stem);
    let (_, digits) = stem.rsplit_once(['-', '_', ' '])?;
    let is_one = digits.len() == 6 && digits.bytes().all(|byte| byte.is_ascii_digit());
    let When::Day { year, month, day } = short_day(digits.parse().ok().filter(|_| is_one)?)? else { return None };
    NaiveDate::from_ymd_opt(year?, month, day)
}
