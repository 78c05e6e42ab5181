//! The page: its laid-out lines, scroll position and search.

use std::collections::HashMap;

use serde::{Deserialize, Serialize};

use super::groups::TimelineGroup;
use super::timeline::{RowId, TimelineRow};
use crate::app::page::account::{empty_page, opening};
use crate::app::page::flow::{PageLine, SpanRole};
use crate::app::page::pages::{PageInput, entry_page, group_page, section_page};
use crate::app::page::search::PageSearch;
use crate::app::screen::viewport::Viewport;

/// The state of the page.
#[derive(Debug, Default)]
pub struct Reader {
    /// The page laid out at the pane's width.
    pub lines: Vec<PageLine>,
    /// The scroll position.
    pub view: Viewport,
    /// The search; it is kept when another page is shown.
    pub search: Option<PageSearch>,
    /// What the page shows.
    subject: Option<RowId>,
    layout_key: Option<LayoutKey>,
    /// The scroll position before a preview.
    before: Option<Viewport>,
    /// The reading position of pages shown before.
    places: HashMap<RowId, ReadingPosition>,
}

/// Everything that the layout of a page depends on, apart from its subject. Works as a cache key.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct LayoutKey {
    /// Columns of the page.
    pub columns: usize,
    /// Rows of the page.
    pub rows: u16,
    /// The log's revision.
    pub revision: u64,
    /// The figures' revision.
    pub figures: u64,
    /// Whether this is the page of the timeline's first row. That page also reports what was not understood.
    pub is_first: bool,
}

impl LayoutKey {
    /// The most rows that a picture may take: two thirds of the page, to leave room for text about the
    /// picture.
    fn picture_rows(self) -> u16 {
        (self.rows / 3 * 2 + self.rows % 3).max(1)
    }
}

impl Reader {
    /// Lays out a page unless it is unchanged. A page opens where it was left, and keeps its top line when
    /// its width changes or pictures get their size.
    pub fn turn_to(
        &mut self,
        input: PageInput<'_>,
        groups: &[TimelineGroup],
        row: Option<TimelineRow>,
        subject: Option<RowId>,
        layout_key: LayoutKey,
    ) {
        if self.subject == subject && self.layout_key == Some(layout_key) {
            return;
        }
        self.end_preview();
        if let Some(left) = &self.subject {
            self.places.insert(left.clone(), self.reached());
        }
        let place = subject.as_ref().and_then(|subject| self.places.get(subject)).copied().unwrap_or_default();
        (self.subject, self.layout_key) = (subject, Some(layout_key));
        let LayoutKey { columns, .. } = layout_key;
        self.lines = if layout_key.is_first { opening(input, columns) } else { Vec::new() };
        self.lines.extend(match row {
            Some(TimelineRow::Entry(entry, _)) => {
                entry_page(input, &input.log.entries[entry], columns, layout_key.picture_rows())
            }
            Some(TimelineRow::Section(section, _)) => section_page(input, section, columns, layout_key.picture_rows()),
            Some(TimelineRow::Group(group)) => {
                let group = &groups[group];
                group_page(input, &group.label(input.log, input.language), &group.sections, columns)
            }
            None => empty_page(input, columns),
        });
        self.view = Viewport { top: self.line_of(place) };
        if let Some(search) = self.search.take() {
            self.search = Some(search.again(&self.lines, self.view.top));
        }
    }

    /// The key of the current layout.
    pub fn layout_key(&self) -> Option<LayoutKey> {
        self.layout_key
    }

    /// Remembers the scroll position before scrolling to a search hit.
    pub fn begin_preview(&mut self) {
        self.before.get_or_insert(self.view);
    }

    /// Scrolls back to where the preview began.
    pub fn end_preview(&mut self) {
        self.view = self.before.take().unwrap_or(self.view);
    }

    /// Sets the reading position of a page, restored from the last session.
    pub fn remember(&mut self, subject: RowId, reached: ReadingPosition) {
        // The current layout is stale.
        (self.subject, self.layout_key) = (None, None);
        self.places.insert(subject, reached);
    }

    /// The current reading position.
    pub fn reached(&self) -> ReadingPosition {
        let above = &self.lines[..self.view.top.min(self.lines.len())];
        let lines = above.iter().rev().take_while(|line| characters(line) == 0).count();
        let on_text = self.lines.get(self.view.top).is_some_and(|line| characters(line) > 0);
        ReadingPosition { characters: above.iter().map(characters).sum(), lines: (!on_text).then_some(lines) }
    }

    fn line_of(&self, reached: ReadingPosition) -> usize {
        let mut above = 0;
        let is_above = |line: &&PageLine| {
            let is_above = above < reached.characters;
            above += characters(line);
            is_above
        };
        let start = self.lines.iter().take_while(is_above).count();
        let without = self.lines[start..].iter().take_while(|line| characters(line) == 0).count();
        start + reached.lines.map_or(if start == 0 { 0 } else { without }, |lines| lines.min(without))
    }
}

/// A reading position that does not depend on the width or on the size of pictures.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct ReadingPosition {
    /// Characters above the first visible line. Not counted: spaces, which may be dropped at a line break,
    /// markers, which may be repeated, and figures.
    characters: usize,
    /// If the first visible line has no counted characters: the number of such lines right above it.
    lines: Option<usize>,
}

fn characters(line: &PageLine) -> usize {
    if line.figure.is_some() {
        return 0;
    }
    let spans = line.spans.iter().filter(|span| span.role != SpanRole::Marker);
    spans.map(|span| span.text.chars().filter(|c| !c.is_whitespace()).count()).sum()
}
