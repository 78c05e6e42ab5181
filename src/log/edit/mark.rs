//! Boxes, and the proof of a tick in its section alone. A tick is what is done most, and reading all of a
//! log again takes longer than all the rest of saving it.
//!
//! Markdown is read from the top, and a heading that structures the log stands outside of every
//! block. So what stands before a section is read as it was, whatever is in the section; and so
//! is all that follows, as long as the heading which ends the section still is one. Definitions
//! of links reach further, but a box is read before any link, and holds none.

use super::splice::{self, Splice};
use super::{Intent, Plan, Refusal, proof, read};
use crate::log::{Log, Sign, State};

impl Log {
    /// The character between a task's brackets; a space where it has none.
    pub fn mark(&self, task: usize) -> char {
        let task = &self.tasks[task];
        if task.sign != Sign::Box {
            return ' ';
        }
        self.files[task.file].text[task.mark..].chars().next().unwrap_or(' ')
    }

    /// Where an item's text begins behind its box or word, in bytes.
    pub(super) fn item_text(&self, task: usize) -> usize {
        let (text, of) = (&self.files[self.tasks[task].file].text, &self.tasks[task]);
        let after = match of.sign {
            Sign::Box => of.mark + self.mark(task).len_utf8() + 1,
            Sign::Word(length) => of.mark + length,
            Sign::Bullet | Sign::Line => of.mark,
        };
        after.min(text.len())
    }

    /// Whether an item's line introduces a picture, which then tells the line's text with its box.
    pub(super) fn is_caption(&self, task: usize) -> bool {
        let task = &self.tasks[task];
        let figures = match task.entry {
            Some(entry) => &self.entries[entry].figures,
            None => &self.sections[task.section].figures,
        };
        figures.iter().any(|figure| figure.caption.as_deref().is_some_and(|caption| caption.contains('[')))
    }

    pub(super) fn set_mark(&mut self, task: usize, mark: char) {
        let (now, paper) = (self.mark(task).len_utf8(), self.paper(task));
        if now != mark.len_utf8() {
            return;
        }
        let of = &mut self.tasks[task];
        self.files[of.file].text.replace_range(of.mark..of.mark + now, mark.encode_utf8(&mut [0; 4]));
        of.state = State::of(mark);
        // A paper that is read now leaves the list, unless all boxes here are the list.
        if let Some(paper) = paper {
            self.entries[paper].read = of.is_done();
            self.tasks[task].pending = self.is_pending(task, self.has_pending_list());
            self.recount();
        }
    }
}

impl Intent {
    /// The task and its new mark, where these are all that changes in the model.
    pub(super) fn mark_in_place(&self, log: &Log) -> Result<Option<(usize, char)>, Refusal> {
        let Self::SetMark { target, mark, from } = self else { return Ok(None) };
        let task = target.find(log, 0)?;
        may_become(log, task, *from, *mark)?;
        let keeps_places =
            log.tasks[task].sign == Sign::Box && log.mark(task).len_utf8() == mark.len_utf8() && !log.is_caption(task);
        Ok(keeps_places.then_some((task, *mark)))
    }
}

/// Whether a task's mark is the one that is to give way, or has given way already.
///
/// # Errors
/// When it is a third one: someone has marked the item anew.
pub(super) fn may_become(log: &Log, task: usize, from: Option<char>, mark: char) -> Result<(), Refusal> {
    let now = log.mark(task);
    if from.is_none_or(|from| now == from) || now == mark {
        return Ok(());
    }
    Err(Refusal::Remarked(log.tasks[task].text.clone()))
}

/// Whether the plan for one task's box is proved by the section in which the task stands and the
/// heading that follows it. Where this says no, reading the whole log may still say yes.
pub(super) fn proves(log: &Log, task: usize, plan: &Plan) -> bool {
    let index = log.tasks[task].section;
    let start = log.sections[index].span.start;
    let end = log.sections.get(index + 1).map_or(log.files[0].text.len(), |next| next.body);
    let text = &log.files[0].text[start..end];
    let splices: Vec<Splice> = plan.splices.iter().map(|splice| splice.shifted_back(start)).collect();
    let dialect = &log.files[0].dialect;
    let before = read(text, dialect);
    let Some(task) = before.task_at(0, log.tasks[task].mark - start) else { return false };
    let Some(revised) = splice::apply(text, &splices) else { return false };
    let plan = Plan { splices, touched: vec![task], inside: plan.inside.clone(), focus: plan.focus };
    proof::holds(&before, &read(revised.as_str(), dialect), &plan)
}
