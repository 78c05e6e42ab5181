//! Names a new file like its siblings.

use std::collections::HashMap;

use chrono::{Datelike, NaiveDate};

use super::{Job, Set};
use crate::log::Log;
use crate::log::date::{DateReplacement, Place, When, like, read};
use crate::log::file::{Role, TitleFrom};
use crate::text::prefix;

/// The longest file name without extension, in bytes; file systems allow 255.
const LONGEST: usize = 200;
/// The highest number tried as a suffix if a name is taken; the first suffix is `-2`.
const NUMBERED: usize = 20;
/// Chars that some file systems forbid in names.
const FORBIDDEN: [char; 9] = ['/', '\\', ':', '*', '?', '"', '<', '>', '|'];

/// How a title becomes a file name.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
enum NameStyle {
    /// Words separated by spaces.
    Spaced,
    /// Words joined by a char: (that char, whether all words are in lower case).
    Joined(char, bool),
    /// Camel case: `emusAtWork` if true, `EmusAtWork` if false.
    Humped(bool),
}

/// Candidates for the path of the new file, most usual first.
pub(super) fn names(job: &Job) -> Vec<String> {
    let model = job.log.files[job.model].name.as_str();
    let (folders, file) = model.rsplit_once('/').unwrap_or(("", model));
    let (stem, ending) = file.rsplit_once('.').map_or((file, ""), |(stem, ending)| (stem, ending));
    let folders = new_folders(job, folders);
    let mut names = Vec::new();
    for stem in stems(job, stem) {
        let name = |number: usize| {
            let more = if number > 1 { format!("-{number}") } else { String::new() };
            let file = if ending.is_empty() { format!("{stem}{more}") } else { format!("{stem}{more}.{ending}") };
            if folders.is_empty() { file } else { format!("{folders}/{file}") }
        };
        // Some file systems ignore case.
        let is_free = |name: &String| !job.log.files.iter().any(|file| file.name.to_lowercase() == name.to_lowercase());
        names.extend((1..=NUMBERED).map(name).find(is_free).filter(|name| !names.contains(name)));
    }
    names
}

/// The model's folders, with the year, month and day in their names replaced by the new ones.
fn new_folders(job: &Job, folders: &str) -> String {
    let Some(old) = job.kind().date() else { return folders.to_owned() };
    let new = job.date();
    let mut is_in_year = false;
    let parts = folders.split('/').enumerate().map(|(at, folder)| {
        // The first folder is the log itself, whatever its name.
        if at == 0 {
            return folder.to_owned();
        }
        let number = |value: u32, new: u32| {
            let is_it = folder.parse() == Ok(value) && folder.len() <= 2;
            is_it.then(|| if folder.len() == 2 { format!("{new:02}") } else { new.to_string() })
        };
        if folder == old.year().to_string() {
            is_in_year = true;
            return new.year().to_string();
        }
        let day = || number(old.day(), new.day());
        let part = if is_in_year { number(old.month(), new.month()).or_else(day) } else { None };
        part.or_else(|| redated(folder, Place::Name, old, new)).unwrap_or_else(|| folder.to_owned())
    });
    parts.collect::<Vec<_>>().join("/")
}

/// Candidates for the file name without extension.
fn stems(job: &Job, stem: &str) -> Vec<String> {
    let (old, new) = (job.kind().date(), job.date());
    let dated = old.and_then(|old| {
        let prefix = dated_part(stem);
        let date = redated(prefix.trim_end_matches(is_between), Place::Name, old, new)?;
        let between = &prefix[prefix.trim_end_matches(is_between).len()..];
        Some((format!("{date}{between}"), &stem[prefix.len()..]))
    });
    match (job.set, dated) {
        (Set::Days, Some((date, ""))) => vec![date],
        (Set::Days, _) => old.and_then(|old| redated(stem, Place::Name, old, new)).into_iter().collect(),
        (Set::Papers, Some((date, ""))) => vec![date],
        (Set::Papers, dated) => {
            let date = dated.map(|(date, _)| date).unwrap_or_default();
            called(job).into_iter().map(|title| cut(&format!("{date}{title}"))).filter(|it| !it.is_empty()).collect()
        }
    }
}

/// Whether a char can separate a date from a title.
fn is_between(c: char) -> bool {
    matches!(c, '-' | '_' | ' ' | '.')
}

/// The date that a name starts with, and the separator after it.
fn dated_part(stem: &str) -> &str {
    let end = stem.find(|c: char| !c.is_ascii_digit() && !is_between(c)).unwrap_or(stem.len());
    let digits = stem[..end].bytes().filter(u8::is_ascii_digit).count();
    if digits >= 4 { &stem[..end] } else { "" }
}

/// A text with its date replaced. `hint` is the date that the text is known to hold: it supplies a missing year, and
/// settles an ambiguous order of day and month.
pub(super) fn redated(text: &str, place: Place, hint: NaiveDate, new: NaiveDate) -> Option<String> {
    let at = |old: NaiveDate, is_month: bool| {
        like(text, DateReplacement { old: &[old], new: &[new], is_month, is_year: false, padded: true })
    };
    let parsed = read(text, place)?;
    match parsed.what {
        When::Day { year, month, day } => at(NaiveDate::from_ymd_opt(year.unwrap_or(hint.year()), month, day)?, false),
        When::Month { year, month } => at(NaiveDate::from_ymd_opt(year.unwrap_or(hint.year()), month, 1)?, true),
        When::Ambiguous { .. } => at(hint, false),
        _ => None,
    }
}

/// Candidates for the title as a file name, in the style of most siblings.
fn called(job: &Job) -> Vec<String> {
    let folder = |file: usize| job.log.files[file].name.rsplit_once('/').map(|(folder, _)| folder);
    let mut counts: HashMap<NameStyle, usize> = HashMap::new();
    for &file in job.siblings.iter().filter(|&&file| folder(file) == folder(job.model)) {
        if let Some(style) = style(stem_of(job.log, file)) {
            *counts.entry(style).or_default() += 1;
        }
    }
    let most = counts.into_iter().max_by_key(|&(style, count)| (count, style == NameStyle::Spaced));
    let style = most.map_or(NameStyle::Joined('-', true), |(style, _)| style);
    let mut names = vec![written(job.title, style, &FORBIDDEN)];
    let by_name =
        matches!(job.log.files[job.model].reading.role, Role::Paper { title: TitleFrom::Name | TitleFrom::Index, .. });
    if by_name || style == NameStyle::Spaced {
        // Also try a name that keeps every char it can: first if the name serves as the title, else second.
        let exact = written(job.title, NameStyle::Spaced, &['/']);
        names.insert(usize::from(!by_name), exact);
    }
    names.dedup();
    names
}

fn stem_of(log: &Log, file: usize) -> &str {
    let name = log.files[file].name.rsplit('/').next().unwrap_or_default();
    let stem = name.rsplit_once('.').map_or(name, |(stem, _)| stem);
    &stem[dated_part(stem).len()..]
}

fn style(stem: &str) -> Option<NameStyle> {
    let has_capitals = stem.contains(char::is_uppercase);
    let sign = ['_', '-'].into_iter().max_by_key(|&sign| stem.matches(sign).count())?;
    Some(match () {
        () if stem.is_empty() => return None,
        () if stem.contains(' ') => NameStyle::Spaced,
        () if stem.contains(sign) => NameStyle::Joined(sign, !has_capitals),
        () if stem.chars().skip(1).any(char::is_uppercase) => NameStyle::Humped(stem.starts_with(char::is_lowercase)),
        () if has_capitals => return None,
        () => NameStyle::Joined('-', true),
    })
}

/// A title as a file name.
fn written(title: &str, style: NameStyle, forbidden: &[char]) -> String {
    let is_bad = |c: char| c.is_control() || forbidden.contains(&c);
    match style {
        NameStyle::Spaced => {
            let text: String = title.chars().map(|c| if is_bad(c) { ' ' } else { c }).collect();
            let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
            text.trim_start_matches('.').trim_end_matches(['.', ' ']).to_owned()
        }
        NameStyle::Joined(sign, lower) => {
            let text = words(title).collect::<Vec<_>>().join(&sign.to_string());
            if lower { text.to_lowercase() } else { text }
        }
        NameStyle::Humped(lower) => {
            let hump = |(at, word): (usize, &str)| {
                let mut letters = word.chars();
                let first = letters.next().map(|c| if at == 0 && lower { small(c) } else { large(c) });
                first.unwrap_or_default() + letters.as_str()
            };
            words(title).enumerate().map(hump).collect()
        }
    }
}

fn words(title: &str) -> impl Iterator<Item = &str> {
    title.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty())
}

fn small(c: char) -> String {
    c.to_lowercase().collect()
}

fn large(c: char) -> String {
    c.to_uppercase().collect()
}

/// Cuts a name to [`LONGEST`].
fn cut(stem: &str) -> String {
    prefix(stem, LONGEST).trim_end_matches(is_between).to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn file_names_follow_the_style_of_others() {
        let check = |like: &str, wanted: &str| {
            let style = style(like).expect("a style");
            assert_eq!(written("Apes/Owls: A Study (2031)", style, &FORBIDDEN), wanted, "{like}");
        };
        check("Emus at Work", "Apes Owls A Study (2031)");
        check("emus-at-work", "apes-owls-a-study-2031");
        check("Emus_at_Work", "Apes_Owls_A_Study_2031");
        check("emusAtWork2031", "apesOwlsAStudy2031");
        check("EmuNet", "ApesOwlsAStudy2031");
        check("emus", "apes-owls-a-study-2031");
    }
}
