//! CSL-JSON, the format of Zotero, Pandoc and citeproc.

use serde_json::{Map, Value, json};

use super::{Name, Record, joined, names};

/// Pairs of BibTeX and CSL types. Where a type occurs more than once, the first pair wins.
const KINDS: [(&str, &str); 15] = [
    ("article", "article-journal"),
    ("inproceedings", "paper-conference"),
    ("conference", "paper-conference"),
    ("book", "book"),
    ("incollection", "chapter"),
    ("inbook", "chapter"),
    ("phdthesis", "thesis"),
    ("mastersthesis", "thesis"),
    ("thesis", "thesis"),
    ("techreport", "report"),
    ("report", "report"),
    ("online", "webpage"),
    ("dataset", "dataset"),
    ("software", "software"),
    ("misc", "article"),
];

/// The BibTeX and CSL names of plain text fields.
const FIELDS: [(&str, &str); 15] = [
    ("title", "title"),
    ("shorttitle", "title-short"),
    ("publisher", "publisher"),
    ("address", "publisher-place"),
    ("volume", "volume"),
    ("number", "issue"),
    ("pages", "page"),
    ("doi", "DOI"),
    ("url", "URL"),
    ("abstract", "abstract"),
    ("note", "note"),
    ("keywords", "keyword"),
    ("isbn", "ISBN"),
    ("issn", "ISSN"),
    ("language", "language"),
];

/// Converts a record to CSL.
pub fn write(record: &Record) -> Value {
    let mut out = Map::new();
    out.insert("id".into(), json!(record.key));
    let kind = KINDS.iter().find(|(bibtex, _)| *bibtex == record.kind).map_or("document", |(_, csl)| csl);
    out.insert("type".into(), json!(kind));
    for (bibtex, csl) in FIELDS {
        if let Some(value) = record.field(bibtex) {
            let value = if bibtex == "pages" { value.replace("--", "-") } else { value.to_owned() };
            out.insert(csl.into(), json!(value));
        }
    }
    if !out.contains_key("URL")
        && let Some(link) = record.link()
    {
        out.insert("URL".into(), json!(link));
    }
    out.extend(record.venue().map(|venue| ("container-title".to_owned(), json!(venue))));
    let institution = ["school", "institution", "organization"].iter().find_map(|name| record.field(name));
    if let (Some(institution), false) = (institution, out.contains_key("publisher")) {
        out.insert("publisher".into(), json!(institution));
    }
    for field in ["author", "editor", "translator"] {
        if let Some(value) = record.field(field) {
            let all: Vec<Value> = names(value).iter().map(name).collect();
            out.insert(field.into(), json!(all));
        }
    }
    let published = record.published();
    if !published.is_empty() {
        out.insert("issued".into(), json!({ "date-parts": [published] }));
    }
    Value::Object(out)
}

fn name(name: &Name) -> Value {
    match name {
        Name::Person(family, given) if given.is_empty() => json!({ "family": family }),
        Name::Person(family, given) => json!({ "family": family, "given": given }),
        Name::Whole(whole) => json!({ "literal": whole }),
    }
}

/// Parses an array of records, or an object with such an array in `items`.
///
/// # Errors
/// If the text is not JSON, or has no such array.
pub fn read(text: &str) -> Result<Vec<Record>, String> {
    let value: Value = serde_json::from_str(text).map_err(|error| error.to_string())?;
    let items = value.as_array().or_else(|| value.get("items").and_then(Value::as_array));
    let items = items.ok_or_else(|| "no array of references".to_owned())?;
    Ok(items.iter().filter_map(record).collect())
}

fn record(item: &Value) -> Option<Record> {
    let item = item.as_object()?;
    let text = |name: &str| item.get(name).and_then(plain);
    let csl = text("type").unwrap_or_default();
    let kind = KINDS.iter().find(|(_, known)| *known == csl).map_or("misc", |(bibtex, _)| bibtex);
    let key = text("citation-key").or_else(|| text("id")).unwrap_or_default();
    let mut record = Record { key, kind: kind.to_owned(), ..Record::default() };
    for (bibtex, csl) in FIELDS {
        if let Some(value) = text(csl) {
            record.set(bibtex, if bibtex == "pages" { value.replace('-', "--").replace("----", "--") } else { value });
        }
    }
    if let Some(venue) = text("container-title") {
        let field = if matches!(kind, "inproceedings" | "incollection") { "booktitle" } else { "journal" };
        record.set(field, venue);
    }
    for field in ["author", "editor", "translator"] {
        let people = item.get(field).and_then(Value::as_array).into_iter().flatten().filter_map(person);
        record.set(field, joined(&people.collect::<Vec<_>>()));
    }
    let parts = item.get("issued").and_then(|issued| issued.get("date-parts")).and_then(|parts| parts.get(0));
    let parts = parts.and_then(Value::as_array).into_iter().flatten().filter_map(plain);
    for (name, value) in ["year", "month", "day"].into_iter().zip(parts) {
        record.set(name, value);
    }
    record.title().is_some().then_some(record)
}

fn person(value: &Value) -> Option<Name> {
    let text = |name: &str| value.get(name).and_then(plain);
    match (text("family"), text("literal")) {
        (Some(family), _) => {
            let family =
                text("non-dropping-particle").map_or_else(|| family.clone(), |part| format!("{part} {family}"));
            Some(Name::Person(family, text("given").unwrap_or_default()))
        }
        (None, literal) => literal.map(Name::Whole),
    }
}

/// The text of a string or number; `None` for other values.
fn plain(value: &Value) -> Option<String> {
    match value {
        Value::String(text) => Some(text.clone()),
        Value::Number(number) => Some(number.to_string()),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_written_reads_back() {
        let text = r#"[{"id": 7, "type": "paper-conference", "title": "Emu", "container-title": "Proc. of Gnus", "page": "1-9",
            "author": [{"family": "Doe", "given": "Ada"}, {"literal": "Gnu Inc."}], "issued": {"date-parts": [["2031", 5]]},
            "DOI": "10.1/x", "URL": "https://x.org"}, {"type": "book"}]"#;
        let records = read(text).expect("CSL-JSON");
        assert_eq!(records.len(), 1);
        assert_eq!((records[0].key.as_str(), records[0].venue()), ("7", Some("Proc. of Gnus")));
        assert_eq!((records[0].published(), records[0].field("pages")), (vec![2031, 5], Some("1--9")));
        let again = read(&json!([write(&records[0])]).to_string());
        assert_eq!(again, Ok(records));
        assert!(read("{}").is_err() && read("[").is_err());
    }
}
