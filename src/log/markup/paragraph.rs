//! A paragraph in progress: text, CommonMark's emphasis marks and line breaks, which finally become lines of runs.

use super::emphasis::{self, ParagraphPiece};
use super::{Line, Link, Run, Style, Text, scan};

/// The pieces of a paragraph.
#[derive(Debug, Default)]
pub struct Paragraph {
    pieces: Vec<ParagraphPiece>,
    /// The indentation of the first line, in columns.
    indent: usize,
    /// The index of the first piece on the current line.
    line: usize,
}

impl Paragraph {
    /// Adds text, joined to the last piece if both are of the same kind.
    pub fn text(&mut self, text: &str, style: Style, link: Option<&Link>, verbatim: bool) {
        match self.pieces.last_mut() {
            _ if text.is_empty() => {}
            Some(ParagraphPiece::Text { run, verbatim: kind })
                if *kind == verbatim && run.style == style && run.link.as_ref() == link =>
            {
                run.text.push_str(text);
            }
            _ => self.pieces.push(ParagraphPiece::Text {
                run: Run { text: text.to_owned(), style, link: link.cloned() },
                verbatim,
            }),
        }
    }

    /// Adds asterisks that open or close emphasis.
    pub fn mark(&mut self, length: usize, begins: bool) {
        self.pieces.push(ParagraphPiece::Mark(length, begins));
    }

    /// Ends the line; the next one is indented by `indent` columns.
    pub fn end_line(&mut self, indent: usize) {
        self.pieces.push(ParagraphPiece::Break(indent));
        self.line = self.pieces.len();
    }

    /// Indents the current line, if it is still empty.
    pub fn indent(&mut self, columns: usize) {
        match self.pieces.last_mut() {
            None => self.indent = columns,
            Some(ParagraphPiece::Break(indent)) => *indent = columns,
            _ => {}
        }
    }

    /// Drops everything up to and including the first line break.
    pub fn drop_first_line(&mut self) {
        let end = self.pieces.iter().position(|piece| matches!(piece, ParagraphPiece::Break(_)));
        self.line = self.line.saturating_sub(end.map_or(self.line, |end| end + 1));
        self.indent = match self.pieces.drain(..end.map_or(self.pieces.len(), |end| end + 1)).next_back() {
            Some(ParagraphPiece::Break(indent)) => indent,
            _ => 0,
        };
    }

    /// The last char of the current line.
    pub fn last(&self) -> Option<char> {
        let mut texts = self.pieces.iter().rev().filter(|piece| !matches!(piece, ParagraphPiece::Mark(..)));
        match texts.next() {
            Some(ParagraphPiece::Text { run, .. }) => run.text.chars().next_back(),
            _ => None,
        }
    }

    /// The text of the current line.
    pub fn current_line(&self) -> String {
        self.line().collect()
    }

    /// The first chars of the current line, enough to recognise a marker.
    pub fn line_start(&self) -> String {
        self.line().flat_map(str::chars).take(64).collect()
    }

    fn line(&self) -> impl Iterator<Item = &str> {
        self.pieces[self.line..].iter().filter_map(|piece| match piece {
            ParagraphPiece::Text { run, .. } => Some(run.text.as_str()),
            _ => None,
        })
    }

    /// Whether nothing was added.
    pub fn is_empty(&self) -> bool {
        self.pieces.is_empty()
    }

    /// The lines verbatim.
    pub fn code(self) -> Vec<String> {
        let mut lines = vec![String::new()];
        for piece in self.pieces {
            match (piece, lines.last_mut()) {
                (ParagraphPiece::Text { run, .. }, Some(line)) => line.push_str(&run.text),
                (ParagraphPiece::Break(_), _) => lines.push(String::new()),
                _ => {}
            }
        }
        while lines.last().is_some_and(|line| line.trim().is_empty()) {
            lines.pop();
        }
        lines
    }

    /// The lines that are not empty, with markers and links recognised.
    pub fn lines(self) -> Vec<Line> {
        let mut lines = vec![Line { indent: self.indent, ..Line::default() }];
        for piece in emphasis::resolve(self.pieces) {
            match (piece, lines.last_mut()) {
                (ParagraphPiece::Text { run, verbatim }, Some(line)) => add(&mut line.text, run, verbatim),
                (ParagraphPiece::Break(indent), _) => lines.push(Line { indent, ..Line::default() }),
                _ => {}
            }
        }
        for line in &mut lines {
            trim(&mut line.text);
            line.marker = take_marker(&mut line.text);
            line.text = scan::links(std::mem::take(&mut line.text));
        }
        lines.retain(|line| !line.text.is_empty() || !line.marker.is_empty());
        lines
    }
}

/// Adds a run. Outside verbatim text, repeated spaces are joined, as in a browser: fragments of bold text leave double
/// spaces between them.
fn add(text: &mut Text, run: Run, verbatim: bool) {
    let mut after_space = !verbatim && text.last().is_some_and(|run| run.text.ends_with(' '));
    let kept = |c: &char| {
        let is_doubled = after_space && *c == ' ' && !verbatim;
        after_space = *c == ' ';
        !is_doubled
    };
    let characters: String = run.text.chars().filter(kept).collect();
    match text.last_mut() {
        _ if characters.is_empty() => {}
        Some(last) if last.style == run.style && last.link == run.link => last.text.push_str(&characters),
        _ => text.push(Run { text: characters, ..run }),
    }
}

/// Drops white space at both ends, and empty runs.
fn trim(text: &mut Text) {
    while let Some(first) = text.first_mut() {
        first.text.drain(..first.text.len() - first.text.trim_start().len());
        if !first.text.is_empty() {
            break;
        }
        text.remove(0);
    }
    while let Some(last) = text.last_mut() {
        last.text.truncate(last.text.trim_end().len());
        if !last.text.is_empty() {
            break;
        }
        text.pop();
    }
}

/// Removes a hand-made list marker, with its space, from the start of a line.
fn take_marker(text: &mut Text) -> String {
    let Some(first) = text.first_mut().filter(|run| !run.style.code && run.link.is_none()) else {
        return String::new();
    };
    let Some(end) = scan::marker(&first.text) else { return String::new() };
    let marker = first.text.drain(..end).collect();
    if first.text.is_empty() {
        text.remove(0);
    }
    marker
}
