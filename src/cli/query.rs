//! Parses a query with the filters of the finder (`org:`), and dates as people type them.

use chrono::NaiveDate;

use super::Opened;
use super::library::Papers;
use super::progress::Progress;
use super::review::ReviewContext;
use crate::app::finding::chips::{self, Filter, FilterContext};
use crate::app::finding::period::days;
use crate::log::edit::Refusal;
use crate::log::topics::ConfiguredTopics;
use crate::papers::index::PaperIndex;
use crate::review::queue::Queue;
use crate::say;
use crate::words::Language;

/// A query, with its filters separated from its words.
pub struct ParsedQuery {
    /// The words to search for.
    pub words: String,
    /// The filters, all of which must match.
    pub filters: Vec<Filter>,
}

/// Separates a query into words and filters.
///
/// # Errors
/// If a filter or its value is unknown, or the reviews cannot be read.
pub fn parse(opened: &Opened, query: &str, topics: &ConfiguredTopics) -> anyhow::Result<ParsedQuery> {
    let (filters, words): (Vec<&str>, Vec<&str>) =
        chips::words(query).into_iter().map(str::trim_end).partition(|word| chips::is_filter(word));
    let mut parsed = ParsedQuery { words: words.join(" "), filters: Vec::new() };
    if filters.is_empty() {
        return Ok(parsed);
    }
    let log = &opened.log;
    let ReviewContext { deck, settings, today } = ReviewContext::open(opened)?;
    let Queue { due, new, unreviewed, .. } = Queue::of(log, &deck, today, &settings);
    let has_papers = filters.iter().any(|word| chips::asks_for_papers(word));
    let papers = if has_papers { Papers::of(opened, &mut Progress::new()).index(log) } else { PaperIndex::default() };
    let context = FilterContext { today, due: &due, new: &new, unreviewed: &unreviewed, log, topics, papers: &papers };
    for word in filters {
        match Filter::read(word, context) {
            Some(Ok(filter)) => parsed.filters.push(filter),
            _ => anyhow::bail!(chips::complaint(word, context, opened.language).unwrap_or_else(|| word.to_owned())),
        }
    }
    Ok(parsed)
}

/// Refuses an empty query.
///
/// # Errors
/// If the query has no text.
pub fn not_empty(query: &str, language: Language) -> anyhow::Result<()> {
    match query.trim().is_empty() {
        true => Err(anyhow::Error::msg(Refusal::Empty.reason(language))),
        false => Ok(()),
    }
}

/// The first and last day of a period as typed: `2031`, `2031.5`, `2031-05-17`, `last month`.
///
/// # Errors
/// If `typed` is not a period.
pub fn period(opened: &Opened, typed: &str) -> anyhow::Result<(NaiveDate, NaiveDate)> {
    let found = days(&typed.trim().to_lowercase(), opened.today()?);
    found.ok_or_else(|| {
        anyhow::anyhow!(say!(
            opened.language,
            "“{typed}” is not a date; write 2023, 2023.11, 2023-11-05 or “last month”",
            "“{typed}”不是日期；可写成 2023、2023.11、2023-11-05 或“上个月”"
        ))
    })
}
