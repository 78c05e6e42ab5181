//! Keys, and their names on the screen and in the configuration.

use std::fmt;
use std::str::FromStr;

/// A key press, independent of the terminal library.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct KeyPress {
    /// The key itself.
    pub code: Code,
    /// Whether Control is held.
    pub ctrl: bool,
    /// Whether Alt is held.
    pub alt: bool,
}

/// A key without modifiers. Shift is part of the character.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[expect(missing_docs, reason = "named as on a keyboard")]
pub enum Code {
    Char(char),
    Enter,
    Esc,
    Tab,
    BackTab,
    Backspace,
    Delete,
    Up,
    Down,
    Left,
    Right,
    Home,
    End,
    PageUp,
    PageDown,
    F(u8),
}

impl KeyPress {
    /// The key without modifiers.
    pub const fn plain(code: Code) -> Self {
        Self { code, ctrl: false, alt: false }
    }

    pub(in crate::app) const fn char(c: char) -> Self {
        Self::plain(Code::Char(c))
    }

    pub(in crate::app) const fn ctrl(c: char) -> Self {
        Self { code: Code::Char(c), ctrl: true, alt: false }
    }

    /// Maps a full-width character from an input method to the ASCII key that was meant.
    pub(crate) fn half_width(self) -> Self {
        let Code::Char(c) = self.code else { return self };
        let half = match c {
            '\u{3000}' => ' ',
            '！'..='～' => char::from_u32(u32::from(c) - 0xFEE0).unwrap_or(c),
            _ => c,
        };
        Self { code: Code::Char(half), ..self }
    }
}

impl fmt::Display for KeyPress {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.ctrl {
            f.write_str("Ctrl-")?;
        }
        if self.alt {
            f.write_str("Alt-")?;
        }
        match self.code {
            Code::Char(' ') => f.write_str("Space"),
            Code::Char(c) => write!(f, "{}", if self.ctrl { c.to_ascii_uppercase() } else { c }),
            Code::F(number) => write!(f, "F{number}"),
            Code::Enter => f.write_str("↵"),
            Code::BackTab => f.write_str("Shift-Tab"),
            Code::Up => f.write_str("↑"),
            Code::Down => f.write_str("↓"),
            Code::Left => f.write_str("←"),
            Code::Right => f.write_str("→"),
            Code::PageUp => f.write_str("PgUp"),
            Code::PageDown => f.write_str("PgDn"),
            Code::Delete => f.write_str("Del"),
            Code::Esc | Code::Tab | Code::Home | Code::End | Code::Backspace => write!(f, "{:?}", self.code),
        }
    }
}

/// Names of keys in the configuration. All are accepted; the first name of a key is the one written.
const NAMES: [(&str, Code); 23] = [
    ("Space", Code::Char(' ')),
    ("Enter", Code::Enter),
    ("↵", Code::Enter),
    ("Return", Code::Enter),
    ("Esc", Code::Esc),
    ("Escape", Code::Esc),
    ("Tab", Code::Tab),
    ("Shift-Tab", Code::BackTab),
    ("Backspace", Code::Backspace),
    ("Delete", Code::Delete),
    ("Del", Code::Delete),
    ("Up", Code::Up),
    ("↑", Code::Up),
    ("Down", Code::Down),
    ("↓", Code::Down),
    ("Left", Code::Left),
    ("←", Code::Left),
    ("Right", Code::Right),
    ("→", Code::Right),
    ("Home", Code::Home),
    ("End", Code::End),
    ("PgUp", Code::PageUp),
    ("PgDn", Code::PageDown),
];

impl KeyPress {
    /// The key's name in the configuration, in ASCII if possible: `Ctrl-P`, `Down`, `x`.
    pub(crate) fn spelling(self) -> String {
        let (ctrl, alt) = (if self.ctrl { "Ctrl-" } else { "" }, if self.alt { "Alt-" } else { "" });
        let name = NAMES.iter().find(|(_, code)| *code == self.code);
        let plain = Self { ctrl: false, alt: false, ..self };
        let name = match self.code {
            Code::Char(c) if self.ctrl && name.is_none() => c.to_ascii_uppercase().to_string(),
            _ => name.map_or_else(|| plain.to_string(), |(name, _)| (*name).to_owned()),
        };
        format!("{ctrl}{alt}{name}")
    }
}

impl FromStr for KeyPress {
    type Err = ();

    /// Parses `x`, `Down` or `F1`, optionally after `Ctrl-` and `Alt-`. Case matters only for a single
    /// letter. The names used on the screen are accepted too.
    fn from_str(text: &str) -> Result<Self, ()> {
        let modifier = |text: &'_ str, name: &str| {
            let start = text.get(..name.len()).filter(|start| start.eq_ignore_ascii_case(name))?;
            let rest = &text[start.len()..];
            (!rest.is_empty()).then(|| rest.to_owned())
        };
        for (name, ctrl) in [("Ctrl-", true), ("Alt-", false)] {
            if let Some(rest) = modifier(text, name) {
                let key: Self = rest.parse()?;
                let code = match key.code {
                    // Terminals do not distinguish Ctrl-P from Ctrl-p.
                    Code::Char(c) if ctrl => Code::Char(c.to_ascii_lowercase()),
                    code => code,
                };
                return Ok(Self { code, ctrl: key.ctrl || ctrl, alt: key.alt || !ctrl });
            }
        }
        if let Some((_, code)) = NAMES.iter().find(|(name, _)| name.eq_ignore_ascii_case(text)) {
            return Ok(Self::plain(*code));
        }
        if let Some(number) = text.strip_prefix(['F', 'f']).and_then(|number| number.parse().ok()) {
            return if (1..=24).contains(&number) { Ok(Self::plain(Code::F(number))) } else { Err(()) };
        }
        let mut chars = text.chars();
        match (chars.next(), chars.next()) {
            (Some(c), None) if !c.is_control() && !c.is_whitespace() => Ok(Self::char(c)),
            _ => Err(()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(text: &str, wanted: Option<KeyPress>) {
        assert_eq!(text.parse().ok(), wanted, "{text:?}");
    }

    #[test]
    fn keys_parse_from_their_names() {
        check("x", Some(KeyPress::char('x')));
        check("X", Some(KeyPress::char('X')));
        check("Ctrl-P", Some(KeyPress::ctrl('p')));
        check("ctrl-p", Some(KeyPress::ctrl('p')));
        check("Ctrl-Alt-Down", Some(KeyPress { code: Code::Down, ctrl: true, alt: true }));
        check("-", Some(KeyPress::char('-')));
        check("Ctrl--", Some(KeyPress::ctrl('-')));
        check("space", Some(KeyPress::char(' ')));
        check("pgdn", Some(KeyPress::plain(Code::PageDown)));
        check("F12", Some(KeyPress::plain(Code::F(12))));
        check("论", Some(KeyPress::char('论')));
        for wrong in ["", "Ctrl-", "xx", "F0", "F99", "Shift-x", " ", "\t", "论文"] {
            check(wrong, None);
        }
    }
}
