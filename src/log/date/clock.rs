//! Skips the time of day after a date.

use super::cursor::Cursor;

/// Skips `T10:20` or ` 10:20:30.5 +09:00`.
pub(super) fn time(cursor: &mut Cursor) {
    let mut here = *cursor;
    if here.eat(|c| c == 'T' || c == 't').is_none() && !here.spaces() {
        return;
    }
    let hour = here.number().filter(|hour| hour.digits <= 2 && hour.value <= 24);
    if hour.is_none() || here.eat(|c| c == ':').is_none() {
        return;
    }
    if !here.number().is_some_and(|minute| minute.digits == 2 && minute.value < 60) {
        return;
    }
    while here.eat(|c| matches!(c, ':' | '.')).is_some() {
        if here.number().is_none() {
            return;
        }
    }
    *cursor = here;
    here.spaces();
    if here.eat_word(&["z", "utc", "gmt", "am", "pm", "jst", "kst", "cst"]).is_some() {
        *cursor = here;
    } else if here.eat(|c| matches!(c, '+' | '-')).is_some() && here.number().is_some_and(|zone| zone.digits % 2 == 0) {
        if here.eat(|c| c == ':').is_some() {
            here.number();
        }
        *cursor = here;
    }
}
