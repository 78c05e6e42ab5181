//! Titles after a label: `**Title:** Emus at Work`, `- 标题：…`.

use std::ops::Range;

use super::{Candidate, TitleInput, lines};
use crate::log::forms::{title, words};
use crate::log::parallel::{in_parallel, joined};
use crate::text::Span;

/// The lines and items that start with a title label. A label such as `Topic` counts only if there is no other, since it
/// may also name the field of a paper, and only beside abstracts, since minutes of meetings have topics too.
pub(super) fn find(input: &TitleInput) -> Vec<Candidate> {
    let found = labelled(input, words::names_titles);
    if !found.is_empty() {
        return found;
    }
    let subjects = labelled(input, words::names_subjects);
    let has_abstract =
        || ["Abstract**", "Abstract:", "摘要**", "摘要："].iter().any(|label| input.text.contains(label));
    if subjects.is_empty() || has_abstract() { subjects } else { Vec::new() }
}

/// The lines and items that start with a label that `is_label` accepts, in lower case.
fn labelled(input: &TitleInput, is_label: fn(&str) -> bool) -> Vec<Candidate> {
    let find = |share: &[Span], _: &mut dyn FnMut(usize)| {
        let mut found = Vec::new();
        let mut look = |line: Range<usize>| {
            if let Some(text) = behind_label(&input.text[line.clone()], is_label)
                && has_title(&input.text[line.start + text..line.end])
                && !input.is_pending_list(line.start)
            {
                found.push(Candidate::new(line.clone(), line.start + text..line.end));
            }
        };
        share.iter().for_each(|paragraph| lines::each_line(input.text, &paragraph.range(), &mut look));
        found
    };
    let mut found = joined(in_parallel(&input.outline.paragraphs, |it| it.range(), &mut |_| {}, find));
    for item in input.outline.items.iter().filter(|item| !item.quoted && !item.text().is_empty()) {
        let start = input.line_start(item.span().start);
        let end = input.text[item.text().start..].find('\n').map_or(input.text.len(), |at| item.text().start + at + 1);
        if start <= item.text().start && input.text[start..item.text().start].trim_start().len() <= 6 {
            let text = behind_label(&input.text[item.text()], is_label).map(|at| item.text().start + at);
            if let Some(text) = text.filter(|&text| has_title(&input.text[text..item.text().end])) {
                found.push(Candidate::new(start..end, text..item.text().end));
            }
        }
    }
    found.sort_by_key(|candidate| candidate.span().start);
    found
}

/// Whether the text contains a title, rather than just a link such as `[arXiv](…)`.
fn has_title(text: &str) -> bool {
    !text.trim_start().starts_with('[') || !title::read(text).title.is_empty()
}

/// Where the title starts after a label at the start of a line, in bytes: `**Title:** …`, `<i>Title</i>: …`,
/// `**[Paper]** …`.
fn behind_label(line: &str, is_label: fn(&str) -> bool) -> Option<usize> {
    let start = line.len() - unmarked(line).len();
    // A quick check that rejects most lines.
    if !words::may_name_titles(&line[start..]) {
        return None;
    }
    let is_letter = |c: char| c.is_alphanumeric() || c == ' ';
    let length = line[start..].char_indices().take(24).find(|(_, c)| !is_letter(*c))?.0;
    let rest = &line[start + length..];
    if !rest.starts_with([':', '：', ']', '】', '*', '_', '<', '>', '#', '[', '【']) {
        return None;
    }
    let label = line[start..start + length].trim().to_lowercase();
    if !is_label(&label) {
        return None;
    }
    let is_closed = rest.starts_with([']', '】']) && line[..start].ends_with(['[', '【']) && !rest.starts_with("](");
    let rest = without_emphasis(rest.trim_start_matches([']', '】']));
    let behind = match rest.strip_prefix([':', '：']) {
        Some(behind) => behind,
        None if is_closed => rest,
        None => return None,
    };
    let text = line.len() - without_emphasis(behind).len();
    (!line[text..].trim().is_empty()).then_some(text)
}

/// A text without the marks before a label: emphasis, tags, the opening bracket of `[Paper]`.
fn unmarked(text: &str) -> &str {
    let mut text = text;
    loop {
        let rest = without_emphasis(text).trim_start_matches(['>', '#', '【']);
        let rest = rest.strip_prefix('[').filter(|rest| !rest.starts_with('[')).unwrap_or(rest);
        if rest.len() == text.len() {
            return text;
        }
        text = rest;
    }
}

/// A text without emphasis marks and tags at its start.
fn without_emphasis(text: &str) -> &str {
    let mut text = text;
    loop {
        let rest = text.trim_start_matches(['*', '_', ' ']);
        let tags = ["<b>", "</b>", "<i>", "</i>", "<u>", "</u>", "<em>", "</em>", "<strong>", "</strong>"];
        let tag = tags.iter().filter(|_| rest.starts_with('<')).find(|tag| rest.starts_with(**tag));
        let rest = &rest[tag.map_or(0, |tag| tag.len())..];
        if rest.len() == text.len() {
            return text;
        }
        text = rest;
    }
}
