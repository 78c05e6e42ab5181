//! Search within a page. A hit may span wrapped lines.

use std::ops::Range;

use aho_corasick::{AhoCorasick, MatchKind};

use super::flow::{PageLine, SpanRole};
use crate::search::normalise::{Folded, first_chars, lower};

/// Longer search words are cut to this many chars.
const LONGEST: usize = 1_000;

/// A search in a page with its hits.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct PageSearch {
    /// What was typed.
    pub query: String,
    /// The words searched for, any of which is a hit.
    words: Vec<String>,
    /// The hits, in page order.
    pub hits: Vec<PageHit>,
    /// Index into the hits.
    pub current: usize,
}

/// A hit: (line index, byte range of the line's text) for each line that it lies on.
pub type PageHit = Vec<(usize, Range<usize>)>;

impl PageSearch {
    /// Searches for a query; case-sensitive if it has a capital. The current hit is the first at or below
    /// the line `from`.
    pub fn new(lines: &[PageLine], query: &str, from: usize) -> Self {
        Self::of(lines, query, vec![query.to_owned()], from)
    }

    /// Like [`Self::new`] for a query that stands for several words.
    pub fn of(lines: &[PageLine], query: &str, words: Vec<String>, from: usize) -> Self {
        let hits = hits(lines, &words, !query.contains(char::is_uppercase));
        let current = hits.iter().position(|hit| hit[0].0 >= from).unwrap_or(0);
        Self { query: query.to_owned(), words, hits, current }
    }

    /// Repeats the search on other lines.
    pub fn again(self, lines: &[PageLine], from: usize) -> Self {
        Self::of(lines, &self.query, self.words, from)
    }

    /// Moves by `by` hits and reports whether it wrapped around.
    pub fn step(&mut self, by: isize) -> bool {
        let Some(count) = isize::try_from(self.hits.len()).ok().filter(|&count| count > 0) else { return false };
        let next = self.current.cast_signed() + by;
        self.current = next.rem_euclid(count).unsigned_abs();
        !(0..count).contains(&next)
    }

    /// The lines that the current hit spans.
    pub fn lines(&self) -> Option<Range<usize>> {
        let hit = self.hits.get(self.current)?;
        Some(hit.first()?.0..hit.last()?.0 + 1)
    }
}

/// A character of the page and its (line, byte offset); `None` for a space dropped at a line break.
pub(in crate::app) struct PlacedChar {
    c: char,
    at: Option<(usize, usize)>,
}

/// The hits of any of the words. Accents and character widths are ignored, and case if `folds`.
fn hits(lines: &[PageLine], words: &[String], folds: bool) -> Vec<PageHit> {
    let form = |text: String| if folds { text.chars().map(lower).collect() } else { text };
    let words = words.iter().map(|word| form(Folded::new(first_chars(word, LONGEST)).text));
    let words: Vec<String> = words.filter(|word| !word.is_empty()).collect();
    // If several words match at a place, the longest wins.
    let finder = AhoCorasick::builder().match_kind(MatchKind::LeftmostLongest).build(&words);
    let Some(finder) = finder.ok().filter(|_| !words.is_empty()) else { return Vec::new() };
    let mut found = Vec::new();
    for paragraph in paragraphs(lines) {
        let folded = Folded::new(&paragraph.text());
        let text = form(folded.text.clone());
        let (mut at, mut char) = (0, 0);
        for place in finder.find_iter(&text) {
            let first = char + text[at..place.start()].chars().count();
            let end = first + text[place.range()].chars().count();
            (at, char) = (place.end(), end);
            let chars = folded.origin(first).start..folded.origin(end - 1).end;
            found.extend(paragraph.0.get(chars).and_then(hit));
        }
    }
    found
}

/// The lines of one paragraph, joined as before wrapping.
pub(in crate::app) struct JoinedParagraph(Vec<PlacedChar>);

impl JoinedParagraph {
    /// The unwrapped text without list markers.
    pub fn text(&self) -> String {
        self.0.iter().map(|placed| placed.c).collect()
    }

    /// The hit that covers a byte range of the text.
    pub fn hit(&self, bytes: Range<usize>) -> Option<PageHit> {
        let mut offset = 0;
        let is_inside = |placed: &&PlacedChar| {
            let here = bytes.contains(&offset);
            offset += placed.c.len_utf8();
            here
        };
        hit(self.0.iter().filter(is_inside))
    }
}

/// The paragraphs of a page.
pub(in crate::app) fn paragraphs(lines: &[PageLine]) -> impl Iterator<Item = JoinedParagraph> + '_ {
    let mut start = 0;
    std::iter::from_fn(move || {
        let after = lines.get(start + 1..)?;
        let end = start + 1 + after.iter().take_while(|line| line.joint.is_some()).count();
        Some(JoinedParagraph(text(lines, std::mem::replace(&mut start, end)..end)))
    })
}

/// The text of one paragraph's lines, without list markers.
fn text(lines: &[PageLine], range: Range<usize>) -> Vec<PlacedChar> {
    let mut text = Vec::new();
    for index in range {
        let line = &lines[index];
        text.extend(line.joint.unwrap_or_default().chars().map(|c| PlacedChar { c, at: None }));
        let mut offset = 0;
        for span in &line.spans {
            if span.role != SpanRole::Marker {
                text.extend(span.text.char_indices().map(|(at, c)| PlacedChar { c, at: Some((index, offset + at)) }));
            }
            offset += span.text.len();
        }
    }
    text
}

fn hit<'a>(characters: impl IntoIterator<Item = &'a PlacedChar>) -> Option<PageHit> {
    let mut hit = PageHit::new();
    for (c, (line, at)) in characters.into_iter().filter_map(|placed| Some((placed.c, placed.at?))) {
        let end = at + c.len_utf8();
        match hit.last_mut() {
            Some((last, range)) if *last == line => range.end = end,
            _ => hit.push((line, at..end)),
        }
    }
    (!hit.is_empty()).then_some(hit)
}

/// How many letters after a hit are used to recognise it among identical hits.
const CONTEXT: usize = 24;

/// The first letters and digits of a text, lowercased: the part that markup does not change.
pub(in crate::app) fn letters(text: &str) -> String {
    text.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).take(CONTEXT).collect()
}

/// Like [`letters`], starting at a byte of a page's line.
pub(in crate::app) fn letters_from(lines: &[PageLine], line: usize, byte: usize) -> String {
    let text = |line: &PageLine| {
        let spans = line.spans.iter().filter(|span| span.role != SpanRole::Marker);
        spans.map(|span| span.text.as_str()).collect::<String>()
    };
    let first = lines[line].text().get(byte..).unwrap_or_default().to_owned();
    let rest = lines[line + 1..].iter().take(CONTEXT).map(text);
    letters(&std::iter::once(first).chain(rest).collect::<String>())
}

#[cfg(test)]
mod tests {
    use super::super::flow::{BlockKind, SpanRole, paragraph};
    use super::*;

    #[track_caller]
    fn check(text: &str, columns: usize, query: &str, wanted: &[&[&str]]) {
        let lines = paragraph(text, SpanRole::Body, BlockKind::Text, columns);
        let found = PageSearch::new(&lines, query, 0);
        let text =
            |hit: &PageHit| hit.iter().map(|(line, range)| lines[*line].text()[range.clone()].to_owned()).collect();
        let found: Vec<Vec<String>> = found.hits.iter().map(text).collect();
        assert_eq!(found, wanted);
    }

    #[test]
    fn hits_can_span_line_breaks() {
        check("the quick brown fox", 10, "quick brown", &[&["quick", "brown"]]);
        check("注意力就是一切", 6, "力就", &[&["力", "就"]]);
        check("注意力就是一切", 6, "就是", &[&["就是"]]);
    }

    #[test]
    fn a_capital_makes_search_case_sensitive() {
        check("CLIP and clip", 40, "clip", &[&["CLIP"], &["clip"]]);
        check("CLIP and clip", 40, "Clip", &[]);
        check("aaa", 40, "aa", &[&["aa"]]);
    }

    #[test]
    fn search_ignores_accents_ligatures_and_width() {
        check("a cafe\u{301} café Cafe", 40, "cafe", &[&["cafe\u{301}"], &["café"], &["Cafe"]]);
        check("ﬁne ＭｏＥ", 40, "fine", &[&["ﬁne"]]);
        check("ﬁne ＭｏＥ", 40, "MoE", &[&["ＭｏＥ"]]);
        check("大模型", 40, "ＭｏＥ", &[]);
    }

    #[test]
    fn stepping_wraps_around() {
        let lines = paragraph("a b a", SpanRole::Body, BlockKind::Text, 2);
        let mut search = PageSearch::new(&lines, "a", 1);
        assert_eq!((search.current, search.lines()), (1, Some(2..3)));
        assert!(search.step(1) && search.current == 0);
        assert!(search.step(-1) && search.current == 1);
        assert!(!PageSearch::default().step(1));
    }
}
