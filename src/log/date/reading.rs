//! Reads a text that is a date or starts with one, and decides what else it may contain.

use super::after::After;
use super::cursor::{Cursor, fold, is_closing, is_opening};
use super::point::{Form, Point};
use super::range::date;
use super::words::{counter, may_begin, short_counter, short_weekday, week_of_day, weekday};
use super::{ParsedDate, Place, When};

/// (in a heading, in a file name): how many words may precede a full date.
const WORDS_BEFORE: (usize, usize) = (3, 6);

/// A date after words must have a digit within this many bytes.
const NEAR: usize = 96;

/// The longest word before a date, in bytes.
const LONGEST_WORD: usize = 48;

/// The most separators between a word or counter and its date.
const SEPARATORS: usize = 6;

/// Reads a short text: a heading, line, table cell, file name or list item. `None` if it has no date, or is a sentence
/// that contains one.
///
/// The running time does not depend on the text after the date.
pub fn read(text: &str, place: Place) -> Option<ParsedDate> {
    let mut cursor = Cursor::new(text);
    let bracket = cursor.decoration();
    // `§3.1` is a section of a paper.
    if cursor.before().ends_with('§') {
        return None;
    }
    skip_letter(&mut cursor);
    let parsed = if may_begin(cursor.rest()) { read_at(cursor, bracket, place, false) } else { None };
    parsed.or_else(|| after_words(cursor, place))
}

/// Quickly checks whether a text may start with a date. True for all that [`read`] accepts in items, lines and cells.
pub(crate) fn may_start(text: &str) -> bool {
    let mut cursor = Cursor::new(text);
    cursor.decoration();
    skip_letter(&mut cursor);
    may_begin(cursor.rest())
}

/// Skips the letter in `Y2031 May`.
fn skip_letter(cursor: &mut Cursor) {
    let year = cursor.rest().strip_prefix(['Y', 'y']).and_then(|rest| rest.get(..4));
    if year.is_some_and(|year| year.bytes().all(|byte| byte.is_ascii_digit())) {
        cursor.bump();
    }
}

/// A full date after a few words: `Added 2031-05-17`, `notes-2031-05-17`.
fn after_words(mut cursor: Cursor, place: Place) -> Option<ParsedDate> {
    let words = match place {
        Place::Heading => WORDS_BEFORE.0,
        Place::Name => WORDS_BEFORE.1,
        Place::Line | Place::Cell | Place::Item | Place::FrontMatter => return None,
    };
    // Every full date has digits; full-width ones start with the byte 0xEF.
    let near = cursor.rest().as_bytes();
    let near = &near[..near.len().min(NEAR)];
    if !near.iter().fold(false, |found, byte| found | byte.is_ascii_digit() | (*byte == 0xEF)) {
        return None;
    }
    for _ in 0..words {
        if !skip_word(&mut cursor, place) {
            return None;
        }
        let bracket = separators(&mut cursor);
        let parsed = if may_begin(cursor.rest()) { read_at(cursor, bracket, place, true) } else { None };
        if parsed.is_some() {
            return parsed;
        }
    }
    None
}

/// Skips a word: up to a space or to a digit after a Han char; in a file name, also to a separator or a digit after a
/// letter. Returns `false` if it is too long for a word.
fn skip_word(cursor: &mut Cursor, place: Place) -> bool {
    let start = cursor.at;
    let mut last = ' ';
    while let Some(c) = cursor.peek() {
        let is_split = matches!(place, Place::Name) && (matches!(c, '-' | '_' | '.') || last.is_ascii_alphabetic());
        let begins_figures = c.is_ascii_digit() && (!last.is_ascii() || is_split);
        if c.is_whitespace() || begins_figures || is_split && !c.is_ascii_alphanumeric() {
            break;
        }
        if last == ']' && c == '(' {
            cursor.link_target();
            break;
        }
        if cursor.at - start > LONGEST_WORD {
            return false;
        }
        last = cursor.raw().unwrap_or(c);
        cursor.bump();
    }
    true
}

/// Skips separators between a counter or word and its date. Returns the byte offset of the first opening bracket.
fn separators(cursor: &mut Cursor) -> Option<usize> {
    let mut bracket = None;
    for _ in 0..SEPARATORS {
        let start = cursor.at;
        cursor.eat(|c| matches!(c, ':' | ',' | '.' | '、' | '，') || is_closing(c));
        bracket = bracket.or(cursor.decoration());
        if cursor.at == start {
            break;
        }
    }
    bracket
}

/// Reads the date at the cursor, and any weekday and counter before it.
fn read_at(start: Cursor, bracket: Option<usize>, place: Place, is_behind_words: bool) -> Option<ParsedDate> {
    let mut cursor = start;
    let around = Around {
        start: start.at,
        bracket,
        is_tag: start.before().trim_end_matches(is_opening).ends_with('#'),
        place,
        is_behind_words,
    };
    let mut count = None;
    // A quick check: a counter that starts with digits has a unit right after them, which is not ASCII.
    let unit = start.rest().bytes().find(|byte| !byte.is_ascii_digit());
    let is_plain = unit != start.rest().bytes().next() && unit.is_none_or(|byte| byte.is_ascii());
    for _ in 0..if is_plain { 0 } else { 2 } {
        let mut here = cursor;
        if weekday(&mut here) || week_of_day(&mut here) {
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
            if let Some(parsed) = dated.and_then(|dated| around.finish(dated, better)) {
                return Some(ParsedDate { what: parsed.what.in_year_of(point.when), ..parsed });
            }
        }
        around.finish(point, cursor)
    });
    found.or_else(|| count.and_then(|(point, cursor)| around.finish(point, cursor)))
}

/// The context before a date.
struct Around {
    start: usize,
    bracket: Option<usize>,
    /// Whether the date directly follows a `#`.
    is_tag: bool,
    place: Place,
    is_behind_words: bool,
}

impl Around {
    /// The date, if the text after the date is allowed here.
    fn finish(&self, point: Point, mut cursor: Cursor) -> Option<ParsedDate> {
        and_earlier(&mut cursor);
        let Suffix { closed, to_anchor } = suffix(&mut cursor);
        // Entries of a table of contents and issue numbers are not dates.
        let is_contents = to_anchor && matches!(self.place, Place::Line | Place::Item | Place::Cell);
        let is_issue = self.is_tag && matches!(point.form, Form::Bare | Form::Dotted | Form::Pair);
        if is_contents || is_issue {
            return None;
        }
        let start = self.bracket.filter(|_| closed).unwrap_or(self.start);
        let after = After::of(cursor, closed, self.place);
        let is_year_in_time = self.is_behind_words
            && matches!((&after, point.when), (After::Nothing, When::Year(_)))
            && is_preposition(cursor.before()[..self.start].trim_matches([' ', '*', '_', '`']));
        let alone = matches!(after, After::Nothing) && (!self.is_behind_words || is_year_in_time);
        let fits = matches!(after, After::Nothing) || self.allows(point.form, &after);
        let words_fit = !self.is_behind_words
            || is_year_in_time
            || point.form == Form::Full && (matches!(self.place, Place::Name) || !matches!(after, After::Words { .. }))
            || point.form == Form::NamedMonth
                && matches!(after, After::Nothing)
                && !cursor.before()[..self.start].contains(|c: char| c.is_ascii_digit());
        (fits && words_fit).then_some(ParsedDate { what: point.when, span: start..cursor.at, alone })
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
            (_, After::Topic { sign: ',', .. }) => form == Full,
            // `10.1 - Emus` is a section number.
            (Place::Heading, After::Topic { sign, .. }) => form != Bare && (form != Dotted || *sign != '-'),
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

/// Whether a word is a preposition of time, as in `Before 2031`.
fn is_preposition(word: &str) -> bool {
    ["before", "after", "since", "until", "pre", "in", "from"].iter().any(|known| known.eq_ignore_ascii_case(word))
}

/// Skips `and earlier`, `or before` after a date.
fn and_earlier(cursor: &mut Cursor) {
    let mut here = *cursor;
    here.spaces();
    let found = here.eat_word(&["and", "or"]).is_some()
        && here.spaces()
        && here.eat_word(&["earlier", "before", "older", "prior"]).is_some();
    if found || here.eat_one_of(&["及以前", "及之前", "以前", "之前"]) {
        *cursor = here;
    }
}

/// What was skipped after a date.
#[derive(Default)]
struct Suffix {
    /// Whether the bracket before the date was closed after it.
    closed: bool,
    /// Whether the date is a link to an anchor in the same file.
    to_anchor: bool,
}

/// Skips a weekday, counter and closing brackets after a date.
fn suffix(cursor: &mut Cursor) -> Suffix {
    let mut suffix = Suffix::default();
    for _ in 0..6 {
        let mut here = *cursor;
        let mut is_apart = false;
        while here.eat(|c| matches!(c, ' ' | '\t' | ',' | '*' | '`' | '，' | '、') || c == '_').is_some() {
            is_apart = true;
        }
        if cursor.before().contains(|c| is_opening(fold(c))) && here.eat(is_closing).is_some() {
            suffix.to_anchor |= here.link_target();
            suffix.closed = true;
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
    suffix
}
