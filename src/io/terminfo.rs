//! Looks up in terminfo whether a terminal's cursor can be placed, which the interface needs.

use std::ffi::OsString;
use std::path::PathBuf;

/// Terminals without cursor addressing, in case terminfo has no description of them.
const KNOWN: [&str; 3] = ["dumb", "unknown", "network"];

/// Where to look for terminfo besides the folders in the environment.
const FOLDERS: [&str; 4] = ["/etc/terminfo", "/lib/terminfo", "/usr/share/terminfo", "/usr/lib/terminfo"];

/// Index of `cup` in the strings of a description.
const CURSOR_ADDRESS: usize = 10;

/// Maximum size of a description in bytes.
const LONGEST: u64 = 32 << 10;

/// Whether a terminal (`$TERM`) can place its cursor with ANSI sequences. Unknown terminals are assumed to be able
/// to.
pub fn can_place_cursor(term: &str) -> bool {
    if KNOWN.contains(&term) {
        return false;
    }
    description(term).and_then(|description| cursor_address(&description)).unwrap_or(true)
}

fn description(term: &str) -> Option<Vec<u8>> {
    let first = term.chars().next().filter(|_| !term.contains('/') && !term.starts_with('.'))?;
    let variable = |name: &str| std::env::var_os(name).filter(|value| !value.is_empty());
    let home = variable("HOME").map(|home| PathBuf::from(home).join(".terminfo"));
    let listed: OsString = variable("TERMINFO_DIRS").unwrap_or_default();
    let listed = std::env::split_paths(&listed).filter(|folder| !folder.as_os_str().is_empty());
    let folders = variable("TERMINFO").map(PathBuf::from).into_iter().chain(home).chain(listed);
    let mut folders = folders.chain(FOLDERS.map(PathBuf::from));
    // Subfolders are named by the first letter or its hex code.
    folders.find_map(|folder| {
        let names = [first.to_string(), format!("{:x}", u32::from(first))];
        names.iter().find_map(|letter| {
            let file = folder.join(letter).join(term);
            let is_one = file.metadata().is_ok_and(|file| file.is_file() && file.len() <= LONGEST);
            is_one.then(|| std::fs::read(file).ok()).flatten()
        })
    })
}

/// Whether a compiled description (`term(5)`) places the cursor with an ANSI sequence. `None` if the bytes are not a
/// description.
fn cursor_address(description: &[u8]) -> Option<bool> {
    let number = |at: usize| Some(u16::from_le_bytes(description.get(at..at + 2)?.try_into().ok()?));
    let wide = match number(0)? {
        0o432 => false,
        0o1036 => true,
        _ => return None,
    };
    let part = |at: usize| Some(usize::from(number(at * 2)?));
    let (names, flags, numbers, strings) = (part(1)?, part(2)?, part(3)?, part(4)?);
    if strings <= CURSOR_ADDRESS {
        return Some(false);
    }
    // Numbers are aligned to two bytes.
    let flags_end = (12 + names + flags).next_multiple_of(2);
    let offsets = flags_end + numbers * if wide { 4 } else { 2 };
    let table = offsets + strings * 2;
    let offset = number(offsets + CURSOR_ADDRESS * 2)?;
    // Negative if there is no such string.
    let string = usize::from(offset);
    Some(offset < 0x8000 && description.get(table + string..)?.starts_with(b"\x1b["))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A description with this cursor string.
    fn described(string: Option<&[u8]>, wide: bool) -> Vec<u8> {
        let magic: u16 = if wide { 0o1036 } else { 0o432 };
        let header = [magic, 4, 1, 1, 11, 64];
        let mut bytes: Vec<u8> = header.iter().flat_map(|part| part.to_le_bytes()).collect();
        // A name, a flag and padding, then a number.
        bytes.extend(b"emu\0\x01\0");
        bytes.extend(vec![0; if wide { 4 } else { 2 }]);
        let offsets = (0..11).map(|at| if at == 10 && string.is_some() { 0_u16 } else { 0xFFFF });
        bytes.extend(offsets.flat_map(u16::to_le_bytes));
        bytes.extend(string.unwrap_or_default());
        bytes
    }

    #[test]
    fn terminfo_descriptions_are_read() {
        for wide in [false, true] {
            assert_eq!(cursor_address(&described(Some(b"\x1b[%i%p1%d;%p2%dH\0"), wide)), Some(true));
            assert_eq!(cursor_address(&described(Some(b"\x1bY%p1%p2\0"), wide)), Some(false));
            assert_eq!(cursor_address(&described(None, wide)), Some(false));
        }
        let whole = described(Some(b"\x1b[H\0"), false);
        for length in 0..whole.len() - 3 {
            assert_ne!(cursor_address(&whole[..length]), Some(true), "{length}");
        }
        assert_eq!(cursor_address(b"text"), None);
    }

    #[test]
    fn an_unknown_terminal_is_assumed_capable() {
        assert!(!can_place_cursor("dumb"));
        assert!(can_place_cursor("a-terminal-that-nobody-knows"));
        assert!(can_place_cursor("../../etc/passwd"));
        assert!(can_place_cursor(""));
    }
}
