//! Checks that themes are readable and found by name.

use ratatui::style::Color;

use super::choice::known;
use super::file::parse;
use super::nearest::{channels, contrast, indexed};
use super::*;
use crate::words::Language;

/// Common terminal backgrounds, for themes that do not set one.
fn backgrounds(name: &str) -> &'static [[u8; 3]] {
    match name {
        "dark" => &[[0; 3], [0x1e; 3], [0x2e, 0x34, 0x40]],
        "light" => &[[0xff; 3], [0xfd, 0xf6, 0xe3], [0xee; 3]],
        _ => &[[0; 3], [0xff; 3]],
    }
}

/// Common terminal backgrounds, for the theme that is used if the background is unknown.
const GREYS: [[u8; 3]; 4] = [[0x1e; 3], [0x28; 3], [0xee; 3], [0xfd, 0xf6, 0xe3]];

#[test]
fn body_text_is_readable_on_every_grey() {
    for colours in [known::NEUTRAL, indexed(&known::NEUTRAL)] {
        for (what, text, behind) in colours.pairs() {
            let (Some(text), None) = (channels(text), channels(behind)) else { continue };
            // Only these parts have a colour of their own. They are bold or short, so 3:1 suffices.
            assert!(["accent", "hit", "overdue", "error"].contains(&what), "{what}");
            assert!(GREYS.iter().all(|&grey| contrast(text, grey) >= 3.0), "{what}");
        }
    }
    assert_eq!(Theme::neutral().dim.add_modifier, Modifier::empty());
}

#[track_caller]
fn check_contrast(name: &str, colours: &Colours) {
    for (what, text, behind) in colours.pairs() {
        let Some(text) = channels(text) else { continue };
        let behind = channels(behind).map_or_else(|| backgrounds(name).to_vec(), |behind| vec![behind]);
        for behind in behind {
            let found = contrast(text, behind);
            assert!(found >= 4.5, "{name}: {what} has {found:.2}:1");
        }
    }
}

#[test]
fn text_of_every_theme_is_readable() {
    for (name, colours) in known::ALL {
        check_contrast(name, colours);
    }
}

#[test]
fn themes_are_readable_in_256_colours() {
    for (name, colours) in known::ALL {
        check_contrast(name, &indexed(colours));
    }
}

#[test]
fn every_theme_distinguishes_its_parts() {
    for (name, colours) in known::ALL {
        let mut colours = *colours;
        assert_ne!(colours.selected_background, colours.elsewhere_background, "{name}");
        assert_ne!(colours.selected_background, colours.background, "{name}");
        assert_ne!(colours.elsewhere_background, colours.background, "{name}");
        assert_eq!(colours.all_mut().len(), Colours::NAMES.len());
    }
}

#[test]
fn the_terminal_chooses_between_dark_and_light() {
    let mut themes = Themes { depth: Depth::Full, shade: None, wants_colours: true, own: Vec::new() };
    assert_eq!(themes.theme("auto"), themes.theme("neutral"));
    themes.shade = Some(Shade::Dark);
    assert_eq!(themes.theme("auto"), themes.theme("dark"));
    themes.shade = Some(Shade::Light);
    assert_eq!(themes.theme("no such theme"), themes.theme("light"));
    themes.wants_colours = false;
    assert_eq!(themes.theme("auto"), Theme::plain());
    assert_ne!(themes.theme("nord"), Theme::plain());
    assert_eq!(themes.theme("none"), Theme::plain());
    themes.depth = Depth::None;
    assert_eq!(themes.theme("nord"), Theme::plain());
}

#[test]
fn theme_names_are_unique_and_known() {
    let own = vec![("mine".to_owned(), known::DARK), ("nord".to_owned(), known::LIGHT)];
    let themes = Themes { depth: Depth::Full, shade: None, wants_colours: true, own };
    let names = themes.names();
    assert_eq!(names.iter().filter(|name| *name == "nord").count(), 1);
    assert_eq!(names.last().map(String::as_str), Some("mine"));
    assert_eq!(themes.theme("nord"), Theme::new(&known::LIGHT, Depth::Full));
}

#[test]
fn the_environment_gives_the_colour_depth() {
    #[track_caller]
    fn check(term: &str, colorterm: &str, wanted: Depth) {
        let variable = |name: &str| if name == "TERM" { term.to_owned() } else { colorterm.to_owned() };
        assert_eq!(Depth::of(variable), wanted, "{term} {colorterm}");
    }
    check("xterm-256color", "truecolor", Depth::Full);
    check("xterm-256color", "", Depth::Indexed);
    check("xterm-kitty", "", Depth::Indexed);
    check("xterm", "yes", Depth::Indexed);
    check("xterm", "", Depth::Sixteen);
    check("linux", "", Depth::Sixteen);
    check("dumb", "", Depth::None);
    check("", "", Depth::None);
}

#[test]
fn the_background_is_dark_or_light() {
    assert_eq!(Shade::of_colorfgbg("15;0"), Some(Shade::Dark));
    assert_eq!(Shade::of_colorfgbg("0;default;15"), Some(Shade::Light));
    assert_eq!(Shade::of_colorfgbg("0;default"), None);
    assert_eq!(Shade::of_colorfgbg(""), None);
    assert_eq!(Shade::of_colour([0x28; 3]), Shade::Dark);
    assert_eq!(Shade::of_colour([0xfd, 0xf6, 0xe3]), Shade::Light);
}

#[test]
fn user_themes_override_a_base() {
    let colours = parse("# mine\nbase = \"nord\"\naccent = \"#ff8800\"\ndim = \"default\"\nerror = \"light-red\"\n");
    let nord = known("nord").expect("it is built in");
    let wanted = Colours { accent: Color::Rgb(0xff, 0x88, 0), dim: Color::Reset, error: Color::LightRed, ..nord };
    assert_eq!(colours, Ok(wanted));
    assert_eq!(parse(""), Ok(known::DARK));
}

#[test]
fn problems_in_user_themes_have_positions() {
    #[track_caller]
    fn check(text: &str, place: (usize, usize), word: &str) {
        let flaw = parse(text).expect_err("it has a flaw");
        assert_eq!((flaw.line, flaw.column), place, "{flaw}");
        for language in [Language::English, Language::Chinese] {
            assert!(flaw.say(language).contains(word), "{flaw}");
        }
    }
    check("accent = \"#ff8800\"\nacent = \"#ff8800\"", (2, 1), "acent");
    check("accent = \"orangey\"", (1, 10), "orangey");
    check("accent = 3", (1, 10), "3");
    check("base = \"none such\"", (1, 8), "none such");
    check("accent = ", (1, 10), "TOML");
}
