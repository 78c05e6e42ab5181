//! Splits a short Markdown text, usually one line, into pieces: links, tags, URLs, emphasis.
//!
//! Titles are looked for on thousands of lines, most of which have none, so this scans the bytes once and copies
//! nothing. Whole pages are read by [`markup`](crate::log::markup).

use crate::text::prefix;

/// How far to look for a closing bracket or the end of a tag, in bytes.
const BRACKETED: usize = 2_000;

/// A piece of a text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Piece<'a> {
    /// The kind of piece.
    pub kind: PieceKind<'a>,
    /// The text without the surrounding marks.
    pub text: &'a str,
    /// The byte at which the piece starts, including its marks.
    pub at: usize,
    /// Whether the piece is in emphasis or in a tag such as `<u>` or `<b>`.
    pub strong: bool,
    /// Whether its first char is escaped.
    pub escaped: bool,
}

/// The kind of a piece.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PieceKind<'a> {
    /// Plain text.
    Text,
    /// A code span.
    Code,
    /// A link, with its target; empty if the text does not contain the target.
    Link(&'a str),
    /// A wiki link `[[name]]`, with its target.
    Wiki(&'a str),
    /// A bare URL.
    Address,
    /// A picture.
    Picture,
    /// A hard line break: two spaces, a backslash or `<br>`.
    Break,
    /// A soft line break.
    Wrap,
}

/// The pieces of a text, in order.
pub fn pieces(text: &str) -> Vec<Piece<'_>> {
    let mut walk = Walk { text, at: 0, plain: 0, strong: 0, tags: 0, escaped: 0, out: Vec::with_capacity(4) };
    walk.rest_of_link();
    // Only ASCII bytes are marks, so `at` is always on a char boundary.
    while let Some(found) = text.as_bytes()[walk.at..].iter().position(|&byte| MARKS[usize::from(byte)]) {
        walk.at += found;
        walk.step(text.as_bytes()[walk.at]);
    }
    walk.flush(text.len());
    walk.out
}

struct Walk<'a> {
    text: &'a str,
    at: usize,
    /// Where the current plain text starts.
    plain: usize,
    /// The length of the open `*` or `_` run; 0 if there is none.
    strong: usize,
    /// The number of open emphasis tags.
    tags: usize,
    /// The offset of the last escaped char.
    escaped: usize,
    out: Vec<Piece<'a>>,
}

impl<'a> Walk<'a> {
    fn step(&mut self, byte: u8) {
        // Most `h` and `w` are letters of a word, not the start of `http` or `www`: skip them quickly.
        if matches!(byte, b'h' | b'w') && !matches!(self.text.as_bytes().get(self.at + 1), Some(b't' | b'w')) {
            self.at += 1;
            return;
        }
        let rest = &self.text[self.at..];
        match byte {
            b'\\' => self.escape(rest),
            b'\n' => self.line_end(),
            b'`' => self.code(rest),
            b'!' if rest.starts_with("![") => self.bracket(1),
            b'[' => self.bracket(0),
            b'<' => self.tag(rest),
            b'*' | b'_' => self.emphasis(rest, byte),
            b'~' if rest.starts_with("~~") => self.skip(2),
            b'h' | b'w' if is_url(rest) && !self.inside_word() => self.address(rest),
            _ => self.at += 1,
        }
    }

    fn push(&mut self, kind: PieceKind<'a>, text: &'a str, at: usize) {
        let escaped = kind == PieceKind::Text && at > 0 && at == self.escaped;
        self.out.push(Piece { kind, text, at, strong: self.strong > 0 || self.tags > 0, escaped });
    }

    /// Ends the plain text at `end`.
    fn flush(&mut self, end: usize) {
        if self.plain < end {
            self.push(PieceKind::Text, &self.text[self.plain..end], self.plain);
        }
    }

    /// Skips marks.
    fn skip(&mut self, bytes: usize) {
        self.flush(self.at);
        self.at += bytes;
        self.plain = self.at;
    }

    fn put(&mut self, kind: PieceKind<'a>, text: &'a str, bytes: usize) {
        self.flush(self.at);
        self.push(kind, text, self.at);
        self.at += bytes;
        self.plain = self.at;
    }

    /// Reads the rest of a link whose text began before this text: `Emus](a.pdf)` after the date in `[2031-05-17 Emus](a.pdf)`.
    fn rest_of_link(&mut self) {
        let bytes = self.text.as_bytes();
        let Some(inside) = memchr::memchr2(b'[', b']', bytes).filter(|&at| at > 0 && bytes[at..].starts_with(b"]("))
        else {
            return;
        };
        if let Some(end) = closing(&self.text[inside + 1..], b'(', b')') {
            let target = target(&self.text[inside + 2..inside + 1 + end]);
            self.put(PieceKind::Link(target), &self.text[..inside], inside + 1 + end + 1);
        }
    }

    fn inside_word(&self) -> bool {
        self.at.checked_sub(1).is_some_and(|before| self.text.as_bytes()[before].is_ascii_alphanumeric())
    }

    fn escape(&mut self, rest: &'a str) {
        match rest.as_bytes().get(1) {
            Some(b'\n') => self.put(PieceKind::Break, "", 2),
            Some(b'\r') => self.put(PieceKind::Break, "", if rest[2..].starts_with('\n') { 3 } else { 2 }),
            // Drop the backslash and keep the char.
            Some(sign) if sign.is_ascii_punctuation() => {
                self.skip(1);
                self.escaped = self.at;
                self.at += 1;
            }
            None => self.put(PieceKind::Break, "", 1),
            _ => self.at += 1,
        }
    }

    fn line_end(&mut self) {
        let line = &self.text[self.plain..self.at];
        let kind = if line.trim_end_matches('\r').ends_with("  ") { PieceKind::Break } else { PieceKind::Wrap };
        self.put(kind, "", 1);
    }

    fn code(&mut self, rest: &'a str) {
        let ticks = rest.len() - rest.trim_start_matches('`').len();
        match rest[ticks..].find(&rest[..ticks]) {
            Some(end) => self.put(PieceKind::Code, rest[ticks..ticks + end].trim(), 2 * ticks + end),
            None => self.at += ticks,
        }
    }

    /// `[text](target)`, `[[note]]`, `[text][name]`; `before` bytes precede the bracket.
    fn bracket(&mut self, before: usize) {
        let rest = &self.text[self.at + before..];
        let Some(inside) = closing(rest, b'[', b']') else {
            self.at += before + 1;
            return;
        };
        let text = &rest[1..inside];
        let after = &rest[inside + 1..];
        if after.starts_with('(')
            && let Some(end) = closing(after, b'(', b')')
        {
            let target = target(&after[1..end]);
            let kind = if before > 0 { PieceKind::Picture } else { PieceKind::Link(target) };
            return self.put(kind, text, before + inside + 1 + end + 1);
        }
        let name = text.strip_prefix('[').and_then(|name| name.strip_suffix(']'));
        if let Some(name) = name.filter(|name| !name.contains(['[', ']'])) {
            let (target, shown) = name.split_once('|').unwrap_or((name, name));
            let kind = if before > 0 { PieceKind::Picture } else { PieceKind::Wiki(target) };
            return self.put(kind, shown, before + inside + 1);
        }
        if after.starts_with('[')
            && before == 0
            && let Some(end) = closing(after, b'[', b']')
            && !after[1..end].contains(['(', '['])
            && !text.contains('[')
        {
            return self.put(PieceKind::Link(""), text, inside + 1 + end + 1);
        }
        // `[A Title of Some Words]`: a link without a URL yet.
        if before == 0 && !text.contains(['[', '!']) && text.split_whitespace().count() > 2 {
            return self.put(PieceKind::Link(""), text, inside + 1);
        }
        self.at += before + 1;
    }

    fn tag(&mut self, rest: &'a str) {
        if rest.starts_with("<!--") {
            let end = rest.find("-->").map_or(rest.len(), |end| end + 3);
            return self.skip(end);
        }
        let Some(end) = near(rest).find('>') else {
            self.at += 1;
            return;
        };
        let inside = &rest[1..end];
        let name = inside.trim_start_matches('/');
        let name = &name[..name.find(|c: char| !c.is_ascii_alphanumeric()).unwrap_or(name.len())];
        if inside.contains("://") && !inside.contains([' ', '=']) {
            return self.put(PieceKind::Address, inside, end + 1);
        }
        match name.to_ascii_lowercase().as_str() {
            "" => self.at += 1,
            "br" => self.put(PieceKind::Break, "", end + 1),
            "a" if !inside.starts_with('/') => self.anchor(rest, end),
            "u" | "b" | "i" | "em" | "strong" | "mark" => {
                self.flush(self.at);
                self.plain = self.at;
                self.tags = if inside.starts_with('/') { self.tags.saturating_sub(1) } else { self.tags + 1 };
                self.skip(end + 1);
            }
            _ if inside.starts_with(|c: char| c.is_ascii_alphabetic() || c == '/') => self.skip(end + 1),
            _ => self.at += 1,
        }
    }

    /// `<a href="target">text</a>`.
    fn anchor(&mut self, rest: &'a str, end: usize) {
        let text = &rest[end + 1..];
        let close = near(text).find("</a").or_else(|| near(text).find("</A"));
        let Some(close) = close else { return self.skip(end + 1) };
        let target = rest[..end].split_once("href=").map_or("", |(_, value)| value.trim_matches(['"', '\'', ' ']));
        let after = text[close..].find('>').map_or(text.len(), |at| close + at + 1);
        self.put(PieceKind::Link(target), &text[..close], end + 1 + after);
    }

    fn emphasis(&mut self, rest: &str, mark: u8) {
        let run = rest.bytes().take_while(|&byte| byte == mark).count();
        let after = rest[run..].chars().next();
        let opens = self.strong == 0 && after.is_some_and(|c| !c.is_whitespace());
        let before = self.text[..self.at].chars().next_back();
        let is_of_word = |c: Option<char>| c.is_some_and(char::is_alphanumeric);
        // `snake_case` and `2 * 3` are not emphasis.
        let is_mark = match mark {
            b'_' => !(is_of_word(before) && is_of_word(after)),
            _ => self.strong > 0 || opens,
        };
        if !is_mark {
            self.at += run;
            return;
        }
        self.flush(self.at);
        self.plain = self.at;
        self.strong = if self.strong > 0 { 0 } else { run };
        self.skip(run);
    }

    fn address(&mut self, rest: &'a str) {
        let end = rest.find(|c: char| c.is_whitespace() || !c.is_ascii() || "<>\"`|".contains(c));
        let mut address = &rest[..end.unwrap_or(rest.len())];
        let has_parenthesis = address.contains('(');
        while let Some(shorter) = address.strip_suffix(['.', ',', ';', ':', ')', ']', '*']) {
            if has_parenthesis && address.ends_with(')') {
                break;
            }
            address = shorter;
        }
        self.put(PieceKind::Address, address, address.len());
    }
}

/// The bytes that can start a mark, URL or line break.
const MARKS: [bool; 256] = {
    let mut marks = [false; 256];
    let signs = b"\\\n`![<*_~hw";
    let mut at = 0;
    while at < signs.len() {
        marks[signs[at] as usize] = true;
        at += 1;
    }
    marks
};

fn is_url(rest: &str) -> bool {
    rest.starts_with("http://") || rest.starts_with("https://") || rest.starts_with("www.")
}

/// The target in the parentheses of a link, without the link's title.
fn target(inside: &str) -> &str {
    let target = inside.trim().trim_start_matches('<');
    target.split([' ', '\n', '>']).next().unwrap_or_default()
}

/// The first [`BRACKETED`] bytes of a text.
fn near(text: &str) -> &str {
    prefix(text, BRACKETED)
}

/// The byte of the bracket that closes the one at the start of a text. A blank line ends the search.
fn closing(text: &str, open: u8, close: u8) -> Option<usize> {
    let mut depth = 0_usize;
    let mut escaped = false;
    for (at, byte) in text.bytes().enumerate().take(BRACKETED) {
        match byte {
            _ if escaped => escaped = false,
            b'\\' => escaped = true,
            b'\n' if text[at + 1..].starts_with(['\n', '\r']) => return None,
            byte if byte == open => depth += 1,
            byte if byte == close => {
                depth -= 1;
                if depth == 0 {
                    return Some(at);
                }
            }
            _ => {}
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(text: &str, wanted: &str) {
        let shown: Vec<String> = pieces(text)
            .into_iter()
            .map(|piece| {
                let strong = if piece.strong { "!" } else { "" };
                match piece.kind {
                    PieceKind::Text => format!("{strong}{}", piece.text),
                    PieceKind::Code => format!("{strong}`{}", piece.text),
                    PieceKind::Link(to) => format!("{strong}({}→{to})", piece.text),
                    PieceKind::Wiki(to) => format!("{strong}[{}→{to}]", piece.text),
                    PieceKind::Address => format!("@{}", piece.text),
                    PieceKind::Picture => "picture".into(),
                    PieceKind::Break => "¶".into(),
                    PieceKind::Wrap => "↵".into(),
                }
            })
            .collect();
        assert_eq!(shown.join("|"), wanted, "{text:?}");
    }

    #[test]
    fn what_a_line_is_made_of() {
        check("Emus at Work [[pdf](x.pdf)] [code](y)", "Emus at Work [|(pdf→x.pdf)|] |(code→y)");
        check("****`GNU`**** ****`ECCV 2031`**** [Owls](a.md)", "!`GNU| |!`ECCV 2031| |(Owls→a.md)");
        check(
            "<u> **Emus at Work**.</u> [[PDF]](https://x.org/a_(1).pdf)",
            "! |!Emus at Work|!.| |([PDF]→https://x.org/a_(1).pdf)",
        );
        check("A title \\\nhttps://x.org/1.\nmore", "A title |¶|@https://x.org/1|.|↵|more");
        check("a  \nb<br>c\nd", "a  |¶|b|¶|c|↵|d");
        check("snake_case and 2 * 3 \\*x\\*", "snake_case and 2 * 3 |*x|*");
        check("[[Emu|the bird]] and [[Gnu]]", "[the bird→Emu]| and |[Gnu→Gnu]");
        check("<i>Emus</i>: <a href=\"u\">here</a><!-- x --> [A]{b}", "!Emus|: |(here→u)| [A]{b}");
        check("[#Emu: a study (x", "[#Emu: a study (x");
        check("Emus at Work](a.pdf) #birds [x](y)", "(Emus at Work→a.pdf)| #birds |(x→y)");
        check("](a.pdf) x](y", "](a.pdf) x](y");
        check("![a](b.png) [x][y] www.emu.org, <https://x.org>", "picture| |(x→)| |@www.emu.org|, |@https://x.org");
    }
}
