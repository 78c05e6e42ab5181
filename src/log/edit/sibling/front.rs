//! Writes the front matter of a new file: values that most siblings share stay, the title and date are replaced, other
//! values are left empty.

use super::Job;
use super::name::redated;
use crate::log::date::Place;

/// Keys that hold a file's date.
const DATES: &[&str] = &["date", "created", "read", "date-read", "date_read", "updated", "modified"];

/// How a YAML or TOML value is quoted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum QuoteStyle {
    None,
    Single,
    Double,
}

/// The lines of the front matter with its fences, once per way to quote the title; one empty list if the model has no
/// front matter.
pub(super) fn variants(job: &Job) -> Vec<Vec<String>> {
    let file = &job.log.files[job.model];
    let text = file.text[..file.reading.front].trim_start_matches('\u{FEFF}');
    if text.trim().is_empty() {
        return vec![Vec::new()];
    }
    let lines: Vec<&str> = text.lines().collect();
    let sign = sign(&lines);
    let title = lines.iter().find_map(|line| value(line, sign).filter(|(key, _)| key.eq_ignore_ascii_case("title")));
    let Some((_, value)) = title else { return vec![written(job, &lines, sign, "")] };
    let mut variants = Vec::new();
    for title in titles(job.title, value, sign) {
        variants.push(written(job, &lines, sign, &title));
    }
    variants
}

/// The separator between keys and values.
fn sign(lines: &[&str]) -> &'static str {
    match lines.iter().map(|line| line.trim_end()).find(|line| !line.is_empty()) {
        Some("---") => ":",
        Some("+++") => "=",
        _ => "::",
    }
}

fn value<'a>(line: &'a str, sign: &str) -> Option<(&'a str, &'a str)> {
    if line.starts_with([' ', '\t', '-', '#', ']', '}']) {
        return None;
    }
    let (key, value) = line.split_once(sign)?;
    Some((key.trim(), value.trim()))
}

fn written(job: &Job, lines: &[&str], sign: &str, title: &str) -> Vec<String> {
    let others: Vec<Vec<&str>> = job.siblings.iter().map(|&file| front_lines(job, file)).collect();
    let is_common = |line: &str| {
        let count = others.iter().filter(|lines| lines.contains(&line)).count();
        count > 1 && count * 2 >= others.len()
    };
    let mut new: Vec<String> = Vec::new();
    // Whether continuation lines of the last key are kept.
    let mut stays = true;
    for line in lines.iter().map(|line| line.trim_end()) {
        let Some((key, old)) = value(line, sign).filter(|_| line != "---" && line != "+++") else {
            let is_more = line.starts_with([' ', '\t', '-', ']', '}']) && line != "---";
            if !is_more || stays && is_common(line) {
                new.push(line.to_owned());
            }
            continue;
        };
        let gap = &line[..line.len() - old.len()];
        let is_date = DATES.contains(&key.to_lowercase().as_str());
        stays = is_common(line);
        if key.eq_ignore_ascii_case("title") {
            stays = false;
            new.push(format!("{}{title}", with_space(gap)));
        } else if let Some(date) = is_date.then(|| date(job, old)).flatten() {
            stays = false;
            new.push(format!("{gap}{date}"));
        } else if stays && !is_date {
            new.push(line.to_owned());
        } else if sign != "=" {
            new.push(gap.trim_end().to_owned());
        } else if let Some(empty) =
            [("\"", "\"\""), ("'", "''"), ("[", "[]")].iter().find(|(begin, _)| old.starts_with(begin))
        {
            new.push(format!("{gap}{}", empty.1));
        }
    }
    new
}

fn front_lines<'a>(job: &Job<'a>, file: usize) -> Vec<&'a str> {
    let file = &job.log.files[file];
    file.text[..file.reading.front].lines().map(str::trim_end).collect()
}

/// A line up to its value, with the space that the model may lack before an empty value.
fn with_space(gap: &str) -> String {
    if gap.ends_with([' ', '\t']) { gap.to_owned() } else { format!("{gap} ") }
}

/// A date in the style of another, without the time of day.
fn date(job: &Job, old: &str) -> Option<String> {
    let quote = old.chars().next().filter(|c| matches!(c, '"' | '\''));
    let bare = old.trim_matches(['"', '\'']);
    let time = bare.find(['T', ' ']).filter(|&at| {
        let rest = &bare.as_bytes()[at + 1..];
        rest.len() > 2 && rest[..2].iter().all(u8::is_ascii_digit) && rest[2] == b':'
    });
    let day = &bare[..time.unwrap_or(bare.len())];
    let hint = job.kind().date().unwrap_or(job.date());
    let new = redated(day, Place::FrontMatter, hint, job.date())?;
    Some(quote.map_or(new.clone(), |quote| format!("{quote}{new}{quote}")))
}

/// The title as a value, in the model's quoting style first.
fn titles(title: &str, model: &str, sign: &str) -> Vec<String> {
    let own = match model.chars().next() {
        Some('"') => QuoteStyle::Double,
        Some('\'') => QuoteStyle::Single,
        _ => QuoteStyle::None,
    };
    let ways: &[QuoteStyle] = match sign {
        "::" => &[QuoteStyle::None],
        "=" => &[QuoteStyle::Double, QuoteStyle::Single],
        _ => &[QuoteStyle::None, QuoteStyle::Double, QuoteStyle::Single],
    };
    let is_possible = |quotes: &QuoteStyle| match quotes {
        QuoteStyle::None => sign == "::" || is_plain(title),
        QuoteStyle::Single => sign != "=" || !title.contains('\''),
        QuoteStyle::Double => true,
    };
    let mut ways: Vec<QuoteStyle> = ways.iter().copied().filter(is_possible).collect();
    ways.sort_by_key(|quotes| (*quotes != own, *quotes == QuoteStyle::None));
    ways.into_iter().map(|quotes| quoted(title, quotes)).collect()
}

fn quoted(title: &str, quotes: QuoteStyle) -> String {
    match quotes {
        QuoteStyle::None => title.to_owned(),
        QuoteStyle::Single => format!("'{}'", title.replace('\'', "''")),
        QuoteStyle::Double => format!("\"{}\"", title.replace('\\', "\\\\").replace('"', "\\\"")),
    }
}

/// Whether YAML reads a text as a plain string without quotes.
fn is_plain(text: &str) -> bool {
    let first = text.chars().next().unwrap_or('#');
    let begins = first.is_alphanumeric() || first == '(' || !first.is_ascii();
    let has_digit_first = text.chars().all(|c| c.is_ascii_digit() || matches!(c, '.' | '-' | ':'));
    begins && !has_digit_first && !text.contains(": ") && !text.contains(" #") && !text.ends_with(':')
}
