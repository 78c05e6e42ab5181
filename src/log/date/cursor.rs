//! A reading position in a text. Full-width forms are read as ASCII, and decoration around a date can be skipped.

/// The longest run of decoration that is skipped, in chars.
const DECORATION: usize = 40;

/// The longest HTML tag or link target that is skipped, in bytes.
const TAG: usize = 200;

#[derive(Debug, Clone, Copy)]
pub(super) struct Cursor<'a> {
    text: &'a str,
    pub at: usize,
}

/// A run of digits. Their count tells `05` from `5`, and a year from a day.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Number {
    pub value: u32,
    pub digits: usize,
}

impl<'a> Cursor<'a> {
    pub fn new(text: &'a str) -> Self {
        Self { text, at: 0 }
    }

    pub fn rest(&self) -> &'a str {
        &self.text[self.at..]
    }

    /// The text before the cursor.
    pub fn before(&self) -> &'a str {
        &self.text[..self.at]
    }

    fn byte(&self) -> Option<u8> {
        self.text.as_bytes().get(self.at).copied()
    }

    pub fn raw(&self) -> Option<char> {
        match self.byte()? {
            byte if byte.is_ascii() => Some(char::from(byte)),
            _ => self.rest().chars().next(),
        }
    }

    /// The next char, after [`fold`].
    pub fn peek(&self) -> Option<char> {
        match self.byte()? {
            byte if byte.is_ascii() => Some(char::from(byte)),
            _ => self.rest().chars().next().map(fold),
        }
    }

    pub fn second(&self) -> Option<char> {
        self.rest().chars().nth(1).map(fold)
    }

    pub fn bump(&mut self) {
        self.at += self.raw().map_or(0, char::len_utf8);
    }

    pub fn eat(&mut self, wanted: impl Fn(char) -> bool) -> Option<char> {
        let found = self.peek().filter(|&c| wanted(c))?;
        self.bump();
        Some(found)
    }

    pub fn eat_one_of(&mut self, words: &[&str]) -> bool {
        let found = words.iter().find(|word| self.rest().starts_with(**word));
        self.at += found.map_or(0, |word| word.len());
        found.is_some()
    }

    pub fn spaces(&mut self) -> bool {
        let start = self.at;
        while self.eat(|c| c == ' ' || c == '\t').is_some() {}
        self.at > start
    }

    /// A number of at most eight digits.
    pub fn number(&mut self) -> Option<Number> {
        let mut cursor = *self;
        let mut number = Number { value: 0, digits: 0 };
        while let Some(digit) = cursor.peek().and_then(|c| c.to_digit(10)) {
            if number.digits == 8 {
                return None;
            }
            number = Number { value: number.value * 10 + digit, digits: number.digits + 1 };
            cursor.bump();
        }
        if number.digits == 0 {
            return None;
        }
        *self = cursor;
        Some(number)
    }

    /// A number of at most two digits: a month, day or week.
    pub fn small(&mut self) -> Option<u32> {
        let mut cursor = *self;
        let number = cursor.number().filter(|number| number.digits <= 2)?;
        *self = cursor;
        Some(number.value)
    }

    /// The ASCII letters at the cursor.
    pub fn word(&self) -> &'a str {
        let rest = self.rest();
        let end = rest.bytes().position(|byte| !byte.is_ascii_alphabetic()).unwrap_or(rest.len());
        &rest[..end]
    }

    /// Reads one of these words, ignoring case, and returns its index.
    pub fn eat_word(&mut self, words: &[&str]) -> Option<usize> {
        let word = self.word();
        let index = words.iter().position(|known| known.eq_ignore_ascii_case(word))?;
        self.at += word.len();
        Some(index)
    }

    /// Skips emphasis, emoji, tags, quotes and white space. Returns the byte offset of the first opening bracket among
    /// them.
    pub fn decoration(&mut self) -> Option<usize> {
        let mut bracket = None;
        for _ in 0..DECORATION {
            while self.byte().is_some_and(|byte| byte == b' ') {
                self.at += 1;
            }
            let Some(c) = self.peek() else { break };
            if is_opening(c) {
                bracket = bracket.or(Some(self.at));
                self.bump();
            } else if is_decoration(c) || self.opens_timestamp() {
                self.bump();
            } else if !self.tag() && !self.shortcode() {
                break;
            }
        }
        bracket
    }

    /// Whether an Org timestamp starts here: `<2031-05-17 Sat>`.
    fn opens_timestamp(&self) -> bool {
        self.rest().starts_with('<') && self.rest()[1..].starts_with(|c: char| c.is_ascii_digit())
    }

    /// Skips an HTML tag. Returns whether there was one.
    pub fn tag(&mut self) -> bool {
        let rest = self.rest();
        let is_tag =
            rest.starts_with('<') && rest[1..].starts_with(|c: char| c.is_ascii_alphabetic() || c == '/' || c == '!');
        let end = if is_tag { rest.bytes().take(TAG).position(|byte| byte == b'>') } else { None };
        self.at += end.map_or(0, |end| end + 1);
        end.is_some()
    }

    /// Skips an emoji shortcode `:name:`. Returns whether there was one.
    fn shortcode(&mut self) -> bool {
        let Some(rest) = self.rest().strip_prefix(':') else { return false };
        let length = rest.bytes().take_while(|byte| byte.is_ascii_alphanumeric() || *byte == b'_').count();
        let is_emoji = length > 1 && rest[length..].starts_with(':') && !rest.starts_with(|c: char| c.is_ascii_digit());
        self.at += if is_emoji { length + 2 } else { 0 };
        is_emoji
    }

    /// Skips the target of a link whose text has just ended, `](notes.md)`. Returns whether the target is an anchor in
    /// the same file.
    pub fn link_target(&mut self) -> bool {
        let is_anchor = self.rest().starts_with("(#");
        if self.before().ends_with(']') && self.rest().starts_with('(') {
            let end = self.rest().bytes().take(TAG).position(|byte| byte == b')');
            self.at += end.map_or(0, |end| end + 1);
        }
        is_anchor
    }
}

/// Maps full-width forms and every kind of space, dash, tilde and slash to ASCII.
pub(super) fn fold(c: char) -> char {
    match c {
        '\u{21}'..='\u{7E}' => c,
        '\u{FF01}'..='\u{FF5E}' => char::from_u32(u32::from(c) - 0xFEE0).unwrap_or(c),
        '\u{3000}' | '\u{A0}' | '\u{2002}'..='\u{200A}' => ' ',
        '‐' | '‑' | '‒' | '–' | '—' | '―' | '−' => '-',
        '〜' | '∼' => '~',
        '∕' | '⁄' => '/',
        _ => c,
    }
}

pub(super) fn is_opening(c: char) -> bool {
    matches!(c, '[' | '(' | '【' | '「' | '〔' | '{' | '『')
}

pub(super) fn is_closing(c: char) -> bool {
    matches!(c, ']' | ')' | '】' | '」' | '〕' | '}' | '』')
}

/// Whether a char next to a date leaves the meaning of the date unchanged.
pub(super) fn is_decoration(c: char) -> bool {
    match c {
        '*' | '_' | '`' | '#' | '~' | '=' | '>' | '|' | '"' | '\'' | '-' | '@' => true,
        _ if c.is_ascii() => c.is_ascii_whitespace(),
        '《' | '》' | '〇' | '，' | '。' | '、' | '？' | '！' | '…' | '•' | '·' => matches!(c, '•' | '·'),
        _ => !c.is_alphanumeric() && !is_opening(c) && !is_closing(c),
    }
}
