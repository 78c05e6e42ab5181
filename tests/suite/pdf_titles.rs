//! New items and entries whose title comes from a PDF or an arXiv address.

use std::path::Path;
use std::process::Output;

use papers_tui::app::{Effect, Message};
use papers_tui::papers::Paper;
use papers_tui::papers::about::About;

use super::cli::program;
use super::drive::{Drive, same};
use super::papers::{EMU, NIGHT, dir, panes, shelf, text};
use super::pdf;
use super::terminal::Run;

const OTHERS: [&str; 3] = ["[1] D. Yak. One, 2019.", "[2] D. Yak. Two, 2020.", "[3] D. Yak. Three, 2021."];
const STAMP: &str = "arXiv:3104.00017v2 [cs.BI] 18 May 2031";

fn yak() -> Vec<u8> {
    pdf::paper("Another Paper of Yaks", "Di Yak, Ed Zebu and Flo Gnat", STAMP, &OTHERS)
}

#[track_caller]
fn run(folder: &Path, arguments: &[&str], wanted: &str, said: &str) -> Output {
    let output = program(folder).args(arguments).env("PATH", folder).env("PAPERS_TUI_TODAY", "2031-05-17").output();
    let output = output.unwrap();
    assert_eq!((text(&output.stdout).as_str(), text(&output.stderr).as_str()), (wanted, said), "{arguments:?}");
    output
}

fn log(folder: &Path) -> String {
    std::fs::read_to_string(folder.join("log.md")).unwrap()
}

#[test]
fn add_takes_the_title_of_a_pdf() {
    let scan = pdf::contents(&[pdf::stream("", b"0 0 612 792 re f")], "", &[]);
    let emu = pdf::paper("Emu: A Model of Birds", "Ada Emu", "", &OTHERS);
    let folder = dir(&[("of yaks.pdf", yak()), ("scan.pdf", scan), ("no.pdf", b"none".to_vec()), ("1.pdf", emu)]);
    let here = folder.path();
    run(here, &["add", "of yaks.pdf"], "added: Another Paper of Yaks\n", "");
    assert!(log(here).contains("- [ ] Another Paper of Yaks\n"), "{}", log(here));
    let said = "papers-tui: scan.pdf: no title found; using the file name\n";
    run(here, &["add", "scan.pdf"], "added: scan\n", said);
    let said = "papers-tui: the paper is already in the log, on line 8: Emu: A Model of Birds\n";
    let before = log(here);
    let said = said.replace("line 8", "line 10");
    run(here, &["add", "./1.pdf"], "added: Emu: A Model of Birds\n", &said);
    assert_ne!(log(here), before);
    let before = log(here);
    for (file, reason) in [("no.pdf", "it is not a PDF"), ("gone.pdf", "No such file or directory")] {
        let output = program(here).args(["add", file]).output().unwrap();
        assert!(text(&output.stderr).contains(reason), "{output:?}");
        assert_eq!(output.status.code(), Some(2));
    }
    assert_eq!(log(here), before);
    run(here, &["add", "Notes on yaks.pdf"], "added: Notes on yaks.pdf\n", "");
}

#[test]
fn log_fills_in_facts_from_the_pdf() {
    let folder = dir(&[("x.pdf", yak())]);
    let here = folder.path();
    run(here, &["log", "x.pdf"], &format!("{}:20\n", here.join("log.md").display()), "");
    let written =
        "《Another Paper of Yaks》\n\n2031.5, by Di Yak et al., on what; main points:\n\n1. \n2. \n3. \n\nOverall, ";
    assert!(log(here).contains(written), "{}", log(here));
    // Facts from a PDF do not count as a summary.
    let output = program(here).args(["check"]).output().unwrap();
    assert!(text(&output.stdout).contains("Another Paper of Yaks"), "{output:?}");
}

#[test]
fn an_arxiv_address_finds_the_pdf_with_that_id() {
    let folder = shelf();
    let here = folder.path();
    run(here, &["add", "https://arxiv.org/abs/3105.00017v3"], "added: Walking by Large Birds\n", "");
    let said = "papers-tui: the PDF folders have no PDF of arXiv 2312.00001; using the address as the title (nothing is \
                downloaded)\n";
    run(here, &["add", "arXiv:2312.00001"], "added: arXiv:2312.00001\n", said);
    let address = "https://arxiv.org/pdf/2312.00002";
    let output = program(here).args(["log", address]).env("PAPERS_TUI_TODAY", "2031-05-17").output().unwrap();
    assert_eq!(output.status.code(), Some(0), "{output:?}");
    assert!(log(here).contains(&format!("《{address}》\n\n2023.12, by whom")), "{}", log(here));
}

fn about(title: &str) -> About {
    let paper = Paper {
        titles: vec![title.to_owned()],
        authors: ["Di Yak", "Ed Zebu", "Flo Gnat"].map(str::to_owned).to_vec(),
        date: Some("2031-05".to_owned()),
        ..Paper::default()
    };
    About::of(Some(&paper), "x")
}

/// Answers the last request for a PDF.
#[track_caller]
fn answer(drive: &mut Drive, path: &str, found: Result<About, &str>) {
    let found = found.map_err(same);
    let Some(Effect::ReadPdf { path: asked, typed }) = drive.effects.pop() else { panic!("{:?}", drive.effects) };
    assert_eq!(asked, path);
    drive.send(Message::PdfRead { typed, found });
}

#[test]
fn a_pasted_pdf_path_becomes_an_editable_title() {
    let mut drive = panes(&[]);
    drive.keys("3gga").send(Message::Pasted("'/p/Of Yaks.pdf'\n".into())).sees("reading Of Yaks.pdf");
    answer(&mut drive, "/p/Of Yaks.pdf", Ok(about("Another Paper of Yaks")));
    drive.sees("Another Paper of Yaks").sees("from Of Yaks.pdf · 2031.5 · Di Yak et al.").keys("!<enter>");
    assert!(drive.disk.contains("- [ ] Another Paper of Yaks!\n"), "{}", drive.disk);
    // Text typed meanwhile is kept, and the result is dropped.
    drive.keys("a").send(Message::Pasted("/p/x.pdf".into())).keys("x");
    answer(&mut drive, "/p/x.pdf", Ok(about("Yaks")));
    drive.sees("/p/x.pdfx").keys("<esc>");
}

#[test]
fn a_typed_pdf_path_is_accepted_once_the_pdf_is_read() {
    let mut drive = panes(&[]);
    drive.keys("1N/p/x.pdf<enter>").sees("reading x.pdf");
    drive.keys("<enter>");
    let before = drive.disk.clone();
    answer(&mut drive, "/p/x.pdf", Ok(about("Another Paper of Yaks")));
    // The second Enter was kept, and answered the question for the day.
    assert_ne!(drive.disk, before);
    let written = "《Another Paper of Yaks》\n\n2031.5, by Di Yak et al., on what; main points:";
    assert!(drive.disk.contains(written), "{}", drive.disk);
    // Esc cancels.
    drive.keys("1N/p/y.pdf<enter>j<esc>");
    let before = drive.disk.clone();
    answer(&mut drive, "/p/y.pdf", Ok(about("Yaks")));
    assert_eq!(drive.disk, before);
    drive.sees_not("Which day");
}

#[test]
fn an_unreadable_pdf_path_can_be_used_as_text() {
    let mut drive = panes(&[]);
    drive.keys("3gga/p/x.pdf<enter>");
    answer(&mut drive, "/p/x.pdf", Err("x.pdf: cannot be read: it is not a PDF"));
    drive.sees("cannot be read: it is not a PDF. Press").keys("<enter>");
    assert!(drive.disk.contains("- [ ] /p/x.pdf\n"), "{}", drive.disk);
}

#[test]
fn a_pasted_arxiv_address_is_looked_up_only_locally() {
    let mut drive = panes(&[("/a.pdf", "A Paper of Yaks", &[])]);
    drive.keys("3gga").send(Message::Pasted("https://arxiv.org/abs/3105.00017".into())).sees("A Paper of Yaks");
    drive.keys("<enter>").keys("aarXiv:2312.00001<enter>").sees("The PDF folders have no PDF of arXiv 2312.00001");
    assert!(drive.disk.contains("- [ ] A Paper of Yaks\n- [ ] arXiv:2312.00001\n"), "{}", drive.disk);
    drive.keys("a").send(Message::Pasted("/a.pdf".into())).sees("2031.5 · Ada Emu").keys("<esc>");
    assert_eq!(drive.effects.iter().filter(|effect| matches!(effect, Effect::ReadPdf { .. })).count(), 0);
}

#[test]
fn logging_an_item_fills_in_facts_from_its_pdf() {
    let mut drive = panes(&[("/n.pdf", NIGHT, &[EMU])]);
    drive.keys("3ggm<enter>");
    assert!(drive.disk.contains("《Birds that Walk by Night》\n\n2031.5, by Ada Emu et al., on"), "{}", drive.disk);
}

#[test]
fn the_program_reads_a_pasted_pdf() {
    let folder = shelf();
    let path = folder.path().join("papers/3.PDF");
    let mut run = Run::papers(&["log.md"], folder.path());
    run.sees("cited by 1").types("3a").types(&format!("\x1b[200~{}\x1b[201~", path.display()));
    run.sees("from 3.PDF").types("\r").sees("Added").types("q");
    run.ends();
    assert!(log(folder.path()).contains("Another Paper of Yaks"), "{}", log(folder.path()));
}
