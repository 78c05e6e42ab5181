//! The records of a bibliography: the papers of a log with their imported fields, and the imported items of the
//! pending list.

use std::collections::{HashMap, HashSet};

use super::bibtex;
use crate::cli::import::{addresses, title_of};
use crate::cli::library::Papers;
use crate::cli::progress::Progress;
use crate::cli::review::sidecar;
use crate::cli::{Opened, tell};
use crate::log::edit::source;
use crate::log::{Entry, EntryKind};
use crate::papers::Paper;
use crate::papers::biblio::{Biblio, Keys, Record, marks_of_link};
use crate::papers::squash::squash;
use crate::words::Say;

/// Papers, including drafts, then imported items, in log order; each record gets a unique key.
pub fn records(opened: &Opened, papers: &Papers, progress: &mut Progress) -> anyhow::Result<Vec<Record>> {
    let loaded = sidecar::<Biblio>(opened)?.load();
    let biblio = match loaded {
        Ok(loaded) => {
            loaded.notice.map_or(Ok(()), |notice| tell(&notice.say(opened.language)))?;
            loaded.document
        }
        Err(error) => {
            tell(&error.say(opened.language))?;
            Biblio::default()
        }
    };
    let index = biblio.index();
    let mut all = Vec::new();
    let (mut keys, mut used) = (Keys::default(), HashSet::new());
    let is_paper = |entry: &&Entry| entry.kind != EntryKind::Note && !entry.title.is_empty();
    for (at, entry) in opened.log.entries.iter().enumerate().filter(|(_, entry)| is_paper(entry)) {
        progress.step();
        let links = entry.links().iter().map(String::as_str);
        let known = find(&index, &entry.title, links);
        let mut record = known.map_or_else(Record::default, |at| biblio.records[at].clone());
        used.extend(known);
        of_entry(opened, entry, papers.paper(at), &mut record);
        all.push(keyed(record, || bibtex::key(entry), &mut keys));
    }
    let items = opened.log.tasks.iter().enumerate().filter(|(_, task)| task.pending && task.entry.is_none());
    for (item, task) in items {
        let known = find(&index, &title_of(&task.text), addresses(&source(&opened.log, item)));
        if let Some(at) = known.filter(|at| used.insert(*at)) {
            all.push(keyed(biblio.records[at].clone(), || "paper".to_owned(), &mut keys));
        }
    }
    Ok(all)
}

fn find<'a>(index: &HashMap<String, usize>, title: &str, links: impl Iterator<Item = &'a str>) -> Option<usize> {
    let marks = std::iter::once(squash(title)).chain(links.flat_map(marks_of_link));
    marks.filter(|mark| !mark.is_empty()).find_map(|mark| index.get(&mark).copied())
}

fn keyed(mut record: Record, own: impl FnOnce() -> String, keys: &mut Keys) -> Record {
    let is_key =
        |key: &str| !key.is_empty() && key.chars().all(|c| c.is_ascii_graphic() && !"{}(),=\"#%\\~".contains(c));
    let key = if is_key(&record.key) { std::mem::take(&mut record.key) } else { own() };
    record.key = keys.unused(&key);
    if record.kind.is_empty() {
        record.kind = "misc".to_owned();
    }
    record
}

/// Completes a record with what the log and the PDF say. Imported fields win, except that the title is the log's.
fn of_entry(opened: &Opened, entry: &Entry, paper: Option<&Paper>, record: &mut Record) {
    let mut set = |name: &str, value: String| {
        if record.field(name).is_none() {
            record.set(name, value);
        }
    };
    if let Some(short) = entry.short_name() {
        set("shorttitle", short.to_string());
    }
    if let Some(paper) = paper {
        set("author", paper.authors.join(" and "));
        if let Some(id) = &paper.arxiv {
            set("eprint", id.clone());
            set("archiveprefix", "arXiv".to_owned());
        }
        set("doi", paper.doi.clone().unwrap_or_default());
    }
    let organisations: Vec<String> = entry.organisations.iter().map(|name| format!("{{{name}}}")).collect();
    set("organization", organisations.join(" and "));
    let title = &opened.log.files[entry.file()].text[entry.span().start..entry.body().start];
    let own = bibtex::address(title).map(str::to_owned);
    let arxiv = || Some(format!("https://arxiv.org/abs/{}", paper?.arxiv.as_ref()?));
    let doi = || paper?.doi.as_ref().filter(|doi| bibtex::is_plain(doi)).map(|doi| format!("https://doi.org/{doi}"));
    set("url", own.or_else(arxiv).or_else(doi).unwrap_or_default());
    set("timestamp", entry.date.map(|date| date.to_string()).unwrap_or_default());
    if let Some(published) =
        entry.published.filter(|_| record.field("year").is_none() && record.field("date").is_none())
    {
        record.set("year", format!("{:04}", published.year));
        record.set("month", published.month.map(|month| month.to_string()).unwrap_or_default());
    }
    record.set("title", entry.title.clone());
}
