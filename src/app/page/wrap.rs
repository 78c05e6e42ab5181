//! Line wrapping for Chinese and English.
//!
//! Break opportunities come from the Unicode line breaking algorithm (UAX #14). It allows some breaks
//! that Chinese typography does not; those are excluded here. Lines are filled greedily and are never
//! wider than asked, unless a single character is.

use std::ops::Range;

use icu_segmenter::LineSegmenter;
use icu_segmenter::options::LineBreakOptions;
use unicode_segmentation::UnicodeSegmentation;

use crate::text::{drawable, width};

/// Characters that must not start a line.
fn is_not_first(c: char) -> bool {
    matches!(
        c,
        '，' | '。'
            | '、'
            | '；'
            | '：'
            | '！'
            | '？'
            | '）'
            | '》'
            | '」'
            | '』'
            | '】'
            | '”'
            | '’'
            | '…'
            | '‰'
    ) || matches!(c, '%' | ',' | '.' | ';' | ':' | '!' | '?' | ')' | ']' | '}')
}

/// Characters that must not end a line.
fn is_not_last(c: char) -> bool {
    matches!(c, '《' | '（' | '「' | '『' | '【' | '“' | '‘' | '(' | '[' | '{')
}

/// Chinese units that stay with the number before them.
const UNITS: &str = "年月日个倍张层天次篇种块台小分秒岁万亿千百条位点项步轮周维";

/// Wraps text into lines of at most `columns`, as byte ranges. Spaces at line breaks belong to no range.
pub fn wrap(text: &str, columns: usize) -> Vec<Range<usize>> {
    let columns = columns.max(1);
    let visible = text.trim_end();
    // Most items and titles fit, and finding their breaks takes longer than measuring them.
    if width(visible) <= columns {
        return std::iter::once(0..visible.len()).collect();
    }
    let mut fill = Fill { text, columns, lines: Vec::new(), start: 0, end: 0, taken: 0 };
    let mut start = 0;
    for end in breaks(text) {
        fill.add(start..end);
        start = end;
    }
    fill.finish()
}

/// The width of the longest piece that should not be broken.
pub(crate) fn longest(text: &str) -> usize {
    let mut start = 0;
    let piece = |end| width(text[std::mem::replace(&mut start, end)..end].trim_end());
    breaks(text).map(piece).max().unwrap_or(0)
}

/// The break opportunities, in order.
fn breaks(text: &str) -> impl Iterator<Item = usize> + '_ {
    let segmenter = LineSegmenter::new_for_non_complex_scripts(LineBreakOptions::default());
    segmenter.segment_str(text).filter(|&at| at > 0 && may_break(text, at))
}

/// Whether our own rules allow a break at an offset.
fn may_break(text: &str, at: usize) -> bool {
    penalty(text, at) == Penalty::None
}

/// How bad a break is, from none to worst.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Penalty {
    None,
    /// Splits letters from digits, as in `GPT|4`.
    Name,
    /// Splits a word or a number.
    Word,
    /// Splits a number from its unit, or leaves punctuation where it must not be.
    Sense,
}

/// The penalty of a break at an offset. Spaces around it are skipped, since they are not visible there.
fn penalty(text: &str, at: usize) -> Penalty {
    let (before, after) = (text[..at].trim_end(), text[at..].trim_start());
    let (Some(last), Some(first)) = (before.chars().next_back(), after.chars().next()) else { return Penalty::None };
    let touches = before.len() == at && after.len() == text.len() - at;
    if is_not_first(first) || is_not_last(last) || last.is_ascii_digit() && UNITS.contains(first) {
        Penalty::Sense
    } else if !touches || !last.is_ascii_alphanumeric() || !first.is_ascii_alphanumeric() {
        Penalty::None
    } else if last.is_ascii_digit() != first.is_ascii_digit() {
        Penalty::Name
    } else {
        Penalty::Word
    }
}

struct Fill<'a> {
    text: &'a str,
    columns: usize,
    lines: Vec<Range<usize>>,
    /// The current line, as byte offsets.
    start: usize,
    end: usize,
    /// Columns used on the current line, including trailing spaces.
    taken: usize,
}

impl Fill<'_> {
    fn add(&mut self, piece: Range<usize>) {
        let text = &self.text[piece.clone()];
        let (token, spaces) = text.split_at(text.trim_end().len());
        let visible = width(token);
        if self.taken + visible > self.columns && self.end > self.start {
            self.end_line(piece.start);
        }
        if self.taken + visible > self.columns {
            self.add_long(&piece);
        } else {
            self.taken += visible + width(spaces);
            self.end = piece.end;
        }
    }

    /// Adds a piece longer than a line, broken at the lowest penalty, as late as possible.
    fn add_long(&mut self, piece: &Range<usize>) {
        let text = &self.text[piece.clone()];
        let (token, spaces) = text.split_at(text.trim_end().len());
        // The best break in this line, and the columns before it.
        let mut best: Option<(Penalty, usize, usize)> = None;
        for (at, grapheme) in token.grapheme_indices(true) {
            let at = piece.start + at;
            let columns = drawable(grapheme).1;
            if at > self.start {
                let penalty = penalty(self.text, at);
                if best.is_none_or(|(least, ..)| penalty <= least) {
                    best = Some((penalty, at, self.taken));
                }
            }
            if self.taken + columns > self.columns
                && grapheme != " "
                && let Some((_, place, before)) = best.take()
            {
                let rest = self.taken - before;
                self.end = place;
                self.end_line(place);
                self.taken = rest;
            }
            self.taken += columns;
            self.end = at + grapheme.len();
        }
        self.taken += width(spaces);
        self.end = piece.end;
    }

    fn end_line(&mut self, next: usize) {
        let line = &self.text[self.start..self.end];
        self.lines.push(self.start..self.start + line.trim_end().len());
        (self.start, self.end, self.taken) = (next, next, 0);
    }

    fn finish(mut self) -> Vec<Range<usize>> {
        if self.end > self.start || self.lines.is_empty() {
            self.end_line(self.text.len());
        }
        self.lines
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(text: &str, columns: usize, wanted: &[&str]) {
        let lines: Vec<&str> = wrap(text, columns).into_iter().map(|range| &text[range]).collect();
        assert_eq!(lines, wanted);
    }

    #[test]
    fn lines_break_between_words() {
        check("the quick brown fox", 10, &["the quick", "brown fox"]);
        check("注意力，就是一切", 6, &["注意", "力，就", "是一切"]);
        check("使用《注意力》", 6, &["使用", "《注意", "力》"]);
        check("共120层网络", 6, &["共", "120层", "网络"]);
        check("用BERT的GPT4模型", 7, &["用BERT", "的GPT4", "模型"]);
        check("https://example.org/long", 10, &["https://", "example.", "org/long"]);
        check("translation2014年，提出", 18, &["translation", "2014年，提出"]);
        check("abcdefgh，i", 8, &["abcdefg", "h，i"]);
        check("a ，b （ c", 5, &["a ，b", "（ c"]);
        check("abcdefghij　klmn", 8, &["abcdefgh", "ij　klmn"]);
        check("", 10, &[""]);
        check("字", 1, &["字"]);
    }
}
