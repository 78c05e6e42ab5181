//! Collects the items to tick: those with checkboxes or state words, and in pending lists also plain items, lines and
//! table rows.

use std::collections::HashSet;
use std::ops::Range;

use super::{FileParser, badges};
use crate::log::forms::titles::rows::title_cells;
use crate::log::outline::{Item, Outline, RawTask, words};
use crate::log::task::cell_box;
use crate::log::wiki::without_wiki;
use crate::log::{SectionKind, Sign, State, Task, spaced};

/// The longest line that can be an item, in chars.
const LONGEST: usize = 200;
/// The fewest words of a link that is an item without a bullet.
const LINKED: usize = 3;

/// The most lines that may introduce a list.
const FEW: usize = 2;

/// A task before it is added to the log.
pub(super) struct FoundTask {
    raw: RawTask,
    /// Its list item, as an index into [`Outline::items`].
    item: Option<usize>,
    /// The task's index in [`Outline::tasks`], if it is there.
    known: Option<usize>,
}

/// The tasks of a file, in file order, before its entries are known.
#[derive(Default)]
pub(super) struct FoundTasks {
    /// (task, index of its parent in this list).
    all: Vec<(RawTask, Option<usize>)>,
    /// For each of [`Outline::tasks`], its index in `all`.
    known: Vec<usize>,
}

impl FileParser {
    /// Finds the tasks, once the sections are known.
    pub(super) fn find_tasks(&mut self) -> FoundTasks {
        let lists: Vec<Range<usize>> = self.pending_lists();
        if self.outline.tasks.is_empty() && lists.is_empty() {
            return FoundTasks::default();
        }
        let found = self.found(&lists);
        let mut tasks = FoundTasks { all: Vec::with_capacity(found.len()), known: vec![0; found.len()] };
        let mut of_item: Vec<Option<usize>> = vec![None; self.outline.items.len()];
        for (index, FoundTask { raw, item, known: at }) in found.into_iter().enumerate() {
            if let Some(at) = at {
                tasks.known[at] = index;
            }
            let items = &self.outline.items;
            let above = |item: usize| items[item].parent().and_then(|parent| usize::try_from(parent).ok());
            let parent = std::iter::successors(item.and_then(above), |&item| above(item));
            let parent = parent.into_iter().find_map(|item| of_item[item]);
            if let Some(item) = item {
                of_item[item] = Some(index);
            }
            tasks.all.push((raw, parent));
        }
        tasks
    }

    /// Adds the tasks to the log, once the entries are known.
    pub(super) fn tasks(&mut self, tasks: FoundTasks) {
        let first = self.log.tasks.len();
        self.log.tasks.reserve_exact(tasks.all.len());
        for (raw, parent) in tasks.all {
            self.task(raw, parent.map(|parent| first + parent));
        }
        for entry in self.log.entries.iter_mut().filter(|entry| entry.file() == self.file) {
            let task = entry.task().map(|at| first + tasks.known[at]);
            entry.set_place(entry.file(), entry.section(), task);
        }
    }

    fn task(&mut self, raw: RawTask, parent: Option<usize>) {
        let mark = raw.mark + self.base;
        let section = self.log.sections.partition_point(|s| (s.file(), s.span().start) <= (self.file, mark)) - 1;
        let within = self.log.sections[section].entries();
        let before = self.log.entries[within.clone()].partition_point(|entry| entry.span().start <= mark);
        let entry = before.checked_sub(1).map(|last| within.start + last);
        let entry = entry.filter(|&entry| self.log.entries[entry].span().contains(&mark));
        let behind_sign = match raw.sign {
            Sign::Box => mark + 2,
            Sign::Word(length) | Sign::Label(length) => mark + length,
            Sign::Bullet | Sign::Line | Sign::Cell => mark,
        };
        let source = self.text().get(behind_sign..raw.span.end + self.base).unwrap_or_default();
        let text = spaced(&without_wiki(badges::without(&raw.text, source)));
        self.log.tasks.push(Task {
            file: self.file,
            section,
            entry,
            text,
            state: raw.state,
            sign: raw.sign,
            depth: raw.depth,
            line: self.line_of(mark),
            parent,
            pending: false,
            mark,
            span: raw.span.start + self.base..raw.span.end + self.base,
        });
    }

    /// The spans of the file's pending lists, in bytes from the base.
    fn pending_lists(&self) -> Vec<Range<usize>> {
        let of_file = self.log.sections.iter().filter(|section| section.file() == self.file);
        let lists = of_file.filter(|section| section.kind == SectionKind::Pending);
        lists.map(|list| list.body().saturating_sub(self.base)..list.span().end.saturating_sub(self.base)).collect()
    }

    /// All tasks, in file order.
    fn found(&mut self, lists: &[Range<usize>]) -> Vec<FoundTask> {
        let text = &self.log.files[self.file].text[self.base..];
        let outline = &self.outline;
        let mut found = Vec::new();
        for list in lists {
            found.extend(unmarked(text, outline, list));
            found.extend(rows(text, outline, list));
            found.extend(lines_of_parts(text, outline, list));
        }
        let items = outline.items.iter().enumerate();
        let marked: Vec<(usize, usize)> =
            items.filter_map(|(at, item)| Some((at, usize::try_from(item.task()?).ok()?))).collect();
        // Entries still need the states in the outline, so take only the texts.
        let tasks = self.outline.tasks.iter_mut();
        let raw: Vec<RawTask> =
            tasks.map(|raw| RawTask { text: std::mem::take(&mut raw.text), ..raw.clone() }).collect();
        for (at, raw) in raw.into_iter().enumerate() {
            let item = marked.binary_search_by_key(&at, |&(_, task)| task).ok().map(|index| marked[index].0);
            found.push(FoundTask { raw, item, known: Some(at) });
        }
        found.sort_by_key(|found| found.raw.mark);
        found.dedup_by_key(|found| found.raw.mark);
        found
    }
}

/// The items without a checkbox in a pending list. Must not depend on which checkboxes are ticked.
fn unmarked(text: &str, outline: &Outline, list: &Range<usize>) -> Vec<FoundTask> {
    let first = outline.items.partition_point(|item| item.span().start < list.start);
    let last = outline.items.partition_point(|item| item.span().start < list.end);
    let items = &outline.items[first..last];
    let counts = count_as_items(text, items, first);
    let bullet = |(index, item): (usize, &Item)| {
        // Include a backslash before the text.
        let escape = usize::from(text[..item.text().start].ends_with('\\'));
        let mark = item.text().start - escape;
        let raw = RawTask {
            state: State::Open,
            sign: Sign::Bullet,
            mark,
            span: item.span(),
            depth: usize::from(item.depth),
            text: words(&text[mark..item.text().end]),
        };
        FoundTask { raw, item: Some(first + index), known: None }
    };
    let bullets = items.iter().enumerate().filter(|&(index, _)| counts[index]).map(bullet);
    let mut found: Vec<FoundTask> = bullets.collect();
    found.extend(plain_lines(text, outline, list, items));
    found
}

/// The lines of plain text in a pending list, or in a part of it, that are items. `items` are its list items.
fn plain_lines(text: &str, outline: &Outline, part: &Range<usize>, items: &[Item]) -> Vec<FoundTask> {
    let is_of_lines = |item: &Item| item.task().is_some() && item.depth == 1 && !item.ordered;
    let lines = titles_in(text, outline, part);
    // Ticking a line turns it into an item with a checkbox; one or two lines before a list merely introduce it.
    let is_behind = |line: &FoundTask| items.first().is_some_and(|first| first.span().start < line.raw.mark);
    let are_items = lines.len() > 2 || lines.len() > 1 && lines.iter().any(is_behind);
    let counts = items.iter().all(is_of_lines) && (items.is_empty() || are_items && lines.len() * 4 > items.len());
    lines.into_iter().filter(|line| counts || begins_with_link(&text[line.raw.mark..])).collect()
}

/// The same for the parts of a pending list, one per heading: one may have lines, another list items. A few lines may
/// merely introduce the parts below.
fn lines_of_parts(text: &str, outline: &Outline, list: &Range<usize>) -> Vec<FoundTask> {
    let first = outline.headings.partition_point(|heading| heading.span().start < list.start);
    let headings = outline.headings[first..].iter().take_while(|heading| heading.span().start < list.end);
    let starts: Vec<usize> = std::iter::once(list.start).chain(headings.map(|heading| heading.span().start)).collect();
    let mut found = Vec::new();
    for (at, &start) in starts.iter().enumerate().filter(|_| starts.len() > 1) {
        let part = start..starts.get(at + 1).copied().unwrap_or(list.end);
        let from = outline.items.partition_point(|item| item.span().start < part.start);
        let to = outline.items.partition_point(|item| item.span().start < part.end);
        let lines = plain_lines(text, outline, &part, &outline.items[from..to]);
        found.extend(Some(lines).filter(|lines| to > from || lines.len() > FEW).into_iter().flatten());
    }
    found
}

/// Whether a line is a linked title, `[Emus at Work](…)`, or begins with a URL.
fn begins_with_link(line: &str) -> bool {
    let title = line.lines().next().and_then(|line| line.strip_prefix('[')?.split_once("]("));
    let is_title = |title: &str| title.split_whitespace().count() >= LINKED && !title.contains('[');
    line.starts_with("http") || title.is_some_and(|(title, _)| is_title(title))
}

/// The rows of tables of papers in a pending list.
fn rows(text: &str, outline: &Outline, list: &Range<usize>) -> Vec<FoundTask> {
    let tables = outline.tables.iter().filter(|table| list.contains(&table.span().start));
    let cells = tables.flat_map(|table| title_cells(text, outline, table));
    let row = |cell: Range<usize>| {
        let (length, state) = cell_box(&text[cell.clone()]).unwrap_or((0, State::Open));
        let raw = RawTask {
            state,
            sign: Sign::Cell,
            mark: cell.start,
            depth: 1,
            text: words(&text[cell.start + length..cell.end]),
            span: cell,
        };
        FoundTask { raw, item: None, known: None }
    };
    cells.map(row).filter(|found| !found.raw.text.trim().is_empty()).collect()
}

/// Which items without a checkbox count as tasks: all except remarks below an item with a checkbox, and lists whose
/// bullet no item with a checkbox has. `first` is the outline's index of the first of `items`.
fn count_as_items(text: &str, items: &[Item], first: usize) -> Vec<bool> {
    let bullet = |item: &Item| match text[item.span().start..].trim_start().bytes().next() {
        Some(sign) if !sign.is_ascii_digit() => sign,
        _ => b'1',
    };
    let marked = || items.iter().filter(|item| item.task().is_some());
    let lists: HashSet<u32> = marked().map(|item| item.list).collect();
    let bullets: HashSet<u8> = marked().map(bullet).collect();
    let mut is_remark: Vec<bool> = Vec::with_capacity(items.len());
    let mut counts = Vec::with_capacity(items.len());
    for item in items {
        let is_mixed = lists.contains(&item.list);
        let is_other = !bullets.is_empty() && !bullets.contains(&bullet(item));
        let above = item.parent().and_then(|parent| usize::try_from(parent).ok()?.checked_sub(first));
        let is_below_box = above.is_some_and(|above| items[above].task().is_some() || is_remark[above]);
        let is_bare = item.task().is_none();
        is_remark.push(is_bare && !is_mixed && (is_other || is_below_box));
        counts.push(is_bare && !item.text().is_empty() && !item.quoted && !is_remark[is_remark.len() - 1]);
    }
    counts
}

/// Lines of plain text in a pending list that look like titles. Paragraphs of prose are skipped.
pub(super) fn titles_in(text: &str, outline: &Outline, list: &Range<usize>) -> Vec<FoundTask> {
    let mut found = Vec::new();
    let first = outline.paragraphs.partition_point(|paragraph| paragraph.end() <= list.start);
    for paragraph in outline.paragraphs[first..].iter().take_while(|paragraph| paragraph.start() < list.end) {
        let end = paragraph.end().min(list.end);
        let mut at = paragraph.start().max(list.start);
        let mut inside = Vec::new();
        let mut is_prose = false;
        for line in text[at..end].split_inclusive('\n') {
            let own = line.trim();
            let start = at + line.len() - line.trim_start().len();
            at += line.len();
            is_prose |= own.ends_with(['。', '！', '？']) || own.ends_with(['.', '!', '?']) && !own.contains("](");
            if own.is_empty()
                || own.ends_with([':', '：'])
                || own.starts_with(['<', '!', '|'])
                || line.starts_with("    ")
            {
                continue;
            }
            is_prose |= own.chars().nth(LONGEST).is_some() && !own.contains("](");
            let raw = RawTask {
                state: State::Open,
                sign: Sign::Line,
                mark: start,
                span: start..start + own.len(),
                depth: 1,
                text: words(own),
            };
            inside.push(FoundTask { raw, item: None, known: None });
        }
        if !is_prose {
            found.extend(inside);
        }
    }
    found.retain(|found| !outline.is_hidden(found.raw.mark) && !found.raw.text.trim().is_empty());
    found
}
