//! The user's corrections of how a log is read, made by pointing at lines. Kept beside the log, never in it.
//!
//! Forms are stored by name. A form that only a newer version knows is kept and ignored.

use std::collections::HashSet;

use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

use super::forms::names::{DateForm, TitleForm};
use crate::say;
use crate::words::Language;

/// How many line hashes identify a renamed file.
const LINES: usize = 16;
/// Lines shorter than this many bytes are too common to identify a file.
const SHORT: usize = 8;

/// What a correction says about the form of a file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FormRule {
    /// Titles have this form.
    Titles(TitleForm),
    /// Dates have this form.
    Dates(DateForm),
    /// The line is the heading of a pending list.
    Pending,
}

impl FormRule {
    /// (what the rule is about, code of the form, level of a heading).
    pub(crate) fn names(self) -> (&'static str, Option<&'static str>, Option<u8>) {
        match self {
            Self::Titles(form) => ("titles", Some(form.code()), form.level()),
            Self::Dates(form) => ("dates", Some(form.code()), None),
            Self::Pending => ("pending", None, None),
        }
    }

    fn of_names(what: &str, form: Option<&str>, level: Option<u8>) -> Option<Self> {
        match (what, form) {
            ("titles", Some(form)) => TitleForm::of_code(form, level).map(Self::Titles),
            ("dates", Some(form)) => DateForm::of_code(form).map(Self::Dates),
            ("pending", _) => Some(Self::Pending),
            _ => None,
        }
    }

    /// A short description: `titles are list items`.
    pub(crate) fn say(self, language: Language) -> String {
        match self {
            Self::Titles(form) => say!(language, "titles are {}", "论文标题是{}", form.name(language)),
            Self::Dates(form) => say!(language, "dates are {}", "日期是{}", form.name(language)),
            Self::Pending => language.pick("the pending list starts at this heading", "此标题下是待读清单").to_owned(),
        }
    }

    /// Whether only one of the two rules can hold.
    fn excludes(self, other: Self) -> bool {
        matches!((self, other), (Self::Titles(_), Self::Titles(_)) | (Self::Dates(_), Self::Dates(_)))
    }
}

/// A rule for a file, with the line at which the user pointed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Correction {
    /// The file's name.
    pub file: String,
    /// The line, trimmed.
    pub line: String,
    /// The rule.
    pub rule: FormRule,
    /// Hashes of some lines, ascending, to recognise the file after it is renamed.
    pub fingerprint: Vec<u32>,
}

impl Correction {
    /// A correction made at a line of a file with this text.
    pub fn new(file: &str, text: &str, line: &str, rule: FormRule) -> Self {
        let mut fingerprint: Vec<u32> = hashes(text).collect();
        fingerprint.sort_unstable();
        fingerprint.dedup();
        fingerprint.truncate(LINES);
        Self { file: file.to_owned(), line: line.trim().to_owned(), rule, fingerprint }
    }

    /// Whether this correction replaces another one on the same file.
    pub(crate) fn replaces(&self, other: &Self) -> bool {
        self.rule.excludes(other.rule) || (self.rule, &self.line) == (other.rule, &other.line)
    }
}

/// The corrections on a file, found by its name or, in case it was renamed, by its lines.
pub(crate) fn of_file<'a>(corrections: &'a [Correction], name: &str, text: &str) -> Vec<&'a Correction> {
    let (named, others): (Vec<_>, Vec<_>) = corrections.iter().partition(|correction| correction.file == name);
    if !named.is_empty() || others.is_empty() {
        return named;
    }
    let wanted: HashSet<u32> = others.iter().flat_map(|correction| correction.fingerprint.iter().copied()).collect();
    let found: HashSet<u32> = hashes(text).filter(|hash| wanted.contains(hash)).collect();
    let is_it = |correction: &&Correction| {
        let count = correction.fingerprint.iter().filter(|hash| found.contains(hash)).count();
        count > 0 && count * 2 >= correction.fingerprint.len()
    };
    let mut known: Vec<&Correction> = others.into_iter().filter(is_it).collect();
    // If two files share their lines, either one will do.
    if let Some(first) = known.first().map(|correction| correction.file.clone()) {
        known.retain(|correction| correction.file == first);
    }
    known
}

/// A hash of each line that is long enough to identify a file (FNV-1a).
fn hashes(text: &str) -> impl Iterator<Item = u32> {
    let lines = text.lines().map(str::trim).filter(|line| line.len() >= SHORT);
    lines.map(|line| line.bytes().fold(0x811c_9dc5, |hash, byte| (hash ^ u32::from(byte)).wrapping_mul(0x0100_0193)))
}

/// All corrections, as stored.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct StoredCorrections {
    /// Schema version: [`Self::VERSION`] or older.
    pub version: u64,
    // The name in the file stays: older versions read it.
    #[serde(rename = "lessons")]
    corrections: Vec<StoredCorrection>,
    /// Fields written by a newer version; kept on saving.
    #[serde(flatten)]
    unknown: Map<String, Value>,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
struct StoredCorrection {
    file: String,
    what: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    form: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    level: Option<u8>,
    line: String,
    #[serde(default)]
    lines: Vec<u32>,
    #[serde(flatten)]
    unknown: Map<String, Value>,
}

impl StoredCorrection {
    fn of(correction: &Correction) -> Self {
        let (what, form, level) = correction.rule.names();
        Self {
            file: correction.file.clone(),
            what: what.to_owned(),
            form: form.map(str::to_owned),
            level,
            line: correction.line.clone(),
            lines: correction.fingerprint.clone(),
            unknown: Map::new(),
        }
    }

    fn read(&self) -> Option<Correction> {
        let rule = FormRule::of_names(&self.what, self.form.as_deref(), self.level)?;
        Some(Correction { file: self.file.clone(), line: self.line.clone(), rule, fingerprint: self.lines.clone() })
    }
}

impl Default for StoredCorrections {
    fn default() -> Self {
        Self { version: Self::VERSION, corrections: Vec::new(), unknown: Map::new() }
    }
}

impl StoredCorrections {
    /// The current schema version.
    pub(crate) const VERSION: u64 = 1;

    /// The corrections that this version understands, oldest first.
    pub(crate) fn corrections(&self) -> Vec<Correction> {
        self.corrections.iter().filter_map(StoredCorrection::read).collect()
    }

    /// The number of corrections that this version does not understand.
    pub(crate) fn unknown(&self) -> usize {
        self.corrections.iter().filter(|record| record.read().is_none()).count()
    }

    /// Adds a correction, and removes those it replaces.
    pub(crate) fn add(&mut self, correction: &Correction) {
        let is_replaced = |record: &StoredCorrection| {
            record.read().is_some_and(|other| other.file == correction.file && correction.replaces(&other))
        };
        self.corrections.retain(|record| !is_replaced(record));
        self.corrections.push(StoredCorrection::of(correction));
    }

    /// Removes a correction.
    pub(crate) fn remove(&mut self, correction: &Correction) {
        let is_it = |other: Correction| {
            (other.file, other.line, other.rule) == (correction.file.clone(), correction.line.clone(), correction.rule)
        };
        self.corrections.retain(|record| !record.read().is_some_and(is_it));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const TEXT: &str = "# Emus\n\n- An emu on the plain\n- A gnu at the river\n- An owl in the night\n";

    fn correction(file: &str, rule: FormRule) -> Correction {
        Correction::new(file, TEXT, " - An emu on the plain\n", rule)
    }

    #[test]
    fn a_file_is_recognised_by_name_or_content() {
        let corrections = [correction("log.md", FormRule::Titles(TitleForm::Bullets))];
        let rules = |name: &str, text: &str| {
            of_file(&corrections, name, text).into_iter().map(|correction| correction.rule).collect::<Vec<_>>()
        };
        let all = vec![FormRule::Titles(TitleForm::Bullets)];
        assert_eq!(rules("log.md", "nothing of it"), all);
        assert_eq!(rules("emus.md", TEXT), all);
        assert_eq!(rules("emus.md", &format!("# More\n\n{TEXT}- One more that is new\n").replace("gnu", "yak")), all);
        assert_eq!(rules("other.md", "# Other\n\n- An owl in the night\n- Something else\n"), []);
        assert_eq!(rules("empty.md", ""), []);
    }

    #[test]
    fn a_correction_replaces_conflicting_ones_and_can_be_removed() {
        let mut stored = StoredCorrections::default();
        let (bullets, headings) = (
            correction("a.md", FormRule::Titles(TitleForm::Bullets)),
            correction("a.md", FormRule::Titles(TitleForm::Headings(3))),
        );
        let (dates, other) = (
            correction("a.md", FormRule::Dates(DateForm::Cells)),
            correction("b.md", FormRule::Titles(TitleForm::Rows)),
        );
        for correction in [&bullets, &dates, &other, &headings] {
            stored.add(correction);
        }
        assert_eq!(stored.corrections(), [dates.clone(), other.clone(), headings.clone()]);
        stored.remove(&headings);
        assert_eq!(stored.corrections(), [dates, other]);
    }

    #[test]
    fn corrections_of_newer_versions_are_kept_and_skipped() {
        let text = r#"{"version":1,"more":2,"lessons":[
            {"file":"a.md","what":"titles","form":"sidenote","line":"x"},
            {"file":"a.md","what":"titles","form":"heading","level":3,"line":"Emu","lines":[1],"why":"x"},
            {"file":"a.md","what":"authors","form":"list-item","line":"x"}]}"#;
        let mut stored: StoredCorrections = serde_json::from_str(text).expect("a document");
        assert_eq!((stored.corrections().len(), stored.unknown()), (1, 2));
        stored.add(&correction("a.md", FormRule::Titles(TitleForm::Bullets)));
        let written = serde_json::to_string(&stored).expect("a text");
        assert!(written.contains("sidenote") && written.contains("authors") && written.contains(r#""more":2"#));
        assert_eq!((stored.corrections().len(), stored.unknown()), (1, 2));
    }

    #[test]
    fn every_form_has_a_name() {
        let forms = super::super::forms::titles::FORMS.iter().map(|entry| entry.form).chain([TitleForm::WholeFile]);
        let rules = forms.map(FormRule::Titles).chain(DateForm::ALL.map(FormRule::Dates)).chain([FormRule::Pending]);
        for rule in rules {
            let (what, form, level) = rule.names();
            assert_eq!(FormRule::of_names(what, form, level), Some(rule));
        }
    }
}
