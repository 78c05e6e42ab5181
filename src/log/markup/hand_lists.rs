//! Lists that Markdown does not know: lines with consecutive numbers (`（1）`, `Ⅱ.`, `第三，`, `Step 4:`, `⑸`) or with the
//! same symbol in front (`→`, `·`, `✅`).

/// Consecutive lines of a list must first differ within this many chars.
const FAR: usize = 12;

/// Numeral systems.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Digits {
    /// `1`, `１`.
    Arabic,
    /// `一`, `十二`.
    Han,
    /// `甲`.
    Stem,
    /// `a`, `A`.
    Letter,
    /// `iv`, `IV`.
    Roman,
    /// `①`, `⑴`, `㈠`, `Ⅳ`, `❶`: a single char, enclosing marks included.
    Enclosed,
}

const ALL: [Digits; 6] = [Digits::Enclosed, Digits::Arabic, Digits::Han, Digits::Stem, Digits::Roman, Digits::Letter];

const HAN: &str = "一二三四五六七八九";
const STEMS: &str = "甲乙丙丁戊己庚辛壬癸";

/// Whether `next` continues the list that `line` belongs to. Emphasis at the start of either is ignored.
pub fn continues_list(line: &str, next: &str) -> bool {
    let plain = |line: &str| line.trim_start_matches(['*', '_', ' ']).chars().take(FAR * 2).collect::<Vec<char>>();
    let (line, next) = (plain(line), plain(next));
    is_next_number(&line, &next) || is_bullet(&line) && line.first() == next.first()
}

fn is_next_number(line: &[char], next: &[char]) -> bool {
    let same = line.iter().zip(next).take_while(|(one, other)| one == other).count();
    if same > FAR {
        return false;
    }
    // The number may begin before the first difference.
    ALL.into_iter().any(|digits| {
        let begun = line[..same].iter().rev().take_while(|&&c| digits.has(c)).count();
        let (line, next) = (&line[same - begun..], &next[same - begun..]);
        let (Some((number, end)), Some((other, other_end))) = (digits.read(line), digits.read(next)) else {
            return false;
        };
        number.checked_add(1) == Some(other) && digits.is_ended(&line[end..], &next[other_end..])
    })
}

impl Digits {
    fn has(self, c: char) -> bool {
        match self {
            Self::Arabic => arabic(c).is_some(),
            Self::Han => c == '十' || HAN.contains(c),
            Self::Roman => matches!(c, 'i' | 'v' | 'x' | 'I' | 'V' | 'X'),
            // Single-char numerals cannot have begun earlier.
            Self::Stem | Self::Letter | Self::Enclosed => false,
        }
    }

    /// (number at the start of a text, its length in chars).
    fn read(self, text: &[char]) -> Option<(u32, usize)> {
        let first = *text.first()?;
        let length = text.iter().take_while(|&&c| self.has(c)).count();
        let one = |number: u32| Some((number, 1));
        match self {
            Self::Arabic if (1..=4).contains(&length) => {
                let number =
                    text[..length].iter().filter_map(|&c| arabic(c)).fold(0, |number, digit| number * 10 + digit);
                Some((number, length))
            }
            Self::Han if (1..=3).contains(&length) => Some((han(&text[..length])?, length)),
            Self::Roman if (1..=5).contains(&length) => Some((roman(&text[..length])?, length)),
            Self::Stem => STEMS.chars().zip(1..).find(|&(stem, _)| stem == first).and_then(|(_, number)| one(number)),
            Self::Letter if first.is_ascii_alphabetic() => one(u32::from(first)),
            Self::Enclosed if is_enclosed(first) => one(u32::from(first)),
            _ => None,
        }
    }

    /// Whether both numbers are followed by the same separator.
    fn is_ended(self, line: &[char], next: &[char]) -> bool {
        if self == Self::Enclosed {
            return true;
        }
        let (Some(&end), Some(&other)) = (line.first(), next.first()) else { return false };
        let is_value = |rest: &[char]| rest.get(1).is_some_and(|&c| arabic(c).is_some());
        let is_sign = !end.is_alphanumeric() && (!end.is_whitespace() || self == Self::Arabic);
        is_sign && end == other && !(matches!(end, '.' | ',') && is_value(line) && is_value(next))
    }
}

fn arabic(c: char) -> Option<u32> {
    match c {
        '０'..='９' => Some(u32::from(c) - u32::from('０')),
        _ => c.to_digit(10),
    }
}

/// Han numerals up to 99.
fn han(text: &[char]) -> Option<u32> {
    let digit = |c: char| HAN.chars().zip(1..).find(|&(digit, _)| digit == c).map(|(_, number)| number);
    match *text {
        ['十'] => Some(10),
        [one] => digit(one),
        ['十', one] => Some(10 + digit(one)?),
        [ten, '十'] => Some(10 * digit(ten)?),
        [ten, '十', one] => Some(10 * digit(ten)? + digit(one)?),
        _ => None,
    }
}

/// Roman numerals up to 39, in one case.
fn roman(text: &[char]) -> Option<u32> {
    const ONES: [&str; 10] = ["", "i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix"];
    let written: String = text.iter().collect();
    let lower = written.to_ascii_lowercase();
    let tens = lower.bytes().take_while(|&byte| byte == b'x').count();
    let ones = ONES.iter().zip(0..).find(|&(ones, _)| *ones == &lower[tens..])?.1;
    let is_one_case = written == lower || written == lower.to_ascii_uppercase();
    let number = u32::try_from(tens).ok()? * 10 + ones;
    (number > 0 && is_one_case).then_some(number)
}

/// Whether a char is an enclosed number or letter, such as `①`, or a Roman numeral, such as `Ⅳ`.
pub fn is_enclosed(c: char) -> bool {
    matches!(c, '\u{2160}'..='\u{217F}' | '\u{2460}'..='\u{24FF}' | '\u{2776}'..='\u{2793}')
        || matches!(c, '\u{3220}'..='\u{3243}' | '\u{3251}'..='\u{325F}' | '\u{3280}'..='\u{3289}' | '\u{32B1}'..='\u{32BF}')
}

/// Whether a line starts with a symbol that can be a bullet.
fn is_bullet(line: &[char]) -> bool {
    match line {
        ['-' | '+', next, ..] => !matches!(next, '-' | '+' | ' ' | '=' | '>'),
        [first, ..] => {
            !first.is_ascii() && !first.is_alphanumeric() && !first.is_whitespace() && !is_of_sentence(*first)
        }
        [] => false,
    }
}

/// Whether a char is a quote, a bracket or punctuation that starts or ends a sentence.
fn is_of_sentence(c: char) -> bool {
    matches!(c, '\u{AB}' | '\u{BB}' | '\u{BF}' | '\u{A1}' | '\u{2018}'..='\u{201F}' | '\u{2026}' | '\u{3000}'..='\u{3020}')
        || matches!(c, '\u{FF01}'..='\u{FF0F}' | '\u{FF1A}'..='\u{FF20}' | '\u{FF3B}'..='\u{FF40}' | '\u{FF5B}'..='\u{FF65}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbering_continues_in_every_alphabet() {
        let pairs = "1.甲 2.乙|（1）甲 （2）乙|①甲 ②乙|⑴甲 ⑵乙|⒈甲 ⒉乙|㈠甲 ㈡乙|㊀甲 ㊁乙|９．甲 １０．乙|Ⅰ、甲 Ⅱ、乙|ⅰ.甲 ⅱ.乙|\
                     IV.甲 V.乙|i)甲 ii)乙|a.甲 b.乙|A、甲 B、乙|一、甲 二、乙|十九、甲 二十、乙|（十）甲 （十一）乙|甲、子 乙、丑|\
                     第一，甲 第二，乙|步骤1：甲 步骤2：乙|Step-9:a Step-10:b|[1]a [2]b|【1】甲 【2】乙|#1:a #2:b|1.1:a 1.2:b|❶a ❷b|⓵a ⓶b|\
                     **1.**a **2.**b|19.a 20.b";
        for pair in pairs.split('|') {
            let (one, next) = pair.split_once(' ').expect("two lines");
            assert!(continues_list(one.trim_start(), next), "{pair}");
            assert!(!continues_list(next, one.trim_start()), "{pair}");
        }
        assert!(continues_list("1 apples", "2 pears"));
    }

    #[test]
    fn lines_with_the_same_marker_are_items() {
        for sign in ["·", "・", "‣ ", "– ", "→ ", "➢ ", "★", "✅ ", "👉 ", "◆", "■", "○", "□ ", "☐ ", "-", "+"]
        {
            assert!(continues_list(&format!("{sign}甲"), &format!("{sign}乙")), "{sign}");
        }
    }

    #[test]
    fn prose_is_not_a_list() {
        let pairs = [
            ("1.5 times", "2.5 times"),
            ("a dog", "b cat"),
            ("“大”", "“小”"),
            ("（大）", "（小）"),
            ("《大》", "《小》"),
            ("一样的", "二样的"),
            ("1. a", "3. c"),
            ("", ""),
            ("--", "--"),
            ("text", "text"),
            ("大模型1", "大模型2"),
        ];
        for (one, next) in pairs {
            assert!(!continues_list(one, next), "{one} {next}");
        }
    }
}
