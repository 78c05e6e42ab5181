//! Walking through a long text from hit to hit.

use std::ops::Range;

use super::needle::Needle;
use super::pinyin::Sound;
use super::sounds::Sounds;
use super::spread::Stop;
use super::term::Mark;

/// After how many bytes it is asked whether to stop: an involved regular expression needs a while
/// for so many.
const OFTEN: usize = 1 << 16;

/// The fewest Han characters that pinyin must stand for: one is in every text.
const FEWEST_SYLLABLES: usize = 2;

/// What one term asks of a text.
#[derive(Debug, Clone)]
pub struct Part {
    pub needle: Needle,
    pub mark: Mark,
    pub sound: Option<Sound>,
    /// The letters that a hit has, in lower case, if it is known which.
    pub plain: Option<String>,
}

impl Part {
    /// The first hit in these bytes of the text, whose letters may [vary](super::normalise::is_varied) or not.
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

    /// Whether a hit stands at the end of a line that is asked for.
    fn fits(&self, text: &str, hit: &Range<usize>) -> bool {
        let begins = || hit.start == 0 || text[..hit.start].ends_with('\n');
        let ends = || text[hit.end..].is_empty() || text[hit.end..].starts_with(['\n', '\r']);
        match self.mark {
            Mark::Fuzzy | Mark::Exact | Mark::Word | Mark::Heard => true,
            Mark::Prefix => begins(),
            Mark::Suffix => ends(),
            Mark::Whole => begins() && ends(),
        }
    }
}

/// A part, and whether it is heard because the text does not have its letters.
pub struct Finder<'a> {
    part: &'a Part,
    sound: Option<&'a Sound>,
    is_nowhere: bool,
    is_varied: bool,
}

impl<'a> Finder<'a> {
    /// Finds a part in this text.
    pub fn new(part: &'a Part, text: &str, sounds: Option<&Sounds>, is_varied: bool) -> Self {
        let may_have = part.plain.as_ref().is_none_or(|term| sounds.is_none_or(|sounds| sounds.may_have(term)));
        let is_absent = !may_have || part.find(text, 0..text.len(), is_varied).is_none();
        let may_sound = |sound: &&Sound| sounds.is_none_or(|sounds| sounds.may_hold(sound.term()));
        let sound = part.sound.as_ref().filter(|_| is_absent).filter(may_sound);
        Self { part, sound, is_nowhere: is_absent && sound.is_none(), is_varied }
    }

    /// Whether the text has it in no way.
    pub fn is_nowhere(&self) -> bool {
        self.is_nowhere
    }

    /// The first hit at or after a byte, which is at a char.
    pub fn find(&self, text: &str, from: usize) -> Option<Range<usize>> {
        match self.sound {
            Some(sound) => {
                let heard = sound.find(&text[from..], FEWEST_SYLLABLES).0?;
                Some(from + heard.span.start..from + heard.span.end)
            }
            None => self.part.find(text, from..text.len(), self.is_varied),
        }
    }

    /// All hits in these bytes.
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

/// Walks through a text from hit to hit and gathers those of one document.
pub struct Groups<'a> {
    finder: &'a Finder<'a>,
    text: &'a str,
    documents: &'a [Range<usize>],
    /// The document at hand.
    at: usize,
    /// The next hit, if there is one.
    next: Option<Range<usize>>,
    /// Up to which byte it was not yet time to ask whether to stop.
    asked: usize,
    stop: Stop<'a>,
}

impl<'a> Groups<'a> {
    /// Walks through these parts of a text, which are ascending, none over another.
    pub fn new(finder: &'a Finder<'a>, text: &'a str, documents: &'a [Range<usize>], stop: Stop<'a>) -> Self {
        let start = documents.first().map_or(text.len(), |first| first.start);
        let mut groups = Self { finder, text, documents, at: 0, next: None, asked: start, stop };
        groups.next = groups.find(start);
        groups
    }

    /// The first hit from a byte on; `None` where there is none, and once `stop` says so.
    fn find(&self, mut from: usize) -> Option<Range<usize>> {
        loop {
            // No document holds a hit that runs over its end, so it is enough to look up to one.
            let next = self.documents.partition_point(|document| document.end < from.saturating_add(OFTEN));
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

    /// The next document that has a hit, its hits in place of what `hits` held.
    pub fn next_into(&mut self, hits: &mut Vec<Range<usize>>) -> Option<usize> {
        hits.clear();
        while let Some(hit) = self.next.clone() {
            if hit.start >= self.asked + OFTEN {
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
