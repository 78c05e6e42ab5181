//! Makes text safe for a terminal.
//!
//! [`Safe`] is the only text that is written to a terminal, and only the functions here can make it. Dangerous
//! characters are found by Unicode property (ICU4X): controls (Cc), format characters (Cf), line and paragraph
//! separators (Zl, Zp), and everything else that is ignorable by default. Joiners, variation selectors and tags that
//! are part of an emoji are kept (UTS #51).

use std::borrow::Cow;
use std::fmt;
use std::ops::Deref;

use icu_properties::props::{DefaultIgnorableCodePoint, Emoji, EmojiModifier, ExtendedPictographic, GeneralCategory};
use icu_properties::{CodePointMapData, CodePointMapDataBorrowed, CodePointSetData, CodePointSetDataBorrowed};
use unicode_width::UnicodeWidthChar;

/// Text without characters that could control a terminal or mislead its reader.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Safe<'a>(Cow<'a, str>);

impl Safe<'_> {
    /// The text as a plain string.
    pub fn into_owned(self) -> String {
        self.0.into_owned()
    }
}

impl Deref for Safe<'_> {
    type Target = str;

    fn deref(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for Safe<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(&self.0)
    }
}

/// What [`safe`] replaces a tab with.
const TAB: &str = "    ";

/// Maximum number of combining marks to keep on one character; more would paint over the lines above.
const MARKS: usize = 4;

/// Zero-width joiner, which joins emoji.
const JOINER: char = '\u{200D}';

/// Starts the flag sequence of a subdivision such as Scotland.
const BLACK_FLAG: char = '\u{1F3F4}';

/// Makes one line of text safe to show. The log itself is not changed.
///
/// Controls become their pictures (`␛`), tabs and line separators become spaces, and bidi marks, tags
/// and other format characters become `�`. Invisible characters such as a soft hyphen or a zero-width
/// space are dropped.
pub fn safe(text: &str) -> Safe<'_> {
    sanitize(text, MARKS, |c, kind, out| match c {
        '\t' => out.push_str(TAB),
        _ => show(c, kind, out),
    })
}

/// Like [`safe`] for several lines: tabs and line ends stay.
pub fn safe_lines(text: &str) -> Safe<'_> {
    if text.contains("\r\n") {
        return Safe(Cow::Owned(safe_lines(&text.replace("\r\n", "\n")).into_owned()));
    }
    sanitize(text, MARKS, |c, kind, out| match c {
        '\t' | '\n' => out.push(c),
        _ => show(c, kind, out),
    })
}

/// Escapes dangerous characters in JSON; the document's value does not change.
pub fn safe_json(text: &str) -> Safe<'_> {
    sanitize(text, usize::MAX, |c, _, out| match c {
        '\n' => out.push(c),
        _ => c.encode_utf16(&mut [0; 2]).iter().for_each(|unit| out.push_str(&format!("\\u{unit:04x}"))),
    })
}

/// Text for the clipboard: drops only what could harm the program that it is pasted into.
pub fn copied(text: &str) -> Safe<'_> {
    sanitize(text, usize::MAX, |c, kind, out| {
        if kind == CharKind::Invisible || matches!(c, '\t' | '\n') {
            out.push(c);
        }
    })
}

/// Whether [`safe`] would return the text unchanged.
pub fn is_safe(text: &str) -> bool {
    matches!(safe(text).0, Cow::Borrowed(_))
}

/// How a character is treated.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum CharKind {
    Plain,
    /// A combining mark on the character before it.
    Mark,
    /// Invisible on its own: a soft hyphen, joiner or variation selector.
    Invisible,
    Dangerous,
}

/// Keeps plain characters, and at most `most` combining marks on each. For every other character, `replace` appends
/// its replacement.
fn sanitize<'a>(text: &'a str, most: usize, mut replace: impl FnMut(char, CharKind, &mut String)) -> Safe<'a> {
    if !text.contains(is_suspect) {
        return Safe(Cow::Borrowed(text));
    }
    let mut out = String::with_capacity(text.len());
    let (mut rest, mut marks) = (text, 0);
    while let Some(c) = rest.chars().next() {
        rest = &rest[c.len_utf8()..];
        let kind = kind(c);
        match kind {
            CharKind::Mark => {
                marks += 1;
                out.extend((marks <= most).then_some(c));
                continue;
            }
            CharKind::Plain => out.push(c),
            CharKind::Invisible if is_in_emoji(c, &out, rest) => out.push(c),
            _ => replace(c, kind, &mut out),
        }
        marks = 0;
        if c == BLACK_FLAG {
            let (tags, after) = rest.split_at(flag_tags(rest));
            out.push_str(tags);
            rest = after;
        }
    }
    Safe(if out == text { Cow::Borrowed(text) } else { Cow::Owned(out) })
}

/// Whether a character is not plain. Checks common ranges before the slower Unicode tables.
fn is_suspect(c: char) -> bool {
    !matches!(c, ' '..='~' | '\u{3000}'..='\u{3029}' | '\u{3400}'..='\u{9FFF}' | '\u{FF01}'..='\u{FF60}')
        && kind(c) != CharKind::Plain
}

fn kind(c: char) -> CharKind {
    const CATEGORIES: CodePointMapDataBorrowed<'static, GeneralCategory> = CodePointMapData::new();
    const IGNORABLE: CodePointSetDataBorrowed<'static> = CodePointSetData::new::<DefaultIgnorableCodePoint>();
    use GeneralCategory::{Control, Format, LineSeparator, NonspacingMark, OtherLetter, ParagraphSeparator};
    match CATEGORIES.get(c) {
        _ if matches!(c, '\u{AD}' | '\u{180E}' | '\u{200B}'..='\u{200D}' | '\u{2060}'..='\u{2064}' | '\u{FEFF}') => {
            CharKind::Invisible
        }
        Control | Format | LineSeparator | ParagraphSeparator => CharKind::Dangerous,
        category if IGNORABLE.contains(c) => match category {
            NonspacingMark | OtherLetter => CharKind::Invisible,
            _ => CharKind::Dangerous,
        },
        _ if c.width() == Some(0) => CharKind::Mark,
        _ => CharKind::Plain,
    }
}

/// Appends a visible stand-in for a dangerous character; a run of tags gets only one stand-in.
fn show(c: char, kind: CharKind, out: &mut String) {
    match c {
        _ if kind == CharKind::Invisible => {}
        '\0'..='\u{1F}' => out.push(char::from_u32(0x2400 + u32::from(c)).unwrap_or('�')),
        '\u{7F}' => out.push('␡'),
        '\u{2028}' | '\u{2029}' => out.push(' '),
        '\u{E0000}'..='\u{E007F}' if out.ends_with(['�', BLACK_FLAG]) => {}
        _ => out.push('�'),
    }
}

/// Whether a joiner or variation selector belongs to the emoji around it.
fn is_in_emoji(c: char, before: &str, after: &str) -> bool {
    const EMOJI: CodePointSetDataBorrowed<'static> = CodePointSetData::new::<Emoji>();
    const PICTURES: CodePointSetDataBorrowed<'static> = CodePointSetData::new::<ExtendedPictographic>();
    const TONES: CodePointSetDataBorrowed<'static> = CodePointSetData::new::<EmojiModifier>();
    let Some(last) = before.chars().next_back() else { return false };
    match c {
        JOINER => {
            let joins = last == '\u{FE0F}' || PICTURES.contains(last) || TONES.contains(last);
            joins && after.starts_with(|next| PICTURES.contains(next))
        }
        '\u{FE0E}' | '\u{FE0F}' => EMOJI.contains(last) || PICTURES.contains(last),
        _ => false,
    }
}

/// The length in bytes of the tags after a black flag that make it the flag of a subdivision: a code and an end tag.
/// 0 if there are none.
fn flag_tags(text: &str) -> usize {
    let is_code = |c: &char| matches!(c, '\u{E0030}'..='\u{E0039}' | '\u{E0061}'..='\u{E007A}');
    let code = text.chars().take_while(is_code).count();
    let length = code * 4;
    if (3..=6).contains(&code) && text[length..].starts_with('\u{E007F}') { length + 4 } else { 0 }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn control_characters_are_replaced() {
        assert_eq!(&*safe("a\x1b[31m\tb\u{202E}c\u{9B}d\u{7F}"), "a␛[31m    b�c�d␡");
        assert_eq!(&*safe("\u{FEFF}a\u{AD}b\u{2028}c\u{2066}d\u{E0061}\u{E0062}e"), "ab c�d�e");
        assert_eq!(&*safe("a\u{200D}b"), "ab");
        assert_eq!(&*safe(&format!("a{}b", "\u{301}".repeat(99))), "a\u{301}\u{301}\u{301}\u{301}b");
        assert!(is_safe("注意力 is all “you” need…") && !is_safe("\u{85}"));
        assert_eq!(&*safe_lines("a\tb\r\nc\rd\x1b\n"), "a\tb\nc␍d␛\n");
        assert_eq!(
            &*safe_json("[\"a\u{9b}\u{202e}\u{E0061}👩\u{200D}💻\u{200D}\"\n]"),
            "[\"a\\u009b\\u202e\\udb40\\udc61👩\u{200D}💻\\u200d\"\n]"
        );
        assert_eq!(&*copied("नि\u{200D}\u{200C} a\u{202E}\x1b]52;c;\x07b\tc\nd"), "नि\u{200D}\u{200C} a]52;c;b\tc\nd");
    }

    #[test]
    fn every_unsafe_character_of_unicode_is_replaced() {
        let mut passed = Vec::new();
        for c in '\0'..=char::MAX {
            let shown = safe(c.encode_utf8(&mut [0; 4])).into_owned();
            if shown.contains(c) {
                passed.push(c);
            }
        }
        let passes = |c: char| passed.binary_search(&c).is_ok();
        // Unicode's format characters, written out from DerivedGeneralCategory.txt of version 16.
        let formats = [
            0xAD..=0xAD,
            0x600..=0x605,
            0x61C..=0x61C,
            0x6DD..=0x6DD,
            0x70F..=0x70F,
            0x890..=0x891,
            0x8E2..=0x8E2,
            0x180E..=0x180E,
            0x200B..=0x200F,
            0x202A..=0x202E,
            0x2060..=0x2064,
            0x2066..=0x206F,
            0xFEFF..=0xFEFF,
            0xFFF9..=0xFFFB,
            0x110BD..=0x110BD,
            0x110CD..=0x110CD,
            0x13430..=0x1343F,
            0x1BCA0..=0x1BCA3,
            0x1D173..=0x1D17A,
            0xE0001..=0xE0001,
            0xE0020..=0xE007F,
        ];
        let others = [0..=0x1F, 0x7F..=0x9F, 0x2028..=0x2029, 0xFE00..=0xFE0F, 0xE0000..=0xE0FFF, 0x115F..=0x1160];
        for c in formats.into_iter().chain(others).flatten().filter_map(char::from_u32) {
            assert!(!passes(c), "{c:?}");
        }
        for c in ['a', 'é', '注', '👩', '\u{301}', 'ि', '\u{E000}'] {
            assert!(passes(c), "{c:?}");
        }
    }

    #[test]
    fn emoji_stay_whole() {
        for emoji in
            ["👩‍💻", "❤️", "🏳️‍🌈", "👨🏽‍🚀", "1️⃣", "🏴‍☠️", "🏴\u{E0067}\u{E0062}\u{E0065}\u{E006E}\u{E0067}\u{E007F}", "e\u{301}"]
        {
            assert!(is_safe(emoji), "{emoji:?} {:?}", safe(emoji));
        }
        // Text smuggled in tags is not a flag, and a joiner needs an emoji on both sides.
        assert_eq!(&*safe("🏴\u{E0067}\u{E007F} 👩\u{200D}a ❤\u{FE00}"), "🏴 👩a ❤");
        assert_eq!(&*safe(&format!("🏴{}\u{E007F}", "\u{E0061}".repeat(30))), "🏴");
    }
}
