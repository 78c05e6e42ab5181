//! Finds the title of a paper from the font sizes on its first page and the file's metadata.

use super::forms::count_words;
use super::sheet::PdfLine;
use super::squash::{is_chinese, squash};

/// The title is above this height, as a fraction of the page height.
const LOWEST: f32 = 0.45;
/// Font sizes whose relative difference is at most this count as equal.
const SAME: f32 = 0.03;
/// Maximum line spacing within a title, in units of its font size.
const LEADING: f32 = 2.3;
/// Maximum number of candidates.
const KEPT: usize = 3;
/// Maximum length of a title in chars.
const LONGEST: usize = 300;
/// Minimum number of words in a title from the metadata.
const NAMED: usize = 3;

/// Squashed beginnings of large text on first pages that is not a title.
const FURNITURE: [&str; 40] = [
    "abstract",
    "introduction",
    "contents",
    "contentslist",
    "article",
    "researcharticle",
    "reviewarticle",
    "originalarticle",
    "originalresearch",
    "openaccess",
    "proceedings",
    "publishedas",
    "publishedin",
    "underreview",
    "preprint",
    "arxiv",
    "journalof",
    "journalhomepage",
    "internationaljournal",
    "ieeetransactions",
    "acmtransactions",
    "transactionson",
    "advancesin",
    "neurocomputing",
    "expertsystemswith",
    "patternrecognition",
    "sciencedirect",
    "seediscussions",
    "volume",
    "vol",
    "https",
    "http",
    "www",
    "letters",
    "letter",
    "plosone",
    "scientificreports",
    "communicatedby",
    "thispaperisincluded",
    "openreview",
];

/// Words that mark an affiliation.
const AFFILIATION: [&str; 8] =
    ["university", "universität", "institute of", "department of", "school of", "laborator", "@", "学院"];

/// Candidates for the title, most likely first. `height` is the page height in points; `named` is the title in the
/// metadata.
pub fn titles(lines: &[PdfLine], height: f32, named: Option<&str>) -> Vec<String> {
    // The title in the metadata has the best spelling, but is trusted only if it is printed too.
    let named = named.map(tidy).filter(|title| is_title(title));
    let printed = named.as_ref().filter(|title| is_printed(title, lines, height)).cloned();
    let mut titles: Vec<String> = Vec::new();
    for title in printed.into_iter().chain(largest(lines, height)) {
        if !titles.iter().any(|other| squash(other) == squash(&title)) {
            titles.push(title);
        }
    }
    if titles.is_empty() {
        titles.extend(named.filter(|title| !is_junk(title)));
    }
    titles.truncate(KEPT);
    titles
}

/// The start of a page, up to the abstract but at most `most` bytes.
pub fn opening(page: &str, most: usize) -> String {
    let end = page.lines().scan(0, |at, line| {
        let start = *at;
        *at += line.len() + 1;
        Some((start, line))
    });
    let starts = |line: &str| {
        let letters = squash(line);
        ["abstract", "introduction", "1introduction", "摘要"].iter().any(|word| letters.starts_with(word))
    };
    let mut ends = end.filter(|(start, line)| *start > 0 && starts(line)).map(|(start, _)| start);
    let mut end = ends.next().unwrap_or(page.len()).min(most).min(page.len());
    while !page.is_char_boundary(end) {
        end -= 1;
    }
    page[..end].to_owned()
}

/// The blocks of lines in the largest font sizes, largest first.
fn largest(lines: &[PdfLine], height: f32) -> Vec<String> {
    let upper: Vec<&PdfLine> = lines.iter().filter(|line| line.y > LOWEST * height).collect();
    let mut sizes: Vec<f32> = upper.iter().map(|line| line.size).collect();
    sizes.sort_by(|one, other| other.total_cmp(one));
    sizes.dedup_by(|one, other| (*one - *other).abs() <= SAME * *other);
    sizes.into_iter().flat_map(|size| blocks(&upper, size)).filter(|title| is_title(title)).take(KEPT).collect()
}

/// The text of each block of consecutive lines in one font size.
fn blocks(lines: &[&PdfLine], size: f32) -> Vec<String> {
    let is_of = |size: f32, other: f32| (size - other).abs() <= SAME * size;
    let mut blocks: Vec<(String, f32)> = Vec::new();
    let mut goes_on = false;
    for line in lines {
        let begins = is_of(size, line.size);
        match blocks.last_mut() {
            Some((text, y)) if goes_on && is_of(size, line.peak) && *y - line.y <= LEADING * size => {
                if !text.ends_with(['-', '–']) {
                    text.push(' ');
                }
                text.push_str(&line.words());
                *y = line.y;
            }
            _ if begins => {
                blocks.push((line.words(), line.y));
                goes_on = true;
            }
            _ => goes_on = false,
        }
    }
    blocks.into_iter().map(|(text, _)| tidy(&text)).collect()
}

/// Removes footnote marks and collapses white space.
fn tidy(title: &str) -> String {
    let title = title.split_whitespace().collect::<Vec<_>>().join(" ");
    title.trim_matches(|c: char| c.is_whitespace() || matches!(c, '∗' | '*' | '†' | '‡' | '⋆' | '♯')).to_owned()
}

fn is_title(title: &str) -> bool {
    let letters = squash(title);
    let chinese = title.chars().filter(|&c| is_chinese(c)).count();
    let latin = title.chars().filter(|c| c.is_alphabetic() && !is_chinese(*c)).count();
    let is_long_enough = chinese >= 4 || latin >= 8 && count_words(title) >= 2;
    let lower = title.to_lowercase();
    is_long_enough
        && title.chars().count() <= LONGEST
        && !FURNITURE.iter().any(|word| letters.starts_with(word) && is_furniture(word, &letters))
        && !AFFILIATION.iter().any(|word| lower.contains(word))
}

/// Whether text that starts with `word` is not a title. Words that also start real titles count only on their own.
fn is_furniture(word: &str, letters: &str) -> bool {
    let alone = ["article", "abstract", "introduction", "contents", "letters", "letter", "volume", "vol"];
    let rest = letters[word.len()..].trim_matches(|c: char| c.is_ascii_digit());
    !alone.contains(&word) || rest.is_empty() || word == "vol" && letters[3..].starts_with(|c: char| c.is_ascii_digit())
}

/// Whether a metadata title is a default value or a file name.
fn is_junk(title: &str) -> bool {
    let lower = title.to_lowercase();
    let ends = [".dvi", ".doc", ".docx", ".pdf", ".tex", ".ps", ".indd", ".qxd"];
    let begins = ["microsoft word", "untitled", "powerpoint", "latex", "paper", "slide", "document", "pii"];
    count_words(title) < NAMED
        || ends.iter().any(|end| lower.ends_with(end))
        || begins.iter().any(|begin| lower.starts_with(begin))
}

/// Whether a title from the metadata is printed in the upper part of the page.
fn is_printed(title: &str, lines: &[PdfLine], height: f32) -> bool {
    if count_words(title) < NAMED && squash(title).chars().count() < 2 * LETTERS_OF_WORD {
        return false;
    }
    let upper = lines.iter().filter(|line| line.y > LOWEST * height);
    let letters: String = upper.map(|line| squash(&line.text)).collect();
    letters.contains(&squash(title))
}

/// A metadata title of fewer than [`NAMED`] words needs twice this many letters to count as printed; a shorter one may
/// be a logo.
const LETTERS_OF_WORD: usize = 10;

#[cfg(test)]
mod tests {
    use super::super::sheet::tests::sheet;
    use super::*;

    const PAGE: [(&str, f32, f32); 5] = [
        ("Published as a paper at BIRDS 2031", 10.0, 750.0),
        ("On the Long Walks", 17.0, 700.0),
        ("of Emus and Gnus*", 17.0, 680.0),
        ("Ada Emu and Bo Gnu", 12.0, 650.0),
        ("Abstract", 12.0, 600.0),
    ];

    #[track_caller]
    fn check(lines: &[(&str, f32, f32)], named: Option<&str>, wanted: Option<&str>) {
        let page = sheet(lines);
        let titles = titles(&page.lines(), page.height, named);
        assert_eq!(titles.first().map(String::as_str), wanted, "{titles:?}");
    }

    #[test]
    fn the_title_is_the_largest_text() {
        check(&PAGE, None, Some("On the Long Walks of Emus and Gnus"));
        check(&PAGE, Some("paper.dvi"), Some("On the Long Walks of Emus and Gnus"));
        let logo = [&[("NATURE BIRDS", 10.0, 770.0), ("Journal of Birds", 30.0, 760.0)], &PAGE[1..]].concat();
        check(&logo, None, Some("On the Long Walks of Emus and Gnus"));
        check(&[("鸸鹋推断简介", 26.0, 638.0), ("丁", 12.0, 600.0)], None, Some("鸸鹋推断简介"));
    }

    #[test]
    fn the_title_in_the_metadata_is_used_if_printed() {
        let named = "On the long walks of emus and gnus";
        check(&PAGE, Some(named), Some(named));
        check(&PAGE, Some("Another title that is nowhere"), Some("On the Long Walks of Emus and Gnus"));
    }

    #[test]
    fn a_scan_uses_the_title_in_the_metadata() {
        check(&[], Some("Learning to walk is difficult"), Some("Learning to walk is difficult"));
        for junk in ["Microsoft Word - emu final.doc", "untitled", "paper.dvi", "Emu", ""] {
            check(&[], Some(junk), None);
        }
    }

    #[test]
    fn large_text_further_down_is_not_a_title() {
        check(&[("A Large Figure Below", 30.0, 200.0)], None, None);
    }

    #[test]
    fn the_opening_ends_at_the_abstract() {
        assert_eq!(opening("On Emus\nAda Emu\nAbstract. We\nwalk", 100), "On Emus\nAda Emu\n");
        assert_eq!(opening("鸸鹋", 4), "鸸");
        assert_eq!(opening("", 4), "");
    }
}
