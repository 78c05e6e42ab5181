//! Decodes pictures. Size and memory have fixed limits, whatever a picture's header claims.

use std::fs::File;
use std::io::BufReader;
use std::path::Path;

use image::metadata::Orientation;
use image::{DynamicImage, ImageDecoder, ImageReader, Limits, Rgba, RgbaImage};

use super::picture::{self, PictureRefusal};

/// Maximum width or height in pixels.
const SIDE: u32 = 8192;
/// Maximum number of pixels.
const AREA: u64 = 40_000_000;
/// Maximum memory for decoding, in bytes.
const BYTES: u64 = 96 << 20;

/// Width and height in pixels, after rotation; reads only the header. `real` comes from [`picture::locate`]; `path`,
/// as written in the log, is for error messages.
///
/// # Errors
/// If the file is not a picture, or is too large.
pub fn size(real: &Path, path: &str) -> Result<(u32, u32), PictureRefusal> {
    let mut decoder = decoder(real, path)?;
    let (width, height) = decoder.dimensions();
    let lies = [Orientation::Rotate90, Orientation::Rotate270, Orientation::Rotate90FlipH, Orientation::Rotate270FlipH];
    // Show the picture even if its orientation tag is damaged.
    let orientation = decoder.orientation().unwrap_or(Orientation::NoTransforms);
    Ok(if lies.contains(&orientation) { (height, width) } else { (width, height) })
}

/// Decodes a picture, or the first frame of an animation. Transparent pixels become white, since figures are made for
/// white paper.
///
/// # Errors
/// If the file is not a picture, is too large, or is damaged.
pub fn pixels(real: &Path, path: &str) -> Result<RgbaImage, PictureRefusal> {
    let damaged = |error: image::ImageError| PictureRefusal::Damaged(path.to_owned(), error.to_string());
    let mut decoder = decoder(real, path)?;
    let orientation = decoder.orientation().unwrap_or(Orientation::NoTransforms);
    let mut picture = DynamicImage::from_decoder(decoder).map_err(damaged)?;
    picture.apply_orientation(orientation);
    let mut pixels = picture.into_rgba8();
    pixels.pixels_mut().for_each(on_white);
    Ok(pixels)
}

fn decoder(real: &Path, path: &str) -> Result<impl ImageDecoder + use<>, PictureRefusal> {
    let unreadable = |error: std::io::Error| PictureRefusal::Unreadable(path.to_owned(), error.to_string());
    let file = picture::open(real).map_err(unreadable)?;
    // The extension may be wrong, so detect the format.
    let mut reader: ImageReader<BufReader<File>> =
        ImageReader::new(BufReader::new(file)).with_guessed_format().map_err(unreadable)?;
    if reader.format().is_none() {
        return Err(PictureRefusal::Format(path.to_owned()));
    }
    // Width and height are checked below, for a better message. The memory limit also covers what the decoder
    // allocates besides pixels.
    let mut limits = Limits::no_limits();
    limits.max_alloc = Some(BYTES);
    reader.limits(limits);
    let decoder = reader.into_decoder().map_err(|error| match error {
        image::ImageError::Unsupported(_) => PictureRefusal::Format(path.to_owned()),
        error => PictureRefusal::Damaged(path.to_owned(), error.to_string()),
    })?;
    let (width, height) = decoder.dimensions();
    let fits =
        width.max(height) <= SIDE && u64::from(width) * u64::from(height) <= AREA && decoder.total_bytes() <= BYTES;
    if fits { Ok(decoder) } else { Err(PictureRefusal::TooLarge(path.to_owned(), width, height)) }
}

fn on_white(Rgba([red, green, blue, alpha]): &mut Rgba<u8>) {
    if *alpha == u8::MAX {
        return;
    }
    for part in [red, green, blue] {
        let shown = u16::from(*part) * u16::from(*alpha) + 255 * u16::from(u8::MAX - *alpha);
        *part = u8::try_from(shown / 255).unwrap_or(u8::MAX);
    }
    *alpha = u8::MAX;
}
