//! `papers-tui export --format bibtex`: the papers as a bibliography.
//!
//! A log seldom gives authors or venues. The PDF, if there is one, gives the authors, the arXiv id and the DOI.
//! Unknown fields are left out, never guessed.

use std::fmt::Write;

use unicode_normalization::UnicodeNormalization;

use crate::log::Entry;
use crate::papers::biblio::Record;

/// BibTeX's own month macros, which every style knows.
const MONTHS: [&str; 12] = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];

/// Opening words that are too common for a citation key.
const OPENERS: [&str; 8] = ["a", "an", "the", "on", "in", "of", "to", "is"];

/// Fields that come first, in this order; the others follow alphabetically.
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

/// Formats the records as BibTeX.
pub fn document(records: &[Record]) -> String {
    let mut out = String::new();
    for record in records {
        let parted = if out.is_empty() { "" } else { "\n" };
        // Writing to a string cannot fail.
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

/// The entry type; `misc` if the record's type is not a valid name in BibTeX.
fn kind(kind: &str) -> &str {
    if is_name(kind) { kind } else { "misc" }
}

fn is_name(name: &str) -> bool {
    !name.is_empty() && name.chars().all(|c| c.is_ascii_alphanumeric() || "-_".contains(c))
}

/// Formats a field value with its delimiters.
fn written(name: &str, value: &str) -> String {
    match name {
        // The inner braces make every style keep the title's capitals.
        "title" | "shorttitle" => format!("{{{{{}}}}}", escaped(value)),
        "month" => match value.parse::<usize>().ok().and_then(|month| MONTHS.get(month.checked_sub(1)?)) {
            Some(month) => (*month).to_owned(),
            None => format!("{{{}}}", escaped(value)),
        },
        // Keep braces, which mark a name that must not be split.
        "author" | "editor" | "translator" | "organization" if is_balanced(value) => {
            let parts: Vec<String> = value.split_inclusive(['{', '}']).map(held).collect();
            format!("{{{}}}", parts.concat())
        }
        "url" | "doi" | "eprint" | "file" if is_balanced(value) && !value.contains('\\') => format!("{{{value}}}"),
        _ => format!("{{{}}}", escaped(value)),
    }
}

/// Escapes a piece of a value, except for a brace at its end.
fn held(piece: &str) -> String {
    let text = piece.trim_end_matches(['{', '}']);
    format!("{}{}", escaped(text), &piece[text.len()..])
}

/// Whether the braces are balanced.
fn is_balanced(text: &str) -> bool {
    let mut depth = 0_i32;
    let holds = text.chars().all(|c| {
        depth += i32::from(c == '{') - i32::from(c == '}');
        depth >= 0
    });
    holds && depth == 0
}

/// Whether a URL needs no escaping.
pub fn is_plain(address: &str) -> bool {
    address.chars().all(is_url)
}

fn is_url(c: char) -> bool {
    c.is_ascii_graphic() && !"{}\\\"<>^`|*()[]".contains(c)
}

/// The URL in a title, up to the first character that could end a field. URLs in the summary do not count, since they
/// may lead to anything.
pub fn address(title: &str) -> Option<&str> {
    let start = title.find("https://").or_else(|| title.find("http://"))?;
    let end = title[start..].find(|c| !is_url(c)).map_or(title.len(), |length| start + length);
    Some(&title[start..end])
}

/// A citation key: the short name or the first significant word of the title, then the year.
pub fn key(entry: &Entry) -> String {
    let letters = |text: &str| text.nfkd().flat_map(latin).filter(char::is_ascii_alphanumeric).collect::<String>();
    let short = entry.short_name().map(letters).filter(|name| !name.is_empty());
    let mut words = entry.title.split_whitespace().map(letters).filter(|word| !word.is_empty());
    let name = short.or_else(|| words.find(|word| !OPENERS.contains(&word.to_ascii_lowercase().as_str())));
    let year = entry.published.map(|published| published.year.to_string()).unwrap_or_default();
    format!("{}{year}", name.unwrap_or_else(|| "paper".into()).to_ascii_lowercase())
}

/// Transliterates a letter that Unicode does not decompose into a base letter and an accent.
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

/// Escapes characters that are special to TeX or BibTeX. Braces become commands, because BibTeX counts braces even
/// after a backslash.
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
