//! Statistics of the review history.

use std::collections::BTreeMap;

use chrono::NaiveDate;

use super::day::{days_between, later};
use super::deck::Deck;
use super::history::{Grade, ReviewLine};
use super::queue::is_reviewable;
use crate::log::Log;

/// Statistics of the reviews.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct ReviewStats {
    /// The number of grades of each kind.
    pub grades: [usize; 4],
    /// The number of grades on each day.
    pub days: BTreeMap<NaiveDate, usize>,
    /// Retention over the whole history.
    pub retention: Retention,
    /// Retention over the last 30 days.
    pub recent: Retention,
    /// The number of entries that were ever reviewed.
    pub reviewed: usize,
    /// The number of papers that were never reviewed and are not suspended.
    pub unreviewed: usize,
    /// The number of suspended entries.
    pub suspended: usize,
    /// The number of entries due today or earlier.
    pub due: usize,
    /// The number of entries that become due on each of the next 30 days, tomorrow first.
    pub forecast: [usize; 30],
}

/// How many recalls succeeded. A recall is a grade on a later day than the previous grade.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Retention {
    /// The number of recalls with a grade other than “again”.
    pub remembered: usize,
    /// The number of all recalls.
    pub recalls: usize,
}

impl Retention {
    /// The share of successful recalls, from 0 to 1; `None` without recalls.
    pub fn rate(self) -> Option<f64> {
        (self.recalls > 0).then(|| self.remembered as f64 / self.recalls as f64)
    }

    /// Counts the recalls in some lines of the history.
    pub(crate) fn of<'a>(lines: impl IntoIterator<Item = &'a ReviewLine>) -> Self {
        let mut retention = Self::default();
        for line in lines.into_iter().filter(|line| line.elapsed > 0) {
            retention.recalls += 1;
            retention.remembered += usize::from(line.grade != Grade::Again);
        }
        retention
    }

    fn add(&mut self, other: Self) {
        self.remembered += other.remembered;
        self.recalls += other.recalls;
    }
}

impl ReviewStats {
    /// Computes the statistics as of a day.
    pub fn of(log: &Log, deck: &Deck, today: NaiveDate) -> Self {
        let mut stats = Self::default();
        // Handle grades by day, so that per-day work is done only once.
        for lines in deck.reviews().history.chunk_by(|line, next| line.day == next.day) {
            let day = lines[0].day;
            *stats.days.entry(day).or_default() += lines.len();
            let retention = Retention::of(lines);
            stats.retention.add(retention);
            if later(day, 30) > today && day <= today {
                stats.recent.add(retention);
            }
            for line in lines {
                stats.grades[usize::from(line.grade.number()) - 1] += 1;
            }
        }
        for entry in &log.entries {
            let card = deck.card(&entry.key);
            stats.reviewed += usize::from(card.is_some());
            stats.suspended += usize::from(deck.is_suspended(&entry.key));
            if !is_reviewable(entry, deck) {
                continue;
            }
            match card {
                None => stats.unreviewed += 1,
                Some(card) if card.is_due(today) => stats.due += 1,
                Some(card) => {
                    let ahead = days_between(today, card.due) as usize;
                    if let Some(day) = ahead.checked_sub(1).and_then(|day| stats.forecast.get_mut(day)) {
                        *day += 1;
                    }
                }
            }
        }
        stats
    }
}
