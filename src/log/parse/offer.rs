//! What the user can teach the program by pointing at a line, such as “this is a title”, with the log as it would then
//! be read.

use std::sync::Arc;

use super::parse_folders;
use super::point::{Unfit, facts_at};
use crate::log::taught::Lesson;
use crate::log::{File, Log, Source};

/// A change to what was taught.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Change {
    /// Lessons to remove. In an [`Offer`], all lessons of the file: those to keep are also in `learnt`.
    pub forgotten: Vec<Lesson>,
    /// Lessons to add.
    pub learnt: Vec<Lesson>,
}

/// Something that can be taught, or removed again.
#[derive(Debug, Clone, PartialEq)]
pub struct Offer {
    /// What would be taught or removed.
    pub lesson: Lesson,
    /// Whether the lesson was taught already and would be removed.
    pub is_known: bool,
    /// The change to the stored lessons.
    pub change: Change,
    /// The log as it would then be read.
    pub log: Arc<Log>,
}

/// What can be taught from a line (counted from 1) of a file, most likely first.
///
/// # Errors
/// If nothing can be taught from the line.
pub fn offers(log: &Log, file: usize, line: usize) -> Result<Vec<Offer>, Unfit> {
    let of = &log.files[file];
    let lessons = facts_at(of, line)?.into_iter().map(|fact| Lesson::new(&of.name, &of.text, of.line(line), fact));
    Ok(lessons.map(|lesson| offer(log, of, lesson, false)).collect())
}

/// Everything taught about a file, as offers to remove it.
pub fn known(log: &Log, file: usize) -> Vec<Offer> {
    let of = &log.files[file];
    of.dialect.own().iter().map(|lesson| offer(log, of, lesson.clone(), true)).collect()
}

fn offer(log: &Log, file: &File, lesson: Lesson, is_known: bool) -> Offer {
    let own = file.dialect.own();
    let kept = own.iter().filter(|other| if is_known { **other != lesson } else { !lesson.replaces(other) });
    // The file may have been renamed.
    let kept = kept.map(|other| Lesson { file: file.name.clone(), ..other.clone() });
    let learnt = kept.chain((!is_known).then(|| lesson.clone())).collect();
    let change = Change { forgotten: own.to_vec(), learnt };
    Offer { lesson, is_known, log: Arc::new(changed(log, &change)), change }
}

/// Parses the log again after a change to what was taught.
pub fn changed(log: &Log, change: &Change) -> Log {
    let Some(first) = log.files.first() else { return Log::default() };
    let common = first.dialect.of_log();
    let kept = common.lessons().iter().filter(|lesson| !change.forgotten.contains(lesson));
    let lessons = kept.chain(&change.learnt).cloned().collect();
    let dialect = Arc::new(common.as_ref().clone().with_lessons(lessons));
    let source = |file: &File| Source { name: file.name.clone(), text: file.text.clone() };
    parse_folders(log.files.iter().map(source), &log.folders, &dialect, &mut |_| {})
}
