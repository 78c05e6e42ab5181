//! Chooses the forms of a file's titles.

use std::collections::HashSet;
use std::ops::Range;

pub use super::chosen::{Choice, FoundTitle, ScoredForm};
use super::compare::compare;
use super::evidence::{Evidence, JOINED, TAKEN, liken};
use super::overview::{self, plain};
use super::prior::prior;
use super::titles::{self, Candidate, FORMS, FormFinder, TitleForm};
use super::{TitleInput, strays, title};
use crate::log::outline::Heading;
use crate::log::parallel::run_alongside;

/// The minimum score for a form to be used.
pub const LEAST: f32 = TAKEN;

/// The minimum size of a text, in bytes, for two threads to weigh the forms.
const LONG: usize = 32 << 10;

/// Chooses the forms for a file, and finds its titles. `parts` are its dated sections, or the sections under its
/// top-level headings. A corrected form takes precedence over all evidence, but others may join it. If `fixed` is
/// given, these forms are used instead, whatever their score.
pub fn choose(input: &TitleInput, parts: &[Range<usize>], fixed: Option<&[TitleForm]>) -> (Choice, Vec<FoundTitle>) {
    let headings = &input.outline.headings;
    let (prior, mut all) = weighed(input, parts, fixed);
    if let Some(fixed) = fixed {
        let (mut choice, mut found) = as_fixed(&mut all, fixed, parts, headings);
        let marks = all.into_iter().find(|evidence| evidence.form == TitleForm::Marks);
        overview::drop_from(&mut choice, &mut found, input);
        add_strays(input, parts, &choice, &mut found);
        strays::add_with_bare_url(input, &choice, &mut found);
        add_marked(marks.as_ref(), &mut choice, &mut found, parts, headings);
        return (choice, found);
    }
    let corrected = input.dialect.titles().and_then(|(form, _)| all.iter().position(|it| it.form == form));
    let mut choice = Choice { is_corrected: corrected.is_some(), ..Choice::default() };
    if let Some(corrected) = corrected {
        all[..=corrected].rotate_right(1);
    }
    let mut found: Vec<FoundTitle> = Vec::new();
    let mut marks = None;
    for evidence in all {
        let scored = |found| ScoredForm { form: evidence.form, score: evidence.score, found };
        let is_first = choice.forms.is_empty();
        let free: Vec<&Candidate> =
            evidence.candidates.iter().filter(|candidate| is_free(candidate, &found, parts, headings)).collect();
        let takes = match is_first {
            true => evidence.score >= TAKEN || choice.is_corrected,
            false => joins(&evidence, &free, input, prior, &choice),
        };
        if !takes {
            choice.runner_up = choice.runner_up.or(Some(scored(evidence.candidates.len())));
            marks = marks.or(Some(evidence).filter(|evidence| evidence.form == TitleForm::Marks));
            continue;
        }
        let free = without_anchors(free, &found, input);
        choice.forms.push(scored(free.len()));
        let form = evidence.form;
        found.extend(free.into_iter().map(|candidate| FoundTitle { form, candidate: candidate.clone() }));
        found.sort_by_key(|found| found.candidate.span().start);
    }
    overview::drop_from(&mut choice, &mut found, input);
    add_strays(input, parts, &choice, &mut found);
    strays::add_with_bare_url(input, &choice, &mut found);
    add_marked(marks.as_ref(), &mut choice, &mut found, parts, headings);
    (choice, found)
}

/// (prior of the file, evidence per form, best first). If `fixed` is given, only these forms and
/// [`TitleForm::Marks`] are weighed.
fn weighed(input: &TitleInput, parts: &[Range<usize>], fixed: Option<&[TitleForm]>) -> (f32, Vec<Evidence>) {
    let is_wanted = |form: TitleForm| form == TitleForm::Marks || fixed.is_none_or(|fixed| fixed.contains(&form));
    let wanted: Vec<&FormFinder> = FORMS.iter().filter(|finder| is_wanted(finder.form)).collect();
    let weigh = |finder: &&FormFinder| {
        let candidates = (finder.find)(input);
        (!candidates.is_empty()).then(|| Evidence::weigh(finder.form, candidates, input, parts))
    };
    let (prior, found) = run_alongside(&wanted, input.text.len() >= LONG, || prior(input), weigh);
    let mut all: Vec<Evidence> = found.into_iter().flatten().collect();
    all.iter_mut().for_each(|evidence| evidence.score += prior);
    compare(&mut all, input.text);
    let rank = |evidence: &Evidence| evidence.rank(input.text.len());
    all.sort_by(|one, other| rank(other).total_cmp(&rank(one)));
    (prior, all)
}

/// The forms that find a title on `line`, a range of bytes; best first.
pub fn forms_at(input: &TitleInput, parts: &[Range<usize>], line: &Range<usize>) -> Vec<TitleForm> {
    let stands_there =
        |candidate: &Candidate| line.contains(&candidate.span().start) || line.contains(&candidate.text().start);
    let (_, all) = weighed(input, parts, None);
    all.into_iter().filter(|it| it.candidates.iter().any(stands_there)).map(|it| it.form).collect()
}

/// Headings of other levels are searched for stray titles only if the main level has this many titles.
const WITH_STRAYS: usize = 3;

/// Adds stray titles: single headings at a different level than the other titles.
fn add_strays(input: &TitleInput, parts: &[Range<usize>], choice: &Choice, found: &mut Vec<FoundTitle>) {
    let first = choice.forms.first().filter(|first| first.found >= WITH_STRAYS);
    if !first.is_some_and(|first| matches!(first.form, TitleForm::Headings(_))) {
        return;
    }
    let is_used = |form| choice.forms.iter().any(|used| used.form == form);
    for level in (1..=6).filter(|level| !is_used(TitleForm::Headings(*level))) {
        let form = TitleForm::Headings(level);
        for candidate in titles::find(form, input) {
            let end = strays::next_heading(input, candidate.span().end);
            let own = candidate.clone().ending(end);
            // `is_sure` is slow, so it comes last.
            if is_free(&own, found, parts, &input.outline.headings) && strays::is_sure(form, &candidate, end, input) {
                let at = found.partition_point(|other| other.candidate.span().start < candidate.span().start);
                found.insert(at, FoundTitle { form, candidate });
            }
        }
    }
}

/// Adds lines in `《》`: they are titles in any log, since this program writes them where it finds no other form.
fn add_marked(
    marks: Option<&Evidence>,
    choice: &mut Choice,
    found: &mut Vec<FoundTitle>,
    parts: &[Range<usize>],
    headings: &[Heading],
) {
    let Some(marks) = marks.filter(|_| choice.forms.iter().all(|it| it.form != TitleForm::Marks)) else {
        return;
    };
    let is_alone = choice.forms.is_empty();
    let free: Vec<FoundTitle> = marks
        .candidates
        .iter()
        .filter(|it| (!it.bare || is_alone) && is_free(it, found, parts, headings))
        .map(|candidate| FoundTitle { form: TitleForm::Marks, candidate: candidate.clone() })
        .collect();
    if free.is_empty() {
        return;
    }
    choice.forms.push(ScoredForm { form: TitleForm::Marks, score: marks.score, found: free.len() });
    found.extend(free);
    found.sort_by_key(|found| found.candidate.span().start);
}

/// Takes the fixed forms out of `all`.
fn as_fixed(
    all: &mut Vec<Evidence>,
    fixed: &[TitleForm],
    parts: &[Range<usize>],
    headings: &[Heading],
) -> (Choice, Vec<FoundTitle>) {
    let mut choice = Choice { is_corrected: true, ..Choice::default() };
    let mut found: Vec<FoundTitle> = Vec::new();
    for &form in fixed {
        let Some(at) = all.iter().position(|evidence| evidence.form == form) else { continue };
        let Evidence { score, mut candidates, .. } = all.remove(at);
        candidates.retain(|it| is_free(it, &found, parts, headings));
        choice.forms.push(ScoredForm { form, score, found: candidates.len() });
        found.extend(candidates.into_iter().map(|candidate| FoundTitle { form, candidate }));
        found.sort_by_key(|found| found.candidate.span().start);
    }
    (choice, found)
}

/// Whether a candidate is outside the entries of the candidates already chosen.
fn is_free(candidate: &Candidate, found: &[FoundTitle], parts: &[Range<usize>], headings: &[Heading]) -> bool {
    let part = |at: usize| parts.partition_point(|part| part.start <= at);
    let own = part(candidate.span().start);
    let ends = |before: &Candidate| {
        let above = headings.partition_point(|heading| heading.span().start <= before.span().start);
        let level = above.checked_sub(1).map_or(7, |at| headings[at].level);
        let closing = headings[above..].iter().find(|heading| heading.level <= level);
        closing.is_some_and(|heading| heading.span().start <= candidate.span().start)
    };
    let next = found.partition_point(|other| other.candidate.span().start <= candidate.span().start);
    // The dates of rows do not end the section of a heading above the table.
    let is_above_rows = found.get(next).is_some_and(|after| after.form == TitleForm::Rows);
    let next_part = if is_above_rows { None } else { parts.get(own) };
    let end = candidate.end().unwrap_or_else(|| match candidate.level {
        0 => candidate.span().end,
        level => closing(candidate.span().start, level, headings).min(next_part.map_or(usize::MAX, |part| part.start)),
    });
    let before = next.checked_sub(1).map(|at| &found[at].candidate);
    before.is_none_or(|before| {
        before.end().is_some_and(|end| end <= candidate.span().start)
            || part(before.span().start) != own
            || ends(before)
    }) && found.get(next).is_none_or(|after| end <= after.candidate.span().start)
}

/// The byte at which the section of a heading of `level` at byte `at` ends; `usize::MAX` if no heading closes it.
fn closing(at: usize, level: u8, headings: &[Heading]) -> usize {
    let below = headings.partition_point(|heading| heading.span().start <= at);
    let closing = headings[below..].iter().find(|heading| heading.level <= level);
    closing.map_or(usize::MAX, |heading| heading.span().start)
}

/// Drops links to headings that were already chosen as titles: such links are a table of contents.
fn without_anchors<'a>(free: Vec<&'a Candidate>, found: &[FoundTitle], input: &TitleInput) -> Vec<&'a Candidate> {
    let is_anchor = |candidate: &Candidate| input.text[candidate.text()].contains("](#");
    if found.is_empty() || !free.iter().any(|candidate| is_anchor(candidate)) {
        return free;
    }
    let known: HashSet<String> = found.iter().map(|found| plain(&found.candidate, input)).collect();
    free.into_iter().filter(|candidate| !(is_anchor(candidate) && known.contains(&plain(candidate, input)))).collect()
}

/// Whether another form may be used for the parts in which the first one found no titles.
fn joins(evidence: &Evidence, free: &[&Candidate], input: &TitleInput, prior: f32, choice: &Choice) -> bool {
    // Among titles that are links or bold, a plain line is a title that lacks them. Bulleted and numbered titles are
    // mixed, too.
    let is_like_first = choice.forms.first().is_some_and(|first| match evidence.form {
        TitleForm::PlainLines => matches!(first.form, TitleForm::LinkLines | TitleForm::StrongLines),
        TitleForm::Numbers => first.form == TitleForm::Bullets,
        TitleForm::Bullets => first.form == TitleForm::Numbers,
        _ => false,
    });
    // Beside a table of papers, a heading above nothing but a link leads to material of another kind.
    let are_beside_table = choice.forms.first().is_some_and(|first| first.form == TitleForm::Rows);
    let only_links = || free.iter().all(|candidate| candidate.level > 0 && is_above_link(input, candidate));
    if free.len() < 2 || evidence.score < TAKEN && !is_like_first || are_beside_table && only_links() {
        return false;
    }
    let step = free.len().div_ceil(60);
    let sample: Vec<f32> =
        free.iter().step_by(step).map(|candidate| liken(evidence.form, candidate, input).0.clamp(-4.0, 4.0)).collect();
    let mean = sample.iter().sum::<f32>() / u16::try_from(sample.len()).map_or(1.0, f32::from);
    mean + prior > JOINED
}

/// Whether nothing but one line with a link that leads to no paper stands below a heading.
fn is_above_link(input: &TitleInput, candidate: &Candidate) -> bool {
    let end = strays::next_heading(input, candidate.span().end);
    let mut lines = input.text[candidate.span().end..end].lines().filter(|line| !line.trim().is_empty());
    let first = lines.next().unwrap_or_default();
    first.contains("](") && !title::links_to_paper(first) && lines.next().is_none()
}
