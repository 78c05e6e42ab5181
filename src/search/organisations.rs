//! Matches a term against the organisations that published a paper.

use super::pinyin::Sound;
use super::term::{MatchMode, Term};
use super::title::{MatchGrade, MatchKind};

/// Minimum number of letters in a Latin term to match the start of a name or of a word in it.
const FEWEST: usize = 3;

/// Minimum number of Han characters in a name that a term must match by pinyin.
const FEWEST_SYLLABLES: usize = 2;

/// All names of an organisation, in lower case.
pub type OrganisationNames = Box<[String]>;

/// The result of matching a term against an organisation.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct OrganisationMatch {
    /// The best match among the names; `None` if none matches.
    pub grade: Option<MatchGrade>,
    /// Whether a longer term that starts with this one may match.
    pub may_grow: bool,
}

/// A search term for the name of an organisation.
#[derive(Debug)]
pub struct OrganisationTerm(Term);

impl OrganisationTerm {
    /// Parses the term, to be matched literally and as pinyin.
    pub fn new(typed: &str) -> Self {
        Self(Term::new(typed, MatchMode::Fuzzy))
    }

    /// Whether the term matches any of these lower-case names, and whether it may match them when more is typed.
    pub fn by(&self, spellings: &[String]) -> (bool, bool) {
        let answer = self.0.grade_organisation(spellings);
        (answer.grade.is_some(), answer.may_grow)
    }
}

impl Term {
    /// Matches the term against the names of an organisation.
    pub(super) fn grade_organisation(&self, spellings: &[String]) -> OrganisationMatch {
        if !self.is_free() {
            return OrganisationMatch::default();
        }
        let text = self.unsigned.as_ref().map_or(self.text.as_str(), |unsigned| &unsigned.text);
        let answers = spellings.iter().map(|name| self.grade_name(text, name));
        answers.fold(OrganisationMatch::default(), |best, answer| OrganisationMatch {
            grade: best.grade.max(answer.grade),
            may_grow: best.may_grow || answer.may_grow,
        })
    }

    fn grade_name(&self, text: &str, name: &str) -> OrganisationMatch {
        let found = |kind: MatchKind| OrganisationMatch { grade: Some(kind.into()), may_grow: true };
        if name == text {
            return found(MatchKind::Organisation);
        }
        let is_long = !text.is_ascii() || text.len() >= FEWEST;
        let begins_word = |(at, _): (usize, &str)| !name[..at].ends_with(char::is_alphanumeric);
        if is_long && (name.starts_with(text) || text.is_ascii() && name.match_indices(text).any(begins_word)) {
            return found(MatchKind::OrganisationPart);
        }
        let sound = self.sound.as_ref().filter(|_| is_long && !name.is_ascii());
        match sound.map(|sound| sound.find(name, FEWEST_SYLLABLES)) {
            // Accept only whole syllables, or only initials. Mixtures match too much: `beit` would match 北大, by the rare
            // reading tai.
            Some((Some(heard), _))
                if heard.span.start == 0 && (sound.is_some_and(Sound::is_whole) || heard.chars.len() == text.len()) =>
            {
                let is_whole = heard.span.end == name.len() && sound.is_some_and(Sound::is_whole);
                found(if is_whole { MatchKind::Organisation } else { MatchKind::OrganisationPart })
            }
            Some((heard, is_partly)) => {
                OrganisationMatch { grade: None, may_grow: is_partly || heard.is_some() || name.contains(text) }
            }
            None => OrganisationMatch { grade: None, may_grow: !is_long || name.contains(text) },
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(typed: &str, names: &[&str], wanted: Option<MatchKind>) {
        let names: Vec<String> = names.iter().map(|name| (*name).to_owned()).collect();
        let answer = Term::new(typed, MatchMode::Fuzzy).grade_organisation(&names);
        assert_eq!(answer.grade.map(|grade| grade.kind), wanted, "{typed}");
    }

    #[test]
    fn organisations_match_by_any_spelling() {
        let google = ["google", "谷歌", "google research"];
        check("google", &google, Some(MatchKind::Organisation));
        check("谷歌", &google, Some(MatchKind::Organisation));
        check("guge", &google, Some(MatchKind::Organisation));
        check("goo", &google, Some(MatchKind::OrganisationPart));
        check("resea", &google, Some(MatchKind::OrganisationPart));
        check("go", &google, None);
        check("oogle", &google, None);
        check("歌", &google, None);
        check("qhdx", &["清华大学"], Some(MatchKind::OrganisationPart));
        check("qinghua", &["清华大学"], Some(MatchKind::OrganisationPart));
        check("beit", &["北大"], None);
        check("ai2", &["ai2"], Some(MatchKind::Organisation));
        check("AI-2", &["ai2"], Some(MatchKind::Organisation));
    }
}
