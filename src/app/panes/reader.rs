//! The page: what of it is on the screen, and what is looked for in it.

use std::collections::HashMap;

use serde::{Deserialize, Serialize};

use super::groups::Group;
use super::timeline::{Place, Row};
use crate::app::page::account::{empty_page, opening};
use crate::app::page::flow::{Line, Role};
use crate::app::page::pages::{Shelf, entry_page, group_page, section_page};
use crate::app::page::search::PageSearch;
use crate::app::screen::viewport::Viewport;

/// The page's state.
#[derive(Debug, Default)]
pub struct Reader {
    /// The page at the width of the pane.
    pub lines: Vec<Line>,
    /// Scrolling.
    pub view: Viewport,
    /// What is looked for; it stays when the page turns.
    pub search: Option<PageSearch>,
    /// What the page is of, and from what it was made.
    subject: Option<Place>,
    made: Option<Made>,
    /// How far it was scrolled before something in it was shown that one may not go to.
    before: Option<Viewport>,
    /// How far pages that were left had been read.
    places: HashMap<Place, Reached>,
}

/// What a page of one subject depends on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Made {
    /// Columns of the page.
    pub columns: usize,
    /// Rows of the page.
    pub rows: u16,
    /// Which reading of the log.
    pub revision: u64,
    /// Which state of the figures.
    pub figures: u64,
    /// Whether it is the page of the first row, which says what was not understood.
    pub is_first: bool,
}

impl Made {
    /// The most rows that a picture may take: with two thirds of the page there is room for
    /// what is said about it.
    fn picture_rows(self) -> u16 {
        (self.rows / 3 * 2 + self.rows % 3).max(1)
    }
}

impl Reader {
    /// Lays a page out. It opens where it was left, and the same text stays at its top when its
    /// width changes or pictures find their sizes.
    pub fn turn_to(
        &mut self,
        shelf: Shelf<'_>,
        groups: &[Group],
        row: Option<Row>,
        subject: Option<Place>,
        made: Made,
    ) {
        if self.subject == subject && self.made == Some(made) {
            return;
        }
        self.end_preview();
        if let Some(left) = &self.subject {
            self.places.insert(left.clone(), self.reached());
        }
        let place = subject.as_ref().and_then(|subject| self.places.get(subject)).copied().unwrap_or_default();
        (self.subject, self.made) = (subject, Some(made));
        let Made { columns, .. } = made;
        self.lines = if made.is_first { opening(shelf, columns) } else { Vec::new() };
        self.lines.extend(match row {
            Some(Row::Entry(entry, _)) => entry_page(shelf, &shelf.log.entries[entry], columns, made.picture_rows()),
            Some(Row::Section(section, _)) => section_page(shelf, section, columns, made.picture_rows()),
            Some(Row::Group(group)) => {
                let group = &groups[group];
                group_page(shelf, &group.label(shelf.log, shelf.language), &group.sections, columns)
            }
            None => empty_page(shelf, columns),
        });
        self.view = Viewport { top: self.line_of(place) };
        if let Some(search) = self.search.take() {
            self.search = Some(search.again(&self.lines, self.view.top));
        }
    }

    /// What the page depends on that is laid out.
    pub fn made(&self) -> Option<Made> {
        self.made
    }

    /// From now on the page is scrolled only to show what is in it.
    pub fn begin_preview(&mut self) {
        self.before.get_or_insert(self.view);
    }

    /// Scrolls it back.
    pub fn end_preview(&mut self) {
        self.view = self.before.take().unwrap_or(self.view);
    }

    /// A page that is not shown was read so far.
    pub fn remember(&mut self, subject: Place, reached: Reached) {
        // What is laid out now is of before.
        (self.subject, self.made) = (None, None);
        self.places.insert(subject, reached);
    }

    /// How far the page was read.
    pub fn reached(&self) -> Reached {
        let above = &self.lines[..self.view.top.min(self.lines.len())];
        let lines = above.iter().rev().take_while(|line| characters(line) == 0).count();
        let on_text = self.lines.get(self.view.top).is_some_and(|line| characters(line) > 0);
        Reached { characters: above.iter().map(characters).sum(), lines: (!on_text).then_some(lines) }
    }

    fn line_of(&self, reached: Reached) -> usize {
        let mut above = 0;
        let is_above = |line: &&Line| {
            let is_above = above < reached.characters;
            above += characters(line);
            is_above
        };
        let start = self.lines.iter().take_while(is_above).count();
        let without = self.lines[start..].iter().take_while(|line| characters(line) == 0).count();
        start + reached.lines.map_or(if start == 0 { 0 } else { without }, |lines| lines.min(without))
    }
}

/// How far a page was read, the same at every width and with pictures of any size.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Reached {
    /// Characters above the screen. Spaces, which may be lost where a line ends, markers, which
    /// may be repeated, and figures do not count.
    characters: usize,
    /// Where the screen begins with a line without any: how many such lines are above it.
    lines: Option<usize>,
}

fn characters(line: &Line) -> usize {
    if line.figure.is_some() {
        return 0;
    }
    let spans = line.spans.iter().filter(|span| span.role != Role::Marker);
    spans.map(|span| span.text.chars().filter(|c| !c.is_whitespace()).count()).sum()
}
