//! Applies intents: find the target, splice, prove.

use std::collections::BTreeSet;
use std::sync::Arc;

use super::owners::MovedLines;
use super::patch::Patch;
use super::{Applied, Change, InsertAt, Intent, Plan, Refusal, Target, conflict, list_end, mark, proof, splice};
use crate::log::dialect::Dialect;
use crate::log::{Log, SharedText, Sign, Source, parse};

/// A file of up to this many bytes is read afresh to prove a new entry, since one entry can change the forms found.
const SMALL: usize = 256 << 10;

/// Whether a small file keeps all its entries when its new text is read afresh, as at the next start. A file that its
/// siblings help to read is not checked.
fn stays_read(before: &Log, revised: &str) -> bool {
    let file = &before.files[0];
    if revised.len() > SMALL {
        return true;
    }
    let keys = |log: &Log| log.entries.iter().map(|entry| entry.key.clone()).collect::<BTreeSet<_>>();
    let afresh =
        |text: SharedText| keys(&parse::parse_as([Source { name: file.name.clone(), text }], &file.dialect.of_log()));
    let known = keys(before);
    afresh(file.text.clone()) != known || afresh(revised.into()).is_superset(&known)
}

impl Intent {
    /// Applies the intent to a file's text, with proof. `None` if nothing needs to change.
    ///
    /// # Errors
    /// If the target is not found or the change cannot be proved.
    pub fn apply_to_text(&self, text: &str) -> Result<Option<Change>, Refusal> {
        self.apply_to_file(&mut read(text, &Arc::default()))
    }

    /// Applies the intent to the model of one file, with proof. On success the model is replaced by that of the new
    /// text; otherwise it stays unchanged. `None` if nothing needs to change.
    ///
    /// # Errors
    /// If the target is not found or the change cannot be proved.
    pub fn apply_to_file(&self, log: &mut Log) -> Result<Option<Change>, Refusal> {
        let text = log.files[0].text.as_str();
        if let Some(line) = conflict(text) {
            return Err(Refusal::Conflict(line));
        }
        match self {
            Self::All(all) => return apply_all(all, log),
            // These change other files, not this text.
            Self::CreateFile(_) | Self::RemoveFile(_) => return Ok(None),
            _ => {}
        }
        let has_old_lines = text.contains('\r') && !text.contains('\n');
        let lacks_list =
            matches!(self, Self::AddTask { place: InsertAt::End, .. } | Self::AddTasks(_)) && list_end::lacks_list(log);
        let unproved = || match self {
            _ if lacks_list => Refusal::NoPlaceForList,
            Self::LogEntry(entry) => Refusal::Misread(entry.title.clone()),
            Self::Fix(_) => Refusal::FixTooBroad(self.subject()),
            _ => Refusal::TooBroad(self.subject()),
        };
        let reason = |refusal| match refusal {
            Refusal::TooBroad(_) | Refusal::NoPlaceForList if has_old_lines => Refusal::CarriageReturns,
            other => other,
        };
        let mut why = None;
        for plan in self.plans(log).map_err(reason)? {
            if plan.splices.iter().all(|splice| log.files[0].text[splice.span.clone()] == splice.replacement) {
                return Ok(None);
            }
            match self.prove(log, &plan) {
                Ok(Some(change)) => return Ok(Some(change)),
                Ok(None) => {}
                Err(refusal @ Refusal::WrittenBelow(_)) => why = why.or(Some(refusal)),
                Err(refusal) => return Err(refusal),
            }
        }
        Err(why.unwrap_or_else(|| reason(unproved())))
    }

    /// Makes a planned change; `None` if the result would not be read as intended.
    ///
    /// # Errors
    /// If an undo would move text that was written since: [`Refusal::WrittenBelow`].
    fn prove(&self, log: &mut Log, plan: &Plan) -> Result<Option<Change>, Refusal> {
        let text = log.files[0].text.as_str();
        let Some(revised) = splice::apply(text, &plan.splices) else { return Ok(None) };
        let (focus, into) = plan.focus;
        let at = splice::moved(&plan.splices[..focus], plan.splices[focus].span.start) + into;
        let effect = Patch::forward(text, &revised, &plan.splices, self);
        if let Some((task, mark)) = self.mark_in_place(log)?
            && mark::proves(log, task, plan)
        {
            let inverse = Self::inverse_mark(Target::of(log, task), log.mark(task), mark);
            log.set_mark(task, mark);
            return Ok(Some(Change { text: revised, inverse, effect, at }));
        }
        let after = parse::reparse(&log.files[0], revised.clone().into());
        let is_proved = match self {
            Self::Fix(fix) => proof::fixes(log, &after, plan, fix),
            Self::Patch(patch) if patch.restores(&revised) => true,
            _ => proof::holds(log, &after, plan),
        };
        if !is_proved || matches!(self, Self::LogEntry(_)) && !stays_read(log, &revised) {
            return Ok(None);
        }
        let moved = MovedLines::of(log, &after, plan);
        if let Self::Patch(patch) = self
            && !patch.may_move(moved.count)
            && !patch.restores(&revised)
        {
            return Err(moved.refusal());
        }
        let inverse = match self {
            Self::SetMark { target, mark, .. } => {
                let task = target.find(log, 0)?;
                Self::inverse_mark(Target::of(&after, task), log.mark(task), *mark)
            }
            _ => Self::Patch(Patch::inverse((text, &revised), &plan.splices, self, moved.count)),
        };
        *log = after;
        Ok(Some(Change { text: revised, inverse, effect, at }))
    }

    /// The intent that undoes a mark, but only while the new mark is still there.
    fn inverse_mark(target: Target, before: char, now: char) -> Self {
        Self::SetMark { target, mark: before, from: Some(now) }
    }

    /// Applies the intent to the model and returns the inverse.
    ///
    /// A tick replaces one byte of a checkbox, so nothing is parsed again. Any other change, also a tick that adds the
    /// checkbox, reads the file again, and old indices become invalid; [`Intent::kept_places`] tells the two apart.
    ///
    /// # Errors
    /// If the target is not found or the change cannot be proved; the log is then unchanged.
    pub fn apply(&self, log: &mut Log, file: usize) -> Result<Applied, Refusal> {
        if let Self::SetMark { target, mark, from } = self {
            let task = target.find(log, file)?;
            mark::may_become(log, task, *from, *mark)?;
            if !log.is_caption(task) && log.tasks[task].sign == Sign::Box {
                let inverse = Self::inverse_mark(Target::of(log, task), log.mark(task), *mark);
                log.set_mark(task, *mark);
                return Ok(Applied { inverse, at: log.tasks[task].mark });
            }
        }
        let Some(known) = log.files.get(file) else { return Err(Refusal::NoFile(self.subject())) };
        self.may_change_files(log, file)?;
        // New files join the model once they are on the disk.
        let Some(within) = self.within() else {
            return Ok(Applied { inverse: self.inverse_with(None), at: 0 });
        };
        let mut part = parse::reparse(known, known.text.clone());
        let Some(change) = within.apply_to_file(&mut part)? else {
            return Ok(Applied { inverse: self.inverse_with(None), at: 0 });
        };
        log.replace_file(file, part);
        log.name_entries();
        Ok(Applied { inverse: self.inverse_with(Some(change.inverse)), at: change.at })
    }
}

fn apply_all(all: &[Intent], log: &mut Log) -> Result<Option<Change>, Refusal> {
    let mut inverses = Vec::new();
    let mut effect = Patch::default();
    let mut last: Option<Change> = None;
    let mut after = log.clone();
    for intent in all {
        if let Some(mut change) = intent.apply_to_file(&mut after)? {
            inverses.push(change.inverse.clone());
            effect.extend(std::mem::take(&mut change.effect));
            last = Some(change);
        }
    }
    *log = after;
    inverses.reverse();
    let inverse = if inverses.len() == 1 { inverses.remove(0) } else { Intent::All(inverses) };
    Ok(last.map(|change| Change { inverse, effect, ..change }))
}

/// Applies intents to a file's text in order, each with proof. `None` if nothing needs to change.
///
/// # Errors
/// If a target is not found, or a change cannot be proved.
pub fn revise(text: &str, intents: &[Intent]) -> Result<Option<String>, Refusal> {
    Ok(apply_all(intents, &mut read(text, &Arc::default()))?.map(|change| change.text))
}

/// The model of one file's text, in the user's dialect.
pub fn read(text: impl Into<SharedText>, dialect: &Arc<Dialect>) -> Log {
    parse::parse_as([Source { name: String::new(), text: text.into() }], dialect)
}
