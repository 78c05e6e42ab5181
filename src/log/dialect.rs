//! The dialect of a log: what counts as the pending list, a title, a placeholder, an organisation.
//!
//! What differs between people's logs is decided here, from text alone, for [`parse`](super::parse).

use std::collections::HashMap;
use std::ops::Range;
use std::sync::{Arc, OnceLock};

use foldhash::fast::FixedState;

use super::corrections::{self, Correction, FormRule};
use super::forms::names::{DateForm, TitleForm};
use super::spellings::Spellings;
use super::template::{TEMPLATES, is_unfilled};
use super::{normalise, spaced};

/// Bodies of entries without a summary, normalised.
const PLACEHOLDERS: [&str; 4] = ["tbd", "todo", "待补", "占位"];

/// Words that mark an untitled text as being about a paper.
const OF_A_PAPER: [&str; 7] = ["本文", "文章", "论文", "paper", "article", "http://", "https://"];

/// The longest short name, as (chars, words). A longer text before a colon is part of the title.
const SHORT_NAME: (usize, usize) = (32, 4);

/// What the user has configured or corrected, in addition to the built-in rules.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Dialect {
    pending: Vec<String>,
    ignored: Vec<String>,
    template: Option<String>,
    /// The corrections of the log's files.
    corrections: Vec<Correction>,
    /// The corrections of this file; empty in the dialect of a whole log.
    own: Vec<Correction>,
    /// The dialect of the whole log, if this is a file's dialect.
    common: Option<Arc<Dialect>>,
}

impl Dialect {
    /// Configures additional headings that open the pending list, and headings to ignore.
    pub(crate) fn new(pending: &[String], ignored: &[String]) -> Self {
        let read = |headings: &[String]| headings.iter().map(|heading| words(heading)).collect();
        Self { pending: read(pending), ignored: read(ignored), ..Self::default() }
    }

    /// Sets the user's own template for entries.
    #[must_use]
    pub(crate) fn with_template(mut self, template: Option<&str>) -> Self {
        self.template = template.filter(|template| !template.trim().is_empty()).map(str::to_owned);
        self
    }

    /// Sets the corrections of the log's files.
    #[must_use]
    pub fn with_corrections(self, corrections: Vec<Correction>) -> Self {
        Self { corrections, ..self }
    }

    /// The corrections of the log's files.
    pub(crate) fn corrections(&self) -> &[Correction] {
        &self.corrections
    }

    /// The dialect of one file of the log.
    pub(crate) fn of_file(self: &Arc<Self>, name: &str, text: &str) -> Arc<Self> {
        if self.corrections.is_empty() || self.common.is_some() {
            return Arc::clone(self);
        }
        let own: Vec<Correction> = corrections::of_file(&self.corrections, name, text).into_iter().cloned().collect();
        if own.is_empty() {
            return Arc::clone(self);
        }
        let opening = own.iter().filter(|correction| correction.rule == FormRule::Pending);
        let opening = opening.map(|correction| words(correction.line.trim_start_matches(['#', ' '])));
        let pending = self.pending.iter().cloned().chain(opening).collect();
        Arc::new(Self { pending, own, common: Some(Arc::clone(self)), ..Self::clone(self) })
    }

    /// The dialect of the whole log.
    pub(crate) fn of_log(self: &Arc<Self>) -> Arc<Self> {
        Arc::clone(self.common.as_ref().unwrap_or(self))
    }

    /// This file's dialect, keeping only its corrections on pending lists and adding `correction`.
    #[must_use]
    pub(crate) fn supposing(&self, correction: Option<Correction>) -> Self {
        let pending = self.own.iter().filter(|correction| correction.rule == FormRule::Pending).cloned();
        let own = pending.chain(correction).collect();
        let common = self.common.clone().unwrap_or_else(|| Arc::new(self.clone()));
        Self { own, common: Some(common), ..self.clone() }
    }

    /// The corrections of this file.
    pub fn own(&self) -> &[Correction] {
        &self.own
    }

    /// (form of titles set for this file, the example line that the user chose).
    pub(crate) fn titles(&self) -> Option<(TitleForm, &str)> {
        self.own.iter().find_map(|correction| match correction.rule {
            FormRule::Titles(form) => Some((form, correction.line.as_str())),
            _ => None,
        })
    }

    /// The form of dates set for this file.
    pub(crate) fn dates(&self) -> Option<DateForm> {
        self.own.iter().find_map(|correction| match correction.rule {
            FormRule::Dates(form) => Some(form),
            _ => None,
        })
    }

    /// Whether a body has no summary yet.
    pub(crate) fn is_draft(&self, body: &str) -> bool {
        is_placeholder(body) || is_unfilled(body, self.template.as_deref().into_iter())
    }

    /// Whether a heading opens the pending list.
    pub(crate) fn is_pending(&self, heading: &str) -> bool {
        super::pending::is_list(heading) || self.names_pending(heading)
    }

    /// Whether a heading opens the pending list because the user said so.
    pub(crate) fn names_pending(&self, heading: &str) -> bool {
        !self.pending.is_empty() && self.pending.contains(&words(heading))
    }

    /// Whether the user wants a heading to be treated as ordinary text.
    pub(crate) fn ignores(&self, heading: &str) -> bool {
        !self.ignored.is_empty() && self.ignored.contains(&words(heading))
    }
}

/// A heading normalised for comparison.
fn words(heading: &str) -> String {
    let text: String = heading.chars().filter(|&c| c.is_alphanumeric() || matches!(c, ' ' | '-')).collect();
    normalise(&text)
}

/// The longest body compared with [`PLACEHOLDERS`], in bytes: normalising longer ones would dominate the time to read
/// a log.
const NOTHING_YET: usize = 64;

/// Whether a body is empty, only a placeholder, or ends with an unfilled built-in template.
pub(crate) fn is_placeholder(body: &str) -> bool {
    let body = body.trim();
    if is_unfilled(body, TEMPLATES.into_iter()) {
        return true;
    }
    if body.len() > NOTHING_YET {
        return false;
    }
    let text = normalise(body);
    let text = text.trim_matches(|c: char| c.is_ascii_punctuation() || matches!(c, '…' | '。' | '（' | '）'));
    text.is_empty() || PLACEHOLDERS.contains(&text)
}

/// Whether the first line of a text without `《》` shows that it is about a paper.
pub(crate) fn is_about_a_paper(first_line: &str) -> bool {
    let line = first_line.to_lowercase();
    super::date::Published::read(&line).is_some() || OF_A_PAPER.iter().any(|word| line.contains(word))
}

/// The byte range of the `《》` title at the start of a line.
///
/// Up to three spaces, a number (`12.`) and emphasis may precede it, and it may continue on a second line. After it,
/// only emphasis, full stops, a bracketed remark or a URL may follow; otherwise the line is prose that starts with a
/// title.
pub(crate) fn book_title(text: &str) -> Option<Range<usize>> {
    let opening = text.find('《')?;
    let before = &text[..opening];
    if before.contains('\n') || before.len() - before.trim_start_matches(' ').len() > 3 {
        return None;
    }
    let number = before.trim_start().trim_end_matches(['*', '_', ' ']);
    if !number.trim_end_matches(['.', '、']).chars().all(|c| c.is_ascii_digit()) {
        return None;
    }
    let first = text.find('\n').unwrap_or(text.len());
    let second = text[first..].get(1..).and_then(|rest| rest.find('\n')).map_or(text.len(), |at| first + 1 + at);
    let end = [first, second].into_iter().find(|&end| text[..end].contains('》'))?;
    let inside = &text[..end];
    if end > first && text[first..].trim_start_matches(['\n', '\r']).len() < text[first..].len() - 2 {
        return None;
    }
    let closing = inside.rfind('》')?;
    let rest = inside[closing + '》'.len_utf8()..].trim_matches(|c: char| c.is_whitespace() || "*_.。".contains(c));
    let is_alone = rest.is_empty() || rest.starts_with(['(', '（', '[', '【']) || rest.starts_with("http");
    is_alone.then_some(opening + '《'.len_utf8()..closing)
}

/// A title without asterisks and backticks, even unbalanced ones, with white space collapsed and no space before a
/// colon. Escaped marks are kept as literal chars.
pub(crate) fn clean_title(raw: &str) -> String {
    let has_marks = memchr::memchr3(b'*', b'`', b'\\', raw.as_bytes()).is_some();
    let text = if has_marks { spaced(&unmarked(raw)) } else { spaced(raw) };
    let is_colon = |at: usize| text[at + 1..].starts_with([':', '：']);
    // Checked first, since each replacement copies the text.
    let has_colon = memchr::memchr_iter(b' ', text.as_bytes()).any(is_colon);
    if has_colon { text.replace(" :", ":").replace(" ：", "：") } else { text }
}

fn unmarked(raw: &str) -> String {
    let (mut text, mut chars) = (String::with_capacity(raw.len()), raw.chars().peekable());
    while let Some(c) = chars.next() {
        match c {
            '\\' => text.push(chars.next_if(char::is_ascii_punctuation).unwrap_or(c)),
            '*' | '`' => {}
            c => text.push(c),
        }
    }
    text
}

/// Escapes a title so that [`clean_title`] returns it unchanged.
pub(crate) fn write_title(title: &str) -> String {
    let (mut text, mut chars) = (String::with_capacity(title.len()), title.chars().peekable());
    while let Some(c) = chars.next() {
        let next = chars.peek();
        let is_read_as_mark = match c {
            '*' | '`' => true,
            '\\' => next.is_none_or(char::is_ascii_punctuation),
            _ => false,
        };
        if is_read_as_mark {
            text.push('\\');
        }
        text.push(c);
    }
    text
}

/// The text in the first `《》`, including nested ones.
pub(crate) fn marked_title(text: &str) -> Option<&str> {
    let inside = &text[text.find('《')? + '《'.len_utf8()..];
    let mut open = 1_usize;
    let end = inside.match_indices(['《', '》']).find_map(|(at, mark)| {
        open = if mark == "《" { open + 1 } else { open - 1 };
        (open == 0).then_some(at)
    });
    end.map(|end| &inside[..end])
}

/// Whether a title is really two on one line: `Emu》 《Owl`.
pub(crate) fn is_two_titles(title: &str) -> bool {
    let mut open = 0_usize;
    let unopened = title.match_indices(['《', '》']).find(|(_, mark)| match (*mark, open) {
        ("《", _) => {
            open += 1;
            false
        }
        (_, 0) => true,
        _ => {
            open -= 1;
            false
        }
    });
    unopened.is_some_and(|(at, _)| title[at..].contains('《'))
}

/// Strips `《》` if they enclose the whole text.
pub(crate) fn inside_marks(text: &str) -> &str {
    let inside = text.strip_prefix('《').and_then(|text| text.strip_suffix('》'));
    inside.filter(|inside| marked_title(text) == Some(inside)).unwrap_or(text)
}

/// The name before the colon, or in leading parentheses.
pub(crate) fn short_name(title: &str) -> Option<&str> {
    if let Some(rest) = title.strip_prefix(['(', '（']) {
        let (name, rest) = rest.split_once([')', '）'])?;
        return (!rest.trim().is_empty()).then(|| name.trim());
    }
    // Two searches for one char each are faster than one search for both.
    let colon = title.find(':').into_iter().chain(title.find('：')).min()?;
    let (name, rest) = title.split_at(colon);
    let name = name.trim();
    let is_name = !name.is_empty()
        && rest.chars().skip(1).any(|c| !c.is_whitespace())
        // `https://…`
        && !rest.starts_with("://")
        && name.chars().count() <= SHORT_NAME.0
        && name.split(' ').count() <= SHORT_NAME.1;
    is_name.then_some(name)
}

/// The organisations in a first line, by their names in `assets/organisations.txt`. Of spellings that start at the same
/// byte, the longest counts.
pub(crate) fn organisations(first_line: &str) -> Vec<&'static str> {
    let known = known_organisations();
    let mut found: Vec<&str> = Vec::new();
    let mut from = 0;
    while let Some(at) = known.words.next(first_line, from) {
        let Some((length, word)) = known.words.at(first_line, at).next() else {
            from = at + 1;
            continue;
        };
        let name = known.spellings[known.of_word[word]][0];
        if stands_alone(first_line, at..at + length) && !found.contains(&name) {
            found.push(name);
        }
        from = at + length;
    }
    found
}

/// All spellings of a known organisation, its name first; empty for any other name.
pub(crate) fn spellings(name: &str) -> &'static [&'static str] {
    let known = known_organisations();
    known.by_name.get(name).map_or(&[], |&at| &known.spellings[at])
}

/// Whether the range neither starts nor ends inside a word of ASCII letters and digits.
///
/// Unicode word boundaries would miss a Latin name between Chinese chars.
pub(crate) fn stands_alone(text: &str, range: Range<usize>) -> bool {
    let touches = |byte: Option<&u8>| byte.is_some_and(u8::is_ascii_alphanumeric);
    let (bytes, inside) = (text.as_bytes(), &text.as_bytes()[range.clone()]);
    let before = range.start.checked_sub(1).and_then(|at| bytes.get(at));
    !(touches(inside.first()) && touches(before) || touches(inside.last()) && touches(bytes.get(range.end)))
}

/// The parsed `assets/organisations.txt`.
struct Organisations {
    /// The spellings of all organisations.
    words: Spellings,
    /// For each of `words`, the index of its organisation in `spellings`.
    of_word: Vec<usize>,
    /// For each organisation its name, then other spellings.
    spellings: Vec<Vec<&'static str>>,
    by_name: HashMap<&'static str, usize, FixedState>,
}

fn known_organisations() -> &'static Organisations {
    static KNOWN: OnceLock<Organisations> = OnceLock::new();
    KNOWN.get_or_init(|| {
        let lines = include_str!("../../assets/organisations.txt").lines().filter(|line| !line.starts_with('#'));
        let names = |line: &'static str| line.split('|').map(str::trim).filter(|name| !name.is_empty());
        let lines: Vec<&'static str> = lines.filter(|line| names(line).next().is_some()).collect();
        let spellings: Vec<Vec<&str>> = lines.iter().map(|line| names(line).collect()).collect();
        let of_word = lines.iter().enumerate().flat_map(|(at, line)| names(line).map(move |_| at)).collect();
        let by_name = spellings.iter().enumerate().map(|(at, names)| (names[0], at)).collect();
        let words = Spellings::of(lines.iter().flat_map(|line| names(line)));
        Organisations { words, of_word, spellings, by_name }
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn title(line: &str, wanted: Option<&str>) {
        assert_eq!(book_title(line).map(|range| clean_title(&line[range])).as_deref(), wanted, "{line:?}");
    }

    #[test]
    fn titles() {
        title("《Emu: A Model》\n\nbody", Some("Emu: A Model"));
        title("  **《Emu》**", Some("Emu"));
        title("12. 《Emu》", Some("Emu"));
        title("《*Emu* : to ****Use**** Tools**》", Some("Emu: to Use Tools"));
        title("《Emu: A\nModel》 rest", None);
        title("《Emu: A\nModel》", Some("Emu: A Model"));
        title("《Emu》(NeurIPS)", Some("Emu"));
        title("《》", Some(""));
        title("《C\\*-algebras, a\\_b and C:\\Emu》", Some("C*-algebras, a_b and C:\\Emu"));
        title("《Notes on 《Emu》》", Some("Notes on 《Emu》"));
        title("《Emu》的作者说", None);
        title("读《Emu》", None);
        title("    《Emu》", None);
        title("《Emu\n\nModel》", None);
        title("《Emu", None);
    }

    #[test]
    fn written_titles_read_back() {
        for title in ["A*: search", "`x` and *y*", "C:\\Emu", "a\\*b\\\\", "\\", "**", "a_b [c](d) <e> &amp;"] {
            assert_eq!(clean_title(&write_title(title)), title);
        }
        for (text, inside) in [
            ("《Emu》", "Emu"),
            ("《Emu》 and 《Gnu》", "《Emu》 and 《Gnu》"),
            ("Notes on 《Emu》", "Notes on 《Emu》"),
            ("《On 《Emu》》", "On 《Emu》"),
            ("《", "《"),
        ] {
            assert_eq!(inside_marks(text), inside);
        }
    }

    #[test]
    fn short_names() {
        for (title, wanted) in [
            ("Emu: A Model", Some("Emu")),
            ("FM：Machines", Some("FM")),
            ("(GenRead)Generate rather", Some("GenRead")),
            ("Attention is all you need", None),
            ("What we learnt from ten years: a survey", None),
            ("Emu:", None),
            ("https://emu.org/1", None),
        ] {
            assert_eq!(short_name(title), wanted, "{title}");
        }
    }

    #[test]
    fn organisations_are_found_once_by_any_spelling() {
        assert_eq!(organisations("2031 谷歌和 Google Research、清华的一篇"), ["Google", "Tsinghua"]);
        assert_eq!(organisations("Metaphor 的一篇"), [""; 0]);
        assert!(spellings("Google").contains(&"谷歌"));
        assert!(spellings("Heron").is_empty());
    }

    #[test]
    fn pending_headings_and_placeholders() {
        let dialect = Dialect::new(&["稍后".into()], &["**Quick** Notes".into()]);
        assert!(["📚 Reading List:", "待读", "稍后："].into_iter().all(|heading| dialect.is_pending(heading)));
        assert!(!dialect.is_pending("Reading") && !Dialect::default().is_pending("稍后"));
        assert!(dialect.ignores("quick notes") && !dialect.ignores("notes") && !Dialect::default().ignores(""));
        assert!(is_placeholder("\n    TBD\n") && is_placeholder("") && !is_placeholder("TBD later"));
    }
}
