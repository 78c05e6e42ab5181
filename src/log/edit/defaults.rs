//! What a new entry looks like where the log has no model for it.

use super::NewEntry;
use super::splice::line_end;
use crate::log::template::TEMPLATES;
use crate::log::{Entry, Log};
use crate::text::is_han;
use crate::words::Language;

/// The initial body of a new entry, in the language of the log: where and when the paper was published, numbered
/// points, and a conclusion. `language` decides for a log without text.
///
/// Empty if most titles in the log have no text below them.
pub fn template(log: &Log, language: Language) -> &'static str {
    let is_blank = |entry: &&Entry| {
        let text = &log.files[entry.file()].text;
        text[line_end(text, entry.span().start).min(entry.span().end)..entry.span().end].trim().is_empty()
    };
    if log.entries.iter().filter(is_blank).count() * 2 > log.entries.len() {
        return "";
    }
    let [english, chinese] = TEMPLATES;
    if is_chinese(log).unwrap_or(language == Language::Chinese) { chinese } else { english }
}

/// Whether more than one letter in twenty is Chinese; `None` for a log without letters.
fn is_chinese(log: &Log) -> Option<bool> {
    let letters = log.files.iter().flat_map(|file| file.text.chars()).filter(|c| c.is_alphabetic());
    let (han, all) = letters.fold((0_usize, 0_usize), |(han, all), c| (han + usize::from(is_han(c)), all + 1));
    (all > 0).then_some(han * 20 > all)
}

/// Whether the log is in Chinese or, if it has no text yet, its new entry.
pub(super) fn is_written_in_chinese(log: &Log, entry: &NewEntry) -> bool {
    is_chinese(log).unwrap_or_else(|| entry.title.chars().chain(entry.body.chars()).any(is_han))
}
