//! RIS, the format that all reference managers read: one tag and value per line.

use std::fmt::Write;

use super::{Name, Record, joined, names};

/// Pairs of BibTeX and RIS types.
const KINDS: [(&str, &str); 12] = [
    ("article", "JOUR"),
    ("inproceedings", "CONF"),
    ("conference", "CONF"),
    ("book", "BOOK"),
    ("incollection", "CHAP"),
    ("inbook", "CHAP"),
    ("phdthesis", "THES"),
    ("mastersthesis", "THES"),
    ("thesis", "THES"),
    ("techreport", "RPRT"),
    ("online", "ELEC"),
    ("misc", "GEN"),
];

/// The BibTeX and RIS names of single-line fields.
const FIELDS: [(&str, &str); 10] = [
    ("shorttitle", "ST"),
    ("volume", "VL"),
    ("number", "IS"),
    ("publisher", "PB"),
    ("address", "CY"),
    ("doi", "DO"),
    ("abstract", "AB"),
    ("note", "N1"),
    ("language", "LA"),
    ("issn", "SN"),
];

/// Appends a record.
pub fn write(record: &Record, out: &mut String) {
    let kind = KINDS.iter().find(|(bibtex, _)| *bibtex == record.kind).map_or("GEN", |(_, ris)| ris);
    let mut line = |tag: &str, value: &str| {
        let value = value.split_whitespace().collect::<Vec<_>>().join(" ");
        // Writing to a string cannot fail.
        let _ = write!(out, "{tag}  - {value}\r\n");
    };
    line("TY", kind);
    line("ID", &record.key);
    line("TI", record.title().unwrap_or_default());
    for (field, tag) in [("author", "AU"), ("editor", "ED")] {
        for name in names(record.field(field).unwrap_or_default()) {
            match name {
                Name::Person(family, given) if given.is_empty() => line(tag, &family),
                Name::Person(family, given) => line(tag, &format!("{family}, {given}")),
                Name::Whole(whole) => line(tag, &whole),
            }
        }
    }
    record.venue().iter().for_each(|venue| line("T2", venue));
    let published = record.published();
    if let Some(year) = published.first() {
        line("PY", &year.to_string());
        let parts = [Some(format!("{year}")), published.get(1).map(|month| format!("{month:02}"))];
        let day = published.get(2).map(|day| format!("{day:02}"));
        let date: Vec<String> = parts.into_iter().chain([day]).flatten().collect();
        if date.len() > 1 {
            line("DA", &date.join("/"));
        }
    }
    if let Some((first, last)) = record.field("pages").map(|pages| pages.split_once('-').unwrap_or((pages, ""))) {
        line("SP", first);
        if !last.is_empty() {
            line("EP", last.trim_start_matches('-'));
        }
    }
    FIELDS
        .iter()
        .filter_map(|(field, tag)| Some((tag, record.field(field)?)))
        .for_each(|(tag, value)| line(tag, value));
    record.link().iter().for_each(|link| line("UR", link));
    let keywords = record.field("keywords").unwrap_or_default().split([',', ';']).map(str::trim);
    keywords.filter(|word| !word.is_empty()).for_each(|word| line("KW", word));
    out.push_str("ER  - \r\n\r\n");
}

/// Parses the records that have a title; skips lines that are not RIS.
pub fn read(text: &str) -> Vec<Record> {
    let mut records = Vec::new();
    let mut now: Option<(Record, [Vec<Name>; 2], Vec<String>)> = None;
    for line in text.lines() {
        let Some((tag, value)) = line.trim_start_matches('\u{FEFF}').split_once("  -") else { continue };
        let value = value.trim();
        if tag == "TY" {
            let kind = KINDS.iter().find(|(_, ris)| *ris == value).map_or("misc", |(bibtex, _)| bibtex);
            now = Some((Record { kind: kind.to_owned(), ..Record::default() }, Default::default(), Vec::new()));
            continue;
        }
        let Some((record, [authors, editors], keywords)) = &mut now else { continue };
        match tag {
            "ER" => {
                record.set("author", joined(authors));
                record.set("editor", joined(editors));
                record.set("keywords", keywords.join(", "));
                if record.title().is_some() {
                    records.push(record.clone());
                }
                now = None;
            }
            "ID" => record.key = value.to_owned(),
            "TI" | "T1" => record.set("title", value),
            "AU" | "A1" => authors.push(name(value)),
            "ED" => editors.push(name(value)),
            "T2" | "JO" | "JF" => {
                let is_book = matches!(record.kind.as_str(), "inproceedings" | "incollection");
                record.set(if is_book { "booktitle" } else { "journal" }, value);
            }
            "PY" | "Y1" | "DA" => date(record, value),
            "SP" => record.set("pages", value),
            "EP" => {
                let first = record.field("pages").unwrap_or_default().to_owned();
                record.set("pages", format!("{first}--{value}"));
            }
            "UR" => record.set("url", value),
            "KW" => keywords.push(value.to_owned()),
            _ => {
                if let Some((field, _)) = FIELDS.iter().find(|(_, known)| *known == tag) {
                    record.set(field, value);
                }
            }
        }
    }
    records
}

fn name(value: &str) -> Name {
    match value.split_once(',') {
        Some((family, given)) => Name::Person(family.trim().to_owned(), given.trim().to_owned()),
        None => Name::Whole(value.to_owned()),
    }
}

/// Sets the parts of a date such as `2031/05/17/`; each may be missing.
fn date(record: &mut Record, value: &str) {
    for (field, part) in ["year", "month", "day"].into_iter().zip(value.split('/')) {
        let part = part.trim();
        record.set(field, if field == "year" { part } else { part.trim_start_matches('0') });
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_written_reads_back() {
        let mut record = Record { key: "emu".into(), kind: "inproceedings".into(), ..Record::default() };
        for (name, value) in [
            ("title", "Emu: A Model"),
            ("author", "Doe, Ada and Plato"),
            ("booktitle", "Proc. of Gnus"),
            ("year", "2031"),
            ("month", "5"),
            ("day", "17"),
            ("editor", "Gnu, Bo and Owl, Cy"),
            ("pages", "1--9"),
            ("doi", "10.1/x"),
            ("url", "https://x.org"),
            ("keywords", "birds, models"),
        ] {
            record.set(name, value);
        }
        let mut text = String::new();
        write(&record, &mut text);
        assert!(text.starts_with("TY  - CONF\r\nID  - emu\r\n") && text.ends_with("ER  - \r\n\r\n"), "{text}");
        assert_eq!(read(&text), [record]);
        let dated = |lines: &str| read(&format!("TY  - JOUR\nTI  - Emu\n{lines}ER  - \n"))[0].published();
        assert_eq!(dated("DA  - 2031/05/17/Spring\n"), [2031, 5, 17]);
        assert_eq!(dated("DA  - 2031/05\nPY  - 2031\n"), [2031, 5]);
        assert_eq!(dated("Y1  - 2031///\n"), [2031]);
    }
}
