//! The colours of a theme.

use ratatui::style::Color;

/// A colour for each element; [`Color::Reset`] is the terminal's default.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Colours {
    /// Whether secondary text uses the terminal's dim attribute instead of a colour.
    pub is_faint: bool,
    /// The background of the screen.
    pub background: Color,
    /// The author's text.
    pub text: Color,
    /// Secondary text.
    pub dim: Color,
    /// Titles and headings.
    pub heading: Color,
    /// The focus, keys, links.
    pub accent: Color,
    /// Bars and heat map cells.
    pub chart: Color,
    /// Code.
    pub code: Color,
    /// Search matches.
    pub hit: Color,
    /// The selected row's text in the focused pane.
    pub selected_text: Color,
    /// The selected row's background in the focused pane.
    pub selected_background: Color,
    /// The selected row's text in another pane.
    pub elsewhere_text: Color,
    /// The selected row's background in another pane.
    pub elsewhere_background: Color,
    /// A deadline.
    pub deadline: Color,
    /// A deadline that has passed.
    pub overdue: Color,
    /// An error.
    pub error: Color,
}

impl Colours {
    /// Keys of the colours in theme files.
    pub(crate) const NAMES: [&str; 15] = [
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

    /// Whether longer text keeps the terminal's own colour, because the background is unknown.
    pub(crate) fn is_bare(&self) -> bool {
        self.dim == self.text && !self.is_faint
    }

    /// All colours, in the order of [`Colours::NAMES`].
    pub(crate) fn all_mut(&mut self) -> [&mut Color; 15] {
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

    /// Every kind of text, as (name, text colour, background).
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
