//! The papers behind the log: what the text of a PDF says of its paper, and which titles of the log the paper
//! cites.
//!
//! The input is text with its places on the page; how a PDF is opened, and where it lies, is known elsewhere.
//! Titles are compared by their letters and digits only ([`squash`]), which heals the hyphens, lost spaces and
//! ligatures of a PDF.

pub mod about;
pub mod behind;
pub mod biblio;
pub(crate) mod facts;
mod heading;
pub(crate) mod keys;
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

use sheet::Sheet;

/// How much of the first page is kept to look for a title in, in bytes.
const OPENING: usize = 1200;

/// What was read of a PDF.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Source {
    /// The text of each page that was read, with line ends.
    pub pages: Vec<String>,
    /// The first two pages, piece by piece.
    pub sheets: Vec<Sheet>,
    /// The title that the file says it has; often junk.
    pub title: Option<String>,
    /// The authors that the file says it has; often junk.
    pub authors: Option<String>,
    /// How many pages the file has, which may be more than were read.
    pub count: usize,
}

/// What the text of a PDF says of its paper.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Paper {
    /// What may be its title, the likeliest first.
    pub titles: Vec<String>,
    /// The authors, in their order; none where they cannot be told.
    pub authors: Vec<String>,
    /// The arXiv id without its version: `2312.13286`.
    pub arxiv: Option<String>,
    /// The DOI, as it is printed.
    pub doi: Option<String>,
    /// When it was published: `2023-12`, or `2023`.
    pub date: Option<String>,
    /// Pages of the file.
    pub pages: usize,
    /// Whether the file has text: a scan has none.
    pub text: bool,
    /// The beginning of the first page, up to its abstract.
    pub opening: String,
    /// The lists of references, their lines joined.
    pub references: String,
}

/// Words of the page that a repository puts before a paper.
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
    /// Reads what a PDF says.
    pub fn read(source: &Source) -> Self {
        let first = usize::from(source.pages.first().is_some_and(|page| is_cover(page)) && source.pages.len() > 1);
        let none = Sheet::default();
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

    /// The likeliest title.
    pub fn title(&self) -> Option<&str> {
        self.titles.first().map(String::as_str)
    }
}
