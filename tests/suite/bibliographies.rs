//! Importing papers from bibliographies and exporting them.

use std::collections::BTreeMap;
use std::fmt::Write;
use std::path::{Path, PathBuf};
use std::process::Output;

use biblatex::{Bibliography, ChunksExt};
use serde_json::Value;
use tempfile::TempDir;

use super::cli::program;

struct TestDir {
    folder: TempDir,
}

impl TestDir {
    fn new(log: &str) -> Self {
        let dir = Self { folder: tempfile::tempdir().unwrap() };
        dir.write("log.md", log);
        dir
    }

    fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    fn write(&self, name: &str, text: &str) {
        std::fs::write(self.path(name), text).unwrap();
        super::of_long_ago(&self.path(name));
    }

    fn log(&self) -> String {
        std::fs::read_to_string(self.path("log.md")).unwrap()
    }

    fn run(&self, arguments: &[&str]) -> Output {
        super::of_long_ago(&self.path("log.md"));
        super::of_long_ago(self.folder.path());
        program(self.folder.path()).args(arguments).args(["--log", "log.md"]).output().unwrap()
    }

    /// The standard output of a command, which must succeed.
    #[track_caller]
    fn said(&self, arguments: &[&str]) -> String {
        let output = self.run(arguments);
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
        String::from_utf8(output.stdout).unwrap()
    }
}

const LOG: &str = "# todo\n\n* [ ] Elk: A Model\n\n## 2031.5.17\n\n《Emu: A Model》\n\nx\n";

const BIB: &str = r"
@article{doe31emu, title = {{Emu}: A Model}, author = {Doe, Ada}, journal = {Birds}, year = 2031}
@inproceedings{elk, title = {ELK: a model}, author = {Roe, Ben and {Gnu Inc.}}, booktitle = {Proc. of Elks}, year = {2030}}
@misc{owl, title = {Owl [a night_bird]: 50\% of $x$}, eprint = {2031.00001}, archiveprefix = {arXiv}, year = 2031}
@misc{owl, title = {Yak}, url = {https://x.org/yak}}
@misc{owl3, title = {Owls, again}, url = {https://arxiv.org/abs/2031.00001v3}}
";

#[test]
fn import_reports_known_papers_and_adds_the_others() {
    let dir = TestDir::new(LOG);
    dir.write("some.bib", BIB);
    let said = dir.said(&["import", "some.bib"]);
    let wanted = "already at log.md:7: Emu: A Model\nalready at log.md:3: ELK: a model\nadded: Owl [a night_bird]: 50% of $x$\n\
                  added: Yak\nduplicate in the file: Owls, again\n";
    assert_eq!(said, wanted);
    let items = "* [ ] Elk: A Model\n* [ ] [Owl \\[a night\\_bird\\]: 50% of \\$x\\$](https://arxiv.org/abs/2031.00001)\n* [ ] [Yak](https://x.org/yak)\n";
    assert_eq!(dir.log(), LOG.replace("* [ ] Elk: A Model\n", items));
    let log = dir.log();
    assert!(!dir.said(&["import", "some.bib"]).contains("added"));
    assert_eq!(dir.log(), log);
    dir.said(&["undo"]);
    assert_eq!(dir.log(), LOG);
}

#[test]
fn other_formats_are_imported_like_bibtex() {
    let csl = r#"[{"id": "a", "type": "article-journal", "title": "Yak", "DOI": "10.1/yak", "author": [{"family": "Doe", "given": "Ada"}]}]"#;
    let ris = "TY  - JOUR\r\nTI  - Yak\r\nAU  - Doe, Ada\r\nDO  - 10.1/yak\r\nER  - \r\n";
    let csv = "\u{feff}\"Key\",\"Author\",\"Title\",\"DOI\"\r\n\"K\",\"Doe, Ada\",\"Yak\",\"10.1/yak\"\r\n";
    let rdf = r##"<?xml version="1.0"?><rdf:RDF xmlns:rdf="r" xmlns:z="z" xmlns:bib="b" xmlns:foaf="f" xmlns:dc="d">
        <bib:Article rdf:about="#item_1"><z:itemType>journalArticle</z:itemType><bib:authors><rdf:Seq><rdf:li><foaf:Person>
        <foaf:surname>Doe</foaf:surname><foaf:givenName>Ada</foaf:givenName></foaf:Person></rdf:li></rdf:Seq></bib:authors>
        <dc:title>Yak</dc:title><dc:identifier>DOI 10.1/yak</dc:identifier></bib:Article></rdf:RDF>"##;
    for (name, text) in [("a.json", csl), ("a.ris", ris), ("a.csv", csv), ("a.rdf", rdf)] {
        let dir = TestDir::new(LOG);
        dir.write(name, text);
        assert_eq!(dir.said(&["import", name]), "added: Yak\n");
        assert!(dir.log().contains("* [ ] [Yak](https://doi.org/10.1/yak)\n"), "{}", dir.log());
        let out: Value = serde_json::from_str(&dir.said(&["export", "--format", "csl-json"])).unwrap();
        let titles: Vec<&str> = out.as_array().unwrap().iter().map(|item| item["title"].as_str().unwrap()).collect();
        assert_eq!(titles, ["Emu: A Model", "Yak"]);
        assert_eq!(out[1]["author"][0]["family"], "Doe");
        assert!(dir.said(&["export", "--format", "ris"]).contains("TI  - Yak\r\nAU  - Doe, Ada\r\n"));
    }
}

#[test]
fn an_unreadable_bibliography_changes_nothing() {
    let dir = TestDir::new(LOG);
    for (name, text, wanted) in [
        ("a.bib", "@misc{a, title = {x}}\n@misc{b,\n title = {y", "a.bib:"),
        ("b.json", "{\"a\": 1}", "b.json: not valid CSL-JSON"),
        ("a.rdf", "<rdf:RDF>\n<bib:Article>", "a.rdf:1: not valid RDF"),
        ("c.txt", "nothing of the kind", "c.txt: no references found"),
    ] {
        dir.write(name, text);
        let output = dir.run(&["import", name]);
        let error = String::from_utf8_lossy(&output.stderr).into_owned();
        assert!(output.status.code() == Some(2) && error.contains(wanted), "{error}");
        assert_eq!(dir.log(), LOG);
    }
}

/// A bibliography with the syntax of real ones: accents, nested braces, escapes, month macros and unknown fields.
fn bibliography(count: usize) -> String {
    let mut out = String::new();
    for at in 0..count {
        let kind = ["article", "inproceedings", "misc", "book", "phdthesis"][at % 5];
        let _ = writeln!(out, "@{kind}{{key{at}:x,");
        let _ = writeln!(out, "  title = {{{{Paper}} {at}: on {{BERT}}, 50\\% of A\\&B and C\\#{at}_x}},");
        let _ = writeln!(
            out,
            "  author = {{M{{\\\"u}}ller, J{{\\'e}}r{{\\^o}}me and van den Owl, Ada and {{The Gnu and Yak Team}}}},"
        );
        let _ = writeln!(
            out,
            "  year = {{{}}},\n  month = {},",
            1990 + at % 40,
            ["jan", "feb", "may", "{November}"][at % 4]
        );
        let venue = if at % 5 == 1 { "booktitle" } else { "journal" };
        let _ = writeln!(
            out,
            "  {venue} = {{Proc. of Birds {at}}},\n  volume = {{{at}}},\n  pages = {{{at}--{}}},",
            at + 9
        );
        if at % 3 == 0 {
            let _ = writeln!(out, "  doi = {{10.1234/some_thing.{at}}},");
        }
        if at % 3 != 1 {
            let _ = writeln!(out, "  url = {{https://example.org/~a/{at}?x=1%20y&z=_{at}}},");
        }
        let _ = writeln!(out, "  abstract = {{Line one,\n    line two: a < b, $x^2$ and \\emph{{more}}.}},");
        let _ = writeln!(out, "  keywords = {{birds, paper {at}}},\n  x-own = {{kept {at}}},\n}}\n");
    }
    out
}

/// The parsed fields of each entry, by title.
fn seen(text: &str) -> BTreeMap<String, BTreeMap<String, String>> {
    let all = Bibliography::parse(text).unwrap();
    let fields = |entry: &biblatex::Entry| {
        let mut fields: BTreeMap<String, String> = entry
            .fields
            .iter()
            .map(|(name, value)| {
                (name.clone(), value.format_verbatim().split_whitespace().collect::<Vec<_>>().join(" "))
            })
            .collect();
        fields.insert("@".into(), entry.entry_type.to_string());
        fields.insert("@key".into(), entry.key.clone());
        fields
    };
    all.iter().map(|entry| (entry.get("title").unwrap().format_verbatim(), fields(entry))).collect()
}

#[test]
fn five_hundred_entries_survive_import_and_export() {
    let dir = TestDir::new(LOG);
    let bib = bibliography(500);
    dir.write("all.bib", &bib);
    let said = dir.said(&["import", "all.bib"]);
    assert_eq!(said.lines().filter(|line| line.starts_with("added: ")).count(), 500);
    let log = dir.log();
    assert_eq!(log.matches("* [ ] ").count(), 501);
    dir.said(&["export", "--format", "bibtex", "-o", "out.bib"]);
    let out = std::fs::read_to_string(dir.path("out.bib")).unwrap();
    let (before, mut after) = (seen(&bib), seen(&out));
    assert!(after.remove("Emu: A Model").is_some());
    assert_eq!(before.len(), 500);
    for (title, fields) in &before {
        assert_eq!(Some(fields), after.get(title), "{title}");
    }
    assert_eq!(after.len(), 500);
    super::of_long_ago(&dir.path("out.bib"));
    assert!(!dir.said(&["import", "out.bib"]).contains("added: "));
    assert_eq!(dir.log(), log);
    // The other formats contain every paper too, and importing them adds nothing.
    for (format, name) in [("csl-json", "out.json"), ("ris", "out.ris")] {
        dir.said(&["export", "--format", format, "-o", name]);
        assert!(is_all_there(&dir.path(name)));
        super::of_long_ago(&dir.path(name));
        assert!(!dir.said(&["import", name]).contains("added: "), "{format}");
        assert_eq!(dir.log(), log);
    }
}

fn is_all_there(path: &Path) -> bool {
    let text = std::fs::read_to_string(path).unwrap();
    (0..500).all(|at| text.contains(&format!("Paper {at}: on BERT")))
}
