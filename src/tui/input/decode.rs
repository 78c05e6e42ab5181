//! Decodes complete sequences into crossterm's events. Keys, mouse events and pastes have few forms (xterm's
//! control sequences, CSI u, rxvt's old reports); everything else is a reply.

use crossterm::event::{Event, KeyCode, KeyEvent, KeyEventKind, KeyModifiers, MouseButton, MouseEvent, MouseEventKind};

use super::event::TerminalEvent;
use crate::tui::{background, protocol};
use crate::ui::theme::Shade;

/// The key for an ASCII byte.
pub fn byte(byte: u8) -> KeyEvent {
    let control = |c: u8| KeyEvent::new(KeyCode::Char(char::from(c)), KeyModifiers::CONTROL);
    match byte {
        b'\r' => KeyCode::Enter.into(),
        b'\t' => KeyCode::Tab.into(),
        0x1B => KeyCode::Esc.into(),
        0x7F => KeyCode::Backspace.into(),
        0 => control(b' '),
        0x01..=0x1A => control(byte - 1 + b'a'),
        0x1C..=0x1F => control(byte - 0x1C + b'4'),
        _ => KeyCode::Char(char::from(byte)).into(),
    }
}

/// Decodes a complete sequence; `None` for a reply that we did not ask for.
pub fn sequence(bytes: &[u8]) -> Option<TerminalEvent> {
    let (introducer, body) = bytes.strip_prefix(b"\x1b")?.split_first()?;
    let event = match (introducer, body) {
        (b'[', [b'[', key @ b'A'..=b'E']) => function(key - b'A' + 1, KeyModifiers::NONE),
        (b'[', [b'M', button, column, row]) => {
            let place = |byte: &u8| u16::from(byte.saturating_sub(32));
            mouse(u16::from(button.saturating_sub(32)), place(column), place(row), true)
        }
        (b'[', [body @ .., last]) => return control(std::str::from_utf8(body).ok()?, *last),
        (b'O', [.., last]) => single(*last),
        (b']', [text @ .., _]) => {
            let text = std::str::from_utf8(text).ok()?.trim_end_matches(char::is_control);
            return background::colour(text).map(|colour| TerminalEvent::Background(Shade::of_colour(colour)));
        }
        (b'P', [text @ .., _]) => {
            let text = std::str::from_utf8(text).ok()?.trim_end_matches(char::is_control);
            return protocol::name(text).map(TerminalEvent::Answer);
        }
        _ => None,
    };
    event.map(TerminalEvent::Event)
}

/// Whether a control sequence has the form of a reply. Of the keys, only xterm's F3 with a modifier (`CSI 1;2R`) has
/// that form: it cannot be told from a cursor position.
pub fn is_answer(bytes: &[u8]) -> bool {
    let Some((last, body)) = bytes.strip_prefix(b"\x1b[").and_then(<[u8]>::split_last) else { return false };
    let is_private = matches!(body.first(), Some(b'?' | b'>' | b'='));
    let has_parameters = body.first().is_some_and(u8::is_ascii_digit);
    is_private
        || body.iter().any(|byte| matches!(byte, b' '..=b'/'))
        || has_parameters && matches!(last, b'R' | b'c' | b'n' | b't' | b'x' | b'y')
}

/// Decodes `CSI body last`.
fn control(body: &str, last: u8) -> Option<TerminalEvent> {
    if (body, last) == ("?997;1", b'n') {
        return Some(TerminalEvent::Background(Shade::Dark));
    }
    if (body, last) == ("?997;2", b'n') {
        return Some(TerminalEvent::Background(Shade::Light));
    }
    if last == b'c'
        && let Some(answer) = protocol::attributes(body)
    {
        return Some(TerminalEvent::Answer(answer));
    }
    if is_answer(&[b"\x1b[", body.as_bytes(), &[last]].concat()) {
        return None;
    }
    if let Some(body) = body.strip_prefix('<') {
        let [button, column, row] = numbers(body)?;
        return matches!(last, b'M' | b'm')
            .then(|| mouse(button, column, row, last == b'M'))?
            .map(TerminalEvent::Event);
    }
    let mut fields = body.split(';').map(|field| field.split(':'));
    let code = fields.next().and_then(|mut field| field.next()).and_then(|code| code.parse::<u32>().ok());
    let mut modifiers = fields.next().into_iter().flatten();
    let held = modifiers.next().and_then(|text| text.parse().ok());
    let kind = modifiers.next();
    // `CSI 5 A` of old terminals is Ctrl-Up.
    let held = held.or_else(|| last.is_ascii_uppercase().then_some(code).flatten());
    let held = self::modifiers(held.unwrap_or(1));
    let event = match last {
        b'~' if code == Some(27) => character(body.split(';').nth(2)?.parse().ok()?, held),
        b'~' => tilde(code?, held),
        b'u' => character(code?, held),
        b'M' => {
            let [button, column, row] = numbers(body)?;
            mouse(button.checked_sub(32)?, column, row, true)
        }
        _ => letter(last, held),
    }?;
    Some(TerminalEvent::Event(match (event, kind) {
        (Event::Key(key), Some("3")) => Event::Key(KeyEvent { kind: KeyEventKind::Release, ..key }),
        (event, _) => event,
    }))
}

/// Parses exactly three numbers, separated by `;`.
fn numbers(text: &str) -> Option<[u16; 3]> {
    let numbers: Option<Vec<u16>> = text.split(';').map(|number| number.parse().ok()).collect();
    numbers?.try_into().ok()
}

/// Decodes the modifier parameter of xterm and kitty: a bit set plus one.
fn modifiers(number: u32) -> KeyModifiers {
    let bits = [(1, KeyModifiers::SHIFT), (2, KeyModifiers::ALT), (4, KeyModifiers::CONTROL), (32, KeyModifiers::META)];
    let held = number.saturating_sub(1);
    bits.into_iter().filter(|(bit, _)| held & bit != 0).map(|(_, modifier)| modifier).collect()
}

#[allow(clippy::unnecessary_wraps)]
fn key(code: KeyCode, held: KeyModifiers) -> Option<Event> {
    Some(Event::Key(KeyEvent::new(code, held)))
}

fn function(number: u8, held: KeyModifiers) -> Option<Event> {
    key(KeyCode::F(number), held)
}

/// `ESC O letter`: keys in application mode, which another program may have left on.
fn single(letter: u8) -> Option<Event> {
    match letter {
        b'M' => key(KeyCode::Enter, KeyModifiers::NONE),
        // The keypad.
        b'j'..=b'y' => key(KeyCode::Char(char::from(letter - 0x40)), KeyModifiers::NONE),
        _ => self::letter(letter, KeyModifiers::NONE),
    }
}

fn letter(letter: u8, held: KeyModifiers) -> Option<Event> {
    match letter {
        b'A' => key(KeyCode::Up, held),
        b'B' => key(KeyCode::Down, held),
        b'C' => key(KeyCode::Right, held),
        b'D' => key(KeyCode::Left, held),
        b'F' => key(KeyCode::End, held),
        b'H' => key(KeyCode::Home, held),
        b'P'..=b'S' => function(letter - b'P' + 1, held),
        b'Z' => key(KeyCode::BackTab, held | KeyModifiers::SHIFT),
        _ => None,
    }
}

/// `CSI number ~`.
fn tilde(number: u32, held: KeyModifiers) -> Option<Event> {
    let code = match number {
        1 | 7 => KeyCode::Home,
        2 => KeyCode::Insert,
        3 => KeyCode::Delete,
        4 | 8 => KeyCode::End,
        5 => KeyCode::PageUp,
        6 => KeyCode::PageDown,
        // The numbers have gaps where the VT220's keyboard had gaps between its groups of function keys.
        11..=15 => KeyCode::F(u8::try_from(number - 10).ok()?),
        17..=21 => KeyCode::F(u8::try_from(number - 11).ok()?),
        23..=26 => KeyCode::F(u8::try_from(number - 12).ok()?),
        28 | 29 => KeyCode::F(u8::try_from(number - 13).ok()?),
        31..=34 => KeyCode::F(u8::try_from(number - 14).ok()?),
        _ => return None,
    };
    key(code, held)
}

/// `CSI code u`: a character by its code point.
fn character(code: u32, held: KeyModifiers) -> Option<Event> {
    let has_shift = held.contains(KeyModifiers::SHIFT);
    match char::from_u32(code)? {
        '\r' => key(KeyCode::Enter, held),
        '\t' if has_shift => key(KeyCode::BackTab, held),
        '\t' => key(KeyCode::Tab, held),
        '\x1b' => key(KeyCode::Esc, held),
        '\x7f' => key(KeyCode::Backspace, held),
        // kitty's codes for keys that are not characters.
        '\u{E000}'..='\u{F8FF}' => None,
        c if c.is_control() => None,
        c if has_shift && c.is_ascii_lowercase() => key(KeyCode::Char(c.to_ascii_uppercase()), held),
        c => key(KeyCode::Char(c), held),
    }
}

/// A mouse report; cells are counted from 1.
fn mouse(button: u16, column: u16, row: u16, is_down: bool) -> Option<Event> {
    let which = match button & 3 {
        0 => MouseButton::Left,
        1 => MouseButton::Middle,
        _ => MouseButton::Right,
    };
    let kind = match (button >> 6, button & 0x20 != 0, button & 3) {
        (1, _, 0) => MouseEventKind::ScrollUp,
        (1, _, 1) => MouseEventKind::ScrollDown,
        (1, _, 2) => MouseEventKind::ScrollLeft,
        (1, _, _) => MouseEventKind::ScrollRight,
        (0, true, 3) => MouseEventKind::Moved,
        (0, true, _) => MouseEventKind::Drag(which),
        // Old reports do not say which button was released.
        (0, false, 3) => MouseEventKind::Up(MouseButton::Left),
        (0, false, _) if is_down => MouseEventKind::Down(which),
        (0, false, _) => MouseEventKind::Up(which),
        _ => return None,
    };
    let held = [(4, KeyModifiers::SHIFT), (8, KeyModifiers::ALT), (16, KeyModifiers::CONTROL)];
    let modifiers = held.into_iter().filter(|(bit, _)| button & bit != 0).map(|(_, modifier)| modifier).collect();
    Some(Event::Mouse(MouseEvent { kind, column: column.checked_sub(1)?, row: row.checked_sub(1)?, modifiers }))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::tui::protocol::TerminalReply;

    #[test]
    fn replies_that_identify_the_terminal() {
        let name = |text: &str| Some(TerminalEvent::Answer(TerminalReply::Name(text.to_owned())));
        assert_eq!(sequence(b"\x1bP>|kitty(0.26.5)\x1b\\"), name("kitty(0.26.5)"));
        let attributes = |sixel| Some(TerminalEvent::Answer(TerminalReply::Attributes { sixel }));
        assert_eq!(sequence(b"\x1b[?62;4;22c"), attributes(true));
        assert_eq!(sequence(b"\x1b[?1;2c"), attributes(false));
        assert_eq!(sequence(b"\x1b[>1;95;0c"), None);
        assert_eq!(sequence(b"\x1bP1+r544e=00\x1b\\"), None);
    }
}
