//! The help, generated from the keymap.

use super::palette::words;
use crate::app::keys::context::Context;
use crate::app::keys::guide;
use crate::app::keys::keymap::Keymap;
use crate::app::page::flow::{BlockKind, PageLine, Span, SpanRole};
use crate::app::page::wrap::wrap;
use crate::text::{padded, width};
use crate::words::{Both, Language};

/// The minimum width of the descriptions, in columns.
const ABOUT: usize = 28;

/// Columns between the keys and their description.
const GAP: usize = 2;

/// The marks in the timeline, and what they mean.
const MARKS: [(&str, Both<&str>); 6] = [
    ("D", Both::new("to review today", "今天要复习")),
    ("p", Both::new("has a PDF", "有 PDF")),
    ("▪", Both::new("has figures", "有图片")),
    ("☐", Both::new("marked as unread in the log", "在日志中标为未读")),
    ("…", Both::new("draft: its summary is not written yet", "待写：还没有写笔记")),
    ("·", Both::new("note: text that belongs to no paper", "随笔：不属于任何论文的文字")),
];

/// The lines of the help, starting with the keys of the context `place`. `shows` decides whether a binding is
/// listed; it gets the binding's keys, description, name and synonyms as one text.
pub fn lines(
    keymap: &Keymap,
    place: Context,
    language: Language,
    columns: usize,
    shows: impl Fn(&str) -> bool,
) -> Vec<PageLine> {
    let mut groups: Vec<(&str, Vec<(String, &str)>)> = Vec::new();
    for (title, mut bindings) in guide::help(keymap, place, language) {
        bindings.retain(|(keys, binding)| {
            let (about, name, others) = (binding.about.get(language), binding.action.name(), words(binding, language));
            shows(&format!("{keys} {about} {name} {others}"))
        });
        groups
            .push((title, bindings.into_iter().map(|(keys, binding)| (keys, *binding.about.get(language))).collect()));
    }
    let marks = MARKS.iter().map(|(mark, about)| ((*mark).to_owned(), *about.get(language)));
    let title = language.pick("Marks in the timeline", "时间线中的标记");
    groups.push((title, marks.filter(|(mark, about)| shows(&format!("{mark} {about} {title}"))).collect()));
    groups.retain(|(_, rows)| !rows.is_empty());
    let all = groups.iter().flat_map(|(_, rows)| rows);
    let keys = all.map(|(keys, _)| width(keys) + GAP).max().unwrap_or(0).min(columns.saturating_sub(ABOUT));
    let mut lines = Vec::new();
    for (title, rows) in groups {
        if !lines.is_empty() {
            lines.push(PageLine::default());
        }
        lines.push(PageLine::of(BlockKind::Heading, SpanRole::Heading, title));
        rows.iter().for_each(|row| lines.extend(described(row, keys, columns)));
    }
    lines
}

/// Keys with their description beside them from column `start` on, or below them if the keys are too wide.
fn described((keys, about): &(String, &str), start: usize, columns: usize) -> Vec<PageLine> {
    let is_wide = width(keys) + GAP > start;
    let mut lines = Vec::new();
    if is_wide {
        lines.push(PageLine::of(BlockKind::Text, SpanRole::Body, keys));
    }
    for (row, range) in wrap(about, columns.saturating_sub(start).max(1)).into_iter().enumerate() {
        let keys = if row == 0 && !is_wide { keys.as_str() } else { "" };
        let mut line = PageLine::of(BlockKind::Text, SpanRole::Body, &padded(keys, start));
        line.spans.push(Span { text: about[range].to_owned(), role: SpanRole::Fact, ..Span::default() });
        lines.push(line);
    }
    lines
}
