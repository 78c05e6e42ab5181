//! The finder: search for entries by title, text and filters, with a preview of the selected entry.

use super::chips::{self, Filter, FilterContext, FilterError, is_filter};
use super::request::SearchQuery;
use crate::app::lists::field::Field;
use crate::app::page::search::PageSearch;
use crate::app::panes::timeline::RowId;
use crate::app::reading::preview::PreviewedHit;
use crate::app::screen::viewport::Viewport;
use crate::app::{App, Overlay};
use crate::search::Results;

/// The state of the finder.
#[derive(Debug)]
pub struct Finder {
    /// The text being typed.
    pub field: Field,
    /// Completed filters, as typed; shown as chips.
    pub filters: Vec<String>,
    /// The results, as indices into [`Log::entries`](crate::log::Log::entries). Empty until the worker answers.
    pub results: Results,
    /// Index into the hits.
    pub cursor: usize,
    /// The scroll position.
    pub view: Viewport,
    /// The hit that the preview was scrolled to.
    pub(in crate::app) shown: Option<PreviewedHit>,
    /// Where the finder was opened, to go back to on Esc.
    pub origin: BeforeFinder,
}

/// The state to restore when the finder is cancelled.
#[derive(Debug, Default)]
pub struct BeforeFinder {
    /// The place in the timeline.
    pub place: Option<RowId>,
    /// The page's scroll position.
    pub view: Viewport,
    /// The search in the page.
    pub search: Option<PageSearch>,
}

impl Finder {
    /// A finder with these filters and no text, which lists the newest entries first.
    pub fn new(origin: BeforeFinder, filters: Vec<String>) -> Self {
        Self {
            field: Field::default(),
            filters,
            results: Results::default(),
            cursor: 0,
            view: Viewport::default(),
            shown: None,
            origin,
        }
    }

    /// The query for the worker. A filter applies as soon as it is valid, even before the space that makes it
    /// a chip.
    pub fn wanted(&self, context: FilterContext<'_>) -> SearchQuery {
        let words = chips::words(self.field.text()).into_iter().map(str::trim_end);
        let (words, rest): (Vec<&str>, Vec<&str>) = words.partition(|word| is_filter(word));
        let words = self.filters.iter().map(String::as_str).chain(words);
        let filters = words.filter_map(|word| match Filter::read(word, context)? {
            Ok(filter) => Some(filter),
            Err(FilterError::Unknown) => Some(Filter::of_unknown(word)),
            Err(FilterError::Unfinished) => None,
        });
        let filters = filters.collect();
        SearchQuery::Titles { query: rest.join(" "), filters }
    }

    /// After the text changed: turns filters followed by a space into chips.
    pub fn edited(&mut self, context: FilterContext<'_>) {
        (self.cursor, self.view) = (0, Viewport::default());
        let mut rest = String::new();
        for word in chips::words(self.field.text()) {
            match word.strip_suffix(char::is_whitespace).and_then(|word| Filter::read(word, context)) {
                Some(Ok(filter)) => self.filters.push(filter.word),
                Some(Err(_)) | None => rest.push_str(word),
            }
        }
        if rest.len() < self.field.text().len() {
            self.field = Field::new(&rest);
        }
    }

    /// Removes the last filter.
    pub fn remove_filter(&mut self) {
        self.filters.pop();
        (self.cursor, self.view) = (0, Viewport::default());
    }

    /// Stores results. The cursor stays on its entry if the user had moved it.
    pub fn take(&mut self, results: Results) {
        let entry = self.entry().filter(|_| self.cursor > 0);
        self.results = results;
        let found = entry.and_then(|entry| self.results.hits.iter().position(|hit| hit.item == entry));
        self.cursor = found.unwrap_or(self.cursor).min(self.results.hits.len().saturating_sub(1));
    }

    /// The entry under the cursor, as an index into [`Log::entries`](crate::log::Log::entries).
    pub fn entry(&self) -> Option<usize> {
        self.results.hits.get(self.cursor).map(|hit| hit.item)
    }
}

impl App {
    /// Opens the finder with filters, as typed.
    pub(in crate::app) fn find_papers(&mut self, filters: Vec<String>) {
        let search = self.reader.search.take();
        let origin = BeforeFinder { place: self.timeline.place(&self.log), view: self.reader.view, search };
        self.overlays.push(Overlay::Finder(Box::new(Finder::new(origin, filters))));
    }
}
