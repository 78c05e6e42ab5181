//! The source of pictures for the view. The shell provides them; tests have none.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

use crate::app::page::figures::FigureId;
use crate::app::screen::layout::Size;

/// Pictures that are ready to be drawn.
pub trait ReadyPictures {
    /// Draws a picture scaled to `cells` into an area of that width, from the picture's row `top` on. Returns
    /// false, and draws nothing, if the picture is not ready.
    fn draw(&self, figure: &FigureId, cells: Size, top: u16, area: Rect, buffer: &mut Buffer) -> bool;
}

/// No pictures at all.
pub struct NoPictures;

impl ReadyPictures for NoPictures {
    fn draw(&self, _: &FigureId, _: Size, _: u16, _: Rect, _: &mut Buffer) -> bool {
        false
    }
}
