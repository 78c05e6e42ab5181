//! Recognises images that are not figures: badges, emoji, rendered formulas.

use percent_encoding::percent_decode_str;

/// The kind of an image, judged by its URL.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Image {
    /// A picture.
    Figure,
    /// A badge or emoji.
    Badge,
    /// A rendered formula, as LaTeX.
    Formula(String),
}

/// Parts of a URL that mark a badge.
const BADGES: [&str; 7] =
    ["shields.io", "badge", "travis-ci.", "circleci.com", "komarev.com", "images/icons/emoji", "hits.seeyoufarm.com"];

/// (server that renders a formula given in the URL, what precedes the formula in the URL).
const FORMULAS: [(&str, &str); 4] = [
    ("render.githubusercontent.com", "math="),
    ("latex.codecogs.com", "?"),
    ("www.zhihu.com/equation", "tex="),
    ("math.now.sh", "from="),
];

/// The kind of the image at a path or URL.
pub fn image(path: &str) -> Image {
    let Some((_, rest)) = path.split_once("//").filter(|(scheme, _)| scheme.is_empty() || scheme.ends_with(':')) else {
        return Image::Figure;
    };
    if let Some((_, sign)) = FORMULAS.iter().find(|(server, _)| rest.starts_with(server))
        && let Some((_, formula)) = rest.split_once(sign)
    {
        let formula = formula.split("&bc=").next().unwrap_or_default().replace('+', " ");
        return Image::Formula(percent_decode_str(&formula).decode_utf8_lossy().trim().to_owned());
    }
    let is_link_label = BADGES.iter().any(|badge| rest.contains(badge));
    if is_link_label { Image::Badge } else { Image::Figure }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn badges_and_formulas_are_told_from_figures() {
        for badge in [
            "https://img.shields.io/badge/arXiv-2031.01234-red",
            "https://colab.research.google.com/assets/colab-badge.svg",
            "//badgen.net/x",
        ] {
            assert_eq!(image(badge), Image::Badge, "{badge}");
        }
        for figure in ["a.png", "img/badge.png", "https://emu.org/a.png", "", "//"] {
            assert_eq!(image(figure), Image::Figure, "{figure}");
        }
        let formula = |address: &str| match image(address) {
            Image::Formula(formula) => formula,
            other => panic!("{address}: {other:?}"),
        };
        assert_eq!(formula("https://render.githubusercontent.com/render/math?math=x%5E2"), "x^2");
        assert_eq!(formula("https://latex.codecogs.com/svg.latex?%5Calpha+1"), "\\alpha 1");
    }
}
