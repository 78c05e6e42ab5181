//! Papers that are not read yet, by their front matter, file or folder.

use super::{folder, read};
use crate::terminal::Run;

/// (title, whether it has been read) of each entry.
#[track_caller]
fn check(files: &[(&str, &str)], wanted: &[(&str, bool)]) {
    let log = read(files);
    let states: Vec<(&str, bool)> = log.entries.iter().map(|entry| (&*entry.title, entry.read)).collect();
    assert_eq!(states, wanted);
}

fn with_status(status: &str, title: &str) -> String {
    format!("---\ntype: paper\nstatus: {status}\nyear: 2031\n---\n\n# {title}\n\n## Method\n\nx\n\n## Limitations\n")
}

#[test]
fn a_status_in_front_matter_marks_papers_as_unread() {
    check(
        &[
            ("emus.md", &with_status("read", "Emus at Work on the Plain")),
            ("gnus.md", &with_status("unread", "Gnus Learn to Run")),
            ("owls.md", &with_status("\"In Progress\"", "Owls at Night: a Survey")),
            ("yaks.md", &with_status("待读", "Yaks in the Rain")),
        ],
        &[
            ("Emus at Work on the Plain", true),
            ("Gnus Learn to Run", false),
            ("Owls at Night: a Survey", false),
            ("Yaks in the Rain", false),
        ],
    );
}

#[test]
fn papers_in_a_folder_to_read_are_unread() {
    let paper = |title: &str| format!("# {title}\n\nhttps://arxiv.org/abs/2031.01234\n\n## Method\n\nx\n");
    check(
        &[
            ("Want to Read/gnus.md", &paper("Gnus Learn to Run")),
            ("papers/emus.md", &paper("Emus at Work on the Plain")),
            ("papers/owls.md", &paper("Owls at Night: a Survey")),
        ],
        &[("Gnus Learn to Run", false), ("Emus at Work on the Plain", true), ("Owls at Night: a Survey", true)],
    );
}

#[test]
fn papers_in_a_file_to_read_are_unread() {
    let list = "# To Read\n\n## [Gnus Learn to Run](https://arxiv.org/abs/2031.01234)\n\nB. Gnu, NeurIPS 2031\n\n\
        ## [Yaks in the Rain: a Survey](https://arxiv.org/abs/2031.05678)\n\nC. Yak, ICLR 2031\n";
    let paper = |title: &str| format!("# {title}\n\nhttps://arxiv.org/abs/2031.09876\n\n## Method\n\nx\n");
    check(
        &[
            ("emus.md", &paper("Emus at Work on the Plain")),
            ("moas.md", &paper("Moas and Kiwis")),
            ("owls.md", &paper("Owls at Night: a Survey")),
            ("to-read.md", list),
        ],
        &[
            ("Emus at Work on the Plain", true),
            ("Moas and Kiwis", true),
            ("Owls at Night: a Survey", true),
            ("Gnus Learn to Run", false),
            ("Yaks in the Rain: a Survey", false),
        ],
    );
}

#[test]
fn unread_papers_without_a_box_stay_in_the_timeline() {
    let dir = folder(&[
        ("notes/emus.md", &with_status("read", "Emus at Work on the Plain")),
        ("notes/gnus.md", &with_status("unread", "Gnus Learn to Run")),
    ]);
    let mut panes = Run::papers(&["notes"], dir.path());
    panes.sees("Emus at Work").sees("Gnus Learn to Run").types("q");
    assert_eq!(panes.ends(), 0);
}

#[test]
fn a_file_named_like_a_list_is_no_paper() {
    let note = |title: &str| {
        format!(
            "# {title}  \n\n【Authors】Anna Gnu, Bert Owl  \n【URL】https://arxiv.org/abs/2031.00001  \n\n## 1．研究概要  \n良い。\n"
        )
    };
    let list = "Judgment of Emus at Work: Heuristics and Umbrellas  \nどのように働くか  \n\n\
                Annotation and processing of owls: Challenges and opportunities  \n夜の再検討  \n\n\
                Preference learning for gnu modeling  \n選好学習\n";
    let (emus, owls, gnus) =
        (note("Emu U-Nets on the Plain"), note("Owls at Night: a Survey"), note("How Fast are Gnus?"));
    let files = [
        ("birds/Emu2031.md", &*emus),
        ("birds/Owl2031.md", &owls),
        ("birds/Gnu2031.md", &gnus),
        ("ToReadList.md", list),
    ];
    let log = read(&files);
    let done: Vec<&str> = log.entries.iter().filter(|entry| entry.read).map(|entry| &*entry.title).collect();
    assert_eq!(done, ["Emu U-Nets on the Plain", "Owls at Night: a Survey", "How Fast are Gnus?"]);
}
