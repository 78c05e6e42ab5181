//! Bibliographic records, with BibTeX field names.
//!
//! The log holds only titles and links. Imported authors, venues and other fields are kept beside the log and
//! included in exports.

pub(crate) mod bibtex;
pub(crate) mod csl;
pub(crate) mod csv;
mod keys;
pub(crate) mod rdf;
pub(crate) mod ris;

use std::collections::{BTreeMap, HashMap};

use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

use super::squash::squash;
pub(crate) use keys::Keys;

/// The bibliographic data of one paper.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Record {
    /// The citation key, unique in a bibliography.
    pub key: String,
    /// The BibTeX entry type, such as `article` or `inproceedings`.
    pub kind: String,
    /// All fields, by BibTeX name. Names of people are separated by ` and `; a name in braces is not split.
    pub fields: BTreeMap<String, String>,
}

/// A person or an organisation.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Name {
    /// Family name and given names, which may be empty.
    Person(String, String),
    /// An organisation, or an unsplit name.
    Whole(String),
}

impl Record {
    /// The value of a field, unless it is blank.
    pub(crate) fn field(&self, name: &str) -> Option<&str> {
        self.fields.get(name).map(|value| value.trim()).filter(|value| !value.is_empty())
    }

    /// Sets a field, unless the value is blank.
    pub(crate) fn set(&mut self, name: &str, value: impl Into<String>) {
        let value = value.into();
        if !value.trim().is_empty() {
            self.fields.insert(name.to_owned(), value);
        }
    }

    /// The title.
    pub(crate) fn title(&self) -> Option<&str> {
        self.field("title")
    }

    /// The parsed authors.
    pub fn authors(&self) -> Vec<Name> {
        self.field("author").map_or_else(Vec::new, names)
    }

    /// The journal, proceedings or book that the paper appeared in.
    pub(crate) fn venue(&self) -> Option<&str> {
        ["journal", "journaltitle", "booktitle"].iter().find_map(|name| self.field(name))
    }

    /// Year, month and day of publication: as many as are known.
    pub(crate) fn published(&self) -> Vec<u32> {
        let date = self.field("date").or_else(|| self.field("year")).unwrap_or_default();
        let date = date.split('/').next().unwrap_or_default();
        let mut parts: Vec<u32> = date.split('-').map_while(|part| part.trim().parse().ok()).collect();
        if parts.len() == 1 {
            parts.extend(self.field("month").and_then(month));
            if parts.len() == 2 {
                parts.extend(self.field("day").and_then(|day| day.parse::<u32>().ok()));
            }
        }
        parts.truncate(3);
        parts
    }

    /// The DOI without a URL prefix.
    pub(crate) fn doi(&self) -> Option<&str> {
        self.field("doi").map(|doi| doi.rsplit_once("doi.org/").map_or(doi, |(_, doi)| doi))
    }

    /// The arXiv id without version.
    pub(crate) fn arxiv(&self) -> Option<String> {
        let is_arxiv = ["archiveprefix", "eprinttype"]
            .iter()
            .any(|name| self.field(name).is_some_and(|kind| kind.eq_ignore_ascii_case("arxiv")));
        let own = self.field("eprint").filter(|_| is_arxiv).map(str::to_owned);
        own.or_else(|| self.field("url").and_then(arxiv_of)).map(|id| without_version(&id).to_owned())
    }

    /// The URL, or else one made from the arXiv id or DOI.
    pub(crate) fn link(&self) -> Option<String> {
        let arxiv = || self.arxiv().map(|id| format!("https://arxiv.org/abs/{id}"));
        let doi = || self.doi().map(|doi| format!("https://doi.org/{doi}"));
        self.field("url").map(str::to_owned).or_else(arxiv).or_else(doi)
    }

    /// Identifiers for matching records to papers: title, DOI and arXiv id, each in normalised form.
    pub(crate) fn marks(&self) -> Vec<String> {
        let title = self.title().map(squash).filter(|title| !title.is_empty());
        let doi = self.doi().map(|doi| format!("doi:{}", doi.to_lowercase()));
        let arxiv = self.arxiv().map(|id| format!("arxiv:{id}"));
        [title, doi, arxiv].into_iter().flatten().collect()
    }
}

/// The DOI or arXiv id in a URL, in the same form as in [`Record::marks`].
pub(crate) fn marks_of_link(link: &str) -> Vec<String> {
    let doi = link.split_once("doi.org/").map(|(_, doi)| format!("doi:{}", doi.to_lowercase()));
    let arxiv = arxiv_of(link).map(|id| format!("arxiv:{}", without_version(&id)));
    [doi, arxiv].into_iter().flatten().collect()
}

fn arxiv_of(link: &str) -> Option<String> {
    let (_, path) = link.split_once("arxiv.org/")?;
    let id = path.strip_prefix("abs/").or_else(|| path.strip_prefix("pdf/"))?;
    let id = id.split(['?', '#']).next()?.trim_end_matches(".pdf").trim_end_matches('/');
    (!id.is_empty()).then(|| id.to_owned())
}

fn without_version(id: &str) -> &str {
    match id.rsplit_once('v') {
        Some((id, version)) if !version.is_empty() && version.bytes().all(|byte| byte.is_ascii_digit()) => id,
        _ => id,
    }
}

/// Parses a month: a number or an English name or abbreviation.
fn month(text: &str) -> Option<u32> {
    const MONTHS: [&str; 12] = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];
    let text = text.trim().to_lowercase();
    let named = || MONTHS.iter().position(|month| text.starts_with(month)).and_then(|at| u32::try_from(at + 1).ok());
    text.parse().ok().filter(|month| (1..=12).contains(month)).or_else(named)
}

/// Parses a BibTeX name field.
pub(crate) fn names(field: &str) -> Vec<Name> {
    let mut names = Vec::new();
    let (mut depth, mut from) = (0_usize, 0);
    for (at, c) in field.char_indices() {
        match c {
            '{' => depth += 1,
            '}' => depth = depth.saturating_sub(1),
            ' ' if depth == 0 && at >= from && field[at..].starts_with(" and ") => {
                names.extend(name(&field[from..at]));
                from = at + " and ".len();
            }
            _ => {}
        }
    }
    names.extend(name(field.get(from..).unwrap_or_default()));
    names
}

fn name(text: &str) -> Option<Name> {
    let text = text.trim();
    if text.is_empty() {
        return None;
    }
    let bare = || text.replace(['{', '}'], "");
    if text.starts_with('{') && text.ends_with('}') {
        return Some(Name::Whole(bare()));
    }
    Some(match text.split_once(',') {
        Some((family, given)) => {
            let clean = |text: &str| text.replace(['{', '}'], "").trim().to_owned();
            Name::Person(clean(family), clean(given))
        }
        None => match text.rsplit_once(' ') {
            Some((given, family)) => Name::Person(family.replace(['{', '}'], ""), given.replace(['{', '}'], "")),
            None => Name::Whole(bare()),
        },
    })
}

/// Formats names as a BibTeX field.
pub(crate) fn joined(names: &[Name]) -> String {
    let one = |name: &Name| match name {
        Name::Person(family, given) if given.is_empty() => family.clone(),
        Name::Person(family, given) => format!("{family}, {given}"),
        Name::Whole(whole) if whole.contains(' ') => format!("{{{whole}}}"),
        Name::Whole(whole) => whole.clone(),
    };
    names.iter().map(one).collect::<Vec<_>>().join(" and ")
}

/// The imported records, stored beside the log.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct Biblio {
    /// The schema version: [`Self::VERSION`] or older.
    pub version: u64,
    /// The records, in import order.
    pub records: Vec<Record>,
    /// Fields of newer versions.
    #[serde(flatten)]
    pub unknown: Map<String, Value>,
}

impl Default for Biblio {
    fn default() -> Self {
        Self { version: Self::VERSION, records: Vec::new(), unknown: Map::new() }
    }
}

impl Biblio {
    /// The schema version that this program writes.
    pub(crate) const VERSION: u64 = 1;

    /// Adds records. If a paper already has a record, only adds missing fields to that.
    pub(crate) fn add(&mut self, records: &[Record]) {
        let mut known = self.index();
        let mut keys = Keys::of(self.records.iter().map(|record| record.key.clone()));
        for record in records {
            let marks = record.marks();
            if let Some(at) = marks.iter().find_map(|mark| known.get(mark)).copied() {
                for (name, value) in &record.fields {
                    self.records[at].fields.entry(name.clone()).or_insert_with(|| value.clone());
                }
                continue;
            }
            let mut record = record.clone();
            record.key = keys.unused(&record.key);
            known.extend(marks.into_iter().map(|mark| (mark, self.records.len())));
            self.records.push(record);
        }
    }

    /// Maps identifiers ([`Record::marks`]) to indices of records.
    pub(crate) fn index(&self) -> HashMap<String, usize> {
        let marks = self
            .records
            .iter()
            .enumerate()
            .flat_map(|(at, record)| record.marks().into_iter().map(move |mark| (mark, at)));
        marks.collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_split_outside_braces() {
        let person = |family: &str, given: &str| Name::Person(family.into(), given.into());
        let names = names("Doe, Ada and Ben van Owl and {Gnus and Yaks Inc.} and Plato");
        let wanted = [
            person("Doe", "Ada"),
            person("Owl", "Ben van"),
            Name::Whole("Gnus and Yaks Inc.".into()),
            Name::Whole("Plato".into()),
        ];
        assert_eq!(names, wanted);
        assert_eq!(super::names(&joined(&names)), wanted);
    }

    #[test]
    fn dates_keep_their_precision() {
        let mut record = Record::default();
        record.set("year", "2031");
        assert_eq!(record.published(), [2031]);
        record.set("month", "May");
        assert_eq!(record.published(), [2031, 5]);
        record.set("date", "2032-06-07/2032-06-09");
        assert_eq!(record.published(), [2032, 6, 7]);
    }

    #[test]
    fn papers_are_matched_by_title_doi_or_arxiv_id() {
        let record = |title: &str, name: &str, value: &str| {
            let mut record = Record { key: "a".into(), kind: "misc".into(), ..Record::default() };
            record.set("title", title);
            record.set(name, value);
            record
        };
        let mut all = Biblio::default();
        all.add(&[record("Emu: A Model", "url", "https://arxiv.org/abs/2031.1v2"), record("Owl", "doi", "10.1/X")]);
        all.add(&[
            record("EMU a model", "year", "2031"),
            record("Owls", "doi", "https://doi.org/10.1/x"),
            record("Gnu", "", ""),
        ]);
        let keys: Vec<&str> = all.records.iter().map(|record| record.key.as_str()).collect();
        assert_eq!(keys, ["a", "a-2", "a-3"]);
        assert_eq!((all.records[0].field("year"), all.records[0].arxiv().as_deref()), (Some("2031"), Some("2031.1")));
    }
}
