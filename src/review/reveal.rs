//! In which order a summary is revealed: what introduces it, point by point, the conclusion,
//! the figures.
//!
//! It works on the lines of the source. Steps are spans of them, in **bytes** of the body;
//! together they hold everything but blank lines, and no two overlap.

use std::ops::Range;

/// One step of the revealing.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Step {
    /// What is revealed.
    pub kind: StepKind,
    /// Where it stands, in bytes of the body, in order. Only figures have several.
    pub spans: Vec<Range<usize>>,
}

/// What a step reveals. They come in this order.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum StepKind {
    /// The text before the first point.
    Lead,
    /// A numbered point; in a summary without numbers, or after the points, a paragraph.
    Point,
    /// What it comes to.
    Conclusion,
    /// All figures with the lines that introduce them.
    Figures,
}

/// Words with which a conclusion begins, in lower case.
const CONCLUSIONS: [&str; 12] = [
    "总体上",
    "总体来",
    "总体而",
    "总的来",
    "总之",
    "综上",
    "总结",
    "overall",
    "in summary",
    "in conclusion",
    "to sum up",
    "conclusion",
];

/// The steps in which a body is revealed. A body of blank lines has none.
pub fn steps(body: &str) -> Vec<Step> {
    let pieces = pieces(body);
    let has_points = pieces.iter().any(|piece| piece.kind == Piece::Numbered);
    let mut steps: Vec<Step> = Vec::new();
    let mut figures = Vec::new();
    let mut before_points = has_points;
    for (at, piece) in pieces.iter().enumerate() {
        let introduces = || pieces.get(at + 1).is_some_and(|next| next.kind == Piece::Figure);
        before_points &= piece.kind != Piece::Numbered;
        let kind = match piece.kind {
            Piece::Figure => StepKind::Figures,
            Piece::Text if is_caption(&body[piece.span.clone()]) && introduces() => StepKind::Figures,
            Piece::Text if is_conclusion(&body[piece.span.clone()]) => StepKind::Conclusion,
            Piece::Text if before_points => StepKind::Lead,
            Piece::Text | Piece::Numbered => StepKind::Point,
        };
        match steps.last_mut() {
            _ if kind == StepKind::Figures => figures.push(piece.span.clone()),
            // What introduces the points is read at once, in however many paragraphs.
            Some(last) if kind == StepKind::Lead && last.kind == StepKind::Lead => last.spans.push(piece.span.clone()),
            _ => steps.push(Step { kind, spans: vec![piece.span.clone()] }),
        }
    }
    steps.sort_by_key(|step| step.kind);
    if !figures.is_empty() {
        steps.push(Step { kind: StepKind::Figures, spans: figures });
    }
    steps
}

/// The first line that says something: when and by whom the paper was published, as a rule.
pub fn first_line(body: &str) -> &str {
    body.lines().map(str::trim).find(|line| !line.is_empty()).unwrap_or_default()
}

/// What the summary comes to, if it says so.
pub fn conclusion(body: &str) -> Option<&str> {
    let step = steps(body).into_iter().find(|step| step.kind == StepKind::Conclusion)?;
    Some(body[step.spans.first()?.clone()].trim())
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Piece {
    /// A paragraph, or a block of code.
    Text,
    /// A numbered point with all that belongs to it.
    Numbered,
    /// A paragraph with a picture.
    Figure,
}

struct Part {
    kind: Piece,
    span: Range<usize>,
}

/// Cuts a body into paragraphs and numbered points.
fn pieces(body: &str) -> Vec<Part> {
    let base = body.lines().filter(|line| !line.trim().is_empty()).map(indent).min().unwrap_or(0);
    let mut parts: Vec<Part> = Vec::new();
    let mut at = 0;
    let (mut blank_before, mut fenced) = (true, false);
    for line in body.split_inclusive('\n') {
        let span = at..at + line.len();
        at = span.end;
        if line.trim().is_empty() {
            blank_before = true;
            continue;
        }
        let in_fence = fenced;
        fenced ^= line.trim_start().starts_with("```") || line.trim_start().starts_with("~~~");
        let outermost = indent(line) <= base + 1;
        let kind = match () {
            () if in_fence => Piece::Text,
            () if line.contains("<img") || line.contains("![") => Piece::Figure,
            () if outermost && is_numbered(line.trim_start()) => Piece::Numbered,
            () => Piece::Text,
        };
        match parts.last_mut() {
            Some(last) if continues(last.kind, kind, blank_before, outermost, in_fence) => last.span.end = span.end,
            _ => parts.push(Part { kind, span }),
        }
        blank_before = false;
    }
    parts
}

/// Whether a line belongs to the part before it.
fn continues(last: Piece, line: Piece, blank_before: bool, outermost: bool, in_fence: bool) -> bool {
    match (last, line) {
        _ if in_fence => true,
        (_, Piece::Numbered) => false,
        // What is indented under a point belongs to it, a picture only when it is part of its text.
        (Piece::Numbered, Piece::Text) => !blank_before || !outermost,
        (Piece::Numbered, Piece::Figure) => false,
        (Piece::Figure, Piece::Figure) | (Piece::Text, Piece::Text) => !blank_before,
        (Piece::Figure, Piece::Text) | (Piece::Text, Piece::Figure) => false,
    }
}

/// Columns of white space before a line's text; a tab counts as four.
fn indent(line: &str) -> usize {
    line.chars().take_while(|c| c.is_whitespace()).map(|c| if c == '\t' { 4 } else { 1 }).sum()
}

/// `1.`, `1)`, `1、`, `1，`, `（1）`, `①`.
fn is_numbered(line: &str) -> bool {
    let line = line.strip_prefix(['(', '（']).unwrap_or(line);
    let rest = line.trim_start_matches(|c: char| c.is_ascii_digit());
    let after = rest.strip_prefix(['.', ')', '、', '）', '．', ',', '，']);
    // `3.5` and `3,000` are no points, `3.本文` is.
    (1..=3).contains(&(line.len() - rest.len()))
        && after.is_some_and(|rest| !rest.starts_with(|c: char| c.is_ascii_digit()))
        || line.starts_with(|c| ('①'..='⑳').contains(&c))
}

fn is_conclusion(text: &str) -> bool {
    let text = text.trim_start().trim_start_matches(['*', '_', '#', '>', ' ']).to_lowercase();
    CONCLUSIONS.iter().any(|word| text.starts_with(word))
}

/// A line above a picture introduces it when it is one line that ends in a colon.
fn is_caption(text: &str) -> bool {
    let text = text.trim().trim_end_matches(['*', '_']);
    !text.contains('\n') && text.ends_with([':', '：'])
}
