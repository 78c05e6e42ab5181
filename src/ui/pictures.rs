//! Where the pixels of figures come from. The shell has them; a screen without a shell, as
//! in a test, has none.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

use crate::app::page::figures::FigureId;
use crate::app::screen::layout::Size;

/// Pictures that are ready to be drawn.
pub trait Pictures {
    /// Draws the picture that was made for so many cells into an area of their width, its
    /// row `top` first. `false` when there is no such picture yet: nothing was drawn.
    fn draw(&self, figure: &FigureId, cells: Size, top: u16, area: Rect, buffer: &mut Buffer) -> bool;
}

/// No pictures at all.
pub struct NoPictures;

impl Pictures for NoPictures {
    fn draw(&self, _: &FigureId, _: Size, _: u16, _: Rect, _: &mut Buffer) -> bool {
        false
    }
}
