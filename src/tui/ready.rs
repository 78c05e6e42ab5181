//! Encoded pictures: made by a worker, drawn by the event loop.

use std::path::Path;
use std::sync::{Mutex, MutexGuard, PoisonError};

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

use super::cache::Cache;
use super::encode::Encoded;
use super::protocol::PictureSupport;
use crate::app::page::figures::{FigureAnswer, FigureId, FigureRequest};
use crate::app::screen::layout::Size;
use crate::io::decode;
use crate::io::picture::PictureRefusal;
use crate::ui::pictures::ReadyPictures;

/// A cache of encoded pictures.
pub struct Ready {
    pictures: Mutex<Cache<FigureRequest, Encoded>>,
}

impl Ready {
    /// An empty cache with a limit in bytes.
    pub fn new(bound: usize) -> Self {
        Self { pictures: Mutex::new(Cache::new(bound)) }
    }

    /// Drops all pictures.
    pub fn clear(&self) {
        self.lock().clear();
    }

    /// Whether a picture is cached.
    pub fn contains(&self, wanted: &FigureRequest) -> bool {
        self.lock().contains(wanted)
    }

    /// Reads a picture's size and, if cells are given, encodes the picture; without a `screen`, does neither. `needed`
    /// lists the pictures to keep in the cache, most urgent first.
    ///
    /// # Errors
    /// When the file is not a picture that can be shown.
    pub fn find(
        &self,
        real: &Path,
        wanted: &FigureRequest,
        needed: &[FigureRequest],
        screen: Option<PictureSupport>,
    ) -> Result<FigureAnswer, PictureRefusal> {
        let path = &wanted.figure.path;
        let Some(screen) = screen else { return Ok(FigureAnswer::File(None)) };
        let size = decode::size(real, path)?;
        if let Some(cells) = wanted.cells {
            let pixels = decode::pixels(real, path)?;
            let encoded =
                Encoded::new(pixels, cells, screen).map_err(|error| PictureRefusal::Damaged(path.clone(), error))?;
            let bytes = encoded.bytes;
            self.lock().insert(wanted.clone(), encoded, bytes, needed.iter());
        }
        Ok(FigureAnswer::File(Some(size)))
    }

    fn lock(&self) -> MutexGuard<'_, Cache<FigureRequest, Encoded>> {
        // A panic elsewhere does not corrupt the cache.
        self.pictures.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl ReadyPictures for Ready {
    fn draw(&self, figure: &FigureId, cells: Size, top: u16, area: Rect, buffer: &mut Buffer) -> bool {
        let wanted = FigureRequest { figure: figure.clone(), cells: Some(cells) };
        let mut pictures = self.lock();
        let picture = pictures.get(&wanted);
        if let Some(picture) = picture {
            picture.draw(top, area, buffer);
        }
        picture.is_some()
    }
}
