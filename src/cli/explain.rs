//! `papers-tui check --explain`: how each file was read, in which forms, and what was guessed.

use serde::Serialize;

use super::export::forms::Forms;
use super::print::Printer;
use crate::log::explain::{Account, Guess};
use crate::log::forms::choice::Scored;
use crate::log::{File, Log};
use crate::say;
use crate::text::safe;
use crate::words::Language;

/// The whole document.
#[derive(Serialize)]
struct Document<'a, R> {
    files: Vec<FileRecord<'a>>,
    findings: &'a [R],
}

#[derive(Serialize)]
struct FileRecord<'a> {
    path: &'a str,
    forms: Forms,
    days: usize,
    months: usize,
    dates_with_papers: usize,
    papers: usize,
    pending: usize,
    bytes: Bytes,
    guesses: Vec<GuessRecord>,
}

#[derive(Serialize)]
struct Bytes {
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

/// As JSON: how the files were read, and what is wrong with them.
pub fn json(log: &Log, findings: &[impl Serialize], out: &mut Printer) -> anyhow::Result<()> {
    let files = log.files.iter().enumerate().map(|(index, file)| record(file, &Account::of(log, index)));
    out.json(&Document { files: files.collect(), findings })
}

fn record<'a>(file: &'a File, account: &Account) -> FileRecord<'a> {
    let bytes = account.bytes;
    let guess = |guess: &Guess| GuessRecord {
        code: guess.code(),
        line: guess.line(),
        count: guess.count(),
        message: guess.message(Language::English),
    };
    FileRecord {
        path: &file.name,
        forms: Forms::of(file),
        days: account.days,
        months: account.months,
        dates_with_papers: account.with_papers,
        papers: account.papers,
        pending: account.pending,
        bytes: Bytes {
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

/// For people: a paragraph for each file, and how much is wrong.
pub fn text(log: &Log, findings: usize, language: Language, out: &mut Printer) -> std::io::Result<()> {
    for (index, file) in log.files.iter().enumerate() {
        writeln!(out, "{}", safe(&file.name))?;
        for (label, line) in lines(file, &Account::of(log, index), language) {
            // Chinese letters are two columns wide.
            writeln!(out, "  {label}{:1$}{2}", "", 10_usize.saturating_sub(crate::text::width(label)), safe(&line))?;
        }
        writeln!(out)?;
    }
    let findings = language.counted(findings, "problem", "problems", "个问题");
    writeln!(
        out,
        "{}",
        say!(language, "{findings}; papers-tui check lists them", "{findings}；papers-tui check 逐条列出")
    )
}

/// What is said of a file, each line with its label.
fn lines(file: &File, account: &Account, language: Language) -> Vec<(&'static str, String)> {
    let dates = language.pick("dates", "日期");
    let titles = language.pick("titles", "标题");
    let mut lines: Vec<(&str, String)> = Vec::new();
    for (form, found) in &file.reading.dates {
        lines.push((dates, format!("{} ({found})", form.name(language))));
    }
    if file.reading.dates.is_empty() {
        lines.push((dates, language.pick("none", "没有").to_owned()));
    }
    let scored = |scored: &Scored| {
        let name = scored.form.name(language);
        say!(language, "{name} ({}, score {:.1})", "{name}（{} 个，得分 {:.1}）", scored.found, scored.score)
    };
    let choice = &file.reading.titles;
    for form in &choice.forms {
        lines.push((titles, scored(form)));
    }
    if choice.forms.is_empty() {
        lines.push((titles, language.pick("none", "没有").to_owned()));
    }
    if let Some(next) = &choice.runner_up {
        lines.push(("", say!(language, "not taken: {}", "未采用：{}", scored(next))));
    }
    lines.push((language.pick("found", "读出"), found(account, language)));
    lines.push((language.pick("text", "文字"), shares(file, account, language)));
    let guesses = account.guesses.iter().map(|guess| guess.message(language));
    lines.extend(guesses.map(|guess| (language.pick("guess", "猜测"), guess)));
    lines
}

fn found(account: &Account, language: Language) -> String {
    let mut found = account.found(language);
    if account.dated() > 0 {
        let (with, all) = (account.with_papers, account.dated());
        found += &say!(language, "; {with} of {all} dates have a paper", "；{all} 个日期中 {with} 个有论文");
    }
    if account.pending > 0 {
        let items = language.counted(account.pending, "item", "items", "个条目");
        found += &say!(language, "; {items} in the pending list", "；待读清单 {items}");
    }
    found
}

/// What part of the file each thing is.
fn shares(file: &File, account: &Account, language: Language) -> String {
    let bytes = account.bytes;
    let parts = [
        (bytes.entries, language.pick("papers", "论文")),
        (bytes.notes, language.pick("notes", "笔记")),
        (bytes.pending, language.pick("pending", "待读")),
        (bytes.front, language.pick("front matter", "元数据")),
        (bytes.dates, language.pick("dates", "日期")),
        (bytes.rest, language.pick("under no date", "不属于任何日期")),
    ];
    let percent = |part: usize| match part * 100 / file.text.len().max(1) {
        0 => "<1%".to_owned(),
        percent => format!("{percent}%"),
    };
    let parts = parts.into_iter().filter(|(part, _)| *part > 0);
    parts.map(|(part, name)| format!("{name} {}", percent(part))).collect::<Vec<_>>().join(" · ")
}
