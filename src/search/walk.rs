//! Iterates over the matches in a long text.

use std::ops::Range;

use super::needle::Needle;
use super::pinyin::Sound;
use super::sounds::SoundIndex;
use super::spread::Stop;
use super::term::MatchMode;

/// How many bytes to search between two checks of `stop`. Not more, since complex regular expressions are slow.
const STOP_INTERVAL: usize = 1 << 16;

/// Minimum number of Han characters that a match by pinyin must have; matches of one are in every text.
const FEWEST_SYLLABLES: usize = 2;

/// One term of a full-text search.
#[derive(Debug, Clone)]
pub struct TextTerm {
    pub needle: Needle,
    pub mode: MatchMode,
    pub sound: Option<Sound>,
    /// The normalised text of the term, in lower case; `None` for a regular expression.
    pub plain: Option<String>,
}

impl TextTerm {
    /// The first non-empty match in a byte range. `is_varied` says whether the text
    /// [is varied](super::normalise::is_varied).
    pub fn find(&self, text: &str, within: Range<usize>, is_varied: bool) -> Option<Range<usize>> {
        let mut from = within.start;
        loop {
            let hit = self.needle.find(&text[..within.end], from, is_varied)?;
            if !hit.is_empty() && self.fits(text, &hit) {
                return Some(hit);
            }
            from = hit.start + text[hit.start..].chars().next().map_or(1, char::len_utf8);
            if from > within.end {
                return None;
            }
        }
    }

    /// Whether a match is at the start or end of a line, if the term requires that.
    fn fits(&self, text: &str, hit: &Range<usize>) -> bool {
        let begins = || hit.start == 0 || text[..hit.start].ends_with('\n');
        let ends = || text[hit.end..].is_empty() || text[hit.end..].starts_with(['\n', '\r']);
        match self.mode {
            MatchMode::Fuzzy | MatchMode::Exact | MatchMode::Word | MatchMode::Pinyin => true,
            MatchMode::Prefix => begins(),
            MatchMode::Suffix => ends(),
            MatchMode::Whole => begins() && ends(),
        }
    }
}

/// Finds a term in a text: literally or, if the text does not contain it literally, as pinyin.
pub struct TermFinder<'a> {
    term: &'a TextTerm,
    sound: Option<&'a Sound>,
    is_nowhere: bool,
    is_varied: bool,
}

impl<'a> TermFinder<'a> {
    /// Prepares to find a term in this text.
    pub fn new(term: &'a TextTerm, text: &str, sounds: Option<&SoundIndex>, is_varied: bool) -> Self {
        let may_contain = term.plain.as_ref().is_none_or(|term| sounds.is_none_or(|sounds| sounds.may_contain(term)));
        let is_absent = !may_contain || term.find(text, 0..text.len(), is_varied).is_none();
        let may_sound = |sound: &&Sound| sounds.is_none_or(|sounds| sounds.may_contain_pinyin(sound.term()));
        let sound = term.sound.as_ref().filter(|_| is_absent).filter(may_sound);
        Self { term, sound, is_nowhere: is_absent && sound.is_none(), is_varied }
    }

    /// Whether the text does not contain the term at all, not even as pinyin.
    pub fn is_nowhere(&self) -> bool {
        self.is_nowhere
    }

    /// The first match at or after a byte offset, which must be a char boundary.
    pub fn find(&self, text: &str, from: usize) -> Option<Range<usize>> {
        match self.sound {
            Some(sound) => {
                let heard = sound.find(&text[from..], FEWEST_SYLLABLES).0?;
                Some(from + heard.span.start..from + heard.span.end)
            }
            None => self.term.find(text, from..text.len(), self.is_varied),
        }
    }

    /// All matches in a byte range.
    pub fn find_all<'b>(&'b self, text: &'b str, within: Range<usize>) -> impl Iterator<Item = Range<usize>> + 'b {
        let text = &text[..within.end];
        let mut from = within.start;
        std::iter::from_fn(move || {
            let hit = self.find(text, from)?;
            from = hit.end;
            Some(hit)
        })
    }
}

/// Iterates over the matches in a text, grouped by document.
pub struct Groups<'a> {
    finder: &'a TermFinder<'a>,
    text: &'a str,
    documents: &'a [Range<usize>],
    /// The index of the current document.
    at: usize,
    /// The next match.
    next: Option<Range<usize>>,
    /// Byte offset of the last check of `stop`.
    asked: usize,
    stop: Stop<'a>,
}

impl<'a> Groups<'a> {
    /// Starts before the first of these documents, which must be ascending and not overlap.
    pub fn new(finder: &'a TermFinder<'a>, text: &'a str, documents: &'a [Range<usize>], stop: Stop<'a>) -> Self {
        let start = documents.first().map_or(text.len(), |first| first.start);
        let mut groups = Self { finder, text, documents, at: 0, next: None, asked: start, stop };
        groups.next = groups.find(start);
        groups
    }

    /// The first match from a byte offset; `None` if there is none, or if stopped.
    fn find(&self, mut from: usize) -> Option<Range<usize>> {
        loop {
            // Matches that extend beyond a document do not count, so search up to the end of one.
            let next = self.documents.partition_point(|document| document.end < from.saturating_add(STOP_INTERVAL));
            let end = self.documents.get(next).map_or(self.text.len(), |document| document.end);
            if let Some(hit) = self.finder.find(&self.text[..end], from) {
                return Some(hit);
            }
            if next >= self.documents.len() || (self.stop)() {
                return None;
            }
            from = end;
        }
    }

    /// The index of the next document with matches. The byte ranges of the matches replace the content of `hits`.
    pub fn next_into(&mut self, hits: &mut Vec<Range<usize>>) -> Option<usize> {
        hits.clear();
        while let Some(hit) = self.next.clone() {
            if hit.start >= self.asked + STOP_INTERVAL {
                self.asked = hit.start;
                if (self.stop)() {
                    return None;
                }
            }
            while self.documents.get(self.at)?.end < hit.end {
                self.at += 1;
                if !hits.is_empty() {
                    return Some(self.at - 1);
                }
            }
            let document = &self.documents[self.at];
            let is_inside = document.start <= hit.start;
            self.next = self.find(if is_inside { hit.end } else { document.start });
            if is_inside {
                hits.push(hit);
            }
        }
        let is_last = !hits.is_empty();
        self.at += usize::from(is_last);
        is_last.then(|| self.at - 1)
    }
}
