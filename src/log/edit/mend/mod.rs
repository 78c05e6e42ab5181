//! Mending what [`check`](crate::log::check) finds: which changes would, and the proof of each.
//!
//! A mend changes as few bytes as will do. It is offered only for what the finding is about, and made only where
//! the text then reads as it was meant, and everything else as before.

mod days;
mod figures;
mod lines;

use std::ops::Range;

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::patch::Patch;
use super::proof::What;
use super::splice::Splice;
use super::{Intent, Refusal};
use crate::log::check::{Diagnostic, Problem};
use crate::log::{Log, SectionKind, State};
use crate::words::{Language, Sentence};

/// A change that mends something.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Mend {
    /// The lines.
    pub(super) patch: Patch,
    meant: Meant,
}

/// What a mend is meant to do to what stands in its lines.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
enum Meant {
    /// Nothing: it is written otherwise, and read as before.
    Nothing,
    /// A figure has this path.
    Figure(String),
    /// A heading is of this day.
    Day(NaiveDate),
    /// There is the heading of a month.
    Month(NaiveDate),
    /// There is one heading more.
    Heading,
    /// There is one heading less.
    NoHeading,
    /// There is one open item more, or a done one.
    Task,
}

/// How something that is wrong can be mended.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Remedy {
    /// Index into the findings.
    pub finding: usize,
    /// Index into [`Log::files`].
    pub file: usize,
    /// Whether nothing else can have been meant. Then there is one way.
    pub is_certain: bool,
    /// The changes of which one would do, at least one.
    pub ways: Vec<Intent>,
}

/// The splices of a mend, before it is a patch.
struct Draft {
    splices: Vec<Splice>,
    meant: Meant,
    label: Sentence,
}

impl Draft {
    fn one(span: Range<usize>, replacement: String, meant: Meant, label: impl Fn(Language) -> String) -> Self {
        Self { splices: vec![Splice { span, replacement }], meant, label: Sentence::of(label) }
    }
}

/// What can be mended of what was found, in the order of the findings.
pub fn remedies(log: &Log, findings: &[Diagnostic]) -> Vec<Remedy> {
    let mut remedies = Vec::new();
    for (index, finding) in findings.iter().enumerate() {
        let (is_certain, drafts) = drafts(log, finding);
        let text = &log.files[finding.file].text;
        let ways = drafts.into_iter().filter_map(|draft| {
            let patch = Patch::of(text, &draft.splices, draft.label)?;
            Some(Intent::Mend(Mend { patch, meant: draft.meant }))
        });
        let ways: Vec<Intent> = ways.collect();
        if !ways.is_empty() {
            remedies.push(Remedy {
                finding: index,
                file: finding.file,
                is_certain: is_certain && ways.len() == 1,
                ways,
            });
        }
    }
    remedies
}

fn drafts(log: &Log, finding: &Diagnostic) -> (bool, Vec<Draft>) {
    match &finding.problem {
        Problem::MalformedTag(_) => (true, figures::tag(log, finding).into_iter().collect()),
        Problem::FigureCase { path, file } => (true, figures::path(log, finding, path, file).into_iter().collect()),
        Problem::FigureElsewhere { path, files } => {
            (true, files.iter().filter_map(|file| figures::path(log, finding, path, file)).collect())
        }
        Problem::OtherMonth { .. } => days::month(log, finding),
        Problem::OtherYear { year, is_sure, .. } => (*is_sure, days::year(log, finding, *year).into_iter().collect()),
        Problem::TwinDay { line, .. } => days::twin(log, finding, *line),
        Problem::HeadingStyle { line, like } => lines::style(log, finding, line, like),
        Problem::HeadingWithoutSpace(_) => (true, lines::space(log, finding).into_iter().collect()),
        Problem::NotATask(_) => (true, lines::task(log, finding).into_iter().collect()),
        Problem::GluedHeading(date) => (false, lines::unglue(log, finding, date).into_iter().collect()),
        _ => (false, Vec::new()),
    }
}

impl Intent {
    /// The lines that a mend changes: as they are, and as they shall be; none for other changes.
    pub fn mended_lines(&self) -> impl Iterator<Item = (&str, &str)> {
        let patch = match self {
            Self::Mend(mend) => Some(&mend.patch),
            _ => None,
        };
        patch.into_iter().flat_map(Patch::lines)
    }
}

impl Mend {
    /// The same that only says what it does.
    pub(super) fn label(&self, language: Language) -> &str {
        self.patch.label(language)
    }

    pub(super) fn plan(&self, log: &Log) -> Result<super::Plan, Refusal> {
        self.patch.plan(log)
    }

    /// Whether what stands in its lines has become what was meant.
    pub(super) fn is_so(&self, old: &[&What], new: &[&What]) -> bool {
        let all = |is: &dyn Fn(&What, &What) -> bool| {
            old.len() == new.len() && old.iter().zip(new).all(|(old, new)| is(old, new))
        };
        let one_more = |of: &[&What], than: &[&What], is: &dyn Fn(&What) -> bool| {
            let without = |at: usize| of[..at].iter().chain(&of[at + 1..]).eq(than);
            (0..of.len()).any(|at| is(of[at]) && without(at))
        };
        match &self.meant {
            Meant::Nothing => all(&is_alike),
            Meant::Figure(path) => {
                all(&|old, new| old == new || matches!((old, new), (What::Figure(_), What::Figure(now)) if now == path))
            }
            Meant::Day(day) => all(&|old, new| {
                old == new
                    || matches!((old, new), (What::Section(..), What::Section(SectionKind::Day(now), _)) if now == day)
            }),
            Meant::Month(month) => {
                one_more(new, old, &|what| matches!(what, What::Section(SectionKind::Month(now), _) if now == month))
            }
            Meant::Heading => one_more(new, old, &|what| matches!(what, What::Section(..))),
            Meant::NoHeading => one_more(old, new, &|what| matches!(what, What::Section(..))),
            Meant::Task => {
                let is_task = |what: &What| matches!(what, What::Task(_, State::Open | State::Done, _));
                // Among items a bullet is one already.
                all(&|old, new| old == new || is_task(old) && is_task(new)) || one_more(new, old, &is_task)
            }
        }
    }
}

/// The same, but for how a date is written.
fn is_alike(old: &What, new: &What) -> bool {
    match (old, new) {
        (What::Section(old, _), What::Section(new, _)) => old == new,
        _ => old == new,
    }
}
