//! Replaces tabs in the delimiter row of a table, as some generators write them. GitHub reads them as spaces, but
//! pulldown-cmark does not recognise the table.

use std::borrow::Cow;

use memchr::memmem;

/// Replaces the tabs in delimiter rows with spaces; offsets stay the same.
pub(crate) fn untabbed(source: &str) -> Cow<'_, str> {
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
    use super::untabbed;

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
