//! Unread papers that papers in the log cite: in Pending, in the to-do list and in the week. Also what `show`, `check`,
//! the timeline and search say about PDFs.

use papers_tui::app::Message;
use papers_tui::papers::Paper;
use papers_tui::papers::index::PaperIndex;
use papers_tui::papers::matched::{Matched, PdfInput};

use super::cli::program;
use super::drive::Drive;
use super::papers::{shelf, text};
use super::pdf;

const LOG: &str = "\
# todo

Some words before the list.

- [ ] Yaks on High Ground
- [ ] birds

  - [ ] Gnus that Run
  - [ ] Birds that Walk by Night
- [ ] Owls and their Songs
- [x] Emus at Rest in the Sun

## 2031.5.17

《Emu: A Model of Birds》

text

《Herds at Rest and at Play》

text
";

/// Opens the log; the PDFs of its two papers cite `emu` and `herds`.
fn panes(emu: &[&str], herds: &[&str], width: u16) -> Drive {
    let mut drive = Drive::new(LOG, width, 30);
    let paper = |title: &str, cites: &[&str]| Paper {
        titles: vec![title.to_owned()],
        references: cites.iter().map(|title| format!("A. Emu. {title}. 2030. ")).collect(),
        text: true,
        ..Paper::default()
    };
    let papers = [paper("Emu: A Model of Birds", emu), paper("Herds at Rest and at Play", herds)];
    let matched = Matched::of(&drive.app.log, papers.iter().map(|paper| PdfInput { name: "", paper: Some(paper) }));
    let places: Vec<_> = papers.iter().map(|paper| (Some("/x.pdf".to_owned()), Some(paper))).collect();
    let index = PaperIndex::of(&drive.app.log, &matched, &places);
    drive.send(Message::Papers(Box::new(index)));
    drive
}

const OWLS: &str = "Owls and their songs";
const NIGHT: &str = "Birds that walk by night";

/// The open items of the pending list as shown, each with its citation count.
fn items(drive: &Drive) -> Vec<String> {
    let lines = drive.screen();
    let items = lines.lines().skip(1).filter_map(|line| line.rsplit_once(['│', '┃']));
    let mut items: Vec<String> =
        items.map(|(_, text)| text.trim().to_owned()).filter(|text| !text.is_empty()).collect();
    // A count on a line of its own belongs to the item above.
    for at in (1..items.len()).rev() {
        if items[at].starts_with("cited by ") && !items[at].ends_with("you have read") {
            let count = items.remove(at);
            items[at - 1] = format!("{} · {count}", items[at - 1]);
        }
    }
    items.iter().filter_map(|item| Some(item.split_once('☐')?.1.trim().to_owned())).collect()
}

#[test]
fn pending_items_show_and_sort_by_citations() {
    let mut drive = panes(&[OWLS, NIGHT, "Emus at rest in the sun"], &[NIGHT], 220);
    let file = drive.disk.clone();
    let night = "Birds that Walk by Night · cited by 2";
    let by_file = ["Yaks on High Ground", "birds", "Gnus that Run", night, "Owls and their Songs · cited by 1"];
    let starts = |drive: &Drive, wanted: &[&str]| {
        let items = items(drive);
        let is_so = items.len() == wanted.len() && items.iter().zip(wanted).all(|(item, text)| item.starts_with(text));
        assert!(is_so, "{items:?}\n{}", drive.screen());
    };
    starts(&drive, &by_file);
    drive.keys("3M").sees("most cited");
    starts(&drive, &["birds", night, "Gnus that Run", by_file[4], by_file[0]]);
    // The cursor moves, and keys act, in the order shown.
    drive
        .keys("ggj")
        .sees("cited by 2 papers you have read")
        .keys("<a-j>")
        .sees("Items sorted by citations cannot be moved");
    drive.keys("x");
    starts(&drive, &[by_file[4], by_file[0], "birds", "Gnus that Run"]);
    drive.keys("U<esc><esc>").sees_not("most cited");
    starts(&drive, &by_file);
    assert_eq!(drive.disk, file);
    drive.keys("L3M").sees("按被引次数").sees("被 2 篇引用");
}

#[test]
fn without_citations_there_is_no_citation_order() {
    let mut drive = panes(&[], &[], 150);
    drive.keys("3M").sees("No pending item is cited in the PDFs of papers you have read").sees_not("most cited");
}

#[test]
fn a_citation_count_that_does_not_fit_wraps() {
    let mut drive = panes(&[OWLS, NIGHT], &[NIGHT], 100);
    drive.keys("3").sees("cited by 2").sees("cited by 1");
    assert!(drive.screen().contains("Owls and their Songs") && !drive.screen().contains("Songs · cited"));
}

#[test]
fn the_to_do_list_and_the_week_name_cited_unread_papers() {
    let mut drive = panes(&[OWLS, NIGHT], &[NIGHT], 120);
    drive.keys("W").sees("Unread, but cited by papers you have read").sees("cited by 2").keys("<esc>");
    drive.keys("1w<end>").sees("Birds that Walk by Night (cited by 2 papers you have read)");
    drive.sees("Owls and their Songs (cited by 1 paper you have read)").keys("<esc>W<enter>");
    drive.sees("cited by 2 papers").keys("L").sees("被 2 篇已读论文引用");
}

#[test]
fn the_week_command_names_cited_unread_papers() {
    let folder = shelf();
    let output = program(folder.path()).args(["week", "--date", "2031-05-17"]).output().unwrap();
    let week = text(&output.stdout);
    let wanted = "\n## Not read yet (1)\n\n- Birds that Walk by Night (cited by 2 papers you have read)\n";
    assert!(week.ends_with(wanted), "{week}");
}

#[test]
fn show_includes_facts_from_the_pdf() {
    let folder = shelf();
    let show = |query: &str| text(&program(folder.path()).args(["show", query]).output().unwrap().stdout);
    let emu = show("emu");
    assert!(emu.contains("Ada Emu and Bo Gnu · doi 10.1000/emu_1"), "{emu}");
    assert!(emu.contains("cites 2 papers you have read · 1 pending") && emu.contains("cited by 1"), "{emu}");
    let walking = show("walking by");
    assert!(walking.contains("published 2031.5 · arXiv 3105.00017"), "{walking}");
}

#[test]
fn a_month_that_differs_from_the_arxiv_stamp_is_noted() {
    let folder = tempfile::tempdir().unwrap();
    let references = ["[1] D. Yak. One, 2019.", "[2] D. Yak. Two, 2020.", "[3] D. Yak. Three, 2021."];
    let pdf = |title: &str| pdf::paper(title, "Di Yak", "arXiv:3101.00017v2 [cs.BI] 18 May 2031", &references);
    std::fs::write(folder.path().join("a.pdf"), pdf("Herds at Rest and at Play")).unwrap();
    let check = |month: &str| {
        let log = format!("## 2031.9.17\n\n《Herds at Rest and at Play》\n\n{month}, by Di Yak, on herds.\n");
        std::fs::write(folder.path().join("log.md"), log).unwrap();
        let output = program(folder.path()).arg("check").env("PAPERS_TUI_TODAY", "2031-09-17").output().unwrap();
        assert_eq!(output.status.code(), Some(0), "{output:?}");
        text(&output.stdout)
    };
    // Months near the stamp (2031.5) or the first version (2031.1, by the id) are accepted.
    for near in ["2031.5", "2031.6", "2031.4", "2031.1", "2030.12", "2031"] {
        assert_eq!(check(near), "", "{near}");
    }
    let wanted =
        "3: note: “Herds at Rest and at Play” gives 2030.5 as its month of publication, but its PDF says 2031.5\n";
    assert!(check("2030.5").ends_with(wanted), "{}", check("2030.5"));
}

#[test]
fn an_entry_with_a_pdf_is_marked_in_the_timeline() {
    let mut drive = Drive::new(LOG, 120, 30);
    let marked =
        |drive: &Drive| drive.screen().lines().filter(|line| line.split('│').next().unwrap().ends_with(" p ")).count();
    assert_eq!(marked(&drive), 0);
    drive = panes(&[], &[], 120);
    assert_eq!(marked(&drive), 2, "{}", drive.screen());
}

#[test]
fn pdfs_that_are_not_in_the_log_are_listed_logged_and_added() {
    let mut drive = super::papers::panes(&[
        ("/a.pdf", "Emu: A model of birds", &[]),
        ("/p/yaks.pdf", "A Paper of Yaks", &[]),
        ("/p/gnats.pdf", "A Paper of Gnats", &[]),
    ]);
    drive.keys("sis:unlogged").sees("PDFs that are not in the log (2)").sees("A Paper of Yaks").sees("yaks.pdf");
    drive.keys("<enter>");
    assert_eq!(drive.effects.last(), Some(&papers_tui::app::Effect::OpenPdfAt("/p/yaks.pdf".into())));
    drive.keys(":pdfs that are not<enter>ja");
    assert!(drive.disk.contains("- [x] Birds that Walk by Day\n- [ ] A Paper of Gnats\n"), "{}", drive.disk);
    drive.sees("A Paper of Yaks").keys("m<enter>");
    assert!(drive.disk.contains("《A Paper of Yaks》\n\n2031.5, by Ada Emu et al., on"), "{}", drive.disk);
    super::papers::panes(&[("/a.pdf", "Emu: A model of birds", &[])])
        .keys("sis:unlogged")
        .sees("Every PDF found is in the log");
    super::papers::panes(&[]).keys("sis:unlogged").sees("No PDFs found");
}

#[test]
fn search_lists_the_pdfs_that_are_not_in_the_log() {
    let folder = shelf();
    let output = program(folder.path()).args(["search", "is:unlogged"]).env("PATH", folder.path()).output().unwrap();
    assert!(text(&output.stdout).starts_with("papers/3.PDF: Another Paper of Yaks\n"), "{output:?}");
}

#[test]
fn unlinked_papers_with_similar_words_are_listed() {
    let mut drive = panes(&[], &[], 120);
    let key = |title: &str| papers_tui::log::Key(title.to_lowercase().into());
    let (emu, herds) = (key("Emu: A Model of Birds"), key("Herds at Rest and at Play"));
    let near = [(emu.clone(), vec![herds.clone()])];
    drive.send(Message::Papers(Box::new(PaperIndex::default().with_near(near.clone().into()))));
    drive.keys("2*").sees("similar wording").keys("<enter>").sees("Herds at Rest").keys("<c-o>");
    // Cited papers in the log are linked too.
    let mut drive = panes(&["Herds at rest and at play"], &[], 120);
    drive.keys("2*").sees("cites, according to its PDF").sees_not("similar wording");
}
