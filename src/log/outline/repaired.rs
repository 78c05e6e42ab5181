//! Repairs what Markdown does not recognise, although its author meant it: tabs in the delimiter row of a table, as some
//! generators write them, and headings without a space (`##Emus`). Offsets stay the same.

use std::borrow::Cow;

use memchr::memmem;

/// The deepest level of a heading.
const DEEPEST: usize = 6;

/// A text for the Markdown parser. A repaired heading has one mark less than in `source`.
pub(crate) fn repaired(source: &str) -> Cow<'_, str> {
    let mut text = untabbed(source);
    let starts = source.starts_with("##").then_some(0);
    let starts = starts.into_iter().chain(memmem::find_iter(source.as_bytes(), "\n##").map(|at| at + 1));
    for start in starts {
        let title = source[start..].trim_start_matches('#');
        let end = source.len() - title.len();
        if end - start <= DEEPEST && title.starts_with(|c: char| c.is_alphanumeric() || "[《（(".contains(c)) {
            text.to_mut().replace_range(end - 1..end, " ");
        }
    }
    text
}

/// Replaces the tabs in delimiter rows with spaces.
fn untabbed(source: &str) -> Cow<'_, str> {
    let bytes = source.as_bytes();
    let mut text = Cow::Borrowed(source);
    let mut at = 0;
    while let Some(found) = memmem::find(&bytes[at..], b"\t|").map(|found| at + found) {
        let start = memchr::memrchr(b'\n', &bytes[..found]).map_or(0, |newline| newline + 1);
        let end = memchr::memchr(b'\n', &bytes[found..]).map_or(source.len(), |newline| found + newline);
        let row = &source[start..end];
        if is_below_head(row) {
            // A leading tab may make the row code, so keep it.
            let body = start + row.len() - row.trim_start().len();
            text.to_mut().replace_range(body..end, &source[body..end].replace('\t', " "));
        }
        at = end;
    }
    text
}

/// Whether a line can be the delimiter row of a table.
fn is_below_head(row: &str) -> bool {
    row.contains('-') && row.bytes().all(|byte| b"|-: \t\r".contains(&byte))
}

#[cfg(test)]
mod tests {
    use super::{repaired, untabbed};

    #[test]
    fn headings_get_a_space() {
        let text = "##Emus\n##《Owls》\n## Gnus\n#Yaks\n\t##Elk\n###2031.5.17\n#######Kea\n##\n##-\n##鸟";
        let wanted = "# Emus\n# 《Owls》\n## Gnus\n#Yaks\n\t##Elk\n## 2031.5.17\n#######Kea\n##\n##-\n# 鸟";
        assert_eq!(repaired(text), wanted);
    }

    #[test]
    fn only_the_row_below_the_header_changes() {
        let table = "| a\t| b\t|\n|---\t| :-:\t|\r\n| -\tx\t| y\t|\n";
        assert_eq!(untabbed(table), "| a\t| b\t|\n|--- | :-: |\r\n| -\tx\t| y\t|\n");
        for same in ["", "\t|", "a\t|b\n", "|---|\n| a\t|\n", "\t|---|\n"] {
            assert_eq!(untabbed(same), same);
        }
        assert_eq!(untabbed("\t|-\t|"), "\t|- |");
    }
}
