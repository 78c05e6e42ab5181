//! The evidence for forms of titles: features, weights and thresholds, in one place.
//!
//! Scores are sums of log-odds. The weights were tuned on logs of many authors and on documents without papers. A form
//! is used if its score is high enough.

use std::collections::HashSet;
use std::ops::Range;

use super::prior::{float, is_diary};
use super::titles::{Candidate, TitleForm};
use super::{TitleInput, likeness, title, words, work};
use crate::text::prefix;

/// How many candidates of a form are judged.
const SAMPLE: usize = 100;
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
/// The only strong line, or the only two, if they end in a colon: they introduce what is below.
const INTRODUCES: f32 = -1.5;
/// A form whose candidates are topics above those of another, or tasks at the end of its notes.
const GROUPS: f32 = -3.0;
/// A form whose candidates are points below those of another.
const POINTS: f32 = -1.5;
/// Added to [`POINTS`] if each point directly follows a candidate of the other form (a translated title), or if the
/// points are labels that only some of those candidates have.
const SECOND: f32 = -1.5;
/// The minimum mean likeness of titles for tasks below them to count as next steps.
const LIKE_TITLES: f32 = 0.2;
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
        let judged = &candidates[candidates.partition_point(|candidate| candidate.span.start < first)..];
        let step = judged.len().div_ceil(SAMPLE).max(1);
        let sample: Vec<&Candidate> = judged.iter().step_by(step).collect();
        let mut titles = HashSet::new();
        let mut sum = 0.0;
        let mut count = 0.0;
        for candidate in &sample {
            let (likeness, title) = liken(form, candidate, input);
            if title.is_empty() {
                continue;
            }
            sum += likeness.clamp(-4.0, 4.0);
            count += 1.0;
            titles.insert(title);
        }
        if count == 0.0 {
            return Self { form, candidates: Vec::new(), mean: -4.0, score: -9.0 };
        }
        let mean = sum / count;
        let distinct = float(titles.len()) / count;
        let habit = HABIT.iter().find(|(other, _)| *other == form).map_or(0.0, |(_, weight)| *weight);
        let cover = cover(&candidates, parts).map_or(0.0, |share| COVER.1 + share * (COVER.0 - COVER.1));
        let size = (1.0 + float(candidates.len())).log2()
            * DOUBLING
            * ((mean - COUNTS.0) / (COUNTS.1 - COUNTS.0)).clamp(0.0, 1.0);
        // Titles in headings are often short model names, so headings are doubted only in a diary.
        let is_item = matches!(form, TitleForm::Bullets | TitleForm::Numbers | TitleForm::Tasks);
        let is_doubted = is_item || matches!(form, TitleForm::Headings(_)) && is_diary(input);
        let unlike = if is_doubted { (mean - UNLIKE.0).min(0.0) * UNLIKE.1 } else { 0.0 };
        let work = if work::is_diary(&candidates, input) { WORK } else { 0.0 };
        let is_top = mean >= LIKE_TOP && are_top_headings(form, &candidates, input);
        let habit = habit + if is_top { TOP } else { 0.0 };
        let foreign = matches!(form, TitleForm::Headings(_)) && are_foreign(&titles, input.text);
        let habit = habit + if foreign { FOREIGN } else { 0.0 };
        let habit = habit + if introduce(form, &sample, input.text) { INTRODUCES } else { 0.0 };
        let habit = habit + if opens && mean > LIKE_LINES { OPENS_DAYS } else { 0.0 };
        let score = mean + size + cover + habit + unlike + work + REPEATED * (1.0 - distinct).max(0.0);
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
    let text = &input.text[candidate.text.clone()];
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
        && words::is_paper_url(&input.text[candidate.span.clone()])
    {
        likeness += ADDRESS_BELOW;
    }
    if matches!(form, TitleForm::Headings(_) | TitleForm::StrongLines | TitleForm::PlainLines)
        && !likeness::has_paper_link(&parsed)
        && has_address_below(input.text, candidate.span.end)
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

/// Whether most titles are in Latin letters, unlike the text around them.
fn are_foreign(titles: &HashSet<String>, text: &str) -> bool {
    let is_latin = |title: &&String| title.is_ascii() && title.split([' ', '_']).nth(FOREIGN_WORDS - 1).is_some();
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
        let line = text[candidate.text.clone()].lines().next().unwrap_or_default();
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
        let first = candidates.partition_point(|candidate| candidate.span.start < part.start);
        candidates.get(first).is_some_and(|candidate| candidate.span.start < part.end)
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
        let first = candidates.partition_point(|candidate| candidate.span.start < below);
        let own = candidates[first..].iter().take_while(|candidate| candidate.span.start < part.end);
        let begins = |first: &Candidate| input.text[below..first.span.start].trim().is_empty();
        days += 1;
        opened += usize::from(own.clone().next().is_some_and(begins));
        inside += own.count();
    }
    days >= FEWEST_DAYS && opened * 5 >= days * 4 && opened * 5 >= inside * 4
}

/// Compares forms: groups of papers, and points about them, are not titles.
pub(super) fn compare(all: &mut [Evidence], text: &str) {
    let changes: Vec<f32> = (0..all.len())
        .map(|outer| {
            let mut change: f32 = 0.0;
            for inner in 0..all.len() {
                if outer == inner || all[outer].candidates.is_empty() || all[inner].candidates.is_empty() {
                    continue;
                }
                if groups(&all[outer], &all[inner], text) || are_next_steps(&all[inner], &all[outer], text) {
                    change = change.min(GROUPS);
                }
                if points(&all[inner], &all[outer]) {
                    let is_second = follows(&all[inner], &all[outer], text);
                    // A label that only some of the titles have is a fact about a paper.
                    let is_rarer = all[outer].form == TitleForm::Labels
                        && all[outer].candidates.len() < all[inner].candidates.len();
                    change = change.min(POINTS + if is_second || is_rarer { SECOND } else { 0.0 });
                }
            }
            change
        })
        .collect();
    for (evidence, change) in all.iter_mut().zip(changes) {
        evidence.score += change;
    }
    // If a form finds nearly all titles of another and more like them, prefer it.
    for wide in 0..all.len() {
        let best = (0..all.len()).filter(|&narrow| narrow != wide && holds(&all[wide], &all[narrow]));
        let best = best.map(|narrow| all[narrow].score).fold(f32::MIN, f32::max);
        all[wide].score = all[wide].score.max(best + 0.1);
    }
}

/// Whether nearly all titles of a form are also found by a wider one whose titles are about as likely.
fn holds(wide: &Evidence, narrow: &Evidence) -> bool {
    let (many, few) = (wide.candidates.len(), narrow.candidates.len());
    if few < 8 || many * 10 < few * 12 || wide.mean < 1.0 || wide.mean < narrow.mean - 1.0 {
        return false;
    }
    let starts = &wide.candidates;
    let shared = narrow
        .candidates
        .iter()
        .filter(|candidate| starts.binary_search_by_key(&candidate.span.start, |other| other.span.start).is_ok());
    shared.count() * 10 >= few * 8
}

/// The byte at which the text below a candidate ends.
fn extent(candidates: &[Candidate], at: usize, length: usize) -> usize {
    let next = candidates.get(at + 1).map_or(length, |next| next.span.start);
    candidates[at].end.map_or(next, |end| end.max(candidates[at].span.end))
}

/// Whether the candidates of `outer` are only headings for those of `inner`, which fill the text below them.
fn groups(outer: &Evidence, inner: &Evidence, text: &str) -> bool {
    // Few summaries are lists of checkboxes, so even short titles with checkboxes count.
    let least = if inner.form == TitleForm::Tasks { -1.0 } else { 0.2 };
    if inner.mean < least || inner.form != TitleForm::Tasks && inner.mean < outer.mean - 0.4 {
        return false;
    }
    let (mut held, mut filled, mut whole) = (0_usize, 0_usize, 0_usize);
    let mut heads = 0_usize;
    let step = outer.candidates.len().div_ceil(SAMPLE).max(1);
    for at in (0..outer.candidates.len()).step_by(step) {
        let (start, end) = (outer.candidates[at].span.end, extent(&outer.candidates, at, text.len()));
        let first = inner.candidates.partition_point(|candidate| candidate.span.start < start);
        let inside = inner.candidates[first..].iter().take_while(|candidate| candidate.span.start < end);
        let mut count = 0;
        for candidate in inside {
            count += 1;
            filled += extent(&inner.candidates, first + count - 1, text.len()).min(end) - candidate.span.start;
        }
        held += count;
        heads += usize::from(count > 1);
        whole += text.get(start..end).map_or(0, |text| text.trim().len());
    }
    let all = outer.candidates.len().div_ceil(step);
    held > all && heads * 3 >= all && (filled * 10 >= whole * 5 || inner.mean > outer.mean + 1.5)
}

/// Whether most candidates of `inner` are below those of `outer`, which look like titles too.
fn points(outer: &Evidence, inner: &Evidence) -> bool {
    if outer.score < TAKEN || outer.mean < -0.2 || outer.mean < inner.mean - 1.6 {
        return false;
    }
    let step = inner.candidates.len().div_ceil(SAMPLE).max(1);
    let below = inner.candidates.iter().step_by(step).filter(|candidate| {
        let before = outer.candidates.partition_point(|other| other.span.start < candidate.span.start);
        before.checked_sub(1).is_some_and(|at| {
            let other = &outer.candidates[at];
            other.span.end <= candidate.span.start && other.end.is_none_or(|end| candidate.span.start < end)
        })
    });
    below.count() * 10 > inner.candidates.len().div_ceil(step) * 7
}

/// Whether tasks come last in the notes below titles: they are next steps, even if they link to papers. Tasks that are
/// papers start directly below their topic.
fn are_next_steps(titles: &Evidence, tasks: &Evidence, text: &str) -> bool {
    let may_have_notes = matches!(titles.form, TitleForm::Headings(_) | TitleForm::Marks | TitleForm::StrongLines);
    if tasks.form != TitleForm::Tasks || !may_have_notes || titles.score < TAKEN || titles.mean < LIKE_TITLES {
        return false;
    }
    let (mut ended, mut begun, mut below) = (0, 0, 0);
    for (at, title) in titles.candidates.iter().enumerate() {
        let end = extent(&titles.candidates, at, text.len());
        let first = tasks.candidates.partition_point(|task| task.span.start < title.span.end);
        let inside = tasks.candidates[first..].iter().take_while(|task| task.span.start < end).count();
        below += inside;
        let notes = tasks.candidates.get(first).and_then(|task| text.get(title.span.end..task.span.start));
        match notes.filter(|_| inside > 0).map(|notes| notes.trim().is_empty()) {
            Some(true) => begun += 1,
            Some(false) => ended += 1,
            None => {}
        }
    }
    ended > 9 * begun && below * 10 >= tasks.candidates.len() * 9 && below <= 3 * titles.candidates.len()
}

/// Whether nearly all candidates of `inner` directly follow one of `outer`, and there are about as many of each.
fn follows(outer: &Evidence, inner: &Evidence, text: &str) -> bool {
    let (above, below) = (outer.candidates.len(), inner.candidates.len());
    let step = below.div_ceil(SAMPLE).max(1);
    let right_below = inner.candidates.iter().step_by(step).filter(|candidate| {
        let before = outer.candidates.partition_point(|other| other.span.start < candidate.span.start);
        let other = before.checked_sub(1).map(|at| outer.candidates[at].span.end);
        other.and_then(|end| text.get(end..candidate.span.start)).is_some_and(|gap| gap.trim().is_empty())
    });
    above.abs_diff(below) * 5 <= above && right_below.count() * 10 >= below.div_ceil(step) * 9
}
