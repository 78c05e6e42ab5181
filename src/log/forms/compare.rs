//! Compares the forms of titles with each other: groups of papers, and points about them, are not titles.

use super::evidence::{Evidence, SAMPLE, TAKEN};
use super::titles::{Candidate, TitleForm};

/// A form whose candidates are topics above those of another, or tasks at the end of its notes.
const GROUPS: f32 = -3.0;
/// A form whose candidates are points below those of another.
const POINTS: f32 = -1.5;
/// Added to [`POINTS`] if each point directly follows a candidate of the other form (a translated title), or if the
/// points are labels that only some of those candidates have.
const SECOND: f32 = -1.5;
/// How much higher the mean likeness of labelled titles must be than that of the headings above them.
const CLEARER: f32 = 0.5;
/// The minimum mean likeness of titles for tasks below them to count as next steps.
const LIKE_TITLES: f32 = 0.2;

/// Compares forms: groups of papers, and points about them, are not titles.
pub(super) fn compare(all: &mut [Evidence], text: &str) {
    let changes: Vec<f32> = (0..all.len())
        .map(|outer| {
            let mut change: f32 = 0.0;
            for inner in 0..all.len() {
                if outer == inner || all[outer].candidates.is_empty() || all[inner].candidates.is_empty() {
                    continue;
                }
                if groups(&all[outer], &all[inner], text)
                    || are_next_steps(&all[inner], &all[outer], text)
                    || are_above_labels(&all[outer], &all[inner])
                {
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
        let best = (0..all.len()).filter(|&narrow| narrow != wide && holds(&all[wide], &all[narrow], text));
        let best = best.map(|narrow| all[narrow].score).fold(f32::MIN, f32::max);
        all[wide].score = all[wide].score.max(best + 0.1);
    }
}

/// Whether nearly all titles of a form are also found by a wider one whose titles are about as likely. Among numbered
/// lines with `《》`, those without a remark are the lines of another form too.
fn holds(wide: &Evidence, narrow: &Evidence, text: &str) -> bool {
    let (many, few) = (wide.candidates.len(), narrow.candidates.len());
    let starts = &wide.candidates;
    let is_shared = |candidate: &&Candidate| {
        starts.binary_search_by_key(&candidate.span().start, |other| other.span().start).is_ok()
    };
    if (wide.form, narrow.form) == (TitleForm::NumberedLines, TitleForm::Marks)
        && many > few
        && narrow.candidates.iter().all(|candidate| is_shared(&candidate))
        && starts.iter().all(|candidate| text[candidate.text()].contains('《'))
    {
        return true;
    }
    if few < 8 || many * 10 < few * 12 || wide.mean < 1.0 || wide.mean < narrow.mean - 1.0 {
        return false;
    }
    narrow.candidates.iter().filter(is_shared).count() * 10 >= few * 8
}

/// The byte at which the text below a candidate ends.
fn extent(candidates: &[Candidate], at: usize, length: usize) -> usize {
    let next = candidates.get(at + 1).map_or(length, |next| next.span().start);
    candidates[at].end().map_or(next, |end| end.max(candidates[at].span().end))
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
        let (start, end) = (outer.candidates[at].span().end, extent(&outer.candidates, at, text.len()));
        let first = inner.candidates.partition_point(|candidate| candidate.span().start < start);
        let inside = inner.candidates[first..].iter().take_while(|candidate| candidate.span().start < end);
        let mut count = 0;
        for candidate in inside {
            count += 1;
            filled += extent(&inner.candidates, first + count - 1, text.len()).min(end) - candidate.span().start;
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
        let before = outer.candidates.partition_point(|other| other.span().start < candidate.span().start);
        before.checked_sub(1).is_some_and(|at| {
            let other = &outer.candidates[at];
            other.span().end <= candidate.span().start && other.end().is_none_or(|end| candidate.span().start < end)
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
        let first = tasks.candidates.partition_point(|task| task.span().start < title.span().end);
        let inside = tasks.candidates[first..].iter().take_while(|task| task.span().start < end).count();
        below += inside;
        let notes = tasks.candidates.get(first).and_then(|task| text.get(title.span().end..task.span().start));
        match notes.filter(|_| inside > 0).map(|notes| notes.trim().is_empty()) {
            Some(true) => begun += 1,
            Some(false) => ended += 1,
            None => {}
        }
    }
    ended > 9 * begun && below * 10 >= tasks.candidates.len() * 9 && below <= 3 * titles.candidates.len()
}

/// Whether each heading has a labelled title below it that is more like a title, or several: `## First week`, `**Title:**
/// Emus at Work`.
fn are_above_labels(headings: &Evidence, labels: &Evidence) -> bool {
    let (above, below) = (&headings.candidates, &labels.candidates);
    if !matches!(headings.form, TitleForm::Headings(_)) || labels.form != TitleForm::Labels || below.len() < above.len()
    {
        return false;
    }
    let has_label = |at: usize| {
        let first = below.partition_point(|label| label.span().start < above[at].span().start);
        below
            .get(first)
            .is_some_and(|label| above.get(at + 1).is_none_or(|next| label.span().start < next.span().start))
    };
    let are_better = below.len() >= 2 * above.len() || labels.mean > headings.mean + CLEARER;
    are_better && (0..above.len()).filter(|&at| has_label(at)).count() * 10 >= above.len() * 9
}

/// Whether nearly all candidates of `inner` directly follow one of `outer`, and there are about as many of each.
fn follows(outer: &Evidence, inner: &Evidence, text: &str) -> bool {
    let (above, below) = (outer.candidates.len(), inner.candidates.len());
    let step = below.div_ceil(SAMPLE).max(1);
    let right_below = inner.candidates.iter().step_by(step).filter(|candidate| {
        let before = outer.candidates.partition_point(|other| other.span().start < candidate.span().start);
        let other = before.checked_sub(1).map(|at| outer.candidates[at].span().end);
        other.and_then(|end| text.get(end..candidate.span().start)).is_some_and(|gap| gap.trim().is_empty())
    });
    above.abs_diff(below) * 5 <= above && right_below.count() * 10 >= below.div_ceil(step) * 9
}
