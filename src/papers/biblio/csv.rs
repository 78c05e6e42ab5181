//! Parses the CSV that Zotero and other reference managers export: a row per paper, with named columns.

use super::{Name, Record, joined};

/// Columns and their BibTeX fields, in lower case. If several columns map to a field, the first that is not empty is
/// used.
const COLUMNS: [(&str, &str); 21] = [
    ("title", "title"),
    ("publication year", "year"),
    ("year", "year"),
    ("date", "date"),
    ("publication title", "journal"),
    ("journal", "journal"),
    ("source title", "journal"),
    ("doi", "doi"),
    ("url", "url"),
    ("link", "url"),
    ("abstract note", "abstract"),
    ("abstract", "abstract"),
    ("pages", "pages"),
    ("issue", "number"),
    ("volume", "volume"),
    ("issn", "issn"),
    ("isbn", "isbn"),
    ("publisher", "publisher"),
    ("series", "series"),
    ("language", "language"),
    ("manual tags", "keywords"),
];
/// Columns with the names of the authors.
const AUTHORS: [&str; 2] = ["author", "authors"];

/// Whether the first line of a text names a title column and at least one other known column.
pub fn is_table(text: &str) -> bool {
    let mut reader = csv::ReaderBuilder::new().flexible(true).from_reader(text.as_bytes());
    reader.headers().is_ok_and(|heads| {
        let known = heads.iter().filter(|head| {
            let head = head.trim().to_lowercase();
            AUTHORS.contains(&head.as_str()) || COLUMNS.iter().any(|(column, _)| *column == head)
        });
        heads.iter().any(|head| head.trim().eq_ignore_ascii_case("title")) && known.count() > 1
    })
}

/// Parses all rows that have a title; skips rows that are not valid CSV.
pub fn read(text: &str) -> Vec<Record> {
    let mut reader = csv::ReaderBuilder::new().flexible(true).from_reader(text.as_bytes());
    let heads: Vec<String> = match reader.headers() {
        Ok(heads) => heads.iter().map(|head| head.trim().to_lowercase()).collect(),
        Err(_) => return Vec::new(),
    };
    let of_row = |row: csv::StringRecord| {
        let mut record = Record { kind: "misc".to_owned(), ..Record::default() };
        for (head, cell) in heads.iter().zip(&row) {
            let field = COLUMNS.iter().find(|(column, _)| column == head).map(|(_, field)| *field);
            match field {
                Some("keywords") => record.set("keywords", cell.replace("; ", ", ")),
                Some(field) if record.field(field).is_none() => record.set(field, cell.trim()),
                None if AUTHORS.contains(&head.as_str()) => record.set("author", joined(&names(cell))),
                _ => {}
            }
        }
        record.title().is_some().then_some(record)
    };
    reader.records().filter_map(Result::ok).filter_map(of_row).collect()
}

/// Parses names that are separated by semicolons, each with the family name first.
fn names(cell: &str) -> Vec<Name> {
    let names = cell.split(';').map(str::trim).filter(|name| !name.is_empty());
    names
        .map(|name| match name.split_once(',') {
            Some((family, given)) => Name::Person(family.trim().to_owned(), given.trim().to_owned()),
            None => Name::Whole(name.to_owned()),
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rows_are_papers() {
        let text = "\"Key\",\"Item Type\",\"Publication Year\",\"Author\",\"Title\",\"DOI\",\"Url\"\n\
                    \"A1\",\"journalArticle\",\"2031\",\"Doe, Jane; The Emu Group\",\"Emus, at \"\"Night\"\"\",\"10.1/emu\",\"\"\n\
                    \"A2\",\"note\",\"\",\"\",\"\",\"\",\"\"\n";
        assert!(is_table(text) && !is_table("a,b\n1,2\n") && !is_table("Title\nEmus\n"));
        let records = read(text);
        let [paper] = records.as_slice() else { panic!("{records:?}") };
        let field = |name| paper.field(name).unwrap_or_default();
        assert_eq!((field("title"), field("year"), field("doi")), ("Emus, at \"Night\"", "2031", "10.1/emu"));
        assert_eq!(field("author"), "Doe, Jane and {The Emu Group}");
    }
}
