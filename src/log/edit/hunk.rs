//! Consecutive lines of a patch, found by their text and their context.

use std::collections::HashSet;
use std::ops::Range;

use memchr::memmem;
use serde::{Deserialize, Serialize};

use super::Refusal;
use super::splice::{line_end, line_start};
use crate::log::template::TEMPLATES;

/// How many bytes of context to keep on each side when lines are long.
const CONTEXT: usize = 512;

/// Consecutive lines to replace.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Hunk {
    /// Byte offset of the lines when the patch was made.
    at: usize,
    /// Context above, up to and including a line that is not blank; empty at the start of the file.
    before: String,
    /// The lines to replace.
    pub now: String,
    /// The replacement.
    pub then: String,
    /// Context below, up to and including a line that is not blank; empty at the end of the file.
    after: String,
    /// Whether the context was cut inside a line; the lines are then only searched for together with the context.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    is_cut: bool,
    /// Whether the same lines were elsewhere too when the patch was made; they are then only searched for together with
    /// the context.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    is_repeated: bool,
}

/// Whether the lines of a hunk are elsewhere too is only asked in patches of up to this many hunks, to save time: others
/// are fixes, whose lines have long contexts.
const FEW: usize = 8;

impl Hunk {
    /// Finds the lines with their context: at the only match, or else at the match at the old offset. If there is no
    /// match and the lines are not blank, finds them without context, at the only match.
    pub fn find(&self, text: &str) -> Result<Range<usize>, Refusal> {
        match self.among_neighbours(text) {
            Ok(found) => Ok(found),
            Err(0) if !self.now.trim().is_empty() && !self.is_cut && !self.is_repeated => {
                let places = whole_lines(text, &self.now);
                match places.is_empty() {
                    true => Err(self.lost(text)),
                    false => self.only(&places).map(|at| at..at + self.now.len()),
                }
            }
            Err(0) if self.is_repeated => Err(self.lost(text)),
            Err(count) => self.only(&vec![0; count]).map(|at| at..at),
        }
    }

    /// The lines at the match with context; if the match is not certain, the number of matches.
    pub fn among_neighbours(&self, text: &str) -> Result<Range<usize>, usize> {
        let needle = format!("{}{}{}", self.before, self.now, self.after);
        let fits = |start: &usize| self.is_cut || self.is_bounded(text, *start..start + needle.len());
        let places: Vec<usize> = if needle.is_empty() {
            if text.is_empty() { vec![0] } else { Vec::new() }
        } else {
            self.places(text, &needle).into_iter().filter(fits).collect()
        };
        let lines = |start: usize| start + self.before.len()..start + self.before.len() + self.now.len();
        match places.as_slice() {
            [only] => Ok(lines(*only)),
            places => {
                let at_old_place = places.iter().find(|&&start| start + self.before.len() == self.at);
                at_old_place.map(|&start| lines(start)).ok_or(places.len())
            }
        }
    }

    fn places(&self, text: &str, needle: &str) -> Vec<usize> {
        if self.is_cut { anywhere(text, needle) } else { whole_lines(text, needle) }
    }

    /// Moves the unchanged start and end of long lines into the context, and cuts the context to [`CONTEXT`] bytes.
    pub fn cut(&mut self) {
        let same = |one: &str, other: &str| {
            one.chars().zip(other.chars()).take_while(|(one, other)| one == other).map(|(c, _)| c.len_utf8()).sum()
        };
        let start: usize = same(&self.now, &self.then);
        let (now, then) = (&self.now[start..], &self.then[start..]);
        let ends = now.chars().rev().zip(then.chars().rev()).take_while(|(one, other)| one == other);
        let end: usize = ends.map(|(c, _)| c.len_utf8()).sum();
        if start + end + self.before.len() + self.after.len() <= 4 * CONTEXT {
            return;
        }
        let before = format!("{}{}", self.before, &self.now[..start]);
        let after = format!("{}{}", &self.now[self.now.len() - end..], self.after);
        self.at += start;
        self.now = self.now[start..self.now.len() - end].to_owned();
        self.then = self.then[start..self.then.len() - end].to_owned();
        let from = before.char_indices().map(|(at, _)| at).find(|at| before.len() - at <= CONTEXT);
        let until = after.char_indices().map(|(at, _)| at).take_while(|at| *at <= CONTEXT).last();
        self.before = before[from.unwrap_or(before.len())..].to_owned();
        self.after = if after.len() <= CONTEXT { after } else { after[..until.unwrap_or(0)].to_owned() };
        self.is_cut = true;
    }

    /// Whether a match touches the end of the file on each side without context.
    fn is_bounded(&self, text: &str, found: Range<usize>) -> bool {
        (!self.before.is_empty() || found.start == 0) && (!self.after.is_empty() || found.end == text.len())
    }

    /// Whether the lines were found applied, with their context.
    pub fn is_applied(&self, text: &str) -> bool {
        self.now != self.then && !self.places(text, &self.applied()).is_empty()
    }

    fn applied(&self) -> String {
        format!("{}{}{}", self.before, self.then, self.after)
    }

    /// Whether the user has restored the lines by hand: the context is as before the change, blank lines aside, and
    /// nothing that the change wrote is left, not even at another place.
    pub fn is_restored(&self, text: &str) -> bool {
        let applied = self.applied();
        let is_there = |start: &usize| self.is_bounded(text, *start..start + applied.len());
        let is_exact = match applied.is_empty() {
            true => text.is_empty(),
            false => self.places(text, &applied).iter().any(is_there),
        };
        let is_left = || {
            let known: HashSet<&str> = written(text).collect();
            let of_template = |line: &str| TEMPLATES.iter().any(|template| template.contains(line));
            let then: HashSet<&str> = written(&self.then).collect();
            // The context may be found in what the change wrote, if that ends like the lines above it.
            let is_alike = written(&self.before).last() == written(&self.now).last()
                || written(&self.after).next() == written(&self.now).next();
            let is_common = |line: &str| of_template(line) && !is_alike;
            written(&self.now).any(|line| known.contains(line) && !then.contains(line) && !is_common(line))
        };
        (is_exact || !self.is_cut && self.is_restored_loosely(text, &applied)) && (self.is_cut || !is_left())
    }

    /// Whether the lines are there with their context, if blank lines do not count.
    fn is_restored_loosely(&self, text: &str, applied: &str) -> bool {
        let (text, wanted): (Vec<&str>, Vec<&str>) = (written(text).collect(), written(applied).collect());
        if wanted.is_empty() {
            return text.is_empty();
        }
        let (is_first, is_last) = (self.before.trim().is_empty(), self.after.trim().is_empty());
        let is_it = |(at, lines): (usize, &[&str])| {
            lines == wanted && (!is_first || at == 0) && (!is_last || at + wanted.len() == text.len())
        };
        text.windows(wanted.len()).enumerate().any(is_it)
    }

    /// Why the lines cannot be found: they are gone, or have been edited.
    fn lost(&self, text: &str) -> Refusal {
        let known: HashSet<&str> = written(text).collect();
        let lines: Vec<&str> = written(&self.now).collect();
        match lines.iter().position(|line| !known.contains(line)) {
            Some(0) => Refusal::Gone(self.name()),
            Some(missing) => Refusal::Edited(named(lines[missing])),
            // Something was written in between.
            None => Refusal::Edited(self.name()),
        }
    }

    fn only(&self, places: &[usize]) -> Result<usize, Refusal> {
        match places {
            [only] => Ok(*only),
            [] => Err(Refusal::Gone(self.name())),
            several => Err(Refusal::Ambiguous(self.name(), several.len())),
        }
    }

    /// What error messages call the hunk: its first line.
    pub fn name(&self) -> String {
        let lines = [&self.now, &self.then].into_iter().flat_map(|text| text.lines());
        named(lines.map(str::trim).find(|line| !line.is_empty()).unwrap_or_default())
    }
}

/// A line without list marker, checkbox and `#`.
fn named(line: &str) -> String {
    let words = line.trim().trim_start_matches(['-', '*', '+', '#', ' ']);
    let is_box = words.starts_with('[') && words.chars().nth(2) == Some(']');
    if is_box { words.split_once(']').map_or(words, |(_, words)| words.trim()).to_owned() } else { words.to_owned() }
}

/// The lines that are not blank.
fn written(text: &str) -> impl Iterator<Item = &str> {
    text.lines().map(str::trim_end).filter(|line| !line.trim().is_empty())
}

/// The byte offsets of all matches, overlapping ones included.
fn anywhere(text: &str, needle: &str) -> Vec<usize> {
    let finder = memmem::Finder::new(needle);
    let mut places = Vec::new();
    let mut from = 0;
    while let Some(at) = text.as_bytes().get(from..).and_then(|rest| finder.find(rest)).map(|at| from + at) {
        places.push(at);
        from = at + 1;
    }
    places
}

/// The byte offsets of all matches that are whole lines, overlapping ones included.
fn whole_lines(text: &str, needle: &str) -> Vec<usize> {
    let is_whole =
        |at: &usize| line_start(text, *at) == *at && (at + needle.len() == text.len() || needle.ends_with('\n'));
    anywhere(text, needle).into_iter().filter(is_whole).collect()
}

/// Makes the hunks; `pairs` holds line ranges in `from` and their replacements in `to`.
pub(super) fn hunks(from: &str, to: &str, pairs: &[(Range<usize>, Range<usize>)]) -> Vec<Hunk> {
    let hunk = |(lines, there): &(Range<usize>, Range<usize>)| Hunk {
        at: lines.start,
        before: from[before(from, lines.start)..lines.start].to_owned(),
        now: from[lines.clone()].to_owned(),
        then: to[there.clone()].to_owned(),
        after: from[lines.end..after(from, lines.end)].to_owned(),
        is_cut: false,
        is_repeated: pairs.len() <= FEW
            && !from[lines.clone()].trim().is_empty()
            && whole_lines(from, &from[lines.clone()]).len() > 1,
    };
    pairs.iter().map(hunk).collect()
}

/// Where the context above `at` begins: up to and including a line that is not blank.
fn before(text: &str, at: usize) -> usize {
    let mut start = at;
    while start > 0 {
        let end = start;
        start = line_start(text, start - 1);
        if !text[start..end].trim().is_empty() {
            break;
        }
    }
    start
}

/// Where the context below `at` ends.
fn after(text: &str, at: usize) -> usize {
    let mut end = at;
    while end < text.len() {
        let start = end;
        end = line_end(text, start);
        if !text[start..end].trim().is_empty() {
            break;
        }
    }
    end
}
