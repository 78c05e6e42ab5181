//! `papers-tui undo`: undoes the last change that is still in the file, or lists the changes.

use anyhow::Context;
use chrono::{DateTime, Local, SecondsFormat};
use serde_json::{Value, json};

use super::language::said;
use super::print::{Printer, day};
use super::{Opened, Outcome, item, tell};
use crate::io::store::{ChangeError, Store};
use crate::log::edit::{ChangeRecord, Refusal, conflict};
use crate::say;
use crate::text::safe;
use crate::words::{Language, Say};

/// Undoes the last change or, if `lists`, lists the changes that can be undone.
pub fn run(opened: &Opened, lists: bool, json: bool, out: &mut Printer) -> anyhow::Result<Outcome> {
    if lists { list(opened, json, out) } else { undo_last(opened, out) }
}

fn undo_last(opened: &Opened, out: &mut Printer) -> anyhow::Result<Outcome> {
    let (store, paths, language) = (Store::of_user(), &opened.chosen.files.paths, opened.language);
    let made = store.made(paths);
    let mut skipped: Vec<String> = Vec::new();
    for (at, (file, made)) in made.iter().enumerate().rev() {
        if let Some(line) = conflict(&opened.log.files[*file].text) {
            return Err(Refusal::Conflict(line).into());
        }
        let stands = match made.is_refused {
            true => made.inverse.would_undo(&opened.log, *file),
            false => made.inverse.can_still_be_undone(&opened.log, *file),
        };
        match stands {
            Ok(true) => {
                item::undo(opened, *file, made).map_err(|error| match error.is::<ChangeError>() {
                    true => error,
                    false => refused(opened, made, &said(&error, language), at),
                })?;
                let said = say!(language, "undone: {}", "已撤销：{}", safe(made.what.get(language)));
                writeln!(out, "{said}").and_then(|()| out.flush()).context(item::result_not_printed(language))?;
                skipped.iter().try_for_each(|skipped| tell(skipped))?;
                return Ok(Outcome::Done);
            }
            // The user has already undone the change by hand.
            Ok(false) => store.pass_over(&paths[*file], made.name, false),
            Err(refusal) if made.is_refused => {
                let (what, reason) = (made.what.get(language), refusal.reason(language));
                skipped.push(say!(
                    language,
                    "skipped, cannot be undone: {what}: {reason}",
                    "已跳过，无法撤销：{what}：{reason}"
                ));
            }
            Err(refusal) => {
                store.pass_over(&paths[*file], made.name, true);
                return Err(refused(opened, made, &refusal.say(language), at));
            }
        }
    }
    skipped.iter().try_for_each(|skipped| tell(skipped))?;
    tell(language.pick("nothing to undo", "没有可撤销的修改"))?;
    Ok(Outcome::Nothing)
}

/// The error for a change that cannot be undone, with what to do. `before` is the number of earlier changes.
fn refused(opened: &Opened, made: &ChangeRecord, reason: &str, before: usize) -> anyhow::Error {
    let (language, what) = (opened.language, made.what.get(opened.language));
    let said = say!(language, "cannot be undone: {what}: {reason}", "无法撤销：{what}：{reason}");
    anyhow::Error::msg(match before {
        0 => said,
        _ => say!(
            language,
            "{said}; run “papers-tui undo” again to undo the change before it",
            "{said}；再次运行“papers-tui undo”撤销更早的一次修改"
        ),
    })
}

/// Lists the changes, newest first, each with its time and, if it cannot be undone, the reason.
fn list(opened: &Opened, json: bool, out: &mut Printer) -> anyhow::Result<Outcome> {
    let (files, language) = (&opened.chosen.files, opened.language);
    let made = Store::of_user().made(&files.paths);
    // Earlier changes can be checked only after the later ones are undone.
    let mut is_found = false;
    let mut shown: Vec<(usize, &ChangeRecord, Result<bool, Refusal>)> = Vec::new();
    for (file, made) in made.iter().rev() {
        let stands = if is_found { Ok(true) } else { made.inverse.would_undo(&opened.log, *file) };
        is_found |= stands == Ok(true);
        if stands != Ok(false) {
            shown.push((*file, made, stands));
        }
    }
    if json {
        let row = |(file, made, stands): &(usize, &ChangeRecord, Result<bool, Refusal>)| {
            let when = time(made).map(|when| when.to_rfc3339_opts(SecondsFormat::Secs, false));
            // For programs, the language is always the same.
            let reason = stands.as_ref().err().map(|refusal| refusal.reason(Language::English));
            let file = files.paths[*file].display().to_string();
            json!({ "change": made.what.get(Language::English), "when": when, "file": file, "stands": stands.is_ok(), "reason": reason })
        };
        out.json(&shown.iter().map(row).collect::<Vec<Value>>())?;
    }
    for (file, made, stands) in shown.iter().filter(|_| !json) {
        let when = time(made).map(|when| format!("{} {}", day(Some(when.date_naive())), when.format("%H:%M")));
        let when = when.unwrap_or_default();
        let mut line = format!("{when}  {}", made.what.get(language));
        if opened.log.files.len() > 1 {
            line = format!("{line}  {}", opened.log.files[*file].name);
        }
        if let Err(refusal) = stands {
            let reason = refusal.reason(language);
            line = say!(language, "{line}  (cannot be undone: {reason})", "{line}（无法撤销：{reason}）");
        }
        writeln!(out, "{}", safe(&line))?;
    }
    if shown.is_empty() && !json {
        tell(language.pick("nothing to undo", "没有可撤销的修改"))?;
    }
    Ok(if shown.is_empty() { Outcome::Nothing } else { Outcome::Done })
}

/// When a change was made, in local time.
fn time(made: &ChangeRecord) -> Option<DateTime<Local>> {
    DateTime::from_timestamp_micros(made.when).map(|when| when.with_timezone(&Local))
}
