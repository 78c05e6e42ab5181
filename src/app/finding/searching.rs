//! Searches that a worker carries out: what is asked, of which log, and the answer.
//!
//! What is asked follows from what lies on top of the panes, so no key has to think of it.
//! Every question has a number; an answer to any but the last is dropped.

use std::ops::{ControlFlow, Range};
use std::sync::Arc;

use chrono::NaiveDate;

use super::chips::{self, Filter, Setting};
use super::everywhere::Places;
use super::finder::{self, Finder};
use crate::app::keys::action::Action;
use crate::app::keys::key::Key;
use crate::app::keys::keymap::Bound;
use crate::app::reviewing::state::Reviewing;
use crate::app::{App, Effect, Message, Overlay};
use crate::log::Log;
use crate::log::stats::newest_day;
use crate::log::tracks::Topics;
use crate::search::text::Pattern;
use crate::search::{Catalogue, Query, Results, Session, Sounds, Stop};
use crate::words::{Language, Say};

/// After how many groups the first of them are shown, while the rest of the text is read.
const FIRST: usize = 50;

/// What is searched for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Wanted {
    /// Entries by their titles.
    Titles {
        /// What was typed, without filters.
        query: String,
        /// What entries must be, and their order.
        filters: Vec<Filter>,
    },
    /// All places in the text that have this.
    Text(String),
}

/// A question.
#[derive(Debug, Clone)]
pub struct Ask {
    /// Its number: later questions have higher ones.
    pub generation: u64,
    /// What is searched for.
    pub wanted: Wanted,
    /// Which reading of the log this is.
    revision: u64,
    log: Arc<Log>,
    topics: Arc<Topics>,
    /// What the answer is said in.
    language: Language,
}

/// Questions are told apart by their numbers.
impl PartialEq for Ask {
    fn eq(&self, other: &Self) -> bool {
        self.generation == other.generation
    }
}

/// An answer.
#[derive(Debug)]
pub enum Answer {
    /// Entries, as indices into [`Log::entries`].
    Titles(Results),
    /// Places in the text.
    Text(Places),
}

/// What the application has asked.
#[derive(Debug, Default)]
pub struct Searches {
    generation: u64,
    /// What is searched for on the screen, and in which reading of the log.
    asked: Option<(Wanted, u64)>,
    /// Whether all of the answer is there.
    is_answered: bool,
    /// Keys pressed since one that goes to what is found, while that is not yet known.
    held: Vec<Key>,
}

impl Searches {
    /// The number of the last question.
    pub(in crate::app) fn generation(&self) -> u64 {
        self.generation
    }
}

impl App {
    /// What must be searched for now that was not asked before. What was found of something
    /// else is forgotten.
    pub(in crate::app) fn want_search(&mut self) -> Option<Effect> {
        let wanted = match self.overlays.last() {
            Some(Overlay::Finder(finder)) => Some(finder.wanted(setting(&self.log, &self.reviewing))),
            Some(Overlay::Everywhere(everywhere)) => Some(Wanted::Text(everywhere.field.text().to_owned())),
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
        self.forget_found();
        let Some((wanted, revision)) = asked else {
            self.searches.held.clear();
            // The worker shares the log as long as it searches: a change would have to copy it.
            return is_needless.then_some(Effect::StopSearch(self.searches.generation));
        };
        let log = Arc::clone(&self.log);
        let generation = self.searches.generation;
        let topics = Arc::clone(&self.topics);
        Some(Effect::Search(Ask { generation, wanted, revision, log, topics, language: self.language }))
    }

    /// The finder's text has changed.
    pub(in crate::app) fn finder_edited(&mut self) {
        if let Some(Overlay::Finder(finder)) = self.overlays.last_mut() {
            finder.edited(setting(&self.log, &self.reviewing));
        }
    }

    /// What may help with what is being typed into the finder.
    pub fn finder_advice(&self, finder: &Finder) -> Option<String> {
        let text = finder.field.text();
        let is_idle = text.trim().is_empty() && !finder.filters.is_empty();
        if is_idle { None } else { chips::advice(text, setting(&self.log, &self.reviewing), self.language) }
    }

    /// Forgets what was found: it is of another query, or of a log that has changed.
    pub(in crate::app) fn forget_found(&mut self) {
        match self.overlays.last_mut() {
            Some(Overlay::Finder(finder)) => finder.results = Results::default(),
            Some(Overlay::Everywhere(everywhere)) => everywhere.places = Places::default(),
            _ => {}
        }
    }

    /// Takes an answer, unless something else is searched for by now.
    pub(in crate::app) fn found(&mut self, generation: u64, found: Answer) {
        if generation != self.searches.generation {
            return;
        }
        self.searches.is_answered = match &found {
            Answer::Titles(results) => results.is_settled,
            Answer::Text(places) => places.is_settled,
        };
        match (self.overlays.last_mut(), found) {
            (Some(Overlay::Finder(finder)), Answer::Titles(results)) => finder.take(results),
            (Some(Overlay::Everywhere(everywhere)), Answer::Text(places)) => everywhere.take(places),
            _ => {}
        }
    }

    /// Keeps a key back that goes to what is found, and all that follow, until all is found: who
    /// types fast means what the whole query finds. Leaving is never kept back.
    pub(in crate::app) fn holds_for_answer(&mut self, key: Key, bound: Bound) -> bool {
        let leaves = matches!(bound, Bound::Action(Action::Cancel | Action::Quit));
        let goes = bound == Bound::Action(Action::Open) || !self.searches.held.is_empty();
        let holds = self.searches.asked.is_some() && !self.searches.is_answered && goes && !leaves;
        match holds {
            true => self.searches.held.push(key),
            false => self.searches.held.clear(),
        }
        holds
    }

    /// Presses the keys that were kept back.
    pub(in crate::app) fn press_held_for_answer(&mut self) -> Vec<Effect> {
        if !self.searches.is_answered {
            return Vec::new();
        }
        let held = std::mem::take(&mut self.searches.held);
        held.into_iter().flat_map(|key| self.update(Message::Key(key))).collect()
    }

    /// Whether an answer is awaited and there is nothing yet to show.
    pub fn is_searching(&self) -> bool {
        match self.overlays.last() {
            Some(Overlay::Finder(finder)) => !finder.results.is_settled && finder.results.hits.is_empty(),
            Some(Overlay::Everywhere(everywhere)) => !everywhere.places.is_settled && everywhere.places.rows.is_empty(),
            _ => false,
        }
    }
}

/// What filters are relative to: the reader's day; until it is known, the newest of the log.
fn setting<'a>(log: &Log, reviewing: &'a Reviewing) -> Setting<'a> {
    let today = reviewing.today().or_else(|| newest_day(log)).unwrap_or(NaiveDate::MAX);
    let queue = &reviewing.queue;
    Setting { today, due: &queue.due, new: &queue.new, unreviewed: &queue.unreviewed }
}

/// Answers questions one after the other, and remembers what helps with the next.
#[derive(Debug, Default)]
pub struct Searcher {
    session: Option<(u64, Session)>,
    /// The sounds of each file.
    sounds: Option<(u64, Vec<Sounds>)>,
}

impl Searcher {
    /// Answers a question: what is found first, then everything. It ends early, and without
    /// an answer, once `stop` says so.
    pub fn answer(&mut self, ask: &Ask, stop: Stop<'_>, mut tell: impl FnMut(Message)) {
        let mut tell = |found| tell(Message::Found { generation: ask.generation, found });
        match &ask.wanted {
            Wanted::Titles { query, filters } => {
                if self.session.as_ref().is_none_or(|(revision, _)| *revision != ask.revision) {
                    let Some(catalogue) = Catalogue::build(finder::items(&ask.log, &[]), stop) else { return };
                    self.session = Some((ask.revision, Session::new(Arc::new(catalogue))));
                }
                let Some((_, session)) = &mut self.session else { return };
                let mut found = |mut results: Results| {
                    chips::narrow(&ask.log, &ask.topics, filters, &mut results);
                    tell(Answer::Titles(results));
                };
                let texts = finder::texts(&ask.log);
                if let Some(results) = session.search(&Query::new(query), &texts, stop, &mut found) {
                    found(results);
                    // Until the next keystroke nobody waits.
                    session.listen(&texts, stop);
                }
            }
            Wanted::Text(query) => {
                let early = |places| tell(Answer::Text(places));
                let known = self.sounds.as_ref().filter(|(revision, _)| *revision == ask.revision);
                let sounds = known.map_or(&[][..], |(_, sounds)| sounds);
                if let Some(places) = search_text(ask, query, sounds, stop, early) {
                    tell(Answer::Text(places));
                    // Until the next keystroke nobody waits, so it is time to listen.
                    if known.is_none() {
                        let mut files = ask.log.files.iter();
                        let sounds = files.try_fold(Vec::new(), |mut sounds, file| {
                            sounds.push(Sounds::of(&file.text, stop)?);
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
    ask: &Ask,
    query: &str,
    sounds: &[Sounds],
    stop: Stop<'_>,
    mut early: impl FnMut(Places),
) -> Option<Places> {
    let (log, language) = (&*ask.log, ask.language);
    let mut places = Places::default();
    match Pattern::new(query) {
        Ok(pattern) => {
            for file in 0..log.files.len() {
                let parts = parts(log, file);
                let spans: Vec<Range<usize>> = parts.iter().map(|(span, _)| span.clone()).collect();
                let text = &log.files[file].text;
                pattern.find_hearing(text, sounds.get(file), &spans, stop, |part, hits| {
                    places.add(log, file, parts[part].1, hits, language);
                    if places.groups == FIRST {
                        early(places.clone());
                    }
                    ControlFlow::Continue(())
                });
            }
        }
        Err(error) => places.error = Some(error.say(language)),
    }
    places.is_settled = true;
    (!stop()).then_some(places)
}

/// What a part of a file belongs to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Owner {
    /// An index into [`Log::entries`].
    Entry(usize),
    /// An index into [`Log::sections`].
    Section(usize),
}

/// The parts of a file that text can belong to, as bytes, in order. Together they are all of it:
/// a section's are its heading and its note.
pub fn parts(log: &Log, file: usize) -> Vec<(Range<usize>, Owner)> {
    let entries = log.entries.iter().enumerate().filter(|(_, entry)| entry.file == file);
    let entries = entries.map(|(index, entry)| (entry.span.clone(), Owner::Entry(index)));
    let sections = log.sections.iter().enumerate().filter(|(_, section)| section.file == file);
    let sections = sections.map(|(index, section)| (section.span.start..section.note.end, Owner::Section(index)));
    let mut parts: Vec<_> = entries.chain(sections).filter(|(span, _)| !span.is_empty()).collect();
    parts.sort_by_key(|(span, _)| span.start);
    parts
}
