//! The usual order of day and month in the language of a text: all languages here but English put the day first.

use super::{OrderGuess, OrderReason};
use crate::log::date::sequence::Order;
use crate::text::prefix;

/// How much of a text is looked at, in bytes.
const SAMPLE: usize = 16 << 10;

/// Frequent short words of English that are rare in the other languages.
const ENGLISH: &[&str] = &["the", "of", "and", "to", "that", "for", "with", "this"];
/// Frequent short words of other languages in which numbers are dates such as `17/5`: Spanish, Portuguese, French,
/// Italian, German, Dutch, Russian.
const OTHERS: &[&str] = &[
    "el", "los", "las", "del", "una", "por", "para", "que", "os", "uma", "não", "dos", "com", "le", "les", "des",
    "une", "dans", "est", "pour", "et", "il", "di", "che", "gli", "per", "der", "das", "und", "ist", "nicht", "eine",
    "ein", "mit", "het", "een", "van", "niet", "voor", "и", "в", "на", "не", "что", "для",
];
/// The fewest words that tell the language.
const FEW: usize = 3;

/// The order of day and month that is usual in the language of a text.
pub(super) fn usual(text: &str) -> OrderGuess {
    let (mut english, mut others) = (0, 0);
    for word in prefix(text, SAMPLE).split(|c: char| !c.is_alphabetic()).filter(|word| !word.is_empty()) {
        let word = word.to_lowercase();
        english += usize::from(ENGLISH.contains(&word.as_str()));
        others += usize::from(OTHERS.contains(&word.as_str()));
    }
    if others >= FEW && others > english {
        OrderGuess { order: Order::DayFirst, reason: OrderReason::Language }
    } else {
        OrderGuess { order: Order::MonthFirst, reason: OrderReason::Usual }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_day_comes_first_in_most_languages() {
        for text in [
            "Los emús corren por la noche, y las aves del desierto no.",
            "Les émus courent dans la nuit et dorment le jour.",
            "Der Emu ist ein Vogel und läuft mit dem Wind.",
            "Эму бегает в пустыне и на лугу, что неясно",
        ] {
            assert_eq!(usual(text).order, Order::DayFirst, "{text}");
        }
        for text in ["", "鸸鹋 and the owls", "The emus of the desert, by El Niño and Van Gogh; das Emu", "el emu"] {
            assert_eq!(usual(text), OrderGuess { order: Order::MonthFirst, reason: OrderReason::Usual }, "{text}");
        }
    }
}
