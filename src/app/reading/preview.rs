//! The page beside the finder's list, scrolled to what was found in its text.

use crate::app::page::search::{PageSearch, letters};
use crate::app::panes::reader::Made;
use crate::app::{App, Overlay};
use crate::search::Hit;

/// What the page was last scrolled for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Shown {
    /// The number of the question whose answer has the hit.
    generation: u64,
    hit: Hit,
    /// Of what page.
    made: Option<Made>,
}

/// What was found in the text of an entry.
pub(in crate::app) struct InText {
    query: String,
    /// Its words, as they stand there.
    words: Vec<String>,
    /// What stands from the first of them on, as [`letters`].
    after: String,
}

impl App {
    /// Scrolls the page beside the finder's list to the hit that is selected, once; whoever
    /// scrolls on is left alone. A hit in the title shows the page as it was left.
    pub(in crate::app) fn follow_hit(&mut self) {
        if self.page_area().is_none() {
            return;
        }
        let Some(Overlay::Finder(finder)) = self.overlays.last() else { return };
        let hit = finder.results.hits.get(finder.cursor);
        let generation = self.searches.generation();
        let shown = hit.map(|&hit| Shown { generation, hit, made: self.reader.made() });
        if finder.shown == shown {
            return;
        }
        let found = self.found_in_text();
        self.reader.end_preview();
        self.reader.search = None;
        if let Some(found) = found {
            self.reader.begin_preview();
            self.show_in_page(found);
        }
        if let Some(Overlay::Finder(finder)) = self.overlays.last_mut() {
            finder.shown = shown;
        }
    }

    /// What was found of the finder's selected entry, if that is in its text.
    pub(in crate::app) fn found_in_text(&self) -> Option<InText> {
        let finder = self.finder()?;
        let hit = finder.results.hits.get(finder.cursor)?;
        let (entry, query) = (&self.log.entries[hit.item], finder.results.query(hit));
        let (name, body) = (entry.short_name.as_deref(), self.log.body(entry));
        let place = hit.kind.filter(|kind| kind.is_in_text()).and(query.place_in_text(&entry.title, name, body))?;
        let words = query.words_in_text(&entry.title, name, body);
        Some(InText { query: finder.field.text().trim().to_owned(), words, after: letters(&body[place.start..]) })
    }

    /// Looks for what was found in the page, and scrolls there. What stands in no line of the
    /// page, such as a figure's address, is not looked for.
    pub(in crate::app) fn show_in_page(&mut self, found: InText) {
        let search = PageSearch::of(&self.reader.lines, &found.query, found.words, 0);
        if !search.hits.is_empty() {
            self.reader.search = Some(search);
            self.choose_hit(&found.after);
        }
    }
}
