//! Decides what a line break in a paragraph becomes: a space, nothing, or a line break.

use super::{Builder, LabelBreaks, Mode};
use crate::log::markup::hand_lists::continues_list;
use crate::log::markup::masks::{Mask, MaskKind};
use crate::log::markup::scan::{callout, dotted, is_unspaced_item};
use crate::log::markup::tags::InlineSign;
use crate::log::markup::{joins_without_space, marker};

/// How many of the following lines are checked for a list: an item may span several lines.
const AHEAD: usize = 3;

impl Builder<'_> {
    /// Ends a line; the next one is indented by `indent` columns.
    pub(super) fn end_line(&mut self, indent: usize) {
        self.paragraph.end_line(indent);
        self.signs.dims = false;
    }

    pub(super) fn soft_break(&mut self, at: usize) {
        let below = self.source[at..].trim_start_matches(['\r', '\n', '>']);
        let text = below.trim_start_matches(' ');
        if self.mode == Mode::Broken {
            let spaces = below.len() - text.len();
            return self.end_line(if spaces < 4 { 0 } else { 2 + (spaces - 4) / 2 });
        }
        if self.is_beside_formula(at) || self.begins_line(text) || self.begins_label(at, text) {
            return self.end_line(0);
        }
        let is_chinese = self.paragraph.last().is_some_and(joins_without_space)
            && text.chars().next().is_some_and(joins_without_space);
        self.run(if is_chinese { "" } else { " " }, self.style(), false);
    }

    /// Whether the line break at `at` is next to a line that is only a formula.
    fn is_beside_formula(&self, at: usize) -> bool {
        let next = self.masks.partition_point(|mask| mask.span.end <= at);
        let beside = self.masks[..next].last().into_iter().chain(self.masks.get(next));
        let mut lines = beside.filter(|mask| mask.kind == MaskKind::FormulaLine);
        lines.any(|mask| {
            let between = mask.span.end.min(at)..mask.span.start.max(at);
            self.source[between].trim().is_empty()
        })
    }

    /// Whether the next line stays on a line of its own: it begins or continues a list, or is below a callout's title.
    fn begins_line(&self, text: &str) -> bool {
        let above = self.paragraph.line_start();
        if self.containers.is_at_start_of_quote() && callout(&above).is_some() {
            return true;
        }
        let counts = |number: u64| dotted(text).is_some_and(|next| number.checked_add(1) == Some(next));
        if self.containers.number().is_some_and(counts) && is_unspaced_item(text) || begins_list(&above, text) {
            return true;
        }
        let Some(end) = marker(text) else { return false };
        self.containers.number().is_some() && dotted(&text[..end]).is_some()
            || matches!(self.paragraph.last(), Some(':' | '：'))
            || marker(&above).is_some()
    }

    /// Whether the next line starts with a label, or the current one is a property.
    fn begins_label(&self, at: usize, text: &str) -> bool {
        let next = self.masks.partition_point(|mask| mask.span.end <= at);
        let is_label = |mask: &Mask| matches!(mask.kind, MaskKind::Label | MaskKind::Sign(InlineSign::Property));
        let is_next = self
            .masks
            .get(next)
            .is_some_and(|mask| is_label(mask) && self.source[at..mask.span.start].trim().is_empty());
        let is_said = match self.options.labelled {
            LabelBreaks::Never => false,
            LabelBreaks::Bold => (text.starts_with("**") || text.starts_with("__")) && label(text).is_some(),
            LabelBreaks::Always => label(text).is_some(),
        };
        is_next || is_said || self.signs.dims
    }
}

/// Whether the first line is a list item: it starts with a circled number, continues the list above, or one of the next
/// lines continues it.
fn begins_list(above: &str, text: &str) -> bool {
    let mut lines = text.lines().map(|line| line.trim_start_matches([' ', '\t', '>']));
    let Some(line) = lines.next() else { return false };
    let mut below = lines.take(AHEAD).take_while(|line| !line.is_empty());
    line.starts_with(|c| matches!(c, '①'..='⑳' | '❶'..='❿'))
        || continues_list(above, line)
        || below.any(|next| continues_list(line, next))
}

/// The label at the start of a line, such as `Authors:`; long phrases are not labels.
fn label(line: &str) -> Option<&str> {
    let line = line.trim_start_matches(['*', '_']);
    let (end, colon) = line.char_indices().take(32).find(|(_, c)| matches!(c, ':' | '：'))?;
    let label = line[..end].trim_end_matches(['*', '_', ' ']);
    let is_label = label.split(' ').count() <= 4 && label.chars().all(|c| c.is_alphanumeric() || " -/&()".contains(c));
    (is_label && !label.is_empty() && !line[end + colon.len_utf8()..].starts_with("//")).then_some(label)
}
