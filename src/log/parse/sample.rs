//! Samples of a large file, by which the forms of its titles are found.

use std::ops::Range;

/// How many samples are taken, and how long each is at most, in bytes.
const SAMPLES: usize = 24;
const LONGEST: usize = 10 << 10;

/// Samples of a text, one after another: from the beginning, from the end, and evenly between. Each
/// begins where a part does, and ends with a line.
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
        // Whatever was open in the sample ends with it.
        out.push_str("\n\n");
        taken = end;
    }
    out
}

/// The end of the line that holds a byte.
fn line_end(text: &str, at: usize) -> usize {
    let bytes = text.as_bytes();
    bytes.get(at..).and_then(|rest| memchr::memchr(b'\n', rest)).map_or(text.len(), |found| at + found + 1)
}
