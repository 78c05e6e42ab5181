//! Turns the events of pulldown-cmark into an [`Outline`].

use std::num::NonZero;
use std::ops::Range;

use pulldown_cmark::{BrokenLink, CodeBlockKind, CowStr, Event, HeadingLevel, Parser, Tag, TagEnd};

use super::repaired::repaired;
use super::{Heading, Item, OPTIONS, Outline, RawTask, Row, Table};
use crate::log::task::{Sign, State, label, other_box, word};
use crate::text::offset;

/// Resolves a link that is not defined in the scanned text, as (destination, title).
pub(super) type Resolve<'a> = dyn FnMut(BrokenLink<'_>) -> Option<(CowStr<'static>, CowStr<'static>)> + 'a;

/// Scans a text. `progress` is called at each heading with the bytes scanned so far.
pub(super) fn scan(source: &str, resolve: &mut Resolve<'_>, progress: &mut dyn FnMut(usize)) -> Outline {
    let mut scan = Scan {
        source,
        outline: Outline::default(),
        items: Vec::new(),
        lists: Vec::new(),
        containers: 0,
        quotes: 0,
        reading: None,
        text_of: None,
    };
    let text = repaired(source);
    let parser = Parser::new_with_broken_link_callback(&text, OPTIONS, Some(|link: BrokenLink<'_>| resolve(link)));
    for (event, range) in parser.into_offset_iter() {
        if matches!(event, Event::Start(Tag::Heading { .. })) {
            progress(range.start);
        }
        scan.event(event, range);
    }
    let mut outline = scan.outline;
    for task in &mut outline.tasks {
        // The text lacks the emphasis around a labelled word.
        let signs = source[task.signs()].replace(['*', '_'], "");
        if task.text.starts_with(&signs) {
            task.text.drain(..signs.len());
        }
    }
    outline.headings.sort_by_key(|heading| heading.span.start());
    outline
}

struct Scan<'a> {
    source: &'a str,
    outline: Outline,
    /// The open list items, as indices into [`Outline::items`].
    items: Vec<usize>,
    /// Per open list: (index in [`Outline::lists`], whether the list is numbered).
    lists: Vec<(u32, bool)>,
    /// Open lists, quotes and footnotes.
    containers: usize,
    /// Open quotes and footnotes.
    quotes: usize,
    /// The task whose text is being read.
    reading: Option<usize>,
    /// The item whose first block is being read.
    text_of: Option<usize>,
}

impl Scan<'_> {
    fn event(&mut self, event: Event<'_>, range: Range<usize>) {
        match event {
            Event::Start(tag) => self.start(&tag, range),
            Event::End(tag) => self.end(tag),
            Event::TaskListMarker(done) => self.task(done, range),
            Event::Text(text) | Event::InlineHtml(text) => {
                if text.starts_with("<!--") {
                    self.outline.hidden.push(range.clone().into());
                }
                self.extend(&range);
                self.read(&text);
            }
            Event::Code(text) => {
                self.extend(&range);
                self.read(&text);
                self.outline.code.push(range.into());
            }
            Event::SoftBreak | Event::HardBreak => self.read(" "),
            _ => {}
        }
    }

    fn start(&mut self, tag: &Tag<'_>, range: Range<usize>) {
        match tag {
            Tag::Heading { level, .. } if self.containers == 0 => self.heading(*level, range),
            Tag::Paragraph if self.containers == 0 => {
                if hangs(&self.source[range.clone()]) {
                    self.outline.hanging.push(range.clone().into());
                }
                self.paragraph(range);
            }
            Tag::Paragraph => {}
            Tag::CodeBlock(kind) => {
                self.text_of = None;
                if let CodeBlockKind::Fenced(_) = kind {
                    self.hide(range);
                }
            }
            Tag::HtmlBlock => self.html(range),
            Tag::Image { dest_url, .. } => {
                self.extend(&range);
                self.outline.images.push((range, dest_url.to_string()));
            }
            Tag::List(first) => {
                self.lists.push((at(&self.outline.lists), first.is_some()));
                self.outline.lists.push(range.into());
                self.open();
            }
            Tag::BlockQuote(_) | Tag::FootnoteDefinition(_) => {
                self.quotes += 1;
                self.open();
            }
            Tag::Item => self.item(range),
            Tag::Link { .. } | Tag::Emphasis | Tag::Strong | Tag::Strikethrough => self.extend(&range),
            Tag::Table(_) => {
                self.text_of = None;
                let (cells, rows) = (at(&self.outline.cells), at(&self.outline.rows));
                self.outline.tables.push(Table { span: range.into(), header: cells..cells, rows: rows..rows });
            }
            Tag::TableRow => {
                let cells = at(&self.outline.cells);
                self.outline.rows.push(Row { span: range.into(), cells: cells..cells });
            }
            Tag::TableCell => self.outline.cells.push(range.into()),
            _ => {}
        }
    }

    fn end(&mut self, tag: TagEnd) {
        match tag {
            TagEnd::List(_) => {
                self.lists.pop();
                self.containers -= 1;
            }
            TagEnd::BlockQuote(_) | TagEnd::FootnoteDefinition => {
                self.quotes -= 1;
                self.containers -= 1;
            }
            TagEnd::Item => {
                self.items.pop();
                self.reading = None;
                self.text_of = None;
            }
            TagEnd::Paragraph => {
                self.reading = None;
                self.text_of = None;
            }
            TagEnd::TableHead => {
                let cells = at(&self.outline.cells);
                if let Some(table) = self.outline.tables.last_mut() {
                    table.header.end = cells;
                }
            }
            TagEnd::TableRow => {
                let (cells, rows) = (at(&self.outline.cells), at(&self.outline.rows));
                if let (Some(row), Some(table)) = (self.outline.rows.last_mut(), self.outline.tables.last_mut()) {
                    row.cells.end = cells;
                    table.rows.end = rows;
                }
            }
            _ => {}
        }
    }

    fn open(&mut self) {
        self.reading = None;
        self.text_of = None;
        self.containers += 1;
    }

    fn item(&mut self, span: Range<usize>) {
        // After a tab, pulldown-cmark starts an item before the line of its marker.
        let text = &self.source[span.clone()];
        let start = span.start + text.len() - text.trim_ascii_start().len();
        let span = if start < span.end { start..span.end } else { span };
        let index = self.outline.items.len();
        self.outline.items.push(Item {
            text: (span.start..span.start).into(),
            depth: u16::try_from(self.lists.len()).unwrap_or(u16::MAX),
            list: self.lists.last().map_or(0, |&(list, _)| list),
            ordered: self.lists.last().is_some_and(|&(_, is_ordered)| is_ordered),
            task: None,
            parent: self.items.last().and_then(|&parent| numbered(parent)),
            quoted: self.quotes > 0,
            span: span.into(),
        });
        self.items.push(index);
        self.text_of = Some(index);
    }

    /// Extends the text of the current item, if its first block is being read.
    fn extend(&mut self, range: &Range<usize>) {
        let Some(index) = self.text_of else { return };
        let item = &mut self.outline.items[index];
        if item.text.start() == item.span.start() {
            item.text = (range.start..range.start).into();
            self.sign(index);
        }
        let item = &mut self.outline.items[index];
        // If only white space follows a checkbox, Markdown's text ends before it, and so before its start here.
        let text = item.text();
        item.text = (text.start..text.end.max(range.end).max(text.start)).into();
    }

    /// Recognises checkboxes unknown to Markdown, and state words, at the start of an item's text.
    fn sign(&mut self, index: usize) {
        let item = &self.outline.items[index];
        let (at, text) = (item.text.start(), &self.source[item.text.start()..]);
        if item.task.is_some() || !text.starts_with(['[', '*', '_', 'T', 'D', 'L', 'N', 'W', 'I', 'C']) {
            return;
        }
        let found = other_box(text).map(|mark| (State::of(mark), Sign::Box, at + 1, 3 + mark.len_utf8()));
        let found =
            found.or_else(|| word(text).map(|(word, state)| (state, Sign::Word(word.len()), at, word.len() + 1)));
        let found = found.or_else(|| label(text).map(|(length, state)| (state, Sign::Label(length), at, length + 1)));
        if let Some((state, sign, mark, length)) = found {
            self.outline.items[index].text = (at + length..at + length).into();
            self.push(index, state, sign, mark);
        }
    }

    fn push(&mut self, item: usize, state: State, sign: Sign, mark: usize) {
        let (index, depth) = (self.outline.tasks.len(), self.items.len().max(1));
        self.outline.items[item].task = numbered(index);
        let span = self.outline.items[item].span();
        self.outline.tasks.push(RawTask { state, sign, mark, span, depth, text: String::new() });
        self.reading = Some(index);
    }

    fn heading(&mut self, level: HeadingLevel, span: Range<usize>) {
        let line = self.source[span.clone()].lines().next().unwrap_or_default().trim();
        let atx = line.starts_with('#');
        let behind = line.trim_start_matches('#');
        // A heading that lacked a space has one mark more here than in the parsed text.
        let level = if atx { u8::try_from(line.len() - behind.len()).unwrap_or(u8::MAX) } else { level as u8 };
        let text = behind.trim().trim_end_matches('#').trim_end();
        self.outline.headings.push(Heading { level, text: text.into(), span: span.into(), atx });
    }

    /// Lines such as `#1. Emus` are meant as headings, although Markdown wants a space after the mark. A single `#` before
    /// a letter begins a hashtag.
    fn paragraph(&mut self, range: Range<usize>) {
        let text = &self.source[range.clone()];
        if !text.starts_with('#') {
            return self.outline.paragraphs.push(range.into());
        }
        let (mut from, mut at) = (range.start, range.start);
        for line in text.split_inclusive('\n') {
            if is_numbered_heading(line) {
                if from < at {
                    self.outline.paragraphs.push((from..at).into());
                }
                from = at + line.len();
                self.heading(HeadingLevel::H1, at..from);
            }
            at += line.len();
        }
        if from < range.end {
            self.outline.paragraphs.push((from..range.end).into());
        }
    }

    fn hide(&mut self, range: Range<usize>) {
        self.outline.hidden.push(range.into());
    }

    /// In Markdown, raw HTML runs to the next blank line. Headings in it, such as one directly below an `<img>`, still
    /// count here.
    fn html(&mut self, range: Range<usize>) {
        let block = &self.source[range.clone()];
        let opaque = ["<!--", "<pre", "<script", "<style", "<textarea", "<?", "<![CDATA["];
        if opaque
            .iter()
            .any(|tag| block.trim_start().get(..tag.len()).is_some_and(|start| start.eq_ignore_ascii_case(tag)))
        {
            return self.hide(range);
        }
        if self.containers > 0 {
            return;
        }
        let mut at = range.start;
        for line in block.split_inclusive('\n') {
            let marks = line.len() - line.trim_start_matches('#').len();
            if (1..=6).contains(&marks) && line[marks..].starts_with(' ') {
                let level = HeadingLevel::try_from(marks).unwrap_or(HeadingLevel::H6);
                self.heading(level, at..at + line.len());
            }
            at += line.len();
        }
        // A line such as `<b>2031-05-17</b>` counts as a paragraph.
        self.outline.paragraphs.push(range.into());
    }

    /// The range may begin with a tab, as in `"\t[ ]"`, so search for the bracket.
    fn task(&mut self, done: bool, range: Range<usize>) {
        let Some(open) = self.source[range.clone()].find('[') else { return };
        let Some(&item) = self.items.last() else { return };
        let state = if done { State::Done } else { State::Open };
        self.push(item, state, Sign::Box, range.start + open + 1);
    }

    fn read(&mut self, text: &str) {
        if let Some(index) = self.reading {
            self.outline.tasks[index].text.push_str(text);
        }
    }
}

/// Whether a line is like `#1. Emus`.
fn is_numbered_heading(line: &str) -> bool {
    let Some(text) = line.strip_prefix('#') else { return false };
    let behind = text.trim_start_matches(|c: char| c.is_ascii_digit());
    behind.len() < text.len() && behind.starts_with(['.', '、', ')'])
}

/// Whether a paragraph's continuation lines are indented by four spaces or more.
fn hangs(paragraph: &str) -> bool {
    paragraph.contains("\n    ") && !paragraph.starts_with(' ')
}

/// The length of a list, as an index.
fn at<T>(list: &[T]) -> u32 {
    offset(list.len())
}

/// An index, plus 1.
fn numbered(index: usize) -> Option<NonZero<u32>> {
    NonZero::new(offset(index + 1))
}
