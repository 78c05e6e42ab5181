//! Search requests and answers, and the searcher that the worker thread runs.

use std::ops::{ControlFlow, Range};
use std::sync::Arc;

use super::chips::{self, Filter};
use super::text_results::{TextResults, parts};
use chrono::Datelike;

use crate::log::topics::ConfiguredTopics;
use crate::log::{Entry, Log, Task, dialect};
use crate::search::text::Pattern;
use crate::search::{Catalogue, Query, Results, SearchBody, SearchItem, SearchSession, SoundIndex, Stop};
use crate::words::{Language, Say};

/// The number of groups after which partial results are shown.
const FIRST: usize = 50;

/// What to search for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum SearchQuery {
    /// Entries, by title, text and filters.
    Titles {
        /// The words typed, without filters.
        query: String,
        /// Filters and sort order.
        filters: Vec<Filter>,
    },
    /// All lines of the full text that match.
    Text(String),
}

/// A request for the search worker.
#[derive(Debug, Clone)]
pub struct SearchRequest {
    /// Increases with every request, so that late answers can be dropped.
    pub generation: u64,
    /// What to search for.
    pub wanted: SearchQuery,
    /// The log's revision, the key of the searcher's caches.
    pub(super) revision: u64,
    pub(super) log: Arc<Log>,
    pub(super) topics: Arc<ConfiguredTopics>,
    /// The language of labels and errors in the answer.
    pub(super) language: Language,
}

/// Requests are equal if their generations are.
impl PartialEq for SearchRequest {
    fn eq(&self, other: &Self) -> bool {
        self.generation == other.generation
    }
}

/// Results, partial or final.
#[derive(Debug)]
pub enum SearchAnswer {
    /// Entries, as indices into [`Log::entries`].
    Titles(Results),
    /// Places in the full text.
    Text(TextResults),
}

/// Answers requests one by one, with caches that speed up the next.
#[derive(Debug, Default)]
pub struct Searcher {
    session: Option<(u64, SearchSession)>,
    /// (log revision, pinyin index of each file).
    sounds: Option<(u64, Vec<SoundIndex>)>,
}

impl Searcher {
    /// Answers a request, first with partial results, then with all. Returns without an answer as soon as
    /// `stop` returns true.
    pub fn answer(&mut self, ask: &SearchRequest, stop: Stop<'_>, mut tell: impl FnMut(SearchAnswer)) {
        match &ask.wanted {
            SearchQuery::Titles { query, filters } => {
                if self.session.as_ref().is_none_or(|(revision, _)| *revision != ask.revision) {
                    let Some(catalogue) = Catalogue::build(items(&ask.log, &[]), stop) else { return };
                    self.session = Some((ask.revision, SearchSession::new(Arc::new(catalogue))));
                }
                let Some((_, session)) = &mut self.session else { return };
                let mut found = |mut results: Results| {
                    chips::narrow(&ask.log, &ask.topics, filters, &mut results);
                    tell(SearchAnswer::Titles(results));
                };
                let texts = texts(&ask.log);
                if let Some(results) = session.search(&Query::new(query), &texts, stop, &mut found) {
                    found(results);
                    // Index pinyin while idle, until the next key press.
                    session.build_indexes(&texts, stop);
                }
            }
            SearchQuery::Text(query) => {
                let early = |results| tell(SearchAnswer::Text(results));
                let known = self.sounds.as_ref().filter(|(revision, _)| *revision == ask.revision);
                let sounds = known.map_or(&[][..], |(_, sounds)| sounds);
                if let Some(results) = search_text(ask, query, sounds, stop, early) {
                    tell(SearchAnswer::Text(results));
                    // Index pinyin while idle, until the next key press.
                    if known.is_none() {
                        let mut files = ask.log.files.iter();
                        let sounds = files.try_fold(Vec::new(), |mut sounds, file| {
                            sounds.push(SoundIndex::of(&file.text, stop)?);
                            Some(sounds)
                        });
                        self.sounds = sounds.map(|sounds| (ask.revision, sounds));
                    }
                }
            }
        }
    }
}

fn search_text(
    ask: &SearchRequest,
    query: &str,
    sounds: &[SoundIndex],
    stop: Stop<'_>,
    mut early: impl FnMut(TextResults),
) -> Option<TextResults> {
    let (log, language) = (&*ask.log, ask.language);
    let mut results = TextResults::default();
    match Pattern::new(query) {
        Ok(pattern) => {
            for file in 0..log.files.len() {
                let parts = parts(log, file);
                let spans: Vec<Range<usize>> = parts.iter().map(|(span, _)| span.clone()).collect();
                let text = &log.files[file].text;
                pattern.find_hearing(text, sounds.get(file), &spans, stop, |part, hits| {
                    results.add(log, file, parts[part].1, hits, language);
                    if results.groups == FIRST {
                        early(results.clone());
                    }
                    ControlFlow::Continue(())
                });
            }
        }
        Err(error) => results.error = Some(error.say(language)),
    }
    results.is_settled = true;
    (!stop()).then_some(results)
}

/// The finder's searchable items: all entries, then `tasks`.
pub fn items<'a>(log: &'a Log, tasks: &[&'a Task]) -> impl Iterator<Item = SearchItem<'a>> {
    let of_entry = |entry: &'a Entry| SearchItem {
        title: &entry.title,
        name: entry.short_name(),
        organisations: entry.organisations.iter().map(|name| dialect::spellings(name)).collect(),
        body: Some(SearchBody { text: entry.file(), span: entry.body() }),
        recency: entry.date.map_or(i64::MIN, |date| date.num_days_from_ce().into()),
    };
    let of_task = |task: &&'a Task| {
        let title = &*task.text;
        SearchItem { title, name: None, organisations: Vec::new(), body: None, recency: i64::MIN }
    };
    log.entries.iter().map(of_entry).chain(tasks.iter().map(of_task))
}

/// The texts that the bodies of [`items`] refer to.
pub fn texts(log: &Log) -> Vec<&str> {
    log.files.iter().map(|file| file.text.as_str()).collect()
}
