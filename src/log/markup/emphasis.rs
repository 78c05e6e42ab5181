//! Asterisks that CommonMark leaves unpaired or pairs wrongly.
//!
//! Bold text exported in fragments leaves `*` behind. Next to Chinese, CommonMark does not see where emphasis ends: it
//! reads `**注意：**这里` as having two opening marks.

use super::{Run, Style};
use crate::text::is_han;

/// A part of a paragraph.
#[derive(Debug, Clone, PartialEq)]
pub enum ParagraphPiece {
    /// Text and its style, excluding emphasis from asterisks. In `verbatim` text, asterisks and spaces are literal.
    Text { run: Run, verbatim: bool },
    /// (number of asterisks, whether they open emphasis): 1 for italic, 2 for bold.
    Mark(usize, bool),
    /// A line break, and the indentation of the next line in columns.
    Break(usize),
}

/// A sequence of asterisks.
#[derive(Debug, Clone, Copy)]
struct Stars {
    /// (piece index, byte offset) of the first asterisk.
    start: (usize, usize),
    /// (piece index, byte offset) just past the last asterisk.
    end: (usize, usize),
    /// The number of asterisks.
    length: usize,
    /// The char before; `None` at the start of a line.
    before: Option<char>,
    /// The char after; `None` at the end of a line.
    after: Option<char>,
}

impl Stars {
    /// Whether this is a literal asterisk: in a product, as in `3*3`, or between spaces.
    fn is_meant(&self) -> bool {
        let is_factor = |c: Option<char>| c.is_some_and(|c| c.is_ascii_alphanumeric() || matches!(c, '(' | ')'));
        let is_space = |c: Option<char>| c == Some(' ');
        let both = |is: &dyn Fn(Option<char>) -> bool| is(self.before) && is(self.after);
        self.length == 1 && (both(&is_factor) || both(&is_space))
    }
}

/// Removes every asterisk that was meant as a mark and styles the text it marks.
pub fn resolve(mut pieces: Vec<ParagraphPiece>) -> Vec<ParagraphPiece> {
    keep_products(&mut pieces);
    let is_plain = |piece: &ParagraphPiece| match piece {
        ParagraphPiece::Text { run, verbatim } => *verbatim || !run.text.contains('*'),
        ParagraphPiece::Mark(..) => false,
        ParagraphPiece::Break(_) => true,
    };
    if pieces.iter().all(is_plain) {
        return pieces;
    }
    let marks_too = stars(&pieces, true);
    if holds_han(&pieces)
        && let Some(pairs) = in_turn(&marks_too)
    {
        return apply(pieces, &marks_too, &pairs, false);
    }
    let mut left = stars(&pieces, false);
    left.retain(|stars| !stars.is_meant());
    let pairs = neighbours(&left);
    apply(pieces, &left, &pairs, true)
}

/// Turns an asterisk between two digits (`3*3`) back into text, even if CommonMark takes it for a mark. The other mark
/// of its pair becomes an unpaired asterisk.
fn keep_products(pieces: &mut [ParagraphPiece]) {
    let mut open = Vec::new();
    for at in 0..pieces.len() {
        match pieces[at] {
            ParagraphPiece::Mark(_, true) => open.push(at),
            ParagraphPiece::Mark(length, false) => {
                let Some(start) = open.pop().filter(|_| length == 1) else { continue };
                let products = [start, at].map(|at| is_product(pieces, at));
                if products.contains(&true) {
                    for (at, verbatim) in [start, at].into_iter().zip(products) {
                        let run = Run { text: "*".to_owned(), ..Run::default() };
                        pieces[at] = ParagraphPiece::Text { run, verbatim };
                    }
                }
            }
            _ => {}
        }
    }
}

fn is_product(pieces: &[ParagraphPiece], at: usize) -> bool {
    let text = |piece: Option<&ParagraphPiece>| match piece {
        Some(ParagraphPiece::Text { run, .. }) => run.text.clone(),
        _ => String::new(),
    };
    let (before, after) = (at.checked_sub(1).and_then(|at| pieces.get(at)), pieces.get(at + 1));
    text(before).ends_with(|c: char| c.is_ascii_digit()) && text(after).starts_with(|c: char| c.is_ascii_digit())
}

fn holds_han(pieces: &[ParagraphPiece]) -> bool {
    pieces.iter().any(|piece| matches!(piece, ParagraphPiece::Text { run, .. } if run.text.contains(is_han)))
}

/// The sequences of asterisks in text; with `marks` also those that CommonMark read as marks.
fn stars(pieces: &[ParagraphPiece], marks: bool) -> Vec<Stars> {
    let mut found: Vec<Stars> = Vec::new();
    let (mut before, mut is_open) = (None, false);
    for (index, piece) in pieces.iter().enumerate() {
        match piece {
            ParagraphPiece::Mark(length, _) if marks => {
                let start = (index, 0);
                lengthen(&mut found, is_open, Stars { start, end: start, length: *length, before, after: None });
                is_open = true;
            }
            ParagraphPiece::Mark(..) => {}
            ParagraphPiece::Break(_) => (before, is_open) = (None, false),
            ParagraphPiece::Text { run, verbatim } => {
                for (at, c) in run.text.char_indices() {
                    if c == '*' && !verbatim {
                        let (start, end) = ((index, at), (index, at + 1));
                        lengthen(&mut found, is_open, Stars { start, end, length: 1, before, after: None });
                        is_open = true;
                        continue;
                    }
                    if let Some(last) = found.last_mut().filter(|_| is_open) {
                        last.after = Some(c);
                    }
                    (before, is_open) = (Some(c), false);
                }
            }
        }
    }
    found
}

/// Extends the open sequence, or starts a new one.
fn lengthen(found: &mut Vec<Stars>, is_open: bool, stars: Stars) {
    match found.last_mut().filter(|_| is_open) {
        Some(last) => (last.end, last.length) = (stars.end, last.length + stars.length),
        None => found.push(stars),
    }
}

/// Pairs the first mark with the second, the third with the fourth and so on, as (opening index, closing index), if all
/// pairs have equal lengths and no space inside. In Chinese text, this is usually what the user meant.
fn in_turn(stars: &[Stars]) -> Option<Vec<(usize, usize)>> {
    let is_space = |c: Option<char>| c.is_none_or(char::is_whitespace);
    let fits = |pair: &[Stars]| match pair {
        [open, close] => open.length == close.length && !is_space(open.after) && !is_space(close.before),
        _ => false,
    };
    let works = !stars.iter().any(Stars::is_meant) && stars.chunks(2).all(fits);
    works.then(|| (0..stars.len() / 2).map(|pair| (2 * pair, 2 * pair + 1)).collect())
}

/// Pairs left-over neighbours of the same length, as (opening index, closing index).
fn neighbours(stars: &[Stars]) -> Vec<(usize, usize)> {
    let mut pairs = Vec::new();
    let mut at = 0;
    while at + 1 < stars.len() {
        let is_pair = stars[at].length == stars[at + 1].length;
        pairs.extend(is_pair.then_some((at, at + 1)));
        at += if is_pair { 2 } else { 1 };
    }
    pairs
}

/// Removes the asterisks in `gone` and styles the text between the pairs; with `marks` also the text between
/// CommonMark's marks.
fn apply(pieces: Vec<ParagraphPiece>, gone: &[Stars], pairs: &[(usize, usize)], marks: bool) -> Vec<ParagraphPiece> {
    let mut depth = OpenEmphasis::default();
    let mut out = Vec::with_capacity(pieces.len() + 2 * gone.len());
    let mut next = 0;
    for (index, piece) in pieces.into_iter().enumerate() {
        let (run, verbatim) = match piece {
            ParagraphPiece::Text { run, verbatim } => (run, verbatim),
            ParagraphPiece::Mark(length, begins) => {
                if marks {
                    depth.turn(length, begins);
                } else if gone.get(next).is_some_and(|stars| stars.start.0 == index) {
                    depth.pass(next, gone, pairs);
                    next += 1;
                }
                continue;
            }
            ParagraphPiece::Break(_) => {
                out.push(piece);
                continue;
            }
        };
        let mut at = 0;
        let mut rest = |range: std::ops::Range<usize>, depth: &OpenEmphasis| {
            if let Some(text) = run.text.get(range).filter(|text| !text.is_empty()) {
                let run = Run { text: text.to_owned(), style: depth.over(run.style), link: run.link.clone() };
                out.push(ParagraphPiece::Text { run, verbatim });
            }
        };
        // The last sequence may have begun in an earlier piece and end in this one.
        if let Some(stars) = next.checked_sub(1).map(|last| gone[last]).filter(|last| last.start.0 < index) {
            if stars.end.0 == index {
                at = stars.end.1;
            } else if stars.end.0 > index {
                continue;
            }
        }
        while let Some(stars) = gone.get(next).filter(|stars| stars.start.0 == index) {
            rest(at..stars.start.1, &depth);
            depth.pass(next, gone, pairs);
            next += 1;
            at = if stars.end.0 == index { stars.end.1 } else { run.text.len() };
        }
        rest(at..run.text.len(), &depth);
    }
    out
}

/// How many italic and bold marks are open.
#[derive(Debug, Default)]
struct OpenEmphasis {
    italic: usize,
    bold: usize,
}

impl OpenEmphasis {
    fn turn(&mut self, length: usize, begins: bool) {
        let step = |open: &mut usize| *open = if begins { *open + 1 } else { open.saturating_sub(1) };
        if length % 2 == 1 {
            step(&mut self.italic);
        }
        if length >= 2 {
            step(&mut self.bold);
        }
    }

    /// Passes a sequence of asterisks: the first of a pair opens emphasis, and the second closes it.
    fn pass(&mut self, index: usize, gone: &[Stars], pairs: &[(usize, usize)]) {
        let at = pairs.partition_point(|&(_, end)| end < index);
        match pairs.get(at) {
            Some(&(start, _)) if start == index => self.turn(gone[index].length, true),
            Some(&(_, end)) if end == index => self.turn(gone[index].length, false),
            _ => {}
        }
    }

    fn over(&self, style: Style) -> Style {
        Style { italic: style.italic || self.italic > 0, bold: style.bold || self.bold > 0, ..style }
    }
}
