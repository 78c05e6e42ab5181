//! The text that a new entry begins with, and whether somebody has filled it in.

/// What the body of a new entry begins with, in English and in Chinese.
pub const TEMPLATES: [&str; 2] = [
    "YYYY.M, by whom, on what; main points:\n\n1. \n2. \n3. \n\nOverall, ",
    "YYYY.M 机构的一篇文章，要点：\n\n1. \n2. \n3. \n\n总体上，",
];

/// Whether a body ends with a template that nobody has filled in, whatever was written above it; editors
/// take spaces from the ends of lines.
pub(super) fn is_unfilled<'a>(body: &str, mut templates: impl Iterator<Item = &'a str>) -> bool {
    let body = body.trim_end();
    templates.any(|template| {
        let mut lines = body.lines().rev().map(str::trim).filter(|line| !line.is_empty());
        let mut wanted = template.lines().rev().map(str::trim).filter(|line| !line.is_empty()).peekable();
        let same = |line: &str, wanted: &str| line.split_whitespace().eq(wanted.split_whitespace());
        wanted.peek().is_some() && wanted.all(|wanted| lines.next().is_some_and(|line| same(line, wanted)))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn is_draft(body: &str) -> bool {
        is_unfilled(body, TEMPLATES.into_iter())
    }

    #[test]
    fn a_template_is_a_draft_until_it_is_filled_in_whatever_stands_above() {
        for template in TEMPLATES {
            let above = format!("An emu.\n\n![emu](emu.png)\nRuns.\n\n{}", template.replace(". \n", ".\n"));
            assert!(is_draft(&above), "{above}");
            assert!(!is_draft(&format!("{above}\n\nfast")) && !is_draft(&format!("{above}fast")));
            assert!(!is_draft(&above.replace("3.", "3. fast")));
        }
        for (body, wanted) in [
            ("\nWhat:\n\nWhy:", true),
            ("An emu.\nWhat:\nWhy:\n", true),
            ("What: an emu\n\nWhy:", false),
            ("So What:\n\nWhy:", false),
        ] {
            assert_eq!(is_unfilled(body, ["What:\n\nWhy:\n"].into_iter()), wanted, "{body:?}");
        }
        assert!(!is_draft("What:\n\nWhy:") && !is_unfilled("An emu.", ["\n"].into_iter()));
    }
}
