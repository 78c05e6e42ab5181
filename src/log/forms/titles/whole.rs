//! The title of a file about one paper: in front matter, the first heading, the first line, or the file's name.

use super::file_name::letters;
pub use super::file_name::{is_nameless, name};
use super::labelled::{TITLES, behind_label, below_label, split_label};
use super::scanned::{LIKE, LONGEST, read};
pub use super::scanned::{ScannedFile, WholeFileTitle};
use super::{facts, first_heading};
use crate::log::file::TitleFrom;
use crate::log::forms::likeness;
use crate::log::forms::title::{self, ParsedTitle, note};
use crate::log::forms::words;

/// How much text may precede the heading with the title, in bytes.
const ABOVE: usize = 300;
/// Extensions of pictures.
const PICTURES: &[&str] = &[".png", ".jpg", ".jpeg", ".gif", ".svg", ".webp"];

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
    Some(WholeFileTitle { at: line.start, span: line, body, parsed })
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
    if let Some(found) = behind_label(page, 1) {
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
    Some(WholeFileTitle { at: span.start, body: span.end, span, parsed })
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
    is_title.then_some(WholeFileTitle { at: start, span: start..end, body: end, parsed })
}

/// Whether a file is only numbered: `12.md`.
pub(crate) fn is_numbered(path: &str) -> bool {
    let file = path.rsplit('/').next().unwrap_or_default();
    let stem = file.rsplit_once('.').map_or(file, |(stem, _)| stem);
    (1..=3).contains(&stem.len()) && stem.bytes().all(|byte| byte.is_ascii_digit())
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
    if let Some(found) = behind_label(page, 0) {
        return Some(found);
    }
    if let Some(title) = facts::title(&page.text[page.front.length..], page.outline, TITLES) {
        return Some(WholeFileTitle { at: 0, span: 0..base, body: base, parsed: read(title) });
    }
    let line_start = |from: usize| from + page.text[from..].len() - page.text[from..].trim_start().len();
    let line_end = |from: usize| page.text[from..].find('\n').map_or(page.text.len(), |at| from + at + 1);
    let top = line_start(base);
    let are_tags = are_tags(&page.text[top..line_end(top)]);
    let start = if are_tags { line_start(line_end(top)) } else { top };
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
    (is_title && !is_label).then_some(WholeFileTitle { at: start, span: start..end, body: end, parsed })
}

/// Whether a line holds nothing but hashtags and links to other notes, as outlines begin: `- #paper/read ~ [[Birds]]`.
pub(crate) fn are_tags(line: &str) -> bool {
    let mut rest = line.trim().trim_start_matches(['-', '*', '+']);
    let mut tags = 0;
    loop {
        rest = rest.trim_start_matches([' ', '~', ',', ';', '|', '-']);
        rest = if rest.is_empty() {
            return tags > 0;
        } else if let Some((_, behind)) = rest.strip_prefix("[[").and_then(|link| link.split_once("]]")) {
            behind
        } else if let Some(tag) = rest.strip_prefix('#').filter(|tag| tag.starts_with(char::is_alphabetic)) {
            tags += 1;
            tag.trim_start_matches(|c: char| c.is_alphanumeric() || matches!(c, '/' | '-' | '_'))
        } else {
            return false;
        };
    }
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
    WholeFileTitle { at: 0, span: 0..page.front.length, body: page.front.length, parsed }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::log::forms::front;
    use crate::log::outline::Outline;

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
