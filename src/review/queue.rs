//! The reviews of a day, and their order.

use chrono::NaiveDate;

use super::deck::Deck;
use super::{NewFirst, ReviewSettings};
use crate::log::{Entry, EntryKind, Log};

/// The reviews of a day, as indices into [`Log::entries`].
///
/// There are at most [`ReviewSettings::max_per_day`], including reviews already done that day, so that due entries are spread
/// over several days after a break of weeks. Entries forgotten today come up again even beyond that.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Queue {
    /// Entries that were reviewed before and are due. The most likely to be forgotten come first, but those forgotten
    /// today come last.
    pub due: Vec<usize>,
    /// How many due entries are postponed: the last ones in `due` before those forgotten today.
    pub put_off: usize,
    /// New entries selected for the day. They are undated, or were read before that day.
    pub new: Vec<usize>,
    /// All entries that were never reviewed, ascending.
    pub unreviewed: Vec<u32>,
    /// How many due entries, at the end of `due`, were forgotten today.
    again: usize,
    /// All entries that come up today, ascending.
    all: Vec<usize>,
}

impl Queue {
    /// Computes the queue of a day.
    pub fn of(log: &Log, deck: &Deck, today: NaiveDate, settings: &ReviewSettings) -> Self {
        let mut due = Vec::new();
        let mut unreviewed: Vec<u32> = Vec::new();
        for (index, entry) in (0..).zip(&log.entries).filter(|(_, entry)| is_reviewable(entry, deck)) {
            match deck.card(&entry.key) {
                None => unreviewed.push(index),
                Some(card) if card.is_due(today) => due.push((card, index as usize)),
                Some(_) => {}
            }
        }
        // The user still remembers a paper read today, and its summary may be unfinished.
        let is_past = |index: &usize| log.entries[*index].date.is_none_or(|date| date < today);
        let mut new: Vec<usize> = unreviewed.iter().map(|&index| index as usize).filter(is_past).collect();
        // In a large log, nearly all entries may be unreviewed, and few come up.
        unreviewed.shrink_to_fit();
        due.sort_by(|(card, _), (other, _)| {
            let fragility = card.retrievability(today).total_cmp(&other.retrievability(today));
            (card.last == today).cmp(&(other.last == today)).then(fragility).then(card.due.cmp(&other.due))
        });
        // Entries forgotten today are already counted as done, and come up again regardless of the limit.
        let again = due.iter().filter(|(card, _)| card.last == today).count();
        let done = deck.cards().filter(|(_, card)| card.last == today).count();
        let room = settings.max_per_day.saturating_sub(done);
        let put_off = (due.len() - again).saturating_sub(room);
        let due: Vec<usize> = due.into_iter().map(|(_, index)| index).collect();
        let came_in = deck.cards().filter(|(_, card)| card.first == today).count();
        // Undated entries are neither the oldest nor the newest, so they come last in either order.
        let date = |index: usize| log.entries[index].date;
        match settings.new_first {
            NewFirst::Oldest => new.sort_by_key(|&index| (date(index).is_none(), date(index))),
            NewFirst::Newest => new.sort_by_key(|&index| std::cmp::Reverse(date(index))),
        }
        let left = room.saturating_sub(due.len() - again);
        new.truncate(settings.new_per_day.saturating_sub(came_in).min(left));
        new.shrink_to_fit();
        let mut queue = Self { due, put_off, again, new, unreviewed, all: Vec::new() };
        queue.all = queue.entries().collect();
        queue.all.sort_unstable();
        queue
    }

    /// Whether an entry comes up today.
    pub(crate) fn contains(&self, entry: usize) -> bool {
        self.all.binary_search(&entry).is_ok()
    }

    /// The entries in review order.
    pub fn entries(&self) -> impl Iterator<Item = usize> + '_ {
        let again = self.due.len() - self.again;
        let due = self.due[..again - self.put_off].iter().chain(&self.due[again..]);
        due.chain(&self.new).copied()
    }

    /// The number of entries that come up.
    pub(crate) fn len(&self) -> usize {
        self.all.len()
    }

    /// Whether nothing comes up.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }
}

/// Whether an entry can be reviewed: notes, drafts, unread and suspended entries cannot.
pub fn is_reviewable(entry: &Entry, deck: &Deck) -> bool {
    entry.read && entry.kind == EntryKind::Paper && !deck.is_suspended(&entry.key)
}

/// The next day after today on which entries become due, and how many do.
pub fn next_due(log: &Log, deck: &Deck, today: NaiveDate) -> Option<(NaiveDate, usize)> {
    let reviewable = log.entries.iter().filter(|entry| is_reviewable(entry, deck));
    let later = reviewable.filter_map(|entry| deck.card(&entry.key)).filter(|card| !card.is_due(today));
    later.fold(None, |first: Option<(NaiveDate, usize)>, card| match first {
        Some((day, count)) if day < card.due => Some((day, count)),
        Some((day, count)) if day == card.due => Some((day, count + 1)),
        _ => Some((card.due, 1)),
    })
}
