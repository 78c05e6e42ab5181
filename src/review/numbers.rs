//! Numbers in JSON that are too large for a float.

use std::borrow::Cow;
use std::ops::Range;

/// Replaces numbers such as `1e999` by the largest float of the same sign. `serde_json` rejects such numbers, and a
/// single one would make the whole document unreadable. The text need not be valid JSON.
pub fn bounded(text: &str) -> Cow<'_, str> {
    let too_large: Vec<Range<usize>> = numbers(text).filter(|span| is_infinite(&text[span.clone()])).collect();
    if too_large.is_empty() {
        return Cow::Borrowed(text);
    }
    let mut bounded = String::with_capacity(text.len());
    let mut end = 0;
    for span in too_large {
        let largest = if text[span.clone()].starts_with('-') { f64::MIN } else { f64::MAX };
        bounded.push_str(&text[end..span.start]);
        bounded.push_str(&format!("{largest:e}"));
        end = span.end;
    }
    bounded.push_str(&text[end..]);
    Cow::Owned(bounded)
}

fn is_infinite(number: &str) -> bool {
    number.parse().is_ok_and(f64::is_infinite)
}

/// The byte ranges of the numbers in JSON text, outside of strings.
fn numbers(text: &str) -> impl Iterator<Item = Range<usize>> {
    let bytes = text.as_bytes();
    let mut at = 0;
    std::iter::from_fn(move || {
        while let Some(&byte) = bytes.get(at) {
            let start = at;
            match byte {
                b'"' => at = string_end(bytes, at),
                b'-' | b'0'..=b'9' => {
                    let is_inside = |byte: &&u8| byte.is_ascii_digit() || b"+-.eE".contains(byte);
                    at += bytes[at..].iter().take_while(is_inside).count();
                    return Some(start..at);
                }
                _ => at += 1,
            }
        }
        None
    })
}

/// The byte offset after the JSON string that starts at `start`.
fn string_end(bytes: &[u8], start: usize) -> usize {
    let mut at = start + 1;
    while let Some(&byte) = bytes.get(at) {
        match byte {
            b'"' => return at + 1,
            b'\\' => at += 2,
            _ => at += 1,
        }
    }
    bytes.len()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_numbers_that_are_too_large_are_replaced() {
        for text in ["", "{}", r#"{"a": [1, -2.5e300, "1e999", "\"1e999"]}"#, "\"1e999", "\"\\", "- 1e", "1e999x\"é"] {
            let is_kept = !text.starts_with("1e999");
            assert_eq!(bounded(text) == text, is_kept, "{text}");
        }
        let read = |text: &str| serde_json::from_str::<Vec<f64>>(&bounded(text)).expect("numbers");
        assert_eq!(read("[1e999,-1E+400, 2]"), [f64::MAX, f64::MIN, 2.0]);
        assert_eq!(read(&format!("[{}]", "9".repeat(1_000))), [f64::MAX]);
    }
}
