//! `papers-tui review`: what is due, and the history of all grades.

use std::io::{Read, Write};
use std::path::Path;

use anyhow::{Context, bail};
use chrono::NaiveDate;
use serde::Serialize;

use super::config::sidecars;
use super::{Opened, Outcome, today};
use crate::io::sidecar::{self, Sidecar};
use crate::io::store::Store;
use crate::log::Entry;
use crate::review::Settings;
use crate::review::card::choices;
use crate::review::deck::Deck;
use crate::review::history::{Change, Reviews, from_json_lines, to_json_lines};
use crate::review::queue::{Queue, next_due};
use crate::review::relink::relink;
use crate::text::safe;

/// The reviews of a log, with what is to be said of them on standard error.
pub struct Reviewing {
    /// The grades, those of changed titles under the new ones.
    pub deck: Deck,
    /// How the reader reviews.
    pub settings: Settings,
    /// The reader's own day.
    pub today: NaiveDate,
}

impl Reviewing {
    /// Reads what is kept beside the log. Nothing is written.
    pub fn open(opened: &Opened) -> anyhow::Result<Self> {
        let loaded = sidecar(opened)?.load()?;
        if let Some(notice) = loaded.notice {
            tell(&notice.to_string())?;
        }
        let mut deck = Deck::new(loaded.document);
        let relinked = relink(&opened.log, &deck);
        deck.rename(relinked.certain);
        for question in relinked.questions {
            let candidates: Vec<String> = question.candidates.iter().map(|key| format!("“{}”", key.0)).collect();
            let (old, new) = (&question.vanished.0, candidates.join(" or "));
            tell(&format!("“{old}” has been reviewed, and is in the log no more; it may be {new} now"))?;
        }
        let settings = opened.config.review.settings();
        let today = match std::env::var_os("PAPERS_TUI_TODAY") {
            Some(_) => today()?,
            None => settings.turn.day_of(chrono::Local::now().fixed_offset()),
        };
        Ok(Self { deck, settings, today })
    }
}

fn sidecar(opened: &Opened) -> anyhow::Result<Sidecar<Reviews>> {
    let first = opened.chosen.paths.first().context("no log was named or found here")?;
    let folder = sidecar::folder(first, sidecars(&opened.config).as_deref());
    Ok(Sidecar::new(folder, Store::of_user().patience))
}

fn tell(message: &str) -> std::io::Result<()> {
    writeln!(std::io::stderr(), "papers-tui: {}", safe(message))
}

/// An entry that comes up today.
#[derive(Serialize)]
struct DueRecord<'a> {
    key: &'a str,
    title: &'a str,
    date: Option<String>,
    line: usize,
    /// `null` for one that was never reviewed.
    due: Option<String>,
    last: Option<String>,
    grades: usize,
    retrievability: Option<f32>,
    /// Days that each grade would give: again, hard, good, easy.
    days: [u32; 4],
}

/// Lists what comes up today.
pub fn due(opened: &Opened, json: bool, out: &mut impl Write) -> anyhow::Result<Outcome> {
    let reviewing = Reviewing::open(opened)?;
    let Reviewing { deck, settings, today } = &reviewing;
    let queue = Queue::of(&opened.log, deck, *today, settings);
    let records: Vec<DueRecord> = queue.entries().map(|index| reviewing.record(&opened.log.entries[index])).collect();
    if json {
        serde_json::to_writer_pretty(&mut *out, &records)?;
        writeln!(out)?;
    } else {
        for record in &records {
            let due = record.due.as_deref().unwrap_or("new");
            let [again, hard, good, easy] =
                record.days.map(|days| if days == 0 { "today".into() } else { format!("{days}d") });
            let days = format!("{again} {hard} {good} {easy}");
            writeln!(out, "{due:<10}  {days:<22}  {}", safe(record.title))?;
        }
    }
    if records.is_empty() {
        match next_due(&opened.log, deck, *today) {
            Some((day, count)) => tell(&format!("nothing is due; next, {count} on {day}"))?,
            None => tell("nothing is due")?,
        }
        return Ok(Outcome::Nothing);
    }
    Ok(Outcome::Done)
}

impl Reviewing {
    fn record<'a>(&self, entry: &'a Entry) -> DueRecord<'a> {
        let card = self.deck.card(&entry.key);
        DueRecord {
            key: &entry.key.0,
            title: &entry.title,
            date: entry.date.map(|date| date.to_string()),
            line: entry.line,
            due: card.map(|card| card.due.to_string()),
            last: card.map(|card| card.last.to_string()),
            grades: card.map_or(0, |card| card.lines.len()),
            retrievability: card.map(|card| card.retrievability(self.today)),
            days: choices(&entry.key, card, self.today, &self.settings).map(|choice| choice.days),
        }
    }
}

/// Writes the history out as JSON lines.
pub fn export(opened: &Opened, file: &Path, out: &mut impl Write) -> anyhow::Result<Outcome> {
    let history = sidecar(opened)?.load()?.document.history;
    let text = to_json_lines(&history)?;
    if file == Path::new("-") {
        out.write_all(text.as_bytes())?;
    } else {
        std::fs::write(file, text).with_context(|| format!("cannot write {}", file.display()))?;
    }
    Ok(if history.is_empty() { Outcome::Nothing } else { Outcome::Done })
}

/// Adds the grades of a history that was exported; all of them, or none when one is wrong.
pub fn import(opened: &Opened, file: &Path, out: &mut impl Write) -> anyhow::Result<Outcome> {
    if opened.chosen.sample.is_some() {
        bail!("no log was named or found here, and the built-in sample is only a copy: name a log with --log FILE");
    }
    let mut text = String::new();
    let read = match file.to_str() {
        Some("-") => std::io::stdin().read_to_string(&mut text),
        _ => std::fs::File::open(file).and_then(|mut file| file.read_to_string(&mut text)),
    };
    read.with_context(|| format!("cannot read {}", file.display()))?;
    let lines = from_json_lines(&text).with_context(|| format!("{}: nothing was imported", file.display()))?;
    let given = lines.len();
    let mut before = 0;
    let loaded = sidecar(opened)?.change(|reviews| {
        before = reviews.history.len();
        reviews.apply(&Change::Import(lines));
    })?;
    if let Some(notice) = loaded.notice {
        tell(&notice.to_string())?;
    }
    let added = loaded.document.history.len() - before;
    writeln!(out, "grades added: {added}, there already: {}", given - added)?;
    Ok(Outcome::Done)
}
