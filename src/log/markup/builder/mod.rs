//! Builds blocks from parser events with offsets.

mod breaks;
mod mode;
mod signs;

use std::ops::Range;

use pulldown_cmark::{CodeBlockKind, Event, LinkType, Parser, Tag, TagEnd};

use self::mode::Mode;
use super::containers::{Containers, Open};
use super::masks::{self, Mask, MaskKind};
use super::offset_map::{CopiedText, OffsetMap};
use super::paragraph::Paragraph;
use super::scan::dotted;
use super::{Block, Link, ListItem, Run, Style, Text};
use crate::log::outline::{OPTIONS, repaired};
use crate::log::{FigurePlace, File};
use crate::text::is_han;
use signs::Signs;

/// Parses a span of a file.
///
/// `marks` are the marks of items that have no checkbox or one unknown to Markdown, as ascending offsets in the file.
pub fn read(
    file: &File,
    span: Range<usize>,
    figures: &[FigurePlace],
    labelled: LabelBreaks,
    marks: &[usize],
) -> Vec<Block> {
    // The first line of an indented body continues the paragraph of the title.
    let hangs = hangs(&file.text[span.clone()]);
    let title = file.text[..span.start].trim_end_matches(['\n', '\r']);
    let title = title.rfind('\n').map_or(0, |end| end + 1)..title.len();
    let start = if hangs { title.start } else { span.start };
    let source = &file.text[start..span.end];
    let offsets = OffsetMap::from(start);
    let mut masks = masks::find(source, 0, &offsets, figures, &[]);
    if hangs {
        masks.retain(|mask| mask.span.start >= title.len());
        masks.insert(0, Mask { span: 0..title.len(), kind: MaskKind::Title });
    }
    let options = Options { hangs, below_title: hangs && !title.is_empty(), labelled, is_row: false };
    build(source, 0, &offsets, &masks, options, marks)
}

/// Parses a byte range of a copied text.
pub fn read_copied(
    copied: &CopiedText,
    span: Range<usize>,
    figures: &[FigurePlace],
    labelled: LabelBreaks,
) -> Vec<Block> {
    let source = &copied.text[span.clone()];
    let masks = masks::find(source, span.start, &copied.offsets, figures, &copied.labels);
    let options = Options { hangs: false, below_title: false, labelled, is_row: !copied.labels.is_empty() };
    build(source, span.start, &copied.offsets, &masks, options, &[])
}

/// Which labels, such as `Authors:`, start a new line.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum LabelBreaks {
    /// None.
    Never,
    /// Only bold ones.
    Bold,
    /// All.
    Always,
}

struct Options {
    /// Whether the body is indented below its title.
    hangs: bool,
    /// Whether the current paragraph still begins with the title.
    below_title: bool,
    labelled: LabelBreaks,
    /// Whether the source is a table row, so that lines after a label are indented.
    is_row: bool,
}

fn build(
    source: &str,
    start: usize,
    offsets: &OffsetMap,
    masks: &[Mask],
    options: Options,
    marks: &[usize],
) -> Vec<Block> {
    let masked = masks::mask(source, masks);
    let mut builder = Builder {
        source,
        masked: &masked,
        start,
        offsets,
        marks,
        masks,
        options,
        containers: Containers::new(),
        paragraph: Paragraph::default(),
        styles: vec![Style::default()],
        signs: Signs::default(),
        link: None,
        cell_end: 0,
        mode: Mode::Flow,
        too_deep: 0,
    };
    let text = repaired(&masked);
    for (event, range) in Parser::new_ext(&text, OPTIONS).into_offset_iter() {
        builder.event(event, range);
    }
    builder.finish()
}

/// Whether a body is indented directly below its title, without a blank line between.
fn hangs(body: &str) -> bool {
    body.starts_with("    ") && body.lines().next().is_some_and(|line| !line.trim().is_empty())
}

/// The deepest nesting of containers; anything deeper is shown as source text.
const DEEPEST: usize = 64;

struct Builder<'a> {
    source: &'a str,
    /// `source` with its masks applied, as CommonMark reads it.
    masked: &'a str,
    /// The byte at which `source` starts in the text that `offsets` maps.
    start: usize,
    offsets: &'a OffsetMap,
    /// The marks of items that have no checkbox or one unknown to Markdown, as offsets in the file.
    marks: &'a [usize],
    masks: &'a [Mask],
    options: Options,
    containers: Containers,
    /// The paragraph being read.
    paragraph: Paragraph,
    /// The open styles except those from asterisks, outermost first; never empty.
    styles: Vec<Style>,
    /// Non-Markdown signs that are open in the paragraph.
    signs: Signs,
    /// The link being read.
    link: Option<Link>,
    /// Where the last table cell ended.
    cell_end: usize,
    mode: Mode,
    /// The number of open containers beyond [`DEEPEST`].
    too_deep: usize,
}

impl Builder<'_> {
    fn event(&mut self, event: Event<'_>, range: Range<usize>) {
        if self.is_too_deep(&event, &range) {
            return;
        }
        match event {
            Event::Start(tag) => self.start(tag, &range),
            Event::End(tag) => self.end(tag, &range),
            Event::Text(text) | Event::Html(text) => self.text(&text, range),
            Event::Code(text) => self.code_span(&text, &range),
            Event::InlineHtml(text) if text.starts_with("<!--") => {}
            Event::InlineHtml(text) | Event::InlineMath(text) | Event::DisplayMath(text) => {
                self.run(&text, self.style(), true);
            }
            Event::FootnoteReference(label) => self.run(&format!("[{label}]"), self.style(), true),
            Event::SoftBreak => self.soft_break(range.start),
            Event::HardBreak => self.end_line(if self.options.is_row { 2 } else { 0 }),
            Event::Rule => self.containers.push(Block::Rule),
            Event::TaskListMarker(_) => self.task(&range),
        }
    }

    /// Whether an event is inside a container beyond the limit, which is shown as source text. Everything that walks
    /// blocks recurses, and must not overflow the stack.
    fn is_too_deep(&mut self, event: &Event<'_>, range: &Range<usize>) -> bool {
        let is_container = |tag: &Tag<'_>| {
            matches!(tag, Tag::BlockQuote(_) | Tag::List(_) | Tag::FootnoteDefinition(_) | Tag::Table(_))
        };
        match event {
            Event::Start(_) if self.too_deep > 0 => self.too_deep += 1,
            Event::End(_) if self.too_deep > 0 => self.too_deep -= 1,
            Event::Start(tag) if self.containers.depth() >= DEEPEST && is_container(tag) => {
                self.flush();
                let mode = std::mem::replace(&mut self.mode, Mode::Html);
                self.literal(self.source[range.clone()].trim_end(), true);
                self.flush();
                self.mode = mode;
                self.too_deep = 1;
            }
            _ => return self.too_deep > 0,
        }
        true
    }

    fn start(&mut self, tag: Tag<'_>, range: &Range<usize>) {
        let style = self.style();
        match tag {
            Tag::Emphasis if self.is_starred(range) => self.paragraph.mark(1, true),
            Tag::Strong if self.is_starred(range) => self.paragraph.mark(2, true),
            Tag::Emphasis => self.styles.push(Style { italic: true, ..style }),
            Tag::Strong => self.styles.push(Style { bold: true, ..style }),
            Tag::Strikethrough => self.styles.push(Style { strike: true, ..style }),
            Tag::Link { link_type, dest_url, .. } => {
                let scheme = if link_type == LinkType::Email { "mailto:" } else { "" };
                self.link = Some(Link::Url(format!("{scheme}{dest_url}").into()));
                self.signs.leads_somewhere = false;
            }
            Tag::Image { dest_url, .. } => self.begin_image(&dest_url),
            Tag::Paragraph if self.containers.depth() == 1 && self.source[range.clone()].contains("\n    ") => {
                self.mode = Mode::Broken;
            }
            Tag::CodeBlock(kind) => {
                self.flush();
                let block = &self.source[range.clone()];
                let is_said = self.options.hangs || block.contains(is_han) || !block.contains(is_of_code);
                let is_prose = kind == CodeBlockKind::Indented && is_said;
                self.mode = if is_prose { Mode::Prose } else { Mode::Code };
            }
            Tag::HtmlBlock => {
                self.flush();
                let is_comment = self.source[range.clone()].trim_start().starts_with("<!--");
                self.mode = if is_comment { Mode::Hidden } else { Mode::Html };
            }
            Tag::TableHead | Tag::TableRow => self.containers.row(),
            Tag::BlockQuote(_) => self.open(Open::Quote(Vec::new())),
            Tag::List(start) => self.open(Open::List(start, Vec::new())),
            Tag::Item => {
                let number = dotted(self.source[range.clone()].trim_start());
                self.open(Open::Item(ListItem { number, mark: self.mark(range.start), ..ListItem::default() }));
            }
            Tag::FootnoteDefinition(label) => self.open(Open::Footnote(label.to_string(), Vec::new())),
            Tag::Table(_) => self.open(Open::Table(Vec::new())),
            _ => {}
        }
    }

    fn end(&mut self, tag: TagEnd, range: &Range<usize>) {
        match tag {
            TagEnd::Emphasis if self.is_starred(range) => self.paragraph.mark(1, false),
            TagEnd::Strong if self.is_starred(range) => self.paragraph.mark(2, false),
            TagEnd::Emphasis | TagEnd::Strong | TagEnd::Strikethrough => {
                self.styles.pop();
            }
            TagEnd::Link => self.end_link(),
            TagEnd::Image => self.signs.hides = false,
            TagEnd::Paragraph | TagEnd::HtmlBlock => self.flush(),
            TagEnd::CodeBlock => self.end_code(),
            TagEnd::Heading(level) => {
                let text = self.take_text(" ");
                // A repaired heading has one mark more in the source.
                let marks = self.source[range.clone()].trim_start().bytes().take_while(|byte| *byte == b'#').count();
                let level = if marks == 0 { level as u8 } else { u8::try_from(marks).unwrap_or(u8::MAX) };
                self.containers.push(Block::Heading(level, text));
            }
            TagEnd::TableCell => {
                let text = self.take_text("\n");
                self.cell(text, range.end);
            }
            TagEnd::TableRow => self.end_row(range.end),
            TagEnd::BlockQuote(_) | TagEnd::List(_) | TagEnd::Item | TagEnd::FootnoteDefinition | TagEnd::Table => {
                self.close();
            }
            _ => {}
        }
        if matches!(tag, TagEnd::Paragraph | TagEnd::HtmlBlock | TagEnd::CodeBlock) {
            self.mode = Mode::Flow;
        }
    }

    fn cell(&mut self, text: Text, end: usize) {
        self.cell_end = end;
        self.containers.cell(text);
    }

    /// Markdown drops cells beyond those of the header row. Keep them.
    fn end_row(&mut self, end: usize) {
        let source = self.source;
        let rest = source.get(self.cell_end..end).unwrap_or_default();
        let rest = rest.trim_matches(|c: char| c == '|' || c.is_whitespace());
        for text in rest.split('|').filter(|text| !text.is_empty()) {
            let run = Run { text: text.trim().to_owned(), ..Run::default() };
            self.cell(vec![run], end);
        }
    }

    /// Whether emphasis is written with asterisks rather than underscores.
    fn is_starred(&self, range: &Range<usize>) -> bool {
        self.masked[range.clone()].starts_with('*')
    }

    fn open(&mut self, container: Open) {
        self.flush();
        self.containers.open(container);
    }

    fn close(&mut self) {
        self.flush();
        self.containers.close();
    }

    fn finish(mut self) -> Vec<Block> {
        self.flush();
        self.containers.finish()
    }

    /// Takes the current paragraph, without the title that it may start with.
    fn take(&mut self) -> Paragraph {
        let mut paragraph = std::mem::take(&mut self.paragraph);
        if self.options.below_title && !paragraph.is_empty() {
            paragraph.drop_first_line();
            self.options.below_title = false;
        }
        if self.signs.leads {
            self.link = None;
        }
        self.signs = Signs::default();
        paragraph
    }

    /// Ends the current paragraph, unless it is empty.
    fn flush(&mut self) {
        let lines = self.take().lines();
        if !lines.is_empty() {
            self.containers.push(Block::Paragraph(lines));
        }
    }

    fn end_code(&mut self) {
        if self.mode != Mode::Code {
            return self.flush();
        }
        let code = self.take().code();
        if !code.is_empty() {
            self.containers.push(Block::Code(code));
        }
    }

    /// The paragraph as one text, with `between` between its lines. Headings and cells have no indentation.
    fn take_text(&mut self, between: &str) -> Text {
        let plain = |text: &str| Run { text: text.to_owned(), ..Run::default() };
        let mut text = Text::new();
        for line in self.take().lines() {
            let is_first = text.is_empty();
            text.extend([plain(if is_first { "" } else { between }), plain(&line.marker)].into_iter().chain(line.text));
        }
        text.retain(|run| !run.text.is_empty());
        text
    }

    /// The mark in `marks` of the item whose list marker starts at byte `marker` of the source.
    fn mark(&self, marker: usize) -> Option<usize> {
        let from = self.offsets.to_file(self.start + marker);
        let mark = *self.marks.get(self.marks.partition_point(|&mark| mark < from))?;
        let end = self.offsets.to_text(mark)?.checked_sub(self.start)?;
        let between = self.source.get(marker..end)?.trim_start_matches([' ', '\t', '>']);
        let bullet = between.trim_end_matches(['[', ' ', '\t']).trim_start_matches(|c: char| c.is_ascii_digit());
        (bullet.len() == 1 && bullet.starts_with(['-', '*', '+', '.', ')'])).then_some(mark)
    }

    fn task(&mut self, range: &Range<usize>) {
        if let Some(open) = self.source[range.clone()].find('[') {
            self.containers.mark(self.offsets.to_file(self.start + range.start + open + 1));
        }
    }

    /// Adds text and the masked spans in it.
    fn text(&mut self, text: &str, range: Range<usize>) {
        if self.mode == Mode::Hidden || self.signs.hides {
            return;
        }
        let (source, masks) = (self.source, self.masks);
        // An escaped char or entity is never a mark.
        let is_escape = source[..range.start].ends_with('\\') || self.masked[range.clone()] != *text;
        let first = masks.partition_point(|mask| mask.span.end <= range.start);
        let inside = masks[first..].iter().take_while(|mask| range.contains(&mask.span.start));
        let mut at = range.start;
        for mask in inside {
            self.literal(&source[at..mask.span.start], is_escape);
            at = mask.span.end.min(range.end);
            let masked = &source[mask.span.start..at];
            match mask.kind {
                MaskKind::Figure(figure) => self.figure(figure),
                _ if self.mode == Mode::Code => self.literal(masked, true),
                MaskKind::Sign(_) if self.mode == Mode::Prose => self.literal(masked, true),
                MaskKind::Sign(sign) => self.sign(sign, masked),
                MaskKind::Label => self.run(masked, Style { dim: true, ..self.style() }, true),
                _ => self.formula(masked),
            }
        }
        if at > range.start {
            self.literal(&source[at..range.end], is_escape);
        } else {
            self.literal(text, is_escape);
        }
    }

    /// Adds a code span; masked spans in it are code too.
    fn code_span(&mut self, text: &str, range: &Range<usize>) {
        let style = Style { code: true, ..self.style() };
        let first = self.masks.partition_point(|mask| mask.span.end <= range.start);
        let is_masked = self.masks.get(first).is_some_and(|mask| mask.span.start < range.end);
        let original = self.source[range.clone()].trim_matches('`');
        self.run(if is_masked { original } else { text }, style, true);
    }

    fn figure(&mut self, index: usize) {
        if !self.containers.is_in_table() {
            self.flush();
        }
        self.signs.leads_somewhere = true;
        self.containers.push(Block::Figure(index));
    }

    /// Adds text and keeps its line breaks.
    fn literal(&mut self, text: &str, is_escape: bool) {
        let verbatim = is_escape || !matches!(self.mode, Mode::Flow | Mode::Broken);
        for (index, line) in text.split('\n').enumerate() {
            // A blank line separates paragraphs.
            if index > 0 && self.mode == Mode::Prose && self.paragraph.current_line().trim().is_empty() {
                self.flush();
            } else if index > 0 {
                self.paragraph.end_line(0);
            }
            let line = line.trim_end_matches('\r');
            if self.mode == Mode::Prose && !line.trim().is_empty() {
                // Indent by the spaces beyond the four that made it code.
                let spaces = line.len() - line.trim_start_matches(' ').len();
                self.paragraph.indent(2 + spaces / 2);
            }
            self.run(line, self.style(), verbatim);
        }
    }

    fn style(&self) -> Style {
        self.signs.over(self.styles.last().copied().unwrap_or_default())
    }

    fn run(&mut self, text: &str, style: Style, verbatim: bool) {
        self.signs.leads_somewhere |= !text.trim().is_empty();
        self.paragraph.text(text, style, self.link.as_ref(), verbatim);
    }
}

/// Whether a char is punctuation that shows that an indented block is code rather than prose.
fn is_of_code(c: char) -> bool {
    c.is_ascii_punctuation() && !".,:!?'\"()-".contains(c)
}
