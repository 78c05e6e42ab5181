//! Colours and weights. What they mean is said by more than colour everywhere.

use ratatui::style::{Color, Modifier, Style};

/// How each thing looks.
#[derive(Debug, Clone, Copy)]
pub struct Theme {
    /// What the author wrote.
    pub text: Style,
    /// What matters less: dates, markers, facts.
    pub dim: Style,
    /// Titles and headings.
    pub heading: Style,
    /// What has the focus, keys that can be pressed, links.
    pub accent: Style,
    /// Bars, and the shades of a heat map.
    pub chart: Style,
    /// Code.
    pub code: Style,
    /// Letters that matched.
    pub hit: Style,
    /// The selected row of the pane with the focus.
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

/// Tones from the middle of the 256 colours: they can be read on dark and light alike.
const TEAL: Color = Color::Indexed(31);
const GREY: Color = Color::Indexed(244);
const DARK_GREY: Color = Color::Indexed(242);
const RUST: Color = Color::Indexed(166);
const WHITE: Color = Color::Indexed(231);
const OLIVE: Color = Color::Indexed(100);

impl Theme {
    /// For terminals with 256 colours, whatever their background.
    pub fn colours() -> Self {
        let plain = Style::new();
        Self {
            text: plain,
            dim: plain.fg(GREY),
            heading: plain.add_modifier(Modifier::BOLD),
            accent: plain.fg(TEAL).add_modifier(Modifier::BOLD),
            chart: plain.fg(TEAL),
            code: plain.fg(OLIVE),
            hit: plain.fg(RUST).add_modifier(Modifier::BOLD | Modifier::UNDERLINED),
            selected: plain.fg(WHITE).bg(TEAL).add_modifier(Modifier::BOLD),
            selected_elsewhere: plain.fg(WHITE).bg(DARK_GREY),
            deadline: plain.fg(OLIVE),
            overdue: plain.fg(RUST).add_modifier(Modifier::BOLD),
            error: plain.fg(RUST).add_modifier(Modifier::BOLD),
        }
    }

    /// For terminals without colours, or for people who want none (`NO_COLOR`).
    pub fn plain() -> Self {
        let plain = Style::new();
        let bold = plain.add_modifier(Modifier::BOLD);
        Self {
            text: plain,
            dim: plain.add_modifier(Modifier::DIM),
            heading: bold,
            accent: bold,
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
