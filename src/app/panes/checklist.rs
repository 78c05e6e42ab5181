//! The pending list: a tree of items to tick, with the text between them.

use std::collections::BTreeSet;
use std::ops::Range;

use serde::{Deserialize, Serialize};

use super::cited::{self, Cited};
use super::filter::Filter;
pub use super::rows::Row;
use super::rows::rows;
use super::shape::{self, Shape};
use crate::app::screen::viewport::Viewport;
use crate::log::{Log, Task};
use crate::say;
use crate::words::Language;

/// What identifies an item across changes and reloads.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Item {
    /// The texts of the item and of all above it.
    path: String,
    /// How many that are the same in all this stand before it.
    twin: usize,
    /// The texts of all below it: of two items with one text these tell which is which.
    #[serde(default)]
    below: String,
    /// How many are the same in all this, itself included.
    #[serde(default)]
    twins: usize,
    /// How many have this path.
    #[serde(default)]
    namesakes: usize,
}

impl Item {
    /// The identity of a task, given as an index into [`Log::tasks`].
    pub fn of(log: &Log, task: usize) -> Self {
        let (path, below) = (name(log, task), texts_below(log, task));
        let namesakes: Vec<usize> = twins(log, &path).collect();
        let same: Vec<usize> = namesakes.iter().copied().filter(|&twin| texts_below(log, twin) == below).collect();
        let twin = same.iter().take_while(|&&twin| twin < task).count();
        Self { path, twin, below, twins: same.len(), namesakes: namesakes.len() }
    }

    /// The task in this log, as an index into [`Log::tasks`]; `None` also where it may be one of several
    /// that is gone.
    pub fn find(&self, log: &Log) -> Option<usize> {
        let namesakes: Vec<usize> = twins(log, &self.path).collect();
        let same: Vec<usize> = namesakes.iter().copied().filter(|&twin| texts_below(log, twin) == self.below).collect();
        match (same.as_slice(), namesakes.as_slice()) {
            ([], [only]) if self.namesakes <= 1 => Some(*only),
            (same, _) if same.len() >= self.twins => same.get(self.twin).copied(),
            _ => None,
        }
    }

    /// What it is called: its text.
    pub fn text(&self) -> &str {
        self.path.split('\n').next().unwrap_or_default()
    }
}

/// The texts of all items below one.
fn texts_below(log: &Log, task: usize) -> String {
    let is_below = |&other: &usize| log.tasks[task].span.contains(&log.tasks[other].mark);
    let below = (task + 1..log.tasks.len()).take_while(is_below);
    below.map(|below| log.tasks[below].text.as_str()).collect::<Vec<_>>().join("\n")
}

fn twins<'a>(log: &'a Log, path: &'a str) -> impl Iterator<Item = usize> + 'a {
    let may_be = |&task: &usize| path.starts_with(&log.tasks[task].text);
    (0..log.tasks.len()).filter(may_be).filter(move |&task| name(log, task) == path)
}

/// An item that is gone, while nothing else is chosen.
#[derive(Debug, Clone)]
struct Lost {
    /// What it is called.
    text: String,
    /// How many items before it are shown.
    at: usize,
}

/// Columns at the right that are left for a group's progress: ` 12/34`.
const PROGRESS: usize = 6;

/// Columns at the right that are left for a key, where there are no groups.
const KEY: usize = 2;

/// Below this many rows an item that is not selected has two at the most, so that more of them are seen.
const LOW: usize = 24;

/// Done and all items below a group.
pub type Progress = (usize, usize);

/// The checklist's state.
#[derive(Debug, Default)]
pub struct Checklist {
    /// The pane at its width, without what is folded.
    pub rows: Vec<Row>,
    /// The same before long items and the text above the list are folded.
    all: Vec<Row>,
    /// How the rows were folded.
    shape: Shape,
    /// Whether the text above the list was just unfolded, to be read.
    reads_prose: bool,
    /// The task under the cursor, as an index into [`Log::tasks`].
    pub cursor: Option<usize>,
    /// Scrolling.
    pub view: Viewport,
    /// Which items are shown.
    pub filter: Filter,
    /// How many of the papers that were read cite what an item names.
    pub cited: Cited,
    folded: BTreeSet<String>,
    /// The item that the cursor was on when another program took it away.
    lost: Option<Lost>,
    /// The width at which the rows were made, and the reading of the log that they are from.
    made: Option<(usize, u64)>,
    language: Language,
}

/// The room that the pane has.
#[derive(Debug, Clone, Copy)]
pub struct Room {
    /// Columns for text.
    pub columns: usize,
    /// Rows for text.
    pub rows: usize,
}

impl Checklist {
    /// Lays the pane out anew if its width or the log has changed.
    pub fn fit(&mut self, log: &Log, revision: u64, room: Room, language: Language) {
        self.language = language;
        let columns = room.columns;
        if self.made.replace((columns, revision)) != Some((columns, revision)) {
            let item = self.place(log);
            self.rebuild(log, item.as_ref(), columns);
        }
        // Where all of it has room nothing is folded.
        let low = Some(room.rows).filter(|&rows| rows < LOW && self.all.len() > rows);
        let is_other = std::mem::replace(&mut self.shape.low, low) != low;
        if is_other || self.shape.cursor != self.cursor {
            self.fold_rows(columns);
        }
    }

    fn fold_rows(&mut self, columns: usize) {
        self.shape.cursor = self.cursor;
        self.rows = self.shape.of(&self.all, columns, self.language);
    }

    /// How many rows there are where nothing is folded.
    pub fn full_rows(&self) -> usize {
        self.all.len()
    }

    /// Whether the text above the list is unfolded.
    pub fn shows_prose(&self) -> bool {
        self.shape.shows_prose
    }

    /// Unfolds the text above the list, or folds it; the rows follow when the pane is laid out.
    pub fn toggle_prose(&mut self) {
        self.shape.shows_prose = !self.shape.shows_prose;
        self.reads_prose = self.shape.shows_prose;
        self.made = None;
    }

    /// Whether there is text above the list that can be folded.
    pub fn has_prose(&self) -> bool {
        shape::has_prose(&self.all)
    }

    /// Lays the pane out anew and finds the cursor again by the item it was on.
    pub fn rebuild(&mut self, log: &Log, item: Option<&Item>, columns: usize) {
        self.all = self.visible(log, columns);
        self.rows.clone_from(&self.all);
        let tasks = self.tasks();
        let named = item.and_then(|item| item.find(log)).filter(|task| tasks.contains(task));
        let nearest = || tasks.get(self.place_of_cursor(&tasks)).or(tasks.last()).copied();
        self.cursor = match &self.lost {
            Some(_) if item.is_none() => None,
            _ => named.or_else(nearest),
        };
        if self.cursor.is_some() {
            self.lost = None;
        }
        self.fold_rows(columns);
    }

    /// The same when another program has changed the log: where the item under the cursor went away,
    /// the cursor is on nothing until it is moved, so that no key meets another item than was meant.
    pub fn follow(&mut self, log: &Log, item: Option<&Item>, columns: usize) {
        let cursor = self.cursor;
        self.rebuild(log, item, columns);
        if let Some(item) = item
            && self.cursor.is_none_or(|found| item.find(log) != Some(found))
        {
            self.cursor = cursor;
            let at = self.place_of_cursor(&self.tasks());
            self.cursor = None;
            self.lost = Some(Lost { text: item.text().to_owned(), at });
        }
    }

    /// What the item is called that the cursor was on when another program took it away.
    pub fn lost(&self) -> Option<&str> {
        self.lost.as_ref().map(|lost| lost.text.as_str())
    }

    /// How many of the items that are shown stand before the cursor.
    fn place_of_cursor(&self, tasks: &[usize]) -> usize {
        let Some(cursor) = self.cursor else { return 0 };
        let at = tasks.iter().position(|&task| task == cursor);
        at.unwrap_or_else(|| tasks.iter().filter(|&&task| task < cursor).count())
    }

    /// The tasks that are shown, in order.
    pub fn tasks(&self) -> Vec<usize> {
        let mut tasks: Vec<usize> = self.rows.iter().filter_map(|row| row.task).collect();
        tasks.dedup();
        tasks
    }

    /// What identifies the item under the cursor across reloads.
    pub fn place(&self, log: &Log) -> Option<Item> {
        self.cursor.filter(|&task| task < log.tasks.len()).map(|task| Item::of(log, task))
    }

    /// The groups that are folded, by the texts of the item and of all above it.
    pub fn folded(&self) -> &BTreeSet<String> {
        &self.folded
    }

    /// Folds groups, filters, and goes to an item, as they were left; of an item that is gone
    /// the cursor stays at the start.
    pub fn resume(&mut self, log: &Log, groups: BTreeSet<String>, filter: Filter, item: Option<&Item>, columns: usize) {
        (self.folded, self.filter) = (groups, filter);
        self.rebuild(log, item, columns);
    }

    /// Puts the cursor on an item; nothing that would hide it stays folded or filtered.
    pub fn show(&mut self, log: &Log, task: usize, columns: usize) {
        for above in std::iter::successors(log.tasks[task].parent, |&above| log.tasks[above].parent) {
            self.folded.remove(&name(log, above));
        }
        if !self.filter.shown(log)[task] {
            self.filter = Filter::default();
        }
        self.rebuild(log, Some(&Item::of(log, task)), columns);
    }

    /// Shows other items than before. The cursor goes to the first item that holds what was
    /// typed, unless it is on such a one; else it stays on its item if that is still shown.
    pub fn set_filter(&mut self, log: &Log, filter: Filter, columns: usize) {
        if self.filter != filter {
            (self.filter, self.lost) = (filter, None);
        }
        let item = self.place(log);
        self.rebuild(log, item.as_ref(), columns);
        let is_hit = |&task: &usize| self.filter.is_hit(&log.tasks[task]);
        if !self.cursor.as_ref().is_some_and(is_hit) {
            self.cursor = self.tasks().into_iter().find(is_hit).or(self.cursor);
        }
    }

    /// The rows of the item under the cursor; at the ends of the list also what stands
    /// before the first and after the last item.
    pub fn cursor_rows(&self) -> Range<usize> {
        let is_cursor = |row: &Row| row.task.is_some() && row.task == self.cursor;
        let Some(start) = self.rows.iter().position(is_cursor) else { return 0..0 };
        let length = self.rows[start..].iter().take_while(|row| is_cursor(row)).count();
        start..start + length
    }

    /// Puts the cursor on a task that is shown.
    pub fn choose(&mut self, task: usize) {
        self.reads_prose = false;
        self.cursor = Some(task);
        self.lost = None;
    }

    /// Moves by items.
    pub fn move_by(&mut self, by: isize) {
        self.reads_prose = false;
        let tasks = self.tasks();
        let Some(last) = tasks.len().checked_sub(1) else { return };
        let at = match self.lost.take() {
            // The next one stands where the lost one stood.
            Some(lost) if by > 0 => lost.at.saturating_add_signed(by - 1),
            Some(lost) => lost.at.saturating_add_signed(by),
            None => tasks.iter().position(|&task| Some(task) == self.cursor).unwrap_or(0).saturating_add_signed(by),
        };
        self.cursor = Some(tasks[at.min(last)]);
    }

    /// Shows the cursor, and the text above the first item with it where that fits.
    pub fn reveal(&mut self, height: usize) {
        if self.reads_prose {
            self.view.top = 0;
        }
        if self.lost.is_some() || self.reads_prose {
            return self.view.clamp(height, self.rows.len());
        }
        let rows = self.cursor_rows();
        let is_first = self.rows[..rows.start.min(self.rows.len())].iter().all(|row| row.task.is_none());
        let is_last = self.rows[rows.end.min(self.rows.len())..].iter().all(|row| row.task.is_none());
        let start = if is_first && rows.end <= height { 0 } else { rows.start };
        let end = if is_last { self.rows.len() } else { rows.end };
        self.view.show(start..end, height, self.rows.len());
        // The cursor itself matters more than what surrounds it.
        if !(self.view.top..self.view.top + height).contains(&rows.start) {
            self.view.show(rows.clone(), height, self.rows.len());
        }
        if self.shape.low.is_some() {
            self.show_more(rows, height);
        }
    }

    /// Scrolls, as little as needed, so that with the cursor some other items are seen.
    fn show_more(&mut self, cursor: Range<usize>, height: usize) {
        let last = self.rows.len().saturating_sub(height);
        let tops = cursor.end.saturating_sub(height)..=cursor.start.min(last);
        let items = |top: usize| {
            let seen = &self.rows[top.min(self.rows.len())..(top + height).min(self.rows.len())];
            seen.iter().filter(|row| row.task.is_some() && row.line.mark.is_some()).count().min(shape::OTHERS + 1)
        };
        let best = tops.max_by_key(|&top| (items(top), std::cmp::Reverse(top.abs_diff(self.view.top))));
        self.view.top = best.unwrap_or(self.view.top);
    }

    /// Whether the cursor is on an item with others below it.
    pub fn is_on_group(&self, log: &Log) -> bool {
        self.cursor.is_some_and(|task| log.children(task).next().is_some())
    }

    /// Whether an item's children are hidden.
    pub fn is_folded(&self, log: &Log, task: usize) -> bool {
        !self.folded.is_empty() && self.folded.contains(&name(log, task))
    }

    /// Folds the group under the cursor, or else the one that it is in; `false` if there is none.
    pub fn fold(&mut self, log: &Log, columns: usize) -> bool {
        let Some(cursor) = self.cursor else { return false };
        let is_open_group = log.children(cursor).next().is_some() && !self.is_folded(log, cursor);
        let group = if is_open_group { Some(cursor) } else { log.tasks[cursor].parent };
        let Some(group) = group else { return false };
        self.folded.insert(name(log, group));
        self.rebuild(log, Some(&Item::of(log, group)), columns);
        true
    }

    /// Unfolds the group under the cursor; `false` if it is not folded.
    pub fn unfold(&mut self, log: &Log, columns: usize) -> bool {
        let Some(item) = self.place(log) else { return false };
        let was_folded = self.folded.remove(&item.path);
        self.rebuild(log, Some(&item), columns);
        was_folded
    }

    /// The rows of what is neither folded nor filtered. What was typed finds folded items too;
    /// text that belongs to no item is left out while a filter is on.
    fn visible(&self, log: &Log, columns: usize) -> Vec<Row> {
        let shown = self.filter.shown(log);
        let is_folded = |task: usize| !self.folded.is_empty() && self.folded.contains(&name(log, task));
        let hides = |task: usize| self.filter.query.is_empty() && is_folded(task);
        let is_visible = |row: &Row| match row.task {
            Some(task) => {
                let mut above = std::iter::successors(log.tasks[task].parent, |&above| log.tasks[above].parent);
                shown[task] && !above.any(hides)
            }
            None => !self.filter.is_on(),
        };
        let rows: Vec<Row> = rows(log, columns, self.language).into_iter().filter(is_visible).collect();
        let rows = cited::counted(rows, log, &self.cited, columns, self.language);
        if self.filter.most_cited { cited::most_first(rows, log, &self.cited) } else { rows }
    }
}

/// Columns that are left free at the right of the text.
pub fn beside(log: &Log) -> usize {
    if log.tasks.iter().any(|task| task.pending && task.parent.is_some()) { PROGRESS } else { KEY }
}

/// How many of the papers that were read cite what an open item names.
pub fn cited_by(log: &Log, checklist: &Checklist, task: usize) -> usize {
    cited::count(log, &checklist.cited, task)
}

/// How much of a group is done; `None` for an item with nothing below it.
pub fn progress(log: &Log, task: usize) -> Option<Progress> {
    let children: Vec<usize> = log.children(task).collect();
    let count = |(done, all): Progress, child: &usize| (done + usize::from(log.tasks[*child].is_closed()), all + 1);
    (!children.is_empty()).then(|| children.iter().fold((0, 0), count))
}

/// The texts of an item and of all above it.
fn name(log: &Log, task: usize) -> String {
    let path = std::iter::successors(Some(task), |&task| log.tasks[task].parent);
    path.map(|task| log.tasks[task].text.as_str()).collect::<Vec<_>>().join("\n")
}

/// All items below one.
pub(in crate::app) fn below(log: &Log, task: usize) -> impl Iterator<Item = usize> + '_ {
    let is_below = move |&other: &usize| {
        std::iter::successors(log.tasks[other].parent, |&above| log.tasks[above].parent).any(|above| above == task)
    };
    (task + 1..log.tasks.len()).take_while(is_below)
}

/// How many items below one are open.
pub(in crate::app) fn open_below(log: &Log, task: usize) -> usize {
    below(log, task).filter(|&below| log.tasks[below].is_open()).count()
}

/// `1 item`, `2 items`.
pub(in crate::app) fn items(count: usize, language: Language) -> String {
    let noun = if count == 1 { "item" } else { "items" };
    say!(language, "{count} {noun}", "{count} 个条目")
}

/// The first words of an item, for messages.
pub(in crate::app) fn short(task: &Task) -> String {
    crate::text::cut(&task.text, 40).into_owned()
}
