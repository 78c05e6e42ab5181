//! How much a text looks like the title of a paper, in log-odds.
//!
//! The weights were set by hand on logs of many authors and on documents without papers (readmes, change logs,
//! diaries); only their differences matter. Above 0, a title is more likely than not.

use std::sync::LazyLock;

use memchr::memmem::Finder;

use super::title::ParsedTitle;
use super::words;

/// The value before any evidence.
const NOTHING_KNOWN: f32 = -1.2;
/// A link to an archive or publisher.
const PAPER_LINK: f32 = 3.5;
/// The title is a link to somewhere else.
const OTHER_LINK: f32 = 0.6;
/// A link to a note beside the log, or on a code host.
const OWN_NOTES: f32 = 1.0;
/// A checkbox and a link to a note beside the log.
const NOTED: f32 = 1.0;
/// A link to a heading in the same file: a table of contents.
const CONTENTS: f32 = -5.0;
/// A link to a code host or package registry, except to notes there.
const CODE_HOST: f32 = -1.5;
/// The usual number of words, 3 to 25.
const WORDS: f32 = 0.8;
/// Most words are capitalised.
const CAPITALS: f32 = 1.0;
/// A short name before a colon.
const SHORT_NAME: f32 = 0.8;
/// A venue in brackets or beside the title.
const VENUE: f32 = 1.3;
/// `et al`.
const AUTHORS: f32 = 1.0;
/// The title follows its authors in a full citation.
const CITED: f32 = 2.5;
/// The title is in `《》`.
const MARKED: f32 = 2.5;
/// The title is a link or emphasised, unlike the text after it.
const SET_OFF: f32 = 0.4;
/// Only two words, or one.
const TWO_WORDS: f32 = -0.8;
const ONE_WORD: f32 = -1.5;
/// A part of a summary, a section of documentation, a change to a program.
const PART: f32 = -4.0;
const DOCUMENTATION: f32 = -4.0;
const CHORE: f32 = -2.0;
/// A report of what somebody did that day.
const DOING: f32 = -2.0;
/// Signs of a sentence: commas, a full stop, verbs; a lower-case first letter.
const SENTENCE: f32 = -1.6;
const SMALL_FIRST: f32 = -0.6;
/// Ends of polite sentences in Korean and Japanese. The full stop may have been removed.
const SENTENCES: &[&str] = &["니다", "세요", "어요", "です", "ます", "ません", "ました"];
/// Too many words.
const TOO_LONG: f32 = -2.5;
/// Ends in a colon.
const INTRODUCES: f32 = -1.5;

/// The likeness of a parsed title.
pub fn of(parsed: &ParsedTitle) -> f32 {
    of_title(&parsed.title, parsed)
}

/// The likeness of a given title, with the context of a parsed one.
pub fn of_title(title: &str, parsed: &ParsedTitle) -> f32 {
    if title.is_empty() {
        return -9.0;
    }
    NOTHING_KNOWN + links(title, parsed) + shape(title) + words_in(title) + around(title, parsed)
}

/// The likeness of a title with a checkbox. A link to a heading or to a note beside the log then leads to the notes on
/// the paper: the list is no table of contents, and the title may be short.
pub fn of_task(title: &str, parsed: &ParsedTitle) -> f32 {
    let likeness = of_title(title, parsed);
    let Some(first) = parsed.links.first().filter(|_| !has_paper_link(parsed)) else { return likeness };
    match first {
        link if link.starts_with('#') => likeness - CONTENTS,
        link if is_note(link) && !link.contains("://") => likeness + NOTED,
        _ => likeness,
    }
}

/// Whether one of the links goes to a paper.
pub fn has_paper_link(parsed: &ParsedTitle) -> bool {
    parsed.links.iter().any(|link| words::is_paper_url(link))
}

fn links(title: &str, parsed: &ParsedTitle) -> f32 {
    if has_paper_link(parsed) {
        return PAPER_LINK;
    }
    let Some(first) = parsed.links.first() else { return 0.0 };
    if first.starts_with('#') {
        return CONTENTS;
    }
    let is_host = ["github.com", "gitlab", "crates.io", "docs.rs"].iter().any(|host| first.contains(host));
    let words = title.split_whitespace().count();
    let is_own = is_note(first) || parsed.set_off && words > 2 && first.contains("/issues/");
    if is_host && !is_own {
        return CODE_HOST;
    }
    let is_local = !first.contains("://");
    let is_notes = is_own || is_local && !first.contains('.');
    match is_notes {
        true => OWN_NOTES,
        false if parsed.set_off && !is_local => OTHER_LINK,
        false => 0.0,
    }
}

/// Whether a URL or path leads to a Markdown file, or to a place in one: `notes/1.md#emus`.
fn is_note(link: &str) -> bool {
    link[..memchr::memchr2(b'#', b'?', link.as_bytes()).unwrap_or(link.len())].ends_with(".md")
}

/// The score for the number of words.
fn shape(title: &str) -> f32 {
    let is_of_word = |c: char| c.is_ascii_alphanumeric() || matches!(c, '-' | '\'' | '’' | '.' | '/' | '+' | '&');
    let (mut words, mut wide, mut is_inside) = (0, 0, false);
    for c in title.chars() {
        let was_inside = std::mem::replace(&mut is_inside, is_of_word(c));
        words += usize::from(is_inside && !was_inside);
        // Most wide chars are Han: testing for them first avoids the lookup in a Unicode table.
        wide += usize::from(matches!(c, '\u{4E00}'..='\u{9FFF}') || !c.is_ascii() && c.is_alphabetic());
    }
    // Two CJK chars count as one word.
    let count = words + wide / 2;
    let is_inner = |c: char| c.is_ascii_uppercase() || c.is_ascii_digit();
    let is_name = words == 1 && title.trim_start_matches(|c| !is_of_word(c)).chars().skip(1).any(is_inner);
    match count {
        0 => ONE_WORD,
        1 if is_name => TWO_WORDS,
        1 => ONE_WORD,
        2 => TWO_WORDS,
        3..=25 => WORDS,
        26..=34 => 0.0,
        _ => TOO_LONG,
    }
}

fn words_in(title: &str) -> f32 {
    // `*Emu: A Study` has a short name too.
    let title = title.trim_start_matches('*');
    let mut sum = 0.0;
    // `/ Review` goes on after the name of a link.
    if words::is_part(title) || words::is_pause(title) || words::is_phase(title) || title.starts_with('/') {
        sum += PART;
    }
    if words::is_documentation(title) || words::is_name_of_list(title) {
        sum += DOCUMENTATION;
    }
    if words::starts_like_changelog(title) {
        sum += CHORE;
    } else if words::starts_like_diary(title) {
        sum += DOING;
    }
    let has_colon = memchr::memchr2(b':', "：".as_bytes()[0], title.as_bytes()).is_some();
    let named = || title.split_once(": ").or_else(|| title.split_once('：'));
    if let Some((name, rest)) = has_colon.then(named).flatten() {
        let names = name.split_whitespace().count();
        let long = rest.split_whitespace().count() >= 3;
        let is_key = names == 1 && rest.starts_with(|c: char| c.is_ascii_uppercase());
        let is_name = names <= 4 && name.starts_with(|c: char| c.is_ascii_uppercase() || c.is_ascii_digit());
        if long && words::is_part(name) {
            sum += PART;
        } else if long && (is_key || is_name && (names < 3 || capitals(rest) > 0.0)) {
            sum += SHORT_NAME;
        }
    }
    sum + capitals(title) + sentence(title)
}

/// The words of a title as bytes. The only white space in titles is spaces.
fn words_of(title: &str) -> impl Iterator<Item = &[u8]> {
    title.as_bytes().split(|byte| *byte == b' ').filter(|word| !word.is_empty())
}

/// Whether a title is a name that is no ordinary word (`EmuNet`, `GNU-2`), or has a short name before a colon.
pub(super) fn is_named(title: &str) -> bool {
    let is_inner = |c: char| c.is_ascii_uppercase() || c.is_ascii_digit();
    let is_name = !title.contains(' ')
        && title.starts_with(|c: char| c.is_ascii_alphabetic())
        && title.chars().skip(1).any(is_inner);
    let named = title.split_once(": ").or_else(|| title.split_once('：'));
    is_name
        || named.is_some_and(|(name, rest)| {
            !name.contains(' ')
                && name.starts_with(|c: char| c.is_ascii_uppercase())
                && (rest.split_whitespace().count() >= 3 || rest.chars().filter(|c| !c.is_ascii()).count() > 5)
        })
}

/// Whether a title has at least four words, and all are capitalised but for short ones such as `of`: `All You Need to
/// Know`.
fn is_title_case(title: &str) -> bool {
    const SMALL: [&[u8]; 16] = [
        b"a", b"an", b"the", b"of", b"for", b"with", b"and", b"in", b"on", b"to", b"by", b"via", b"from", b"as", b"or",
        b"at",
    ];
    let is_capitalised = |word: &[u8]| word.first().is_some_and(u8::is_ascii_uppercase);
    words_of(title).nth(3).is_some()
        && words_of(title).all(|word| is_capitalised(word) || SMALL.contains(&word))
        && words_of(title).filter(|word| is_capitalised(word)).nth(2).is_some()
}

/// The score for capitalised words, which sentences lack.
fn capitals(title: &str) -> f32 {
    let long = words_of(title).filter(|word| word.len() > 3 && word.is_ascii());
    let (upper, all) = long.fold((0, 0), |(upper, all), word| {
        let first = word.iter().find(|byte| byte.is_ascii_alphanumeric());
        (upper + i32::from(first.is_some_and(u8::is_ascii_uppercase)), all + 1)
    });
    if all >= 3 && upper * 10 >= all * 7 { CAPITALS } else { 0.0 }
}

fn sentence(title: &str) -> f32 {
    let mut sum = 0.0;
    let wide = if title.is_ascii() { 0 } else { title.matches(['，', '。', '；', '！']).count() };
    let is_before_space = |at: &usize| title.as_bytes().get(at + 1) == Some(&b' ');
    let commas = wide + memchr::memchr_iter(b',', title.as_bytes()).filter(is_before_space).count() / 2;
    let ends = title.ends_with(['。', '.', '!', '！', '；', ';', '，', '、']);
    let ends = ends || !title.is_ascii() && SENTENCES.iter().any(|ending| title.ends_with(ending));
    let speaks = words_of(title)
        .any(|word| matches!(word, b"I" | b"we" | b"We" | b"you" | b"You" | b"my" | b"I'm" | b"is" | b"are" | b"was"));
    let speaks = speaks && !is_title_case(title);
    sum += f32::from(u8::from(commas > 1) + u8::from(ends) + u8::from(speaks)) * SENTENCE;
    if commas == 1 && !title.is_ascii() {
        sum += SENTENCE / 2.0;
    }
    if title.ends_with([':', '：']) {
        sum += INTRODUCES;
    }
    if title.starts_with(|c: char| c.is_ascii_lowercase()) {
        sum += SMALL_FIRST;
    }
    let is_code = title.contains('(') && title.contains("()")
        || title.contains(':') && title.contains("::")
        || title.contains('=') && title.contains("--");
    if is_code {
        sum += CHORE;
    }
    sum
}

/// The score for the context of the title.
fn around(title: &str, parsed: &ParsedTitle) -> f32 {
    let mut sum = 0.0;
    if parsed.venue.is_some() {
        sum += VENUE;
    }
    static ET_AL: LazyLock<Finder<'static>> = LazyLock::new(|| Finder::new("et al"));
    if parsed.is_by_many || ET_AL.find(title.as_bytes()).is_some() {
        sum += AUTHORS;
    }
    if parsed.cited {
        sum += CITED;
    }
    if parsed.marked {
        sum += MARKED;
    }
    if parsed.set_off && title.split_whitespace().nth(2).is_some() {
        sum += SET_OFF;
    }
    sum
}
