//! Figures: `<img …>` tags, including malformed ones, Markdown images, and `![[picture.png]]`.
//!
//! CommonMark returns a malformed tag such as `<img src="a.png" width=400" height="200">` as pieces of text. Tags are
//! therefore searched for in the source and read by a WHATWG tokenizer, as a browser does.

use std::collections::HashSet;
use std::convert::Infallible;
use std::ops::Range;
use std::sync::LazyLock;

use html5gum::emitters::callback::{CallbackEmitter, CallbackEvent};
use html5gum::{Span, Tokenizer};
use memchr::memmem;

use super::embeds::embedded;
use super::images::{Image, image};
use super::outline::Outline;
use super::{Figure, File};
use crate::text::width;

/// Longest caption that has a colon, in chars.
const CAPTION: usize = 60;
/// Widest caption that has no colon, in columns.
const PARAGRAPH: usize = 60;

/// The figures within `span`, in order.
pub fn find(file: &File, outline: &Outline, base: usize, span: Range<usize>) -> Vec<Figure> {
    let mut figures = tags(file, outline, base, span.clone());
    let first = outline.images.partition_point(|(range, _)| range.start + base < span.start);
    let images = outline.images[first..].iter().take_while(|(range, _)| range.start + base < span.end);
    figures.extend(images.map(|(range, path)| {
        let tag = Tag { path: path.clone(), ..Tag::default() };
        tag.figure(file, range.start + base..range.end + base)
    }));
    figures.extend(embedded(file, outline, base, span.clone()));
    figures.sort_by_key(|figure| figure.span().start);
    figures.retain(|figure| image(figure.path()) == Image::Figure);
    // A tag may contain something that looks like another: `<img alt="![x](a.png)">`.
    let mut end = span.start;
    figures.retain(|figure| {
        let stands_alone = figure.span().start >= end;
        end = end.max(figure.span().end);
        stands_alone
    });
    // A caption must come after the previous figure.
    for index in 0..figures.len() {
        let above = index.checked_sub(1).map_or(span.start, |previous| figures[previous].span().end);
        let figure = &mut figures[index];
        let known = caption(&file.text[above..figure.span().start], index > 0);
        if let Some(caption) = known.or_else(|| alternative(&file.text[figure.span()])) {
            figure.set_caption(&caption);
        }
    }
    figures
}

/// The `<img …>` tags within `span` that are not inside another.
fn tags(file: &File, outline: &Outline, base: usize, span: Range<usize>) -> Vec<Figure> {
    let text = &file.text[span.clone()];
    let (mut found, mut behind) = (Vec::new(), 0);
    static IMAGE: LazyLock<memmem::Finder<'static>> = LazyLock::new(|| memmem::Finder::new("<img"));
    for at in IMAGE.find_iter(text.as_bytes()) {
        let start = span.start + at;
        // Front matter has no figures.
        if at < behind || start < base || outline.is_literal(start - base) {
            continue;
        }
        match tag(&text[at..]) {
            Some((end, tag)) => {
                found.push(tag.figure(file, start..start + end));
                behind = at + end;
            }
            // A tag without an end on this line: no later tag on the line has one either.
            None if text[at + "<img".len()..].starts_with(AFTER_NAME) => {
                behind = memchr::memchr(b'\n', &text.as_bytes()[at..]).map_or(text.len(), |end| at + end);
            }
            None => {}
        }
    }
    found
}

/// What can follow a tag's name.
const AFTER_NAME: [char; 4] = [' ', '\t', '/', '>'];

/// The attributes of an `<img>` tag.
#[derive(Default)]
pub struct Tag {
    /// `src`, as written.
    pub path: String,
    /// In pixels.
    pub width: Option<u32>,
    /// In pixels.
    pub height: Option<u32>,
    /// Whether the tag has a syntax error or a repeated attribute.
    pub malformed: bool,
}

impl Tag {
    fn figure(self, file: &File, span: Range<usize>) -> Figure {
        let Self { path, width, height, malformed } = self;
        let mut figure = Figure::new(&path, file.line_of(span.start), span).sized(width, height);
        figure.malformed = malformed;
        figure
    }
}

/// Reads the `<img …>` at the start of `text`, as (length in bytes, attributes).
///
/// A tag ends on its own line, at the first `>` outside well-formed quotes; or, if the quotes are not balanced, at the
/// first `>`.
pub fn tag(text: &str) -> Option<(usize, Tag)> {
    if !text.get(4..)?.starts_with(AFTER_NAME) {
        return None;
    }
    let end = closing(text)? + 1;
    let mut reading = TagReader::default();
    let emitter = CallbackEmitter::new(|event: CallbackEvent<'_>, _: Span<()>| reading.take(&event));
    // The callback gets the events; the iterator itself yields nothing.
    Tokenizer::new_with_emitter(&text[..end], emitter).for_each(drop);
    Some((end, reading.tag))
}

/// All attributes of a tag, as (name, value). Of two with the same name, the first is kept, as in browsers.
pub fn attributes(tag: &str) -> Vec<(String, String)> {
    let mut attributes: Vec<(String, String)> = Vec::new();
    let mut is_second = false;
    let emitter = CallbackEmitter::new(|event: CallbackEvent<'_>, _: Span<()>| -> Option<Infallible> {
        match event {
            CallbackEvent::AttributeName { name } => {
                let name = String::from_utf8_lossy(name).into_owned();
                is_second = attributes.iter().any(|(known, _)| *known == name);
                if !is_second {
                    attributes.push((name, String::new()));
                }
            }
            CallbackEvent::AttributeValue { value } if !is_second => {
                if let Some((_, known)) = attributes.last_mut() {
                    known.push_str(&String::from_utf8_lossy(value));
                }
            }
            _ => {}
        }
        None
    });
    Tokenizer::new_with_emitter(tag, emitter).for_each(drop);
    attributes
}

/// The attributes to keep.
const ATTRIBUTES: [&str; 3] = ["src", "width", "height"];

/// A tag that is being read.
#[derive(Default)]
struct TagReader {
    tag: Tag,
    /// The attribute names so far.
    names: HashSet<String>,
    /// The values of [`ATTRIBUTES`].
    values: [Vec<u8>; 3],
    /// The attribute of [`ATTRIBUTES`] that is being read.
    at: Option<usize>,
}

impl TagReader {
    fn take(&mut self, event: &CallbackEvent<'_>) -> Option<Infallible> {
        match event {
            CallbackEvent::AttributeName { name } => {
                let name = String::from_utf8_lossy(name);
                // Of two attributes with the same name, the first is kept.
                let is_second = self.names.contains(&*name);
                self.tag.malformed |= is_second;
                self.at = ATTRIBUTES.iter().position(|&wanted| wanted == name).filter(|_| !is_second);
                self.names.insert(name.into_owned());
            }
            CallbackEvent::AttributeValue { value } => {
                if let Some(at) = self.at {
                    self.values[at].extend_from_slice(value);
                }
            }
            CallbackEvent::CloseStartTag { .. } => {
                let [path, width, height] = std::mem::take(&mut self.values);
                self.tag.path = String::from_utf8_lossy(&path).into_owned();
                (self.tag.width, self.tag.height) = (pixels(&width), pixels(&height));
                self.forget();
            }
            CallbackEvent::EndTag { .. } => self.forget(),
            CallbackEvent::Error(_) => self.tag.malformed = true,
            _ => {}
        }
        None
    }

    /// Resets for the next tag.
    fn forget(&mut self) {
        self.names.clear();
        (self.values, self.at) = Default::default();
    }
}

/// The byte of the `>` that ends the tag. Reads only as far as needed: a line may have many tags.
fn closing(text: &str) -> Option<usize> {
    let mut quote = None;
    for (at, byte) in text.bytes().enumerate() {
        match (byte, quote) {
            (b'\n', _) => return text[..at].find('>'),
            (b'"' | b'\'', None) if text[..at].ends_with('=') => quote = Some(byte),
            (_, Some(open)) if byte == open => quote = None,
            (b'>', None) => return Some(at),
            _ => {}
        }
    }
    text.find('>')
}

/// The number of pixels: 400 for `400"` and `400px`, none for `50%`.
fn pixels(value: &[u8]) -> Option<u32> {
    let end = value.iter().position(|byte| !byte.is_ascii_digit()).unwrap_or(value.len());
    let unit = value[end..].trim_ascii_start();
    // Relative lengths have no fixed number of pixels.
    if unit.starts_with(b"%") || [&b"em"[..], b"rem", b"vw", b"vh"].iter().any(|other| unit.starts_with(other)) {
        return None;
    }
    std::str::from_utf8(&value[..end]).ok()?.parse().ok()
}

/// The last line of `above`, if it is a caption: it must be short, and either have a colon (`结构：`, `图二：训练方式`)
/// or be a paragraph of its own. Text on the figure's own line is a caption only with a colon (`结构：<img …>`); a title
/// in `《》` never is.
fn caption(above: &str, is_below_another: bool) -> Option<String> {
    let said = above.trim_end();
    let start = said.rfind('\n').map_or(0, |newline| newline + 1);
    let (before, line) = (&said[..start], said[start..].trim());
    if line.is_empty() || is_of_another_kind(line) {
        return None;
    }
    let is_paragraph = || {
        // A sentence that begins the text is about the paper.
        let is_first = !is_below_another && before.trim().is_empty();
        if is_first && line.ends_with(['.', '。']) {
            return false;
        }
        let begins = before.lines().next_back().map_or(!is_below_another, |line| line.trim().is_empty());
        begins && above[said.len()..].contains('\n') && width(line) <= PARAGRAPH && line.contains(char::is_alphanumeric)
    };
    let is_caption = line.contains(['：', ':']) && line.chars().count() <= CAPTION || is_paragraph();
    is_caption.then(|| line.replace("**", ""))
}

/// The alternative text of a Markdown image, `![Emus at work](emu.png)`, if it is a caption: of several words, and not what
/// programs fill in.
fn alternative(image: &str) -> Option<String> {
    const FILLED_IN: [&str; 8] =
        ["alt text", "image", "img", "pasted", "screenshot", "screen shot", "untitled", "在这里插入图片描述"];
    let (text, _) = image.strip_prefix("![")?.split_once("](")?;
    // Obsidian writes the size behind a bar.
    let is_size = |size: &str| size.chars().all(|c| c.is_ascii_digit() || c == 'x');
    let text = text.rsplit_once('|').filter(|(_, size)| is_size(size)).map_or(text, |(text, _)| text).trim();
    let lower = text.to_lowercase();
    let is_long = text.split_whitespace().nth(1).is_some() || text.chars().filter(|c| !c.is_ascii()).count() > 3;
    let is_file = [".png", ".jpg", ".jpeg", ".gif", ".webp", ".svg"].iter().any(|ending| lower.ends_with(ending));
    let is_filled_in =
        |start: &&str| lower.strip_prefix(*start).is_some_and(|rest| !rest.starts_with(char::is_alphabetic));
    let is_caption = is_long && !is_file && !FILLED_IN.iter().any(is_filled_in);
    is_caption.then(|| text.replace("**", ""))
}

/// Whether a line cannot be a caption: a title, an item, a heading, a quote, a table row, a tag or a fence, or a line
/// with a URL.
fn is_of_another_kind(line: &str) -> bool {
    let number = line.trim_start_matches(|c: char| c.is_ascii_digit());
    let is_numbered = number.len() < line.len() && number.starts_with([')', '.', '、']);
    is_numbered
        || line.starts_with('《') && line.ends_with('》')
        || ["- ", "* ", "+ ", ":::", "<", "|", "#", ">", "```", "~~~"].iter().any(|sign| line.starts_with(sign))
        || line.contains("://")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(text: &str, path: &str, size: (Option<u32>, Option<u32>), malformed: bool) {
        let (end, tag) = tag(text).expect(text);
        assert!(text[..end].ends_with('>'));
        assert_eq!((tag.path.as_str(), (tag.width, tag.height), tag.malformed), (path, size, malformed), "{text}");
    }

    #[test]
    fn tags() {
        check(r#"<img src="a.png" width="500" height="350"> x"#, "a.png", (Some(500), Some(350)), false);
        check("<img src='a>b.png' width=500px>", "a>b.png", (Some(500), None), false);
        check(r#"<img src="a.png" width=400" height="200">"#, "a.png", (Some(400), Some(200)), true);
        check(r#"<img src="a.png" "> > "#, "a.png", (None, None), true);
        check(r#"<img src="a.png" >"#, "a.png", (None, None), false);
        check(
            r#"<IMG SRC="a.png" src="b.png" alt=x Width='7' width=9>"#.replacen("IMG", "img", 1).as_str(),
            "a.png",
            (Some(7), None),
            true,
        );
        check(r#"<img alt="" alt="" src="a&amp;b.png">"#, "a&b.png", (None, None), true);
        check(r#"<img width= "7> 8" src="a.png">"#, "", (None, None), true);
        check(r#"<img src=a.png width height=>"#, "a.png", (None, None), true);
        check(r#"<img/src=a.png/>"#, "a.png/", (None, None), true);
        check("<img src=a.png width='50%' height=\"100 %\">", "a.png", (None, None), false);
        check("<img src=a.png width=20em height=400.5px>", "a.png", (None, Some(400)), false);
        check("<img src='大.png' width=４>", "大.png", (None, None), false);
        assert!(tag("<image> x").is_none() && tag("<img src=\"a.png\"").is_none());
    }

    #[test]
    fn the_alternative_text_is_a_caption_if_someone_wrote_it() {
        for (image, wanted) in [
            ("![Emus at work](a.png)", Some("Emus at work")),
            ("![Emus at work|300](a.png)", Some("Emus at work")),
            ("![鸸鹋的结构](a.png)", Some("鸸鹋的结构")),
            ("![p(x|y) of emus](a.png)", Some("p(x|y) of emus")),
            ("![ImageEmu at work](a.png)", Some("ImageEmu at work")),
            ("![emu](a.png)", None),
            ("![](a.png)", None),
            ("![alt text](a.png)", None),
            ("![my emu.png](a.png)", None),
            ("![image 2031](a.png)", None),
            ("![在这里插入图片描述](a.png)", None),
            ("<img alt=\"![x y](z)\">", None),
        ] {
            assert_eq!(alternative(image).as_deref(), wanted, "{image}");
        }
    }

    #[test]
    fn a_short_paragraph_above_is_the_caption() {
        let first = |above: &str| caption(above, false);
        let below = |above: &str| caption(above, true);
        assert_eq!(first("They run.\n\n结构：\n\n").as_deref(), Some("结构："));
        assert_eq!(first("They run.\r\n\r\n**Emus** at work\r\n\r\n").as_deref(), Some("Emus at work"));
        assert_eq!(first("\nEmus at work\n\n").as_deref(), Some("Emus at work"));
        assert_eq!(below("\n\n跑得快。\n\n").as_deref(), Some("跑得快。"));
        assert_eq!(below(" and text\n\n"), None);
        assert_eq!(below("\n"), None);
        assert_eq!(first("A first line,\nand a second\n\n"), None);
        assert_eq!(first("\nThey run.\n\n"), None, "about the paper");
        assert_eq!(first("\nEmus "), None, "on the line of the figure");
        assert_eq!(first("\n结构：").as_deref(), Some("结构："), "on the line of the figure");
        assert_eq!(first(&format!("\n{}\n\n", "跑得快".repeat(11))), None);
        for line in ["《Emus: Birds》", "- Emus", "1. Emus", "## Emus", "> Emus", "```", "https://x.org", "---"] {
            assert_eq!(first(&format!("\n{line}\n\n")), None, "{line}");
        }
    }
}
