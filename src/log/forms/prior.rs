//! How likely a file is to contain papers at all, in log-odds: by its words, links and headings.

use super::{TitleInput, words};
use crate::log::pending;
use crate::text::prefix;

/// How much of a file is searched for words about papers, in bytes.
const CONTEXT: usize = 64_000;
/// The file mentions papers, venues or archives ([`ABOUT_PAPERS`]), or hardly any ([`ABOUT_ELSE`]).
const ABOUT_PAPERS: f32 = 1.2;
const ABOUT_ELSE: f32 = -1.6;
/// The file's name or first heading calls it a diary.
const DIARY: f32 = -1.2;
/// The file mentions no papers, venues or archives at all.
const NO_SIGN: f32 = -2.4;
/// Headings of a manual, change log or plan, or package URLs, in a file with fewer than three links to papers.
const MANUAL: f32 = -2.0;
/// (headings of a manual, penalty) from which a file without links to papers describes a program; if one of them names
/// features, two are enough.
const PROGRAM: (usize, f32) = (4, -4.0);
const FEATURES: &[&str] = &["features", "主要功能", "功能特性", "主な機能", "주요 기능"];

/// Whether the file's name or first heading calls it a diary.
pub(super) fn is_diary(input: &TitleInput) -> bool {
    let title = input.outline.headings.first().map_or("", |heading| &*heading.text);
    words::is_diary(input.name) || words::is_diary(title)
}

/// The prior: how likely the file is to contain papers at all.
pub(super) fn prior(input: &TitleInput) -> f32 {
    let text = prefix(input.text, CONTEXT);
    let venues = words::count_venues(text, 6);
    let signs = words::topic_evidence(text);
    let named = words::speaks_of_papers(input.name) || pending::is_path_of_papers(input.name);
    // Words that manuals use as well say half as much.
    let (linked, about) = (signs.links, signs.about_papers + signs.about_papers_firmly);
    let signals = venues + linked.min(12) + about + usize::from(named) * 4;
    let diary = if is_diary(input) { DIARY } else { 0.0 };
    if signals == 0 {
        return NO_SIGN + manual(input, signs.links, signs.packages);
    }
    // Any long text mentions a paper somewhere; a log does so all the time.
    let expected = 3.0 + float(text.len()) / 12_000.0;
    let ratio = (float(signals) / expected).min(1.5);
    let manual = if linked < 3 { manual(input, signs.links, signs.packages) } else { 0.0 };
    ABOUT_ELSE + (ABOUT_PAPERS - ABOUT_ELSE) * ratio.min(1.0) + manual + diary
}

/// The penalty for headings of a manual, change log or plan, and for package URLs.
fn manual(input: &TitleInput, linked: usize, packages: usize) -> f32 {
    let is_version = |text: &str| {
        let text = text.trim_start_matches(['[', 'v', 'V', '(', ' ']);
        let number = text.split([' ', ']', ')']).next().unwrap_or_default();
        number.matches('.').count() == 2
            && number.starts_with(|c: char| c.is_ascii_digit())
            && number.len() < 12
            && number.split('.').next().is_some_and(|first| first.len() < 4)
    };
    let headings = &input.outline.headings;
    let is_of_one = |text: &str| words::is_documentation(text) || is_version(text);
    let count = headings.iter().filter(|heading| is_of_one(&heading.text)).take(40).count();
    let is_guide = headings.first().is_some_and(|first| words::is_guide(&first.text));
    let names_features = |text: &str| FEATURES.contains(&text.trim().to_lowercase().as_str());
    let has_features = || count > 1 && headings.iter().any(|heading| names_features(&heading.text));
    if linked == 0 && (count >= PROGRAM.0 || has_features()) {
        return PROGRAM.1;
    }
    // Seminars have phases and modules too, so these alone weigh less.
    let count = count + headings.iter().filter(|heading| words::is_phase(&heading.text)).take(40).count();
    if count > 1 || count == 1 && headings.len() < 6 || packages > 1 || is_guide { MANUAL } else { 0.0 }
}

/// A count as a float, at most `u16::MAX`.
pub(super) fn float(number: usize) -> f32 {
    u16::try_from(number).map_or(f32::from(u16::MAX), f32::from)
}
