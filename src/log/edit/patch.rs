//! Replaces whole lines, wherever they are now: to undo a change, or to fix a finding.
//!
//! Like those of a unified diff, a [`Hunk`] is found by its lines and their context, but the match must be exact.

use std::hash::{DefaultHasher, Hasher};
use std::ops::Range;

use serde::{Deserialize, Serialize};

use super::hunk::{Hunk, hunks};
use super::proof::heading_start;
use super::splice::{Splice, apply, line_end, line_start, moved};
use super::{Intent, Plan, Refusal};
use crate::log::{Log, Section};
use crate::text::cut_quote;
use crate::words::{Language, Sentence};

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
    /// For an undo, how many lines the change itself moved to another place in the log, such as below a new heading.
    #[serde(default, skip_serializing_if = "is_zero")]
    moves: usize,
}

/// For `serde`, which passes a reference.
#[expect(clippy::trivially_copy_pass_by_ref, reason = "the signature that serde calls")]
fn is_zero(number: &usize) -> bool {
    *number == 0
}

/// A hash of a text. It may differ between builds; an undo is then verified like any other change.
fn fingerprint(text: &str) -> u64 {
    let mut hasher = DefaultHasher::new();
    hasher.write(text.as_bytes());
    hasher.finish()
}

impl Patch {
    /// The inverse of splices that led from `old` to `new`, and moved this many lines.
    pub(super) fn inverse((old, new): (&str, &str), splices: &[Splice], of: &Intent, moves: usize) -> Self {
        let label = Sentence::of(|language| {
            let (back, label) = (language.pick("undo: ", "撤销："), of.summary(language));
            match (of, label.strip_prefix(back)) {
                (Intent::Patch(_), Some(label)) => label.to_owned(),
                _ => format!("{back}{label}"),
            }
        });
        let hunks = hunks(new, old, &pairs(old, new, splices, false));
        Self { label, hunks, restores: Some(fingerprint(old)), moves }
    }

    /// The splices that led from `old` to `new`, as lines.
    pub(super) fn forward(old: &str, new: &str, splices: &[Splice], of: &Intent) -> Self {
        Self {
            label: Sentence::of(|language| of.summary(language)),
            hunks: hunks(old, new, &pairs(old, new, splices, true)),
            restores: None,
            moves: 0,
        }
    }

    /// The effect of splices on a text, as lines; `None` if they do not fit it.
    pub(super) fn from_splices(text: &str, splices: &[Splice], label: Sentence) -> Option<Self> {
        let revised = apply(text, splices)?;
        Some(Self {
            label,
            hunks: hunks(text, &revised, &pairs(text, &revised, splices, true)),
            restores: None,
            moves: 0,
        })
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

    /// Whether an undo may move this many lines to another place in the log: those that the change had moved.
    pub(super) fn may_move(&self, lines: usize) -> bool {
        lines <= self.moves
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
        !self.hunks.is_empty() && self.hunks.iter().all(|hunk| hunk.is_applied(text)) && !self.fits(text)
    }

    /// Whether every hunk's lines can be found.
    pub(super) fn can_be_found(&self, text: &str) -> bool {
        self.hunks.iter().all(|hunk| hunk.find(text).is_ok())
    }

    /// Whether there are lines to restore; `false` if all are restored already.
    pub(super) fn can_still_be_undone(&self, text: &str) -> Result<bool, Refusal> {
        if !self.can_be_found(text) && self.hunks.iter().all(|hunk| hunk.is_restored(text)) {
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

    /// The ways to apply the patch. If it removes headings, they may stay for the text below them: first none of them
    /// stays, then the first one, and so on.
    pub(super) fn plans(&self, log: &Log) -> Result<Vec<Plan>, Refusal> {
        let whole = self.plan(log)?;
        let removed = whole.splices.iter().filter(|splice| splice.replacement.is_empty());
        let most = removed.map(|splice| headings_in(log, &splice.span).count()).max().unwrap_or(0);
        let keeping = |kept: usize| whole.splices.iter().map(|splice| splice.below_headings(log, kept)).collect();
        let kept: Vec<Plan> = (1..=most).map(|kept| as_plan(keeping(kept))).collect();
        Ok([whole].into_iter().chain(kept).collect())
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
        if splices.is_empty() { Err(Refusal::Empty) } else { Ok(as_plan(splices)) }
    }
}

/// A sentence for lists: it may quote a whole line, so it is cut to [`BRIEF`].
pub(super) fn brief(say: impl Fn(Language) -> String) -> Sentence {
    Sentence::of(|language| cut_quote(&say(language), BRIEF).into_owned())
}

fn as_plan(splices: Vec<Splice>) -> Plan {
    Plan { splices, touched: Vec::new(), inside: None, focus: (0, 0) }
}

/// Where the lines of the headings in a span end.
fn headings_in<'a>(log: &'a Log, span: &'a Range<usize>) -> impl Iterator<Item = usize> + 'a {
    let is_inside = |section: &&Section| !section.heading.is_empty() && span.contains(&heading_start(log, section));
    let headings = log.sections.iter().filter(is_inside).map(|section| heading_start(log, section));
    headings.map(|start| line_end(&log.files[0].text, start)).filter(|end| *end < span.end)
}

impl Splice {
    /// The splice without the first headings that it removes, and what is above them.
    fn below_headings(&self, log: &Log, count: usize) -> Self {
        let Some(end) = headings_in(log, &self.span).take(count).last().filter(|_| self.replacement.is_empty()) else {
            return self.clone();
        };
        // A blank line between the heading and the text that stays.
        let text = &log.files[0].text;
        let is_followed = !text[self.span.end..line_end(text, self.span.end)].trim().is_empty();
        let blank = line_end(text, end);
        let has_blank = blank < self.span.end && text[end..blank].trim().is_empty();
        let start = if is_followed && has_blank { blank } else { end };
        Self { span: start..self.span.end, replacement: String::new() }
    }
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
