//! Tables: columns side by side if they fit, otherwise one paragraph per cell.

use super::{BlockKind, Flow, Margin, SpanRole, Wrapped, span, wrap_text};
use crate::app::page::wrap::longest;
use crate::log::markup::{Run, Style, Text};
use crate::text::{safe, width};

/// Table columns are not shrunk below this width.
const NARROWEST: usize = 4;

/// Spaces between table columns.
const GAP: usize = 2;

impl Flow<'_> {
    pub(super) fn table(&mut self, rows: &[Vec<Text>]) {
        self.kind = BlockKind::Table;
        let Some(widths) = column_widths(rows, self.room()) else { return self.records(rows) };
        for (index, row) in rows.iter().enumerate() {
            self.row(row, &widths, if index == 0 { SpanRole::Heading } else { SpanRole::Body });
            if index == 0 {
                let rule: Vec<String> = widths.iter().map(|&columns| "─".repeat(columns)).collect();
                self.line(&[span(&rule.join(&" ".repeat(GAP)), SpanRole::Marker, Style::default())]);
            }
        }
    }

    fn row(&mut self, row: &[Text], widths: &[usize], role: SpanRole) {
        let cells: Vec<Vec<Wrapped>> =
            row.iter().zip(widths).map(|(cell, &columns)| wrap_text(cell, columns, role)).collect();
        let height = cells.iter().map(Vec::len).max().unwrap_or(0);
        for at in 0..height {
            let mut spans = Vec::new();
            for (cell, &columns) in cells.iter().zip(widths) {
                let line = cell.get(at).map_or(&[][..], |line| line.spans.as_slice());
                let used: usize = line.iter().map(|span| width(&span.text)).sum();
                spans.extend_from_slice(line);
                spans.push(span(&" ".repeat(columns.saturating_sub(used) + GAP), SpanRole::Body, Style::default()));
            }
            spans.pop();
            self.line(&spans);
        }
    }

    /// Lays out a table that is too wide: one paragraph per cell below its column's heading, and a rule
    /// between rows.
    fn records(&mut self, rows: &[Vec<Text>]) {
        let Some((heads, rows)) = rows.split_first() else { return };
        if rows.is_empty() {
            heads.iter().for_each(|head| self.text(head, SpanRole::Heading));
        }
        for (index, row) in rows.iter().enumerate() {
            if index > 0 {
                let rule = "─".repeat(self.room());
                self.line(&[span(&rule, SpanRole::Marker, Style::default())]);
            }
            for (column, cell) in row.iter().enumerate() {
                self.text(heads.get(column).map_or(&[], Vec::as_slice), SpanRole::Heading);
                self.margin.push(Margin::Free(GAP));
                self.text(cell, SpanRole::Body);
                self.margin.pop();
            }
        }
    }
}

/// The lines of a cell.
fn lines(cell: &Text) -> impl Iterator<Item = &[Run]> {
    cell.split(|run| run.text == "\n")
}

/// The widths of a table's columns: as wide as their cells, but with the widest columns shrunk until all fit;
/// `None` if they cannot fit.
fn column_widths(rows: &[Vec<Text>], room: usize) -> Option<Vec<usize>> {
    let count = rows.iter().map(Vec::len).max().unwrap_or(0);
    let needs = |row: &Vec<Text>, column: usize| {
        let columns = |line: &[Run]| line.iter().map(|run| width(&safe(&run.text))).sum::<usize>();
        row.get(column).map_or(0, |cell| lines(cell).map(columns).max().unwrap_or(0))
    };
    let token = |row: &Vec<Text>, column: usize| {
        let text = |line: &[Run]| line.iter().map(|run| safe(&run.text).into_owned()).collect::<String>();
        row.get(column).map_or(0, |cell| lines(cell).map(|line| longest(&text(line))).max().unwrap_or(0))
    };
    let widest = |of: &dyn Fn(&Vec<Text>, usize) -> usize| -> Vec<usize> {
        (0..count).map(|column| rows.iter().map(|row| of(row, column)).max().unwrap_or(0).max(1)).collect()
    };
    let room = room.checked_sub(GAP * count.saturating_sub(1))?;
    let widths = widest(&needs);
    if widths.iter().sum::<usize>() <= room {
        return Some(widths);
    }
    // The largest bound at which all columns fit: wide columns share what the narrow ones leave, but no
    // column gets narrower than its longest word.
    let tokens = widest(&token);
    let bounded = |bound: usize| widths.iter().zip(&tokens).map(move |(&width, &token)| width.min(bound.max(token)));
    let bound = (NARROWEST..=room).rev().find(|&bound| bounded(bound).sum::<usize>() <= room)?;
    Some(bounded(bound).collect())
}
