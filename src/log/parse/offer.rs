//! What can be learnt from a line, with the log as it would be read then.

use std::sync::Arc;

use super::parse_folders;
use super::point::{Unfit, facts_at};
use crate::log::taught::Lesson;
use crate::log::{File, Log, Source};

/// How what was taught changes.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Change {
    /// What is not kept any more.
    pub forgotten: Vec<Lesson>,
    /// What is kept instead.
    pub learnt: Vec<Lesson>,
}

/// Something that can be learnt, or forgotten again.
#[derive(Debug, Clone, PartialEq)]
pub struct Offer {
    /// What it is.
    pub lesson: Lesson,
    /// Whether that was taught, and would be forgotten.
    pub is_known: bool,
    /// How it changes what is kept.
    pub change: Change,
    /// The log as it would be read then.
    pub log: Arc<Log>,
}

/// What can be learnt from a line of a file, counted from 1; what is most likely meant comes first.
///
/// # Errors
/// When nothing can.
pub fn offers(log: &Log, file: usize, line: usize) -> Result<Vec<Offer>, Unfit> {
    let of = &log.files[file];
    let lessons = facts_at(of, line)?.into_iter().map(|fact| Lesson::new(&of.name, &of.text, of.line(line), fact));
    Ok(lessons.map(|lesson| offer(log, of, lesson, false)).collect())
}

/// What was taught of a file, to be forgotten.
pub fn known(log: &Log, file: usize) -> Vec<Offer> {
    let of = &log.files[file];
    of.dialect.own().iter().map(|lesson| offer(log, of, lesson.clone(), true)).collect()
}

fn offer(log: &Log, file: &File, lesson: Lesson, is_known: bool) -> Offer {
    let own = file.dialect.own();
    let kept = own.iter().filter(|other| if is_known { **other != lesson } else { !lesson.replaces(other) });
    // The file may be called otherwise by now.
    let kept = kept.map(|other| Lesson { file: file.name.clone(), ..other.clone() });
    let learnt = kept.chain((!is_known).then(|| lesson.clone())).collect();
    let change = Change { forgotten: own.to_vec(), learnt };
    Offer { lesson, is_known, log: Arc::new(changed(log, &change)), change }
}

/// The log, read again after what was taught has changed.
pub fn changed(log: &Log, change: &Change) -> Log {
    let Some(first) = log.files.first() else { return Log::default() };
    let common = first.dialect.of_log();
    let kept = common.lessons().iter().filter(|lesson| !change.forgotten.contains(lesson));
    let lessons = kept.chain(&change.learnt).cloned().collect();
    let dialect = Arc::new(common.as_ref().clone().with_lessons(lessons));
    let source = |file: &File| Source { name: file.name.clone(), text: file.text.clone() };
    parse_folders(log.files.iter().map(source), &log.folders, &dialect, &mut |_| {})
}
