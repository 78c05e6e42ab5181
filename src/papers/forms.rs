//! The forms in which a title from the log may be cited: whole, or without the short name before it.

use std::ops::Range;

use super::squash::{is_chinese, squash};

/// A title is searched for only if it has at least this many letters (`LETTERS`) and words (`WORDS`).
const LETTERS: usize = 9;
const WORDS: usize = 2;
/// Minimum number of words if a Chinese remark was removed from the title.
const WORDS_LEFT: usize = 3;
/// Minimum number of Chinese characters in a Chinese title.
const CHINESE: usize = 6;
/// Maximum number of words in a short name.
const NAME: usize = 3;

/// One form of a title.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TitleVariant {
    /// The form as written.
    pub text: String,
    /// The form, squashed.
    pub letters: String,
    /// The squashed short name that precedes this form in the title, if any.
    pub name: Option<String>,
}

/// The forms of a title, the whole title first.
pub fn of(title: &str) -> Vec<TitleVariant> {
    let title = title.trim();
    let chinese = title.chars().filter(|&c| is_chinese(c)).count();
    let latin = title.chars().filter(char::is_ascii_alphabetic).count();
    let mut keys: Vec<TitleVariant> = Vec::new();
    let mut add = |text: &str, name: Option<&str>, words: usize| {
        let text = text.trim_matches(|c: char| c.is_whitespace() || matches!(c, ':' | '：' | '-' | '–' | '，' | ','));
        let letters = squash(text);
        let is_known = keys.iter().any(|key| key.letters == letters);
        if !is_known && letters.chars().count() >= LETTERS && count_words(text) >= words {
            keys.push(TitleVariant {
                text: text.to_owned(),
                letters,
                name: name.map(squash).filter(|name| !name.is_empty()),
            });
        }
    };
    if chinese >= CHINESE && chinese > latin {
        let letters = squash(title);
        return vec![TitleVariant { text: title.to_owned(), letters, name: None }];
    }
    let (latin, least) = match remark(title) {
        0 => return keys,
        end if end < title.len() => (&title[..end], WORDS_LEFT),
        _ => (title, WORDS),
    };
    add(latin, None, least);
    for (name, rest) in [after_colon(latin), after_nick(latin)].into_iter().flatten() {
        add(&latin[rest.clone()], Some(&latin[name.clone()]), least);
        if let Some((_, deeper)) = after_colon(&latin[rest.clone()]) {
            let deeper = rest.start + deeper.start..rest.start + deeper.end;
            add(&latin[deeper], Some(&latin[name]), least);
        }
    }
    keys
}

/// The byte offset at which a Chinese remark after a title begins, including an opening bracket or a date before it;
/// the length of the title if there is none.
fn remark(title: &str) -> usize {
    let Some(first) = title.find(|c| is_chinese(c) || matches!(c, '（' | '【' | '，' | '。' | '、' | '；'))
    else {
        return title.len();
    };
    // Unlike other Chinese punctuation, a full-width colon does not start a remark: it separates a name from a title.
    let before = &title[..first];
    // An opening bracket belongs to the remark, as do the digits of a date such as `2014年`.
    let before = before.trim_end_matches(|c: char| c.is_whitespace() || matches!(c, '(' | '[' | '<' | '“'));
    let is_date = title[first..].starts_with(['年', '月']);
    let before = if is_date { before.trim_end_matches(|c: char| c.is_ascii_digit()) } else { before };
    let before = match before.rfind('(') {
        Some(open) if !before[open..].contains(')') => &before[..open],
        _ => before,
    };
    before.trim_end().len()
}

/// Splits at a colon after a short name: the byte ranges of the name and of the rest.
fn after_colon(title: &str) -> Option<(Range<usize>, Range<usize>)> {
    let (at, colon) = title.char_indices().find(|(_, c)| matches!(c, ':' | '：'))?;
    let is_name = count_words(&title[..at]) <= NAME;
    is_name.then(|| (0..at, at + colon.len_utf8()..title.len()))
}

/// Like [`after_colon`], for a name in brackets: `(GenRead)Generate rather than …`.
fn after_nick(title: &str) -> Option<(Range<usize>, Range<usize>)> {
    let (open, close) = (title.find('(')?, title.find(')')?);
    let is_name = open < close && count_words(&title[open..close]) <= NAME && count_words(&title[..open]) <= NAME;
    is_name.then(|| (open + 1..close, close + 1..title.len()))
}

/// Counts words; each Chinese character counts as one.
pub fn count_words(text: &str) -> usize {
    let mut count = 0;
    let mut inside = false;
    for c in text.chars() {
        let is_word = c.is_alphanumeric() || inside && matches!(c, '\'' | '’' | '-' | '‐' | '·');
        count += usize::from(is_chinese(c) || is_word && !inside);
        inside = is_word && !is_chinese(c);
    }
    count
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(title: &str, wanted: &[&str]) {
        let keys = of(title);
        assert_eq!(keys.iter().map(|key| key.text.as_str()).collect::<Vec<_>>(), wanted, "{title}");
    }

    #[test]
    fn a_title_matches_with_and_without_its_short_name() {
        check("Emu: A Model of Birds", &["Emu: A Model of Birds", "A Model of Birds"]);
        check("FM：Gnu machines", &["FM：Gnu machines", "Gnu machines"]);
        check(
            "(Owl)Generate rather than retrieve",
            &["(Owl)Generate rather than retrieve", "Generate rather than retrieve"],
        );
        check(
            "Big Emu (BiE): General Bird Learning",
            &["Big Emu (BiE): General Bird Learning", "General Bird Learning"],
        );
        check("What makes an emu run: a study of birds", &["What makes an emu run: a study of birds"]);
        check(
            "Why: Emu: A Model of Birds",
            &["Why: Emu: A Model of Birds", "Emu: A Model of Birds", "A Model of Birds"],
        );
    }

    #[test]
    fn short_titles_and_remarks_are_not_searched() {
        check("GPT-3", &[]);
        check("Emus", &[]);
        check("emu gnu", &[]);
        check("使用Emu调参", &[]);
        check("Fine Tuning(by 李沐)", &[]);
        check("", &[]);
        check("：（", &[]);
    }

    #[test]
    fn a_chinese_remark_is_removed() {
        check("Learning birds by walking with emus2014年，提出了EMU", &["Learning birds by walking with emus"]);
        check("Emu-cam: Why birds walk 鸟的可解释性", &["Emu-cam: Why birds walk", "Why birds walk"]);
        check("A General Bird Model （鸟中做得比较大的)", &["A General Bird Model"]);
    }

    #[test]
    fn a_chinese_title_is_kept_whole() {
        check("大规模鸸鹋模型综述", &["大规模鸸鹋模型综述"]);
        check("鸸鹋综述", &[]);
    }
}
