//! `papers-tui import`: adds the papers in a bibliography to the pending list.

use std::collections::HashMap;
use std::path::Path;

use anyhow::{Context, bail};
use serde::Serialize;

use super::print::Printer;
use super::review::sidecar;
use super::{Opened, Outcome, item, tell};
use crate::io::read::read_text;
use crate::log::edit::{Intent, added_on, one_line, source};
use crate::log::{Log, SectionKind};
use crate::papers::biblio::{Biblio, Record, bibtex, csl, csv, marks_of_link, rdf, ris};
use crate::papers::squash::squash;
use crate::say;
use crate::text::safe;
use crate::words::{Language, Say};

/// What became of one paper, as JSON.
#[derive(Serialize)]
struct Imported<'a> {
    title: &'a str,
    added: bool,
    /// The line where the log already has the paper, from 1.
    line: Option<usize>,
    file: Option<&'a str>,
}

/// Adds the papers that the log does not have, as one change, and reports what became of each paper.
pub fn run(opened: &Opened, file: &Path, json: bool, out: &mut Printer) -> anyhow::Result<Outcome> {
    let language = opened.language;
    let (records, lost) = read(file, language)?;
    let (mut known, mut told, mut texts) = (PaperLocations::of(&opened.log), Vec::new(), Vec::new());
    for record in &records {
        let Some(title) = record.title() else { continue };
        let existing = record.marks().iter().find_map(|mark| known.0.get(mark).copied());
        if existing.is_none() {
            known.0.extend(record.marks().into_iter().map(|mark| (mark, None)));
            texts.push(text(title, record.link().as_deref())?);
        }
        let place = existing.flatten();
        let file = place.map(|(file, _)| opened.log.files[file].name.as_str());
        told.push(Imported { title, added: existing.is_none(), line: place.map(|(_, line)| line), file });
    }
    if !texts.is_empty() {
        let pending = opened.log.sections.iter().find(|section| section.kind == SectionKind::Pending);
        let (file, today) = (pending.map_or(0, |section| section.file()), opened.today().ok());
        let dated = texts.iter().map(|text| added_on(&opened.log, file, text, today)).collect();
        item::make(opened, file, &[Intent::AddTasks(dated)])?;
    }
    // The log has no place for authors and venues; a sidecar file keeps them for exports.
    let kept = sidecar::<Biblio>(opened)?.change(|biblio| biblio.add(&records));
    match kept {
        Ok(kept) => kept.notice.map_or(Ok(()), |notice| tell(&notice.say(language)))?,
        Err(error) => tell(&error.say(language))?,
    }
    report(opened, &told, json, out)?;
    for key in &lost {
        let key = safe(key).into_owned();
        tell(&say!(language, "{key} cannot be read and was skipped", "{key} 无法读取，已跳过"))?;
    }
    Ok(if told.is_empty() { Outcome::Nothing } else { Outcome::Done })
}

fn report(opened: &Opened, told: &[Imported<'_>], json: bool, out: &mut Printer) -> anyhow::Result<()> {
    let language = opened.language;
    if json {
        out.json(&told)?;
        return Ok(());
    }
    for Imported { title, added, line, file } in told {
        let title = safe(title).into_owned();
        let said = match (added, line) {
            (true, _) => say!(language, "added: {title}", "已添加：{title}"),
            (false, Some(line)) => {
                let file = safe(file.unwrap_or_default()).into_owned();
                say!(language, "already at {file}:{line}: {title}", "已存在，{file}:{line}：{title}")
            }
            (false, None) => say!(language, "duplicate in the file: {title}", "文件中重复：{title}"),
        };
        writeln!(out, "{said}").context(item::result_not_printed(language))?;
    }
    out.flush().context(item::result_not_printed(language))?;
    let added = told.iter().filter(|told| told.added).count();
    let existing = told.len() - added;
    tell(&say!(language, "{added} added, {existing} already there", "新增 {added} 条，已存在 {existing} 条"))?;
    Ok(())
}

/// The records in a file, and the keys of entries that cannot be parsed.
fn read(file: &Path, language: Language) -> anyhow::Result<(Vec<Record>, Vec<String>)> {
    let shown = file.display();
    let text = match file.to_str() {
        Some("-") => std::io::read_to_string(std::io::stdin())
            .context(language.pick("cannot read standard input", "无法读取标准输入"))?,
        _ => read_text(file).map_err(|error| anyhow::Error::msg(error.say(language)))?,
    };
    let text = text.trim_start_matches('\u{FEFF}');
    let (records, lost) = match text.trim_start().chars().next() {
        Some('[' | '{') => match csl::read(text) {
            Ok(records) => (records, Vec::new()),
            Err(why) => {
                bail!(say!(language, "{shown}: not valid CSL-JSON: {why}", "{shown}：不是有效的 CSL-JSON：{why}"))
            }
        },
        Some('<') => match rdf::read(text) {
            Ok(records) => (records, Vec::new()),
            Err((line, why)) => {
                bail!(say!(language, "{shown}:{line}: not valid RDF: {why}", "{shown}:{line}：不是有效的 RDF：{why}"))
            }
        },
        _ if text.trim_start().starts_with("TY  -") => (ris::read(text), Vec::new()),
        _ if csv::is_table(text) => (csv::read(text), Vec::new()),
        _ => match bibtex::read(text) {
            Ok(read) => (read.records, read.lost),
            Err((line, why)) => bail!(say!(
                language,
                "{shown}:{line}: not valid BibTeX: {why}; nothing was imported",
                "{shown}:{line}：不是有效的 BibTeX：{why}；未导入任何内容"
            )),
        },
    };
    if records.is_empty() {
        bail!(say!(
            language,
            "{shown}: no references found; export BibTeX, CSL-JSON, RIS, CSV or Zotero RDF from your reference manager",
            "{shown}：没有找到文献；请从文献管理软件导出 BibTeX、CSL-JSON、RIS、CSV 或 Zotero RDF"
        ));
    }
    Ok((records, lost))
}

/// The text of an item: the title, linked if there is a URL.
fn text(title: &str, link: Option<&str>) -> anyhow::Result<String> {
    let title = one_line(title)?;
    let is_plain = |link: &&str| link.chars().all(|c| c.is_ascii_graphic() && !"()<>\\".contains(c));
    let mut escaped = String::with_capacity(title.len());
    for c in title.chars() {
        if "\\`*_[]<>$".contains(c) {
            escaped.push('\\');
        }
        escaped.push(c);
    }
    Ok(match link.filter(is_plain) {
        Some(link) => format!("[{escaped}]({link})"),
        None => escaped,
    })
}

/// Where the log has a paper: file index, and line from 1. `None` for a paper that this import adds.
type Location = Option<(usize, usize)>;

/// Where each paper of the log and of this import is, by title, DOI and arXiv id.
struct PaperLocations(HashMap<String, Location>);

impl PaperLocations {
    fn of(log: &Log) -> Self {
        let mut known = HashMap::new();
        let mut add = |title: &str, links: &mut dyn Iterator<Item = &str>, place: (usize, usize)| {
            let title = squash(title);
            let marks = links.flat_map(marks_of_link).chain((!title.is_empty()).then_some(title));
            for mark in marks {
                known.entry(mark).or_insert(Some(place));
            }
        };
        for entry in &log.entries {
            let head = &log.files[entry.file()].text[entry.span().start..entry.body().start];
            let mut links = entry.links().iter().map(String::as_str).chain(addresses(head));
            add(&entry.title, &mut links, (entry.file(), entry.line()));
        }
        for (index, task) in log.tasks.iter().enumerate().filter(|(_, task)| task.pending) {
            add(&title_of(&task.text), &mut addresses(&source(log, index)), (task.file, task.line));
        }
        Self(known)
    }
}

/// The URLs in a line.
pub fn addresses(line: &str) -> impl Iterator<Item = &str> {
    let ends = |c: char| c.is_whitespace() || "()<>[]\"'，。）".contains(c);
    line.split(ends).filter(|word| word.starts_with("http://") || word.starts_with("https://"))
}

/// The text of an item without URLs.
pub fn title_of(text: &str) -> String {
    text.split_whitespace().filter(|word| !word.contains("://")).collect::<Vec<_>>().join(" ")
}
