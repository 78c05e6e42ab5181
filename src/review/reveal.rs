//! The steps in which a summary is revealed during a review: the introduction, each point, the conclusion,
//! the figures.
//!
//! Works on source lines. Steps are **byte** ranges of the body; they do not overlap, and together cover everything
//! but blank lines.

use std::ops::Range;

/// One step.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Step {
    /// What is revealed.
    pub kind: StepKind,
    /// Byte ranges in the body, ascending. The introduction and the figures may have several.
    pub spans: Vec<Range<usize>>,
}

/// The kind of a step, in the order in which steps are revealed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum StepKind {
    /// The text before the first point.
    Lead,
    /// A numbered point; also a paragraph after the first point, or any paragraph if there are no points.
    Point,
    /// The concluding paragraph.
    Conclusion,
    /// All figures with the lines that introduce them.
    Figures,
}

/// Phrases that start a conclusion, in lower case.
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

/// Splits a body into steps. A blank body has none.
pub fn steps(body: &str) -> Vec<Step> {
    let pieces = pieces(body);
    let has_points = pieces.iter().any(|piece| piece.kind == BodyPartKind::Numbered);
    let mut steps: Vec<Step> = Vec::new();
    let mut figures = Vec::new();
    let mut before_points = has_points;
    for (at, piece) in pieces.iter().enumerate() {
        let introduces = || pieces.get(at + 1).is_some_and(|next| next.kind == BodyPartKind::Figure);
        before_points &= piece.kind != BodyPartKind::Numbered;
        let kind = match piece.kind {
            BodyPartKind::Figure => StepKind::Figures,
            BodyPartKind::Text if is_caption(&body[piece.span.clone()]) && introduces() => StepKind::Figures,
            BodyPartKind::Text if is_conclusion(&body[piece.span.clone()]) => StepKind::Conclusion,
            BodyPartKind::Text if before_points => StepKind::Lead,
            BodyPartKind::Text | BodyPartKind::Numbered => StepKind::Point,
        };
        match steps.last_mut() {
            _ if kind == StepKind::Figures => figures.push(piece.span.clone()),
            // The introduction is shown at once, even if it has several paragraphs.
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

/// The first sentence that says something about the paper. Skips list markers, and openings such as
/// `2031.5 Google 的一篇文章，要点：`, which give only date and publisher.
pub fn point(body: &str) -> &str {
    let mut lines = body.lines().map(without_marker).filter(|line| !line.is_empty());
    let Some(first) = lines.next() else { return "" };
    let own = if introduces(first) { None } else { beyond_formula(first) };
    let says = |line: &&str| !introduces(line) && !line.starts_with(['<', '!']) && !is_conclusion(line);
    sentence(own.or_else(|| lines.find(says)).unwrap_or(first))
}

/// The line without indentation and list marker (`1. `, `2）`, `- `).
fn without_marker(line: &str) -> &str {
    let line = line.trim();
    let digits = line.trim_start_matches(|c: char| c.is_ascii_digit());
    let numbered = digits.strip_prefix(['.', ')', '、', '，', '）']).filter(|_| line.len() - digits.len() <= 2);
    let numbered = numbered.filter(|rest| digits.len() < line.len() && !rest.starts_with(|c: char| c.is_ascii_digit()));
    let bulleted = || ["- ", "* ", "+ "].iter().find_map(|mark| line.strip_prefix(mark));
    numbered.or_else(bulleted).unwrap_or(line).trim()
}

/// Whether a line only introduces what follows: it ends in a colon.
fn introduces(line: &str) -> bool {
    line.trim_end_matches(['*', '_', ' ']).ends_with([':', '：'])
}

/// The line without a first clause that gives only date and publisher; `None` if nothing is left.
fn beyond_formula(line: &str) -> Option<&str> {
    let (clause, rest) = line.split_once(['，', ',', '。']).unwrap_or((line, ""));
    let names_a_paper = ["文章", "工作", "论文", "paper"].iter().any(|word| clause.contains(word));
    let is_dated = clause.starts_with(|c: char| c.is_ascii_digit());
    let is_formula = is_dated && (names_a_paper || clause.chars().all(|c| !c.is_alphabetic() || "年月日".contains(c)));
    match is_formula {
        true => Some(rest.trim()).filter(|rest| length(rest) >= FEWEST_TO_SAY),
        false => Some(line),
    }
}

/// The first sentence of a line; the whole line if that sentence is too short.
fn sentence(line: &str) -> &str {
    let end = line.find(['。', '！', '？']).or_else(|| line.find(". "));
    let first = end.map_or(line, |end| &line[..end]);
    if length(first) >= FEWEST_TO_SAY { first } else { line }
}

/// Texts shorter than this, as counted by [`length`], say nothing about a paper.
const FEWEST_TO_SAY: usize = 12;

/// The length of a text: an ASCII char counts as one, any other char as two.
fn length(text: &str) -> usize {
    text.chars().map(|c| if c.is_ascii() { 1 } else { 2 }).sum()
}

/// The conclusion of a summary, if it has one.
pub(crate) fn conclusion(body: &str) -> Option<&str> {
    let step = steps(body).into_iter().find(|step| step.kind == StepKind::Conclusion)?;
    Some(body[step.spans.first()?.clone()].trim())
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum BodyPartKind {
    /// A paragraph or code block.
    Text,
    /// A numbered point with everything that belongs to it.
    Numbered,
    /// A paragraph with a picture.
    Figure,
}

struct BodyPart {
    kind: BodyPartKind,
    span: Range<usize>,
}

/// Splits a body into paragraphs and numbered points.
fn pieces(body: &str) -> Vec<BodyPart> {
    let base = body.lines().filter(|line| !line.trim().is_empty()).map(indent).min().unwrap_or(0);
    let mut parts: Vec<BodyPart> = Vec::new();
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
            () if in_fence => BodyPartKind::Text,
            () if line.contains("<img") || line.contains("![") => BodyPartKind::Figure,
            () if outermost && is_numbered(line.trim_start()) => BodyPartKind::Numbered,
            () => BodyPartKind::Text,
        };
        match parts.last_mut() {
            Some(last) if continues(last.kind, kind, blank_before, outermost, in_fence) => last.span.end = span.end,
            _ => parts.push(BodyPart { kind, span }),
        }
        blank_before = false;
    }
    parts
}

/// Whether a line continues the previous part. `last` and `line` are the kinds of both; `outermost`: the line is not
/// indented.
fn continues(last: BodyPartKind, line: BodyPartKind, blank_before: bool, outermost: bool, in_fence: bool) -> bool {
    match (last, line) {
        _ if in_fence => true,
        (_, BodyPartKind::Numbered) => false,
        // Indented lines belong to the point above, even after a blank line.
        (BodyPartKind::Numbered, BodyPartKind::Text) => !blank_before || !outermost,
        (BodyPartKind::Numbered, BodyPartKind::Figure) => false,
        (BodyPartKind::Figure, BodyPartKind::Figure) | (BodyPartKind::Text, BodyPartKind::Text) => !blank_before,
        (BodyPartKind::Figure, BodyPartKind::Text) | (BodyPartKind::Text, BodyPartKind::Figure) => false,
    }
}

/// The width of leading white space in columns; a tab counts as four.
fn indent(line: &str) -> usize {
    line.chars().take_while(|c| c.is_whitespace()).map(|c| if c == '\t' { 4 } else { 1 }).sum()
}

/// Whether a line starts with a number: `1.`, `1)`, `1、`, `1，`, `（1）`, `①`.
fn is_numbered(line: &str) -> bool {
    let line = line.strip_prefix(['(', '（']).unwrap_or(line);
    let rest = line.trim_start_matches(|c: char| c.is_ascii_digit());
    let after = rest.strip_prefix(['.', ')', '、', '）', '．', ',', '，']);
    // `3.5` and `3,000` are not list numbers, `3.本文` is.
    (1..=3).contains(&(line.len() - rest.len()))
        && after.is_some_and(|rest| !rest.starts_with(|c: char| c.is_ascii_digit()))
        || line.starts_with(|c| ('①'..='⑳').contains(&c))
}

fn is_conclusion(text: &str) -> bool {
    let text = text.trim_start().trim_start_matches(['*', '_', '#', '>', ' ']).to_lowercase();
    CONCLUSIONS.iter().any(|word| text.starts_with(word))
}

/// Whether text above a picture introduces it: a single line that ends in a colon.
fn is_caption(text: &str) -> bool {
    let text = text.trim().trim_end_matches(['*', '_']);
    !text.contains('\n') && text.ends_with([':', '：'])
}
