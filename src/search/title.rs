//! Matches a term against a title: how well, and where.

use std::ops::Range;

use super::normalise::{Folded, lower, normalise};
use super::pinyin::PinyinMatch;
use super::term::{MatchMode, Term};
use super::{fuzzy, words};

/// Where and how a term matches, from worst to best. Any match of a later kind ranks above every match of an earlier
/// kind.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum MatchKind {
    /// In the text, by pinyin.
    TextSound,
    /// In the text.
    Text,
    /// In the first line of the text, which usually gives publisher and date.
    FirstLine,
    /// By scattered letters of the title: in order, with small gaps.
    Letters,
    /// At the start of an organisation's name, or by its pinyin.
    OrganisationPart,
    /// In the title, by pinyin.
    Sound,
    /// Inside words of the title.
    Inside,
    /// By the starts of several words of the title.
    Beginnings,
    /// By its singular, which is a word of the title.
    Singular,
    /// By naming the date.
    Day,
    /// As the whole name of an organisation, in any spelling.
    Organisation,
    /// Inside the short name, or by its first letter and others in order.
    NameLetters,
    /// At the start of a word of the title.
    WordPrefix,
    /// As a word of the title.
    Word,
    /// At the start of the short name.
    NamePrefix,
    /// As the short name.
    Name,
}

impl MatchKind {
    /// Whether the match is in the text below the title.
    pub fn is_in_text(self) -> bool {
        self <= Self::FirstLine
    }
}

/// How well a term matches.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct MatchGrade {
    /// The kind of match.
    pub kind: MatchKind,
    /// Ranks matches of the same kind; more is better. For [`MatchKind::Letters`] this is Skim's score, otherwise how
    /// well the match fits words, and whether it is at the start of the title.
    pub within: u32,
}

impl MatchGrade {
    /// The difference in score from one kind to the next.
    pub const STEP: u32 = 1_000;

    /// The grade as a number. The scores of all terms of a query are added up.
    pub fn score(self) -> u32 {
        (self.kind as u32 + 1) * Self::STEP + self.within.min(Self::STEP - 1)
    }
}

impl From<MatchKind> for MatchGrade {
    fn from(kind: MatchKind) -> Self {
        Self { kind, within: 0 }
    }
}

/// A title in the forms used for matching, as [`Folded`] makes them. Each char has the same byte offset in all
/// forms.
#[derive(Debug, Clone, Copy)]
pub struct Title<'a> {
    /// The title in its own case.
    pub cased: &'a str,
    /// The title in lower case.
    pub lower: &'a str,
    /// The byte offsets of the title's words.
    pub heads: &'a [u32],
    /// The short name in lower case; empty if there is none.
    pub name: &'a str,
}

/// An owned [`Title`].
#[derive(Debug, Clone)]
pub struct OwnedTitle {
    cased: Folded,
    lower: String,
    heads: Vec<u32>,
    name: String,
}

impl OwnedTitle {
    /// Normalises a title and its short name.
    pub fn new(title: &str, name: Option<&str>) -> Self {
        let cased = Folded::new(title);
        let lower = cased.text.chars().map(lower).collect();
        let heads = words::heads(&cased.text).filter_map(|at| u32::try_from(at).ok()).collect();
        Self { cased, lower, heads, name: name.map(normalise).unwrap_or_default() }
    }

    /// The range of original chars that the normalised char at `index` comes from.
    pub fn origin(&self, index: usize) -> Range<usize> {
        self.cased.origin(index)
    }

    /// Borrows the title for matching.
    pub fn title(&self) -> Title<'_> {
        Title { cased: &self.cased.text, lower: &self.lower, heads: &self.heads, name: &self.name }
    }
}

impl Term {
    /// How well the term matches a title; `None` if it does not.
    pub(crate) fn grade(&self, title: Title<'_>) -> Option<MatchGrade> {
        self.weigh(title, true).0
    }

    /// Like [`grade`](Self::grade); also returns whether a longer term that starts with this one may match.
    /// `may_sound` is false if the title cannot match as pinyin, which saves trying.
    pub(super) fn weigh(&self, title: Title<'_>, may_sound: bool) -> (Option<MatchGrade>, bool) {
        let grade = match self.mode {
            MatchMode::Fuzzy => return self.weigh_forms(title, may_sound),
            MatchMode::Exact => self.grade_exact(title),
            MatchMode::Prefix | MatchMode::Suffix | MatchMode::Whole => self.grade_ends(title),
            MatchMode::Word => {
                self.grade_exact(title).filter(|grade| matches!(grade.kind, MatchKind::Word | MatchKind::Name))
            }
            MatchMode::Pinyin => self.hear_in(title).filter(|_| may_sound).map(|_| MatchKind::Sound.into()),
        };
        // A longer literal term cannot match if this one does not.
        (grade, grade.is_some())
    }

    /// The best match of the term's forms.
    fn weigh_forms(&self, title: Title<'_>, may_sound: bool) -> (Option<MatchGrade>, bool) {
        let (mut best, mut may_grow) = self.weigh_fuzzy(title, may_sound);
        if best.is_some_and(|best| best.kind >= MatchKind::Inside) {
            return (best, true);
        }
        if let Some(singular) = &self.singular
            && singular.grade_exact(title).is_some()
        {
            best = best.max(Some(MatchKind::Singular.into()));
            may_grow = true;
        }
        if let Some(unsigned) = &self.unsigned {
            let (grade, may_grow_too) = unsigned.weigh_fuzzy(title, may_sound);
            best = best.max(grade);
            may_grow |= may_grow_too;
        }
        (best, may_grow || !self.has_letters())
    }

    fn hear_in(&self, title: Title<'_>) -> Option<PinyinMatch> {
        let fewest = if self.mode == MatchMode::Pinyin { 2 } else { 1 };
        self.sound.as_ref().and_then(|sound| sound.find(title.lower, fewest).0)
    }

    fn grade_exact(&self, title: Title<'_>) -> Option<MatchGrade> {
        match title.name.strip_prefix(self.text.as_str()) {
            Some("") => return Some(MatchKind::Name.into()),
            Some(_) => return Some(MatchKind::NamePrefix.into()),
            None => {}
        }
        let (place, kind) = self.best_place(title)?;
        // A word of its own is better than a part of one such as `CodeBERT`, and the first word is best.
        let is_apart = !title.cased[..place.start].ends_with(char::is_alphanumeric);
        Some(MatchGrade { kind, within: u32::from(is_apart) + u32::from(place.start == 0) })
    }

    /// The best literal match: a whole word, else the start of a word, else the first match.
    fn best_place(&self, title: Title<'_>) -> Option<(Range<usize>, MatchKind)> {
        let mut best: Option<(Range<usize>, MatchKind)> = None;
        for at in self.finder.find_iter(title.lower.as_bytes()) {
            let place = at..at + self.text.len();
            let kind = match (words::begins(title.cased, at), words::ends(title.cased, place.end)) {
                (true, true) => MatchKind::Word,
                (true, false) => MatchKind::WordPrefix,
                (false, _) => MatchKind::Inside,
            };
            if best.as_ref().is_none_or(|(_, best)| *best < kind) {
                best = Some((place, kind));
            }
            if kind == MatchKind::Word {
                break;
            }
        }
        best
    }

    fn weigh_fuzzy(&self, title: Title<'_>, may_sound: bool) -> (Option<MatchGrade>, bool) {
        let exact = self.grade_exact(title);
        if exact.is_some_and(|exact| exact.kind > MatchKind::Inside) {
            return (exact, true);
        }
        if self.is_in_name(title.name) {
            return (Some(MatchKind::NameLetters.into()), true);
        }
        let is_held = exact.is_some() || fuzzy::holds(title.lower, &self.text);
        if is_held && let Some((runs, rank)) = words::spell(title.lower, title.heads, &self.text) {
            let is_first = runs.first().is_some_and(|run| run.start == 0);
            let within = MatchGrade::STEP - 2 * (rank as u32 + 1) + u32::from(is_first);
            return (Some(MatchGrade { kind: MatchKind::Beginnings, within }), true);
        }
        if exact.is_some() {
            return (exact, true);
        }
        let may_sound = may_sound && !title.lower.is_ascii();
        let sound = self.sound.as_ref().filter(|_| may_sound).map(|sound| sound.find(title.lower, 1));
        if let Some((Some(_), _)) = sound {
            return (Some(MatchKind::Sound.into()), true);
        }
        let within = is_held.then(|| fuzzy::score(title.cased, title.lower, title.heads, &self.text)).flatten();
        let grade = within.map(|within| MatchGrade { kind: MatchKind::Letters, within });
        // A term too short for pinyin may become long enough as more is typed.
        let may_grow_into_sound = may_sound && sound.is_none_or(|(_, is_partly)| is_partly);
        (grade, is_held || may_grow_into_sound || fuzzy::holds(title.name, &self.text))
    }

    /// Whether the short name contains the term, or starts with its first letter and has the others in order.
    fn is_in_name(&self, name: &str) -> bool {
        let (letters, all) = (self.text.chars().count(), name.chars().count());
        let is_near = letters >= 2 && all <= letters + letters / 2 + 1;
        is_near
            && (name.contains(&self.text)
                || name.chars().next() == self.text.chars().next() && fuzzy::holds(name, &self.text))
    }

    fn grade_ends(&self, title: Title<'_>) -> Option<MatchGrade> {
        let text = self.text.as_str();
        let hits = |whole: &str| match self.mode {
            MatchMode::Prefix => whole.starts_with(text),
            MatchMode::Suffix => whole.ends_with(text),
            _ => whole == text,
        };
        let kind = match () {
            () if title.name == text && hits(title.name) => MatchKind::Name,
            () if hits(title.name) => MatchKind::NamePrefix,
            () if hits(title.lower) => MatchKind::WordPrefix,
            () => return None,
        };
        Some(kind.into())
    }

    /// The indices of the matching chars of a title, ascending; empty if the match is not in the title.
    pub(crate) fn positions(&self, title: Title<'_>) -> Vec<usize> {
        let chars = |range: Range<usize>| {
            let start = title.cased[..range.start].chars().count();
            start..start + title.cased[range].chars().count()
        };
        let Some(grade) = self.grade(title) else { return Vec::new() };
        if let Some(singular) = self.singular.as_ref().filter(|_| grade.kind == MatchKind::Singular) {
            return singular.positions(title);
        }
        let own = || if self.mode == MatchMode::Fuzzy { self.weigh_fuzzy(title, true).0 } else { Some(grade) };
        if let Some(unsigned) = self.unsigned.as_ref().filter(|_| own() < Some(grade)) {
            return unsigned.positions(title);
        }
        let length = title.lower.len();
        match (self.mode, grade.kind) {
            (MatchMode::Suffix, MatchKind::WordPrefix) => chars(length - self.text.len()..length).collect(),
            (MatchMode::Suffix | MatchMode::Whole, MatchKind::NamePrefix) => {
                let name = title.lower.find(title.name).map(|at| at + title.name.len());
                name.map_or_else(Vec::new, |end| chars(end - self.text.len()..end).collect())
            }
            (_, MatchKind::Name | MatchKind::NamePrefix) => {
                let name = title.lower.find(title.name);
                name.map_or_else(Vec::new, |at| chars(at..at + self.text.len()).collect())
            }
            (_, MatchKind::NameLetters) => self.positions_in_name(title),
            (_, MatchKind::Beginnings) => {
                let spelled = words::spell(title.lower, title.heads, &self.text);
                spelled.into_iter().flat_map(|(runs, _)| runs).flat_map(chars).collect()
            }
            (_, MatchKind::Sound) => {
                self.hear_in(title).map_or_else(Vec::new, |heard| heard.chars.into_iter().flat_map(chars).collect())
            }
            (_, MatchKind::Letters) => fuzzy::positions(title.cased, &self.text),
            _ => self.best_place(title).map_or_else(Vec::new, |(place, _)| chars(place).collect()),
        }
    }

    fn positions_in_name(&self, title: Title<'_>) -> Vec<usize> {
        let Some(at) = title.lower.find(title.name) else { return Vec::new() };
        let start = title.lower[..at].chars().count();
        if let Some(together) = title.name.find(&self.text) {
            let start = start + title.name[..together].chars().count();
            return (start..start + self.text.chars().count()).collect();
        }
        let mut name = title.name.chars().enumerate();
        let places = self.text.chars().map_while(|wanted| name.find(|&(_, c)| c == wanted));
        places.map(|(place, _)| start + place).collect()
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::search::query::Query;

    fn grade(typed: &str, title: &str, name: Option<&str>) -> (Option<MatchKind>, String) {
        let query = Query::new(typed);
        let owned = OwnedTitle::new(title, name);
        let letters: Vec<char> = title.chars().collect();
        let positions = query.terms[0].positions(owned.title());
        (query.terms[0].grade(owned.title()).map(|grade| grade.kind), positions.iter().map(|&at| letters[at]).collect())
    }

    #[track_caller]
    fn check(typed: &str, title: &str, kind: Option<MatchKind>, hit: &str) {
        let name = title.split_once(':').map(|(name, _)| name);
        assert_eq!(grade(typed, title, name), (kind, hit.to_owned()), "{typed} in {title}");
    }

    #[test]
    fn the_best_match_and_its_positions() {
        check("beit", "BEiT: Pretraining", Some(MatchKind::Name), "BEiT");
        check("BEIT", "ＢＥｉＴ: Pretraining", Some(MatchKind::Name), "ＢＥｉＴ");
        check("clip", "CLIP4Clip: Retrieval", Some(MatchKind::NamePrefix), "CLIP");
        check("clip", "ActionCLIP: Video", Some(MatchKind::Word), "CLIP");
        check("retr", "CLIP4Clip: Retrieval", Some(MatchKind::WordPrefix), "Retr");
        check("vit", "ViLT: Transformer", Some(MatchKind::NameLetters), "ViT");
        check("moe", "DMoE: Experts", Some(MatchKind::NameLetters), "MoE");
        check("moe", "Smoe of Mixture of Experts", Some(MatchKind::Beginnings), "MoE");
        check("moe", "GLaM: Mixture-of-Experts", Some(MatchKind::Beginnings), "MoE");
        check("former", "ViLT: Transformer", Some(MatchKind::Inside), "former");
        check("tuijian", "推荐系统 Survey", Some(MatchKind::Sound), "推荐");
        check("系", "推荐系统", Some(MatchKind::Word), "系");
        check("attn", "On Attention", Some(MatchKind::Letters), "Attn");
        check("gpt-4", "GPT4: A Report", Some(MatchKind::Name), "GPT4");
        check("gpt4", "On GPT-4", Some(MatchKind::Beginnings), "GPT4");
        check("(vilt)", "ViLT: Transformer", Some(MatchKind::Name), "ViLT");
        check("vision-language", "Vision Language", Some(MatchKind::Beginnings), "VisionLanguage");
        check("transformers", "A Transformer", Some(MatchKind::Singular), "Transformer");
        check("transformers", "Transformers", Some(MatchKind::Word), "Transformers");
        check("moe", "A Model", None, "");
    }

    #[test]
    fn query_operators_restrict_the_match() {
        check("'attn", "On Attention", None, "");
        check("'tent", "On Attention", Some(MatchKind::Inside), "tent");
        check("^on", "On Attention", Some(MatchKind::WordPrefix), "On");
        check("^att", "On Attention", None, "");
        check("tion$", "On Attention", Some(MatchKind::WordPrefix), "tion");
        check("p4$", "CLIP4: A", Some(MatchKind::NamePrefix), "P4");
        check("^clip4$", "CLIP4: A", Some(MatchKind::Name), "CLIP4");
        check("^on attention$", "On", Some(MatchKind::WordPrefix), "On");
    }

    proptest! {
        /// Positions point to the typed letters, or to characters that sound like them.
        #[test]
        fn positions_point_at_what_was_typed(title in "[a-cA-C大模: -]{0,24}", typed in "['^!]?[a-cdx大模-]{1,5}[$]?") {
            let query = Query::new(&typed);
            let owned = OwnedTitle::new(&title, title.split_once(':').map(|(name, _)| name.trim()));
            for term in &query.terms {
                let positions = term.positions(owned.title());
                prop_assert_eq!(term.grade(owned.title()).is_some(), !positions.is_empty());
                prop_assert!(positions.is_sorted_by(|a, b| a < b));
                let kind = term.grade(owned.title()).map(|grade| grade.kind);
                if kind.is_some_and(|kind| kind != MatchKind::Sound && kind != MatchKind::Singular) {
                    let letters: Vec<char> = title.chars().collect();
                    let hit: String = positions.iter().map(|&at| letters[at]).collect();
                    let plain = |text: &str| text.chars().filter(|c| c.is_alphanumeric()).collect::<String>();
                    prop_assert_eq!(plain(&normalise(&hit)), plain(&term.text));
                }
            }
        }
    }
}
