//! Detects UTF-16 and UTF-32.

/// Number of bytes to examine.
const LOOKED_AT: usize = 64 << 10;

/// With fewer UTF-16 code units than this and no NULs, text is not taken for UTF-16.
const FEWEST: usize = 8;

/// `"UTF-16"` or `"UTF-32"` if the bytes are in that encoding.
pub fn wide_encoding(bytes: &[u8]) -> Option<&'static str> {
    // The usual case: UTF-8, whose text has no NULs.
    let examined = &bytes[..bytes.len().min(LOOKED_AT)];
    if memchr::memchr(0, examined).is_none() && is_utf8(examined) {
        return None;
    }
    if is_utf32(bytes) {
        return Some("UTF-32");
    }
    is_utf16(bytes).then_some("UTF-16")
}

/// Whether bytes are UTF-32, with or without a byte order mark: every code unit examined is a character other than
/// NUL.
fn is_utf32(bytes: &[u8]) -> bool {
    // UTF-16 that begins with a NUL would start with the same bytes as the UTF-32 mark, but no text begins with a
    // NUL.
    let bytes = &bytes[..bytes.len().min(LOOKED_AT) & !3];
    let is_text = |unit: fn([u8; 4]) -> u32| {
        bytes.chunks_exact(4).all(|bytes| {
            let unit = bytes.try_into().map_or(0, unit);
            unit != 0 && char::from_u32(unit).is_some()
        })
    };
    !bytes.is_empty() && (is_text(u32::from_le_bytes) || is_text(u32::from_be_bytes))
}

/// Whether bytes are UTF-16, with a byte order mark or without.
///
/// Without a mark, either NULs in every other byte show it (from Latin text and line ends), or the bytes are invalid
/// UTF-8 but plausible Chinese or Japanese in UTF-16.
fn is_utf16(bytes: &[u8]) -> bool {
    if bytes.starts_with(&[0xFF, 0xFE]) || bytes.starts_with(&[0xFE, 0xFF]) {
        return true;
    }
    let bytes = &bytes[..bytes.len().min(LOOKED_AT) & !1];
    let units = bytes.len() / 2;
    let nuls = |parity: usize| bytes.iter().skip(parity).step_by(2).filter(|&&byte| byte == 0).count();
    let (most, least) = (nuls(0).max(nuls(1)), nuls(0).min(nuls(1)));
    if is_utf8(bytes) {
        return most >= 2 && most * 5 >= units * 2 && least * 20 <= most;
    }
    let ascii = bytes.iter().filter(|byte| byte.is_ascii()).count();
    let has_nuls = most >= 2 && most * 50 >= units;
    let has_none_of_latin = units >= FEWEST && ascii * 5 < bytes.len() * 4;
    (has_nuls || has_none_of_latin) && [true, false].into_iter().any(|little| is_written(bytes, little))
}

/// Whether bytes are UTF-8. The last character may be incomplete.
fn is_utf8(bytes: &[u8]) -> bool {
    std::str::from_utf8(bytes).map_or_else(|error| error.error_len().is_none(), |_| true)
}

/// Whether nearly all UTF-16 code units are common characters.
fn is_written(bytes: &[u8], little: bool) -> bool {
    let units = bytes.chunks_exact(2).map(|pair| match (little, pair) {
        (true, &[low, high]) | (false, &[high, low]) => u16::from_be_bytes([high, low]),
        _ => 0,
    });
    let (mut all, mut odd) = (0, 0);
    for c in char::decode_utf16(units) {
        all += 1;
        odd += usize::from(!c.is_ok_and(is_usual));
    }
    all > 0 && odd * 50 <= all
}

fn is_usual(c: char) -> bool {
    matches!(c, '\t' | '\n' | '\r' | ' '..='~' | '\u{A0}'..='\u{52F}' | '\u{2000}'..='\u{27BF}')
        || matches!(c, '\u{3000}'..='\u{30FF}' | '\u{4E00}'..='\u{9FFF}' | '\u{FF00}'..='\u{FFEF}' | '\u{1F000}'..='\u{1FAFF}')
}

#[cfg(test)]
mod tests {
    use super::*;

    const ENGLISH: &str = "## 2031.5.17\n\n# Emu\n\na short text of birds\n";
    const CHINESE: &str = "## 2031.5.17\n\n《大模型》\n\n很好的论文，值得一读。\n";

    fn encoded(text: &str, little: bool) -> Vec<u8> {
        text.encode_utf16().flat_map(|unit| if little { unit.to_le_bytes() } else { unit.to_be_bytes() }).collect()
    }

    #[test]
    fn utf_16_is_detected_without_a_byte_order_mark() {
        for text in [ENGLISH, CHINESE, "很好的论文值得一读", "日本語のテキスト。"] {
            for little in [true, false] {
                assert!(is_utf16(&encoded(text, little)), "{text} {little}");
            }
        }
        assert!(is_utf16(&[0xFF, 0xFE]) && is_utf16(&[0xFE, 0xFF, 0, b'a']));
    }

    #[test]
    fn utf_32_is_detected_with_or_without_a_byte_order_mark() {
        for text in [ENGLISH, CHINESE, "\u{FEFF}a", "😀"] {
            let little: Vec<u8> = text.chars().flat_map(|c| u32::from(c).to_le_bytes()).collect();
            let big: Vec<u8> = text.chars().flat_map(|c| u32::from(c).to_be_bytes()).collect();
            assert_eq!((wide_encoding(&little), wide_encoding(&big)), (Some("UTF-32"), Some("UTF-32")), "{text}");
            assert_eq!(wide_encoding(&encoded(text, true)), Some("UTF-16").filter(|_| text != "😀"), "{text}");
            assert_eq!(wide_encoding(text.as_bytes()), None, "{text}");
        }
    }

    #[test]
    fn other_text_is_not_taken_for_utf_16_or_32() {
        let gbk =
            b"## 2031.5.17\n\n\xA1\xB6\xB4\xF3\xC4\xA3\xD0\xCD\xA1\xB7\n\n\xBA\xDC\xBA\xC3\xB5\xC4\xC2\xDB\xCE\xC4\n";
        let latin = b"## 2031.5.17\n\na caf\xE9 of birds and some more words that are long enough\n";
        let damaged = b"## 2031.5.17\n\n\xE5\xA4\xA7\xE6\xA8\xE5\x9E\x8B text \xFF\n";
        for bytes in [&gbk[..], latin, damaged, ENGLISH.as_bytes(), CHINESE.as_bytes(), b"\0\0\0\0", b"", b"\xFF"] {
            assert!(!is_utf16(bytes), "{bytes:?}");
        }
        // A single NUL, or a run of them, is only damage in a text.
        for bytes in ["大模型\0大模型\n".as_bytes(), b"text with one\0in it", b"text\0\0\0\0\0\0\0\0\0\0\0\0 text"]
        {
            assert!(!is_utf16(bytes), "{bytes:?}");
        }
    }
}
