//! Recognises signs outside Markdown: inline HTML, wiki links, and the properties and block references of note-taking
//! programs.

use std::ops::Range;

use memchr::{memchr_iter, memchr3_iter};

use super::shortcodes;
use crate::log::wiki::wiki;

/// Syntax that is not Markdown, such as inline HTML or a wiki link.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum InlineSign {
    /// Opens or closes (`false`) bold text.
    Bold(bool),
    /// Opens or closes italic text.
    Italic(bool),
    /// Opens or closes struck-through text.
    Strike(bool),
    /// Opens or closes code.
    Code(bool),
    /// Opens or closes a heading or the visible line of a folded block.
    Summary(bool),
    /// Opens `<a href="…">`, or closes it.
    Anchor(bool),
    /// A line break.
    Line,
    /// An HTML list item.
    Item,
    /// An HTML table cell.
    Cell,
    /// Superscript `^` or subscript `_`.
    Script(char),
    /// A picture that is not one of the entry's figures.
    Picture,
    /// `[[note]]`, `[[note|text]]`, `![[note]]`.
    Wiki,
    /// `key::` at the start of a line.
    Property,
    /// `[key::` or `(key::` within a line: a field of Dataview. It ends with [`InlineSign::FieldEnd`].
    Field,
    /// The bracket that ends a field.
    FieldEnd,
    /// `((id))`: the text of another block.
    Block,
    /// The opening fence of a container: `::: kind title`.
    Fence,
    /// A shortcode such as `:star:`.
    Emoji(&'static str),
    /// Not shown.
    Nothing,
}

/// The signs in a source, in order.
pub fn find(source: &str) -> Vec<(Range<usize>, InlineSign)> {
    let mut found: Vec<(Range<usize>, InlineSign)> = Vec::new();
    let (mut end, mut ends) = (0, Vec::new());
    for at in memchr3_iter(b'<', b'[', b'(', source.as_bytes()) {
        if at < end {
            continue;
        }
        let sign = match source.as_bytes()[at] {
            b'<' => tag(&source[at..]).map(|(length, sign)| (at..at + length, sign)),
            b'[' => wiki(source, at).map(|span| (span, InlineSign::Wiki)),
            _ => block_reference(source, at).map(|span| (span, InlineSign::Block)),
        };
        let field = if sign.is_none() { field(source, at) } else { None };
        if let Some((length, close)) = field {
            ends.push((close..close + 1, InlineSign::FieldEnd));
            found.push((at..at + length, InlineSign::Field));
            end = at + length;
        }
        if let Some((span, sign)) = sign {
            end = span.end;
            found.push((span, sign));
        }
    }
    let known = found.len();
    found.append(&mut ends);
    if source.contains("::") || source.contains(" ^") {
        lines(source, &mut found);
    }
    for at in memchr_iter(b':', source.as_bytes()) {
        found.extend(shortcodes::read(source, at).map(|(length, emoji)| (at..at + length, InlineSign::Emoji(emoji))));
    }
    if found.len() > known {
        drop_nested(&mut found);
    }
    found
}

/// Sorts signs and drops those inside others.
fn drop_nested(found: &mut Vec<(Range<usize>, InlineSign)>) {
    found.sort_by_key(|(span, _)| span.start);
    let mut end = 0;
    found.retain(|(span, _)| {
        let stands_alone = span.start >= end;
        end = end.max(span.end);
        stands_alone
    });
}

/// (length in bytes, sign) of the HTML tag at the start of a text.
fn tag(text: &str) -> Option<(usize, InlineSign)> {
    let bytes = text.as_bytes();
    let slash = usize::from(bytes.get(1) == Some(&b'/'));
    let length = bytes[1 + slash..].iter().take_while(|byte| byte.is_ascii_alphanumeric()).count();
    if !(1..=10).contains(&length) {
        return None;
    }
    let name = text[1 + slash..1 + slash + length].to_ascii_lowercase();
    let opens = slash == 0;
    let sign = sign(&name, opens)?;
    let behind = 1 + slash + length;
    let end = behind + text.as_bytes()[behind..].iter().take(1_000).position(|&byte| byte == b'>')?;
    let inside = text[behind..end].trim_end_matches('/').trim_end();
    // `<i, j>` and `<a b>` are not tags.
    let is_tag = inside.is_empty() || inside.starts_with(char::is_whitespace) && inside.contains('=');
    let leads = !matches!(sign, InlineSign::Anchor(true)) || inside.contains("href");
    (is_tag && leads).then_some((end + 1, sign))
}

fn sign(name: &str, opens: bool) -> Option<InlineSign> {
    Some(match name {
        "b" | "strong" | "th" => InlineSign::Bold(opens),
        "i" | "em" => InlineSign::Italic(opens),
        "del" | "strike" => InlineSign::Strike(opens),
        "code" | "tt" | "kbd" => InlineSign::Code(opens),
        "summary" | "h1" | "h2" | "h3" | "h4" | "h5" | "h6" => InlineSign::Summary(opens),
        "a" => InlineSign::Anchor(opens),
        "br" | "p" | "div" | "details" | "tr" | "table" | "ul" | "ol" | "hr" | "center" | "dt" | "blockquote" => {
            InlineSign::Line
        }
        "li" | "dd" if opens => InlineSign::Item,
        "td" if opens => InlineSign::Cell,
        "sup" if opens => InlineSign::Script('^'),
        "sub" if opens => InlineSign::Script('_'),
        "img" => InlineSign::Picture,
        "u" | "font" | "span" | "mark" | "ins" | "small" | "big" | "sup" | "sub" | "li" | "dd" | "td" | "dl"
        | "thead" | "tbody" | "figure" | "figcaption" | "picture" | "source" | "label" => InlineSign::Nothing,
        _ => return None,
    })
}

/// The value of an attribute, such as `href` or `src`.
pub fn attribute<'a>(tag: &'a str, name: &str) -> Option<&'a str> {
    let at = tag.to_ascii_lowercase().find(&format!("{name}="))? + name.len() + 1;
    let value = &tag[at..];
    match value.chars().next()? {
        quote @ ('"' | '\'') => value[1..].split(quote).next(),
        _ => value.split([' ', '>', '\t', '\n']).next(),
    }
}

/// The longest field, in bytes.
const LONGEST_FIELD: usize = 300;

/// (length of the opening in bytes, byte of the closing bracket) of a Dataview field at byte `at`, such as
/// `[venue:: Emus 2031]`. Neither `(std::vec)` nor a link's text is a field.
fn field(source: &str, at: usize) -> Option<(usize, usize)> {
    let bytes = source.as_bytes();
    let closing = match bytes.get(at)? {
        b'[' => b']',
        b'(' => b')',
        _ => return None,
    };
    let length = property(&source[at + 1..])? + 1;
    let blanks = bytes[at + length..].iter().take_while(|&&byte| byte == b' ').count();
    let mut depth = 1;
    for (index, &byte) in bytes[at + length..].iter().take(LONGEST_FIELD).enumerate() {
        match byte {
            b'\n' => return None,
            _ if byte == bytes[at] => depth += 1,
            _ if byte == closing => depth -= 1,
            _ => {}
        }
        if depth == 0 {
            let close = at + length + index;
            let is_link = closing == b']' && matches!(bytes.get(close + 1), Some(b'(' | b'['));
            return (!is_link && index > blanks).then_some((length + blanks, close));
        }
    }
    None
}

/// The id in a block reference `((…))`, which may be inside `{{embed …}}`.
pub fn block_id(written: &str) -> &str {
    written.split(['(', ')']).find(|part| part.len() == BLOCK_ID).unwrap_or_default()
}

/// The length of a block's id: 8-4-4-4-12 hexadecimal digits.
pub const BLOCK_ID: usize = 36;

/// Whether a text is the id of a Logseq block.
pub fn is_block_id(id: &str) -> bool {
    let is_part = |(index, byte): (usize, u8)| match index {
        8 | 13 | 18 | 23 => byte == b'-',
        _ => byte.is_ascii_hexdigit(),
    };
    id.len() == BLOCK_ID && id.bytes().enumerate().all(is_part)
}

/// The bytes of a block reference `((8-4-4-4-12 hexadecimal digits))`, with any `{{embed …}}` around it.
fn block_reference(source: &str, at: usize) -> Option<Range<usize>> {
    let inside = source[at..].strip_prefix("((")?.get(..BLOCK_ID)?;
    let end = at + BLOCK_ID + 4;
    if !is_block_id(inside) || !source[at + BLOCK_ID + 2..].starts_with("))") {
        return None;
    }
    let embeds = source[..at].ends_with("{{embed ") && source[end..].starts_with("}}");
    Some(if embeds { at - "{{embed ".len()..end + 2 } else { at..end })
}

/// Adds the signs that depend on their place in a line: properties, fences, block ids.
fn lines(source: &str, found: &mut Vec<(Range<usize>, InlineSign)>) {
    let mut start = 0;
    for line in source.split_inclusive('\n') {
        let text = line.trim_end();
        let from = text.len() - text.trim_start_matches([' ', '\t', '-', '*', '+', '>']).len();
        if let Some(fence) = text[from..].strip_prefix(":::") {
            let opens = fence.contains(|c: char| c.is_alphanumeric());
            found.push((start + from..start + text.len(), if opens { InlineSign::Fence } else { InlineSign::Nothing }));
        } else if let Some(length) = property(&text[from..]) {
            let key = &text[from..from + length - 2];
            let is_own = ["id", "collapsed", "heading", "background-color"].contains(&key) || key.starts_with("ls-");
            let end = if is_own { text.len() } else { from + length };
            found.push((start + from..start + end, if is_own { InlineSign::Nothing } else { InlineSign::Property }));
        } else if let Some(at) = hidden_id(text) {
            found.push((start + at..start + text.len(), InlineSign::Nothing));
        }
        start += line.len();
    }
}

/// The visible text of a fence: its title, or its kind.
pub fn fence_text(fence: &str) -> String {
    let fence = fence.trim_start_matches(':').trim();
    let end = fence.find(|c: char| !c.is_alphanumeric() && c != '-').unwrap_or(fence.len());
    let (kind, title) = fence.split_at(end);
    let title = title.split('{').next().unwrap_or_default().trim();
    let title = title.strip_prefix('[').and_then(|title| title.strip_suffix(']')).unwrap_or(title);
    let mut letters = kind.chars();
    let first = letters.next().into_iter().flat_map(char::to_uppercase);
    if title.is_empty() { first.chain(letters).collect() } else { title.to_owned() }
}

/// The length in bytes of the word at the start of a text that may be the key of a property; 0 if there is none.
pub fn key_length(text: &str) -> usize {
    text.bytes().take_while(|&byte| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_')).count()
}

/// The length of `key::` at the start of a line, in bytes.
fn property(line: &str) -> Option<usize> {
    let length = key_length(line);
    let behind = line[length..].strip_prefix("::")?;
    let is_key = (1..=32).contains(&length) && (behind.is_empty() || behind.starts_with(' '));
    is_key.then_some(length + 2)
}

/// The offset of an Obsidian block id such as ` ^1a2b3c` or ` ^my-quote` at the end of a line.
pub fn block_id_start(line: &str) -> Option<usize> {
    let at = line.rfind(" ^")?;
    let id = &line[at + 2..];
    let is_id = !id.is_empty() && id.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-');
    is_id.then_some(at)
}

/// The offset of a block id to hide. Only generated ids are hidden, since ` ^2` may be a power.
fn hidden_id(line: &str) -> Option<usize> {
    let at = block_id_start(line)?;
    let id = &line[at + 2..];
    let is_generated = id.len() == 6 && id.bytes().all(|byte| byte.is_ascii_digit() || byte.is_ascii_lowercase());
    is_generated.then_some(at)
}
