//! The built-in themes.
//!
//! Text has a contrast of at least 4.5:1 (WCAG 2.1, 1.4.3), except short or bold text in [`NEUTRAL`], and [`TERMINAL`],
//! whose colours are up to the terminal. If a colour of a published palette has less, it is made darker or lighter by as
//! little as needed.

use ratatui::style::Color;

use super::Colours;

/// The built-in themes, apart from `auto` and `none`.
pub const ALL: [(&str, &Colours); 11] = [
    ("dark", &DARK),
    ("light", &LIGHT),
    ("neutral", &NEUTRAL),
    ("catppuccin-mocha", &CATPPUCCIN_MOCHA),
    ("catppuccin-latte", &CATPPUCCIN_LATTE),
    ("gruvbox-dark", &GRUVBOX_DARK),
    ("gruvbox-light", &GRUVBOX_LIGHT),
    ("solarized-dark", &SOLARIZED_DARK),
    ("solarized-light", &SOLARIZED_LIGHT),
    ("nord", &NORD),
    ("terminal", &TERMINAL),
];

/// A colour from `0xRRGGBB`.
const fn rgb(number: u32) -> Color {
    let [_, red, green, blue] = number.to_be_bytes();
    Color::Rgb(red, green, blue)
}

/// For the terminal's own dark background.
pub const DARK: Colours = Colours {
    is_faint: false,
    background: Color::Reset,
    text: Color::Reset,
    dim: rgb(0x9aa0a6),
    heading: Color::Reset,
    accent: rgb(0x5fb3c8),
    chart: rgb(0x5fb3c8),
    code: rgb(0xc8b273),
    hit: rgb(0xf0a070),
    selected_text: rgb(0xffffff),
    selected_background: rgb(0x1f6f85),
    elsewhere_text: rgb(0xe6e6e6),
    elsewhere_background: rgb(0x444b52),
    deadline: rgb(0xc8b273),
    overdue: rgb(0xf07b73),
    error: rgb(0xf07b73),
};

/// For the terminal's own light background.
pub const LIGHT: Colours = Colours {
    is_faint: false,
    background: Color::Reset,
    text: Color::Reset,
    dim: rgb(0x5f6368),
    heading: Color::Reset,
    accent: rgb(0x00667f),
    chart: rgb(0x00667f),
    code: rgb(0x6b5a00),
    hit: rgb(0xa32c00),
    selected_text: rgb(0xffffff),
    selected_background: rgb(0x00667f),
    elsewhere_text: rgb(0x202124),
    elsewhere_background: rgb(0xd5dade),
    deadline: rgb(0x6b5a00),
    overdue: rgb(0xb3261e),
    error: rgb(0xb3261e),
};

/// For an unknown background. Longer text has the terminal's own colour: no other colour has 4.5:1 on black,
/// on white and on every grey between. Other text is short or bold, in colours about halfway between black
/// and white; only six of the 256 colours are readable on both.
pub const NEUTRAL: Colours = Colours {
    is_faint: false,
    background: Color::Reset,
    text: Color::Reset,
    dim: Color::Reset,
    heading: Color::Reset,
    accent: rgb(0x00875f),
    chart: Color::Reset,
    code: Color::Reset,
    hit: rgb(0xd700af),
    selected_text: rgb(0xffffff),
    selected_background: rgb(0x00875f),
    elsewhere_text: rgb(0xffffff),
    elsewhere_background: rgb(0x6c6c6c),
    deadline: Color::Reset,
    overdue: rgb(0xaf5f5f),
    error: rgb(0xaf5f5f),
};

/// <https://catppuccin.com/palette>, Mocha.
const CATPPUCCIN_MOCHA: Colours = Colours {
    is_faint: false,
    background: rgb(0x1e1e2e),
    text: rgb(0xcdd6f4),
    dim: rgb(0x9399b2),
    heading: rgb(0xcdd6f4),
    accent: rgb(0x89b4fa),
    chart: rgb(0x89b4fa),
    code: rgb(0xa6e3a1),
    hit: rgb(0xfab387),
    selected_text: rgb(0x1e1e2e),
    selected_background: rgb(0x89b4fa),
    elsewhere_text: rgb(0xcdd6f4),
    elsewhere_background: rgb(0x45475a),
    deadline: rgb(0xf9e2af),
    overdue: rgb(0xf38ba8),
    error: rgb(0xf38ba8),
};

/// <https://catppuccin.com/palette>, Latte.
const CATPPUCCIN_LATTE: Colours = Colours {
    is_faint: false,
    background: rgb(0xeff1f5),
    text: rgb(0x4c4f69),
    dim: rgb(0x686b80),
    heading: rgb(0x4c4f69),
    accent: rgb(0x1d62eb),
    chart: rgb(0x1d62eb),
    code: rgb(0x317b21),
    hit: rgb(0xb94908),
    selected_text: rgb(0xeff1f5),
    selected_background: rgb(0x1d62eb),
    elsewhere_text: rgb(0x4c4f69),
    elsewhere_background: rgb(0xccd0da),
    deadline: rgb(0x955f13),
    overdue: rgb(0xd20f39),
    error: rgb(0xd20f39),
};

/// <https://github.com/morhetz/gruvbox>, dark.
const GRUVBOX_DARK: Colours = Colours {
    is_faint: false,
    background: rgb(0x282828),
    text: rgb(0xebdbb2),
    dim: rgb(0xa89984),
    heading: rgb(0xebdbb2),
    accent: rgb(0x8ec07c),
    chart: rgb(0x8ec07c),
    code: rgb(0xb8bb26),
    hit: rgb(0xfe8019),
    selected_text: rgb(0x282828),
    selected_background: rgb(0x8ec07c),
    elsewhere_text: rgb(0xebdbb2),
    elsewhere_background: rgb(0x504945),
    deadline: rgb(0xfabd2f),
    overdue: rgb(0xfb5844),
    error: rgb(0xfb5844),
};

/// <https://github.com/morhetz/gruvbox>, light.
const GRUVBOX_LIGHT: Colours = Colours {
    is_faint: false,
    background: rgb(0xfbf1c7),
    text: rgb(0x3c3836),
    dim: rgb(0x665c54),
    heading: rgb(0x3c3836),
    accent: rgb(0x407755),
    chart: rgb(0x407755),
    code: rgb(0x746f0d),
    hit: rgb(0xaf3a03),
    selected_text: rgb(0xfbf1c7),
    selected_background: rgb(0x407755),
    elsewhere_text: rgb(0x3c3836),
    elsewhere_background: rgb(0xd5c4a1),
    deadline: rgb(0x946110),
    overdue: rgb(0x9d0006),
    error: rgb(0x9d0006),
};

/// <https://ethanschoonover.com/solarized/>, dark.
const SOLARIZED_DARK: Colours = Colours {
    is_faint: false,
    background: rgb(0x002b36),
    text: rgb(0x93a1a1),
    dim: rgb(0x839496),
    heading: rgb(0xeee8d5),
    accent: rgb(0x3a95d6),
    chart: rgb(0x3a95d6),
    code: rgb(0x2aa198),
    hit: rgb(0xd7744c),
    selected_text: rgb(0x002b36),
    selected_background: rgb(0x3a95d6),
    elsewhere_text: rgb(0xa9b5b5),
    elsewhere_background: rgb(0x0d4250),
    deadline: rgb(0xb58900),
    overdue: rgb(0xe56765),
    error: rgb(0xe56765),
};

/// <https://ethanschoonover.com/solarized/>, light.
const SOLARIZED_LIGHT: Colours = Colours {
    is_faint: false,
    background: rgb(0xfdf6e3),
    text: rgb(0x475b62),
    dim: rgb(0x5e727a),
    heading: rgb(0x073642),
    accent: rgb(0x2073ae),
    chart: rgb(0x2073ae),
    code: rgb(0x207c75),
    hit: rgb(0xc14715),
    selected_text: rgb(0xfdf6e3),
    selected_background: rgb(0x2073ae),
    elsewhere_text: rgb(0x475b62),
    elsewhere_background: rgb(0xe4ddc8),
    deadline: rgb(0x8b6900),
    overdue: rgb(0xd3302d),
    error: rgb(0xd3302d),
};

/// <https://www.nordtheme.com/docs/colors-and-palettes>.
const NORD: Colours = Colours {
    is_faint: false,
    background: rgb(0x2e3440),
    text: rgb(0xd8dee9),
    dim: rgb(0xa3adbf),
    heading: rgb(0xeceff4),
    accent: rgb(0x88c0d0),
    chart: rgb(0x88c0d0),
    code: rgb(0xa3be8c),
    hit: rgb(0xd28c76),
    selected_text: rgb(0x2e3440),
    selected_background: rgb(0x88c0d0),
    elsewhere_text: rgb(0xd8dee9),
    elsewhere_background: rgb(0x434c5e),
    deadline: rgb(0xebcb8b),
    overdue: rgb(0xd08c92),
    error: rgb(0xd08c92),
};

/// The terminal's own sixteen colours.
pub const TERMINAL: Colours = Colours {
    is_faint: true,
    background: Color::Reset,
    text: Color::Reset,
    dim: Color::Reset,
    heading: Color::Reset,
    accent: Color::Cyan,
    chart: Color::Cyan,
    code: Color::Green,
    hit: Color::Magenta,
    selected_text: Color::Black,
    selected_background: Color::Cyan,
    elsewhere_text: Color::Black,
    elsewhere_background: Color::Gray,
    deadline: Color::Yellow,
    overdue: Color::Red,
    error: Color::Red,
};
