//! `papers-tui check`: what is wrong with the log, a line for each finding, as editors and
//! compilers write it.

use serde::Serialize;

use super::export::json::DiagnosticRecord;
use super::print::Printer;
use super::review::sidecar;
use super::{Opened, Outcome, explain, forget, tell};
use crate::io::sidecar::Document;
use crate::io::survey::survey;
use crate::log::aliases::Aliases;
use crate::log::check::{Diagnostic, Surroundings, check};
use crate::review::deck::Deck;
use crate::review::history::Reviews;
use crate::review::relink::orphans;
use crate::text::safe;
use crate::words::Say;

/// A finding, with the name of its file.
#[derive(Serialize)]
struct Record {
    path: String,
    #[serde(flatten)]
    finding: DiagnosticRecord,
}

impl Record {
    /// Takes a finding down.
    fn of(path: String, finding: &Diagnostic) -> Self {
        Self { path, finding: DiagnosticRecord::of(finding) }
    }
}

/// Says what is wrong; or how the log was read; or forgets what was taught of that.
pub fn run(opened: &Opened, json: bool, explains: bool, forgets: bool, out: &mut Printer) -> anyhow::Result<Outcome> {
    if forgets {
        return forget::run(opened, out);
    }
    let findings = findings(opened)?;
    let log = &opened.log;
    let path = |finding: &Diagnostic| opened.chosen.files.shown(finding.file);
    let records = || findings.iter().map(|finding| Record::of(path(finding), finding)).collect::<Vec<_>>();
    match (explains, json) {
        (true, true) => explain::json(log, &records(), out)?,
        (true, false) => explain::text(log, findings.len(), opened.language, out)?,
        (false, true) => out.json(&records())?,
        (false, false) => {
            for finding in &findings {
                let message = finding.problem.message(opened.language);
                writeln!(out, "{}:{}: {}", safe(&path(finding)), finding.line, safe(&message))?;
            }
        }
    }
    // Here to find nothing is what one hopes for.
    Ok(if findings.is_empty() { Outcome::Done } else { Outcome::Nothing })
}

/// Everything that is wrong with the log, its figures and what is kept beside it.
pub fn findings(opened: &Opened) -> anyhow::Result<Vec<Diagnostic>> {
    let aliases: Aliases = beside(opened)?;
    let reviews: Reviews = beside(opened)?;
    let around = Surroundings {
        today: Some(opened.today()?),
        disk: &survey(&opened.log, &opened.chosen.files.paths),
        aliases: &aliases,
        orphans: &orphans(&opened.log, &Deck::new(reviews)),
    };
    Ok(check(&opened.log, around))
}

/// What is kept beside the log. Where it cannot be read that is said, and the log is looked at all the same.
fn beside<D: Document>(opened: &Opened) -> anyhow::Result<D> {
    match sidecar(opened)?.load() {
        Ok(loaded) => {
            if let Some(notice) = loaded.notice {
                tell(&notice.say(opened.language))?;
            }
            Ok(loaded.document)
        }
        Err(error) => {
            tell(&error.say(opened.language))?;
            Ok(D::default())
        }
    }
}
