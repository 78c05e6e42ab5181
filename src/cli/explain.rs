//! `papers-tui check --explain`: how each file was read, and what was guessed.

use serde::Serialize;

use super::export::forms::Forms;
use super::print::Printer;
use crate::log::corrections::Correction;
use crate::log::explain::{Account, Guess, lines};
use crate::log::{File, Log};
use crate::say;
use crate::text::safe;
use crate::words::Language;

/// The JSON document. Its schema is `assets/explain.schema.json`.
#[derive(Serialize)]
struct ExplainDocument<'a, R> {
    files: Vec<ExplainedFileRecord<'a>>,
    findings: &'a [R],
}

#[derive(Serialize)]
struct ExplainedFileRecord<'a> {
    path: &'a str,
    forms: Forms,
    // The name in the output stays: scripts read it.
    #[serde(rename = "taught")]
    corrections: Vec<CorrectionRecord<'a>>,
    days: usize,
    months: usize,
    years: usize,
    dates_with_papers: usize,
    papers: usize,
    pending: usize,
    bytes: BytesRecord,
    guesses: Vec<GuessRecord>,
}

#[derive(Serialize)]
struct CorrectionRecord<'a> {
    what: &'static str,
    form: Option<&'static str>,
    level: Option<u8>,
    line: &'a str,
}

#[derive(Serialize)]
struct BytesRecord {
    all: usize,
    entries: usize,
    notes: usize,
    pending: usize,
    front_matter: usize,
    dates: usize,
    rest: usize,
}

#[derive(Serialize)]
struct GuessRecord {
    code: &'static str,
    line: Option<usize>,
    count: usize,
    message: String,
}

/// Prints how the files were read and the problems in them, as JSON.
pub fn json(log: &Log, findings: &[impl Serialize], out: &mut Printer) -> anyhow::Result<()> {
    let files = log.files.iter().enumerate().map(|(index, file)| record(file, &Account::of(log, index)));
    out.json(&ExplainDocument { files: files.collect(), findings })
}

fn correction(correction: &Correction) -> CorrectionRecord<'_> {
    let (what, form, level) = correction.rule.names();
    CorrectionRecord { what, form, level, line: &correction.line }
}

fn record<'a>(file: &'a File, account: &Account) -> ExplainedFileRecord<'a> {
    let bytes = account.bytes;
    let guess = |guess: &Guess| GuessRecord {
        code: guess.code(),
        line: guess.line(),
        count: guess.count(),
        message: guess.message(Language::English),
    };
    ExplainedFileRecord {
        path: &file.name,
        forms: Forms::of(file),
        corrections: file.dialect.own().iter().map(correction).collect(),
        days: account.days,
        months: account.months,
        years: account.years,
        dates_with_papers: account.with_papers,
        papers: account.papers,
        pending: account.pending,
        bytes: BytesRecord {
            all: file.text.len(),
            entries: bytes.entries,
            notes: bytes.notes,
            pending: bytes.pending,
            front_matter: bytes.front,
            dates: bytes.dates,
            rest: bytes.rest,
        },
        guesses: account.guesses.iter().map(guess).collect(),
    }
}

/// Prints a paragraph for each file, and the number of problems.
pub fn text(log: &Log, findings: usize, language: Language, out: &mut Printer) -> std::io::Result<()> {
    for (index, file) in log.files.iter().enumerate() {
        writeln!(out, "{}", safe(&file.name))?;
        for (label, line) in lines(file, &Account::of(log, index), language) {
            // Pad by columns, since a Chinese character takes two.
            writeln!(out, "  {label}{:1$}{2}", "", 10_usize.saturating_sub(crate::text::width(label)), safe(&line))?;
        }
        writeln!(out)?;
    }
    let findings = language.counted(findings, "problem", "problems", "个问题");
    writeln!(
        out,
        "{}",
        say!(language, "{findings}; see “papers-tui check”", "{findings}；用“papers-tui check”逐条列出")
    )
}
