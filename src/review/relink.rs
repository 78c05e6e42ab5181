//! Finds the entries that schedules belong to after a title was edited.

use std::collections::{BTreeMap, HashMap, HashSet};

use super::deck::Deck;
use crate::log::{EntryKind, Key, Log};

/// Titles with at least this similarity, from 0 to 1, are taken for the same title after an edit.
const SAME: f64 = 0.75;

/// Titles with at least this similarity may be the same; the user is asked.
const SIMILAR: f64 = 0.5;

/// Maximum number of title pairs to compare, so that opening a different log with thousands of titles is
/// not slow.
const MOST_PAIRS: usize = 1_000_000;

/// The entries to which schedules without an entry may belong.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Relinked {
    /// Certain renames, for [`Deck::rename`]. Each pair is (old, new).
    pub certain: Vec<(Key, Key)>,
    /// Uncertain renames.
    pub questions: Vec<Question>,
}

/// A question for the user: which of these entries was reviewed under another title?
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Question {
    /// The key that has a schedule but no entry.
    pub vanished: Key,
    /// Keys of entries without a schedule, most similar first.
    pub candidates: Vec<Key>,
}

/// Finds new entries for schedules without one. If no entry is similar, the schedule stays, since its entry may come
/// back or may be in another log of the folder.
pub fn relink(log: &Log, deck: &Deck) -> Relinked {
    let is_present = |key: &Key| log.find(key).is_some();
    let mut vanished: Vec<&Key> = deck.cards().map(|(key, _)| key).filter(|key| !is_present(key)).collect();
    vanished.sort();
    let mut relinked = Relinked::default();
    // Known renames: another process has graded or suspended an entry under its old title since.
    let known = |key: &Key| {
        let now = deck.reviews().now_called(key);
        (now != key && is_present(now)).then(|| now.clone())
    };
    let suspended = deck.reviews().suspended.iter().filter(|key| deck.card(key).is_none() && !is_present(key));
    for key in vanished.iter().copied().chain(suspended) {
        relinked.certain.extend(known(key).map(|now| (key.clone(), now)));
    }
    vanished.retain(|key| known(key).is_none());
    let unclaimed =
        log.entries.iter().filter(|entry| entry.kind == EntryKind::Paper && deck.card(&entry.key).is_none());
    let unclaimed: Vec<&Key> = unclaimed.map(|entry| &entry.key).collect();
    // Analysing titles is slow, and usually there is nothing to compare.
    if vanished.is_empty() || vanished.len() * unclaimed.len() > MOST_PAIRS {
        return relinked;
    }
    let titles: Vec<ComparedTitle> = unclaimed.into_iter().map(ComparedTitle::of).collect();
    let matches: Vec<Vec<(f64, &ComparedTitle)>> =
        vanished.iter().map(|key| similar(&ComparedTitle::of(key), &titles)).collect();
    let mut claims: HashMap<&Key, usize> = HashMap::new();
    for (_, title) in matches.iter().flatten().filter(|(likeness, _)| *likeness >= SAME) {
        *claims.entry(title.key).or_default() += 1;
    }
    for (key, found) in vanished.into_iter().zip(&matches) {
        let old = ComparedTitle::of(key);
        match found.as_slice() {
            [] => {}
            [(first, title), rest @ ..]
                if *first >= SAME
                    && rest.iter().all(|(likeness, _)| *likeness < SAME)
                    && claims.get(title.key) == Some(&1)
                    && old.numbers == title.numbers =>
            {
                relinked.certain.push((key.clone(), title.key.clone()));
            }
            found => {
                let candidates = found.iter().map(|(_, title)| title.key.clone()).collect();
                relinked.questions.push(Question { vanished: key.clone(), candidates });
            }
        }
    }
    // An entry that certainly belongs to one schedule is not a candidate for another.
    let taken: HashSet<&Key> = relinked.certain.iter().map(|(_, to)| to).collect();
    for question in &mut relinked.questions {
        question.candidates.retain(|key| !taken.contains(key));
    }
    relinked.questions.retain(|question| !question.candidates.is_empty());
    relinked
}

/// The keys, sorted, that have a schedule but no entry, not even under a changed title.
pub(crate) fn orphans(log: &Log, deck: &Deck) -> Vec<Key> {
    let found: HashSet<Key> = relink(log, deck).certain.into_iter().map(|(from, _)| from).collect();
    let is_orphan = |key: &&Key| log.find(key).is_none() && !found.contains(*key);
    let mut orphans: Vec<Key> = deck.cards().map(|(key, _)| key).filter(is_orphan).cloned().collect();
    orphans.sort();
    orphans
}

fn similar<'a>(old: &ComparedTitle, titles: &'a [ComparedTitle<'a>]) -> Vec<(f64, &'a ComparedTitle<'a>)> {
    let likely = titles.iter().map(|title| (old.likeness(title), title));
    let mut found: Vec<_> = likely.filter(|(likeness, _)| *likeness >= SIMILAR).collect();
    found.sort_by(|(a, _), (b, _)| b.total_cmp(a));
    found
}

/// A title prepared for comparison.
struct ComparedTitle<'a> {
    key: &'a Key,
    /// Letter bigrams and their counts.
    pairs: BTreeMap<(char, char), usize>,
    /// The numbers in the title. Titles that differ in a number (version, part) may be different papers, however
    /// similar they are, so the user is asked.
    numbers: Vec<String>,
}

impl<'a> ComparedTitle<'a> {
    fn of(key: &'a Key) -> Self {
        let letters: Vec<char> = key.0.chars().filter(|c| c.is_alphanumeric()).collect();
        let mut pairs = BTreeMap::new();
        for pair in letters.windows(2) {
            *pairs.entry((pair[0], pair[1])).or_default() += 1;
        }
        let numbers = key.0.split(|c: char| !c.is_ascii_digit()).filter(|run| !run.is_empty()).map(str::to_owned);
        Self { key, pairs, numbers: numbers.collect() }
    }

    /// The similarity of two titles: Dice's coefficient of their bigrams. At least [`SAME`] if one title contains the
    /// other, as when a short name was added.
    fn likeness(&self, other: &Self) -> f64 {
        let size = |title: &Self| title.pairs.values().sum::<usize>();
        let (mine, theirs) = (size(self), size(other));
        if mine == 0 || theirs == 0 {
            return 0.0;
        }
        let shared: usize =
            self.pairs.iter().map(|(pair, &n)| n.min(other.pairs.get(pair).copied().unwrap_or(0))).sum();
        let dice = 2.0 * shared as f64 / (mine + theirs) as f64;
        let contained = shared as f64 / mine.min(theirs) as f64;
        // A short title is contained in too many long ones.
        if contained > 0.95 && mine.min(theirs) >= 12 { dice.max(SAME) } else { dice }
    }
}
