//! Fixes figures: tags that are not valid HTML, paths without a file.

use super::{Meant, UnprovenFix};
use crate::log::check::Diagnostic;
use crate::log::figures::{attributes, tag as read_tag};
use crate::log::{Figure, Log};
use crate::say;

/// The figures on the finding's line.
fn on_line<'a>(log: &'a Log, finding: &'a Diagnostic) -> impl Iterator<Item = Figure> {
    let entries = log.entries.iter().filter(|entry| entry.file() == finding.file);
    let of_entries = entries.flat_map(|entry| log.figures_of(entry));
    let of_notes = log.sections_of(finding.file).iter().flat_map(|section| log.figures_of_note(section));
    of_entries.chain(of_notes).filter(|figure| figure.line == finding.line)
}

/// The tag rewritten as valid HTML, if it then reads as before.
pub(super) fn tag(log: &Log, finding: &Diagnostic) -> Option<UnprovenFix> {
    let figure = on_line(log, finding).find(|figure| figure.malformed)?;
    let old = &log.files[finding.file].text[figure.span.clone()];
    let (_, before) = read_tag(old)?;
    let new = well_formed(old)?;
    let (end, after) = read_tag(&new)?;
    let is_same = (&before.path, before.width, before.height) == (&after.path, after.width, after.height);
    if end != new.len() || after.malformed || !is_same || before.path.is_empty() {
        return None;
    }
    let path = figure.path;
    let meant = Meant::Figure(new.clone());
    Some(UnprovenFix::one(figure.span, new, meant, |language| {
        say!(language, "fix the <img> tag for {path}", "改写图片 {path} 的 HTML 标签")
    }))
}

/// A tag with quoted attributes. Of two attributes with the same name, the first is kept, as in browsers.
fn well_formed(tag: &str) -> Option<String> {
    let mut written = tag.get(..4)?.to_owned();
    for (name, value) in attributes(tag) {
        let is_name = name.chars().all(|c| c.is_ascii_alphanumeric() || matches!(c, '-' | '_' | ':'));
        if !is_name {
            continue;
        }
        // Drop a stray quote at the end.
        let value = value.trim_end_matches(['"', '\'']).replace('&', "&amp;").replace('"', "&quot;");
        written.push_str(&format!(" {name}=\"{value}\""));
    }
    written.push_str(if tag.ends_with(" />") { " />" } else { ">" });
    Some(written)
}

/// Points a figure to another file.
pub(super) fn path(log: &Log, finding: &Diagnostic, path: &str, file: &str) -> Option<UnprovenFix> {
    let figure = on_line(log, finding).find(|figure| figure.path == path)?;
    let text = &log.files[finding.file].text[figure.span.clone()];
    let (at, more) = (text.find(path)?, text.matches(path).count());
    // Keep a query or fragment after the path.
    let length = path.find(['?', '#']).filter(|_| !file.contains(['?', '#'])).unwrap_or(path.len());
    let new = written(file, text.starts_with('<'));
    if more > 1 || length == 0 {
        return None;
    }
    let start = figure.span.start + at;
    let meant = Meant::Figure([&text[..at], &new, &text[at + length..]].concat());
    let (old, now) = (path.to_owned(), file.to_owned());
    Some(UnprovenFix::one(start..start + length, new, meant, |language| {
        say!(language, "change the figure path {old} to {now}", "将图片 {old} 指向 {now}")
    }))
}

/// A path escaped for a tag or for Markdown.
fn written(file: &str, is_tag: bool) -> String {
    let mut written = String::new();
    for c in file.chars() {
        let is_odd = if is_tag { "\"'&<>%".contains(c) } else { " ()<>[]%\\".contains(c) };
        if is_odd { written.push_str(&format!("%{:02X}", u32::from(c))) } else { written.push(c) }
    }
    written
}
