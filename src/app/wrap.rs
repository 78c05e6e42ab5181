//! Where a line of text may end, for Chinese and English alike.
//!
//! Opportunities come from the Unicode line breaking algorithm (UAX #14). It leaves some
//! breaks that no Chinese page has; those are forbidden here in addition. Lines are filled
//! greedily and are never wider than asked, unless a single character is.

use std::ops::Range;

use icu_segmenter::LineSegmenter;
use icu_segmenter::options::LineBreakOptions;
use unicode_segmentation::UnicodeSegmentation;
use unicode_width::UnicodeWidthStr;

use crate::text::width;

/// Never at the start of a line.
const NOT_FIRST: &str = "，。、；：！？）》」』】”’…%‰,.;:!?)]}";
/// Never at the end of a line.
const NOT_LAST: &str = "《（「『【“‘([{";
/// Units that stay with their number.
const UNITS: &str = "年月日个倍张层天次篇种块台小分秒岁万亿千百条位点项步轮周维";

/// Cuts text into lines of at most `columns`, as byte ranges without the spaces between
/// lines. `first` columns of the first line are taken already.
pub fn wrap(text: &str, columns: usize, first: usize) -> Vec<Range<usize>> {
    let columns = columns.max(1);
    if text.is_ascii() && first + text.len() <= columns {
        return std::iter::once(0..text.trim_end().len()).collect();
    }
    let mut fill = Fill { text, columns, lines: Vec::new(), start: 0, end: 0, taken: first };
    let mut start = 0;
    for end in breaks(text) {
        fill.add(start..end);
        start = end;
    }
    fill.finish()
}

/// Ends of the pieces that stay together, in order.
fn breaks(text: &str) -> impl Iterator<Item = usize> + '_ {
    let segmenter = LineSegmenter::new_for_non_complex_scripts(LineBreakOptions::default());
    segmenter.segment_str(text).filter(|&at| at > 0 && may_break(text, at))
}

fn may_break(text: &str, at: usize) -> bool {
    let (Some(before), Some(after)) = (text[..at].chars().next_back(), text[at..].chars().next()) else { return true };
    let splits_word = before.is_ascii_alphanumeric() && after.is_ascii_alphanumeric();
    let splits_number = before.is_ascii_digit() && UNITS.contains(after);
    !(NOT_FIRST.contains(after) && before != ' ' || NOT_LAST.contains(before) || splits_word || splits_number)
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
        let visible = width(self.text[piece.clone()].trim_end());
        if self.taken + visible > self.columns && self.end > self.start {
            self.end_line(piece.start);
        }
        if self.taken + visible > self.columns {
            self.add_long(&piece);
        } else {
            self.taken += width(&self.text[piece.clone()]);
            self.end = piece.end;
        }
    }

    /// A piece longer than a line breaks anywhere between characters.
    fn add_long(&mut self, piece: &Range<usize>) {
        for (at, grapheme) in self.text[piece.clone()].grapheme_indices(true) {
            let at = piece.start + at;
            if self.taken + grapheme.width() > self.columns && self.end > self.start && grapheme != " " {
                self.end_line(at);
            }
            self.taken += grapheme.width();
            self.end = at + grapheme.len();
        }
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
        let lines: Vec<&str> = wrap(text, columns, 0).into_iter().map(|range| &text[range]).collect();
        assert_eq!(lines, wanted);
    }

    #[test]
    fn breaks() {
        check("the quick brown fox", 10, &["the quick", "brown fox"]);
        check("注意力，就是一切", 6, &["注意", "力，就", "是一切"]);
        check("使用《注意力》", 6, &["使用", "《注意", "力》"]);
        check("共120层网络", 6, &["共", "120层", "网络"]);
        check("用BERT的GPT4模型", 7, &["用BERT", "的GPT4", "模型"]);
        check("https://example.org/long", 10, &["https://", "example.or", "g/long"]);
        check("", 10, &[""]);
        check("字", 1, &["字"]);
    }
}
