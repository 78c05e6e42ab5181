//! Formats JSON with the outer two levels broken into lines: each item of a top-level list gets its own line, so that
//! documents are readable and easy to diff.

use std::io::{self, Write};

use serde::Serialize;
use serde_json::Serializer;
use serde_json::ser::Formatter;

/// Formats a document; ends with a line break.
///
/// # Errors
/// If the document cannot be serialised.
pub fn lines(document: &impl Serialize) -> io::Result<Vec<u8>> {
    let mut text = Vec::new();
    document.serialize(&mut Serializer::with_formatter(&mut text, Lines::default()))?;
    text.push(b'\n');
    Ok(text)
}

/// How many levels are broken into lines.
const BROKEN: usize = 2;

#[derive(Default)]
struct Lines {
    depth: usize,
    /// Whether the current list or object is still empty.
    is_empty: bool,
}

impl Lines {
    fn open<W: Write + ?Sized>(&mut self, out: &mut W, bracket: &[u8]) -> io::Result<()> {
        self.depth += 1;
        self.is_empty = true;
        out.write_all(bracket)
    }

    fn item<W: Write + ?Sized>(&mut self, out: &mut W, first: bool) -> io::Result<()> {
        self.is_empty = false;
        if !first {
            out.write_all(b",")?;
        }
        self.start_line(out)
    }

    fn close<W: Write + ?Sized>(&mut self, out: &mut W, bracket: &[u8]) -> io::Result<()> {
        let is_broken = self.depth <= BROKEN && !self.is_empty;
        self.depth -= 1;
        self.is_empty = false;
        if is_broken {
            write!(out, "\n{:1$}", "", 2 * self.depth)?;
        }
        out.write_all(bracket)
    }

    fn start_line<W: Write + ?Sized>(&self, out: &mut W) -> io::Result<()> {
        if self.depth <= BROKEN { write!(out, "\n{:1$}", "", 2 * self.depth) } else { Ok(()) }
    }
}

impl Formatter for Lines {
    fn begin_array<W: Write + ?Sized>(&mut self, out: &mut W) -> io::Result<()> {
        self.open(out, b"[")
    }

    fn end_array<W: Write + ?Sized>(&mut self, out: &mut W) -> io::Result<()> {
        self.close(out, b"]")
    }

    fn begin_array_value<W: Write + ?Sized>(&mut self, out: &mut W, first: bool) -> io::Result<()> {
        self.item(out, first)
    }

    fn begin_object<W: Write + ?Sized>(&mut self, out: &mut W) -> io::Result<()> {
        self.open(out, b"{")
    }

    fn end_object<W: Write + ?Sized>(&mut self, out: &mut W) -> io::Result<()> {
        self.close(out, b"}")
    }

    fn begin_object_key<W: Write + ?Sized>(&mut self, out: &mut W, first: bool) -> io::Result<()> {
        self.item(out, first)
    }

    fn begin_object_value<W: Write + ?Sized>(&mut self, out: &mut W) -> io::Result<()> {
        out.write_all(if self.depth <= BROKEN { b": " } else { b":" })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn two_levels_are_split_into_lines() {
        let document = serde_json::json!({ "a": [{ "b": [1, 2], "c": {} }, 3], "d": {}, "e": [] });
        let text = String::from_utf8(lines(&document).expect("JSON")).expect("UTF-8");
        let wanted = "{\n  \"a\": [\n    {\"b\":[1,2],\"c\":{}},\n    3\n  ],\n  \"d\": {},\n  \"e\": []\n}\n";
        assert_eq!(text, wanted);
        assert_eq!(serde_json::from_str::<serde_json::Value>(&text).expect("JSON"), document);
    }
}
