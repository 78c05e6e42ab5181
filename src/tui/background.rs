//! Detects the terminal's background colour and its changes.
//!
//! Waiting for the reply before reading keys (as terminal-colorsaurus does) delays startup if none comes, swallows
//! keys typed meanwhile, and mistakes a late reply for keys. Here the query is sent after the first frame, and the
//! input filter recognises the reply whenever it comes: `ESC ] 11 ; rgb : RRRR / GGGG / BBBB`, ended by BEL or
//! `ESC \` (xterm's control sequences, OSC 11). Terminals with mode 2031 also report switches between light and dark:
//! `CSI ? 997 ; 1 n` for dark, 2 for light (contour's extension; in kitty, Ghostty, tmux 3.6).

/// Queries the background colour.
pub const QUESTION: &[u8] = b"\x1b]11;?\x1b\\";

/// Subscribes to reports of switches between light and dark (mode 2031).
pub const FOLLOW: &[u8] = b"\x1b[?2031h";

/// Unsubscribes from them.
pub const LEAVE: &[u8] = b"\x1b[?2031l";

/// Whether it is safe to query the terminal: false for those that may print the query as text. `variable` reads an
/// environment variable.
pub fn can_query(variable: impl Fn(&str) -> String) -> bool {
    !matches!(variable("TERM").as_str(), "" | "dumb" | "linux") && !variable("TERM").starts_with("vt")
}

/// Parses the colour in a reply; each channel has one to four hex digits.
pub fn colour(text: &str) -> Option<[u8; 3]> {
    let (_, parts) = text.strip_prefix("11;rgb")?.split_once(':')?;
    let mut parts = parts.split('/').map(|part| {
        let digits = u32::try_from(part.len()).ok().filter(|digits| (1..=4).contains(digits))?;
        let value = u32::from_str_radix(part, 16).ok()?;
        u8::try_from(value * 255 / (16_u32.pow(digits) - 1)).ok()
    });
    Some([parts.next()??, parts.next()??, parts.next()??])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn colours_are_read_with_any_number_of_digits() {
        assert_eq!(colour("11;rgb:fdfd/f6f6/e3e3"), Some([0xFD, 0xF6, 0xE3]));
        assert_eq!(colour("11;rgba:1e/1e/2e/ff"), Some([0x1E, 0x1E, 0x2E]));
        assert_eq!(colour("11;rgb:f/0/f"), Some([255, 0, 255]));
        let long = ["11;rgb:fffffffff/0/0", "11;rgb:7000000/0/0"];
        for wrong in ["", "11;rgb", "11;rgb:", "11;rgb:zz/0/0", "11;rgb:0/0", "10;rgb:0/0/0"].into_iter().chain(long) {
            assert_eq!(colour(wrong), None, "{wrong}");
        }
    }
}
