//! Titles in headings of one level: `#### Emus at Work`.

use super::{Candidate, Material};

/// The headings of a level, except dates and headings of pending lists.
pub(super) fn find(material: &Material, level: u8) -> Vec<Candidate> {
    let all = &material.outline.headings;
    let headings = || all.iter().filter(|heading| heading.level == level);
    // If the first heading is the only one of its level, it is the title of the file.
    let is_name = headings().count() == 1 && all.first().is_some_and(|first| first.level == level);
    if is_name && all.len() > 1 {
        return Vec::new();
    }
    headings()
        .filter(|heading| !material.is_date(heading.span.start) && !material.dialect.is_pending(&heading.text))
        .filter(|heading| !heading.text.trim().is_empty())
        .map(|heading| {
            let line = &material.text[heading.span.clone()];
            let start = heading.span.start + line.find(heading.text.as_str()).unwrap_or(0);
            let text = start..start + heading.text.len();
            // In a file with lone `\r` line endings, several headings share one `\n` line, so the date found may
            // belong to another heading.
            let behind_date = material.tail(heading.span.start).filter(|at| text.contains(at));
            let text = behind_date.unwrap_or(text.start)..text.end;
            Candidate { level, ..Candidate::new(heading.span.clone(), text) }
        })
        .collect()
}
