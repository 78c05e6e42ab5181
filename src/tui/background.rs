//! What colour the terminal's background is.
//!
//! The answer comes on the same way as the keys. To wait for it before the keys are read (as
//! terminal-colorsaurus does) delays the start where there is none, swallows what is typed
//! meanwhile, and takes an answer that is late for keys. Here it is asked for after the first
//! frame, and its text is taken out from among the keys whenever it comes: `ESC ] 11 ; rgb :
//! RRRR / GGGG / BBBB`, ended by BEL or `ESC \` (xterm's control sequences, OSC 11). What only
//! looked like it is passed on as the keys it was.

use crossterm::event::{Event, KeyCode, KeyEvent, KeyModifiers};

use crate::ui::theme::Shade;

/// Asks for the colour.
pub const QUESTION: &[u8] = b"\x1b]11;?\x1b\\";

/// What an answer begins with, after `ESC ]`.
const START: &str = "11;rgb";

/// More chars than an answer can have: `11;rgba:` and four numbers of four digits.
const LONGEST: usize = 27;

/// Whether the terminal surely takes the question for what it is, even if it cannot answer.
pub fn may_be_asked(variable: impl Fn(&str) -> String) -> bool {
    !matches!(variable("TERM").as_str(), "" | "dumb" | "linux") && !variable("TERM").starts_with("vt")
}

/// Finds the answer among the events of the terminal.
#[derive(Debug, Default)]
pub struct Listener {
    /// What may be the beginning of an answer.
    held: Vec<Event>,
    /// Its text, after `ESC ]`.
    text: String,
    /// Whether the last event was an Esc of its own: reading may stop in the middle of `ESC ]`.
    after_escape: bool,
}

/// What an event has brought.
#[derive(Debug, PartialEq, Eq)]
pub struct Answer {
    /// Events of the user's.
    pub events: Vec<Event>,
    /// What the background is, if an answer has ended.
    pub background: Option<Shade>,
}

impl Listener {
    /// Takes an event in.
    pub fn hear(&mut self, event: Event) -> Answer {
        let Event::Key(key) = event else { return Answer { events: vec![event], background: None } };
        let is_after_escape = std::mem::replace(&mut self.after_escape, key == KeyEvent::from(KeyCode::Esc));
        if self.held.is_empty() {
            if is(key, ']', KeyModifiers::ALT) || is_after_escape && is(key, ']', KeyModifiers::NONE) {
                self.held.push(event);
                return Answer { events: Vec::new(), background: None };
            }
            return Answer { events: vec![event], background: None };
        }
        self.held.push(event);
        let ends = is(key, 'g', KeyModifiers::CONTROL)
            || is(key, '\\', KeyModifiers::ALT)
            || is_after_escape && is(key, '\\', KeyModifiers::NONE);
        if ends && let Some(colour) = colour(&self.text) {
            self.forget();
            return Answer { events: Vec::new(), background: Some(Shade::of_colour(colour)) };
        }
        match key.code {
            KeyCode::Char(c) if key.modifiers.is_empty() => self.text.push(c),
            KeyCode::Esc if colour(&self.text).is_some() => {}
            _ => self.text.push('\0'),
        }
        let events = if is_beginning(&self.text) { Vec::new() } else { self.forget() };
        Answer { events, background: None }
    }

    /// Holds nothing any more; gives what was held.
    fn forget(&mut self) -> Vec<Event> {
        self.text.clear();
        std::mem::take(&mut self.held)
    }
}

fn is(key: KeyEvent, c: char, modifiers: KeyModifiers) -> bool {
    key.code == KeyCode::Char(c) && key.modifiers == modifiers
}

/// Whether an answer can begin with this.
fn is_beginning(text: &str) -> bool {
    let rest = match text.strip_prefix(START) {
        Some(rest) => rest,
        None => return START.starts_with(text),
    };
    text.len() <= LONGEST && rest.chars().all(|c| c.is_ascii_hexdigit() || matches!(c, ':' | '/'))
}

/// The colour of an answer; each part has one to four digits.
fn colour(text: &str) -> Option<[u8; 3]> {
    let (_, parts) = text.strip_prefix(START)?.split_once(':')?;
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

    fn key(c: char, modifiers: KeyModifiers) -> Event {
        Event::Key(KeyEvent::new(KeyCode::Char(c), modifiers))
    }

    /// Events as crossterm makes them of bytes that come at once; `~` is an Esc of its own.
    fn events(text: &str) -> Vec<Event> {
        let mut events = Vec::new();
        let mut chars = text.chars();
        while let Some(c) = chars.next() {
            events.push(match c {
                '\x1b' => key(chars.next().expect("Esc has a key with it"), KeyModifiers::ALT),
                '\x07' => key('g', KeyModifiers::CONTROL),
                '~' => Event::Key(KeyCode::Esc.into()),
                c => key(c, KeyModifiers::NONE),
            });
        }
        events
    }

    /// What comes of bytes: the keys that are left, and the background.
    #[track_caller]
    fn check(bytes: &str, keys: &str, wanted: Option<Shade>) {
        let mut listener = Listener::default();
        let (mut left, mut background) = (Vec::new(), None);
        for event in events(bytes) {
            let answer = listener.hear(event);
            left.extend(answer.events);
            background = background.or(answer.background);
        }
        assert_eq!((left, background), (events(keys), wanted), "{bytes:?}");
    }

    #[test]
    fn answers_are_taken_out_from_among_the_keys() {
        check("jj\x1b]11;rgb:0000/0000/0000\x1b\\kk", "jjkk", Some(Shade::Dark));
        check("\x1b]11;rgb:fdfd/f6f6/e3e3\x07", "", Some(Shade::Light));
        check("\x1b]11;rgba:1e/1e/2e/ff\x07q", "q", Some(Shade::Dark));
        check("\x1b]11;rgb:f/f/f\x07", "", Some(Shade::Light));
    }

    #[test]
    fn an_answer_may_come_in_pieces() {
        check("~]11;rgb:0000/0000/0000~\\k", "~k", Some(Shade::Dark));
    }

    #[test]
    fn keys_that_look_like_it_stay_keys() {
        check("j\x1b]k", "j\x1b]k", None);
        check("\x1b]11;rgx", "\x1b]11;rgx", None);
        check("\x1b]11;rgb:zz", "\x1b]11;rgb:zz", None);
        check("]11;rgb:0/0/0\x07", "]11;rgb:0/0/0\x07", None);
        check("\x1b]11;rgb:~j", "\x1b]11;rgb:~j", None);
        let long = format!("\x1b]11;rgb:{}", "0".repeat(40));
        check(&long, &long, None);
    }
}
