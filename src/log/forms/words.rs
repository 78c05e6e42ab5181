//! Word lists for recognising titles, links and headings, from `assets/title-words.txt`.

use std::collections::HashSet;
use std::sync::OnceLock;

use foldhash::fast::FixedState;

use crate::log::spellings::Spellings;

/// Words about papers that manuals use as well.
const DOUBTFUL: &[&str] = &["reading", "articles", "publications"];

/// Parts of paper URLs that are counted in a text, each at most [`MOST_LINKS`] times.
const LINKS: &[&str] =
    &["arxiv.org", "doi.org", ".pdf)", "openreview.net", "aclweb", "aclanthology", "ieeexplore", "dl.acm.org"];
const MOST_LINKS: usize = 10;
/// Package URLs and links to the parts of a program, as in manuals.
const PACKAGES: &[&str] =
    &["//crates.io/", "//docs.rs/", "//pypi.org/", "npmjs.com/package", "//pkg.go.dev/", "]: crate::", "](crate::"];
const MOST_PACKAGES: usize = 2;
/// Texts longer than this many bytes are in none of the lists.
const LONGEST: usize = 64;

/// Names of the numbered parts of a plan or course, and the length of the longest, in bytes.
const PHASES: &[&str] = &["phase", "step", "stage", "module", "lesson", "milestone"];
const LONGEST_PHASE: usize = 9;
/// Words for how papers are read.
const GUIDES: &[&str] = &[
    "how to read",
    "how i read",
    "如何读",
    "如何阅读",
    "怎么读",
    "怎样读",
    "论文阅读方法",
    "論文の読み方",
    "논문 읽는 법",
    "논문 읽는 방법",
];

/// A word list.
struct WordList {
    words: HashSet<&'static str, FixedState>,
    /// The length of the longest word in bytes, to reject most texts without a lookup.
    longest: usize,
    /// For each first byte, the lengths in bytes of the words that start with it, as a bit set.
    lengths: Vec<u64>,
}

impl WordList {
    fn of(words: impl Iterator<Item = &'static str>) -> Self {
        let all: Vec<&'static str> = words.collect();
        let mut words = HashSet::with_capacity_and_hasher(all.len(), FixedState::default());
        words.extend(all);
        let longest = words.iter().map(|word| word.len()).max().unwrap_or(0);
        let mut lengths = vec![0; 256];
        for word in words.iter().filter(|word| !word.is_empty()) {
            lengths[usize::from(word.as_bytes()[0])] |= 1 << word.len().min(63);
        }
        Self { words, longest, lengths }
    }

    fn contains(&self, word: &str) -> bool {
        word.bytes().next().is_some_and(|first| self.has_length(first, word.len())) && self.words.contains(word)
    }

    /// Whether the list has a word of this length with this first byte: a quick check that rejects most texts.
    fn has_length(&self, first: u8, length: usize) -> bool {
        self.lengths[usize::from(first)] >> length.min(63) & 1 == 1
    }

    /// Whether the list contains a text, ignoring case and surrounding punctuation.
    fn contains_folded(&self, text: &str) -> bool {
        let text = bare(text);
        // Lowercasing can shorten text, by less than a third. Only ASCII is sure to keep its length.
        let first = text.bytes().next().unwrap_or_default().to_ascii_lowercase();
        let may_be_one = if text.is_ascii() { self.has_length(first, text.len()) } else { true };
        may_be_one && text.len() <= self.longest + self.longest / 2 && self.contains(&text.to_lowercase())
    }
}

/// All word lists.
struct WordLists {
    badges: WordList,
    titles: WordList,
    subjects: WordList,
    /// The first chars of `titles` and `subjects`.
    title_starts: Vec<char>,
    states: WordList,
    notes: WordList,
    parts: WordList,
    sections: WordList,
    documentation: WordList,
    lists: WordList,
    chores: WordList,
    doings: WordList,
    pauses: WordList,
    diaries: Vec<&'static str>,
    venues: WordList,
    addresses: Spellings,
    signs: Spellings,
    /// How many of the patterns in `signs` are words about papers; they come first.
    about_papers: usize,
    /// The indices of the words about papers that manuals use as well.
    doubtful: Vec<usize>,
}

fn known() -> &'static WordLists {
    static WORDS: OnceLock<WordLists> = OnceLock::new();
    WORDS.get_or_init(|| {
        let text = include_str!("../../../assets/title-words.txt");
        let list = |name: &'static str| {
            let lines = text.lines().filter(|line| !line.starts_with('#')).map(str::trim);
            let list = lines.skip_while(move |line| line.trim_matches(['[', ']']) != name || !line.starts_with('['));
            let list = list.skip(1).take_while(|line| !line.starts_with('['));
            list.flat_map(|line| line.split(", ")).filter(|word| !word.is_empty())
        };
        let about_papers = list("about papers").count();
        let signs = list("about papers").chain(LINKS.iter().copied()).chain(PACKAGES.iter().copied());
        WordLists {
            badges: WordList::of(list("badges")),
            titles: WordList::of(list("titles")),
            subjects: WordList::of(list("subjects")),
            title_starts: list("titles").chain(list("subjects")).filter_map(|word| word.chars().next()).collect(),
            states: WordList::of(list("states")),
            notes: WordList::of(list("notes")),
            parts: WordList::of(list("parts")),
            sections: WordList::of(list("sections")),
            documentation: WordList::of(list("documentation")),
            lists: WordList::of(list("lists")),
            chores: WordList::of(list("chores")),
            doings: WordList::of(list("doings")),
            pauses: WordList::of(list("pauses")),
            diaries: list("diaries").collect(),
            venues: WordList::of(list("venues")),
            addresses: Spellings::folded(list("addresses")),
            signs: Spellings::folded(signs),
            about_papers,
            doubtful: (0..)
                .zip(list("about papers"))
                .filter(|(_, it)| DOUBTFUL.contains(it))
                .map(|(at, _)| at)
                .collect(),
        }
    })
}

/// Evidence in a text that it is about papers, or about software.
#[derive(Default)]
pub struct TopicEvidence {
    /// Words about papers, each counted once.
    pub about_papers: usize,
    /// `about_papers` without the words that manuals use as well.
    pub about_papers_firmly: usize,
    /// Links to papers, at most `MOST_LINKS` of each kind.
    pub links: usize,
    /// Package URLs, at most `MOST_PACKAGES` of each kind.
    pub packages: usize,
}

/// Counts all evidence about the subject of a text in one pass.
pub fn topic_evidence(text: &str) -> TopicEvidence {
    let known = known();
    let mut counts = vec![0_usize; known.about_papers + LINKS.len() + PACKAGES.len()];
    known.signs.all(text).for_each(|sign| counts[sign] += 1);
    let (about, addresses) = counts.split_at(known.about_papers);
    let (links, packages) = addresses.split_at(LINKS.len());
    let at_most = |counts: &[usize], most: usize| counts.iter().map(|&count| count.min(most)).sum();
    let doubtful = known.doubtful.iter().filter(|&&word| about[word] > 0).count();
    TopicEvidence {
        about_papers: at_most(about, 1),
        about_papers_firmly: at_most(about, 1) - doubtful,
        links: at_most(links, MOST_LINKS),
        packages: at_most(packages, MOST_PACKAGES),
    }
}

/// Whether a short text is about papers.
pub fn speaks_of_papers(name: &str) -> bool {
    topic_evidence(name).about_papers > 0
}

/// A text without surrounding punctuation.
fn bare(text: &str) -> &str {
    text.trim_matches(|c: char| !c.is_alphanumeric())
}

fn folded(text: &str) -> String {
    bare(text).to_lowercase()
}

/// The chars between the words of a badge.
const PARTED: [char; 7] = [' ', '-', '/', '_', '+', ',', '&'];

/// A quick check that rejects most titles: whether a text has more words than any badge, and is no URL.
fn has_many_words(text: &str) -> bool {
    let is_parted = |byte: u8| matches!(byte, b' ' | b'-' | b'/' | b'_' | b'+' | b',' | b'&');
    let mut ends = text.as_bytes().windows(2).filter(|two| !is_parted(two[0]) && is_parted(two[1]));
    let is_url = |start: &str| text.get(..start.len()).is_some_and(|it| it.eq_ignore_ascii_case(start));
    ends.nth(3).is_some() && !is_url("http") && !is_url("www.")
}

/// Whether a link's text only names its target: `pdf`, `project page`, `论文链接`.
pub fn is_link_label(text: &str) -> bool {
    if text.len() > LONGEST && !text.starts_with("http") && !text.starts_with("www.") {
        return false;
    }
    if has_many_words(bare(text)) {
        return false;
    }
    let text = folded(text);
    if text.is_empty() || text.starts_with("http") || text.starts_with("www.") {
        return true;
    }
    if known().badges.contains(&text) {
        return true;
    }
    let mut parts = text.split(PARTED).filter(|word| !word.is_empty());
    let count = parts.clone().count();
    let is_known = |word: &str| {
        known().badges.contains(word) || known().badges.contains(word.trim_end_matches(|c: char| c.is_ascii_digit()))
    };
    let mut beginning = parts.clone();
    let says_where = beginning.next().is_some_and(is_known)
        && beginning.next().is_some_and(|word| matches!(word, "in" | "on" | "at" | "from"));
    if says_where && count < 5 {
        return true;
    }
    let has_year_or_version = |word: &str| word.bytes().all(|byte| byte.is_ascii_digit() || byte == b'.');
    match count {
        1 => parts.all(is_known) || text.starts_with("arxiv") || is_identifier(&text),
        2 | 3 => {
            let last = parts.clone().next_back().unwrap_or_default();
            let names =
                ["pdf", "code", "paper", "page", "link", "arxiv", "github", "slides", "video", "blog", "website"];
            names.contains(&last)
                || parts.clone().any(is_known) && parts.all(|word| is_known(word) || has_year_or_version(word))
        }
        _ => false,
    }
}

/// Whether a text is an identifier rather than a title: `2031.01234`, `10.1145/3292500`.
fn is_identifier(text: &str) -> bool {
    text.bytes().all(|byte| byte.is_ascii_digit() || b"./-v_".contains(&byte))
}

/// A quick check: whether a text starts like a word that [names titles](names_titles) or
/// [subjects](names_subjects), in any case.
pub fn may_name_titles(text: &str) -> bool {
    text.chars()
        .next()
        .and_then(|first| first.to_lowercase().next())
        .is_some_and(|it| known().title_starts.contains(&it))
}

/// Whether a label or column header, in lower case, stands for titles.
pub fn names_titles(label: &str) -> bool {
    known().titles.contains(label)
}

/// Whether a label, in lower case, stands for titles if no other label in the file does: `topic`.
pub fn names_subjects(label: &str) -> bool {
    known().subjects.contains(label)
}

/// Whether a label or column header, in lower case, stands for the reading status.
pub fn names_state(label: &str) -> bool {
    known().states.contains(label)
}

/// Whether a text only names a note on a paper: `Paper Notes`, `阅读笔记`.
pub fn name_a_note(text: &str) -> bool {
    text.len() <= LONGEST && known().notes.contains_folded(text)
}

/// Whether a heading or label names a part of a summary, such as `Method` or `Section 2`.
pub fn is_part(text: &str) -> bool {
    if text.len() > LONGEST {
        return false;
    }
    let text = bare(text).trim_start_matches(|c: char| c.is_ascii_digit() || ". 、)）:：".contains(c));
    // `Section 2` has its number at the end.
    text.is_empty() || known().parts.contains_folded(text.trim_end_matches(|c: char| c.is_ascii_digit() || c == ' '))
}

/// Whether a heading names a section that nothing but a paper has: `Related work`.
pub fn is_section_of_paper(text: &str) -> bool {
    text.len() <= LONGEST && known().sections.contains_folded(text)
}

/// Whether a text is a numbered part of a plan or course: `Phase 1: Emus`, `Step 2`.
pub fn is_phase(text: &str) -> bool {
    let Some((name, rest)) = text.split_once(' ').filter(|(name, _)| name.len() <= LONGEST_PHASE) else { return false };
    let digits = rest.len() - rest.trim_start_matches(|c: char| c.is_ascii_digit()).len();
    (1..=2).contains(&digits)
        // `Phase 2 Trial of Emu Oil` is a title.
        && rest[digits..].trim_start().chars().next().is_none_or(|c| matches!(c, ':' | '：' | '.' | '-' | '–' | '—'))
        && PHASES.iter().any(|phase| phase.eq_ignore_ascii_case(name))
}

/// Whether a text asks how papers are read: the first heading of a guide.
pub fn is_guide(text: &str) -> bool {
    if text.len() > LONGEST {
        return false;
    }
    let text = text.to_lowercase();
    GUIDES.iter().any(|words| text.contains(words))
}

/// Whether a heading is typical of software documentation or lists.
pub fn is_documentation(text: &str) -> bool {
    text.len() <= LONGEST && known().documentation.contains_folded(text)
}

/// Whether a heading names a list of papers: `Papers I have read`, `My reading list`.
pub fn is_name_of_list(text: &str) -> bool {
    if text.len() > LONGEST {
        return false;
    }
    let is_known = |word: &str| word.bytes().all(|b| b.is_ascii_digit()) || known().lists.contains_folded(word);
    let mut count = 0;
    for word in text.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()) {
        count += 1;
        if count > 6 || !is_known(word) {
            return false;
        }
    }
    count > 0
}

/// Whether a text says that nothing was read: `Break`, `No meeting`.
pub fn is_pause(text: &str) -> bool {
    text.len() <= LONGEST && known().pauses.contains_folded(text)
}

/// Whether a text starts like an entry of a change log: `Fix`, `Added`.
pub fn starts_like_changelog(text: &str) -> bool {
    begins_with_one(text, &known().chores)
}

/// Whether a text starts like a diary, with an action or a weekday: `Met Anna`, `Thursday (2 h)`.
/// A single word, or a first word in capitals, is a name: `BEGAN`.
pub fn starts_like_diary(text: &str) -> bool {
    let mut words = text.split_whitespace();
    let is_name = words.next().is_none_or(|word| word.len() > 1 && !word.contains(char::is_lowercase));
    !is_name && words.next().is_some() && begins_with_one(text, &known().doings)
}

/// Whether a file's name or first heading names a diary: `Anna's research log`.
pub fn is_diary(text: &str) -> bool {
    let text = text.to_lowercase();
    known().diaries.iter().any(|word| text.contains(word))
}

fn begins_with_one(text: &str, words: &WordList) -> bool {
    let word = text.split(|c: char| !c.is_ascii_alphabetic()).next().unwrap_or_default();
    word.len() > 1 && words.contains_folded(word)
}

/// Whether a URL leads to a paper.
pub fn is_paper_url(address: &str) -> bool {
    let path = &address[..memchr::memchr2(b'?', b'#', address.as_bytes()).unwrap_or(address.len())];
    let ending = path.len().checked_sub(".pdf".len()).and_then(|at| path.get(at..));
    ending.is_some_and(|ending| ending.eq_ignore_ascii_case(".pdf"))
        || dotted(address).any(|word| known().addresses.all(word).next().is_some())
}

/// The parts of a text between white space that have a dot, as all URLs do.
fn dotted(text: &str) -> impl Iterator<Item = &str> {
    let bytes = text.as_bytes();
    let mut end = 0;
    memchr::memchr_iter(b'.', bytes).filter_map(move |dot| {
        if dot < end {
            return None;
        }
        let start = bytes[end..dot].iter().rposition(u8::is_ascii_whitespace).map_or(end, |at| end + at + 1);
        end = bytes[dot..].iter().position(u8::is_ascii_whitespace).map_or(bytes.len(), |length| dot + length);
        Some(&text[start..end])
    })
}

/// A short text, trimmed, if it names a venue, with or without a year: `CVPR 2031`, `NeurIPS'31`, `ICML31 Oral`.
pub fn venue(text: &str) -> Option<&str> {
    let text = text.trim();
    if text.len() > 40 {
        return None;
    }
    let is_venue = |word: &str| {
        let letters = word.trim_end_matches(|c: char| c.is_ascii_digit() || "'’-".contains(c));
        known().venues.contains(letters)
    };
    text.split(|c: char| !(c.is_ascii_alphanumeric() || "'’-".contains(c))).any(is_venue).then_some(text)
}

/// The number of venues in a text, at most `most`.
pub fn count_venues(text: &str, most: usize) -> usize {
    // Bytes are split faster than chars.
    let words = text.as_bytes().split(|byte| !byte.is_ascii_alphanumeric());
    words
        .filter(|word| word.len() > 2 && word[0].is_ascii_uppercase())
        .filter_map(|word| std::str::from_utf8(word).ok())
        .filter(|word| known().venues.contains(word.trim_end_matches(|c: char| c.is_ascii_digit())))
        .take(most)
        .count()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_badge_has_many_words() {
        assert!(known().badges.words.iter().all(|badge| is_link_label(badge)));
        assert!(has_many_words("How Emus, Owls and Gnus Run") && !is_link_label("pdf of the paper and its code"));
    }
}
