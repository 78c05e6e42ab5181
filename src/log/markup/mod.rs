//! Turns a log's source into blocks and runs of text, as the user meant them.
//!
//! Built on pulldown-cmark's events and their offsets. These modules correct what CommonMark misreads. `builder`:
//! indented prose that is not code, and indented text below a title. `masks`: figures and formulas, hidden from the
//! parser. `emphasis`: leftover asterisks. `scan`: bare URLs and cross-references. `tags`: HTML and note-taking syntax.
//! `passage` selects the text of an entry, depending on the form of its title.

mod addresses;
mod builder;
mod containers;
mod emphasis;
mod formula;
mod hand_lists;
mod items;
mod listed;
mod masks;
mod offset_map;
mod paragraph;
mod passage;
mod rest;
mod row;
mod scan;
mod shortcodes;
mod tags;
#[cfg(test)]
mod tests;

use std::ops::Range;
use std::sync::Arc;

use unicode_width::UnicodeWidthChar;

use super::link_name::link_name;
use super::{Entry, FigurePlace, File, Key, Log, Section, SectionName, spaced};
use crate::text::Span;
pub(crate) use addresses::name_addresses;
pub(crate) use items::items;
pub(crate) use passage::Passage;
pub(crate) use scan::marker;
pub(super) use tags::{BLOCK_ID, block_id_start, is_block_id, key_length};

/// A block of a page.
#[derive(Debug, Clone, PartialEq)]
pub enum Block {
    /// A heading inside a body, level 1 to 6.
    Heading(u8, Text),
    /// Lines of prose; several if the user broke them.
    Paragraph(Vec<Line>),
    /// A list: numbered from the given start, or bulleted. Items carry their own numbers.
    List(Option<u64>, Vec<ListItem>),
    /// A block quote.
    Quote(Vec<Block>),
    /// A code block, by lines.
    Code(Vec<String>),
    /// A picture, as an index into the figures of the entry or section.
    Figure(usize),
    /// Table rows of cells; the first row is the header. Lines within a cell are separated by a run `\n`.
    Table(Vec<Vec<Text>>),
    /// A thematic break.
    Rule,
    /// A footnote with its label.
    Footnote(String, Vec<Block>),
}

/// A line of prose.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Line {
    /// Indentation in columns.
    pub indent: usize,
    /// A hand-made list marker such as `3，`, `（1）` or `a) `, with its space; empty if there is none.
    pub marker: String,
    /// The text after the marker.
    pub text: Text,
}

/// An item of a list.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct ListItem {
    /// For a task, the byte offset of its mark in the file: the char in the checkbox or, without a checkbox, the start
    /// of the state word or text.
    pub mark: Option<usize>,
    /// Its number, in a numbered list.
    pub number: Option<u64>,
    /// Its content, nested lists included.
    pub blocks: Vec<Block>,
}

/// Text as runs, each of one style.
pub type Text = Vec<Run>;

/// Text with one style and at most one link.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Run {
    /// The text itself.
    pub text: String,
    /// Its style.
    pub style: Style,
    /// Its link target.
    pub link: Option<Link>,
}

/// A link target. Every line of a wrapped link repeats it, so long texts are in an `Arc`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Link {
    /// A URL as written: neither checked nor escaped.
    Url(Arc<str>),
    /// The digits of a cross-reference such as `[5036]`.
    Reference(String),
    /// A note named in `[[name]]`, which may not exist.
    Note(Arc<str>),
    /// Another entry of the log.
    Entry(Key),
    /// A day, month or other section; opens its text outside entries.
    Section(SectionName),
}

/// How text is drawn.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
#[expect(clippy::struct_excessive_bools, reason = "they are independent")]
pub struct Style {
    /// Emphasis.
    pub italic: bool,
    /// Strong emphasis.
    pub bold: bool,
    /// Struck through.
    pub strike: bool,
    /// Code.
    pub code: bool,
    /// A formula: in Unicode if possible, otherwise as written.
    pub formula: bool,
    /// Secondary text, such as a label: drawn faintly.
    pub dim: bool,
}

/// Parses a span of a file; `figures` are the figures within the span.
pub fn blocks(file: &File, span: Range<usize>, figures: &[FigurePlace]) -> Vec<Block> {
    builder::read(file, span, figures, builder::LabelBreaks::Never, &[])
}

/// Parses the body of an entry.
pub(crate) fn body(log: &Log, entry: &Entry) -> Vec<Block> {
    let passage = Passage::of(log, entry);
    let mut blocks = passage.blocks(0..passage.text().len());
    leave_out_title(&mut blocks, entry);
    blocks
}

/// Drops the title if the body repeats it at the start. If the repeated title links somewhere that the entry does not,
/// that link stays, under a short name.
fn leave_out_title(blocks: &mut Vec<Block>, entry: &Entry) {
    let text = match blocks.first_mut() {
        Some(Block::Heading(_, text)) => text,
        Some(Block::Paragraph(lines)) => match lines.as_mut_slice() {
            [line] => &mut line.text,
            _ => return,
        },
        _ => return,
    };
    let written: String = text.iter().map(|run| run.text.as_str()).collect();
    if entry.title.is_empty() || *spaced(&written) != *entry.title {
        return;
    }
    let address = text.iter().find_map(|run| match &run.link {
        Some(Link::Url(address)) if !entry.links().iter().any(|link| **link == **address) => Some(address),
        _ => None,
    });
    match address {
        Some(address) => {
            let run = Run { text: link_name(address), link: Some(Link::Url(address.clone())), ..Run::default() };
            *text = vec![run];
        }
        None => drop(blocks.remove(0)),
    }
}

/// Parses a section's text outside its entries.
pub fn note(log: &Log, section: &Section) -> Vec<Block> {
    let file = &log.files[section.file()];
    let hangs = section.span().start < section.body() && passage::is_item_at(&file.text, section.span().start);
    let read = |note: &Span| match hangs {
        true => passage::note(file, note.range(), &section.figures),
        false => listed::blocks(log, section, note.range()),
    };
    section.notes.iter().flat_map(read).collect()
}

/// The plain text of a line, without markup and labels.
pub(crate) fn words(line: &str) -> String {
    let copied = offset_map::CopiedText { text: line.to_owned(), ..offset_map::CopiedText::default() };
    let blocks = builder::read_copied(&copied, 0..line.len(), &[], builder::LabelBreaks::Never);
    let runs = blocks.iter().flat_map(|block| match block {
        Block::Paragraph(lines) => lines.iter().flat_map(|line| &line.text).collect(),
        Block::Heading(_, text) => text.iter().collect::<Vec<_>>(),
        _ => Vec::new(),
    });
    runs.filter(|run| !run.style.dim).map(|run| run.text.as_str()).collect()
}

/// Whether a line break next to this char is dropped: in Chinese and Japanese, but not in Korean.
fn joins_without_space(c: char) -> bool {
    let is_korean = matches!(c, '\u{1100}'..='\u{11FF}' | '\u{AC00}'..='\u{D7AF}');
    c.width() == Some(2) && !is_korean
}
