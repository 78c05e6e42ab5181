//! Themes: colours and weights. Meaning never depends on colour alone.
//!
//! A theme is made from [`Colours`], adapted to the colours that the terminal supports.

pub(crate) mod choice;
mod colours;
pub mod file;
mod known;
mod nearest;
#[cfg(test)]
mod tests;

pub use choice::{Depth, Shade, Themes};
pub(crate) use colours::Colours;

use ratatui::style::{Color, Modifier, Style};

/// The style of each element.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Theme {
    /// The author's text. The style's background is the background of the whole screen.
    pub text: Style,
    /// Secondary text: dates, markers, facts.
    pub dim: Style,
    /// Titles and headings.
    pub heading: Style,
    /// The focus and keys.
    pub accent: Style,
    /// Links in text.
    pub link: Style,
    /// Bars and heat map cells.
    pub chart: Style,
    /// Code.
    pub code: Style,
    /// Search matches.
    pub hit: Style,
    /// The selected row of the focused pane.
    pub selected: Style,
    /// The selected row of another pane.
    pub selected_elsewhere: Style,
    /// A deadline.
    pub deadline: Style,
    /// A deadline that has passed.
    pub overdue: Style,
    /// An error.
    pub error: Style,
}

impl Theme {
    /// A theme of these colours for a terminal; without colours, only weights are used.
    pub(crate) fn new(colours: &Colours, depth: Depth) -> Self {
        let colours = match depth {
            Depth::Full => *colours,
            Depth::Indexed => nearest::indexed(colours),
            Depth::Sixteen => known::TERMINAL,
            Depth::None => return Self::plain(),
        };
        let plain = Style::new();
        let bold = |colour: Color| plain.fg(colour).add_modifier(Modifier::BOLD);
        Self {
            text: plain.fg(colours.text).bg(colours.background),
            dim: plain.fg(colours.dim).add_modifier(if colours.is_faint { Modifier::DIM } else { Modifier::empty() }),
            heading: bold(colours.heading),
            accent: bold(colours.accent),
            link: plain.fg(if colours.is_bare() { colours.text } else { colours.accent }),
            chart: plain.fg(colours.chart),
            code: plain.fg(colours.code),
            hit: bold(colours.hit).add_modifier(Modifier::UNDERLINED),
            selected: bold(colours.selected_text).bg(colours.selected_background),
            selected_elsewhere: plain.fg(colours.elsewhere_text).bg(colours.elsewhere_background),
            deadline: plain.fg(colours.deadline),
            overdue: bold(colours.overdue),
            error: bold(colours.error),
        }
    }

    /// A theme for 256 colours and an unknown background.
    pub fn neutral() -> Self {
        Self::new(&known::NEUTRAL, Depth::Indexed)
    }

    /// A theme without colours, also for `NO_COLOR`.
    pub fn plain() -> Self {
        let plain = Style::new();
        let bold = plain.add_modifier(Modifier::BOLD);
        Self {
            text: plain,
            dim: plain.add_modifier(Modifier::DIM),
            heading: bold,
            accent: bold,
            link: bold,
            chart: plain,
            code: plain,
            hit: plain.add_modifier(Modifier::BOLD | Modifier::UNDERLINED),
            selected: plain.add_modifier(Modifier::REVERSED | Modifier::BOLD),
            selected_elsewhere: plain.add_modifier(Modifier::UNDERLINED),
            deadline: plain.add_modifier(Modifier::UNDERLINED),
            overdue: plain.add_modifier(Modifier::BOLD | Modifier::UNDERLINED),
            error: plain.add_modifier(Modifier::REVERSED),
        }
    }
}
