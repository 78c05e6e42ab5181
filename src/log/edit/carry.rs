//! Carrying intents out: aimed, spliced, proved.

use std::sync::Arc;

use super::patch::Patch;
use super::{Applied, Change, Intent, Plan, Refusal, Target, conflict, mark, proof, splice};
use crate::log::dialect::Dialect;
use crate::log::{Log, SharedText, Sign, Source, parse};

impl Intent {
    /// Carries the intent out on a file's text, proved. `None` when all is so already.
    ///
    /// # Errors
    /// When it cannot be aimed or proved.
    pub fn carry_out(&self, text: &str) -> Result<Option<Change>, Refusal> {
        self.carry_out_on(&mut read(text, &Arc::default()))
    }

    /// The same on the model of one file, which becomes that of the new text, and stays as it is
    /// where nothing is changed.
    ///
    /// # Errors
    /// When it cannot be aimed or proved.
    pub fn carry_out_on(&self, log: &mut Log) -> Result<Option<Change>, Refusal> {
        let text = log.files[0].text.as_str();
        if let Some(line) = conflict(text) {
            return Err(Refusal::Conflict(line));
        }
        match self {
            Self::All(all) => return carry_out_all(all, log),
            // What becomes of other files is not for this one's text.
            Self::CreateFile(_) | Self::RemoveFile(_) => return Ok(None),
            _ => {}
        }
        let unproved = || match self {
            Self::LogEntry(entry) => Refusal::Misread(entry.title.clone()),
            Self::Mend(_) => Refusal::Unmended(self.subject()),
            _ => Refusal::Unproved(self.subject()),
        };
        for plan in self.plans(log)? {
            if plan.splices.iter().all(|splice| log.files[0].text[splice.span.clone()] == splice.replacement) {
                return Ok(None);
            }
            if let Some(change) = self.prove(log, &plan)? {
                return Ok(Some(change));
            }
        }
        Err(unproved())
    }

    /// Makes a change as it is planned; `None` where it would not be read as it is meant.
    fn prove(&self, log: &mut Log, plan: &Plan) -> Result<Option<Change>, Refusal> {
        let text = log.files[0].text.as_str();
        let Some(revised) = splice::apply(text, &plan.splices) else { return Ok(None) };
        let (focus, into) = plan.focus;
        let at = splice::moved(&plan.splices[..focus], plan.splices[focus].span.start) + into;
        let effect = Patch::forth(text, &revised, &plan.splices, self);
        if let Some((task, mark)) = self.mark_in_place(log)?
            && mark::proves(log, task, plan)
        {
            let inverse = Self::back_from(Target::of(log, task), log.mark(task), mark);
            log.set_mark(task, mark);
            return Ok(Some(Change { text: revised, inverse, effect, at }));
        }
        let after = parse::again(&log.files[0], revised.clone().into());
        let is_proved = match self {
            Self::Mend(mend) => proof::mends(log, &after, plan, mend),
            _ => proof::holds(log, &after, plan),
        };
        if !is_proved {
            return Ok(None);
        }
        let inverse = match self {
            Self::SetMark { target, mark, .. } => {
                let task = target.find(log, 0)?;
                Self::back_from(Target::of(&after, task), log.mark(task), *mark)
            }
            _ => Self::Patch(Patch::back(text, &revised, &plan.splices, self)),
        };
        *log = after;
        Ok(Some(Change { text: revised, inverse, effect, at }))
    }

    /// What takes back that a mark has become another: only that one gives way again.
    fn back_from(target: Target, before: char, now: char) -> Self {
        Self::SetMark { target, mark: before, from: Some(now) }
    }

    /// Carries the intent out in the model, and gives the intent that undoes it.
    ///
    /// A tick changes one byte and moves none, so nothing has to be parsed again; after
    /// anything else the model is read anew, and indices into the old one mean nothing
    /// ([`Intent::keeps_places`] tells the two apart).
    ///
    /// # Errors
    /// When it cannot be aimed or proved; the log is unchanged then.
    pub fn apply(&self, log: &mut Log, file: usize) -> Result<Applied, Refusal> {
        if let Self::SetMark { target, mark, from } = self {
            let task = target.find(log, file)?;
            mark::may_become(log, task, *from, *mark)?;
            if !log.is_caption(task) && log.tasks[task].sign == Sign::Box {
                let inverse = Self::back_from(Target::of(log, task), log.mark(task), *mark);
                log.set_mark(task, *mark);
                return Ok(Applied { inverse, at: log.tasks[task].mark });
            }
        }
        let Some(known) = log.files.get(file) else { return Err(Refusal::NoFile(self.subject())) };
        self.may_change_files(log, file)?;
        // Other files come into the model once they are on the disk.
        let Some(within) = self.within() else {
            return Ok(Applied { inverse: self.taken_back_by(None), at: 0 });
        };
        let mut part = parse::again(known, known.text.clone());
        let Some(change) = within.carry_out_on(&mut part)? else {
            return Ok(Applied { inverse: self.taken_back_by(None), at: 0 });
        };
        log.put(file, part);
        log.name_entries();
        Ok(Applied { inverse: self.taken_back_by(Some(change.inverse)), at: change.at })
    }
}

fn carry_out_all(all: &[Intent], log: &mut Log) -> Result<Option<Change>, Refusal> {
    let mut inverses = Vec::new();
    let mut effect = Patch::default();
    let mut last: Option<Change> = None;
    let mut after = log.clone();
    for intent in all {
        if let Some(mut change) = intent.carry_out_on(&mut after)? {
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

/// Carries intents out on a file's text, one after another, each proved. `None` when all is
/// so already.
///
/// # Errors
/// When one of them cannot be aimed or proved.
pub fn revise(text: &str, intents: &[Intent]) -> Result<Option<String>, Refusal> {
    Ok(carry_out_all(intents, &mut read(text, &Arc::default()))?.map(|change| change.text))
}

/// The model of one file's text, written as its owner has said.
pub fn read(text: impl Into<SharedText>, dialect: &Arc<Dialect>) -> Log {
    parse::parse_as([Source { name: String::new(), text: text.into() }], dialect)
}
