//! The page: what of it is on the screen, and what is looked for in it.

use std::collections::HashMap;

use super::flow::{Line, Role};
use super::page_search::PageSearch;
use super::pages::{Shelf, empty_page, entry_page, month_page, section_page};
use super::timeline::{Place, Row};
use super::viewport::Viewport;

/// The page's state.
#[derive(Debug, Default)]
pub struct Reader {
    /// The page at the width of the pane.
    pub lines: Vec<Line>,
    /// Scrolling.
    pub view: Viewport,
    /// What is looked for; it stays when the page turns.
    pub search: Option<PageSearch>,
    /// What the page is of; at which width, and from which reading of the log it was made.
    subject: Option<Place>,
    made: Option<(usize, u64)>,
    /// How far pages that were left had been read.
    places: HashMap<Place, Reached>,
}

impl Reader {
    /// Lays a page out. It opens where it was left, and keeps its place at another width.
    pub fn turn_to(
        &mut self,
        shelf: Shelf<'_>,
        revision: u64,
        row: Option<Row>,
        subject: Option<Place>,
        columns: usize,
    ) {
        let made = Some((columns, revision));
        if self.subject == subject && self.made == made {
            return;
        }
        if let Some(left) = &self.subject {
            self.places.insert(left.clone(), self.reached());
        }
        let place = subject.as_ref().and_then(|subject| self.places.get(subject)).copied().unwrap_or_default();
        (self.subject, self.made) = (subject, made);
        self.lines = match row {
            Some(Row::Entry(entry, _)) => entry_page(shelf, &shelf.log.entries[entry], columns),
            Some(Row::Section(section, _)) => section_page(shelf.log, section, columns),
            Some(Row::Month(month)) => month_page(shelf.log, month, columns),
            None => empty_page(columns),
        };
        self.view = Viewport { top: self.line_of(place) };
        if let Some(search) = self.search.take() {
            self.search = Some(PageSearch::new(&self.lines, &search.query, self.view.top));
        }
    }

    fn reached(&self) -> Reached {
        let above = &self.lines[..self.view.top.min(self.lines.len())];
        let lines = above.iter().rev().take_while(|line| characters(line) == 0).count();
        Reached { characters: above.iter().map(characters).sum(), lines }
    }

    fn line_of(&self, reached: Reached) -> usize {
        let mut above = 0;
        let is_above = |line: &&Line| {
            let is_above = above < reached.characters;
            above += characters(line);
            is_above
        };
        self.lines.iter().take_while(is_above).count() + reached.lines
    }
}

/// How far a page was read, the same at every width.
#[derive(Debug, Clone, Copy, Default)]
struct Reached {
    /// Characters above the screen. Spaces, which may be lost where a line ends, and markers,
    /// which may be repeated, do not count.
    characters: usize,
    /// Lines after these without any.
    lines: usize,
}

fn characters(line: &Line) -> usize {
    let spans = line.spans.iter().filter(|span| span.role != Role::Marker);
    spans.map(|span| span.text.chars().filter(|c| !c.is_whitespace()).count()).sum()
}
