//! `papers-tui check --forget`: removes the corrections of a log, so that its forms are detected anew.

use super::print::Printer;
use super::{Opened, Outcome, tell};
use crate::log::corrections::Correction;
use crate::log::parse::offer::CorrectionChange;
use crate::text::safe;

/// Removes the corrections of the log's files, and prints them.
pub fn run(opened: &Opened, out: &mut Printer) -> anyhow::Result<Outcome> {
    let language = opened.language;
    let of_file = |(at, file): (usize, &crate::log::File)| {
        file.dialect.own().iter().map(move |correction| (at, correction.clone())).collect::<Vec<_>>()
    };
    let corrections: Vec<(usize, Correction)> = opened.log.files.iter().enumerate().flat_map(of_file).collect();
    let Some(stored) = opened.corrections.as_ref().filter(|_| !corrections.is_empty()) else {
        tell(language.pick("this log has no corrections", "此日志没有手动指定的写法"))?;
        return Ok(Outcome::Nothing);
    };
    let removed = corrections.iter().map(|(_, correction)| correction.clone()).collect();
    let notice = stored.change(&CorrectionChange { removed, added: Vec::new() })?;
    notice.map_or(Ok(()), |notice| tell(notice.get(language)))?;
    for (file, correction) in &corrections {
        let (file, rule) = (opened.chosen.files.shown(*file), correction.rule.say(language));
        writeln!(
            out,
            "{}: {}: “{}”",
            safe(&file),
            language.pick("removed", "已清除"),
            safe(&format!("{rule} · {}", correction.line))
        )?;
    }
    Ok(Outcome::Done)
}
