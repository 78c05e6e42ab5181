//! `papers-tui check --forget`: forgets what was taught about the log, so that its forms are detected anew.

use super::print::Printer;
use super::{Opened, Outcome, tell};
use crate::log::parse::offer::Change;
use crate::log::taught::Lesson;
use crate::text::safe;

/// Forgets what was taught about the files of the log, and prints what that was.
pub fn run(opened: &Opened, out: &mut Printer) -> anyhow::Result<Outcome> {
    let language = opened.language;
    let of_file = |(at, file): (usize, &crate::log::File)| {
        file.dialect.own().iter().map(move |lesson| (at, lesson.clone())).collect::<Vec<_>>()
    };
    let taught: Vec<(usize, Lesson)> = opened.log.files.iter().enumerate().flat_map(of_file).collect();
    let Some(lessons) = opened.lessons.as_ref().filter(|_| !taught.is_empty()) else {
        tell(language.pick("this log has no corrections", "此日志没有手动指定的写法"))?;
        return Ok(Outcome::Nothing);
    };
    let forgotten = taught.iter().map(|(_, lesson)| lesson.clone()).collect();
    let notice = lessons.change(&Change { forgotten, learnt: Vec::new() })?;
    notice.map_or(Ok(()), |notice| tell(notice.get(language)))?;
    for (file, lesson) in &taught {
        let (file, fact) = (opened.chosen.files.shown(*file), lesson.fact.say(language));
        writeln!(
            out,
            "{}: {}: “{}”",
            safe(&file),
            language.pick("removed", "已清除"),
            safe(&format!("{fact} · {}", lesson.line))
        )?;
    }
    Ok(Outcome::Done)
}
