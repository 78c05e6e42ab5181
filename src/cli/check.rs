//! `papers-tui check`: prints the problems in the log, one per line, as `file:line: message`.

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

/// A finding with the path of its file.
#[derive(Serialize)]
struct FindingRecord {
    path: String,
    #[serde(flatten)]
    finding: DiagnosticRecord,
}

impl FindingRecord {
    fn of(path: String, finding: &Diagnostic) -> Self {
        Self { path, finding: DiagnosticRecord::of(finding) }
    }
}

/// If a file has more missing figures than this, they are grouped into one line.
pub const TOGETHER: usize = 3;

/// The options of the command.
#[derive(Debug, Clone, Copy)]
pub struct CheckOptions {
    /// Print JSON.
    pub json: bool,
    /// Instead of listing problems, explain how the log was read.
    pub explains: bool,
    /// List every missing figure on its own line.
    pub all: bool,
}

/// Prints the problems, or how the log was read.
pub fn run(opened: &Opened, options: CheckOptions, out: &mut Printer) -> anyhow::Result<Outcome> {
    let mut findings = findings(opened)?;
    findings.extend(notes(&opened.log, &Papers::of(opened, &mut Progress::new()).index(&opened.log)));
    findings.sort_by_key(|finding| (finding.file, finding.line));
    let log = &opened.log;
    let path = |finding: &Diagnostic| opened.chosen.files.shown(finding.file);
    let records = || findings.iter().map(|finding| FindingRecord::of(path(finding), finding)).collect::<Vec<_>>();
    match (options.explains, options.json) {
        (true, true) => explain::json(log, &records(), out)?,
        (true, false) => {
            // A note is not a problem.
            let problems = findings.iter().filter(|finding| !finding.problem.is_note()).count();
            explain::text(log, problems, opened.language, out)?;
        }
        (false, true) => out.json(&records())?,
        (false, false) => lines(opened, &findings, options.all, out)?,
    }
    // For `check`, success is finding no problem.
    Ok(if findings.iter().all(|finding| finding.problem.is_note()) { Outcome::Done } else { Outcome::Nothing })
}

/// Prints one line per finding; many missing figures in one file become one line, unless `all`.
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
                "{count} figures are missing: {some}, … (“papers-tui check --all” lists each)",
                "缺少 {count} 张图片：{some}…（“check --all”逐一列出）"
            );
        }
        writeln!(out, "{}:{}: {}", safe(&opened.chosen.files.shown(finding.file)), finding.line, safe(&message))?;
    }
    Ok(())
}

/// All problems in the log, including its figures on disk and its sidecar files.
pub fn findings(opened: &Opened) -> anyhow::Result<Vec<Diagnostic>> {
    Ok(Checker::new(opened)?.findings(&opened.log))
}

/// What a check needs besides the text of the log.
pub struct Checker {
    today: NaiveDate,
    disk: Disk,
    aliases: Aliases,
    orphans: Vec<Key>,
}

impl Checker {
    /// Looks up the figures on disk and loads the sidecar files.
    pub fn new(opened: &Opened) -> anyhow::Result<Self> {
        let aliases: Aliases = load_sidecar(opened)?;
        let reviews: Reviews = load_sidecar(opened)?;
        Ok(Self {
            today: opened.today()?,
            disk: survey(&opened.log, &opened.chosen.files.bases()),
            aliases,
            orphans: orphans(&opened.log, &Deck::new(reviews)),
        })
    }

    /// All problems in the log.
    pub fn findings(&self, log: &Log) -> Vec<Diagnostic> {
        let Self { today, disk, aliases, orphans } = self;
        check(log, Surroundings { today: Some(*today), disk, aliases, orphans })
    }
}

/// Loads a sidecar file. If the file is unreadable, says so and returns an empty document.
fn load_sidecar<D: Document>(opened: &Opened) -> anyhow::Result<D> {
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
