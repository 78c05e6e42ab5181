//! Parses BibTeX and BibLaTeX.

use biblatex::{Bibliography, Chunk, RawBibliography, Spanned};

use super::Record;

/// Maximum nesting of braces.
const DEEPEST: usize = 100;

/// The result of parsing.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct ParsedBibtex {
    /// The records, in file order.
    pub records: Vec<Record>,
    /// The keys of entries that could not be parsed.
    pub lost: Vec<String>,
}

/// Parses all entries.
///
/// # Errors
/// If the text is not BibTeX: the line, from 1, and the reason.
pub fn read(text: &str) -> Result<ParsedBibtex, (usize, String)> {
    let line = |at: usize| 1 + text.bytes().take(at).filter(|byte| *byte == b'\n').count();
    if let Some(at) = too_deep(text) {
        return Err((line(at), format!("more than {DEEPEST} nested braces")));
    }
    let raw = RawBibliography::parse(text).map_err(|error| (line(error.span.start), error.kind.to_string()))?;
    let mut read = ParsedBibtex::default();
    for entry in raw.entries {
        let key = entry.v.key.v.to_owned();
        // Convert entries one by one, so that a duplicate key or an invalid date does not lose the others.
        let one =
            RawBibliography { preamble: String::new(), entries: vec![entry], abbreviations: raw.abbreviations.clone() };
        match Bibliography::from_raw(one).ok().and_then(|one| one.into_vec().pop()) {
            Some(entry) => {
                let mut record = Record { key, kind: entry.entry_type.to_string(), ..Record::default() };
                for (name, chunks) in &entry.fields {
                    let is_names = matches!(name.as_str(), "author" | "editor" | "translator");
                    record.set(name, plain(chunks, is_names));
                }
                read.records.push(record);
            }
            None => read.lost.push(key),
        }
    }
    Ok(read)
}

/// The text of a value without TeX markup; names keep their braces, which mark what must not be split.
fn plain(chunks: &[Spanned<Chunk>], is_names: bool) -> String {
    let mut out = String::new();
    for chunk in chunks {
        match &chunk.v {
            Chunk::Normal(text) => out.push_str(text),
            Chunk::Verbatim(text) if is_names => out.push_str(&format!("{{{text}}}")),
            Chunk::Verbatim(text) => out.push_str(text),
            Chunk::Math(text) => out.push_str(&format!("${text}$")),
        }
    }
    out.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// The byte offset at which braces are nested too deeply, if they are.
fn too_deep(text: &str) -> Option<usize> {
    let mut depth = 0_usize;
    text.bytes().position(|byte| {
        match byte {
            b'{' => depth += 1,
            b'}' => depth = depth.saturating_sub(1),
            _ => {}
        }
        depth > DEEPEST
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn entries_are_read_one_by_one() {
        let text = "@string{ven = {Proc. of Gnus}}\n% a remark\n@article{a, title = {{Emu}: {\\'E}tude}, author = {Doe, Ada and {Gnu Inc.}}, \
                    month = may, journal = ven}\n@misc{a, title = \"Owl\"}\n";
        let read = read(text).expect("BibTeX");
        let titles: Vec<_> = read.records.iter().map(|record| record.title().unwrap_or_default()).collect();
        assert_eq!(titles, ["Emu: Étude", "Owl"]);
        let first = &read.records[0];
        assert_eq!((first.kind.as_str(), first.field("author")), ("article", Some("Doe, Ada and {Gnu Inc.}")));
        assert_eq!(
            (first.venue(), first.field("month").and_then(super::super::month)),
            (Some("Proc. of Gnus"), Some(5))
        );
    }

    #[test]
    fn invalid_bibtex_is_refused_with_its_line() {
        assert_eq!(read("@article{a,\n title = {x}\n").map_err(|(line, _)| line > 0), Err(true));
        assert!(read(&format!("@misc{{a, title = {}x{}}}", "{".repeat(5000), "}".repeat(5000))).is_err());
        assert_eq!(read("no entry at all").map(|read| read.records.len()), Ok(0));
    }
}
