//! Lays out Markdown blocks as lines of a given width. Lines carry roles, not colours.

mod line;
mod table;

use std::ops::Range;

use super::figures::{self, FigureShape};
use super::wrap::wrap;
use crate::app::screen::layout::Size;
use crate::log::Figure;
use crate::log::markup::{self, Block, Link, ListItem, Run, Style};
use crate::text::{cut, safe, width};
use crate::words::Language;

pub use line::{BlockKind, PageLine};
pub(crate) use line::{FigureLine, Slice, Span, SpanRole};

/// Lays out blocks in `columns`. The blocks refer to `figures` by index; a figure without a shape gets only
/// its label. Labels are in `language`.
pub fn flow(
    blocks: &[Block],
    columns: usize,
    figures: &[Figure],
    shapes: &[FigureShape],
    language: Language,
) -> Vec<PageLine> {
    let mut flow = Flow {
        columns,
        figures,
        shapes,
        language,
        lines: Vec::new(),
        kind: BlockKind::Text,
        margin: Vec::new(),
        lead: None,
    };
    flow.blocks(blocks, true);
    flow.lines
}

/// Lays out plain text as one paragraph.
pub(crate) fn paragraph(text: &str, role: SpanRole, kind: BlockKind, columns: usize) -> Vec<PageLine> {
    runs(&[Run { text: text.to_owned(), ..Run::default() }], role, kind, columns)
}

/// Lays out one paragraph of runs with their own styles and links.
pub(crate) fn runs(text: &[Run], role: SpanRole, kind: BlockKind, columns: usize) -> Vec<PageLine> {
    let mut flow = Flow {
        columns,
        figures: &[],
        shapes: &[],
        language: Language::default(),
        lines: Vec::new(),
        kind,
        margin: Vec::new(),
        lead: None,
    };
    flow.text(text, role);
    flow.lines
}

/// What an open container draws to the left of its text.
enum Margin {
    /// Empty columns.
    Free(usize),
    /// A quote's bar.
    Bar,
}

/// The marker to draw in place of a margin on the next line.
struct MarginMarker {
    /// Index of the margin that the marker replaces.
    margin: usize,
    text: String,
    mark: Option<usize>,
}

struct Flow<'a> {
    columns: usize,
    figures: &'a [Figure],
    shapes: &'a [FigureShape],
    /// Used in figure labels.
    language: Language,
    lines: Vec<PageLine>,
    kind: BlockKind,
    margin: Vec<Margin>,
    lead: Option<MarginMarker>,
}

impl Flow<'_> {
    /// Lays out blocks in sequence, separated by blank lines if `spaced`.
    fn blocks(&mut self, blocks: &[Block], spaced: bool) {
        let mut before: Option<&Block> = None;
        for (index, block) in blocks.iter().enumerate() {
            let shown = self.without_caption(block, blocks.get(index + 1));
            let block = shown.as_ref().unwrap_or(block);
            if matches!(block, Block::Paragraph(lines) if lines.is_empty() && shown.is_some()) {
                continue;
            }
            // No blank line between a figure and the block directly above it, or between list items whose markers are
            // not Markdown.
            let is_introduced = matches!(block, Block::Figure(_)) && index > 0 && before == Some(&blocks[index - 1]);
            let is_close = is_introduced || before.is_some_and(|before| both_items(before, block));
            if spaced && before.is_some() && !is_close {
                self.lines.push(PageLine::default());
            }
            self.block(block);
            before = Some(&blocks[index]);
        }
    }

    /// The paragraph without its last line, if that line is the caption of the figure below: the figure's
    /// label shows it. `None` if there is nothing to drop.
    fn without_caption(&self, block: &Block, next: Option<&Block>) -> Option<Block> {
        let (Block::Paragraph(lines), Some(Block::Figure(figure))) = (block, next) else { return None };
        let plain = |text: &str| text.trim().trim_end_matches([':', '：']).trim_matches(['《', '》']).to_owned();
        let caption = plain(self.figures.get(*figure)?.caption.as_deref()?);
        let last = lines.last().filter(|line| {
            line.marker.is_empty() && line.text.iter().all(|run| matches!(run.link, None | Some(Link::Entry(_))))
        })?;
        let said: String = last.text.iter().map(|run| run.text.as_str()).collect();
        (plain(&said) == caption).then(|| Block::Paragraph(lines[..lines.len() - 1].to_vec()))
    }

    fn block(&mut self, block: &Block) {
        let outer = self.kind;
        match block {
            Block::Heading(_, text) => {
                self.kind = BlockKind::Heading;
                self.text(text, SpanRole::Heading);
            }
            Block::Paragraph(lines) => {
                for line in lines {
                    self.margin.push(Margin::Free(line.indent));
                    if line.marker.is_empty() {
                        self.text(&line.text, SpanRole::Body);
                    } else {
                        self.kind = BlockKind::Item;
                        self.beside(&line.marker, None, |flow| flow.text(&line.text, SpanRole::Body));
                        self.kind = outer;
                    }
                    self.margin.pop();
                }
            }
            Block::List(start, items) => self.list(*start, items),
            Block::Quote(blocks) => {
                self.kind = BlockKind::Quote;
                self.margin.push(Margin::Bar);
                self.blocks(blocks, false);
                self.margin.pop();
            }
            Block::Code(lines) => {
                self.kind = BlockKind::Code;
                self.margin.push(Margin::Free(2));
                let style = Style { code: true, ..Style::default() };
                for line in lines {
                    self.text(&[Run { text: line.clone(), style, link: None }], SpanRole::Body);
                }
                self.margin.pop();
            }
            Block::Figure(index) => self.figure(*index),
            Block::Table(rows) => self.table(rows),
            Block::Rule => {
                self.kind = BlockKind::Rule;
                let rule = "─".repeat(self.room());
                self.line(&[span(&rule, SpanRole::Marker, Style::default())]);
            }
            Block::Footnote(label, blocks) => self.hang(&format!("[{label}] "), None, blocks),
        }
        self.kind = outer;
    }

    fn list(&mut self, start: Option<u64>, items: &[ListItem]) {
        self.kind = BlockKind::Item;
        let last = items.iter().filter_map(|item| item.number).max().filter(|_| start.is_some());
        let columns = last.map_or(0, |last| last.to_string().len());
        for item in items {
            let number = item.number.filter(|_| start.is_some()).map(|number| number.to_string());
            let marker = match (number, item.mark) {
                (_, Some(_)) => String::new(),
                (Some(number), None) => format!("{number:>columns$}. "),
                (None, None) => "• ".to_owned(),
            };
            self.hang(&marker, item.mark, &item.blocks);
        }
    }

    /// Lays out blocks beside a marker.
    fn hang(&mut self, marker: &str, mark: Option<usize>, blocks: &[Block]) {
        self.beside(marker, mark, |flow| flow.blocks(blocks, false));
    }

    /// Lays out content with a hanging indent beside a marker.
    fn beside(&mut self, marker: &str, mark: Option<usize>, lay_out: impl FnOnce(&mut Self)) {
        // An item that starts with a nested list: its own marker gets a line first.
        if self.lead.is_some() {
            self.line(&[]);
        }
        // The view draws the box, since it knows whether the task is ticked.
        let columns = if mark.is_some() { BOX } else { width(marker) };
        self.margin.push(Margin::Free(columns));
        self.lead = Some(MarginMarker { margin: self.margin.len() - 1, text: marker.to_owned(), mark });
        lay_out(self);
        if self.lead.is_some() {
            self.line(&[]);
        }
        self.margin.pop();
    }

    /// Lays out a figure: its label, then the rows of its picture.
    fn figure(&mut self, index: usize) {
        let Some(figure) = self.figures.get(index) else { return };
        let shape = self.shapes.get(index).unwrap_or(&FigureShape::Label);
        self.kind = BlockKind::Figure;
        let start = self.lines.len();
        let label = figures::label(index, figure, shape, self.language);
        let room = self.room();
        let label = if let FigureShape::Refused(_) = shape { cut(&label, room).into_owned() } else { label };
        self.text(&[Run { text: label, ..Run::default() }], SpanRole::Fact);
        let label_end = self.lines.len();
        let picture = match shape {
            FigureShape::Picture(extent) => extent.cells(room),
            FigureShape::Label | FigureShape::Refused(_) => Size { width: 0, height: 0 },
        };
        (0..picture.height).for_each(|_| self.line(&[]));
        for (at, line) in self.lines[start..].iter_mut().enumerate() {
            let row = (start + at).checked_sub(label_end).and_then(|row| u16::try_from(row).ok());
            line.figure = Some(FigureLine { figure: index, slice: row.map(|row| Slice { row, picture }) });
        }
    }

    fn text(&mut self, text: &[Run], role: SpanRole) {
        for wrapped in wrap_text(text, self.room(), role) {
            self.line(&wrapped.spans);
            if let Some(line) = self.lines.last_mut() {
                line.joint = wrapped.joint;
            }
        }
    }

    /// The minimum width of text, however deeply nested: a third of the page.
    fn least(&self) -> usize {
        (self.columns / 3).max(WIDEST).min(self.columns).max(1)
    }

    /// Columns available for text.
    fn room(&self) -> usize {
        let taken: usize = self.margin.iter().map(Margin::columns).sum();
        self.columns.saturating_sub(taken).max(self.least())
    }

    fn line(&mut self, text: &[Span]) {
        let lead = self.lead.take();
        // When deeply nested on a narrow screen, margins shrink before the text does.
        let mut room = self.columns.saturating_sub(self.least());
        let mut spans: Vec<Span> = Vec::new();
        let (mut indent, mut box_span) = (0, 0);
        for (index, margin) in self.margin.iter().enumerate() {
            let columns = margin.columns().min(room);
            room -= columns;
            let marker =
                lead.as_ref().filter(|lead| lead.margin == index).map(|lead| cut(lead.text.trim_end(), columns));
            match (marker, margin) {
                (Some(marker), _) => {
                    box_span = spans.len();
                    let rest = " ".repeat(columns - width(&marker));
                    spans.push(span(&format!("{marker}{rest}"), SpanRole::Marker, Style::default()));
                }
                (None, Margin::Bar) if columns > 0 => spans.push(span("│ ", SpanRole::Marker, Style::default())),
                _ if spans.is_empty() => indent += columns,
                _ => spans.push(span(&" ".repeat(columns), SpanRole::Body, Style::default())),
            }
        }
        let mark = lead.and_then(|lead| lead.mark);
        spans.extend_from_slice(text);
        self.lines.push(PageLine { indent, kind: self.kind, spans, joint: None, mark, box_span, figure: None });
    }
}

/// Whether two paragraphs are items of one list with markers that are not Markdown, such as `（1）`.
fn both_items(above: &Block, below: &Block) -> bool {
    let is_item = |line: Option<&markup::Line>| line.is_some_and(|line| !line.marker.is_empty());
    match (above, below) {
        (Block::Paragraph(above), Block::Paragraph(below)) => is_item(above.last()) && is_item(below.first()),
        _ => false,
    }
}

/// Columns of a task's box and the space after it.
pub(crate) const BOX: usize = 2;

/// Columns of the widest character.
const WIDEST: usize = 2;

impl Margin {
    fn columns(&self) -> usize {
        match self {
            Self::Free(columns) => *columns,
            Self::Bar => 2,
        }
    }
}

fn span(text: &str, role: SpanRole, style: Style) -> Span {
    Span { text: text.to_owned(), role, style, link: None }
}

/// A wrapped line; `joint` as in [`PageLine::joint`].
struct Wrapped {
    spans: Vec<Span>,
    joint: Option<&'static str>,
}

/// Wraps runs, with a hard break at each `\n` run.
fn wrap_text(runs: &[Run], columns: usize, role: SpanRole) -> Vec<Wrapped> {
    runs.split(|run| run.text == "\n").flat_map(|part| wrap_part(part, columns, role)).collect()
}

/// Wraps the runs as one text and splits them at the line breaks.
fn wrap_part(runs: &[Run], columns: usize, role: SpanRole) -> Vec<Wrapped> {
    let safe = |run: &Run| {
        let role = if run.style.dim { SpanRole::Fact } else { role };
        let link = run.link.clone().filter(|link| !matches!(link, Link::Note(_)));
        Span { text: safe(&run.text).into_owned(), role, style: run.style, link }
    };
    let runs: Vec<Span> = runs.iter().map(safe).collect();
    let whole: String = runs.iter().map(|run| run.text.as_str()).collect();
    let mut last = None;
    // Index of the run in which the last line ended, and the byte of the text at which that run starts.
    let (mut first, mut start) = (0, 0);
    let cut = |line: Range<usize>| {
        let joint = last.replace(line.end).map(|last| if last < line.start { " " } else { "" });
        let mut spans = Vec::new();
        while let Some(run) = runs.get(first) {
            let end = start + run.text.len();
            let inside = line.start.max(start)..line.end.min(end);
            if inside.start < inside.end {
                spans.push(Span { text: whole[inside].to_owned(), link: run.link.clone(), ..*run });
            }
            if end > line.end {
                break;
            }
            (first, start) = (first + 1, end);
        }
        Wrapped { spans, joint }
    };
    wrap(&whole, columns).into_iter().map(cut).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::app::page::figures::Extent;
    use crate::log::{Source, parse};

    #[track_caller]
    fn check(body: &str, columns: usize, wanted: &[&str]) {
        let text = format!("## 2031.5.17\n\n《Emu》\n\n{body}");
        let log = parse::parse([Source { name: "log.md".into(), text: text.into() }]);
        let entry = &log.entries[0];
        let blocks = markup::blocks(&log.files[0], entry.body(), &entry.figures);
        let lines = flow(&blocks, columns, &log.figures_of(entry), &[], Language::English);
        let shown: Vec<String> =
            lines.iter().map(|line| format!("{}{}", " ".repeat(line.indent), line.text())).collect();
        assert_eq!(shown, wanted);
        assert!(lines.iter().all(|line| line.width() <= columns));
    }

    #[test]
    fn list_items_have_hanging_indents() {
        check(
            "9. 第一点说明\n10. b\n    - 丙丁戊\n",
            10,
            &[" 9. 第一点", "    说明", "10. b", "    • 丙丁", "      戊"],
        );
        check("- [ ] 甲乙丙丁\n", 6, &["  甲乙", "  丙丁"]);
        check("- - a\n", 10, &["• ", "  • a"]);
    }

    #[test]
    fn quotes_code_and_figures() {
        check("> 甲乙丙\n\n```\na b\n```\n", 6, &["│ 甲乙", "│ 丙", "", "  a b"]);
        // A line that only introduces a figure becomes its label.
        check("结构：\n\n<img src=\"a.png\" width=\"4\" height=\"2\">\n", 40, &["▪ Figure 1 · 结构 · a.png · 4×2"]);
    }

    #[test]
    fn pictures_have_rows_of_their_own() {
        let text = "## 2031.5.17\n\n《Emu》\n\n- 甲\n\n  <img src=\"a.png\">\n\n<img src=\"b.png\">\n";
        let log = parse::parse([Source { name: "log.md".into(), text: text.into() }]);
        let entry = &log.entries[0];
        let blocks = markup::blocks(&log.files[0], entry.body(), &entry.figures);
        let extent = Extent { pixels: (400, 40), cell: (10, 20), rows: 9 };
        let shapes = [FigureShape::Picture(extent), FigureShape::Refused("file not found: b.png".into())];
        let lines = flow(&blocks, 22, &log.figures_of(entry), &shapes, Language::English);
        let figures: Vec<_> = lines.iter().filter_map(|line| Some((line.figure?, line.width()))).collect();
        let slice = Slice { row: 0, picture: Size { width: 20, height: 1 } };
        let row = FigureLine { figure: 0, slice: Some(slice) };
        assert_eq!(figures[1], (row, 2), "a picture in a list is as wide as the list's text");
        assert_eq!(figures[2].0, FigureLine { figure: 1, slice: None });
        assert_eq!(figures.len(), 3, "a reason takes one line, however narrow the page");
    }

    #[test]
    fn tables_shrink_to_fit() {
        check("|名|说明|\n|-|-|\n|a|甲乙丙丁|\n", 30, &["名  说明", "──  ────────", "a   甲乙丙丁"]);
        check("|名|说明|\n|-|-|\n|a|甲乙丙丁|\n", 8, &["名  说明", "──  ────", "a   甲乙", "    丙丁"]);
    }

    #[test]
    fn deep_nesting_on_narrow_screens_keeps_the_text() {
        check("- a\n  - b\n    - c\n      - d\n", 4, &["• a", "  b", "  c", "  d"]);
    }
}
