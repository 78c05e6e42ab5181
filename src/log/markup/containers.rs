//! The containers that are open while a page is built.

use super::scan::{callout, dotted, is_unspaced_item};
use super::{Block, Line, ListItem, Run, Text};

/// An open container.
pub enum Open {
    Blocks(Vec<Block>),
    Quote(Vec<Block>),
    List(Option<u64>, Vec<ListItem>),
    Item(ListItem),
    Footnote(String, Vec<Block>),
    Table(Vec<Vec<Text>>),
}

/// The open containers, outermost first; never empty.
pub struct Containers(Vec<Open>);

impl Containers {
    /// An empty page.
    pub fn new() -> Self {
        Self(vec![Open::Blocks(Vec::new())])
    }

    /// How many containers are open, the page included.
    pub fn depth(&self) -> usize {
        self.0.len()
    }

    /// Whether the innermost container is a table.
    pub fn is_in_table(&self) -> bool {
        matches!(self.0.last(), Some(Open::Table(_)))
    }

    /// The number of the open item, if it is in a numbered list.
    pub fn number(&self) -> Option<u64> {
        match self.0.as_slice() {
            [.., Open::List(Some(_), _), Open::Item(item)] => item.number,
            _ => None,
        }
    }

    /// Whether the innermost container is an empty quote.
    pub fn is_at_start_of_quote(&self) -> bool {
        matches!(self.0.last(), Some(Open::Quote(blocks)) if blocks.is_empty())
    }

    pub fn open(&mut self, container: Open) {
        self.0.push(container);
    }

    /// Closes the innermost container.
    pub fn close(&mut self) {
        match self.0.pop() {
            Some(Open::Quote(mut blocks)) => {
                callout_heading(&mut blocks);
                self.push(Block::Quote(blocks));
            }
            Some(Open::List(start, mut items)) => {
                number_items(start, &mut items);
                items.retain(|item| !item.blocks.is_empty() || item.mark.is_some());
                if !items.is_empty() {
                    self.push(Block::List(start, items));
                }
            }
            Some(Open::Footnote(label, blocks)) => self.push(Block::Footnote(label, blocks)),
            Some(Open::Table(rows)) => self.push(Block::Table(rows)),
            Some(Open::Item(item)) => {
                if let Some(Open::List(start, items)) = self.0.last_mut() {
                    if start.is_some() { items.extend(split_unspaced(item)) } else { items.push(item) }
                }
            }
            Some(Open::Blocks(_)) | None => {}
        }
    }

    /// Adds a block to the innermost container that can hold blocks.
    pub fn push(&mut self, block: Block) {
        for container in self.0.iter_mut().rev() {
            match container {
                Open::Blocks(blocks) | Open::Quote(blocks) | Open::Footnote(_, blocks) => return blocks.push(block),
                Open::Item(item) => return item.blocks.push(block),
                Open::List(..) | Open::Table(_) => {}
            }
        }
    }

    /// Starts a table row.
    pub fn row(&mut self) {
        if let Some(Open::Table(rows)) = self.0.last_mut() {
            rows.push(Vec::new());
        }
    }

    /// Adds a cell to the current row.
    pub fn cell(&mut self, text: Text) {
        if let Some(Open::Table(rows)) = self.0.last_mut()
            && let Some(row) = rows.last_mut()
        {
            row.push(text);
        }
    }

    /// Gives the open item a checkbox; `mark` is the byte offset of its mark in the file.
    pub fn mark(&mut self, mark: usize) {
        if let Some(Open::Item(item)) = self.0.last_mut() {
            item.mark = Some(mark);
        }
    }

    /// The blocks of the page. Rules at its start and end are dropped: they only separate the page from its neighbours.
    pub fn finish(self) -> Vec<Block> {
        let Some(Open::Blocks(mut blocks)) = self.0.into_iter().next() else { return Vec::new() };
        let end = blocks.iter().rposition(|block| *block != Block::Rule).map_or(0, |last| last + 1);
        blocks.truncate(end);
        let start = blocks.iter().position(|block| *block != Block::Rule).unwrap_or_default();
        blocks.drain(..start);
        blocks
    }
}

/// Turns the first line of a callout, `[!NOTE] Title`, into its heading.
fn callout_heading(blocks: &mut Vec<Block>) {
    let Some(Block::Paragraph(lines)) = blocks.first_mut() else { return };
    let Some(first) = lines.first_mut() else { return };
    let written: String = first.text.iter().map(|run| run.text.as_str()).collect();
    let Some((kind, end)) = callout(&written) else { return };
    let mut skipped = 0;
    first.text.retain_mut(|run| {
        let cut = (end - skipped).min(run.text.len());
        run.text.drain(..cut);
        skipped += cut;
        !run.text.is_empty()
    });
    if first.text.is_empty() {
        first.text.push(Run { text: kind, ..Run::default() });
    }
    for run in &mut first.text {
        run.style.bold = true;
    }
    let rest = lines.split_off(1);
    if !rest.is_empty() {
        blocks.insert(1, Block::Paragraph(rest));
    }
}

/// Splits an item at lines that continue its list without a space after the number, `2.like this`: Markdown takes such
/// lines for text of the item.
fn split_unspaced(mut item: ListItem) -> Vec<ListItem> {
    let mut before = Vec::new();
    for block in std::mem::take(&mut item.blocks) {
        let lines = match block {
            Block::Paragraph(lines) => lines,
            block => {
                item.blocks.push(block);
                continue;
            }
        };
        let mut kept: Vec<Line> = Vec::new();
        for mut line in lines {
            let next = item.number.and_then(|number| number.checked_add(1));
            let number = dotted(&line.marker).filter(|_| line.indent == 0).or_else(|| unspaced(&line));
            if number.is_some() && number == next {
                if line.marker.is_empty() {
                    drop_number(&mut line.text);
                }
                paragraph(&mut item, std::mem::take(&mut kept));
                before.push(std::mem::replace(&mut item, ListItem { number, ..ListItem::default() }));
                line.marker.clear();
            }
            kept.push(line);
        }
        paragraph(&mut item, kept);
    }
    before.push(item);
    before
}

/// The number of a line such as `2.like this`, unless `line.marker` already has it.
fn unspaced(line: &Line) -> Option<u64> {
    let first = line.text.first().filter(|_| line.marker.is_empty() && line.indent == 0)?;
    dotted(&first.text).filter(|_| is_unspaced_item(&first.text))
}

/// Removes `2.` from the start of a text.
fn drop_number(text: &mut Text) {
    let Some(first) = text.first_mut() else { return };
    let behind = first.text.trim_start_matches(|c: char| c.is_ascii_digit());
    let end = first.text.len() - behind.len() + behind.chars().next().map_or(0, char::len_utf8);
    first.text.drain(..end);
}

fn paragraph(item: &mut ListItem, lines: Vec<Line>) {
    if !lines.is_empty() {
        item.blocks.push(Block::Paragraph(lines));
    }
}

/// Numbers items: as written if the numbers rise, otherwise consecutively. An item that repeats the first number after
/// a higher one restarts the count.
fn number_items(start: Option<u64>, items: &mut [ListItem]) {
    let Some(start) = start else { return };
    let begins_anew = |pair: &[ListItem]| pair[1].number == Some(start) && pair[0].number > Some(start);
    let firsts: Vec<usize> =
        items.windows(2).zip(1..).filter(|(pair, _)| begins_anew(pair)).map(|(_, at)| at).collect();
    let mut rest = items;
    let mut done = 0;
    for end in firsts.into_iter().chain([usize::MAX]) {
        let (list, more) = rest.split_at_mut((end - done).min(rest.len()));
        let rises = list.iter().all(|item| item.number.is_some()) && list.is_sorted_by(|a, b| a.number < b.number);
        if !rises {
            for (item, number) in list.iter_mut().zip(start..) {
                item.number = Some(number);
            }
        }
        (rest, done) = (more, end);
    }
}
