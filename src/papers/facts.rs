//! Extracts from a paper's first page the facts that have a fixed form: the arXiv stamp, the DOI, the year.

use std::sync::LazyLock;

use regex::Regex;

use super::references;

/// The stamp that arXiv prints in the margin of the first page.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ArxivStamp {
    /// The id without version: `2312.13286` or `cs/0112017`.
    pub id: String,
    /// The month of this version: `2023-12`.
    pub month: Option<String>,
}

const MONTHS: [&str; 12] = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];

static STAMP: LazyLock<Option<Regex>> = LazyLock::new(|| {
    let id = r"(\d{4}\s?\.\s?\d{4,5}|[a-z-]{2,10}(?:\.[A-Z]{2})?/\d{7})\s?(?:v\s?\d{1,2})?";
    Regex::new(&format!(
        r"arXiv\s?:\s?{id}\s*(?:\[[\w.\s-]{{2,20}}\]\s*(\d{{1,2}})\s*([A-Z][a-z]{{2}})\w*\s*(\d{{4}}))?"
    ))
    .ok()
});
static DOI: LazyLock<Option<Regex>> = LazyLock::new(|| Regex::new(r#"\b10\.\d{4,9}/[^\s"<>{}\u{FFFF}\u{FFFD}]+"#).ok());
static YEAR: LazyLock<Option<Regex>> = LazyLock::new(|| Regex::new(r"(?:^|\D)((?:19|20)\d\d)(?:\D|$)").ok());
static ID_IN_TEXT: LazyLock<Option<Regex>> = LazyLock::new(|| {
    let marks = r"(?:arxiv\.org/\w+/|arxiv[:\s]\s?)";
    Regex::new(&format!(r"(?i){marks}(\d{{4}}\.\d{{4,5}}|[a-z-]+(?:\.[a-z]{{2}})?/\d{{7}})")).ok()
});
static VENUE: LazyLock<Option<Regex>> =
    LazyLock::new(|| Regex::new(r"^[A-Z][A-Za-z]{0,6}[A-Z][A-Za-z]{0,6}(?:\s?[’'‘]\d\d|,?\s(?:19|20)\d\d)\b").ok());
static ID_IN_NAME: LazyLock<Option<Regex>> = LazyLock::new(|| {
    Regex::new(r"(?:^|[^\d.])(\d{2}(?:0[1-9]|1[0-2])\.\d{4,5})(?:v\d{1,2})?(?:[^\d.]|\.\D|\.?$)").ok()
});
static ARXIV: LazyLock<Option<Regex>> = LazyLock::new(|| {
    let place = r"(?:(?:https?://)?(?:www\.|export\.)?arxiv\.org/(?:abs|pdf|html)/|arxiv:\s?)";
    let id = r"(\d{4}\.\d{4,5}|[a-z-]+(?:\.[a-z]{2})?/\d{7})";
    Regex::new(&format!(r"(?i)^{place}{id}(?:v\d{{1,2}})?(?:\.pdf)?/?(?:[?#].*)?$")).ok()
});

/// The arXiv id, if the text is just an arXiv URL or `arXiv:` reference.
pub fn arxiv(text: &str) -> Option<&str> {
    Some(ARXIV.as_ref()?.captures(text)?.get(1)?.as_str())
}

/// The arXiv stamp on a page. Unlike ids of cited papers, the stamp is followed by a subject class and a date.
pub fn stamp(text: &str) -> Option<ArxivStamp> {
    let found = STAMP.as_ref()?.captures_iter(text).find(|found| found.get(2).is_some())?;
    let id: String = found[1].split_whitespace().collect();
    let month = MONTHS.iter().position(|month| found[3].eq_ignore_ascii_case(month)).map(|at| at + 1);
    Some(ArxivStamp { id, month: month.map(|month| format!("{}-{month:02}", &found[4])) })
}

/// The arXiv id in a file name or URL, if it has the current form, `2312.13286`.
pub fn id_in(name: &str) -> Option<&str> {
    Some(ID_IN_NAME.as_ref()?.captures(name)?.get(1)?.as_str())
}

/// The arXiv ids in the URLs and `arXiv:` references of a text.
pub fn ids_in(text: &str) -> impl Iterator<Item = &str> {
    let found = ID_IN_TEXT.iter().flat_map(move |id| id.captures_iter(text));
    found.filter_map(|found| Some(found.get(1)?.as_str()))
}

/// The DOIs in a text, as printed.
pub fn dois(text: &str) -> impl Iterator<Item = &str> {
    let found = DOI.iter().flat_map(move |doi| doi.find_iter(text));
    let trimmed = found.map(|found| {
        let mut doi = found.as_str().trim_end_matches(['.', ',', ';', ':', '\'', '’', '”', ']', '*', '·', '，', '。']);
        // A closing bracket belongs to the DOI if the opening one does.
        while doi.ends_with(')') && doi.matches(')').count() > doi.matches('(').count() {
            doi = &doi[..doi.len() - 1];
        }
        doi
    });
    trimmed.filter(|doi| {
        let suffix = doi.split_once('/').map_or("", |(_, suffix)| suffix).to_ascii_lowercase();
        // Skip the placeholders of paper templates.
        !suffix.is_empty() && !["nnnnnnn", "xxxxxxx", "1122445"].iter().any(|blank| suffix.contains(blank))
    })
}

/// The paper's own DOI: the first on its first page, before any references.
pub fn doi(page: &str) -> Option<String> {
    let end = references::beginning(page).unwrap_or(page.len());
    dois(&page[..end]).next().map(str::to_owned)
}

/// The year of publication, from a line that mentions a conference, a journal or the copyright. Other years on the page
/// belong to cited papers.
pub fn year(page: &str) -> Option<String> {
    let end = references::beginning(page).unwrap_or(page.len());
    page[..end].lines().find_map(|line| {
        let lower = line.to_lowercase();
        let words =
            ["conference", "proceedings", "copyright", "©", "published", "workshop", "journal", "vol", "preprint"];
        let speaks = words.iter().any(|word| lower.contains(word)) || is_venue(line);
        let year = YEAR.as_ref()?.captures(line)?;
        speaks.then(|| year[1].to_owned())
    })
}

/// Whether a line starts with a venue and year: `CVPR 2016`, `KDD ’16, August 2016`.
fn is_venue(line: &str) -> bool {
    VENUE.as_ref().is_some_and(|venue| venue.is_match(line.trim()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(text: &str, id: Option<&str>, month: Option<&str>) {
        let stamp = stamp(text);
        let found = stamp.as_ref().map(|stamp| (stamp.id.as_str(), stamp.month.as_deref()));
        assert_eq!(found, id.map(|id| (id, month)), "{text}");
    }

    #[test]
    fn the_arxiv_stamp_is_told_from_citations() {
        check("arXiv:2012.04584v2  [cs.CL]  4 Aug 2022", Some("2012.04584"), Some("2022-08"));
        check("see arXiv:1901.00001, and\narXiv:2312.13286v1 [cs.CV] 20 Dec 2023", Some("2312.13286"), Some("2023-12"));
        check("arXiv:cs/0112017v1 [cs.LG] 18 Dec 2001", Some("cs/0112017"), Some("2001-12"));
        check("arXiv:2012.04584v2[stat.ML]4Aug2022", Some("2012.04584"), Some("2022-08"));
        check("as shown in arXiv:2012.04584", None, None);
    }

    #[test]
    fn a_file_name_may_be_an_arxiv_id() {
        for (name, id) in [
            ("2312.13286v2.pdf", Some("2312.13286")),
            ("2312.13286", Some("2312.13286")),
            ("https://arxiv.org/abs/1706.03762", Some("1706.03762")),
            ("Emu 2306.00001 final.pdf", Some("2306.00001")),
            ("2313.00001.pdf", None),
            ("v1.2312.13286.3", None),
            ("emu.pdf", None),
        ] {
            assert_eq!(id_in(name), id, "{name}");
        }
    }

    #[test]
    fn a_doi_ends_before_punctuation() {
        for (page, wanted) in [
            ("https://doi.org/10.1145/2959100.2959190.", Some("10.1145/2959100.2959190")),
            ("(doi:10.1016/S0893-6080(05)80023-1)", Some("10.1016/S0893-6080(05)80023-1")),
            ("https://doi.org/10.1145/nnnnnnn.nnnnnnn", None),
            ("DOI 10.1038/s41586-021-03819-2\u{FFFF}\u{FFFF}", Some("10.1038/s41586-021-03819-2")),
            ("none here", None),
        ] {
            assert_eq!(doi(page).as_deref(), wanted, "{page}");
        }
    }

    #[test]
    fn a_year_is_found_next_to_a_venue() {
        for (page, wanted) in [
            ("A Title\nPublished as a conference paper at ICLR 2017\n", Some("2017")),
            ("RecSys ’16 September 15-19, 2016, Boston\n", Some("2016")),
            ("KDD, 2016\n", Some("2016")),
            ("as Emu (2015) has shown\n", None),
        ] {
            assert_eq!(year(page).as_deref(), wanted, "{page}");
        }
    }
}
