//! `papers-tui list`: prints what was read, newest first.

use super::library::Papers;
use super::print::{Printer, entry_date};
use super::progress::Progress;
use super::{Opened, Outcome, export, query};
use crate::log::{Entry, EntryKind};
use crate::text::safe;

/// Lists what was read from the start of `since` to the end of `until`; if neither is given, also undated entries.
/// With `unread`, lists the unread papers instead.
pub fn run(
    opened: &Opened,
    (since, until): (Option<&str>, Option<&str>),
    unread: bool,
    json: bool,
    out: &mut Printer,
) -> anyhow::Result<Outcome> {
    let since = since.map(|typed| query::period(opened, typed)).transpose()?.map(|(first, _)| first);
    let until = until.map(|typed| query::period(opened, typed)).transpose()?.map(|(_, last)| last);
    let kind = |entry: &Entry| opened.log.sections[entry.section()].kind;
    // An entry dated only by its month or year counts as read on the first day of it.
    let first_day = |entry: &Entry| kind(entry).date();
    let wanted = |entry: &&Entry| match first_day(entry) {
        Some(date) => since.is_none_or(|since| since <= date) && until.is_none_or(|until| date <= until),
        None => since.is_none() && until.is_none(),
    };
    let of_kind = |entry: &&Entry| entry.read != unread;
    let mut entries: Vec<&Entry> = opened.log.entries.iter().filter(of_kind).filter(wanted).collect();
    entries.sort_by_key(|entry| std::cmp::Reverse(first_day(entry)));
    if json {
        let papers = Papers::of(opened, &mut Progress::new());
        let export = export::json::Export::of(opened, &papers, &[], &mut || {});
        let entries: Vec<_> = entries.iter().filter_map(|entry| export.entry(&entry.key)).collect();
        out.json(&entries)?;
    } else {
        for entry in &entries {
            let date = entry_date(kind(entry), opened.language);
            let remark = match entry.kind {
                EntryKind::Paper => "",
                EntryKind::Note => opened.language.pick(" (note)", "（随笔）"),
                EntryKind::Draft => opened.language.pick(" (no summary yet)", "（笔记待写）"),
            };
            writeln!(out, "{date}  {}{remark}", safe(&entry.title))?;
        }
    }
    Ok(if entries.is_empty() { Outcome::Nothing } else { Outcome::Done })
}
