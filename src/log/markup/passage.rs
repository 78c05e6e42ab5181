//! The text of an entry as a page of its own, mapped to offsets in the file.
//!
//! Text below a list item is indented, and a table row has its text in cells. Such text is copied: without its
//! indentation, or one line per cell. Other text is read in place.

use std::ops::Range;

use super::builder::{self, LabelBreaks};
use super::offset_map::CopiedText;
use super::{Block, rest, row};
use crate::log::forms::title;
use crate::log::forms::titles::TitleForm;
use crate::log::{Entry, FigurePlace, File, Log};

/// The text of an entry.
pub struct Passage<'a> {
    file: &'a File,
    entry: &'a Entry,
    /// The copied text; `None` if the body is read in place.
    copied: Option<CopiedText>,
    labelled: LabelBreaks,
}

impl<'a> Passage<'a> {
    /// The text of an entry.
    pub fn of(log: &'a Log, entry: &'a Entry) -> Self {
        let file = &log.files[entry.file()];
        let text = &file.text;
        let (copied, labelled) = match entry.form {
            TitleForm::Marks | TitleForm::InText | TitleForm::WholeFile => (None, LabelBreaks::Never),
            TitleForm::Headings(_) => (None, LabelBreaks::Bold),
            TitleForm::Rows => (Some(row::copy(file, entry)), LabelBreaks::Never),
            TitleForm::Labels => (Some(moved(text, entry)), LabelBreaks::Always),
            _ => (Some(moved(text, entry)), LabelBreaks::Bold),
        };
        Self { file, entry, copied, labelled }
    }

    /// The text that is parsed.
    pub fn text(&self) -> &str {
        self.copied.as_ref().map_or_else(|| &self.file.text[self.entry.body()], |copied| &copied.text)
    }

    /// Parses a byte range of the text.
    pub fn blocks(&self, span: Range<usize>) -> Vec<Block> {
        let figures = &self.entry.figures;
        match &self.copied {
            Some(copied) => builder::read_copied(copied, span, figures, self.labelled),
            None => {
                let start = self.entry.body().start;
                builder::read(self.file, start + span.start..start + span.end, figures, self.labelled, &[])
            }
        }
    }
}

/// A body without its common indentation, preceded by the rest of the title's line.
fn moved(text: &str, entry: &Entry) -> CopiedText {
    let body = entry.body();
    let mut copied = CopiedText::default();
    let below = match text[..body.start].ends_with('\n') || body.start == 0 {
        true => body.start,
        false => text[body.clone()].find('\n').map_or(body.end, |end| body.start + end + 1),
    };
    add_reference(&mut copied, text, entry);
    let left = rest::of(&text[body.start..below]);
    if !left.is_empty() {
        copied.fill(if copied.text.is_empty() { "" } else { " " });
        copied.add(text, body.start + left.start..body.start + left.end);
    }
    let has_rest = !copied.text.is_empty();
    copied.fill(if has_rest { "\n" } else { "" });
    let marker = indent(&text[entry.span().start.min(body.start)..]).columns;
    let first = &text[below..body.end];
    if has_rest && is_item(first.trim_start_matches([' ', '\t']).as_bytes()) {
        // Separate the list from the paragraph above, whatever its first number.
        copied.fill("\n");
    }
    add_moved(&mut copied, text, below..body.end, common(first, marker));
    copied
}

/// Adds the authors and the venue from a citation around the title.
fn add_reference(copied: &mut CopiedText, text: &str, entry: &Entry) {
    let head = &text[entry.span().start..entry.body().start];
    let start = entry.span().start + marker_end(head);
    let source = &text[start..entry.body().start];
    if !title::read(source).cited {
        return;
    }
    let is_sign = |c: char| c.is_whitespace() || ".,，。:：;?!\"“”*_".contains(c);
    let at = source.find(&*entry.title).map(|at| at..at + entry.title.len()).unwrap_or_default();
    let before = start..start + source[..at.start].trim_end_matches(|c: char| is_sign(c) && c != '.').len();
    let behind = entry.body().start - source[at.end..].trim_start_matches(is_sign).len();
    for part in [before, behind..entry.body().start] {
        let mut from = part.start;
        for line in text[part].split_inclusive('\n') {
            let said = line.trim();
            if !said.is_empty() {
                copied.fill(if copied.text.is_empty() { "" } else { " " });
                let start = from + line.len() - line.trim_start().len();
                copied.add(text, start..start + said.len());
            }
            from += line.len();
        }
    }
}

/// Where an item's text starts, after marker and checkbox, in bytes.
fn marker_end(line: &str) -> usize {
    let text = line.trim_start();
    let text = if is_item(text.as_bytes()) {
        text.trim_start_matches(|c: char| c.is_ascii_digit()).get(1..).unwrap_or_default().trim_start()
    } else {
        text
    };
    let boxed = text.strip_prefix('[').and_then(|rest| rest.split_once(']')).filter(|(mark, _)| mark.len() <= 4);
    line.len() - boxed.filter(|(mark, _)| mark.chars().count() == 1).map_or(text, |(_, text)| text.trim_start()).len()
}

/// Parses text that belongs to no entry, below a date that is a list item.
pub(super) fn note(file: &File, piece: Range<usize>, figures: &[FigurePlace]) -> Vec<Block> {
    let mut copied = CopiedText::default();
    add_moved(&mut copied, &file.text, piece.clone(), common(&file.text[piece], 0));
    builder::read_copied(&copied, 0..copied.text.len(), figures, LabelBreaks::Never)
}

/// Whether a list item starts at an offset.
pub(super) fn is_item_at(text: &str, at: usize) -> bool {
    is_item(text[at..].trim_start_matches([' ', '\t']).as_bytes())
}

/// Adds lines of a file with their indentation reduced by `moved_by` columns.
fn add_moved(copied: &mut CopiedText, text: &str, lines: Range<usize>, moved_by: usize) {
    let mut at = lines.start;
    for line in text[lines].split_inclusive('\n') {
        let Indent { columns, bytes } = indent(line);
        copied.fill(&" ".repeat(columns.saturating_sub(moved_by)));
        copied.add(text, at + bytes..at + line.len());
        at += line.len();
    }
}

/// The least indentation of all lines deeper than `marker`, in columns. If the first line is an item that is no deeper,
/// its indentation.
fn common(text: &str, marker: usize) -> usize {
    let first = text.lines().find(|line| !line.trim().is_empty()).unwrap_or_default();
    let Indent { columns, bytes } = indent(first);
    if columns <= marker && is_item(&first.as_bytes()[bytes..]) {
        return columns;
    }
    let mut fence: Option<&str> = None;
    let mut least: Option<usize> = None;
    for line in text.lines() {
        let Indent { columns, bytes } = indent(line);
        let said = &line[bytes..];
        let marks = ["```", "~~~"].into_iter().find(|marks| said.starts_with(marks));
        let is_inside = fence.is_some();
        match (fence, marks) {
            (None, Some(marks)) => fence = Some(marks),
            (Some(open), Some(marks)) if open == marks => fence = None,
            _ => {}
        }
        if !is_inside && !said.is_empty() && columns > marker {
            least = Some(least.map_or(columns, |least| least.min(columns)));
        }
    }
    least.unwrap_or(0)
}

/// The indentation of a line.
struct Indent {
    /// With tab stops every four columns.
    columns: usize,
    bytes: usize,
}

fn indent(line: &str) -> Indent {
    let (mut columns, mut bytes) = (0, 0);
    for byte in line.bytes() {
        match byte {
            b' ' => columns += 1,
            b'\t' => columns += 4 - columns % 4,
            _ => break,
        }
        bytes += 1;
    }
    Indent { columns, bytes }
}

/// Whether a line, without its indentation, is a list item.
fn is_item(line: &[u8]) -> bool {
    let digits = line.iter().take_while(|byte| byte.is_ascii_digit()).count();
    match line {
        [b'-' | b'*' | b'+', b' ' | b'\t', ..] => true,
        _ => (1..=9).contains(&digits) && matches!(line.get(digits..digits + 2), Some([b'.' | b')', b' ' | b'\t'])),
    }
}
