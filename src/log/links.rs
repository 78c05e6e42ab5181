//! What entries say of one another.

use aho_corasick::{AhoCorasick, MatchKind};

use super::dialect::stands_alone;
use super::{Entry, EntryKind, Log};

/// Shortest short name, in bytes, that is looked for: a single letter would be noise.
const SHORTEST: usize = 2;

/// For each entry the entries that its body mentions by short name, in exact case, in the
/// order of first mention.
///
/// A name that several entries bear stands for the papers among them, not placeholders.
pub fn mentions(log: &Log) -> Vec<Vec<usize>> {
    let (names, bearers) = bearers(log);
    let Ok(matcher) = AhoCorasick::builder().match_kind(MatchKind::LeftmostLongest).build(&names) else {
        return vec![Vec::new(); log.entries.len()];
    };
    let of = |index: usize, entry: &Entry| {
        let body = log.body(entry);
        let mut found: Vec<usize> = Vec::new();
        for hit in matcher.find_iter(body) {
            let at = entry.body.start + hit.start();
            let in_figure = entry.figures.iter().any(|figure| figure.span.contains(&at));
            if in_figure || !stands_alone(body, hit.range()) {
                continue;
            }
            let named = bearers[hit.pattern().as_usize()].iter().copied();
            let others = named.filter(|&other| other != index && log.entries[other].title != entry.title);
            for other in others {
                if !found.contains(&other) {
                    found.push(other);
                }
            }
        }
        found
    };
    log.entries.iter().enumerate().map(|(index, entry)| of(index, entry)).collect()
}

fn bearers(log: &Log) -> (Vec<&str>, Vec<Vec<usize>>) {
    let mut names: Vec<&str> = Vec::new();
    let mut bearers: Vec<Vec<usize>> = Vec::new();
    let mut known = std::collections::HashMap::new();
    for (index, entry) in log.entries.iter().enumerate() {
        let Some(name) = entry.short_name.as_deref().filter(|name| name.len() >= SHORTEST) else { continue };
        let at = *known.entry(name).or_insert_with(|| {
            names.push(name);
            bearers.push(Vec::new());
            names.len() - 1
        });
        bearers[at].push(index);
    }
    for bearer in &mut bearers {
        if bearer.iter().any(|&index| log.entries[index].kind == EntryKind::Paper) {
            bearer.retain(|&index| log.entries[index].kind == EntryKind::Paper);
        }
    }
    (names, bearers)
}
