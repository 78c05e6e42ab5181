//! `papers-tui list`: prints what was read, newest first.

use super::library::Papers;
use super::print::{Printer, day};
use super::progress::Progress;
use super::{Opened, Outcome, export, query};
use crate::log::{Entry, EntryKind};
use crate::text::safe;

/// Lists what was read from the start of `since` to the end of `until`. Without both, includes undated entries. With
/// `unread`, lists papers with an empty box instead.
pub fn run(
    opened: &Opened,
    (since, until): (Option<&str>, Option<&str>),
    unread: bool,
    json: bool,
    out: &mut Printer,
) -> anyhow::Result<Outcome> {
    let since = since.map(|typed| query::period(opened, typed)).transpose()?.map(|(first, _)| first);
    let until = until.map(|typed| query::period(opened, typed)).transpose()?.map(|(_, last)| last);
    let wanted = |entry: &&Entry| match entry.date {
        Some(date) => since.is_none_or(|since| since <= date) && until.is_none_or(|until| date <= until),
        None => since.is_none() && until.is_none(),
    };
    let of_kind = |entry: &&Entry| entry.read != unread;
    let mut entries: Vec<&Entry> = opened.log.entries.iter().filter(of_kind).filter(wanted).collect();
    entries.sort_by_key(|entry| std::cmp::Reverse(entry.date));
    if json {
        let papers = Papers::of(opened, &mut Progress::new());
        let export = export::json::Export::of(opened, &papers, &[], &mut || {});
        let entries: Vec<_> = entries.iter().filter_map(|entry| export.entry(&entry.key)).collect();
        out.json(&entries)?;
    } else {
        for entry in &entries {
            let date = day(entry.date);
            let kind = match entry.kind {
                EntryKind::Paper => "",
                EntryKind::Note => opened.language.pick(" (note)", "（随笔）"),
                EntryKind::Draft => opened.language.pick(" (no summary yet)", "（笔记待写）"),
            };
            writeln!(out, "{date}  {}{kind}", safe(&entry.title))?;
        }
    }
    Ok(if entries.is_empty() { Outcome::Nothing } else { Outcome::Done })
}
