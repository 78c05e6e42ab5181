//! The checklist: a tree of items to tick, with the text between them.

use std::collections::BTreeSet;
use std::ops::Range;

use serde::{Deserialize, Serialize};

use super::cited::{self, Cited};
use super::filter::ItemFilter;
use super::folding::{self, Folding};
pub use super::rows::ChecklistRow;
use super::rows::rows;
use crate::app::screen::viewport::Viewport;
use crate::log::{Log, Task};
use crate::say;
use crate::words::Language;

/// Identifies an item across changes and reloads.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ItemId {
    /// The texts of the item and its ancestors.
    path: String,
    /// Number of identical items before it.
    twin: usize,
    /// The texts of its descendants, which tell apart items with the same path.
    #[serde(default)]
    below: String,
    /// Number of identical items, itself included.
    #[serde(default)]
    twins: usize,
    /// Number of items with this path.
    #[serde(default)]
    namesakes: usize,
}

impl ItemId {
    /// The identity of a task, given as an index into [`Log::tasks`].
    pub fn of(log: &Log, task: usize) -> Self {
        let (path, below) = (name(log, task), texts_below(log, task));
        let namesakes: Vec<usize> = twins(log, &path).collect();
        let same: Vec<usize> = namesakes.iter().copied().filter(|&twin| texts_below(log, twin) == below).collect();
        let twin = same.iter().take_while(|&&twin| twin < task).count();
        Self { path, twin, below, twins: same.len(), namesakes: namesakes.len() }
    }

    /// Finds the item in a log, as an index into [`Log::tasks`]; `None` if it is gone, or if one of several
    /// identical items is gone and it may be that one.
    pub fn find(&self, log: &Log) -> Option<usize> {
        let namesakes: Vec<usize> = twins(log, &self.path).collect();
        let same: Vec<usize> = namesakes.iter().copied().filter(|&twin| texts_below(log, twin) == self.below).collect();
        match (same.as_slice(), namesakes.as_slice()) {
            ([], [only]) if self.namesakes <= 1 => Some(*only),
            (same, _) if same.len() >= self.twins => same.get(self.twin).copied(),
            _ => None,
        }
    }

    /// The item's own text.
    pub fn text(&self) -> &str {
        self.path.split('\n').next().unwrap_or_default()
    }
}

/// The texts of an item's descendants.
fn texts_below(log: &Log, task: usize) -> String {
    let is_below = |&other: &usize| log.tasks[task].span.contains(&log.tasks[other].mark);
    let below = (task + 1..log.tasks.len()).take_while(is_below);
    below.map(|below| log.tasks[below].text.as_str()).collect::<Vec<_>>().join("\n")
}

fn twins<'a>(log: &'a Log, path: &'a str) -> impl Iterator<Item = usize> + 'a {
    let may_be = |&task: &usize| path.starts_with(&log.tasks[task].text);
    (0..log.tasks.len()).filter(may_be).filter(move |&task| name(log, task) == path)
}

/// An item that disappeared under the cursor.
#[derive(Debug, Clone)]
struct VanishedItem {
    /// Its text.
    text: String,
    /// The number of visible items that were before it.
    at: usize,
}

/// Columns reserved at the right for a group's progress: ` 12/34`.
const PROGRESS: usize = 6;

/// Columns reserved at the right for a key hint, if there are no groups.
const KEY: usize = 2;

/// With fewer rows than this, unselected items are cut to two rows.
const LOW: usize = 24;

/// (number of done or dropped children, number of all children) of a group.
pub type ChildCounts = (usize, usize);

/// (width in columns, the log's revision) for which rows are made.
pub type Made = (usize, u64);

/// The state of the checklist.
#[derive(Debug, Default)]
pub struct Checklist {
    /// The visible rows after folding.
    pub rows: Vec<ChecklistRow>,
    /// The rows before long items and text are folded.
    all: Vec<ChecklistRow>,
    /// The current folding.
    folding: Folding,
    /// Whether the text above the list was just unfolded; it stays in view until the cursor moves.
    reads_prose: bool,
    /// The item under the cursor, as an index into [`Log::tasks`].
    pub cursor: Option<usize>,
    /// The scroll position.
    pub view: Viewport,
    /// Which items are shown, and in which order.
    pub filter: ItemFilter,
    /// Citation counts, by item text.
    pub cited: Cited,
    folded: BTreeSet<String>,
    /// The item that another program removed under the cursor.
    vanished: Option<VanishedItem>,
    /// What the rows were made for.
    made: Option<Made>,
    language: Language,
}

/// The space for the checklist's text.
#[derive(Debug, Clone, Copy)]
pub struct Room {
    /// Columns.
    pub columns: usize,
    /// Rows.
    pub rows: usize,
}

impl Checklist {
    /// Rebuilds the rows if the width or the log has changed, and refolds them if needed.
    pub fn fit(&mut self, log: &Log, revision: u64, room: Room, language: Language) {
        self.language = language;
        let columns = room.columns;
        if self.made.replace((columns, revision)) != Some((columns, revision)) {
            let item = self.place(log);
            self.rebuild(log, item.as_ref(), columns);
        }
        // Fold only if the list does not fit.
        let low = Some(room.rows).filter(|&rows| rows < LOW && self.all.len() > rows);
        let is_other = std::mem::replace(&mut self.folding.low, low) != low;
        if is_other || self.folding.cursor != self.cursor {
            self.fold_rows(columns);
        }
    }

    fn fold_rows(&mut self, columns: usize) {
        self.folding.cursor = self.cursor;
        self.rows = self.folding.of(&self.all, columns, self.language);
    }

    /// The number of rows if nothing were folded.
    pub fn full_rows(&self) -> usize {
        self.all.len().max(self.rows.len())
    }

    /// Whether text is unfolded.
    pub fn shows_prose(&self) -> bool {
        self.folding.shows_prose
    }

    /// Unfolds or folds text; takes effect at the next layout.
    pub fn set_prose(&mut self, shown: bool) {
        self.reads_prose = shown;
        if std::mem::replace(&mut self.folding.shows_prose, shown) != shown {
            self.made = None;
        }
    }

    /// Whether there is text that can be folded.
    pub fn has_prose(&self) -> bool {
        folding::has_prose(&self.all)
    }

    /// Rebuilds the rows and puts the cursor back on `item`, or on the nearest one.
    pub fn rebuild(&mut self, log: &Log, item: Option<&ItemId>, columns: usize) {
        self.all = self.visible(log, columns);
        self.folding.free = beside(log) - KEY;
        self.rows.clone_from(&self.all);
        self.put_cursor(log, item);
        self.fold_rows(columns);
    }

    /// Puts the cursor on `item`, or on the nearest one.
    fn put_cursor(&mut self, log: &Log, item: Option<&ItemId>) {
        let tasks = self.tasks();
        let named = item.and_then(|item| item.find(log)).filter(|task| tasks.contains(task));
        let nearest = || tasks.get(self.place_of_cursor(&tasks)).or(tasks.last()).copied();
        self.cursor = match &self.vanished {
            Some(_) if item.is_none() => None,
            _ => named.or_else(nearest),
        };
        if self.cursor.is_some() {
            self.vanished = None;
        }
    }

    /// Like [`Self::rebuild`] after another program changed the log: if the item under the cursor is gone, the
    /// cursor is on nothing until it moves, so that no key acts on the wrong item.
    pub fn follow(&mut self, log: &Log, item: Option<&ItemId>, columns: usize) {
        let cursor = self.cursor;
        self.rebuild(log, item, columns);
        if let Some(item) = item
            && self.cursor.is_none_or(|found| item.find(log) != Some(found))
        {
            self.cursor = cursor;
            let at = self.place_of_cursor(&self.tasks());
            self.cursor = None;
            self.vanished = Some(VanishedItem { text: item.text().to_owned(), at });
        }
    }

    /// The text of the item that another program removed under the cursor.
    pub fn lost(&self) -> Option<&str> {
        self.vanished.as_ref().map(|lost| lost.text.as_str())
    }

    /// The number of visible items before the cursor.
    fn place_of_cursor(&self, tasks: &[usize]) -> usize {
        let Some(cursor) = self.cursor else { return 0 };
        let at = tasks.iter().position(|&task| task == cursor);
        at.unwrap_or_else(|| tasks.iter().filter(|&&task| task < cursor).count())
    }

    /// The visible items, in order.
    pub fn tasks(&self) -> Vec<usize> {
        let mut tasks: Vec<usize> = self.rows.iter().filter_map(|row| row.task).collect();
        tasks.dedup();
        tasks
    }

    /// The identity of the item under the cursor.
    pub fn place(&self, log: &Log) -> Option<ItemId> {
        self.cursor.filter(|&task| task < log.tasks.len()).map(|task| ItemId::of(log, task))
    }

    /// The folded groups, by the texts of the item and its ancestors.
    pub fn folded(&self) -> &BTreeSet<String> {
        &self.folded
    }

    /// Restores folds, filter and cursor from the last session. `made` are the width and the log's revision.
    pub fn resume(
        &mut self,
        log: &Log,
        groups: BTreeSet<String>,
        filter: ItemFilter,
        item: Option<&ItemId>,
        made: Made,
    ) {
        let is_same = (&self.folded, &self.filter, self.made) == (&groups, &filter, Some(made));
        (self.folded, self.filter) = (groups, filter);
        if is_same {
            self.put_cursor(log, item);
            self.fold_rows(made.0);
        } else {
            self.rebuild(log, item, made.0);
        }
    }

    /// Moves the cursor to an item, unfolding its parents and removing the filter if they hide it.
    pub fn show(&mut self, log: &Log, task: usize, columns: usize) {
        for above in std::iter::successors(log.tasks[task].parent, |&above| log.tasks[above].parent) {
            self.folded.remove(&name(log, above));
        }
        if !self.filter.shown(log)[task] {
            self.filter = ItemFilter::default();
        }
        self.rebuild(log, Some(&ItemId::of(log, task)), columns);
    }

    /// Sets the filter. The cursor stays if it is on a match; otherwise it moves to the first match, if any.
    pub fn set_filter(&mut self, log: &Log, filter: ItemFilter, columns: usize) {
        if self.filter != filter {
            (self.filter, self.vanished) = (filter, None);
        }
        let item = self.place(log);
        self.rebuild(log, item.as_ref(), columns);
        let is_hit = |&task: &usize| self.filter.is_hit(&log.tasks[task]);
        if !self.cursor.as_ref().is_some_and(is_hit) {
            self.cursor = self.tasks().into_iter().find(is_hit).or(self.cursor);
        }
    }

    /// The rows of the item under the cursor.
    pub fn cursor_rows(&self) -> Range<usize> {
        let is_cursor = |row: &ChecklistRow| row.task.is_some() && row.task == self.cursor;
        let Some(start) = self.rows.iter().position(is_cursor) else { return 0..0 };
        let length = self.rows[start..].iter().take_while(|row| is_cursor(row)).count();
        start..start + length
    }

    /// Puts the cursor on a visible item.
    pub fn choose(&mut self, task: usize) {
        self.reads_prose = false;
        self.cursor = Some(task);
        self.vanished = None;
    }

    /// Moves the cursor by items.
    pub fn move_by(&mut self, by: isize) {
        self.reads_prose = false;
        let tasks = self.tasks();
        let Some(last) = tasks.len().checked_sub(1) else { return };
        let at = match self.vanished.take() {
            // The next item is now where the lost one was.
            Some(lost) if by > 0 => lost.at.saturating_add_signed(by - 1),
            Some(lost) => lost.at.saturating_add_signed(by),
            None => tasks.iter().position(|&task| Some(task) == self.cursor).unwrap_or(0).saturating_add_signed(by),
        };
        self.cursor = Some(tasks[at.min(last)]);
    }

    /// Scrolls to the cursor; the text above the first item is shown with it if that fits.
    pub fn reveal(&mut self, height: usize) {
        if self.reads_prose {
            self.view.top = 0;
        }
        if self.vanished.is_some() || self.reads_prose {
            return self.view.clamp(height, self.rows.len());
        }
        let rows = self.cursor_rows();
        let is_first = self.rows[..rows.start.min(self.rows.len())].iter().all(|row| row.task.is_none());
        let is_last = self.rows[rows.end.min(self.rows.len())..].iter().all(|row| row.task.is_none());
        let start = if is_first && rows.end <= height { 0 } else { rows.start };
        let end = if is_last { self.rows.len() } else { rows.end };
        self.view.show(start..end, height, self.rows.len());
        // The cursor matters more than the text around it.
        if !(self.view.top..self.view.top + height).contains(&rows.start) {
            self.view.show(rows.clone(), height, self.rows.len());
        }
        if self.folding.low.is_some() {
            self.show_more(rows, height);
        }
    }

    /// Scrolls as little as possible so that some other items are visible with the cursor.
    fn show_more(&mut self, cursor: Range<usize>, height: usize) {
        let last = self.rows.len().saturating_sub(height);
        let tops = cursor.end.saturating_sub(height)..=cursor.start.min(last);
        let items = |top: usize| {
            let seen = &self.rows[top.min(self.rows.len())..(top + height).min(self.rows.len())];
            seen.iter().filter(|row| row.task.is_some() && row.line.mark.is_some()).count().min(folding::OTHERS + 1)
        };
        let best = tops.max_by_key(|&top| (items(top), std::cmp::Reverse(top.abs_diff(self.view.top))));
        self.view.top = best.unwrap_or(self.view.top);
    }

    /// Whether the item under the cursor has children.
    pub fn is_on_group(&self, log: &Log) -> bool {
        self.cursor.is_some_and(|task| log.children(task).next().is_some())
    }

    /// Whether an item's children are hidden.
    pub fn is_folded(&self, log: &Log, task: usize) -> bool {
        !self.folded.is_empty() && self.folded.contains(&name(log, task))
    }

    /// Folds the group under the cursor, or the one that contains it; `false` if there is none.
    pub fn fold(&mut self, log: &Log, columns: usize) -> bool {
        let Some(cursor) = self.cursor else { return false };
        let is_open_group = log.children(cursor).next().is_some() && !self.is_folded(log, cursor);
        let group = if is_open_group { Some(cursor) } else { log.tasks[cursor].parent };
        let Some(group) = group else { return false };
        self.folded.insert(name(log, group));
        self.rebuild(log, Some(&ItemId::of(log, group)), columns);
        true
    }

    /// Unfolds the group under the cursor; `false` if it was not folded.
    pub fn unfold(&mut self, log: &Log, columns: usize) -> bool {
        let Some(item) = self.place(log) else { return false };
        let was_folded = self.folded.remove(&item.path);
        self.rebuild(log, Some(&item), columns);
        was_folded
    }

    /// The rows that are neither folded nor filtered out. A query also finds folded items; text between items
    /// is left out while a filter is on.
    fn visible(&self, log: &Log, columns: usize) -> Vec<ChecklistRow> {
        let shown = self.filter.shown(log);
        let is_folded = |task: usize| !self.folded.is_empty() && self.folded.contains(&name(log, task));
        let hides = |task: usize| self.filter.query.is_empty() && is_folded(task);
        let is_visible = |row: &ChecklistRow| match row.task {
            Some(task) => {
                let mut above = std::iter::successors(log.tasks[task].parent, |&above| log.tasks[above].parent);
                shown[task] && !above.any(hides)
            }
            None => !self.filter.is_on(),
        };
        let rows: Vec<ChecklistRow> = rows(log, columns, self.language).into_iter().filter(is_visible).collect();
        let rows = cited::counted(rows, log, &self.cited, columns, self.language);
        if self.filter.most_cited { cited::most_first(rows, log, &self.cited) } else { rows }
    }
}

/// Columns reserved at the right of the text.
pub fn beside(log: &Log) -> usize {
    if log.tasks.iter().any(|task| task.pending && task.parent.is_some()) { PROGRESS } else { KEY }
}

/// The number of read papers that cite an item; 0 unless it is open.
pub fn cited_by(log: &Log, checklist: &Checklist, task: usize) -> usize {
    cited::count(log, &checklist.cited, task)
}

/// The progress of a group; `None` for an item without children.
pub fn progress(log: &Log, task: usize) -> Option<ChildCounts> {
    let children: Vec<usize> = log.children(task).collect();
    let count = |(done, all): ChildCounts, child: &usize| (done + usize::from(log.tasks[*child].is_closed()), all + 1);
    (!children.is_empty()).then(|| children.iter().fold((0, 0), count))
}

/// The texts of an item and its ancestors.
fn name(log: &Log, task: usize) -> String {
    let path = std::iter::successors(Some(task), |&task| log.tasks[task].parent);
    path.map(|task| log.tasks[task].text.as_str()).collect::<Vec<_>>().join("\n")
}

/// The descendants of an item.
pub(in crate::app) fn below(log: &Log, task: usize) -> impl Iterator<Item = usize> + '_ {
    let is_below = move |&other: &usize| {
        std::iter::successors(log.tasks[other].parent, |&above| log.tasks[above].parent).any(|above| above == task)
    };
    (task + 1..log.tasks.len()).take_while(is_below)
}

/// The number of open descendants of an item.
pub(in crate::app) fn open_below(log: &Log, task: usize) -> usize {
    below(log, task).filter(|&below| log.tasks[below].is_open()).count()
}

/// `1 sub-item`, `2 sub-items`.
pub(in crate::app) fn items(count: usize, language: Language) -> String {
    let noun = if count == 1 { "sub-item" } else { "sub-items" };
    say!(language, "{count} {noun}", "{count} 个子项")
}

/// An item's text shortened for messages.
pub(in crate::app) fn short(task: &Task) -> String {
    crate::text::cut(&task.text, 40).into_owned()
}
