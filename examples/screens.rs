//! Draws screens of the program on its built-in sample as SVG files for the README:
//! `cargo run --example screens`.

use std::fmt::Write;

use papers_tui::app::keymap::{Code, Key};
use papers_tui::app::layout::Size;
use papers_tui::app::{App, Message};
use papers_tui::io::sample;
use papers_tui::log::links::Links;
use papers_tui::log::{Source, parse};
use papers_tui::ui;
use papers_tui::ui::pictures::NoPictures;
use papers_tui::ui::theme::{Depth, Shade, Themes};
use ratatui::buffer::{Buffer, Cell};
use ratatui::layout::Rect;
use ratatui::style::{Color, Modifier};
use unicode_width::UnicodeWidthStr;

/// Where the files go.
const FOLDER: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/assets/screens");

/// Pixels of a cell.
const CELL: (usize, usize) = (9, 19);
/// Of the paper and of the ink: a dark terminal's.
const COLOURS: (&str, &str) = ("#1d1f21", "#c5c8c6");

/// What is pictured: a name, the size of the screen, and the keys.
const SCREENS: [(&str, Size, &str); 3] = [
    ("reading", Size { width: 120, height: 32 }, "sflash\n"),
    ("finding", Size { width: 120, height: 32 }, "sattn"),
    ("pending", Size { width: 120, height: 32 }, "3jjx"),
];

fn main() -> std::io::Result<()> {
    std::fs::create_dir_all(FOLDER)?;
    for (name, size, keys) in SCREENS {
        std::fs::write(format!("{FOLDER}/{name}.svg"), svg(&screen(size, keys)))?;
    }
    Ok(())
}

/// The screen after some keys.
fn screen(Size { width, height }: Size, keys: &str) -> Buffer {
    let read = || parse::parse([Source { name: sample::NAME.into(), text: sample::TEXT.into() }]);
    let mut app = App::new(read(), Size { width, height }, None);
    app.update(Message::Linked(Box::new(Links::find(&read()))));
    for c in keys.chars() {
        let code = if c == '\n' { Code::Enter } else { Code::Char(c) };
        app.update(Message::Key(Key::plain(code)));
    }
    let mut buffer = Buffer::empty(Rect::new(0, 0, width, height));
    let themes = Themes { depth: Depth::Indexed, shade: Some(Shade::Dark), wants_colours: true, own: Vec::new() };
    ui::view(&app, &themes.theme(app.theme()), &NoPictures, &mut buffer);
    buffer
}

fn svg(buffer: &Buffer) -> String {
    let (columns, rows) = (usize::from(buffer.area.width), usize::from(buffer.area.height));
    let (width, height) = (columns * CELL.0, rows * CELL.1);
    let mut svg = format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {width} {height}\" width=\"{width}\" height=\"{height}\" \
         font-family=\"DejaVu Sans Mono, Menlo, Consolas, Noto Sans Mono CJK SC, monospace\" font-size=\"15\">\n\
         <rect width=\"100%\" height=\"100%\" fill=\"{}\"/>\n",
        COLOURS.0
    );
    for (index, cell) in buffer.content.iter().enumerate() {
        draw(&mut svg, cell, index % columns, index / columns);
    }
    svg.push_str("</svg>\n");
    svg
}

/// Every cell by itself, so that it stands where it belongs in any font.
fn draw(svg: &mut String, cell: &Cell, column: usize, row: usize) {
    let (x, y) = (column * CELL.0, row * CELL.1);
    let cells = cell.symbol().width().max(1);
    if let Some(colour) = colour(cell.bg) {
        let _ = writeln!(
            svg,
            "<rect x=\"{x}\" y=\"{y}\" width=\"{}\" height=\"{}\" fill=\"{colour}\"/>",
            CELL.0 * cells,
            CELL.1
        );
    }
    let symbol = cell.symbol();
    if symbol.trim().is_empty() {
        return;
    }
    let fill = colour(cell.fg).unwrap_or_else(|| COLOURS.1.to_owned());
    let mut style = String::new();
    if cell.modifier.contains(Modifier::BOLD) {
        style.push_str(" font-weight=\"bold\"");
    }
    if cell.modifier.contains(Modifier::ITALIC) {
        style.push_str(" font-style=\"italic\"");
    }
    let line = match (cell.modifier.contains(Modifier::UNDERLINED), cell.modifier.contains(Modifier::CROSSED_OUT)) {
        (true, _) => " text-decoration=\"underline\"",
        (_, true) => " text-decoration=\"line-through\"",
        _ => "",
    };
    let text = symbol.replace('&', "&amp;").replace('<', "&lt;");
    let _ = writeln!(
        svg,
        "<text x=\"{x}\" y=\"{}\" fill=\"{fill}\" textLength=\"{}\" lengthAdjust=\"spacingAndGlyphs\"{style}{line}>{text}</text>",
        y + CELL.1 - 5,
        CELL.0 * cells,
    );
}

/// The hexadecimal name of a colour; none for the terminal's own.
fn colour(colour: Color) -> Option<String> {
    let Color::Indexed(index) = colour else { return None };
    let level = |part: u8| if part == 0 { 0 } else { 55 + 40 * u32::from(part) };
    let (red, green, blue) = match index {
        232.. => {
            let grey = 8 + 10 * u32::from(index - 232);
            (grey, grey, grey)
        }
        16.. => {
            let index = index - 16;
            (level(index / 36), level(index / 6 % 6), level(index % 6))
        }
        _ => return None,
    };
    Some(format!("#{red:02x}{green:02x}{blue:02x}"))
}
