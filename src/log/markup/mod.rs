//! A piece of a log's source → blocks and runs of text, as the author meant them.
//!
//! Works on pulldown-cmark's events with offsets. What CommonMark misreads is put right:
//! prose that it takes for code and lines that hang under a title (`builder`), figures
//! and formulas, which it must not look into (`islands`), left-over asterisks
//! (`emphasis`), addresses and cross-references that are only text (`scan`), HTML and the
//! signs of note-takers (`tags`). Which text that is for an entry of each form, `passage` says.

mod addresses;
mod builder;
mod emphasis;
mod formula;
mod hand;
mod islands;
mod items;
mod nest;
mod passage;
mod piece;
mod places;
mod rest;
mod row;
mod scan;
mod shortcodes;
mod tags;
#[cfg(test)]
mod tests;

use std::ops::Range;

use unicode_width::UnicodeWidthChar;

use super::link_name::link_name;
use super::{Entry, Figure, File, Key, Log, Section, SectionName, Sign, spaced};
pub use addresses::name_addresses;
pub use items::items;
pub use passage::Passage;
pub use scan::marker;

/// A block of a page.
#[derive(Debug, Clone, PartialEq)]
pub enum Block {
    /// A heading inside a body, level 1 to 6.
    Heading(u8, Text),
    /// Lines that flow; one for most paragraphs, several where the author broke them.
    Paragraph(Vec<Line>),
    /// A list; numbered from a start, or with bullets. Its items know their numbers.
    List(Option<u64>, Vec<Item>),
    /// A block quote.
    Quote(Vec<Block>),
    /// Code, line for line.
    Code(Vec<String>),
    /// A picture, as an index into the figures of the entry or section.
    Figure(usize),
    /// Rows of cells; the first row is the head. Lines of a cell are parted by a run that is a line
    /// end.
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
    /// A list marker made by hand, such as `3，`, `（1）` or `a) `, with the space after it; else empty.
    pub marker: String,
    /// What it says, after the marker.
    pub text: Text,
}

/// An item of a list.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Item {
    /// The offset in the file, in bytes, of the mark between the brackets of its box.
    pub mark: Option<usize>,
    /// Its number, in a numbered list.
    pub number: Option<u64>,
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
    /// A note by its name, as `[[name]]` gives it: it may not be there.
    Note(String),
    /// Another entry of the log.
    Entry(Key),
    /// A day's or month's own text.
    Section(SectionName),
}

/// How text is set.
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
    /// A formula in LaTeX, its dollar signs included.
    pub formula: bool,
    /// What is said about the text beside it: drawn less strongly.
    pub dim: bool,
}

/// Reads a span of a file. The figures are those that lie in it.
pub fn blocks(file: &File, span: Range<usize>, figures: &[Figure]) -> Vec<Block> {
    builder::read(file, span, figures, builder::Labelled::Never, &[])
}

/// Reads the body of an entry.
pub fn body(log: &Log, entry: &Entry) -> Vec<Block> {
    let passage = Passage::of(log, entry);
    let mut blocks = passage.blocks(0..passage.text().len());
    leave_out_title(&mut blocks, entry);
    blocks
}

/// Leaves out the title where the body begins with it once more. Where it leads somewhere, the name of
/// that place stays.
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
    if entry.title.is_empty() || spaced(&written) != entry.title {
        return;
    }
    let address = text.iter().find_map(|run| match &run.link {
        Some(Link::Url(address)) if !entry.links.contains(address) => Some(address),
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

/// Reads what belongs to no entry of a section.
pub fn note(log: &Log, section: &Section) -> Vec<Block> {
    let file = &log.files[section.file];
    let hangs = section.span.start < section.body && passage::is_item_at(&file.text, section.span.start);
    let read = |note: &Range<usize>| match hangs {
        true => passage::note(file, note.clone(), &section.figures),
        false => with_items(log, section, note.clone()),
    };
    section.notes.iter().flat_map(read).collect()
}

/// Reads a part of a section. Items that have no box are marked as those that have one; lines
/// that are items become a list.
fn with_items(log: &Log, section: &Section, span: Range<usize>) -> Vec<Block> {
    let file = &log.files[section.file];
    let before = |at: usize| log.tasks.partition_point(|task| (task.file, task.mark) < (section.file, at));
    let tasks = &log.tasks[before(span.start)..before(span.end)];
    let marks: Vec<usize> = tasks.iter().filter(|task| !task.has_box()).map(|task| task.mark).collect();
    let read = |span: Range<usize>| builder::read(file, span, &section.figures, builder::Labelled::Never, &marks);
    let mut blocks = Vec::new();
    let mut at = span.start;
    for line in tasks.iter().filter(|task| task.sign == Sign::Line) {
        if !file.text[at..line.span.start].trim().is_empty() {
            blocks.extend(read(at..line.span.start));
        }
        at = line.span.end;
        let item = Item { mark: Some(line.mark), number: None, blocks: read(line.span.clone()) };
        match blocks.last_mut() {
            Some(Block::List(None, items)) => items.push(item),
            _ => blocks.push(Block::List(None, vec![item])),
        }
    }
    blocks.extend(read(at..span.end));
    blocks
}

/// The words of a line, without marks.
pub fn words(line: &str) -> String {
    let copied = places::Copied { text: line.to_owned(), ..places::Copied::default() };
    let blocks = builder::read_copied(&copied, 0..line.len(), &[], builder::Labelled::Never);
    let runs = blocks.iter().flat_map(|block| match block {
        Block::Paragraph(lines) => lines.iter().flat_map(|line| &line.text).collect(),
        Block::Heading(_, text) => text.iter().collect::<Vec<_>>(),
        _ => Vec::new(),
    });
    runs.filter(|run| !run.style.dim).map(|run| run.text.as_str()).collect()
}

/// A character beside which a line end is no space: of Chinese or Japanese, not of Korean.
fn joins_without_space(c: char) -> bool {
    let is_korean = matches!(c, '\u{1100}'..='\u{11FF}' | '\u{AC00}'..='\u{D7AF}');
    c.width() == Some(2) && !is_korean
}
