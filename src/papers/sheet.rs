//! The layout of a page: text pieces with positions, assembled into lines.

use std::cmp::Ordering;

/// Maximum difference between baselines in one line, in units of the larger font size.
const SAME_LINE: f32 = 0.12;
/// Text is a footnote mark if its font is smaller than `SMALL` times a neighbouring line's, and their baselines are
/// less than `RAISED` times the neighbour's font size apart.
const SMALL: f32 = 0.8;
const RAISED: f32 = 0.7;
/// Minimum gap between words (`WORD_GAP`) and between columns (`COLUMN_GAP`), in units of the font size.
const WORD_GAP: f32 = 0.15;
const COLUMN_GAP: f32 = 0.9;

/// The char that stands in a line for a gap between columns or a removed footnote mark.
pub const PART: char = '\u{1F}';

/// A piece of text in one font.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct FontRun {
    /// The text of the piece.
    pub text: String,
    /// Left edge, in points from the left of the page.
    pub x: f32,
    /// Right edge, in points from the left of the page.
    pub end: f32,
    /// Baseline, in points from the bottom of the page.
    pub y: f32,
    /// Font size in points.
    pub size: f32,
    /// Whether the text is rotated.
    pub turned: bool,
}

/// The layout of a page.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct PdfLayout {
    /// Height in points.
    pub height: f32,
    /// The pieces of text, unordered.
    pub pieces: Vec<FontRun>,
}

/// A line of a page.
#[derive(Debug, Clone, PartialEq)]
pub struct PdfLine {
    /// The text, with [`PART`] in place of column gaps and footnote marks.
    pub text: String,
    /// The largest font size such that at least two letters or digits are that large or larger, in points.
    pub size: f32,
    /// The largest font size, in points.
    pub peak: f32,
    /// Baseline, in points from the bottom of the page.
    pub y: f32,
}

impl PdfLine {
    /// The text without [`PART`].
    pub fn words(&self) -> String {
        self.text.replace(PART, " ").split_whitespace().collect::<Vec<_>>().join(" ")
    }
}

impl PdfLayout {
    /// The lines of upright text, top to bottom.
    pub fn lines(&self) -> Vec<PdfLine> {
        let mut rows = rows(self.pieces.iter().filter(|piece| !piece.turned && !piece.text.trim().is_empty()));
        let marks = take_marks(&mut rows);
        rows.into_iter().map(|row| line(row, &marks)).collect()
    }

    /// The rotated text, bottom to top: the arXiv stamp.
    pub fn turned(&self) -> String {
        let mut pieces: Vec<&FontRun> = self.pieces.iter().filter(|piece| piece.turned).collect();
        pieces.sort_by(|one, other| one.y.total_cmp(&other.y));
        pieces.iter().map(|piece| piece.text.as_str()).collect()
    }
}

/// Groups pieces into lines, top to bottom.
fn rows<'a>(pieces: impl Iterator<Item = &'a FontRun>) -> Vec<Vec<&'a FontRun>> {
    let mut pieces: Vec<&FontRun> = pieces.collect();
    pieces.sort_by(|one, other| other.y.total_cmp(&one.y));
    let mut rows: Vec<Vec<&FontRun>> = Vec::new();
    for piece in pieces {
        let goes_on = rows.last().and_then(|row| row.first()).is_some_and(|first| {
            let size = first.size.max(piece.size);
            first.y - piece.y <= SAME_LINE * size
        });
        match rows.last_mut() {
            Some(row) if goes_on => row.push(piece),
            _ => rows.push(vec![piece]),
        }
    }
    rows
}

fn peak(row: &[&FontRun]) -> f32 {
    row.iter().map(|piece| piece.size).fold(0.0, f32::max)
}

/// Removes and returns the rows that are footnote marks of a neighbouring row.
fn take_marks<'a>(rows: &mut Vec<Vec<&'a FontRun>>) -> Vec<&'a FontRun> {
    let is_mark: Vec<bool> = (0..rows.len())
        .map(|index| {
            let (row, y) = (&rows[index], rows[index][0].y);
            let beside = [index.checked_sub(1), Some(index + 1)].into_iter().flatten().filter_map(|at| rows.get(at));
            beside.into_iter().any(|other| {
                let size = peak(other);
                peak(row) < SMALL * size && (other[0].y - y).abs() < RAISED * size
            })
        })
        .collect();
    let mut marks = Vec::new();
    let mut is_marks = is_mark.iter();
    rows.retain(|row| {
        let is_mark = is_marks.next() == Some(&true);
        if is_mark {
            marks.extend(row.iter().copied());
        }
        !is_mark
    });
    marks
}

fn line(mut row: Vec<&FontRun>, marks: &[&FontRun]) -> PdfLine {
    row.sort_by(|one, other| one.x.partial_cmp(&other.x).unwrap_or(Ordering::Equal));
    let (size, y) = (peak(&row), row[0].y);
    let is_near = |mark: &&&FontRun| (mark.y - y).abs() < RAISED * size;
    let near: Vec<&&FontRun> = marks.iter().filter(is_near).collect();
    let mut text = String::new();
    let mut before: Option<&FontRun> = None;
    for piece in &row {
        let gap = before.map_or(0.0, |before| piece.x - before.end);
        let is_marked = before.is_some_and(|before| {
            near.iter().any(|mark| mark.x >= before.end - WORD_GAP * size && mark.x <= piece.x + WORD_GAP * size)
        });
        if is_marked || gap > COLUMN_GAP * size {
            text.push(PART);
        } else if gap > WORD_GAP * size {
            text.push(' ');
        }
        text.push_str(&piece.text);
        before = Some(piece);
    }
    PdfLine { size: common(&row), peak: size, y, text }
}

/// The largest font size such that at least two letters or digits of a row are that large or larger.
fn common(row: &[&FontRun]) -> f32 {
    let letters = |piece: &&&FontRun| piece.text.chars().filter(|c| c.is_alphanumeric()).count();
    let mut sizes: Vec<(f32, usize)> = row.iter().map(|piece| (piece.size, letters(&piece))).collect();
    sizes.sort_by(|one, other| other.0.total_cmp(&one.0));
    let mut count = 0;
    let largest = sizes.iter().find(|(_, letters)| {
        count += letters;
        count >= 2
    });
    largest.map_or(0.0, |(size, _)| *size)
}

#[cfg(test)]
pub(super) mod tests {
    use super::*;

    /// A page made of lines: text, font size and baseline.
    pub fn sheet(lines: &[(&str, f32, f32)]) -> PdfLayout {
        let piece = |&(text, size, y): &(&str, f32, f32)| {
            let mut x = 50.0;
            let words = text.split(' ').map(move |word| {
                let end = x + 0.5 * size * word.chars().count() as f32;
                let piece = FontRun { text: word.to_owned(), x, end, y, size, turned: false };
                x = end + 0.25 * size;
                piece
            });
            words.collect::<Vec<_>>()
        };
        PdfLayout { height: 800.0, pieces: lines.iter().flat_map(piece).collect() }
    }

    #[test]
    fn pieces_become_lines_without_footnote_marks() {
        let mut page = sheet(&[("On Emus and Gnus", 18.0, 700.0), ("Ada Emu", 10.0, 650.0)]);
        let end = page.pieces.last().expect("a piece").end;
        let piece = |text: &str, x: f32, y: f32, size: f32| FontRun {
            text: text.to_owned(),
            x,
            end: x + 5.0,
            y,
            size,
            turned: false,
        };
        page.pieces.push(piece("†", end + 0.5, 654.0, 6.0));
        page.pieces.push(piece("Gnu", end + 7.0, 650.0, 10.0));
        page.pieces.push(piece("far", end + 60.0, 650.0, 10.0));
        let lines: Vec<String> = page.lines().iter().map(|line| line.text.clone()).collect();
        assert_eq!(lines, ["On Emus and Gnus".to_owned(), format!("Ada Emu{PART}Gnu{PART}far")]);
    }

    #[test]
    fn a_drop_cap_does_not_make_a_line_large() {
        let mut page = sheet(&[("mall words of a text", 10.0, 300.0)]);
        page.pieces.push(FontRun { text: "S".into(), x: 30.0, end: 49.0, y: 300.0, size: 40.0, turned: false });
        assert_eq!(page.lines()[0].size, 10.0);
    }
}
