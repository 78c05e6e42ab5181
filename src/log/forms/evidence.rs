//! The evidence for forms of titles: features, weights and thresholds, in one place.
//!
//! Scores are sums of log-odds. The weights were tuned on logs of many authors and on documents without papers. A form
//! is used if its score is high enough.

use std::collections::HashSet;
use std::ops::Range;

use super::prior::{float, is_diary};
use super::titles::{Candidate, TitleForm};
use super::{TitleInput, likeness, small, title, words, work};
use crate::log::template;
use crate::text::prefix;

/// How many candidates of a form are judged.
pub(super) const SAMPLE: usize = 100;
/// How much text below a heading is searched for a paper's URL, in bytes.
const BELOW: usize = 400;

/// (mean likeness from which the number of candidates counts, mean likeness from which it counts in full): a thousand
/// lines that are unlike titles prove nothing.
const COUNTS: (f32, f32) = (-0.7, 0.8);
/// (mean likeness, cost per point below it): less likely candidates are something else.
const UNLIKE: (f32, f32) = (-0.5, 3.0);
/// The bonus for each doubling of the number of candidates.
const DOUBLING: f32 = 0.35;
/// (weight if all dated parts have a candidate, weight if none has).
const COVER: (f32, f32) = (1.2, -1.2);
/// Candidates that repeat the same text.
const REPEATED: f32 = -4.0;
/// The links beside dated candidates lead to issues, changes and repositories only.
const WORK: f32 = -4.0;
/// A heading or line with a paper's URL directly below, or a table row that contains one.
pub(crate) const ADDRESS_BELOW: f32 = 2.0;
/// A heading with the text below it that this program writes for a new paper, filled in or not.
const TEMPLATE_BELOW: f32 = 4.5;
/// Forms that are rarely used for anything else (positive), and those that match almost anything (negative).
const HABIT: &[(TitleForm, f32)] = &[
    (TitleForm::Marks, 0.8),
    (TitleForm::Labels, 1.5),
    (TitleForm::PlainLines, -2.2),
    (TitleForm::StrongLines, -0.6),
    (TitleForm::InText, -1.0),
];
/// Plain lines that directly follow nearly all dates, and are not much unlike titles ([`LIKE_LINES`]).
const OPENS_DAYS: f32 = 3.0;
const LIKE_LINES: f32 = -1.0;
/// The fewest dates for that.
const FEWEST_DAYS: usize = 3;
/// The usual amount of text per paper, in bytes. Each doubling beyond it lowers a form's rank by [`FEW`].
const TEXT: f32 = 6_000.0;
const FEW: f32 = 0.8;
/// A column or label whose name announces titles.
const NAMED: f32 = 1.8;
/// Headings that are titles in Latin letters, in a text in Chinese, Japanese or Korean, and the fewest words of each.
const FOREIGN: f32 = 2.5;
const FOREIGN_WORDS: usize = 5;
/// Headings above all others that are on average like titles, if each heading of their level is one.
const TOP: f32 = 1.0;
const LIKE_TOP: f32 = 0.5;
/// How much of a text is searched for its script, in bytes.
const SCRIPT: usize = 8_000;
/// Headings most of which have a section of a paper below them that nothing else has, as a heading one level deeper:
/// `## EmuNet`, `### Related work`.
const HAVE_PARTS: f32 = 3.0;
/// The only strong line, or the only two, if they end in a colon: they introduce what is below.
const INTRODUCES: f32 = -1.5;
/// The minimum score for a form to be used.
pub(super) const TAKEN: f32 = 0.6;
/// The minimum sum of mean likeness and prior for another form, in the parts where the first finds no title.
pub(super) const JOINED: f32 = 1.2;

/// A form and the evidence for it in a file.
#[derive(Debug, Clone)]
pub(super) struct Evidence {
    pub form: TitleForm,
    pub candidates: Vec<Candidate>,
    /// The mean likeness of the candidates.
    pub mean: f32,
    pub score: f32,
}

impl Evidence {
    /// Weighs a form by itself, without the prior of the file.
    pub fn weigh(form: TitleForm, candidates: Vec<Candidate>, input: &TitleInput, parts: &[Range<usize>]) -> Self {
        let opens = form == TitleForm::PlainLines && opens_days(&candidates, input, parts);
        // Plain lines above the days introduce the log.
        let first = if opens { parts.first().map_or(0, |first| first.start) } else { 0 };
        let judged = &candidates[candidates.partition_point(|candidate| candidate.span().start < first)..];
        let step = judged.len().div_ceil(SAMPLE).max(1);
        let sample: Vec<&Candidate> = judged.iter().step_by(step).collect();
        let mut likes: Vec<(f32, String)> = sample.iter().map(|candidate| liken(form, candidate, input)).collect();
        likes.retain(|(_, title)| !title.is_empty());
        if likes.is_empty() {
            return Self { form, candidates: Vec::new(), mean: -4.0, score: -9.0 };
        }
        let count = float(likes.len());
        let mean = likes.iter().map(|(likeness, _)| likeness.clamp(-4.0, 4.0)).sum::<f32>() / count;
        let titles: HashSet<&str> = likes.iter().map(|(_, title)| title.as_str()).collect();
        let distinct = float(titles.len()) / count;
        let cover = cover(&candidates, parts).map_or(0.0, |share| COVER.1 + share * (COVER.0 - COVER.1));
        let size = (1.0 + float(candidates.len())).log2()
            * DOUBLING
            * ((mean - COUNTS.0) / (COUNTS.1 - COUNTS.0)).clamp(0.0, 1.0);
        let work = if work::is_diary(&candidates, input) { WORK } else { 0.0 };
        let fills_days = if work == 0.0 { small::bonus(form, &candidates, &likes, input, parts) } else { 0.0 };
        // Titles in headings are often short model names, so headings are doubted only in a diary.
        let is_item = matches!(form, TitleForm::Bullets | TitleForm::Numbers | TitleForm::Tasks);
        let is_doubted = is_item && fills_days == 0.0 || matches!(form, TitleForm::Headings(_)) && is_diary(input);
        let unlike = if is_doubted { (mean - UNLIKE.0).min(0.0) * UNLIKE.1 } else { 0.0 };
        let habit = HABIT.iter().find(|(other, _)| *other == form).map_or(0.0, |(_, weight)| *weight);
        let bonuses = [
            (introduce(form, &sample, input.text), INTRODUCES),
            (opens && mean > LIKE_LINES, OPENS_DAYS),
            (mean >= LIKE_TOP && are_top_headings(form, &candidates, input), TOP),
            (matches!(form, TitleForm::Headings(_)) && are_foreign(&titles, input.text), FOREIGN),
            (have_parts(form, &candidates, input), HAVE_PARTS),
        ];
        let bonus: f32 = bonuses.iter().filter(|(applies, _)| *applies).map(|(_, weight)| weight).sum();
        let repeated = REPEATED * (1.0 - distinct).max(0.0);
        let score = mean + size + cover + habit + bonus + fills_days + unlike + work + repeated;
        Self { form, candidates, mean, score }
    }

    /// The rank of a form: the highest is tried first. A form that finds hardly anything in a long text ranks lower.
    pub fn rank(&self, length: usize) -> f32 {
        let each = float(length / 16) * 16.0 / float(self.candidates.len().max(1));
        self.score - FEW * (each / TEXT).max(1.0).log2()
    }
}

/// (likeness of a candidate, its title).
pub(super) fn liken(form: TitleForm, candidate: &Candidate, input: &TitleInput) -> (f32, String) {
    let text = &input.text[candidate.text()];
    if form == TitleForm::Marks && !candidate.bare {
        return (if text.trim().is_empty() { 0.0 } else { 3.0 }, text.to_owned());
    }
    let parsed = title::read(text);
    let own = match form {
        TitleForm::Tasks => likeness::of_task(&parsed.title, &parsed),
        _ => likeness::of(&parsed),
    };
    let mut likeness = own + if candidate.is_named { NAMED } else { 0.0 };
    if form == TitleForm::Rows
        && !likeness::has_paper_link(&parsed)
        && words::is_paper_url(&input.text[candidate.span()])
    {
        likeness += ADDRESS_BELOW;
    }
    if matches!(form, TitleForm::Headings(_)) && template::begins(&input.text[candidate.span().end..]) {
        likeness += TEMPLATE_BELOW;
    }
    if matches!(form, TitleForm::Headings(_) | TitleForm::StrongLines | TitleForm::PlainLines)
        && !likeness::has_paper_link(&parsed)
        && has_address_below(input.text, candidate.span().end)
    {
        likeness += ADDRESS_BELOW;
    }
    (likeness, parsed.title)
}

/// Whether a paper's URL is directly below a title that ends at byte `from`.
pub(crate) fn has_address_below(text: &str, from: usize) -> bool {
    let below = tail(text, from);
    words::is_paper_url(below) && !begins_with_title(below)
}

/// The text directly below a title, up to the next heading.
fn tail(text: &str, from: usize) -> &str {
    let below = prefix(&text[from..], BELOW);
    &below[..below.find("\n#").unwrap_or(below.len())]
}

/// Whether candidates, at least two, are all headings of the highest level.
fn are_top_headings(form: TitleForm, candidates: &[Candidate], input: &TitleInput) -> bool {
    let TitleForm::Headings(level) = form else { return false };
    let headings = &input.outline.headings;
    candidates.len() > 1
        && headings.iter().all(|heading| heading.level >= level)
        && headings.iter().filter(|heading| heading.level == level).count() == candidates.len()
}

/// Whether candidates, at least two, are headings, and most have a section of a paper as a heading one level deeper.
fn have_parts(form: TitleForm, candidates: &[Candidate], input: &TitleInput) -> bool {
    let TitleForm::Headings(level) = form else { return false };
    let headings = &input.outline.headings;
    let has_part = |candidate: &&Candidate| {
        let below = headings.partition_point(|heading| heading.span().start <= candidate.span().start);
        let own = headings[below..].iter().take_while(|heading| heading.level > level);
        own.filter(|heading| heading.level == level + 1).any(|heading| words::is_section_of_paper(&heading.text))
    };
    candidates.len() > 1 && candidates.iter().filter(has_part).count() * 2 > candidates.len()
}

/// Whether most titles are in Latin letters, unlike the text around them.
fn are_foreign(titles: &HashSet<&str>, text: &str) -> bool {
    let is_latin = |title: &&&str| title.is_ascii() && title.split([' ', '_']).nth(FOREIGN_WORDS - 1).is_some();
    if titles.iter().filter(is_latin).count() * 3 < titles.len() * 2 {
        return false;
    }
    let text = prefix(text, SCRIPT);
    let wide = text.chars().filter(|c| matches!(c, '\u{3041}'..='\u{9FFF}' | '\u{AC00}'..='\u{D7A3}')).count();
    wide * 15 > text.len()
}

/// Whether hardly any strong lines are there, and all end in a colon.
fn introduce(form: TitleForm, candidates: &[&Candidate], text: &str) -> bool {
    let ends = |candidate: &&Candidate| {
        let line = text[candidate.text()].lines().next().unwrap_or_default();
        line.trim_end_matches(['*', '_', ' ']).ends_with([':', '：'])
    };
    form == TitleForm::StrongLines && candidates.len() < FEWEST_DAYS && candidates.iter().all(ends)
}

/// Whether a text starts with an item that is a linked title, so that the line above only names a group.
fn begins_with_title(below: &str) -> bool {
    let line = below.lines().map(str::trim_start).find(|line| !line.is_empty()).unwrap_or_default();
    let item = line
        .strip_prefix(['-', '*', '+'])
        .or_else(|| line.trim_start_matches(|c: char| c.is_ascii_digit()).strip_prefix('.'));
    let link = item.and_then(|item| item.trim_start().strip_prefix('[')).and_then(|link| link.split_once("]("));
    let has_year = |text: &str| {
        let year = text.strip_suffix(')').and_then(|text| text.rsplit_once('(')).map_or("", |(_, year)| year);
        year.len() == 4 && year.bytes().all(|byte| byte.is_ascii_digit())
    };
    link.is_some_and(|(text, _)| text.split_whitespace().count() > 3 || has_year(text))
}

/// The share of parts with a candidate; `None` if there are fewer than two parts.
fn cover(candidates: &[Candidate], parts: &[Range<usize>]) -> Option<f32> {
    if parts.len() < 2 {
        return None;
    }
    let holds = |part: &&Range<usize>| {
        let first = candidates.partition_point(|candidate| candidate.span().start < part.start);
        candidates.get(first).is_some_and(|candidate| candidate.span().start < part.end)
    };
    Some(float(parts.iter().filter(holds).count()) / float(parts.len()))
}

/// Whether nearly all dated parts begin with a candidate, and hold no other.
fn opens_days(candidates: &[Candidate], input: &TitleInput, parts: &[Range<usize>]) -> bool {
    if input.dates.len() < FEWEST_DAYS {
        return false;
    }
    let (mut days, mut inside, mut opened) = (0, 0, 0);
    for part in parts {
        let below = input.text[part.clone()].find('\n').map_or(part.end, |end| part.start + end + 1);
        if input.text[below..part.end].trim().is_empty() {
            continue;
        }
        let first = candidates.partition_point(|candidate| candidate.span().start < below);
        let own = candidates[first..].iter().take_while(|candidate| candidate.span().start < part.end);
        let begins = |first: &Candidate| input.text[below..first.span().start].trim().is_empty();
        days += 1;
        opened += usize::from(own.clone().next().is_some_and(begins));
        inside += own.count();
    }
    days >= FEWEST_DAYS && opened * 5 >= days * 4 && opened * 5 >= inside * 4
}
