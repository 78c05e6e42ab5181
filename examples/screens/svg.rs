//! Draws screens as SVG: a single one, or several as an animation.

use std::fmt::Write;

use ratatui::buffer::{Buffer, Cell};
use ratatui::layout::Rect;
use ratatui::style::{Color, Modifier};
use unicode_width::UnicodeWidthStr;

/// Size of a cell in pixels: width, height.
pub const CELL: (u16, u16) = (9, 19);
/// The background and text colours of a dark terminal.
const COLOURS: (&str, &str) = ("#1d1f21", "#c5c8c6");
/// Font size in pixels.
const SIZE: u16 = 15;
const WIDE: &str = " letter-spacing=\"3\"";
const FONTS: &str = "DejaVu Sans Mono, Menlo, Consolas, Noto Sans Mono CJK SC, monospace";

/// A picture on the screen.
pub struct Picture {
    /// The PNG file.
    pub png: Vec<u8>,
    /// The full size of the picture in cells: columns, rows.
    pub cells: (u16, u16),
    /// The first visible row of the picture.
    pub top: u16,
    /// The visible area on the screen.
    pub area: Rect,
}

/// A screen of an animation.
pub struct Frame {
    /// The screen.
    pub buffer: Buffer,
    /// The pictures on the screen.
    pub pictures: Vec<Picture>,
    /// The caption.
    pub said: String,
    /// How long the screen is shown, in seconds.
    pub seconds: u16,
}

/// Height of the caption in pixels.
const BELOW: u16 = 40;

/// Draws one screen.
pub fn draw(frame: &Frame) -> String {
    let (width, height) = size(&frame.buffer);
    let mut svg = head(width, height, "");
    screen(&mut svg, frame);
    svg.push_str("</svg>\n");
    svg
}

/// Draws screens as an endless animation. Viewers that cannot animate show the first screen.
pub fn film(frames: &[Frame]) -> String {
    let Some(first) = frames.first() else { return String::new() };
    let (width, height) = size(&first.buffer);
    let all: u16 = frames.iter().map(|frame| frame.seconds).sum();
    let mut style = String::from("<style>g{visibility:hidden}#f0{visibility:visible}");
    let mut at = 0;
    for (index, frame) in frames.iter().enumerate() {
        let percent = |seconds: u16| f32::from(seconds) * 100.0 / f32::from(all);
        let (from, to) = (percent(at), percent(at + frame.seconds));
        let _ = write!(
            style,
            "@keyframes k{index}{{0%{{visibility:{}}}{from:.2}%{{visibility:visible}}{to:.2}%,100%{{visibility:hidden}}}}\
             #f{index}{{animation:k{index} {all}s step-end infinite}}",
            if index == 0 { "visible" } else { "hidden" }
        );
        at += frame.seconds;
    }
    style.push_str("</style>\n");
    let mut svg = head(width, height + BELOW, &style);
    for (index, frame) in frames.iter().enumerate() {
        let _ = writeln!(svg, "<g id=\"f{index}\">");
        screen(&mut svg, frame);
        let _ = writeln!(
            svg,
            "<rect y=\"{height}\" width=\"100%\" height=\"{BELOW}\" fill=\"{}\"/>\
             <text x=\"{}\" y=\"{}\" fill=\"{}\" text-anchor=\"middle\">{}</text>\n</g>",
            COLOURS.1,
            width / 2,
            height + 26,
            COLOURS.0,
            escaped(&frame.said)
        );
    }
    svg.push_str("</svg>\n");
    svg
}

/// Width and height of a screen in pixels.
fn size(buffer: &Buffer) -> (u16, u16) {
    (buffer.area.width * CELL.0, buffer.area.height * CELL.1)
}

fn head(width: u16, height: u16, style: &str) -> String {
    format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {width} {height}\" width=\"{width}\" height=\"{height}\" \
         font-family=\"{FONTS}\" font-size=\"{SIZE}\">\n{style}\
         <rect width=\"100%\" height=\"100%\" fill=\"{}\"/>\n",
        COLOURS.0
    )
}

fn screen(svg: &mut String, frame: &Frame) {
    let (width, height) = size(&frame.buffer);
    let _ = writeln!(svg, "<rect width=\"{width}\" height=\"{height}\" fill=\"{}\"/>", COLOURS.0);
    for y in 0..frame.buffer.area.height {
        row(svg, &frame.buffer, y);
    }
    for picture in &frame.pictures {
        image(svg, picture);
    }
}

/// Escapes text for SVG.
fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;")
}

/// Draws each run of cells with the same style and width as one text element, stretched to its columns, so that
/// columns are aligned in any font.
fn row(svg: &mut String, buffer: &Buffer, y: u16) {
    let mut x = 0;
    while x < buffer.area.width {
        let first = &buffer[(x, y)];
        let columns = columns(first);
        let mut text = String::new();
        let start = x;
        while x < buffer.area.width && is_like(&buffer[(x, y)], first) && self::columns(&buffer[(x, y)]) == columns {
            text.push_str(buffer[(x, y)].symbol());
            x += columns;
        }
        run(svg, first, &text, (start, y), x - start);
    }
}

fn columns(cell: &Cell) -> u16 {
    u16::try_from(cell.symbol().width()).unwrap_or(1).max(1)
}

fn is_like(cell: &Cell, other: &Cell) -> bool {
    (cell.fg, cell.bg, cell.modifier) == (other.fg, other.bg, other.modifier)
}

fn run(svg: &mut String, look: &Cell, text: &str, (x, y): (u16, u16), columns: u16) {
    let (left, top) = (x * CELL.0, y * CELL.1);
    let reversed = look.modifier.contains(Modifier::REVERSED);
    let (ink, paper) = (colour(look.fg), colour(look.bg));
    let (ink, paper) = match reversed {
        true => (paper.or(Some(COLOURS.0.to_owned())), ink.or(Some(COLOURS.1.to_owned()))),
        false => (ink, paper),
    };
    if let Some(paper) = paper {
        let width = columns * CELL.0;
        let _ =
            writeln!(svg, "<rect x=\"{left}\" y=\"{top}\" width=\"{width}\" height=\"{}\" fill=\"{paper}\"/>", CELL.1);
    }
    // Spaces at either end need no text element.
    let shown = text.trim_end_matches(' ');
    let start = shown.len() - shown.trim_start_matches(' ').len();
    let shown = &shown[start..];
    if shown.is_empty() {
        return;
    }
    let left = left + u16::try_from(start).unwrap_or(0) * CELL.0;
    let width = u16::try_from(shown.width()).unwrap_or(0) * CELL.0;
    let mut style = String::new();
    for (modifier, attribute) in [
        (Modifier::BOLD, " font-weight=\"bold\""),
        (Modifier::ITALIC, " font-style=\"italic\""),
        (Modifier::UNDERLINED, " text-decoration=\"underline\""),
        (Modifier::CROSSED_OUT, " text-decoration=\"line-through\""),
        (Modifier::DIM, " opacity=\"0.6\""),
    ] {
        style.push_str(if look.modifier.contains(modifier) { attribute } else { "" });
    }
    // Glyphs of wide characters are narrower than two columns, so add letter spacing.
    style.push_str(if self::columns(look) == 2 { WIDE } else { "" });
    let ink = ink.unwrap_or_else(|| COLOURS.1.to_owned());
    // Browsers collapse spaces, even if told not to.
    let shown = escaped(&shown.replace(' ', "\u{A0}"));
    let _ = writeln!(
        svg,
        "<text x=\"{left}\" y=\"{}\" fill=\"{ink}\" textLength=\"{width}\" lengthAdjust=\"spacingAndGlyphs\"{style}>{shown}</text>",
        top + CELL.1 - 5
    );
}

fn image(svg: &mut String, picture: &Picture) {
    let Picture { png, cells, top, area } = picture;
    let (x, y) = (area.x * CELL.0, area.y * CELL.1);
    let _ = writeln!(
        svg,
        "<svg x=\"{x}\" y=\"{y}\" width=\"{}\" height=\"{}\" overflow=\"hidden\">\
         <image y=\"-{}\" width=\"{}\" height=\"{}\" href=\"data:image/png;base64,{}\"/></svg>",
        area.width * CELL.0,
        area.height * CELL.1,
        top * CELL.1,
        cells.0 * CELL.0,
        cells.1 * CELL.1,
        base64(png)
    );
}

/// Encodes as base64 (RFC 4648).
fn base64(bytes: &[u8]) -> String {
    const LETTERS: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    let mut out = String::new();
    for three in bytes.chunks(3) {
        let byte = |at: usize| u32::from(three.get(at).copied().unwrap_or(0));
        let bits = byte(0) << 16 | byte(1) << 8 | byte(2);
        for (index, shift) in [18, 12, 6, 0].into_iter().enumerate() {
            let letter = LETTERS[(bits >> shift & 63) as usize];
            out.push(if index <= three.len() { char::from(letter) } else { '=' });
        }
    }
    out
}

/// A colour in hexadecimal; `None` for the terminal's default.
fn colour(colour: Color) -> Option<String> {
    let level = |part: u8| if part == 0 { 0 } else { 55 + 40 * u32::from(part) };
    let (red, green, blue) = match colour {
        Color::Rgb(red, green, blue) => (red.into(), green.into(), blue.into()),
        Color::Indexed(index @ 232..) => {
            let grey = 8 + 10 * u32::from(index - 232);
            (grey, grey, grey)
        }
        Color::Indexed(index @ 16..) => {
            let index = index - 16;
            (level(index / 36), level(index / 6 % 6), level(index % 6))
        }
        _ => return None,
    };
    Some(format!("#{red:02x}{green:02x}{blue:02x}"))
}
