//! Finds a theme by name, and detects which colours the terminal supports.

use super::nearest::luminance;
use super::{Colours, Theme, known};

/// Follows the terminal's background.
pub const AUTO: &str = "auto";

/// No colours.
pub const NONE: &str = "none";

/// The colours that the terminal supports.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Depth {
    /// 24-bit colour.
    Full,
    /// xterm's 256 colours.
    Indexed,
    /// The sixteen ANSI colours.
    Sixteen,
    /// No colours.
    None,
}

/// The brightness of the terminal's background.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Shade {
    /// Dark.
    Dark,
    /// Light.
    Light,
}

impl Depth {
    /// Detects the depth from the environment; `variable` returns an empty string for unset variables.
    pub(crate) fn of(variable: impl Fn(&str) -> String) -> Self {
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
    /// Classifies an RGB background by whether white or black text has more contrast on it.
    pub(crate) fn of_colour(colour: [u8; 3]) -> Self {
        // The luminance at which both contrasts are equal.
        if luminance(colour) < 0.179 { Self::Dark } else { Self::Light }
    }

    /// Parses `COLORFGBG`: the colour numbers of text and background, sometimes with another field between.
    pub(crate) fn of_colorfgbg(text: &str) -> Option<Self> {
        match text.rsplit(';').next()?.parse().ok()? {
            0..=6 | 8 => Some(Self::Dark),
            7 | 9..=15 => Some(Self::Light),
            _ => None,
        }
    }
}

/// All themes and the terminal's properties.
#[derive(Debug)]
pub struct Themes {
    /// The terminal's colours.
    pub depth: Depth,
    /// The terminal's background, once known.
    pub shade: Option<Shade>,
    /// Whether `auto` uses colours; false with `NO_COLOR`.
    pub wants_colours: bool,
    /// The user's own themes, by name.
    pub own: Vec<(String, Colours)>,
}

impl Themes {
    /// The names of all themes, without duplicates.
    pub fn names(&self) -> Vec<String> {
        let known = known::ALL.iter().map(|(name, _)| *name);
        let own = self.own.iter().map(|(name, _)| name.as_str());
        let own = own.filter(|name| !known::ALL.iter().any(|(known, _)| known == name) && ![AUTO, NONE].contains(name));
        [AUTO].into_iter().chain(known).chain([NONE]).chain(own).map(str::to_owned).collect()
    }

    /// The theme with this name; for an unknown name, the theme that `auto` stands for.
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

    /// The colours of a theme. The user's themes take precedence, so that they can override a built-in one.
    fn colours(&self, name: &str) -> Option<Colours> {
        let own = self.own.iter().find(|(own, _)| own == name).map(|(_, colours)| *colours);
        own.or_else(|| known(name))
    }
}

/// The colours of a built-in theme.
pub fn known(name: &str) -> Option<Colours> {
    known::ALL.iter().find(|(known, _)| *known == name).map(|(_, colours)| **colours)
}
