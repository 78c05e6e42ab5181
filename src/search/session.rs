//! Incremental search: exact results for every keystroke, fast.
//!
//! The order of results is that of a plain scan over all items, but the search is faster. Results of terms are
//! remembered, so that a longer term is searched for only where a shorter one allows it; two threads share large
//! sets; and results in titles are shown before the texts are searched.

use std::sync::Arc;

use super::cache::{ResultCache, TermHit, TermResults};
use super::catalogue::Catalogue;
use super::days;
use super::found::MergedHits;
use super::organisations::OrganisationMatch;
use super::pinyin;
use super::query::Query;
use super::results::{Rank, Results, Total, results};
use super::sounds::SoundIndex;
use super::spread::{Slots, Stop, spread};
use super::term::Term;
use super::title::{MatchGrade, MatchKind};

/// Number of titles to search before the first results are shown, if there are many more.
const FIRST: usize = 8_192;

/// Bonus for a title that contains all terms as a phrase: more than the step from one kind to the next, less than the
/// step from a word to a short name.
const PHRASE: u32 = MatchGrade::STEP + MatchGrade::STEP / 2;

/// A series of searches that reuse earlier results.
#[derive(Debug)]
pub struct SearchSession {
    pub(super) catalogue: Arc<Catalogue>,
    /// Whether any item has text.
    has_texts: bool,
    pub(super) cache: ResultCache,
    /// The indexes of the texts, once built by [`build_indexes`](Self::build_indexes).
    sounds: Option<Vec<SoundIndex>>,
}

impl SearchSession {
    /// Creates a session on a catalogue.
    pub fn new(catalogue: Arc<Catalogue>) -> Self {
        pinyin::prepare();
        Self { has_texts: catalogue.has_texts(), catalogue, cache: ResultCache::default(), sounds: None }
    }

    /// Runs a query; `None` if stopped. Checks `stop` often.
    ///
    /// `texts` are the texts that bodies refer to; they must be the same in every search of a session. `early`
    /// receives partial results in their final order: once after the first titles, if there are many, and once after
    /// all titles.
    pub fn search(
        &mut self,
        query: &Query,
        texts: &[&str],
        stop: Stop<'_>,
        early: impl FnMut(Results),
    ) -> Option<Results> {
        let totals = self.find(query, texts, stop, early)?;
        let mut found = MergedHits { queries: vec![query.clone()], totals };
        self.try_readings(&mut found, texts, stop)?;
        Some(results(&self.catalogue, found.totals, found.queries, true))
    }

    /// Runs the query as typed, and remembers the results of its terms.
    fn find(
        &mut self,
        query: &Query,
        texts: &[&str],
        stop: Stop<'_>,
        mut early: impl FnMut(Results),
    ) -> Option<Vec<Total>> {
        let early_results = |totals| results(&self.catalogue, totals, vec![query.clone()], false);
        let wanted: Vec<&Term> = query.terms.iter().filter(|term| !term.is_not).collect();
        let mut found: Vec<Arc<TermResults>> = Vec::new();
        let mut open = Vec::new();
        let mut rest = Vec::new();
        for (index, term) in wanted.iter().enumerate() {
            found.push(match self.cache.known(term) {
                Some(known) => known,
                None => {
                    let slots = self.titles_for(term);
                    let at_first = if slots.len() > 2 * FIRST { FIRST } else { slots.len() };
                    let (first, others) = slots.split(at_first);
                    open.push(index);
                    rest.push(others);
                    Arc::new(self.find_in_titles(term, first, stop)?)
                }
            });
        }
        if rest.iter().any(|slots| slots.len() > 0) {
            early(early_results(self.total(query, &found)));
            for (&index, slots) in open.iter().zip(rest) {
                let more = self.find_in_titles(wanted[index], slots, stop)?;
                Arc::make_mut(&mut found[index]).extend(more);
            }
        }
        if !open.is_empty() && self.has_texts {
            early(early_results(self.total(query, &found)));
        }
        for index in open {
            let among = self.bodies_for(wanted[index]);
            self.find_in_text(wanted[index], Arc::make_mut(&mut found[index]), among, texts, stop)?;
            self.cache.remember(&found[index]);
        }
        Some(self.total(query, &found))
    }

    /// Runs a query on titles and, if given, texts. Remembers nothing, but uses what is remembered: the results of
    /// some terms narrow the search for the others.
    pub(super) fn scan(&self, query: &Query, texts: Option<&[&str]>, stop: Stop<'_>) -> Option<Vec<Total>> {
        let wanted: Vec<&Term> = query.terms.iter().filter(|term| !term.is_not).collect();
        let mut found: Vec<Arc<TermResults>> = wanted.iter().filter_map(|term| self.cache.known(term)).collect();
        for term in wanted.into_iter().filter(|term| self.cache.known(term).is_none()) {
            let common = common_slots(&found);
            let among = |others| common.as_deref().map_or(others, Slots::Some);
            if common.as_ref().is_some_and(Vec::is_empty) {
                return Some(Vec::new());
            }
            let mut memory = self.find_in_titles(term, among(self.titles_for(term)), stop)?;
            if let Some(texts) = texts.filter(|_| self.may_be_in_text(term)) {
                self.find_in_text(term, &mut memory, among(self.bodies_for(term)), texts, stop)?;
            }
            found.push(Arc::new(memory));
        }
        Some(self.total(query, &found))
    }

    /// Builds the indexes of the texts, so that most terms that are absent from them need no search. Call in idle
    /// time; ends early if stopped.
    pub(crate) fn build_indexes(&mut self, texts: &[&str], stop: Stop<'_>) {
        if self.has_texts && self.sounds.is_none() {
            self.sounds = texts.iter().map(|text| SoundIndex::of(text, stop)).collect();
        }
    }

    /// Whether any text may contain a term. True for terms with digits, which a text may separate from the word
    /// before.
    fn may_be_in_text(&self, term: &Term) -> bool {
        let text = term.singular.as_ref().map_or(&term.text, |singular| &singular.text);
        let may_contain = |sounds: &SoundIndex| {
            sounds.may_contain(text) || term.sound.as_ref().is_some_and(|sound| sounds.may_contain_pinyin(sound.term()))
        };
        let is_known = !text.contains(|c: char| c.is_ascii_digit());
        self.sounds.as_ref().filter(|_| is_known).is_none_or(|sounds| sounds.iter().any(may_contain))
    }

    /// The slots whose titles may match the term, according to the results of shorter terms.
    fn titles_for(&self, term: &Term) -> Slots<'_> {
        self.cache.shorter(term).map_or(self.all(), |shorter| Slots::Some(&shorter.titles))
    }

    /// The slots whose bodies may match the term, according to the results of shorter terms.
    fn bodies_for(&self, term: &Term) -> Slots<'_> {
        self.cache.shorter(term).map_or(self.all(), |shorter| Slots::Some(&shorter.bodies))
    }

    pub(super) fn all(&self) -> Slots<'static> {
        Slots::All(0..u32::try_from(self.catalogue.len()).unwrap_or(u32::MAX))
    }

    fn find_in_titles(&self, term: &Term, among: Slots<'_>, stop: Stop<'_>) -> Option<TermResults> {
        let catalogue = &*self.catalogue;
        let made_by: Vec<OrganisationMatch> =
            catalogue.organisations().iter().map(|names| term.grade_organisation(names)).collect();
        let is_maker = made_by.iter().any(|answer| answer.may_grow);
        let may_be_days = term.is_free() && days::may_become(&term.text);
        let (hits, titles) = spread(among, 2_048, stop, |slot, hits: &mut Vec<TermHit>, titles: &mut Vec<u32>| {
            let (may_contain, may_sound) = catalogue.may_contain(slot, term.letters);
            let mut grade = None;
            let mut may_grow = may_be_days;
            if may_contain || may_sound {
                let (of_title, title_may_grow) = term.weigh(catalogue.title(slot), may_sound);
                (grade, may_grow) = (of_title, may_grow || title_may_grow);
            }
            if is_maker {
                for &maker in catalogue.made_by(slot) {
                    let answer = made_by[maker as usize];
                    (grade, may_grow) = (grade.max(answer.grade), may_grow || answer.may_grow);
                }
            }
            if term.days.as_ref().is_some_and(|days| days.contains(&catalogue.day(slot))) {
                grade = grade.max(Some(MatchKind::Day.into()));
            }
            hits.extend(grade.map(|grade| TermHit { slot, score: grade.score(), kind: grade.kind }));
            if may_grow {
                titles.push(slot);
            }
        })?;
        Some(TermResults { raw: term.raw.clone(), mode: term.mode, hits, titles, bodies: Vec::new() })
    }

    fn find_in_text(
        &self,
        term: &Term,
        memory: &mut TermResults,
        among: Slots<'_>,
        texts: &[&str],
        stop: Stop<'_>,
    ) -> Option<()> {
        if !self.has_texts {
            return Some(());
        }
        let catalogue = &*self.catalogue;
        let in_titles = &memory.hits;
        let (hits, bodies) = spread(among, 256, stop, |slot, hits: &mut Vec<TermHit>, bodies: &mut Vec<u32>| {
            if in_titles.binary_search_by_key(&slot, |hit| hit.slot).is_ok() {
                bodies.push(slot);
                return;
            }
            if !catalogue.has_text(slot) {
                return;
            }
            let answer = term.grade_text(catalogue.body(slot, texts));
            if answer.may_grow {
                bodies.push(slot);
            }
            hits.extend(answer.kind.map(|kind| TermHit { slot, score: MatchGrade::from(kind).score(), kind }));
        })?;
        memory.bodies = bodies;
        if !hits.is_empty() {
            memory.hits.extend(hits);
            memory.hits.sort_by_key(|hit| hit.slot);
        }
        Some(())
    }

    /// The slots that match all wanted terms and no forbidden term, ascending. `found` has the results of each wanted
    /// term.
    fn total(&self, query: &Query, found: &[Arc<TermResults>]) -> Vec<Total> {
        let total = |slot, score, kind| Total { slot, score, kind, query: 0, rank: Rank::Typed };
        let mut totals: Vec<Total> = match found.first() {
            Some(first) => first.hits.iter().map(|hit| total(hit.slot, hit.score, Some(hit.kind))).collect(),
            None => (0..).take(self.catalogue.len()).map(|slot| total(slot, 0, None)).collect(),
        };
        for memory in found.iter().skip(1) {
            let mut others = memory.hits.iter().peekable();
            totals.retain_mut(|total| {
                while others.next_if(|hit| hit.slot < total.slot).is_some() {}
                let Some(hit) = others.next_if(|hit| hit.slot == total.slot) else { return false };
                total.score += hit.score;
                total.kind = total.kind.min(Some(hit.kind));
                true
            });
        }
        self.finish(query, &mut totals);
        totals
    }

    /// Removes slots that match a forbidden term, and adds the phrase bonus.
    fn finish(&self, query: &Query, totals: &mut Vec<Total>) {
        let forbidden: Vec<&Term> = query.terms.iter().filter(|term| term.is_not).collect();
        if !forbidden.is_empty() {
            let is_forbidden = |slot| forbidden.iter().any(|term| term.grade(self.catalogue.title(slot)).is_some());
            totals.retain(|total| !is_forbidden(total.slot));
        }
        if query.terms.len() > 1 {
            for total in totals {
                total.score += if query.is_phrase_in(self.catalogue.title(total.slot).lower) { PHRASE } else { 0 };
            }
        }
    }
}

/// The slots that match all of these terms, ascending; `None` if there are no terms.
fn common_slots(found: &[Arc<TermResults>]) -> Option<Vec<u32>> {
    let (first, others) = found.split_first()?;
    let mut slots: Vec<u32> = first.hits.iter().map(|hit| hit.slot).collect();
    let is_hit = |memory: &TermResults, slot| memory.hits.binary_search_by_key(&slot, |hit| hit.slot).is_ok();
    slots.retain(|&slot| others.iter().all(|memory| is_hit(memory, slot)));
    Some(slots)
}

#[cfg(test)]
mod tests {
    use std::sync::atomic::{AtomicUsize, Ordering};

    use proptest::prelude::*;

    use super::*;
    use crate::search::catalogue::{SearchBody, SearchItem};

    /// A catalogue of items from lines `name: title | body`, and the text of their bodies.
    fn catalogue(lines: &[String]) -> (Arc<Catalogue>, String) {
        let mut text = String::new();
        let mut bodies = Vec::new();
        for line in lines {
            let start = text.len();
            text.push_str(line.split_once('|').map_or("", |(_, body)| body));
            bodies.push(SearchBody { text: 0, span: start..text.len() });
        }
        let items = lines.iter().zip(bodies).enumerate().map(|(index, (line, body))| {
            let title = line.split('|').next().unwrap_or_default();
            let name = title.split_once(':').map(|(name, _)| name);
            SearchItem { title, name, organisations: Vec::new(), body: Some(body), recency: (index % 3) as i64 }
        });
        (Arc::new(Catalogue::new(items)), text)
    }

    /// The results of a plain scan: slots and scores, in order.
    fn plain(catalogue: &Catalogue, text: &str, query: &Query) -> Vec<(u32, u32)> {
        let grade = |term: &Term, slot| {
            let text = || term.grade_text(catalogue.body(slot, &[text])).kind.map(MatchGrade::from);
            let title = term.grade(catalogue.title(slot));
            if term.is_not { title.map_or(Some(0), |_| None) } else { title.or_else(text).map(MatchGrade::score) }
        };
        let score = |slot| {
            let sum: u32 = query.terms.iter().map(|term| grade(term, slot)).sum::<Option<u32>>()?;
            Some(sum + if query.is_phrase_in(catalogue.title(slot).lower) { PHRASE } else { 0 })
        };
        let mut found: Vec<(u32, u32)> =
            (0..catalogue.len() as u32).filter_map(|slot| Some((slot, score(slot)?))).collect();
        found.sort_by_key(|&(slot, score)| (std::cmp::Reverse(score), slot));
        found
    }

    #[track_caller]
    fn check_typing(lines: &[String], typed: &str) {
        let (catalogue, text) = catalogue(lines);
        let mut session = SearchSession::new(Arc::clone(&catalogue));
        let letters: Vec<char> = typed.chars().collect();
        let there = 1..=letters.len();
        for end in there.clone().chain(there.rev().step_by(2)) {
            let typed: String = letters[..end].iter().collect();
            let query = Query::new(&typed);
            let results = session.search(&query, &[&text], &|| false, |_| {}).unwrap_or_default();
            let wanted: Vec<usize> =
                plain(&catalogue, &text, &query).iter().map(|&(slot, _)| catalogue.item(slot)).collect();
            // Other readings may only move a result of the typed query, never remove it.
            let typed_hits = results.hits.iter().filter(|hit| hit.query == 0).map(|hit| hit.item);
            let found: Vec<usize> = typed_hits.collect();
            let others: Vec<usize> = results.hits.iter().filter(|hit| hit.query > 0).map(|hit| hit.item).collect();
            match others.iter().any(|item| wanted.contains(item)) {
                true => assert!(found.iter().all(|item| wanted.contains(item)), "{typed}"),
                false => assert_eq!(found, wanted, "{typed}"),
            }
        }
    }

    proptest! {
        #[test]
        fn the_order_is_that_of_a_plain_scan(
            lines in prop::collection::vec("([A-Ca-c]{1,4}: )?[A-Ca-ct 大模型推荐-]{0,16}(\\|[a-cA-C 大模，型推荐系\n]{0,24})?", 0..12),
            typed in "(['^!]?[a-cdtmxj大模推荐]{1,7}[$]? ?){1,3}",
        ) {
            check_typing(&lines, &typed);
        }
    }

    #[test]
    fn the_order_is_that_of_a_plain_scan_when_two_threads_share_it() {
        let words = ["attention", "Transformer", "大模型", "Mixture-of-Experts", "CLIP", "推荐系统", "vision"];
        let line = |index: usize| {
            let word = |by: usize| words[index / by % words.len()];
            format!("{}: {} {}|{} {}", word(1), word(3), word(11), word(5), word(7))
        };
        let lines: Vec<String> = (0..5_000).map(line).collect();
        for typed in ["moe tj", "attn clip", "damoxing !vis", "tjxt trans"] {
            check_typing(&lines, typed);
        }
    }

    #[test]
    fn titles_come_first() {
        let lines = ["A: attention|", "B: other|attention"].map(str::to_owned);
        let (catalogue, text) = catalogue(&lines);
        let mut session = SearchSession::new(catalogue);
        let mut early = Vec::new();
        let query = Query::new("attention");
        let results = session.search(&query, &[&text], &|| false, |results| {
            early.push((results.hits.len(), results.is_settled));
        });
        assert_eq!(early, [(1, false)]);
        assert_eq!(results.map(|results| (results.hits.len(), results.is_settled)), Some((2, true)));
    }

    #[test]
    fn an_empty_result_is_retried_with_a_char_removed() {
        let lines = ["CLIP: Pretraining|", "Flamingo: Few shots|", "x|about 推荐 and Flamingo"].map(str::to_owned);
        let (catalogue, text) = catalogue(&lines);
        let mut session = SearchSession::new(catalogue);
        let mut find = |typed: &str| {
            let results = session.search(&Query::new(typed), &[&text], &|| false, |_| {}).unwrap_or_default();
            let terms = results.hits.iter().map(|hit| results.queries[hit.query].terms[0].text.clone());
            let is_relaxed = results.hits.iter().any(|hit| results.is_relaxed(hit));
            (is_relaxed, results.hits.iter().map(|hit| hit.item).collect::<Vec<_>>(), terms.collect::<Vec<_>>())
        };
        assert_eq!(find("clpip"), (true, vec![0], vec!["clip".to_owned()]));
        assert_eq!(find("flamxingo"), (true, vec![1], vec!["flamingo".to_owned()]));
        assert_eq!(find("推x荐"), (true, vec![2], vec!["推荐".to_owned()]));
        assert_eq!(find("zzzz"), (false, vec![], vec![]));
    }

    #[test]
    fn cached_results_lose_nothing() {
        let lines = ["CLIP: Pretraining|", "x|推荐系统 by Flamingos, GPT-4 and LLaMA 2 大模型"].map(str::to_owned);
        let (catalogue, text) = catalogue(&lines);
        for typed in ["flamigno", "tuijiann", "gpt4x", "llama 2", "dmxgpt", "zebra", "clpi", "xitongx", "flamingoss"] {
            let mut plain = SearchSession::new(Arc::clone(&catalogue));
            let mut indexed = SearchSession::new(Arc::clone(&catalogue));
            indexed.build_indexes(&[&text], &|| false);
            let mut hits = [&mut plain, &mut indexed].map(|session| {
                let results = session.search(&Query::new(typed), &[&text], &|| false, |_| {}).unwrap_or_default();
                results.hits
            });
            assert_eq!(std::mem::take(&mut hits[0]), hits[1], "{typed}");
        }
    }

    #[test]
    fn search_stops_when_cancelled() {
        let lines: Vec<String> = (0..5_000).map(|index| format!("Title {index}|Text")).collect();
        let (catalogue, text) = catalogue(&lines);
        let mut session = SearchSession::new(catalogue);
        let asked = AtomicUsize::new(0);
        let stop = || asked.fetch_add(1, Ordering::Relaxed) >= 3;
        assert!(session.search(&Query::new("title"), &[&text], &stop, |_| panic!("nothing may come")).is_none());
        assert!(asked.into_inner() < 8);
        assert_eq!(
            session.search(&Query::new("title"), &[&text], &|| false, |_| {}).unwrap_or_default().hits.len(),
            5_000
        );
    }
}
