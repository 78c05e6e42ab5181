//! Scans a file in pieces, in parallel, so that the Markdown tree of the whole file is never in memory.
//!
//! A piece ends before a heading at the left margin that follows a blank line: no list, quote, table or paragraph is
//! open there. Only fenced code, a comment or HTML such as `<pre>` can be; a piece that ends inside one is scanned
//! again, at twice the size.

use std::collections::HashMap;
use std::num::NonZero;
use std::ops::Range;

use memchr::memmem;
use pulldown_cmark::{BrokenLink, CowStr, Parser};

use super::scan::scan;
use super::{OPTIONS, Outline};
use crate::log::parallel::{in_parallel, threads};
use crate::text::{Span, offset};

/// The minimum size of a piece in bytes. A file with less than this for each thread is split into one piece per thread.
const LARGE: usize = 1 << 20;

/// Scans a file. `progress` is called from time to time with the estimated number of bytes scanned.
pub(super) fn scan_all(source: &str, progress: &mut dyn FnMut(usize)) -> Outline {
    let threads = threads(source.len());
    scan_pieces(source, LARGE.min(source.len().div_ceil(threads)), threads, progress)
}

/// Scans a file in pieces of at least `least` bytes, `together` of them in parallel.
fn scan_pieces(source: &str, least: usize, together: usize, progress: &mut dyn FnMut(usize)) -> Outline {
    if end_of_piece(source, least) == source.len() {
        return scan(source, &mut |_| None, progress);
    }
    let definitions = definitions(source);
    let read = |piece: &Range<usize>, progress: &mut dyn FnMut(usize)| {
        let mut resolve = |link: BrokenLink<'_>| definitions.get(&*link.reference.to_lowercase()).cloned();
        scan(&source[piece.clone()], &mut resolve, &mut |behind| progress(piece.start + behind))
    };
    let read_all = |share: &[Range<usize>], progress: &mut dyn FnMut(usize)| {
        share.iter().map(|piece| read(piece, progress)).collect::<Vec<Outline>>()
    };
    let mut outline = Outline::default();
    let (mut start, mut size) = (0, least);
    while start < source.len() {
        let pieces = pieces(source, start, size, if size > least { 1 } else { together });
        let found = in_parallel(&pieces, Range::clone, progress, read_all);
        size = least;
        for (piece, found) in pieces.into_iter().zip(found.into_iter().flatten()) {
            let is_open = found.hidden.last().is_some_and(|it| it.end() >= source[piece.clone()].trim_end().len());
            if is_open && piece.end < source.len() {
                size = (piece.end - piece.start) * 2;
                break;
            }
            outline.append(found, piece.start);
            start = piece.end;
        }
    }
    outline.shrink();
    outline
}

/// The next pieces: at most `most`, each of at least `size` bytes.
fn pieces(source: &str, start: usize, size: usize, most: usize) -> Vec<Range<usize>> {
    let mut pieces = Vec::with_capacity(most);
    let mut start = start;
    while start < source.len() && pieces.len() < most {
        let end = end_of_piece(source, start.saturating_add(size));
        pieces.push(start..end);
        start = end;
    }
    pieces
}

/// The start of the next heading at the left margin after a blank line, or the end of the text.
fn end_of_piece(source: &str, from: usize) -> usize {
    let Some(rest) = source.as_bytes().get(from..) else { return source.len() };
    let is_heading = |at: usize| {
        let marks = rest[at..].iter().take_while(|&&byte| byte == b'#').count();
        let is_below_blank = rest[..at].ends_with(b"\n\n") || rest[..at].ends_with(b"\n\r\n");
        is_below_blank && marks <= 6 && rest.get(at + marks) == Some(&b' ')
    };
    let found = memmem::find_iter(rest, "\n#").map(|at| at + 1).find(|&at| is_heading(at));
    found.map_or(source.len(), |at| from + at)
}

/// Link definitions of the whole file: lower-case label → (destination, title). Code that looks like a definition
/// counts too.
fn definitions(source: &str) -> HashMap<String, (CowStr<'static>, CowStr<'static>)> {
    let text = definition_lines(source).join("\n");
    let parser = Parser::new_ext(&text, OPTIONS);
    let all = parser.reference_definitions().iter();
    let told = |text: &CowStr<'_>| CowStr::from(text.to_string());
    all.map(|(name, it)| (name.to_lowercase(), (told(&it.dest), it.title.as_ref().map_or("".into(), told)))).collect()
}

/// The lines that look like link definitions, each once, however often they contain `]:`.
fn definition_lines(source: &str) -> Vec<&str> {
    let mut lines = Vec::new();
    let mut rest = source;
    while let Some(at) = memmem::find(rest.as_bytes(), b"]:") {
        let start = rest[..at].rfind('\n').map_or(0, |end| end + 1);
        let end = rest[at..].find('\n').map_or(rest.len(), |end| at + end);
        let line = rest[start..end].trim();
        if line.starts_with('[') && !line.starts_with("[^") {
            lines.push(line);
        }
        rest = &rest[end..];
    }
    lines
}

impl Outline {
    /// Appends the outline of the piece that starts at byte `start`.
    fn append(&mut self, piece: Self, start: usize) {
        let (lists, items, tasks) = (offset(self.lists.len()), offset(self.items.len()), offset(self.tasks.len()));
        let (rows, cells) = (offset(self.rows.len()), offset(self.cells.len()));
        let moved = |span: Span| span.moved(start);
        let numbered = |number: Option<NonZero<u32>>, by: u32| number.map(|number| number.saturating_add(by));
        let counted = |range: Range<u32>, by: u32| range.start + by..range.end + by;
        self.headings.extend(piece.headings.into_iter().map(|it| super::Heading { span: moved(it.span), ..it }));
        self.tasks.extend(piece.tasks.into_iter().map(|it| super::RawTask {
            mark: it.mark + start,
            span: it.span.start + start..it.span.end + start,
            ..it
        }));
        self.items.extend(piece.items.into_iter().map(|it| super::Item {
            span: moved(it.span),
            text: moved(it.text),
            list: it.list + lists,
            task: numbered(it.task, tasks),
            parent: numbered(it.parent, items),
            ..it
        }));
        self.rows.extend(
            piece.rows.into_iter().map(|it| super::Row { span: moved(it.span), cells: counted(it.cells, cells) }),
        );
        self.tables.extend(piece.tables.into_iter().map(|it| super::Table {
            span: moved(it.span),
            header: counted(it.header, cells),
            rows: counted(it.rows, rows),
        }));
        self.images.extend(piece.images.into_iter().map(|(span, path)| (span.start + start..span.end + start, path)));
        let spans = [
            (&mut self.lists, piece.lists),
            (&mut self.paragraphs, piece.paragraphs),
            (&mut self.cells, piece.cells),
            (&mut self.hidden, piece.hidden),
            (&mut self.code, piece.code),
            (&mut self.hanging, piece.hanging),
        ];
        for (all, more) in spans {
            all.extend(more.into_iter().map(moved));
        }
    }

    /// Gives back the memory that was reserved for more.
    fn shrink(&mut self) {
        self.headings.shrink_to_fit();
        self.items.shrink_to_fit();
        self.rows.shrink_to_fit();
        for spans in [&mut self.lists, &mut self.paragraphs, &mut self.cells, &mut self.hidden, &mut self.code] {
            spans.shrink_to_fit();
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    const PARTS: &[&str] = &[
        "# Birds\n\n",
        "## 2031.5.17\n\n",
        "Emu [one][a] and ![two][A]\n\n",
        "- [ ] Owl [x][a]\n  - [x] Elk `code`\n\n",
        "1. TODO Gnu\n\n",
        "> - Yak\n\n",
        "| A | B |\n|--|--|\n| 1 | 2 |\n\n",
        "```\n## code\n\n",
        "```\n\n",
        "<!-- gone\n\n",
        "-->\n\n",
        "Auk\n===\n\n",
        "    hanging\n",
        "words\n    under words\n",
        "\r\n",
        "<b>2031-05-17</b>\n# Kea\n",
    ];

    #[test]
    fn a_line_with_many_definitions_is_read_once() {
        let line = "[a]: b ".repeat(1000);
        assert_eq!(definition_lines(&format!("x\n{line}\n[^1]: c\n")), [line.trim()]);
    }

    proptest! {
        #[test]
        fn scanning_in_pieces_matches_scanning_at_once(parts in prop::collection::vec(prop::sample::select(PARTS), 1..40), least in 1_usize..80) {
            // The definition comes before any code, since only a scan of the whole file can tell whether a definition
            // is in code.
            let text = format!("[a]: https://example.org/a\n\n{}", parts.concat());
            let whole = format!("{:?}", scan_pieces(&text, usize::MAX, 1, &mut |_| {}));
            prop_assert_eq!(format!("{:?}", scan_pieces(&text, least, 3, &mut |_| {})), whole);
        }
    }
}
