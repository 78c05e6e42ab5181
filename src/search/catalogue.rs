//! What can be found: titles in the forms in which they are searched, and where the text below
//! them stands.

use std::collections::HashMap;
use std::ops::Range;

use super::normalise::{Folded, letters, lower, normalise};
use super::organisations::Spellings;
use super::pinyin;
use super::spread::Stop;
use super::title::Title;
use super::words;
use crate::text::is_han;

/// After how many items it is asked whether to stop.
const OFTEN: usize = 256;

/// Something that can be found.
#[derive(Debug, Clone)]
pub struct Item<'a> {
    /// Its title.
    pub title: &'a str,
    /// Its short name, which the title usually begins with.
    pub name: Option<&'a str>,
    /// Who made it: of each organisation its names, in all spellings.
    pub organisations: Vec<&'a [String]>,
    /// The text below the title.
    pub body: Option<Body>,
    /// Among equal hits those with more come first: the day, as a number of days.
    pub recency: i64,
}

/// A part of one of the texts that are searched.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Body {
    /// Index of the text.
    pub text: usize,
    /// Bytes of it.
    pub span: Range<usize>,
}

/// Everything that can be found, made ready.
///
/// The items stand in the order in which equals are shown; a place in that order is a *slot*.
#[derive(Debug, Clone, Default)]
pub struct Catalogue {
    /// Titles and names of all items, one after the other.
    cased: String,
    /// The same in lower case, each char at the same byte.
    lower: String,
    heads: Vec<u32>,
    /// What letters each item has: apart from the rest, since every search reads all of them.
    letters: Vec<Letters>,
    records: Vec<Record>,
    /// The organisations of all items, each once: few publish much.
    organisations: Vec<Spellings>,
    /// Those of each item, as indices into them.
    made_by: Vec<u32>,
}

/// The letters of a title and its name, as bits.
#[derive(Debug, Clone, Copy)]
struct Letters {
    written: u64,
    /// Those as well with which its Han characters may be typed; none if it has no such.
    typed: u64,
}

#[derive(Debug, Clone)]
struct Record {
    item: u32,
    /// Bytes of the forms.
    title: Range<usize>,
    name: Range<usize>,
    /// Indices into [`Catalogue::made_by`].
    made_by: Range<usize>,
    heads: Range<usize>,
    body: Option<Body>,
    day: i64,
}

impl Catalogue {
    /// Takes what can be found. The texts themselves are not kept: every search is given them.
    pub fn new<'a>(items: impl IntoIterator<Item = Item<'a>>) -> Self {
        Self::build(items, &|| false).unwrap_or_default()
    }

    /// The same; `None` once `stop` has said so, which it is asked often.
    pub fn build<'a>(items: impl IntoIterator<Item = Item<'a>>, stop: Stop<'_>) -> Option<Self> {
        let mut items: Vec<Item<'_>> = items.into_iter().collect();
        let mut order: Vec<u32> = (0..).take(items.len()).collect();
        order.sort_by_key(|&item| std::cmp::Reverse(items[item as usize].recency));
        let mut catalogue = Self::default();
        catalogue.records.reserve(items.len());
        let mut known = HashMap::new();
        for (done, item) in order.into_iter().enumerate() {
            if done % OFTEN == 0 && stop() {
                return None;
            }
            catalogue.add(item, &mut items[item as usize], &mut known);
        }
        Some(catalogue)
    }

    fn add<'a>(&mut self, index: u32, item: &mut Item<'a>, known: &mut HashMap<&'a [String], u32>) {
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
        self.records.push(Record {
            item: index,
            heads: first..self.heads.len(),
            body: item.body.take(),
            made_by: first_maker..self.made_by.len(),
            day: item.recency,
            title,
            name,
        });
    }

    fn write(&mut self, text: &str) -> Range<usize> {
        let start = self.cased.len();
        self.cased.push_str(&Folded::new(text).text);
        self.lower.extend(self.cased[start..].chars().map(lower));
        start..self.cased.len()
    }

    /// How many items there are.
    pub fn len(&self) -> usize {
        self.records.len()
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.records.is_empty()
    }

    /// The index of the item in a slot.
    pub(super) fn item(&self, slot: u32) -> usize {
        self.records[slot as usize].item as usize
    }

    pub(super) fn title(&self, slot: u32) -> Title<'_> {
        let record = &self.records[slot as usize];
        Title {
            cased: &self.cased[record.title.clone()],
            lower: &self.lower[record.title.clone()],
            heads: &self.heads[record.heads.clone()],
            name: &self.lower[record.name.clone()],
        }
    }

    /// The organisations of all items.
    pub(super) fn organisations(&self) -> &[Spellings] {
        &self.organisations
    }

    /// Who made the item in a slot, as indices into [`Catalogue::organisations`].
    pub(super) fn made_by(&self, slot: u32) -> &[u32] {
        &self.made_by[self.records[slot as usize].made_by.clone()]
    }

    /// The day of the item in a slot: its recency.
    pub(super) fn day(&self, slot: u32) -> i64 {
        self.records[slot as usize].day
    }

    /// The body of the item in a slot. What is no part of the texts counts as empty.
    pub(super) fn body<'a>(&self, slot: u32, texts: &[&'a str]) -> &'a str {
        let body = self.records[slot as usize].body.as_ref();
        body.and_then(|body| texts.get(body.text)?.get(body.span.clone())).unwrap_or_default()
    }

    /// Whether the title in a slot may hold all these letters, and whether in pinyin.
    pub(super) fn may_hold(&self, slot: u32, letters: u64) -> (bool, bool) {
        let Letters { written, typed } = self.letters[slot as usize];
        (written & letters == letters, typed & letters == letters)
    }

    /// Whether a text with these letters may hold the title in a slot.
    pub(super) fn may_be_within(&self, slot: u32, letters: u64) -> bool {
        self.letters[slot as usize].written & !letters == 0
    }

    /// Whether there is text under any title.
    pub(super) fn has_texts(&self) -> bool {
        (0..).take(self.len()).any(|slot| self.has_text(slot))
    }

    /// Whether there is text under the title in a slot.
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
    // `ü` and `ê` are typed as other letters.
    typed | if typed & letters("üê") != 0 { letters("uve") } else { 0 }
}

/// The forms of a title in a catalogue are those that are made for one title.
#[cfg(test)]
mod tests {
    use super::*;
    use crate::search::title::OwnedTitle;

    #[test]
    fn the_newest_come_first() {
        let item = |title, recency| Item { title, name: None, organisations: Vec::new(), body: None, recency };
        let catalogue = Catalogue::new([item("a", 1), item("b", 3), item("c", 3), item("d", 2)]);
        assert_eq!((0..4).map(|slot| catalogue.item(slot)).collect::<Vec<_>>(), [1, 2, 3, 0]);
    }

    #[test]
    fn titles_stand_in_their_forms() {
        let google = ["Google", "谷歌"].map(str::to_owned);
        let item = Item {
            title: "ＢＥｉＴ：大模型",
            name: Some("ＢＥｉＴ"),
            organisations: vec![&google],
            body: Some(Body { text: 0, span: 1..3 }),
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
