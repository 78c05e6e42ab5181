//! A piece of a log's source → blocks and runs of text, as the author meant them.
//!
//! Works on pulldown-cmark's events with offsets. What CommonMark misreads is put right
//! here: prose that it takes for code, lines that hang under a title, tags of figures.

use std::borrow::Cow;
use std::ops::Range;

use pulldown_cmark::{CodeBlockKind, Event, Parser, Tag, TagEnd};
use unicode_width::UnicodeWidthChar;

use super::outline::OPTIONS;
use super::{Figure, File};

/// A block of a page.
#[derive(Debug, Clone, PartialEq)]
pub enum Block {
    /// A heading inside a body, level 1 to 6.
    Heading(u8, Text),
    /// Lines that flow; one for most paragraphs, several where the author broke them.
    Paragraph(Vec<Line>),
    /// A list; numbered from a start, or with bullets.
    List(Option<u64>, Vec<Item>),
    /// A block quote.
    Quote(Vec<Block>),
    /// Code, line for line.
    Code(Vec<String>),
    /// A picture, as an index into the figures of the entry or section.
    Figure(usize),
    /// Rows of cells; the first row is the head.
    Table(Vec<Vec<Text>>),
    /// A thematic break.
    Rule,
    /// A footnote with its label.
    Footnote(String, Vec<Block>),
}

/// A line of prose that the author set apart.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Line {
    /// Columns.
    pub indent: usize,
    /// What it says.
    pub text: Text,
}

/// An item of a list.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Item {
    /// The offset in the file, in bytes, of the mark between the brackets of its box.
    pub mark: Option<usize>,
    /// What it holds.
    pub blocks: Vec<Block>,
}

/// Text in runs of one style each.
pub type Text = Vec<Run>;

/// Text of one style that leads to one place, if anywhere.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Run {
    /// The characters.
    pub text: String,
    /// How they are set.
    pub style: Style,
    /// Where they lead.
    pub link: Option<Link>,
}

/// Where text leads.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Link {
    /// An address as the log gives it: neither checked nor made safe.
    Url(String),
    /// The digits of a cross-reference such as `[5036]`.
    Reference(String),
}

/// How text is set.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
#[expect(clippy::struct_excessive_bools, reason = "the four are independent")]
pub struct Style {
    /// Emphasis.
    pub italic: bool,
    /// Strong emphasis.
    pub bold: bool,
    /// Struck through.
    pub strike: bool,
    /// Code.
    pub code: bool,
    /// A formula in LaTeX, its dollar signs included.
    pub formula: bool,
}

/// Reads a span of a file. The figures are those that lie in it.
pub fn blocks(file: &File, span: Range<usize>, figures: &[Figure]) -> Vec<Block> {
    let source = mask(&file.text[span.clone()], span.start, figures);
    let mut builder = Builder {
        source: &source,
        base: span.start,
        figures,
        hangs: hangs(&source),
        open: vec![Open::Blocks(Vec::new())],
        lines: vec![Line::default()],
        styles: vec![Style::default()],
        link: None,
        mode: Mode::Flow,
    };
    for (event, range) in Parser::new_ext(&source, OPTIONS).into_offset_iter() {
        builder.event(event, range);
    }
    builder.finish()
}

/// Puts filler of the same length where figures are, so that their tags neither open an
/// HTML block, which would swallow the lines below, nor disturb the offsets.
fn mask<'a>(source: &'a str, base: usize, figures: &[Figure]) -> Cow<'a, str> {
    let mut masked = Cow::Borrowed(source);
    for figure in figures {
        let span = figure.span.start.saturating_sub(base)..figure.span.end.saturating_sub(base);
        if source.get(span.clone()).is_some() {
            masked.to_mut().replace_range(span.clone(), &"x".repeat(span.len()));
        }
    }
    masked
}

/// Whether a body hangs under its title: an indented first line with no blank line above.
fn hangs(source: &str) -> bool {
    source.starts_with("    ") && source.lines().next().is_some_and(|line| !line.trim().is_empty())
}

fn is_wide(c: char) -> bool {
    c.width() == Some(2)
}

/// How the text of the current block is taken.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Mode {
    /// Lines flow into one another.
    Flow,
    /// Every line end was meant (rule R3 of the page).
    Broken,
    /// Prose that CommonMark takes for code: line for line, never Markdown (rule R2).
    Prose,
    /// Code.
    Code,
    /// A comment.
    Hidden,
}

/// A container that is being filled.
enum Open {
    Blocks(Vec<Block>),
    Quote(Vec<Block>),
    List(Option<u64>, Vec<Item>),
    Item(Item),
    Footnote(String, Vec<Block>),
    Table(Vec<Vec<Text>>),
}

struct Builder<'a> {
    source: &'a str,
    base: usize,
    figures: &'a [Figure],
    hangs: bool,
    open: Vec<Open>,
    /// The paragraph that is being read; never empty.
    lines: Vec<Line>,
    /// The styles that are open, outermost first; never empty.
    styles: Vec<Style>,
    /// The link whose text is being read.
    link: Option<Link>,
    mode: Mode,
}

impl Builder<'_> {
    fn event(&mut self, event: Event<'_>, range: Range<usize>) {
        match event {
            Event::Start(tag) => self.start(tag, &range),
            Event::End(tag) => self.end(tag),
            Event::Text(text) | Event::Html(text) => self.text(&text, range),
            Event::Code(text) => self.run(&text, Style { code: true, ..self.style() }),
            Event::InlineHtml(text) if text.starts_with("<!--") => {}
            Event::InlineHtml(text) if is_line_break(&text) => self.lines.push(Line::default()),
            Event::InlineHtml(text) | Event::InlineMath(text) | Event::DisplayMath(text) => {
                self.run(&text, self.style());
            }
            Event::FootnoteReference(label) => self.run(&format!("[{label}]"), self.style()),
            Event::SoftBreak => self.soft_break(range.start),
            Event::HardBreak => self.lines.push(Line::default()),
            Event::Rule => self.push(Block::Rule),
            Event::TaskListMarker(_) => self.task(&range),
        }
    }

    fn start(&mut self, tag: Tag<'_>, range: &Range<usize>) {
        let style = self.style();
        match tag {
            Tag::Emphasis => self.styles.push(Style { italic: true, ..style }),
            Tag::Strong => self.styles.push(Style { bold: true, ..style }),
            Tag::Strikethrough => self.styles.push(Style { strike: true, ..style }),
            Tag::Link { dest_url, .. } => self.link = Some(Link::Url(dest_url.to_string())),
            Tag::Paragraph if self.open.len() == 1 && self.source[range.clone()].contains("\n    ") => {
                self.mode = Mode::Broken;
            }
            Tag::CodeBlock(kind) => {
                self.flush();
                let block = &self.source[range.clone()];
                let is_prose = kind == CodeBlockKind::Indented && (self.hangs || block.contains(is_wide));
                self.mode = if is_prose { Mode::Prose } else { Mode::Code };
            }
            Tag::HtmlBlock => {
                self.flush();
                let is_comment = self.source[range.clone()].trim_start().starts_with("<!--");
                self.mode = if is_comment { Mode::Hidden } else { Mode::Broken };
            }
            Tag::TableHead | Tag::TableRow => {
                if let Some(Open::Table(rows)) = self.open.last_mut() {
                    rows.push(Vec::new());
                }
            }
            Tag::BlockQuote(_) => self.open(Open::Quote(Vec::new())),
            Tag::List(start) => self.open(Open::List(start, Vec::new())),
            Tag::Item => self.open(Open::Item(Item::default())),
            Tag::FootnoteDefinition(label) => self.open(Open::Footnote(label.to_string(), Vec::new())),
            Tag::Table(_) => self.open(Open::Table(Vec::new())),
            _ => {}
        }
    }

    fn end(&mut self, tag: TagEnd) {
        match tag {
            TagEnd::Emphasis | TagEnd::Strong | TagEnd::Strikethrough => {
                self.styles.pop();
            }
            TagEnd::Link => self.link = None,
            TagEnd::Paragraph | TagEnd::HtmlBlock => self.flush(),
            TagEnd::CodeBlock => self.end_code(),
            TagEnd::Heading(level) => {
                let text = self.take_text();
                self.push(Block::Heading(level as u8, text));
            }
            TagEnd::TableCell => {
                let text = self.take_text();
                if let Some(Open::Table(rows)) = self.open.last_mut()
                    && let Some(row) = rows.last_mut()
                {
                    row.push(text);
                }
            }
            TagEnd::BlockQuote(_) | TagEnd::List(_) | TagEnd::Item | TagEnd::FootnoteDefinition | TagEnd::Table => {
                self.close();
            }
            _ => {}
        }
        if matches!(tag, TagEnd::Paragraph | TagEnd::HtmlBlock | TagEnd::CodeBlock) {
            self.mode = Mode::Flow;
        }
    }

    fn open(&mut self, container: Open) {
        self.flush();
        self.open.push(container);
    }

    fn close(&mut self) {
        self.flush();
        match self.open.pop() {
            Some(Open::Quote(blocks)) => self.push(Block::Quote(blocks)),
            Some(Open::List(start, items)) => self.push(Block::List(start, items)),
            Some(Open::Footnote(label, blocks)) => self.push(Block::Footnote(label, blocks)),
            Some(Open::Table(rows)) => self.push(Block::Table(rows)),
            Some(Open::Item(item)) => {
                if let Some(Open::List(_, items)) = self.open.last_mut() {
                    items.push(item);
                }
            }
            Some(Open::Blocks(_)) | None => {}
        }
    }

    fn finish(mut self) -> Vec<Block> {
        self.flush();
        match self.open.into_iter().next() {
            Some(Open::Blocks(blocks)) => blocks,
            _ => Vec::new(),
        }
    }

    /// Adds a block to the innermost container that takes blocks: not to a table.
    fn push(&mut self, block: Block) {
        for container in self.open.iter_mut().rev() {
            match container {
                Open::Blocks(blocks) | Open::Quote(blocks) | Open::Footnote(_, blocks) => return blocks.push(block),
                Open::Item(item) => return item.blocks.push(block),
                Open::List(..) | Open::Table(_) => {}
            }
        }
    }

    /// Ends the paragraph that is being read, if it says anything.
    fn flush(&mut self) {
        let mut lines = std::mem::replace(&mut self.lines, vec![Line::default()]);
        for line in &mut lines {
            trim(&mut line.text);
        }
        lines.retain(|line| !line.text.is_empty());
        if !lines.is_empty() {
            self.push(Block::Paragraph(lines));
        }
    }

    fn end_code(&mut self) {
        if self.mode != Mode::Code {
            return self.flush();
        }
        let lines = std::mem::replace(&mut self.lines, vec![Line::default()]);
        let mut code: Vec<String> =
            lines.into_iter().map(|line| line.text.into_iter().map(|run| run.text).collect()).collect();
        while code.last().is_some_and(|line| line.trim().is_empty()) {
            code.pop();
        }
        self.push(Block::Code(code));
    }

    fn take_text(&mut self) -> Text {
        let lines = std::mem::replace(&mut self.lines, vec![Line::default()]);
        let mut text: Text = lines.into_iter().flat_map(|line| line.text).collect();
        trim(&mut text);
        text
    }

    fn task(&mut self, range: &Range<usize>) {
        let open = self.source[range.clone()].find('[');
        if let (Some(open), Some(Open::Item(item))) = (open, self.open.last_mut()) {
            item.mark = Some(self.base + range.start + open + 1);
        }
    }

    /// Adds text, and breaks the paragraph where a figure stands in it.
    fn text(&mut self, text: &str, range: Range<usize>) {
        if self.mode == Mode::Hidden {
            return;
        }
        let (source, base) = (self.source, self.base);
        let mut at = range.start;
        let first = self.figures.partition_point(|figure| figure.span.end <= at + base);
        for (index, figure) in self.figures.iter().enumerate().skip(first) {
            let Some(start) = figure.span.start.checked_sub(base).filter(|start| range.contains(start)) else { break };
            self.literal(&source[at..start.max(at)]);
            self.figure(index);
            at = (figure.span.end - base).min(range.end);
        }
        if at == range.start { self.literal(text) } else { self.literal(&source[at..range.end]) }
    }

    fn figure(&mut self, index: usize) {
        if !matches!(self.open.last(), Some(Open::Table(_))) {
            self.flush();
        }
        self.push(Block::Figure(index));
    }

    /// Text as it stands; a line end in it begins a line.
    fn literal(&mut self, text: &str) {
        for (index, line) in text.split('\n').enumerate() {
            if index > 0 {
                self.lines.push(Line::default());
            }
            let line = line.trim_end_matches('\r');
            if self.mode == Mode::Prose && !line.trim().is_empty() {
                self.begin_prose(line);
            }
            self.run(line, self.style());
        }
    }

    /// The indentation beyond the four columns that made CommonMark see code.
    fn begin_prose(&mut self, line: &str) {
        let spaces = line.len() - line.trim_start_matches(' ').len();
        if let Some(last) = self.lines.last_mut().filter(|line| line.text.is_empty()) {
            last.indent = 2 + spaces / 2;
        }
    }

    fn soft_break(&mut self, at: usize) {
        let below = self.source[at..].trim_start_matches(['\r', '\n', '>']);
        let text = below.trim_start_matches(' ');
        if self.mode == Mode::Broken {
            let spaces = below.len() - text.len();
            let indent = if spaces < 4 { 0 } else { 2 + (spaces - 4) / 2 };
            return self.lines.push(Line { indent, text: Text::new() });
        }
        let before = self.lines.last().and_then(|line| line.text.last()).and_then(|run| run.text.chars().last());
        let is_chinese = before.is_some_and(is_wide) && text.chars().next().is_some_and(is_wide);
        self.run(if is_chinese { "" } else { " " }, self.style());
    }

    fn style(&self) -> Style {
        self.styles.last().copied().unwrap_or_default()
    }

    fn run(&mut self, text: &str, style: Style) {
        let Some(line) = self.lines.last_mut().filter(|_| !text.is_empty()) else { return };
        match line.text.last_mut() {
            Some(last) if last.style == style && last.link == self.link => last.text.push_str(text),
            _ => line.text.push(Run { text: text.to_owned(), style, link: self.link.clone() }),
        }
    }
}

/// `<br>`, `<br/>`, `<br />`.
fn is_line_break(tag: &str) -> bool {
    let name = tag.trim_start_matches('<').trim_end_matches(['>', '/', ' ']);
    name.eq_ignore_ascii_case("br")
}

/// Drops white space at both ends, and runs with nothing in them.
fn trim(text: &mut Text) {
    if let Some(first) = text.first_mut() {
        first.text = first.text.trim_start().to_owned();
    }
    if let Some(last) = text.last_mut() {
        last.text.truncate(last.text.trim_end().len());
    }
    text.retain(|run| !run.text.is_empty());
}

#[cfg(test)]
mod tests {
    use super::super::{Source, parse};
    use super::*;

    /// Blocks as lines: kind, indentation, text.
    fn show(blocks: &[Block], depth: usize, out: &mut Vec<String>) {
        let plain = |text: &Text| text.iter().map(|run| run.text.as_str()).collect::<String>();
        let pad = " ".repeat(depth);
        for block in blocks {
            match block {
                Block::Heading(level, text) => out.push(format!("{pad}h{level} {}", plain(text))),
                Block::Paragraph(lines) => {
                    out.extend(lines.iter().map(|line| format!("{pad}p{} {}", line.indent, plain(&line.text))));
                }
                Block::List(start, items) => {
                    for item in items {
                        let mark = if item.mark.is_some() { " task" } else { "" };
                        out.push(format!("{pad}item {start:?}{mark}"));
                        show(&item.blocks, depth + 1, out);
                    }
                }
                Block::Quote(blocks) => {
                    out.push(format!("{pad}quote"));
                    show(blocks, depth + 1, out);
                }
                Block::Code(lines) => out.extend(lines.iter().map(|line| format!("{pad}code {line}"))),
                Block::Figure(index) => out.push(format!("{pad}figure {index}")),
                Block::Table(rows) => out.extend(
                    rows.iter().map(|row| format!("{pad}row {}", row.iter().map(plain).collect::<Vec<_>>().join("|"))),
                ),
                Block::Rule => out.push(format!("{pad}rule")),
                Block::Footnote(label, blocks) => {
                    out.push(format!("{pad}note {label}"));
                    show(blocks, depth + 1, out);
                }
            }
        }
    }

    #[track_caller]
    fn check(body: &str, wanted: &[&str]) {
        let text = format!("## 2031.5.17\n\n《Emu》\n{body}");
        let log = parse::parse([Source { name: "log.md".into(), text }]);
        let entry = &log.entries[0];
        let mut out = Vec::new();
        show(&blocks(&log.files[0], entry.body.clone(), &entry.figures), 0, &mut out);
        assert_eq!(out, wanted, "{body}");
    }

    #[test]
    fn line_ends_flow_and_chinese_joins_without_a_space() {
        check("\n模型\n结构 is\nnew", &["p0 模型结构 is new"]);
        check("\none  \ntwo<br>three", &["p0 one", "p0 two", "p0 three"]);
    }

    #[test]
    fn lines_that_hang_are_lines() {
        check("\n小组：\n    一行\n      *二*行", &["p0 小组：", "p2 一行", "p3 二行"]);
        check("    one 3*3*3\n      two\n", &["p2 one 3*3*3", "p3 two"]);
    }

    #[test]
    fn indented_chinese_is_prose_and_english_is_code() {
        check("\n    矩阵 3*3…7*7\n\n      再一行\n", &["p2 矩阵 3*3…7*7", "p3 再一行"]);
        check("\n    let x = 1;\n", &["code let x = 1;"]);
    }

    #[test]
    fn figures_break_out() {
        check("\n结构：\n<img src=\"a.png\" width=4\" height=\"2\">\n之后", &["p0 结构：", "figure 0", "p0 之后"]);
        check("    一行\n    ![x](a.png)\n    二行", &["p2 一行", "figure 0", "p2 二行"]);
        check("\n1. 一\n   <img src=\"a.png\">", &["item Some(1)", " p0 一", " figure 0"]);
        check("\n<p align=\"center\"><img src=\"a.png\"></p>", &["p0 <p align=\"center\">", "figure 0", "p0 </p>"]);
    }

    #[test]
    fn containers() {
        check("\n- [ ] 甲\n  - 乙\n", &["item None task", " p0 甲", " item None", "  p0 乙"]);
        check("\n> 甲\n> 乙\n\n---\n", &["quote", " p0 甲乙", "rule"]);
        check("\n|a|b|\n|-|-|\n|1|2|\n", &["row a|b", "row 1|2"]);
        check("\n甲[^1]\n\n[^1]: 乙\n", &["p0 甲[1]", "note 1", " p0 乙"]);
        check("\n### 深\n\n<!-- x -->\n\n```\na\n  b\n```\n", &["h3 深", "code a", "code   b"]);
    }
}
