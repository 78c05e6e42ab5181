//! `papers-tui check`: what is wrong with the log, a line for each finding, as editors and
//! compilers write it.

use std::collections::{BTreeMap, BTreeSet};

use chrono::NaiveDate;
use serde::Serialize;

use super::export::json::DiagnosticRecord;
use super::library::Papers;
use super::print::Printer;
use super::progress::Progress;
use super::review::sidecar;
use super::{Opened, Outcome, explain, tell};
use crate::io::sidecar::Document;
use crate::io::survey::survey;
use crate::log::aliases::Aliases;
use crate::log::check::{Diagnostic, Disk, Problem, Surroundings, check};
use crate::log::{Key, Log};
use crate::papers::published::notes;
use crate::review::deck::Deck;
use crate::review::history::Reviews;
use crate::review::relink::orphans;
use crate::say;
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

/// More missing figures of a file than so many are told together.
pub const TOGETHER: usize = 3;

/// What is said of the log.
#[derive(Debug, Clone, Copy)]
pub struct Asked {
    /// As JSON.
    pub json: bool,
    /// How the log was read, instead.
    pub explains: bool,
    /// Each missing figure on a line of its own.
    pub all: bool,
}

/// Says what is wrong; or how the log was read.
pub fn run(opened: &Opened, asked: Asked, out: &mut Printer) -> anyhow::Result<Outcome> {
    let mut findings = findings(opened)?;
    findings.extend(notes(&opened.log, &Papers::of(opened, &mut Progress::new()).behind(&opened.log)));
    findings.sort_by_key(|finding| (finding.file, finding.line));
    let log = &opened.log;
    let path = |finding: &Diagnostic| opened.chosen.files.shown(finding.file);
    let records = || findings.iter().map(|finding| Record::of(path(finding), finding)).collect::<Vec<_>>();
    match (asked.explains, asked.json) {
        (true, true) => explain::json(log, &records(), out)?,
        (true, false) => explain::text(log, findings.len(), opened.language, out)?,
        (false, true) => out.json(&records())?,
        (false, false) => lines(opened, &findings, asked.all, out)?,
    }
    // Here to find nothing is what one hopes for; a note is nothing to mend.
    Ok(if findings.iter().all(|finding| finding.problem.is_note()) { Outcome::Done } else { Outcome::Nothing })
}

/// A line for each finding; missing figures of a file, where there are many, together at the first.
fn lines(opened: &Opened, findings: &[Diagnostic], all: bool, out: &mut Printer) -> anyhow::Result<()> {
    let language = opened.language;
    let mut missing: BTreeMap<usize, Vec<&str>> = BTreeMap::new();
    for finding in findings {
        if let Problem::MissingFigure(path) = &finding.problem {
            missing.entry(finding.file).or_default().push(path);
        }
    }
    missing.retain(|_, paths| !all && paths.len() > TOGETHER);
    let mut told = BTreeSet::new();
    for finding in findings {
        let mut message = finding.problem.message(language);
        if let (Problem::MissingFigure(_), Some(paths)) = (&finding.problem, missing.get(&finding.file)) {
            if !told.insert(finding.file) {
                continue;
            }
            let (count, some) = (paths.len(), paths[..TOGETHER].join(language.pick(", ", "、")));
            message = say!(
                language,
                "{count} figures are missing: {some}, … (“check --all” lists each)",
                "缺少 {count} 张图片：{some}…（“check --all”逐一列出）"
            );
        }
        writeln!(out, "{}:{}: {}", safe(&opened.chosen.files.shown(finding.file)), finding.line, safe(&message))?;
    }
    Ok(())
}

/// Everything that is wrong with the log, its figures and what is kept beside it.
pub fn findings(opened: &Opened) -> anyhow::Result<Vec<Diagnostic>> {
    Ok(Around::of(opened)?.findings(&opened.log))
}

/// What the text of a log does not say itself.
pub struct Around {
    today: NaiveDate,
    disk: Disk,
    aliases: Aliases,
    orphans: Vec<Key>,
}

impl Around {
    /// Looks at the disk, and at what is kept beside the log.
    pub fn of(opened: &Opened) -> anyhow::Result<Self> {
        let aliases: Aliases = beside(opened)?;
        let reviews: Reviews = beside(opened)?;
        Ok(Self {
            today: opened.today()?,
            disk: survey(&opened.log, &opened.chosen.files.bases()),
            aliases,
            orphans: orphans(&opened.log, &Deck::new(reviews)),
        })
    }

    /// Everything that is wrong.
    pub fn findings(&self, log: &Log) -> Vec<Diagnostic> {
        let Self { today, disk, aliases, orphans } = self;
        check(log, Surroundings { today: Some(*today), disk, aliases, orphans })
    }
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
