//! One pass of pulldown-cmark over a file: what the structure of a log is made of.
//!
//! Only what later stages need is kept (headings, tasks, what is code or comment), so that
//! a file of any size costs one pass and little memory. Bodies are parsed again, one at a
//! time, when they are shown ([`markup`](super::markup)).

use std::ops::Range;

use memchr::memmem;
use pulldown_cmark::{CodeBlockKind, Event, HeadingLevel, Options, Parser, Tag, TagEnd};

/// The Markdown extensions of a log. Others would change text that is meant literally
/// (`2^n`, `~`, straight quotes), and some have quadratic cases.
pub const OPTIONS: Options = Options::ENABLE_TABLES
    .union(Options::ENABLE_TASKLISTS)
    .union(Options::ENABLE_STRIKETHROUGH)
    .union(Options::ENABLE_FOOTNOTES);

/// Bytes that are read at a time, about.
const PIECE: usize = 1 << 20;

/// The skeleton of a file. All ranges are bytes into the parsed text, in ascending order.
#[derive(Debug, Default, PartialEq)]
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

#[derive(Debug, PartialEq)]
pub struct Heading {
    /// 1 to 6.
    pub level: u8,
    pub span: Range<usize>,
    pub text: String,
    /// Written with `#`, and not underlined.
    pub atx: bool,
}

#[derive(Debug, PartialEq)]
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
        Self::scan_in_pieces(source, PIECE, progress)
    }

    /// The parser keeps about as many bytes as it reads, so a large file is read piece by piece.
    fn scan_in_pieces(source: &str, piece: usize, progress: &mut dyn FnMut(usize)) -> Self {
        let mut scan = Scan { source, outline: Self::default(), items: Vec::new(), containers: 0, reading: None };
        // Links and footnotes that are defined elsewhere are read otherwise without the definition.
        let defines = memmem::find(source.as_bytes(), b"]:").is_some();
        let mut cut = if defines { source.len() } else { next_cut(source, piece) };
        let (mut start, mut room) = (0, piece);
        loop {
            let before = scan.outline.lengths();
            let is_all = scan.read_piece(start..cut, progress);
            if cut == source.len() {
                break;
            }
            if is_all {
                (start, room) = (cut, piece);
            } else {
                // Twice as much, so that what is open for long is not read again too often.
                scan.outline.cut_back(before);
                room = room.saturating_mul(2);
            }
            cut = next_cut(source, cut.max(start.saturating_add(room)));
        }
        let mut outline = scan.outline;
        outline.headings.sort_by_key(|heading| heading.span.start);
        outline
    }

    fn lengths(&self) -> [usize; 6] {
        let Self { headings, tasks, hidden, code, hanging, images } = self;
        [headings.len(), tasks.len(), hidden.len(), code.len(), hanging.len(), images.len()]
    }

    /// Forgets what came since.
    fn cut_back(&mut self, [headings, tasks, hidden, code, hanging, images]: [usize; 6]) {
        self.headings.truncate(headings);
        self.tasks.truncate(tasks);
        self.hidden.truncate(hidden);
        self.code.truncate(code);
        self.hanging.truncate(hanging);
        self.images.truncate(images);
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

/// Where the next piece may begin, so many bytes into the text or later: at a heading behind a blank
/// line, which ends everything but what [`Scan::read_piece`] finds open.
fn next_cut(source: &str, from: usize) -> usize {
    let bytes = source.as_bytes();
    let Some(rest) = bytes.get(from..) else { return bytes.len() };
    let is_cut = |&newline: &usize| {
        let is_behind_blank = bytes[..newline].ends_with(b"\n") || bytes[..newline].ends_with(b"\n\r");
        let line = &bytes[newline + 1..];
        let marks = line.iter().take_while(|&&byte| byte == b'#').count();
        is_behind_blank && marks <= 6 && line.get(marks) == Some(&b' ')
    };
    let found = memmem::find_iter(rest, b"\n#").map(|at| from + at).find(is_cut);
    found.map_or(bytes.len(), |newline| newline + 1)
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
    /// Reads a part of the text; `false` if what it ends with may go on behind it: fenced code, or
    /// raw HTML such as a comment, which end at no heading.
    fn read_piece(&mut self, piece: Range<usize>, progress: &mut dyn FnMut(usize)) -> bool {
        let text = &self.source[piece.clone()];
        let mut open = 0..0;
        for (event, range) in Parser::new_ext(text, OPTIONS).into_offset_iter() {
            if matches!(event, Event::Start(Tag::Heading { .. })) {
                progress(piece.start + range.start);
            }
            let may_be_open = match &event {
                Event::Start(Tag::CodeBlock(kind)) => matches!(kind, CodeBlockKind::Fenced(_)),
                Event::Start(Tag::HtmlBlock) => {
                    let block = &text[range.clone()];
                    is_opaque(block) || block.trim_start().starts_with("<!")
                }
                _ => false,
            };
            if may_be_open {
                open = range.clone();
            }
            self.event(event, piece.start + range.start..piece.start + range.end);
        }
        open.end < text.trim_end().len()
    }

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
        if is_opaque(block) {
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

/// Whether raw HTML is more than tags, and does not end at a blank line.
fn is_opaque(block: &str) -> bool {
    let opaque = ["<!--", "<pre", "<script", "<style", "<textarea", "<?", "<![CDATA["];
    let block = block.trim_start();
    opaque.iter().any(|tag| block.get(..tag.len()).is_some_and(|start| start.eq_ignore_ascii_case(tag)))
}

/// Whether lines hang under the paragraph's first by four spaces or more.
fn hangs(paragraph: &str) -> bool {
    paragraph.contains("\n    ") && !paragraph.starts_with(' ')
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[track_caller]
    fn check(text: &str, pieces: usize) {
        let whole = Outline::scan_in_pieces(text, text.len(), &mut |_| {});
        for piece in 0..text.len() {
            assert_eq!(Outline::scan_in_pieces(text, piece, &mut |_| {}), whole, "{piece} {text:?}");
        }
        let mut cuts = 0;
        let mut at = next_cut(text, 0);
        while at < text.len() {
            cuts += 1;
            at = next_cut(text, at);
        }
        assert_eq!(cuts, pieces, "{text:?}");
    }

    #[test]
    fn pieces_are_read_as_the_whole() {
        check("# 2031.5\n\n## 2031.5.17\n\n- [ ] a\n  - [x] `b`\n\n# todo\n\n- [ ] c\n\ntext\n# d\n", 2);
        check("a\r\n\r\n# b\r\n\r\n![c](d.png)\r\n", 1);
        check("```\n\n# a\n\n```\n\n# b\n\n~~~\n\n# c", 3);
        check("<!-- a\n\n# b\n\n-->\n\n# c\n\n<pre>\n\n# d\n\n</pre>\n\n# e", 4);
        check("- a\n\n  ```\n  b\n\n# c\n\n> ```\n\n## d\n\n<img>\n\n### e\n", 3);
        check("- [ ] [a]\n\n# b\n\n[a]: c\n\n# d", 2);
        check("\n\n####### a\n\n#b\n\n# c", 1);
    }

    #[test]
    fn no_piece_is_read_twice_for_what_ends_before_a_heading() {
        let text = "# a\n\n<img src=\"b\">\n\n# c\n\n<div>\n\n    d\n\n# e\n\n- f\n\n# g";
        let mut headings = 0;
        Outline::scan_in_pieces(text, 0, &mut |_| headings += 1);
        assert_eq!(headings, 4);
    }

    proptest! {
        #[test]
        fn any_pieces_are_read_as_the_whole(
            lines in prop::collection::vec(
                "(|> |  |    |\t|- |1\\. ){0,2}(|# a|## b|```|~~~|<!-- a|a -->|<pre>|</pre>|<img src=\"a\">|<div>|- \\[ \\] c|\\[x\\] d|`e|f `|!\\[g\\](h)|\\[i\\]|《j》|    k|---|l  |\\| m \\||<?|<!X|<!\\[CDATA\\[|\\]\\]>)(|\r)",
                0..24,
            ),
            piece in 0_usize..40,
        ) {
            let text = lines.join("\n");
            let whole = Outline::scan_in_pieces(&text, text.len(), &mut |_| {});
            prop_assert_eq!(Outline::scan_in_pieces(&text, piece, &mut |_| {}), whole);
        }
    }
}
