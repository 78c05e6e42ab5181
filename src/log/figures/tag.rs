//! Reads `<img …>` tags, including malformed ones, by a WHATWG tokenizer, as a browser does.

use std::collections::HashSet;
use std::convert::Infallible;

use html5gum::emitters::callback::{CallbackEmitter, CallbackEvent};
use html5gum::{Span, Tokenizer};

/// What can follow a tag's name.
pub(super) const AFTER_NAME: [char; 4] = [' ', '\t', '/', '>'];

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
}
