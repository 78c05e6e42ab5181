//! Lays out lists of names with counts and bars as text, and places lists side by side.

use crate::app::page::flow::{BlockKind, PageLine, Span, SpanRole, paragraph};
use crate::text::{padded, width};

/// A vertical bar of one column, scaled to the largest count, `most`.
pub(in crate::app) fn level(count: usize, most: usize) -> char {
    const LEVELS: [char; 8] = ['▁', '▂', '▃', '▄', '▅', '▆', '▇', '█'];
    match count {
        0 => '·',
        count => LEVELS[(count * LEVELS.len()).div_ceil(most.max(1)).clamp(1, LEVELS.len()) - 1],
    }
}

/// Rows of numbers under a heading.
pub(in crate::app) struct ChartList {
    pub heading: &'static str,
    pub rows: Vec<ChartRow>,
}

/// A row of a list.
pub(in crate::app) enum ChartRow {
    /// A name and a count with its bar.
    Bar(String, usize),
    /// A name and a text.
    Fact(String, String),
    /// A name and a row of vertical bars.
    Chart(String, String),
}

impl ChartList {
    pub fn bars(heading: &'static str, counts: impl Iterator<Item = (String, usize)>) -> Self {
        Self { heading, rows: counts.map(|(name, count)| ChartRow::Bar(name, count)).collect() }
    }

    pub fn lines(&self, columns: usize) -> Vec<PageLine> {
        let mut lines = vec![PageLine::default(), PageLine::of(BlockKind::Heading, SpanRole::Heading, self.heading)];
        let most = self
            .rows
            .iter()
            .filter_map(|row| if let ChartRow::Bar(_, count) = row { Some(*count) } else { None })
            .max();
        let names = self.rows.iter().map(|row| match row {
            ChartRow::Bar(name, _) | ChartRow::Fact(name, _) | ChartRow::Chart(name, _) => width(name),
        });
        let names = names.max().unwrap_or(0).min(columns / 2);
        let room = columns.saturating_sub(names + 8);
        for entry in &self.rows {
            match entry {
                ChartRow::Bar(name, count) => {
                    let bar = "▇".repeat((count * room).div_ceil(most.unwrap_or(1).max(1)));
                    lines.push(row(&[
                        (SpanRole::Fact, &padded(name, names)),
                        (SpanRole::Body, &format!("{count:>5} ")),
                        (SpanRole::Chart, &bar),
                    ]));
                }
                // A long fact wraps.
                ChartRow::Fact(name, fact) => {
                    let facts =
                        paragraph(fact, SpanRole::Body, BlockKind::Text, columns.saturating_sub(names + 2).max(1));
                    lines.extend(facts.iter().enumerate().map(|(index, fact)| {
                        let name = if index == 0 { name.as_str() } else { "" };
                        row(&[(SpanRole::Fact, &padded(name, names)), (SpanRole::Body, &format!("  {}", fact.text()))])
                    }));
                }
                ChartRow::Chart(name, chart) => {
                    lines
                        .push(row(&[(SpanRole::Fact, &padded(name, names)), (SpanRole::Chart, &format!("  {chart}"))]));
                }
            }
        }
        lines
    }
}

/// A line of spans with their roles.
pub(in crate::app) fn row(parts: &[(SpanRole, &str)]) -> PageLine {
    let mut line = PageLine::default();
    for (role, text) in parts {
        line.spans.extend(PageLine::of(BlockKind::Text, *role, text).spans);
    }
    line
}

/// Joins two blocks side by side; the right one starts at `column`.
pub(in crate::app) fn beside(left: Vec<PageLine>, right: Vec<PageLine>, column: usize) -> Vec<PageLine> {
    let height = left.len().max(right.len());
    let (mut left, mut right) = (left.into_iter(), right.into_iter());
    let lines = (0..height).map(|_| {
        let (mut line, other) = (left.next().unwrap_or_default(), right.next().unwrap_or_default());
        if !other.spans.is_empty() {
            let gap = " ".repeat(column.saturating_sub(line.width()));
            line.spans.push(Span { text: gap, ..Span::default() });
            line.spans.extend(other.spans);
        }
        line
    });
    lines.collect()
}
