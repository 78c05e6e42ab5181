//! Dates in an item's text, as Obsidian Tasks (`✅ 2031-05-17`) and Dataview (`[completion:: 2031-05-17]`) write them.

use std::ops::Range;

use chrono::NaiveDate;

use super::Log;

/// What a date in an item's text stands for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ItemDate {
    /// The day on which the item was done.
    Done,
    /// The day on which the item was added.
    Added,
    /// The day by which the item should be done.
    Due,
    /// The day on which to work on the item.
    Scheduled,
}

/// A way to write a date in an item: what stands before and after it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct DateStyle {
    before: &'static str,
    after: &'static str,
}

const fn style(before: &'static str, after: &'static str) -> DateStyle {
    DateStyle { before, after }
}

impl ItemDate {
    /// The ways to write this date; the first one is used in a file that has none yet.
    fn styles(self) -> &'static [DateStyle] {
        const DONE: [DateStyle; 3] = [style("✅", ""), style("[completion::", "]"), style("(completion::", ")")];
        const ADDED: [DateStyle; 3] = [style("➕", ""), style("[created::", "]"), style("(created::", ")")];
        const DUE: [DateStyle; 5] =
            [style("📅", ""), style("📆", ""), style("🗓", ""), style("[due::", "]"), style("(due::", ")")];
        const SCHEDULED: [DateStyle; 4] =
            [style("⏳", ""), style("⌛", ""), style("[scheduled::", "]"), style("(scheduled::", ")")];
        match self {
            Self::Done => &DONE,
            Self::Added => &ADDED,
            Self::Due => &DUE,
            Self::Scheduled => &SCHEDULED,
        }
    }

    /// The last date of this kind in an item's text; recurring items have several.
    pub fn read(self, text: &str) -> Option<NaiveDate> {
        self.find(text).map(|found| found.date)
    }

    /// The last date of this kind in a text, with its place and style.
    pub fn find(self, text: &str) -> Option<FoundDate> {
        // Most items have no date, and this is faster than looking for the signs.
        let is_followed_by_digit = |at: usize| text.as_bytes().get(at + 1).is_some_and(u8::is_ascii_digit);
        if !memchr::memchr_iter(b'-', text.as_bytes()).any(is_followed_by_digit) {
            return None;
        }
        self.styles().iter().filter_map(|&style| style.find(text)).max_by_key(|found| found.span.start)
    }

    /// The date, in the style that was last used in the file, with a space before it.
    pub fn write(self, log: &Log, file: usize, date: NaiveDate) -> String {
        let texts = log.tasks.iter().rev().filter(|task| task.file == file).map(|task| task.text.as_str());
        let used = texts.filter_map(|text| self.find(text)).next().map(|found| found.style);
        let DateStyle { before, after } = used.unwrap_or(self.styles()[0]);
        format!(" {before} {date}{after}")
    }
}

/// A date in a text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FoundDate {
    /// The byte range in the text, including the signs around the date.
    pub span: Range<usize>,
    /// The date.
    pub date: NaiveDate,
    style: DateStyle,
}

impl DateStyle {
    /// The last date of this style.
    fn find(self, text: &str) -> Option<FoundDate> {
        text.rmatch_indices(self.before).find_map(|(start, _)| self.at(text, start))
    }

    /// The date whose sign begins at `start`.
    fn at(self, text: &str, start: usize) -> Option<FoundDate> {
        let behind = &text[start + self.before.len()..];
        // Skip a variation selector after the emoji.
        let written = behind.trim_start_matches(['\u{FE0F}', ' ', '\t']);
        let date = NaiveDate::parse_from_str(written.get(..DATE)?, "%Y-%m-%d").ok()?;
        written[DATE..].starts_with(self.after).then(|| {
            let end = text.len() - written.len() + DATE + self.after.len();
            FoundDate { span: start..end, date, style: self }
        })
    }
}

/// The length of a date such as `2031-05-17`, in bytes.
const DATE: usize = 10;

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(kind: ItemDate, text: &str, wanted: Option<(&str, &str)>) {
        let found = kind.find(text).map(|found| (text[found.span].to_owned(), found.date.to_string()));
        assert_eq!(found, wanted.map(|(span, date)| (span.to_owned(), date.to_owned())), "{text}");
    }

    #[test]
    fn dates_of_obsidian_tasks_and_of_dataview_are_read() {
        check(ItemDate::Done, "Emu ✅ 2031-05-17", Some(("✅ 2031-05-17", "2031-05-17")));
        check(ItemDate::Done, "Emu ✅ 2031-05-17 ✅️ 2031-05-18 x", Some(("✅️ 2031-05-18", "2031-05-18")));
        check(
            ItemDate::Done,
            "Emu [completion:: 2031-05-17] ^a1b2c3",
            Some(("[completion:: 2031-05-17]", "2031-05-17")),
        );
        check(ItemDate::Added, "Emu (created::2031-05-17)", Some(("(created::2031-05-17)", "2031-05-17")));
        check(ItemDate::Due, "Emu 🗓️ 2031-05-17", Some(("🗓️ 2031-05-17", "2031-05-17")));
        check(ItemDate::Scheduled, "Emu ⏳ 2031-05-17 📅 2031-05-20", Some(("⏳ 2031-05-17", "2031-05-17")));
        check(ItemDate::Scheduled, "Emu [scheduled:: soon]", None);
        check(ItemDate::Done, "Emu ✅ done", None);
        check(ItemDate::Done, "Emu ✅ 2031-05-17 ✅ nice", Some(("✅ 2031-05-17", "2031-05-17")));
        check(ItemDate::Done, "Emu [completion:: 2031-05-17", None);
        check(ItemDate::Done, "Emu ✅ 2031-5-鹤鹤鹤", None);
    }
}
