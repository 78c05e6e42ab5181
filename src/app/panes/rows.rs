//! Rows of the checklist, in the order of the log: pending lists as written, and items from elsewhere under
//! their heading there.

use std::collections::HashMap;
use std::ops::Range;

use chrono::NaiveDate;

use crate::app::page::flow::{BOX, BlockKind, PageLine, SpanRole, flow, paragraph};
use crate::app::page::search::{JoinedParagraph, paragraphs};
use crate::log::deadline::deadline;
use crate::log::markup::{self, Block};
use crate::log::{Figure, Log, Section, SectionKind};
use crate::words::Language;

/// A row of the checklist.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct ChecklistRow {
    /// The text.
    pub line: PageLine,
    /// The task it belongs to, as an index into [`Log::tasks`].
    pub task: Option<usize>,
    /// The deadline on this row.
    pub due: Option<Due>,
    /// Whether it folds or unfolds text: the placeholder for folded text, or the line above unfolded text.
    pub folds: bool,
}

/// The part of a deadline that is on one line.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Due {
    /// Bytes of the line's text.
    pub span: Range<usize>,
    /// The date, if it is known.
    pub date: Option<NaiveDate>,
}

/// All rows of the checklist, laid out in `columns`.
pub(super) fn rows(log: &Log, columns: usize, language: Language) -> Vec<ChecklistRow> {
    let mut layout = ChecklistLayout { log, columns, language, rows: Vec::new() };
    let mut pending = (0..log.tasks.len()).filter(|&task| log.tasks[task].pending).peekable();
    for (index, section) in log.sections.iter().enumerate() {
        let mut tasks = Vec::new();
        while let Some(task) = pending.next_if(|&task| log.tasks[task].section == index) {
            tasks.push(task);
        }
        if section.kind == SectionKind::Pending {
            layout.part();
            layout.blocks(section.file(), markup::note(log, section), &log.figures_of_note(section));
        } else if !tasks.is_empty() {
            layout.loose(section, &tasks);
        }
    }
    layout.rows
}

struct ChecklistLayout<'a> {
    log: &'a Log,
    columns: usize,
    language: Language,
    rows: Vec<ChecklistRow>,
}

impl ChecklistLayout<'_> {
    /// Separates two parts by an empty row.
    fn part(&mut self) {
        if !self.rows.is_empty() {
            self.rows.push(ChecklistRow::default());
        }
    }

    /// Items outside a pending list: below their section's heading, or below the title of the paper whose text
    /// they are in.
    fn loose(&mut self, section: &Section, tasks: &[usize]) {
        let log = self.log;
        for group in tasks.chunk_by(|&one, &next| log.holder(one) == log.holder(next)) {
            let heading = match log.holder(group[0]) {
                Some(entry) => &log.entries[entry].title,
                None => &section.heading,
            };
            self.part();
            if !heading.is_empty() {
                let lines = paragraph(heading, SpanRole::Heading, BlockKind::Heading, self.columns);
                self.rows.extend(lines.into_iter().map(|line| ChecklistRow { line, ..ChecklistRow::default() }));
            }
            self.blocks(section.file(), markup::items(log, group), &[]);
        }
    }

    fn blocks(&mut self, file: usize, mut blocks: Vec<Block>, figures: &[Figure]) {
        markup::name_addresses(&mut blocks);
        let lines = flow(&blocks, self.columns, figures, &[], self.language);
        let mut deadlines = deadlines(&lines);
        let mut owners = Owners { log: self.log, file, open: Vec::new() };
        for (index, line) in lines.into_iter().enumerate() {
            let task = owners.owner(&line);
            let due = deadlines.remove(&index).filter(|_| task.is_some());
            self.rows.push(ChecklistRow { line, task, due, folds: false });
        }
    }
}

/// The deadlines in lines, by line index; only the first one of each paragraph.
fn deadlines(lines: &[PageLine]) -> HashMap<usize, Due> {
    let find = |paragraph: JoinedParagraph| {
        let found = deadline(&paragraph.text(), None)?;
        let hit = paragraph.hit(found.span)?;
        Some(hit.into_iter().map(move |(line, span)| (line, Due { span, date: found.date })))
    };
    paragraphs(lines).filter_map(find).flatten().collect()
}

/// Assigns lines to items, line by line.
struct Owners<'a> {
    log: &'a Log,
    file: usize,
    /// The enclosing items with the column of their text, outermost first.
    open: Vec<(usize, usize)>,
}

impl Owners<'_> {
    fn owner(&mut self, line: &PageLine) -> Option<usize> {
        let own = line.mark.and_then(|mark| self.log.task_at(self.file, mark));
        if let Some(task) = own {
            let column = line.box_column().unwrap_or(line.indent);
            self.open.retain(|&(_, text)| text <= column);
            self.open.push((task, column + BOX));
        } else if !line.spans.is_empty() {
            self.open.retain(|&(_, column)| column <= line.indent);
        } else {
            self.open.clear();
        }
        self.open.last().map(|&(task, _)| task)
    }
}
