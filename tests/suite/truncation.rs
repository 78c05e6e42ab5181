//! No text of the interface is cut, on any screen, at any size, in either language. Text of the log may be cut; to tell
//! it apart, it is in the script of the other language.

use std::collections::BTreeSet;

use papers_tui::words::Language;

use super::architecture;
use super::translations::{LANGUAGES, LOG, NAMES, PLACES, open, words};

const SIZES: [(u16, u16); 4] = [(140, 42), (100, 24), (80, 24), (44, 18)];

/// More screens with much text.
const MORE: [&str; 10] = ["sxyz:a", "shas:xyz", "2/点", "z", "3P", "3E", "T", "R", "!", "@"];

/// Abbreviated months, which are not in any string literal.
const MONTHS: &str = "Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec";

/// All source code, with `\n` in its literals as spaces.
fn code() -> String {
    architecture::sources().into_iter().map(|(_, code)| code.replace("\\n", " ")).collect::<Vec<_>>().join("\n")
}

/// The log in the letters of the other language.
fn log(language: Language) -> String {
    match language {
        Language::English => LOG.to_owned(),
        Language::Chinese => LOG.chars().map(latin).collect(),
    }
}

/// Replaces a char outside ASCII with a Latin letter; keeps `《》` and turns `，：` into `,:`.
fn latin(c: char) -> char {
    match c {
        '《' | '》' => c,
        c if c.is_ascii() => c,
        '，' => ',',
        '：' => ':',
        c => char::from(b'a' + u8::try_from(u32::from(c) % 26).unwrap()),
    }
}

/// The word before each ellipsis, or the char in Chinese.
fn before_ellipses(text: &str) -> impl Iterator<Item = &str> {
    text.match_indices('…').filter_map(|(at, _)| {
        let before = text[..at].trim_end();
        let word = before.len() - before.trim_end_matches(|c: char| c.is_ascii_alphabetic()).len();
        let last = before.chars().next_back().map_or(0, char::len_utf8);
        Some(&before[before.len() - word.max(last)..]).filter(|word| word.chars().all(char::is_alphabetic))
    })
}

/// The words of a screen, except those partly covered by a frame.
fn whole_words(screen: &str) -> impl Iterator<Item = &str> {
    let is_frame = |c: char| ('\u{2500}'..='\u{257F}').contains(&c);
    words(screen).into_iter().filter(move |word| {
        let start = word.as_ptr() as usize - screen.as_ptr() as usize;
        let (before, after) = (&screen[..start], &screen[start + word.len()..]);
        !before.chars().next_back().is_some_and(is_frame) && !after.chars().next().is_some_and(is_frame)
    })
}

#[test]
fn no_interface_text_is_cut() {
    let code = code();
    let mut known: BTreeSet<&str> = words(&code).into_iter().collect();
    known.extend(NAMES.split(' ').chain(MONTHS.split(' ')));
    let ellipses: BTreeSet<&str> = before_ellipses(&code).collect();
    let mut found = BTreeSet::new();
    for language in LANGUAGES {
        let log = log(language);
        for keys in PLACES.into_iter().chain(MORE) {
            let keys: String = match language {
                Language::English => keys.to_owned(),
                Language::Chinese => keys.chars().map(latin).collect(),
            };
            for size in SIZES {
                let mut drive = open(&log, language, size);
                drive.keys(&keys);
                let screen = drive.screen();
                let cut = match language {
                    Language::English => {
                        whole_words(&screen).find(|word| !known.contains(word) && !keys.contains(word))
                    }
                    Language::Chinese => before_ellipses(&screen).find(|c| !c.is_ascii() && !ellipses.contains(c)),
                };
                if let Some(cut) = cut {
                    found.insert(format!("{cut:?} after {keys:?} at {size:?}:\n{screen}"));
                }
            }
        }
    }
    assert!(found.is_empty(), "{}", found.into_iter().collect::<Vec<_>>().join("\n"));
}
