//! Encodes pictures for the terminal and draws them into cells.

use image::imageops::FilterType;
use image::{DynamicImage, RgbaImage};
use ratatui::buffer::Buffer;
use ratatui::layout::{Rect, Size as Cells};
use ratatui::widgets::Widget;
use ratatui_image::picker::{Picker, ProtocolType};
use ratatui_image::protocol::Protocol as Whole;
use ratatui_image::protocol::halfblocks::Halfblocks;
use ratatui_image::sliced::{SignedPosition, SlicedImage, SlicedProtocol};
use ratatui_image::{FontSize, Resize};

use super::protocol::{PictureSupport, Protocol};
use crate::app::screen::layout::Size;

/// The longest side in pixels that xterm draws as sixel (its `maxGraphicSize`).
const SIXEL_SIDE: u32 = 1000;

/// A picture encoded in rows of cells, so that any of them can be drawn.
pub struct Encoded {
    picture: SlicedProtocol,
    /// The approximate size in memory, in bytes.
    pub bytes: usize,
}

impl Encoded {
    /// Scales a picture to fit `cells`, keeping its aspect ratio, and encodes it.
    ///
    /// # Errors
    /// When the encoder fails: a one-line message.
    pub fn new(pixels: RgbaImage, cells: Size, screen: PictureSupport) -> Result<Self, String> {
        let (width, height) = (screen.cell.0.max(1), screen.cell.1.max(1));
        let most = if screen.protocol == Protocol::Sixel { SIXEL_SIDE } else { u32::MAX };
        let room = [(cells.width, width), (cells.height, height)].map(|(cells, size)| {
            let size = u32::from(size);
            (u32::from(cells.max(1)) * size).min(most / size * size).max(1)
        });
        // Scaled here, since ratatui-image never enlarges, and for iTerm2 shrinks by dropping pixels.
        let picture = DynamicImage::from(pixels).resize(room[0], room[1], FilterType::Triangle);
        let taken = Cells {
            width: whole_cells(picture.width(), width).min(cells.width.max(1)),
            height: whole_cells(picture.height(), height).min(cells.height.max(1)),
        };
        let kind = match screen.protocol {
            Protocol::HalfBlocks => {
                let picture = Halfblocks::new(picture, taken).map_err(|error| error.to_string())?;
                let bytes = usize::from(taken.width) * usize::from(taken.height) * 12;
                return Ok(Self { picture: SlicedProtocol::Halfblocks(picture), bytes });
            }
            Protocol::Kitty => ProtocolType::Kitty,
            Protocol::Sixel => ProtocolType::Sixel,
            Protocol::Iterm2 => ProtocolType::Iterm2,
        };
        #[expect(deprecated, reason = "its successors query the terminal, or support only half blocks")]
        let mut picker = Picker::from_fontsize(FontSize::new(width, height));
        picker.set_protocol_type(kind);
        let pixels = picture.width() as usize * picture.height() as usize;
        let picture = SlicedProtocol::new_with_resize(&picker, picture, taken, Resize::Fit(Some(FilterType::Triangle)))
            .map_err(|error| error.to_string())?;
        let bytes = match &picture {
            SlicedProtocol::Sliced(rows) => rows.iter().map(length).sum(),
            // Four bytes per pixel, in base64.
            SlicedProtocol::Kitty(_) => pixels * 16 / 3,
            // One character holds six pixels of one colour; a column has several colours.
            SlicedProtocol::Sixel(_) => pixels,
            SlicedProtocol::Halfblocks(_) => 0,
        };
        Ok(Self { picture, bytes })
    }

    /// Draws the rows of cells from `top` on, as many as fit into an area.
    pub fn draw(&self, top: u16, area: Rect, buffer: &mut Buffer) {
        let y = i16::try_from(top).map_or(i16::MIN, |top| -top);
        SlicedImage::new(&self.picture, SignedPosition { x: 0, y }).render(area, buffer);
    }
}

fn whole_cells(pixels: u32, cell: u16) -> u16 {
    u16::try_from(pixels.div_ceil(u32::from(cell))).unwrap_or(u16::MAX)
}

fn length(row: &Whole) -> usize {
    match row {
        Whole::ITerm2(row) => row.data.len(),
        Whole::Sixel(row) => row.data.len(),
        Whole::Halfblocks(_) | Whole::Kitty(_) => 0,
    }
}
