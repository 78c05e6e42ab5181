//! Which theme is meant by a name, here and now.

use super::nearest::luminance;
use super::{Colours, Theme, known};

/// Chooses by what the terminal is.
pub const AUTO: &str = "auto";

/// No colours.
pub const NONE: &str = "none";

/// How many colours the terminal has.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Depth {
    /// All.
    Full,
    /// The 256 of xterm.
    Indexed,
    /// Its own sixteen.
    Sixteen,
    /// None.
    None,
}

/// Whether the terminal's background is dark.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Shade {
    /// It is dark.
    Dark,
    /// It is light.
    Light,
}

impl Depth {
    /// As the environment has it; `variable` gives an empty text for what is not set.
    pub fn of(variable: impl Fn(&str) -> String) -> Self {
        let (term, colours) = (variable("TERM"), variable("COLORTERM"));
        let has_any = |names: &[&str]| names.iter().any(|name| term.contains(name));
        if term == "linux" {
            return Self::Sixteen;
        }
        if matches!(colours.as_str(), "truecolor" | "24bit") || has_any(&["direct"]) {
            return Self::Full;
        }
        if has_any(&["256color", "kitty", "ghostty", "foot", "mlterm"]) || !colours.is_empty() {
            return Self::Indexed;
        }
        if has_any(&["xterm", "screen", "tmux", "rxvt", "color", "ansi", "cygwin"]) {
            Self::Sixteen
        } else {
            Self::None
        }
    }
}

impl Shade {
    /// Of a background with these parts, each from 0 to 255: white text reads better on the one, black
    /// on the other.
    pub fn of_colour(colour: [u8; 3]) -> Self {
        // The luminance at which the contrast with black and with white is the same.
        if luminance(colour) < 0.179 { Self::Dark } else { Self::Light }
    }

    /// As some terminals say it in `COLORFGBG`: the numbers of the colours of text and background,
    /// with something between them at times.
    pub fn of_colorfgbg(text: &str) -> Option<Self> {
        match text.rsplit(';').next()?.parse().ok()? {
            0..=6 | 8 => Some(Self::Dark),
            7 | 9..=15 => Some(Self::Light),
            _ => None,
        }
    }
}

/// All themes, and what the terminal is.
#[derive(Debug)]
pub struct Themes {
    /// How many colours it has.
    pub depth: Depth,
    /// Its background, once it is known.
    pub shade: Option<Shade>,
    /// Whether the user wants colours where none are named.
    pub wants_colours: bool,
    /// The user's own themes, by name.
    pub own: Vec<(String, Colours)>,
}

impl Themes {
    /// The names of all themes, each once.
    pub fn names(&self) -> Vec<String> {
        let known = known::ALL.iter().map(|(name, _)| *name);
        let own = self.own.iter().map(|(name, _)| name.as_str());
        let own = own.filter(|name| !known::ALL.iter().any(|(known, _)| known == name) && ![AUTO, NONE].contains(name));
        [AUTO].into_iter().chain(known).chain([NONE]).chain(own).map(str::to_owned).collect()
    }

    /// The theme of a name; of one that nobody knows, the one that would be chosen.
    pub fn theme(&self, name: &str) -> Theme {
        match self.colours(name) {
            Some(colours) => Theme::new(&colours, self.depth),
            None if name == NONE || !self.wants_colours => Theme::plain(),
            None => {
                let colours = match self.shade {
                    Some(Shade::Dark) => known::DARK,
                    Some(Shade::Light) => known::LIGHT,
                    None => known::NEUTRAL,
                };
                Theme::new(&colours, self.depth)
            }
        }
    }

    /// The user's own come first, so that a theme can be made anew under its name.
    fn colours(&self, name: &str) -> Option<Colours> {
        let own = self.own.iter().find(|(own, _)| own == name).map(|(_, colours)| *colours);
        own.or_else(|| known(name))
    }
}

/// The built-in colours of a name.
pub fn known(name: &str) -> Option<Colours> {
    known::ALL.iter().find(|(known, _)| *known == name).map(|(_, colours)| **colours)
}
