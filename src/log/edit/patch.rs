//! Replaces whole lines, wherever they are now: to undo a change, or to fix a finding.
//!
//! Like the hunks of a unified diff, lines are found by their text and their context, but the match must be exact.

use std::hash::{DefaultHasher, Hasher};
use std::ops::Range;

use memchr::memmem;
use serde::{Deserialize, Serialize};

use super::splice::{Splice, apply, line_end, line_start, moved};
use super::{Intent, Plan, Refusal};
use crate::log::Log;
use crate::text::cut_quote;
use crate::words::{Language, Sentence};

/// How many bytes of context to keep on each side when lines are long.
const CONTEXT: usize = 512;

/// Maximum width of a change's summary in lists, in columns.
const BRIEF: usize = 120;

/// Replaces lines of a file.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Patch {
    /// What the patch does, for people.
    label: Sentence,
    /// In file order, without overlaps.
    hunks: Vec<Hunk>,
    /// For an undo, the fingerprint of the text that it restores.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    restores: Option<u64>,
}

/// Consecutive lines to replace.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
struct Hunk {
    /// Byte offset of the lines when the patch was made.
    at: usize,
    /// Context above, up to and including a line that is not blank; empty at the start of the file.
    before: String,
    /// The lines to replace.
    now: String,
    /// The replacement.
    then: String,
    /// Context below, up to and including a line that is not blank; empty at the end of the file.
    after: String,
    /// Whether the context was cut inside a line; the lines are then only searched for together with the context.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    is_cut: bool,
}

/// A hash of a text. It may differ between builds; an undo is then verified like any other change.
fn fingerprint(text: &str) -> u64 {
    let mut hasher = DefaultHasher::new();
    hasher.write(text.as_bytes());
    hasher.finish()
}

impl Patch {
    /// The inverse of splices that led from `old` to `new`.
    pub(super) fn inverse(old: &str, new: &str, splices: &[Splice], of: &Intent) -> Self {
        let label = Sentence::of(|language| {
            let (back, label) = (language.pick("undo: ", "撤销："), of.summary(language));
            match (of, label.strip_prefix(back)) {
                (Intent::Patch(_), Some(label)) => label.to_owned(),
                _ => format!("{back}{label}"),
            }
        });
        Self { label, hunks: hunks(new, old, &pairs(old, new, splices, false)), restores: Some(fingerprint(old)) }
    }

    /// The splices that led from `old` to `new`, as lines.
    pub(super) fn forward(old: &str, new: &str, splices: &[Splice], of: &Intent) -> Self {
        Self {
            label: Sentence::of(|language| of.summary(language)),
            hunks: hunks(old, new, &pairs(old, new, splices, true)),
            restores: None,
        }
    }

    /// The effect of splices on a text, as lines; `None` if they do not fit it.
    pub(super) fn from_splices(text: &str, splices: &[Splice], label: Sentence) -> Option<Self> {
        let revised = apply(text, splices)?;
        Some(Self { label, hunks: hunks(text, &revised, &pairs(text, &revised, splices, true)), restores: None })
    }

    /// The lines that the patch replaces, as (before, after).
    pub(super) fn lines(&self) -> impl Iterator<Item = (&str, &str)> {
        self.hunks.iter().map(|hunk| (hunk.now.as_str(), hunk.then.as_str()))
    }

    /// Whether a text is, byte for byte, the one that this undo restores. Such a text needs no other proof, since it
    /// has been read before.
    pub(super) fn restores(&self, text: &str) -> bool {
        self.restores == Some(fingerprint(text))
    }

    /// Appends the hunks of another patch.
    pub(super) fn extend(&mut self, other: Self) {
        self.hunks.extend(other.hunks);
    }

    /// What the patch does, for people: `undo: tick “Owl”`.
    pub(super) fn label(&self, language: Language) -> &str {
        self.label.get(language)
    }

    /// Whether every hunk can be applied, with its context.
    pub fn fits(&self, text: &str) -> bool {
        !self.hunks.is_empty()
            && self.hunks.iter().all(|hunk| hunk.now != hunk.then && hunk.among_neighbours(text).is_ok())
    }

    /// Whether every hunk has been applied already; `false` if all of them could be applied again.
    pub fn is_made(&self, text: &str) -> bool {
        let stands = |hunk: &Hunk| {
            let applied = format!("{}{}{}", hunk.before, hunk.then, hunk.after);
            hunk.now != hunk.then && !hunk.places(text, &applied).is_empty()
        };
        !self.hunks.is_empty() && self.hunks.iter().all(stands) && !self.fits(text)
    }

    /// Whether every hunk's lines can be found.
    pub(super) fn can_be_found(&self, text: &str) -> bool {
        self.hunks.iter().all(|hunk| hunk.find(text).is_ok())
    }

    /// Whether there are lines to restore; `false` if all are restored already.
    pub(super) fn can_still_be_undone(&self, text: &str) -> Result<bool, Refusal> {
        if self.is_made(text) && !self.can_be_found(text) {
            return Ok(false);
        }
        self.hunks.iter().try_for_each(|hunk| hunk.find(text).map(|_| ())).map(|()| !self.hunks.is_empty())
    }

    /// The patch with no more context than is needed to find the place.
    pub(super) fn trimmed(mut self) -> Self {
        self.label = brief(|language| self.label(language).to_owned());
        self.hunks.iter_mut().for_each(Hunk::cut);
        self
    }

    pub(super) fn plan(&self, log: &Log) -> Result<Plan, Refusal> {
        let text = &log.files[0].text;
        let mut splices: Vec<Splice> = Vec::new();
        for hunk in &self.hunks {
            let span = hunk.find(text)?;
            if splices.last().is_some_and(|last| last.span.end > span.start) {
                return Err(Refusal::Gone(hunk.name()));
            }
            splices.push(Splice { span, replacement: hunk.then.clone() });
        }
        Ok(Plan { splices, touched: Vec::new(), inside: None, focus: (0, 0) })
            .and_then(|plan| if plan.splices.is_empty() { Err(Refusal::Empty) } else { Ok(plan) })
    }
}

/// A sentence for lists: it may quote a whole line, so it is cut to [`BRIEF`].
pub(super) fn brief(say: impl Fn(Language) -> String) -> Sentence {
    Sentence::of(|language| cut_quote(&say(language), BRIEF).into_owned())
}

impl Hunk {
    /// Finds the lines with their context: at the only match, or else at the match at the old offset. If there is no
    /// match and the lines are not blank, finds them without context, at the only match.
    fn find(&self, text: &str) -> Result<Range<usize>, Refusal> {
        match self.among_neighbours(text) {
            Ok(found) => Ok(found),
            Err(0) if !self.now.trim().is_empty() && !self.is_cut => {
                let places = whole_lines(text, &self.now);
                self.only(&places).map(|at| at..at + self.now.len())
            }
            Err(count) => self.only(&vec![0; count]).map(|at| at..at),
        }
    }

    /// The lines at the match with context; if the match is not certain, the number of matches.
    fn among_neighbours(&self, text: &str) -> Result<Range<usize>, usize> {
        let needle = format!("{}{}{}", self.before, self.now, self.after);
        let fits = |start: &usize| {
            if self.is_cut {
                return true;
            }
            let end = start + needle.len();
            (!self.before.is_empty() || *start == 0) && (!self.after.is_empty() || end == text.len())
        };
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
    fn cut(&mut self) {
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

    fn only(&self, places: &[usize]) -> Result<usize, Refusal> {
        match places {
            [only] => Ok(*only),
            [] => Err(Refusal::Gone(self.name())),
            several => Err(Refusal::Ambiguous(self.name(), several.len())),
        }
    }

    /// What error messages call the hunk: the first line without list marker, checkbox and `#`.
    fn name(&self) -> String {
        let lines = [&self.now, &self.then].into_iter().flat_map(|text| text.lines());
        let line = lines.map(str::trim).find(|line| !line.is_empty()).unwrap_or_default();
        let words = line.trim_start_matches(['-', '*', '+', '#', ' ']);
        let is_box = words.starts_with('[') && words.chars().nth(2) == Some(']');
        if is_box {
            words.split_once(']').map_or(words, |(_, words)| words.trim()).to_owned()
        } else {
            words.to_owned()
        }
    }
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

/// The lines touched by splices, as (bytes of the old text, bytes of the new text), or the reverse without `forward`.
/// Adjacent lines are merged.
fn pairs(old: &str, new: &str, splices: &[Splice], forward: bool) -> Vec<(Range<usize>, Range<usize>)> {
    let mut found: Vec<(Range<usize>, Range<usize>)> = Vec::new();
    for (index, splice) in splices.iter().enumerate() {
        let start = line_start(old, splice.span.start);
        let is_whole = line_start(old, splice.span.end) == splice.span.end
            && (splice.replacement.ends_with('\n') || splice.replacement.is_empty() && start == splice.span.start);
        let end = if is_whole { splice.span.end } else { line_end(old, splice.span.end) };
        match found.last_mut().filter(|(last, _)| last.end >= start) {
            Some((last, _)) => last.end = last.end.max(end),
            None => found.push((start..end, moved(&splices[..index], start)..0)),
        }
    }
    for (lines, there) in &mut found {
        there.end = moved(splices, lines.end);
    }
    debug_assert!(found.iter().all(|(_, there)| there.end <= new.len()));
    if forward { found } else { found.into_iter().map(|(lines, there)| (there, lines)).collect() }
}

/// Makes the hunks; `pairs` holds line ranges in `from` and their replacements in `to`.
fn hunks(from: &str, to: &str, pairs: &[(Range<usize>, Range<usize>)]) -> Vec<Hunk> {
    let hunk = |(lines, there): &(Range<usize>, Range<usize>)| Hunk {
        at: lines.start,
        before: from[before(from, lines.start)..lines.start].to_owned(),
        now: from[lines.clone()].to_owned(),
        then: to[there.clone()].to_owned(),
        after: from[lines.end..after(from, lines.end)].to_owned(),
        is_cut: false,
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
