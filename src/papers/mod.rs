//! The papers behind the log: extracts the facts of a paper from the text of its PDF, and finds which titles of the
//! log it cites.
//!
//! The input is text with its layout; `io` finds and reads the PDFs. Titles are compared by letters and digits only
//! ([`squash`]), which makes up for hyphenation, lost spaces and ligatures.

pub mod about;
pub mod biblio;
pub(crate) mod facts;
pub(crate) mod forms;
mod heading;
pub mod index;
pub mod matched;
mod names;
pub mod near;
mod pieces;
pub(crate) mod published;
pub(crate) mod references;
pub(crate) mod sheet;
pub(crate) mod squash;
pub(crate) mod titles;
pub(crate) mod wanted;

use serde::{Deserialize, Serialize};

use sheet::PdfLayout;

/// How much of the first page to keep for finding titles in it, in bytes.
const OPENING: usize = 1200;

/// The text and metadata of a PDF.
#[derive(Debug, Clone, Default, PartialEq)]
pub(crate) struct PdfContent {
    /// The text of each page that was read.
    pub pages: Vec<String>,
    /// The layout of the first pages, at most two.
    pub sheets: Vec<PdfLayout>,
    /// The title in the metadata; often wrong.
    pub title: Option<String>,
    /// The authors in the metadata; often wrong.
    pub authors: Option<String>,
    /// The number of pages in the file, which may be more than were read.
    pub count: usize,
}

/// The facts about a paper, from its PDF.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Paper {
    /// Candidates for the title, most likely first.
    pub titles: Vec<String>,
    /// The authors in order; empty if they cannot be found with certainty.
    pub authors: Vec<String>,
    /// The arXiv id without version: `2312.13286`.
    pub arxiv: Option<String>,
    /// The DOI, as printed.
    pub doi: Option<String>,
    /// The publication date: `2023-12` or `2023`.
    pub date: Option<String>,
    /// The number of pages in the file.
    pub pages: usize,
    /// Whether the file contains text; a scan does not.
    pub text: bool,
    /// The start of the first page, up to the abstract.
    pub opening: String,
    /// The lists of references, each joined into one line.
    pub references: String,
}

/// Phrases on the cover pages that repositories put before papers.
const COVERS: [&str; 5] = [
    "See discussions, stats, and author profiles",
    "HAL is a multi-disciplinary open access",
    "Your use of the JSTOR archive",
    "This paper is included in the Proceedings",
    "The following paper was originally published",
];

fn is_cover(page: &str) -> bool {
    let page = page.split_whitespace().collect::<Vec<_>>().join(" ");
    COVERS.iter().any(|words| page.contains(words))
}

impl Paper {
    /// Extracts the facts from a PDF's text.
    pub(crate) fn read(source: &PdfContent) -> Self {
        let first = usize::from(source.pages.first().is_some_and(|page| is_cover(page)) && source.pages.len() > 1);
        let none = PdfLayout::default();
        let (page, sheet) = (source.pages.get(first), source.sheets.get(first).unwrap_or(&none));
        let first = page.map_or("", String::as_str);
        let lines = sheet.lines();
        let titles = heading::titles(&lines, sheet.height, source.title.as_deref());
        let opening = heading::opening(first, OPENING);
        let stamp = facts::stamp(first).or_else(|| facts::stamp(&sheet.turned()));
        Self {
            authors: names::authors(
                &lines,
                sheet.height,
                titles.first().map_or("", String::as_str),
                source.authors.as_deref(),
            ),
            arxiv: stamp.as_ref().map(|stamp| stamp.id.clone()),
            doi: facts::doi(first),
            date: stamp.and_then(|stamp| stamp.month).or_else(|| facts::year(first)),
            pages: source.count,
            text: source.pages.iter().any(|page| page.chars().any(char::is_alphanumeric)),
            opening,
            references: references::lists(&source.pages),
            titles,
        }
    }

    /// The most likely title.
    pub(crate) fn title(&self) -> Option<&str> {
        self.titles.first().map(String::as_str)
    }
}
