//! The finder's filters, such as `date:2023.11`, and its sort orders, such as `sort:title`.

use std::cmp::Reverse;
use std::collections::BTreeSet;

use chrono::NaiveDate;

use super::period::{days, may_become};

use crate::app::keys::action::FinderOrder;
use crate::log::topics::{self, ConfiguredTopics, Topic, named};
use crate::log::{Entry, EntryKind, File, Log, dialect};
use crate::papers::index::{EntryPaper, PaperIndex};
use crate::say;
use crate::search::Results;
use crate::search::normalise::normalise;
use crate::search::organisations::OrganisationTerm;
use crate::words::{Both, Language};

/// Filter names in both languages, each with a hint for its values.
const NAMES: [(Both<&str>, Both<&str>); 10] = [
    (
        Both::new("date", "日期"),
        Both::new("2023.11  2023-10..2023-12  last month", "2023.11  2023-10..2023-12  上个月"),
    ),
    (Both::new("has", "有"), Both::new("figures  pdf", "图  pdf")),
    (
        Both::new("is", "是"),
        Both::new(
            "due  new  unreviewed  unread  draft  note  paper  unlogged",
            "到期  新（今天首次复习）  未复习  未读  待写  随笔  论文  未记录",
        ),
    ),
    (Both::new("org", "机构"), Both::new("part of an organisation's name", "机构名的一部分")),
    (Both::new("author", "作者"), Both::new("part of an author's name, from the PDF", "作者名的一部分（取自 PDF）")),
    (
        Both::new("topic", "方向"),
        Both::new("research topic ([topics] in the settings)", "研究方向（见设置中的 [topics]）"),
    ),
    (Both::new("tag", "标签"), Both::new("part of a tag", "标签的一部分")),
    (Both::new("file", "文件"), Both::new("part of a file's name", "文件名的一部分")),
    (Both::new("folder", "文件夹"), Both::new("part of a folder's name", "文件夹名的一部分")),
    (Both::new("sort", "排序"), Both::new("date  published  title", "日期  发表  标题")),
];

/// All values of `has`, `is` and `sort`, to tell a half-typed value from an unknown one.
const VALUES: [(&str, &str); 29] = [
    ("is", "unlogged"),
    ("is", "未记录"),
    ("has", "pdf"),
    ("has", "pdfs"),
    ("has", "figures"),
    ("has", "figure"),
    ("has", "图"),
    ("is", "due"),
    ("is", "到期"),
    ("is", "new"),
    ("is", "新"),
    ("is", "unreviewed"),
    ("is", "未复习"),
    ("is", "unread"),
    ("is", "未读"),
    ("is", "draft"),
    ("is", "placeholder"),
    ("is", "待写"),
    ("is", "note"),
    ("is", "随笔"),
    ("is", "笔记"),
    ("is", "paper"),
    ("is", "论文"),
    ("sort", "date"),
    ("sort", "published"),
    ("sort", "title"),
    ("sort", "日期"),
    ("sort", "发表"),
    ("sort", "标题"),
];

/// A parsed filter.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Filter {
    /// The filter as typed.
    pub word: String,
    meaning: Meaning,
}

#[derive(Debug, Clone, PartialEq, Eq)]
enum Meaning {
    /// Read from the first day to the last, inclusive.
    Read(NaiveDate, NaiveDate),
    HasFigures,
    Is(EntryKind),
    /// Not ticked yet.
    Unread,
    /// One of these entries, as ascending indices into [`Log::entries`].
    OneOf(Vec<usize>),
    /// By any of these organisations (canonical names).
    By(Vec<&'static str>),
    Topic(String),
    Sort(FinderOrder),
    /// An unknown value: matches no entry.
    Nothing,
}

/// Why a word that starts like a filter is not one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FilterError {
    /// The word may become a filter as the user types on.
    Unfinished,
    /// The filter has no such value.
    Unknown,
}

/// A hint for the text being typed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Advice {
    /// One line.
    pub text: String,
    /// Whether the hint points out a mistake.
    pub is_fault: bool,
}

/// The context in which filters are parsed.
#[derive(Debug, Clone, Copy)]
pub struct FilterContext<'a> {
    /// The day that values such as `last-month` are relative to.
    pub today: NaiveDate,
    /// Entries due today, as indices into [`Log::entries`].
    pub due: &'a [usize],
    /// Entries to review today for the first time, as indices into [`Log::entries`].
    pub new: &'a [usize],
    /// Papers that were never reviewed, as ascending indices into [`Log::entries`].
    pub unreviewed: &'a [u32],
    /// The log whose entries are filtered.
    pub log: &'a Log,
    /// The research topics from the configuration.
    pub topics: &'a ConfiguredTopics,
    /// What was read from the PDFs of the log's papers.
    pub papers: &'a PaperIndex,
}

/// Whether a word starts like a filter, and so is not one of the words to search for.
pub fn is_filter(word: &str) -> bool {
    split(word).is_some()
}

/// Whether a filter needs the log's PDFs to have been read.
pub fn asks_for_papers(word: &str) -> bool {
    matches!(split(word), Some(("author", _) | ("has", "pdf" | "pdfs")))
}

/// Whether a word asks for PDFs that are not in the log.
pub fn is_unlogged(word: &str) -> bool {
    matches!(split(word.trim_end()), Some(("is", "unlogged" | "未记录")))
}

/// Other names of filters that still work, as (other name, English name of the filter).
const FORMER: [(&str, &str); 3] = [("track", "topic"), ("主线", "topic"), ("研究方向", "topic")];

fn split(word: &str) -> Option<(&'static str, &str)> {
    let (typed, value) = word.split_once([':', '：'])?;
    let typed = FORMER.iter().find(|(former, _)| *former == typed).map_or(typed, |(_, name)| name);
    let is_meant = |name: &Both<&str>| [Language::English, Language::Chinese].iter().any(|it| *name.get(*it) == typed);
    let (name, _) = NAMES.iter().find(|(name, _)| is_meant(name))?;
    Some((name.get(Language::English), value))
}

/// Splits text into words with their trailing space; `date:last month` is a single word.
pub fn words(text: &str) -> Vec<&str> {
    let mut words: Vec<&str> = Vec::new();
    let mut start = 0;
    for word in text.split_inclusive(char::is_whitespace) {
        let end = start + word.len();
        let goes_on = words.last().is_some_and(|before| {
            let is_open = matches!(split(before.trim_end()), Some(("date", "last" | "this")));
            is_open && ["week", "month", "year"].iter().any(|period| period.starts_with(word.trim_end()))
        });
        let before = if goes_on { words.pop().map_or(0, str::len) } else { 0 };
        words.push(&text[start - before..end]);
        start = end;
    }
    words
}

/// A hint for the typed text: a complaint about an unknown value; the names of all filters if the text is
/// empty; the possible values after a filter's name.
pub fn advice(text: &str, context: FilterContext<'_>, language: Language) -> Option<Advice> {
    let plain = |text: String| Some(Advice { text, is_fault: false });
    if text.trim().is_empty() {
        return plain(say!(language, "filters: {}", "筛选：{}", names(language)));
    }
    let words: Vec<&str> = words(text).into_iter().map(str::trim_end).collect();
    if let Some(unknown) = words.iter().find(|word| Filter::read(word, context) == Some(Err(FilterError::Unknown))) {
        return Some(Advice { text: complaint(unknown, context, language)?, is_fault: true });
    }
    let (name, _) = words.last().and_then(|word| split(word).filter(|_| !is_read(word, context)))?;
    plain(values(name, language)?.to_owned())
}

fn is_read(word: &str, context: FilterContext<'_>) -> bool {
    matches!(Filter::read(word, context), Some(Ok(_)))
}

/// The hint for a filter's values.
fn values(name: &str, language: Language) -> Option<&'static str> {
    NAMES.iter().find(|(known, _)| *known.get(Language::English) == name).map(|(_, values)| values.take(language))
}

/// Explains an unknown value and lists valid ones.
pub fn complaint(word: &str, context: FilterContext<'_>, language: Language) -> Option<String> {
    let (name, value) = split(word)?;
    let typed = word.split([':', '：']).next().unwrap_or_default();
    let known = values(name, language)?.replace("  ", language.comma());
    let names: Vec<String> = named(context.log, context.topics).into_iter().map(|(name, _)| name).collect();
    Some(match name {
        "date" => {
            say!(language, "“{value}” is not a date; dates are written {known}", "“{value}”不是日期；可写成：{known}")
        }
        "tag" => say!(language, "no paper in this log has the tag “{value}”", "日志中没有带标签“{value}”的论文"),
        "file" => say!(language, "no file of this log is named “{value}”", "日志中没有名为“{value}”的文件"),
        "folder" => say!(language, "no folder of this log is named “{value}”", "日志中没有名为“{value}”的文件夹"),
        "org" => say!(language, "no paper in this log is by “{value}”", "日志中没有机构“{value}”的论文"),
        "topic" if names.is_empty() => say!(
            language,
            "this log has no research topics; add yours under [topics] in the settings",
            "日志中没有研究方向；可在设置的 [topics] 中添加"
        ),
        "topic" => {
            let names = names.join(language.pick(", ", "、"));
            say!(
                language,
                "no research topic matches “{value}”; available: {names}",
                "没有与“{value}”匹配的研究方向；现有：{names}"
            )
        }
        _ => say!(
            language,
            "“{typed}:{value}” is not a filter; “{typed}:” takes {known}",
            "“{typed}:”没有“{value}”这个值；可用：{known}"
        ),
    })
}

/// The name before the colon in the first word that looks like a filter but is not one.
pub fn unknown_name(text: &str) -> Option<&str> {
    let is_name = |(name, value): &(&str, &str)| {
        !value.is_empty() && !value.starts_with('/') && !name.is_empty() && name.chars().all(char::is_alphabetic)
    };
    let words = text.split_whitespace().filter(|word| !is_filter(word));
    words.filter_map(|word| word.split_once([':', '：'])).find(is_name).map(|(name, _)| name)
}

/// The names of all filters.
pub fn names(language: Language) -> String {
    NAMES.map(|(name, _)| format!("{}:", name.take(language))).join(" ")
}

impl Filter {
    /// Parses a word; `None` if it does not start like a filter.
    pub fn read(word: &str, context: FilterContext<'_>) -> Option<Result<Self, FilterError>> {
        let (name, value) = split(word)?;
        let value = normalise(value);
        let meaning = meaning(name, &value, context);
        Some(meaning.map(|meaning| Self { word: word.to_owned(), meaning }))
    }

    /// A filter with an unknown value, which matches no entry.
    pub fn of_unknown(word: &str) -> Self {
        Self { word: word.to_owned(), meaning: Meaning::Nothing }
    }
}

fn meaning(name: &str, value: &str, context: FilterContext<'_>) -> Result<Meaning, FilterError> {
    let known = match (name, value) {
        (_, "") => return Err(FilterError::Unfinished),
        ("date", value) => days(value, context.today).map(|(first, last)| Meaning::Read(first, last)),
        ("has", "figures" | "figure" | "图") => Some(Meaning::HasFigures),
        ("has", "pdf" | "pdfs") => Some(Meaning::OneOf(of_papers(context, |of| !of.pdfs.is_empty()))),
        ("author", value) => {
            let is_by = |name: &String| normalise(name).contains(value);
            Some(Meaning::OneOf(of_papers(context, |of| of.authors.iter().any(is_by))))
        }
        ("is", "draft" | "placeholder" | "待写") => Some(Meaning::Is(EntryKind::Draft)),
        ("is", "note" | "随笔" | "笔记") => Some(Meaning::Is(EntryKind::Note)),
        ("is", "paper" | "论文") => Some(Meaning::Is(EntryKind::Paper)),
        ("is", "unread" | "未读") => Some(Meaning::Unread),
        ("is", "due" | "到期") => Some(Meaning::OneOf(ascending(context.due))),
        ("is", "new" | "新") => Some(Meaning::OneOf(ascending(context.new))),
        ("is", "unreviewed" | "未复习") => {
            Some(Meaning::OneOf(context.unreviewed.iter().map(|&entry| entry as usize).collect()))
        }
        ("org", value) => return by(value, context.log),
        ("tag", value) => {
            let value = value.trim_start_matches('#');
            some(of_entries(context.log, |entry| entry.tags().iter().any(|tag| normalise(tag).contains(value))))
        }
        (part @ ("file" | "folder"), value) => {
            let is_meant = |file: &File| {
                let (folder, name) = file.name.rsplit_once('/').unwrap_or(("", &file.name));
                normalise(if part == "file" { name } else { folder }).contains(value)
            };
            let meant: Vec<bool> = context.log.files.iter().map(is_meant).collect();
            some(of_entries(context.log, |entry| meant[entry.file()]))
        }
        ("topic", value) => {
            let names = named(context.log, context.topics);
            names.iter().any(|topic| has_word(topic, value)).then(|| Meaning::Topic(value.to_owned()))
        }
        ("sort", "date" | "日期") => Some(Meaning::Sort(FinderOrder::Date)),
        ("sort", "published" | "发表") => Some(Meaning::Sort(FinderOrder::Published)),
        ("sort", "title" | "标题") => Some(Meaning::Sort(FinderOrder::Title)),
        _ => None,
    };
    let may_become = match name {
        "date" => may_become(value),
        _ => VALUES.iter().any(|(of, known)| *of == name && known.starts_with(value)),
    };
    known.ok_or(if may_become { FilterError::Unfinished } else { FilterError::Unknown })
}

/// The given entries, or `None` if there are none: a filter that matches nothing is taken for a typo.
fn some(entries: Vec<usize>) -> Option<Meaning> {
    (!entries.is_empty()).then_some(Meaning::OneOf(entries))
}

/// The entries that satisfy a predicate, ascending.
fn of_entries(log: &Log, is_meant: impl Fn(&Entry) -> bool) -> Vec<usize> {
    (0..log.entries.len()).filter(|&at| is_meant(&log.entries[at])).collect()
}

/// The log's organisations that match by any spelling, pinyin, or part of a name.
fn by(typed: &str, log: &Log) -> Result<Meaning, FilterError> {
    let names: BTreeSet<&'static str> =
        log.entries.iter().flat_map(|entry| entry.organisations.iter().copied()).collect();
    let wanted = OrganisationTerm::new(typed);
    let (mut meant, mut may_grow) = (Vec::new(), false);
    for name in names {
        let spellings: Vec<String> = dialect::spellings(name).iter().map(|name| normalise(name)).collect();
        let (is_meant, grows) = wanted.by(&spellings);
        may_grow |= grows;
        if is_meant || spellings.iter().any(|spelling| spelling.contains(typed)) {
            meant.push(name);
        }
    }
    match (meant.is_empty(), may_grow) {
        (false, _) => Ok(Meaning::By(meant)),
        (true, true) => Err(FilterError::Unfinished),
        (true, false) => Err(FilterError::Unknown),
    }
}

/// Whether a topic's name or one of its words contains the text.
fn has_word((name, words): &(String, Vec<String>), typed: &str) -> bool {
    let has = |text: &String| normalise(text).contains(typed);
    has(name) || words.iter().any(has)
}

/// The entries whose PDFs satisfy a predicate, ascending.
fn of_papers(context: FilterContext<'_>, is_meant: impl Fn(&EntryPaper) -> bool) -> Vec<usize> {
    of_entries(context.log, |entry| context.papers.entry(&entry.key).is_some_and(&is_meant))
}

fn ascending(entries: &[usize]) -> Vec<usize> {
    let mut entries = entries.to_vec();
    entries.sort_unstable();
    entries
}

/// Removes hits that do not pass the filters, and sorts the rest by the last `sort:`.
pub fn narrow(log: &Log, topics: &ConfiguredTopics, filters: &[Filter], results: &mut Results) {
    for Filter { meaning, .. } in filters {
        let members = match meaning {
            Meaning::Topic(word) => &in_topic(log, topics, word),
            Meaning::OneOf(members) => members,
            _ => {
                results.hits.retain(|hit| meaning.fits(&log.entries[hit.item]));
                continue;
            }
        };
        results.hits.retain(|hit| members.binary_search(&hit.item).is_ok());
    }
    let order = filters.iter().rev().find_map(|filter| match filter.meaning {
        Meaning::Sort(order) => Some(order),
        _ => None,
    });
    let entry = |item: usize| &log.entries[item];
    match order {
        Some(FinderOrder::Date) => results.hits.sort_by_key(|hit| Reverse(entry(hit.item).date)),
        Some(FinderOrder::Published) => results.hits.sort_by_key(|hit| Reverse(entry(hit.item).published)),
        Some(FinderOrder::Title) => results.hits.sort_by_cached_key(|hit| entry(hit.item).title.to_lowercase()),
        None => {}
    }
}

/// The entries of the topics that match a word, ascending.
fn in_topic(log: &Log, configured: &ConfiguredTopics, word: &str) -> Vec<usize> {
    let is_meant = |topic: &Topic| has_word(&(topic.name.clone(), topic.words.clone()), word);
    let meant = topics::find(log, configured).into_iter().filter(is_meant);
    let mut members: Vec<usize> = meant.flat_map(|topic| topic.entries).collect();
    members.sort_unstable();
    members
}

impl Meaning {
    fn fits(&self, entry: &Entry) -> bool {
        match self {
            Self::Read(first, last) => entry.date.is_some_and(|date| (*first..=*last).contains(&date)),
            Self::HasFigures => !entry.figures.is_empty(),
            Self::Is(kind) => entry.kind == *kind,
            Self::Unread => !entry.read,
            Self::By(names) => entry.organisations.iter().any(|name| names.contains(name)),
            Self::Nothing => false,
            Self::OneOf(_) | Self::Topic(_) | Self::Sort(_) => true,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_known_names_are_filters() {
        assert!(
            is_filter("date:")
                && is_filter("org：x")
                && is_filter("日期：上月")
                && !is_filter("clip:")
                && !is_filter("date")
        );
    }

    #[test]
    fn splitting_keeps_spaces() {
        assert_eq!(words("date:last month a  b"), ["date:last month ", "a ", " ", "b"]);
        assert_eq!(words("date:last mo"), ["date:last mo"]);
        assert_eq!(words("date:last foo"), ["date:last ", "foo"]);
        assert_eq!(words("is:due　清华"), ["is:due　", "清华"]);
    }
}
