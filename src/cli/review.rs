//! `papers-tui review`: prints the due and new papers; exports and imports the history of grades.

use std::io::Read;
use std::path::Path;

use anyhow::Context;
use chrono::NaiveDate;
use serde::Serialize;

use super::config::sidecars;
use super::print::{DAY, Printer, day};
use super::{Opened, Outcome, tell};
use crate::app::reviewing::state::grade_name;
use crate::io::sidecar::{self, Document, Sidecar};
use crate::io::store::Store;
use crate::log::Entry;
use crate::log::date::format_day;
use crate::review::ReviewSettings;
use crate::review::card::choices;
use crate::review::deck::Deck;
use crate::review::history::{Grade, ReviewChange, Reviews, from_json_lines, to_json_lines};
use crate::review::queue::{Queue, next_due};
use crate::review::relink::relink;
use crate::say;
use crate::text::{padded, safe};
use crate::words::{Say, counted};

/// The reviews of a log and the settings to review with.
pub struct ReviewContext {
    /// The grades. Those of renamed entries are already under the new keys.
    pub deck: Deck,
    /// The review settings.
    pub settings: ReviewSettings,
    /// The user's current day.
    pub today: NaiveDate,
}

impl ReviewContext {
    /// Loads the reviews without changing anything on disk; prints which reviewed entries may have been renamed.
    pub fn open(opened: &Opened) -> anyhow::Result<Self> {
        let language = opened.language;
        let loaded = sidecar(opened)?.load()?;
        if let Some(notice) = loaded.notice {
            tell(&notice.say(opened.language))?;
        }
        let mut deck = Deck::new(loaded.document);
        let relinked = relink(&opened.log, &deck);
        deck.rename(relinked.certain);
        for question in relinked.questions {
            let candidates: Vec<String> = question.candidates.iter().map(|key| format!("“{}”", key.0)).collect();
            let (old, new) = (&question.vanished.0, candidates.join(language.pick(" or ", "或")));
            tell(&say!(
                language,
                "“{old}” has been reviewed but is no longer in the log; it may be {new} now",
                "“{old}”复习过，但已不在日志中；现在可能是{new}"
            ))?;
        }
        let settings = opened.config.review.settings();
        let today = opened.today()?;
        Ok(Self { deck, settings, today })
    }
}

/// The sidecar file of a log for one type of document.
pub fn sidecar<D: Document>(opened: &Opened) -> anyhow::Result<Sidecar<D>> {
    let first = opened.chosen.files.home().context(
        opened.language.pick("no log was given, and none was found here", "没有指定日志，当前文件夹中也没有找到"),
    )?;
    let folder = sidecar::folder(first, sidecars(&opened.config).as_deref());
    Ok(Sidecar::new(folder, Store::of_user().retry))
}

/// An entry that is due or new, as JSON.
#[derive(Serialize)]
struct DueRecord<'a> {
    key: &'a str,
    title: &'a str,
    date: Option<NaiveDate>,
    line: usize,
    /// `null` for an entry that was never reviewed.
    due: Option<NaiveDate>,
    last: Option<NaiveDate>,
    grades: usize,
    retrievability: Option<f32>,
    /// The interval in days that each grade would give: again, hard, good, easy.
    days: [u32; 4],
}

/// Prints the due and new papers, or exports or imports the history.
pub fn run(
    opened: &Opened,
    json: bool,
    to: Option<&Path>,
    from: Option<&Path>,
    out: &mut Printer,
) -> anyhow::Result<Outcome> {
    match (to, from) {
        (Some(file), _) => export(opened, file, out),
        (_, Some(file)) => import(opened, file, out),
        _ => due(opened, json, out),
    }
}

/// Prints today's due and new papers.
fn due(opened: &Opened, json: bool, out: &mut Printer) -> anyhow::Result<Outcome> {
    let language = opened.language;
    let reviewing = ReviewContext::open(opened)?;
    let ReviewContext { deck, settings, today } = &reviewing;
    let queue = Queue::of(&opened.log, deck, *today, settings);
    let records: Vec<DueRecord> = queue.entries().map(|index| reviewing.record(&opened.log.entries[index])).collect();
    if json {
        out.json(&records)?;
    } else {
        for record in &records {
            let due = record.due.map_or_else(|| padded(language.pick("new", "新"), DAY), |due| day(Some(due)));
            let again: Vec<String> = Grade::ALL
                .into_iter()
                .zip(record.days)
                .map(|(grade, days)| {
                    let days = match days {
                        0 => language.pick("today", "今天").to_owned(),
                        _ => say!(language, "{days}d", "{days} 天"),
                    };
                    format!("{} {days}", grade_name(grade, language))
                })
                .collect();
            let again = again.join(language.pick(", ", "，"));
            writeln!(out, "{due}  {}", say!(language, "{} ({again})", "{}（{again}）", safe(record.title)))?;
        }
    }
    if queue.put_off > 0 {
        tell(&say!(
            language,
            "{} more are put off (limit: {} a day)",
            "另有 {} 篇到期，因每天最多 {} 篇而顺延",
            queue.put_off,
            settings.max_per_day
        ))?;
    }
    if records.is_empty() && queue.put_off == 0 {
        match next_due(&opened.log, deck, *today) {
            Some((next, count)) => tell(&say!(
                language,
                "nothing is due; next: {count} on {}",
                "没有到期的论文；下次是 {}，共 {count} 篇",
                format_day(next)
            ))?,
            None => tell(language.pick("nothing is due", "没有到期的论文"))?,
        }
    }
    Ok(if records.is_empty() { Outcome::Nothing } else { Outcome::Done })
}

impl ReviewContext {
    fn record<'a>(&self, entry: &'a Entry) -> DueRecord<'a> {
        let card = self.deck.card(&entry.key);
        DueRecord {
            key: &entry.key.0,
            title: &entry.title,
            date: entry.date,
            line: entry.line(),
            due: card.map(|card| card.due),
            last: card.map(|card| card.last),
            grades: card.map_or(0, |card| card.lines.len()),
            retrievability: card.map(|card| card.retrievability(self.today)),
            days: choices(&entry.key, card, self.today, &self.settings).map(|choice| choice.days),
        }
    }
}

/// Exports the history of grades as JSON lines.
fn export(opened: &Opened, file: &Path, out: &mut Printer) -> anyhow::Result<Outcome> {
    let loaded = sidecar(opened)?.load()?;
    if let Some(notice) = loaded.notice {
        tell(&notice.say(opened.language))?;
    }
    let Reviews { history, .. } = loaded.document;
    let text = to_json_lines(&history)?;
    if file == Path::new("-") {
        out.json_text(&text)?;
    } else {
        std::fs::write(file, text)
            .with_context(|| say!(opened.language, "cannot write {}", "无法写入 {}", file.display()))?;
    }
    Ok(if history.is_empty() { Outcome::Nothing } else { Outcome::Done })
}

/// Adds the grades from an exported history. If any line is invalid, adds none.
fn import(opened: &Opened, file: &Path, out: &mut Printer) -> anyhow::Result<Outcome> {
    let language = opened.language;
    let mut text = String::new();
    let read = match file.to_str() {
        Some("-") => std::io::stdin().read_to_string(&mut text),
        _ => std::fs::File::open(file).and_then(|mut file| file.read_to_string(&mut text)),
    };
    read.with_context(|| say!(language, "cannot read {}", "无法读取 {}", file.display()))?;
    let lines = from_json_lines(&text).map_err(|invalid| {
        anyhow::Error::msg(say!(
            language,
            "{}: line {} is not a review; nothing was imported",
            "{}：第 {} 行不是复习记录；未导入任何内容",
            file.display(),
            invalid.line
        ))
    })?;
    let given = lines.len();
    let (mut before, import) = (0, ReviewChange::Import(lines));
    let loaded = sidecar(opened)?.change(|reviews: &mut Reviews| {
        before = reviews.history.len();
        reviews.apply(&import);
    })?;
    if let Some(notice) = loaded.notice {
        tell(&notice.say(opened.language))?;
    }
    let added = loaded.document.history.len() - before;
    let known = given - added;
    let grades = counted(added, "grade", "grades");
    let said = say!(language, "{grades} added, {known} already there", "新增 {added} 次评分，已存在 {known} 次");
    writeln!(out, "{said}")?;
    Ok(Outcome::Done)
}
