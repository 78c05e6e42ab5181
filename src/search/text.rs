//! Full-text search: all matches in a text, grouped by document.
//!
//! The input is parsed like [`Query`], but terms are matched literally: a document must contain all of them, and none
//! of those with `!`; `^` and `$` stand for the start and end of a line. `/…/` is a single regular expression
//! instead. Case is ignored unless a term has a capital. A term that does not occur anywhere in the text is matched
//! as pinyin.
//!
//! Documents are searched in order, so the first ones are found quickly, however long the text is.

use std::ops::{ControlFlow, Range};
use std::sync::atomic::{AtomicBool, Ordering};

use regex::{Regex, RegexBuilder};

use super::needle::Needle;
use super::normalise::{first_chars, is_varied};
use super::query::{MOST_CHARS, Query};
use super::sounds::SoundIndex;
use super::spread::Stop;
use super::term::MatchMode;
use super::walk::{Groups, TermFinder, TextTerm};
use crate::say;
use crate::words::{Language, Say};

/// Two threads share the work for a text of at least this many bytes.
const SHARED: usize = 1 << 20;

/// Maximum size in bytes of a compiled regular expression.
const LARGEST: usize = 1 << 19;

/// An invalid regular expression.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{}", self.say(Language::English))]
pub struct BadPattern(String);

impl Say for BadPattern {
    fn say(&self, language: Language) -> String {
        let Self(reason) = self;
        say!(language, "invalid regular expression: {reason}", "正则表达式无效：{reason}")
    }
}

/// A query for full-text search.
#[derive(Debug, Clone)]
pub struct Pattern {
    wanted: Vec<TextTerm>,
    forbidden: Vec<TextTerm>,
}

impl Pattern {
    /// Parses the input.
    ///
    /// # Errors
    ///
    /// If the input is `/…/` with an invalid regular expression.
    pub fn new(typed: &str) -> Result<Self, BadPattern> {
        let typed = first_chars(typed.trim(), MOST_CHARS);
        let regex = typed.strip_prefix('/').and_then(|rest| rest.strip_suffix('/')).filter(|regex| !regex.is_empty());
        if let Some(regex) = regex {
            let needle = regular_expression(regex)?.into();
            return Ok(Self {
                wanted: vec![TextTerm { needle, mode: MatchMode::Exact, sound: None, plain: None }],
                forbidden: Vec::new(),
            });
        }
        let (mut wanted, mut forbidden) = (Vec::new(), Vec::new());
        for term in Query::literal(typed).terms {
            let needle = Needle::new(&term.written, !term.raw.contains(char::is_uppercase));
            let terms = if term.is_not { &mut forbidden } else { &mut wanted };
            terms.push(TextTerm { needle, mode: term.mode, sound: term.sound, plain: Some(term.text) });
        }
        Ok(Self { wanted, forbidden })
    }

    /// Whether there is nothing to search for.
    pub fn is_empty(&self) -> bool {
        self.wanted.is_empty()
    }

    /// Calls `found` for each matching document, in order, with its index and the byte ranges of the matches in it,
    /// ascending.
    ///
    /// `documents` are byte ranges of the text at char boundaries, ascending, without overlaps. Stops early if
    /// `found` breaks, or if `stop` returns true, which is checked about every 64 kB.
    pub fn find(
        &self,
        text: &str,
        documents: &[Range<usize>],
        stop: Stop<'_>,
        found: impl FnMut(usize, &[Range<usize>]) -> ControlFlow<()>,
    ) {
        self.find_hearing(text, None, documents, stop, found);
    }

    /// Like [`find`](Self::find), but with an index of the text, so that most absent terms need no search.
    pub fn find_hearing(
        &self,
        text: &str,
        sounds: Option<&SoundIndex>,
        documents: &[Range<usize>],
        stop: Stop<'_>,
        mut found: impl FnMut(usize, &[Range<usize>]) -> ControlFlow<()>,
    ) {
        let is_varied = sounds.map_or_else(|| is_varied(text), SoundIndex::is_varied);
        let finder = |term| TermFinder::new(term, text, sounds, is_varied);
        let finders: Vec<TermFinder<'_>> = self.wanted.iter().map(finder).collect();
        if finders.iter().any(TermFinder::is_nowhere) {
            return;
        }
        let search = Search { finders: &finders, forbidden: &self.forbidden, text, is_varied };
        let middle = documents.partition_point(|document| document.end <= text.len() / 2);
        if text.len() < SHARED {
            return search.find(documents, stop, found);
        }
        let is_over = AtomicBool::new(false);
        let stop_too = || is_over.load(Ordering::Relaxed) || stop();
        std::thread::scope(|scope| {
            let second = scope.spawn(|| {
                let mut groups: Vec<(usize, Vec<Range<usize>>)> = Vec::new();
                search.find(&documents[middle..], &stop_too, |document, hits| {
                    groups.push((middle + document, hits.to_vec()));
                    ControlFlow::Continue(())
                });
                groups
            });
            search.find(&documents[..middle], stop, |document, hits| {
                let flow = found(document, hits);
                is_over.store(flow.is_break(), Ordering::Relaxed);
                flow
            });
            let groups = second.join().unwrap_or_else(|panic| std::panic::resume_unwind(panic));
            if !is_over.load(Ordering::Relaxed) {
                let _ = groups.iter().try_for_each(|(document, hits)| found(*document, hits));
            }
        });
    }
}

/// What to search for, and in which text.
struct Search<'a> {
    finders: &'a [TermFinder<'a>],
    forbidden: &'a [TextTerm],
    text: &'a str,
    is_varied: bool,
}

impl Search<'_> {
    fn find(
        &self,
        documents: &[Range<usize>],
        stop: Stop<'_>,
        mut found: impl FnMut(usize, &[Range<usize>]) -> ControlFlow<()>,
    ) {
        let Some((first, others)) = self.finders.split_first() else { return };
        let Some(end) = documents.last() else { return };
        let text = &self.text[..end.end];
        let mut hits = Vec::new();
        let mut groups = Groups::new(first, text, documents, stop);
        while let Some(document) = groups.next_into(&mut hits) {
            let span = documents[document].clone();
            if self.forbidden.iter().any(|term| term.find(text, span.clone(), self.is_varied).is_some()) {
                continue;
            }
            let has_all = others.iter().all(|other| {
                let before = hits.len();
                hits.extend(other.find_all(text, span.clone()));
                hits.len() > before
            });
            if !others.is_empty() {
                hits.sort_by_key(|hit| hit.start);
            }
            if has_all && found(document, &hits).is_break() {
                return;
            }
        }
    }
}

/// Compiles a regular expression, with a size limit that keeps the search fast.
fn regular_expression(typed: &str) -> Result<Regex, BadPattern> {
    let mut builder = RegexBuilder::new(typed);
    builder.multi_line(true).case_insensitive(!has_capital(typed)).size_limit(LARGEST).dfa_size_limit(LARGEST);
    builder.build().map_err(|error| BadPattern(last_line(&error.to_string())))
}

/// The reason for an error, which is on the last line; the lines before show where it is.
fn last_line(error: &str) -> String {
    error.lines().last().unwrap_or_default().trim_start_matches("error: ").to_owned()
}

/// Whether a regular expression contains a capital letter; escapes like `\S` do not count.
fn has_capital(regex: &str) -> bool {
    let mut chars = regex.chars();
    while let Some(c) = chars.next() {
        if c.is_uppercase() {
            return true;
        }
        if c == '\\' {
            chars.next();
        }
    }
    false
}

/// The byte range of the line at a byte offset, without its line ending.
pub(crate) fn line_at(text: &str, at: usize) -> Range<usize> {
    let bytes = text.as_bytes();
    let start = memchr::memrchr(b'\n', &bytes[..at]).map_or(0, |before| before + 1);
    let end = memchr::memchr(b'\n', &bytes[at..]).map_or(bytes.len(), |after| at + after);
    start..start + text[start..end].trim_end_matches('\r').len()
}

#[cfg(test)]
mod tests {
    use super::*;

    const TEXT: &str = "# a\nMoE and moe\n大模型 is big\n# b\nmoe\r\n推荐系统\n# c\nnothing";

    fn pattern(typed: &str) -> Pattern {
        Pattern::new(typed).expect("it is well-formed")
    }

    fn documents() -> Vec<Range<usize>> {
        let starts: Vec<usize> = TEXT.match_indices('#').map(|(at, _)| at).chain([TEXT.len()]).collect();
        starts.windows(2).map(|pair| pair[0]..pair[1]).collect()
    }

    fn found(typed: &str) -> Vec<(usize, Vec<&'static str>)> {
        let mut groups = Vec::new();
        pattern(typed).find(TEXT, &documents(), &|| false, |document, hits| {
            groups.push((document, hits.iter().map(|hit| &TEXT[hit.clone()]).collect()));
            ControlFlow::Continue(())
        });
        groups
    }

    #[track_caller]
    fn check(typed: &str, wanted: &[(usize, &[&str])]) {
        let wanted: Vec<_> = wanted.iter().map(|(document, hits)| (*document, hits.to_vec())).collect();
        assert_eq!(found(typed), wanted, "{typed}");
    }

    #[test]
    fn words() {
        check("moe", &[(0, &["MoE", "moe"]), (1, &["moe"])]);
        check("MoE", &[(0, &["MoE"])]);
        check("moe big", &[(0, &["MoE", "moe", "big"])]);
        check("moe !big", &[(1, &["moe"])]);
        check("moe$", &[(0, &["moe"]), (1, &["moe"])]);
        check("^moe", &[(0, &["MoE"]), (1, &["moe"])]);
        check("nothing", &[(2, &["nothing"])]);
        check("absent", &[]);
        check("", &[]);
        check("!moe", &[]);
    }

    #[test]
    fn pinyin_is_tried_if_letters_are_absent() {
        check("damoxing", &[(0, &["大模型"])]);
        check("moe tjxt", &[(1, &["moe", "推荐系统"])]);
    }

    #[test]
    fn signs_are_found_in_every_width() {
        let (text, mut found) = ("方法：ＭｏＥ is MoE: 1", Vec::new());
        let middle = "方法：".len();
        let documents = [0..middle, middle..text.len()];
        for typed in ["方法：", "方法:", "ｍｏｅ", "ＭｏＥ", "MoE:", "MoE："] {
            pattern(typed).find(text, &documents, &|| false, |_, hits| {
                found.extend(hits.iter().map(|hit| &text[hit.clone()]));
                ControlFlow::Continue(())
            });
        }
        assert_eq!(found, ["方法：", "方法：", "ＭｏＥ", "MoE", "ＭｏＥ", "MoE", "MoE:", "MoE:"]);
    }

    #[test]
    fn regular_expressions() {
        check("/m.e\\S?/", &[(0, &["MoE", "moe"]), (1, &["moe"])]);
        check("/M.E/", &[(0, &["MoE"])]);
        check("/^moe\\r?$/", &[(1, &["moe\r"])]);
        check("/x*/", &[]);
        check("/", &[]);
        assert!(Pattern::new("/(/").is_err_and(|error| error.to_string().ends_with("unclosed group")));
    }

    #[test]
    fn matches_do_not_cross_documents() {
        let mut found = Vec::new();
        let documents = [4..11, 17..18, 36..42];
        let pattern = pattern("moe");
        pattern.find(TEXT, &documents, &|| false, |document, hits| {
            found.push((document, hits.len()));
            ControlFlow::Continue(())
        });
        assert_eq!(found, [(0, 1), (2, 1)]);
    }

    #[test]
    fn search_stops_when_cancelled() {
        let text = "moe\n".repeat(1 << 20);
        let documents: Vec<Range<usize>> = (0..1 << 20).map(|line| line * 4..line * 4 + 4).collect();
        let count = |stop: Stop<'_>, most: usize| {
            let mut found = 0;
            pattern("moe").find(&text, &documents, stop, |_, _| {
                found += 1;
                if found == most { ControlFlow::Break(()) } else { ControlFlow::Continue(()) }
            });
            found
        };
        assert_eq!(count(&|| false, 3), 3);
        assert!(count(&|| true, usize::MAX) < 1 << 19);
    }

    #[test]
    fn lines() {
        let line = |at| &TEXT[line_at(TEXT, at)];
        assert_eq!((line(0), line(5), line(TEXT.len())), ("# a", "MoE and moe", "nothing"));
        assert_eq!(line(TEXT.find('\r').unwrap_or_default()), "moe");
    }
}
