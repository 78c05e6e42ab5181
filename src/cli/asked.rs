//! What is asked for as the finder asks: filters such as `org:`, and days as people type them.

use chrono::NaiveDate;

use super::Opened;
use super::library::Papers;
use super::progress::Progress;
use super::review::Reviewing;
use crate::app::finding::chips::{self, Filter, Setting};
use crate::app::finding::period::days;
use crate::log::tracks::Topics;
use crate::papers::behind::Behind;
use crate::review::queue::Queue;
use crate::say;

/// A question, its filters apart from its words.
pub struct Asked {
    /// The words, to be found by their letters.
    pub words: String,
    /// What an entry must be.
    pub filters: Vec<Filter>,
}

/// Understands a question.
///
/// # Errors
/// When a filter or its value is not known, or the reviews cannot be read.
pub fn read(opened: &Opened, query: &str, topics: &Topics) -> anyhow::Result<Asked> {
    let (filters, words): (Vec<&str>, Vec<&str>) =
        chips::words(query).into_iter().map(str::trim_end).partition(|word| chips::is_filter(word));
    let mut asked = Asked { words: words.join(" "), filters: Vec::new() };
    if filters.is_empty() {
        return Ok(asked);
    }
    let log = &opened.log;
    let Reviewing { deck, settings, today } = Reviewing::open(opened)?;
    let Queue { due, new, unreviewed, .. } = Queue::of(log, &deck, today, &settings);
    let has_papers = filters.iter().any(|word| chips::asks_for_papers(word));
    let papers = if has_papers { Papers::of(opened, &mut Progress::new()).behind(log) } else { Behind::default() };
    let setting = Setting { today, due: &due, new: &new, unreviewed: &unreviewed, log, topics, papers: &papers };
    for word in filters {
        match Filter::read(word, setting) {
            Some(Ok(filter)) => asked.filters.push(filter),
            _ => anyhow::bail!(chips::complaint(word, setting, opened.language).unwrap_or_else(|| word.to_owned())),
        }
    }
    Ok(asked)
}

/// The first and the last day of a period as it was typed: `2031`, `2031.5`, `2031-05-17`, `last month`.
///
/// # Errors
/// When it is none.
pub fn period(opened: &Opened, typed: &str) -> anyhow::Result<(NaiveDate, NaiveDate)> {
    let found = days(&typed.trim().to_lowercase(), opened.today()?);
    found.ok_or_else(|| {
        anyhow::anyhow!(say!(
            opened.language,
            "“{typed}” is not a date; try 2023  2023.11  2023-11-05  last month",
            "“{typed}”不是日期；例如：2023  2023.11  2023-11-05  上个月"
        ))
    })
}
