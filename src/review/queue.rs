//! The reviews of a day, and their order.

use chrono::NaiveDate;

use super::deck::Deck;
use super::{NewFirst, Settings};
use crate::log::{Entry, EntryKind, Log};

/// The reviews of a day, as indices into [`Log::entries`].
///
/// At most [`Settings::max_per_day`], including those already done that day: after a pause of weeks, due
/// entries are spread over the following days.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Queue {
    /// Reviewed before and due; most likely to be forgotten first, but those forgotten today last.
    pub due: Vec<usize>,
    /// How many of the due entries are postponed: the last ones before those forgotten today.
    pub put_off: usize,
    /// Never reviewed, read before this day, and selected for it.
    pub new: Vec<usize>,
    /// All that were never reviewed, ascending.
    pub unreviewed: Vec<usize>,
    /// How many of the due entries, at the end, were forgotten today.
    again: usize,
    /// Everything that comes up, ascending.
    all: Vec<usize>,
}

impl Queue {
    /// Computes the queue of a day.
    pub fn of(log: &Log, deck: &Deck, today: NaiveDate, settings: &Settings) -> Self {
        let mut due = Vec::new();
        let mut unreviewed: Vec<usize> = Vec::new();
        for (index, entry) in log.entries.iter().enumerate().filter(|(_, entry)| is_reviewable(entry, deck)) {
            match deck.card(&entry.key) {
                None => unreviewed.push(index),
                Some(card) if card.is_due(today) => due.push((card, index)),
                Some(_) => {}
            }
        }
        // What was read today is still remembered, and its summary may be unfinished.
        let is_past = |index: &usize| log.entries[*index].date.is_none_or(|date| date < today);
        let mut new: Vec<usize> = unreviewed.iter().copied().filter(is_past).collect();
        due.sort_by(|(card, _), (other, _)| {
            let fragility = card.retrievability(today).total_cmp(&other.retrievability(today));
            (card.last == today).cmp(&(other.last == today)).then(fragility).then(card.due.cmp(&other.due))
        });
        // Entries forgotten today already count towards the limit, and come up again regardless.
        let again = due.iter().filter(|(card, _)| card.last == today).count();
        let done = deck.cards().filter(|(_, card)| card.last == today).count();
        let room = settings.max_per_day.saturating_sub(done);
        let put_off = (due.len() - again).saturating_sub(room);
        let due: Vec<usize> = due.into_iter().map(|(_, index)| index).collect();
        let came_in = deck.cards().filter(|(_, card)| card.first == today).count();
        // Undated entries are neither old nor new, so they come last in both orders.
        let date = |index: usize| log.entries[index].date;
        match settings.new_first {
            NewFirst::Oldest => new.sort_by_key(|&index| (date(index).is_none(), date(index))),
            NewFirst::Newest => new.sort_by_key(|&index| std::cmp::Reverse(date(index))),
        }
        let left = room.saturating_sub(due.len() - again);
        new.truncate(settings.new_per_day.saturating_sub(came_in).min(left));
        let mut queue = Self { due, put_off, again, new, unreviewed, all: Vec::new() };
        queue.all = queue.entries().collect();
        queue.all.sort_unstable();
        queue
    }

    /// Whether the entry comes up.
    pub fn contains(&self, entry: usize) -> bool {
        self.all.binary_search(&entry).is_ok()
    }

    /// The entries in review order.
    pub fn entries(&self) -> impl Iterator<Item = usize> + '_ {
        let again = self.due.len() - self.again;
        let due = self.due[..again - self.put_off].iter().chain(&self.due[again..]);
        due.chain(&self.new).copied()
    }

    /// The number of entries that come up.
    pub fn len(&self) -> usize {
        self.all.len()
    }

    /// Whether nothing comes up.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }
}

/// Whether an entry can be reviewed: not notes, drafts, unread or suspended entries.
pub fn is_reviewable(entry: &Entry, deck: &Deck) -> bool {
    entry.read && entry.kind == EntryKind::Paper && !deck.is_suspended(&entry.key)
}

/// The first later day on which entries become due, and how many.
pub fn next_due(log: &Log, deck: &Deck, today: NaiveDate) -> Option<(NaiveDate, usize)> {
    let reviewable = log.entries.iter().filter(|entry| is_reviewable(entry, deck));
    let later = reviewable.filter_map(|entry| deck.card(&entry.key)).filter(|card| !card.is_due(today));
    later.fold(None, |first: Option<(NaiveDate, usize)>, card| match first {
        Some((day, count)) if day < card.due => Some((day, count)),
        Some((day, count)) if day == card.due => Some((day, count + 1)),
        _ => Some((card.due, 1)),
    })
}
