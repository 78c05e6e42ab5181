//! Shows LaTeX formulas in Unicode: `\sum_i x_i^2` as `∑ᵢ xᵢ²`.
//!
//! A formula with anything that Unicode lacks, such as a matrix or an author's own command, is shown as written: half a
//! conversion would be misleading.

use std::borrow::Cow;

/// The deepest nesting of groups.
const DEEPEST: usize = 16;
/// The longest formula that is converted, in bytes.
const LONGEST: usize = 2000;

/// Commands for a symbol or a function name.
const COMMANDS: &[(&str, &str)] = &[
    ("alpha", "α"),
    ("beta", "β"),
    ("gamma", "γ"),
    ("delta", "δ"),
    ("epsilon", "ϵ"),
    ("varepsilon", "ε"),
    ("zeta", "ζ"),
    ("eta", "η"),
    ("theta", "θ"),
    ("vartheta", "ϑ"),
    ("iota", "ι"),
    ("kappa", "κ"),
    ("lambda", "λ"),
    ("mu", "μ"),
    ("nu", "ν"),
    ("xi", "ξ"),
    ("pi", "π"),
    ("rho", "ρ"),
    ("sigma", "σ"),
    ("tau", "τ"),
    ("upsilon", "υ"),
    ("phi", "ϕ"),
    ("varphi", "φ"),
    ("chi", "χ"),
    ("psi", "ψ"),
    ("omega", "ω"),
    ("Gamma", "Γ"),
    ("Delta", "Δ"),
    ("Theta", "Θ"),
    ("Lambda", "Λ"),
    ("Xi", "Ξ"),
    ("Pi", "Π"),
    ("Sigma", "Σ"),
    ("Phi", "Φ"),
    ("Psi", "Ψ"),
    ("Omega", "Ω"),
    ("sum", "∑"),
    ("prod", "∏"),
    ("int", "∫"),
    ("partial", "∂"),
    ("nabla", "∇"),
    ("infty", "∞"),
    ("in", "∈"),
    ("notin", "∉"),
    ("subset", "⊂"),
    ("subseteq", "⊆"),
    ("cup", "∪"),
    ("cap", "∩"),
    ("emptyset", "∅"),
    ("forall", "∀"),
    ("exists", "∃"),
    ("neg", "¬"),
    ("land", "∧"),
    ("lor", "∨"),
    ("leq", "≤"),
    ("le", "≤"),
    ("geq", "≥"),
    ("ge", "≥"),
    ("neq", "≠"),
    ("ne", "≠"),
    ("approx", "≈"),
    ("sim", "∼"),
    ("simeq", "≃"),
    ("equiv", "≡"),
    ("propto", "∝"),
    ("ll", "≪"),
    ("gg", "≫"),
    ("times", "×"),
    ("cdot", "·"),
    ("pm", "±"),
    ("div", "÷"),
    ("odot", "⊙"),
    ("otimes", "⊗"),
    ("oplus", "⊕"),
    ("circ", "∘"),
    ("ast", "*"),
    ("star", "⋆"),
    ("to", "→"),
    ("rightarrow", "→"),
    ("leftarrow", "←"),
    ("Rightarrow", "⇒"),
    ("Leftarrow", "⇐"),
    ("leftrightarrow", "↔"),
    ("mapsto", "↦"),
    ("gets", "←"),
    ("top", "⊤"),
    ("bot", "⊥"),
    ("perp", "⊥"),
    ("mid", "|"),
    ("vert", "|"),
    ("Vert", "‖"),
    ("|", "‖"),
    ("langle", "⟨"),
    ("rangle", "⟩"),
    ("lfloor", "⌊"),
    ("rfloor", "⌋"),
    ("lceil", "⌈"),
    ("rceil", "⌉"),
    ("ell", "ℓ"),
    ("hbar", "ℏ"),
    ("Re", "ℜ"),
    ("Im", "ℑ"),
    ("prime", "′"),
    ("ldots", "…"),
    ("dots", "…"),
    ("cdots", "⋯"),
    ("log", "log"),
    ("ln", "ln"),
    ("exp", "exp"),
    ("max", "max"),
    ("min", "min"),
    ("arg", "arg"),
    ("sin", "sin"),
    ("cos", "cos"),
    ("tan", "tan"),
    ("tanh", "tanh"),
    ("lim", "lim"),
    ("det", "det"),
    ("dim", "dim"),
    ("Pr", "Pr"),
    ("sup", "sup"),
    ("inf", "inf"),
    ("{", "{"),
    ("}", "}"),
    ("%", "%"),
    ("$", "$"),
    ("#", "#"),
    ("_", "_"),
    ("&", "&"),
    (",", " "),
    (";", " "),
    (":", " "),
    (" ", " "),
    ("!", ""),
    ("quad", "  "),
    ("qquad", "    "),
    ("left", ""),
    ("right", ""),
    ("big", ""),
    ("Big", ""),
    ("bigl", ""),
    ("bigr", ""),
    ("displaystyle", ""),
    ("limits", ""),
];

/// Commands that only change the font.
const CUTS: [&str; 12] = [
    "mathrm",
    "mathbf",
    "mathcal",
    "mathit",
    "mathsf",
    "mathtt",
    "mathscr",
    "boldsymbol",
    "bm",
    "text",
    "textbf",
    "operatorname",
];

/// Accents, as combining characters.
const ACCENTS: [(&str, char); 6] = [
    ("hat", '\u{302}'),
    ("bar", '\u{304}'),
    ("tilde", '\u{303}'),
    ("vec", '\u{20D7}'),
    ("dot", '\u{307}'),
    ("ddot", '\u{308}'),
];

/// Double-struck letters.
const DOUBLE: [(char, char); 7] = [('C', 'ℂ'), ('H', 'ℍ'), ('N', 'ℕ'), ('P', 'ℙ'), ('Q', 'ℚ'), ('R', 'ℝ'), ('Z', 'ℤ')];

const RAISED: (&str, &str) = (
    "0123456789+-=()abcdefghijklmnoprstuvwxyzABDEGHIJKLMNOPRTUVW",
    "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁼⁽⁾ᵃᵇᶜᵈᵉᶠᵍʰⁱʲᵏˡᵐⁿᵒᵖʳˢᵗᵘᵛʷˣʸᶻᴬᴮᴰᴱᴳᴴᴵᴶᴷᴸᴹᴺᴼᴾᴿᵀᵁⱽᵂ",
);
const LOWERED: (&str, &str) = ("0123456789+-=()aehijklmnoprstuvxβγρφχ", "₀₁₂₃₄₅₆₇₈₉₊₋₌₍₎ₐₑₕᵢⱼₖₗₘₙₒₚᵣₛₜᵤᵥₓᵦᵧᵨᵩᵪ");

/// Shows a formula, or one line of it: in Unicode without its delimiters if possible, otherwise as written.
pub fn shown(source: &str) -> Cow<'_, str> {
    let text = source.trim();
    let inside = [("$$", "$$"), ("$", "$"), ("\\(", "\\)"), ("\\[", "\\]")]
        .iter()
        .find_map(|(open, close)| text.strip_prefix(open)?.strip_suffix(close));
    let inside = inside.unwrap_or(text);
    let is_some = !inside.trim().is_empty() && inside.len() <= LONGEST && !inside.contains('$');
    let mut reader = FormulaReader { rest: inside.trim() };
    let read = is_some.then(|| reader.all(0)).flatten().filter(|_| reader.rest.is_empty());
    match read.filter(|read| !read.trim().is_empty()) {
        Some(read) => Cow::Owned(read.split(' ').filter(|word| !word.is_empty()).collect::<Vec<_>>().join(" ")),
        None => Cow::Borrowed(source),
    }
}

struct FormulaReader<'a> {
    rest: &'a str,
}

impl<'a> FormulaReader<'a> {
    /// Everything up to the end of the group; `None` if something has no Unicode form.
    fn all(&mut self, depth: usize) -> Option<String> {
        let mut out = String::new();
        while !self.rest.is_empty() && !self.rest.starts_with('}') {
            out.push_str(&self.one(depth)?);
        }
        Some(out)
    }

    /// The next char, command or group.
    fn one(&mut self, depth: usize) -> Option<String> {
        let c = self.rest.chars().next().filter(|_| depth <= DEEPEST)?;
        self.rest = &self.rest[c.len_utf8()..];
        match c {
            '{' => {
                let inside = self.all(depth + 1)?;
                self.rest = self.rest.strip_prefix('}')?;
                Some(inside)
            }
            '\\' => self.command(depth),
            '^' => self.script('^', RAISED, depth),
            '_' => self.script('_', LOWERED, depth),
            '\'' => Some("′".to_owned()),
            '~' => Some(" ".to_owned()),
            '&' | '}' => None,
            c if c.is_whitespace() => Some(" ".to_owned()),
            c => Some(c.to_string()),
        }
    }

    /// The argument of a command: the next token that is not a space.
    fn argument(&mut self, depth: usize) -> Option<String> {
        self.rest = self.rest.trim_start();
        self.one(depth + 1)
    }

    fn script(&mut self, sign: char, (from, to): (&str, &str), depth: usize) -> Option<String> {
        let inside = self.argument(depth)?;
        let small = |c: char| from.chars().zip(to.chars()).find(|(from, _)| *from == c).map(|(_, to)| to);
        let written: Option<String> = inside.chars().filter(|c| *c != ' ').map(small).collect();
        Some(match written {
            Some(written) => written,
            None if inside == "′" => inside,
            None if inside.chars().count() == 1 => format!("{sign}{inside}"),
            None => format!("{sign}({inside})"),
        })
    }

    fn command(&mut self, depth: usize) -> Option<String> {
        let letters = self.rest.bytes().take_while(u8::is_ascii_alphabetic).count();
        let length = if letters == 0 { self.rest.chars().next()?.len_utf8() } else { letters };
        let (name, rest) = self.rest.split_at(length);
        self.rest = rest;
        let held = |text: String| if text.chars().count() > 1 { format!("({text})") } else { text };
        match name {
            "frac" | "dfrac" | "tfrac" => {
                let (above, below) = (self.argument(depth)?, self.argument(depth)?);
                Some(format!("{}/{}", held(above), held(below)))
            }
            "sqrt" if !self.rest.starts_with('[') => self.argument(depth).map(|inside| format!("√{}", held(inside))),
            "mathbb" => {
                let double = |c| DOUBLE.iter().find(|(plain, _)| *plain == c).map_or(c, |(_, double)| *double);
                self.argument(depth).map(|inside| inside.chars().map(double).collect())
            }
            _ if CUTS.contains(&name) => self.argument(depth),
            _ => {
                if let Some((_, accent)) = ACCENTS.iter().find(|(known, _)| *known == name) {
                    let inside = self.argument(depth)?;
                    return (inside.chars().count() == 1).then(|| format!("{inside}{accent}"));
                }
                let known = COMMANDS.iter().find(|(known, _)| *known == name);
                known.map(|(_, sign)| (*sign).to_owned())
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(source: &str, wanted: &str) {
        assert_eq!(shown(source), wanted);
    }

    #[test]
    fn formulas_use_unicode_where_possible() {
        check("$\\sum_i x_i^2$", "∑ᵢ xᵢ²");
        check("$x \\in \\mathbb{R}^{n+1}$", "x ∈ ℝⁿ⁺¹");
        check("$$\\alpha_{t} = \\frac{1}{2}\\left(a+b\\right)$$", "αₜ = 1/2(a+b)");
        check("$p_\\theta(x|y)$", "p_θ(x|y)");
        check("\\(\\hat{y} \\leq \\sqrt{d_k}\\)", "y\u{302} ≤ √(dₖ)");
        check("\\[f'(x) \\to \\mathcal{L}_{KL}\\]", "f′(x) → L_(KL)");
        check("$a*b*c$", "a*b*c");
    }

    #[test]
    fn other_formulas_are_shown_as_source() {
        for source in [
            "$$",
            "$$\n",
            "\\begin{matrix} a & b \\end{matrix}",
            "$\\mine{x}$",
            "$a & b$",
            "$x_{$",
            "$\\hat{xy}$",
            "$x}$",
        ] {
            check(source, source);
        }
        let deep = format!("${}x{}$", "{".repeat(500), "}".repeat(500));
        check(&deep, &deep);
    }

    #[test]
    fn every_superscript_has_a_plain_form() {
        for (from, to) in [RAISED, LOWERED] {
            assert_eq!(from.chars().count(), to.chars().count());
        }
    }
}
