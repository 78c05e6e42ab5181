//! Starts searches in the worker and takes in their results.
//!
//! The query is derived from the top overlay after every update, so no key handler has to start a
//! search. Requests are numbered; an answer to any but the latest is dropped.

use std::sync::Arc;

use chrono::NaiveDate;

use super::chips::{self, Advice, FilterContext};
use super::finder::Finder;
use super::request::{SearchAnswer, SearchQuery, SearchRequest};
use super::text_results::TextResults;
use crate::app::reviewing::state::Reviewing;
use crate::app::{App, Effect, Overlay};
use crate::log::Log;
use crate::log::stats::newest_day;
use crate::log::topics::ConfiguredTopics;
use crate::papers::index::PaperIndex;
use crate::search::Results;

/// The state of the current search.
#[derive(Debug, Default)]
pub struct Searches {
    generation: u64,
    /// (current query, log revision).
    asked: Option<(SearchQuery, u64)>,
    /// Whether the final answer has arrived.
    is_answered: bool,
}

impl Searches {
    /// The generation of the latest request.
    pub(in crate::app) fn generation(&self) -> u64 {
        self.generation
    }
}

impl App {
    /// Starts a search if the query or the log has changed, and clears old results.
    pub(in crate::app) fn update_search(&mut self) -> Option<Effect> {
        let wanted = match self.overlays.last() {
            Some(Overlay::Finder(finder)) => Some(finder.wanted(self.filter_context())),
            Some(Overlay::Everywhere(everywhere)) => Some(SearchQuery::Text(everywhere.field.text().to_owned())),
            _ => None,
        };
        let asked = wanted.map(|wanted| (wanted, self.revision));
        if asked == self.searches.asked {
            return None;
        }
        let is_needless = asked.is_none() && !self.searches.is_answered;
        self.searches.generation += 1;
        self.searches.asked.clone_from(&asked);
        self.searches.is_answered = false;
        self.overlays.last_mut().into_iter().for_each(forget);
        let Some((wanted, revision)) = asked else {
            // A running search holds an `Arc` of the log, so an edit would have to clone the log. Stop the
            // search.
            return is_needless.then_some(Effect::StopSearch(self.searches.generation));
        };
        let log = Arc::clone(&self.log);
        let generation = self.searches.generation;
        let topics = Arc::clone(&self.topics);
        Some(Effect::Search(SearchRequest { generation, wanted, revision, log, topics, language: self.language }))
    }

    fn filter_context(&self) -> FilterContext<'_> {
        filter_context(&self.log, &self.reviewing, &self.topics, &self.papers)
    }

    /// Reacts to a change of the finder's text.
    pub(in crate::app) fn finder_edited(&mut self) -> Vec<Effect> {
        let asks = |finder: &Finder| chips::words(finder.field.text()).iter().any(|word| chips::is_unlogged(word));
        if self.finder().is_some_and(asks) {
            // The filter for unlogged PDFs opens the PDF list instead of filtering the finder.
            let mut effects = self.cancel();
            effects.extend(self.list_library());
            return effects;
        }
        if let Some(Overlay::Finder(finder)) = self.overlays.last_mut() {
            finder.edited(filter_context(&self.log, &self.reviewing, &self.topics, &self.papers));
        }
        Vec::new()
    }

    /// A hint for the text typed in the finder.
    pub(crate) fn finder_advice(&self, finder: &Finder) -> Option<Advice> {
        let text = finder.field.text();
        let is_idle = text.trim().is_empty() && !finder.filters.is_empty();
        if is_idle { None } else { chips::advice(text, self.filter_context(), self.language) }
    }

    /// Clears the results of an old log, also in overlays that others cover.
    pub(in crate::app) fn forget_found(&mut self) {
        self.overlays.iter_mut().for_each(forget);
    }

    /// Stores an answer, unless it is to an older request.
    pub(in crate::app) fn found(&mut self, generation: u64, found: SearchAnswer) {
        if generation != self.searches.generation {
            return;
        }
        self.searches.is_answered = match &found {
            SearchAnswer::Titles(results) => results.is_settled,
            SearchAnswer::Text(results) => results.is_settled,
        };
        match (self.overlays.last_mut(), found) {
            (Some(Overlay::Finder(finder)), SearchAnswer::Titles(results)) => finder.take(results),
            (Some(Overlay::Everywhere(everywhere)), SearchAnswer::Text(results)) => everywhere.results = results,
            _ => return,
        }
        // Keep the cursor on a row, not on a heading.
        self.go(|body| body.move_by(0));
    }

    /// Whether the final answer is still missing. Enter waits for it, so as not to act on a result
    /// for only part of what was typed.
    pub(in crate::app) fn awaits_answer(&self) -> bool {
        self.searches.asked.is_some() && !self.searches.is_answered
    }

    /// Whether a search is running and has found nothing yet.
    pub fn is_searching(&self) -> bool {
        match self.overlays.last() {
            Some(Overlay::Finder(finder)) => !finder.results.is_settled && finder.results.hits.is_empty(),
            Some(Overlay::Everywhere(everywhere)) => {
                !everywhere.results.is_settled && everywhere.results.rows.is_empty()
            }
            _ => false,
        }
    }
}

/// The context for filters. Until the time is known, the latest date of the log counts as today.
fn filter_context<'a>(
    log: &'a Log,
    reviewing: &'a Reviewing,
    topics: &'a ConfiguredTopics,
    papers: &'a PaperIndex,
) -> FilterContext<'a> {
    let today = reviewing.today().or_else(|| newest_day(log)).unwrap_or(NaiveDate::MAX);
    let queue = &reviewing.queue;
    FilterContext { today, due: &queue.due, new: &queue.new, unreviewed: &queue.unreviewed, log, topics, papers }
}

/// Clears the results of an overlay.
fn forget(overlay: &mut Overlay) {
    match overlay {
        Overlay::Finder(finder) => finder.results = Results::default(),
        Overlay::Everywhere(everywhere) => everywhere.results = TextResults::default(),
        _ => {}
    }
}
