//! Writes the text of a new file: front matter, title line, and the labels (such as `Date:`) and headings that most
//! siblings have.

use super::name::redated;
use super::{Job, Set, front};
use crate::log::date::Place;
use crate::log::edit::{entry_lines, style};
use crate::log::forms::titles::TitleForm;
use crate::log::forms::titles::write::{TitleFrame, WrittenTitle};
use crate::log::outline::Outline;
use crate::log::{Entry, dialect};

/// How many lines below a title are searched for labels.
const NEAR: usize = 8;
/// The longest label, in bytes.
const LABEL: usize = 24;

/// Candidates for the text of the new file, most usual first.
pub(super) fn texts(job: &Job) -> Vec<String> {
    let file = &job.log.files[job.model];
    let (ending, mark) = (style::line_ending(file), if file.text.starts_with('\u{FEFF}') { "\u{FEFF}" } else { "" });
    let mut texts = Vec::new();
    for front in front::variants(job) {
        let bodies = match job.set {
            Set::Papers => papers(job),
            Set::Days => days(job),
        };
        for body in bodies {
            let gap = !front.is_empty() && has_gap(job);
            let lines = front.iter().cloned().chain(gap.then(String::new)).chain(body);
            let text: String = lines.flat_map(|line| [line, ending.to_owned()]).collect();
            let text = format!("{mark}{text}");
            if !texts.contains(&text) {
                texts.push(text);
            }
        }
    }
    texts
}

/// Whether a blank line follows the model's front matter.
fn has_gap(job: &Job) -> bool {
    let file = &job.log.files[job.model];
    file.text[file.reading.front..].lines().next().is_some_and(|line| line.trim().is_empty())
}

/// Candidates for the body of a file about one paper.
fn papers(job: &Job) -> Vec<Vec<String>> {
    let file = &job.log.files[job.model];
    let Some(entry) = job.log.entries.iter().find(|entry| entry.file() == job.model) else { return Vec::new() };
    let (base, text) = (file.reading.front, &file.text);
    let outline = Outline::scan(&text[base..], &mut |_| {});
    let heading = outline.headings.first().map(|heading| heading.span().start + base..heading.span().end + base);
    // Many files repeat a title from the front matter as their first heading; the new file does if its model does.
    let line = match heading {
        Some(heading) if heading.start < entry.body().start => Some(text[heading].to_owned()),
        _ if entry.span().start >= base && entry.span().start < entry.body().start => {
            Some(text[entry.span().start..].lines().next().unwrap_or_default().to_owned())
        }
        _ => None,
    };
    let below = below(job, entry, &outline, base);
    let Some(line) = line else { return vec![below] };
    let lines = |WrittenTitle { text, indent }: WrittenTitle| {
        let gap = indent.is_none().then(String::new);
        let indent = indent.unwrap_or_default();
        let below = below.iter().map(|line| if line.is_empty() { String::new() } else { format!("{indent}{line}") });
        std::iter::once(text).chain(gap).chain(below).collect()
    };
    title_lines(job, entry, &line).into_iter().map(lines).collect()
}

/// Candidates for the title line.
fn title_lines(job: &Job, entry: &Entry, line: &str) -> Vec<WrittenTitle> {
    let line = line.lines().next().unwrap_or_default();
    let level = u8::try_from(line.len() - line.trim_start_matches('#').len()).unwrap_or(1);
    let form = match level {
        0 if line.starts_with(['-', '*', '+']) => TitleForm::Bullets,
        0 => TitleForm::PlainLines,
        level => TitleForm::Headings(level),
    };
    let like = TitleFrame::read(form, line, &entry.title, None).map(|frame| frame.write(job.title, None, None));
    let mut lines: Vec<WrittenTitle> = like.unwrap_or_default();
    if level > 0 {
        let text = format!("{} {}", "#".repeat(level.into()), dialect::write_title(job.title));
        lines.push(WrittenTitle { text, indent: None });
    }
    lines
}

/// The text below the title: labels and dates, then the headings that most siblings have. If they share no headings, or
/// the new entry's body is the user's own template, that body follows instead.
fn below(job: &Job, entry: &Entry, outline: &Outline, base: usize) -> Vec<String> {
    let file = &job.log.files[job.model];
    let mut lines: Vec<String> = Vec::new();
    let body = &file.text[entry.body().start.max(base)..];
    for line in
        body.lines().skip_while(|line| line.trim().is_empty()).take(NEAR).take_while(|line| !line.starts_with('#'))
    {
        let hint = job.kind().date().unwrap_or(job.date());
        let dated = || redated(line.trim(), Place::Line, hint, job.date());
        if let Some(label) = label(line) {
            if job.is_common(|file| has_label(job, file, label)) {
                let rest = &line[label.len()..];
                let signs = rest.len() - rest.trim_start_matches(['*', '_', ':', '：']).len();
                let value = redated(rest[signs..].trim(), Place::FrontMatter, hint, job.date());
                lines.push(format!(
                    "{label}{}{}",
                    &rest[..signs],
                    value.map(|value| format!(" {value}")).unwrap_or_default()
                ));
            }
        } else if let Some(date) = dated() {
            lines.push(date);
        }
    }
    if !lines.is_empty() {
        lines.push(String::new());
    }
    let plan: Vec<&str> = outline
        .headings
        .iter()
        .filter(|heading| heading.span().start + base >= entry.body().start && heading.atx)
        .map(|heading| file.text[base..][heading.span()].trim_end())
        .filter(|line| job.is_common(|file| job.log.files[file].text.lines().any(|other| other.trim_end() == *line)))
        .collect();
    if plan.is_empty() || job.wanted.is_own_body {
        lines.extend(job.wanted.entry.body.lines().map(str::to_owned));
    } else {
        lines.extend(plan.into_iter().flat_map(|heading| [heading.to_owned(), String::new()]));
    }
    while lines.last().is_some_and(String::is_empty) {
        lines.pop();
    }
    lines
}

/// The label that starts a line, with its marker: `- Date` in `- Date: 2031-05-17`.
fn label(line: &str) -> Option<&str> {
    let end = line.find([':', '：'])?;
    let label = line[..end].trim_end_matches(['*', '_']);
    let words = label.trim_start_matches(['-', '*', '_', '>', ' ']);
    let is_label = !words.is_empty() && words.len() <= LABEL && words.chars().all(|c| c.is_alphabetic() || c == ' ');
    (is_label && !line[end..].starts_with("://")).then_some(label)
}

fn has_label(job: &Job, file: usize, wanted: &str) -> bool {
    job.log.files[file].text.lines().any(|line| label(line) == Some(wanted))
}

/// Candidates for the body of a file for one day: the day's heading, and the entry in the usual form.
fn days(job: &Job) -> Vec<Vec<String>> {
    let file = &job.log.files[job.model];
    let (base, hint) = (file.reading.front, job.kind().date().unwrap_or(job.date()));
    let first =
        job.log.entries.iter().find(|entry| entry.file() == job.model).map_or(file.text.len(), |it| it.span().start);
    let above = file.text.get(base..first).unwrap_or_default();
    let head: Vec<String> = above
        .lines()
        .filter(|line| line.starts_with('#'))
        .filter_map(|line| {
            let words = line.trim_start_matches('#').trim();
            let dated = redated(words, Place::Heading, hint, job.date());
            let marks = &line[..line.len() - line.trim_start_matches('#').len()];
            let is_common = || job.is_common(|file| job.log.files[file].text.lines().any(|other| other == line));
            dated.map(|date| format!("{marks} {date}")).or_else(|| is_common().then(|| line.to_owned()))
        })
        .flat_map(|line| [line, String::new()])
        .collect();
    let siblings = job.log.entries.iter().filter(|entry| job.siblings.contains(&entry.file()));
    let gap = entry_lines::has_gap_below_titles(job.log);
    let mut bodies = Vec::new();
    for frame in entry_lines::most(job.log, siblings).into_iter().chain([TitleFrame::plain()]) {
        for line in frame.write(job.title, Some(1), None) {
            let indent = line.indent.clone().unwrap_or_default();
            let body = job.wanted.entry.body.lines();
            let body = body.map(|line| if line.is_empty() { String::new() } else { format!("{indent}{line}") });
            let blank = (gap && !frame.is_item()).then(String::new);
            let mut lines: Vec<String> = head.iter().cloned().chain([line.text]).chain(blank).chain(body).collect();
            while lines.last().is_some_and(String::is_empty) {
                lines.pop();
            }
            bodies.push(lines);
        }
    }
    bodies
}
