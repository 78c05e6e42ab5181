//! Sets marks, and proves a tick by reading only its section. Ticks are the most common change, and parsing the whole
//! log takes longer than the rest of saving.
//!
//! This is safe because Markdown is read from the top, and a heading that structures the log is outside every block.
//! Text before the section is therefore read as before, and so is the text after it, as long as the heading that ends
//! the section is still a heading. Link definitions reach further, but checkboxes are read before links and contain
//! none.

use super::splice::{self, Splice};
use super::{Intent, Plan, Refusal, proof, read};
use crate::log::task::cell_box;
use crate::log::{Log, Sign, State};

impl Log {
    /// The mark between a task's brackets; a space if it has no checkbox.
    pub fn mark(&self, task: usize) -> char {
        let task = &self.tasks[task];
        if task.sign != Sign::Box {
            return ' ';
        }
        self.files[task.file].text[task.mark..].chars().next().unwrap_or(' ')
    }

    /// Where an item's text begins, after its checkbox or word, in bytes.
    pub(super) fn item_text(&self, task: usize) -> usize {
        let (text, of) = (&self.files[self.tasks[task].file].text, &self.tasks[task]);
        let after = match of.sign {
            Sign::Box => of.mark + self.mark(task).len_utf8() + 1,
            Sign::Word(length) | Sign::Label(length) => of.mark + length,
            Sign::Cell => of.mark + cell_box(&text[of.mark..]).map_or(0, |(length, _)| length),
            Sign::Bullet | Sign::Line => of.mark,
        };
        after.min(text.len())
    }

    /// Whether a picture in the item's entry or section has a caption with a bracket, which may be the item's checkbox.
    pub(super) fn is_caption(&self, task: usize) -> bool {
        let task = &self.tasks[task];
        let figures = match task.entry {
            Some(entry) => self.figures_of(&self.entries[entry]),
            None => self.figures_of_note(&self.sections[task.section]),
        };
        figures.iter().filter_map(|figure| figure.caption.as_ref()).any(|caption| caption.contains('['))
    }

    pub(super) fn set_mark(&mut self, task: usize, mark: char) {
        let (now, paper) = (self.mark(task).len_utf8(), self.paper(task));
        if now != mark.len_utf8() {
            return;
        }
        let of = &mut self.tasks[task];
        self.files[of.file].text.replace_range(of.mark..of.mark + now, mark.encode_utf8(&mut [0; 4]));
        of.state = State::of(mark);
        // A paper that has been read is no longer pending, unless its whole section counts as the list.
        if let Some(paper) = paper {
            self.entries[paper].read = of.is_done();
            self.tasks[task].pending = self.is_pending(task, self.has_pending_list());
            self.recount();
        }
    }
}

impl Intent {
    /// (task, its new mark), if the change keeps all offsets in the model.
    pub(super) fn mark_in_place(&self, log: &Log) -> Result<Option<(usize, char)>, Refusal> {
        let Self::SetMark { target, mark, from } = self else { return Ok(None) };
        let task = target.find(log, 0)?;
        may_become(log, task, *from, *mark)?;
        let keeps_places =
            log.tasks[task].sign == Sign::Box && log.mark(task).len_utf8() == mark.len_utf8() && !log.is_caption(task);
        Ok(keeps_places.then_some((task, *mark)))
    }
}

/// Checks that a task's mark is `from`, or already `mark`.
///
/// # Errors
/// If the mark is neither: someone else has set it.
pub(super) fn may_become(log: &Log, task: usize, from: Option<char>, mark: char) -> Result<(), Refusal> {
    let now = log.mark(task);
    if from.is_none_or(|from| now == from) || now == mark {
        return Ok(());
    }
    Err(Refusal::MarkChanged(log.tasks[task].text.clone()))
}

/// Whether a plan for one task's checkbox is proved by its section and the heading that follows. If this fails, the
/// proof on the whole log may still hold.
pub(super) fn proves(log: &Log, task: usize, plan: &Plan) -> bool {
    let index = log.tasks[task].section;
    let start = log.sections[index].span().start;
    let end = log.sections.get(index + 1).map_or(log.files[0].text.len(), |next| next.body());
    let text = &log.files[0].text[start..end];
    let splices: Vec<Splice> = plan.splices.iter().map(|splice| splice.shifted_back(start)).collect();
    let dialect = &log.files[0].dialect;
    let before = read(text, dialect);
    let Some(task) = before.task_at(0, log.tasks[task].mark - start) else { return false };
    let Some(revised) = splice::apply(text, &splices) else { return false };
    let plan = Plan { splices, touched: vec![task], inside: plan.inside.clone(), focus: plan.focus };
    proof::holds(&before, &read(revised.as_str(), dialect), &plan)
}
