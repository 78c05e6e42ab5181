//! Front pages that list papers by month: the dates are there, the notes in files.

use papers_tui::log::parse;

use super::{check, papers, read};

/// A note that a front page links to.
fn note(title: &str) -> String {
    format!("# [{title}](https://arxiv.org/abs/2031.01234)\n\n**TL;DR** They do.\n\n- one\n- two\n")
}

const INDEX: &str = "# Paper notes\n\n## 2031-05\n\
    - Emus at Work on the Plain [[arXiv](https://arxiv.org/abs/2031.01234)] [[notes](texts/emus.md)]\n\
    - Owls at Night: a Survey [[notes](texts/owls.md)]\n  - the maps are by hand\n\n\
    ## 2031-04\n- [Gnus Learn to Run](https://github.com/anna/notes/blob/main/texts/gnus.md)\n\
    - Yaks in the Rain [[arXiv](https://arxiv.org/abs/2031.05678)]\n";

#[test]
fn an_index_by_month_dates_the_notes_and_keeps_its_other_papers() {
    let (emus, owls, gnus) = (note("Emus at Work on the Plain"), note("Owls at Night"), note("Gnus Learn to Run"));
    let files = [("README.md", INDEX), ("texts/emus.md", &emus), ("texts/owls.md", &owls), ("texts/gnus.md", &gnus)];
    let log = check(
        &files,
        &[
            ["2031-04", "README.md", "Yaks in the Rain"],
            ["2031-05", "texts/emus.md", "Emus at Work on the Plain"],
            ["2031-05", "texts/owls.md", "Owls at Night"],
            ["2031-04", "texts/gnus.md", "Gnus Learn to Run"],
        ],
    );
    let may = log.sections.iter().find(|section| section.heading == "2031-05").unwrap();
    assert!(log.note(may).ends_with("- the maps are by hand"), "{}", log.note(may));
    assert!(!log.note(may).contains("Emus"), "{}", log.note(may));
    // If only the index is read again, it still omits the papers that have files of their own.
    let again = parse::reparse(&log.files[0], format!("{INDEX}- Moas and Kiwis\n").into());
    let titles: Vec<&str> = again.entries.iter().map(|entry| entry.title.as_str()).collect();
    assert_eq!(titles, ["Yaks in the Rain", "Moas and Kiwis"]);
}

#[test]
fn an_index_by_year_of_publication_gives_no_dates() {
    let index = INDEX.replace("2031-05", "2031").replace("2031-04", "2030");
    let (emus, owls, gnus) = (note("Emus at Work on the Plain"), note("Owls at Night"), note("Gnus Learn to Run"));
    let files = [("README.md", index.as_str()), ("emus.md", &emus), ("owls.md", &owls), ("gnus.md", &gnus)];
    check(
        &files,
        &[
            ["2030-01-01", "README.md", "Yaks in the Rain"],
            ["notes", "emus.md", "Emus at Work on the Plain"],
            ["notes", "owls.md", "Owls at Night"],
            ["notes", "gnus.md", "Gnus Learn to Run"],
        ],
    );
}

#[test]
fn a_date_in_a_note_outweighs_the_index() {
    let front = "---\ntitle: Emus at Work on the Plain\ndate: 2031-05-17\n---\n\n## Method\n\nx\n";
    let (owls, gnus) = (note("Owls at Night"), note("Gnus Learn to Run"));
    let files = [("README.md", INDEX), ("texts/emus.md", front), ("texts/owls.md", &owls), ("texts/gnus.md", &gnus)];
    assert_eq!(papers(&read(&files))[1], ["2031-05-17", "texts/emus.md", "Emus at Work on the Plain"]);
}

#[test]
fn a_day_of_a_journal_that_links_to_notes_is_no_index() {
    let day =
        "## 2031-05-17\n\n- Wrote [[emus]] and [[owls]]\n- Moved [[gnus]] to the zoo\n\n## 2031-05-18\n\n- [[emus]]\n";
    let (emus, owls, gnus) = (note("Emus at Work on the Plain"), note("Owls at Night"), note("Gnus Learn to Run"));
    let files = [("2031-05-17.md", day), ("emus.md", &emus), ("owls.md", &owls), ("gnus.md", &gnus)];
    let of_day = papers(&read(&files)).into_iter().filter(|[_, file, _]| file == "2031-05-17.md").count();
    assert_eq!(of_day, 0);
}

#[test]
fn a_note_that_refers_to_others_is_no_index() {
    let note = |id: u8, related: &str| {
        format!(
            "**Paper URL:** [arXiv](https://arxiv.org/abs/2031.0000{id})\n**Github URL:** \n\n## Abstract\n\nx\n\n## Key Points\n\
             - a\n- b\n\n## Related Work\n{related}\n\n## Labels\n#Year-2031\n"
        )
    };
    let related = "[- [[Emus at Work on the Plain]]](https://arxiv.org/abs/2031.00001)\n\
                   [- [[Owls Seeing at Night]]](https://arxiv.org/abs/2031.00002)\n";
    let files = [
        ("Emus at Work on the Plain.md", note(1, "")),
        ("Owls Seeing at Night.md", note(2, "")),
        ("A Study of Gnus on the Plain.md", note(3, related)),
        ("The Long Way Home of Yaks.md", note(4, related)),
    ];
    let files: Vec<(&str, &str)> = files.iter().map(|(name, text)| (*name, text.as_str())).collect();
    let found: Vec<String> = papers(&read(&files)).into_iter().map(|[_, _, title]| title).collect();
    assert_eq!(
        found,
        [
            "Emus at Work on the Plain",
            "Owls Seeing at Night",
            "A Study of Gnus on the Plain",
            "The Long Way Home of Yaks"
        ]
    );
}
