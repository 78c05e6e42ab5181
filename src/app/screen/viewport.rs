//! The visible part of a long list or page.

use std::ops::Range;

/// A scroll position.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Viewport {
    /// The first visible line.
    pub top: usize,
}

impl Viewport {
    /// Scrolls as little as possible to show `wanted`, or its first lines if they do not all fit.
    pub fn show(&mut self, wanted: Range<usize>, height: usize, total: usize) {
        self.top = self.top.max(wanted.end.saturating_sub(height)).min(wanted.start);
        self.clamp(height, total);
    }

    /// Scrolls by lines, downwards if positive.
    pub fn scroll(&mut self, by: isize, height: usize, total: usize) {
        self.top = self.top.saturating_add_signed(by);
        self.clamp(height, total);
    }

    /// Scrolls back so that no empty lines are shown below the end.
    pub fn clamp(&mut self, height: usize, total: usize) {
        self.top = self.top.min(total.saturating_sub(height));
    }

    /// The visible lines.
    pub fn lines(self, height: usize, total: usize) -> Range<usize> {
        self.top.min(total)..(self.top + height).min(total)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn scrolling_shows_the_target_and_no_empty_rows() {
        let mut view = Viewport::default();
        view.show(12..14, 5, 20);
        assert_eq!(view.lines(5, 20), 9..14);
        view.show(2..4, 5, 20);
        assert_eq!(view.top, 2);
        view.show(3..12, 5, 20);
        assert_eq!(view.top, 3);
        view.scroll(100, 5, 20);
        assert_eq!(view.lines(5, 20), 15..20);
        view.clamp(30, 20);
        assert_eq!(view.lines(30, 20), 0..20);
    }
}
