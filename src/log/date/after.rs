//! The text after a date: a topic, part of a sentence, or nothing.

use super::Place;
use super::cursor::{Cursor, is_closing, is_decoration, is_opening};

/// (chars, words) of the longest topic after a date on a line or in an item.
const TOPIC: (usize, usize) = (60, 9);

/// The most words in a remark after a date and a comma.
const REMARK: usize = 4;

/// What follows a date.
pub(super) enum After {
    Nothing,
    /// Words after a separator.
    Topic {
        sign: char,
        is_short: bool,
        in_brackets: bool,
    },
    /// Words after a space, or directly after the date.
    Words {
        is_apart: bool,
        is_latin: bool,
        is_low: bool,
    },
}

impl After {
    pub fn of(mut cursor: Cursor, closed: bool, place: Place) -> Self {
        let rest = cursor.rest();
        if is_blank(rest) {
            return Self::Nothing;
        }
        let is_dash = cursor.raw().is_some_and(|c| matches!(c, '—' | '–'));
        while cursor.eat(|c| matches!(c, '*' | '`')).is_some() {}
        let is_apart = cursor.spaces();
        while cursor.eat(|c| matches!(c, '*' | '`')).is_some() {}
        let sign = cursor.peek().unwrap_or(' ');
        let is_name = matches!(place, Place::Name);
        let is_parted = match sign {
            ':' | '|' | '·' | '•' | '»' | '→' | '<' => true,
            '-' | '~' | '>' | '_' => is_apart || is_dash || is_name,
            '.' => is_name,
            ',' => is_remark(cursor.rest()),
            _ => is_opening(sign) || closed || is_name && is_apart,
        };
        let topic = cursor.rest();
        if is_parted {
            let in_brackets = is_opening(sign) && ends_in_bracket(topic);
            return Self::Topic { sign, is_short: sign == ',' || is_short(topic), in_brackets };
        }
        Self::Words { is_apart, is_latin: sign.is_ascii(), is_low: sign.is_ascii_lowercase() }
    }
}

/// Whether only decoration and punctuation are left. Stops at the first word, so long texts cost nothing.
fn is_blank(rest: &str) -> bool {
    let mut cursor = Cursor::new(rest);
    loop {
        match cursor.peek() {
            None => return true,
            Some(':' | '.' | ',' | '，' | '。' | '、' | '!' | ';') => cursor.bump(),
            Some(c) if is_decoration(c) => cursor.bump(),
            _ if cursor.tag() => {}
            _ => return false,
        }
    }
}

/// Whether a comma is followed by a few words that do not continue a sentence: `, Fieldwork abroad`.
fn is_remark(rest: &str) -> bool {
    let words = rest.trim_start_matches([',', '，', ' ']);
    !words.starts_with(|c: char| c.is_ascii_lowercase())
        && words.len() <= TOPIC.0
        && words.split_whitespace().count() <= REMARK
}

fn is_short(topic: &str) -> bool {
    topic.len() <= TOPIC.0 * 3
        && topic.chars().count() <= TOPIC.0
        && topic.split_whitespace().count() <= TOPIC.1
        && !topic.trim_end().ends_with(['.', '。'])
}

fn ends_in_bracket(topic: &str) -> bool {
    topic.trim_end().chars().next_back().is_some_and(is_closing)
}
