//! What colour the terminal's background is, and when that changes.
//!
//! To wait for the answer before the keys are read (as terminal-colorsaurus does) delays the start
//! where there is none, swallows what is typed meanwhile, and takes an answer that is late for
//! keys. Here it is asked for after the first frame, and the filter of the input finds it whenever
//! it comes: `ESC ] 11 ; rgb : RRRR / GGGG / BBBB`, ended by BEL or `ESC \` (xterm's control
//! sequences, OSC 11). Terminals that know mode 2031 also tell when their user turns from light to
//! dark: `CSI ? 997 ; 1 n` for dark, 2 for light (contour's extension, in kitty, Ghostty, tmux 3.6).

/// Asks for the colour.
pub const QUESTION: &[u8] = b"\x1b]11;?\x1b\\";

/// Wants to be told when it changes.
pub const FOLLOW: &[u8] = b"\x1b[?2031h";

/// No longer wants to be told.
pub const LEAVE: &[u8] = b"\x1b[?2031l";

/// Whether the terminal surely takes the question for what it is, even if it cannot answer.
pub fn may_be_asked(variable: impl Fn(&str) -> String) -> bool {
    !matches!(variable("TERM").as_str(), "" | "dumb" | "linux") && !variable("TERM").starts_with("vt")
}

/// The colour in the text of an answer; each of its parts has one to four digits.
pub fn colour(text: &str) -> Option<[u8; 3]> {
    let (_, parts) = text.strip_prefix("11;rgb")?.split_once(':')?;
    let mut parts = parts.split('/').map(|part| {
        let most = 16_u32.checked_pow(u32::try_from(part.len()).ok()?)?.checked_sub(1)?;
        let value = u32::from_str_radix(part, 16).ok()?;
        u8::try_from((value * 255).checked_div(most)?).ok()
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
        for wrong in ["", "11;rgb", "11;rgb:", "11;rgb:zz/0/0", "11;rgb:0/0", "11;rgb:fffffffff/0/0", "10;rgb:0/0/0"] {
            assert_eq!(colour(wrong), None, "{wrong}");
        }
    }
}
