//! What is known of the figures, and how much room each gets on a page.

use super::layout::Size;

/// What a page shows of a figure.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Shape {
    /// Its label alone.
    Label,
    /// Its label, which says in one line why there is no picture.
    Refused(String),
    /// Its label, and below it the picture.
    Picture(Extent),
}

/// How large a picture would be, and how large it may get.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Extent {
    /// Width and height that are wanted, in pixels.
    pub pixels: (u32, u32),
    /// Width and height of a cell, in pixels.
    pub cell: (u16, u16),
    /// The most rows that it may take.
    pub rows: u16,
}

impl Extent {
    /// The cells that the picture takes in a room of so many columns: never more than it
    /// wants, in its own proportions, at least one.
    pub fn cells(self, columns: usize) -> Size {
        let [width, height] = [self.pixels.0, self.pixels.1].map(|pixels| f64::from(pixels.max(1)));
        let [cell_width, cell_height] = [self.cell.0, self.cell.1].map(|pixels| f64::from(pixels.max(1)));
        let most = (u16::try_from(columns).unwrap_or(u16::MAX).max(1), self.rows.max(1));
        let scale = (f64::from(most.0) * cell_width / width).min(f64::from(most.1) * cell_height / height).min(1.0);
        // A hair less, so that rounding never adds a cell to what fits exactly.
        let cells = |pixels: f64, cell: f64, most: u16| {
            let cells = (pixels * scale / cell - 1e-6).ceil().max(1.0);
            if cells < f64::from(most) { cells as u16 } else { most }
        };
        Size { width: cells(width, cell_width, most.0), height: cells(height, cell_height, most.1) }
    }
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
    fn pictures_fit_in_their_own_proportions() {
        check((500, 200), 80, (50, 10));
        check((501, 201), 80, (51, 11));
        check((500, 200), 25, (25, 5));
        check((400, 800), 80, (12, 12));
        check((0, 0), 0, (1, 1));
        check((u32::MAX, 1), usize::MAX, (65535, 1));
    }
}
