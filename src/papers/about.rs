//! Facts about a paper that is not in the log yet, from its PDF. Also parses what the user types or pastes to name a
//! paper: the path of a PDF, or an arXiv URL.

use super::{Paper, facts};
use crate::log::dialect::organisations;
use crate::log::template::Facts;

/// Maximum number of authors or organisations for a new entry.
const NAMED: usize = 3;

/// Facts about a paper.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct About {
    /// The title on the first page, or else the name of the file.
    pub title: String,
    /// Whether the title comes from the PDF, rather than the file name.
    pub is_read: bool,
    /// The authors.
    pub authors: Vec<String>,
    /// The arXiv id.
    pub arxiv: Option<String>,
    /// Whether that id is in the text, rather than only in the file name.
    pub has_stamp: bool,
    /// Values for the template of a new entry.
    pub facts: Facts,
}

impl About {
    /// Collects the facts. `paper` is `None` if the PDF cannot be read; `name` is the file name without extension.
    pub fn of(paper: Option<&Paper>, name: &str) -> Self {
        let title = paper.and_then(Paper::title);
        let stamp = paper.and_then(|paper| paper.arxiv.clone());
        let has_stamp = stamp.is_some();
        let arxiv = stamp.or_else(|| facts::id_in(name).map(str::to_owned));
        let authors = paper.map(|paper| paper.authors.clone()).unwrap_or_default();
        let organisations = paper.map(organisations_of).unwrap_or_default();
        let by = if organisations.is_empty() { &authors } else { &organisations };
        let published = paper.and_then(|paper| paper.date.as_deref()).map(shown);
        let facts = Facts {
            published: published.or_else(|| arxiv.as_deref().and_then(published_as)),
            by: by.iter().take(NAMED).cloned().collect(),
        };
        Self { title: title.unwrap_or(name).to_owned(), is_read: title.is_some(), authors, arxiv, has_stamp, facts }
    }
}

/// The organisations named above the abstract on the first page, but not in the title.
fn organisations_of(paper: &Paper) -> Vec<String> {
    let is_of_title = |line: &&str| {
        let line = super::squash::squash(line);
        !line.is_empty() && paper.titles.iter().any(|title| super::squash::squash(title).contains(&line))
    };
    let lines: Vec<&str> = paper.opening.lines().filter(|line| !is_of_title(line)).collect();
    organisations(&lines.join("\n")).into_iter().map(str::to_owned).collect()
}

/// Formats a date such as `2023-12` as logs write it: `2023.12`.
fn shown(date: &str) -> String {
    let mut parts = date.split('-');
    let year = parts.next().unwrap_or_default();
    parts.next().map_or_else(|| year.to_owned(), |month| format!("{year}.{}", month.trim_start_matches('0')))
}

/// The month in which the paper with this arXiv id was first published: `2023.12`.
pub(crate) fn published_as(id: &str) -> Option<String> {
    let digits = id.rsplit('/').next()?.get(..4)?;
    let (year, month): (u32, u32) = (digits[..2].parse().ok()?, digits[2..].parse().ok()?);
    let century = if id.contains('/') && year > 90 { 1900 } else { 2000 };
    (1..=12).contains(&month).then(|| format!("{}.{month}", century + year))
}

/// How the user named a paper.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum PaperName {
    /// The path of a PDF.
    Pdf(String),
    /// An arXiv id without version.
    Arxiv(String),
}

/// Parses typed or pasted text that consists of just a path or a URL; `None` for other text. Paths may be quoted,
/// start with `file://` or have escaped spaces: that is how terminals paste files dropped on them.
pub(crate) fn named(text: &str) -> Option<PaperName> {
    let text = text.trim();
    if let Some(id) = facts::arxiv(text) {
        return Some(PaperName::Arxiv(id.to_owned()));
    }
    let quoted = ['\'', '"'].iter().find_map(|&quote| text.strip_prefix(quote)?.strip_suffix(quote));
    let path = match (quoted, text.strip_prefix("file://")) {
        (Some(path), _) => path.to_owned(),
        (None, Some(url)) => percent_encoding::percent_decode_str(url).decode_utf8().ok()?.into_owned(),
        (None, None) => unescaped(text),
    };
    let is_pdf = path.len() > 4 && path.get(path.len() - 4..).is_some_and(|end| end.eq_ignore_ascii_case(".pdf"));
    let is_path = path.starts_with(['/', '~', '.']) || !path.contains(char::is_whitespace);
    (is_pdf && is_path && !path.contains("://")).then_some(PaperName::Pdf(path))
}

/// Removes shell escapes from a path.
fn unescaped(path: &str) -> String {
    let mut chars = path.chars();
    let next = || match chars.next() {
        Some('\\') => chars.next(),
        other => other,
    };
    std::iter::from_fn(next).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paths_and_addresses_are_told_from_titles() {
        let pdf = |path: &str| Some(PaperName::Pdf(path.to_owned()));
        let arxiv = |id: &str| Some(PaperName::Arxiv(id.to_owned()));
        for (text, wanted) in [
            (" /home/ada/Emu and Gnu.pdf ", pdf("/home/ada/Emu and Gnu.pdf")),
            ("'/home/ada/Emu and Gnu.PDF'", pdf("/home/ada/Emu and Gnu.PDF")),
            ("/home/ada/Emu\\ and\\ Gnu.pdf", pdf("/home/ada/Emu and Gnu.pdf")),
            ("file:///home/ada/Emu%20and%20%E9%B8%9F.pdf", pdf("/home/ada/Emu and 鸟.pdf")),
            ("~/emu.pdf", pdf("~/emu.pdf")),
            ("emu.pdf", pdf("emu.pdf")),
            ("Notes on emu.pdf", None),
            (".pdf", None),
            ("鸟", None),
            ("https://emu.org/a.pdf", None),
            ("https://arxiv.org/abs/2312.13286", arxiv("2312.13286")),
            ("arxiv.org/pdf/2312.13286v2.pdf", arxiv("2312.13286")),
            ("http://www.arxiv.org/pdf/2312.13286v2#page=3", arxiv("2312.13286")),
            ("https://arxiv.org/abs/cs/0112017", arxiv("cs/0112017")),
            ("arXiv:2312.13286", arxiv("2312.13286")),
            ("ARXIV: 2312.13286v1", arxiv("2312.13286")),
            ("arXiv:2312.13286 on emus", None),
            ("Emu https://arxiv.org/abs/2312.13286", None),
            ("2312.13286", None),
        ] {
            assert_eq!(named(text), wanted, "{text}");
        }
    }

    #[test]
    fn an_arxiv_id_gives_the_month() {
        for (id, month) in [
            ("2312.13286", Some("2023.12")),
            ("cs/0112017", Some("2001.12")),
            ("hep-th/9901001", Some("1999.1")),
            ("2313.13286", None),
        ] {
            assert_eq!(published_as(id).as_deref(), month, "{id}");
        }
    }

    #[test]
    fn a_pdf_gives_title_month_and_authors() {
        let paper = Paper {
            titles: vec!["Google of Birds".into()],
            authors: ["Ada Emu", "Bo Gnu", "Cy Owl", "Di Yak"].map(str::to_owned).to_vec(),
            date: Some("2031-05".into()),
            opening: "Google of Birds\nAda Emu\n".into(),
            ..Paper::default()
        };
        let about = About::of(Some(&paper), "2312.13286v1");
        assert_eq!((about.title.as_str(), about.facts.published.as_deref()), ("Google of Birds", Some("2031.5")));
        assert_eq!(about.facts.by, ["Ada Emu", "Bo Gnu", "Cy Owl"]);
        let paper = Paper { opening: "Google of Birds\nAda Emu, Tsinghua University\n".into(), ..paper };
        assert_eq!(About::of(Some(&paper), "x").facts.by, ["Tsinghua"]);
        let about = About::of(None, "2312.13286v1");
        assert_eq!((about.title.as_str(), about.is_read), ("2312.13286v1", false));
        assert_eq!(about.facts.published.as_deref(), Some("2023.12"));
    }
}
