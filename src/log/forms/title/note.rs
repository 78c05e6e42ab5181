//! Words around a title that only say that the text is a note on a paper: `[논문정리] Emus at Work`, `Emus at Work 阅读笔记`.

use crate::log::forms::words;
use crate::text::prefix;

/// The longest such words, in bytes.
const LONGEST: usize = 40;

/// Removes them before and after the title of a file.
pub(crate) fn without_words(text: &str) -> &str {
    let mut text = text.trim();
    loop {
        let shorter = without_tag(text);
        let shorter = behind_label(shorter).or_else(|| before_words(shorter)).unwrap_or(shorter);
        if shorter.len() == text.len() {
            return text;
        }
        text = shorter;
    }
}

/// Whether a title has such words.
pub(crate) fn has_words(text: &str) -> bool {
    without_words(text).len() < text.trim().len()
}

/// Removes them in brackets before a title: `[논문정리] Emus at Work`, `【论文笔记】Emus at Work`.
pub(crate) fn without_tag(text: &str) -> &str {
    let Some(rest) = text.strip_prefix(['[', '【', '(', '（']) else { return text };
    let near = prefix(rest, LONGEST);
    let Some(end) = near.find([']', '】', ')', '）']).filter(|&end| words::name_a_note(&near[..end])) else {
        return text;
    };
    let title = rest[end..].trim_start_matches([']', '】', ')', '）', ' ', ':', '：', '-', '_']);
    if has_title(title) { title } else { text }
}

/// The title behind them: `论文笔记：Emus at Work`.
fn behind_label(text: &str) -> Option<&str> {
    let near = prefix(text, LONGEST);
    let end = near.find([':', '：', '|', '_']).or_else(|| near.find(" - "))?;
    let title = text[end..].trim_start_matches([':', '：', '|', '_', '-', ' ']);
    (words::name_a_note(&near[..end]) && has_title(title)).then_some(title)
}

/// The title before them: `Emus at Work 阅读笔记`, `Emus at Work (论文笔记)`, `Emus at Work - Paper Notes`.
fn before_words(text: &str) -> Option<&str> {
    if let Some(inside) = text.strip_suffix([']', '】', ')', '）'])
        && let Some(open) = inside.rfind(['[', '【', '(', '（'])
        && words::name_a_note(&inside[open..])
    {
        return Some(inside[..open].trim_end()).filter(|title| has_title(title));
    }
    let from = text.len().saturating_sub(LONGEST);
    let starts = text.char_indices().skip_while(|(at, _)| *at < from).map(|(at, _)| at);
    starts.filter(|&at| words::name_a_note(&text[at..])).find_map(|at| {
        let title = text[..at].trim_end();
        let is_parted = title.ends_with(['-', '–', '|', ':', '：', '_', '》']);
        // In CJK, words are told apart from a Latin title even without a space. In Korean, they may be the end of a
        // phrase.
        let is_apart = !text[at..].starts_with(|c: char| c.is_ascii())
            && (title.len() < at || title.ends_with(|c: char| c.is_ascii_alphanumeric() || c == ')'))
            && !title.ends_with(|c: char| matches!(c, '\u{AC00}'..='\u{D7AF}'));
        let title = title.trim_end_matches(['-', '–', '|', ':', '：', '_', ' ']);
        ((is_parted || is_apart) && has_title(title)).then_some(title)
    })
}

fn has_title(text: &str) -> bool {
    text.chars().any(char::is_alphanumeric)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_about_the_note_are_removed() {
        for text in [
            "Emus at Work 阅读笔记",
            "Emus at Work论文笔记",
            "论文深度解读：Emus at Work",
            "[논문정리]Emus at Work",
            "【论文笔记】Emus at Work",
            "[Paper Review] Emus at Work",
            "Paper Notes: Emus at Work",
            "Emus at Work 논문 리뷰",
            "Emus at Work 리뷰",
            "Emus at Work - Paper Review",
            "Emus at Work（論文メモ）",
            "论文笔记：Emus at Work 精读",
        ] {
            assert_eq!(without_words(text), "Emus at Work", "{text}");
        }
    }

    #[test]
    fn titles_keep_similar_words() {
        for text in [
            "Emus at Work: a Review",
            "A Survey of Paper Notes",
            "论文笔记",
            "[Emu] Learning to Run",
            "深度学习的解读",
            "새에 대한 리뷰",
            "Emus: Paper Birds",
            "《Emus》",
            "",
        ] {
            assert_eq!(without_words(text), text, "{text}");
        }
    }
}
