//! Every screen is readable: in every theme, at every size and in both languages, text has enough contrast; and rows
//! are as wide as the screen.

use papers_tui::ui;
use papers_tui::ui::pictures::NoPictures;
use papers_tui::ui::theme::{Depth, Shade, Theme, Themes};
use papers_tui::words::Language;
use ratatui::buffer::{Buffer, Cell};
use ratatui::layout::Rect;
use ratatui::style::{Color, Modifier};

use super::drive::Drive;
use super::translations::{LANGUAGES, LOG, PLACES, open};

/// Columns and rows.
const SIZES: [(u16, u16); 5] = [(140, 42), (100, 24), (80, 24), (44, 18), (30, 8)];

/// Common terminal backgrounds, for themes that do not set one.
fn grounds(theme: &str) -> &'static [[u8; 3]] {
    match theme {
        "dark" => &[[0; 3], [0x1e; 3], [0x2e, 0x34, 0x40]],
        "light" => &[[0xff; 3], [0xfd, 0xf6, 0xe3], [0xee; 3]],
        // Any background is possible until the terminal has answered.
        "neutral" => &[[0; 3], [0xff; 3], [0x1e; 3], [0x28; 3], [0xee; 3], [0xfd, 0xf6, 0xe3]],
        _ => &[[0; 3], [0xff; 3]],
    }
}

/// The channels of a colour; `None` if the terminal chooses it.
fn channels(colour: Color) -> Option<[u8; 3]> {
    match colour {
        Color::Rgb(red, green, blue) => Some([red, green, blue]),
        Color::Indexed(grey @ 232..) => Some([8 + 10 * (grey - 232); 3]),
        Color::Indexed(cube @ 16..) => {
            let level = |step: u8| if step == 0 { 0 } else { 55 + 40 * step };
            Some([(cube - 16) / 36, (cube - 16) / 6 % 6, (cube - 16) % 6].map(level))
        }
        _ => None,
    }
}

/// Relative luminance (WCAG 2.1).
fn luminance(colour: [u8; 3]) -> f64 {
    let [red, green, blue] = colour.map(|part| {
        let part = f64::from(part) / 255.0;
        if part <= 0.04045 { part / 12.92 } else { ((part + 0.055) / 1.055).powf(2.4) }
    });
    0.2126 * red + 0.7152 * green + 0.0722 * blue
}

fn contrast(one: [u8; 3], other: [u8; 3]) -> f64 {
    let (one, other) = (luminance(one), luminance(other));
    (one.max(other) + 0.05) / (one.min(other) + 0.05)
}

/// The contrast that a cell needs: text needs more than bars, lines and scrollbars. No colour has enough contrast with
/// every grey, so the neutral theme makes coloured text bold, which needs less.
fn needed(cell: &Cell, theme: &str, ground: [u8; 3]) -> f64 {
    let is_drawing = |c: char| ('\u{2500}'..='\u{259F}').contains(&c);
    let is_grey = theme == "neutral" && ![[0; 3], [0xff; 3]].contains(&ground) && cell.bg == Color::Reset;
    let is_marked = is_grey && cell.modifier.contains(Modifier::BOLD);
    if is_marked || cell.symbol().chars().all(is_drawing) { 3.0 } else { 4.5 }
}

/// The first unreadable cell of a screen.
fn unreadable(buffer: &Buffer, theme: &str) -> Option<String> {
    buffer.content.iter().filter(|cell| !cell.symbol().trim().is_empty()).find_map(|cell| {
        let (text, behind) = match cell.modifier.contains(Modifier::REVERSED) {
            true => (cell.bg, cell.fg),
            false => (cell.fg, cell.bg),
        };
        let text = channels(text)?;
        let behind = channels(behind).map_or_else(|| grounds(theme).to_vec(), |behind| vec![behind]);
        let found = behind.into_iter().map(|ground| (contrast(text, ground), ground));
        let (found, ground) = found.into_iter().find(|&(found, ground)| found < needed(cell, theme, ground))?;
        Some(format!("{:?} has {found:.2}:1 on {ground:?} in {theme}", cell.symbol()))
    })
}

fn check(drive: &Drive, themes: &Themes, keys: &str) {
    let size = drive.app.size;
    let mut first: Option<Vec<String>> = None;
    for name in themes.names() {
        let theme = themes.theme(&name);
        let mut buffer = Buffer::empty(Rect::new(0, 0, size.width, size.height));
        ui::view(&drive.app, &theme, &NoPictures, &mut buffer);
        let name = if name == "auto" { "neutral" } else { &name };
        // Themes must not change the text, so other tests need only one of them.
        let text: Vec<String> = buffer.content.iter().map(|cell| cell.symbol().to_owned()).collect();
        assert!(first.get_or_insert_with(|| text.clone()) == &text, "{keys:?} at {size:?} in {name}");
        let wrong = unreadable(&buffer, name);
        assert!(wrong.is_none(), "{keys:?} at {size:?}: {}\n{}", wrong.unwrap_or_default(), drive.screen());
    }
}

#[test]
fn text_has_enough_contrast_in_every_theme_at_every_size() {
    let all = |depth| Themes { depth, shade: None, wants_colours: true, own: Vec::new() };
    let places = PLACES.into_iter().chain(["sxyz:a", "shas:xyz", "3E", "2/点", "z", "3P", "9999j"]);
    for keys in places {
        for language in LANGUAGES {
            for size in SIZES {
                let mut drive = open(LOG, language, size);
                drive.keys(keys);
                // `screen` checks that rows are as wide as the screen.
                drive.screen();
                let depths = if size == (80, 24) { &[Depth::Full, Depth::Indexed][..] } else { &[Depth::Full] };
                for &depth in depths {
                    check(&drive, &all(depth), keys);
                }
            }
        }
    }
}

#[test]
fn heat_map_shades_differ() {
    let mut drive = open(papers_tui::io::sample::TEXT, Language::English, (140, 42));
    drive.keys("S").sees("▂ 1").sees("█ 5+");
    for shade in ['░', '▒', '▓'] {
        drive.sees_not(&shade.to_string());
    }
}

#[test]
fn the_neutral_theme_is_used_until_the_terminal_replies() {
    let themes = Themes { depth: Depth::Indexed, shade: None, wants_colours: true, own: Vec::new() };
    assert_eq!(themes.theme("auto"), Theme::neutral());
    assert_ne!(Themes { shade: Some(Shade::Dark), ..themes }.theme("auto"), Theme::neutral());
}
