//! Maps colours to the 256-colour palette, and measures contrast.

use ratatui::style::Color;

use super::Colours;

/// The minimum contrast of text (WCAG 2.1, success criterion 1.4.3).
const READABLE: f64 = 4.5;

/// Red, green and blue.
type Rgb = [u8; 3];

/// Maps colours to the nearest of the upper 240 palette colours. The lower sixteen are not used, since the
/// terminal may show anything for them. Readable text stays readable.
pub fn indexed(colours: &Colours) -> Colours {
    let mut indexed = *colours;
    let names = Colours::NAMES.iter().zip(indexed.all_mut());
    for (_, colour) in names.filter(|(name, _)| name.ends_with("background")) {
        *colour = nearest(*colour, |_| true);
    }
    let behind = indexed;
    for (name, colour) in Colours::NAMES.iter().zip(indexed.all_mut()) {
        let under = match *name {
            "selected-text" => behind.selected_background,
            "elsewhere-text" => behind.elsewhere_background,
            _ => behind.background,
        };
        if !name.ends_with("background") {
            *colour = nearest(*colour, |rgb| channels(under).is_none_or(|under| contrast(rgb, under) >= READABLE));
        }
    }
    indexed
}

/// The nearest palette colour accepted by `will_do`, or the colour itself if there is none.
fn nearest(colour: Color, will_do: impl Fn(Rgb) -> bool) -> Color {
    let Color::Rgb(red, green, blue) = colour else { return colour };
    let distance = |other: Rgb| -> u32 {
        let parts = [red, green, blue].into_iter().zip(other).zip([2, 4, 3]);
        parts.map(|((one, other), weight)| u32::from(one.abs_diff(other)).pow(2) * weight).sum()
    };
    // Every start of the program maps all colours, so the palette is not sorted: the nearest colour usually passes.
    let nearest_after = |after: Option<(u32, u8)>| {
        let ranked = (16..=255).map(|index| (distance(palette(index)), index));
        ranked.filter(|&rank| after.is_none_or(|after| rank > after)).min()
    };
    let next = |rank: &(u32, u8)| nearest_after(Some(*rank));
    let found = std::iter::successors(nearest_after(None), next).find(|&(_, index)| will_do(palette(index)));
    found.map_or(colour, |(_, index)| Color::Indexed(index))
}

/// The RGB value of a palette colour from 16 on, as in xterm.
fn palette(index: u8) -> Rgb {
    let level = |part: u8| if part == 0 { 0 } else { 55 + 40 * part };
    match index {
        232.. => [8 + 10 * (index - 232); 3],
        _ => {
            let index = index.saturating_sub(16);
            [level(index / 36), level(index / 6 % 6), level(index % 6)]
        }
    }
}

/// The RGB value of a colour, if it does not depend on the terminal.
pub fn channels(colour: Color) -> Option<Rgb> {
    match colour {
        Color::Rgb(red, green, blue) => Some([red, green, blue]),
        Color::Indexed(index @ 16..) => Some(palette(index)),
        _ => None,
    }
}

/// The contrast of two colours, from 1 to 21 (WCAG 2.1).
pub fn contrast(one: Rgb, other: Rgb) -> f64 {
    let (one, other) = (luminance(one), luminance(other));
    (one.max(other) + 0.05) / (one.min(other) + 0.05)
}

/// Relative luminance from 0 to 1 (WCAG 2.1).
pub fn luminance(colour: Rgb) -> f64 {
    let linear = |part: u8| {
        let part = f64::from(part) / 255.0;
        if part <= 0.04045 { part / 12.92 } else { ((part + 0.055) / 1.055).powf(2.4) }
    };
    let [red, green, blue] = colour.map(linear);
    0.2126 * red + 0.7152 * green + 0.0722 * blue
}
