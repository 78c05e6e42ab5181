//! The words for dates in English, Chinese, Japanese and Korean.

use super::cursor::Cursor;

const MONTHS: [&str; 12] = [
    "january",
    "february",
    "march",
    "april",
    "may",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
];

const WEEKDAYS: [&str; 18] = [
    "monday",
    "tuesday",
    "wednesday",
    "thursday",
    "friday",
    "saturday",
    "sunday",
    "mon",
    "tue",
    "tues",
    "wed",
    "weds",
    "thu",
    "thur",
    "thurs",
    "fri",
    "sat",
    "sun",
];

/// Chars that a date can start with, besides ASCII letters and digits.
const FIRST: &str = "〇零○一二三四五六七八九十第제周週星礼禮月火水木金土日令平월화수목금토일０１２３４５６７８９";

const HAN_DIGITS: &str = "一二三四五六七八九";

/// Whether a date, weekday or counter may start here: a quick check that rejects most texts.
pub(super) fn may_begin(rest: &str) -> bool {
    let bytes = rest.as_bytes();
    let Some(&first) = bytes.first() else { return false };
    if !first.is_ascii_alphabetic() {
        return first.is_ascii_digit() || first >= 0xE3 && rest.chars().next().is_some_and(|c| FIRST.contains(c));
    }
    let lower = |at: usize| bytes.get(at).map_or(b' ', u8::to_ascii_lowercase);
    match &[lower(0), lower(1), lower(2)] {
        b"jan" | b"feb" | b"mar" | b"apr" | b"may" | b"jun" | b"jul" | b"aug" | b"sep" | b"oct" | b"nov" | b"dec" => {
            true
        }
        b"mon" | b"tue" | b"wed" | b"thu" | b"fri" | b"sat" | b"sun" | b"day" | b"wee" | b"the" => true,
        [b'w', b'k', _] => true,
        b"spr" | b"sum" | b"fal" | b"aut" | b"win" => true,
        [b'w' | b'd' | b'r' | b'q' | b'h', second, _] => second.is_ascii_digit(),
        _ => false,
    }
}

/// A month name, with the full stop of an abbreviation: `May`, `Sept.`.
pub(super) fn month_name(cursor: &mut Cursor) -> Option<u32> {
    let word = cursor.word();
    let is_month = |name: &&str| {
        word.eq_ignore_ascii_case(name)
            || (word.len() == 3 || word.eq_ignore_ascii_case("sept")) && word[..3].eq_ignore_ascii_case(&name[..3])
    };
    if word.len() < 3 {
        return None;
    }
    let index = MONTHS.iter().position(&is_month).or_else(|| misspelt(word))?;
    cursor.at += word.len();
    if word.len() < 5 {
        cursor.eat(|c| c == '.');
    }
    u32::try_from(index + 1).ok()
}

/// The long name of a month with a letter or two wrong, or in a related language: `Febuary`, `Septembre`.
fn misspelt(word: &str) -> Option<usize> {
    if !(6..=10).contains(&word.len()) {
        return None;
    }
    let word = word.to_ascii_lowercase();
    let is_near = |name: &&str| {
        name.len() > 5
            && name[..3] == word[..3]
            && name.len().abs_diff(word.len()) <= 1
            && shared(name, &word) + 2 >= name.len().max(word.len())
    };
    MONTHS.iter().position(is_near)
}

/// How many letters two ASCII words share at the start and, without overlap, at the end.
fn shared(one: &str, other: &str) -> usize {
    let count = |pairs: &mut dyn Iterator<Item = (u8, u8)>| pairs.take_while(|(one, other)| one == other).count();
    let start = count(&mut one.bytes().zip(other.bytes()));
    start + count(&mut one.bytes().skip(start).rev().zip(other.bytes().skip(start).rev()))
}

/// A Han numeral up to 99: `五`, `十七`, `二十`.
fn han_number(cursor: &mut Cursor) -> Option<u32> {
    let digit = |cursor: &mut Cursor| {
        let at = HAN_DIGITS.chars().position(|c| cursor.raw() == Some(c))?;
        cursor.bump();
        u32::try_from(at + 1).ok()
    };
    let tens = digit(cursor);
    if cursor.eat(|c| c == '十').is_none() {
        return tens;
    }
    Some(tens.unwrap_or(1) * 10 + digit(cursor).unwrap_or(0))
}

/// A month, day or week in digits or as a Han numeral.
pub(super) fn small(cursor: &mut Cursor) -> Option<u32> {
    cursor.small().or_else(|| han_number(cursor))
}

/// `二〇三一年`, `令和13年`, `令和元年`.
pub(super) fn han_year(cursor: &mut Cursor) -> Option<i32> {
    let mut here = *cursor;
    let era = [("令和", 2018), ("平成", 1988)].into_iter().find(|(name, _)| here.eat_one_of(&[*name]));
    let year = if let Some((_, before)) = era {
        let number = if here.eat(|c| c == '元').is_some() { 1 } else { small(&mut here)? };
        before + i32::try_from(number).ok()?
    } else {
        let mut year = 0;
        for _ in 0..4 {
            let c = here.raw()?;
            let digit = match c {
                '〇' | '零' | '○' => 0,
                _ => i32::try_from(HAN_DIGITS.chars().position(|digit| digit == c)? + 1).ok()?,
            };
            year = year * 10 + digit;
            here.bump();
        }
        year
    };
    here.eat(|c| c == '年')?;
    *cursor = here;
    Some(year)
}

/// Skips a weekday: `Sat`, `Saturday,`, `周六`, `星期六`, `土曜日`, `토요일`. Returns whether there was one.
pub(super) fn weekday(cursor: &mut Cursor) -> bool {
    let mut here = *cursor;
    if here.eat_word(&WEEKDAYS).is_some() {
        here.eat(|c| c == '.');
        *cursor = here;
        return true;
    }
    let found = if here.eat_one_of(&["周", "週", "星期", "礼拜", "禮拜"]) {
        here.eat(|c| "一二三四五六日天末".contains(c)).is_some()
    } else if here.eat(|c| "月火水木金土日".contains(c)).is_some() {
        here.eat_one_of(&["曜日", "曜"])
    } else {
        here.eat(|c| "월화수목금토일".contains(c)).is_some() && here.eat_one_of(&["요일"])
    };
    if found {
        *cursor = here;
    }
    found
}

/// Skips `Week of`, before the first day of a week. Returns whether it was there.
pub(super) fn week_of_day(cursor: &mut Cursor) -> bool {
    let mut here = *cursor;
    let found = here.eat_word(&["week"]).is_some() && here.spaces() && here.eat_word(&["of"]).is_some();
    if found {
        *cursor = here;
    }
    found
}

/// Skips a weekday in one char, `土`, `토`; only valid in brackets or at the end. Returns whether there was one.
pub(super) fn short_weekday(cursor: &mut Cursor) -> bool {
    cursor.eat(|c| "月火水木金土日월화수목금토일一二三四五六".contains(c)).is_some()
}

/// A word followed by its number: `Day 12`, `Day-12`, `week1`.
fn numbered(cursor: &mut Cursor, words: &[&str]) -> Option<u32> {
    let mut here = *cursor;
    here.eat_word(words)?;
    for _ in 0..3 {
        here.eat(|c| matches!(c, ' ' | '-' | '_' | '#' | '.' | ':'));
    }
    let number = here.number().filter(|number| number.digits <= 4)?;
    *cursor = here;
    Some(number.value)
}

/// A number followed by a unit: `第3周`, `第12天`, `12日目`, `3주차`.
fn counted(cursor: &mut Cursor, after_ordinal: &[&str], bare: &[&str]) -> Option<u32> {
    let mut here = *cursor;
    let is_ordinal = here.eat_one_of(&["第", "제"]);
    here.spaces();
    let number = match here.number() {
        Some(number) => (number.digits <= 4).then_some(number.value)?,
        None => han_number(&mut here)?,
    };
    here.spaces();
    let found = here.eat_one_of(bare) || is_ordinal && here.eat_one_of(after_ordinal);
    if found {
        *cursor = here;
    }
    found.then_some(number)
}

/// `Day 12`, `Days 12-14`, `第12天`, `12日目`, `12일차`.
pub(super) fn counter(cursor: &mut Cursor) -> Option<u32> {
    if cursor.raw()?.is_ascii_alphabetic() {
        let number = numbered(cursor, &["day", "days"])?;
        let mut here = *cursor;
        let is_span = here.eat(|c| c == '-').is_some() && here.small().is_some_and(|last| last > number);
        if is_span && !here.peek().is_some_and(|c| matches!(c, '.' | '/' | '-')) {
            *cursor = here;
        }
        return Some(number);
    }
    counted(cursor, &["天", "日"], &["日目", "天目", "일차"])
}

/// `D12`, `R1D12`.
pub(super) fn short_counter(cursor: &mut Cursor) -> Option<u32> {
    let mut here = *cursor;
    if here.eat(|c| c == 'R').is_some() {
        here.small()?;
    }
    here.eat(|c| c == 'D')?;
    let number = here.number().filter(|number| number.digits <= 3)?;
    *cursor = here;
    Some(number.value)
}

/// `Week 3`, `第3周`, `3週目`, `3주차`.
pub(super) fn week(cursor: &mut Cursor) -> Option<u32> {
    let mut here = *cursor;
    let week = if here.raw()?.is_ascii_alphabetic() {
        numbered(&mut here, &["week", "wk", "weeks"])?
    } else {
        counted(&mut here, &["周", "週", "个星期", "主日", "주"], &["週目", "周目", "주차", "주째"])?
    };
    if !(1..=53).contains(&week) {
        return None;
    }
    *cursor = here;
    Some(week)
}

/// `Q2`.
pub(super) fn quarter(cursor: &mut Cursor) -> Option<u32> {
    let mut here = *cursor;
    here.eat(|c| c == 'Q')?;
    let quarter = here.small().filter(|quarter| (1..=4).contains(quarter))?;
    *cursor = here;
    Some(quarter)
}

/// `W18`.
pub(super) fn short_week(cursor: &mut Cursor) -> Option<u32> {
    let mut here = *cursor;
    here.eat(|c| c == 'W' || c == 'w')?;
    let week = here.small().filter(|week| (1..=53).contains(week))?;
    *cursor = here;
    Some(week)
}
