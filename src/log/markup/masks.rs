//! Spans that Markdown must not parse: figures, formulas, inline HTML, wiki links and the like.
//!
//! They are masked with filler of the same length before CommonMark reads the source. Otherwise a tag would open an
//! HTML block that swallows the lines below, and underscores in a formula would become emphasis. Offsets stay the same.

use std::ops::Range;

use memchr::memchr2_iter;

use super::offset_map::OffsetMap;
use super::tags::{self, InlineSign};
use crate::log::FigurePlace;
use crate::text::is_han;

/// A masked span of the source.
#[derive(Debug, Clone, PartialEq)]
pub struct Mask {
    /// Bytes of the source.
    pub span: Range<usize>,
    /// What was masked.
    pub kind: MaskKind,
}

/// What was masked.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum MaskKind {
    /// A figure, as an index into the figures of the entry.
    Figure(usize),
    /// A formula within a line.
    Formula,
    /// A line of a display formula.
    FormulaLine,
    /// The title above an indented body.
    Title,
    /// A label, such as a table column's name.
    Label,
    /// Syntax that is not Markdown, such as inline HTML or a wiki link.
    Sign(InlineSign),
}

/// Finds what to mask in `source`, which starts at byte `start` of a text. The masks are in order and do not overlap.
/// `labels` are byte ranges in that text.
pub fn find(
    source: &str,
    start: usize,
    offsets: &OffsetMap,
    figures: &[FigurePlace],
    labels: &[Range<usize>],
) -> Vec<Mask> {
    let here = |span: Range<usize>| {
        let span = span.start.checked_sub(start)?..span.end.checked_sub(start)?;
        source.get(span.clone()).map(|_| span)
    };
    let figure = |(index, figure): (usize, &FigurePlace)| {
        let first = offsets.to_text(figure.span.start())?;
        Some(Mask { span: here(first..first + figure.span.range().len())?, kind: MaskKind::Figure(index) })
    };
    let mut masks: Vec<Mask> = figures.iter().enumerate().filter_map(figure).collect();
    let labels = labels.iter().filter_map(|label| here(label.clone()));
    add(&mut masks, labels.map(|span| Mask { span, kind: MaskKind::Label }));
    add(&mut masks, formulas(source).into_iter().map(|(span, kind)| Mask { span, kind }));
    add(&mut masks, tags::find(source).into_iter().map(|(span, sign)| Mask { span, kind: MaskKind::Sign(sign) }));
    masks
}

/// Adds masks that overlap none of the existing ones.
fn add(masks: &mut Vec<Mask>, more: impl Iterator<Item = Mask>) {
    let known = masks.len();
    for mask in more {
        let at = masks[..known].partition_point(|other| other.span.end <= mask.span.start);
        if masks[..known].get(at).is_none_or(|other| other.span.start >= mask.span.end) {
            masks.push(mask);
        }
    }
    if masks.len() > known {
        masks.sort_by_key(|mask| mask.span.start);
    }
}

/// The source with each masked span replaced by filler of the same length.
pub fn mask(source: &str, masks: &[Mask]) -> String {
    let mut masked = String::with_capacity(source.len());
    let mut at = 0;
    for Mask { span, .. } in masks {
        masked.push_str(&source[at..span.start]);
        masked.extend(std::iter::repeat_n('x', span.len()));
        at = span.end;
    }
    masked.push_str(&source[at..]);
    masked
}

/// The formulas: `$…$`, `$$…$$` and `\(…\)` within a line; and display formulas between `$$`, or `\[` and `\]`, one
/// span per line.
fn formulas(source: &str) -> Vec<(Range<usize>, MaskKind)> {
    if !source.contains('$') && !source.contains("\\(") && !source.contains("\\[") {
        return Vec::new();
    }
    let mut found = Vec::new();
    let mut display: Option<Display> = None;
    let mut start = 0;
    for line in source.split_inclusive('\n') {
        let end = start + line.trim_end().len();
        let mut from = start + line.len() - line.trim_start_matches([' ', '\t', '>']).len();
        let text = &source[from.min(end)..end];
        let is_over = text.is_empty() || text.starts_with("```") || text.starts_with("~~~");
        // A formula cannot contain a blank line or a fence, so this was not one.
        if let Some(none) = display.take_if(|_| is_over) {
            none.lines.into_iter().for_each(|line| drop(in_line(source, line, &mut found)));
        }
        if let Some(formula) = &mut display {
            let closing = find_unescaped(text, formula.closing);
            let closed = closing.map_or(end, |at| from + at + formula.closing.len());
            formula.lines.push(from..closed);
            from = closed;
            if closing.is_some() {
                let lines = display.take().map(|formula| formula.lines).unwrap_or_default();
                found.extend(lines.into_iter().map(|line| (line, MaskKind::FormulaLine)));
            }
        }
        if display.is_none() && from < end {
            display = in_line(source, from..end, &mut found);
        }
        start += line.len();
    }
    if let Some(none) = display {
        none.lines.into_iter().for_each(|line| drop(in_line(source, line, &mut found)));
    }
    found
}

/// A display formula that is still open.
struct Display {
    /// The closing delimiter.
    closing: &'static str,
    lines: Vec<Range<usize>>,
}

impl Display {
    fn new(closing: &'static str, first: Range<usize>) -> Self {
        Self { closing, lines: Vec::from([first]) }
    }
}

/// The byte offset of the first occurrence of a sign that is not escaped.
fn find_unescaped(text: &str, sign: &str) -> Option<usize> {
    text.match_indices(sign).map(|(at, _)| at).find(|&at| !is_escaped(text, at))
}

fn is_escaped(text: &str, at: usize) -> bool {
    (text.len() - text[at..].len() - text[..at].trim_end_matches('\\').len()) % 2 == 1
}

/// Adds the formulas within a part of a line to `found`. Returns a display formula that stays open.
fn in_line(source: &str, part: Range<usize>, found: &mut Vec<(Range<usize>, MaskKind)>) -> Option<Display> {
    let (line, base) = (&source[part.clone()], part.start);
    let bytes = line.as_bytes();
    let mut open: Option<(usize, usize)> = None;
    let (mut end, mut absent) = (0, [false; 2]);
    for at in memchr2_iter(b'$', b'\\', bytes) {
        if at < end {
            continue;
        }
        let length = match bytes[at..] {
            [b'$', b'$', ..] => 2,
            [b'$', ..] => 1,
            [_, opening @ (b'(' | b'['), ..] => {
                let (closing, is_absent) =
                    if opening == b'(' { ("\\)", &mut absent[0]) } else { ("\\]", &mut absent[1]) };
                // If a search finds no closing delimiter, there is none further on either.
                let inside = if *is_absent { None } else { find_unescaped(&line[at + 2..], closing) };
                *is_absent = inside.is_none();
                match inside {
                    Some(inside) if inside > 0 => {
                        end = at + 2 + inside + closing.len();
                        found.push((base + at..base + end, MaskKind::Formula));
                        open = None;
                    }
                    None if opening == b'[' => return Some(Display::new(closing, base + at..part.end)),
                    _ => {}
                }
                continue;
            }
            _ => {
                // Skip the escaped char.
                end = at + 2;
                continue;
            }
        };
        end = at + length;
        match open {
            Some((start, marks)) if marks == length && is_formula(&line[start + marks..at], &line[end..], marks) => {
                found.push((base + start..base + end, MaskKind::Formula));
                open = None;
            }
            _ => open = may_open(&line[..at], &line[end..], length).then_some((at, length)),
        }
    }
    let (start, _) = open.filter(|&(_, marks)| marks == 2)?;
    Some(Display::new("$$", base + start..part.end))
}

fn may_open(before: &str, after: &str, marks: usize) -> bool {
    !before.ends_with(|c: char| c.is_ascii_alphanumeric() || "/=?&.".contains(c))
        && (marks == 2 || after.starts_with(|c: char| !c.is_whitespace()))
}

/// Whether the text between dollar signs is a formula, rather than prose between two prices.
fn is_formula(inside: &str, after: &str, marks: usize) -> bool {
    if marks == 2 {
        return !inside.trim().is_empty();
    }
    let says_something = inside.contains(|c: char| c.is_ascii_alphabetic() || c == '\\');
    says_something
        && !inside.ends_with(char::is_whitespace)
        && !after.starts_with(|c: char| c.is_ascii_digit())
        && (inside.contains('\\') || !inside.contains(is_han))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(source: &str, wanted: &[&str]) {
        let found: Vec<&str> = formulas(source).into_iter().map(|(span, _)| &source[span]).collect();
        assert_eq!(found, wanted, "{source}");
    }

    #[test]
    fn formulas_are_told_from_prices() {
        check("令$a_i*b_i$，$$x^2$$和 $\\text{损失}$。", &["$a_i*b_i$", "$$x^2$$", "$\\text{损失}$"]);
        check("from $5 to $6, 花了$3，省$b元$ a\\$b\\$ $ a $ http://a.b/?$x$", &[]);
        check("a\n$$\nx_1\n$$\nb", &["$$", "x_1", "$$"]);
        check("$$\nx\n\ny\n$$", &[]);
        check("$$ a*b*c $$", &["$$ a*b*c $$"]);
        check("so $$ a*b\n*c $$ and $d$", &["$$ a*b", "*c $$", "$d$"]);
        check("> $$\n> a*b\n> $$\nb", &["$$", "a*b", "$$"]);
        check("\\(a*b\\) \\[c*d\\] \\\\(e\\)", &["\\(a*b\\)", "\\[c*d\\]"]);
        check("\\[\na*b\n\\]\nb", &["\\[", "a*b", "\\]"]);
        check("echo $$\n```\n$a$ and $$\n", &["$a$"]);
        check("$$\n$a$ x\n\n", &["$a$"]);
    }
}
