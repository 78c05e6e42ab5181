//! The title behind a label in a file about one paper: `Title: Emus at Work`.

use std::borrow::Cow;

use super::scanned::{LIKE, LONGEST, ScannedFile, WholeFileTitle, read};
use super::wrapped;
use crate::log::forms::likeness;
use crate::log::forms::title;
use crate::log::forms::words;
use crate::log::outline::Heading;

/// Labels of the title, in a heading above it, or before it in a heading or line. One must be among the first [`NEAR`]
/// headings.
pub(super) const TITLES: &[&str] = &[
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

/// The title behind a label in a heading, `## Title: Emus at Work`, or on the line below it.
pub(super) fn below_label(page: ScannedFile) -> Option<WholeFileTitle> {
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
    let (parsed, words, end, is_sure) = if value.is_empty() {
        let next = headings.get(at + 1).map_or(page.text.len(), |next| base + next.span().start);
        let start = below + page.text[below..next].len() - page.text[below..next].trim_start().len();
        let line = page.text[start..next].split_inclusive('\n').next()?;
        // The line may have its own label: `- **Title**: Emus at Work`.
        let own = split_label(line).filter(|(label, _)| is_of_title(label));
        let (title, end) = match own {
            Some((_, value)) => (Cow::Borrowed(value), start + line.len()),
            None => wrapped::join(&page.text[start..next])
                .map_or((Cow::Borrowed(line.trim()), start + line.len()), |(title, length)| {
                    (Cow::Owned(title), start + length)
                }),
        };
        let parsed = read(&title);
        (Some(parsed).filter(|_| line.len() <= LONGEST)?, start, end, !is_vague || own.is_some())
    } else {
        (read(&value), start, below, true)
    };
    let is_title = !parsed.title.is_empty() && (is_sure || likeness::of(&parsed) > LIKE);
    // Authors or a date above the title belong to the paper too.
    let is_first = page.text[base..start].trim().is_empty();
    let (span, body) = if is_first { (start..end, end) } else { (0..base, base) };
    is_title.then_some(WholeFileTitle { at: words, span, body, parsed })
}

fn is_of_title(label: &str) -> bool {
    TITLES.contains(&label.to_lowercase().as_str())
}

/// (label, value) of a text with a colon, without emphasis.
pub(super) fn split_label(text: &str) -> Option<(&str, &str)> {
    let (label, value) = text.split_once([':', '：'])?;
    let marks = ['*', '_', ' ', '\t', '-', '+', '>'];
    Some((label.trim_matches(marks), value.trim_start_matches(['*', '_']).trim()))
}

/// The title behind its label on one of the first lines below so many headings, or on the line below it:
/// `title: Emus at Work`.
pub(super) fn behind_label(page: ScannedFile, headings: usize) -> Option<WholeFileTitle> {
    let base = page.front.length;
    let above = headings.checked_sub(1).map(|last| page.outline.headings.get(last));
    let start = above.map_or(Some(0), |last| last.map(|heading| heading.span().end))?;
    let end = page.outline.headings.get(headings).map_or(page.text.len() - base, |next| next.span().start);
    let mut end_of_line = base + start;
    let lines = page.text[base + start..base + end.max(start)].split_inclusive('\n').map(|line| {
        end_of_line += line.len();
        (end_of_line - line.len(), line.trim())
    });
    let lines = lines.filter(|(_, line)| !line.is_empty());
    let mut lines = lines.take(LINES).take_while(|(_, line)| line.len() <= LONGEST);
    let mut links = Vec::new();
    while let Some((at, line)) = lines.next() {
        let (label, value) = split_label(line)?;
        if !is_of_title(label) {
            links.extend(title::read(line).links);
            continue;
        }
        let (at, value) = if value.is_empty() { lines.next()? } else { (at, value) };
        // A list of papers has one label for each.
        let below = page.text[at..].lines().skip(1);
        if headings > 0 && below.filter_map(split_label).any(|(label, _)| is_of_title(label)) {
            return None;
        }
        let (venue, title) = split_venue(value);
        let mut parsed = read(title);
        parsed.venue = parsed.venue.or(venue);
        parsed.links.append(&mut links);
        return Some(WholeFileTitle { at, span: 0..base, body: base, parsed });
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
