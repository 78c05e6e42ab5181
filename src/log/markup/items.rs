//! Shows list items on their own.

use super::builder;
use super::{Block, Line, ListItem, Run};
use crate::log::task::cell_box;
use crate::log::{Log, Sign, Task};

/// The deepest level shown; deeper items are shown at this level.
const DEEPEST: usize = 32;

/// Shows tasks, given as ascending indices into [`Log::tasks`], as a list. Each is below its parent if that is
/// included.
pub fn items(log: &Log, tasks: &[usize]) -> Vec<Block> {
    // (task, item) for each open item, outermost first.
    let mut open: Vec<(usize, ListItem)> = Vec::new();
    let mut roots = Vec::new();
    for &task in tasks {
        let parent = log.tasks[task].parent;
        let depth = open.iter().rposition(|&(above, _)| Some(above) == parent).map_or(0, |at| at + 1);
        while open.len() > depth.min(DEEPEST) {
            close(&mut open, &mut roots);
        }
        let mark = Some(log.tasks[task].mark);
        let mut blocks = own_text(log, &log.tasks[task]);
        if !matches!(blocks.as_slice(), [Block::Paragraph(_)]) {
            // After a checkbox, `1. ` and `# ` are literal text.
            let text = vec![Run { text: log.tasks[task].text.clone(), ..Run::default() }];
            blocks = vec![Block::Paragraph(vec![Line { text, ..Line::default() }])];
        }
        open.push((task, ListItem { mark, number: None, blocks }));
    }
    while !open.is_empty() {
        close(&mut open, &mut roots);
    }
    if roots.is_empty() { Vec::new() } else { vec![Block::List(None, roots)] }
}

/// Closes the innermost open item and adds it to its parent.
fn close(open: &mut Vec<(usize, ListItem)>, roots: &mut Vec<ListItem>) {
    let Some((_, item)) = open.pop() else { return };
    let Some((_, above)) = open.last_mut() else { return roots.push(item) };
    match above.blocks.last_mut() {
        Some(Block::List(None, items)) => items.push(item),
        _ => above.blocks.push(Block::List(None, vec![item])),
    }
}

/// The paragraph that an item starts with, without its checkbox or state word.
fn own_text(log: &Log, task: &Task) -> Vec<Block> {
    let file = &log.files[task.file];
    let after = match task.sign {
        Sign::Box => file.text[task.mark..].find(']').map_or(0, |at| at + 1),
        Sign::Word(length) | Sign::Label(length) => length,
        Sign::Cell => cell_box(&file.text[task.mark..]).map_or(0, |(length, _)| length),
        Sign::Bullet | Sign::Line => 0,
    };
    let start = (task.mark + after).min(task.span.end);
    let mut end = start;
    for line in file.text[start..task.span.end].split_inclusive('\n') {
        if end > start && (line.trim().is_empty() || begins_block(line)) {
            break;
        }
        end += line.len();
    }
    let text = &file.text[start..end];
    let start = end - text.trim_start().len();
    builder::read(file, start..end.max(start), &[], builder::LabelBreaks::Never, &[])
}

/// Whether a line starts a new block below an item's text, or continues a quote.
fn begins_block(line: &str) -> bool {
    let line = line.trim_start_matches([' ', '\t']);
    let behind = line.trim_start_matches(|c: char| c.is_ascii_digit());
    let is_numbered = behind.len() < line.len() && (behind.starts_with(". ") || behind.starts_with(") "));
    let marks = ["- ", "* ", "+ ", "```", "~~~", "![", "#", "|", "<", ">"];
    is_numbered || marks.iter().any(|mark| line.starts_with(mark))
}
