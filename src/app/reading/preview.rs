//! The finder's preview: the page scrolled to the text that matched.

use crate::app::page::search::{PageSearch, letters};
use crate::app::panes::reader::LayoutKey;
use crate::app::{App, Overlay};
use crate::search::Hit;

/// The hit that the preview was last scrolled to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct PreviewedHit {
    /// The generation of the query.
    generation: u64,
    hit: Hit,
    /// The page layout that was scrolled.
    layout_key: Option<LayoutKey>,
}

/// A match in the text of an entry.
pub(in crate::app) struct InText {
    query: String,
    /// The words as written in the text.
    words: Vec<String>,
    /// The text from the match on, as [`letters`].
    after: String,
}

impl App {
    /// Scrolls the preview to the selected hit, once, so that the user can scroll away. For a hit in the
    /// title, the page is shown where the user left it.
    pub(in crate::app) fn follow_hit(&mut self) {
        if self.page_area().is_none() {
            return;
        }
        let Some(Overlay::Finder(finder)) = self.overlays.last() else { return };
        let hit = finder.results.hits.get(finder.cursor);
        let generation = self.searches.generation();
        let shown = hit.map(|&hit| PreviewedHit { generation, hit, layout_key: self.reader.layout_key() });
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

    /// The finder's selected match, if it is in an entry's text.
    pub(in crate::app) fn found_in_text(&self) -> Option<InText> {
        let finder = self.finder()?;
        let hit = finder.results.hits.get(finder.cursor)?;
        let (entry, query) = (&self.log.entries[hit.item], finder.results.query(hit));
        let (name, body) = (entry.short_name(), self.log.body(entry));
        let place = hit.kind.filter(|kind| kind.is_in_text()).and(query.place_in_text(&entry.title, name, body))?;
        let words = query.words_in_text(&entry.title, name, body);
        Some(InText { query: finder.field.text().trim().to_owned(), words, after: letters(&body[place.start..]) })
    }

    /// Searches the page for a match and scrolls there. Does nothing for text that is not on the page, such
    /// as a figure's path.
    pub(in crate::app) fn show_in_page(&mut self, found: InText) {
        let search = PageSearch::of(&self.reader.lines, &found.query, found.words, 0);
        if !search.hits.is_empty() {
            self.reader.search = Some(search);
            self.choose_hit(&found.after);
        }
    }
}
