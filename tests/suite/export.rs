//! Exports are parsed by other implementations of their formats.

use std::collections::BTreeSet;
use std::path::Path;
use std::process::Command;

use biblatex::{Bibliography, ChunksExt};
use regex::Regex;
use serde_json::Value;

/// Titles with special chars of each format.
const TITLES: [&str; 9] = [
    "Emu: A Model",
    "Emu: A Model",
    "50% of $x_1^2$ & #1 ~ }{ \\end",
    "a \"quoted\", comma'd; title",
    "=1+1",
    "对比学习",
    "<script>alert(1)</script>",
    "</style><img src=x onerror=alert(1)>",
    "The Owl",
];

/// A log whose summary is as hostile as its titles.
fn dir() -> tempfile::TempDir {
    let body = "2031.4 Google 和 Meta 的一篇文章 [a](javascript:alert(1)) <b onclick=\"x()\">b</b> https://a.example/?x=1&y=2\n\n\
                [web](https://b.example/\"><script>) `<script>` [5036]\n\n<img src=\"图 1.png\" alt=\"><script>\">\n\
                <img src=\"no.png\">\n<img src=\"javascript:alert(1)\">\n<img src=\"https://c.example/x.png\">\n\n- [x] done\n";
    let entries: String = TITLES.iter().map(|title| format!("《{title}》\n\n{body}\n")).collect();
    let text = format!(
        "# todo\n\n- [ ] <emu>Elk</emu>\n  - [x] Owl\n\n## 2031.5.17 <u>\n\n{entries}## 2031.5.2\n\n<script>loose</script>\n"
    );
    let dir = tempfile::tempdir().unwrap();
    std::fs::create_dir(dir.path().join("other")).unwrap();
    std::fs::write(dir.path().join("log.md"), text).unwrap();
    std::fs::write(dir.path().join("图 1.png"), "").unwrap();
    dir
}

#[track_caller]
fn export(folder: &Path, arguments: &[&str]) -> String {
    let mut command = Command::new(env!("CARGO_BIN_EXE_papers-tui"));
    command.current_dir(folder).env("HOME", folder).env("PAPERS_TUI_TODAY", "2031-05-18").arg("export");
    let output = command.args(arguments).output().unwrap();
    assert!(output.status.success() && output.stderr.is_empty(), "{}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8(output.stdout).unwrap()
}

#[test]
fn csv_reads_back() {
    let text = export(dir().path(), &["--format", "csv"]);
    let mut rows = csv::Reader::from_reader(text.as_bytes());
    assert_eq!(rows.headers().unwrap().iter().take(3).collect::<Vec<_>>(), ["date", "title", "short_name"]);
    let rows: Vec<csv::StringRecord> = rows.records().map(Result::unwrap).collect();
    let titles: Vec<&str> = TITLES.into_iter().map(|title| if title == "=1+1" { "'=1+1" } else { title }).collect();
    assert_eq!(rows.iter().map(|row| &row[1]).collect::<Vec<_>>(), titles);
    assert_eq!(rows[0].iter().take(8).collect::<Vec<_>>()[2..], ["Emu", "paper", "2031-04", "Google; Meta", "4", "1"]);
    assert_eq!(&rows[1][10], "emu: a model #2");
}

#[test]
fn csv_cells_are_never_formulas() {
    let dir = tempfile::tempdir().unwrap();
    let titles = ["=1+1", "+1: a", "-1", "@a", "＝1+1", "a=1"];
    let entries: String = titles.iter().map(|title| format!("《{title}》\n\nx\n\n")).collect();
    std::fs::write(dir.path().join("log.md"), format!("## 2031.5.17\n\n{entries}")).unwrap();
    let text = export(dir.path(), &["--format", "csv"]);
    for row in csv::Reader::from_reader(text.as_bytes()).records().map(Result::unwrap) {
        let is_formula = |cell: &str| cell.starts_with(['=', '+', '-', '@', '＝', '＋', '－', '＠']);
        assert!(!row.iter().any(is_formula), "{row:?}");
    }
    assert!(text.contains(",'=1+1,") && text.contains(",a=1,"), "{text}");
}

#[test]
fn a_suspicious_address_is_not_a_link_in_html() {
    let dir = tempfile::tempdir().unwrap();
    let body = "[a](mailto:a@b.example?attach=x) [b](mailto:a@b.example?subject=x) <https://g\u{43E}gle.example>";
    std::fs::write(dir.path().join("log.md"), format!("## 2031.5.17\n\n《Emu》\n\n{body}\n")).unwrap();
    let page = export(dir.path(), &["--format", "html"]);
    assert!(page.contains("href=\"mailto:a@b.example?subject=x\""));
    assert!(!page.contains("?attach") && !page.contains("href=\"https://g"));
}

#[test]
fn bibtex_reads_back() {
    let text = export(dir().path(), &["--format", "bibtex"]);
    let read = Bibliography::parse(&text).unwrap();
    let titles: Vec<String> = read.iter().map(|entry| entry.title().unwrap().format_verbatim()).collect();
    assert_eq!(titles, TITLES);
    let keys: Vec<&str> = read.iter().map(|entry| entry.key.as_str()).collect();
    assert_eq!(keys[..3], ["emu2031", "emu2031-2", "502031"]);
    assert_eq!(keys.iter().collect::<BTreeSet<_>>().len(), TITLES.len());
    let fields: Vec<&str> = read.get("emu2031").unwrap().fields.keys().map(String::as_str).collect();
    assert_eq!(fields, ["month", "organization", "shorttitle", "timestamp", "title", "year"]);
    assert!(read.iter().all(|entry| entry.author().is_err()), "no author is made up");
}

#[test]
fn html_export_escapes_the_log() {
    let dir = dir();
    let page = export(dir.path(), &["--format", "html"]);
    let tag = Regex::new(r"<[a-zA-Z/!][^>]*>").unwrap();
    let allowed = Regex::new(concat!(
        r##"^<(/?(html|head|title|style|body|header|h[1-6]|main|section|article|aside|nav|div|span|p|ol|ul|li|figure|"##,
        r##"code|pre|em|strong|s|var|a|script|blockquote|output|table|tr|td|th)|!doctype html|hr|html lang="en"|meta [^>]*|"##,
        r##"(p|div|section|article|span|li|a) class="[a-z ]+"( id="[a-z0-9-]+"| href="#pending"| style="[a-z0-9:;-]+")?|"##,
        r##"(article|aside|section|h2) id="[a-z0-9-]+"|nav aria-label="Months"|a href="#[a-z0-9-]+"|ol start="\d+"|"##,
        r##"a href="(https?|mailto):[^"]*" rel="noreferrer"|a href="[A-Za-z0-9%./_~-]+"|"##,
        r##"img src="[A-Za-z0-9%./_~-]+" alt="[^"<]*"( width="\d+")?( height="\d+")? loading="lazy"|"##,
        r##"input type="checkbox" disabled( checked)?|input id="find"[^>]*|output id="found"[^>]*)>$"##
    ))
    .unwrap();
    let strange: Vec<&str> =
        tag.find_iter(&page).map(|found| found.as_str()).filter(|tag| !allowed.is_match(tag)).collect();
    assert!(strange.is_empty(), "{strange:#?}");
    assert_eq!((page.matches("<script>").count(), page.matches("<style>").count()), (1, 1));
    for seen in ["&lt;script&gt;alert(1)&lt;/script&gt;", "&lt;emu&gt;Elk&lt;/emu&gt;", "no.png (missing)", "loose"] {
        assert!(page.contains(seen), "{seen}");
    }
    assert!(!page.contains("href=\"javascript") && !page.contains("src=\"http"));
    assert!(page.contains("href=\"https://a.example/?x=1&amp;y=2\""));
}

#[test]
fn html_export_links_figures_relative_to_the_page() {
    let dir = dir();
    // Larger than the limit for embedding.
    let file = std::fs::File::options().write(true).open(dir.path().join("图 1.png")).unwrap();
    file.set_len(5 << 20).unwrap();
    let figure = "src=\"%E5%9B%BE%201.png\"";
    assert!(export(dir.path(), &["--format", "html"]).contains(figure));
    export(dir.path(), &["--format", "html", "-o", "other/page.html"]);
    let page = std::fs::read_to_string(dir.path().join("other/page.html")).unwrap();
    assert!(page.contains("src=\"../%E5%9B%BE%201.png\"") && !page.contains(figure));
}

#[test]
fn html_export_embeds_figures() {
    let dir = dir();
    let png = b"\x89PNG\r\n\x1a\nrest";
    std::fs::write(dir.path().join("图 1.png"), png).unwrap();
    let page = export(dir.path(), &["--format", "html"]);
    assert!(page.contains("<img src=\"data:image/png;base64,iVBORw0KGgpyZXN0\""), "{page}");
    assert!(!page.contains("%E5%9B%BE%201.png"));
}

#[test]
fn csv_has_a_byte_order_mark_on_request() {
    let dir = dir();
    let (with, without) = (export(dir.path(), &["--format", "csv", "--bom"]), export(dir.path(), &["--format", "csv"]));
    assert_eq!(with.strip_prefix('\u{feff}'), Some(without.as_str()));
}

#[test]
fn bibtex_keys_are_ascii() {
    let dir = tempfile::tempdir().unwrap();
    let titles = ["Über Emus", "Ærø: a Model", "Łódź at Night"];
    let entries: String = titles.iter().map(|title| format!("《{title}》\n\nx\n\n")).collect();
    std::fs::write(dir.path().join("log.md"), format!("## 2031.5.17\n\n{entries}")).unwrap();
    let text = export(dir.path(), &["--format", "bibtex"]);
    for key in ["{uber,", "{aero,", "{lodz,"] {
        assert!(text.contains(key), "{text}");
    }
}

#[test]
fn exports_match_the_schema() {
    let dir = dir();
    let schema: Value = serde_json::from_str(include_str!("../../assets/export.schema.json")).unwrap();
    let text = export(dir.path(), &["--format", "json"]);
    assert_eq!(text, export(dir.path(), &["--format", "json"]));
    conforms(&schema, &serde_json::from_str(&text).unwrap(), "$");
    if let Some(real) = std::env::var_os("PAPERS_TUI_REAL_LOG") {
        let text = export(dir.path(), &["--format", "json", "--log", real.to_str().unwrap()]);
        conforms(&schema, &serde_json::from_str(&text).unwrap(), "$");
    }
}

/// Checks a value against a schema; supports only the keywords that our schemas use. A field missing from the schema is
/// an error too: it was added to the export but not to the contract.
#[track_caller]
pub fn conforms(schema: &Value, value: &Value, place: &str) {
    for (word, wanted) in schema.as_object().unwrap() {
        let holds = match word.as_str() {
            "type" => has_type(wanted, value),
            "const" => wanted == value,
            "enum" => wanted.as_array().unwrap().contains(value),
            "minimum" => value.as_u64().is_none_or(|number| number >= wanted.as_u64().unwrap()),
            "maximum" => value.as_u64().is_none_or(|number| number <= wanted.as_u64().unwrap()),
            "pattern" => value.as_str().is_none_or(|text| Regex::new(wanted.as_str().unwrap()).unwrap().is_match(text)),
            "minItems" => value.as_array().unwrap().len() as u64 >= wanted.as_u64().unwrap(),
            "maxItems" => value.as_array().unwrap().len() as u64 <= wanted.as_u64().unwrap(),
            // These apply only to objects.
            "required" | "properties" if value.is_null() => true,
            "required" => {
                let names: Vec<&str> = wanted.as_array().unwrap().iter().filter_map(Value::as_str).collect();
                value.as_object().unwrap().keys().map(String::as_str).collect::<BTreeSet<_>>()
                    == names.into_iter().collect()
            }
            "items" => {
                for (index, item) in value.as_array().unwrap().iter().enumerate() {
                    conforms(wanted, item, &format!("{place}[{index}]"));
                }
                true
            }
            "properties" => {
                for (name, schema) in wanted.as_object().unwrap() {
                    conforms(schema, &value[name], &format!("{place}.{name}"));
                }
                true
            }
            "$schema" | "title" | "description" => true,
            other => panic!("unsupported schema keyword “{other}”"),
        };
        assert!(holds, "{place}: {value} against {word}: {wanted}");
    }
}

fn has_type(wanted: &Value, value: &Value) -> bool {
    let is = |name: &str| match name {
        "string" => value.is_string(),
        "integer" => value.is_u64(),
        "number" => value.is_number(),
        "boolean" => value.is_boolean(),
        "null" => value.is_null(),
        "array" => value.is_array(),
        "object" => value.is_object(),
        _ => false,
    };
    match wanted {
        Value::Array(names) => names.iter().filter_map(Value::as_str).any(is),
        name => is(name.as_str().unwrap()),
    }
}
