//! `papers-tui export --format bibtex`: the papers, for a bibliography.
//!
//! A log seldom says who wrote a paper or where it appeared: its PDF, if there is one, says the
//! authors, the arXiv id and the DOI. What neither says is left out, and nothing is guessed.

use std::collections::HashSet;
use std::fmt::Write;

use unicode_normalization::UnicodeNormalization;

use crate::cli::Opened;
use crate::cli::library::Papers;
use crate::cli::progress::Progress;
use crate::log::{Entry, EntryKind};
use crate::papers::Paper;

/// Months as BibTeX's own words, which every style knows.
const MONTHS: [&str; 12] = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];

/// Words that open a title and say nothing of it.
const OPENERS: [&str; 8] = ["a", "an", "the", "on", "in", "of", "to", "is"];

/// The whole document: papers and those still to be written, in the order of the log.
pub fn document(opened: &Opened, papers: &Papers, progress: &mut Progress) -> String {
    let mut out = String::new();
    let mut keys = HashSet::new();
    let is_paper = |entry: &&Entry| entry.kind != EntryKind::Note && !entry.title.is_empty();
    for (index, entry) in opened.log.entries.iter().enumerate().filter(|(_, entry)| is_paper(entry)) {
        progress.step();
        let key = unused(&key(entry), &mut keys);
        let fields: String =
            fields(opened, entry, papers.paper(index)).into_iter().fold(String::new(), |mut fields, (name, value)| {
                // Writing to a text cannot fail.
                let _ = writeln!(fields, "  {name} = {value},");
                fields
            });
        let parted = if out.is_empty() { "" } else { "\n" };
        let _ = write!(out, "{parted}@misc{{{key},\n{fields}}}\n");
    }
    out
}

fn fields(opened: &Opened, entry: &Entry, paper: Option<&Paper>) -> Vec<(&'static str, String)> {
    // The inner braces keep the title's capitals in every style.
    let mut fields = vec![("title", format!("{{{{{}}}}}", escaped(&entry.title)))];
    if let Some(short) = &entry.short_name {
        fields.push(("shorttitle", format!("{{{{{}}}}}", escaped(short))));
    }
    if let Some(published) = entry.published {
        fields.push(("year", format!("{{{:04}}}", published.year)));
        let month = published.month.and_then(|month| MONTHS.get(usize::try_from(month).ok()?.checked_sub(1)?));
        fields.extend(month.map(|month| ("month", (*month).to_owned())));
    }
    if !entry.organisations.is_empty() {
        let names = entry.organisations.iter().map(|name| format!("{{{}}}", escaped(name)));
        fields.push(("organization", format!("{{{}}}", names.collect::<Vec<_>>().join(" and "))));
    }
    let title = &opened.log.files[entry.file].text[entry.span.start..entry.body.start];
    let mut url = address(title).map(str::to_owned);
    if let Some(paper) = paper {
        fields.extend(of_pdf(paper));
        let arxiv = || paper.arxiv.as_ref().map(|id| format!("https://arxiv.org/abs/{id}"));
        let doi = || paper.doi.as_ref().filter(|doi| is_plain(doi)).map(|doi| format!("https://doi.org/{doi}"));
        url = url.or_else(arxiv).or_else(doi);
    }
    fields.extend(url.map(|url| ("url", format!("{{{url}}}"))));
    // The day on which the entry was made, by the name that reference managers give it.
    fields.extend(entry.date.map(|date| ("timestamp", format!("{{{date}}}"))));
    fields
}

/// What the PDF says: who wrote it, and what it is known by.
fn of_pdf(paper: &Paper) -> Vec<(&'static str, String)> {
    let mut fields = Vec::new();
    if !paper.authors.is_empty() {
        let names: Vec<String> = paper.authors.iter().map(|name| escaped(name)).collect();
        fields.push(("author", format!("{{{}}}", names.join(" and "))));
    }
    if let Some(id) = &paper.arxiv {
        fields.push(("eprint", format!("{{{id}}}")));
        fields.push(("archiveprefix", "{arXiv}".to_owned()));
    }
    fields.extend(paper.doi.as_ref().map(|doi| ("doi", format!("{{{}}}", escaped(doi)))));
    fields
}

/// Whether nothing in an address could end a field.
fn is_plain(address: &str) -> bool {
    address.chars().all(is_address)
}

fn is_address(c: char) -> bool {
    c.is_ascii_graphic() && !"{}\\\"<>^`|*()[]".contains(c)
}

/// The address on the title's own line: one in the summary may lead to anything. What could
/// end a field is in none.
fn address(title: &str) -> Option<&str> {
    let start = title.find("https://").or_else(|| title.find("http://"))?;
    let end = title[start..].find(|c| !is_address(c)).map_or(title.len(), |length| start + length);
    Some(&title[start..end])
}

/// The short name, or the title's first word that says something, and the year.
fn key(entry: &Entry) -> String {
    let letters = |text: &str| text.nfkd().flat_map(latin).filter(char::is_ascii_alphanumeric).collect::<String>();
    let short = entry.short_name.as_deref().map(letters).filter(|name| !name.is_empty());
    let mut words = entry.title.split_whitespace().map(letters).filter(|word| !word.is_empty());
    let name = short.or_else(|| words.find(|word| !OPENERS.contains(&word.to_ascii_lowercase().as_str())));
    let year = entry.published.map(|published| published.year.to_string()).unwrap_or_default();
    format!("{}{year}", name.unwrap_or_else(|| "paper".into()).to_ascii_lowercase())
}

/// A letter that is no other with an accent, by the letters that are read for it.
fn latin(c: char) -> impl Iterator<Item = char> {
    let letters = match c {
        'ß' => "ss",
        'æ' | 'Æ' => "ae",
        'œ' | 'Œ' => "oe",
        'ø' | 'Ø' => "o",
        'ł' | 'Ł' => "l",
        'đ' | 'Đ' | 'ð' | 'Ð' => "d",
        'þ' | 'Þ' => "th",
        _ => "",
    };
    letters.chars().chain(letters.is_empty().then_some(c))
}

/// The key, with a number where it was used before. Case does not tell keys apart.
fn unused(key: &str, used: &mut HashSet<String>) -> String {
    let numbered = (2..).map(|number| format!("{key}-{number}"));
    let mut free = std::iter::once(key.to_owned()).chain(numbered).filter(|key| used.insert(key.clone()));
    free.next().unwrap_or_default()
}

/// Text in which nothing means anything to TeX or BibTeX. Braces are written out, since
/// BibTeX counts them even behind a backslash.
fn escaped(text: &str) -> String {
    let mut out = String::new();
    for c in text.chars() {
        match c {
            '\\' => out.push_str("\\textbackslash{}"),
            '{' => out.push_str("\\textbraceleft{}"),
            '}' => out.push_str("\\textbraceright{}"),
            '~' => out.push_str("\\textasciitilde{}"),
            '^' => out.push_str("\\textasciicircum{}"),
            '&' | '%' | '$' | '#' | '_' => out.extend(['\\', c]),
            c if c.is_control() => {}
            c => out.push(c),
        }
    }
    out
}
