//! Features of a single file, and what they say about whether it is about one paper.
//!
//! The weights are log-odds, set by hand on folders of many authors; only their differences matter.

use std::collections::HashSet;

use super::shared::SharedHeadings;
use super::{Member, lists, opening, pages, plain, share, stem};
use crate::log::file::TitleFrom;
use crate::log::forms::title::{ParsedTitle, note};
use crate::log::forms::titles::{TitleForm, whole};
use crate::log::forms::{front, likeness, words};
use crate::text::prefix;

/// Named like a front page, unlike its siblings.
pub(super) const FRONT_PAGE: f32 = -3.0;
/// Names of front pages.
const FRONT_PAGES: &[&str] = &["readme", "index", "_index", "summary", "home", "cover", "about", "contents", "todo"];
/// Its front matter marks it as about a paper, or has a title.
const NAMES_A_PAPER: f32 = 2.0;
const FRONT_TITLE: f32 = 1.0;
/// A paper's URL near the top.
const ADDRESS: f32 = 2.0;
/// (weight per heading that is part of a summary or shared by siblings, maximum).
const PART: (f32, f32) = (0.7, 2.1);
/// (how many headings shared with siblings make an outline, extra weight for an outline).
const PLAN: (usize, f32) = (3, 1.5);
/// (weight per heading of software documentation, limit).
const DOCUMENTATION: (f32, f32) = (-1.5, -4.0);
/// Status badges of a program.
const BADGES: f32 = -2.0;
/// Named by year and author.
const CITED: f32 = 1.2;
/// Its name or first heading says that it is a note on a paper.
const NOTE: f32 = 1.5;
/// Its first heading is a week or another period: a journal.
const PERIOD: f32 = -5.0;
/// Two or more dates.
const DATES: f32 = -3.0;
/// Titles within the file: (minimum number, minimum score, weight). Table rows need fewer titles, but a higher score.
const TITLES: (usize, f32, f32) = (4, 2.0, -3.0);
const ROWS: (usize, f32, f32) = (2, 4.0, -4.0);
/// A list of several papers, whatever its siblings are, or a document about the folder.
pub(super) const LIST: f32 = -10.0;
/// An abstract, or a part of a summary as the first heading.
const ABSTRACT: f32 = 1.0;
/// A heading that the file is named after is its title, even if it is as short as `Emu`.
const NAMED_ALIKE: f32 = 1.5;
/// A single title.
const ONE_TITLE: f32 = 1.0;
/// The limit for a title's likeness, above and below 0.
pub(super) const TITLE: f32 = 2.5;
/// The least likeness of a sure title, and by how much it must exceed that of a file name.
const SURE: f32 = 1.0;
const FAR: f32 = 1.5;
/// The least likeness of a title on the first item of an outline.
const LIKELY: f32 = 0.3;
/// The fewest words of a heading that is a better title than a citation key, and of the first item of an outline that
/// is a better one than a single word.
const WORDS: usize = 4;
/// A name of several words is probably the title; a single word may be the name of a model.
const LONG_NAME: f32 = 1.0;
const MODEL_NAME: f32 = 1.0;
/// Names of an abstract.
const ABSTRACTS: &[&str] = &["abstract", "摘要", "초록", "要旨", "アブストラクト"];
/// How much text counts as the top of a file, in bytes.
const TOP: usize = 900;

/// The features of a file.
pub(super) struct Traits {
    /// The evidence that the file is about one paper, apart from its title.
    pub signs: f32,
    /// (place, likeness) of each title that the file might have.
    pub titles: Vec<(TitleFrom, f32)>,
    /// The texts of these titles.
    pub names: Vec<String>,
    /// Whether the title in its front matter is only a citation key (`2031_Owl`), and a heading has several words.
    has_key_as_title: bool,
    /// Whether its front matter marks it as about a paper.
    pub is_marked: bool,
    /// Whether the file is an index or a template.
    pub is_other: bool,
    /// Whether the file is named like a front page, unlike most of its siblings.
    pub is_front_page: bool,
    /// Whether the file lists several papers.
    pub is_list: bool,
    /// Whether the file's highest headings are titles of several papers.
    pub has_titles_on_top: bool,
    /// Whether the file says that it is about a paper: in its front matter, name or heading, or by a URL near the top.
    pub is_told: bool,
    /// Whether the file holds one linked title and hardly anything else.
    pub is_single: bool,
    /// Whether the file is an outline with its title on top.
    is_outline: bool,
    is_empty: bool,
}

impl Traits {
    pub fn of(member: &Member, shared: &SharedHeadings) -> Self {
        let page = member.page;
        let orders = [TitleFrom::Front, TitleFrom::Heading, TitleFrom::Line, TitleFrom::Name];
        let found = orders.into_iter().filter_map(|from| Some((from, whole::find(page, from)?.parsed)));
        // A heading shared by siblings is not a title.
        let is_own =
            |(from, parsed): &(TitleFrom, ParsedTitle)| *from == TitleFrom::Name || !shared.is_common(&parsed.title);
        // A day of a journal has its date as its name or heading.
        let is_date = front::is_date(stem(page.name));
        let is_day = page.front.title.as_deref().is_some_and(front::is_date);
        let is_title = |(from, parsed): &(TitleFrom, ParsedTitle)| match from {
            TitleFrom::Name => !is_date,
            TitleFrom::Heading if is_numbered_part(member) => false,
            TitleFrom::Line if is_day => false,
            _ => !front::is_date(&parsed.title) && !is_period(&parsed.title) && !words::is_part(&parsed.title),
        };
        let mut found: Vec<(TitleFrom, ParsedTitle)> = found.filter(is_own).filter(is_title).collect();
        // A number is never a better title than a heading or line; in a dated file, it is the day.
        if (found.len() > 1 || member.is_dated()) && whole::is_numbered(page.name) {
            found.retain(|(from, _)| *from != TitleFrom::Name);
        }
        let says_so = words::speaks_of_papers(&page.text[..page.front.length]);
        let is_marked = page.front.is_there && (says_so || page.front.is_reference);
        if opening::is_no_title(member, &found, |name| liken(name, TitleFrom::Name, None)) {
            found.retain(|(from, _)| *from != TitleFrom::Line);
        }
        // A list of papers may be named like its topic.
        let named_alike = Some(page.name).filter(|_| titles(member) >= 0.0);
        let has_titles_on_top = lists::are_top_headings(member, shared);
        let is_list = pages::is_document(page.name) || has_titles_on_top || lists::is_list(member, shared);
        Self {
            signs: signs(member, shared, is_marked) + if is_list { LIST } else { 0.0 },
            titles: found.iter().map(|(from, parsed)| (*from, liken(parsed, *from, named_alike))).collect(),
            has_key_as_title: page.front.paper_title().is_some_and(|title| is_cited(title.trim_start_matches('@')))
                && found.iter().any(|(from, it)| *from == TitleFrom::Heading && it.title.split(' ').count() >= WORDS),
            names: found.into_iter().map(|(_, parsed)| parsed.title).collect(),
            is_marked,
            is_other: pages::is_template(member),
            is_front_page: false,
            is_list,
            has_titles_on_top,
            is_told: is_marked || is_note(member) || is_url(top(member.body())),
            is_single: lists::is_single(member),
            is_outline: opening::is_outline(member),
            is_empty: page.text.trim().is_empty(),
        }
    }

    /// Whether the file may be about one paper.
    pub fn is_free(&self) -> bool {
        !self.is_other && !self.is_empty
    }

    /// The place of the title to use. A heading that is surely a title outweighs a file name or citation key that is none,
    /// whatever the siblings have; so does the first item of an outline, which also outweighs a short name in front matter.
    pub fn title(&self, places: &HashSet<TitleFrom>) -> TitleFrom {
        let usual = self.usual_title(places);
        let is_key = usual.0 == TitleFrom::Front && self.has_key_as_title;
        let is_sure = |(from, likeness): &&(TitleFrom, f32)| match from {
            TitleFrom::Heading => is_key || *likeness >= SURE,
            TitleFrom::Line => self.is_outline && *likeness >= LIKELY,
            _ => false,
        };
        let words = |from: TitleFrom| {
            let at = self.titles.iter().position(|(other, _)| *other == from);
            at.map_or(0, |at| self.names[at].split_whitespace().count())
        };
        let is_better = |(from, likeness): &&(TitleFrom, f32)| match (usual.0, from) {
            _ if is_key => true,
            (TitleFrom::Name, _) => usual.1 + FAR < *likeness,
            (TitleFrom::Front, TitleFrom::Line) => words(TitleFrom::Front) == 1 && words(TitleFrom::Line) >= WORDS,
            _ => false,
        };
        self.titles.iter().find(is_sure).filter(is_better).map_or(usual.0, |better| better.0)
    }

    /// (place, likeness) of the title in one of `places`, or else of the last one.
    fn usual_title(&self, places: &HashSet<TitleFrom>) -> (TitleFrom, f32) {
        let allowed = self.titles.iter().find(|(from, _)| places.contains(from));
        allowed.or(self.titles.last()).copied().unwrap_or((TitleFrom::Name, -TITLE))
    }

    /// The evidence that the file is about one paper.
    pub fn evidence(&self, places: &HashSet<TitleFrom>) -> f32 {
        let none = if self.titles.is_empty() { LIST } else { 0.0 };
        none + self.signs + self.usual_title(places).1
    }
}

fn signs(member: &Member, shared: &SharedHeadings, is_marked: bool) -> f32 {
    let page = member.page;
    let (front, text) = page.text.split_at(page.front.length);
    let seen = [
        (is_marked, NAMES_A_PAPER),
        (page.front.paper_title().is_some(), FRONT_TITLE),
        (is_url(front) || is_url(top(text)), ADDRESS),
        (text.contains("[!["), BADGES),
        (is_cited(stem(page.name)), CITED),
        (is_note(member), NOTE),
        (page.outline.headings.first().is_some_and(|first| is_period(&first.text)), PERIOD),
        (member.dates.marks.len() > 1, DATES),
        (begins_with_abstract(member), ABSTRACT),
    ];
    let seen = seen.iter().filter(|(is_so, _)| *is_so).map(|(_, weight)| weight).sum::<f32>();
    seen + titles(member) + headings(member, shared)
}

/// The evidence from the titles that the file would have as a log.
fn titles(member: &Member) -> f32 {
    let Some(first) = member.choice.forms.first() else { return 0.0 };
    let says = |(found, score, _): (usize, f32, f32)| first.found >= found && first.score > score;
    match first.form {
        TitleForm::InText => 0.0,
        _ if first.found == 1 && member.choice.forms.len() == 1 => ONE_TITLE,
        TitleForm::Headings(1) => 0.0,
        // Papers that a note refers to.
        TitleForm::Rows if lists::own(member).len() * 2 < member.titles.len() => 0.0,
        TitleForm::Rows if says(ROWS) => ROWS.2,
        _ if says(TITLES) => TITLES.2,
        _ => 0.0,
    }
}

/// Whether the first heading, or the one below the title, is an abstract: manuals begin with other parts.
fn begins_with_abstract(member: &Member) -> bool {
    let mut first = member.page.outline.headings.iter().take(2);
    first.any(|heading| {
        let name = heading.text.trim_matches(|c: char| !c.is_alphabetic()).to_lowercase();
        ABSTRACTS.contains(&name.as_str())
    })
}

/// Whether the first heading is one of several numbered parts beside it, such as `Stage 1: Eggs` and `Stage 2: Chicks`.
fn is_numbered_part(member: &Member) -> bool {
    let Some((first, others)) = member.page.outline.headings.split_first() else { return false };
    let number = |text: &str| {
        let mut words = text.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty());
        let name = words.next()?.to_lowercase();
        words.next()?.parse::<u32>().ok().map(|number| (name, number))
    };
    let Some((name, 0 | 1)) = number(&first.text) else { return false };
    let second = others.iter().find(|heading| heading.level <= first.level);
    second.is_some_and(|second| number(&second.text).is_some_and(|(other, _)| other == name))
}

/// The evidence from the headings below the title.
fn headings(member: &Member, shared: &SharedHeadings) -> f32 {
    let (mut parts, mut documentation, mut plan) = (0, 0, 0);
    let is_date = |at: usize| member.dates.marks.iter().any(|mark| mark.at == at);
    let headings = &member.page.outline.headings;
    let is_shared = |text: &str| shared.is_common(text) || words::is_part(text.trim());
    // The first heading is the title unless it is part of a summary.
    let is_title = |text: &str| member.page.front.paper_title().is_none() && !is_shared(text);
    let below = headings.iter().skip(usize::from(headings.first().is_some_and(|first| is_title(&first.text))));
    for heading in below.filter(|heading| !is_date(heading.span().start)) {
        let is_common = shared.is_common(&heading.text);
        plan += usize::from(is_common);
        if words::is_documentation(heading.text.trim()) {
            documentation += 1;
        } else if is_shared(&heading.text) {
            parts += 1;
        }
    }
    let plan = if plan >= PLAN.0 { PLAN.1 } else { 0.0 };
    let float = |count| share(count, 1);
    plan + f32::min(float(parts) * PART.0, PART.1) + f32::max(float(documentation) * DOCUMENTATION.0, DOCUMENTATION.1)
}

/// Whether the file's name or first heading says that it is a note on a paper: `Emus at Work 阅读笔记`.
fn is_note(member: &Member) -> bool {
    let first = member.page.outline.headings.first();
    note::has_words(stem(member.page.name)) || first.is_some_and(|first| note::has_words(&first.text))
}

/// The likeness of a title. File names lack capitals and marks, which must not count against them. With `path`, a
/// heading that is the file's name is more likely a title.
pub(super) fn liken(parsed: &ParsedTitle, from: TitleFrom, path: Option<&str>) -> f32 {
    if from != TitleFrom::Name {
        let is_named = |path| plain(&whole::name(path)) == plain(&parsed.title);
        let is_alike = from == TitleFrom::Heading && path.is_some_and(is_named);
        let likeness = likeness::of(parsed);
        return (likeness + if is_alike && likeness < 0.0 { NAMED_ALIKE } else { 0.0 }).clamp(-TITLE, TITLE);
    }
    let mut parsed = parsed.clone();
    let mut letters = parsed.title.chars();
    parsed.title = letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect());
    let more = match parsed.title.split_whitespace().count() {
        1 if is_model(&parsed.title) => MODEL_NAME,
        0..4 => 0.0,
        _ => LONG_NAME,
    };
    (likeness::of(&parsed) + more).clamp(-TITLE, TITLE)
}

/// Whether a word is like `EmuNet` or `OWLv2`: with capitals inside.
fn is_model(word: &str) -> bool {
    let mut letters = word.chars().skip(1);
    word.chars().count() > 2 && letters.any(char::is_uppercase)
}

/// The first [`TOP`] bytes of a text.
pub(super) fn top(text: &str) -> &str {
    prefix(text, TOP)
}

/// Whether a text contains the URL of a paper.
pub(super) fn is_url(text: &str) -> bool {
    text.split(|c: char| c.is_whitespace() || "<>()\"'".contains(c))
        .any(|word| word.contains('.') && words::is_paper_url(word))
}

/// Whether a name is a citation key: `owl2031emus`, `2031_Owl_Emus`, `owlEmusAtWork2031`.
pub(super) fn is_cited(stem: &str) -> bool {
    let year = |text: &str| {
        let digits = text.bytes().take_while(u8::is_ascii_digit).count();
        digits == 4 && (text.starts_with("19") || text.starts_with("20"))
    };
    let letters = stem.len() - stem.trim_start_matches(|c: char| c.is_alphabetic()).len();
    let is_one = !stem.contains([' ', '-', '_']);
    let begins_with_year = year(stem) && stem[4..].starts_with('_');
    // A final letter distinguishes papers of one author and year.
    let last = stem.trim_end_matches(|c: char| c.is_ascii_lowercase());
    let last = if stem.len() - last.len() < 2 { last } else { stem };
    let ends_with_year = last.len() > 4 && last.is_char_boundary(last.len() - 4) && year(&last[last.len() - 4..]);
    let has_words = stem.starts_with(char::is_lowercase) && stem.contains(char::is_uppercase);
    begins_with_year || is_one && (letters > 1 && year(&stem[letters..]) || ends_with_year && has_words)
}

/// Words that name a period, beside numbers.
const PERIODS: &[&str] = &["week", "weeks", "wk", "day", "month", "quarter", "semester", "term", "sprint"];
/// Words that may stand beside them.
const BESIDE_PERIODS: &[&str] = &["spring", "summer", "fall", "autumn", "winter", "of", "to", "and", "the"];

/// Whether a heading names nothing but a period, with its dates: `Fall Week 2 (October 3 - October 9)`.
fn is_period(title: &str) -> bool {
    let lower = title.to_lowercase();
    let words = || lower.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty());
    let is_number = |word: &str| {
        let digits = word.trim_end_matches(|c: char| c.is_ascii_lowercase());
        matches!(&word[digits.len()..], "" | "st" | "nd" | "rd" | "th") && digits.bytes().all(|it| it.is_ascii_digit())
    };
    let is_month = |word: &str| front::is_date(&format!("{word} 2031"));
    let is_of_period =
        |word: &str| PERIODS.contains(&word) || BESIDE_PERIODS.contains(&word) || is_number(word) || is_month(word);
    words().any(|word| PERIODS.contains(&word)) && words().any(is_number) && words().all(is_of_period)
}

/// Whether a file is named like a front page.
pub(super) fn is_front_page(member: &Member) -> bool {
    FRONT_PAGES.contains(&stem(member.page.name).to_lowercase().as_str())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_by_year_and_author_are_known() {
        for name in ["owl2031emus", "2031_Owl_Emus at work", "owlEmusAtWork2031", "owlEmu15Times2031b"] {
            assert!(is_cited(name), "{name}");
        }
        for name in ["2031-05-17", "notes 2031", "week-2031", "emu", "release2", "2031"] {
            assert!(!is_cited(name), "{name}");
        }
    }
}
