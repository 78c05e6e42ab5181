//! Where a line of text may end, for Chinese and English alike.
//!
//! Opportunities come from the Unicode line breaking algorithm (UAX #14). It leaves some
//! breaks that no Chinese page has; those are forbidden here in addition. Lines are filled
//! greedily and are never wider than asked, unless a single character is.

use std::ops::Range;

use icu_segmenter::LineSegmenter;
use icu_segmenter::options::LineBreakOptions;
use unicode_segmentation::UnicodeSegmentation;

use crate::text::{drawable, width};

/// Never at the start of a line.
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

/// Never at the end of a line.
fn is_not_last(c: char) -> bool {
    matches!(c, '《' | '（' | '「' | '『' | '【' | '“' | '‘' | '(' | '[' | '{')
}

/// Units that stay with their number.
const UNITS: &str = "年月日个倍张层天次篇种块台小分秒岁万亿千百条位点项步轮周维";

/// Cuts text into lines of at most `columns`, as byte ranges without the spaces between
/// lines.
pub fn wrap(text: &str, columns: usize) -> Vec<Range<usize>> {
    let columns = columns.max(1);
    if text.is_ascii() && text.len() <= columns {
        return std::iter::once(0..text.trim_end().len()).collect();
    }
    let mut fill = Fill { text, columns, lines: Vec::new(), start: 0, end: 0, taken: 0 };
    let mut start = 0;
    for end in breaks(text) {
        fill.add(start..end);
        start = end;
    }
    fill.finish()
}

/// Columns of the longest piece of a text that should not be cut.
pub fn longest(text: &str) -> usize {
    let mut start = 0;
    let piece = |end| width(text[std::mem::replace(&mut start, end)..end].trim_end());
    breaks(text).map(piece).max().unwrap_or(0)
}

/// Ends of the pieces that stay together, in order.
fn breaks(text: &str) -> impl Iterator<Item = usize> + '_ {
    let segmenter = LineSegmenter::new_for_non_complex_scripts(LineBreakOptions::default());
    segmenter.segment_str(text).filter(|&at| at > 0 && may_break(text, at))
}

/// Whether a line may end at an offset, as far as this page's own rules go.
fn may_break(text: &str, at: usize) -> bool {
    hurt(text, at) == Hurt::None
}

/// What a break would hurt, from nothing to most.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Hurt {
    None,
    /// It would part letters from digits.
    Name,
    /// It would cut a word or a number.
    Word,
    /// It would part a number from its unit, or leave punctuation where it does not belong.
    Sense,
}

/// What a break at an offset would hurt. Spaces there are not seen, so what stands beyond
/// them counts.
fn hurt(text: &str, at: usize) -> Hurt {
    let (before, after) = (text[..at].trim_end(), text[at..].trim_start());
    let (Some(last), Some(first)) = (before.chars().next_back(), after.chars().next()) else { return Hurt::None };
    let touches = before.len() == at && after.len() == text.len() - at;
    if is_not_first(first) || is_not_last(last) || last.is_ascii_digit() && UNITS.contains(first) {
        Hurt::Sense
    } else if !touches || !last.is_ascii_alphanumeric() || !first.is_ascii_alphanumeric() {
        Hurt::None
    } else if last.is_ascii_digit() != first.is_ascii_digit() {
        Hurt::Name
    } else {
        Hurt::Word
    }
}

struct Fill<'a> {
    text: &'a str,
    columns: usize,
    lines: Vec<Range<usize>>,
    /// The current line, in bytes.
    start: usize,
    end: usize,
    /// Columns of it that are taken, spaces at its end included.
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

    /// A piece longer than a line breaks where it hurts least, as late as possible.
    fn add_long(&mut self, piece: &Range<usize>) {
        let token = self.text[piece.clone()].trim_end();
        // The best place in this line, and the columns before it.
        let mut best: Option<(Hurt, usize, usize)> = None;
        for (at, grapheme) in token.grapheme_indices(true) {
            let at = piece.start + at;
            let columns = drawable(grapheme).1;
            if at > self.start {
                let hurt = hurt(self.text, at);
                if best.is_none_or(|(least, ..)| hurt <= least) {
                    best = Some((hurt, at, self.taken));
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
        self.taken += piece.len() - token.len();
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
    fn breaks() {
        check("the quick brown fox", 10, &["the quick", "brown fox"]);
        check("注意力，就是一切", 6, &["注意", "力，就", "是一切"]);
        check("使用《注意力》", 6, &["使用", "《注意", "力》"]);
        check("共120层网络", 6, &["共", "120层", "网络"]);
        check("用BERT的GPT4模型", 7, &["用BERT", "的GPT4", "模型"]);
        check("https://example.org/long", 10, &["https://", "example.", "org/long"]);
        check("translation2014年，提出", 18, &["translation", "2014年，提出"]);
        check("abcdefgh，i", 8, &["abcdefg", "h，i"]);
        check("a ，b （ c", 5, &["a ，b", "（ c"]);
        check("", 10, &[""]);
        check("字", 1, &["字"]);
    }
}
