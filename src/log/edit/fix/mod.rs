//! Fixes for what [`check`](crate::log::check) finds, each with proof.
//!
//! A fix changes as few bytes as possible. It is only made if the result is read as intended and nothing else reads
//! differently.

mod days;
mod figures;
mod lines;

use std::ops::Range;

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::patch::Patch;
use super::proof::Element;
use super::splice::Splice;
use super::{Intent, Refusal};
use crate::log::check::{Diagnostic, Problem};
use crate::log::{Log, SectionKind, State};
use crate::words::{Language, Sentence};

/// A fix for a finding: the lines to change, and how they may read afterwards.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct FixPatch {
    /// The changed lines.
    pub(super) patch: Patch,
    meant: Meant,
}

/// How a fix may change what its lines are read as.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
enum Meant {
    /// The lines read as before; only their form changes.
    Nothing,
    /// A figure gets this path.
    Figure(String),
    /// A heading gets this day.
    Day(NaiveDate),
    /// A heading of this month is added.
    Month(NaiveDate),
    /// A heading is added.
    Heading,
    /// A heading is removed.
    NoHeading,
    /// An open or done item is added.
    Task,
}

/// How a finding can be fixed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fix {
    /// Index into the findings.
    pub finding: usize,
    /// Index into [`Log::files`].
    pub file: usize,
    /// Whether the fix is unambiguous; there is then only one way.
    pub is_certain: bool,
    /// Alternative changes, at least one.
    pub ways: Vec<Intent>,
}

/// The splices of a fix, before they become a patch.
struct UnprovenFix {
    splices: Vec<Splice>,
    meant: Meant,
    label: Sentence,
}

impl UnprovenFix {
    fn one(span: Range<usize>, replacement: String, meant: Meant, label: impl Fn(Language) -> String) -> Self {
        Self { splices: vec![Splice { span, replacement }], meant, label: Sentence::of(label) }
    }
}

/// The fixes for the findings, in the order of the findings.
pub fn find_fixes(log: &Log, findings: &[Diagnostic]) -> Vec<Fix> {
    let mut fixes = Vec::new();
    for (index, finding) in findings.iter().enumerate() {
        let (is_certain, candidates) = candidates(log, finding);
        let text = &log.files[finding.file].text;
        let ways = candidates.into_iter().filter_map(|candidate| {
            let patch = Patch::from_splices(text, &candidate.splices, candidate.label)?;
            Some(Intent::Fix(FixPatch { patch, meant: candidate.meant }))
        });
        let ways: Vec<Intent> = ways.collect();
        if !ways.is_empty() {
            fixes.push(Fix { finding: index, file: finding.file, is_certain: is_certain && ways.len() == 1, ways });
        }
    }
    fixes
}

fn candidates(log: &Log, finding: &Diagnostic) -> (bool, Vec<UnprovenFix>) {
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
    /// The lines that a fix changes, as (before, after); empty for other changes.
    pub(crate) fn fixed_lines(&self) -> impl Iterator<Item = (&str, &str)> {
        let patch = match self {
            Self::Fix(fix) => Some(&fix.patch),
            _ => None,
        };
        patch.into_iter().flat_map(Patch::lines)
    }
}

impl FixPatch {
    /// What the fix does, for people.
    pub(super) fn label(&self, language: Language) -> &str {
        self.patch.label(language)
    }

    pub(super) fn plan(&self, log: &Log) -> Result<super::Plan, Refusal> {
        self.patch.plan(log)
    }

    /// Whether the elements in the fixed lines changed from `old` to `new` as intended.
    pub(super) fn is_so(&self, old: &[&Element], new: &[&Element]) -> bool {
        let all = |is: &dyn Fn(&Element, &Element) -> bool| {
            old.len() == new.len() && old.iter().zip(new).all(|(old, new)| is(old, new))
        };
        let one_more = |of: &[&Element], than: &[&Element], is: &dyn Fn(&Element) -> bool| {
            let without = |at: usize| of[..at].iter().chain(&of[at + 1..]).eq(than);
            (0..of.len()).any(|at| is(of[at]) && without(at))
        };
        match &self.meant {
            Meant::Nothing => all(&is_alike),
            Meant::Figure(tag) => all(&|old, new| {
                old == new || matches!((old, new), (Element::Figure(_), Element::Figure(now)) if now == tag)
            }),
            Meant::Day(day) => all(&|old, new| {
                old == new
                    || matches!((old, new), (Element::Section(..), Element::Section(SectionKind::Day(now), _)) if now == day)
            }),
            Meant::Month(month) => {
                one_more(new, old, &|what| matches!(what, Element::Section(SectionKind::Month(now), _) if now == month))
            }
            Meant::Heading => one_more(new, old, &|what| matches!(what, Element::Section(..))),
            Meant::NoHeading => one_more(old, new, &|what| matches!(what, Element::Section(..))),
            Meant::Task => {
                let is_task = |what: &Element| matches!(what, Element::Task(_, State::Open | State::Done, _));
                // In a pending list, a bullet without a checkbox is an item already.
                all(&|old, new| old == new || is_task(old) && is_task(new)) || one_more(new, old, &is_task)
            }
        }
    }
}

/// Whether two elements are equal apart from how a date is written.
fn is_alike(old: &Element, new: &Element) -> bool {
    match (old, new) {
        (Element::Section(old, _), Element::Section(new, _)) => old == new,
        _ => old == new,
    }
}
