//! Recognises a diary of work: dated items about issues, changes and repositories.

use std::collections::HashSet;

use super::titles::Candidate;
use super::{TitleInput, words};

/// How many candidates are judged.
const SAMPLE: usize = 100;
/// The fewest candidates with links that make a diary.
const FEWEST: usize = 3;

/// Whether the links of dated candidates lead only to issues, changes and repositories on a code host, and nothing else
/// says that the file is about papers: a diary of work. Issues of a single repository may be notes on papers.
pub(super) fn is_diary(candidates: &[Candidate], input: &TitleInput) -> bool {
    let Some(first) = input.dates.first() else { return false };
    let heading = input.outline.headings.first().map_or("", |heading| &*heading.text);
    let tells = |name: &str| words::topic_evidence(name).about_papers_firmly > 0;
    if tells(input.name) || tells(heading) {
        return false;
    }
    let step = candidates.len().div_ceil(SAMPLE).max(1);
    let (mut linked, mut all) = (0, 0);
    let mut projects = HashSet::new();
    for candidate in candidates.iter().step_by(step).filter(|candidate| candidate.span().start >= first.0) {
        let end = candidate.end().map_or(candidate.span().end, |end| end.max(candidate.span().end));
        let mut links = addresses(&input.text[candidate.span().start..end]).peekable();
        all += 1;
        linked += usize::from(links.peek().is_some());
        for link in links {
            let Some(project) = project(link) else { return false };
            projects.insert(project);
        }
    }
    linked >= FEWEST && linked * 2 > all && projects.len() > 1
}

/// The URLs in a text, without their scheme.
fn addresses(text: &str) -> impl Iterator<Item = &str> {
    let behind = text.split("://").skip(1);
    behind.map(|rest| rest.split([')', '>', ' ', '\n', '"', '|', ']']).next().unwrap_or_default())
}

/// (owner, name) in the URL of a repository, or of an issue or change in it.
fn project(address: &str) -> Option<(&str, &str)> {
    let mut parts = address.trim_end_matches('/').split('/');
    let host = parts.next().unwrap_or_default().trim_start_matches("www.");
    let (owner, name) = (parts.next()?, parts.next()?);
    let is_work =
        parts.next().is_none_or(|kind| matches!(kind, "issues" | "pull" | "pulls" | "commit" | "-" | "releases"));
    (matches!(host, "github.com" | "gitlab.com" | "bitbucket.org") && is_work).then_some((owner, name))
}
