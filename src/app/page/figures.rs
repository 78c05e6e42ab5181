//! Sizes and errors of figures, and the room each gets on a page.
//!
//! The shell holds the pixels. It is told which figures are wanted at which size, and answers each with a
//! [`FigureAnswer`].

use std::collections::BTreeMap;

use crate::app::keys::action::Action;
use crate::app::keys::context::Context;
use crate::app::keys::keymap::Keymap;
use crate::app::screen::layout::Size;
use crate::log::Figure;
use crate::say;
use crate::words::{Language, Sentence};

/// Identifies a figure by its path and the log file that refers to it.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct FigureId {
    /// Index into [`crate::log::Log::files`].
    pub file: usize,
    /// The path as written in the file.
    pub path: String,
}

/// A request for a figure that is visible or may soon be.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct FigureRequest {
    /// The figure.
    pub figure: FigureId,
    /// The cells that its picture must fit in; `None` to ask for its size only.
    pub cells: Option<Size>,
}

/// The shell's answer for a figure.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum FigureAnswer {
    /// The file exists; the picture's (width, height) in pixels if pictures are shown.
    File(Option<(u32, u32)>),
    /// It cannot be shown; the reason names the path.
    Refused(Sentence),
}

/// What the shell has reported about figures.
#[derive(Debug, Default)]
pub struct Figures {
    /// Width and height of a cell in pixels, or `None` when no pictures are shown.
    cell: Option<(u16, u16)>,
    found: BTreeMap<FigureId, FigureAnswer>,
    /// The last request sent to the shell.
    wanted: Vec<FigureRequest>,
    /// Bumped whenever a page may look different.
    revision: u64,
}

/// The (width, height) in pixels assumed for a picture whose size is neither declared nor known yet.
const UNKNOWN: (u32, u32) = (400, 240);

/// The largest zoom of a picture shown full screen.
const ENLARGED: u32 = 2;

impl Figures {
    /// Sets the size of a cell in pixels; `None` turns pictures off.
    pub(crate) fn set_cell(&mut self, cell: Option<(u16, u16)>) {
        let cell = cell.filter(|(width, height)| *width > 0 && *height > 0);
        if self.cell != cell {
            self.cell = cell;
            self.wanted.clear();
            self.revision += 1;
        }
    }

    /// Stores the shell's answer.
    pub(crate) fn insert(&mut self, figure: FigureId, found: FigureAnswer) {
        if self.found.get(&figure) != Some(&found) {
            self.found.insert(figure, found);
            self.revision += 1;
        }
    }

    /// After files changed: forgets all answers except sizes, which are kept so that pages do not jump.
    pub(crate) fn doubt(&mut self) {
        self.found.retain(|_, found| matches!(found, FigureAnswer::File(Some(_))));
        self.wanted.clear();
        self.revision += 1;
    }

    /// Forgets everything, since file indices have changed.
    pub(crate) fn forget(&mut self) {
        self.found.clear();
        self.doubt();
    }

    /// The shell's answer for a figure, if there was one.
    pub(crate) fn found(&self, figure: &FigureId) -> Option<&FigureAnswer> {
        self.found.get(figure)
    }

    /// Changes whenever a page may need a new layout.
    pub(crate) fn revision(&self) -> u64 {
        self.revision
    }

    /// How a page shows its figures, with pictures at most `rows` high.
    pub(crate) fn shapes(&self, file: usize, figures: &[Figure], rows: u16, language: Language) -> Vec<FigureShape> {
        figures.iter().map(|figure| self.shape(file, figure, rows, language)).collect()
    }

    fn shape(&self, file: usize, figure: &Figure, rows: u16, language: Language) -> FigureShape {
        let id = FigureId { file, path: figure.path.clone() };
        let known = match self.found.get(&id) {
            Some(FigureAnswer::Refused(reason)) => return FigureShape::Refused(reason.get(language).clone()),
            Some(FigureAnswer::File(pixels)) => *pixels,
            None => None,
        };
        let Some(cell) = self.cell else { return FigureShape::Label };
        FigureShape::Picture(Extent { pixels: declared((figure.width, figure.height), known), cell, rows })
    }

    /// The size in cells of a picture shown full screen, or why it cannot be shown.
    pub(crate) fn full_size(&self, figure: &FigureId, room: Size, keymap: &Keymap) -> Result<Size, Sentence> {
        let pixels = match (self.found.get(figure), self.cell) {
            (Some(FigureAnswer::Refused(reason)), _) => return Err(reason.clone()),
            (_, None) => {
                let (path, outside) = (&figure.path, keymap.call(Action::OpenOutside, Context::Figure));
                return Err(Sentence::of(|language| {
                    say!(
                        language,
                        "{path}: pictures are off; press {outside} to open it",
                        "{path}：图片显示已关闭；按 {outside} 用其他程序打开"
                    )
                }));
            }
            (Some(FigureAnswer::File(pixels)), _) => *pixels,
            (None, _) => None,
        };
        let (width, height) = pixels.unwrap_or((u32::MAX, u32::MAX));
        let pixels = (width.saturating_mul(ENLARGED), height.saturating_mul(ENLARGED));
        let extent = Extent { pixels, cell: self.cell.unwrap_or((1, 1)), rows: room.height };
        Ok(if width == u32::MAX { room } else { extent.cells(usize::from(room.width)) })
    }

    /// Returns the request, or `None` if it equals the last one sent.
    pub(crate) fn want(&mut self, wanted: Vec<FigureRequest>) -> Option<Vec<FigureRequest>> {
        if self.wanted == wanted {
            return None;
        }
        self.wanted.clone_from(&wanted);
        Some(wanted)
    }
}

/// The (width, height) declared in the log. If one is missing, it follows from the picture's proportions; if
/// both are, the picture's own size is used.
fn declared(declared: (Option<u32>, Option<u32>), known: Option<(u32, u32)>) -> (u32, u32) {
    let (width, height) = known.unwrap_or(UNKNOWN);
    let scaled = |length: u32, from: u32, to: u32| {
        let scaled = u64::from(length) * u64::from(to) / u64::from(from.max(1));
        u32::try_from(scaled).unwrap_or(u32::MAX)
    };
    match declared {
        (Some(width), Some(height)) => (width, height),
        (Some(wanted), None) => (wanted, scaled(height, width, wanted)),
        (None, Some(wanted)) => (scaled(width, height, wanted), wanted),
        (None, None) => (width, height),
    }
}

/// How a page shows a figure.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum FigureShape {
    /// Its label only.
    Label,
    /// Its label with the reason why there is no picture, on one line.
    Refused(String),
    /// Its label, with the picture below.
    Picture(Extent),
}

/// The wanted size of a picture and its limits.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Extent {
    /// The wanted width and height in pixels.
    pub pixels: (u32, u32),
    /// Width and height of a cell, in pixels.
    pub cell: (u16, u16),
    /// The most rows it may take.
    pub rows: u16,
}

impl Extent {
    /// The picture's size in cells: scaled down in proportion to fit in `columns`, but never up, and at least
    /// one cell.
    pub(crate) fn cells(self, columns: usize) -> Size {
        let [width, height] = [self.pixels.0, self.pixels.1].map(|pixels| f64::from(pixels.max(1)));
        let [cell_width, cell_height] = [self.cell.0, self.cell.1].map(|pixels| f64::from(pixels.max(1)));
        let most = (u16::try_from(columns).unwrap_or(u16::MAX).max(1), self.rows.max(1));
        let scale = (f64::from(most.0) * cell_width / width).min(f64::from(most.1) * cell_height / height).min(1.0);
        // Slightly less, so that rounding never adds a cell to an exact fit.
        let cells = |pixels: f64, cell: f64, most: u16| {
            let cells = (pixels * scale / cell - 1e-6).ceil().max(1.0);
            if cells < f64::from(most) { cells as u16 } else { most }
        };
        Size { width: cells(width, cell_width, most.0), height: cells(height, cell_height, most.1) }
    }
}

/// `▪ Figure 1 · caption · path`, with the declared size if no picture is shown. A refusal's reason already
/// names the path.
pub(crate) fn label(index: usize, figure: &Figure, shape: &FigureShape, language: Language) -> String {
    let caption = figure.caption.as_deref().unwrap_or_default().trim_end_matches([':', '：']);
    let size = match (figure.width, figure.height) {
        (Some(width), Some(height)) => format!("{width}×{height}"),
        (Some(width), None) => say!(language, "{width} wide", "宽 {width}"),
        (None, Some(height)) => say!(language, "{height} high", "高 {height}"),
        (None, None) => String::new(),
    };
    let number = say!(language, "▪ Figure {}", "▪ 图 {}", index + 1);
    let parts = match shape {
        FigureShape::Label => vec![number, caption.to_owned(), figure.path.clone(), size],
        FigureShape::Picture(_) => vec![number, caption.to_owned(), figure.path.clone()],
        FigureShape::Refused(reason) => vec![number, reason.clone(), caption.to_owned()],
    };
    parts.into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(" · ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(pixels: (u32, u32), columns: usize, wanted: (u16, u16)) {
        let size = Extent { pixels, cell: (10, 20), rows: 12 }.cells(columns);
        assert_eq!((size.width, size.height), wanted);
    }

    #[test]
    fn missing_sizes_follow_from_the_picture() {
        assert_eq!(declared((Some(300), Some(10)), Some((600, 400))), (300, 10));
        assert_eq!(declared((Some(300), None), Some((600, 400))), (300, 200));
        assert_eq!(declared((None, Some(100)), Some((600, 400))), (150, 100));
        assert_eq!(declared((None, None), None), UNKNOWN);
        assert_eq!(declared((Some(7), None), Some((0, u32::MAX))), (7, u32::MAX));
    }

    #[test]
    fn only_new_figures_are_requested() {
        let mut figures = Figures::default();
        let figure = FigureId { file: 0, path: "a.png".into() };
        let wanted = vec![FigureRequest { figure: figure.clone(), cells: None }];
        assert_eq!(figures.want(wanted.clone()), Some(wanted.clone()));
        assert_eq!(figures.want(wanted.clone()), None);
        figures.insert(figure.clone(), FigureAnswer::Refused(Sentence::of(|_| "gone".into())));
        figures.doubt();
        assert_eq!(figures.found(&figure), None, "after another reading of the files it may be there");
        assert_eq!(figures.want(wanted.clone()), Some(wanted));
    }

    #[test]
    fn pictures_keep_their_aspect_ratio() {
        check((500, 200), 80, (50, 10));
        check((501, 201), 80, (51, 11));
        check((500, 200), 25, (25, 5));
        check((400, 800), 80, (12, 12));
        check((0, 0), 0, (1, 1));
        check((u32::MAX, 1), usize::MAX, (65535, 1));
    }
}
