//! The template for a new entry, the facts filled in from a PDF, and a check whether the rest was written.

use crate::text::is_han;

/// The default body of a new entry, in English and Chinese.
pub const TEMPLATES: [&str; 2] = [
    "YYYY.M, by whom, on what; main points:\n\n1. \n2. \n3. \n\nOverall, ",
    "YYYY.M 机构的一篇文章，要点：\n\n1. \n2. \n3. \n\n总体上，",
];

/// Placeholders: the publication date, and the authors in English and Chinese.
const PLACEHOLDERS: [&str; 3] = ["YYYY.M", "by whom", "机构"];

/// Whether a text begins with the default body of an entry, whose placeholders may have been filled in.
pub(crate) fn begins(text: &str) -> bool {
    let first = text.trim_start().lines().next().unwrap_or_default().trim_end();
    let ends = TEMPLATES.iter().filter_map(|template| template.lines().next()?.rsplit([';', '，']).next());
    first.contains(['.', '年']) && ends.map(str::trim_start).any(|end| first.ends_with(end))
}

/// Facts known about a paper before it is summarised.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Facts {
    /// The publication date: `2023.12`, or `2023`.
    pub published: Option<String>,
    /// The organisations, or else the authors.
    pub by: Vec<String>,
}

/// A template with facts filled in: `2023.12 BAAI 的一篇文章`.
pub fn filled(template: &str, facts: &Facts) -> String {
    let [published, english, chinese] = PLACEHOLDERS;
    let mut text = template.to_owned();
    if let Some(date) = &facts.published {
        text = text.replacen(published, date, 1);
    }
    let by = match &facts.by[..] {
        [] => return text,
        [one] => [one.clone(), one.clone()],
        [one, other] => [format!("{one} and {other}"), format!("{one} 和 {other}")],
        [first, ..] => [format!("{first} et al."), format!("{first} 等")],
    };
    text = text.replacen(english, &format!("by {}", by[0]), 1);
    match text.split_once(chinese) {
        // A space separates Latin from Chinese text.
        Some((before, after)) => {
            let is_latin = by[1].ends_with(|c: char| c.is_ascii_alphanumeric());
            let space = if is_latin && after.starts_with(is_han) { " " } else { "" };
            format!("{before}{}{space}{after}", by[1])
        }
        None => text,
    }
}

/// Whether a line comes from a template, with or without its placeholders filled in.
fn is_line(line: &str, template: &str) -> bool {
    if line.split_whitespace().eq(template.split_whitespace()) {
        return true;
    }
    let [published, by @ ..] = PLACEHOLDERS;
    let (template, line) = match template.split_once(published) {
        None => (template, line),
        Some((before, after)) => {
            let Some(rest) = line.strip_prefix(before) else { return false };
            let rest = rest.strip_prefix(published).unwrap_or(rest);
            let digits = rest.len() - rest.trim_start_matches(|c: char| c.is_ascii_digit() || c == '.').len();
            if !matches!(digits, 0 | 4..=7) {
                return false;
            }
            (after.trim(), rest[digits..].trim())
        }
    };
    let hole = by.iter().find_map(|hole| template.split_once(hole));
    let parts = hole.map(|(before, after)| (before.trim(), after.trim()));
    let filled = parts.and_then(|(before, after)| line.strip_prefix(before)?.strip_suffix(after));
    line == template || filled.is_some_and(|filled| !filled.trim().is_empty())
}

/// The last line of a text, trimmed.
fn last_line(text: &str) -> &str {
    text[memchr::memrchr(b'\n', text.as_bytes()).map_or(0, |end| end + 1)..].trim()
}

/// Whether `line` may come from `template`: a quick check that rejects the last line of nearly every summary.
fn may_be_line(line: &str, template: &str) -> bool {
    line.bytes().next() == template.bytes().next() || PLACEHOLDERS.iter().any(|hole| template.starts_with(hole))
}

/// Whether a body ends with an unfilled template, whatever text is above it. Trailing spaces are ignored, since editors
/// strip them, and so are facts filled in from a PDF.
pub(super) fn is_unfilled<'a>(body: &str, mut templates: impl Iterator<Item = &'a str>) -> bool {
    let body = body.trim_end();
    let last = last_line(body);
    templates.any(|template| {
        if !may_be_line(last, last_line(template.trim_end())) {
            return false;
        }
        let mut lines = body.lines().rev().map(str::trim).filter(|line| !line.is_empty());
        let mut wanted = template.lines().rev().map(str::trim).filter(|line| !line.is_empty()).peekable();
        wanted.peek().is_some() && wanted.all(|wanted| lines.next().is_some_and(|line| is_line(line, wanted)))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn is_draft(body: &str) -> bool {
        is_unfilled(body, TEMPLATES.into_iter())
    }

    #[test]
    fn a_template_is_a_draft_until_filled_in() {
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

    #[test]
    fn facts_from_a_pdf_leave_a_draft() {
        let facts = |published: Option<&str>, by: &[&str]| Facts {
            published: published.map(str::to_owned),
            by: by.iter().map(|name| (*name).to_owned()).collect(),
        };
        let [english, chinese] = TEMPLATES;
        for (template, facts, first) in [
            (chinese, facts(Some("2031.5"), &["BAAI"]), "2031.5 BAAI 的一篇文章，要点："),
            (chinese, facts(Some("2031.5"), &["鸟类研究院"]), "2031.5 鸟类研究院的一篇文章，要点："),
            (chinese, facts(None, &["Ada Emu", "Bo Gnu"]), "YYYY.M Ada Emu 和 Bo Gnu 的一篇文章，要点："),
            (chinese, facts(Some("2031"), &["Ada Emu", "Bo Gnu", "Cy Owl"]), "2031 Ada Emu 等的一篇文章，要点："),
            (english, facts(Some("2031.5"), &["Google"]), "2031.5, by Google, on what; main points:"),
            (english, facts(None, &["A Emu", "B Gnu", "C Owl"]), "YYYY.M, by A Emu et al., on what; main points:"),
            (english, facts(Some("2031.5"), &[]), "2031.5, by whom, on what; main points:"),
            ("Month: YYYY.M\nWhy:", facts(Some("2031.5"), &["Google"]), "Month: 2031.5"),
        ] {
            let body = filled(template, &facts);
            assert_eq!(body.lines().next(), Some(first));
            assert!(is_unfilled(&body, [template].into_iter()), "{body}");
            assert!(!is_unfilled(&format!("{body} fast"), [template].into_iter()), "{body}");
        }
        assert!(!is_draft("2031.5 Google 的一篇工作，要点：\n\n1. \n2. \n3. \n\n总体上，"));
        assert!(!is_draft("2031.5 Google 的一篇文章，要点：\n\n1. x\n2. \n3. \n\n总体上，"));
    }
}
