//! Recognises a table or list that only repeats the titles of headings in the same file: an overview of the notes below.

use std::collections::HashSet;

use super::chosen::{Choice, FoundTitle};
use super::titles::{Candidate, TitleForm};
use super::{TitleInput, title};

/// The fewest repeated titles that make an overview.
const FEWEST: usize = 2;

/// Drops the titles of an overview: the headings have the notes. With dates, a list may say when a paper was read.
pub(super) fn drop_from(choice: &mut Choice, found: &mut Vec<FoundTitle>, input: &TitleInput) {
    let is_heading = |form: TitleForm| matches!(form, TitleForm::Headings(_));
    let may_be = |form: TitleForm| matches!(form, TitleForm::Rows | TitleForm::Bullets | TitleForm::Numbers);
    let is_corrected = |form: TitleForm| input.dialect.titles().is_some_and(|(corrected, _)| corrected == form);
    let forms: Vec<TitleForm> = choice.forms.iter().map(|scored| scored.form).collect();
    if !input.dates.is_empty() || !forms.iter().any(|form| is_heading(*form)) || !forms.iter().any(|form| may_be(*form))
    {
        return;
    }
    let headings = found.iter().filter(|found| is_heading(found.form));
    let known: HashSet<String> = headings.map(|found| plain(&found.candidate, input)).collect();
    for form in forms.into_iter().filter(|form| may_be(*form) && !is_corrected(*form)) {
        let own = || found.iter().filter(|found| found.form == form);
        let is_repeated = |found: &&FoundTitle| known.contains(&plain(&found.candidate, input));
        let repeated: HashSet<usize> = own().filter(is_repeated).map(|found| found.candidate.span().start).collect();
        if repeated.len() < FEWEST || repeated.len() * 2 < own().count() {
            continue;
        }
        found.retain(|found| found.form != form || !repeated.contains(&found.candidate.span().start));
        for scored in choice.forms.iter_mut().filter(|scored| scored.form == form) {
            scored.found = scored.found.saturating_sub(repeated.len());
        }
        choice.forms.retain(|scored| scored.form != form || scored.found > 0);
    }
}

/// The letters and digits of a title, in lower case.
pub(super) fn plain(candidate: &Candidate, input: &TitleInput) -> String {
    let title = title::read(&input.text[candidate.text()]).title;
    title.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}
