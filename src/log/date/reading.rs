//! A text that is a date, or begins with one: what may stand around it in which place.

use super::cursor::{Cursor, is_closing, is_decoration, is_opening};
use super::point::{Form, Point};
use super::range::date;
use super::words::{counter, short_counter, short_weekday, weekday};
use super::{Place, Reading, When};

/// Longest topic behind a date on a line or in an item, in characters and in words.
const TOPIC: (usize, usize) = (60, 9);

/// Words that may stand before a full date in a heading, and in a file's name.
const WORDS_BEFORE: (usize, usize) = (3, 6);

/// How far into a text a date may begin, in bytes.
const LATEST: usize = 96;

/// Reads a short text of its own: a heading, a line, a table cell, a file's name, a list item.
/// `None` when it holds no date, or is a sentence that holds one.
///
/// The time it takes does not grow with what stands behind the date.
pub fn read(text: &str, place: Place) -> Option<Reading> {
    let mut cursor = Cursor::new(text);
    let bracket = cursor.decoration();
    read_at(cursor, bracket, place, false).or_else(|| after_words(cursor, place))
}

/// A full date behind a few words: `Added 2031-05-17`, `notes-2031-05-17`.
fn after_words(mut cursor: Cursor, place: Place) -> Option<Reading> {
    let words = match place {
        Place::Heading => WORDS_BEFORE.0,
        Place::Name => WORDS_BEFORE.1,
        Place::Line | Place::Cell | Place::Item | Place::FrontMatter => return None,
    };
    if !cursor.rest().bytes().take(LATEST).any(|byte| byte.is_ascii_digit() || byte == 0xEF) {
        return None;
    }
    for _ in 0..words {
        skip_word(&mut cursor, place);
        let bracket = separators(&mut cursor);
        if cursor.at > LATEST {
            return None;
        }
        if let Some(reading) = read_at(cursor, bracket, place, true) {
            return Some(reading);
        }
    }
    None
}

/// Passes over a word: to the next space, or to the first figure behind Han characters.
fn skip_word(cursor: &mut Cursor, place: Place) {
    let mut last = ' ';
    while let Some(c) = cursor.peek() {
        let is_split = matches!(place, Place::Name) && (matches!(c, '-' | '_' | '.') || last.is_ascii_alphabetic());
        let begins_figures = c.is_ascii_digit() && (!last.is_ascii() || is_split);
        if c.is_whitespace() || begins_figures || is_split && !c.is_ascii_alphanumeric() || cursor.at > LATEST {
            break;
        }
        last = c;
        cursor.bump();
    }
}

/// Passes over what may stand between a counter or word and its date.
fn separators(cursor: &mut Cursor) -> Option<usize> {
    let mut bracket = None;
    loop {
        let start = cursor.at;
        cursor.eat(|c| matches!(c, ':' | ',' | '.' | '、' | '，') || is_closing(c));
        bracket = bracket.or(cursor.decoration());
        if cursor.at == start || cursor.at > LATEST {
            return bracket;
        }
    }
}

/// Reads the date that stands at the cursor, with weekday and counter before it.
fn read_at(start: Cursor, bracket: Option<usize>, place: Place, is_behind_words: bool) -> Option<Reading> {
    let mut cursor = start;
    let around = Around { start: start.at, bracket, place, is_behind_words };
    let mut count = None;
    for _ in 0..2 {
        let mut here = cursor;
        if weekday(&mut here) {
            separators(&mut here);
        } else if let Some(number) = counter(&mut here) {
            count = Some((Point { when: When::Counter(number), form: Form::Count }, here));
            separators(&mut here);
        } else if let Some(number) = short_counter(&mut here) {
            count = Some((Point { when: When::Counter(number), form: Form::Bare }, here));
            separators(&mut here);
        } else {
            break;
        }
        cursor = here;
    }
    let found = date(&mut cursor, place).and_then(|point| {
        if matches!(point.when, When::Week { .. }) {
            let mut better = cursor;
            separators(&mut better);
            let dated = date(&mut better, place).filter(|point| !matches!(point.when, When::Week { .. }));
            if let Some(reading) = dated.and_then(|dated| around.finish(dated, better)) {
                return Some(reading);
            }
        }
        around.finish(point, cursor)
    });
    found.or_else(|| count.and_then(|(point, cursor)| around.finish(point, cursor)))
}

/// What stands before a date.
struct Around {
    start: usize,
    bracket: Option<usize>,
    place: Place,
    is_behind_words: bool,
}

impl Around {
    /// The reading, if what follows the date may follow it here.
    fn finish(&self, point: Point, mut cursor: Cursor) -> Option<Reading> {
        let closed = suffix(&mut cursor);
        let start = self.bracket.filter(|_| closed).unwrap_or(self.start);
        let after = After::of(cursor, closed, self.place);
        let alone = matches!(after, After::Nothing) && !self.is_behind_words;
        let fits = matches!(after, After::Nothing) || self.allows(point.form, &after);
        let words_fit = !self.is_behind_words
            || point.form == Form::Full && (matches!(self.place, Place::Name) || !matches!(after, After::Words { .. }));
        (fits && words_fit).then_some(Reading { what: point.when, span: start..cursor.at, alone })
    }

    fn allows(&self, form: Form, after: &After) -> bool {
        use Form::{Bare, Count, Dotted, Full, Month, Named, NamedMonth, Pair};
        match (self.place, after) {
            (_, After::Nothing) => true,
            (Place::FrontMatter, _) => !matches!(form, Bare | Dotted | Pair),
            (Place::Cell, After::Topic { in_brackets, .. }) => {
                *in_brackets && matches!(form, Full | Month | NamedMonth)
            }
            (Place::Cell, After::Words { .. }) => false,
            (Place::Heading | Place::Name, _) if form == Full => true,
            (Place::Name, After::Topic { .. }) => matches!(form, Month | NamedMonth | Count),
            (Place::Name, After::Words { .. }) => false,
            (Place::Heading, After::Topic { .. }) => form != Bare,
            (Place::Heading, After::Words { is_apart, is_latin, is_low }) => match form {
                NamedMonth | Count => !is_latin || *is_apart && !is_low,
                Named => !is_latin,
                Pair => !is_latin && *is_apart,
                _ => false,
            },
            (Place::Line | Place::Item, After::Topic { is_short, .. }) => {
                *is_short && matches!(form, Full | NamedMonth | Named | Pair | Count)
            }
            (Place::Line | Place::Item, After::Words { .. }) => false,
        }
    }
}

/// Passes over weekday, counter and closing brackets behind a date. Returns whether a bracket
/// was closed that had been opened before it.
fn suffix(cursor: &mut Cursor) -> bool {
    let mut closed = false;
    for _ in 0..6 {
        let mut here = *cursor;
        let mut is_apart = false;
        while here.eat(|c| matches!(c, ' ' | '\t' | ',' | '*' | '`' | '，' | '、') || c == '_').is_some() {
            is_apart = true;
        }
        if here.eat(is_closing).is_some() {
            here.link_target();
            closed = true;
            *cursor = here;
            continue;
        }
        let is_opened = here.eat(is_opening).is_some();
        let inner = here;
        let is_known = weekday(&mut here) || counter(&mut here).is_some() || {
            here = inner;
            (is_opened || is_apart) && short_weekday(&mut here)
        };
        let ends =
            if is_opened { here.eat(is_closing).is_some() } else { !here.peek().is_some_and(char::is_alphanumeric) };
        if !is_known || !ends {
            break;
        }
        *cursor = here;
    }
    closed
}

/// What stands behind a date.
enum After {
    Nothing,
    /// Words behind a sign that parts them from the date.
    Topic {
        is_short: bool,
        in_brackets: bool,
    },
    /// Words behind a space, or behind nothing.
    Words {
        is_apart: bool,
        is_latin: bool,
        is_low: bool,
    },
}

impl After {
    fn of(mut cursor: Cursor, closed: bool, place: Place) -> Self {
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
            _ => is_opening(sign) || closed || is_name && is_apart,
        };
        let topic = cursor.rest();
        if is_parted {
            return Self::Topic { is_short: is_short(topic), in_brackets: is_opening(sign) && ends_in_bracket(topic) };
        }
        Self::Words { is_apart, is_latin: sign.is_ascii(), is_low: sign.is_ascii_lowercase() }
    }
}

/// Whether nothing but decoration and punctuation is left. Long rests are read no further than
/// their first word.
fn is_blank(rest: &str) -> bool {
    let mut cursor = Cursor::new(rest);
    loop {
        match cursor.peek() {
            None => return true,
            Some(':' | '.' | ',' | '，' | '。' | '、' | '!' | ';') => cursor.bump(),
            Some(c) if is_decoration(c) || is_closing(c) => cursor.bump(),
            _ if cursor.tag() => {}
            _ => return false,
        }
    }
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
