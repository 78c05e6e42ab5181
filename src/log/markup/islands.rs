//! Parts of a source that Markdown must not look into: figures and formulas.
//!
//! They are covered with filler of the same length before CommonMark reads the source, so
//! that a tag opens no HTML block, which would swallow the lines below, the underscores of
//! a formula become no emphasis, and no offset moves.

use std::ops::Range;

use memchr::memchr_iter;

use super::is_han;
use crate::log::Figure;

/// A part of the source.
#[derive(Debug, Clone, PartialEq)]
pub struct Island {
    /// Bytes of the source.
    pub span: Range<usize>,
    /// What it is.
    pub kind: Kind,
}

/// What must not be looked into.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// A figure, as an index into the figures of the entry.
    Figure(usize),
    /// A formula within a line.
    Formula,
    /// A line of a formula that stands on lines of its own.
    FormulaLine,
    /// The title above a body that hangs under it.
    Title,
}

/// The islands of a source that begins at `base` of its file, in order, none in another.
pub fn find(source: &str, base: usize, figures: &[Figure]) -> Vec<Island> {
    let here = |(index, figure): (usize, &Figure)| {
        let span = figure.span.start.checked_sub(base)?..figure.span.end.checked_sub(base)?;
        source.get(span.clone())?;
        Some(Island { span, kind: Kind::Figure(index) })
    };
    let mut islands: Vec<Island> = figures.iter().enumerate().filter_map(here).collect();
    let figures = islands.len();
    for (span, kind) in formulas(source) {
        let at = islands[..figures].partition_point(|island| island.span.end <= span.start);
        if islands[..figures].get(at).is_none_or(|island| island.span.start >= span.end) {
            islands.push(Island { span, kind });
        }
    }
    islands.sort_by_key(|island| island.span.start);
    islands
}

/// The source with filler where the islands are.
pub fn cover(source: &str, islands: &[Island]) -> String {
    let mut covered = String::with_capacity(source.len());
    let mut at = 0;
    for Island { span, .. } in islands {
        covered.push_str(&source[at..span.start]);
        covered.extend(std::iter::repeat_n('x', span.len()));
        at = span.end;
    }
    covered.push_str(&source[at..]);
    covered
}

/// The formulas: `$…$` within a line, `$$…$$` within a line, and the lines between two that
/// are only `$$`, each by itself.
fn formulas(source: &str) -> Vec<(Range<usize>, Kind)> {
    if !source.contains('$') {
        return Vec::new();
    }
    let mut found = Vec::new();
    let mut display: Option<Vec<(Range<usize>, Kind)>> = None;
    let mut start = 0;
    for line in source.split_inclusive('\n') {
        let text = line.trim();
        let indent = line.len() - line.trim_start().len();
        let whole = (start + indent..start + indent + text.len(), Kind::FormulaLine);
        match &mut display {
            Some(lines) => {
                lines.extend((!text.is_empty()).then_some(whole));
                if text.ends_with("$$") {
                    found.append(lines);
                    display = None;
                } else if text.is_empty() {
                    // A formula has no blank line: this was none.
                    display = None;
                }
            }
            None if text == "$$" => display = Some(vec![whole]),
            None => in_line(line, start, &mut found),
        }
        start += line.len();
    }
    found
}

/// The formulas within a line that begins at `base`.
fn in_line(line: &str, base: usize, found: &mut Vec<(Range<usize>, Kind)>) {
    let bytes = line.as_bytes();
    let mut open: Option<(usize, usize)> = None;
    let mut end = 0;
    for at in memchr_iter(b'$', bytes) {
        if at < end || line[..at].ends_with('\\') {
            continue;
        }
        let length = if bytes.get(at + 1) == Some(&b'$') { 2 } else { 1 };
        end = at + length;
        match open {
            Some((start, marks)) if marks == length && is_formula(&line[start + marks..at], &line[end..]) => {
                found.push((base + start..base + end, Kind::Formula));
                open = None;
            }
            _ => open = may_open(&line[..at], &line[end..]).then_some((at, length)),
        }
    }
}

fn may_open(before: &str, after: &str) -> bool {
    !before.ends_with(|c: char| c.is_ascii_alphanumeric() || "/=?&.".contains(c))
        && after.starts_with(|c: char| !c.is_whitespace())
}

/// Whether what stands between dollar signs is a formula and not prose between two prices.
fn is_formula(inside: &str, after: &str) -> bool {
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
    }
}
