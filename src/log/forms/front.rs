//! Reads front matter: YAML between `---`, TOML between `+++`, or Logseq's `key:: value`.
//!
//! Only blank lines may precede it, and all its lines must be keys, values or comments. Otherwise `---` is a rule.

use std::borrow::Cow;

use crate::log::date::{self, Place};
use crate::log::pending;

/// The longest front matter, in lines.
const LONGEST: usize = 200;

/// Keys for the day of reading, which takes precedence over the day on which the note was created.
const READ: &[&str] = &[
    "read",
    "read-date",
    "read_date",
    "readdate",
    "date-read",
    "date_read",
    "dateread",
    "last-read",
    "last_read",
    "lastread",
    "finished",
];

/// Layouts of website pages that are not posts.
const PAGES: &[&str] = &["page", "home", "default", "about", "archive", "archives", "categories", "tags", "404"];

/// The fields of a file's front matter.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct FrontMatter {
    /// Length in bytes, including the byte order mark and blank lines above.
    pub length: usize,
    /// `title`.
    pub title: Option<String>,
    /// The day of reading, or else `date` or `created`; as written.
    pub date: Option<String>,
    /// `tags`, `categories`, `keywords`.
    pub tags: Vec<String>,
    /// `authors`, `author`.
    pub authors: Vec<String>,
    /// `aliases`: other names for links to this file.
    pub aliases: Vec<String>,
    /// `citekey`: the paper's key in a bibliography.
    pub citekey: Option<String>,
    /// `url`, `link`, `source`, `doi`, `arxiv`, as URLs.
    pub links: Vec<String>,
    /// `venue`, `journal`, `booktitle`.
    pub venue: Option<String>,
    /// `year`.
    pub year: Option<u32>,
    /// Whether the front matter says that the paper has not been read yet: `status: to-read`, `read: false`.
    pub is_unread: bool,
    /// Whether there is front matter.
    pub is_there: bool,
    /// Whether it makes the file a page of a website: `layout: page` with a `permalink`.
    pub is_page: bool,
    /// Whether the front matter describes a publication: it has a venue, a DOI, an arXiv number or a citation key, or a
    /// year and authors.
    pub is_reference: bool,
}

impl FrontMatter {
    /// The title, unless it is a date, as in a journal with a file per day.
    pub fn paper_title(&self) -> Option<&str> {
        self.title.as_deref().filter(|title| !is_date(title))
    }

    /// Whether its title is to be filled in by a program: `{{ replace .Name "-" " " }}`.
    pub fn is_template(&self) -> bool {
        self.title.as_deref().is_some_and(|title| title.contains("{{") || title.contains("<%"))
    }
}

/// Whether a text is nothing but a date.
pub fn is_date(text: &str) -> bool {
    date::read(text, Place::Cell).is_some()
}

/// Reads the front matter of a file.
pub fn read(text: &str) -> FrontMatter {
    let bom = if text.starts_with('\u{FEFF}') { '\u{FEFF}'.len_utf8() } else { 0 };
    let none = FrontMatter { length: bom, ..FrontMatter::default() };
    // Allow empty lines above the front matter.
    let bom = bom + text[bom..].len() - text[bom..].trim_start_matches(['\n', '\r']).len();
    let body = &text[bom..];
    let first = body.split_inclusive('\n').next().unwrap_or_default();
    let found = match first.trim_end() {
        "---" => fenced(body, "---", ':'),
        "+++" => fenced(body, "+++", '='),
        _ => properties(body),
    };
    match found {
        Some((length, lines)) => fields(&lines, FrontMatter { length: bom + length, is_there: true, ..none }),
        None => none,
    }
}

/// A key with its value.
type Pair<'a> = (&'a str, Cow<'a, str>);

/// (length in bytes with both fences, (key, value) pairs between them); `None` if there are other lines.
fn fenced<'a>(body: &'a str, fence: &str, sign: char) -> Option<(usize, Vec<Pair<'a>>)> {
    let mut at = 0;
    let mut pairs: Vec<Pair> = Vec::new();
    for (number, line) in body.split_inclusive('\n').take(LONGEST).enumerate() {
        at += line.len();
        let line = line.trim_end();
        if number == 0 {
            continue;
        }
        if line == fence || (fence == "---" && line == "...") {
            // Two fences with nothing between them are rules.
            return (!pairs.is_empty()).then_some((at, pairs));
        }
        if sign == ':' && pairs.last_mut().is_some_and(|(key, value)| goes_on(key, value, line)) {
            continue;
        }
        let is_more = line.starts_with([' ', '\t', '-', ']', '}']) || line.is_empty();
        let is_comment = line.starts_with('#') && (sign == '=' || pairs.is_empty() || line.starts_with("# "));
        let is_nested = line.starts_with([' ', '\t']) && pairs.iter().any(|(_, value)| value.is_empty());
        if let Some((key, value)) = line.split_once(sign).filter(|(key, _)| is_key(key)) {
            // Nested keys do not describe the file itself.
            pairs.push(if is_nested { ("", "".into()) } else { (key.trim(), value.trim().into()) });
        } else if is_more && !pairs.is_empty() {
            let key = pairs.last().map_or("", |(key, _)| key);
            pairs.push((key, line.trim().trim_start_matches('-').trim().into()));
        } else if !(is_comment
            || sign == '=' && line.starts_with('[')
            || is_more && pairs.is_empty() && line.is_empty())
        {
            return None;
        }
    }
    None
}

/// Whether a line continues the value above: a quoted text, a YAML block or a long title. If so, appends it.
fn goes_on(key: &str, value: &mut Cow<str>, line: &str) -> bool {
    let is_indented = line.starts_with([' ', '\t']);
    let is_pair = line.split_once(':').is_some_and(|(key, _)| is_key(key));
    let quote = value.chars().next().filter(|first| matches!(first, '"' | '\''));
    let is_quoted = quote.is_some_and(|quote| !is_pair && (value.len() == 1 || !value.ends_with(quote)));
    let is_block = value.starts_with(['>', '|']) && (is_indented || line.is_empty());
    let is_title = key.eq_ignore_ascii_case("title") && !value.is_empty() && quote.is_none();
    let is_plain = is_title && is_indented && !is_pair && !line.trim().starts_with('-');
    let goes_on = is_quoted || is_block || is_plain;
    if goes_on {
        *value = format!("{value} {}", line.trim()).into();
    }
    goes_on
}

/// The text of a YAML block without its mark: `>-`, `|`.
fn without_mark(value: &str) -> &str {
    let text = value.trim_start_matches(['>', '|']);
    if text.len() == value.len() { value } else { text.trim_start_matches(['-', '+']).trim() }
}

/// (length in bytes, (key, value) pairs) of the `key:: value` lines at the start.
fn properties(body: &str) -> Option<(usize, Vec<Pair<'_>>)> {
    let mut at = 0;
    let mut pairs = Vec::new();
    for line in body.split_inclusive('\n').take(LONGEST) {
        let Some((key, value)) = line.trim_end().split_once("::").filter(|(key, _)| is_key(key)) else { break };
        at += line.len();
        pairs.push((key.trim(), value.trim().into()));
    }
    (!pairs.is_empty()).then_some((at, pairs))
}

/// Whether a text can be a key; words with spaces before a colon are a sentence.
fn is_key(key: &str) -> bool {
    let key = key.trim();
    let is_part = |c: char| c.is_alphanumeric() || matches!(c, '-' | '_' | '.' | '"' | '\'');
    !key.is_empty()
        && key.chars().count() <= 40
        && key.chars().all(is_part)
        && !key.starts_with(|c: char| c.is_ascii_digit())
}

fn fields(pairs: &[Pair], mut front: FrontMatter) -> FrontMatter {
    let mut has_year = false;
    let mut is_of_reading = false;
    let has = |key: &str, is_value: fn(&str) -> bool| pairs.iter().any(|(it, value)| *it == key && is_value(value));
    front.is_page = has("layout", |layout| PAGES.contains(&unquoted(layout))) && has("permalink", |_| true);
    for (key, whole) in pairs {
        let whole = without_mark(whole);
        let value = unquoted(whole);
        if value.is_empty() {
            continue;
        }
        has_year |= key.eq_ignore_ascii_case("year");
        let key = key.to_lowercase();
        reference(&key, value, &mut front);
        match key.as_str() {
            "title" => front.title = front.title.take().or_else(|| Some(scalar(whole))),
            // `read: true` is not a date.
            _ if READ.contains(&key.as_str()) && value.contains(|c: char| c.is_ascii_digit()) => {
                if !is_of_reading {
                    front.date = Some(value.to_owned());
                }
                is_of_reading = true;
            }
            "status" | "state" | "reading-status" | "reading_status" | "read-status" | "read_status" | "状态"
            | "阅读状态" => {
                front.is_unread |= pending::is_unread(value);
            }
            "read" if matches!(value, "false" | "no") => front.is_unread = true,
            "date" | "created" => front.date = front.date.take().or_else(|| Some(value.to_owned())),
            "tags" | "tag" | "categories" | "category" | "keywords" => front.tags.extend(list(value)),
            "author" | "authors" => front.authors.extend(list(value)),
            "alias" | "aliases" => front.aliases.extend(list(value)),
            "doi" | "arxiv" | "venue" | "journal" | "booktitle" | "citekey" | "bibtex" => front.is_reference = true,
            _ => {}
        }
    }
    front.is_reference |= has_year && !front.authors.is_empty();
    front
}

/// Reads the fields that describe a publication.
fn reference(key: &str, value: &str, front: &mut FrontMatter) {
    let mut link = |address: String| {
        if !front.links.contains(&address) {
            front.links.push(address);
        }
    };
    match key {
        "url" | "link" | "source" if value.contains("://") => link(value.to_owned()),
        "doi" if value.contains("://") => link(value.to_owned()),
        "doi" if value.starts_with("10.") => link(format!("https://doi.org/{value}")),
        "arxiv" if value.contains("://") => link(value.to_owned()),
        "arxiv" if value.starts_with(|c: char| c.is_ascii_digit()) => link(format!("https://arxiv.org/abs/{value}")),
        "venue" | "journal" | "booktitle" => front.venue = front.venue.take().or_else(|| Some(value.to_owned())),
        "citekey" => front.citekey = Some(value.trim_start_matches('@').to_owned()),
        "year" => front.year = value.parse().ok().filter(|year| (1900..2100).contains(year)),
        _ => {}
    }
}

fn unquoted(value: &str) -> &str {
    value.trim_matches(['"', '\'', ',']).trim()
}

/// Reads a YAML or TOML string: removes the quotes, and resolves escaped quotes and backslashes. Other escapes stay.
fn scalar(value: &str) -> String {
    let inside = |quote: char| value.strip_prefix(quote)?.strip_suffix(quote).filter(|inside| !inside.is_empty());
    if let Some(inside) = inside('\'') {
        return inside.replace("''", "'");
    }
    let Some(inside) = inside('"').filter(|inside| inside.contains('\\')) else { return unquoted(value).to_owned() };
    let mut text = String::with_capacity(inside.len());
    let mut chars = inside.chars().peekable();
    while let Some(c) = chars.next() {
        match chars.peek() {
            Some(&next @ ('"' | '\\')) if c == '\\' => {
                text.push(next);
                chars.next();
            }
            _ => text.push(c),
        }
    }
    text
}

fn list(value: &str) -> impl Iterator<Item = String> + '_ {
    let inside = value.trim_matches(['[', ']']);
    inside.split([',', ';']).map(|one| unquoted(one.trim()).to_owned()).filter(|one| !one.is_empty())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(text: &str, length: usize, title: Option<&str>) {
        let front = read(text);
        assert_eq!((front.length, front.title.as_deref()), (length, title), "{text:?}");
    }

    #[test]
    fn only_what_is_front_matter() {
        check("---\ntitle: \"Owls\"\n---\n# x", 22, Some("Owls"));
        check("\u{FEFF}---\r\ntitle: Owls\r\ntags:\r\n - a\r\n---\r\nx", 39, Some("Owls"));
        check("\n\n---\ntitle: Owls\n---\n# x", 22, Some("Owls"));
        check("\n\n## x", 0, None);
        check("+++\ntitle = \"Emus\"\nyear = \n+++\nx", 31, Some("Emus"));
        check("title:: Gnus\ntags:: a, b\n\n- x", 25, Some("Gnus"));
        check("---\ntitle: 'Owls'' Nests'\n---\n", 30, Some("Owls' Nests"));
        check("---\ntitle: \"A \\\"B\\\" C:\\\\D \\e\"\n---\n", 34, Some("A \"B\" C:\\D \\e"));
        check("---\ntitle: \"Emus\nat: Work\"\n---\n", 31, Some("Emus"));
        check("---\ntitle: \"Emus\nat Work\"\ndate: x\n---\n", 38, Some("Emus at Work"));
        check("---\ntitle: >-\n  Emus\n  at: Work\ntags: x\n---\n", 44, Some("Emus at: Work"));
        check("---\ntitle: Emus\n  at Work\n---\n", 30, Some("Emus at Work"));
        check("---\n\n## 2031.5.17\n\n《Emu》\n\n---\n", 0, None);
        check("---\n---\nx", 0, None);
        check("---\nSome text: with a colon, and more of it than a key ever has\n---\n", 0, None);
        check("---\ntitle: Owls\n", 0, None);
        check("---\ntalks:\n  - date: 2031-05-17\n    title: Owls\n---\n", 52, None);
        assert_eq!(read("---\ntags: [a, 'b c']\nauthors:\n  - Anna Owl\n---\n").authors, ["Anna Owl"]);
        assert_eq!(read("---\ntags: [a, 'b c']\n---\n").tags, ["a", "b c"]);
        let front = read(
            "---\naliases: [EM, \"The Emu\"]\nyear: 2031\narxiv: 2031.00001\ndoi: 10.1/x\nvenue: \"Proc. of Birds\"\ncitekey: \"@owl\"\n---\n",
        );
        assert_eq!((front.aliases, front.year), (vec!["EM".to_owned(), "The Emu".to_owned()], Some(2031)));
        assert_eq!(front.links, ["https://arxiv.org/abs/2031.00001", "https://doi.org/10.1/x"]);
        assert_eq!((front.venue.as_deref(), front.citekey.as_deref()), (Some("Proc. of Birds"), Some("owl")));
        assert!(read("+++\nauthors = \"Anna Owl\"\nyear = 2031\n+++\n").is_reference);
        assert!(!read("---\nauthor: Anna Owl\ndate: 2031-05-17\n---\n").is_reference);
    }

    #[test]
    fn a_status_says_whether_a_paper_has_been_read() {
        for status in ["unread", "To-Read", "\"tbr\"", "in progress", "not-started", "'#reading'", "在读", "안읽음"]
        {
            assert!(read(&format!("---\ntitle: Owls\nstatus: {status}\n---\n")).is_unread, "{status}");
        }
        for status in ["read", "done", "draft", "已读", "published", ""] {
            assert!(!read(&format!("---\ntitle: Owls\nstatus: {status}\n---\n")).is_unread, "{status}");
        }
        let said = read("---\ntitle: Owls\nread: false\n---\n");
        assert_eq!((said.is_unread, said.date), (true, None));
        assert!(!read("---\ntitle: Owls\nread: 2031-05-17\n---\n").is_unread);
    }
}
