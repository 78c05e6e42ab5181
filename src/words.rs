//! Languages of the interface. Every string is written in both languages side by side, at the place
//! that uses it, so a missing translation does not compile.

use std::fmt;

use serde::{Deserialize, Serialize};

/// The interface language. The log may be in any language, whatever this is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Hash)]
pub enum Language {
    /// English.
    #[default]
    English,
    /// 简体中文.
    Chinese,
}

impl Language {
    /// The language for a locale such as `zh_CN.UTF-8`: Chinese for any `zh`, English otherwise.
    pub(crate) fn of_locale(locale: &str) -> Self {
        let primary = locale.split(['_', '-', '.', '@']).next().unwrap_or_default();
        if primary.eq_ignore_ascii_case("zh") { Self::Chinese } else { Self::English }
    }

    /// The code that `--lang` takes: `en` or `zh`.
    pub fn code(self) -> &'static str {
        self.pick("en", "zh")
    }

    /// The other of the two languages.
    pub(crate) fn other(self) -> Self {
        match self {
            Self::English => Self::Chinese,
            Self::Chinese => Self::English,
        }
    }

    /// A count with its noun: `1 day`, `2 days`, `2 天`.
    pub(crate) fn counted(self, count: usize, one: &str, many: &str, chinese: &str) -> String {
        match self {
            Self::English => counted(count, one, many),
            Self::Chinese => format!("{count} {chinese}"),
        }
    }

    /// The separator of a list in a sentence.
    pub(crate) fn comma(self) -> &'static str {
        self.pick(", ", "、")
    }

    /// Picks the variant for this language.
    pub fn pick<T>(self, english: T, chinese: T) -> T {
        match self {
            Self::English => english,
            Self::Chinese => chinese,
        }
    }
}

/// A value in both languages. Used where the language is chosen after the text is made: the user may have switched
/// languages by the time the text is shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Hash, Serialize, Deserialize)]
pub struct Both<T> {
    english: T,
    chinese: T,
}

/// Something to show the user in either language, usually an error. `Display`, where implemented, is English.
pub trait Say {
    /// The text in one language: one line, without a final full stop.
    fn say(&self, language: Language) -> String;

    /// The text in both languages, for code that does not know the user's language.
    fn sentence(&self) -> Sentence {
        Sentence::of(|language| self.say(language))
    }
}

/// A message in both languages, for code that does not know the user's language.
pub type Sentence = Both<String>;

/// In English, for callers that are not localised, such as [`std::error::Error`].
impl fmt::Display for Sentence {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.english)
    }
}

impl std::error::Error for Sentence {}

/// Says the operating system's own message, unless the error wraps one of our [`Sentence`]s.
impl Say for std::io::Error {
    fn say(&self, language: Language) -> String {
        let ours = self.get_ref().and_then(|error| error.downcast_ref::<Sentence>());
        ours.map_or_else(|| reason(self), |sentence| sentence.get(language).clone())
    }
}

/// The system's message without the ` at path "…"` that `tempfile` appends: the user has never seen the name of the
/// temporary file.
fn reason(error: &std::io::Error) -> String {
    let text = error.to_string();
    match text.rsplit_once(" at path \"") {
        Some((reason, _)) if error.get_ref().is_some() => reason.to_owned(),
        _ => text,
    }
}

impl<T> Both<T> {
    /// Combines the values in both languages, English first.
    pub const fn new(english: T, chinese: T) -> Self {
        Self { english, chinese }
    }

    /// Calls `make` once for each language.
    pub fn of(mut make: impl FnMut(Language) -> T) -> Self {
        Self { english: make(Language::English), chinese: make(Language::Chinese) }
    }

    /// The value in one language.
    pub fn get(&self, language: Language) -> &T {
        language.pick(&self.english, &self.chinese)
    }

    /// Like [`get`](Self::get), but by value.
    pub(crate) fn take(self, language: Language) -> T {
        language.pick(self.english, self.chinese)
    }
}

/// A count with its English noun: `1 day`, `2 days`. Chinese nouns have no plural.
pub(crate) fn counted(count: usize, one: &str, many: &str) -> String {
    format!("{count} {}", if count == 1 { one } else { many })
}

/// `format!` in one of two languages: `say!(language, "{n} papers", "{n} 篇论文")`.
#[macro_export]
macro_rules! say {
    ($language:expr, $english:literal, $chinese:literal $(, $argument:expr)* $(,)?) => {
        match $language {
            $crate::words::Language::English => format!($english $(, $argument)*),
            $crate::words::Language::Chinese => format!($chinese $(, $argument)*),
        }
    };
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_locale_selects_the_language() {
        for (locale, language) in [
            ("zh_CN.UTF-8", Language::Chinese),
            ("zh", Language::Chinese),
            ("ZH-Hans", Language::Chinese),
            ("en_GB.UTF-8", Language::English),
            ("C", Language::English),
            ("", Language::English),
            ("zhuang", Language::English),
        ] {
            assert_eq!(Language::of_locale(locale), language, "{locale}");
        }
    }

    #[test]
    fn reasons_omit_temporary_file_names() {
        let error = tempfile::NamedTempFile::new_in("/no/such/folder").expect_err("there is no such folder");
        assert!(error.to_string().contains("/no/such/folder"), "{error}");
        for language in [Language::English, Language::Chinese] {
            let said = error.say(language);
            assert!(!said.contains("/no/such/folder") && said.starts_with("No such file"), "{said}");
        }
    }

    #[test]
    fn sentences_format_values_in_both_languages() {
        let papers = 3;
        assert_eq!(say!(Language::English, "{papers} papers", "{papers} 篇论文"), "3 papers");
        assert_eq!(say!(Language::Chinese, "{papers} papers", "{papers} 篇论文"), "3 篇论文");
    }
}
