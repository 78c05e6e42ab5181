//! A file that is searched for its title, the title found in it, and how the title's line is read.

use std::ops::Range;

use crate::log::date::{self, Place};
use crate::log::forms::front::FrontMatter;
use crate::log::forms::title::{self, ParsedTitle, note};
use crate::log::forms::words;
use crate::log::outline::Outline;

/// In a file without a heading of level 1, the first heading must be more like a title than this, unless it has a link
/// or `《》`.
pub(super) const LIKE: f32 = 0.3;
/// The longest first line that can be a title, in bytes.
pub(super) const LONGEST: usize = 250;
/// Labels before a title.
const LABELS: &[&str] = &["title", "paper", "paper title", "paper summary", "标题", "题目", "论文", "论文标题", "論文"];
/// Words for a note on a paper: before its title in quotes, and after it.
const NOTES_ON: &[&str] = &["summary of ", "notes on ", "notes for ", "notes from ", "review of "];
const NOTES: &[&str] = &["summary", "paper summary", "notes", "paper notes", "review", "paper review"];
/// How much text there may be around a title in `《》`, in chars.
const LITTLE: usize = 12;

/// A file to search for its title.
#[derive(Clone, Copy)]
pub struct ScannedFile<'a> {
    /// The file's name with its folders.
    pub name: &'a str,
    /// The whole text.
    pub text: &'a str,
    /// Its front matter.
    pub front: &'a FrontMatter,
    /// The structure of the text after the front matter.
    pub outline: &'a Outline,
}

/// A title that was found. Offsets are bytes of the file.
#[derive(Debug, Clone)]
pub struct WholeFileTitle {
    /// The line with the title. If the title is the file's name, or is labelled below other text: the front matter, or
    /// nothing.
    pub span: Range<usize>,
    /// Byte at which the title's own line starts.
    pub at: usize,
    /// Where the body starts.
    pub body: usize,
    /// The title and its context.
    pub parsed: ParsedTitle,
}

/// Reads a title; removes author and date around it, or a venue before it.
pub(super) fn read(text: &str) -> ParsedTitle {
    let around = |text: &str| {
        let first = text.find(" - ")?;
        let last = text.rfind(" - ")?;
        let (before, behind) = (text[..first].trim(), text[last + 3..].trim());
        Some((first + 3, last, before.to_owned(), behind.to_owned()))
    };
    let (mut text, mut year, mut venue) = (note::without_words(unlabelled(text.trim())), None, None);
    if let Some((_, last, _, behind)) = around(text)
        && date::read(&behind, Place::Cell).is_some()
    {
        year = behind.get(behind.len().saturating_sub(4)..).and_then(|year| year.parse().ok());
        text = text[..last].trim();
        // If a date comes after the title, authors come before it.
        text = around(text).map_or(text, |(first, ..)| text[first..].trim());
    } else if let Some((first, _, before, _)) = around(text)
        && is_venue_and_year(&before)
    {
        venue = Some(before);
        text = text[first..].trim();
    }
    let mut parsed = title::read(marked(text).unwrap_or(text));
    parsed.year = parsed.year.or(year);
    parsed.venue = parsed.venue.or(venue);
    parsed
}

/// Removes the label of a title, or the words that it is noted: `Title: Emus at Work`, `Paper summary - Emus at Work`,
/// `Summary of "Emus at Work"`, `Emus at Work - Notes`.
fn unlabelled(text: &str) -> &str {
    let is_one = |words: &[&str], text: &str| words.iter().any(|known| text.trim().eq_ignore_ascii_case(known));
    if let Some((title, note)) = text.rsplit_once(" - ")
        && is_one(NOTES, note)
        && title.split_whitespace().nth(1).is_some()
    {
        return title;
    }
    let begins = |words: &&&str| text.get(..words.len()).is_some_and(|start| start.eq_ignore_ascii_case(words));
    let quoted = NOTES_ON.iter().find(begins).map(|words| text[words.len()..].trim());
    let inside = quoted.and_then(|text| text.strip_prefix(['"', '“'])?.strip_suffix(['"', '”']));
    if let Some(inside) = inside {
        return inside;
    }
    let label = text.split_once([':', '：']).filter(|(label, _)| is_one(LABELS, label));
    let label = label.or_else(|| text.split_once(" - ").filter(|(label, _)| is_one(LABELS, label)));
    label.map(|(_, rest)| rest.trim()).filter(|rest| !rest.is_empty()).unwrap_or(text)
}

/// The title in a single `《》` with little text around it: `论文笔记：《Emus at Work》`.
fn marked(text: &str) -> Option<&str> {
    let (before, rest) = text.split_once('《')?;
    let (inside, behind) = rest.split_once('》')?;
    let is_little = |text: &str| !text.contains('《') && text.chars().count() <= LITTLE;
    (is_little(before) && is_little(behind) && !inside.trim().is_empty()).then_some(inside)
}

/// Whether a text is a venue with its year: `VLDB'31`, `CVPR 2031`.
fn is_venue_and_year(text: &str) -> bool {
    words::venue(text).is_some() && text.split_whitespace().count() <= 2 && text.contains(|c: char| c.is_ascii_digit())
}
