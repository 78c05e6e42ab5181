//! The languages of the interface. Every sentence stands in both, side by side, where it is
//! said: a sentence that lacks one does not compile.

use std::fmt;

use serde::{Deserialize, Serialize};

/// A language of the interface; the log may be in any.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Hash)]
pub enum Language {
    /// English.
    #[default]
    English,
    /// 简体中文.
    Chinese,
}

impl Language {
    /// The language for a locale such as `zh_CN.UTF-8` or `en`: Chinese for every `zh`, else English.
    pub(crate) fn of_locale(locale: &str) -> Self {
        let primary = locale.split(['_', '-', '.', '@']).next().unwrap_or_default();
        if primary.eq_ignore_ascii_case("zh") { Self::Chinese } else { Self::English }
    }

    /// Its code, as in `--lang`.
    pub fn code(self) -> &'static str {
        self.pick("en", "zh")
    }

    /// The other one.
    pub fn other(self) -> Self {
        match self {
            Self::English => Self::Chinese,
            Self::Chinese => Self::English,
        }
    }

    /// A number with what is counted: `1 day`, `2 days`; `2 天`.
    pub fn counted(self, count: usize, one: &str, many: &str, chinese: &str) -> String {
        match self {
            Self::English => counted(count, one, many),
            Self::Chinese => format!("{count} {chinese}"),
        }
    }

    /// One of two texts that mean the same.
    pub fn pick<T>(self, english: T, chinese: T) -> T {
        match self {
            Self::English => english,
            Self::Chinese => chinese,
        }
    }
}

/// The same in all languages: what must not be chosen before it is said, since by then the
/// interface may be in the other one.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Hash, Serialize, Deserialize)]
pub struct Both<T> {
    english: T,
    chinese: T,
}

/// What can be said in every language: errors, above all. In English it is what it displays as.
pub trait Say {
    /// In one language: one line, without a full stop at its end.
    fn say(&self, language: Language) -> String;

    /// For those who do not know who will read it.
    fn sentence(&self) -> Sentence {
        Sentence::of(|language| self.say(language))
    }
}

/// A sentence, for those that do not know who will read it.
pub type Sentence = Both<String>;

/// In English, for those that know of one language only.
impl fmt::Display for Sentence {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.english)
    }
}

impl std::error::Error for Sentence {}

/// What the system says, in its own language; or what we had it say.
impl Say for std::io::Error {
    fn say(&self, language: Language) -> String {
        let ours = self.get_ref().and_then(|error| error.downcast_ref::<Sentence>());
        ours.map_or_else(|| reason(self), |sentence| sentence.get(language).clone())
    }
}

/// What the system says, without the name of a temporary file: that crate puts ` at path "…"` behind the
/// reason, and nobody has seen a file of that name.
fn reason(error: &std::io::Error) -> String {
    let text = error.to_string();
    match text.rsplit_once(" at path \"") {
        Some((reason, _)) if error.get_ref().is_some() => reason.to_owned(),
        _ => text,
    }
}

impl<T> Both<T> {
    /// In English, and in Chinese.
    pub const fn new(english: T, chinese: T) -> Self {
        Self { english, chinese }
    }

    /// What `make` gives for each language.
    pub fn of(mut make: impl FnMut(Language) -> T) -> Self {
        Self { english: make(Language::English), chinese: make(Language::Chinese) }
    }

    /// In one language.
    pub fn get(&self, language: Language) -> &T {
        language.pick(&self.english, &self.chinese)
    }

    /// In one language.
    pub fn take(self, language: Language) -> T {
        language.pick(self.english, self.chinese)
    }
}

/// A number with what is counted, as English wants it: `1 day`, `2 days`. Chinese makes no difference.
pub fn counted(count: usize, one: &str, many: &str) -> String {
    format!("{count} {}", if count == 1 { one } else { many })
}

/// A sentence in a language, formatted as by `format!`: `say!(language, "{n} papers", "{n} 篇论文")`.
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
    fn the_locale_chooses() {
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
    fn a_reason_names_no_temporary_file() {
        let error = tempfile::NamedTempFile::new_in("/no/such/folder").expect_err("there is no such folder");
        assert!(error.to_string().contains("/no/such/folder"), "{error}");
        for language in [Language::English, Language::Chinese] {
            let said = error.say(language);
            assert!(!said.contains("/no/such/folder") && said.starts_with("No such file"), "{said}");
        }
    }

    #[test]
    fn sentences_hold_values_in_both() {
        let papers = 3;
        assert_eq!(say!(Language::English, "{papers} papers", "{papers} 篇论文"), "3 papers");
        assert_eq!(say!(Language::Chinese, "{papers} papers", "{papers} 篇论文"), "3 篇论文");
    }
}
