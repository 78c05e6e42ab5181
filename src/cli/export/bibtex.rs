//! `papers-tui export --format bibtex`: the papers, for a bibliography.
//!
//! A log seldom says who wrote a paper or where it appeared: its PDF, if there is one, says the
//! authors, the arXiv id and the DOI. What neither says is left out, and nothing is guessed.

use std::fmt::Write;

use unicode_normalization::UnicodeNormalization;

use crate::log::Entry;
use crate::papers::biblio::Record;

/// Months as BibTeX's own words, which every style knows.
const MONTHS: [&str; 12] = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];

/// Words that open a title and say nothing of it.
const OPENERS: [&str; 8] = ["a", "an", "the", "on", "in", "of", "to", "is"];

/// Fields that stand first, in this order; others follow by the alphabet.
const FIRST: [&str; 11] = [
    "title",
    "shorttitle",
    "year",
    "month",
    "organization",
    "author",
    "eprint",
    "archiveprefix",
    "doi",
    "url",
    "timestamp",
];

/// The whole document.
pub fn document(records: &[Record]) -> String {
    let mut out = String::new();
    for record in records {
        let parted = if out.is_empty() { "" } else { "\n" };
        // Writing to a text cannot fail.
        let _ = writeln!(out, "{parted}@{}{{{},", kind(&record.kind), record.key);
        let mut names: Vec<&String> = record.fields.keys().filter(|name| is_name(name)).collect();
        names.sort_by_key(|name| FIRST.iter().position(|first| first == name).unwrap_or(FIRST.len()));
        for name in names {
            if let Some(value) = record.field(name) {
                let _ = writeln!(out, "  {name} = {},", written(name, value));
            }
        }
        out.push_str("}\n");
    }
    out
}

/// A kind as it may stand behind the `@`.
fn kind(kind: &str) -> &str {
    if is_name(kind) { kind } else { "misc" }
}

fn is_name(name: &str) -> bool {
    !name.is_empty() && name.chars().all(|c| c.is_ascii_alphanumeric() || "-_".contains(c))
}

/// A field's value with what holds it together.
fn written(name: &str, value: &str) -> String {
    match name {
        // The inner braces keep the title's capitals in every style.
        "title" | "shorttitle" => format!("{{{{{}}}}}", escaped(value)),
        "month" => match value.parse::<usize>().ok().and_then(|month| MONTHS.get(month.checked_sub(1)?)) {
            Some(month) => (*month).to_owned(),
            None => format!("{{{}}}", escaped(value)),
        },
        // Braces hold a name together.
        "author" | "editor" | "translator" | "organization" if is_balanced(value) => {
            let parts: Vec<String> = value.split_inclusive(['{', '}']).map(held).collect();
            format!("{{{}}}", parts.concat())
        }
        "url" | "doi" | "eprint" | "file" if is_balanced(value) && !value.contains('\\') => format!("{{{value}}}"),
        _ => format!("{{{}}}", escaped(value)),
    }
}

/// A piece of text that may end in a brace, which stays one.
fn held(piece: &str) -> String {
    let text = piece.trim_end_matches(['{', '}']);
    format!("{}{}", escaped(text), &piece[text.len()..])
}

/// Whether every brace has its other half.
fn is_balanced(text: &str) -> bool {
    let mut depth = 0_i32;
    let holds = text.chars().all(|c| {
        depth += i32::from(c == '{') - i32::from(c == '}');
        depth >= 0
    });
    holds && depth == 0
}

/// Whether nothing in an address could end a field.
pub fn is_plain(address: &str) -> bool {
    address.chars().all(is_address)
}

fn is_address(c: char) -> bool {
    c.is_ascii_graphic() && !"{}\\\"<>^`|*()[]".contains(c)
}

/// The address on the title's own line: one in the summary may lead to anything. What could
/// end a field is in none.
pub fn address(title: &str) -> Option<&str> {
    let start = title.find("https://").or_else(|| title.find("http://"))?;
    let end = title[start..].find(|c| !is_address(c)).map_or(title.len(), |length| start + length);
    Some(&title[start..end])
}

/// The short name, or the title's first word that says something, and the year.
pub fn key(entry: &Entry) -> String {
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
