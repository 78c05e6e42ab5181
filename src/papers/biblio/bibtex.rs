//! Parses BibTeX and BibLaTeX.

use std::collections::HashMap;

use biblatex::{Bibliography, Chunk, RawBibliography, RawChunk, Spanned};

use super::Record;

/// Maximum nesting of braces, and of abbreviations.
const DEEPEST: usize = 100;

/// Maximum size of all abbreviations together where they are used, in bytes.
const EXPANDED: usize = 16 << 20;
/// In a large file, they may also expand to this many times its size.
const EACH: usize = 8;
/// Fields that take others from another entry.
const INHERITED: [&str; 2] = ["crossref", "xdata"];

/// What each part of an abbreviation costs beside its text: the library keeps a record of it.
const PART: usize = 16;

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
    let most = EXPANDED.max(EACH * text.len());
    if let Some(at) = expands_too_far(&raw, most) {
        let most = most >> 20;
        return Err((line(at), format!("its @string abbreviations nest too deep or expand to more than {most} MB")));
    }
    let mut read = ParsedBibtex::default();
    for mut entry in raw.entries {
        // Nothing can be inherited from an entry that stands alone, and one that inherits from itself would not end.
        entry.v.fields.retain(|field| !INHERITED.iter().any(|name| field.key.v.eq_ignore_ascii_case(name)));
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

/// The parts of a value.
type Parts<'s> = [Spanned<RawChunk<'s>>];

/// The byte offset of the abbreviation with which the entries become too large, if they do. A few lines that each use
/// the one before twice would fill the memory, and one that uses itself would not end.
fn expands_too_far(raw: &RawBibliography, most: usize) -> Option<usize> {
    // Of several definitions the last one counts, as in the library.
    let meanings = raw.abbreviations.iter().map(|pair| (pair.key.v, pair.value.v.as_slice())).collect();
    let mut known = HashMap::new();
    let mut total = 0_usize;
    let fields = raw.entries.iter().flat_map(|entry| &entry.v.fields);
    fields.flat_map(|field| &field.value.v).find_map(|part| {
        if let RawChunk::Abbreviation(name) = part.v {
            let (size, depth) = expanded(name, &meanings, &mut known, 0);
            total = total.saturating_add(size);
            return (depth > DEEPEST || total > most).then_some(part.span.start);
        }
        None
    })
}

/// (size, depth) of an abbreviation; both are huge if it uses itself.
fn expanded<'s>(
    name: &'s str,
    meanings: &HashMap<&'s str, &Parts<'s>>,
    known: &mut HashMap<&'s str, (usize, usize)>,
    above: usize,
) -> (usize, usize) {
    let endless = (usize::MAX, usize::MAX);
    if let Some(known) = known.get(name) {
        return *known;
    }
    // Names of months and unknown ones mean nothing here.
    let Some(parts) = meanings.get(name) else { return (PART, 1) };
    if above > DEEPEST {
        return endless;
    }
    known.insert(name, endless);
    let mut whole = (0_usize, 0_usize);
    for part in *parts {
        let (size, depth) = match part.v {
            RawChunk::Normal(text) => (text.len() + PART, 0),
            RawChunk::Abbreviation(name) => expanded(name, meanings, known, above + 1),
        };
        whole = (whole.0.saturating_add(size), whole.1.max(depth));
    }
    let whole = (whole.0, whole.1.saturating_add(1));
    known.insert(name, whole);
    whole
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

    #[test]
    fn abbreviations_that_expand_without_bound_are_refused() {
        let doubled = |count: usize, text: &str| {
            let more = (1..count).map(|at| format!("@string{{a{at} = a{} # a{}}}\n", at - 1, at - 1));
            format!("@string{{a0 = \"{text}\"}}\n{}@misc{{k, title = a{}}}\n", more.collect::<String>(), count - 1)
        };
        let why = |text: &str| read(text).expect_err("refused");
        for text in [doubled(40, "xxxxxxxxxx"), doubled(40, ""), doubled(90, "")] {
            let (line, why) = why(&text);
            assert!(line > 40 && why.contains("@string"), "{line}: {why}");
        }
        let chain = |count: usize| {
            let more = (1..count).map(|at| format!("@string{{a{at} = a{}}}\n", at - 1));
            format!("@string{{a0 = \"x\"}}\n{}@misc{{k, title = a{}}}\n", more.collect::<String>(), count - 1)
        };
        why(&chain(100_000));
        why("@string{a = a}@misc{k, title = a}");
        why("@string{a = b # b}@string{b = a # a}@misc{k, title = b}");
        for (text, wanted) in [(doubled(3, "ab"), "abababab"), (chain(50), "x")] {
            assert_eq!(read(&text).expect("BibTeX").records[0].title(), Some(wanted));
        }
        // Used often, an ordinary abbreviation stays small.
        let many: String = (0..5000).map(|at| format!("@misc{{k{at}, title = {{{at}}}, journal = j}}\n")).collect();
        assert_eq!(read(&format!("@string{{j = {{Proc. of Gnus}}}}\n{many}")).expect("BibTeX").records.len(), 5000);
    }

    #[test]
    fn an_entry_that_inherits_from_itself_ends() {
        for field in ["crossref", "XData"] {
            let read = read(&format!("@misc{{a, title = {{Emus}}, {field} = {{a}}}}")).expect("it is BibTeX");
            assert_eq!(read.records.len(), 1, "{field}");
        }
    }
}
