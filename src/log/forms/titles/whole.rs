//! The title of a file about one paper: in front matter, the first heading, the first line, or the file's name.

use std::borrow::Cow;
use std::ops::Range;

use super::file_name::letters;
pub use super::file_name::{is_nameless, name};
use super::{facts, first_heading, wrapped};
use crate::log::date::{self, Place};
use crate::log::file::TitleFrom;
use crate::log::forms::front::FrontMatter;
use crate::log::forms::likeness;
use crate::log::forms::title::{self, ParsedTitle, note};
use crate::log::forms::words;
use crate::log::outline::{Heading, Outline};

/// How much text may precede the heading with the title, in bytes.
const ABOVE: usize = 300;
/// In a file without a heading of level 1, the first heading must be more like a title than this, unless it has a link
/// or `《》`.
const LIKE: f32 = 0.3;
/// The longest first line that can be a title, in bytes.
const LONGEST: usize = 250;
/// Labels before a title.
const LABELS: &[&str] = &["title", "paper", "paper title", "paper summary", "标题", "题目", "论文", "论文标题", "論文"];
/// Words for a note on a paper: before its title in quotes, and after it.
const NOTES_ON: &[&str] = &["summary of ", "notes on ", "notes for ", "notes from ", "review of "];
const NOTES: &[&str] = &["summary", "paper summary", "notes", "paper notes", "review", "paper review"];
/// Labels of the title, in a heading above it, or before it in a heading or line. One must be among the first [`NEAR`]
/// headings.
const TITLES: &[&str] = &[
    "title",
    "paper title",
    "paper name",
    "标题",
    "题目",
    "论文标题",
    "论文题目",
    "论文名",
    "论文名称",
    "題目",
    "題名",
    "論文題目",
    "論文タイトル",
    "タイトル",
    "제목",
    "논문 제목",
    "논문제목",
    "논문명",
];
/// The same if such a heading is the first one and a likely title follows.
const PAPERS: &[&str] = &["paper", "论文", "論文", "논문", "文章", "article"];
const NEAR: usize = 4;
/// The fewest words of a title behind its venue.
const SEVERAL: usize = 3;
/// How many lines at the top are searched for a label of the title.
const LINES: usize = 8;
/// How much text there may be around a title in `《》`, in chars.
const LITTLE: usize = 12;

/// Extensions of pictures.
const PICTURES: &[&str] = &[".png", ".jpg", ".jpeg", ".gif", ".svg", ".webp"];

/// A file to search for its title.
#[derive(Clone, Copy)]
pub struct ScannedFile<'a> {
    /// The file's name with its folders.
    pub name: &'a str,
    /// The whole text.
    pub text: &'a str,
    /// Its front matter.
    pub front: &'a FrontMatter,
    /// The structure of the text after the front matter.
    pub outline: &'a Outline,
}

/// A title that was found. Offsets are bytes of the file.
#[derive(Debug, Clone)]
pub struct WholeFileTitle {
    /// The line with the title. If the title is the file's name, or is labelled below other text: the front matter, or
    /// nothing.
    pub span: Range<usize>,
    /// Where the body starts.
    pub body: usize,
    /// The title and its context.
    pub parsed: ParsedTitle,
}

/// The title at a given place, if there is one.
pub fn find(page: ScannedFile, from: TitleFrom) -> Option<WholeFileTitle> {
    let whole = match from {
        TitleFrom::Front => in_front(page),
        TitleFrom::Heading => in_heading(page),
        TitleFrom::Line => in_line(page),
        // The index that names the file is not known here.
        TitleFrom::Name | TitleFrom::Index => Some(in_name(page)),
    }?;
    (!whole.parsed.title.is_empty()).then_some(whole)
}

fn in_front(page: ScannedFile) -> Option<WholeFileTitle> {
    let title = page.front.paper_title()?.to_owned();
    let mut at = 0;
    let line = page.text[..page.front.length].split_inclusive('\n').find_map(|line| {
        let start = at;
        at += line.len();
        let key = line.trim_start_matches('\u{FEFF}').split([':', '=']).next().unwrap_or_default();
        key.trim().eq_ignore_ascii_case("title").then_some(start..at)
    })?;
    // Many files repeat the title as their first heading.
    let again = in_heading(page).filter(|heading| same(&heading.parsed.title, &title));
    let body = again.map_or(page.front.length, |heading| heading.body);
    let mut parsed = ParsedTitle::default();
    parsed.title = title::without_venue(behind_day(page.name, title), &mut parsed);
    Some(WholeFileTitle { span: line, body, parsed })
}

/// Removes the day of the file's name from the start of a title: `2031 05 17 Emus at Work`.
fn behind_day(path: &str, title: String) -> String {
    let digits = |text: &str| text.chars().take_while(|c| !c.is_alphabetic()).filter(char::is_ascii_digit).collect();
    let name = path.rsplit('/').next().unwrap_or_default();
    let (day, own): (String, String) = (digits(name), digits(&title));
    let rest = title.trim_start_matches(|c: char| !c.is_alphabetic());
    if day.len() == 8 && day == own && !rest.is_empty() { rest.to_owned() } else { title }
}

fn same(one: &str, other: &str) -> bool {
    letters(one) == letters(other)
}

fn in_heading(page: ScannedFile) -> Option<WholeFileTitle> {
    if let Some(found) = below_label(page) {
        return Some(found);
    }
    if let Some(found) = without_space(page) {
        return Some(found);
    }
    let base = page.front.length;
    let (heading, is_told) = first_heading::find(page.name, &page.text[base..], &page.outline.headings)?;
    let above = page.text[base..base + heading.span().start].trim().len();
    let parsed = read(without_date(&heading.text));
    let is_top = page.outline.headings.iter().all(|other| other.level > 1);
    let is_title = heading.level == 1
        || is_told
        || note::has_words(&heading.text)
        || heading.text.contains("](")
        || heading.text.contains('《')
        || is_top && (likeness::of(&parsed) > LIKE || is_numbered(page.name) && !words::is_part(&parsed.title))
        || first_heading::is_long_form(page.name, &page.outline.headings, heading, &parsed);
    if above > ABOVE || !is_title {
        return None;
    }
    let span = heading.span().start + base..heading.span().end + base;
    Some(WholeFileTitle { body: span.end, span, parsed })
}

/// A linked title on the first line that lacks the space of a heading: `#[Emus at Work](…)`, `#![Emus at Work](…)`.
fn without_space(page: ScannedFile) -> Option<WholeFileTitle> {
    let base = page.front.length;
    let start = base + page.text[base..].len() - page.text[base..].trim_start().len();
    let text = page.text[start..].strip_prefix('#')?;
    let text = text.strip_prefix('!').unwrap_or(text).lines().next().filter(|text| text.starts_with('['))?.trim_end();
    let (_, target) = text.split_once("](")?;
    let is_picture = PICTURES.iter().any(|ending| target.trim_end_matches(')').to_lowercase().ends_with(ending));
    let parsed = read(text);
    let end = page.text[start..].find('\n').map_or(page.text.len(), |at| start + at + 1);
    let is_title = !is_picture && parsed.title.split_whitespace().nth(1).is_some() && text.len() <= LONGEST;
    is_title.then_some(WholeFileTitle { span: start..end, body: end, parsed })
}

/// Whether a file is only numbered: `12.md`.
pub(crate) fn is_numbered(path: &str) -> bool {
    let file = path.rsplit('/').next().unwrap_or_default();
    let stem = file.rsplit_once('.').map_or(file, |(stem, _)| stem);
    (1..=3).contains(&stem.len()) && stem.bytes().all(|byte| byte.is_ascii_digit())
}

/// The title behind a label in a heading, `## Title: Emus at Work`, or on the line below it.
fn below_label(page: ScannedFile) -> Option<WholeFileTitle> {
    let (base, headings) = (page.front.length, &page.outline.headings);
    let labelled = |(at, heading): (usize, &Heading)| {
        let (label, value) = split_label(&heading.text).unwrap_or((heading.text.trim(), ""));
        let label = label.to_lowercase();
        let is_vague = at == 0 && value.is_empty() && PAPERS.contains(&label.as_str());
        (is_vague || TITLES.contains(&label.as_str())).then(|| (at, value.to_owned(), is_vague))
    };
    let (at, value, is_vague) = headings.iter().take(NEAR).enumerate().find_map(labelled)?;
    let start = base + headings[at].span().start;
    let below = base + headings[at].span().end;
    let (parsed, end, is_sure) = if value.is_empty() {
        let next = headings.get(at + 1).map_or(page.text.len(), |next| base + next.span().start);
        let start = below + page.text[below..next].len() - page.text[below..next].trim_start().len();
        let line = page.text[start..next].split_inclusive('\n').next()?;
        // The line may have its own label: `- **Title**: Emus at Work`.
        let own = split_label(line).filter(|(label, _)| TITLES.contains(&label.to_lowercase().as_str()));
        let (title, end) = match own {
            Some((_, value)) => (Cow::Borrowed(value), start + line.len()),
            None => wrapped::join(&page.text[start..next])
                .map_or((Cow::Borrowed(line.trim()), start + line.len()), |(title, length)| {
                    (Cow::Owned(title), start + length)
                }),
        };
        let parsed = read(&title);
        (Some(parsed).filter(|_| line.len() <= LONGEST)?, end, !is_vague || own.is_some())
    } else {
        (read(&value), below, true)
    };
    let is_title = !parsed.title.is_empty() && (is_sure || likeness::of(&parsed) > LIKE);
    // Authors or a date above the title belong to the paper too.
    let is_first = page.text[base..start].trim().is_empty();
    let (span, body) = if is_first { (start..end, end) } else { (0..base, base) };
    is_title.then_some(WholeFileTitle { span, body, parsed })
}

/// (label, value) of a text with a colon, without emphasis.
fn split_label(text: &str) -> Option<(&str, &str)> {
    let (label, value) = text.split_once([':', '：'])?;
    let marks = ['*', '_', ' ', '\t', '-', '+', '>'];
    Some((label.trim_matches(marks), value.trim_start_matches(['*', '_']).trim()))
}

/// The title behind its label on one of the first lines, or on the line below it: `title: Emus at Work`.
fn behind_label(page: ScannedFile) -> Option<WholeFileTitle> {
    let base = page.front.length;
    let end = page.outline.headings.first().map_or(page.text.len(), |first| base + first.span().start);
    let lines = page.text[base..end].lines().map(str::trim).filter(|line| !line.is_empty());
    let mut lines = lines.take(LINES).take_while(|line| line.len() <= LONGEST);
    let mut links = Vec::new();
    while let Some(line) = lines.next() {
        let (label, value) = split_label(line)?;
        if !TITLES.contains(&label.to_lowercase().as_str()) {
            links.extend(title::read(line).links);
            continue;
        }
        let value = if value.is_empty() { lines.next()? } else { value };
        let (venue, title) = split_venue(value);
        let mut parsed = read(title);
        parsed.venue = parsed.venue.or(venue);
        parsed.links.append(&mut links);
        return Some(WholeFileTitle { span: 0..base, body: base, parsed });
    }
    None
}

/// (venue with its year, title) of a labelled title: `ICML2031 Emus at Work`.
fn split_venue(value: &str) -> (Option<String>, &str) {
    let is_dated = |venue: &str| venue.len() > 4 && venue[venue.len() - 4..].bytes().all(|byte| byte.is_ascii_digit());
    let split = value.split_once(' ').filter(|(venue, title)| {
        venue.is_ascii()
            && is_dated(venue)
            && words::venue(venue).is_some()
            && title.split_whitespace().count() >= SEVERAL
    });
    split.map_or((None, value), |(venue, title)| (Some(venue.to_owned()), title))
}

/// Removes a date or venue in code after a title: `` Emus at Work `2031.5` ``.
fn without_date(text: &str) -> &str {
    let text = text.trim();
    let Some((before, inside)) = text.strip_suffix('`').and_then(|text| text.rsplit_once('`')) else { return text };
    let has_year = inside.split(|c: char| !c.is_ascii_digit()).any(|digits| digits.len() == 4);
    if has_year && !before.trim().is_empty() { before.trim_end() } else { text }
}

fn in_line(page: ScannedFile) -> Option<WholeFileTitle> {
    let base = page.front.length;
    if let Some(found) = behind_label(page) {
        return Some(found);
    }
    if let Some(title) = facts::title(&page.text[page.front.length..], page.outline, TITLES) {
        return Some(WholeFileTitle { span: 0..base, body: base, parsed: read(title) });
    }
    let start = base + page.text[base..].len() - page.text[base..].trim_start().len();
    let line_end = |from: usize| page.text[from..].find('\n').map_or(page.text.len(), |at| from + at + 1);
    let first = line_end(start);
    // A link may be wrapped.
    let is_open = page.text[start..].starts_with('[') && !page.text[start..first].contains(']');
    let end = if is_open && page.text[first..line_end(first)].contains("](") { line_end(first) } else { first };
    let is_hidden = page.outline.is_hidden(start - base);
    let is_heading = page.outline.headings.first().is_some_and(|heading| heading.span().start + base <= start);
    let line = page.text[start..end].trim();
    let text = line.strip_prefix(['*', '-', '+']).filter(|text| text.starts_with(' ')).unwrap_or(line).trim();
    let is_text = text.starts_with(|c: char| c.is_alphanumeric() || "[*_\"“《$".contains(c));
    let target = text.rfind("](").map_or(0, |at| text.len() - at);
    let is_title = is_text && text.len() - target <= LONGEST && !is_hidden && !is_heading;
    let parsed = read(text);
    // `**Paper URL:** [arXiv](…)` is a labelled link, not a title.
    let is_label = words::is_link_label(&parsed.title) || words::is_part(&parsed.title) || is_labelled_link(text);
    (is_title && !is_label).then_some(WholeFileTitle { span: start..end, body: end, parsed })
}

/// Whether a line is nothing but a URL behind a label: `download: [https://…]`.
fn is_labelled_link(line: &str) -> bool {
    let value = split_label(line).map_or("", |(_, value)| value.trim_matches(['[', ']', '<', '>', '(', ')']));
    value.starts_with("http") && !value.contains(' ')
}

fn in_name(page: ScannedFile) -> WholeFileTitle {
    let name = name(page.name);
    let parsed = Some(read(&name)).filter(|parsed| !parsed.title.is_empty());
    let parsed = parsed.unwrap_or(ParsedTitle { title: name, ..ParsedTitle::default() });
    WholeFileTitle { span: 0..page.front.length, body: page.front.length, parsed }
}

/// Reads a title; removes author and date around it, or a venue before it.
fn read(text: &str) -> ParsedTitle {
    let around = |text: &str| {
        let first = text.find(" - ")?;
        let last = text.rfind(" - ")?;
        let (before, behind) = (text[..first].trim(), text[last + 3..].trim());
        Some((first + 3, last, before.to_owned(), behind.to_owned()))
    };
    let (mut text, mut year, mut venue) = (note::without_words(unlabelled(text.trim())), None, None);
    if let Some((_, last, _, behind)) = around(text)
        && date::read(&behind, Place::Cell).is_some()
    {
        year = behind.get(behind.len().saturating_sub(4)..).and_then(|year| year.parse().ok());
        text = text[..last].trim();
        // If a date comes after the title, authors come before it.
        text = around(text).map_or(text, |(first, ..)| text[first..].trim());
    } else if let Some((first, _, before, _)) = around(text)
        && is_venue_and_year(&before)
    {
        venue = Some(before);
        text = text[first..].trim();
    }
    let mut parsed = title::read(marked(text).unwrap_or(text));
    parsed.year = parsed.year.or(year);
    parsed.venue = parsed.venue.or(venue);
    parsed
}

/// Removes the label of a title, or the words that it is noted: `Title: Emus at Work`, `Paper summary - Emus at Work`,
/// `Summary of "Emus at Work"`, `Emus at Work - Notes`.
fn unlabelled(text: &str) -> &str {
    let is_one = |words: &[&str], text: &str| words.iter().any(|known| text.trim().eq_ignore_ascii_case(known));
    if let Some((title, note)) = text.rsplit_once(" - ")
        && is_one(NOTES, note)
        && title.split_whitespace().nth(1).is_some()
    {
        return title;
    }
    let begins = |words: &&&str| text.get(..words.len()).is_some_and(|start| start.eq_ignore_ascii_case(words));
    let quoted = NOTES_ON.iter().find(begins).map(|words| text[words.len()..].trim());
    let inside = quoted.and_then(|text| text.strip_prefix(['"', '“'])?.strip_suffix(['"', '”']));
    if let Some(inside) = inside {
        return inside;
    }
    let label = text.split_once([':', '：']).filter(|(label, _)| is_one(LABELS, label));
    let label = label.or_else(|| text.split_once(" - ").filter(|(label, _)| is_one(LABELS, label)));
    label.map(|(_, rest)| rest.trim()).filter(|rest| !rest.is_empty()).unwrap_or(text)
}

/// The title in a single `《》` with little text around it: `论文笔记：《Emus at Work》`.
fn marked(text: &str) -> Option<&str> {
    let (before, rest) = text.split_once('《')?;
    let (inside, behind) = rest.split_once('》')?;
    let is_little = |text: &str| !text.contains('《') && text.chars().count() <= LITTLE;
    (is_little(before) && is_little(behind) && !inside.trim().is_empty()).then_some(inside)
}

/// Whether a text is a venue with its year: `VLDB'31`, `CVPR 2031`.
fn is_venue_and_year(text: &str) -> bool {
    words::venue(text).is_some() && text.split_whitespace().count() <= 2 && text.contains(|c: char| c.is_ascii_digit())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::log::forms::front;

    #[track_caller]
    fn check(name: &str, text: &str, from: TitleFrom, wanted: Option<(&str, &str)>) {
        let front = front::read(text);
        let outline = Outline::scan(&text[front.length..], &mut |_| {});
        let found = find(ScannedFile { name, text, front: &front, outline: &outline }, from);
        let found = found.as_ref().map(|it| (it.parsed.title.as_str(), &text[it.body..]));
        assert_eq!(found, wanted, "{name} {text:?}");
    }

    #[test]
    fn a_title_comes_from_where_it_stands() {
        use TitleFrom::{Front, Heading, Line, Name};
        let said = "---\ntitle: \"Emus at Work\"\n---\n# Emus at work\n\nx\n";
        check("a.md", said, Front, Some(("Emus at Work", "\nx\n")));
        check("a.md", "+++\ntitle = \"Emus\"\n+++\n## Part\n", Front, Some(("Emus", "## Part\n")));
        check("a.md", "# [Emus at Work](https://x.org)\n\nx\n", Heading, Some(("Emus at Work", "\nx\n")));
        check("a.md", "## [Emus at Work](https://x.org)\nx\n", Heading, Some(("Emus at Work", "x\n")));
        check("a.md", "# Emus at Work `2031.5`\nx\n", Heading, Some(("Emus at Work", "x\n")));
        check("a.md", "# Anna Owl - Emus at Work - May 2031\nx\n", Heading, Some(("Emus at Work", "x\n")));
        check("a.md", "# VLDB'31 - Emus at Work\nx\n", Heading, Some(("Emus at Work", "x\n")));
        check("a.md", "## Method\nx\n", Heading, None);
        check("a.md", "### Title: Emus at Work on the Plain\nx\n", Heading, Some(("Emus at Work on the Plain", "x\n")));
        for title in [
            "Paper summary - Emus at Work",
            "Paper Summary : Emus at Work",
            "Summary of \"Emus at Work\"",
            "Emus at Work - Summary",
        ] {
            check("a.md", &format!("# {title}\nx\n"), Heading, Some(("Emus at Work", "x\n")));
        }
        check("a.md", "# Notes on Emus\nx\n", Heading, Some(("Notes on Emus", "x\n")));
        check("a.md", "# 论文笔记：《Emus at Work》\nx\n", Heading, Some(("Emus at Work", "x\n")));
        check("a.md", "* Emus at Work\n* Anna Owl\n\n# Idea\n", Line, Some(("Emus at Work", "* Anna Owl\n\n# Idea\n")));
        check("a.md", "# Emus at Work 阅读笔记\nx\n", Heading, Some(("Emus at Work", "x\n")));
        check(
            "a.md",
            "### Paper:\n\nEmus at Work on the Plain\n### x\n",
            Heading,
            Some(("Emus at Work on the Plain", "### x\n")),
        );
        let listed = "### Paper\n\n+ **Title**: Emus at Work\n+ **Authors**: A. Gnu\n";
        check("a.md", listed, Heading, Some(("Emus at Work", "+ **Authors**: A. Gnu\n")));
        check("a.md", "# Paper\n\nWe read it.\n", Heading, Some(("Paper", "\nWe read it.\n")));
        let progress = "# Progress:\n1\n## Paper Title : [Emus](https://x.org)\nx\n";
        check("a.md", progress, Heading, Some(("Emus", progress)));
        let labelled = "download: [https://x.org/a.pdf]\n\ntitle:\nEmus at Work\n\nauthors: A\n";
        check("a.md", labelled, Line, Some(("Emus at Work", labelled)));
        check("a.md", "download: [https://x.org/a.pdf]\n\nx\n", Line, None);
        let venue = "---\ntitle: Emus at Work（ICCV, 2031）\n---\nx\n";
        check("a.md", venue, Front, Some(("Emus at Work", "x\n")));
        check("a.md", "## Title:\nEmus at Work\n## Notes\nx\n", Heading, Some(("Emus at Work", "## Notes\nx\n")));
        check("a.md", "## Authors\nA\n# Title\n\nEmus\n", Heading, Some(("Emus", "## Authors\nA\n# Title\n\nEmus\n")));
        check("a.md", "# Title\n# Notes\nx\n", Heading, Some(("Title", "# Notes\nx\n")));
        check("a.md", "###### tags: `x`\n# Emus\n", Heading, Some(("Emus", "")));
        check("x/Emus at Work/memo.md", "## Method\n", Name, Some(("Emus at Work", "## Method\n")));
        check("a.md", "---\ntitle: May 17th, 2031\n---\nx\n", Front, None);
        check("a.md", "# Idea\n", Line, None);
        check("a.md", "**Paper URL:** [arXiv](https://arxiv.org/abs/2031.00001)\n", Line, None);
        check("x/2031_Owl_Gnu_Emus at work.md", "x\n", Name, Some(("Emus at work", "x\n")));
        check("x/emus-at-work-on-the-plain.md", "x\n", Name, Some(("emus at work on the plain", "x\n")));
        check("x/2031-05-17-Emus-at-Work.md", "x\n", Name, Some(("Emus at Work", "x\n")));
        check("Emu-Net/README.md", "x\n", Name, Some(("Emu Net", "x\n")));
        check("50 years of emus.md", "x\n", Name, Some(("50 years of emus", "x\n")));
    }
}
