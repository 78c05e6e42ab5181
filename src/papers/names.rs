//! Finds the authors of a paper in the lines below its title.

use unicode_normalization::UnicodeNormalization;

use super::sheet::{PART, PdfLine};
use super::squash::{is_chinese, squash};

/// The authors are above this height, as a fraction of the page height.
const LOWEST: f32 = 0.3;
/// Maximum length of a name, in words (`WORDS`) and chars (`LONGEST`).
const WORDS: usize = 5;
const LONGEST: usize = 40;
/// Maximum number of lines to examine below the title (`LINES`), and of names (`MOST`).
const LINES: usize = 40;
const MOST: usize = 200;

/// Words that mark an affiliation, in lower case.
const PLACES: [&str; 33] = [
    "universi",
    "institut",
    "department",
    "school",
    "college",
    "laborator",
    "research",
    "academy",
    "center",
    "centre",
    "inc.",
    "corp",
    "ltd",
    "google",
    "microsoft",
    "facebook",
    "openai",
    "deepmind",
    "alibaba",
    "tencent",
    "baidu",
    "amazon",
    "group",
    "team",
    "@",
    "http",
    "china",
    "usa",
    "france",
    "germany",
    "canada",
    "equal",
    "author",
];

/// Particles that may be part of a name without a capital.
const PARTICLES: [&str; 14] =
    ["de", "da", "di", "del", "der", "den", "van", "von", "la", "le", "el", "bin", "ter", "dos"];

/// The authors; empty unless they are certain to be names. `height` is the page height in points; `named` is the
/// author field of the metadata.
pub fn authors(lines: &[PdfLine], height: f32, title: &str, named: Option<&str>) -> Vec<String> {
    let printed: String = lines.iter().map(|line| squash(&line.text)).collect();
    let named: Vec<String> = named.map(split).unwrap_or_default();
    let is_printed = |name: &String| is_name(name) && printed.contains(&squash(name));
    if !named.is_empty() && named.iter().all(is_printed) && (named.len() > 1 || named[0].contains(' ')) {
        return named;
    }
    let title = squash(title);
    let mut joined = String::new();
    // Start after the line that completes the title.
    let after = lines.iter().position(|line| {
        let letters = squash(&line.text);
        let is_part = !letters.is_empty() && title.contains(&letters);
        joined.push_str(if is_part { &letters } else { "" });
        !title.is_empty() && joined.ends_with(&title)
    });
    let Some(after) = after else { return Vec::new() };
    let mut names: Vec<String> = Vec::new();
    let mut begun: Option<String> = None;
    for line in lines[after + 1..].iter().take(LINES).filter(|line| line.y > LOWEST * height) {
        if is_end(&line.text) {
            break;
        }
        let lower = line.text.to_lowercase();
        if PLACES.iter().any(|place| lower.contains(place)) {
            continue;
        }
        let mut found = split(&line.text);
        if let (Some(given), Some(first)) = (begun.take(), found.first_mut()) {
            *first = format!("{given} {first}");
        }
        // The line's last author may continue on the next line.
        if found.len() > 1 {
            begun = found.pop_if(|last| !last.contains(' ') && is_name(&format!("{last} {last}")));
        }
        // If any part of a line is not a name, the line has none.
        if !found.is_empty() && found.iter().all(|name| is_name(name)) {
            names.extend(found);
        }
    }
    names.truncate(MOST);
    let mut seen = std::collections::HashSet::new();
    names.retain(|name| seen.insert(squash(name)));
    names
}

/// Whether the abstract or the text of the paper begins at this line.
fn is_end(line: &str) -> bool {
    let letters = squash(line);
    ["abstract", "introduction", "1introduction", "摘要", "keywords"].iter().any(|word| letters.starts_with(word))
        || line.split_whitespace().count() > 25
}

/// Moves accents that precede their letter, as old fonts encode them, onto the letter.
fn accented(text: &str) -> String {
    let mark = |c: char| match c {
        '´' => Some('\u{301}'),
        '`' => Some('\u{300}'),
        '¨' => Some('\u{308}'),
        'ˆ' => Some('\u{302}'),
        '˜' => Some('\u{303}'),
        'ˇ' => Some('\u{30C}'),
        _ => None,
    };
    let mut out = String::new();
    let mut pending = None;
    for c in text.chars() {
        match (mark(c), pending.take()) {
            (Some(accent), _) => pending = Some(accent),
            (None, Some(accent)) if c.is_alphabetic() => out.extend([if c == 'ı' { 'i' } else { c }, accent]),
            (None, _) => out.push(c),
        }
    }
    out.nfc().collect()
}

/// Splits a line into names.
fn split(line: &str) -> Vec<String> {
    let line = accented(line);
    let is_mark = |c: char| {
        c.is_ascii_digit()
            || matches!(c, '∗' | '*' | '†' | '‡' | '§' | '¶' | '♢' | '♣' | '♠' | '♥' | '⋆' | '∥' | '#' | '⊠' | '^')
    };
    let line = line.replace(" and ", ",").replace(" & ", ",");
    let parts = line.split(|c: char| matches!(c, PART | ',' | ';' | '·' | '•' | '，' | '、' | '|') || is_mark(c));
    let names = parts.map(|part| {
        let part =
            part.trim().trim_start_matches("and ").trim_matches(|c: char| c.is_whitespace() || "()[]{}".contains(c));
        part.split_whitespace().collect::<Vec<_>>().join(" ")
    });
    names.filter(|name| name.chars().filter(|c| c.is_alphabetic()).count() > 1).collect()
}

/// Whether a text is certainly a name: a few capitalised words, or two to four Chinese characters.
fn is_name(name: &str) -> bool {
    let chinese = name.chars().filter(|&c| is_chinese(c)).count();
    if chinese > 0 {
        return (2..=4).contains(&chinese) && name.chars().all(is_chinese);
    }
    let words: Vec<&str> = name.split(' ').collect();
    let is_word = |word: &&str| {
        let starts = word.chars().next().is_some_and(char::is_uppercase);
        PARTICLES.contains(&word.to_lowercase().as_str())
            || starts
                && word
                    .chars()
                    .all(|c| c.is_alphabetic() || matches!(c, '.' | '-' | '‐' | '\'' | '’' | '´' | '¨' | '`'))
    };
    // A single word could be anything.
    (2..=WORDS).contains(&words.len()) && name.chars().count() <= LONGEST && words.iter().all(is_word)
}

#[cfg(test)]
mod tests {
    use super::super::sheet::tests::sheet;
    use super::*;

    #[track_caller]
    fn check(below: &[&str], named: Option<&str>, wanted: &[&str]) {
        let mut lines = vec![("On Emus", 17.0, 700.0), ("and Gnus", 17.0, 680.0)];
        lines.extend(below.iter().zip(0_u8..).map(|(line, at)| (*line, 10.0, 650.0 - 14.0 * f32::from(at))));
        let page = sheet(&lines);
        let found = authors(&page.lines(), page.height, "On Emus and Gnus", named);
        assert_eq!(found, wanted, "{below:?}");
    }

    #[test]
    fn names_stand_between_the_title_and_the_abstract() {
        check(
            &["Ada Emu∗, Bo van Gnu, and Cy O’Owl1", "University of Birds", "Abstract", "We Walk"],
            None,
            &["Ada Emu", "Bo van Gnu", "Cy O’Owl"],
        );
        check(
            &["Ada B. Emu", "Bird Research", "ada@birds.example", "Bo Gnu", "1 Introduction"],
            None,
            &["Ada B. Emu", "Bo Gnu"],
        );
        check(&["丁鹏", "北京大学数学科学学院", "摘要"], None, &["丁鹏"]);
    }

    #[test]
    fn a_name_may_span_lines_and_have_accents() {
        check(&["Ada Emu1, Bo", "Gnu2 and S´ebastien Owl", "Abstract"], None, &["Ada Emu", "Bo Gnu", "Sébastien Owl"]);
    }

    #[test]
    fn other_text_is_not_a_name() {
        check(&["we walk and they fly", "Emu"], None, &[]);
        check(&[], None, &[]);
    }

    #[test]
    fn names_in_the_metadata_are_used_if_printed() {
        check(&["Ada Emu Bo Gnu", "Abstract"], Some("Ada Emu, Bo Gnu"), &["Ada Emu", "Bo Gnu"]);
        check(&["Ada Emu", "Abstract"], Some("Some Typist"), &["Ada Emu"]);
    }
}
