//! Splits the terminal's bytes so that its *replies* are never taken for keys.
//!
//! A terminal replies to queries in the same stream as the keys, and not only to our queries: late replies to an
//! editor that has just exited, or to another program in the same window, arrive here too. Every form of reply is
//! recognised here (ECMA-48, xterm's control sequences) and dropped as a whole, in however many pieces it comes. Only
//! keys, mouse events and pastes pass, and the replies that we asked for ([`TerminalEvent`]). crossterm's own parser
//! knows few replies: on some it waits forever (crossterm #1104), and it passes others on as typed keys.
//!
//! Only time tells whether an Esc starts a sequence or was typed: the reader waits for [`InputFilter::timeout`]
//! and then calls [`InputFilter::quiet`].

use std::time::Duration;

use crossterm::event::{Event, KeyCode, KeyEvent, KeyModifiers};

use super::decode::{self, is_answer};
use super::event::TerminalEvent;

/// An Esc followed by nothing for this long was typed.
const AFTER_ESC: Duration = Duration::from_millis(30);

/// A sequence not continued for this long is given up.
const AFTER_PIECE: Duration = Duration::from_millis(250);

/// Like [`AFTER_PIECE`], in a paste. Longer, since the rest of an abandoned paste would run as commands.
const AFTER_PASTE: Duration = Duration::from_secs(2);

/// The most bytes kept of a sequence; no key or wanted reply is longer.
const KEPT: usize = 64;

/// The most bytes kept of a paste.
const PASTE: usize = 16 << 20;

/// The end of a paste.
const PASTE_END: &[u8] = b"\x1b[201~";

const ESC: u8 = 0x1B;
const BEL: u8 = 0x07;
/// String terminator in its 8-bit form.
const ST: u8 = 0x9C;

#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
enum FilterState {
    #[default]
    Ground,
    /// In a multi-byte character; this many bytes are still to come.
    Character(u8),
    /// After an Esc.
    Escape,
    /// After `ESC O`: digits may follow, then a final character.
    Single,
    /// After `ESC [`: parameters, then a final character.
    Control,
    /// After `ESC [ [`, as the Linux console begins its function keys.
    Console,
    /// After `ESC [ M`: this many bytes of a mouse report in the old encoding follow.
    Mouse(u8),
    /// In an OSC, DCS, SOS, PM or APC string. `left` bytes of a multi-byte character are still to come. `may_end`:
    /// the last byte was 0xC2, so the next may complete a C1 control encoded in UTF-8.
    Text { left: u8, may_end: bool },
    /// In a string, after an Esc that may terminate it.
    TextEscape,
    /// In a bracketed paste.
    Paste,
}

/// Turns bytes into input events.
#[derive(Debug, Default)]
pub struct InputFilter {
    state: FilterState,
    /// The first [`KEPT`] bytes since [`FilterState::Ground`] or, in a paste, its text. An 8-bit introducer is stored in
    /// its two-byte, 7-bit form.
    kept: Vec<u8>,
    /// Abandoned sequences whose end may still arrive. After another program had the terminal, also sequences whose
    /// start that program may have read.
    given_up: Vec<(FilterState, Vec<u8>)>,
    events: Vec<TerminalEvent>,
}

impl InputFilter {
    /// Parses the bytes of one read.
    pub fn feed(&mut self, bytes: &[u8]) -> Vec<TerminalEvent> {
        let given_up = std::mem::take(&mut self.given_up);
        let rest = given_up.into_iter().map(|(state, kept)| self.late_end(state, kept, bytes)).find(|&end| end > 0);
        let rest = rest.unwrap_or(0);
        bytes[rest..].iter().for_each(|&byte| self.step(byte));
        std::mem::take(&mut self.events)
    }

    /// How long to wait for the next byte before calling [`quiet`](Self::quiet); `None` if no sequence has
    /// started.
    pub fn timeout(&self) -> Option<Duration> {
        match self.state {
            FilterState::Ground => None,
            FilterState::Escape => Some(AFTER_ESC),
            FilterState::Paste => Some(AFTER_PASTE),
            _ => Some(AFTER_PIECE),
        }
    }

    /// Call when no byte has arrived within [`timeout`](Self::timeout): emits the pending key, or abandons the
    /// sequence.
    pub fn quiet(&mut self) -> Vec<TerminalEvent> {
        let before = (self.state, self.kept.clone());
        self.give_up();
        self.given_up = if before.0 == FilterState::Ground { Vec::new() } else { vec![before] };
        std::mem::take(&mut self.events)
    }

    /// Resets the filter after another program had the terminal and may have read the start of a reply.
    pub fn begin_anew(&mut self) {
        let text = (FilterState::Text { left: 0, may_end: false }, b"\x1bP".to_vec());
        let control = (FilterState::Control, b"\x1b[0".to_vec());
        *self = Self { given_up: vec![text, control], ..Self::default() };
    }

    /// The number of bytes at the start of `bytes` that end an abandoned sequence; 0 if they do not. Keys arrive one
    /// at a time, so only a tail of at least two bytes that is complete in this read is recognised.
    fn late_end(&mut self, state: FilterState, kept: Vec<u8>, bytes: &[u8]) -> usize {
        // An abandoned Esc was passed on as a key, so what follows is its sequence only if it looks like one.
        let after_esc = state == FilterState::Escape;
        if after_esc && !matches!(bytes.first(), Some(b'[' | b']' | b'P' | b'X' | b'^' | b'_')) {
            return 0;
        }
        let mut trial = Self { state, kept, ..Self::default() };
        if state == FilterState::Paste {
            // The first part of the paste was already passed on.
            trial.kept.clear();
        }
        for (index, &byte) in bytes.iter().enumerate() {
            let (before, length) = (trial.state, trial.kept.len());
            trial.step(byte);
            let goes_on = matches!(trial.state, FilterState::TextEscape | FilterState::Paste);
            let is_end = match (before, trial.state) {
                (FilterState::Text { .. } | FilterState::TextEscape, FilterState::Ground) => {
                    index > 0 && matches!(byte, BEL | ST | b'\\')
                }
                (FilterState::Paste, FilterState::Ground) => true,
                (FilterState::Control, FilterState::Ground) if after_esc => {
                    !trial.events.is_empty() || is_answer(&trial.kept)
                }
                (FilterState::Control, FilterState::Ground) => index > 1 && is_answer(&trial.kept),
                (_, FilterState::Ground) => return 0,
                _ if goes_on || trial.kept.len() > length || length == KEPT => continue,
                // Another sequence starts.
                _ => return 0,
            };
            if !is_end {
                return 0;
            }
            self.events.append(&mut trial.events);
            return index + 1;
        }
        if after_esc && trial.state == FilterState::Paste {
            *self = trial;
            return bytes.len();
        }
        0
    }

    fn step(&mut self, byte: u8) {
        match self.state {
            FilterState::Ground => self.begin(byte, false),
            FilterState::Character(left) => self.character(left, byte),
            FilterState::Escape => self.escape(byte),
            FilterState::Single => match byte {
                b'0'..=b'9' => self.keep(byte),
                b' '..=b'~' => self.end(byte),
                _ => self.broken_by(byte),
            },
            FilterState::Control => match byte {
                b'[' if self.kept.len() == 2 => self.go_on(byte, FilterState::Console),
                b'M' if self.kept.len() == 2 => self.go_on(byte, FilterState::Mouse(3)),
                b' '..=b'?' => self.keep(byte),
                b'@'..=b'~' => self.end(byte),
                _ => self.broken_by(byte),
            },
            FilterState::Console => match byte {
                b'A'..=b'E' => self.end(byte),
                _ => self.broken_by(byte),
            },
            FilterState::Mouse(left) => match byte {
                0..=0x1F => self.broken_by(byte),
                _ if left > 1 => self.go_on(byte, FilterState::Mouse(left - 1)),
                _ => self.end(byte),
            },
            FilterState::Text { left, may_end } => self.text(left, may_end, byte),
            FilterState::TextEscape => match byte {
                b'\\' => self.end(byte),
                _ => {
                    self.give_up();
                    self.begin(ESC, false);
                    self.step(byte);
                }
            },
            FilterState::Paste => self.paste(byte),
        }
    }

    /// Handles the first byte of a key, character or sequence; `alt` if it follows an Esc.
    fn begin(&mut self, byte: u8, alt: bool) {
        self.state = FilterState::Ground;
        match byte {
            ESC => {
                self.kept.clear();
                self.go_on(ESC, FilterState::Escape);
            }
            0..=0x7F => self.key(decode::byte(byte), alt),
            0x80..=0x9F => _ = self.introduce(byte - 0x40),
            0xC2..=0xF4 => {
                self.kept.clear();
                self.kept.extend(alt.then_some(ESC));
                let left = if byte < 0xE0 { 1 } else { 2 + u8::from(byte >= 0xF0) };
                self.go_on(byte, FilterState::Character(left));
            }
            _ => {}
        }
    }

    /// Enters the state that Esc and this byte start; returns false if they start none.
    fn introduce(&mut self, byte: u8) -> bool {
        self.state = match byte {
            b'O' => FilterState::Single,
            b'[' => FilterState::Control,
            b']' | b'P' | b'X' | b'^' | b'_' => FilterState::Text { left: 0, may_end: false },
            _ => return false,
        };
        self.kept.clear();
        self.kept.extend([ESC, byte]);
        true
    }

    fn escape(&mut self, byte: u8) {
        match byte {
            // The first Esc was typed; the second may start a sequence.
            ESC => self.key(KeyCode::Esc.into(), false),
            0x80..=0x9F => {
                self.key(KeyCode::Esc.into(), false);
                self.begin(byte, false);
            }
            _ if self.introduce(byte) => {}
            _ => self.begin(byte, true),
        }
    }

    fn character(&mut self, left: u8, byte: u8) {
        if byte & 0xC0 != 0x80 {
            return self.begin(byte, false);
        }
        self.go_on(byte, FilterState::Character(left - 1));
        if left > 1 {
            return;
        }
        self.state = FilterState::Ground;
        let alt = self.kept[0] == ESC;
        let text = std::str::from_utf8(&self.kept[usize::from(alt)..]).unwrap_or_default();
        match text.chars().next() {
            // An 8-bit control encoded in UTF-8.
            Some(c @ '\u{80}'..='\u{9F}') => _ = self.introduce(c as u8 - 0x40),
            Some(c) => self.key(KeyCode::Char(c).into(), alt),
            None => {}
        }
    }

    fn text(&mut self, left: u8, may_end: bool, byte: u8) {
        let is_rest = left > 0 && byte & 0xC0 == 0x80;
        let in_character = |left| FilterState::Text { left, may_end: byte == 0xC2 };
        match byte {
            BEL => self.end(byte),
            ST if !is_rest || may_end => self.end(byte),
            ESC => self.state = FilterState::TextEscape,
            0..=0x1F | 0x7F => self.broken_by(byte),
            _ if is_rest => self.go_on(byte, in_character(left - 1)),
            0xC0..=0xDF => self.go_on(byte, in_character(1)),
            0xE0..=0xEF => self.go_on(byte, in_character(2)),
            0xF0..=0xF7 => self.go_on(byte, in_character(3)),
            _ => self.go_on(byte, in_character(0)),
        }
    }

    fn paste(&mut self, byte: u8) {
        self.kept.push(byte);
        if self.kept.ends_with(PASTE_END) {
            self.kept.truncate(PASTE.min(self.kept.len() - PASTE_END.len()));
            self.end_paste();
        } else if self.kept.len() >= 2 * PASTE {
            // Keep the tail, which may be part of the end marker.
            let tail = self.kept.len() - PASTE_END.len();
            self.kept.copy_within(tail.., PASTE);
            self.kept.truncate(PASTE + PASTE_END.len());
        }
    }

    fn end_paste(&mut self) {
        let text = String::from_utf8_lossy(&std::mem::take(&mut self.kept)).into_owned();
        self.events.push(TerminalEvent::Event(Event::Paste(text)));
        self.state = FilterState::Ground;
    }

    /// Handles the last byte of a sequence.
    fn end(&mut self, byte: u8) {
        let state = self.state;
        self.keep(byte);
        self.state = FilterState::Ground;
        if state == FilterState::Control && self.kept == b"\x1b[200~" {
            self.state = FilterState::Paste;
            self.kept.clear();
            return;
        }
        // A sequence that fills the buffer may have been cut off, and is longer than any key.
        if self.kept.len() < KEPT {
            self.events.extend(decode::sequence(&self.kept));
        }
    }

    /// An invalid byte: gives up the sequence and starts over with the byte.
    fn broken_by(&mut self, byte: u8) {
        self.give_up();
        self.begin(byte, false);
    }

    /// Gives up a sequence. Emits an Esc, an Alt key or the paste so far; an Esc that may have terminated a string is
    /// dropped.
    fn give_up(&mut self) {
        match (self.state, &self.kept[..]) {
            (FilterState::Paste, _) => self.end_paste(),
            (FilterState::Escape, _) => self.key(KeyCode::Esc.into(), false),
            (
                FilterState::Single | FilterState::Control | FilterState::Text { .. } | FilterState::TextEscape,
                &[ESC, byte],
            ) => {
                self.key(decode::byte(byte), true);
            }
            _ => {}
        }
        self.state = FilterState::Ground;
    }

    fn go_on(&mut self, byte: u8, state: FilterState) {
        self.keep(byte);
        self.state = state;
    }

    fn keep(&mut self, byte: u8) {
        if self.kept.len() < KEPT {
            self.kept.push(byte);
        }
    }

    fn key(&mut self, mut key: KeyEvent, alt: bool) {
        if alt {
            key.modifiers |= KeyModifiers::ALT;
        }
        self.events.push(TerminalEvent::Event(Event::Key(key)));
    }
}
