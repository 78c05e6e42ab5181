//! Samples of a large file, for finding the forms of its titles.

use std::ops::Range;

/// The number of samples.
const SAMPLES: usize = 24;
/// Maximum size of each sample in bytes, apart from the rest of its last line.
const LONGEST: usize = 10 << 10;
/// The samples together make up at most 1/SHARE of the text, so that they stay cheap.
const SHARE: usize = 8;

/// Samples joined into one text: from the start, and evenly spread over the rest. Each begins at the start of a part,
/// or of a line if no part follows, and ends at the end of a line.
pub(super) fn of(text: &str, parts: &[Range<usize>]) -> String {
    let longest = (text.len() / SAMPLES / SHARE).min(LONGEST);
    let mut out = String::with_capacity(SAMPLES * longest);
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
        let end = line_end(text, start + longest);
        out.push_str(&text[start..end]);
        // A blank line ends an open paragraph.
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
