//! What the program reads from PDFs, including hostile ones.

use std::path::Path;
use std::process::{Command, Output, Stdio};

use tempfile::TempDir;

use papers_tui::app::screen::layout::Pane;
use papers_tui::app::{Effect, Message};
use papers_tui::papers::Paper;
use papers_tui::papers::index::PaperIndex;
use papers_tui::papers::matched::{Matched, PdfInput};

use super::cli::program;
use super::drive::Drive;
use super::pdf;
use super::terminal::Run;

const LOG: &str = "\
# todo

- [ ] Birds that Walk by Night
- [x] Birds that Walk by Day

## 2031.5.17

《Emu: A Model of Birds》

text

《GNU：Herds at rest》

text

《Walking by Large Birds》

text
";

const REFERENCES: [&str; 7] = [
    "[1] A. Emu and B. Gnu. Emu: A model of birds. In Birds, pages 1-9, 2019.",
    "[2] C. Owl. Herds at rest. Journal of Herds, 3(1), 2020.",
    "[3] C. Owl. Birds that walk by day. Journal of Herds, 2021.",
    "[4] C. Owl and D. Yak. Birds that",
    "walk by night. Journal of Herds, 2021.",
    "[5] D. Yak. Herds at rest and at play. Journal of Herds, 2022.",
    "[6] D. Yak. Walking by large birds. Journal of Herds, 2022.",
];

const STAMP: &str = "arXiv:3105.00017v2 [cs.BI] 18 May 2031";

/// A folder with a log and PDFs.
pub fn dir(files: &[(&str, Vec<u8>)]) -> TempDir {
    let folder = tempfile::tempdir().unwrap();
    std::fs::write(folder.path().join("log.md"), LOG).unwrap();
    super::of_long_ago(&folder.path().join("log.md"));
    for (name, bytes) in files {
        std::fs::write(folder.path().join(name), bytes).unwrap();
    }
    folder
}

fn paper() -> Vec<u8> {
    pdf::paper("Walking by Large Birds", "Ada Emu, Bo Gnu and Cy Owl", STAMP, &REFERENCES)
}

fn refs(folder: &Path, arguments: &[&str]) -> Output {
    program(folder).arg("refs").args(arguments).output().unwrap()
}

pub fn text(bytes: &[u8]) -> String {
    String::from_utf8_lossy(bytes).into_owned()
}

#[test]
fn refs_lists_what_a_pdf_cites() {
    let folder = dir(&[("x.pdf", paper())]);
    let output = refs(folder.path(), &["x.pdf"]);
    let wanted = "Walking by Large Birds\nAda Emu et al. · 2031-05 · arXiv 3105.00017 · 2 pages\n\n\
                  cites 2 in the log, 1 pending\n    8  Emu: A Model of Birds\n   12  GNU：Herds at rest\n\
                  \u{20}   3  [ ] Birds that Walk by Night\n";
    assert_eq!((text(&output.stdout).as_str(), text(&output.stderr).as_str()), (wanted, ""));
    assert_eq!(output.status.code(), Some(0));

    let output = refs(folder.path(), &["--json", "x.pdf"]);
    let json: serde_json::Value = serde_json::from_slice(&output.stdout).unwrap();
    let wanted = serde_json::json!({
        "pdf": {
            "path": "x.pdf", "title": "Walking by Large Birds", "authors": ["Ada Emu", "Bo Gnu", "Cy Owl"],
            "arxiv": "3105.00017", "doi": null, "date": "2031-05", "pages": 2, "text": true,
        },
        "cites": [
            { "file": 0, "key": "emu: a model of birds", "line": 8, "title": "Emu: A Model of Birds" },
            { "file": 0, "key": "gnu:herds at rest", "line": 12, "title": "GNU：Herds at rest" },
        ],
        "tasks": [{ "file": 0, "line": 3, "text": "Birds that Walk by Night" }],
    });
    assert_eq!(json, wanted);
}

#[test]
fn refs_says_if_nothing_in_the_log_is_cited() {
    let others = ["[1] D. Yak. One, 2019.", "[2] D. Yak. Two, 2020.", "[3] D. Yak. Three, 2021."];
    let none = pdf::paper("Another Paper of Yaks", "Di Yak", "", &others);
    let without = pdf::contents(&[pdf::drawn(&[("A Page with Some Words", 12.0, 700.0)])], "", &[]);
    let folder = dir(&[("none.pdf", none), ("without.pdf", without)]);
    let output = refs(folder.path(), &["none.pdf"]);
    assert!(text(&output.stdout).ends_with("cites 0 in the log, 0 pending\n"), "{output:?}");
    assert_eq!(output.status.code(), Some(1));
    let output = refs(folder.path(), &["without.pdf"]);
    assert!(text(&output.stdout).ends_with("No list of references found.\n"), "{output:?}");
    assert_eq!(output.status.code(), Some(1));
}

#[test]
fn a_scan_has_no_text() {
    let folder = dir(&[("scan.pdf", pdf::contents(&[pdf::stream("", b"0 0 612 792 re f")], "", &[]))]);
    let output = program(folder.path()).args(["refs", "scan.pdf"]).env("PATH", folder.path()).output().unwrap();
    assert_eq!(text(&output.stderr), "papers-tui: scan.pdf: contains no text; it may be a scan or truncated\n");
    assert_eq!((output.status.code(), text(&output.stdout).as_str()), (Some(1), ""));
    let json: serde_json::Value = serde_json::from_slice(&refs(folder.path(), &["scan.pdf", "--json"]).stdout).unwrap();
    assert_eq!((&json["pdf"]["text"], &json["cites"]), (&false.into(), &serde_json::json!([])));
}

#[test]
fn pdftotext_is_tried_if_no_text_is_found() {
    let folder = dir(&[("scan.pdf", pdf::contents(&[pdf::stream("", b"0 0 612 792 re f")], "", &[]))]);
    let other = folder.path().join("pdftotext");
    let list = REFERENCES.join("\n");
    std::fs::write(&other, format!("#!/bin/sh\ncat <<'END'\nOn Scans\nReferences\n{list}\nEND\n")).unwrap();
    let mode = std::os::unix::fs::PermissionsExt::from_mode(0o755);
    std::fs::set_permissions(&other, mode).unwrap();
    let path = format!("{}:/usr/bin:/bin", folder.path().display());
    let output = program(folder.path()).args(["refs", "scan.pdf"]).env("PATH", path).output().unwrap();
    assert!(text(&output.stdout).contains("cites 3 in the log, 1 pending"), "{output:?}");
}

/// A folder with PDFs of logged papers, a pending one and others, most of them named by numbers.
pub fn shelf() -> TempDir {
    let emu = [
        "[1] B. Gnu. Herds at rest. In Birds, 2020.",
        "[2] C. Owl. Walking by large birds. In Birds, 2021.",
        "[3] C. Owl. Birds that walk by night. In Birds, 2022.",
    ];
    let others = ["[1] D. Yak. One, 2019.", "[2] D. Yak. Two, 2020.", "[3] D. Yak. Three, 2021."];
    let yak = pdf::paper("Another Paper of Yaks", "Di Yak, Ed Zebu", "", &others);
    let scan = pdf::contents(&[pdf::stream("", b"0 0 612 792 re f")], "", &[]);
    let folder = dir(&[]);
    std::fs::create_dir_all(folder.path().join("papers/more")).unwrap();
    for (name, bytes) in [
        ("papers/more/0.pdf", paper()),
        ("papers/1.pdf", pdf::paper("Emu: A Model of Birds", "Ada Emu, Bo Gnu", "https://doi.org/10.1000/emu_1", &emu)),
        ("papers/2.pdf", pdf::paper("Birds that Walk by Night", "Cy Owl, Di Yak", "", &others)),
        ("papers/3.PDF", yak),
        ("papers/4.pdf", scan),
        ("papers/5.pdf", b"no PDF".to_vec()),
        (".hidden.pdf", b"no PDF".to_vec()),
    ] {
        std::fs::write(folder.path().join(name), bytes).unwrap();
    }
    std::fs::rename(folder.path().join(".hidden.pdf"), folder.path().join("papers/Herds at rest.pdf")).unwrap();
    folder
}

/// The JSON that a command prints.
#[track_caller]
fn json(folder: &Path, arguments: &[&str]) -> serde_json::Value {
    let output = program(folder).args(arguments).env("PATH", folder).output().unwrap();
    assert_eq!(text(&output.stderr), "");
    serde_json::from_slice(&output.stdout).unwrap()
}

#[test]
fn the_export_includes_pdfs_and_citations() {
    let folder = shelf();
    let export = json(folder.path(), &["export", "--format", "json"]);
    let entry = |at: usize, field: &str| export["entries"][at][field].clone();
    let (emu, gnu, walking) = ("emu: a model of birds", "gnu:herds at rest", "walking by large birds");
    assert_eq!(entry(0, "pdf")["path"], "papers/1.pdf");
    assert_eq!(entry(0, "pdf")["doi"], "10.1000/emu_1");
    // An unreadable PDF is matched by its file name.
    assert_eq!(
        entry(1, "pdf"),
        serde_json::json!({
            "path": "papers/Herds at rest.pdf", "title": null, "authors": [], "arxiv": null, "doi": null,
            "date": null, "pages": null, "text": false,
        })
    );
    assert_eq!(entry(2, "pdf")["path"], "papers/more/0.pdf");
    let lists = |field: &str| [0, 1, 2].map(|at| entry(at, field));
    assert_eq!(serde_json::json!(lists("cites")), serde_json::json!([[gnu, walking], [], [emu, gnu]]));
    assert_eq!(serde_json::json!(lists("cited_by")), serde_json::json!([[walking], [emu, walking], [emu]]));
    let task = &export["tasks"][0];
    assert_eq!((&task["pdf"]["path"], &task["cited_by"]), (&"papers/2.pdf".into(), &serde_json::json!([emu, walking])));
    assert_eq!(export["tasks"][1]["pdf"], serde_json::Value::Null);

    let shown = json(folder.path(), &["show", "--json", "gnu"]);
    assert_eq!((&shown["pdf"]["path"], &shown["cited_by"]), (&entry(1, "pdf")["path"], &entry(1, "cited_by")));
    let listed = json(folder.path(), &["list", "--json"]);
    assert_eq!(listed[0]["cites"], entry(0, "cites"));
    let pending = json(folder.path(), &["pending", "--json"]);
    assert_eq!(pending[0]["cited_by"], task["cited_by"]);
}

#[test]
fn bibliographies_include_facts_from_pdfs() {
    let folder = shelf();
    let output = program(folder.path()).args(["export", "--format", "bibtex"]).output().unwrap();
    let bibliography = text(&output.stdout);
    for wanted in [
        "  author = {Ada Emu and Bo Gnu},\n  doi = {10.1000/emu_1},\n  url = {https://doi.org/10.1000/emu_1},\n",
        "  author = {Ada Emu and Bo Gnu and Cy Owl},\n  eprint = {3105.00017},\n  archiveprefix = {arXiv},\n  \
         url = {https://arxiv.org/abs/3105.00017},\n",
    ] {
        assert!(bibliography.contains(wanted), "{wanted}\n{bibliography}");
    }
    assert!(biblatex::Bibliography::parse(&bibliography).is_ok(), "{bibliography}");
}

#[test]
fn a_relative_log_path_finds_the_same_pdfs() {
    let folder = dir(&[("x.pdf", paper())]);
    let whole = folder.path().join("log.md");
    let listed = |log: &str| {
        text(&program(folder.path()).args(["show", "Walking", "--json", "--log", log]).output().unwrap().stdout)
    };
    let [bare, dotted, whole] = ["log.md", "./log.md", whole.to_str().unwrap()].map(listed);
    assert!(bare.contains("x.pdf"), "{bare}");
    assert_eq!(bare, dotted);
    assert!(whole.contains("x.pdf"), "{whole}");
    let mut panes = Run::with(&[], &["log.md"], folder.path());
    panes.sees("Walking by Large Birds");
    panes.types("jj").sees("cites 2 papers you have read");
    panes.types("q");
    assert_eq!(panes.ends(), 0);
}

#[test]
fn library_lists_pdfs_that_are_not_in_the_log() {
    let folder = shelf();
    let output = program(folder.path()).arg("library").env("PATH", folder.path()).output().unwrap();
    let wanted = "papers/3.PDF: Another Paper of Yaks\npapers/4.pdf: no text\n\
                  papers/5.pdf: cannot be read: it is not a PDF\n";
    assert_eq!((text(&output.stdout).as_str(), output.status.code()), (wanted, Some(0)));
    let listed = json(folder.path(), &["library", "--json"]);
    assert_eq!((&listed[0]["authors"][1], &listed[0]["error"]), (&"Ed Zebu".into(), &serde_json::Value::Null));
    assert_eq!((&listed[2]["error"], listed.as_array().unwrap().len()), (&"it is not a PDF".into(), 3));

    // Configured folders replace the log's own.
    std::fs::create_dir(folder.path().join("other")).unwrap();
    std::fs::write(folder.path().join("config.toml"), "pdf-folders = [\"other\"]\n").unwrap();
    let output = program(folder.path()).args(["--config", "config.toml", "library"]).output().unwrap();
    assert_eq!((text(&output.stdout).as_str(), output.status.code()), ("", Some(1)), "{output:?}");
}

#[test]
fn a_moved_pdf_is_not_read_again() {
    let folder = shelf();
    json(folder.path(), &["library", "--json"]);
    let kept = std::fs::read_dir(folder.path().join(".local/state/papers-tui/pdfs")).unwrap();
    let kept: Vec<_> = kept.map(|entry| entry.unwrap().path()).collect();
    let before = std::fs::read_to_string(&kept[0]).unwrap();
    // A title changed in the cache shows that the PDF is not read again.
    std::fs::write(&kept[0], before.replace("Another Paper of Yaks", "A Title That Was Kept")).unwrap();
    assert_eq!(json(folder.path(), &["library", "--json"])[0]["title"], "A Title That Was Kept");
    std::fs::rename(folder.path().join("papers/3.PDF"), folder.path().join("a.pdf")).unwrap();
    let moved = json(folder.path(), &["library", "--json"]);
    assert_eq!((&moved[0]["path"], &moved[0]["title"]), (&"a.pdf".into(), &"A Title That Was Kept".into()));
    // Changed PDFs are read again, and damaged cache entries are rebuilt.
    let others = ["[1] D. Yak. One, 2019.", "[2] D. Yak. Two, 2020.", "[3] D. Yak. Three, 2021."];
    std::fs::write(folder.path().join("a.pdf"), pdf::paper("Quite Another Paper", "Di Yak", "", &others)).unwrap();
    assert_eq!(json(folder.path(), &["library", "--json"])[0]["title"], "Quite Another Paper");
    for damage in ["", "{\"version\":1,\"pdfs\":[[", "{\"version\":999,\"pdfs\":[]}"] {
        std::fs::write(&kept[0], damage).unwrap();
        assert_eq!(json(folder.path(), &["library", "--json"])[0]["title"], "Quite Another Paper");
    }
    assert_eq!(std::fs::read_dir(kept[0].parent().unwrap()).unwrap().count(), 1);
}

/// The panes with these PDFs: path, title, cited titles.
pub fn panes(papers: &[(&str, &str, &[&str])]) -> Drive {
    let mut drive = Drive::new(LOG, 120, 30);
    let paper = |(_, title, cites): &(&str, &str, &[&str])| Paper {
        titles: vec![(*title).to_owned()],
        authors: vec!["Ada Emu".to_owned(), "Bo Gnu".to_owned(), "Cy Owl".to_owned()],
        arxiv: Some("3105.00017".to_owned()),
        references: cites.iter().map(|title| format!("A. Emu. {title}. 2030. ")).collect(),
        text: true,
        ..Paper::default()
    };
    let read: Vec<Paper> = papers.iter().map(paper).collect();
    let held = read.iter().map(|paper| PdfInput { name: "", paper: Some(paper) });
    let matched = Matched::of(&drive.app.log, held);
    let places = papers.iter().zip(&read).map(|((place, ..), paper)| (Some((*place).to_owned()), Some(paper)));
    let index = PaperIndex::of(&drive.app.log, &matched, &places.collect::<Vec<_>>());
    drive.send(Message::Papers(Box::new(index)));
    drive
}

pub const EMU: &str = "Emu: A model of birds";
pub const HERDS: &str = "Herds at rest";
pub const NIGHT: &str = "Birds that walk by night";

#[test]
fn a_summary_shows_citations_in_both_directions() {
    let mut drive = panes(&[
        ("/a.pdf", EMU, &[HERDS, "Walking by large birds", NIGHT]),
        ("/b.pdf", "Walking by large birds", &[EMU]),
    ]);
    drive
        .keys("2")
        .sees("Ada Emu et al. · arXiv 3105.00017")
        .sees("cites 2 papers you have read · 1 pending")
        .sees("cited by 1");
    drive.keys("L").sees("Ada Emu 等").sees("引用了 2 篇已读论文、1 个待读项").sees("被 1 篇引用").keys("L");
    // The list of related papers has them all, and opens them.
    drive
        .keys("*")
        .sees("cites, according to its PDF")
        .sees("cites, in the pending list")
        .sees("cited by, according to their PDFs")
        .keys("<enter>");
    drive.sees("cited by 1").sees_not("cites").keys("<c-o>").sees("cites 2 papers you have read");
    drive.keys("*jj").keys("<enter>");
    assert_eq!(drive.app.focus, Pane::Pending);
    // What is known about a PDF stays with its paper when the log changes.
    drive.outside("## 2031.5.17", "## 2031.5.18\n\n《Yak: A New One》\n\ntext\n\n## 2031.5.17");
    drive.keys("1gg").keys("2").sees_not("cites").keys("1jj2").sees("cites 2 papers you have read · 1 pending");
}

#[test]
fn a_key_opens_the_pdf_or_asks_which() {
    let mut drive =
        panes(&[("/a.pdf", EMU, &[]), ("/b.pdf", EMU, &[]), ("/n.pdf", NIGHT, &[]), ("/h.pdf", HERDS, &[])]);
    drive.keys("2p").sees("/a.pdf").sees("/b.pdf").keys("j<enter>");
    assert_eq!(drive.effects.last(), Some(&Effect::OpenPdfAt("/b.pdf".into())));
    drive.keys("1jp");
    assert_eq!(drive.effects.last(), Some(&Effect::OpenPdfAt("/h.pdf".into())));
    drive.keys("3ggp");
    assert_eq!(drive.effects.last(), Some(&Effect::OpenPdfAt("/n.pdf".into())));
    // If no PDF is known, one is searched for by name.
    drive.keys("1jp");
    assert_eq!(drive.effects.last(), Some(&Effect::OpenPdf { file: 0, title: "Walking by Large Birds".into() }));
}

#[test]
fn the_finder_filters_by_pdf_and_author() {
    let mut drive = panes(&[("/a.pdf", EMU, &[])]);
    drive.keys("shas:pdf ").sees(" 1/1").sees("Emu: A Model").keys("<esc><esc>sauthor:gnu ").sees(" 1/1");
    drive.keys("<esc><esc>sauthor:yak ").sees("No paper matches these filters");
    Drive::new(LOG, 120, 30).keys("shas:pdf ").sees("No paper matches these filters");
}

#[test]
fn reading_pdfs_shows_progress() {
    let mut drive = panes(&[]);
    drive.send(Message::ReadingPapers { done: 7, all: 268 }).sees("reading PDFs 7/268");
    drive.send(Message::Papers(Box::default())).sees_not("PDFs");
}

#[test]
fn the_panes_read_the_pdfs_beside_the_log() {
    let folder = shelf();
    let mut run = Run::papers(&["log.md"], folder.path());
    run.sees("cites 2 papers you have read · 1 pending").sees("cited by 1").types("q");
    run.ends();
    assert!(folder.path().join(".local/state/papers-tui/pdfs").is_dir());
}

/// Nested dictionaries, cyclic page trees, and other attacks.
fn hostile() -> Vec<(&'static str, Vec<u8>)> {
    let page = |content: &[u8]| pdf::contents(&[pdf::stream("", content)], "", &[]);
    let catalogue = b"<< /Type /Catalog /Pages 2 0 R >>".to_vec();
    let tree = |pages: &str| pdf::file(&[catalogue.clone(), pages.as_bytes().to_vec()], "");
    let whole = paper();
    let zeros = {
        // Deflate without an end: stored blocks of a repeated byte, 65,535 bytes each.
        let block: Vec<u8> = [&[0, 0xFF, 0xFF, 0, 0][..], &[b' '; 65_535]].concat();
        [&[0x78, 1][..], &block.repeat(400)].concat()
    };
    let encrypted = {
        let key = "AB".repeat(32);
        let trailer =
            format!("/Encrypt << /Filter /Standard /V 1 /R 2 /O <{key}> /U <{key}> /P -4 >> /ID [<{key}> <{key}>]");
        pdf::contents(&[pdf::drawn(&[("Secret of Emus and of Gnus", 12.0, 700.0)])], &trailer, &[])
    };
    let cyclic = pdf::file(&[catalogue.clone(), b"<< /Type /Pages /Kids [2 0 R 2 0 R] /Count 9 >>".to_vec()], "");
    let form = {
        let own = pdf::stream(
            "/Type /XObject /Subtype /Form /BBox [0 0 9 9] /Resources << /XObject << /X 6 0 R >> >>",
            b"/X Do /X Do",
        );
        pdf::contents(&[pdf::stream("", b"/X Do")], "", &[own])
    };
    let mut files = vec![
        ("empty", Vec::new()),
        ("text", b"Only some words, and no PDF.\n".to_vec()),
        ("png", [b"\x89PNG\r\n\x1a\n".to_vec(), vec![0; 4000]].concat()),
        ("mark", b"%PDF-1.4\n".to_vec()),
        ("mark and end", b"%PDF-1.4\n%%EOF\n".to_vec()),
        (
            "noise",
            [
                b"%PDF-1.4\n".to_vec(),
                (0_u32..40_000).flat_map(|n| n.wrapping_mul(2_654_435_761).to_le_bytes()).collect(),
            ]
            .concat(),
        ),
        ("zeros", [b"%PDF-1.4\n".to_vec(), vec![0; 100_000]].concat()),
        ("encrypted", encrypted),
        ("cut in half", whole[..whole.len() / 2].to_vec()),
        ("cut at the table", whole[..whole.len() - 120].to_vec()),
        ("a tree that leads to itself", cyclic),
        ("a form that draws itself", form),
        ("no pages", tree("<< /Type /Pages /Kids [] /Count 0 >>")),
        ("a count without pages", tree("<< /Type /Pages /Kids [] /Count 2147483647 >>")),
        ("a negative count", tree("<< /Type /Pages /Kids [] /Count -1 >>")),
        ("kids that are no pages", tree("<< /Type /Pages /Kids [1 0 R (x) 7 null 99 0 R] /Count 5 >>")),
        ("no tree", pdf::file(&[b"<< /Type /Catalog >>".to_vec()], "")),
        ("no catalogue", pdf::file(&[b"null".to_vec()], "")),
        ("a catalogue that is itself", pdf::file(&[b"1 0 R".to_vec()], "")),
        ("a table that leads to itself", whole.clone()),
        ("arrays in arrays", tree(&format!("{}{}", "[".repeat(200_000), "]".repeat(200_000)))),
        ("open arrays", tree(&"[".repeat(500_000))),
        ("open dictionaries", tree(&"<< /A ".repeat(200_000))),
        ("an open string", tree(&format!("({}", "(".repeat(300_000)))),
        ("many operators", page(&b"q ".repeat(2_000_000))),
        ("many states", page(&[b"q ".repeat(400_000), b"Q ".repeat(400_000)].concat())),
        ("much text", page(&b"BT /F1 9 Tf (emu) Tj ET ".repeat(60_000))),
        ("far away", page(b"BT /F1 1e38 Tf 1e38 -1e38 Td (emu and gnu) Tj ET")),
        ("no numbers", page(b"BT /F1 nan Tf inf 1e999 Td (emu and gnu) Tj ET")),
        ("open text", page(&b"BT /F1 9 Tf (emu ".repeat(20_000))),
        ("arrays in text", page(&[b"BT /F1 9 Tf ".to_vec(), b"[".repeat(300_000)].concat())),
        ("a wrong filter", pdf::contents(&[pdf::stream("/Filter /Emu", b"emu")], "", &[])),
        (
            "filters of filters",
            pdf::contents(&[pdf::stream(&format!("/Filter [{}]", "/ASCIIHexDecode ".repeat(3000)), b"00>")], "", &[]),
        ),
        ("a bomb", pdf::contents(&[pdf::stream("/Filter /FlateDecode", &zeros)], "", &[])),
        (
            "a predictor without end",
            pdf::contents(
                &[pdf::stream(
                    "/Filter /FlateDecode /DecodeParms << /Predictor 15 /Columns 2147483647 /Colors 99 /BitsPerComponent 32 >>",
                    &zeros[..70_000],
                )],
                "",
                &[],
            ),
        ),
        (
            "a wrong length",
            String::from_utf8_lossy(&page(b"(emu)")).replace("/Length 5", "/Length 999999999").into_bytes(),
        ),
        ("a negative length", String::from_utf8_lossy(&page(b"(emu)")).replace("/Length 5", "/Length -5").into_bytes()),
        (
            "a length that is itself",
            String::from_utf8_lossy(&page(b"(emu)")).replace("/Length 5", "/Length 5 0 R").into_bytes(),
        ),
        ("a box without area", String::from_utf8_lossy(&paper()).replace("[0 0 612 792]", "[9 9 9 9]").into_bytes()),
        (
            "a box turned round",
            String::from_utf8_lossy(&paper()).replace("[0 0 612 792]", "[612 792 0 0]").into_bytes(),
        ),
        (
            "controls in the title",
            pdf::paper("A Title \x1b[31m of \x07 Emus", "Ada \x1b]8;;x\x07 Emu", "", &REFERENCES),
        ),
    ];
    let at = files.iter_mut().find(|(name, _)| *name == "a table that leads to itself").unwrap();
    let text = String::from_utf8_lossy(&at.1).into_owned();
    let table = text.rfind("xref\n0").unwrap();
    at.1 = text.replace("/Root 1 0 R", &format!("/Root 1 0 R /Prev {table}")).into_bytes();
    files
}

/// Processes with this text in their environment.
fn marked(mark: &str) -> Vec<String> {
    let ids = std::fs::read_dir("/proc").into_iter().flatten().flatten().map(|entry| entry.path());
    let is_marked = |path: &std::path::PathBuf| {
        let found = std::fs::read(path.join("environ")).unwrap_or_default();
        found.windows(mark.len()).any(|part| part == mark.as_bytes())
    };
    ids.filter(is_marked).map(|path| path.display().to_string()).collect()
}

#[test]
fn hostile_pdfs_do_no_harm() {
    let files = hostile();
    assert!(files.len() >= 40, "{}", files.len());
    let folder = dir(&[]);
    let mark = format!("PAPERS_TUI_TEST_OF={}", folder.path().display());
    for (name, bytes) in &files {
        let file = folder.path().join("x.pdf");
        std::fs::write(&file, bytes).unwrap();
        let output = program(folder.path())
            .args(["refs", "x.pdf"])
            .env("PAPERS_TUI_TEST_OF", folder.path())
            .env("PATH", folder.path())
            .output()
            .unwrap();
        let (out, error) = (text(&output.stdout), text(&output.stderr));
        let is_reason = error.starts_with("papers-tui: x.pdf: cannot be read: ") && out.is_empty();
        let is_scan = error.starts_with("papers-tui: x.pdf: contains no text") && out.is_empty();
        match output.status.code() {
            Some(2) => assert!(is_reason && error.lines().count() == 1, "{name}: {error}"),
            Some(1) => assert!(is_scan || error.is_empty() && !out.is_empty(), "{name}: {error}{out}"),
            Some(0) => assert!(error.is_empty() && out.contains("cites"), "{name}: {error}"),
            other => panic!("{name}: {other:?} {error}"),
        }
        assert!(!out.contains(['\u{1b}', '\u{7}']), "{name}: {out:?}");
        assert_eq!(std::fs::read(&file).unwrap(), *bytes, "{name}");
    }
    assert_eq!(marked(&mark), [""; 0]);
}

#[test]
fn pdfs_that_cannot_be_read_give_a_reason() {
    let folder = dir(&[]);
    rustix::fs::mkfifoat(rustix::fs::CWD, folder.path().join("pipe.pdf"), 0o600.into()).unwrap();
    std::fs::File::create(folder.path().join("huge.pdf")).unwrap().set_len(1 << 33).unwrap();
    std::fs::create_dir(folder.path().join("folder.pdf")).unwrap();
    for (file, reason) in [
        ("pipe.pdf", "it is not a file"),
        ("folder.pdf", "it is not a file"),
        ("huge.pdf", "it is larger than 200 MB"),
        ("gone.pdf", "No such file or directory"),
    ] {
        let output = refs(folder.path(), &[file]);
        let error = text(&output.stderr);
        assert!(error.starts_with(&format!("papers-tui: {file}: cannot be read: ")), "{error}");
        assert!(error.contains(reason), "{error}");
        assert_eq!(output.status.code(), Some(2));
    }
    let output = program(folder.path()).args(["refs", "pipe.pdf"]).env("PAPERS_TUI_LANG", "zh").output().unwrap();
    assert_eq!(text(&output.stderr), "papers-tui: pipe.pdf：无法读取：不是普通文件\n");
}

#[test]
fn the_pdf_reader_exits_with_its_input() {
    let folder = dir(&[("x.pdf", paper())]);
    let mut child = Command::new(env!("CARGO_BIN_EXE_papers-tui"))
        .arg("__read-pdf")
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    let path = folder.path().join("x.pdf");
    let question = [path.to_str().unwrap().as_bytes(), &[0], b"/nowhere.pdf", &[0]].concat();
    std::io::Write::write_all(&mut child.stdin.take().unwrap(), &question).unwrap();
    let output = child.wait_with_output().unwrap();
    let lines = text(&output.stdout);
    let lines: Vec<&str> = lines.lines().collect();
    assert!(lines[0].contains("\"titles\":[\"Walking by Large Birds\""), "{lines:?}");
    assert!(lines[1].contains("No such file"), "{lines:?}");
    assert_eq!((lines.len(), output.status.code()), (2, Some(0)));
}

/// `TRUTH.tsv` lists the citations as found by reading the papers.
#[test]
fn the_citations_of_real_papers_are_found() {
    let (Some(papers), Some(log)) = (std::env::var_os("PAPERS_TUI_PAPERS"), std::env::var_os("PAPERS_TUI_REAL_LOG"))
    else {
        return println!("skipped: PAPERS_TUI_PAPERS is not set");
    };
    let papers = Path::new(&papers);
    let truth = std::fs::read_to_string(papers.join("TRUTH.tsv")).unwrap();
    let rows: Vec<(&str, &str)> = truth
        .lines()
        .skip(1)
        .filter_map(|line| line.split('\t').collect::<Vec<_>>()[..2].try_into().ok())
        .map(|[pdf, title]: [&str; 2]| (pdf, title))
        .collect();
    let (mut found, mut wrong, mut missed) = (0, Vec::new(), Vec::new());
    let mut files: Vec<&str> = rows.iter().map(|(file, _)| *file).collect();
    files.dedup();
    for file in files {
        let path = papers.join(file);
        let output = program(Path::new("/"))
            .args(["refs".as_ref(), "--json".as_ref(), "--log".as_ref(), log.as_os_str(), path.as_os_str()])
            .output()
            .unwrap();
        let json: serde_json::Value = serde_json::from_slice(&output.stdout).unwrap();
        let cites: Vec<&str> =
            json["cites"].as_array().unwrap().iter().map(|it| it["title"].as_str().unwrap()).collect();
        let wanted: Vec<&str> =
            rows.iter().filter(|(of, title)| *of == file && *title != "(none)").map(|(_, title)| *title).collect();
        found += wanted.iter().filter(|title| cites.contains(title)).count();
        missed.extend(wanted.iter().filter(|title| !cites.contains(title)).map(|title| (file, (*title).to_owned())));
        wrong.extend(cites.iter().filter(|title| !wanted.contains(title)).map(|title| (file, (*title).to_owned())));
    }
    assert_eq!(wrong, []);
    assert!(100 * found >= 97 * (found + missed.len()) && found > 40, "{found} found, {missed:?}");
}
