//! What the user taught about the form of a log by pointing at lines. Kept beside the log, never in it.
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

/// What a line was taught as.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Fact {
    /// A title, in this form.
    Titles(TitleForm),
    /// A date, in this form.
    Dates(DateForm),
    /// The heading of a pending list.
    Pending,
}

impl Fact {
    /// (what the fact is about, code of the form, level of a heading).
    pub fn names(self) -> (&'static str, Option<&'static str>, Option<u8>) {
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
    pub fn say(self, language: Language) -> String {
        match self {
            Self::Titles(form) => say!(language, "titles are {}", "论文标题是{}", form.name(language)),
            Self::Dates(form) => say!(language, "dates are {}", "日期是{}", form.name(language)),
            Self::Pending => language.pick("the pending list starts at this heading", "此标题下是待读清单").to_owned(),
        }
    }

    /// Whether only one of the two facts can hold.
    fn excludes(self, other: Self) -> bool {
        matches!((self, other), (Self::Titles(_), Self::Titles(_)) | (Self::Dates(_), Self::Dates(_)))
    }
}

/// A fact taught about a file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Lesson {
    /// The file's name.
    pub file: String,
    /// The line, trimmed.
    pub line: String,
    /// What the line was taught as.
    pub fact: Fact,
    /// Hashes of some lines, ascending, to recognise the file after it is renamed.
    pub fingerprint: Vec<u32>,
}

impl Lesson {
    /// A fact taught from a line of a file with this text.
    pub fn new(file: &str, text: &str, line: &str, fact: Fact) -> Self {
        let mut fingerprint: Vec<u32> = hashes(text).collect();
        fingerprint.sort_unstable();
        fingerprint.dedup();
        fingerprint.truncate(LINES);
        Self { file: file.to_owned(), line: line.trim().to_owned(), fact, fingerprint }
    }

    /// Whether this lesson replaces another one on the same file.
    pub(crate) fn replaces(&self, other: &Self) -> bool {
        self.fact.excludes(other.fact) || (self.fact, &self.line) == (other.fact, &other.line)
    }
}

/// The lessons on a file, found by its name or, in case it was renamed, by its lines.
pub(crate) fn of_file<'a>(lessons: &'a [Lesson], name: &str, text: &str) -> Vec<&'a Lesson> {
    let (named, others): (Vec<_>, Vec<_>) = lessons.iter().partition(|lesson| lesson.file == name);
    if !named.is_empty() || others.is_empty() {
        return named;
    }
    let wanted: HashSet<u32> = others.iter().flat_map(|lesson| lesson.fingerprint.iter().copied()).collect();
    let found: HashSet<u32> = hashes(text).filter(|hash| wanted.contains(hash)).collect();
    let is_it = |lesson: &&Lesson| {
        let count = lesson.fingerprint.iter().filter(|hash| found.contains(hash)).count();
        count > 0 && count * 2 >= lesson.fingerprint.len()
    };
    let mut known: Vec<&Lesson> = others.into_iter().filter(is_it).collect();
    // If two files share their lines, either one will do.
    if let Some(first) = known.first().map(|lesson| lesson.file.clone()) {
        known.retain(|lesson| lesson.file == first);
    }
    known
}

/// A hash of each line that is long enough to identify a file (FNV-1a).
fn hashes(text: &str) -> impl Iterator<Item = u32> {
    let lines = text.lines().map(str::trim).filter(|line| line.len() >= SHORT);
    lines.map(|line| line.bytes().fold(0x811c_9dc5, |hash, byte| (hash ^ u32::from(byte)).wrapping_mul(0x0100_0193)))
}

/// All lessons, as stored.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct Taught {
    /// Schema version: [`Self::VERSION`] or older.
    pub version: u64,
    lessons: Vec<Record>,
    /// Fields written by a newer version; kept on saving.
    #[serde(flatten)]
    unknown: Map<String, Value>,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
struct Record {
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

impl Record {
    fn of(lesson: &Lesson) -> Self {
        let (what, form, level) = lesson.fact.names();
        Self {
            file: lesson.file.clone(),
            what: what.to_owned(),
            form: form.map(str::to_owned),
            level,
            line: lesson.line.clone(),
            lines: lesson.fingerprint.clone(),
            unknown: Map::new(),
        }
    }

    fn read(&self) -> Option<Lesson> {
        let fact = Fact::of_names(&self.what, self.form.as_deref(), self.level)?;
        Some(Lesson { file: self.file.clone(), line: self.line.clone(), fact, fingerprint: self.lines.clone() })
    }
}

impl Default for Taught {
    fn default() -> Self {
        Self { version: Self::VERSION, lessons: Vec::new(), unknown: Map::new() }
    }
}

impl Taught {
    /// The current schema version.
    pub(crate) const VERSION: u64 = 1;

    /// The lessons that this version understands, oldest first.
    pub fn lessons(&self) -> Vec<Lesson> {
        self.lessons.iter().filter_map(Record::read).collect()
    }

    /// The number of lessons that this version does not understand.
    pub fn unknown(&self) -> usize {
        self.lessons.iter().filter(|record| record.read().is_none()).count()
    }

    /// Adds a lesson, and removes those it replaces.
    pub fn learn(&mut self, lesson: &Lesson) {
        let is_replaced =
            |record: &Record| record.read().is_some_and(|other| other.file == lesson.file && lesson.replaces(&other));
        self.lessons.retain(|record| !is_replaced(record));
        self.lessons.push(Record::of(lesson));
    }

    /// Removes a lesson.
    pub fn forget(&mut self, lesson: &Lesson) {
        let is_it = |other: Lesson| {
            (other.file, other.line, other.fact) == (lesson.file.clone(), lesson.line.clone(), lesson.fact)
        };
        self.lessons.retain(|record| !record.read().is_some_and(is_it));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const TEXT: &str = "# Emus\n\n- An emu on the plain\n- A gnu at the river\n- An owl in the night\n";

    fn lesson(file: &str, fact: Fact) -> Lesson {
        Lesson::new(file, TEXT, " - An emu on the plain\n", fact)
    }

    #[test]
    fn a_file_is_recognised_by_name_or_content() {
        let lessons = [lesson("log.md", Fact::Titles(TitleForm::Bullets))];
        let facts = |name: &str, text: &str| {
            of_file(&lessons, name, text).into_iter().map(|lesson| lesson.fact).collect::<Vec<_>>()
        };
        let all = vec![Fact::Titles(TitleForm::Bullets)];
        assert_eq!(facts("log.md", "nothing of it"), all);
        assert_eq!(facts("emus.md", TEXT), all);
        assert_eq!(facts("emus.md", &format!("# More\n\n{TEXT}- One more that is new\n").replace("gnu", "yak")), all);
        assert_eq!(facts("other.md", "# Other\n\n- An owl in the night\n- Something else\n"), []);
        assert_eq!(facts("empty.md", ""), []);
    }

    #[test]
    fn a_lesson_replaces_conflicting_ones_and_can_be_forgotten() {
        let mut taught = Taught::default();
        let (bullets, headings) =
            (lesson("a.md", Fact::Titles(TitleForm::Bullets)), lesson("a.md", Fact::Titles(TitleForm::Headings(3))));
        let (dates, other) =
            (lesson("a.md", Fact::Dates(DateForm::Cells)), lesson("b.md", Fact::Titles(TitleForm::Rows)));
        for lesson in [&bullets, &dates, &other, &headings] {
            taught.learn(lesson);
        }
        assert_eq!(taught.lessons(), [dates.clone(), other.clone(), headings.clone()]);
        taught.forget(&headings);
        assert_eq!(taught.lessons(), [dates, other]);
    }

    #[test]
    fn lessons_of_newer_versions_are_kept_and_skipped() {
        let text = r#"{"version":1,"more":2,"lessons":[
            {"file":"a.md","what":"titles","form":"sidenote","line":"x"},
            {"file":"a.md","what":"titles","form":"heading","level":3,"line":"Emu","lines":[1],"why":"x"},
            {"file":"a.md","what":"authors","form":"list-item","line":"x"}]}"#;
        let mut taught: Taught = serde_json::from_str(text).expect("a document");
        assert_eq!((taught.lessons().len(), taught.unknown()), (1, 2));
        taught.learn(&lesson("a.md", Fact::Titles(TitleForm::Bullets)));
        let written = serde_json::to_string(&taught).expect("a text");
        assert!(written.contains("sidenote") && written.contains("authors") && written.contains(r#""more":2"#));
        assert_eq!((taught.lessons().len(), taught.unknown()), (1, 2));
    }

    #[test]
    fn every_form_has_a_name() {
        let forms = super::super::forms::titles::FORMS.iter().map(|entry| entry.form).chain([TitleForm::WholeFile]);
        let facts = forms.map(Fact::Titles).chain(DateForm::ALL.map(Fact::Dates)).chain([Fact::Pending]);
        for fact in facts {
            let (what, form, level) = fact.names();
            assert_eq!(Fact::of_names(what, form, level), Some(fact));
        }
    }
}
