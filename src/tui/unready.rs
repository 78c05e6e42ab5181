//! What stands for pictures in a program that is built without them: files are looked up,
//! nothing is drawn.

use std::path::Path;

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

use super::protocol::Screen;
use crate::app::page::figures::{FigureId, Found, Wanted};
use crate::app::screen::layout::Size;
use crate::io::picture::Refusal;
use crate::ui::pictures::Pictures;

/// No pictures.
pub struct Ready {}

impl Ready {
    /// There is nothing to bound.
    pub fn new(_: usize) -> Self {
        Self {}
    }

    /// There is nothing to forget.
    pub fn clear(&self) {}

    /// No picture is ever there.
    pub fn contains(&self, _: &Wanted) -> bool {
        false
    }

    /// A file that was found is all that can be said.
    ///
    /// # Errors
    /// Never.
    pub fn find(&self, _: &Path, _: &Wanted, _: &[Wanted], _: Option<Screen>) -> Result<Found, Refusal> {
        Ok(Found::File(None))
    }
}

impl Pictures for Ready {
    fn draw(&self, _: &FigureId, _: Size, _: u16, _: Rect, _: &mut Buffer) -> bool {
        false
    }
}
