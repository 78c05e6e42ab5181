//! The colours that the author of a theme chooses.

use ratatui::style::Color;

/// A colour for each thing; [`Color::Reset`] is the terminal's own.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Colours {
    /// Whether the terminal's own way to dim is used for what matters less, since there is no colour for it.
    pub is_faint: bool,
    /// Behind everything.
    pub background: Color,
    /// What the author wrote.
    pub text: Color,
    /// What matters less.
    pub dim: Color,
    /// Titles and headings.
    pub heading: Color,
    /// The focus, keys, links.
    pub accent: Color,
    /// Bars, and the shades of a heat map.
    pub chart: Color,
    /// Code.
    pub code: Color,
    /// Letters that matched.
    pub hit: Color,
    /// The selected row's text, in the pane with the focus.
    pub selected_text: Color,
    /// And its background.
    pub selected_background: Color,
    /// The selected row's text in another pane.
    pub elsewhere_text: Color,
    /// And its background.
    pub elsewhere_background: Color,
    /// A deadline.
    pub deadline: Color,
    /// A deadline that has passed.
    pub overdue: Color,
    /// An error.
    pub error: Color,
}

impl Colours {
    /// The names of all colours, as theme files have them.
    pub const NAMES: [&str; 15] = [
        "background",
        "text",
        "dim",
        "heading",
        "accent",
        "chart",
        "code",
        "hit",
        "selected-text",
        "selected-background",
        "elsewhere-text",
        "elsewhere-background",
        "deadline",
        "overdue",
        "error",
    ];

    /// Whether what is read at length has no colour of its own, since nothing is known of what lies behind it.
    pub fn is_bare(&self) -> bool {
        self.dim == self.text && !self.is_faint
    }

    /// All of them, in the order of [`Colours::NAMES`].
    pub fn all_mut(&mut self) -> [&mut Color; 15] {
        [
            &mut self.background,
            &mut self.text,
            &mut self.dim,
            &mut self.heading,
            &mut self.accent,
            &mut self.chart,
            &mut self.code,
            &mut self.hit,
            &mut self.selected_text,
            &mut self.selected_background,
            &mut self.elsewhere_text,
            &mut self.elsewhere_background,
            &mut self.deadline,
            &mut self.overdue,
            &mut self.error,
        ]
    }

    /// What is read, each with what lies behind it.
    pub fn pairs(&self) -> [(&'static str, Color, Color); 12] {
        let behind = self.background;
        [
            ("text", self.text, behind),
            ("dim", self.dim, behind),
            ("heading", self.heading, behind),
            ("accent", self.accent, behind),
            ("chart", self.chart, behind),
            ("code", self.code, behind),
            ("hit", self.hit, behind),
            ("deadline", self.deadline, behind),
            ("overdue", self.overdue, behind),
            ("error", self.error, behind),
            ("selected", self.selected_text, self.selected_background),
            ("elsewhere", self.elsewhere_text, self.elsewhere_background),
        ]
    }
}
