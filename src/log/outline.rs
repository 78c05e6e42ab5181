//! One pass of pulldown-cmark over a file: what the structure of a log is made of.
//!
//! Only what later stages need is kept (headings, tasks, what is code or comment), so that
//! a file of any size costs one pass and little memory. Bodies are parsed again, one at a
//! time, when they are shown ([`markup`](super::markup)).

use std::ops::Range;

use pulldown_cmark::{CodeBlockKind, Event, HeadingLevel, Options, Parser, Tag, TagEnd};

/// The Markdown extensions of a log. Others would change text that is meant literally
/// (`2^n`, `~`, straight quotes), and some have quadratic cases.
pub const OPTIONS: Options = Options::ENABLE_TABLES
    .union(Options::ENABLE_TASKLISTS)
    .union(Options::ENABLE_STRIKETHROUGH)
    .union(Options::ENABLE_FOOTNOTES);

/// The skeleton of a file. All ranges are bytes into the parsed text, in ascending order.
#[derive(Debug, Default)]
pub struct Outline {
    pub headings: Vec<Heading>,
    pub tasks: Vec<RawTask>,
    /// Fenced code, comments and raw HTML: nothing in them is structure.
    pub hidden: Vec<Range<usize>>,
    /// Code spans.
    pub code: Vec<Range<usize>>,
    /// Paragraphs at the top level whose lines hang under the first (rule R3 of the page).
    pub hanging: Vec<Range<usize>>,
    /// `![alt](path)`: the range and the path.
    pub images: Vec<(Range<usize>, String)>,
}

#[derive(Debug)]
pub struct Heading {
    /// 1 to 6.
    pub level: u8,
    pub span: Range<usize>,
    pub text: String,
    /// Written with `#`, and not underlined.
    pub atx: bool,
}

#[derive(Debug)]
pub struct RawTask {
    pub done: bool,
    /// The byte between the brackets.
    pub mark: usize,
    pub span: Range<usize>,
    pub depth: usize,
    pub parent: Option<usize>,
    pub text: String,
}

impl Outline {
    /// Reads a file. At each heading `progress` is told how many bytes are behind it.
    pub fn scan(source: &str, progress: &mut dyn FnMut(usize)) -> Self {
        let mut scan = Scan { source, outline: Self::default(), items: Vec::new(), containers: 0, reading: None };
        for (event, range) in Parser::new_ext(source, OPTIONS).into_offset_iter() {
            if matches!(event, Event::Start(Tag::Heading { .. })) {
                progress(range.start);
            }
            scan.event(event, range);
        }
        let mut outline = scan.outline;
        outline.headings.sort_by_key(|heading| heading.span.start);
        outline
    }

    /// Whether the offset lies in code or a comment.
    pub fn is_hidden(&self, offset: usize) -> bool {
        contains(&self.hidden, offset)
    }

    /// Whether the offset lies in a code span, or in what is hidden.
    pub fn is_literal(&self, offset: usize) -> bool {
        contains(&self.code, offset) || self.is_hidden(offset)
    }
}

fn contains(ranges: &[Range<usize>], offset: usize) -> bool {
    let next = ranges.partition_point(|range| range.start <= offset);
    next.checked_sub(1).is_some_and(|index| ranges[index].contains(&offset))
}

struct Scan<'a> {
    source: &'a str,
    outline: Outline,
    /// The open list items: their bytes, and the task that each is.
    items: Vec<(Range<usize>, Option<usize>)>,
    /// Open lists, quotes and footnotes.
    containers: usize,
    /// The task whose text is being read.
    reading: Option<usize>,
}

impl Scan<'_> {
    fn event(&mut self, event: Event<'_>, range: Range<usize>) {
        match event {
            Event::Start(tag) => self.start(&tag, range),
            Event::End(tag) => self.end(tag),
            Event::TaskListMarker(done) => self.task(done, range),
            Event::Text(text) | Event::InlineHtml(text) => {
                if text.starts_with("<!--") {
                    self.outline.hidden.push(range);
                }
                self.read(&text);
            }
            Event::Code(text) => {
                self.read(&text);
                self.outline.code.push(range);
            }
            Event::SoftBreak | Event::HardBreak => self.read(" "),
            _ => {}
        }
    }

    fn start(&mut self, tag: &Tag<'_>, range: Range<usize>) {
        match tag {
            Tag::Heading { level, .. } if self.containers == 0 => self.heading(*level, range),
            Tag::Paragraph if self.containers == 0 && hangs(&self.source[range.clone()]) => {
                self.outline.hanging.push(range);
            }
            Tag::CodeBlock(CodeBlockKind::Fenced(_)) => self.hide(range),
            Tag::HtmlBlock => self.html(range),
            Tag::Image { dest_url, .. } => self.outline.images.push((range, dest_url.to_string())),
            Tag::List(_) | Tag::BlockQuote(_) | Tag::FootnoteDefinition(_) => {
                self.reading = None;
                self.containers += 1;
            }
            Tag::Item => self.items.push((range, None)),
            _ => {}
        }
    }

    fn end(&mut self, tag: TagEnd) {
        match tag {
            TagEnd::List(_) | TagEnd::BlockQuote(_) | TagEnd::FootnoteDefinition => self.containers -= 1,
            TagEnd::Item => {
                self.items.pop();
                self.reading = None;
            }
            TagEnd::Paragraph => self.reading = None,
            _ => {}
        }
    }

    fn heading(&mut self, level: HeadingLevel, span: Range<usize>) {
        let line = self.source[span.clone()].lines().next().unwrap_or_default().trim();
        let atx = line.starts_with('#');
        let text = line.trim_start_matches('#').trim().trim_end_matches('#').trim_end();
        self.outline.headings.push(Heading { level: level as u8, text: text.to_owned(), span, atx });
    }

    fn hide(&mut self, range: Range<usize>) {
        self.outline.hidden.push(range);
    }

    /// Raw HTML runs to the next blank line in Markdown, so a heading right below an
    /// `<img>` would vanish in it. Authors mean a heading.
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
    }

    /// The marker's range can be `"\t[ ]"`: the box is looked for inside it.
    fn task(&mut self, done: bool, range: Range<usize>) {
        let Some(open) = self.source[range.clone()].find('[') else { return };
        let index = self.outline.tasks.len();
        let parent = self.items.iter().rev().skip(1).find_map(|(_, task)| *task);
        let depth = self.items.len().max(1);
        let Some(item) = self.items.last_mut() else { return };
        item.1 = Some(index);
        let span = item.0.clone();
        let mark = range.start + open + 1;
        self.outline.tasks.push(RawTask { done, mark, span, depth, parent, text: String::new() });
        self.reading = Some(index);
    }

    fn read(&mut self, text: &str) {
        if let Some(index) = self.reading {
            self.outline.tasks[index].text.push_str(text);
        }
    }
}

/// Whether lines hang under the paragraph's first by four spaces or more.
fn hangs(paragraph: &str) -> bool {
    paragraph.contains("\n    ") && !paragraph.starts_with(' ')
}
