//! Samples of a large file, for finding the forms of its titles.

use std::ops::Range;

/// The number of samples, and the size of each in bytes.
const SAMPLES: usize = 24;
const LONGEST: usize = 10 << 10;

/// Samples joined into one text: from the start, and evenly spread over the rest. Each starts at a part and ends with a
/// line.
pub(super) fn of(text: &str, parts: &[Range<usize>]) -> String {
    let mut out = String::with_capacity(SAMPLES * LONGEST);
    let mut taken = 0;
    for number in 0..SAMPLES {
        let wanted = text.len() / SAMPLES * number;
        let start = match parts.partition_point(|part| part.start < wanted) {
            _ if number == 0 => 0,
            at if at < parts.len() => parts[at].start,
            _ => line_end(text, wanted),
        };
        if start < taken {
            continue;
        }
        let end = line_end(text, start + LONGEST);
        out.push_str(&text[start..end]);
        // A blank line closes open blocks.
        out.push_str("\n\n");
        taken = end;
    }
    out
}

/// The byte just past the line that contains byte `at`.
fn line_end(text: &str, at: usize) -> usize {
    let bytes = text.as_bytes();
    bytes.get(at..).and_then(|rest| memchr::memchr(b'\n', rest)).map_or(text.len(), |found| at + found + 1)
}
