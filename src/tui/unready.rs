//! Replaces `ready` in builds without pictures: reports that files exist, but draws nothing.

use std::path::Path;

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

use super::protocol::PictureSupport;
use crate::app::page::figures::{FigureAnswer, FigureId, FigureRequest};
use crate::app::screen::layout::Size;
use crate::io::picture::PictureRefusal;
use crate::ui::pictures::ReadyPictures;

/// No pictures.
pub(crate) struct Ready {}

impl Ready {
    /// The limit is ignored.
    pub fn new(_: usize) -> Self {
        Self {}
    }

    /// Does nothing.
    pub fn clear(&self) {}

    /// Always false.
    pub fn contains(&self, _: &FigureRequest) -> bool {
        false
    }

    /// Only reports that the file exists.
    ///
    /// # Errors
    /// Never.
    pub fn find(
        &self,
        _: &Path,
        _: &FigureRequest,
        _: &[FigureRequest],
        _: Option<PictureSupport>,
    ) -> Result<FigureAnswer, PictureRefusal> {
        Ok(FigureAnswer::File(None))
    }
}

impl ReadyPictures for Ready {
    fn draw(&self, _: &FigureId, _: Size, _: u16, _: Rect, _: &mut Buffer) -> bool {
        false
    }
}
