//! Shows text outside entries, with lines and table rows that are tasks as items of a list.

use std::ops::Range;

use super::{Block, ListItem, Run, Style, builder};
use crate::log::task::cell_box;
use crate::log::{File, Log, Section, Sign, Task};

/// Parses a part of a section. Items with no checkbox, or one unknown to Markdown, also get [`ListItem::mark`]; plain
/// lines and rows that are tasks become a list.
pub(super) fn blocks(log: &Log, section: &Section, span: Range<usize>) -> Vec<Block> {
    let file = &log.files[section.file()];
    let before = |at: usize| log.tasks.partition_point(|task| (task.file, task.mark) < (section.file(), at));
    let tasks = &log.tasks[before(span.start)..before(span.end)];
    let marks: Vec<usize> = tasks.iter().filter(|task| !task.has_box()).map(|task| task.mark).collect();
    let read = |span: Range<usize>| builder::read(file, span, &section.figures, builder::LabelBreaks::Never, &marks);
    let mut blocks = Vec::new();
    let mut at = span.start;
    for task in tasks.iter().filter(|task| matches!(task.sign, Sign::Line | Sign::Cell)) {
        let whole = if task.sign == Sign::Cell { row(file, task, at) } else { task.span.clone() };
        if !file.text[at..whole.start].trim().is_empty() {
            blocks.extend(read(at..whole.start));
        }
        at = whole.end;
        let text = match task.sign {
            Sign::Cell => {
                let start = task.mark + cell_box(&file.text[task.mark..]).map_or(0, |(length, _)| length);
                beside(read(start..task.span.end), &file.text[task.span.end..whole.end])
            }
            _ => read(whole),
        };
        let item = ListItem { mark: Some(task.mark), number: None, blocks: text };
        match blocks.last_mut() {
            Some(Block::List(None, items)) => items.push(item),
            _ => blocks.push(Block::List(None, vec![item])),
        }
    }
    blocks.extend(read(at..span.end));
    blocks
}

/// The bytes of a task's row, and of everything above it in its table from byte `from` on.
fn row(file: &File, task: &Task, from: usize) -> Range<usize> {
    let start = file.table_start(task.mark).unwrap_or(task.mark).max(from);
    let end = file.text[task.mark..].find('\n').map_or(file.text.len(), |end| task.mark + end + 1);
    start..end
}

/// Adds the cells after an item's title to its text, drawn faintly.
fn beside(mut blocks: Vec<Block>, cells: &str) -> Vec<Block> {
    let cells: Vec<&str> = cells.split('|').map(str::trim).filter(|cell| !cell.is_empty()).collect();
    if let Some(Block::Paragraph(lines)) = blocks.last_mut()
        && let Some(line) = lines.last_mut().filter(|_| !cells.is_empty())
    {
        let text = format!("  {}", cells.join(" · "));
        line.text.push(Run { text, style: Style { dim: true, ..Style::default() }, link: None });
    }
    blocks
}
