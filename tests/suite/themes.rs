//! Themes: previewed while choosing, applied, and cancelled.

use papers_tui::io::sample;
use papers_tui::ui;
use papers_tui::ui::pictures::NoPictures;
use papers_tui::ui::theme::{Depth, Shade, Theme, Themes};
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::style::{Color, Modifier};

use super::drive::Drive;

fn all() -> Themes {
    Themes { depth: Depth::Full, shade: Some(Shade::Dark), wants_colours: true, own: Vec::new() }
}

/// The sample with all themes available.
fn sample() -> Drive {
    let mut drive = Drive::new(sample::TEXT, 140, 42);
    drive.app.themes.names = all().names();
    drive
}

/// The cells of the screen in a theme.
fn cells(drive: &Drive, theme: &Theme) -> Buffer {
    let mut buffer = Buffer::empty(Rect::new(0, 0, drive.app.size.width, drive.app.size.height));
    ui::view(&drive.app, theme, &NoPictures, &mut buffer);
    buffer
}

#[test]
fn themes_are_previewed_and_esc_restores_the_old_one() {
    let mut drive = sample();
    assert_eq!(drive.app.theme(), "auto");
    drive.keys("tj");
    assert_eq!(drive.app.theme(), "dark");
    drive.keys("G").sees("terminal");
    assert_eq!(drive.app.theme(), "none");
    drive.keys("<esc>");
    assert_eq!(drive.app.theme(), "auto");
    drive.keys("tjj<enter>");
    assert_eq!(drive.app.theme(), "light");
    // The list opens at the current theme.
    drive.keys("tj");
    assert_eq!(drive.app.theme(), "neutral");
}

#[test]
fn a_background_covers_every_cell_of_every_screen() {
    for keys in ["", "?", "sattn", ":", "t", "c", "S", "w", "v", "3a"] {
        let mut drive = sample();
        let nord = all().theme("nord");
        let buffer = cells(drive.keys(keys), &nord);
        let bare = buffer.content.iter().filter(|cell| cell.bg == Color::Reset).count();
        assert_eq!(bare, 0, "after {keys:?}");
    }
}

#[test]
fn without_colours_everything_is_still_distinguishable() {
    for keys in ["", "?", "sattn", ":", "3jjx"] {
        let mut drive = sample();
        let buffer = cells(drive.keys(keys), &Theme::plain());
        let is_coloured = |cell: &&ratatui::buffer::Cell| cell.fg != Color::Reset || cell.bg != Color::Reset;
        assert_eq!(buffer.content.iter().filter(is_coloured).count(), 0, "after {keys:?}");
        let selected = buffer.content.iter().filter(|cell| cell.modifier.contains(Modifier::REVERSED)).count();
        assert!(keys == "?" || selected > 0, "after {keys:?}");
    }
}

#[test]
fn the_theme_list_leaves_the_rest_of_the_screen_undimmed() {
    let mut drive = sample();
    let nord = all().theme("nord");
    let heading = |drive: &Drive| cells(drive, &nord)[(1, 0)].fg;
    let before = heading(&drive);
    assert_eq!(heading(drive.keys("t")), before);
    assert_ne!(heading(drive.keys("<esc>?")), before);
}
