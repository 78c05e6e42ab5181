//! The searchable items: their titles in the forms used for matching, and the positions of their texts.

use std::collections::HashMap;
use std::ops::Range;

use super::normalise::{Folded, letters, lower, normalise};
use super::organisations::OrganisationNames;
use super::pinyin;
use super::spread::Stop;
use super::title::Title;
use super::words;
use crate::text::{Span, is_han, offset};

/// How many items to prepare between two checks of `stop`.
const STOP_INTERVAL: usize = 256;

/// A searchable item.
#[derive(Debug, Clone)]
pub struct SearchItem<'a> {
    /// The title.
    pub title: &'a str,
    /// The short name, usually at the start of the title.
    pub name: Option<&'a str>,
    /// The publishing organisations, each with all its spellings.
    pub organisations: Vec<&'a [&'static str]>,
    /// The text below the title.
    pub body: Option<SearchBody>,
    /// The date as a day number, which decides ties: the newest come first.
    pub recency: i64,
}

/// A part of one of the searched texts.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SearchBody {
    /// The index of the text.
    pub text: usize,
    /// The byte range in the text.
    pub span: Range<usize>,
}

/// All items, prepared for searching.
///
/// Items are in the order in which ties are shown; the index of an item in that order is its *slot*.
#[derive(Debug, Clone, Default)]
pub struct Catalogue {
    /// The titles and short names of all items, concatenated.
    cased: String,
    /// Like `cased`, but in lower case, with every char at the same byte offset.
    lower: String,
    heads: Vec<u32>,
    /// The letters of each item. Stored apart from the records, because every search reads all of them.
    letters: Vec<Letters>,
    records: Vec<ItemRecord>,
    /// All organisations, without duplicates.
    organisations: Vec<OrganisationNames>,
    /// The organisations of all items, as indices into `organisations`, concatenated.
    made_by: Vec<u32>,
}

/// The letters of a title and its short name, as bit sets.
#[derive(Debug, Clone, Copy)]
struct Letters {
    written: u64,
    /// `written` plus the letters by which Han characters can be typed; 0 if the title is ASCII.
    typed: u64,
}

#[derive(Debug, Clone)]
struct ItemRecord {
    item: u32,
    /// The byte ranges of title and short name in [`Catalogue::cased`].
    title: Span,
    name: Span,
    /// The range in [`Catalogue::made_by`].
    made_by: Span,
    heads: Span,
    /// (index of the text, byte range in it).
    body: Option<(u32, Span)>,
    day: i64,
}

impl Catalogue {
    /// Prepares the items. The texts are not stored: every search is given them.
    pub fn new<'a>(items: impl IntoIterator<Item = SearchItem<'a>>) -> Self {
        Self::build(items, &|| false).unwrap_or_default()
    }

    /// Like [`new`](Self::new), but `None` if stopped.
    pub(crate) fn build<'a>(items: impl IntoIterator<Item = SearchItem<'a>>, stop: Stop<'_>) -> Option<Self> {
        let items = items.into_iter();
        let mut catalogue = Self::default();
        catalogue.records.reserve_exact(items.size_hint().0);
        catalogue.letters.reserve_exact(items.size_hint().0);
        let mut known = HashMap::new();
        for (done, item) in items.enumerate() {
            if done % STOP_INTERVAL == 0 && stop() {
                return None;
            }
            catalogue.add(offset(done), &item, &mut known);
        }
        catalogue.sort();
        Some(catalogue)
    }

    /// Puts the newest items first.
    fn sort(&mut self) {
        if self.records.is_sorted_by_key(|record| std::cmp::Reverse(record.day)) {
            return;
        }
        let mut order: Vec<usize> = (0..self.records.len()).collect();
        order.sort_by_key(|&at| std::cmp::Reverse(self.records[at].day));
        self.letters = order.iter().map(|&at| self.letters[at]).collect();
        self.records.sort_by_key(|record| std::cmp::Reverse(record.day));
    }

    fn add<'a>(&mut self, index: u32, item: &SearchItem<'a>, known: &mut HashMap<&'a [&'static str], u32>) {
        let title = self.write(item.title);
        let first = self.heads.len();
        self.heads.extend(words::heads(&self.cased[title.clone()]).filter_map(|at| u32::try_from(at).ok()));
        let name = self.write(item.name.unwrap_or_default());
        let written = letters(&self.lower[title.start..name.end]);
        let typed = typed_letters(&self.lower[title.clone()], written);
        self.letters.push(Letters { written, typed });
        let first_maker = self.made_by.len();
        for &names in &item.organisations {
            let maker = known.entry(names).or_insert_with(|| {
                self.organisations.push(names.iter().map(|name| normalise(name)).collect());
                u32::try_from(self.organisations.len() - 1).unwrap_or(u32::MAX)
            });
            self.made_by.push(*maker);
        }
        self.records.push(ItemRecord {
            item: index,
            heads: (first..self.heads.len()).into(),
            body: item.body.as_ref().map(|body| (offset(body.text), body.span.clone().into())),
            made_by: (first_maker..self.made_by.len()).into(),
            day: item.recency,
            title: title.into(),
            name: name.into(),
        });
    }

    fn write(&mut self, text: &str) -> Range<usize> {
        let start = self.cased.len();
        self.cased.push_str(&Folded::new(text).text);
        self.lower.extend(self.cased[start..].chars().map(lower));
        start..self.cased.len()
    }

    /// The number of items.
    pub(crate) fn len(&self) -> usize {
        self.records.len()
    }

    /// Whether there are no items.
    pub fn is_empty(&self) -> bool {
        self.records.is_empty()
    }

    /// The item in a slot, as an index into the original list.
    pub(super) fn item(&self, slot: u32) -> usize {
        self.records[slot as usize].item as usize
    }

    pub(super) fn title(&self, slot: u32) -> Title<'_> {
        let record = &self.records[slot as usize];
        Title {
            cased: &self.cased[record.title.range()],
            lower: &self.lower[record.title.range()],
            heads: &self.heads[record.heads.range()],
            name: &self.lower[record.name.range()],
        }
    }

    /// The organisations of all items.
    pub(super) fn organisations(&self) -> &[OrganisationNames] {
        &self.organisations
    }

    /// The organisations of the item in a slot, as indices into [`Catalogue::organisations`].
    pub(super) fn made_by(&self, slot: u32) -> &[u32] {
        &self.made_by[self.records[slot as usize].made_by.range()]
    }

    /// The recency of the item in a slot, as a day number.
    pub(super) fn day(&self, slot: u32) -> i64 {
        self.records[slot as usize].day
    }

    /// The body of the item in a slot; empty if the item has none, or if its range is not in `texts`.
    pub(super) fn body<'a>(&self, slot: u32, texts: &[&'a str]) -> &'a str {
        let body = self.records[slot as usize].body;
        body.and_then(|(text, span)| texts.get(text as usize)?.get(span.range())).unwrap_or_default()
    }

    /// Whether the title and short name in a slot may contain all these letters: as written, and with Han characters
    /// typed in pinyin.
    pub(super) fn may_contain(&self, slot: u32, letters: u64) -> (bool, bool) {
        let Letters { written, typed } = self.letters[slot as usize];
        (written & letters == letters, typed & letters == letters)
    }

    /// Whether a text that has only these letters may contain the title in a slot.
    pub(super) fn may_be_within(&self, slot: u32, letters: u64) -> bool {
        self.letters[slot as usize].written & !letters == 0
    }

    /// Whether any item has text.
    pub(super) fn has_texts(&self) -> bool {
        (0..).take(self.len()).any(|slot| self.has_text(slot))
    }

    /// Whether the item in a slot has text.
    pub(super) fn has_text(&self, slot: u32) -> bool {
        self.records[slot as usize].body.is_some()
    }
}

fn typed_letters(title: &str, written: u64) -> u64 {
    if title.is_ascii() {
        return 0;
    }
    let readings = title.chars().filter(|&c| is_han(c)).flat_map(pinyin::readings);
    let typed = readings.fold(written, |typed, reading| typed | letters(reading));
    // `ü` is typed as `u` or `v`, and `ê` as `e`.
    typed | if typed & letters("üê") != 0 { letters("uve") } else { 0 }
}

/// The forms of a title in a catalogue must equal those of [`OwnedTitle`](crate::search::title::OwnedTitle).
#[cfg(test)]
mod tests {
    use super::*;
    use crate::search::title::OwnedTitle;

    #[test]
    fn the_newest_come_first() {
        let item = |title, recency| SearchItem { title, name: None, organisations: Vec::new(), body: None, recency };
        let catalogue = Catalogue::new([item("a", 1), item("b", 3), item("c", 3), item("d", 2)]);
        assert_eq!((0..4).map(|slot| catalogue.item(slot)).collect::<Vec<_>>(), [1, 2, 3, 0]);
    }

    #[test]
    fn titles_are_stored_in_all_their_forms() {
        let google = ["Google", "谷歌"];
        let item = SearchItem {
            title: "ＢＥｉＴ：大模型",
            name: Some("ＢＥｉＴ"),
            organisations: vec![&google],
            body: Some(SearchBody { text: 0, span: 1..3 }),
            recency: 0,
        };
        let catalogue = Catalogue::new([item]);
        let owned = OwnedTitle::new("ＢＥｉＴ：大模型", Some("ＢＥｉＴ"));
        let (found, wanted) = (catalogue.title(0), owned.title());
        assert_eq!(
            (found.cased, found.lower, found.heads, found.name),
            ("BEiT:大模型", "beit:大模型", wanted.heads, "beit")
        );
        assert_eq!((catalogue.made_by(0), catalogue.body(0, &["abcd"])), (&[0][..], "bc"));
        assert_eq!(&*catalogue.organisations()[0], ["google", "谷歌"]);
    }
}
