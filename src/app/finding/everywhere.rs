//! Full-text search: the overlay's state, and going to a result.

use super::text_results::{MatchedLine, Owner, ResultRow, TextResults};
use crate::app::lists::field::Field;
use crate::app::page::search::{PageSearch, letters, letters_from};
use crate::app::panes::timeline;
use crate::app::screen::body::Body;
use crate::app::screen::layout::{self, Pane, Size};
use crate::app::screen::viewport::Viewport;
use crate::app::{App, Overlay};
use crate::log::SectionKind;

/// The state of the full-text search overlay.
#[derive(Debug, Default)]
pub struct Everywhere {
    /// The query.
    pub field: Field,
    /// The results.
    pub results: TextResults,
    /// Index into the rows.
    pub cursor: usize,
    /// The scroll position.
    pub view: Viewport,
}

impl Everywhere {
    /// The selected result.
    pub fn selected(&self) -> Option<&MatchedLine> {
        match self.results.rows.get(self.cursor) {
            Some(ResultRow::Line(line)) => Some(line),
            _ => None,
        }
    }

    /// The list of results. The cursor skips the headings of groups.
    pub(in crate::app) fn body(&self, size: Size) -> Body<'_> {
        let (areas, rows) = (layout::everywhere(size), &self.results.rows);
        let body = Body::list((areas.frame, areas.list), self.view, self.cursor, rows.len());
        body.with_headings(|at| matches!(rows[at], ResultRow::Group { .. }))
    }
}

impl App {
    /// Goes to the selected result, and searches its page for the same words.
    pub(in crate::app) fn go_to_found(&mut self) {
        let Some(Overlay::Everywhere(everywhere)) = self.overlays.last() else { return };
        let Some(found) = everywhere.selected().cloned() else { return };
        let words = everywhere.results.words(&self.log, found.owner);
        let query = everywhere.field.text().trim().to_owned();
        self.overlays.pop();
        match found.owner {
            Owner::Entry(entry) => {
                let key = self.log.entries[entry].key.clone();
                self.go_to(&key);
            }
            Owner::Section(section) if self.log.sections[section].kind == SectionKind::Pending => {
                return self.go_to_found_item(&found);
            }
            Owner::Section(index) => {
                let section = &self.log.sections[index];
                // A day without text of its own is shown through its first entry.
                let is_day = matches!(section.kind, SectionKind::Day(_) | SectionKind::Range(..));
                let first = section.entries().next();
                match first.filter(|_| is_day && self.log.note(section).is_empty()) {
                    Some(entry) => self.go_to(&self.log.entries[entry].key.clone()),
                    None => self.leave_for(&timeline::RowId::from(&self.log.sections[index].name())),
                }
            }
        }
        self.lay_out();
        self.reader.search = Some(PageSearch::of(&self.reader.lines, &query, words, 0));
        let after = letters(&self.log.files[found.file].text[found.hits[0].start..]);
        self.choose_hit(&after);
    }

    /// Goes to the pending item that contains a result.
    fn go_to_found_item(&mut self, found: &MatchedLine) {
        self.focus = Pane::Pending;
        let at = found.hits[0].start;
        let is_there = |&task: &usize| {
            let task = &self.log.tasks[task];
            task.pending && task.file == found.file && task.span.contains(&at)
        };
        if let Some(task) = (0..self.log.tasks.len()).rev().find(is_there) {
            self.show_item(task);
        }
    }

    /// Selects the hit whose text, from the hit on, has the longest prefix in common with `wanted`.
    pub(in crate::app) fn choose_hit(&mut self, wanted: &str) {
        let Some(search) = &mut self.reader.search else { return };
        let lines = &self.reader.lines;
        let likeness = |index: &usize| {
            let found = search.hits[*index].first().map(|(line, range)| letters_from(lines, *line, range.start));
            let same = found.iter().flat_map(|found| found.chars()).zip(wanted.chars()).take_while(|(a, b)| a == b);
            (same.count(), std::cmp::Reverse(*index))
        };
        search.current = (0..search.hits.len()).max_by_key(likeness).unwrap_or(0);
        self.show_hit();
    }
}
